"""Cell texts to numbers of a dtype, in pieces: plain decimals by NumPy's reader, all others one by one.

What a cell can't take is never stored as something else: such cells are counted and the first ones named. The pieces
are small since NumPy's reader keeps the interpreter's lock: a window beside it stays alive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.files.pasted.notation import MISSING, plain, simpler
from playground.record import Record
from playground.translation import tr
from playground.workspace.casting import fitted, holding_dtype
from playground.workspace.numbers import CellRefusal, parse_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playground.files.pasted.table import Candidate

NAMED_AT_MOST = 3
_PIECE = 4096  # cells that are read at once: two milliseconds
_HOPELESS = 10_000  # so many cells that aren't numbers are a text
_WHOLE = 2.0**53  # from here on a float64 may have lost digits of a whole number
_TRUTHS = {"True": True, "False": False, "true": True, "false": False, "TRUE": True, "FALSE": False}
_INFINITIES = frozenset({"inf", "infinity", "∞"})


class Wrong(Record):
    """A cell that its dtype can't take: where, what stood there, why not."""

    row: int
    column: int
    text: str
    why: str


class Cells(Record, eq=False):
    """What was read: ``values`` 2-D; ``empty`` marks cells that held nothing, None where all held something."""

    values: np.ndarray
    empty: np.ndarray | None = None


class Trouble(Record):
    """What could not be read: the first cells, how many, and the dtype that takes all of them, None where none does.

    ``ragged`` is the first row that isn't as long as the first one; then no cell is named. ``given_up``: there were so
    many that the rest wasn't looked at.
    """

    wrong: tuple[Wrong, ...] = ()
    count: int = 0
    offer: np.dtype[np.generic] | None = None
    ragged: int | None = None
    only_first_row: bool = False
    given_up: bool = False


class Cancelled(Exception):  # noqa: N818 -- nothing is wrong: it was asked for
    """The reading was given up."""


def convert(
    candidate: Candidate, dtype: np.dtype[np.generic], cancelled: Callable[[], bool] | None = None
) -> Cells | Trouble:
    """Read all cells of a table as ``dtype``; raises ``Cancelled`` where ``cancelled`` says so."""
    return _Conversion(candidate, dtype).run(cancelled)


