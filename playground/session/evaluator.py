"""Keeps an engine in step with the document and evaluates only what an edit has changed.

Runs wherever its owner runs it: in the worker's thread, or at once for tests. It knows no Qt and no signals.
"""

from __future__ import annotations

import itertools
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from playground.compute.outcome import Failure
from playground.engine.client import EngineDied
from playground.engine.protocol import EngineBugError, RefusedError, Request, Result
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy as np

    from playground.explain.why import Why
    from playground.workspace.arrays import Array, Patch


class Engine(Protocol):
    """What computes: `EngineClient` over a process, or `EngineCore` in this one; their methods are described there."""

    @property
    def alive(self) -> bool: ...  # noqa: D102
    def start(self) -> None: ...  # noqa: D102
    def put(self, key: str, array: np.ndarray) -> None: ...  # noqa: D102
    def patch(self, key: str, new_key: str, patches: Sequence[Patch]) -> None: ...  # noqa: D102
    def drop(self, keys: Iterable[str]) -> None: ...  # noqa: D102
    def evaluate(self, request: Request) -> Result | Failure: ...  # noqa: D102
    def why(self, request: Request) -> Why | Failure: ...  # noqa: D102
    def window(self, key: str, r0: int, r1: int, c0: int, c1: int) -> np.ndarray: ...  # noqa: D102
    def cancel(self) -> None: ...  # noqa: D102
    def abandon(self, generation: int | None = None) -> None: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula to be evaluated: its name, its text, and the entries that it uses."""

    name: str
    source: str
    operands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """One request of the session: the arrays as they are now and the formulas in order of dependency.

    ``shown`` and ``cell`` name the formula and the cell of its result whose explanation is wanted. A job with a
    higher ``generation`` makes the older ones pointless.
    """

    generation: int
    arrays: Mapping[str, Array]
    formulas: tuple[Formula, ...]
    device: str
    shown: str | None = None
    cell: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one formula of a job, with the explanation of the chosen cell where it was asked for."""

    generation: int
    name: str
    outcome: Result | Failure
    cell: tuple[int, ...] | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Restart:
    """The engine ended by itself and was started again; ``sentence`` says why, in words for a person."""

    sentence: str


_log = logging.getLogger(__name__)

Fingerprint = tuple[str, tuple[str, ...], str]
"""What a result depends on: the text, the keys of its operands, the device."""


@dataclass(slots=True)
class _Held:
    """What the engine holds, so that only differences are sent."""

    arrays: dict[str, tuple[str, Array]] = field(default_factory=dict)
    refused: dict[str, tuple[Failure, Array]] = field(default_factory=dict)
    results: dict[str, tuple[Fingerprint, Result | Failure]] = field(default_factory=dict)


