"""Shapes of what joins arrays into one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from playground.language.arguments import normal_axis
from playground.language.mistake import Mistake
from playground.language.rules.axes import raised
from playground.language.rules.shapes import Shaped, described, shown, signature_of
from playground.language.signature import Signature
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.signature import Shape
    from playground.language.values import Value


def concatenated(arguments: Arguments) -> Shaped:
    """Shape of ``concatenate``: sizes along ``axis`` add up; None joins the flattened arrays."""
    parts = _parts(arguments, "arrays")
    if arguments.constant("axis") is None:
        sizes = [signature_of(part).size for part in parts]
        return Shaped((None if None in sizes else sum(size or 0 for size in sizes),))
    if not any(signature_of(part).ndim for part in parts):
        raise Mistake("ndim", tr("Single numbers can't be joined end to end."), tr("Write stack instead."))
    if not signature_of(parts[0]).ndim:
        _same(arguments, parts, None)
    return _joined(arguments, parts, arguments.axis("axis", signature_of(parts[0]).ndim))


class RuleOfStack:
    """Rule that gives every part at least ``least`` axes and joins along ``axis`` (0 for vectors in ``hstack``)."""

    def __init__(self, axis: int, least: int) -> None:
        self._axis, self._least = axis, least

    def __call__(self, arguments: Arguments) -> Shaped:
        """Give the shape of the result."""
        parts = []
        for part in _parts(arguments, "tup"):
            signature = signature_of(part)
            missing = max(0, self._least - signature.ndim)
            lifted = replace(signature, shape=(1,) * missing + signature.shape)
            parts.append(replace(part, signature=lifted, axes=arguments.axes.fresh(missing) + part.axes))
        axis = 0 if signature_of(parts[0]).ndim == 1 else self._axis
        return _joined(arguments, parts, axis)


def stacked(arguments: Arguments) -> Shaped:
    """Shape of ``stack``: a new axis as long as there are arrays, which all have one shape."""
    parts = _parts(arguments, "arrays")
    _, axes = _same(arguments, parts, None)
    shape = signature_of(parts[0]).shape
    axis = arguments.axis("axis", len(shape) + 1, of_result=True)
    new = arguments.axes.fresh(1)
    return Shaped((*shape[:axis], len(parts), *shape[axis:]), (*axes[:axis], *new, *axes[axis:]))


def appended(arguments: Arguments) -> Shaped:
    """Shape of ``append``: the second array joined to the end of the first; all cells in one row without ``axis``."""
    first, second = arguments.array("arr"), arguments.array("values")
    if not arguments.given("axis"):
        sizes = [signature_of(part).size for part in (first, second)]
        return Shaped((None if None in sizes else sum(size or 0 for size in sizes),))
    ndim = signature_of(first).ndim
    axis = normal_axis(arguments.integer("axis"), ndim, arguments.values["axis"], arguments.shown)
    return _joined(arguments, [first, second], axis)


def stacked_in_depth(arguments: Arguments) -> Shaped:
    """Shape of ``dstack``: arrays of three axes at least, joined along the third."""
    return _joined(arguments, [_lifted(part, 3, arguments) for part in _parts(arguments, "tup")], 2)


def stacked_as_columns(arguments: Arguments) -> Shaped:
    """Shape of ``column_stack``: vectors are columns, matrices stay, all are joined along the second axis."""
    columns = []
    for part in _parts(arguments, "tup"):
        signature = signature_of(part)
        if signature.ndim < 2:
            part = _lifted(part, 1, arguments)
            part = replace(
                part,
                signature=Signature((*signature_of(part).shape, 1), signature.dtype),
                axes=part.axes + arguments.axes.fresh(1),
            )
        columns.append(part)
    return _joined(arguments, columns, 1)


def _lifted(part: Value, least: int, arguments: Arguments) -> Value:
    shaped = raised(part, least, arguments)
    return replace(part, signature=Signature(shaped.shape, signature_of(part).dtype), axes=shaped.axes or ())


# -- blocks ------------------------------------------------------------------------------------------------------


def blocks(value: Value, arguments: Arguments) -> list[Value]:
    """List the arrays in the nested lists of ``block``."""
    if _is_leaf(value):
        return [arguments.as_array(value)]
    return [leaf for item in value.items or () for leaf in blocks(item, arguments)]


def assembled(arguments: Arguments) -> Shaped:
    """Shape of ``block``: innermost lists are joined along the last axis, those around them along the one before."""
    value = arguments.values["arrays"]
    depth = _depth(value, arguments)
    ndim = max([depth, *(signature_of(leaf).ndim for leaf in blocks(value, arguments))])
    whole = _assembled(value, depth, ndim, arguments)
    return Shaped(signature_of(whole).shape, whole.axes)


def _is_leaf(value: Value) -> bool:
    return value.items is None or value.several is not None


def _depth(value: Value, arguments: Arguments) -> int:
    if _is_leaf(value):
        return 0
    if value.is_tuple:
        raise Mistake(
            "argument",
            tr("block takes nested lists; {text} is a tuple.", text=shown(value)),
            tr("Write it with square brackets."),
            span=value.span,
        )
    depths = [_depth(item, arguments) for item in value.items or ()]
    if not depths:
        raise Mistake("argument", tr("block can't do anything with an empty list."), span=value.span)
    if min(depths) != max(depths):
        raise Mistake(
            "argument",
            tr("The lists of block must all be nested equally deep."),
            tr("For example block([[A, B], [C, D]])."),
            span=value.span,
        )
    return depths[0] + 1


def _assembled(value: Value, depth: int, ndim: int, arguments: Arguments) -> Value:
    if not depth:
        leaf = arguments.as_array(value)
        signature = signature_of(leaf)
        missing = ndim - signature.ndim
        lifted = Signature((1,) * missing + signature.shape, signature.dtype)
        return replace(leaf, signature=lifted, axes=arguments.axes.fresh(missing) + leaf.axes)
    inner = [_assembled(item, depth - 1, ndim, arguments) for item in value.items or ()]
    shaped = _joined(arguments, inner, ndim - depth)
    dtype = signature_of(inner[0]).dtype
    return replace(value, signature=Signature(shaped.shape, dtype), axes=shaped.axes or ())


# -- what all of them share --------------------------------------------------------------------------------------


def _parts(arguments: Arguments, name: str) -> list[Value]:
    parts = arguments.arrays(name)
    if not parts:
        raise Mistake("argument", tr("{function} needs at least one array.", function=arguments.shown))
    return parts


def _joined(arguments: Arguments, parts: list[Value], axis: int) -> Shaped:
    shape, axes = _same(arguments, parts, axis)
    sizes = [signature_of(part).shape[axis] for part in parts]
    total = None if None in sizes else sum(size or 0 for size in sizes)
    new = arguments.axes.fresh(1) if len(parts) > 1 else axes[axis : axis + 1]
    return Shaped((*shape[:axis], total, *shape[axis + 1 :]), (*axes[:axis], *new, *axes[axis + 1 :]))


def _same(arguments: Arguments, parts: list[Value], free: int | None) -> tuple[Shape, tuple[int, ...]]:
    """Check that all parts agree in every axis but ``free``, and make those axes the same."""
    first = parts[0]
    for index, (previous, part) in enumerate(pairwise(parts), start=1):
        one, other = signature_of(previous).shape, signature_of(part).shape
        if len(one) != len(other):
            raise Mistake(
                "parts",
                tr("{function} needs arrays with equally many axes: {left} and {right} differ.",
                   function=arguments.shown, left=described(previous), right=described(part)),
                _one_cell(previous, part),
                span=part.span if one else previous.span,
            )  # fmt: skip
        for axis, (a, b) in enumerate(zip(one, other, strict=True)):
            if axis == free:
                continue
            if a is not None and b is not None and a != b:
                raise _differ(arguments, previous, part, index, axis)
            arguments.axes.unite(first.axes[axis], part.axes[axis])
    shape = tuple(
        next((s for part in parts if (s := signature_of(part).shape[axis]) is not None), None)
        for axis in range(len(first.axes))
    )
    return shape, first.axes


def _one_cell(*parts: Value) -> str:
    number = next((part for part in parts if not signature_of(part).ndim), None)
    return "" if number is None else tr("As a list of one cell it can be joined: [{number}].", number=shown(number))


def _differ(arguments: Arguments, previous: Value, part: Value, index: int, axis: int) -> Mistake:
    a, b = signature_of(previous).shape[axis], signature_of(part).shape[axis]
    left, right = _as_written(arguments, index - 1, previous), _as_written(arguments, index, part)
    added = [signature_of(part).ndim - signature_of(value).ndim for value in (left, right)]
    return Mistake(
        "parts",
        tr("{function} needs equal sizes along axis {axis}: {left} has {a}, {right} has {b}.",
           function=arguments.shown, axis=axis, left=shown(previous), a=a, right=shown(part), b=b),
        tr("{left} and {right}.", left=described(left), right=described(right)),
        span=part.span,
        clash=((index - 1, max(axis - added[0], 0)), (index, max(axis - added[1], 0))),
    )  # fmt: skip


def _as_written(arguments: Arguments, index: int, part: Value) -> Value:
    """Give a part with the shape that the person gave it; vstack and its kin add axes first."""
    items = next(iter(arguments.values.values())).items or ()
    written = items[index] if index < len(items) else part
    return written if written.signature is not None and written.signature.ndim else part
