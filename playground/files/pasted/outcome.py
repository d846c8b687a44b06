"""What came of reading a text: values, a choice of values, or a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record
from playground.translation import tr
from playground.workspace.casting import fitted

if TYPE_CHECKING:
    from playground.files.pasted.table import Candidate


class Pasted(Record, eq=False):
    """Values read from a text, 2-D, of the dtype asked for; cells that ``kept`` marks keep what stands there now."""

    values: np.ndarray
    kept: np.ndarray | None = None


class Unreadable(Record, eq=False):
    """Why a text can't become cells: a sentence that names them. ``offer`` is a dtype that would take all of it.

    ``wide`` holds the values in the offered dtype.
    """

    message: str
    offer: np.dtype[np.generic] | None = None
    wide: Pasted | None = None


class Reading(Record, eq=False):
    """One way to read an ambiguous text: in words, and the values, whose dtype may be wider than the one asked for."""

    title: str
    pasted: Pasted


class Ambiguous(Record, eq=False):
    """A text that says different things: what is unclear, and the ways to read it, the likeliest first."""

    question: str
    readings: tuple[Reading, ...]


Outcome = Pasted | Unreadable | Ambiguous


def pasted_of(outcome: Pasted | Unreadable) -> Pasted | None:
    """Give the values, in the wider dtype where they need one; None where there are none."""
    return outcome if isinstance(outcome, Pasted) else outcome.wide


def chosen(good: list[tuple[Candidate, Pasted | Unreadable]]) -> Outcome:
    """Give the one thing that is said, or what there is to choose from; each of ``good`` has values."""
    readings: list[Reading] = []
    signs = len({candidate.notation for candidate, _ in good if candidate.how == good[0][0].how}) > 1
    for candidate, outcome in good:
        if (pasted := pasted_of(outcome)) is not None:
            for reading in _readings(_title(candidate, pasted.values, signs=signs), pasted):
                if not any(_same(reading, other) for other in readings):
                    readings.append(reading)
    first, outcome = good[0]
    pasted = pasted_of(outcome)
    empty = pasted is not None and pasted.kept is not None
    if len(readings) == 1 and not (first.headed and first.how != "markdown"):
        return outcome
    if len(good) > 1:
        question = tr("The text on the clipboard can be read in more than one way.")
    else:
        question = tr("Some cells are empty.") if empty else tr("The first line is no numbers.")
    return Ambiguous(question, tuple(readings))


def _readings(title: str, pasted: Pasted) -> list[Reading]:
    """Name what was read; where cells are empty there are two ways, unless no dtype of nan holds the others."""
    if pasted.kept is None:
        return [Reading(title, pasted)]
    kept = Reading(tr("{title}, empty cells stay as they are", title=title), pasted)
    dtype = pasted.values.dtype
    floating = dtype if dtype.kind in "fc" else np.dtype(np.float64)
    values = fitted(pasted.values, floating)
    if values is None:
        return [kept]
    values = np.where(pasted.kept, floating.type(np.nan), values)
    return [Reading(tr("{title}, empty cells become nan", title=title), Pasted(values)), kept]


def _title(candidate: Candidate, values: np.ndarray, *, signs: bool) -> str:
    """Say size and form; with ``signs`` also what commas and points mean."""
    how = {
        "tabs": tr("cells parted by tabs"),
        "semicolons": tr("cells parted by semicolons"),
        "commas": tr("cells parted by commas"),
        "blanks": tr("a line for each row"),
        "list": tr("one vector") if len(values) == 1 else tr("rows in brackets"),
        "matlab": tr("a row for each line, as in MATLAB"),
        "latex": tr("LaTeX"),
        "markdown": tr("a table of Markdown"),
    }[candidate.how]
    parts = [f"{values.shape[0]}×{values.shape[1]}", how]
    if candidate.notation == "comma":
        parts.append(tr("decimal commas"))
    elif signs:
        parts.append(tr("commas between thousands"))
    if candidate.minus:
        parts.append(tr("numbers in brackets below zero"))
    if candidate.headed:
        parts.append(tr("without the first line"))
    return ", ".join(parts)


def _same(one: Reading, other: Reading) -> bool:
    a, b = one.pasted, other.pasted
    if a.values.shape != b.values.shape or (a.kept is None) != (b.kept is None):
        return False
    return bool(np.array_equal(a.values, b.values, equal_nan=True))
