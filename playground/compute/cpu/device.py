"""The CPU: NumPy behind the protocol of a backend."""

from __future__ import annotations

import os
import time
import warnings
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute import failures
from playground.compute.backend import UnavailableError
from playground.compute.cpu import magnitudes, products
from playground.compute.functions.operators import ARRAY, SHARED, WITHIN, array_of_items
from playground.compute.functions.targets import numpy_function
from playground.workspace.memory import free_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playground.compute.backend import Trouble
    from playground.compute.planning.steps import PlanStep


def usable_cores() -> int:
    """Count the cores that this process may run on."""
    affinity = getattr(os, "sched_getaffinity", None)  # Linux only
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


class WallTimer:
    """Seconds by the clock on the wall: NumPy returns when it is done."""

    __slots__ = ("_started",)

    def __init__(self) -> None:
        self._started = 0.0

    def start(self) -> None:
        """Begin."""
        self._started = time.perf_counter()

    def stop(self) -> float:
        """Seconds since ``start``."""
        return time.perf_counter() - self._started


class NumpyBackend:
    """Computes with NumPy; host arrays are its device arrays, nothing is copied."""

    name = "cpu"
    label = "CPU"
    copies = False
    pinned: bool | None = None
    has_tf32 = False
    tf32 = False

    def __init__(self, threads: int | None = None) -> None:
        """``threads`` is how many cores may share a chain, all that this process may use where it is None."""
        self.threads = threads or usable_cores()
        self._resolved: dict[str, Callable[..., Any]] = {
            **SHARED,
            "op:@": products.matmul,
            "matmul": products.matmul,
            "dot": products.dot,
            "inner": products.inner,
            "tensordot": products.tensordot,
            "linalg.tensordot": products.tensordot,
            "linalg.matrix_power": products.matrix_power,
            "linalg.multi_dot": products.multi_dot,
            "einsum": products.einsum,
            ARRAY: partial(array_of_items, np),
            WITHIN: magnitudes.within,
        }

    @property
    def module(self) -> Any:  # noqa: ANN401 - a module
        """NumPy."""
        return np

    @contextmanager
    def session(self, *, quiet: bool = True) -> Iterator[None]:
        """Keep NumPy from warning about division by zero and the like: the result shows inf and nan itself.

        ``quiet`` also mutes what functions say through ``warnings`` (``mean`` of nothing), which costs microseconds
        and isn't needed where a plan consists of operators.
        """
        with np.errstate(all="ignore"):
            if not quiet:
                yield
                return
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield

    def owns(self, value: object) -> bool:
        """Whether ``value`` is an ndarray."""
        return isinstance(value, np.ndarray)

    def asarray(self, value: object) -> Any:  # noqa: ANN401
        """Give ``value`` as an ndarray, itself where it is one."""
        return np.asarray(value)

    def to_host(self, value: object) -> Any:  # noqa: ANN401
        """Give ``value`` itself: it is on the host."""
        return value

    def synchronize(self) -> None:
        """Return at once: NumPy has finished when it returns."""

    def timer(self) -> WallTimer:
        """Give a stopwatch."""
        return WallTimer()

    def resolve(self, target: str) -> Callable[..., Any]:
        """Find the NumPy function of a step; raises ``UnavailableError``."""
        found = self._resolved.get(target)
        if found is None:
            found = self._resolved[target] = self._find(target)
        return found

    def _find(self, target: str) -> Callable[..., Any]:
        found = numpy_function(target)
        if found is None:
            raise UnavailableError(target)
        return found

    def chain(
        self, step: PlanStep, functions: Sequence[Callable[..., Any]], stop: Callable[[], bool]
    ) -> Callable[..., Any]:
        """Run a chain piece by piece on all cores."""
        from playground.compute.cpu.chains import Chain  # small arrays need none

        return Chain(step, functions, self.threads, stop)

    def free_bytes(self) -> int:
        """Memory that the system can give without swapping."""
        return free_bytes()

    def classify(self, exception: BaseException) -> Trouble | None:
        """Put an exception of NumPy into words; None for a bug."""
        return failures.trouble_of(exception)

    def recover(self) -> None:
        """Do nothing: NumPy keeps no cache of freed arrays."""
