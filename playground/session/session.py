"""The session: owns the current snapshot, applies edits to it, and sends what changed to be computed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from playground.compute.outcome import Failure
from playground.engine.protocol import Result
from playground.language.names import names_in
from playground.language.signature import Signature
from playground.session.analysis import analyse
from playground.session.arrows import arrows_of
from playground.session.evaluator import Answer, Formula, Job, Restart
from playground.session.focus import View, default_cell, fit_cell, shown_entry
from playground.session.snapshot import Notice, ResultState, Snapshot
from playground.translation import tr
from playground.workspace.edits import EditError
from playground.workspace.history import History
from playground.workspace.workspace import ArrayEntry, FormulaEntry, Workspace

if TYPE_CHECKING:
    from playground.session.worker import InlineWorker, Window, Worker
    from playground.workspace.edits import Edit

UNFOLDED = "(unfolded)"
"""Name under which the unfolded sub-expression is evaluated; no entry can be called so."""


class Session(QObject):
    """The document now, and the only place where it changes.

    Signals
    -------
    snapshotChanged
        The old and the new ``Snapshot``, after every change.
    windowArrived
        A ``Window`` of a large result and its cells, or None where they are gone.
    """

    snapshotChanged = Signal(object, object)
    windowArrived = Signal(object, object)

    def __init__(self, workspace: Workspace, worker: InlineWorker | Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = History()
        self._worker = worker
        self._generation = 0
        self._cells: dict[str, tuple[int, ...]] = {}
        self._pinned = False
        self._gesture: Workspace | None = None
        selected = _last_formula(workspace) or (workspace.names[0] if workspace.names else None)
        self._snapshot = Snapshot(workspace, analyse(workspace), selected, selected)
        self._snapshot = self._settled(self._snapshot)
        worker.answered.connect(self._on_answered)
        worker.windowArrived.connect(self.windowArrived)
        worker.jobFinished.connect(self._on_job_finished)

    @property
    def snapshot(self) -> Snapshot:
        """The state now."""
        return self._snapshot

    def start(self) -> None:
        """Start computing. Called once, when the window stands."""
        self._worker.start()
        self._compute(self._snapshot)

    def stop(self) -> None:
        """End the worker and its engine; nothing may be called afterwards."""
        self._worker.stop()

    # -- edits ---------------------------------------------------------------------------------------------------

    def edit(self, edit: Edit, select: str | None = None) -> bool:
        """Apply ``edit`` as one undo step; False, with a notice that says why, where it can't be done."""
        before = self._gesture or self._snapshot.workspace
        self._gesture = None
        after = self._applied(edit, self._snapshot.workspace)
        if after is None:
            return False
        self._history.push(before, after, edit.label, view=self._view())
        self._become(after, select)
        return True

    def move(self, edit: Edit) -> None:
        """Apply ``edit`` live, in the middle of a drag; ``finish_move`` makes one undo step of all of them."""
        if self._gesture is None:
            self._gesture = self._snapshot.workspace
        after = self._applied(edit, self._snapshot.workspace)
        if after is not None:
            self._become(after)

    def finish_move(self, label: str) -> None:
        """End a drag: everything since it began is one undo step."""
        before, self._gesture = self._gesture, None
        if before is not None and before is not self._snapshot.workspace:
            self._history.push(before, self._snapshot.workspace, label, view=self._view())
        self._publish(self._snapshot)

    def cancel_move(self) -> None:
        """Give up a drag: everything is as it was before it began."""
        before, self._gesture = self._gesture, None
        if before is not None:
            self._become(before)

    def undo(self) -> None:
        """Take the last edit back, with the selection that it was made in."""
        self._travel(self._history.undo())

    def redo(self) -> None:
        """Make the last undone edit again."""
        self._travel(self._history.redo())

    def open_workspace(self, workspace: Workspace) -> None:
        """Replace the document as one undo step, so that nothing is lost by opening another."""
        before = self._snapshot.workspace
        self._history.push(before, workspace, tr("Open"), view=self._view())
        self._cells.clear()
        self._become(workspace, _last_formula(workspace) or next(iter(workspace.names), None))

    # -- choosing ------------------------------------------------------------------------------------------------

    def select(self, name: str) -> None:
        """Choose an entry in the list."""
        if name == self._snapshot.selected or name not in self._snapshot.workspace.names:
            return
        chosen = replace(self._snapshot, selected=name, draft=None)
        shown = shown_entry(chosen)
        changed = shown != chosen.shown
        if changed:
            chosen = replace(chosen, shown=shown, why=None, unfolded=None, intermediate=None)
        settled = self._settled(replace(chosen, notice=None))
        if changed:
            self._compute(settled)
        else:
            self._publish(settled)

    def choose_cell(self, cell: tuple[int, ...]) -> None:
        """Choose a cell of the shown result: its explanation and its arrows follow."""
        if self._snapshot.shown is None or cell == self._snapshot.cell:
            return
        self._cells[self._snapshot.shown] = cell
        self._compute(self._settled(self._snapshot))

    def unfold(self, source: str | None) -> None:
        """Show the intermediate result of the sub-expression ``source`` of the shown formula, or fold it away."""
        intermediate = ResultState() if source else None
        self._compute(replace(self._snapshot, unfolded=source, intermediate=intermediate))

    def pin(self, pinned: bool) -> None:
        """Keep the arrows that are there, or let them follow the chosen cell again."""
        self._pinned = pinned
        self._publish(self._settled(self._snapshot))

    def show_device(self, device: str) -> None:
        """Compute on ``"cpu"`` or ``"gpu"`` from now on."""
        if device != self._snapshot.device:
            self._compute(replace(self._snapshot, device=device))

    def update(self, **fields: object) -> None:
        """Replace fields of the snapshot that only show something (the draft, a notice, what was found of a GPU)."""
        self._publish(replace(self._snapshot, **fields))  # type: ignore[arg-type]

    def notify(self, key: str, text: str) -> None:
        """Show one quiet line."""
        self.update(notice=Notice(key, text))

    # -- computing -----------------------------------------------------------------------------------------------

    def recompute(self) -> None:
        """Compute everything that failed or was cancelled once more."""
        results = {
            name: replace(state, failure=None) if state.failure else state
            for name, state in self._snapshot.results.items()
        }
        self._compute(replace(self._snapshot, results=results))

    def cancel(self) -> None:
        """End what is being computed."""
        self._worker.cancel()

    def request_window(self, window: Window) -> None:
        """Ask for cells of a large result; ``windowArrived`` brings them."""
        self._worker.request_window(window)

    def _compute(self, snapshot: Snapshot) -> None:
        """Publish ``snapshot`` and send the worker its document. What it holds already it doesn't compute again."""
        self._generation += 1
        arrays = {e.name: e.array for e in snapshot.workspace.entries if isinstance(e, ArrayEntry)}
        formulas = [_formula(snapshot, name) for name in snapshot.analysis.order]
        if snapshot.unfolded is not None:
            formulas += _unfolded_formula(snapshot)
        job = Job(self._generation, arrays, tuple(formulas), snapshot.device, snapshot.shown, snapshot.cell)
        self._publish(replace(snapshot, computing=bool(formulas)))
        self._worker.submit(job)

    def _on_answered(self, answer: Answer | Restart) -> None:
        if isinstance(answer, Restart):
            self.notify("engine", answer.sentence)
            return
        if answer.generation != self._generation:
            return
        if answer.name == UNFOLDED:
            self._publish(replace(self._snapshot, intermediate=_state_after(self._snapshot.intermediate, answer)))
            return
        results = dict(self._snapshot.results)
        results[answer.name] = _state_after(results.get(answer.name), answer)
        changed = replace(self._snapshot, results=results)
        if answer.name == changed.shown:
            changed = replace(changed, why=answer.why if answer.cell == changed.cell else changed.why)
            needs_why = answer.cell is None and isinstance(answer.outcome, Result)
            settled = self._settled(changed)
            if needs_why and settled.cell is not None:
                self._compute(settled)
            else:
                self._publish(settled)
            return
        self._publish(changed)

    def _on_job_finished(self, generation: int) -> None:
        if generation == self._generation and self._snapshot.computing:
            self._publish(replace(self._snapshot, computing=False))

    # -- the snapshot --------------------------------------------------------------------------------------------

    def _applied(self, edit: Edit, workspace: Workspace) -> Workspace | None:
        try:
            return edit.apply(workspace)
        except EditError as error:
            self.notify("edit", str(error))
            return None

    def _become(self, workspace: Workspace, select: str | None = None) -> None:
        """Make ``workspace`` the document: analyse it, mark what is no longer true, compute."""
        old = self._snapshot
        analysis = analyse(workspace)
        selected = select or old.selected
        if selected not in workspace.names:
            selected = _neighbour(old, workspace)
        results = {
            name: replace(state, current=False, failure=None)
            for name, state in old.results.items()
            if name in analysis.meanings
        }
        changed = replace(old, workspace=workspace, analysis=analysis, selected=selected, results=results)
        if select is not None or selected != old.selected:
            changed = replace(changed, draft=None)
        shown = shown_entry(changed)
        if shown != old.shown:
            changed = replace(changed, shown=shown, why=None, unfolded=None, intermediate=None)
        self._compute(self._settled(replace(changed, notice=None)))

    def _settled(self, snapshot: Snapshot) -> Snapshot:
        """Derive what follows from the rest: the chosen cell, kept inside the result, and the arrows."""
        wanted = self._cells.get(snapshot.shown or "")
        signature = _known_signature(snapshot, snapshot.shown or "")
        cell = snapshot.cell
        if snapshot.shown not in snapshot.analysis.meanings:
            cell = None
        elif signature is not None:
            cell = fit_cell(wanted, signature) if wanted is not None else default_cell(signature)
        snapshot = replace(snapshot, cell=cell)
        if self._pinned and snapshot.arrows is not None:
            return replace(snapshot, arrows=snapshot.arrows.refreshed(snapshot.workspace))
        return replace(snapshot, arrows=arrows_of(snapshot))

    def _publish(self, snapshot: Snapshot) -> None:
        old = self._snapshot
        self._snapshot = replace(
            snapshot,
            moving=self._gesture is not None,
            undo_label=self._history.undo_label,
            redo_label=self._history.redo_label,
        )
        self.snapshotChanged.emit(old, self._snapshot)

    def _view(self) -> View:
        return View(self._snapshot.selected, dict(self._cells))

    def _travel(self, step: tuple[Workspace, object] | None) -> None:
        self._gesture = None
        if step is None:
            return
        workspace, view = step
        selected = None
        if isinstance(view, View):
            self._cells = dict(view.cells)
            selected = view.selected if view.selected in workspace.names else None
        self._snapshot = replace(self._snapshot, draft=None)
        self._become(workspace, selected)


