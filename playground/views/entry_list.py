"""The list of entries: a thumbnail of the true data, the name, and shape and dtype or the formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QStyledItemDelegate, QWidget

from playground.language.signature import Signature, shape_text
from playground.record import Record
from playground.translation import tr
from playground.views import theme, thumbnail
from playground.views.shape_caption import draw_runs, shape_runs
from playground.workspace.workspace import ArrayEntry, Entry, ShapeEntry

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent, QPixmap
    from PySide6.QtWidgets import QStyleOptionViewItem

    from playground.session.snapshot import Snapshot

Index = QModelIndex | QPersistentModelIndex
_ROW_ROLE = Qt.ItemDataRole.UserRole
_DISPLAY, _EDIT, _SPOKEN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_NO_PARENT = QModelIndex()
_HEIGHT = 48
_NO_CELLS = np.zeros((0, 0))


class Row(Record, eq=False):
    """What one line shows; ``wrong`` is true where the formula has a problem or failed.

    ``ghost`` is true where there is a shape and no number.
    """

    name: str
    signature: Signature | None
    axes: tuple[int, ...]
    source: str | None
    wrong: bool
    cells: np.ndarray
    ghost: bool = False

    def looks_like(self, other: Row) -> bool:
        """Whether both are painted the same."""
        mine, others = ((row.name, row.signature, row.axes, row.source, row.wrong, row.ghost) for row in (self, other))
        return mine == others and np.array_equal(self.cells, other.cells, equal_nan=True)


def rows_of(snapshot: Snapshot) -> list[Row]:
    """One row for every entry. Sizes take their colours from the shown formula, where the entry is in it."""
    shown = snapshot.analysis.meanings.get(snapshot.shown or "")
    return [
        _row(entry, snapshot, dict(shown.inference.operand_axes) if shown else {})
        for entry in snapshot.workspace.entries
    ]


def _row(entry: Entry, snapshot: Snapshot, operand_axes: dict[str, tuple[int, ...]]) -> Row:
    signature = snapshot.analysis.signatures.get(entry.name)
    axes = operand_axes.get(entry.name, ())
    if isinstance(entry, ArrayEntry):
        return Row(entry.name, signature, axes, None, False, thumbnail.sampled(entry.array))
    if isinstance(entry, ShapeEntry):
        return Row(entry.name, signature, axes, None, False, _NO_CELLS, ghost=True)
    meaning = snapshot.analysis.meanings[entry.name]
    state = snapshot.results.get(entry.name)
    result = state.result if state else None
    if entry.name == snapshot.shown and meaning.inference.steps:
        axes = meaning.inference.steps[-1].axes
    if state is not None and state.current and result is not None and isinstance(result.signature, Signature):
        signature = result.signature
    failed = state is not None and state.failure is not None and state.failure.kind != "cancelled"
    wrong = meaning.problem is not None or failed
    cells = thumbnail.of_summary(result.summary) if result is not None else _NO_CELLS
    ghost = entry.name in snapshot.analysis.shapes_only
    return Row(entry.name, signature, axes, entry.source, wrong, cells, ghost)


class EntryModel(QAbstractListModel):
    """The rows, and renaming.

    ``looksChanged`` tells a row that is painted otherwise from now on. It isn't ``dataChanged``: a list view lays all
    rows out anew at that, and a drag changes two of them in every frame.
    """

    renamed = Signal(str, str)
    looksChanged = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show(self, rows: list[Row]) -> None:
        """Replace the rows; rows that are the same entries as before keep the selection and any open editor."""
        if [row.name for row in rows] == [row.name for row in self._rows]:
            for place, row in enumerate(rows):
                if not row.looks_like(self._rows[place]):
                    self._rows[place] = row
                    self.looksChanged.emit(self.index(place))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Count the entries."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Give the name, the row to paint, or the sentence to speak."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _EDIT:
            return row.name
        if role == _DISPLAY:
            return f"{row.name}  {_second_line(row)}"
        if role == _SPOKEN:
            return _spoken(row)
        return row if role == _ROW_ROLE else None

    def setData(self, index: Index, value: object, role: int = _EDIT) -> bool:
        """Ask for another name; the list itself changes with the next snapshot."""
        old, new = self._rows[index.row()].name, str(value).strip()
        if new and new != old:
            self.renamed.emit(old, new)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every entry can be chosen and renamed."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable


class EntryList(QListView):
    """Choose, rename (F2), remove (Delete).

    Signals
    -------
    entryChosen
        Name of the entry that became current by hand.
    renameRequested
        Old and new name.
    removeRequested
        Name of the entry.
    """

    entryChosen = Signal(str)
    renameRequested = Signal(str, str)
    removeRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entryList")
        self.setAccessibleName(tr("Entries"))
        self._model = EntryModel(self)
        self._model.renamed.connect(self.renameRequested)
        self._model.looksChanged.connect(self.update)
        self.setModel(self._model)
        self.setItemDelegate(EntryDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setSpacing(1)
        self.setMouseTracking(True)
        self._showing = False
        self.pointed_row = -1
        self.entered.connect(self._on_entered)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the entries and the chosen one."""
        self._showing = True
        self._model.show(rows_of(snapshot))
        self.setMaximumHeight(self._height())
        names = snapshot.workspace.names
        row = names.index(snapshot.selected) if snapshot.selected in names else -1
        if self.currentIndex().row() != row:
            self.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())
        self._showing = False

    def _height(self) -> int:
        """As high as its rows, so that the button below stands right under the last one."""
        return max(1, self._model.rowCount()) * (theme.px(_HEIGHT) + 2 * self.spacing()) + 4

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell a choice made by hand; showing a snapshot is none."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._showing:
            self.entryChosen.emit(str(current.data(_EDIT)))

    def changeEvent(self, event: QEvent) -> None:
        """Rows may be higher or lower now."""
        if event.type() == QEvent.Type.FontChange:
            self.setMaximumHeight(self._height())
            self.scheduleDelayedItemsLayout()
        super().changeEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is pointed at any more."""
        self.pointed_row = -1
        self.viewport().update()
        super().leaveEvent(event)

    def _on_entered(self, index: Index) -> None:
        self.pointed_row = index.row()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes the chosen entry."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentIndex().isValid():
            self.removeRequested.emit(str(self.currentIndex().data(_EDIT)))
            return
        super().keyPressEvent(event)


class EntryDelegate(QStyledItemDelegate):
    """Paints a row; edits its name in place."""

    def __init__(self, entries: EntryList) -> None:
        super().__init__(entries)
        self._list = entries
        self._pictures: dict[str, tuple[np.ndarray, object, QPixmap]] = {}  # of each name: cells, manner, the last one

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text."""
        return QSize(theme.px(120), theme.px(_HEIGHT))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Edit the name alone."""
        editor = QLineEdit(parent)
        editor.setObjectName("entryNameEdit")
        editor.setFont(theme.mono(13, bold=True))
        editor.setAccessibleName(tr("New name of {name}", name=index.data(_EDIT)))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the editor over the name."""
        rect: QRect = option.rect
        left = rect.left() + theme.px(40)
        editor.setGeometry(left, rect.top() + theme.px(6), rect.right() - left - theme.px(6), theme.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw thumbnail, name, and sizes or formula."""
        row: Row = index.data(_ROW_ROLE)
        colours = theme.current()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Not from `option.state`: QStyle and its many enums would be imported for this alone.
        chosen, pointed = index.row() == self._list.currentIndex().row(), index.row() == self._list.pointed_row
        if chosen or pointed:
            painter.setPen(colours.accent if chosen and self._list.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent_soft if chosen else colours.raised)
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 8, 8)
        self._paint_thumbnail(painter, rect, row)
        right = self._paint_mark(painter, rect, row)
        self._paint_texts(painter, rect, row, right)
        painter.restore()

    def _paint_thumbnail(self, painter: QPainter, rect: QRect, row: Row) -> None:
        side = theme.px(28)
        rows, columns = thumbnail.proportions(row.signature.shape) if row.ghost and row.signature else row.cells.shape
        height = side if not rows or rows >= columns else max(theme.px(9), round(side * rows / columns))
        width = side if not columns or columns >= rows else max(theme.px(9), round(side * columns / rows))
        x, y = rect.left() + theme.px(8) + (side - width) // 2, rect.center().y() - height // 2
        painter.drawPixmap(x, y, self._picture(row, width, height))

    def _picture(self, row: Row, width: int, height: int) -> QPixmap:
        """A list is painted whole whenever one of its rows changes: the others' pictures are kept."""
        manner = (row.ghost, width, height, theme.current().dark)
        cells, known, picture = self._pictures.get(row.name, (None, None, None))
        if picture is None or cells is not row.cells or known != manner:
            picture = thumbnail.paint_ghost(width, height) if row.ghost else thumbnail.paint(row.cells, width, height)
            self._pictures[row.name] = row.cells, manner, picture
        return picture

    def _paint_mark(self, painter: QPainter, rect: QRect, row: Row) -> int:
        """A cross where something is wrong, else the shape of a formula; returns where free room ends."""
        colours = theme.current()
        if row.source is None:
            return rect.right() - theme.px(8)
        painter.setFont(theme.mono(12))
        runs = shape_runs(row.signature.shape, row.axes) if row.signature else []
        if row.wrong:
            painter.setFont(theme.mono(14, bold=True))
            runs = [("✗", colours.bad, True)]
        width = sum(painter.fontMetrics().horizontalAdvance(run[0]) for run in runs)
        x = rect.right() - theme.px(16) - width
        if runs and not row.wrong:
            painter.setPen(colours.line)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            chip = QRect(x - theme.px(8), rect.center().y() - theme.px(10), width + theme.px(16), theme.px(20))
            painter.drawRoundedRect(chip, theme.px(10), theme.px(10))
        metrics = painter.fontMetrics()
        baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) // 2 + 1
        draw_runs(painter, runs, x, baseline, painter.font(), painter.font())
        return x - theme.px(12) if runs else rect.right() - theme.px(8)

    def _paint_texts(self, painter: QPainter, rect: QRect, row: Row, right: int) -> None:
        colours = theme.current()
        left = rect.left() + theme.px(46)
        painter.setFont(theme.mono(13, bold=True))
        painter.setPen(colours.ink)
        name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(left, rect.top() + theme.px(20), name)
        baseline = rect.top() + theme.px(37)
        font = theme.mono(12)
        if row.source is None and row.signature is not None:
            runs = [*shape_runs(row.signature.shape, row.axes), (f" {row.signature.dtype}", colours.soft, False)]
            draw_runs(painter, runs, left, baseline, font, theme.mono(12, bold=True))
            return
        painter.setFont(font)
        painter.setPen(colours.soft)
        source = QFontMetrics(font).elidedText(row.source or "", Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(left, baseline, source)


def _second_line(row: Row) -> str:
    """Formula, shape and dtype as plain text."""
    found = _signature_text(row.signature) if row.signature else ""
    return f"{row.source}  {found}".rstrip() if row.source is not None else found


def _spoken(row: Row) -> str:
    shape = _signature_text(row.signature) if row.signature else tr("no result")
    if row.source is None and row.ghost:
        return tr("{name}, shape without numbers, {shape}", name=row.name, shape=shape)
    if row.source is None:
        return tr("{name}, array, {shape}", name=row.name, shape=shape)
    if row.wrong:
        return tr("{name}, formula {source}, has a problem", name=row.name, source=row.source)
    if row.ghost:
        return tr("{name}, formula {source}, {shape}, not computed", name=row.name, source=row.source, shape=shape)
    return tr("{name}, formula {source}, {shape}", name=row.name, source=row.source, shape=shape)


def _signature_text(signature: Signature) -> str:
    return f"{shape_text(signature.shape, signature.axis_names)} {signature.dtype}"
