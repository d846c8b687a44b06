"""The grid's keys: a table from keys to what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from playground.views.grid.lines import COLUMNS, ROWS
from playground.views.grid.zooming import to_numbers, zoom_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from playground.views.grid.entry import Entry
    from playground.views.grid.grid import Grid

_K = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_META = Qt.KeyboardModifier.MetaModifier
_COMMANDING = _CTRL | _ALT | _META
_COPY, _CUT, _PASTE = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
)
_SELECT_ALL = QKeySequence.StandardKey.SelectAll

_ARROWS = {_K.Key_Up: (-1, 0), _K.Key_Down: (1, 0), _K.Key_Left: (0, -1), _K.Key_Right: (0, 1)}
_ENTERS = (_K.Key_Return, _K.Key_Enter)
_ENDS = (_K.Key_Home, _K.Key_End)
_PAGES = {_K.Key_PageUp: -1, _K.Key_PageDown: 1}
_WHOLE = 1 << 62  # farther than any grid is long


class Keys:
    """Handles the key presses of a grid; while a cell is being typed into they are the editor's."""

    def __init__(self, grid: Grid, entry: Entry) -> None:
        self._grid, self._entry = grid, entry
        actions = grid.actions_on_cells
        self._commands: dict[tuple[Qt.Key, bool], Callable[[], object]] = {
            # (key, Ctrl): Shift has no say
            (_K.Key_F2, False): grid.edit,
            (_K.Key_D, True): lambda: actions.fill(ROWS),
            (_K.Key_R, True): lambda: actions.fill(COLUMNS),
            (_K.Key_Plus, True): self._more,
            (_K.Key_Equal, True): self._more,
            (_K.Key_Minus, True): self._less,
            (_K.Key_Delete, False): actions.clear,
            (_K.Key_Backspace, False): actions.clear,
            (_K.Key_Menu, False): lambda: grid.show_menu(grid.cell_position(grid.selection.row, grid.selection.column)),
        }

    def claims(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to the grid even where the window has a shortcut on it."""
        ctrl = bool(event.modifiers() & _CTRL) and not event.modifiers() & _ALT
        key = Qt.Key(event.key())
        return (
            (key, ctrl) in self._commands
            or key in _ARROWS
            or key in _ENDS
            or (ctrl and key == _K.Key_Space)
            or any(event.matches(standard) for standard in (_COPY, _CUT, _PASTE, _SELECT_ALL))
            or self._types(event)
        )

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key says; False where it says nothing here."""
        if self._entry.open:
            return self._entry.editor.take(event)
        return self._clipboard(event) or self._navigate(event) or self._command(event)

    def _clipboard(self, event: QKeyEvent) -> bool:
        actions = self._grid.actions_on_cells
        for standard, action in ((_COPY, actions.copy), (_CUT, actions.cut), (_PASTE, actions.paste)):
            if event.matches(standard):
                action()
                return True
        return False

    def _navigate(self, event: QKeyEvent) -> bool:
        grid, source, selection = self._grid, self._grid.source, self._grid.selection
        ctrl, shift = bool(event.modifiers() & _CTRL), bool(event.modifiers() & _SHIFT)
        key = Qt.Key(event.key())
        if event.modifiers() & (_ALT | _META):
            return False
        if (move := _ARROWS.get(key)) is not None:
            step = _WHOLE if ctrl else 1
            target = selection.moved(move[0] * step, move[1] * step, source.rows, source.columns, extend=shift)
        elif key in _ENDS:
            way = _WHOLE if key == _K.Key_End else -_WHOLE
            target = selection.moved(way if ctrl else 0, way, source.rows, source.columns, extend=shift)
        elif key in _PAGES:
            way = _PAGES[key] * grid.layout_now().page_rows
            target = selection.moved(way, 0, source.rows, source.columns, extend=shift)
        elif key in _ENTERS and not ctrl and grid.is_far:
            to_numbers(grid)
            return True
        elif key in _ENTERS and not ctrl:
            home = grid.home_column
            grid.select_ranges(grid.ranges.entered(source.rows, source.columns, forward=not shift, home=home))
            return True
        elif key == _K.Key_Space and (ctrl or shift):
            target = selection.of_columns(source.rows) if ctrl else selection.of_rows(source.columns)
        elif event.matches(_SELECT_ALL):
            target = selection.of_rows(source.columns).of_columns(source.rows)
        else:
            return False
        is_space = key == _K.Key_Space
        grid.select(target, follow_end=shift and not is_space, beside=grid.adding or shift or is_space)
        return True

    def _more(self) -> None:
        """Insert lines; where no numbers can be typed, or none are seen, come nearer."""
        grid = self._grid
        if grid.editable and not grid.is_far:
            grid.lines.insert(grid.lines.axis_of_keys())
        else:
            zoom_by(grid, 1)

    def _less(self) -> None:
        """Delete lines; where no numbers can be typed, or none are seen, go away."""
        grid = self._grid
        if grid.editable and not grid.is_far:
            grid.lines.delete(grid.lines.axis_of_keys())
        else:
            zoom_by(grid, -1)

    def _command(self, event: QKeyEvent) -> bool:
        ctrl = bool(event.modifiers() & _CTRL) and not event.modifiers() & _ALT
        key = Qt.Key(event.key())
        if (command := self._commands.get((key, ctrl))) is not None:
            command()
            return True
        if key == _K.Key_F8 and event.modifiers() & _SHIFT:
            self._grid.add_range()
            return True
        if event.modifiers() & _ALT and (way := _ARROWS.get(key)) is not None:
            grid_axis = ROWS if way[0] else COLUMNS
            self._grid.lines.shift(grid_axis, sum(way))
            return True
        if key == _K.Key_F10 and event.modifiers() & _SHIFT:
            self._commands[_K.Key_Menu, False]()
            return True
        if key == _K.Key_Escape:
            return self._grid.cancel()
        if self._types(event):
            self._grid.edit(event.text())
            return True
        return False

    @staticmethod
    def _types(event: QKeyEvent) -> bool:
        text = event.text()
        return bool(text) and text.isprintable() and text != " " and not event.modifiers() & _COMMANDING
