"""A race: one formula on every device, each run several times apart from its first, and what came of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from playground.compute.execute import download, execute, never
from playground.compute.measuring.steady import steady
from playground.compute.outcome import Failure, Lane, Race
from playground.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from playground.compute.backend import Backend
    from playground.compute.outcome import Timing
    from playground.compute.planning.steps import Plan

RUNS: Final = 7
BUDGET_S: Final = 1.0
"""How often each device runs after its first call, and how long that may take; once in any case."""


def run_race(
    plan: Plan,
    arrays: Mapping[str, object],
    backends: Sequence[Backend],
    *,
    stop: Callable[[], bool] = never,
    progress: Callable[[float], object] | None = None,
    memory_limit: int | None = None,
) -> Race | Failure:
    """Run ``plan`` over host ``arrays`` on one backend after the other, never on two at a time.

    ``progress`` is told the part that is done, between 0 and 1. A ``Failure`` of kind ``"cancelled"`` where ``stop``
    said True.
    """
    lanes: list[Lane] = []
    expected: object = None
    for place, backend in enumerate(backends):

        def told(part: float, place: int = place) -> None:
            if progress is not None:
                progress((place + part) / len(backends))

        limit = None if backend.copies else memory_limit
        lane, value = _Runner(plan, arrays, backend, stop, limit).lane(told)
        if lane.failure is not None and lane.failure.kind == "cancelled":
            return lane.failure
        if place == 0:
            expected = value
        elif lane.failure is None and expected is not None:
            lane = _compared(lane, value, expected)
        lanes.append(lane)
    return Race(plan.source, tuple(lanes))


class _Runner:
    """Runs one plan on one device."""

    def __init__(
        self,
        plan: Plan,
        arrays: Mapping[str, object],
        backend: Backend,
        stop: Callable[[], bool],
        memory_limit: int | None,
    ) -> None:
        self._plan = plan
        self._arrays = arrays
        self._backend = backend
        self._stop = stop
        self._limit = memory_limit

    def lane(self, told: Callable[[float], None]) -> tuple[Lane, object]:
        """Run once apart and then again; gives the lane and the value on the host."""
        backend, plan = self._backend, self._plan
        first = self._once()
        if isinstance(first, Failure):
            return Lane(backend.name, backend.label, failure=first), None
        first_call, value = first
        told(1 / (RUNS + 1))
        timings: list[Timing] = []
        started = time.perf_counter()
        while len(timings) < RUNS and (not timings or _fits(time.perf_counter() - started, len(timings))):
            value = None  # the last result must not stand in the way of the next
            again = self._once()
            if isinstance(again, Failure):
                return Lane(backend.name, backend.label, failure=again), None
            timing, value = again
            timings.append(timing)
            told((len(timings) + 1) / (RUNS + 1))
        brought = sum(_nbytes(self._arrays[name]) for name in plan.names) + _nbytes(value)
        lane = Lane(
            backend.name,
            backend.label,
            first_call.first_call_s,
            steady([timing.compute_s for timing in timings]),
            steady([timing.upload_s + timing.compute_s + timing.download_s for timing in timings]),
            brought if backend.copies else 0,
        )
        return lane, value

    def _once(self) -> tuple[Timing, object] | Failure:
        found = execute(
            self._plan, self._arrays, self._backend, stop=self._stop, memory_limit=self._limit
        )  # fmt: skip
        if isinstance(found, Failure):
            return found
        found = download(found, self._backend)
        return found.timing, found.value


def _fits(elapsed_s: float, runs: int) -> bool:
    return elapsed_s + elapsed_s / runs <= BUDGET_S


def _nbytes(value: object) -> int:
    return sum(np.asarray(part).nbytes for part in _parts(value))


def _parts(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _compared(lane: Lane, value: object, expected: object) -> Lane:
    """Say how far the results are apart; where cells are infinite or NaN in both alike, they are the same."""
    difference = scale = 0.0
    for mine, other in zip(_parts(value), _parts(expected), strict=True):
        a, b = np.asarray(mine), np.asarray(other)
        if a.shape != b.shape:
            return lane
        with np.errstate(all="ignore"):
            same = (a == b) | ((a != a) & (b != b))
            apart = np.where(same, 0, np.abs(np.subtract(a, b, dtype=np.result_type(a, b, np.float64))))
            sizes = np.abs(b)[np.isfinite(b)]
        if a.size:
            difference = max(difference, float(apart.max()))
        if sizes.size:
            scale = max(scale, float(sizes.max()))
    return replace(lane, difference=difference, scale=scale)
