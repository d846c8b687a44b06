"""Gradients of what joins arrays and what takes them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.gradients.indexing import padded
from playground.language.gradients.shaping import indexed
from playground.language.gradients.text import Part, part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.gradients.operation import Operation, Rule


# -- join ------------------------------------------------------------------------------------------------------


def _slice_of(operation: Operation, sizes: tuple[int | None, ...], axis: int, place: int) -> Part:
    """Write the slice of ``dh`` that one of several arrays joined along ``axis`` has."""
    if not operation.dh.shape:
        return operation.dh
    if None in sizes:
        raise operation.refused()
    start = sum(size or 0 for size in sizes[:place])
    stop = "" if place == len(sizes) - 1 else str(start + (sizes[place] or 0))
    items = [":"] * axis + [f"{start or ''}:{stop}"]
    return indexed(operation.full, items, operation.x.shape)


def _one_of(operation: Operation, axis: int) -> Part:
    """Write the part of ``dh`` that one of several stacked arrays has."""
    if not operation.dh.shape:
        return operation.dh
    return indexed(operation.full, [":"] * axis + [str(operation.place)], operation.x.shape)


def _parts(operation: Operation) -> tuple[Part, ...]:
    """Give the joined arrays; raises ``Mistake`` where they are the rows of one array."""
    if operation.place < 0:
        raise operation.refused()
    return operation.values[operation.wanted]


def _concatenate(operation: Operation) -> Part:
    parts, axes = _parts(operation), operation.axes()
    if axes is None:
        raise operation.refused()
    return _slice_of(operation, tuple(part.shape[axes[0]] for part in parts), axes[0], operation.place)


def _stack(operation: Operation) -> Part:
    _parts(operation)
    axes = operation.axes(ndim=operation.out.ndim)
    assert axes is not None
    return _one_of(operation, axes[0])


def _along(axis_of_vectors: int, axis: int, *, new: bool) -> Rule:
    """Rule of ``vstack``, ``hstack`` and ``column_stack``: how vectors are joined, and along which axis the rest is.

    ``new`` tells that vectors get an axis of their own.
    """

    def rule(operation: Operation) -> Part:
        parts = _parts(operation)
        if all(part.ndim == 1 for part in parts):
            sizes = tuple(part.shape[0] for part in parts)
            return _one_of(operation, axis_of_vectors) if new else _slice_of(operation, sizes, 0, operation.place)
        if any(part.ndim < 2 for part in parts):
            raise operation.refused()
        return _slice_of(operation, tuple(part.shape[axis] for part in parts), axis, operation.place)

    return rule


def _dstack(operation: Operation) -> Part:
    parts = _parts(operation)
    ndims = {part.ndim for part in parts}
    if ndims == {2}:
        return _one_of(operation, 2)
    if ndims != {3}:
        raise operation.refused()
    return _slice_of(operation, tuple(part.shape[2] for part in parts), 2, operation.place)


def _list(operation: Operation) -> Part:
    """``[a, b]`` in the place of an array."""
    return _one_of(operation, 0)


# -- take apart ------------------------------------------------------------------------------------------------


def _split(axis: int | None) -> Rule:
    def rule(operation: Operation) -> Part:
        shapes = operation.constants["shapes"]
        assert isinstance(shapes, tuple)
        axes = operation.axes() if axis is None else (0 if operation.x.ndim == 1 else axis,)
        assert axes is not None
        along = axes[0]
        sizes = [shape[along] for shape in shapes]
        if sum(sizes) != operation.x.shape[along]:
            raise operation.refused()
        start = sum(sizes[: operation.result])
        widths = [(0, 0)] * operation.x.ndim
        widths[along] = (start, sum(sizes) - start - sizes[operation.result])
        return padded(operation.full, widths, operation.x)

    return rule


def _unstack(operation: Operation) -> Part:
    axes = operation.axes()
    assert axes is not None
    size = operation.x.shape[axes[0]] or 0
    widths = [(0, 0)] * operation.x.ndim
    widths[axes[0]] = (operation.result, size - 1 - operation.result)
    shape = tuple(1 if axis == axes[0] else size for axis, size in enumerate(operation.x.shape))
    if not operation.out.shape:
        return operation.dh * padded(part("[1.0]", (1,)), widths, operation.x)
    return padded(indexed(operation.full, [":"] * axes[0] + ["None"] + [":"], shape), widths, operation.x)


def _append(operation: Operation) -> Part:
    axes = operation.axes()
    parts = tuple(operation[name] for name in ("arr", "values"))
    if axes is None and any(part.ndim != 1 for part in parts):
        raise operation.refused()
    axis = axes[0] if axes is not None else 0
    return _slice_of(operation, tuple(part.shape[axis] for part in parts), axis, int(operation.wanted == "values"))


RULES: Final[Mapping[str, Rule]] = {
    "list": _list,
    "concatenate": _concatenate,
    "append": _append,
    "stack": _stack,
    "vstack": _along(0, 0, new=True),
    "hstack": _along(0, 1, new=False),
    "column_stack": _along(1, 1, new=True),
    "dstack": _dstack,
    "split": _split(None),
    "array_split": _split(None),
    "hsplit": _split(1),
    "vsplit": _split(0),
    "dsplit": _split(2),
    "unstack": _unstack,
}
"""By the name of the function; ``"list"`` is a list of arrays in the place of an array."""
