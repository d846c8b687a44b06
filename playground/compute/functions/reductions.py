"""Reductions that pass over cells (``where=``) and start from a value (``initial=``), which CuPy's can't."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable


def _started(
    name: str, xp: Any, a: Any, axis: Any = None, *, initial: Any = None, where: Any = True, **options: Any  # noqa: ANN401
) -> Any:  # noqa: ANN401  # fmt: skip
    """Reduce with what changes nothing in the place of cells that aren't chosen."""
    function, combine = getattr(xp, name), getattr(xp, _COMBINED[name])
    if where is not True:
        neutral = initial if _NEUTRAL[name] is None else _NEUTRAL[name]
        a = xp.where(xp.astype(xp.asarray(where), bool), a, _as(xp, neutral, xp.asarray(a).dtype))
    if initial is None:
        return function(a, axis=axis, **options)
    if _NEUTRAL[name] is None:  # of no cells there is none, but the initial value
        a = xp.asarray(a)
        room = xp.sum(a, axis=axis, **options) if a.size == 0 else function(a, axis=axis, **options)
        start = _as(xp, initial, a.dtype)
        return xp.zeros(room.shape, a.dtype) + start if a.size == 0 else combine(room, start)
    found = function(a, axis=axis, **options)
    return combine(found, _as(xp, initial, found.dtype))


_NEUTRAL: Final[dict[str, int | None]] = {"sum": 0, "prod": 1, "min": None, "max": None}
_COMBINED: Final = {"sum": "add", "prod": "multiply", "min": "minimum", "max": "maximum"}


def _as(xp: Any, value: Any, dtype: Any) -> Any:  # noqa: ANN401
    return xp.astype(xp.asarray(value), dtype)


def _asked(name: str, xp: Any, a: Any, axis: Any = None, *, where: Any = True, **options: Any) -> Any:  # noqa: ANN401
    if where is not True:
        a = xp.where(xp.astype(xp.asarray(where), bool), xp.asarray(a) != 0, name == "all")
    return getattr(xp, name)(a, axis=axis, **options)


def _mean(xp: Any, a: Any, axis: Any = None, *, where: Any = True, dtype: Any = None, keepdims: Any = False) -> Any:  # noqa: ANN401
    if where is True:
        return xp.mean(a, axis=axis, dtype=dtype, keepdims=keepdims)
    a, mask = xp.asarray(a), xp.astype(xp.asarray(where), bool)
    result, wide = _dtypes(xp, a.dtype if dtype is None else xp.dtype(dtype))
    total = xp.sum(xp.where(mask, a, _as(xp, 0, a.dtype)), axis=axis, dtype=wide, keepdims=keepdims)
    return xp.astype(total / _count(xp, mask, a, axis, keepdims, wide), result)


def _dtypes(xp: Any, dtype: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Dtype of a mean, and the one it is summed in: float16 has too few digits for that."""
    result = dtype if dtype.kind in "fc" else xp.dtype(xp.float64)
    return result, xp.dtype(xp.float32) if result.itemsize == _HALF else result


_HALF: Final = 2


def _count(xp: Any, mask: Any, a: Any, axis: Any, keepdims: Any, dtype: Any) -> Any:  # noqa: ANN401
    """How many cells are chosen, in a dtype that divides ``dtype`` without widening it."""
    count = xp.sum(xp.broadcast_to(mask, a.shape), axis=axis, keepdims=keepdims)
    return _as(xp, count, _real(xp, dtype))


def _real(xp: Any, dtype: Any) -> Any:  # noqa: ANN401
    return xp.zeros((), dtype).real.dtype


def _var(
    xp: Any, a: Any, axis: Any = None, *, where: Any = True, dtype: Any = None, ddof: Any = 0, keepdims: Any = False  # noqa: ANN401
) -> Any:  # noqa: ANN401  # fmt: skip
    if where is True:
        return xp.var(a, axis=axis, dtype=dtype, ddof=ddof, keepdims=keepdims)
    a, mask = xp.asarray(a), xp.astype(xp.asarray(where), bool)
    result, wide = _dtypes(xp, a.dtype if dtype is None else xp.dtype(dtype))
    away = xp.astype(a, wide) - _mean(xp, a, axis, where=where, dtype=wide, keepdims=True)
    squares = xp.where(mask, (away * xp.conj(away)).real, _as(xp, 0, _real(xp, wide)))
    freedom = xp.maximum(_count(xp, mask, a, axis, keepdims, wide) - ddof, 0)
    return xp.astype(xp.sum(squares, axis=axis, keepdims=keepdims) / freedom, _real(xp, result))


def _varied(xp: Any, *arguments: Any, correction: Any = None, **options: Any) -> Any:  # noqa: ANN401
    if correction is not None:
        options["ddof"] = correction
    return _var(xp, *arguments, **options)


def _std(xp: Any, a: Any, axis: Any = None, *, where: Any = True, correction: Any = None, **options: Any) -> Any:  # noqa: ANN401
    if correction is not None:
        options["ddof"] = correction
    if where is True:
        return xp.std(a, axis=axis, **options)
    return xp.sqrt(_var(xp, a, axis, where=where, **options))


def _cumulative(
    name: str, xp: Any, x: Any, *, axis: Any = None, dtype: Any = None, include_initial: Any = False  # noqa: ANN401
) -> Any:  # noqa: ANN401  # fmt: skip
    x, axis = xp.atleast_1d(xp.asarray(x)), axis or 0
    found = getattr(xp, name)(x, axis=axis, dtype=dtype)
    if not include_initial:
        return found
    before = (*x.shape[: axis % x.ndim], 1, *x.shape[axis % x.ndim + 1 :])
    return xp.concatenate([xp.full(before, name == "cumprod", dtype=found.dtype), found], axis=axis)


FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    **{name: partial(_started, name) for name in _NEUTRAL},
    **{name: partial(_asked, name) for name in ("any", "all")},
    "cumulative_sum": partial(_cumulative, "cumsum"),
    "cumulative_prod": partial(_cumulative, "cumprod"),
    "mean": _mean,
    "var": _varied,
    "std": _std,
}
"""By the name behind ``own:``; the first parameter is the array module."""
