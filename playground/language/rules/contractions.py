"""Shapes and operations of products of two arrays: ``dot``, ``outer``, ``kron``, sums over chosen axes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from playground.language.arguments import check_size, normal_axis
from playground.language.mistake import Mistake
from playground.language.rules.shapes import Shaped, described, join, signature_of
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.signature import Signature
    from playground.language.values import Value


# -- of two arrays -----------------------------------------------------------------------------------------------


def dot(arguments: Arguments) -> Shaped:
    """Shape of ``dot``: last axis of the first with last but one of the second."""
    return dot_of(arguments.array("a"), arguments.array("b"), arguments)


def dot_of(left: Value, right: Value, arguments: Arguments) -> Shaped:
    """Give the shape of ``dot`` of two values."""
    return _contracted(left, right, -2 if signature_of(right).ndim > 1 else -1, arguments)


def inner(arguments: Arguments) -> Shaped:
    """Shape of ``inner``: last axis with last axis."""
    return _contracted(arguments.array("a"), arguments.array("b"), -1, arguments)


def _contracted(left: Value, right: Value, axis: int, arguments: Arguments) -> Shaped:
    a, b = signature_of(left), signature_of(right)
    if not a.ndim or not b.ndim:
        return Shaped(a.shape + b.shape, left.axes + right.axes)
    join(left, -1, right, axis, arguments.axes, arguments.shown)
    place = axis % b.ndim
    shape = (*a.shape[:-1], *b.shape[:place], *b.shape[place + 1 :])
    check_size(shape)
    return Shaped(shape, (*left.axes[:-1], *right.axes[:place], *right.axes[place + 1 :]))


def outer(arguments: Arguments) -> Shaped:
    """Shape of ``outer``: every cell of one with every cell of the other."""
    return outer_of(arguments.array("a"), arguments.array("b"), arguments)


def outer_of(left: Value, right: Value, arguments: Arguments) -> Shaped:
    """Give the shape of ``outer`` of two values."""
    a, b = signature_of(left), signature_of(right)
    shape = (a.size, b.size)
    check_size(shape)
    parts = [v.axes if signature_of(v).ndim == 1 else arguments.axes.fresh(1) for v in (left, right)]
    return Shaped(shape, parts[0] + parts[1])


def kron(arguments: Arguments) -> Shaped:
    """Shape of ``kron``: sizes multiply axis by axis, from the right."""
    a, b = arguments.signature("a").shape, arguments.signature("b").shape
    ndim = max(len(a), len(b))
    first, second = (1,) * (ndim - len(a)) + a, (1,) * (ndim - len(b)) + b
    shape = tuple(None if m is None or n is None else m * n for m, n in zip(first, second, strict=True))
    check_size(shape)
    return Shaped(shape)


# -- over chosen axes --------------------------------------------------------------------------------------------


class RuleOfTensordot:
    """Rule of ``tensordot`` for parameters of these names."""

    def __init__(self, first: str, second: str) -> None:
        self._first, self._second = first, second

    def __call__(self, arguments: Arguments) -> Shaped:
        """Give the shape: the axes that aren't summed over, first those of the first array."""
        left, right = arguments.array(self._first), arguments.array(self._second)
        pairs = self._pairs(arguments)
        for i, j in pairs:
            sum_over(left, i, right, j, arguments)
        both = [*_kept(left, {i for i, _ in pairs}), *_kept(right, {j for _, j in pairs})]
        check_size([size for size, _ in both])
        return Shaped(tuple(size for size, _ in both), tuple(number for _, number in both))

    def flops(self, arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
        """Count 2·k for each cell of the result, k the number of cells that are summed over."""
        shape = arguments.signature(self._first).shape
        sizes = [shape[i] for i, _ in self._pairs(arguments)]
        if results[0].size is None or None in sizes:
            return None
        return (2 if sizes else 1) * results[0].size * math.prod(size or 0 for size in sizes)

    def _pairs(self, arguments: Arguments) -> list[tuple[int, int]]:
        """List the axes that are summed over together."""
        left, right = arguments.signature(self._first), arguments.signature(self._second)
        given = arguments.constant("axes")
        if isinstance(given, int):
            if given > min(left.ndim, right.ndim):
                raise _axes_mistake(
                    arguments, tr("tensordot can't sum over {n} axes of arrays that have {a} and {b}.",
                                  n=given, a=left.ndim, b=right.ndim)
                )  # fmt: skip
            return [(left.ndim - given + place, place) for place in range(given)]
        if not isinstance(given, (tuple, list)) or len(given) != 2:
            raise _axes_mistake(arguments, tr("axes of tensordot is a number, or the axes of each of both arrays."))
        first, second = (
            _axes(arguments, axes, signature.ndim) for axes, signature in zip(given, (left, right), strict=True)
        )
        if len(first) != len(second):
            raise _axes_mistake(
                arguments, tr("tensordot sums over axes in pairs: {n} of one array and {m} of the other don't pair.",
                              n=len(first), m=len(second))
            )  # fmt: skip
        return list(zip(first, second, strict=True))


def _kept(value: Value, gone: set[int]) -> list[tuple[int | None, int]]:
    """List size and number of the axes that aren't summed over."""
    axes = zip(signature_of(value).shape, value.axes, strict=True)
    return [pair for axis, pair in enumerate(axes) if axis not in gone]


def _axes(arguments: Arguments, given: object, ndim: int) -> list[int]:
    axes = given if isinstance(given, (tuple, list)) else (given,)
    if not all(isinstance(axis, int) for axis in axes):
        raise _axes_mistake(arguments, tr("Axes are whole numbers."))
    found = [normal_axis(axis, ndim, arguments.values.get("axes"), arguments.shown) for axis in axes]
    if len(set(found)) < len(found):
        raise _axes_mistake(arguments, tr("tensordot was given the same axis twice."))
    return found


def _axes_mistake(arguments: Arguments, message: str) -> Mistake:
    value = arguments.values.get("axes")
    return Mistake(
        "axis", message, tr("For example axes=([1], [0]): axis 1 of the first with axis 0 of the second."),
        span=None if value is None else value.span,
    )  # fmt: skip


def sum_over(left: Value, i: int, right: Value, j: int, arguments: Arguments) -> None:
    """Make two axes the same; raises ``Mistake`` where their sizes differ."""
    a, b = signature_of(left).shape[i], signature_of(right).shape[j]
    if a is not None and b is not None and a != b:
        raise Mistake(
            "inner-sizes",
            tr("{function} sums over axis {i} of {left} together with axis {j} of {right}, and {a} isn't {b}.",
               function=arguments.shown, i=i, left=described(left), j=j, right=described(right), a=a, b=b),
            clash=((0, i), (1, j)),
        )  # fmt: skip
    arguments.axes.unite(left.axes[i], right.axes[j])
