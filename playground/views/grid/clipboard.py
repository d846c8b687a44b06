"""Cells to text and back: tab-separated at full precision out; tables, lists and array texts in."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record
from playground.translation import tr
from playground.views.grid.source import CELLS_AT_MOST
from playground.workspace.numbers import CellRefusal, parse_cell, shortest_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_CALL = re.compile(r"^\s*(?:[\w.]+)?\(\s*(\[.*\])\s*(?:,\s*\w+\s*=\s*[^\[\]]*)*\)\s*$", re.DOTALL)
_TOKEN = re.compile(r"[\[\]]|[^\[\]]+")
_PLAIN = re.compile(r"[0-9eE+\-.]+|nan")
_WIDE = re.compile(r"[+-]?\d{16,}")  # may lose digits in float64
_NAMED_AT_MOST = 3


class Pasted(Record):
    """Values read from a text, 2-D, of the dtype asked for."""

    values: np.ndarray


class Unreadable(Record):
    """Why a text can't become cells: a sentence that names them. ``offer`` is a dtype that would take all of it."""

    message: str
    offer: np.dtype[np.generic] | None = None


def to_text(values: np.ndarray) -> str:
    """Return the cells of a 2-D block as tab-separated lines that read back to the same bits."""
    dtype = values.dtype
    return "\n".join("\t".join(shortest_text(value, dtype) for value in row) for row in values)


def from_text(text: str, dtype: np.dtype[np.generic]) -> Pasted | Unreadable:
    """Read tab-, comma-, semicolon- or space-separated lines, a nested list, or ``array(...)``."""
    table = split(text)
    if isinstance(table, Unreadable):
        return table
    widths = {len(row) for row in table}
    if not table or widths == {0}:
        return Unreadable(tr("The clipboard has no numbers."))
    if len(widths) > 1:
        odd = next(index for index, row in enumerate(table) if len(row) != len(table[0]))
        return Unreadable(
            tr(
                "The lines are not equally long: line 1 has {first}, line {line} has {other} cells.",
                first=len(table[0]),
                line=odd + 1,
                other=len(table[odd]),
            )
        )
    if len(table) * len(table[0]) > CELLS_AT_MOST:
        return Unreadable(tr("More than two million cells: save them as a .csv file and open that."))
    return _read(table, dtype)


def split(text: str) -> list[list[str]] | Unreadable:
    """Cut a text into rows of cell texts, by what it looks like. One final line end is no row."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    inner = call[1] if (call := _CALL.match(text)) else text
    if inner.lstrip().startswith("["):
        return _split_list(inner)
    body = text.removesuffix("\n")
    for separator in ("\t", ";"):
        if separator in body:
            return _split_table(body, separator)
    if re.search(r",\s|,[^,\n]*,|\.[^,\n]*,|,[^,\n]*\.", body):
        return _split_table(body, ",")
    lines = [line.split() for line in body.split("\n")]
    if "," in body and all(len(line) == 1 for line in lines):
        # `1,2` alone is two cells only where decimal commas are ruled out: equal counts on several lines.
        return [line[0].split(",") for line in lines] if len(lines) > 1 else lines
    return lines


def _split_table(body: str, separator: str) -> list[list[str]]:
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(body), delimiter=separator)]


def _split_list(text: str) -> list[list[str]] | Unreadable:
    """Rows of ``[[1, 2], [3, 4]]``, ``[1 2]`` and their kin; cells stay text, so that they keep all digits."""
    rows: list[list[str]] = []
    depth = deepest = 0
    for token in _TOKEN.findall(text):
        if token in "[]":
            depth += 1 if token == "[" else -1
            deepest = max(deepest, depth)
        elif depth and (cells := token.replace(",", " ").split()):
            if "..." in cells:
                return Unreadable(tr("The text leaves cells out (…): print the whole array, or save it as .npy."))
            rows.append(cells)
    if depth or deepest > 2:
        return Unreadable(
            tr("A bracket is missing in the list.") if depth else tr("The list is nested more than two deep.")
        )
    return rows


def _read(table: Sequence[Sequence[str]], dtype: np.dtype[np.generic]) -> Pasted | Unreadable:
    if (quick := _read_quickly(table, dtype)) is not None:
        return Pasted(quick)
    values = np.empty((len(table), len(table[0])), dtype)
    refused: list[tuple[str, CellRefusal]] = []
    for r, row in enumerate(table):
        for c, text in enumerate(row):
            parsed = parse_cell(text, dtype)
            if isinstance(parsed, CellRefusal):
                refused.append((tr("row {row}, column {column} (“{text}”)", row=r, column=c, text=text[:20]), parsed))
            else:
                values[r, c] = parsed.value
    return _refusal(refused) if refused else Pasted(values)


def _read_quickly(table: Sequence[Sequence[str]], dtype: np.dtype[np.generic]) -> np.ndarray | None:
    """Read plain decimals in one go; None where a cell needs the reader of single cells."""
    convert = {"f": float, "i": int, "u": int}.get(dtype.kind)
    if convert is None or dtype.itemsize > np.dtype(np.float64).itemsize:
        return None
    if not all(_PLAIN.fullmatch(cell) and not _WIDE.fullmatch(cell) for row in table for cell in row):
        return None
    try:
        values = [[convert(cell) for cell in row] for row in table]
        with np.errstate(over="ignore"):
            block = np.array(values, np.float64 if convert is float else dtype).astype(dtype)
    except (ValueError, OverflowError):
        return None
    # A decimal beyond the dtype's range became inf: the careful reader says so.
    return None if convert is float and np.isinf(block).any() else block


def _refusal(refused: Sequence[tuple[str, CellRefusal]]) -> Unreadable:
    named = ", ".join(place for place, _ in refused[:_NAMED_AT_MOST])
    more = len(refused) - _NAMED_AT_MOST
    if more > 0:
        named = tr("{named} and {count} more", named=named, count=more)
    offers = [refusal.offer for _, refusal in refused]
    if all(offer is not None for offer in offers):
        wide = np.result_type(*[offer for offer in offers if offer is not None])
        return Unreadable(tr("Not exact: {named}. Paste again to change to {dtype}.", named=named, dtype=wide), wide)
    return Unreadable(tr("Can't read {named}: {why}", named=named, why=refused[0][1].message))
