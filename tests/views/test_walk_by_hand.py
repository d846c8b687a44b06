"""A few hundred edits, undos and redos with real keys in the real window end byte for byte where NumPy ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from playground.views.grid.question import Question
from playground.views.grid.slice_source import slicing_of
from tests.person import ALT, CTRL, KEY, PLAIN, SHIFT, Person, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import Qt
    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid
    from playground.views.grid.selection import Selection

Arrays = dict[str, np.ndarray]
ARROWS = (KEY.Key_Up, KEY.Key_Down, KEY.Key_Left, KEY.Key_Right)
START: Arrays = {
    "A": np.arange(48.0).reshape(8, 6),
    "I": np.arange(20).reshape(5, 4),
    "T": np.arange(60.0).reshape(3, 4, 5),
}
SLICES = ("[0, :, :]", "[:, 1, :]", "[2, ::-1, :]", "[:, :, 4].T", "[:, 3, ::-1].T")


class Place(NamedTuple):
    """Where the hand was, and the array that it was about to change."""

    name: str
    selection: Selection
    slice: str
    states: tuple[Arrays, Arrays]


class Walker:
    """Works with keys, and knows from what is selected what must come of them."""

    def __init__(self, person: Person, seed: int) -> None:
        self.person, self.random = person, np.random.default_rng(seed)
        self.model: Arrays = START
        self.done: list[Place] = []
        self.undone: list[Place] = []
        self.edits: tuple[Callable[[], np.ndarray], ...] = (
            self.type, self.type, self.clear, self.fill_down, self.fill_right, self.fill_all, self.widen,
            self.insert, self.delete, self.shift, self.paste,
        )  # fmt: skip

    # -- what is there -------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        return self.person.snapshot.shown or ""

    @property
    def grid(self) -> Grid:
        return self.person.operand(self.name)

    @property
    def slice(self) -> str:
        slicing = slicing_of(self.grid.source)
        return "" if slicing is None else slicing.text()

    @property
    def box(self) -> tuple[slice, slice]:
        r0, r1, c0, c1 = self.grid.selection.box
        return slice(r0, r1), slice(c0, c1)

    def seen(self, array: np.ndarray) -> np.ndarray:
        """The rows and columns that the grid shows of ``array``; a view."""
        slicing = slicing_of(self.grid.source)
        return array if slicing is None else slicing.of(array)

    def axis(self, of_columns: bool) -> tuple[int, bool]:
        """The array's own axis of the rows or columns, and whether it is shown from its end."""
        slicing = slicing_of(self.grid.source)
        if slicing is None:
            return int(of_columns), False
        axis = slicing.column if of_columns else slicing.row
        assert axis is not None
        return axis, axis in slicing.backwards

    # -- what hands do -------------------------------------------------------------------------------------------

    def below(self, count: int) -> int:
        return int(self.random.integers(0, count))

    def wander(self) -> None:
        """Choose an array, a slice of it, and cells."""
        person = self.person
        if self.below(6) == 0:
            person.window.session.select("AIT"[self.below(3)])
            person.settle()
            if self.name == "T" and self.below(2):
                field = person.find("sliceField")
                person.click(field, field.rect().center())
                person.key(KEY.Key_A, CTRL)
                person.type(SLICES[self.below(len(SLICES))])
                person.key(KEY.Key_Return)
        rows, columns = self.grid.source.rows, self.grid.source.columns
        person.click_cell(self.grid, self.below(min(rows, 4)), self.below(min(columns, 4)))
        for _ in range(self.below(4)):
            person.key(ARROWS[self.below(4)], SHIFT if self.below(2) else PLAIN)

    def edit(self) -> None:
        before, name, shown = self.model, self.name, self.slice
        self.at: Selection | None = None
        array = self.edits[self.below(len(self.edits))]()
        self.model = before | {name: array}
        assert self.at is not None
        self.done.append(Place(name, self.at, shown, (before, self.model)))
        self.undone.clear()

    def press(self, key: Qt.Key, *modifier: Qt.KeyboardModifier) -> None:
        """Press the key that makes the edit, and note where the hand is."""
        self.at = self.grid.selection
        self.person.key(key, *modifier)

    def undo(self) -> None:
        place = self.done.pop()
        self.person.key(KEY.Key_Z, CTRL)
        self.model = place.states[0]
        self.undone.append(place)
        self.is_back_at(place)

    def redo(self) -> None:
        place = self.undone.pop()
        self.person.key(KEY.Key_Y, CTRL)
        self.model = place.states[1]
        self.done.append(place)
        self.is_back_at(place, clipped=True)

    def is_back_at(self, place: Place, *, clipped: bool = False) -> None:
        """The hand is where it was at the edit, and in sight."""
        grid = self.grid
        selection = place.selection
        if clipped:
            selection = selection.clipped(grid.source.rows, grid.source.columns)
        assert (self.name, grid.selection, self.slice) == (place.name, selection, place.slice)
        assert grid.hasFocus()
        row, column = selection.row, selection.column
        assert grid.layout_now().clip(row, row + 1, column, column + 1) is not None

    # -- edits: what keys do, and what comes of it -----------------------------------------------------------------

    def type(self) -> np.ndarray:
        array, value = self.model[self.name].copy(), self.below(1000) - 500
        self.seen(array)[self.grid.selection.row, self.grid.selection.column] = value
        self.person.type(f"{value}")
        self.press(KEY.Key_Return)
        return array

    def widen(self) -> np.ndarray:
        """A fraction; among whole numbers Enter again accepts the wider dtype."""
        old = self.model[self.name]
        array = old.astype(np.float64)
        self.seen(array)[self.grid.selection.row, self.grid.selection.column] = 0.5
        self.person.type("1/2")
        self.press(KEY.Key_Return)
        if old.dtype.kind == "i":
            self.press(KEY.Key_Return)
        return array

    def clear(self) -> np.ndarray:
        array = self.model[self.name].copy()
        self.seen(array)[self.box] = 0
        self.press(KEY.Key_Delete)
        return array

    def fill_all(self) -> np.ndarray:
        array, value = self.model[self.name].copy(), self.below(90)
        self.seen(array)[self.box] = value
        self.person.type(f"{value}")
        self.press(KEY.Key_Return, CTRL)
        return array

    def fill_down(self) -> np.ndarray:
        array = self.model[self.name].copy()
        rows, columns = self.box
        seen = self.seen(array)
        first = rows.start - 1 if rows.stop - rows.start == 1 and rows.start else rows.start
        seen[rows, columns] = seen[first, columns].copy()
        self.press(KEY.Key_D, CTRL)
        return array

    def fill_right(self) -> np.ndarray:
        array = self.model[self.name].copy()
        rows, columns = self.box
        seen = self.seen(array)
        first = columns.start - 1 if columns.stop - columns.start == 1 and columns.start else columns.start
        seen[rows, columns] = seen[rows, first : first + 1].copy()
        self.press(KEY.Key_R, CTRL)
        return array

    def whole_lines(self) -> tuple[int, list[int], int]:
        """Select whole rows or columns: the array's axis, their places on it in its order, and its size."""
        of_columns = bool(self.below(2))
        self.person.key(KEY.Key_Space, CTRL if of_columns else SHIFT)
        axis, backwards = self.axis(of_columns)
        lines = self.box[of_columns]
        size = self.model[self.name].shape[axis]
        places = [size - 1 - line if backwards else line for line in range(lines.start, lines.stop)]
        return axis, sorted(places), size

    def insert(self) -> np.ndarray:
        axis, places, _ = self.whole_lines()
        if len(places) == self.model[self.name].shape[axis]:
            return self.type()
        self.press(KEY.Key_Plus, CTRL)
        slicing = slicing_of(self.grid.source)
        at = places[-1] + 1 if slicing is not None and axis in slicing.backwards else places[0]
        return np.insert(self.model[self.name], [at] * len(places), 0, axis=axis)

    def delete(self) -> np.ndarray:
        axis, places, size = self.whole_lines()
        if size - len(places) < 2:
            return self.type()
        self.press(KEY.Key_Minus, CTRL)
        return np.delete(self.model[self.name], places, axis=axis)

    def shift(self) -> np.ndarray:
        """Move the selected rows or columns by one place."""
        axis, places, size = self.whole_lines()
        of_columns, by = self.axis(True)[0] == axis, 1 if self.below(2) else -1
        lines = self.box[of_columns]
        shown = self.grid.source.columns if of_columns else self.grid.source.rows
        if not 0 <= lines.start + by <= shown - len(places):
            return self.type()
        order = list(range(size))
        del order[lines.start : lines.stop]
        order[lines.start + by : lines.start + by] = range(lines.start, lines.stop)
        if self.axis(of_columns)[1]:  # the same move, as it looks from the other end
            order = [size - 1 - line for line in reversed(order)]
        array = np.take(self.model[self.name], order, axis=axis)
        towards = {
            (False, 1): KEY.Key_Down,
            (False, -1): KEY.Key_Up,
            (True, 1): KEY.Key_Right,
            (True, -1): KEY.Key_Left,
        }
        self.press(towards[of_columns, by], ALT)
        return array

    def paste(self) -> np.ndarray:
        """Copy the selection and paste it at another cell; over the border the array grows, as the question offers."""
        grid = self.grid
        self.person.key(KEY.Key_C, CTRL)
        block = self.seen(self.model[self.name])[self.box].copy()
        self.person.click_cell(grid, self.below(min(grid.source.rows, 4)), self.below(min(grid.source.columns, 4)))
        row, column = grid.selection.row, grid.selection.column
        stop, end = row + block.shape[0], column + block.shape[1]
        missing = max(0, stop - grid.source.rows), max(0, end - grid.source.columns)
        if max(missing) > 2:
            return self.type()
        array = self.grown(*missing)
        self.seen(array)[row:stop, column:end] = block
        self.press(KEY.Key_V, CTRL)
        if any(missing):
            question = next(found for found in self.person.window.findChildren(Question) if found.isVisible())
            question.activateWindow()
            self.person.settle()
            self.person.key(KEY.Key_Return)
            self.person.window.activateWindow()
            self.person.settle()
        return array

    def grown(self, rows: int, columns: int) -> np.ndarray:
        """The array with so many rows and columns of zeros more at the ends that the grid shows."""
        array = self.model[self.name]
        widths = [(0, 0)] * array.ndim
        for of_columns, count in enumerate((rows, columns)):
            axis, backwards = self.axis(bool(of_columns))
            widths[axis] = (count, 0) if backwards else (0, count)
        return np.pad(array, widths)


def same(person: Person, model: Arrays) -> None:
    arrays = person.snapshot.workspace.arrays
    assert list(arrays) == list(model)
    for name, expected in model.items():
        actual = arrays[name].to_numpy()
        assert (actual.shape, actual.dtype, actual.tobytes()) == (expected.shape, expected.dtype, expected.tobytes())


def test_what_keys_do_and_undo_is_what_numpy_does(qtbot: QtBot) -> None:
    person = Person(qtbot, workspace(**START))
    walker = Walker(person, seed=1)
    person.window.session.select("A")
    person.settle()
    for _ in range(120):
        many = 1 + walker.below(8)
        match walker.below(8):
            case 0:
                for _ in range(min(many, len(walker.done))):
                    walker.undo()
                    same(person, walker.model)
            case kind if kind < 4 and walker.undone:
                for _ in range(min(many, len(walker.undone))):
                    walker.redo()
                    same(person, walker.model)
            case _:
                walker.wander()
                walker.edit()
                same(person, walker.model)
    while walker.done:
        walker.undo()
    same(person, START)
    while walker.undone:
        walker.redo()
    same(person, walker.model)
