"""What is measured of results while nobody edits: their steady time, and the best of the device. Knows no Qt."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from playground.compute.measuring.steady import with_steady
from playground.compute.outcome import Failure
from playground.language.signature import Signature, TupleSignature
from playground.record import replace
from playground.session.comparing import Comparisons
from playground.session.job import Measured, Raced
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.compute.outcome import Peak, Steady, Timing
    from playground.engine.messages import Request, Result
    from playground.session.evaluator import Emit, Evaluator
    from playground.session.held import Engine

RUNS: Final = 5
"""How often a formula is run again at most."""

_LONGEST_S: Final = {"cpu": 0.25}
_LONGEST_ELSEWHERE_S: Final = 1.0
"""What took longer the first time isn't run again: an edit would wait for it. A GPU's first call compiles, and says
little of the next ones."""

_LEAST_COMPUTE_S: Final = 50e-6
_LEAST_BYTES: Final = 1_000_000
"""Below these it is the call that takes the time, and a peak says nothing."""

_RESULTS_KEPT: Final = 64


Wish = Literal["race", "comparison"]
"""What a person can ask for beside the result of the shown formula."""


class Again:
    """Runs the shown formula of an evaluator again: for its timing while nobody edits, and for a person's `Wish`."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._measurements = Measurements()
        self._comparisons = Comparisons()
        self._generation = -1

    def measure(self, emit: Emit) -> None:
        """Time it again, once for each job, and tell what came of it; a newer job ends that."""
        job, result = self._evaluator.shown()
        if result is None or job.generation == self._generation:
            return
        self._generation = job.generation

        def take(engine: Engine, request: Request) -> None:
            for measured in self._measurements.take(engine, request, result, job.manner):
                emit(measured)
            for compared in self._comparisons.take(engine, request, result):
                emit(compared)

        self._evaluator.with_shown(take, emit)
        if self._measurements.gave_way:
            self._generation = -1  # once more, when there is nothing else to do

    def grant(self, wish: Wish, emit: Emit) -> None:
        """Do what a person asked for, and tell what came of it; a newer job ends that."""
        (self._race if wish == "race" else self._compare)(emit)

    def _compare(self, emit: Emit) -> None:
        """Compare it with float64, however long that takes."""
        job, result = self._evaluator.shown()
        if result is not None:
            found = self._evaluator.with_shown(lambda engine, request: engine.compare(request), emit)
            emit(self._comparisons.taken(job, result, found))

    def _race(self, emit: Emit) -> None:
        """Run it on every device."""
        job, _ = self._evaluator.shown()
        ended = self._evaluator.with_shown(lambda engine, request: engine.race(request), emit)
        nothing = Failure("nothing", tr("There is nothing to race: choose a formula that can be computed."))
        emit(Raced(job.shown or "", ended if ended is not None else nothing))


class Measurements:
    """What is known of results and devices; survives the deaths of engines."""

    def __init__(self) -> None:
        self._steady: OrderedDict[str, Steady | None] = OrderedDict()
        self.gave_way = False
        self._peaks: dict[tuple[object, ...], Peak | None] = {}

    def take(self, engine: Engine, request: Request, result: Result, manner: tuple[object, ...]) -> Iterator[Measured]:
        """Measure what isn't known yet, and give what is known whenever that is more than before.

        ``manner`` is all that the best of the device depends on, beside the dtype. Raises what the engine raises. What
        has been tried once isn't tried again, whatever came of it.
        """
        self.gave_way = False
        dtype = dtype_of(result)
        place = (*manner, dtype.str)
        if result.key not in self._steady and _is_short(result.timing, request.device):
            self._remember(result.key)
            found = engine.measure(replace(request, repeat=RUNS))
            if isinstance(found, Failure):
                if found.kind == "cancelled":
                    self.gave_way = True
                    del self._steady[result.key]
                return
            self._steady[result.key] = found
        known = self._steady.get(result.key)
        if known is None:
            return
        timing = with_steady(result.timing, known, result.flops)
        measured = Measured(request.generation, request.name, result.key, timing, self._peak(place, timing))
        yield measured
        if place not in self._peaks and has_rate(timing):
            self._peaks[place] = None
            peak = engine.peak(request, dtype)
            if isinstance(peak, Failure):
                if peak.kind == "cancelled":
                    self.gave_way = True
                    del self._peaks[place]
                return
            self._peaks[place] = peak
            yield replace(measured, peak=self._peak(place, timing))

    def _peak(self, place: tuple[object, ...], timing: Timing) -> Peak | None:
        """The device's best, raised where this is better: nothing is faster than the fastest that was seen."""
        peak = self._peaks.get(place)
        if peak is not None and peak.gflops is not None and (timing.gflops or 0.0) > peak.gflops:
            peak = self._peaks[place] = replace(peak, gflops=timing.gflops)
        return peak

    def _remember(self, key: str) -> None:
        self._steady[key] = None
        while len(self._steady) > _RESULTS_KEPT:
            self._steady.popitem(last=False)


def dtype_of(result: Result) -> np.dtype:
    """The dtype that a result is computed in; float64 where it is none of arithmetic."""
    signature = result.signature
    first = signature.items[0] if isinstance(signature, TupleSignature) else signature
    dtype = first.dtype if isinstance(first, Signature) else np.dtype(np.float64)
    return dtype if dtype.kind in "iufc" else np.dtype(np.float64)


def has_rate(timing: Timing) -> bool:
    """Whether the time tells of computing and moving data, more than of the call."""
    moved = timing.moved_bytes or 0
    return timing.compute_s >= _LEAST_COMPUTE_S and (timing.gflops is not None or moved >= _LEAST_BYTES)


def _is_short(timing: Timing, device: str) -> bool:
    return timing.runs == 1 and timing.compute_s <= _LONGEST_S.get(device, _LONGEST_ELSEWHERE_S)
