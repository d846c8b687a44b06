"""What ties the cells of an operation's value to those of its operands: one rule for each operation, no values."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from playground.explain.carrying import Axis, Tie, UnsayableError
from playground.explain.recipe import is_cellwise
from playground.language.functions import FUNCTIONS
from playground.language.nodes import Attribute, Binary, Call, Index, Literal, Name, Node, Sequence, Unary, children

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.explain.origin import ShapeOf

Shape = tuple[int, ...]
_VALUELESS = frozenset({"shape", "ndim", "size", "dtype", "nbytes", "itemsize"})
_OF_SHAPES = frozenset({"zeros_like", "ones_like", "empty_like", "shape", "ndim", "size"})


class Formula:
    """The shapes of a formula's parts, and what is known of its arguments before it runs."""

    def __init__(self, shape_of: ShapeOf, constant_of: Callable[[Node], object]) -> None:
        self._shape_of = shape_of
        self.constant_of = constant_of

    def shape(self, node: Node) -> Shape:
        """Shape of a value. Raises `UnsayableError` where it isn't one array, or data decide on its shape."""
        if isinstance(node, Sequence):
            first = self.shape(node.items[0]) if node.items else ()
            return (len(node.items), *first)
        shape = self._shape_of(node)
        if shape is None and isinstance(node, Literal) and isinstance(node.value, bool | int | float | complex):
            return ()
        if shape is None or None in shape:
            raise UnsayableError
        return tuple(size for size in shape if size is not None)


class Bound:
    """One call's arguments by the names of their parameters. Every wish that isn't asked for is unsayable."""

    def __init__(self, call: Call, formula: Formula) -> None:
        parameters = FUNCTIONS[call.function].parameters
        names = [parameter.name for parameter in parameters if parameter.by_position]
        if len(call.arguments) > len(names) or any(parameter.variadic for parameter in parameters):
            raise UnsayableError
        self._formula = formula
        self._given = {**dict(zip(names, call.arguments, strict=False)), **dict(call.keywords)}
        self._given.pop("dtype", None)  # it changes no places

    def array(self, name: str) -> Node:
        """The argument, which must be given."""
        node = self._given.pop(name, None)
        if node is None:
            raise UnsayableError
        return node

    def constant(self, name: str, default: object = None) -> object:
        """What the argument is, known before anything runs."""
        node = self._given.pop(name, None)
        return default if node is None else self._formula.constant_of(node)

    def integer(self, name: str, default: int | None = None) -> int:
        """The same for a whole number."""
        value = self.constant(name, default)
        if not isinstance(value, int):
            raise UnsayableError
        return value

    def end(self) -> None:
        """Nothing else was wished for."""
        if self._given:
            raise UnsayableError


def first_name(call: Call) -> str:
    """Name of a function's first parameter."""
    return FUNCTIONS[call.function].parameters[0].name


def ties_of(node: Node, formula: Formula) -> tuple[Tie, ...]:
    """How the value of ``node`` hangs on its operands. Raises `UnsayableError` where no rule says it."""
    match node:
        case Name() | Literal():
            return ()
        case _ if not _hangs_on_values(node):
            return ()
        case Attribute(value=value, name=name):
            return _attribute(node, value, name, formula)
        case Unary(operand=operand):
            return cellwise(node, (operand,), formula)
        case Binary(operator="@", left=left, right=right):
            return product(left, right, formula)
        case Binary(left=left, right=right):
            return cellwise(node, (left, right), formula)
        case Sequence(items=items):
            return tuple(layer(item, formula.shape(item), 0, k) for k, item in enumerate(items))
        case Index():
            from playground.explain.indexed import indexed

            return indexed(node, formula)
        case Call():
            return _call(node, formula)
    raise UnsayableError


def _hangs_on_values(node: Node) -> bool:
    if isinstance(node, Attribute) and node.name in _VALUELESS:
        return False
    if isinstance(node, Call) and node.function in _OF_SHAPES:
        return False
    return isinstance(node, Name) or any(map(_hangs_on_values, children(node)))


def _attribute(node: Node, value: Node, name: str, formula: Formula) -> tuple[Tie, ...]:
    order = list(range(len(formula.shape(value))))
    if name == "T":
        return (moved(value, order[::-1], formula),)
    if name in ("mT", "H"):
        return (moved(value, [*order[:-2], order[-1], order[-2]], formula),)
    if name in ("real", "imag"):
        return cellwise(node, (value,), formula)
    raise UnsayableError


def _call(call: Call, formula: Formula) -> tuple[Tie, ...]:
    from playground.explain.tie_rules import RULES

    rule = RULES.get(call.function)
    if rule is not None:
        return rule(call, formula)
    if is_cellwise(call.function):
        return cellwise(call, (*call.arguments, *(value for _, value in call.keywords)), formula)
    raise UnsayableError


# -- forms that many operations have ---------------------------------------------------------------------------


def plain(count: int, first: int = 0) -> tuple[Axis, ...]:
    """``count`` axes that follow a variable each."""
    return tuple(Axis(variable) for variable in range(first, first + count))


