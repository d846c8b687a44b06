"""What a device reaches at best, measured on it: operations of a large product, bytes of a large copy."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from playground.compute.outcome import Peak

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.compute.backend import Backend

_SMALLEST: Final = 256
_LARGEST: Final = 8192
_LARGE_ENOUGH: Final = 1024
_LONG_ENOUGH_S: Final = 0.02
"""A product of that size that takes so long is large enough: starting it no longer counts."""

_BUDGET_S: Final = 0.4

_COPY_BYTES: Final = 128 << 20
"""More than processors keep in their caches."""

_RUNS: Final = 3
_SHARE: Final = 8
"""At most this part of the free memory is taken."""


def measure_peak(dtype: np.dtype, backend: Backend, stop: Callable[[], bool]) -> Peak | None:
    """Measure for about half a second; None where ``stop`` said True meanwhile.

    The best of a few runs counts: what slows a run down is never the device. Raises what the array library raises,
    a lack of memory for one.
    """
    with backend.session():
        product = _product_rate(dtype, backend, stop) if dtype.kind in "fc" else None
        copied = _copy_rate(backend, stop)
        return None if stop() else Peak(product, copied)


def _product_rate(dtype: np.dtype, backend: Backend, stop: Callable[[], bool]) -> float:
    """GFLOP/s of square products, counted as plans count them: 2·n³, of complex numbers too."""
    multiply = backend.resolve("op:@")
    tile = np.random.default_rng(0).random((_SMALLEST, _SMALLEST)).astype(dtype)
    best, size, started = 0.0, _SMALLEST, time.perf_counter()
    while not stop():
        repeats = size // _SMALLEST
        matrix = backend.module.tile(backend.asarray(tile), (repeats, repeats))
        seconds = _fastest(partial(multiply, matrix, matrix), backend, stop)
        best = max(best, 2 * size**3 / seconds / 1e9)
        needed = 3 * (2 * size) ** 2 * dtype.itemsize
        ample = size >= _LARGE_ENOUGH and seconds > _LONG_ENOUGH_S
        if ample or size == _LARGEST or needed > backend.free_bytes() // _SHARE:
            break
        if time.perf_counter() - started > _BUDGET_S:
            break
        size *= 2
    return best


def _copy_rate(backend: Backend, stop: Callable[[], bool]) -> float:
    module = backend.module
    nbytes = min(_COPY_BYTES, backend.free_bytes() // _SHARE)
    source, target = module.ones(nbytes, np.uint8), module.zeros(nbytes, np.uint8)
    threads = int(getattr(backend, "threads", 1))
    seconds = _fastest(lambda: _copy(module.copyto, target, source, threads), backend, stop)
    return 2 * nbytes / seconds / 1e9


def _copy(copyto: Callable[[Any, Any], None], target: Any, source: Any, threads: int) -> None:  # noqa: ANN401
    """Copy by all cores: one alone doesn't fill the memory's width."""
    if threads == 1:
        copyto(target, source)
        return
    from concurrent.futures import ThreadPoolExecutor  # only who measures needs it

    size = -(-len(source) // threads)
    pieces = [slice(start, start + size) for start in range(0, len(source), size)]
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(copyto, target[piece], source[piece]) for piece in pieces]:
            done.result()


def _fastest(action: Callable[[], object], backend: Backend, stop: Callable[[], bool]) -> float:
    """Seconds of the fastest of a few runs; the first of all, which makes ready, doesn't count where others follow."""
    timer, best = backend.timer(), float("inf")
    started = time.perf_counter()
    action()
    backend.synchronize()
    first_s = time.perf_counter() - started
    for _ in range(_RUNS):
        if stop():
            break
        timer.start()
        action()
        best = min(best, timer.stop())
    return best if best < float("inf") else first_s
