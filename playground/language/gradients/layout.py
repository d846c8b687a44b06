"""Gradients of what moves cells without changing them: other shapes, other orders, arrays joined and taken apart."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Final

from playground.language.gradients.matrices import transposed
from playground.language.gradients.operation import Operation, Rule, axis_text, flat, summed_back, total
from playground.language.gradients.shaping import indexed, reshaped, reshaped_to
from playground.language.gradients.text import Part, call, linear

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playground.language.signature import Shape


_TURNING: Final = frozenset({"T", "mT", "H", "matrix_transpose", "linalg.matrix_transpose"})


def _moved(change: Callable[[Operation, Part], Part]) -> Rule:
    """Rule of what only moves cells.

    A gradient that is the same everywhere stays as it is; one that is the moved cells is those before they moved.
    """

    def rule(operation: Operation) -> Part:
        if not operation.dh.shape:
            return operation.dh
        if operation.name in _TURNING and operation.x.ndim == 2 and operation.dh.ndim == 1:
            return indexed(operation.dh, [":", "None"], (*operation.dh.shape, 1))  # each row the same: each column
        out = operation.out.text
        return linear(operation.full, lambda inside: operation.x if inside.text == out else change(operation, inside))

    return rule


def _back(operation: Operation, dh: Part) -> Part:
    return reshaped(dh, operation.x)


def _same_again(operation: Operation, dh: Part) -> Part:
    """What is done twice gives what was there."""
    axis = operation.axis if operation.name == "flip" else None
    return call(operation.name, dh, axis=axis, shape=operation.x.shape)


def _transpose(operation: Operation, dh: Part) -> Part:
    if dh.ndim < 2:
        return dh
    axes = operation.axes("axes") if operation.name == "transpose" else None
    if axes is None or axes == tuple(reversed(range(dh.ndim))):
        return transposed(dh) if dh.ndim == 2 else call("transpose", dh, shape=operation.x.shape)
    order = tuple(sorted(range(len(axes)), key=axes.__getitem__))
    return call("transpose", dh, str(order), shape=operation.x.shape)


def _matrix_transpose(operation: Operation, dh: Part) -> Part:
    return transposed(dh)


def _swapaxes(operation: Operation, dh: Part) -> Part:
    axes = [operation.integer(name) % dh.ndim for name in ("axis1", "axis2")]
    if sorted(axes) == [dh.ndim - 2, dh.ndim - 1]:
        return transposed(dh)
    return call("swapaxes", dh, *map(str, axes), shape=operation.x.shape)


def _moveaxis(operation: Operation, dh: Part) -> Part:
    source, destination = operation.constant("source"), operation.constant("destination")
    return call("moveaxis", dh, str(destination), str(source), shape=operation.x.shape)


def _rot90(operation: Operation, dh: Part) -> Part:
    axes = operation.constant("axes")
    back = str(-operation.integer("k"))
    return call("rot90", dh, back, axes=axes if axes != (0, 1) else None, shape=operation.x.shape)


def _roll(operation: Operation, dh: Part) -> Part:
    shift = operation.constant("shift")
    back = tuple(-step for step in shift) if isinstance(shift, tuple) else -shift  # type: ignore[operator]
    return call("roll", dh, str(back), axis=operation.constant("axis"), shape=operation.x.shape)


def _tile(operation: Operation) -> Part:
    """Lay the copies along axes of their own, and add them up."""
    given, shape = operation.constant("reps"), operation.sizes()
    reps = given if isinstance(given, tuple) else (given,)
    ndim = max(len(reps), len(shape))
    reps, shape = (1,) * (ndim - len(reps)) + reps, (1,) * (ndim - len(shape)) + shape
    apart: list[int | None] = []
    copies = []
    for count, size in zip(reps, shape, strict=True):
        if count != 1:
            copies.append(len(apart))
            apart.append(count)
        apart.append(size)
    return _added_up(operation, tuple(apart), copies)


def _repeat(operation: Operation) -> Part:
    repeats, axes, shape = operation.constant("repeats"), operation.axes(), operation.sizes()
    if not isinstance(repeats, int) or not shape:
        raise operation.refused()
    if axes is None:
        return _added_up(operation, (prod(size or 0 for size in shape), repeats), [1])
    axis = axes[0]
    return _added_up(operation, (*shape[: axis + 1], repeats, *shape[axis + 1 :]), [axis + 1])


def _added_up(operation: Operation, shape: Shape, axes: list[int]) -> Part:
    kept = tuple(size for axis, size in enumerate(shape) if axis not in axes)
    apart = reshaped_to(operation.full, shape)
    return reshaped(total(apart, axis_text(axes), kept) if axes else apart, operation.x)


def _pad(operation: Operation) -> Part:
    if operation.constant("mode") != "constant":
        raise operation.refused()
    if not operation.dh.shape:
        return operation.dh
    given, ndim = operation.constant("pad_width"), operation.x.ndim
    pairs = given if isinstance(given, tuple) else (given,)
    if all(isinstance(width, int) for width in pairs):
        pairs = ((pairs[0], pairs[-1]),)
    pairs = pairs * ndim if len(pairs) == 1 else pairs
    items = [f"{before or ''}:{-after or ''}" for before, after in ((pair[0], pair[-1]) for pair in pairs)]
    return indexed(operation.full, items, operation.x.shape)


def _broadcast(operation: Operation) -> Part:
    return summed_back(operation.dh, operation.out, operation.x.shape)


def _filled(operation: Operation) -> Part | None:
    return _broadcast(operation) if operation.wanted == "fill_value" else None


RULES: Final[Mapping[str, Rule]] = {
    "T": _moved(_transpose),
    "mT": _moved(_matrix_transpose),
    "H": _moved(_matrix_transpose),  # of real numbers
    "transpose": _moved(_transpose),
    "matrix_transpose": _moved(_matrix_transpose),
    "linalg.matrix_transpose": _moved(_matrix_transpose),
    "swapaxes": _moved(_swapaxes),
    "moveaxis": _moved(_moveaxis),
    "flip": _moved(_same_again),
    "fliplr": _moved(_same_again),
    "flipud": _moved(_same_again),
    "rot90": _moved(_rot90),
    "roll": _moved(_roll),
    "broadcast_to": _broadcast,
    "full": _broadcast,
    "full_like": _filled,
    "tile": _tile,
    "repeat": _repeat,
    "pad": _pad,
    **dict.fromkeys(
        ("reshape", "ravel", "expand_dims", "squeeze", "atleast_1d", "atleast_2d", "atleast_3d"), _moved(_back)
    ),
    **dict.fromkeys(
        ("shape", "ndim", "size", "zeros_like", "ones_like"),
        flat,
    ),
}  # fmt: skip
"""By the name of the function or attribute."""
