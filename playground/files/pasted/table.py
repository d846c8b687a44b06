"""Rows of cell texts: cut from lines by tabs, semicolons, commas or blanks, quotes heeded."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Literal

import numpy as np

from playground.files.pasted.notation import in_brackets, notations, plain
from playground.record import Record, replace
from playground.workspace.numbers import CellValue, parse_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.files.pasted.notation import Notation

_SAMPLE = 40
_PERCENT_APART = re.compile(r"(?<=[\d.,])[ \u00a0\u202f]%")
_COMPLEX = np.dtype(np.complex128)  # holds whatever is a number

How = Literal["tabs", "semicolons", "commas", "blanks", "list", "matlab", "latex", "markdown"]


class Table(Record, eq=False):
    """Rows of cells, each a line that ``delimiter`` cuts (None: any blanks) or already a list of texts."""

    rows: list[str] | list[list[str]]
    delimiter: str | None = None

    def cells(self, row: int) -> list[str]:
        """Return the texts of one row."""
        line = self.rows[row]
        return line.split(self.delimiter) if isinstance(line, str) else line

    @property
    def width(self) -> int:
        """How many cells the first row has."""
        return len(self.cells(0)) if self.rows else 0

    def all_cells(self) -> Iterator[str]:
        """Go through all texts in reading order."""
        for row in range(len(self.rows)):
            yield from self.cells(row)

    def without_first(self) -> Table:
        """Return the rows below the first one."""
        return replace(self, rows=self.rows[1:])


class Candidate(Record, eq=False):
    """One way to read a text: how its cells are parted, how its numbers are written, whether headings stand above.

    ``headed``: the first row is headings, which are left out. ``minus``: numbers in brackets are below zero.
    """

    table: Table
    how: How
    notation: Notation = "point"
    headed: bool = False
    minus: bool = False


def with_minus(candidates: list[Candidate]) -> list[Candidate]:
    """Put before each table with numbers in brackets the way to read them that accounts have: ``(5)`` is −5."""
    found: list[Candidate] = []
    for candidate in candidates:
        if candidate.notation != "cell" and in_brackets(candidate.table.all_cells()):
            found.append(replace(candidate, minus=True))
        found.append(candidate)
    return found


def written_lines(text: str) -> list[str]:
    """The lines of ``text`` in which something stands."""
    return [line for line in text.split("\n") if line.strip()]


def delimited(text: str) -> list[Candidate]:
    """List the ways in which the lines of ``text`` are a table, the likeliest first; never empty.

    One final line end is no row. More than one candidate is given only where their first rows are numbers each way.
    """
    body = _PERCENT_APART.sub("%", text.removesuffix("\n")) if "%" in text else text.removesuffix("\n")
    found: list[Candidate] = []
    for delimiter, how in _delimiters(body):
        table = _cut(body, delimiter)
        if not table.rows:
            continue
        if delimiter == "," and '"' not in body:
            found.append(Candidate(table, how))
        else:
            found += [Candidate(table, how, notation) for notation in _notations(table, body)]
    if len(found) < 2:
        return found
    readable = [candidate for candidate in found if looks_numeric(candidate)]
    if not readable:
        readable = [candidate for candidate in found if looks_numeric(candidate, first=1)]
    return readable or found[:1]


def _delimiters(body: str) -> list[tuple[str | None, How]]:
    if "\t" in body:
        return [("\t", "tabs")]
    if ";" in body:
        return [(";", "semicolons")]
    blanks: list[tuple[str | None, How]] = [(None, "blanks")]
    return [(",", "commas"), *blanks] if "," in body else blanks


def _cut(body: str, delimiter: str | None) -> Table:
    if '"' in body:
        reader = csv.reader(io.StringIO(body), delimiter=delimiter or " ", skipinitialspace=delimiter is None)
        rows = [row or [""] for row in reader]
        width = len(rows[0]) if rows else 0
        return Table([row for row in rows if row != [""]] if width > 1 else rows, delimiter)
    lines = body.split("\n")
    table = Table(lines, delimiter)
    # A blank line between rows of several cells is no row; in a single column it is an empty cell.
    first = next((index for index, line in enumerate(lines) if line.strip(" ")), None)
    if first is None:
        return Table([], delimiter)
    if len(table.cells(first)) > 1:
        return Table([line for line in lines if line.strip(" ")], delimiter)
    if delimiter is not None or all(map(str.strip, lines)):
        return Table(lines, delimiter)
    return Table([line.split() or [""] for line in lines])


def _notations(table: Table, body: str) -> tuple[Notation, ...]:
    sample = (cell for row in range(min(len(table.rows), _SAMPLE)) for cell in table.cells(row))
    written_apart = "," in body or any(cell.count(".") > 1 for cell in sample)  # 1.234.567
    return notations(table.all_cells()) if written_apart else ("point",)


def looks_numeric(candidate: Candidate, first: int = 0) -> bool:
    """Whether the rows of a sample, from row ``first`` on, are equally long and all numbers."""
    table = candidate.table
    rows = [table.cells(row) for row in range(first, min(len(table.rows), _SAMPLE))]
    if not rows or len({len(row) for row in rows}) > 1:
        return False
    return all(is_number(cell, candidate.notation) for row in rows for cell in row[:_SAMPLE])


def is_number(text: str, notation: Notation) -> bool:
    """Whether a cell holds a number in ``notation``, or nothing."""
    written = plain(text, notation, minus=True)
    return written is not None and (not written or isinstance(parse_cell(written, _COMPLEX), CellValue))
