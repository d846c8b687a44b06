"""Gradients of cells that are taken out by an index: numbers, slices, truths, arrays of places."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Final

from playground.language.gradients.matrices import product, transposed
from playground.language.gradients.operation import in_a_row, size_text
from playground.language.gradients.shaping import indexed, reshaped
from playground.language.gradients.text import Part, call, compared, linear, masked, part
from playground.record import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.gradients.operation import Operation, Rule
    from playground.language.signature import Shape


def _index(operation: Operation) -> Part:
    """Put the cells back in their places, zeros around them."""
    items = _expanded(operation)
    arrays = [item for item in items if isinstance(item, Part)]
    if operation.constants["mask"]:
        return _masked(operation, items)
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
    if not operation.dh.shape and any(map(any, widths)):
        sizes = str(shape[0]) if len(shape) == 1 else str(tuple(shape))
        return operation.dh * padded(call("ones", sizes, shape=tuple(shape)), widths, operation.x)
    return padded(indexed(operation.full, axes, tuple(shape)), widths, operation.x)


def padded(given: Part, widths: list[tuple[int, int]], like: Part) -> Part:
    """Write ``given`` with zeros around it."""
    if not any(map(any, widths)):
        return given
    text = str(widths[0]) if len(widths) == 1 else f"({', '.join(map(str, widths))})"
    return linear(given, lambda inside: call("pad", inside, text, shape=like.shape))


# -- truths ----------------------------------------------------------------------------------------------------


def _masked(operation: Operation, items: list[object]) -> Part:
    """Each cell finds its gradient by counting the true cells up to its own; false ones find a 0 before them all."""
    axis = _mask_axis(operation, items)
    mask = _arrays(items)[0]
    if not operation.dh.shape:
        return masked(operation.dh, _for_axis(mask, axis, operation.x))
    same = _whole(operation)
    if same is not None:
        chosen = _for_axis(mask, axis, operation.x)
        return linear(same, lambda inside: call("where", chosen, inside, "0", shape=operation.x.shape))
    counts = call("cumsum", mask, shape=mask.shape if mask.ndim == 1 else (None,))
    counts = reshaped(counts, operation.x if mask.shape == operation.x.shape else mask)
    dh = operation.full
    widths = [(int(place == axis), 0) for place in range(dh.ndim)]
    places = [":"] * axis + [(counts * mask).text]
    return indexed(padded(dh, widths, dh), places, operation.x.shape)


def _mask_axis(operation: Operation, items: list[object]) -> int:
    """Give the axis that a mask takes cells from; raises ``Mistake`` where there is anything else in the brackets."""
    arrays = _arrays(items)
    others = [item for item in items if not isinstance(item, Part) and item is not ... and item != slice(None)]
    place = items.index(arrays[0])
    axis = operation.x.ndim - arrays[0].ndim - (len(items) - 1 - place) if ... in items[:place] else place
    if len(arrays) != 1 or others or (axis and arrays[0].ndim != 1):
        raise operation.refused()
    return axis


def _for_axis(mask: Part, axis: int, x: Part) -> Part:
    """Write a mask of rows (or of another axis) so that it fits to the whole."""
    after = x.ndim - axis - mask.ndim
    return indexed(mask, ["...", *["None"] * after], (*mask.shape, *(1,) * after)) if after else mask


def _whole(operation: Operation) -> Part | None:
    """Where the gradient is made of nothing but the taken cells, make it of all of them."""
    dh = operation.dh
    cells = [factor for factor in dh.factors if factor.shape]
    if any(factor.shape for factor in dh.divisors) or any(factor.text != operation.out.text for factor in cells):
        return None
    rest = Part((), tuple(f for f in dh.factors if not f.shape), dh.coefficient, dh.divisors, dh.divisor)
    for _ in cells:
        rest = rest * operation.x
    return rest


# -- places ----------------------------------------------------------------------------------------------------


def _selected(operation: Operation, items: list[object]) -> Part:
    """Index arrays and steps: what was taken twice is added up.

    A product with rows of the identity says so best, but the identity has the square of the size of an axis: where
    that is more than the operand has cells, and more than a few, the gradient is added up by ``bincount``.
    """
    x = operation.x
    chosen = [axis for axis, item in enumerate(items) if item != slice(None)]
    arrays = _arrays(items)
    plain = x.ndim <= 2 and all(item.ndim == 1 for item in arrays) and None not in items
    each_row = len(items) == len(arrays) == 2 and _is_each_row(items[0], x)
    if not plain or not (len(chosen) == 1 or len(arrays) == 2):
        return _added_up(operation, items)
    if not all(is_small(x, axis, arrays[0].shape if arrays else ()) for axis in chosen[each_row:]):
        return _one_of_each_row(operation, arrays[1]) if each_row else _added_up(operation, items)
    dh = operation.full
    picks = [_pick(operation, items, axis) for axis in chosen]
    if len(chosen) == 1:
        return product(transposed(picks[0]), dh) if chosen == [0] else product(dh, picks[0])
    if each_row:
        return (indexed(dh, [":", "None"], (*dh.shape, 1)) if operation.dh.shape else operation.dh) * picks[1]
    return product(transposed(picks[0]), indexed(dh, [":", "None"], (*dh.shape, 1)) * picks[1])


def is_small(x: Part, axis: int, taken: Shape) -> bool:
    """Tell whether the identity of an axis, and its rows for the indices ``taken``, have few cells, or as x at most."""
    size = x.shape[axis]
    if size is None or None in x.shape:
        return True
    rows = prod(count or 0 for count in taken)
    return size * max(size, rows) <= max(_FEW, prod(x.shape))  # type: ignore[arg-type]


def _is_each_row(item: object, x: Part) -> bool:
    """Tell whether an index is ``arange`` over all rows: one cell is taken from each."""
    return isinstance(item, Part) and item.text in (f"arange({x.shape[0]})", f"arange({x.sizes[0].text})")


def _one_of_each_row(operation: Operation, columns: Part) -> Part:
    """Write where the column is the one that was taken; ``arange`` makes a place counted from the end its own."""
    x, dh = operation.x, operation.dh
    count = call("arange", x.sizes[1], shape=(x.shape[1],))
    taken = indexed(count, [columns.text, "None"], (*columns.shape, 1))
    mask = compared(indexed(indexed(count, [columns.text], columns.shape), [":", "None"], taken.shape), "==", count)
    return masked(indexed(dh, [":", "None"], (*dh.shape, 1)) if dh.shape else dh, mask)


def _arrays(items: list[object]) -> list[Part]:
    return [item for item in items if isinstance(item, Part)]


def _added_up(operation: Operation, items: list[object]) -> Part:
    """Any index: the same one of the numbers of all cells tells where each cell was taken."""
    return added_up(operation, indexed(cell_numbers(operation.x), list(map(_item_text, items)), operation.out.shape))


def cell_numbers(x: Part) -> Part:
    """Write the numbers of all cells, ``arange(x.size).reshape(x.shape)``."""
    size = None if None in x.shape else prod(x.shape)  # type: ignore[arg-type]
    return reshaped(call("arange", size_text(x, None), shape=(size,)), x)


def added_up(operation: Operation, places: Part) -> Part:
    """Add up the upstream gradient at the places among all cells that ``places`` tells."""
    x, dh = operation.x, operation.full
    if not places.shape:
        return masked(operation.dh, compared(cell_numbers(x), "==", places))

    def at_places(inside: Part) -> Part:
        sums = call("bincount", in_a_row(places), weights=in_a_row(inside).text, minlength=size_text(x, None).text,
                    shape=(None,))  # fmt: skip
        return replace(part(f"{sums.text}.reshape({_shape_text(x)})", x.shape), sizes=x.sizes, size=x.size)

    return linear(dh, at_places)


def _shape_text(x: Part) -> str:
    return f"{x.text}.shape" if x.is_name or None in x.shape else ", ".join(map(str, x.shape))


def _item_text(item: object) -> str:
    if isinstance(item, Part):
        return item.text
    return _slice_text(item) if isinstance(item, slice) else str(item)


def _pick(operation: Operation, items: list[object], axis: int) -> Part:
    """Write the rows of the identity that an index of ``axis`` takes."""
    item, size = items[axis], operation.x.shape[axis]
    rows = call("eye", operation.x.sizes[axis], shape=(size, size))
    taken = item.shape if isinstance(item, Part) else (len(range(size or 0)[item]),)  # type: ignore[call-overload]
    return indexed(rows, [_item_text(item)], (*taken, size))


def _slice_text(item: slice) -> str:
    bounds = (item.start, item.stop) if item.step is None else (item.start, item.stop, item.step)
    return ":".join("" if bound is None else str(bound) for bound in bounds)


def _take(operation: Operation) -> Part:
    axes = operation.axes()
    indices = operation.values["indices"][0]
    if not operation.x.ndim or (axes is None and operation.x.ndim != 1):
        raise operation.refused()
    items: list[object] = [slice(None)] * operation.x.ndim
    items[axes[0] if axes is not None else 0] = indices
    return _selected(operation, items)


def _along_axis(operation: Operation) -> Part | None:
    """The same cells taken from the numbers of all cells tell where each was."""
    if operation.wanted != "arr":
        return None
    x, indices, axes = operation.x, operation["indices"], operation.axes()
    axis = axes[0] if axes else 0
    fits = indices.ndim == x.ndim and all(a == axis or indices.shape[a] == x.shape[a] for a in range(x.ndim))
    if axes is None or not fits:
        raise operation.refused()
    written = axis if operation.constant("axis") != -1 else None
    places = call("take_along_axis", cell_numbers(x), indices, axis=written, shape=operation.out.shape)
    return added_up(operation, places)


_FEW: Final = 4096
"""Cells that an identity may have whatever the operand has."""

RULES: Final[Mapping[str, Rule]] = {"[]": _index, "take": _take, "take_along_axis": _along_axis}
"""By the name of the function; ``"[]"`` is the index."""
