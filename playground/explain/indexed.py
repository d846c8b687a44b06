"""What an index ties together: numbers, slices, ``...``, ``None`` and one list of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.explain.carrying import MOST_BOXES, Axis, Tie, UnsayableError
from playground.language.nodes import Index, Literal, Node, Sequence, Slice
from playground.record import replace

if TYPE_CHECKING:
    from playground.explain.ties import Formula


def indexed(node: Index, formula: Formula) -> tuple[Tie, ...]:
    """How ``value[items]`` hangs on ``value``. Raises `UnsayableError` where numbers decide on the places."""
    shape = formula.shape(node.value)
    items = _written_out(node.items, len(shape))
    lists = [k for k, item in enumerate(items) if isinstance(item, Sequence)]
    if len(lists) > 1 or (lists and any(not isinstance(item, Slice | Sequence) for item in items)):
        raise UnsayableError  # where the axis of such places goes is a rule of its own
    below: list[Axis] = []
    above: list[Axis] = []
    sizes: list[int] = []
    for item in items:
        if _is(item, None):
            above.append(Axis(None))
            continue
        size = shape[len(below)]
        if isinstance(item, Slice):
            places = _sliced(item, size, formula)
            variable = len(sizes)
            sizes.append(len(places))
            below.append(Axis(variable, places.start, places.step))
            above.append(Axis(variable))
        elif isinstance(item, Sequence):
            below.append(Axis(None))
            above.append(Axis(None))
        else:
            below.append(Axis(None, _place(item, size, formula)))
    whole = Tie(node.value, tuple(sizes), tuple(below), tuple(above))
    if not lists:
        return (whole,)
    return _listed(whole, items[lists[0]], lists[0], shape, formula)


def _listed(whole: Tie, item: Node, axis: int, shape: tuple[int, ...], formula: Formula) -> tuple[Tie, ...]:
    """One tie for each place of a list."""
    assert isinstance(item, Sequence)
    if len(item.items) > MOST_BOXES:
        raise UnsayableError
    found = []
    for k, place in enumerate(item.items):
        at = _place(place, shape[axis], formula)
        below = (*whole.below[:axis], Axis(None, at), *whole.below[axis + 1 :])
        above = (*whole.above[:axis], Axis(None, k), *whole.above[axis + 1 :])
        found.append(replace(whole, below=below, above=above))
    return tuple(found)


def _written_out(items: tuple[Node, ...], count: int) -> list[Node]:
    """The items with a slice for every axis that isn't named. Truths among them are masks, which are unsayable."""
    if any(isinstance(item, Literal) and isinstance(item.value, bool) for item in items):
        raise UnsayableError
    named = sum(1 for item in items if not _is(item, None) and not _is(item, ...))
    unwritten: list[Node] = [Slice(items[0].span, None, None, None) for _ in range(count - named)]
    dots = next((k for k, item in enumerate(items) if _is(item, ...)), len(items))
    return [*items[:dots], *unwritten, *items[dots + 1 :]]


def _is(item: Node, value: object) -> bool:
    return isinstance(item, Literal) and item.value is value


def _sliced(item: Slice, size: int, formula: Formula) -> range:
    start, stop, step = (_bound(part, formula) for part in (item.start, item.stop, item.step))
    return range(size)[start:stop:step]


def _bound(part: Node | None, formula: Formula) -> int | None:
    value = None if part is None else formula.constant_of(part)
    if value is not None and not isinstance(value, int):
        raise UnsayableError
    return value


def _place(item: Node, size: int, formula: Formula) -> int:
    place = formula.constant_of(item)
    if isinstance(place, bool) or not isinstance(place, int) or not -size <= place < size:
        raise UnsayableError
    return place % size