class _Conversion:
    def __init__(self, candidate: Candidate, dtype: np.dtype[np.generic]) -> None:
        self._table, self._dtype = candidate.table, dtype
        self._notation, self._minus = candidate.notation, candidate.minus
        self._width = self._table.width
        self._values = np.zeros((len(self._table.rows), self._width), dtype)
        self._empty: np.ndarray | None = None
        self._wrong: list[Wrong] = []
        self._count = self._in_first_row = 0
        self._offer: np.dtype[np.generic] | None = None
        self._helpless = False
        self._ragged: int | None = None

    def run(self, cancelled: Callable[[], bool] | None) -> Cells | Trouble:
        for row, texts in self._pieces():
            if cancelled is not None and cancelled():
                raise Cancelled
            if isinstance(texts, int):
                self._row_in_parts(row, self._table.cells(row))
            elif (block := self._decimals(texts)) is not None:
                self._take(block, row, 0, self._texts_from(row))
            else:
                self._one_by_one(row, len(texts))
            if self._ragged is not None:
                return Trouble(ragged=self._ragged)
            if self._hopeless:
                break
        if not self._count:
            return Cells(self._values, self._empty)
        only_first = self._in_first_row == self._count == self._width and self._helpless
        offer = None if self._helpless else self._offer
        return Trouble(tuple(self._wrong), self._count, offer, only_first_row=only_first, given_up=self._hopeless)

    @property
    def _hopeless(self) -> bool:
        return self._helpless and self._count > _HOPELESS

    def _pieces(self) -> Iterator[tuple[int, list[str] | int]]:
        """Rows that are read at once: the first one's number, and the lines; a long row alone, without its line."""
        rows = self._table.rows
        if self._width > _PIECE:
            yield from ((row, 1) for row in range(len(rows)))
            return
        step = max(1, _PIECE // max(1, self._width))
        for row in range(0, len(rows), step):
            yield row, rows[row : row + step]  # type: ignore[misc]

    def _decimals(self, lines: list[str]) -> np.ndarray | None:
        """Read plain decimals in one go; None where one of them needs more."""
        if not isinstance(lines[0], str) or not all(map(str.strip, lines)):
            return None
        if self._notation == "comma":
            if any("." in line for line in lines):
                return None
            lines = [line.replace(",", ".") for line in lines]
        lines = self._simpler(lines)
        try:
            block = np.loadtxt(lines, delimiter=self._table.delimiter, comments=None, ndmin=2)
        except ValueError:
            return None
        return block if block.shape == (len(lines), self._width) else None

    def _simpler(self, texts: list[str]) -> list[str]:
        if self._notation == "cell" or not any("%" in text or "(" in text for text in texts):
            return texts
        return [simpler(text, minus=self._minus) for text in texts]

    def _texts_from(self, top: int) -> Callable[[int, int], str]:
        """Give the texts below row ``top`` by place; the last row that was asked for stays cut."""
        last, cells = -1, list[str]()

        def text_of(row: int, column: int) -> str:
            nonlocal last, cells
            if row != last:
                last, cells = row, self._table.cells(top + row)
            return cells[column]

        return text_of

    def _row_in_parts(self, row: int, texts: list[str]) -> None:
        if len(texts) != self._width:
            self._ragged = row
            return
        for column in range(0, self._width, _PIECE):
            if self._hopeless:
                return
            part = texts[column : column + _PIECE]
            block = self._decimals_of_cells(part)
            if block is None:
                for offset, text in enumerate(part):
                    self._one(row, column + offset, text)
            else:
                self._take(block, row, column, lambda _r, c, part=part: part[c])  # type: ignore[misc]

    def _decimals_of_cells(self, texts: list[str]) -> np.ndarray | None:
        """Read a row of cells whose texts are plain decimals; None where one needs more."""
        if self._notation == "comma":
            if any("." in text for text in texts):
                return None
            texts = [text.replace(",", ".") for text in texts]
        if not all(map(str.strip, texts)):
            return None
        texts = self._simpler(texts)
        try:
            block = np.loadtxt(texts, delimiter="\t", comments=None, ndmin=2)
        except ValueError:
            return None
        return block.reshape(1, -1) if block.shape == (len(texts), 1) else None

    def _one_by_one(self, row: int, count: int) -> None:
        for at in range(row, row + count):
            texts = self._table.cells(at)
            if len(texts) != self._width:
                self._ragged = at
                return
            block = self._decimals_of_cells(texts)
            if block is not None:
                self._take(block, at, 0, lambda _r, c, texts=texts: texts[c])  # type: ignore[misc]
                continue
            for column, text in enumerate(texts):
                self._one(at, column, text)

    def _take(self, block: np.ndarray, row: int, column: int, text_of: Callable[[int, int], str]) -> None:
        """Store a block of float64 as the dtype; cells of which the float may not tell the truth are read again."""
        doubtful = np.abs(block) >= _WHOLE
        for r, c in np.argwhere(block == 0).tolist():
            doubtful[r, c] = "-" in text_of(r, c)[1:]  # 1e-400 is no 0
        rows, columns = slice(row, row + block.shape[0]), slice(column, column + block.shape[1])
        cast = fitted(block, self._dtype) if not doubtful.any() else None
        if cast is not None:
            self._values[rows, columns] = cast
            return
        whole = self._whole_numbers(block.shape, text_of) if self._dtype.kind in "iu" else None
        if whole is not None:
            self._values[rows, columns] = whole
            return
        unfit = _unfit(block, self._dtype)
        with np.errstate(all="ignore"):
            self._values[rows, columns] = np.where(unfit, 0, block).astype(self._dtype)
        for r, c in zip(*np.nonzero(doubtful), strict=True):
            self._one(row + int(r), column + int(c), text_of(int(r), int(c)))
        self._refuse_all(block, unfit & ~doubtful, row, column, text_of)

    def _whole_numbers(self, shape: tuple[int, ...], text_of: Callable[[int, int], str]) -> np.ndarray | None:
        """Read large whole numbers exactly; None where one isn't whole or the dtype doesn't hold it."""
        try:
            numbers = [[int(text_of(row, column)) for column in range(shape[1])] for row in range(shape[0])]
            return np.array(numbers, self._dtype)
        except (ValueError, OverflowError):
            return None

    def _refuse_all(
        self, block: np.ndarray, unfit: np.ndarray, row: int, column: int, text_of: Callable[[int, int], str]
    ) -> None:
        """Refuse all cells that ``unfit`` marks: the first ones by name, the others counted."""
        places = np.argwhere(unfit)
        named = max(0, NAMED_AT_MOST - len(self._wrong))
        for r, c in places[:named].tolist():
            self._one(row + r, column + c, text_of(r, c))
        rest = places[named:]
        if len(rest):
            self._count += len(rest)
            self._in_first_row += int(np.count_nonzero(rest[:, 0] + row == 0))
            self._want(holding_dtype(block[rest[:, 0], rest[:, 1]], self._dtype))

    def _one(self, row: int, column: int, text: str) -> None:
        """Read one cell as if it was typed."""
        written = plain(text, self._notation, minus=self._minus)
        if written in MISSING:
            if self._empty is None:
                self._empty = np.zeros(self._values.shape, bool)
            self._empty[row, column] = True
            return
        if written is not None:
            value = _quickly(written, self._dtype)
            if value is not None:
                self._values[row, column] = value
                return
        read = CellRefusal(_unclear(text)) if written is None else parse_cell(written, self._dtype)
        if not isinstance(read, CellRefusal):
            self._values[row, column] = read.value
            return
        self._count += 1
        self._in_first_row += row == 0
        if len(self._wrong) < NAMED_AT_MOST:
            self._wrong.append(Wrong(row, column, text.strip(), read.message))
        self._want(read.offer)

    def _want(self, offer: np.dtype[np.generic] | None) -> None:
        if offer is None:
            self._helpless = True
        else:
            self._offer = offer if self._offer is None else np.result_type(self._offer, offer)


def _unclear(text: str) -> str:
    return tr("“{text}” isn't written as the other numbers are.", text=text.strip()[:20])


def _unfit(block: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Mark the cells of a float64 block that ``dtype`` can't hold but for a rounding."""
    if dtype.kind == "b":
        return np.asarray((block != 0) & (block != 1))
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        with np.errstate(invalid="ignore"):
            inside = (block >= float(limits.min)) & (block < float(limits.max + 1))
        return np.asarray(~(inside & (block == np.trunc(block))))
    with np.errstate(all="ignore"):
        cast = block.astype(dtype)
        return np.asarray((np.isinf(cast) & ~np.isinf(block)) | ((cast == 0) & (block != 0)))


def _quickly(text: str, dtype: np.dtype) -> object | None:
    """Read what is plain without the grammar of cells, which is slow; None for everything else."""
    if dtype.kind in "iu" and text.lstrip("+-").isdecimal() and text.isascii() and len(text) <= 20:
        number = _integer(text)
        limits = np.iinfo(dtype)
        return number if number is not None and limits.min <= number <= limits.max else None
    if dtype.kind == "f" and text.lstrip("+-").lower() in _INFINITIES and len(text) - len(text.lstrip("+-")) <= 1:
        return -np.inf if text.startswith("-") else np.inf
    if dtype.kind == "b":
        return _TRUTHS.get(text)
    if dtype == np.complex128 and text.endswith("j") and text.isascii() and "_" not in text:
        try:
            value = complex(text)
        except ValueError:
            return None
        parts = abs(value.real), abs(value.imag)
        # Beyond these a part may have become infinite or zero: the grammar tells.
        return value if all(1e-300 < part < 1e300 for part in parts) else None
    return None


def _integer(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None
