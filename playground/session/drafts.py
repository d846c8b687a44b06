"""What becomes of text in the formula bar: a draft while it is typed, an edit when it is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.language.foreign.clue import numpy_words
from playground.language.literal import literal_value
from playground.language.names import free_name, name_problem, next_name
from playground.language.parse import Parsed, parse
from playground.language.problems import Problem, Repair, Span
from playground.language.signature import Signature
from playground.record import replace
from playground.session.analysis import Meaning, cycle_problem, meaning_of
from playground.session.snapshot import Draft
from playground.translation import tr
from playground.workspace.arrays import Array
from playground.workspace.casting import fitted
from playground.workspace.edits import AddArray, AddFormula, ReplaceArray, SetFormula, ToArray, ToFormula
from playground.workspace.numbers import shortest_text
from playground.workspace.workspace import ArrayEntry, FormulaEntry, ShapeEntry, operands_of, order_of

if TYPE_CHECKING:
    from playground.session.session import Session
    from playground.session.snapshot import Snapshot
    from playground.workspace.edits import Edit
    from playground.workspace.workspace import Entry, Workspace

_MOST_CELLS_AS_TEXT = 64
"""Arrays up to this many cells are written out in the formula bar; larger ones only name their shape."""


def stored_text(workspace: Workspace, name: str | None) -> str:
    """What the formula bar shows while nothing is being typed: the entry's formula, or its numbers as NumPy text."""
    entry = workspace.get(name) if name in workspace.names else None
    if isinstance(entry, FormulaEntry):
        return entry.source
    if isinstance(entry, ShapeEntry):
        from playground.language.declaration import declaration_text

        return declaration_text(entry.signature)
    if isinstance(entry, ArrayEntry) and entry.array.size <= _MOST_CELLS_AS_TEXT:
        # Lists can't say how wide an array without rows is.
        return array_text(entry.array.to_numpy()) if entry.array.shape[:1] != (0,) or entry.array.ndim == 1 else ""
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
    session.update(draft=draft_of(snapshot, text))


def draft_of(snapshot: Snapshot, text: str) -> Draft:
    """``text`` as the draft of the chosen entry."""
    from playground.session.shape_drafts import declaration_draft, declaration_in  # at first nothing is typed

    declaration = declaration_in(snapshot, text)
    if declaration is not None:
        return declaration_draft(declaration)
    parsed = parse(text)
    return Draft(text, parsed.target or _name_apart(snapshot, parsed), _draft_meaning(snapshot, parsed))


def revert(session: Session) -> None:
    """Forget the draft."""
    session.update(draft=None)


def commit(session: Session, text: str) -> bool:
    """Enter ``text``: change the chosen entry, or make a new one. False where it stays a draft.

    A new one is made for ``D = …``, and for what uses the numbers or the shape that are chosen: they can't be given
    up for a formula of them.
    """
    snapshot = session.snapshot
    if not text.strip() or (snapshot.draft is None and text == stored_text(snapshot.workspace, snapshot.selected)):
        session.update(draft=None)
        return False
    foreign = numpy_words(text)
    words = text if foreign is None else foreign.numpy
    edit, name = _edit_for(snapshot, words)
    if edit is None:
        type_text(session, text)
        return False
    session.update(draft=None)
    is_done = session.edit(edit, select=name)
    remarks = [] if foreign is None else [foreign.sentence]
    if name is not None and name == _name_apart(snapshot, parse(words)):
        remarks.append(tr("{new} is a new entry; {name} stays as it is.", new=name, name=snapshot.selected))
    if is_done and remarks:
        session.notify("words", " ".join(remarks))
    return is_done


def add(session: Session, text: str) -> bool:
    """Enter ``text`` as a new entry, whatever is chosen; False where it stays a draft."""
    if not text.strip():
        return False
    from playground.language.bare_shapes import named_apart
    from playground.language.declaration import declared

    named = parse(text).target is not None or declared(text) is not None
    names = session.snapshot.workspace.names
    apart = named_apart(text, names)
    return commit(session, text if named else f"{free_name((*names, *(apart[1] if apart else ())))} = {text}")


def _edit_for(snapshot: Snapshot, text: str) -> tuple[Edit | None, str | None]:
    """The edit that entering ``text`` means, None where it must be mended first; and what is then chosen."""
    from playground.session.shape_drafts import declaration_edit, declaration_in, shapes_edit

    declaration = declaration_in(snapshot, text)
    if declaration is not None:
        return declaration_edit(snapshot.workspace, declaration), declaration.name
    shapes = shapes_edit(snapshot, text)
    if shapes is not None:
        return shapes
    edit = _formula_edit(snapshot, parse(text))
    return edit, getattr(edit, "name", None)


