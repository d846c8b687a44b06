"""``reduce``, ``accumulate`` and ``outer`` of universal functions for array modules whose functions have none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from playground.compute.functions.reductions import FUNCTIONS as REDUCTIONS
from playground.language.table import ufunc_methods
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

_WHOLE: Final = {"add": "sum", "multiply": "prod", "maximum": "max", "minimum": "min"}
_RUNNING: Final = {"add": "cumsum", "multiply": "cumprod"}


def _reduce(
    name: str, xp: Any, array: Any, axis: Any = 0, *, dtype: Any = None, keepdims: Any = False, **options: Any  # noqa: ANN401
) -> Any:  # noqa: ANN401  # fmt: skip
    array = xp.asarray(array)
    axis = axis if array.ndim else None
    if name in _WHOLE:
        array = array if dtype is None or name in _RUNNING else xp.astype(array, dtype)
        typed = {"dtype": dtype} if name in _RUNNING else {}
        return REDUCTIONS[_WHOLE[name]](xp, array, axis, keepdims=keepdims, **typed, **options)
    if options.get("initial") is not None or options.get("where", True) is not True:
        raise NotImplementedError(tr("{name}.reduce takes all cells on this device", name=name))
    axes = range(array.ndim) if axis is None else sorted(a % array.ndim for a in _several(axis))
    for place in axes:
        array = _last(name, xp, array, place, dtype)
    return array if keepdims else xp.squeeze(array, axis=tuple(axes))


def _several(axis: Any) -> tuple[int, ...]:  # noqa: ANN401
    return axis if isinstance(axis, tuple) else (axis,)


def _last(name: str, xp: Any, array: Any, axis: int, dtype: Any) -> Any:  # noqa: ANN401
    """Give the last of the running results along ``axis``; of no cells it is the function's identity."""
    if array.shape[axis]:
        return _part(_accumulate(name, xp, array, axis, dtype=dtype), axis, slice(-1, None))
    found = getattr(xp, name)(_one(xp, array), _one(xp, array))
    shape = (*array.shape[:axis], 1, *array.shape[axis + 1 :])
    return xp.full(shape, _IDENTITIES[name], dtype=found.dtype if dtype is None else dtype)


_IDENTITIES: Final = {
    "logical_and": True, "logical_or": False, "logical_xor": False, "bitwise_and": -1, "bitwise_or": 0,
    "bitwise_xor": 0, "logaddexp": float("-inf"), "hypot": 0, "gcd": 0,
}  # fmt: skip
"""What each gives of no cells."""


def _one(xp: Any, array: Any) -> Any:  # noqa: ANN401
    return xp.ones((1,), dtype=array.dtype)


def _accumulate(name: str, xp: Any, array: Any, axis: Any = 0, *, dtype: Any = None) -> Any:  # noqa: ANN401
    """Combine what lies 1, 2, 4, ... places apart: after log2(n) rounds each cell holds all cells before it.

    W. Hillis and G. Steele, "Data parallel algorithms", Communications of the ACM 29 (1986).
    """
    array, axis = xp.asarray(array), _several(axis)[0]
    if name in _RUNNING:
        return getattr(xp, _RUNNING[name])(array, axis=axis, dtype=dtype)
    combine = getattr(xp, name)
    found = xp.astype(array, combine(_one(xp, array), _one(xp, array)).dtype if dtype is None else dtype)
    distance = 1
    while distance < found.shape[axis]:
        later = combine(_part(found, axis, slice(distance, None)), _part(found, axis, slice(None, -distance)))
        found = xp.concatenate([_part(found, axis, slice(None, distance)), later], axis=axis)
        distance *= 2
    return found


def _part(array: Any, axis: int, part: slice) -> Any:  # noqa: ANN401
    return array[(slice(None),) * (axis % array.ndim) + (part,)]


def _outer(name: str, xp: Any, a: Any, b: Any, *, dtype: Any = None) -> Any:  # noqa: ANN401
    a, b = xp.asarray(a), xp.asarray(b)
    options = {} if dtype is None else {"dtype": dtype}
    return getattr(xp, name)(xp.reshape(a, a.shape + (1,) * b.ndim), b, **options)


_METHODS: Final[dict[str, Callable[..., Any]]] = {"reduce": _reduce, "accumulate": _accumulate, "outer": _outer}

FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    row.name: partial(_METHODS[row.name.partition(".")[2]], row.name.partition(".")[0]) for row in ufunc_methods.ROWS
}
"""By the name behind ``own:``; the first parameter is the array module."""
