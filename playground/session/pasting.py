"""Pasted text becomes entries in one step of undo: lines of NumPy, an error message, or a table of numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from playground.language.error_message import error_problem, is_error_message
from playground.language.names import free_name
from playground.language.pasted.snippet import read_snippet
from playground.language.pasted.snippet_lines import statements
from playground.language.pasted.traceback_text import retold
from playground.record import Record
from playground.translation import tr
from playground.workspace.arrays import Array, ArrayError
from playground.workspace.edits import AddArray, AddFormula, ReplaceArray, SetFormula, ToArray, ToFormula
from playground.workspace.shape_edits import AddShape
from playground.workspace.together import Together
from playground.workspace.workspace import ArrayEntry, FormulaEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from playground.language.pasted.snippet_remarks import Remark, Snippet
    from playground.language.pasted.snippet_text import SnippetEntry
    from playground.language.pasted.traceback_text import Retold
    from playground.session.session import Session
    from playground.session.snapshot import Snapshot
    from playground.workspace.editing import Edit
    from playground.workspace.workspace import Entry, Workspace

NOTICE = "paste"
"""Key of the line that tells what was pasted."""

_NUMBER, _WORD = re.compile(r"_\d+$"), re.compile(r"\w+")


class Report(Record):
    """What became of a pasted text.

    Attributes
    ----------
    summary
        One sentence: how many entries were added, replaced, and how many lines became nothing.
    remarks
        What is to be said line by line, in the order of the lines.
    """

    summary: str
    remarks: tuple[Remark, ...] = ()


def paste_code(session: Session, text: str) -> Report:
    """Make entries of the statements in ``text`` as one step of undo, and choose the last of them.

    An entry whose name is assigned in the text is replaced, so that pasting code again after a change updates it.
    """
    if is_error_message(text) and not _is_python(text):
        problem = error_problem(text)
        session.notify(NOTICE, f"{problem.message} {problem.hint}")
        return Report(problem.message)
    snippet = _read(session.snapshot, text)
    workspace = session.snapshot.workspace
    edits, replaced = _edits(workspace, snippet.entries)
    if edits:
        label = tr("Paste {count} entries", count=len(edits)) if len(edits) > 1 else edits[0].label
        if not session.edit(Together(tuple(edits), label), select=snippet.entries[-1].name):
            return Report(session.snapshot.notice.text if session.snapshot.notice is not None else "")
    elif snippet.entries:
        session.select(snippet.entries[-1].name)
    report = Report(_summary(snippet, len(edits) - len(replaced), replaced), snippet.remarks)
    session.notify(NOTICE, report.summary)
    return report


def error_in(text: str, names: Collection[str] = ()) -> Retold | None:
    """Read ``text`` as an error that tells shapes; None where it is none, or is code that only quotes one."""
    told = retold(text, names)
    return None if told is None or _is_python(text) else told


def paste_error(session: Session, told: Retold) -> Report:
    """Make shapes without numbers of the arrays that an error tells of, and a formula of what failed, to mend there."""
    shapes = [AddShape(name, signature) for name, signature in told.shapes.items()]
    formula = AddFormula(told.target, told.formula)
    if session.edit(Together((*shapes, formula), tr("Paste an error")), select=told.target):
        session.notify(NOTICE, told.sentence)
    return Report(session.snapshot.notice.text if session.snapshot.notice is not None else "")


def add_numbers(session: Session, values: np.ndarray) -> Report:
    """Add a pasted table of numbers as an array under the next free name."""
    name = free_name(session.snapshot.workspace.names)
    session.edit(AddArray(name, Array.of(values)), select=name)
    report = Report(tr("The numbers are the new array {name}.", name=name))
    session.notify(NOTICE, report.summary)
    return report


def _is_python(text: str) -> bool:
    return all(statement.tree is not None for statement in statements(text))


def _read(snapshot: Snapshot, text: str) -> Snippet:
    """Read ``text`` beside the entries that are there.

    A name that the reader makes up, for a value that was only shown or for another value of the same name, is the one
    of the formula that an earlier paste of the same code has left.
    """
    formulas, known = snapshot.workspace.formulas, snapshot.analysis.signatures
    entries = read_snippet(text).entries
    made_up = {entry.name for entry in entries if not entry.is_assigned}
    named = {entry.name for entry in entries if entry.is_assigned}
    written = set(_WORD.findall(text))
    again = {name for name in formulas if name not in written and (name in made_up or _NUMBER.sub("", name) in named)}
    return read_snippet(
        text,
        {name: signature for name, signature in known.items() if name not in again},
        {name: formula for name, formula in formulas.items() if name not in again},
    )


def _edits(workspace: Workspace, entries: Iterable[SnippetEntry]) -> tuple[list[Edit], list[str]]:
    """The edits that make the entries, and the names of those that were there with something else."""
    edits: list[Edit] = []
    replaced = []
    for entry in entries:
        old = workspace.get(entry.name)
        edit = _edit(entry, old)
        if edit is not None:
            edits.append(edit)
            replaced += [entry.name] if old is not None else []
    return edits, replaced


def _edit(entry: SnippetEntry, old: Entry | None) -> Edit | None:
    """The edit that makes an entry of ``old``, or of nothing; None where it is there already."""
    array = _array(entry)
    if array is None:
        if old is None:
            return AddFormula(entry.name, entry.source)
        if isinstance(old, FormulaEntry):
            return None if old.source == entry.source else SetFormula(entry.name, entry.source)
        return ToFormula(entry.name, entry.source)
    if old is None:
        return AddArray(entry.name, array)
    if isinstance(old, ArrayEntry):
        return None if _same(old.array, array) else ReplaceArray(entry.name, array)
    return ToArray(entry.name, array)


def _array(entry: SnippetEntry) -> Array | None:
    if entry.values is None:
        return None
    try:
        return Array.of(np.array(entry.values, entry.dtype))
    except (ArrayError, ValueError, OverflowError):
        return None


def _same(one: Array, other: Array) -> bool:
    alike = one.shape == other.shape and one.dtype == other.dtype
    return alike and one.to_numpy().tobytes() == other.to_numpy().tobytes()


def _summary(snippet: Snippet, added: int, replaced: list[str]) -> str:
    parts = []
    if added:
        parts.append(tr("1 entry added") if added == 1 else tr("{count} entries added", count=added))
    if replaced:
        parts.append(
            tr("{name} replaced", name=replaced[0])
            if len(replaced) == 1
            else tr("{count} entries replaced", count=len(replaced))
        )
    passed = len(snippet.refused)
    if passed:
        parts.append(tr("1 line passed over") if passed == 1 else tr("{count} lines passed over", count=passed))
    if not parts:
        return tr("These entries are there already.") if snippet.entries else tr("There is no code to paste.")
    return f"{', '.join(parts)}."