def cellwise(node: Node, operands: tuple[Node, ...], formula: Formula) -> tuple[Tie, ...]:
    """Each cell from one cell of every operand, stretched as NumPy broadcasts."""
    shape = formula.shape(node)
    return tuple(
        Tie(operand, shape, stretched(formula.shape(operand), shape), plain(len(shape)))
        for operand in operands
        if _hangs_on_values(operand)
    )


def stretched(own: Shape, shape: Shape) -> tuple[Axis, ...]:
    """The axes of an operand of shape ``own`` whose value is broadcast to ``shape``."""
    if len(own) > len(shape):
        raise UnsayableError
    first = len(shape) - len(own)
    axes = []
    for axis, size in enumerate(own):
        if size not in (1, shape[first + axis]):
            raise UnsayableError
        axes.append(Axis(None) if size == 1 else Axis(first + axis))
    return tuple(axes)


def moved(value: Node, order: list[int], formula: Formula) -> Tie:
    """The axes of ``value`` in another order, as for ``transpose``."""
    shape = formula.shape(value)
    if sorted(order) != list(range(len(shape))):
        raise UnsayableError
    return Tie(value, shape, plain(len(shape)), tuple(Axis(axis) for axis in order))


def layer(item: Node, shape: Shape, axis: int, place: int) -> Tie:
    """``item`` as the layer ``place`` of a new axis of the value."""
    axes = plain(len(shape))
    return Tie(item, shape, axes, (*axes[:axis], Axis(None, place), *axes[axis:]))


def whole(operand: Node, value: Node, formula: Formula, kept: int = 0) -> Tie:
    """Every cell of the value from all of the operand, or of its last axes where ``kept`` first ones are shared."""
    own, shape = formula.shape(operand), formula.shape(value)
    batch, sizes = shape[:kept], own[:kept]
    if batch != sizes:
        raise UnsayableError
    free = plain(len(own) - kept, len(shape))
    return Tie(operand, (*shape, *own[kept:]), (*plain(kept), *free), plain(len(shape)))


def folded(operand: Node, axes: set[int], formula: Formula, *, kept: bool) -> Tie:
    """The axes ``axes`` done away with, or left with one place where they are ``kept``."""
    shape = formula.shape(operand)
    above = [Axis(None) if axis in axes else Axis(axis) for axis in range(len(shape)) if kept or axis not in axes]
    return Tie(operand, shape, plain(len(shape)), tuple(above))


def lined(operand: Node, value: Node, axis: int, formula: Formula) -> Tie:
    """Every cell from the whole line along ``axis``; the value may have other places there."""
    own, shape = formula.shape(operand), formula.shape(value)
    if len(own) != len(shape) or not -len(own) <= axis < len(own):
        raise UnsayableError
    axis %= len(own)
    below = (*plain(axis), Axis(len(own)), *plain(len(own) - axis - 1, axis + 1))
    return Tie(operand, (*shape, own[axis]), below, plain(len(shape)))


def reshaped(operand: Node, value: Node, formula: Formula) -> Tie:
    """The same cells in order on other axes: a variable for each run of axes with as many cells on both sides."""
    own, shape = formula.shape(operand), formula.shape(value)
    below: list[Axis] = []
    above: list[Axis] = []
    sizes: list[int] = []
    p = q = 0
    while p < len(own) or q < len(shape):
        first, second = p, q
        p, q = min(p + 1, len(own)), min(q + 1, len(shape))
        while (a := math.prod(own[first:p])) != (b := math.prod(shape[second:q])) or a == 0:
            if (a < b or q == len(shape)) and p < len(own):
                p += 1
            elif q < len(shape):
                q += 1
            else:
                raise UnsayableError
        below += _digits(own[first:p], len(sizes))
        above += _digits(shape[second:q], len(sizes))
        sizes.append(a)
    return Tie(operand, tuple(sizes), tuple(below), tuple(above))


def _digits(sizes: Shape, variable: int) -> list[Axis]:
    """The axes as digits of one number."""
    strides = [math.prod(sizes[axis + 1 :]) for axis in range(len(sizes))]
    return [
        Axis(None) if size == 1 else Axis(variable, stride=stride, modulus=size)
        for size, stride in zip(sizes, strides, strict=True)
    ]


def product(left: Node, right: Node, formula: Formula) -> tuple[Tie, Tie]:
    """``left @ right``: the last axis of one and the last but one of the other are summed over."""
    first, second = formula.shape(left), formula.shape(right)
    if not first or not second:
        raise UnsayableError
    batch = _broadcast(first[:-2], second[:-2])
    rows, columns = first[-2:-1] if len(first) > 1 else (), second[-1:] if len(second) > 1 else ()
    sizes = (*batch, *rows, *columns, first[-1])
    outer = len(batch)
    row, column = plain(len(rows), outer), plain(len(columns), outer + len(rows))
    inner = (Axis(len(sizes) - 1),)
    above = (*plain(outer), *row, *column)
    return (
        Tie(left, sizes, (*stretched(first[:-2], batch), *row, *inner), above),
        Tie(right, sizes, (*stretched(second[:-2], batch), *inner, *column), above),
    )


def _broadcast(first: Shape, second: Shape) -> Shape:
    import numpy as np

    return tuple(np.broadcast_shapes(first, second))
