"""Gradients of what joins arrays, takes them apart, or takes cells out by an index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.gradients.operation import Operation, Rule, indexed
from playground.language.gradients.text import Part, call, linear, masked, part, product, transposed

if TYPE_CHECKING:
    from collections.abc import Mapping


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


# -- index -----------------------------------------------------------------------------------------------------


def _index(operation: Operation) -> Part:
    """Put the cells back in their places, zeros around them."""
    items = _expanded(operation)
    arrays = [item for item in items if isinstance(item, Part)]
    if len(arrays) == 1 and arrays[0].shape == operation.x.shape and operation.constants["mask"]:
        return _masked(operation, arrays[0])
    steps = [item for item in items if isinstance(item, slice) and item.step not in (None, 1, -1)]
    if arrays or steps:
        return _selected(operation, items)
    return _scattered(operation, items)


def _expanded(operation: Operation) -> list[object]:
    """Give an item for each axis: ``...`` and what was left out as whole slices."""
    given = operation.constants["items"]
    assert isinstance(given, tuple)
    items: list[object] = list(given)
    taken = sum(item is not None and item is not ... for item in items)
    whole = [slice(None)] * (operation.x.ndim - taken)
    if operation.constants["mask"]:
        return items
    place = next((place for place, item in enumerate(items) if item is ...), None)
    return [*items, *whole] if place is None else [*items[:place], *whole, *items[place + 1 :]]


def _scattered(operation: Operation, items: list[object]) -> Part:
    """Integers, slices and new axes: the axes come back, and ``pad`` adds the zeros."""
    axes: list[str] = []
    widths: list[tuple[int, int]] = []
    shape: list[int] = []
    for item in items:
        if item is None:
            axes.append("0")
            continue
        size = operation.sizes()[len(widths)] or 0
        places = range(size)[item] if isinstance(item, slice) else [item % size]  # type: ignore[operator]
        axes.append("None" if isinstance(item, int) else "::-1" if isinstance(item, slice) and item.step == -1 else ":")
        low, high = (min(places), max(places) + 1) if len(places) else (0, 0)
        widths.append((low, size - high))
        shape.append(len(places))
    if not operation.out.shape:
        one = part(f"{'[' * len(widths)}1.0{']' * len(widths)}", (1,) * len(widths))
        return operation.dh * padded(one, widths, operation.x)
    return padded(indexed(operation.full, axes, tuple(shape)), widths, operation.x)


def padded(given: Part, widths: list[tuple[int, int]], like: Part) -> Part:
    """Write ``given`` with zeros around it."""
    if not any(map(any, widths)):
        return given
    text = str(widths[0]) if len(widths) == 1 else f"({', '.join(map(str, widths))})"
    return linear(given, lambda inside: call("pad", inside, text, shape=like.shape))


def _masked(operation: Operation, mask: Part) -> Part:
    if operation.dh.shape:
        raise operation.refused()
    return masked(operation.dh, mask)


def _selected(operation: Operation, items: list[object]) -> Part:
    """Index arrays and steps: a product with rows of the identity, which adds up what was taken twice."""
    x = operation.x
    chosen = [axis for axis, item in enumerate(items) if item != slice(None)]
    if any(item is None for item in items) or x.ndim > 2 or any(len(_shape(item)) != 1 for item in _arrays(items)):
        raise operation.refused()
    dh = operation.full
    picks = [_pick(operation, items, axis) for axis in chosen]
    if len(chosen) == 1:
        return product(transposed(picks[0]), dh) if chosen == [0] else product(dh, picks[0])
    if len(_arrays(items)) != 2:
        raise operation.refused()
    if _is_each_row(items[0], x):
        return (indexed(dh, [":", "None"], (*dh.shape, 1)) if operation.dh.shape else operation.dh) * picks[1]
    return product(transposed(picks[0]), indexed(dh, [":", "None"], (*dh.shape, 1)) * picks[1])


def _is_each_row(item: object, x: Part) -> bool:
    """Tell whether an index is ``arange`` over all rows: one cell is taken from each."""
    return isinstance(item, Part) and item.text in (f"arange({x.shape[0]})", f"arange({x.sizes[0].text})")


def _arrays(items: list[object]) -> list[Part]:
    return [item for item in items if isinstance(item, Part)]


def _shape(item: Part) -> tuple[int | None, ...]:
    return item.shape


def _pick(operation: Operation, items: list[object], axis: int) -> Part:
    """Write the rows of the identity that an index of ``axis`` takes."""
    item, size = items[axis], operation.x.shape[axis]
    rows = call("eye", operation.x.sizes[axis], shape=(size, size))
    if isinstance(item, Part):
        return indexed(rows, [item.text], (item.shape[0], size))
    assert isinstance(item, slice)
    return indexed(rows, [_slice_text(item)], (len(range(size or 0)[item]), size))


def _slice_text(item: slice) -> str:
    return ":".join("" if bound is None else str(bound) for bound in (item.start, item.stop, item.step))


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


def _take(operation: Operation) -> Part:
    axes = operation.axes()
    indices = operation.values["indices"][0]
    if not operation.x.ndim or (axes is None and operation.x.ndim != 1):
        raise operation.refused()
    items: list[object] = [slice(None)] * operation.x.ndim
    items[axes[0] if axes is not None else 0] = indices
    return _selected(operation, items)


RULES: Final[Mapping[str, Rule]] = {
    "[]": _index,
    "take": _take,
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
"""By the name of the function; ``"[]"`` is the index, ``"list"`` a list of arrays in the place of an array."""
