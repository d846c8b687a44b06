"""Shapes of what works cell by cell, along axes, or as a product; the words for axes that don't fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.signature import Shape, Signature, shape_text
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.axes import Axes, AxisClasses
    from playground.language.values import Value


class Shaped(NamedTuple):
    """A shape and the axis numbers of its axes; None makes all of them new."""

    shape: Shape
    axes: Axes | None = None


class Known(NamedTuple):
    """Whole numbers that follow from shapes alone, one or a tuple of them; None for what the data decides."""

    numbers: int | tuple[int | None, ...] | None


ShapeRule = Callable[["Arguments"], "Shaped | tuple[Shaped, ...] | Known"]
FlopRule = Callable[["Arguments", tuple[Signature, ...]], "int | None"]

_LONGEST = 40
_LONG_TOGETHER: Final = 32
"""Characters up to which an operation is written out together with its sides."""


def shown(value: Value) -> str:
    """Give the text of an operand for a sentence, shortened where it is long."""
    return value.text if len(value.text) <= _LONGEST else value.text[: _LONGEST - 1] + "…"


def described(value: Value) -> str:
    """Give an operand with its shape for a sentence: ``A (3, 4)``."""
    signature = signature_of(value)
    text, shape = shown(value), shape_text(signature.shape, signature.axis_names)
    return text if text.replace(" ", "") == shape.replace(" ", "") else f"{text} {shape}"


def size_of(value: Value, axis: int) -> str:
    """Give the size of an axis for a sentence, with its name where it has one: ``784``, ``d = 784``."""
    signature = signature_of(value)
    size = "?" if signature.shape[axis] is None else str(signature.shape[axis])
    name = signature.axis_names[axis] if signature.axis_names else None
    return size if name is None else f"{name} = {size}"


def axes_text(ndim: int) -> str:
    """Say how many axes there are: ``1 axis``, ``3 axes``."""
    if not ndim:
        return tr("no axes: it is a single number")
    return tr("1 axis") if ndim == 1 else tr("{n} axes", n=ndim)


def signature_of(value: Value) -> Signature:
    """Give the signature of a value that is known to be an array."""
    assert value.signature is not None
    return value.signature


# -- broadcasting ------------------------------------------------------------------------------------------------


def broadcast(values: Sequence[Value], axes: AxisClasses, operation: str) -> Shaped:
    """Shape of a cell-by-cell operation on ``values``; axes that are lined up become the same.

    Raises
    ------
    Mistake
        Kind ``"broadcast"`` where two sizes differ and neither is 1.
    """
    found = [signature_of(value).shape for value in values]
    longest = max(found, key=len)
    if {(), *found} == {(), longest}:
        return Shaped(longest, _united([value.axes for value in values if value.axes], axes))
    ndim = len(longest)
    shape: list[int | None] = []
    result: list[int] = []
    for position in range(-1, -ndim - 1, -1):
        column = [value for value in values if signature_of(value).ndim >= -position]
        size, leaders = _column_size(column, position, values, operation)
        for other in leaders[1:]:
            axes.unite(leaders[0].axes[position], other.axes[position])
        shape.append(size)
        result.append(leaders[0].axes[position])
    check_size(shape)
    return Shaped(tuple(reversed(shape)), tuple(reversed(result)))


def _united(alike: list[Axes], axes: AxisClasses) -> Axes:
    """Make the axes of arrays of one shape the same; give those of the first."""
    for other in alike[1:]:
        for one, same in zip(alike[0], other, strict=True):
            axes.unite(one, same)
    return alike[0] if alike else ()


def _column_size(
    column: Sequence[Value], position: int, values: Sequence[Value], operation: str
) -> tuple[int | None, list[Value]]:
    """Size of one axis of the result, and the operands whose axis it is."""
    sizes = [signature_of(value).shape[position] for value in column]
    wanted: int | None = 1
    for value, size in zip(column, sizes, strict=True):
        if size in (1, wanted):
            continue
        if wanted in (1, None):
            wanted = size
        elif size is not None:
            first = next(v for v, s in zip(column, sizes, strict=True) if s == wanted)
            raise _no_broadcast(values, first, value, position, operation)
    return wanted, [value for value, size in zip(column, sizes, strict=True) if size == wanted]


def _no_broadcast(values: Sequence[Value], first: Value, second: Value, position: int, operation: str) -> Mistake:
    left, right = signature_of(first), signature_of(second)
    is_call = operation.isidentifier() or "." in operation
    between = operation if is_call else f"{shown(first)} {operation} {shown(second)}"
    between = between if len(between) <= _LONG_TOGETHER else tr("The {sign} here", sign=operation)
    numbers = [index for index, value in enumerate(values) if value is first or value is second]
    axis_numbers = (position % left.ndim, position % right.ndim)
    return Mistake(
        "broadcast",
        tr(
            "{between} lines up {left} and {right} from the right; {a} meets {b}, and only equal sizes or a 1 fit.",
            between=between, left=described(first), right=described(second),
            a=size_of(first, position), b=size_of(second, position),
        ),
        clash=tuple(zip((numbers * 2)[:2], axis_numbers, strict=True)),
    )  # fmt: skip


def cellwise(*parameters: str) -> ShapeRule:
    """Make the rule of a function that works cell by cell on the named parameters."""
    return lambda a: broadcast([a.array(p) for p in parameters], a.axes, a.shown)


def like(parameter: str) -> ShapeRule:
    """Make the rule "the shape of this argument"."""

    def rule(arguments: Arguments) -> Shaped:
        value = arguments.array(parameter)
        return Shaped(signature_of(value).shape, value.axes)

    return rule


def clipped(arguments: Arguments) -> Shaped:
    """Shape of ``clip``: its limits may be left out or None."""
    return broadcast([arguments.array(name) for name in clip_parts(arguments)], arguments.axes, arguments.shown)


def clip_parts(arguments: Arguments) -> list[str]:
    """Names of the parameters of ``clip`` that count."""
    if not {"a_min", "min"} & arguments.values.keys() and not {"a_max", "max"} & arguments.values.keys():
        return ["a"]
    old, new = {"a_min", "a_max"} & arguments.values.keys(), {"min", "max"} & arguments.values.keys()
    if old and (new or len(old) == 1):
        raise Mistake(
            "missing-argument",
            tr("clip needs both a_min and a_max, or min= and max=."),
            tr("None stands for no limit: clip(A, 0, None)."),
        )
    return ["a", *(name for name in ("a_min", "min", "a_max", "max") if arguments.given(name))]


# -- along axes --------------------------------------------------------------------------------------------------


def reduced(parameter: str = "a", *, identity: bool = True, lenient: bool = True) -> ShapeRule:
    """Make the rule of a reduction over ``axis`` (None: all), with ``keepdims`` where the row has it."""

    def rule(arguments: Arguments) -> Shaped:
        value = arguments.array(parameter)
        shape = signature_of(value).shape
        gone = arguments.axes_or_all("axis", len(shape), lenient=lenient)
        keep = any(p.name == "keepdims" for p in arguments.function.parameters) and arguments.flag("keepdims")
        result = _without(value, gone, arguments, keep)
        if not identity and any(shape[axis] == 0 for axis in gone):
            raise Mistake("empty", tr("{function} of no cells isn't defined.", function=arguments.shown))
        return result

    return rule


def _without(value: Value, gone: Sequence[int], arguments: Arguments, keep: bool) -> Shaped:
    shape = signature_of(value).shape
    if keep:
        new = arguments.axes.fresh(len(shape))
        return Shaped(
            tuple(1 if i in gone else size for i, size in enumerate(shape)),
            tuple(new[i] if i in gone else axis for i, axis in enumerate(value.axes)),
        )
    left = [i for i in range(len(shape)) if i not in gone]
    return Shaped(tuple(shape[i] for i in left), tuple(value.axes[i] for i in left))


def searched(arguments: Arguments) -> Shaped:
    """Shape of ``argmax`` and ``argmin``: one axis goes, or all."""
    value = arguments.array("a")
    shape = signature_of(value).shape
    gone = [arguments.axis("axis", max(len(shape), 1))] if arguments.given("axis") else list(range(len(shape)))
    if any(shape[axis] == 0 for axis in gone if shape):
        raise Mistake("empty", tr("{function} of no cells isn't defined.", function=arguments.shown))
    return _without(value, gone, arguments, arguments.flag("keepdims"))


def along(parameter: str = "a", *, lifts: bool = False) -> ShapeRule:
    """Make the rule of ``cumsum`` and ``sort``: the same shape, or one axis of all cells where ``axis`` is None.

    ``lifts`` tells that a single number counts as a vector of one, as it does for ``cumsum``.
    """

    def rule(arguments: Arguments) -> Shaped:
        value = arguments.array(parameter)
        signature = signature_of(value)
        if arguments.constant("axis") is None:
            return Shaped((signature.size,), value.axes if signature.ndim == 1 else None)
        arguments.axis("axis", max(signature.ndim, int(lifts)))
        return Shaped(signature.shape, value.axes) if signature.ndim else Shaped((1,))

    return rule


# -- products ----------------------------------------------------------------------------------------------------


def matmul(left: Value, right: Value, axes: AxisClasses, operation: str) -> Shaped:
    """Shape of ``left @ right``; raises ``Mistake`` of kind ``"inner-sizes"`` where they don't fit."""
    a, b = signature_of(left), signature_of(right)
    for value, signature in ((left, a), (right, b)):
        if not signature.ndim:
            raise Mistake(
                "matmul-scalar",
                tr("{operation} multiplies matrices, and {operand} is a single number.",
                   operation=operation, operand=shown(value)),
                tr("Write * to multiply every cell."),
                span=value.span,
            )  # fmt: skip
    inner = -2 if b.ndim > 1 else -1
    join(left, -1, right, inner, axes, operation)
    _check_stacks(left, right, operation)
    stacked = a.ndim > 2 or b.ndim > 2
    batch = broadcast([_batch(left), _batch(right)], axes, operation) if stacked else Shaped((), ())
    rows, columns = (a.shape[-2:-1], left.axes[-2:-1]), (b.shape[-1:], right.axes[-1:])
    if b.ndim == 1:
        columns = ((), ())
    return Shaped((*batch.shape, *rows[0], *columns[0]), (*(batch.axes or ()), *rows[1], *columns[1]))


