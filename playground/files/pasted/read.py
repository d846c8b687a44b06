"""Reads a clipboard's text: a block of numbers, several blocks to choose from, or a sentence why there is none."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from playground.files.pasted.convert import NAMED_AT_MOST, Cells, Trouble, convert
from playground.files.pasted.lists import bracketed
from playground.files.pasted.marked import latex, markdown
from playground.files.pasted.outcome import Outcome, Pasted, Unreadable, chosen, pasted_of
from playground.files.pasted.table import Candidate, delimited, with_minus
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

CELLS_AT_MOST = 2_000_000
"""How many cells a paste may have."""

_SHOWN = 20


def from_text(text: str, dtype: np.dtype[np.generic], *, cancelled: Callable[[], bool] | None = None) -> Outcome:
    """Read a table, list or matrix as other programs write them; raises ``Cancelled`` where ``cancelled`` says so.

    Tables of Excel, CSV of both decimal signs, the texts of NumPy, PyTorch and JAX, JSON, MATLAB, LaTeX, Markdown.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    candidates = _candidates(text)
    if isinstance(candidates, str):
        return Unreadable(candidates)
    candidates = [candidate for candidate in candidates if candidate.table.rows and candidate.table.width]
    candidates = with_minus(candidates) if "(" in text else candidates
    if not candidates:
        return Unreadable(tr("The clipboard has no numbers."))
    found = [_converted(candidate, dtype, cancelled) for candidate in candidates]
    good = [(candidate, outcome) for candidate, outcome in found if pasted_of(outcome) is not None]
    whole = {candidate.how for candidate, _ in good if candidate.minus and not candidate.headed}
    # Headings that are numbers in brackets are none.
    good = [pair for pair in good if pair[0].minus or not pair[0].headed or pair[0].how not in whole]
    return chosen(good) if good else found[0][1]


def _candidates(text: str) -> list[Candidate] | str:
    """List the ways in which ``text`` may be meant, the likeliest first; or say why there is none."""
    for read in (bracketed, latex, markdown):
        found = read(text)
        if found is not None:
            return found
    lines = text.count("\n")
    if lines > CELLS_AT_MOST:  # to cut so many would hold the interpreter for longer than a frame
        return tr("{lines} lines are more than two million cells: save them as a .csv file and open that.",
                  lines=f"{lines:,}")  # fmt: skip
    try:
        return delimited(text)
    except csv.Error as error:  # a quote that never ends makes a cell longer than any
        return tr("Can't cut the text into cells: {reason}.", reason=error)


def _converted(
    candidate: Candidate, dtype: np.dtype[np.generic], cancelled: Callable[[], bool] | None
) -> tuple[Candidate, Pasted | Unreadable]:
    """Read one candidate, without its first row where only that is no numbers; in a wider dtype too where need be."""
    table = candidate.table
    if len(table.rows) * table.width > CELLS_AT_MOST:
        text = tr("{rows}×{columns} cells are more than two million: save them as a .csv file and open that.",
                  rows=f"{len(table.rows):,}", columns=f"{table.width:,}")  # fmt: skip
        return candidate, Unreadable(text)
    read = convert(candidate, dtype, cancelled)
    if isinstance(read, Cells):
        return candidate, _of_cells(read)
    if read.only_first_row and len(table.rows) > 1 and candidate.how != "list":
        below = _converted(replace(candidate, table=table.without_first(), headed=True), dtype, cancelled)
        return below if pasted_of(below[1]) is not None else (candidate, _refusal(read, candidate))
    narrow: np.dtype[np.generic] = dtype
    wider: Cells | Trouble = read
    while isinstance(wider, Trouble) and wider.offer is not None and wider.offer != narrow:
        narrow = wider.offer
        wider = convert(candidate, narrow, cancelled)
    wide = _of_cells(wider) if isinstance(wider, Cells) else None
    return candidate, _refusal(replace(read, offer=narrow), candidate, wide)


def _of_cells(cells: Cells) -> Pasted | Unreadable:
    if cells.empty is not None and cells.empty.all():
        return Unreadable(tr("The clipboard has no numbers."))
    return Pasted(cells.values, cells.empty)


def _refusal(trouble: Trouble, candidate: Candidate, wide: Pasted | Unreadable | None = None) -> Unreadable:
    if trouble.ragged is not None:
        table = candidate.table
        return Unreadable(
            tr(
                "The lines are not equally long: line 1 has {first}, line {line} has {other} cells.",
                first=table.width,
                line=trouble.ragged + 1,
                other=len(table.cells(trouble.ragged)),
            )
        )
    places = [
        tr("row {row}, column {column} (“{text}”)", row=wrong.row, column=wrong.column, text=wrong.text[:_SHOWN])
        for wrong in trouble.wrong
    ]
    named = ", ".join(places)
    if trouble.count > NAMED_AT_MOST:
        count = f"{trouble.count - NAMED_AT_MOST:,}"
        more = tr("{named} and {count} more", named=named, count=count)
        named = tr("{named} and many more", named=named) if trouble.given_up else more
    if isinstance(wide, Pasted):
        offer = trouble.offer
        message = tr("Not exact: {named}. Paste again to change to {dtype}.", named=named, dtype=offer)
        return Unreadable(message, offer, wide)
    return Unreadable(tr("Can't read {named}: {why}", named=named, why=trouble.wrong[0].why))