def _formula_edit(snapshot: Snapshot, parsed: Parsed) -> Edit | None:
    workspace = snapshot.workspace
    apart = _name_apart(snapshot, parsed)
    name = parsed.target or apart or snapshot.selected or free_name(workspace.names)
    source = _expression_text(parsed)
    if not source:
        return None
    if apart is not None:
        return None if _draft_meaning(snapshot, parsed).problem is not None else AddFormula(apart, source)
    entry = workspace.get(name)
    values = _literal_values(parsed, scalar=isinstance(entry, ArrayEntry) and entry.array.ndim == 0)
    array = None if values is None else _array(values, entry)
    if entry is None:
        if name_problem(name, workspace.names) is not None:
            return None
        return AddArray(name, array) if array is not None else AddFormula(name, source)
    if isinstance(entry, FormulaEntry):
        if array is None and name in operands_of(source):
            return None  # a new entry of it is offered
        return ToArray(name, array) if array is not None else SetFormula(name, source)
    if array is not None:
        return ReplaceArray(name, array) if isinstance(entry, ArrayEntry) else ToArray(name, array)
    # Neither numbers nor a shape are given up for a text that doesn't mean anything yet.
    return None if _draft_meaning(snapshot, parsed).problem is not None else ToFormula(name, source)


def _name_apart(snapshot: Snapshot, parsed: Parsed) -> str | None:
    """Name of the new entry for a text that uses the chosen numbers or shape; None for every other text."""
    workspace, chosen = snapshot.workspace, snapshot.workspace.get(snapshot.selected or "")
    if parsed.target is not None or chosen is None or isinstance(chosen, FormulaEntry):
        return None
    return None if _cycle_of(workspace, chosen.name, parsed) is None else free_name(workspace.names)


def _expression_text(parsed: Parsed) -> str:
    """The text without ``D =`` before it."""
    if parsed.target is None:
        return parsed.source.strip()
    return parsed.source.split("=", 1)[1].strip()


def _literal_values(parsed: Parsed, *, scalar: bool) -> np.ndarray | None:
    """The numbers that the text writes out, a single one where ``scalar`` is true; None for a formula."""
    value = literal_value(parsed.tree) if parsed.tree is not None else None
    if value is None or (not scalar and not isinstance(value, list)):
        return None
    try:
        values = np.array(value)
        exact = np.array(value, object).flat if values.dtype.kind == "f" else ()
        if exact and all(type(number) is int and number >= 0 for number in exact):
            values = np.array(value, np.uint64)  # NumPy rounds where some fit into int64 and others don't
    except (ValueError, TypeError, OverflowError):
        return None
    return values if values.dtype.kind in "biufc" else None


def _array(values: np.ndarray, entry: Entry | None) -> Array:
    """Make an array: in the dtype that the entry has, where that holds the numbers, else as numbers by hand are."""
    old = entry.array if isinstance(entry, ArrayEntry) else None
    kept = None if old is None else fitted(values, old.dtype)
    if kept is None:
        kept = values.astype(np.float64) if values.dtype.kind in "iu" or values.size == 0 else values
    if old is not None and kept.shape == old.shape and kept.tobytes() == old.to_numpy().tobytes():
        return old  # the same numbers, written in another way
    return Array.of(kept)


def _draft_meaning(snapshot: Snapshot, parsed: Parsed) -> Meaning:
    signatures, workspace = snapshot.analysis.signatures, snapshot.workspace
    broken = frozenset(snapshot.analysis.meanings) - frozenset(signatures)
    meaning = meaning_of(parsed.source, signatures, broken)
    if meaning.problem is not None:
        return meaning
    name = parsed.target or _name_apart(snapshot, parsed) or snapshot.selected
    if name not in workspace.names:
        problem = _name_problem(parsed, workspace)
    else:
        cycle = _cycle_of(workspace, name, parsed)
        problem = None if cycle is None else _with_new_entry(cycle, workspace, name, parsed, meaning)
    return meaning if problem is None else Meaning(meaning.inference, problem)


def _cycle_of(workspace: Workspace, name: str, parsed: Parsed) -> Problem | None:
    """The circle that an entry would go round in with the text as its formula."""
    entered = workspace.replaced(name, FormulaEntry(name, _expression_text(parsed)))
    cycle = order_of(entered).cycles.get(name)
    if cycle is None:
        return None
    return cycle_problem(name, cycle, parsed.source)


def _with_new_entry(problem: Problem, workspace: Workspace, name: str, parsed: Parsed, meaning: Meaning) -> Problem:
    """Offer to make a new entry of a text that would go round in a circle: ``W2 = x @ W`` for ``W = x @ W``."""
    new = f"{next_name(name, workspace.names)} = {_expression_text(parsed)}"
    signature = meaning.inference.signature
    shape = signature.shape if isinstance(signature, Signature) else ()
    repair = Repair(new, shape, tr("Make a new entry of it; {name} stays as it is", name=name))
    return replace(problem, hint=tr("A formula can't use its own result; a new entry can."), repairs=(repair,))


def _name_problem(parsed: Parsed, workspace: Workspace) -> Problem | None:
    sentence = None if parsed.target is None else name_problem(parsed.target, workspace.names)
    if sentence is None or parsed.target is None:
        return None
    start = parsed.source.index(parsed.target)
    place = Span(start, start + len(parsed.target))
    return Problem("name", sentence, place, hint=tr("Choose another name."))
