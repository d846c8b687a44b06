"""Running a plan on a device: operands there, steps one after another, timing, and failures in plain words."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.backend import StepError, StoppedError
from playground.compute.functions.operators import WITHIN
from playground.compute.measuring.steady import gflops, steady
from playground.compute.ordered import OrderedProduct
from playground.compute.outcome import Computed, Failure, Steady, Timing
from playground.compute.planning.memory import refuse
from playground.compute.planning.steps import ORDERED
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playground.compute.backend import Backend, Timer, Trouble
    from playground.compute.planning.steps import Plan, PlanStep

_ARRAYS = (np.ndarray, np.generic)


def never() -> bool:
    """Never stop."""
    return False


def _nobody(_seconds: float) -> None:
    """Nobody wants to know."""


def execute(
    plan: Plan,
    arrays: Mapping[str, object],
    backend: Backend,
    *,
    stop: Callable[[], bool] = never,
    repeat: int = 1,
    memory_limit: int | None = None,
    each_run: Callable[[float], object] | None = None,
) -> Computed | Failure:
    """Run ``plan`` on ``backend`` and give its value where the device keeps it.

    Parameters
    ----------
    plan
        What to run; its names must all be in ``arrays``.
    arrays
        Host arrays (or nested lists), or arrays of ``backend``, with the shapes and dtypes that the plan was made for.
    stop
        Asked between the steps; once it says True the answer is a ``Failure`` of kind ``"cancelled"``.
    repeat
        1 runs once. N > 1 runs once apart (``first_call_s``) and then N times, of which ``compute_s`` is the median.
    memory_limit
        Bytes that the plan may take at its peak beside what exists already; None is 70 % of what is free. A plan that
        would take more is refused before it runs.
    each_run
        Told the seconds of every run as it ends, the first one included.

    Returns
    -------
    Computed or Failure
        The value is an array, a NumPy scalar or a tuple of those. It may share memory with an operand (``A.T``).
        A ``Failure`` names the part of the formula that failed. Exceptions that are no user's mistake are raised.
    """
    trouble = refuse(plan.peak_bytes + _bytes_to_copy(plan, arrays, backend), backend, memory_limit)
    if trouble is not None:
        return _failure(trouble, plan.largest_step())
    run = _Run(plan, arrays, backend, stop)
    failure = None
    try:
        with backend.session(quiet=plan.may_warn):
            return run.computed(repeat, each_run or _nobody)
    except StoppedError:
        return Failure("cancelled", tr("Cancelled."), tr("Run it again when you like."))
    except Exception as error:
        cause, step = _cause(error, run.step)
        trouble = backend.classify(cause)
        if trouble is None:
            raise
        failure = _failure(trouble, step)
        cause.__traceback__ = None
        # The traceback's frames hold arrays, and memory is what may be missing.
        error.__traceback__ = None
    run.forget()
    if failure.kind == "memory":
        backend.recover()
    return failure


def download(computed: Computed, backend: Backend) -> Computed:
    """Bring the value of ``computed`` to the host; the time goes into ``download_s`` and ``total_s``."""
    if not backend.copies:
        return computed
    started = time.perf_counter()
    value = backend.to_host(computed.value)
    seconds = time.perf_counter() - started
    timing = replace(computed.timing, download_s=seconds, total_s=computed.timing.total_s + seconds)
    return replace(computed, value=value, timing=timing)


class _Run:
    """One execution: its slots, and which step it is at."""

    __slots__ = ("_arrays", "_backend", "_base", "_functions", "_ordered", "_plan", "_started", "_stop", "step")

    def __init__(self, plan: Plan, arrays: Mapping[str, object], backend: Backend, stop: Callable[[], bool]) -> None:
        self._started = time.perf_counter()
        self._plan = plan
        self._arrays = arrays
        self._backend = backend
        self._stop = stop
        self._base: list[Any] = []
        self._functions: list[Callable[..., Any]] = []
        self._ordered: list[OrderedProduct] = []
        self.step: PlanStep | None = None

    def computed(self, repeat: int, each_run: Callable[[float], object]) -> Computed:
        self._functions = [self._function(step) for step in self._plan.steps]
        self.step = None
        upload_s = self._upload()
        timer = self._backend.timer()
        value, first_s = self._once(timer)
        each_run(first_s)
        found = Steady(first_s, None, 1)
        if repeat > 1:
            runs = []
            for _ in range(repeat):
                value = None  # the last result must not stand in the way of the next
                value, seconds = self._once(timer)
                runs.append(seconds)
                each_run(seconds)
            found = steady(runs)
        total_s = time.perf_counter() - self._started
        plan, backend = self._plan, self._backend
        flops, notes = plan.flops, tuple[str, ...]()
        for product in self._ordered:
            flops = None if flops is None else flops + product.more_flops
            notes += product.notes
        rate = gflops(flops, found.median_s)
        timing = Timing(
            upload_s, found.median_s, 0.0, first_s, total_s, found.runs, rate, found.spread_s, plan.moved_bytes,
            backend.pinned,
        )  # fmt: skip
        return Computed(_as_numpy_gives_it(value, backend), timing, flops, notes)

    def _function(self, step: PlanStep) -> Callable[..., Any]:
        self.step = step
        if not step.inner:
            return self._backend.resolve(step.target)
        functions = [self._function(inner) for inner in step.inner]
        if step.target != ORDERED:
            return self._backend.chain(step, functions, self._stop)
        made = OrderedProduct(step, functions, self._backend.resolve(WITHIN), self._stop)
        self._ordered.append(made)
        return made

    def forget(self) -> None:
        """Let go of every array."""
        self._base.clear()

    def _upload(self) -> float:
        """Fill the slots of names and constants; gives the seconds of copying, 0 where nothing is copied."""
        backend, plan = self._backend, self._plan
        started = time.perf_counter()
        self._base = [_brought(self._arrays[name], backend) for name in plan.names]
        if not backend.copies:
            self._base += plan.constants
            return 0.0
        # NumPy's scalars are no plain numbers: their dtype counts, so that they travel as arrays without axes.
        self._base += [backend.asarray(value) if isinstance(value, _ARRAYS) else value for value in plan.constants]
        backend.synchronize()
        return time.perf_counter() - started

    def _once(self, timer: Timer) -> tuple[Any, float]:
        """Run all steps; gives the value and the seconds on the device's clock."""
        slots = self._base.copy()
        timer.start()
        for step, function in zip(self._plan.steps, self._functions, strict=True):
            if self._stop():
                raise StoppedError
            self.step = step
            arguments = [slots[slot] for slot in step.arguments]
            if step.keywords:
                slots.append(function(*arguments, **{name: slots[slot] for name, slot in step.keywords}))
            else:
                slots.append(function(*arguments))
            del arguments
            for slot in step.releases:
                slots[slot] = None
        value, seconds = slots[self._plan.result], timer.stop()
        if self._plan.is_constant and isinstance(value, np.ndarray):
            value = value.copy()  # the plan's own is read-only and will be used again
        return value, seconds


