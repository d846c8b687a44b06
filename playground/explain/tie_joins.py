"""Functions that set arrays side by side, and lists of arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.explain.carrying import Axis, Tie, UnsayableError
from playground.explain.tie_folds import axes_of
from playground.explain.ties import Bound, first_name, layer, plain, ties_of
from playground.language.nodes import Sequence

if TYPE_CHECKING:
    from playground.explain.ties import Formula
    from playground.language.nodes import Call, Node


def concatenate(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """One after the other along an axis that they have."""
    items, axis = _items(call, formula, 0)
    return _joined(items, axis, formula)


def stack(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """Layers of a new axis."""
    items, axis = _items(call, formula, 0)
    (along,) = axes_of(axis, len(formula.shape(call)))
    return tuple(layer(item, formula.shape(item), along, place) for place, item in enumerate(items))


def append(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """Two, one after the other; flat without an axis."""
    bound = Bound(call, formula)
    items, axis = (bound.array("arr"), bound.array("values")), bound.constant("axis")
    if axis is None and any(len(formula.shape(item)) > 1 for item in items):
        raise UnsayableError
    return _joined(items, axis or 0, formula)


def vstack(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """Under each other; a vector is a row."""
    items, _ = _items(call, formula, None)
    return _joined(items, 0, formula, flat=0)


def column_stack(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """Beside each other; a vector is a column."""
    items, _ = _items(call, formula, None)
    return _joined(items, 1, formula, flat=1)


def hstack(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """Beside each other; vectors one after the other."""
    items, _ = _items(call, formula, None)
    return _joined(items, 0 if all(len(formula.shape(item)) == 1 for item in items) else 1, formula)


def array(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """What is written out, as it stands."""
    bound = Bound(call, formula)
    operand = bound.array("object")
    bound.constant("copy")
    bound.end()
    if formula.shape(operand) != formula.shape(call):
        raise UnsayableError
    if isinstance(operand, Sequence):
        return ties_of(operand, formula)
    axes = plain(len(formula.shape(call)))
    return (Tie(operand, formula.shape(call), axes, axes),)


def _items(call: Call, formula: Formula, default: int | None) -> tuple[tuple[Node, ...], object]:
    bound = Bound(call, formula)
    listed = bound.array(first_name(call))
    axis = default if default is None else bound.constant("axis", default)
    bound.end()
    if not isinstance(listed, Sequence):
        raise UnsayableError
    return listed.items, axis


def _joined(items: tuple[Node, ...], axis: object, formula: Formula, flat: int | None = None) -> tuple[Tie, ...]:
    """Items one after the other along ``axis``; with ``flat`` a vector is a layer of that axis."""
    ties = []
    first = 0
    for item in items:
        shape = formula.shape(item)
        if flat is not None and len(shape) < 2:
            ties.append(layer(item, shape or (1,), flat, first) if shape else _number(item, flat, first))
            first += 1
            continue
        (along,) = axes_of(axis, len(shape))
        above = list(plain(len(shape)))
        above[along] = Axis(along, first)
        ties.append(Tie(item, shape, plain(len(shape)), tuple(above)))
        first += shape[along]
    return tuple(ties)


def _number(item: Node, flat: int, place: int) -> Tie:
    above = (Axis(None, place), Axis(None)) if flat == 0 else (Axis(None), Axis(None, place))
    return Tie(item, (), (), above)
