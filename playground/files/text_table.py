"""Tables of numbers as text (``.csv .tsv .txt``): what separates the cells is found, what isn't a number is listed.

A cell that can't be read is never stored as something else: the file is refused and the cells are named.
"""

from __future__ import annotations

import codecs
import csv
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from playground.files.errors import FileError
from playground.files.table_pieces import Complaints, Number, PlainTable, is_rounded_away, read_pieces, uneven
from playground.record import Record
from playground.translation import tr
from playground.workspace.memory import size_problem
from playground.workspace.numbers import CellValue, parse_cell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAX_BYTES = 256 * 1024**2
_BYTES_PER_BYTE = 24  # what a byte of text takes at most as Python objects while it is read
_SAMPLE = 30
_LARGE = 100_000  # characters from which on the cells of a table are read in pieces
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_IMAGINARY = ("i", "j", "I", "J")
_WORDS = {"true": True, "false": False}


class _Row(Record):
    line: int
    cells: list[str]


def read_table(path: Path) -> np.ndarray:
    """Read a table as a 2-D array: bool, int64, uint64, float64 or complex128, the narrowest that holds all exactly.

    Cells may be quoted; a first row without a number is a header, lines that begin with # are comments.

    Raises
    ------
    FileError
        Cells that aren't numbers (the first ones are listed), rows of different lengths, no text, too large.
    """
    text = _decoded(path)
    lines = text.splitlines()
    delimiter = _delimiter(lines, path)
    plain = _plain(text, lines, delimiter) if len(text) >= _LARGE else None
    if plain is not None:
        values = read_pieces(plain, path.name, lambda cell: _number(cell, plain.comma))
        if values is not None:
            return values
    rows = list(_rows(lines, delimiter, path.name))
    decimal_comma = _has_decimal_comma(rows, delimiter)
    if len(rows) > 1 and not any(_is_number(cell, decimal_comma) or not cell for cell in rows[0].cells):
        del rows[0]
    if not rows:
        raise FileError(tr("{name} has no numbers.", name=path.name), tr("Each line is a row, as in 1,2,3."))
    _check_lengths(rows, path.name)
    return _array(_numbers(rows, decimal_comma, path.name), len(rows))


def _decoded(path: Path) -> str:
    size = path.stat().st_size
    problem = size_problem(size * _BYTES_PER_BYTE)
    if size > _MAX_BYTES or problem is not None:
        raise FileError(
            tr("{name} is too large to be read as text.", name=path.name), tr("Save it as .npy where it came from.")
        )
    data = path.read_bytes()
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        # Numbers are the same in every old one-byte encoding; only a header or a comment may look odd.
        text = data.decode("latin-1")
    if "\0" in text:
        raise FileError(tr("{name} isn't text.", name=path.name), tr("Give it the ending of what it is, such as .npy."))
    return text


def _delimiter(lines: list[str], path: Path) -> str:
    """Find what separates the cells: the first candidate that makes the sample a table of numbers; a blank is any."""
    sample = list(islice((line for line in lines if line.strip()), _SAMPLE))
    candidates = [delimiter for delimiter in "\t;," if any(delimiter in line for line in sample)]
    for delimiter in [*candidates, " "]:
        try:
            rows = list(_rows(sample, delimiter, path.name))
        except FileError:
            continue
        body = rows[1:] or rows  # the first may be a header
        widths = {len(row.cells) for row in body}
        # One column of blanks in a file with commas is 0,5 below 1,5: two columns as likely as one of fractions.
        is_table = len(widths) == 1 and (delimiter != " " or not candidates or widths != {1})
        if is_table and all(_is_number(cell, delimiter != ",") for row in body for cell in row.cells):
            return delimiter
    return candidates[0] if candidates else " "


def _has_decimal_comma(rows: list[_Row], delimiter: str) -> bool:
    """Tell whether 1,234 is a fraction: in a file of semicolons, and where another cell can be nothing else."""
    if delimiter in ",;":
        return delimiter == ";"
    return any("," in cell and _is_number(cell, False) for row in rows for cell in row.cells)


