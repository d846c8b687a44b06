"""A formula over sizes: planned for all of them first, then measured on every device, point after point."""

from __future__ import annotations

import math
import time
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.execute import execute, never
from playground.compute.measuring.steady import gflops
from playground.compute.outcome import Failure
from playground.compute.planning.memory import ALWAYS_FITS, refuse
from playground.compute.planning.plan import plan
from playground.language.infer import infer
from playground.language.problems import Problem, Span
from playground.record import Record
from playground.translation import tr
from playground.workspace.memory import size_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from playground.compute.backend import Backend
    from playground.compute.measuring.sweep_shapes import GrowingShape
    from playground.compute.planning.steps import Plan
    from playground.language.signature import Signature

BUDGET_S = 0.5
"""How long the runs of one size on one device may take together, where a single one doesn't take longer."""

_LEAST_RUNS, _MOST_RUNS = 3, 300
_TRANSFERS = 3
_SEED = 20260101
_SHORTEST_S = 1e-9
"""What a clock that saw no time pass stands for: a plot has logarithmic axes."""


class Sweep(Record):
    """What is asked: ``expression`` with operands of these ``shapes`` for every n of ``sizes``.

    ``dtype`` is that of the operands that have none of their own.
    """

    expression: str
    shapes: Mapping[str, GrowingShape]
    sizes: tuple[int, ...]
    dtype: str = "float64"


class Load(Record, eq=False):
    """One size, ready to be measured; ``operand_bytes`` is what all operands take together."""

    size: int
    plan: Plan
    signatures: Mapping[str, Signature]
    operand_bytes: int


class Mistaken(Record):
    """The formula can't run for n = ``size``, as ``problem`` says."""

    problem: Problem
    size: int


class Point(Record):
    """What was measured for one size on one device.

    Attributes
    ----------
    median_s, low_s, high_s
        The steady runs on the device's own clock: the median, and the quartiles, between which half of them lie.
    first_call_s
        The first run of all, which is not among them.
    upload_s, download_s
        Median time of bringing all operands to the device and the result back; 0 where nothing is copied.
    gflops
        Billions of operations a second at the median; None under 1 MFLOP or where no count is agreed on.
    """

    size: int
    device: str
    median_s: float
    low_s: float
    high_s: float
    runs: int
    first_call_s: float
    upload_s: float = 0.0
    download_s: float = 0.0
    gflops: float | None = None

    def seconds(self, *, transfers: bool) -> float:
        """Median time of one evaluation, with the ``transfers`` or without."""
        return self.median_s + (self.upload_s + self.download_s if transfers else 0.0)


class Skipped(Record):
    """A size that wasn't measured on a device, and why."""

    size: int
    device: str
    failure: Failure


def prepare(sweep: Sweep) -> tuple[Load, ...] | Mistaken:
    """Infer and plan every size, smallest first; the first size that can't run is the answer where there is one."""
    sizes = sorted(set(sweep.sizes))
    for size in sizes:
        found = infer(sweep.expression, _signatures(sweep, size))
        if found.problems:
            return Mistaken(found.problems[0], size)
    if any(shape.grows for shape in sweep.shapes.values()):
        return tuple(_load(sweep, size) for size in sizes)
    whole = Span(0, len(sweep.expression))
    hint = tr("Write n where a shape shall grow, such as A=nx64.")
    return Mistaken(Problem("sweep", tr("No size of this formula depends on n."), whole, hint), sizes[0])


def _signatures(sweep: Sweep, size: int) -> dict[str, Signature]:
    return {name: shape.at(size, sweep.dtype) for name, shape in sweep.shapes.items()}


def _load(sweep: Sweep, size: int) -> Load:
    signatures = _signatures(sweep, size)
    planned = plan(infer(sweep.expression, signatures))
    used = {name: signatures[name] for name in planned.names}
    return Load(size, planned, used, sum(found.nbytes or 0 for found in used.values()))


def measure(
    loads: Sequence[Load],
    backends: Sequence[Backend],
    *,
    stop: Callable[[], bool] = never,
    budget_s: float = BUDGET_S,
    memory_limit: int | None = None,
) -> Iterator[Point | Skipped]:
    """Measure every load on every device and give each point as soon as it is there.

    Both devices get the same operands. What can't fit into memory comes first, as skipped, before anything is
    allocated; a device that fails in another way is left out of the larger sizes.

    Parameters
    ----------
    stop
        Asked between steps and runs; once it says True nothing more comes.
    budget_s
        See ``BUDGET_S``. At least three runs are made, one where a single run takes longer than that.
    memory_limit
        Bytes that operands and a plan may take together on the host; None is 70 % of what is free.
    """
    fitting: dict[int, list[Backend]] = {load.size: [] for load in loads}
    for load, backend in product(loads, backends):
        refusal = _does_not_fit(load, backend, memory_limit)
        if refusal is not None:
            yield Skipped(load.size, backend.name, refusal)
        else:
            fitting[load.size].append(backend)
    failed: set[str] = set()
    for load in loads:
        operands = None
        for backend in fitting[load.size]:
            if backend.name in failed:
                continue
            if stop():
                return
            operands = operands or random_operands(load.signatures)
            found = _measured(load, operands, backend, stop, budget_s)
            if found is None:
                return
            if isinstance(found, Point):
                yield found
                continue
            yield Skipped(load.size, backend.name, found)
            if found.kind != "memory":
                failed.add(backend.name)


def random_operands(signatures: Mapping[str, Signature]) -> dict[str, np.ndarray]:
    """Numbers of a seeded generator: from 0 to 1 for what has fractions, from 0 to 9 for whole numbers."""
    generator = np.random.default_rng(_SEED)
    return {name: _random(generator, found) for name, found in signatures.items()}


