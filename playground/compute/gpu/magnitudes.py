"""How large the numbers of arrays on the GPU are: one kernel for each array, and one answer to wait for."""

from __future__ import annotations

import functools
import operator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def within(cupy: Any, arrays: Iterable[Any], least: Any, most: Any) -> bool:  # noqa: ANN401 - CuPy ships no types
    """Whether the magnitude of every part of every cell is 0 or between ``least`` and ``most``; see ``WITHIN``."""
    kernel = _kernel(cupy)
    parts = [part for array in arrays for part in ((array.real, array.imag) if array.dtype.kind == "c" else (array,))]
    return bool(functools.reduce(operator.and_, [kernel(part, least, most) for part in parts]))


@functools.cache
def _kernel(cupy: Any) -> Any:  # noqa: ANN401
    # A nan fails both comparisons. Nothing is written but the answer: arrays may fill the GPU's memory.
    return cupy.ReductionKernel(
        "T x, T least, T most", "bool answer", "x == T(0) || (abs(x) >= least && abs(x) <= most)", "a && b",
        "answer = a", "true", "within",
    )  # fmt: skip