def _check_stacks(left: Value, right: Value, operation: str) -> None:
    """Raise ``Mistake`` where two stacks of matrices don't stretch to each other, with the whole shapes."""
    a, b = signature_of(left), signature_of(right)
    for position in range(-3, -min(a.ndim, b.ndim) - 1, -1):
        sizes = {a.shape[position], b.shape[position]}
        if len(sizes) == 1 or not sizes.isdisjoint((None, 1)):
            continue
        between = f"{shown(left)} @ {shown(right)}" if operation == "@" else operation
        raise Mistake(
            "broadcast",
            tr(
                "{between} lines up the stacks of {left} and {right}; {a} meets {b}, and only equal sizes or a 1 fit.",
                between=between, left=described(left), right=described(right),
                a=size_of(left, position), b=size_of(right, position),
            ),
            clash=((0, position % a.ndim), (1, position % b.ndim)),
        )  # fmt: skip


def _batch(value: Value) -> Value:
    from playground.record import replace

    return replace(value, signature=signature_of(value).leading(2), axes=value.axes[:-2])


def join(left: Value, left_axis: int, right: Value, right_axis: int, axes: AxisClasses, operation: str) -> None:
    """Make two axes that a product sums over the same; raises ``Mistake`` where their sizes differ."""
    a, b = signature_of(left), signature_of(right)
    first, second = a.shape[left_axis], b.shape[right_axis]
    if first is not None and second is not None and first != second:
        between, texts = _named(left, right, operation)
        words = {"rows": _axis_word(b, right_axis), "columns": _axis_word(a, left_axis)}
        sizes = {"first": size_of(left, left_axis), "second": size_of(right, right_axis)}
        message = tr(
            "{between} needs as many {rows} in {right} ({second}) as {columns} in {left} ({first}).",
            between=between, **texts, **words, **sizes,
        )  # fmt: skip
        hint = tr("{left}, {right}.", left=described(left), right=described(right))
        if hint == f"{shown(left)}, {shown(right)}.":  # shapes that stand in the text tell themselves what they are
            text = "{between} needs as many {rows} on the right ({second}) as {columns} on the left ({first})."
            message, hint = tr(text, between=between, **words, **sizes), ""
        raise Mistake("inner-sizes", message, hint, clash=((0, left_axis % a.ndim), (1, right_axis % b.ndim)))
    axes.unite(left.axes[left_axis], right.axes[right_axis])


def _named(left: Value, right: Value, operation: str) -> tuple[str, dict[str, str]]:
    """Give an operation and its sides for a sentence; a long side is named in the hint alone, with its shape."""
    texts = {"left": shown(left), "right": shown(right)}
    between = f"{texts['left']} @ {texts['right']}" if operation == "@" else operation
    if len(between) <= _LONG_TOGETHER or operation != "@":
        return between, texts
    sides = {"left": tr("the left side"), "right": tr("the right side")}
    between = tr("The {sign} here", sign=operation)
    return between, {side: sides[side] if len(text) > _LONG_TOGETHER // 2 else text for side, text in texts.items()}


def _axis_word(signature: Signature, axis: int) -> str:
    if signature.ndim == 1:
        return tr("numbers")
    return tr("columns") if axis % signature.ndim == signature.ndim - 1 else tr("rows")


def matrix_product(arguments: Arguments) -> Shaped:
    """Shape of ``matmul``."""
    return matmul(arguments.array("x1"), arguments.array("x2"), arguments.axes, arguments.shown)