class Evaluator:
    """Evaluates jobs on one engine.

    Parameters
    ----------
    engine
        Started here on first use; started again, and given its arrays again, whenever it ends.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held = _Held()
        self._serial = itertools.count(1)
        self._running = False
        self._killers: set[Fingerprint] = set()

    def evaluate(self, job: Job, emit: Callable[[Answer | Restart], None], superseded: Callable[[], bool]) -> None:
        """Bring the engine up to date with ``job`` and emit one answer for each of its formulas."""
        for formula in job.formulas:
            if superseded():
                return
            emit(self._answer(job, formula, emit))
        if not job.formulas:
            self._safely(lambda: self._synchronise(job), emit)

    def start(self) -> None:
        """Start the engine ahead of the first job."""
        if not self._running:
            self._engine.start()
            self._running = True

    def window(self, key: str, r0: int, r1: int, c0: int, c1: int) -> np.ndarray | None:
        """Rows ``r0:r1`` and columns ``c0:c1`` of a result; None where the engine no longer has it."""
        if not any(isinstance(outcome, Result) and outcome.key == key for _, outcome in self._held.results.values()):
            return None
        try:
            return self._engine.window(key, r0, r1, c0, c1)
        except (EngineDied, KeyError):
            return None

    def cancel(self) -> None:
        """End what runs. May be called from any thread."""
        self._engine.cancel()

    def abandon(self, generation: int) -> None:
        """Stop evaluations older than ``generation`` between two steps. May be called from any thread."""
        self._engine.abandon(generation)

    def close(self) -> None:
        """End the engine."""
        self._engine.close()
        self._running = False

    def _answer(self, job: Job, formula: Formula, emit: Callable[[Answer | Restart], None]) -> Answer:
        for _ in range(2):
            try:
                return self._try(job, formula)
            except EngineBugError as bug:
                _log.error("The engine met an error that nobody foresaw.\n%s", bug)
                sentence = tr("The program made a mistake here; it is not yours.")
                return Answer(job.generation, formula.name, Failure("bug", sentence, tr("The log has the details.")))
            except EngineDied as death:
                failure = self._after_death(death, emit)
                fingerprint = (formula.source, formula.operands, job.device)
                if death.reason != "crashed" or fingerprint in self._killers:
                    return Answer(job.generation, formula.name, failure)
                self._killers.add(fingerprint)
        return Answer(job.generation, formula.name, failure)

    def _try(self, job: Job, formula: Formula) -> Answer:
        self._synchronise(job)
        cell = job.cell if formula.name == job.shown else None
        keys = self._operand_keys(formula)
        if isinstance(keys, Failure):
            return Answer(job.generation, formula.name, keys)
        fingerprint: Fingerprint = (formula.source, tuple(keys.values()), job.device)
        held = self._held.results.get(formula.name)
        if held is not None and held[0] == fingerprint and not _was_cancelled(held[1]):
            return self._held_answer(job, formula, held[1], keys, cell)
        key = f"={next(self._serial)}"
        request = Request(
            formula.source, keys, key, job.device, cell=cell, generation=job.generation, name=formula.name
        )
        outcome = self._engine.evaluate(request)
        if held is not None and isinstance(held[1], Result):
            self._engine.drop([held[1].key])
        self._held.results[formula.name] = (fingerprint, outcome)
        why = outcome.why if isinstance(outcome, Result) else None
        return Answer(job.generation, formula.name, outcome, cell, why)

    def _held_answer(
        self,
        job: Job,
        formula: Formula,
        outcome: Result | Failure,
        keys: dict[str, str],
        cell: tuple[int, ...] | None,
    ) -> Answer:
        """Answer from what the engine holds already; only the explanation may be new."""
        why = None
        if cell is not None and isinstance(outcome, Result):
            found = self._engine.why(
                Request(formula.source, keys, outcome.key, job.device, cell=cell, name=formula.name)
            )
            why = None if isinstance(found, Failure) else found
        return Answer(job.generation, formula.name, outcome, cell, why)

    def _operand_keys(self, formula: Formula) -> dict[str, str] | Failure:
        """Key of every operand in the engine, or why one of them isn't there."""
        keys: dict[str, str] = {}
        for name in formula.operands:
            if name in self._held.refused:
                return self._held.refused[name][0]
            if name in self._held.arrays:
                keys[name] = self._held.arrays[name][0]
                continue
            outcome = self._held.results.get(name, (None, None))[1]
            if not isinstance(outcome, Result):
                return Failure("upstream", tr("{name} could not be computed.", name=name), tr("Mend that first."))
            keys[name] = outcome.key
        return keys

    def _synchronise(self, job: Job) -> None:
        """Send the engine what differs between what it holds and ``job``, and let it drop what is gone."""
        self.start()
        held = self._held
        gone = [held.arrays.pop(name)[0] for name in list(held.arrays) if name not in job.arrays]
        held.refused = {name: refused for name, refused in held.refused.items() if job.arrays.get(name) is refused[1]}
        names = {formula.name for formula in job.formulas}
        for name in [name for name in held.results if name not in names]:
            _, outcome = held.results.pop(name)
            gone += [outcome.key] if isinstance(outcome, Result) else []
        if gone:
            self._engine.drop(gone)
        for name, array in job.arrays.items():
            if name not in held.refused:
                self._send(name, array)

    def _send(self, name: str, array: Array) -> None:
        """Bring one array up to date: a patch where the engine has an older version of it."""
        key, old = self._held.arrays.get(name, ("", None))
        if old is array:
            return
        new_key = f"{name}#{next(self._serial)}"
        patches = None if old is None else array.changes_since(old)
        if patches is not None:
            self._engine.patch(key, new_key, patches)
        else:
            if old is not None:
                del self._held.arrays[name]
                self._engine.drop([key])
            try:
                self._engine.put(new_key, array.to_numpy())
            except RefusedError as refusal:
                self._held.refused[name] = (refusal.failure, array)
                return
        self._held.arrays[name] = (new_key, array)

    def _safely(self, action: Callable[[], None], emit: Callable[[Answer | Restart], None]) -> None:
        try:
            action()
        except EngineDied as death:
            self._after_death(death, emit)

    def _after_death(self, death: EngineDied, emit: Callable[[Answer | Restart], None]) -> Failure:
        """Forget what the dead engine held, say what happened, and turn it into a failure."""
        self._held = _Held()
        self._running = False
        if death.reason == "cancelled":
            return Failure("cancelled", tr("Cancelled."), tr("Change something or press F9 to compute again."))
        if death.reason != "closed":
            emit(Restart(death.sentence))
        return Failure(
            "engine-died", death.sentence, tr("Nothing was lost. Change the formula, or press F9 to try again.")
        )

    def check(self, emit: Callable[[Answer | Restart], None]) -> bool:
        """Notice that an idle engine has ended; True where it has, and the arrays must be sent again."""
        if not self._running or self._engine.alive:
            return False
        self._after_death(EngineDied("crashed"), emit)
        return True


def _was_cancelled(outcome: Result | Failure) -> bool:
    return isinstance(outcome, Failure) and outcome.kind == "cancelled"
