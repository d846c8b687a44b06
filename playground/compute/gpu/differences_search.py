"""Where CuPy's searching, choosing, statistics and numerics along rows differ from NumPy's, and what evens them out.

As CuPy 14.2 has them: many take no plain number for an array, some lack a keyword or give another dtype.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

_TAKES_ARRAYS: Final = {
    "where": 1, "flatnonzero": 1, "unique": 1, "full_like": 1, "average": 1, "isin": 2, "searchsorted": 2,
    "extract": 2, "compress": 2, "array_equal": 2, "convolve": 2, "union1d": 2, "intersect1d": 2, "setdiff1d": 2,
    "setxor1d": 2,
}  # fmt: skip
"""How many of the first arguments CuPy wants as arrays, where NumPy makes arrays of numbers."""

_TRUTHS: Final = ("logical_and", "logical_or", "logical_xor", "logical_not")


def on_host(value: Any) -> Any:  # noqa: ANN401 - CuPy ships no types
    """Give a number, a list or a tuple of Python's for an array of places."""
    return value.tolist() if hasattr(value, "tolist") else value


def searching(cupy: Any) -> dict[str, Callable[..., Any]]:  # noqa: ANN401
    """Give the functions that replace CuPy's own, by their target."""
    return {
        **{name: _of_arrays(cupy, getattr(cupy, name), count) for name, count in _TAKES_ARRAYS.items()},
        **{name: _of_truths(getattr(cupy, name)) for name in _TRUTHS},
        **{name: _of_shares(cupy, getattr(cupy, name)) for name in ("quantile", "percentile")},
        **_choosing(cupy),
        **_counting(cupy),
        **_rowwise(cupy),
    }


def _of_arrays(cupy: Any, function: Callable[..., Any], count: int) -> Callable[..., Any]:  # noqa: ANN401
    @wraps(function)
    def call(*arguments: Any, **keywords: Any) -> Any:  # noqa: ANN401
        return function(*map(cupy.asarray, arguments[:count]), *arguments[count:], **keywords)

    return call


def _of_truths(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*values: Any, **options: Any) -> Any:  # noqa: ANN401
        # CuPy has none of these for complex numbers.
        return function(*(value != 0 if np.iscomplexobj(value) else value for value in values), **options)

    return call


def _of_shares(cupy: Any, function: Callable[..., Any]) -> Callable[..., Any]:  # noqa: ANN401
    def call(a: Any, q: Any, **keywords: Any) -> Any:  # noqa: ANN401
        if getattr(q, "ndim", 0) < 2:
            return function(cupy.asarray(a), q, **keywords)
        found = function(cupy.asarray(a), q.ravel(), **keywords)
        return found.reshape(q.shape + found.shape[1:])

    return call


def _choosing(cupy: Any) -> dict[str, Callable[..., Any]]:  # noqa: ANN401
    def argwhere(a: Any) -> Any:  # noqa: ANN401
        array = cupy.asarray(a)
        return cupy.argwhere(array) if array.ndim else cupy.argwhere(array[None])[:, :0]

    def choose(a: Any, choices: Any, mode: str = "raise") -> Any:  # noqa: ANN401
        places, *lined_up = cupy.broadcast_arrays(cupy.asarray(a), *choices)
        return places.choose(cupy.stack(lined_up), mode=mode)

    def select(condlist: Any, choicelist: Any, default: Any = 0) -> Any:  # noqa: ANN401
        dtype = cupy.result_type(*choicelist, default)
        found = cupy.asarray(default, dtype=dtype)
        for condition, choice in reversed(list(zip(condlist, choicelist, strict=True))):
            found = cupy.where(cupy.asarray(condition), cupy.asarray(choice, dtype=dtype), found)
        return found

    def meshgrid(*xi: Any, **keywords: Any) -> Any:  # noqa: ANN401
        return cupy.meshgrid(*map(cupy.atleast_1d, xi), **keywords)

    return {"argwhere": argwhere, "choose": choose, "select": select, "meshgrid": meshgrid}


def _counting(cupy: Any) -> dict[str, Callable[..., Any]]:  # noqa: ANN401
    def histogram(
        a: Any, bins: Any = 10, range: Any = None, density: Any = None, weights: Any = None  # noqa: ANN401
    ) -> tuple[Any, Any]:  # fmt: skip
        array = cupy.asarray(a)
        ends = None if range is None else tuple(on_host(end) for end in range)
        if isinstance(bins, str):  # CuPy has none of the rules that choose a number of bins
            bins = cupy.asarray(np.histogram_bin_edges(cupy.asnumpy(array), bins, ends))
        elif getattr(bins, "ndim", 1) == 0:
            bins = int(bins)
        counts, edges = cupy.histogram(array, bins, ends, bool(density), weights)
        # CuPy counts weights in double precision.
        return counts if weights is None or density else counts.astype(weights.dtype), edges

    def digitize(x: Any, bins: Any, right: Any = False) -> Any:  # noqa: ANN401
        if not (bool(cupy.all(bins[1:] >= bins[:-1])) or bool(cupy.all(bins[1:] <= bins[:-1]))):
            raise ValueError(tr("bins must be monotonically increasing or decreasing"))  # CuPy doesn't look
        return cupy.digitize(cupy.asarray(x), bins, right)

    return {"histogram": histogram, "digitize": digitize}


def _rowwise(cupy: Any) -> dict[str, Callable[..., Any]]:  # noqa: ANN401
    def interp(x: Any, xp: Any, fp: Any, **options: Any) -> Any:  # noqa: ANN401
        # CuPy wants rows that lie in one piece, and rounds left and right to whole numbers where the heights are.
        heights = cupy.asarray(fp, dtype=np.complex128 if np.iscomplexobj(fp) else np.float64)
        rows = (cupy.asarray(row, order="C") for row in (x, xp, heights))
        return cupy.interp(*rows, **options)

    def logspace(start: Any, stop: Any, num: int = 50, base: Any = 10.0, **options: Any) -> Any:  # noqa: ANN401
        if not getattr(base, "ndim", 0):
            return cupy.logspace(start, stop, num, base=base, **options)
        start, stop, base = cupy.broadcast_arrays(cupy.asarray(start), cupy.asarray(stop), base)
        dtype, axis = options.pop("dtype", None), options.get("axis", 0)
        found = cupy.power(cupy.expand_dims(base, axis), cupy.linspace(start, stop, num, **options))
        return found if dtype is None else found.astype(dtype)

    def ediff1d(ary: Any, to_end: Any = None, to_begin: Any = None) -> Any:  # noqa: ANN401
        ends = (None if end is None else cupy.asarray(end) for end in (to_end, to_begin))
        return cupy.ediff1d(cupy.asarray(ary), *ends)

    def lexsort(keys: Any, axis: int = -1) -> Any:  # noqa: ANN401
        if keys.ndim > 2:  # nor does CuPy
            raise NotImplementedError(tr("lexsort takes keys of one axis on this device"))
        return cupy.lexsort(keys)

    return {"interp": interp, "logspace": logspace, "ediff1d": ediff1d, "lexsort": lexsort}
