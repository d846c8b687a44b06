"""The session: owns the current snapshot, applies edits to it, and sends what changed to be computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from playground.compute.outcome import Failure
from playground.engine.messages import Result
from playground.record import replace
from playground.session.analysis import analyse
from playground.session.arrows import arrows_of
from playground.session.drafts import draft_of
from playground.session.focus import View, first_choice, neighbour, opened, shown_entry, with_cell, with_why
from playground.session.job import UNFOLDED, Answer, Raced, Restart, job_of, unfolded_step
from playground.session.looks import kept_looks
from playground.session.snapshot import Notice, ResultState, Snapshot
from playground.session.standing import fields_of, known_signature, outdated, renamed, results_after, state_after
from playground.session.steps import Steps
from playground.translation import tr
from playground.workspace.edits import EditError, Rename

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.session.job import Said, Window
    from playground.session.measuring import Wish
    from playground.session.steps import Travel
    from playground.session.worker import InlineWorker, Worker
    from playground.workspace.edits import Edit
    from playground.workspace.workspace import Workspace


class Session(QObject):
    """The document now, and the only place where it changes.

    Signals
    -------
    snapshotChanged
        The old and the new ``Snapshot``, after every change.
    windowArrived
        A ``Window`` of a large result and its cells, or None where they are gone.
    raced
        A ``Raced``: what came of a race.
    handReturned
        What ``hand`` gave when the edit was made that was just undone or made again, and what it gave until now.
    """

    snapshotChanged = Signal(object, object)
    windowArrived = Signal(object, object)
    raced = Signal(object)
    stopped = Signal()  # what runs beside the window for this session is to end
    handReturned = Signal(object, object)

    def __init__(self, workspace: Workspace, worker: InlineWorker | Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = Steps()
        self.hand: Callable[[], object] = lambda: None  # set by the views: where the person's hand is now
        self._worker = worker
        self._started = False
        self._generation = 0
        self._retries = 0
        self._cells: dict[str, tuple[int, ...]] = {}
        self._just_chosen: tuple[int, ...] | None = None
        self._pinned = False
        self._gesture: tuple[Workspace, View] | None = None
        selected = first_choice(workspace)
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
        """Start computing, where it hasn't started yet."""
        if self._started:
            return
        self._started = True
        self._worker.start()
        self._compute(self._snapshot)

    def stop(self) -> None:
        """End the worker and its engine; nothing may be called afterwards."""
        self.stopped.emit()
        self._worker.stop()

    # -- edits ---------------------------------------------------------------------------------------------------

    def edit(self, edit: Edit, select: str | None = None) -> bool:
        """Apply ``edit`` as one undo step, with the drag that it ends; False, with a notice, where it can't be done."""
        if (after := self._applied(edit)) is None:
            return False
        before, view = self._gesture or (self._snapshot.workspace, self._view(self._snapshot))
        old = self._snapshot
        if isinstance(edit, Rename):
            old = renamed(old, edit.old, edit.new)
            self._cells = {edit.new if name == edit.old else name: cell for name, cell in self._cells.items()}
        self._become(old, after, select, step=(before, view, edit.label))
        return True

    def move(self, edit: Edit) -> None:
        """Apply ``edit`` live, in the middle of a drag; ``finish_move`` makes one undo step of all of them."""
        if self._gesture is None:
            self._gesture = (self._snapshot.workspace, self._view(self._snapshot))
        if (after := self._applied(edit)) is not None:
            self._become(self._snapshot, after)

    def finish_move(self, label: str) -> None:
        """End a drag: everything since it began is one undo step."""
        if self._gesture is not None:
            self._publish(self._recorded(*self._gesture, label, self._snapshot))

    def cancel_move(self) -> None:
        """Give up a drag: everything is as it was before it began."""
        if (gesture := self._gesture) is not None:
            self._gesture = None
            self._become(self._snapshot, gesture[0])

    def undo(self) -> None:
        """Take the last edit back, with what was chosen when it was made. A drag that isn't finished is one."""
        self.finish_move(tr("Drag"))
        self._travel(self._steps.undo())

    def redo(self) -> None:
        """Make the last undone edit again."""
        self.finish_move(tr("Drag"))
        self._travel(self._steps.redo())

    def open_workspace(self, workspace: Workspace, **seen: object) -> None:
        """Replace the document as one undo step: nothing is lost by opening another.

        ``seen`` are the fields of the snapshot that tell how it is shown.
        """
        self.finish_move(tr("Drag"))
        before, view = self._snapshot.workspace, self._view(self._snapshot)
        self._cells.clear()
        self._become(opened(self._snapshot, workspace, seen), workspace, step=(before, view, tr("Open")), keep=True)

    # -- choosing ------------------------------------------------------------------------------------------------

    def select(self, name: str) -> None:
        """Choose an entry in the list."""
        if name == self._snapshot.selected or name not in self._snapshot.workspace.names:
            return
        chosen = replace(self._snapshot, selected=name, draft=None)
        shown = shown_entry(chosen)
        if changed := shown != chosen.shown:
            chosen = replace(chosen, shown=shown, cell=None, why=None, unfolded=None, intermediate=None)
        settled = self._settled(replace(chosen, notice=None))
        if changed:
            self._compute(settled)
        else:
            self._publish(settled)

    def choose_cell(self, cell: tuple[int, ...]) -> None:
        """Choose a cell of the shown result: its explanation and its arrows follow."""
        if self._snapshot.shown is None or cell == self._snapshot.cell:
            return
        self._cells[self._snapshot.shown] = self._just_chosen = cell
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
        """Compute on ``"cpu"``, ``"gpu"`` or ``"gpu:1"`` from now on."""
        self.compute_with(device=device)

    def compute_with(self, **manner: object) -> None:
        """Compute otherwise from now on: with so many ``threads``, on another ``device``, and so on."""
        changed = replace(self._snapshot, **manner)
        unasked = "threads" in manner and changed.threads_found is None  # only the engine knows what there is
        if unasked or changed.manner != self._snapshot.manner or changed.memory_share != self._snapshot.memory_share:
            self._compute(changed)

    def update(self, **fields: object) -> None:
        """Replace fields of the snapshot that only show something (the draft, a notice, what was found of a GPU)."""
        self._publish(replace(self._snapshot, **fields))

    def notify(self, key: str, text: str) -> None:
        """Show one quiet line."""
        self.update(notice=Notice(key, text))

    # -- computing -----------------------------------------------------------------------------------------------

    def recompute(self) -> None:
        """Compute everything that failed or was cancelled once more."""
        self._retries += 1
        results = {
            name: replace(state, failure=None) if state.failure else state
            for name, state in self._snapshot.results.items()
        }
        self._compute(replace(self._snapshot, results=results))

    def cancel(self) -> None:
        """End what is being computed."""
        self._worker.cancel()

    def request(self, wish: Wish) -> None:
        """Do more with the shown formula: a race, whose end ``raced`` brings, or a comparison, to be cancelled."""
        if wish == "comparison":
            self.update(computing=True, progress=None)
        self._worker.request(wish)

    def cancel_race(self) -> None:
        """End the race; formulas of the document that it waits for are computed all the same."""
        self._worker.cancel_race()

    def request_window(self, window: Window, instead_of: tuple[Window, ...] = ()) -> None:
        """Ask for cells of a large result, which ``windowArrived`` brings; nobody waits for others any more."""
        self._worker.request_window(window, instead_of)

    def _compute(self, snapshot: Snapshot) -> None:
        """Publish ``snapshot`` and send the worker its document. What is known already isn't computed again."""
        self._generation += 1
        job = job_of(snapshot, self._generation, self._retries)
        self._publish(replace(snapshot, computing=bool(job.formulas), progress=None))
        self._worker.submit(job)

    def _on_answered(self, answer: Said) -> None:
        if isinstance(answer, Restart):
            self.notify("engine", answer.sentence)
        elif isinstance(answer, Raced):
            if isinstance(answer.outcome, Failure):  # the engine may have ended: what is looked at is to be had again
                self._compute(self._snapshot)
            self.raced.emit(answer)
        elif getattr(answer, "generation", self._generation) != self._generation:  # the engine's own facts have none
            return
        elif not isinstance(answer, Answer):
            self.update(**fields_of(answer))
        elif answer.name == UNFOLDED:
            self._publish(replace(self._snapshot, intermediate=state_after(self._snapshot.intermediate, answer)))
        else:
            self._take(answer)

    def _take(self, answer: Answer) -> None:
        """Put an answer into the snapshot; one that says nothing new is passed over."""
        old = self._snapshot
        fresh = state_after(state := old.results.get(answer.name), answer)
        changed = old if fresh is state else replace(old, results={**old.results, answer.name: fresh})
        if answer.name == old.shown:
            if answer.cell == old.cell and answer.why is not old.why:
                led, self._just_chosen = answer.cell == self._just_chosen, None
                changed = with_why(changed, answer.why, led=led)
            if changed is not old:
                changed = self._settled(changed)
            if changed.cell not in (None, answer.cell) and isinstance(answer.outcome, Result):
                self._compute(changed)  # only now it is known which cells there are
                return
        if changed is not old:
            self._publish(changed)

    def _on_job_finished(self, generation: int) -> None:
        if generation == self._generation and self._snapshot.computing:
            self._publish(replace(self._snapshot, computing=False, progress=None))

    # -- the snapshot --------------------------------------------------------------------------------------------

    def _applied(self, edit: Edit) -> Workspace | None:
        try:
            return edit.apply(self._snapshot.workspace)
        except EditError as error:
            self.notify("edit", str(error))
            return None

    def _become(
        self,
        old: Snapshot,
        workspace: Workspace,
        select: str | None = None,
        step: tuple[Workspace, View, str] | None = None,
        *,
        keep: bool = False,
    ) -> None:
        """Make ``workspace`` the document: analyse it, mark what is no longer true, record the step, compute.

        ``keep`` records the step whatever it costs.
        """
        analysis = analyse(workspace)
        selected = select or old.selected
        if selected not in workspace.names:
            selected = neighbour(old.workspace, selected, workspace)
        changed = replace(
            old,
            workspace=workspace,
            analysis=analysis,
            selected=selected,
            results=results_after(old, workspace, analysis),
            intermediate=outdated(old.intermediate),
            notice=None,
            **kept_looks(old, workspace),
        )
        if select is not None or selected != old.selected:
            changed = replace(changed, draft=None)
        elif changed.draft is not None and analysis is not old.analysis:
            changed = replace(changed, draft=draft_of(changed, changed.draft.text))
        shown = shown_entry(changed)
        if shown != old.shown:
            changed = replace(changed, shown=shown, cell=None, why=None, unfolded=None, intermediate=None)
        elif shown in analysis.signatures and changed.unfolded and unfolded_step(changed) is None:
            changed = replace(changed, unfolded=None, intermediate=None)
        if step is not None:
            changed = self._recorded(*step, changed, keep=keep)
        self._compute(self._settled(changed))

    def _settled(self, snapshot: Snapshot) -> Snapshot:
        """Derive what follows from the rest: the chosen cell, kept inside the result, and the arrows."""
        shown = snapshot.shown or ""
        snapshot = with_cell(snapshot, known_signature(snapshot, shown), self._cells.get(shown))
        if self._pinned and snapshot.arrows is not None:
            return replace(snapshot, arrows=snapshot.arrows.refreshed(snapshot.workspace))
        return replace(snapshot, arrows=arrows_of(snapshot))

    def _publish(self, snapshot: Snapshot) -> None:
        old = self._snapshot
        self._snapshot = replace(snapshot, moving=self._gesture is not None, **self._steps.labels)
        self.snapshotChanged.emit(old, self._snapshot)

    def _view(self, snapshot: Snapshot) -> View:
        return View.of(snapshot, self._cells, self.hand())

    def _recorded(self, before: Workspace, view: View, label: str, after: Snapshot, *, keep: bool = False) -> Snapshot:
        """End the drag that it was, and make one step of what led from ``before`` to ``after``, as `Steps.record`."""
        self._gesture = None
        return self._steps.record(before, (view, self._view(after)), label, after, keep=keep)

    def _travel(self, travel: Travel | None) -> None:
        if travel is not None:
            hand = self.hand()
            self._cells = dict(travel.reached.cells)
            self._become(travel.arrived(self._snapshot), travel.workspace)
            if travel.reached.hand is not None:
                self.handReturned.emit(travel.reached.hand, hand)