def _random(generator: np.random.Generator, signature: Signature) -> np.ndarray:
    shape, dtype = tuple(size or 0 for size in signature.shape), signature.dtype
    if dtype in (np.float32, np.float64):
        return np.asarray(generator.random(shape, dtype=dtype))
    if dtype.kind == "c":
        parts = generator.random(shape), generator.random(shape)
        return np.asarray(parts[0] + 1j * parts[1]).astype(dtype)
    if dtype.kind == "f":
        return np.asarray(generator.random(shape, dtype=np.float32)).astype(dtype)
    return np.asarray(generator.integers(0, 2 if dtype.kind == "b" else 10, shape)).astype(dtype)


def _does_not_fit(load: Load, backend: Backend, limit: int | None) -> Failure | None:
    trouble = refuse(load.operand_bytes + load.plan.peak_bytes, backend, None if backend.copies else limit)
    if trouble is not None:
        return Failure(trouble.kind, trouble.message, trouble.hint)
    if not backend.copies or load.operand_bytes <= ALWAYS_FITS:
        return None
    on_host = size_problem(load.operand_bytes)
    return None if on_host is None else Failure("memory", on_host)


def _measured(
    load: Load, operands: Mapping[str, np.ndarray], backend: Backend, stop: Callable[[], bool], budget_s: float
) -> Point | Failure | None:
    """Measure one load on one device; None where it was stopped."""
    try:
        arrays, upload_s = _uploaded(operands, backend, budget_s)
    except Exception as error:
        trouble = backend.classify(error)
        if trouble is None:
            raise
        backend.recover()
        return Failure(trouble.kind, trouble.message, trouble.hint)
    first = execute(load.plan, arrays, backend, stop=stop)
    if isinstance(first, Failure):
        return None if first.kind == "cancelled" else first
    first_s, flops = first.timing.first_call_s, first.flops
    download_s = _download_s(first.value, backend, budget_s)
    del first  # its memory is needed for the runs
    runs = _runs(load.plan, arrays, backend, stop, budget_s, least=_LEAST_RUNS if first_s < budget_s else 1)
    if not isinstance(runs, list):
        return runs
    low, median, high = (max(float(value), _SHORTEST_S) for value in np.percentile(runs, (25, 50, 75)))
    rate = gflops(flops, median)
    return Point(load.size, backend.name, median, low, high, len(runs), first_s, upload_s, download_s, rate)


def _runs(
    planned: Plan,
    arrays: Mapping[str, Any],
    backend: Backend,
    stop: Callable[[], bool],
    budget_s: float,
    *,
    least: int,
) -> list[float] | Failure | None:
    """Seconds of each steady run, at least so many; None where it was stopped."""
    runs: list[float] = []
    # A device that is fed from here prepares a call (a fused kernel, for one) when it is first made.
    apart = 1 if backend.copies else 0
    until = time.perf_counter() + budget_s
    is_enough = False

    def note(seconds: float) -> None:
        nonlocal is_enough  # decided when a run ends, so that none is stopped amid its steps but by a person
        runs.append(seconds)
        is_enough = len(runs) >= least + apart and time.perf_counter() >= until

    outcome = execute(planned, arrays, backend, stop=lambda: is_enough or stop(), repeat=_MOST_RUNS, each_run=note)
    if isinstance(outcome, Failure) and outcome.kind != "cancelled":
        return outcome
    return None if stop() else runs[apart:]


def _uploaded(operands: Mapping[str, np.ndarray], backend: Backend, budget_s: float) -> tuple[Mapping[str, Any], float]:
    """Operands on the device, and the median of the seconds that this took."""
    if not backend.copies:
        return operands, 0.0
    arrays: dict[str, Any] = {}

    def once() -> None:
        arrays.clear()  # the last copy must not stand in the way of the next
        arrays.update({name: backend.asarray(value) for name, value in operands.items()})
        backend.synchronize()

    return arrays, _transfer_s(once, budget_s)


def _download_s(value: object, backend: Backend, budget_s: float) -> float:
    return _transfer_s(lambda: backend.to_host(value), budget_s) if backend.copies else 0.0


def _transfer_s(once: Callable[[], object], budget_s: float) -> float:
    """Median seconds of a few transfers after a first one, which also allocates; of that one where it is slow."""
    seconds = []
    for _ in range(1 + _TRANSFERS):
        started = time.perf_counter()
        once()
        seconds.append(time.perf_counter() - started)
        if sum(seconds) > budget_s:
            break
    return float(np.median(seconds[1:] or seconds))


def remaining_s(
    loads: Sequence[Load], devices: Sequence[str], done: Sequence[Point | Skipped], budget_s: float = BUDGET_S
) -> float:
    """Estimate the seconds until all is measured, from the operations of each load and the rates so far."""
    seen = {(item.size, item.device) for item in done}
    failed = {item.device for item in done if isinstance(item, Skipped) and item.failure.kind != "memory"}
    total = 0.0
    for device in (device for device in devices if device not in failed):
        points = [item for item in done if isinstance(item, Point) and item.device == device]
        left = [load for load in loads if (load.size, device) not in seen]
        if not points:
            total += budget_s * len(left)
            continue
        last = max(points, key=lambda point: point.size)
        rate = next(_work(load) for load in loads if load.size == last.size) / last.seconds(transfers=True)
        for load in left:
            run_s = _work(load) / rate
            total += run_s + max(min(budget_s, run_s * _MOST_RUNS), run_s * _LEAST_RUNS if run_s < budget_s else run_s)
    return total


def _work(load: Load) -> float:
    """Operations; where no count is agreed on, as many as if every row met every other."""
    if load.plan.flops:
        return float(load.plan.flops)
    return math.pow(max(1, load.operand_bytes + load.plan.peak_bytes), 1.5)
