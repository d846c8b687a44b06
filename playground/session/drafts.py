"""What becomes of text in the formula bar: a draft while it is typed, an edit when it is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.language.literal import literal_value
from playground.language.names import free_name, name_problem
from playground.language.parse import Parsed, parse
from playground.language.problems import Problem, Span
from playground.session.analysis import Meaning, meaning_of
from playground.session.snapshot import Draft
from playground.translation import tr
from playground.workspace.arrays import Array, ArrayError
from playground.workspace.edits import AddArray, AddFormula, ReplaceArray, SetFormula, ToArray, ToFormula
from playground.workspace.numbers import shortest_text
from playground.workspace.workspace import ArrayEntry, FormulaEntry

if TYPE_CHECKING:
    from playground.session.session import Session
    from playground.workspace.edits import Edit
    from playground.workspace.workspace import Workspace

_MOST_CELLS_AS_TEXT = 64
"""Arrays up to this many cells are written out in the formula bar; larger ones only name their shape."""


def stored_text(workspace: Workspace, name: str | None) -> str:
    """What the formula bar shows while nothing is being typed: the entry's formula, or its numbers as NumPy text."""
    entry = workspace.get(name) if name in workspace.names else None
    if isinstance(entry, FormulaEntry):
        return entry.source
    if isinstance(entry, ArrayEntry) and entry.array.size <= _MOST_CELLS_AS_TEXT:
        return array_text(entry.array.to_numpy())
    return ""


def array_text(array: np.ndarray) -> str:
    """Nested lists that read back to the same numbers: ``[[2, 1], [0, 3]]``."""
    if array.ndim == 0:
        return shortest_text(array[()], array.dtype)
    return f"[{', '.join(array_text(part) for part in array)}]"


def type_text(session: Session, text: str) -> None:
    """Take ``text`` as the draft of the chosen entry; nothing is committed."""
    snapshot = session.snapshot
    if text == stored_text(snapshot.workspace, snapshot.selected):
        session.update(draft=None)
        return
    parsed = parse(text)
    session.update(draft=Draft(text, parsed.target, _draft_meaning(session, parsed)))


def revert(session: Session) -> None:
    """Forget the draft."""
    session.update(draft=None)


def commit(session: Session, text: str) -> bool:
    """Enter ``text``: change the chosen entry, or make a new one for ``D = …``. False where it stays a draft."""
    snapshot = session.snapshot
    if not text.strip() or (snapshot.draft is None and text == stored_text(snapshot.workspace, snapshot.selected)):
        session.update(draft=None)
        return False
    parsed = parse(text)
    edit = _edit_for(session, parsed)
    if edit is None:
        type_text(session, text)
        return False
    session.update(draft=None)
    return session.edit(edit, select=getattr(edit, "name", None))


def _edit_for(session: Session, parsed: Parsed) -> Edit | None:
    """The edit that entering ``parsed`` means; None where the text must be mended first."""
    snapshot = session.snapshot
    workspace = snapshot.workspace
    name = parsed.target or snapshot.selected or free_name(workspace.names)
    source = _expression_text(parsed)
    array = _literal_array(parsed)
    if name not in workspace.names:
        if name_problem(name, workspace.names) is not None:
            return None
        return AddArray(name, array) if array is not None else AddFormula(name, source)
    entry = workspace.get(name)
    if not isinstance(entry, ArrayEntry):
        return ToArray(name, array) if array is not None else SetFormula(name, source)
    if array is not None:
        return ReplaceArray(name, _in_old_dtype(array, entry.array))
    # An array's numbers are not given up for a text that doesn't mean anything yet.
    return None if _draft_meaning(session, parsed).problem is not None else ToFormula(name, source)


def _expression_text(parsed: Parsed) -> str:
    """The text without ``D =`` before it."""
    if parsed.target is None:
        return parsed.source.strip()
    return parsed.source.split("=", 1)[1].strip()


def _literal_array(parsed: Parsed) -> Array | None:
    """The array that the text writes out; None for a formula. Numbers by hand are float64."""
    value = literal_value(parsed.tree) if parsed.tree is not None else None
    if not isinstance(value, list):
        return None
    try:
        array = np.array(value)
        return Array.of(array.astype(np.float64) if array.dtype.kind in "iu" or array.size == 0 else array)
    except (ArrayError, ValueError, TypeError, OverflowError):
        return None


def _in_old_dtype(new: Array, old: Array) -> Array:
    """``new`` in the dtype that the entry had, where that holds every number exactly."""
    values = new.to_numpy()
    with np.errstate(all="ignore"):
        cast = values.astype(old.dtype) if not (values.dtype.kind == "c" and old.dtype.kind != "c") else values
        exact = np.array_equal(cast.astype(values.dtype), values, equal_nan=True)
    return Array.of(cast) if exact else new


def _draft_meaning(session: Session, parsed: Parsed) -> Meaning:
    snapshot = session.snapshot
    broken = frozenset(snapshot.analysis.meanings) - frozenset(snapshot.analysis.signatures)
    meaning = meaning_of(parsed.source, snapshot.analysis.signatures, broken)
    if parsed.target is None or parsed.target in snapshot.workspace.names or meaning.problem is not None:
        return meaning
    sentence = name_problem(parsed.target, snapshot.workspace.names)
    if sentence is None:
        return meaning
    place = Span(0, len(parsed.target))
    return Meaning(meaning.inference, Problem("name", sentence, place, hint=tr("Choose another name.")))
