"""Where CuPy answers differently from NumPy, and what evens it out.

CuPy wraps index arrays that are out of range and takes other arguments here and there. Everything here takes CuPy as an
argument, so that it can be checked with another array module where no GPU is.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.functions.operators import ARRAY, SHARED, array_of_items
from playground.compute.gpu.differences_linalg import fourier, linear_algebra
from playground.compute.gpu.differences_search import on_host, searching
from playground.compute.gpu.fusing import power_in_short
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

_FLOAT = np.dtype(np.float64)


def evened_out(cupy: Any) -> dict[str, Callable[..., Any]]:  # noqa: ANN401 - CuPy ships no types
    """Give the functions that replace CuPy's own, by their target."""

    def index(value: Any, *items: Any) -> Any:  # noqa: ANN401
        if not isinstance(value, tuple):
            _check_bounds(cupy, value.shape, items)
        return value[items[0]] if len(items) == 1 else value[items]

    def clip(a: Any, a_min: Any = None, a_max: Any = None, **limits: Any) -> Any:  # noqa: ANN401
        # CuPy wants both limits, and doesn't know NumPy's newer names for them.
        low, high = limits.get("min", a_min), limits.get("max", a_max)
        dtype = cupy.asarray(a).dtype
        if dtype.kind in "iu":  # whole numbers at or beyond the dtype's ends limit nothing, and don't fit into it
            low = None if type(low) is int and low <= np.iinfo(dtype).min else low
            high = None if type(high) is int and high >= np.iinfo(dtype).max else high
        if low is not None:
            a = cupy.maximum(a, low)
        return a if high is None else cupy.minimum(a, high)

    def count_nonzero(a: Any, axis: Any = None, *, keepdims: bool = False) -> Any:  # noqa: ANN401
        return cupy.sum(a != 0, axis=axis, keepdims=keepdims)

    return {
        "index": index,
        "clip": clip,
        "count_nonzero": count_nonzero,
        ARRAY: partial(array_of_items, cupy),
        **_powers(cupy),
        **_places(cupy),
        **_layout(cupy),
        **searching(cupy),
        **linear_algebra(cupy),
        **fourier(cupy),
    }


def _powers(cupy: Any) -> dict[str, Callable[..., Any]]:  # noqa: ANN401
    def call(name: str, *arguments: Any) -> Any:  # noqa: ANN401
        return getattr(cupy, name)(*arguments)

    def refuse_whole(base: Any, exponent: Any) -> None:  # noqa: ANN401
        # CuPy gives 0 or noise where NumPy refuses.
        whole = all(isinstance(item, int) or getattr(item, "dtype", _FLOAT).kind in "iu" for item in (base, exponent))
        if whole and bool(exponent < 0 if isinstance(exponent, int) else cupy.any(exponent < 0)):
            raise ValueError(tr("integers to negative integer powers are not allowed"))

    def power(base: Any, exponent: Any, **options: Any) -> Any:  # noqa: ANN401
        short = None if options else power_in_short(call, base, exponent, is_operator=False)
        if short is not None:
            return short
        refuse_whole(base, exponent)
        return cupy.power(base, exponent, **options)

    def raised(base: Any, exponent: Any) -> Any:  # noqa: ANN401
        # As NumPy's operator: truths squared are int8, and some exponents have a shorter and more exact way.
        if getattr(base, "dtype", _FLOAT) == np.bool_ and type(exponent) is int and exponent == 2:
            return base.astype(np.int8)
        short = power_in_short(call, base, exponent, is_operator=True)
        if short is not None:
            return short
        refuse_whole(base, exponent)
        return SHARED["op:**"](base, exponent)

    return {"op:**": raised, "power": power}


def _places(cupy: Any) -> dict[str, Callable[..., Any]]:  # noqa: ANN401
    def take(a: Any, indices: Any, axis: int | None = None, mode: str = "raise") -> Any:  # noqa: ANN401
        array, places = cupy.asarray(a), cupy.asarray(indices)
        size = array.size if axis is None else array.shape[axis]
        if mode == "raise":
            _check_range(cupy, places, size, axis or 0)
        elif mode == "clip":
            places = cupy.clip(places, 0, size - 1)
        return cupy.take(array, places % size if mode == "wrap" else places, axis=axis)

    def take_along_axis(arr: Any, indices: Any, axis: int | None = -1) -> Any:  # noqa: ANN401
        _check_range(cupy, indices, arr.size if axis is None else arr.shape[axis], axis or 0)
        return cupy.take_along_axis(arr, indices, axis)

    return {"take": take, "take_along_axis": take_along_axis}


def _layout(cupy: Any) -> dict[str, Callable[..., Any]]:  # noqa: ANN401
    def roll(a: Any, shift: Any, axis: Any = None) -> Any:  # noqa: ANN401
        # CuPy reads computed places of the device as if they were cells.
        return cupy.roll(a, on_host(shift), axis=axis)

    def repeat(a: Any, repeats: Any, axis: Any = None) -> Any:  # noqa: ANN401
        return cupy.repeat(a, on_host(repeats), axis=axis)

    def ravel_multi_index(multi_index: Any, dims: Any, mode: Any = "raise", order: Any = "C") -> Any:  # noqa: ANN401
        return cupy.ravel_multi_index(multi_index, dims, mode=mode, order=order)  # CuPy wraps round by default

    return {"roll": roll, "repeat": repeat, "ravel_multi_index": ravel_multi_index}


def _check_bounds(cupy: Any, shape: tuple[int, ...], items: tuple[Any, ...]) -> None:  # noqa: ANN401
    """Raise IndexError for index arrays out of range; integers and slices CuPy checks itself."""
    used = sum(_axes_of(item) for item in items)
    axis = 0
    for item in items:
        if item is Ellipsis:
            axis += len(shape) - used
            continue
        if isinstance(item, list | np.ndarray | cupy.ndarray):
            places = cupy.asarray(item)
            if places.dtype.kind in "iu":
                _check_range(cupy, places, shape[axis], axis)
        axis += _axes_of(item)


def _axes_of(item: Any) -> int:  # noqa: ANN401
    """How many axes of the array an item of an index uses up: a mask as many as it has, a new axis none."""
    if item is None or item is Ellipsis or isinstance(item, bool):
        return 0
    dtype = getattr(item, "dtype", None)
    return int(item.ndim) if dtype is not None and dtype.kind == "b" else 1


def _check_range(cupy: Any, places: Any, size: int, axis: int) -> None:  # noqa: ANN401
    if places.size == 0:
        return
    low, high = int(cupy.min(places)), int(cupy.max(places))
    if low < -size or high >= size:
        raise IndexError(
            tr(
                "index {index} is out of bounds for axis {axis} with size {size}",
                index=high if high >= size else low,
                axis=axis,
                size=size,
            )
        )
