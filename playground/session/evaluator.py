"""Evaluates the document on one engine: only what an edit has changed, and through the engine's deaths.

Runs wherever its owner runs it: in the worker's thread, or at once for tests. It knows no Qt and no signals.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from playground.compute.outcome import Failure
from playground.engine import messages
from playground.engine.death import EngineDied
from playground.engine.messages import EngineBugError, Request, Result
from playground.engine.spool import Spool
from playground.session.engine_options import EngineOptions
from playground.session.held import Holdings
from playground.session.job import Answer, Formula, Job, Progress, Restart, cancelled, telling
from playground.session.knowledge import Knowledge
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from playground.explain.why import Why
    from playground.session.held import Engine
    from playground.session.job import Said, Window
    from playground.session.knowledge import Known

    Emit = Callable[[Said], None]
    Cell = tuple[int, ...] | None


T = TypeVar("T")


class Evaluator:
    """Evaluates jobs on one engine.

    What was computed once is known until something that it depends on changes, even where the engine ended since:
    its large results are then computed again when somebody looks at them or uses them.

    Parameters
    ----------
    engine
        Started here on first use; started again, and given its arrays again, whenever it ends.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._spool = Spool(lambda: self._job.generation <= self._cancelled_generation)
        self._held = Holdings(engine, self._spool)
        self._knowledge = Knowledge()
        self._job = Job(0, {}, (), "cpu")
        self._gone: list[str] = []
        self._running = False
        self._in_step = False
        self._options = EngineOptions(engine)
        self._killers: set[tuple[str, tuple[str, ...], str]] = set()
        self._beyond_help: Failure | None = None
        self._cancelled_generation = -1

    # -- from the owner's thread ---------------------------------------------------------------------------------

    def evaluate(self, job: Job, emit: Emit, superseded: Callable[[], bool]) -> None:
        """Bring the engine up to date with ``job`` and emit one answer for each of its formulas."""
        self.check(emit)
        self._take(job)
        self._safely(partial(self._synchronise, emit), emit)
        for formula in job.formulas:
            if superseded():
                return
            self._engine.progressed = telling(emit, job.generation, formula.name)
            answer = self._answer(formula, emit)
            if superseded():
                # What was stopped because a newer job waits didn't fail.
                self._knowledge.forget(formula.name, "cancelled", "engine-died")
                return
            emit(answer)

    def shown(self) -> tuple[Job, Result | None]:
        """The last job, and the present result of the formula that it shows."""
        return self._job, self._knowledge.result_of(self._job.shown or "")

    def with_shown(self, action: Callable[[Engine, Request], T], emit: Emit) -> T | Failure | None:
        """Do something more with the shown formula on the engine; None or a failure where that can't be."""
        formula = next((formula for formula in self._job.formulas if formula.name == self._job.shown), None)
        if formula is None:
            return None
        self._engine.progressed = telling(emit, self._job.generation, formula.name)
        try:
            self._synchronise()
            keys, key = self._operand_keys(formula), self._held.new_key()
            return keys if isinstance(keys, Failure) else action(self._engine, self._request(formula, keys, key))
        except EngineDied as death:
            return self._after_death(death, emit)
        except Exception as bug:
            return self._after_bug(bug)

    def window(self, window: Window, emit: Emit) -> np.ndarray | None:
        """Cells of a result; None where it is gone for good."""
        key = window[0]
        for _ in range(2):
            try:
                if key not in self._held and not self._restored(key):
                    return None
                return self._engine.window(*window)
            except EngineDied as death:
                self._after_death(death, emit)
                if death.reason not in ("crashed", "cancelled"):
                    return None
            except KeyError:
                return None
        return None

    def check(self, emit: Emit) -> bool:
        """Notice that an idle engine has ended; True where it has, and the arrays must be sent again."""
        if not self._running or self._engine.alive:
            return False
        death = EngineDied("crashed")
        try:
            self._engine.drop(())  # says why it can't
        except EngineDied as told:
            death = told
        self._after_death(death, emit)
        return True

    def stand_ready(self, emit: Emit) -> None:
        """Start an engine that was ended, and give it the document: whatever comes next needn't wait for that."""
        if not self._running and self._beyond_help is None:
            self._safely(partial(self._synchronise, emit), emit)

    def move_to(self, engine: Engine) -> None:
        """Go on with ``engine``: what is known stays known; arrays are sent again when it is first needed."""
        old, self._engine = self._engine, engine
        old.close()
        self._held = Holdings(engine, self._spool, after=self._held)
        self._running = self._in_step = False
        self._options = EngineOptions(engine)

    # -- from any thread -----------------------------------------------------------------------------------------

    def cancel(self, generation: int) -> None:
        """End what runs, and all that jobs up to ``generation`` have still to compute."""
        self._cancelled_generation = max(self._cancelled_generation, generation)
        self._engine.abandon(generation + 1)  # what is just on its way to the engine
        self._engine.cancel()

    def abandon(self, generation: int) -> None:
        """Stop evaluations older than ``generation`` between two steps."""
        self._engine.abandon(generation)

    def make_way(self) -> None:
        """End a measurement: somebody waits for something else."""
        self._engine.make_way()

    def close(self) -> None:
        """End the engine, and remove what lies there for it, or is being written."""
        self._cancelled_generation = max(self._cancelled_generation, self._job.generation)
        self._engine.close()
        self._spool.close()

    # -- one formula ---------------------------------------------------------------------------------------------

    def _take(self, job: Job) -> None:
        if job.retries != self._job.retries:
            self._knowledge.forget_failures()
            self._killers.clear()
        self._job = job
        self._gone += self._knowledge.take(job)
        self._beyond_help = None
        self._in_step = False

    def _answer(self, formula: Formula, emit: Emit) -> Answer:
        generation, name = self._job.generation, formula.name
        cell = self._job.cell if name == self._job.shown else None
        is_new = self._knowledge.of(name) is None
        if is_new:
            outcome = self._insist(formula, cell, emit)
        known = self._knowledge.of(name)
        if known is None:  # something that it uses has failed; that may change without it
            return Answer(generation, name, outcome)
        if is_new and known.cell != cell and isinstance(known.outcome, Result):
            emit(Answer(generation, name, known.outcome, cell))  # before what explains a cell of it is computed
            emit(Progress(generation, name, None))
        return Answer(generation, name, known.outcome, cell, self._explanation(formula, known, cell, emit))

    def _insist(self, formula: Formula, cell: Cell, emit: Emit) -> Result | Failure:
        """Compute a formula; once more where the engine ended in the middle and nobody knows why."""
        killer = (formula.source, formula.operands, self._job.device)
        while True:
            try:
                return self._computed(formula, cell)
            except EngineDied as death:
                failure = self._after_death(death, emit)
                again = death.reason == "crashed" and killer not in self._killers
                self._killers.add(killer)
            except Exception as bug:
                failure = self._after_bug(bug)
                again = False
            if not again:
                self._knowledge.learn(formula.name, failure)
                return failure

    def _computed(self, formula: Formula, cell: Cell) -> Result | Failure:
        if self._job.generation <= self._cancelled_generation:
            outcome: Result | Failure = cancelled()
        elif self._beyond_help is not None:
            outcome = self._beyond_help
        else:
            self._synchronise()
            keys = self._operand_keys(formula)
            if isinstance(keys, Failure):
                return keys
            outcome = self._evaluated(formula, keys, cell)
        if isinstance(outcome, Result) and outcome.timing.total_s > messages.EXPLAINED_WITHIN_S:
            cell = None  # it is explained apart
        self._knowledge.learn(formula.name, outcome, cell, getattr(outcome, "why", None))
        return outcome

    def _evaluated(self, formula: Formula, keys: dict[str, str], cell: Cell) -> Result | Failure:
        """Evaluate. The last good result stays until there is a better one, or no room for both."""
        request = self._request(formula, keys, self._held.new_key(), cell)
        outcome = self._engine.evaluate(request)
        old = self._knowledge.last_good_key(formula.name)
        if isinstance(outcome, Failure) and outcome.kind == "memory" and self._held.drop_results([old]):
            outcome = self._engine.evaluate(request)
        if isinstance(outcome, Failure):
            return cancelled() if outcome.kind == "cancelled" else outcome
        self._held.add_result(outcome.key)
        self._held.drop_results([old])
        return outcome

    def _request(self, formula: Formula, keys: dict[str, str], key: str, cell: Cell = None) -> Request:
        job = self._job
        return Request(
            formula.source, keys, key, job.device,
            cell=cell, generation=job.generation, name=formula.name, precision=job.precision,
        )  # fmt: skip

    def _operand_keys(self, formula: Formula) -> dict[str, str] | Failure:
        """Key of every operand in the engine, or why one of them isn't there."""
        keys: dict[str, str] = {}
        for name in formula.operands:
            key = self._held.array_key(name) or self._result_key(name)
            if isinstance(key, Failure):
                return key
            if key is None:
                return Failure("upstream", tr("{name} could not be computed.", name=name), tr("Mend that first."))
            keys[name] = key
        return keys

    def _result_key(self, name: str) -> str | None:
        """Key of a formula's result. One that was lost with an older engine is computed again, under its old key."""
        result = self._knowledge.result_of(name)
        if result is None or result.key in self._held:
            return None if result is None else result.key
        formula = next(formula for formula in self._job.formulas if formula.name == name)
        keys = self._operand_keys(formula)
        if isinstance(keys, Failure) or isinstance(
            self._engine.evaluate(self._request(formula, keys, result.key)), Failure
        ):
            return None
        self._held.add_result(result.key)
        return result.key

    def _restored(self, key: str) -> bool:
        """Compute a result again that somebody looks at; False where it isn't the present one of any formula."""
        name = self._knowledge.owner_of(key)
        if name is None or all(formula.name != name for formula in self._job.formulas):
            return False
        self._synchronise()
        return self._result_key(name) == key

    def _explanation(self, formula: Formula, known: Known, cell: Cell, emit: Emit) -> Why | None:
        """What the chosen cell is made of; asked of the engine only where it isn't known already."""
        if cell is None or isinstance(known.outcome, Failure) or known.cell == cell:
            return known.why if known.cell == cell else None
        found: Why | Failure | None = None
        try:
            self._synchronise()
            keys = self._operand_keys(formula)
            if not isinstance(keys, Failure):
                found = self._engine.why(self._request(formula, keys, known.outcome.key, cell))
        except EngineDied as death:
            self._after_death(death, emit)
        except Exception as bug:
            self._after_bug(bug)
        if isinstance(found, Failure) and found.kind == "cancelled":
            return None
        why = None if isinstance(found, Failure) else found
        self._knowledge.learn(formula.name, known.outcome, cell, why)
        return why

    # -- the engine ----------------------------------------------------------------------------------------------

    def _synchronise(self, emit: Emit | None = None) -> None:
        """Start the engine where it doesn't run, send it what differs from the document, drop what is gone."""
        if self._in_step:
            return
        if not self._running:
            self._engine.start()
            self._running = True
        other_limit = self._options.tell(self._job, emit)
        gone, self._gone = self._gone, []
        dropped = self._held.drop_results(gone)
        if self._held.drop_arrays(self._job.arrays, other_limit=other_limit) or dropped:
            self._knowledge.forget_lack_of_memory()
        self._held.send_arrays(self._job.needed_arrays)
        self._in_step = True

    def _safely(self, action: Callable[[], None], emit: Emit) -> None:
        try:
            action()
        except EngineDied as death:
            self._after_death(death, emit)
        except Exception as bug:
            self._after_bug(bug)

    def _after_death(self, death: EngineDied, emit: Emit) -> Failure:
        """Forget what the dead engine held, say what happened, and turn it into a failure."""
        self._held.forget()
        self._running = self._in_step = False
        self._options.forget()
        if death.reason == "cancelled":
            return cancelled()
        again = tr("Nothing was lost. Change the formula, or press F9 to try again.")
        failure = Failure("engine-died", death.sentence, again)
        if death.reason in ("start", "version"):
            self._beyond_help = failure
        if death.reason != "closed":
            emit(Restart(death.sentence + " " + tr("Nothing was lost.")))
        return failure

    def _after_bug(self, bug: Exception) -> Failure:
        """Log what nobody foresaw; an engine that may be out of step with us is ended."""
        import logging  # here, so that the first window needn't wait for it

        logging.getLogger(__name__).error("A formula met an error that nobody foresaw.", exc_info=bug)
        if not isinstance(bug, EngineBugError):
            self._engine.close()
            self._held.forget()
            self._running = self._in_step = False
            self._options.forget()
        sentence = tr("The program made a mistake here; it is not yours.")
        return Failure("bug", sentence, tr("The log has the details."))
