"""Large tables of plain numbers, read a few thousand cells at a time; and the cells of any table that are no numbers.

NumPy's reader keeps the interpreter's lock while it reads: the pieces are so small that a window beside it stays alive.
A piece that holds anything else is read cell by cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.files.errors import FileError
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

_CELLS = 4096
"""Cells of a piece: two milliseconds."""
_LISTED = 5
_LONGEST_CELL = 30
_HOPELESS = 10_000
"""So many cells that are no numbers are a text."""
_WITH_POINT = frozenset(".eEnN")

Number = bool | int | float | complex


class Complaints:
    """The cells that could not be read: the first few, and how many there are."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._wrong: list[str] = []
        self._count = 0

    def add(self, line: int, column: int, cell: str) -> None:
        """Take down a cell; lines and columns are counted from 1."""
        self._count += 1
        if len(self._wrong) < _LISTED:
            self._wrong.append(_complaint(line, column, cell))

    @property
    def hopeless(self) -> bool:
        """Whether there are so many that the rest needn't be looked at."""
        return self._count > _HOPELESS

    def end(self) -> None:
        """Raise ``FileError`` where there was any."""
        if not self._wrong:
            return
        more = self._count - len(self._wrong)
        rest = tr("; and many more") if self.hopeless else tr("; and {count} more", count=more) if more else ""
        hint = tr("Correct these cells, or write nan where a number is missing.")
        raise FileError(f"{self._name}: {'; '.join(self._wrong)}{rest}.", hint)


def _complaint(line: int, column: int, cell: str) -> str:
    where = {"row": line, "column": column}
    if not cell:
        return tr("row {row}, column {column} is empty", **where)
    shown = cell if len(cell) <= _LONGEST_CELL else cell[:_LONGEST_CELL] + "…"
    if is_rounded_away(cell):
        return tr("row {row}, column {column}: '{cell}' is beyond all float64 numbers", cell=shown, **where)
    return tr("row {row}, column {column}: '{cell}' isn't a number", cell=shown, **where)


def is_rounded_away(cell: str) -> bool:
    """Whether a decimal becomes infinite, or 0, as a float64."""
    try:
        value = float(cell)
    except (ValueError, OverflowError):
        return False
    if value == 0:
        return any(digit in "123456789" for digit in cell.lower().partition("e")[0])
    return abs(value) == float("inf") and "n" not in cell.lower()


def uneven(name: str, line: int, count: int, first: int, width: int) -> FileError:
    """What is said of a row that isn't as long as the first one."""
    message = tr("{name}: row {row} has {count} cells, row {first} has {width}.", name=name, row=line, count=count,
                 first=first, width=width)  # fmt: skip
    return FileError(message, tr("Every row needs as many cells; fill or remove some."))


class PlainTable(Record, eq=False):
    """Lines of a table without quotes.

    Attributes
    ----------
    lines
        The rows, without header, comments and empty lines.
    numbers
        Where each of them stands in the file, from 1.
    delimiter
        What parts the cells; a blank is any white space.
    comma
        Whether fractions are written with a comma.
    """

    lines: list[str]
    numbers: list[int]
    delimiter: str
    comma: bool

    def cells(self, row: int) -> list[str]:
        """Texts of a row."""
        line = self.lines[row]
        return line.split() if self.delimiter == " " else [cell.strip() for cell in line.split(self.delimiter)]


def read_pieces(table: PlainTable, name: str, number: Callable[[str], Number | None]) -> np.ndarray | None:
    """Read all cells as int64 or float64; None where some are truths, complex or long whole numbers among others.

    ``number`` reads one cell. Raises ``FileError`` for cells that are no numbers, and rows of different lengths.
    """
    width = len(table.cells(0))
    marks = _WITH_POINT | {","} if table.comma else _WITH_POINT
    dtype = np.int64 if all(map(marks.isdisjoint, table.lines)) else np.float64
    values = np.empty((len(table.lines), width), dtype)
    complaints = Complaints(name)
    step = max(1, _CELLS // max(1, width))
    for row in range(0, len(table.lines), step):
        block = _piece(table, row, row + step, dtype)
        if block is not None and block.shape[1] == width:
            values[row : row + step] = block
        elif not _one_by_one(table, range(row, min(row + step, len(table.lines))), values, complaints, name, number):
            return None
        if complaints.hopeless:
            break
    complaints.end()
    return values


def _piece(table: PlainTable, start: int, stop: int, dtype: type) -> np.ndarray | None:
    """Read plain decimals in one go; None where one of them needs more."""
    lines = table.lines[start:stop]
    text = "".join(lines)
    if table.comma:
        if "." in text:
            return None
        lines = [line.replace(",", ".") for line in lines]
    delimiter = None if table.delimiter == " " else table.delimiter
    try:
        block: np.ndarray = np.loadtxt(lines, dtype, delimiter=delimiter, comments=None, ndmin=2)
    except (ValueError, OverflowError):
        return None
    if len(block) != len(lines):
        return None
    doubtful = dtype is np.float64 and (not np.isfinite(block).all() or ("e-" in text.lower() and not block.all()))
    return None if doubtful else block


def _one_by_one(
    table: PlainTable,
    rows: range,
    values: np.ndarray,
    complaints: Complaints,
    name: str,
    number: Callable[[str], Number | None],
) -> bool:
    """Read rows cell by cell; False where one holds what ``values`` can't."""
    for row in rows:
        cells = table.cells(row)
        if len(cells) != values.shape[1]:
            raise uneven(name, table.numbers[row], len(cells), table.numbers[0], values.shape[1])
        for column, cell in enumerate(cells):
            read = number(cell)
            if read is None:
                complaints.add(table.numbers[row], column + 1, cell)
                continue
            if isinstance(read, (bool, complex)) or (isinstance(read, float) and values.dtype.kind == "i"):
                return False
            try:
                values[row, column] = read
            except OverflowError:
                return False
    return True
