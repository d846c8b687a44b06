"""The grid with hands: selection, editing, keys, mouse and voice over a `GridView`; and the signals of its wishes.

Nothing here writes: an edit is a signal, and the owner answers with ``set_source``. Undo is the owner's too.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent

from playground.translation import tr
from playground.views import theme
from playground.views.grid.actions import Actions
from playground.views.grid.entry import Entry
from playground.views.grid.geometry import Hit, Part
from playground.views.grid.lines import ROWS, Lines
from playground.views.grid.menu import open_menu
from playground.views.grid.mouse import Mouse
from playground.views.grid.resize_drag import handle_at
from playground.views.grid.scrub import can_scrub
from playground.views.grid.selecting import SelectingGrid
from playground.views.grid.selection import Selection
from playground.views.grid.voice import Voice

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from playground.views.grid.keys import Keys
    from playground.views.grid.source import BlockSource
    from playground.workspace.number_formats import NumberFormat

_SHORTCUT_OVERRIDE = QEvent.Type.ShortcutOverride
_T = QEvent.Type
_MOUSE = (_T.MouseButtonPress, _T.MouseMove, _T.MouseButtonRelease, _T.MouseButtonDblClick)
_ALT_KEYS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt)


class Grid(SelectingGrid):
    """An array in the hand. Rows and columns in signals are those of the 2-D view, Python integers of any size.

    Live signals (``scrubMoved``) come on every move, each with the value since the drag began; exactly one of
    ``scrubFinished`` and ``scrubCancelled`` follows. ``axis`` in line requests is the array's own axis.
    """

    activeChanged = Signal()  # another cell is active, or something else stands in it
    handsChanged = Signal()  # the keyboard goes to this grid, or no longer
    cellHovered = Signal(object, object)  # row, column; None, None when the pointer leaves
    blockEdited = Signal(object)  # GridEdit
    scrubMoved = Signal(object)  # GridEdit of one cell
    scrubFinished = Signal(object)  # GridEdit of one cell
    scrubCancelled = Signal()
    resizeRequested = Signal(object, object)  # rows, columns
    linesInsertRequested = Signal(object, object, object)  # axis, at, count
    linesDeleteRequested = Signal(object, object, object)  # axis, at, count
    rangesDeleteRequested = Signal(object, object)  # axis, [(at, count), ...] in order, apart from each other
    linesMoveRequested = Signal(object, object, object, object)  # axis, at, count, where the first of them goes
    dtypeRequested = Signal(object, object)  # dtype, the GridEdit to write after the change
    growRequested = Signal(object, object, object)  # rows, columns, the GridEdit to write into them, in its dtype
    refused = Signal(str)  # one sentence: why nothing happened and what to do

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._shows_active = False
        self._resizable = True
        self._reason = ""
        self.home_column: int | None = None  # where Enter returns to after cells were entered with Tab
        self.actions_on_cells, self.lines = Actions(self), Lines(self)
        self._entry, self._mouse, self._voice = Entry(self), Mouse(self), Voice(self)

    @cached_property
    def _keys(self) -> Keys:
        """What keys do; made at the first one."""
        from playground.views.grid.keys import Keys

        return Keys(self, self._entry)

    # ---- what the owner sets ------------------------------------------------------------------------------

    def set_source(self, source: BlockSource) -> None:
        """Show other cells; an open editor closes if its cell is gone."""
        before = self.selection
        super().set_source(source)
        if self.selection != before:
            self._entry.cancel()
        self._voice.describe()

    def refresh(self, r0: int = 0, r1: int | None = None, c0: int = 0, c1: int | None = None) -> None:
        """Repaint cells, and say the active one if it has just arrived."""
        super().refresh(r0, r1, c0, c1)
        self._voice.arrived()

    def set_number_format(self, number: NumberFormat | None) -> None:
        """Write numbers in another format, and say them so."""
        if number != self.number_format:
            super().set_number_format(number)
            self._voice.describe()

    def active_text(self) -> str:
        """Return the active cell as a line with all its digits: ``A[0, 1] = 2.5``."""
        return self._voice.line()

    def set_read_only(self, reason: str) -> None:
        """Refuse edits with this sentence; an empty one leaves it to the source."""
        if reason != self._reason:
            self._reason = reason
            self.viewport().update()
            self.activeChanged.emit()

    def set_resizable(self, resizable: bool) -> None:
        """Whether the outer corner can be dragged."""
        if resizable != self._resizable:
            self._resizable = resizable
            self.viewport().update()

    @property
    def resizable(self) -> bool:
        """Whether the array can have another size from here."""
        return self._resizable

    def set_active_shown(self, shown: bool) -> None:
        """Frame the active cell also while the focus is elsewhere."""
        if shown != self._shows_active:
            self._shows_active = shown
            self.viewport().update()

    @property
    def editable(self) -> bool:
        """Whether edits are wished for at all."""
        return self._source.editable and not self._reason

    @property
    def read_only_reason(self) -> str:
        """The sentence that answers an attempt to edit."""
        return self._reason or tr("{name} can be read and copied, not typed into.", name=self._name or tr("This"))

    # ---- editing ------------------------------------------------------------------------------------------

    def edit(self, typed: str | None = None) -> None:
        """Open the editor on the active cell with its full text, or with what was ``typed`` instead."""
        self._entry.begin(typed)

    def end_edit(self) -> bool:
        """Finish an open editor; False where its text is refused and it stays open."""
        return self._entry.finish()

    def cancel(self) -> bool:
        """Cancel the innermost: editor, drag, paste, search, selection of many cells; False where there is none."""
        if self._entry.cancel() or self._mouse.cancel() or self.actions_on_cells.cancel() or self.give_up_search():
            return True
        if not self._ranges.single:
            self.select(Selection.at(self.selection.row, self.selection.column))
            return True
        return False

    def _scrolled(self) -> None:
        """Let an open editor go with its cell."""
        super()._scrolled()
        self._entry.follow()
        self._mouse.scrolled()

    # ---- events -------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Claim the grid's keys before the window's shortcuts; take the mouse from who sends it past the viewport."""
        if event.type() == _SHORTCUT_OVERRIDE and isinstance(event, QKeyEvent) and self._keys.claims(event):
            event.accept()
            return True
        return self.viewportEvent(event) if event.type() in _MOUSE else super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the cells in reading order and leaves the grid after the last one."""
        target = self._ranges.stepped(self._source.rows, self._source.columns, forward=forward)
        if target is None:
            self.home_column = None
            return super().focusNextPrevChild(forward)
        home = self.home_column if self.home_column is not None else self.selection.column
        self.select_ranges(target)
        self.home_column = home
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the table of keys says; Esc also gives a drag up."""
        if self._mouse.dragging and event.key() not in _ALT_KEYS and event.key() != Qt.Key.Key_Escape:
            return
        before = self._ranges
        if not self._keys.press(event):
            event.ignore()
        elif self._ranges != before and event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.home_column = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self.home_column = None
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a gesture or hover."""
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture."""
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit a cell."""
        self._mouse.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self._mouse.leave()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu where it was asked for."""
        self.show_menu(self.viewport().mapFromGlobal(event.globalPos()))

    def show_menu(self, place: QPoint) -> None:
        """Open the context menu at a point of the viewport."""
        open_menu(self, self.viewport().mapToGlobal(place))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the active cell and speak it."""
        super().focusInEvent(event)
        self._voice.describe()
        self.viewport().update()
        self.handsChanged.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the active cell."""
        super().focusOutEvent(event)
        self.viewport().update()
        self.handsChanged.emit()

    def hit(self, point: QPoint) -> Hit:
        """Return what lies under a point of the viewport, handles first."""
        layout = self.layout_now()
        hit = layout.hit(point.x(), point.y())
        if self._shows_scrub() and self.scrub_rect().adjusted(-2, -2, 2, 2).contains(point):
            return Hit(Part.SCRUB, self.selection.row, self.selection.column)
        handle = handle_at(layout, self._source.ndim, point) if self._shows_grip() else None
        if handle is not None:
            return Hit(handle, hit.row, hit.column)
        if not self.is_far:
            return hit
        from playground.views.grid.zooming import most_prominent  # the first picture shows numbers

        return most_prominent(self, hit, point)

    def scrub_rect(self) -> QRect:
        """Return the place of the active cell's handle in the viewport."""
        return QRect(*self.layout_now().scrub_box(self.selection.row, self.selection.column, *self._scrub_size()))

    def grip_position(self) -> QPoint:
        """Return the middle of the corner handle in the viewport."""
        x, y = self.layout_now().corner
        return QPoint(x + theme.px(3), y + theme.px(3))

    def scrub_ended(self) -> None:
        """Let widths fit again and speak the value, now that the drag is over."""
        self.hold_widths(False)
        self._voice.describe()

    def empty_text(self) -> str:
        """Return the sentence of an empty array, and what to do about it."""
        text = super().empty_text()
        if not (self.editable and self._resizable):
            return text
        if self.lines.axis_of_keys() == ROWS:
            return f"{text} {tr('Drag the corner, or Ctrl and + adds a row.')}"
        return f"{text} {tr('Drag the corner, or Ctrl and + adds a column.')}"

    def _shown_selection(self) -> Selection | None:
        return self.selection if self._has_hands() or self._shows_active else None

    def _shown_ranges(self) -> tuple[tuple[int, int, int, int], ...]:
        return self._ranges.boxes if self._has_hands() or self._shows_active else ()

    def _has_hands(self) -> bool:
        return self.hasFocus() or self._entry.open or self._under_bar

    def _shows_grip(self) -> bool:
        return self._resizable and self.editable and self._source.ndim > 0 and not self.is_far

    def _shows_scrub(self) -> bool:
        selection = self.selection
        if not (self._has_hands() and self.editable and self._ranges.single) or self._entry.open or self.is_far:
            return False
        cell = selection.row, selection.row + 1, selection.column, selection.column + 1
        if self.layout_now().clip(*cell) is None or (block := self._source.block(*cell)) is None:
            return False
        return can_scrub(block[0, 0], self._source.dtype)