def _known_signature(snapshot: Snapshot, name: str) -> Signature | None:
    """Signature of a formula: that of its present result, which knows sizes that only the data decides."""
    state = snapshot.results.get(name)
    if state is not None and state.current and state.result is not None:
        signature = state.result.signature
        return signature if isinstance(signature, Signature) else None
    return snapshot.analysis.signatures.get(name)


def _state_after(state: ResultState | None, answer: Answer) -> ResultState:
    """A good answer replaces the last one; a failure leaves it standing, greyed."""
    if isinstance(answer.outcome, Failure):
        return ResultState(state.result if state else None, current=False, failure=answer.outcome)
    return ResultState(answer.outcome, current=True)


def _formula(snapshot: Snapshot, name: str) -> Formula:
    entry = snapshot.workspace.get(name)
    assert isinstance(entry, FormulaEntry)
    inference = snapshot.analysis.meanings[name].inference
    return Formula(name, entry.source, names_in(inference.tree) if inference.tree else ())


def _unfolded_formula(snapshot: Snapshot) -> list[Formula]:
    """The unfolded sub-expression as a formula of its own, where the shown one can be computed."""
    meaning = snapshot.analysis.meanings.get(snapshot.shown or "")
    if meaning is None or meaning.problem is not None or snapshot.shown not in snapshot.analysis.order:
        return []
    for step in meaning.inference.steps:
        if step.source == snapshot.unfolded:
            return [Formula(UNFOLDED, step.source, names_in(step.node))]
    return []


def _last_formula(workspace: Workspace) -> str | None:
    return next((e.name for e in reversed(workspace.entries) if isinstance(e, FormulaEntry)), None)


def _neighbour(old: Snapshot, workspace: Workspace) -> str | None:
    """What to choose where the chosen entry is gone: the one that stood after it, else the last."""
    names = old.workspace.names
    place = names.index(old.selected) if old.selected in names else len(names)
    following = [name for name in names[place:] if name in workspace.names]
    return following[0] if following else (workspace.names[-1] if workspace.names else None)
