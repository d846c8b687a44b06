"""A grid of an equation under its caption, and what stands where there is no equation yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from playground.language.signature import shape_text
from playground.translation import tr
from playground.views import theme
from playground.views.grid.grid import Grid
from playground.views.grid.slice_source import slicing_of
from playground.views.shape_caption import CAPTION_HEIGHT, Caption, shape_runs

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from playground.language.signature import Shape, Signature
    from playground.views.expression.equation_parts import Scale
    from playground.views.expression.ghost_grid import GhostGrid
    from playground.views.grid.legend import Legend
    from playground.views.grid.slice_strip import SliceStrip
    from playground.workspace.slicing import Slicing

_CELL = (52, 48)
_WIDEST = 88
"""Width of a column where room is short."""
_WIDEST_CHOSEN = 264
"""The same where a person has chosen how its numbers are written."""
_NOTE_WIDTH = 260
_ROWS_BESIDE_LEGEND = 5


class GridBox(QWidget):
    """A grid under its caption, and over a note that says why there is nothing newer to show.

    Signals
    -------
    sizeWanted
        The box would like another size: the array has another shape, or its numbers are wider.
    sliceWanted
        A ``Slicing`` of the array that its strip was asked for.
    """

    sizeWanted = Signal()
    sliceWanted = Signal(object)

    def __init__(self, entry: str, object_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # it is lit by the style sheet
        self.entry = entry
        self.grid = Grid(self)
        self.grid.setObjectName(object_name)
        self.grid.setProperty("entryName", entry)
        self.grid.set_name(entry)
        self.grid.preferredSizeChanged.connect(self.sizeWanted)
        self.grid.viewChanged.connect(self._show_caption)
        for news in (self.grid.selectionChanged, self.grid.handsChanged, self.grid.cellHovered):
            news.connect(self._on_pointed)
        self.grid.sliceRequested.connect(self.sliceWanted)
        self.grid.coloursChanged.connect(self._show_legend)
        self._caption = Caption(self)
        self._note = _made_note(self)
        self._pointed: tuple[int, int] | None = None
        self._shape: Shape | None = ()
        self._axes: tuple[int, ...] = ()
        self._clashing: frozenset[int] = frozenset()
        self._remark = ""
        self._noted = ("", True, True)
        self._shown: object = None
        self.ghost: GhostGrid | None = None
        self.strip: SliceStrip | None = None
        self.legend: Legend | None = None
        self.axis_names: tuple[str | None, ...] = ()
        self.is_placed = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._caption)
        self._column.addWidget(self.grid, 1)
        self._column.addWidget(self._note)

    @property
    def stops(self) -> list[QWidget]:
        """What Tab goes through before it comes to the target."""
        return self.strip.stops if self.strip is not None and not self.strip.isHidden() else []

    @property
    def target(self) -> QWidget:
        """What takes the focus: the grid, or the button that fills it."""
        return self.ghost.button if self.ghost is not None and self._is_ghost else self.grid

    def light(self, lit: bool) -> None:
        """Light the box and what of its grid isn't cells."""
        for widget in (self, self.grid):
            widget.setProperty("lit", lit)
        theme.restyle(self)
        self.grid.viewport().update()

    @property
    def shown(self) -> object:
        """The array or the result that the grid shows."""
        return self._shown

    def takes(self, shown: object, slicing: Slicing | None = None) -> bool:
        """Whether ``shown``, an array or a result, or the slice of it, is another one than the grid shows until now."""
        before, self._shown = self._shown, shown
        return shown is not before or slicing != slicing_of(self.grid.source)

    def show_axes(self, shape: Shape | None, axes: tuple[int, ...], clashing: frozenset[int], remark: str) -> None:
        """Colour the caption and the headers by ``axes``; ``clashing`` axes are red, ``remark`` is a quiet word.

        A ``shape`` of None is one that isn't known.
        """
        self._shape, self._axes, self._clashing, self._remark = shape, axes, clashing, remark
        colours = theme.current()
        colour_of = [colours.axis(axes[k]) if k < len(axes) else None for k in range(len(shape or ()))]
        row, column = ([None, None, *colour_of])[-2:]
        slicing = slicing_of(self.grid.source)
        if slicing is not None and len(slicing.shape) == len(colour_of):
            row, column = (None if axis is None else colour_of[axis] for axis in (slicing.row, slicing.column))
        self.grid.set_axis_colours(row, column)
        self._show_strip(slicing, tuple(colour or colours.soft for colour in colour_of))
        self._show_legend()
        self._show_caption()

    def _show_strip(self, slicing: Slicing | None, colours: tuple[QColor, ...]) -> None:
        """Show the slice and its controls above the grid; an array of one or two axes has none."""
        wanted = slicing is not None and self._noted[1]
        if self.strip is None and wanted:
            from playground.views.grid.slice_strip import SliceStrip  # few windows have one

            self.strip = SliceStrip(self.grid, self)
            self.strip.sliceWanted.connect(self.sliceWanted)
            self.strip.refused.connect(self.grid.refused)
            self._column.insertWidget(1, self.strip)
        if self.strip is None:
            return
        if slicing is not None:
            self.strip.show_slicing(slicing, colours, self.axis_names)
        if self.strip.isHidden() is wanted:
            self.strip.setVisible(wanted)
            self.sizeWanted.emit()

    def _show_legend(self) -> None:
        """Say under the grid what its colours mean, where they say more than its numbers."""
        wanted = self._noted[1] and self.grid.wants_legend
        if self.legend is None and wanted:
            from playground.views.grid.legend import Legend  # small matrices have none

            self.legend = Legend(self.grid, self)
            self.legend.sizeWanted.connect(self.sizeWanted)
            self._column.insertWidget(self._column.indexOf(self._note), self.legend)
        if self.legend is not None and self.legend.is_wanted is not wanted:
            self.legend.is_wanted = wanted
            self.legend.setVisible(wanted)
            self.sizeWanted.emit()

    def _legend_at(self, scale: Scale) -> Legend | None:
        """The legend where there is one, and room for more than a few rows."""
        is_room = not scale.is_cut or scale.rows >= _ROWS_BESIDE_LEGEND
        return self.legend if self.legend is not None and self.legend.is_wanted and is_room else None

    def show_note(self, text: str, *, has_value: bool = True, bad: bool = True) -> None:
        """Say under the grid, or in its place where there is no value, why there is nothing newer; empty hides it."""
        shown = (text, has_value, bad)
        if shown == self._noted:
            return
        self._noted = shown
        self.grid.setVisible(has_value)
        if self.ghost is not None and self._is_ghost:
            if self.ghost.button.hasFocus():
                self.grid.setFocus()
            self.ghost.hide()
        if text:  # nothing is seen of an empty note
            self._note.setProperty("kind", "note" if bad else "soft")
            theme.restyle(self._note)
        self._note.setText(text)
        self._note.setVisible(bool(text))
        self.show_axes(self._shape, self._axes, self._clashing, self._remark)  # the strip goes with the numbers
        self.sizeWanted.emit()

    def show_ghost(
        self, signature: Signature, axes: tuple[int, ...], clashing: frozenset[int], *, fillable: bool
    ) -> GhostGrid:
        """Show the outline of an array without numbers in the grid's place; ``show_note`` ends it."""
        if self.ghost is None:
            from playground.views.expression.ghost_grid import GhostGrid  # the first picture has none

            self.ghost = GhostGrid(self.entry, self)
            self._column.addWidget(self.ghost, 1)
        was_hidden = self.ghost.isHidden()
        self.show_note("", has_value=False)
        changed = self.ghost.show_shape(signature, axes, clashing, fillable=fillable)
        self.ghost.show()
        self.show_axes(signature.shape, axes, clashing, "")
        if was_hidden or changed:
            self.sizeWanted.emit()
        return self.ghost

    def set_scale(self, scale: Scale) -> None:
        """Draw cells as large as ``scale`` says."""
        if self.ghost is not None and self._is_ghost:
            self.ghost.set_scale(scale)
            return
        if self.legend is not None:
            self.legend.setVisible(self._legend_at(scale) is not None)
        cell_size, grow = self._cells_at(scale)
        self.grid.set_cell_size(*cell_size, grow=grow)
        self._caption.indent = self.grid.layout_now().left if self._noted[1] else 0

    def place(self, rect: QRect) -> None:
        """Stand at ``rect``; the first time the chosen cell comes into sight, which it can't before there is room."""
        self.setGeometry(rect)
        if self.strip is not None:
            self.strip.setFixedHeight(self.strip.height_at(rect.width()))
        if not self.is_placed and self.isVisible():
            self.is_placed = True
            self._column.activate()
            if not self.grid.layout_now().empty:
                self.grid.scroll_to_cell(self.grid.selection.row, self.grid.selection.column)

    @property
    def _is_ghost(self) -> bool:
        return self.ghost is not None and not self.ghost.isHidden()

    def _cells_at(self, scale: Scale) -> tuple[tuple[int, int], bool]:
        """Size of a cell at ``scale``, and whether it widens to its number."""
        width, height = round(_CELL[0] * scale.factor), round(_CELL[1] * scale.factor)
        widest = round((_WIDEST if self.grid.number_format is None else _WIDEST_CHOSEN) * scale.factor)
        if scale.tight and self.grid.layout_with((width, height), grow=True).cell_width > theme.px(widest):
            return (widest, height), False
        return (width, height), True

    def size_at(self, scale: Scale) -> tuple[int, int]:
        """Pixels that the box needs at ``scale``."""
        text, has_value, _ = self._noted
        width = height = 0
        if has_value:
            cell_size, grow = self._cells_at(scale)
            layout = self.grid.layout_with(cell_size, grow=grow)
            width, height = self.grid.size_of(layout, scale.rows, scale.columns).toTuple()
            self._caption.indent = layout.left
            if self.strip is not None and not self.strip.isHidden():
                width = max(width, self.strip.least_width())
                height += self.strip.height_at(max(width, self._caption.wanted_width()))
            if (legend := self._legend_at(scale)) is not None:
                short = scale.tight or scale.is_cut  # then the legend is, too
                width = max(width, legend.short_width() if short else legend.least_width())
                height += legend.sizeHint().height()
        elif self.ghost is not None and self._is_ghost:
            width, height = self.ghost.size_at(scale).toTuple()
            self._caption.indent = self.ghost.indent
        width = max(width, self._caption.wanted_width())
        if text:
            width = max(width, theme.px(_NOTE_WIDTH))
            self._note.setMaximumWidth(width)
            height += self._note.heightForWidth(width) + theme.px(4)
        return width, height + theme.px(CAPTION_HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Colours may have changed."""
        if event.type() == QEvent.Type.PaletteChange:
            self.show_axes(self._shape, self._axes, self._clashing, self._remark)
        super().changeEvent(event)

    def _on_pointed(self, row: int | None = None, column: int | None = None) -> None:
        """Tell the number of a cell that is pointed at, or chosen, where numbers aren't seen."""
        self._pointed = None if row is None or column is None else (row, column)
        if self.grid.is_far:
            self._show_caption()

    def _show_caption(self) -> None:
        remark = self._remark or window_text(self.grid)
        runs, named = [], self.entry
        if self._shape is not None:
            runs = shape_runs(self._shape, self._axes, self._clashing)
            named = tr("{name}, shape {shape}", name=self.entry, shape=shape_text(self._shape))
        shown = remark
        if self.grid.is_far and not self._remark:
            from playground.views.grid.far_words import far_words  # the first picture shows numbers

            shown = far_words(self.grid, self._pointed) or remark
        self._caption.show_caption(self.entry, runs, shown, firm=bool(self._remark))
        self.grid.setAccessibleName(f"{named} {remark}".rstrip())


def _made_note(parent: QWidget) -> QLabel:
    note = QLabel(parent)
    note.setWordWrap(True)
    note.setObjectName("resultNote")
    note.setAccessibleName(tr("Why there is no newer result"))
    note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    note.setMaximumWidth(theme.px(_NOTE_WIDTH))
    note.hide()
    return note


def window_text(grid: Grid) -> str:
    """``rows 0–11 of 784`` where not all rows show; the same for columns; empty where all shows."""
    layout = grid.layout_now()
    if layout.empty or not grid.isVisible():
        return ""
    r0, c0 = layout.first_row, layout.first_column
    r1, c1 = min(grid.source.rows, r0 + layout.page_rows), min(grid.source.columns, c0 + layout.page_columns)
    if r1 - r0 < grid.source.rows and grid.source.ndim > 1:
        return tr("rows {first}–{last} of {count}", first=r0, last=r1 - 1, count=grid.source.rows)
    if c1 - c0 < grid.source.columns:
        return tr("columns {first}–{last} of {count}", first=c0, last=c1 - 1, count=grid.source.columns)
    return ""


class EmptyPlace(QWidget):
    """What stands where nothing is yet: what to do, and a button that does it.

    Signals
    -------
    matrixWanted
        The button was pressed.
    """

    matrixWanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        hint = QLabel(tr("Nothing here yet. Type a formula above, such as eye(3), or begin with a matrix."))
        hint.setProperty("kind", "soft")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setWordWrap(True)
        button = QPushButton(tr("New matrix 3×3"))
        button.setObjectName("newMatrixButton")
        button.clicked.connect(self.matrixWanted)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(1)
        column.addWidget(hint)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