def _bytes_to_copy(plan: Plan, arrays: Mapping[str, object], backend: Backend) -> int:
    if not backend.copies:
        return 0
    missing = (value for name in plan.names for value in _parts(arrays[name]) if not backend.owns(value))
    return sum(np.asarray(value).nbytes for value in missing)


def _parts(value: object) -> tuple[object, ...]:
    """Several results are a tuple of arrays; anything else is one array."""
    return value if isinstance(value, tuple) and any(hasattr(item, "shape") for item in value) else (value,)


def _brought(value: object, backend: Backend) -> Any:  # noqa: ANN401
    """Give an operand as arrays of the device; the results of ``linalg.svd`` stay a tuple."""
    parts = _parts(value)
    return backend.asarray(value) if parts[0] is value else tuple(backend.asarray(part) for part in parts)


def _as_numpy_gives_it(value: Any, backend: Backend) -> Any:  # noqa: ANN401
    """Python numbers become NumPy scalars, lists of arrays tuples."""
    if isinstance(value, _ARRAYS) or backend.owns(value):
        return value
    if isinstance(value, list | tuple) and any(isinstance(item, _ARRAYS) or backend.owns(item) for item in value):
        return tuple(value) if isinstance(value, list) else value
    return np.asarray(value)[()]


def _cause(error: Exception, step: PlanStep | None) -> tuple[BaseException, PlanStep | None]:
    """What went wrong at which step, within a chain too."""
    if isinstance(error, StepError) and error.__cause__ is not None:
        return error.__cause__, error.args[0]
    return error, step


def _failure(trouble: Trouble, step: PlanStep | None) -> Failure:
    if step is None:
        return Failure(trouble.kind, trouble.message, trouble.hint)
    return Failure(trouble.kind, trouble.message, trouble.hint, step.span, step.text)
