"""Gradients as entries: ``dW`` beside ``W``, and ``dC`` for what flows into the formula ``C``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.gradients.gradient import gradient
from playground.language.names import names_in
from playground.translation import tr
from playground.workspace.edits import AddFormula
from playground.workspace.together import Together
from playground.workspace.workspace import FormulaEntry

if TYPE_CHECKING:
    from playground.session.session import Session
    from playground.session.snapshot import Snapshot
    from playground.workspace.workspace import Workspace

NOTICE = "gradient"
"""Key of the line that tells what was done, or why it can't be."""


def differentiable(snapshot: Snapshot) -> tuple[str, ...]:
    """Names of the operands of the shown formula with respect to which it may be differentiated; empty for none."""
    meaning = snapshot.analysis.meanings.get(snapshot.shown or "")
    if meaning is None or meaning.problem is not None or snapshot.draft is not None:
        return ()
    signatures = snapshot.analysis.signatures
    return tuple(
        name for name in names_in(meaning.inference.tree) if name in signatures and signatures[name].dtype.kind in "fiu"
    )


def add_gradient(session: Session, wrt: str) -> None:
    """Add the gradient of the shown formula with respect to ``wrt`` as a formula, and say what was done.

    What flows into the formula ``C`` is the entry ``dC``: the one that is there, or a new one of ones.
    """
    snapshot = session.snapshot
    workspace, name = snapshot.workspace, snapshot.shown
    entry = workspace.get(name or "")
    if name is None or not isinstance(entry, FormulaEntry):
        return
    signatures = dict(snapshot.analysis.signatures)
    flowing, is_new = _upstream(snapshot, name)
    others = {other: signature for other, signature in signatures.items() if other != flowing}
    found = gradient(entry.source, others, wrt, flowing, name)
    if found.source is None:
        problem = found.problems[0]
        session.notify(NOTICE, " ".join(filter(None, (problem.message, problem.hint))))
        return
    known = _same_formula(workspace, found.source)
    if known is not None:
        session.select(known)
        session.notify(NOTICE, tr("{name} is that gradient already: {source}.", name=known, source=found.source))
        return
    adds_upstream = found.upstream is not None and is_new
    new = _free(f"d{wrt}", (*workspace.names, *([flowing] if adds_upstream else [])))
    edits = [AddFormula(flowing, f"ones_like({name})")] if adds_upstream else []
    label = tr("Add the gradient {name}", name=new)
    if session.edit(Together((*edits, AddFormula(new, found.source)), label), select=new):
        session.notify(NOTICE, _done(new, found.source, flowing if adds_upstream else None, name))


def no_gradient(session: Session) -> None:
    """Say what to do first where there is nothing to differentiate."""
    snapshot = session.snapshot
    if snapshot.draft is not None:
        text = tr("Enter the formula first; then its gradient can be added.")
    elif snapshot.meaning is not None and snapshot.meaning.problem is not None:
        text = tr("Mend the formula first; then its gradient can be added.")
    else:
        text = tr("Choose a formula that names entries of real numbers, such as A @ B; then its gradient can be added.")
    session.notify(NOTICE, text)


def _done(new: str, source: str, flowing: str | None, name: str) -> str:
    if flowing is None:
        return tr("{new} = {source} is the gradient of {name}.", new=new, source=source, name=name)
    return tr(
        "{new} = {source} is the gradient of {name}; {flowing}, what flows in, is ones until you change it.",
        new=new, source=source, name=name, flowing=flowing,
    )  # fmt: skip


def _upstream(snapshot: Snapshot, name: str) -> tuple[str, bool]:
    """Name of the entry that flows into the formula ``name``, and whether it is yet to be added."""
    wanted = f"d{name}"
    signatures, workspace = snapshot.analysis.signatures, snapshot.workspace
    known, own = signatures.get(wanted), signatures.get(name)
    entry = workspace.get(name)
    used = names_in(snapshot.analysis.meanings[name].inference.tree) if isinstance(entry, FormulaEntry) else ()
    fits = known is not None and own is not None and known.shape == own.shape and wanted not in used
    if fits or wanted not in workspace.names:
        return wanted, not fits
    return _free(wanted, workspace.names), True


def _same_formula(workspace: Workspace, source: str) -> str | None:
    """Name of the entry that is this formula already."""
    return next((name for name, known in workspace.formulas.items() if known == source), None)


def _free(name: str, taken: tuple[str, ...]) -> str:
    """Give ``name``, with a number where it is taken."""
    number = 1
    found = name
    while found in taken:
        number += 1
        found = f"{name}{number}"
    return found
