"""What the session asks to be computed, and what it is answered. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.compute.cpu.threads import Threads
from playground.compute.outcome import Failure
from playground.compute.precision import AS_WRITTEN
from playground.engine.messages import Memory
from playground.language.names import names_in
from playground.language.signature import Signature
from playground.record import Record
from playground.translation import tr
from playground.workspace.workspace import operands_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playground.compute.outcome import Peak, Race, Timing
    from playground.compute.precision import Comparison
    from playground.engine.messages import Result
    from playground.explain.why import Why
    from playground.language.values import Step
    from playground.session.snapshot import Snapshot
    from playground.workspace.arrays import Array

UNFOLDED = "(unfolded)"
"""Name under which the unfolded sub-expression is evaluated; no entry can be called so."""

Window = tuple[str, *tuple[int, ...]]
"""Key of a result; first and last row, first and last column of its 2-D view (half open), or the ends of each axis."""


class Formula(Record):
    """One formula to be evaluated: its name, its text, and the entries that it uses."""

    name: str
    source: str
    operands: tuple[str, ...]


class Job(Record):
    """One request of the session: the document as it is now.

    Attributes
    ----------
    generation
        A job with a higher one makes the older ones pointless.
    formulas
        Those that can be computed, operands before what uses them.
    shown, cell
        The formula and the cell of its result whose explanation is wanted.
    kept
        Names of all formulas, those with a problem too: their last good results are still looked at.
    retries
        How often a person has asked to try again; what failed before the last time is computed once more.
    threads
        How many threads the CPU computes with, 0 for as many as there are; None where nobody has asked yet.
    precision
        What formulas are computed as: one of ``PRECISIONS``.
    memory_share
        The part of the free memory that arrays and a formula may take together; None where nobody has asked yet.
    """

    generation: int
    arrays: Mapping[str, Array]
    formulas: tuple[Formula, ...]
    device: str
    shown: str | None = None
    cell: tuple[int, ...] | None = None
    kept: frozenset[str] = frozenset()
    retries: int = 0
    threads: int | None = None
    precision: str = AS_WRITTEN
    memory_share: float | None = None

    @property
    def needed_arrays(self) -> Mapping[str, Array]:
        """The arrays that an engine is to have: of those in files of other programs only what formulas use."""
        if all(array.stored is None for array in self.arrays.values()):
            return self.arrays
        used = {name for formula in self.formulas for name in formula.operands}
        return {name: array for name, array in self.arrays.items() if array.stored is None or name in used}

    @property
    def manner(self) -> tuple[object, ...]:
        """All that a result and its time depend on beside the document."""
        return self.device, self.threads or 0, self.precision


class Answer(Record):
    """The outcome of one formula of a job, with the explanation of the chosen cell where it was asked for."""

    generation: int
    name: str
    outcome: Result | Failure
    cell: tuple[int, ...] | None = None
    why: Why | None = None


class Progress(Record):
    """How far the evaluation of one formula of a job is, between 0 and 1; None where that isn't known any more."""

    generation: int
    name: str
    part: float | None


def telling(emit: Callable[[Said], None], generation: int, name: str) -> Callable[[float], None]:
    """Give what an engine tells how far it is, so that it is said of the formula ``name``."""
    return lambda part: emit(Progress(generation, name, part))


class Measured(Record):
    """What later runs told of one result.

    Attributes
    ----------
    name, key
        The formula, and the result that was measured.
    timing
        The result's, with the steady median and its spread.
    peak
        What the device reaches with numbers of this kind, None while that isn't known.
    """

    generation: int
    name: str
    key: str
    timing: Timing
    peak: Peak | None = None


class Raced(Record):
    """What came of a race of the formula ``name``."""

    name: str
    outcome: Race | Failure


class Compared(Record):
    """What the precision of one result changes against float64, or why that can't be said."""

    generation: int
    name: str
    key: str
    outcome: Comparison | Failure


class Restart(Record):
    """The engine ended by itself; ``sentence`` says why and what now, in words for a person."""

    sentence: str


Said = Answer | Progress | Measured | Raced | Restart | Threads | Memory | Compared
"""Everything that the session may be told."""


def job_of(snapshot: Snapshot, generation: int, retries: int) -> Job:
    """Everything that ``snapshot`` needs to be computed."""
    sources = snapshot.workspace.formulas
    formulas = [Formula(name, sources[name], operands_of(sources[name])) for name in snapshot.analysis.order]
    step = unfolded_step(snapshot)
    if step is not None and snapshot.shown in snapshot.analysis.order:
        formulas.append(Formula(UNFOLDED, step.source, names_in(step.node)))
    return Job(
        generation,
        snapshot.workspace.arrays,
        tuple(formulas),
        snapshot.device,
        snapshot.shown,
        snapshot.cell,
        frozenset(sources) - snapshot.analysis.shapes_only,
        retries,
        snapshot.threads,
        snapshot.precision,
        snapshot.memory_share,
    )


def cancelled() -> Failure:
    """What a formula says that a person has ended."""
    return Failure(
        "cancelled", tr("Cancelled."), tr("Change the formula or what it uses, or press F9 to compute it again.")
    )


def unfolded_step(snapshot: Snapshot) -> Step | None:
    """The unfolded sub-expression, None where the shown formula can't be computed or has no such part any more.

    A part with several values (``linalg.svd(A)`` in ``linalg.svd(A).S``) has no grid, so it is none either.
    """
    meaning = snapshot.analysis.meanings.get(snapshot.shown or "")
    if snapshot.unfolded is None or meaning is None or meaning.problem is not None:
        return None
    steps = meaning.inference.steps
    return next((s for s in steps if s.source == snapshot.unfolded and isinstance(s.signature, Signature)), None)
