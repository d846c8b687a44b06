"""How results stand after an edit or an answer: which still belong to the document, which are the last good. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.compute.cpu.threads import Threads
from playground.compute.outcome import Failure
from playground.engine.messages import Memory
from playground.language.signature import Signature
from playground.record import replace
from playground.session.job import Compared, Measured, Progress
from playground.session.snapshot import ResultState
from playground.workspace.workspace import operands_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.session.analysis import Analysis
    from playground.session.job import Answer, Said
    from playground.session.snapshot import Snapshot
    from playground.workspace.workspace import Workspace


def results_after(old: Snapshot, workspace: Workspace, analysis: Analysis) -> Mapping[str, ResultState]:
    """The results of ``old`` in another ``workspace``: what depends on a difference isn't current any more."""
    changed = _changed_names(old.workspace, workspace, analysis)
    results = {
        name: state if name in analysis.signatures and name not in changed else _outdated(state)
        for name, state in old.results.items()
        if name in analysis.meanings and name not in analysis.shapes_only
    }
    same = len(results) == len(old.results) and all(results[name] is old.results[name] for name in results)
    return old.results if same else results


def _changed_names(old: Workspace, new: Workspace, analysis: Analysis) -> set[str]:
    """Entries that differ, and the formulas that use them directly or through others."""
    before = {entry.name: entry for entry in old.entries}
    changed = {entry.name for entry in new.entries if before.get(entry.name) != entry}
    sources = new.formulas
    for name in analysis.order:
        if not changed.isdisjoint(operands_of(sources[name])):
            changed.add(name)
    return changed


def _outdated(state: ResultState) -> ResultState:
    return replace(state, current=False, failure=None) if state.current or state.failure is not None else state


def outdated(state: ResultState | None) -> ResultState | None:
    """The same result, no longer current."""
    return None if state is None else _outdated(state)


def state_after(state: ResultState | None, answer: Answer) -> ResultState:
    """A good answer replaces the last one; a failure leaves it standing, greyed."""
    outcome = answer.outcome
    if isinstance(outcome, Failure):
        if state is not None and state.failure is outcome:
            return state
        return ResultState(state.result if state else None, current=False, failure=outcome)
    if state is not None and state.current and state.result is outcome:
        return state
    return ResultState(outcome, current=True)


def fields_of(said: Said) -> dict[str, object]:
    """The fields of a snapshot that show what was said of a result beside the answer itself."""
    match said:
        case Measured():
            return {"measured": said}
        case Compared():
            return {"compared": said, "computing": False}
        case Progress():
            return {"progress": said.part}
        case Threads():
            return {"threads_found": said}
        case Memory():
            return {"memory": said}
    return {}


def known_signature(snapshot: Snapshot, name: str) -> Signature | None:
    """Signature of a formula: that of its present result, which knows sizes that only the data decides."""
    state = snapshot.results.get(name)
    if state is not None and state.current and state.result is not None:
        signature = state.result.signature
        return signature if isinstance(signature, Signature) else None
    return snapshot.analysis.signatures.get(name)


def renamed(snapshot: Snapshot, old: str, new: str) -> Snapshot:
    """What is chosen and computed, under the new name of an entry."""

    def name_of(name: str | None) -> str | None:
        return new if name == old else name

    results = {new if name == old else name: state for name, state in snapshot.results.items()}
    slices = {new if name == old else name: slicing for name, slicing in snapshot.slices.items()}
    formats = {new if name == old else name: number for name, number in snapshot.formats.items()}
    colourings = {new if name == old else name: colouring for name, colouring in snapshot.colourings.items()}
    return replace(
        snapshot,
        selected=name_of(snapshot.selected),
        shown=name_of(snapshot.shown),
        results=results,
        slices=slices,
        formats=formats,
        colourings=colourings,
        links=frozenset((new if name == old else name, axis) for name, axis in snapshot.links),
        unread=snapshot.unread and snapshot.unread.renamed(old, new),
    )