def _rows(lines: list[str], delimiter: str, name: str) -> Iterator[_Row]:
    if delimiter == " ":
        for line, content in enumerate(lines, 1):
            if content.strip() and not content.lstrip().startswith("#"):
                yield _Row(line, [cell.strip("\"'") for cell in content.split()])
        return
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
                yield _Row(reader.line_num, [cell.strip() for cell in cells])
    except csv.Error as error:
        line = reader.line_num
        raise FileError(tr("{name}, line {line}: {reason}.", name=name, line=line, reason=error)) from error


def _plain(text: str, lines: list[str], delimiter: str) -> PlainTable | None:
    """The table without its header where nothing in it is quoted, and commas mean one thing only; None else."""
    if '"' in text or "'" in text or (delimiter in " \t" and "," in text):
        return None
    first = str.lstrip if delimiter == " " else lambda line: line.partition(delimiter)[0].lstrip()
    blank = delimiter + " \t"
    kept = [(k, line) for k, line in enumerate(lines, 1) if line.strip(blank) and not first(line).startswith("#")]
    comma = delimiter == ";"
    table = PlainTable([line for _, line in kept], [k for k, _ in kept], delimiter, comma)
    if len(kept) > 1 and not any(_is_number(cell, comma) or not cell for cell in table.cells(0)):
        table = PlainTable(table.lines[1:], table.numbers[1:], delimiter, comma)
    return table if table.lines else None


def _check_lengths(rows: list[_Row], name: str) -> None:
    width = len(rows[0].cells)
    found = next((row for row in rows if len(row.cells) != width), None)
    if found is not None:
        raise uneven(name, found.line, len(found.cells), rows[0].line, width)


def _numbers(rows: list[_Row], decimal_comma: bool, name: str) -> list[Number]:
    numbers: list[Number] = []
    complaints = Complaints(name)
    for row in rows:
        for column, cell in enumerate(row.cells, 1):
            number = _number(cell, decimal_comma)
            if number is not None:
                numbers.append(number)
            else:
                complaints.add(row.line, column, cell)
        if complaints.hopeless:
            break
    complaints.end()
    return numbers


def _is_number(cell: str, decimal_comma: bool) -> bool:
    return _number(cell, decimal_comma) is not None


def _number(cell: str, decimal_comma: bool) -> Number | None:
    if decimal_comma and cell.count(",") == 1 and "." not in cell:
        cell = cell.replace(",", ".")
    with suppress(ValueError):
        # A failed int() costs more than the look at the digits.
        if cell.lstrip("+-").isdigit():
            return int(cell)
        value = float(cell)
        return None if (value == 0 or value - value != 0) and is_rounded_away(cell) else value
    if cell.lower() in _WORDS:
        return _WORDS[cell.lower()]
    # Cells as they may be typed: 1/3, −2, 2+1i. Ambiguous ones such as 1,234 are refused there.
    read = parse_cell(cell, np.dtype(np.complex128 if cell[-1:] in _IMAGINARY else np.float64))
    return read.value.item() if isinstance(read, CellValue) else None


def _array(numbers: list[Number], rows: int) -> np.ndarray:
    kinds = set(map(type, numbers))
    if complex in kinds:
        values = np.array(numbers, np.complex128)
    elif kinds == {bool}:
        values = np.array(numbers, bool)
    elif kinds <= {int, bool}:
        values = _integers([int(number.real) for number in numbers])
    else:
        values = np.array([_as_float(number.real) for number in numbers], np.float64)
    return values.reshape(rows, -1)


def _integers(numbers: list[int]) -> np.ndarray:
    for dtype in (np.int64, np.uint64):
        try:
            return np.array(numbers, dtype)
        except OverflowError:
            continue
    return np.array([_as_float(number) for number in numbers], np.float64)


def _as_float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")
