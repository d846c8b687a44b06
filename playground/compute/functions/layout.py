"""Putting arrays together where CuPy can't: blocks, values in between; and reading bytes as another dtype."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable


def _block(xp: Any, arrays: Any) -> Any:  # noqa: ANN401
    depth = _depth(arrays)
    return _assembled(xp, arrays, depth, max(depth, _most_axes(arrays)))


def _depth(arrays: Any) -> int:  # noqa: ANN401
    return _depth(arrays[0]) + 1 if isinstance(arrays, list) else 0


def _most_axes(arrays: Any) -> int:  # noqa: ANN401
    return max(map(_most_axes, arrays)) if isinstance(arrays, list) else int(getattr(arrays, "ndim", 0))


def _assembled(xp: Any, arrays: Any, depth: int, ndim: int) -> Any:  # noqa: ANN401
    if not isinstance(arrays, list):
        array = xp.asarray(arrays)
        return xp.reshape(array, (1,) * (ndim - array.ndim) + array.shape)
    return xp.concat([_assembled(xp, part, depth - 1, ndim) for part in arrays], axis=ndim - depth)


def _insert(xp: Any, arr: Any, obj: Any, values: Any, axis: int | None = None) -> Any:  # noqa: ANN401
    """Join the values behind the array and take all cells in their new order, which NumPy finds for their numbers."""
    arr = xp.asarray(arr)
    if axis is None:
        arr, axis = xp.reshape(arr, (-1,)), 0
    axis %= arr.ndim
    places = np.asarray(obj.tolist() if hasattr(obj, "tolist") else obj)
    places = places if places.size else places.astype(np.intp)
    values = xp.astype(xp.asarray(values), arr.dtype)
    values = xp.reshape(values, (1,) * (arr.ndim - values.ndim) + values.shape)
    size = arr.shape[axis]
    count = int(np.sum(places)) if places.dtype.kind == "b" and places.ndim else places.size
    if count == 1:
        # A place by itself stands for all values there are; they are lined up along the first axis.
        values = values if places.ndim else xp.moveaxis(values, 0, axis)
        count = values.shape[axis]
    order = np.insert(np.arange(size), places, np.arange(size, size + count))
    room = (*arr.shape[:axis], count, *arr.shape[axis + 1 :])
    values = xp.broadcast_to(xp.reshape(values, values.shape[values.ndim - arr.ndim :]), room)
    return xp.take(xp.concat([arr, values], axis=axis), xp.asarray(order), axis=axis)


def _view(xp: Any, a: Any, dtype: Any) -> Any:  # noqa: ANN401
    """Read the bytes as another dtype, those of each row in their order however the rows lie in memory."""
    a = xp.asarray(a)
    dtype = np.dtype(dtype)
    if a.dtype.itemsize != dtype.itemsize and not a.flags.c_contiguous:
        a = a.copy(order="C")
    return a.view(dtype)


FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {"block": _block, "insert": _insert, "view": _view}
"""By the name behind ``own:``; the first parameter is the array module."""
