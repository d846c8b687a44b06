"""Shapes of what lays the cells of an array out anew."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from playground.language.arguments import check_size, normal_axis
from playground.language.mistake import Mistake
from playground.language.rules.shapes import Shaped, described, shown, signature_of
from playground.language.signature import shape_text
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.signature import Shape
    from playground.language.values import Value


def transposed(arguments: Arguments) -> Shaped:
    """Shape of ``transpose``: axes reversed, or in the order given."""
    value = arguments.array("a")
    ndim = signature_of(value).ndim
    order = tuple(range(ndim))[::-1]
    if arguments.given("axes"):
        given = arguments.integers("axes")
        wrong = next((axis for axis in given if not -ndim <= axis < ndim), None)
        if wrong is not None:
            normal_axis(wrong, ndim, None, arguments.shown_with_operand())
        order = tuple(axis % ndim for axis in given)
        if sorted(order) != list(range(ndim)):
            raise Mistake(
                "axis",
                tr("transpose needs each axis of {operand} once.", operand=described(value)),
                span=arguments.values["axes"].span,
            )
    return permuted(value, order)


def permuted(value: Value, order: tuple[int, ...]) -> Shaped:
    """Give the axes of ``value`` in another order."""
    shape = signature_of(value).shape
    return Shaped(tuple(shape[i] for i in order), tuple(value.axes[i] for i in order))


def swapped(arguments: Arguments) -> Shaped:
    """Shape of ``swapaxes``."""
    value = arguments.array("a")
    order = list(range(signature_of(value).ndim))
    first, second = arguments.axis("axis1", len(order)), arguments.axis("axis2", len(order))
    order[first], order[second] = order[second], order[first]
    return permuted(value, tuple(order))


def reshaped(arguments: Arguments) -> Shaped:
    """Shape of ``reshape``: the sizes given, one of which may be -1."""
    value = arguments.array("a")
    old = signature_of(value)
    sizes = arguments.integers("shape")
    check_size([abs(size) for size in sizes])
    if sizes.count(-1) > 1 or min(sizes, default=0) < -1:
        raise Mistake("argument", tr("reshape takes one -1 at most, for the size it shall find."))
    wanted = math.prod(size for size in sizes if size != -1)
    if old.size is None:
        return Shaped(tuple(None if size == -1 else size for size in sizes))
    fits = wanted == old.size if -1 not in sizes else wanted > 0 and old.size % wanted == 0
    if not fits and not sizes:
        message = tr("{operand} has {size} cells, and only one cell is a number.",
                     operand=described(value), size=old.size)  # fmt: skip
        hint = tr("Take one of them, or their sum or mean.")
        raise Mistake("one-cell", message, hint, span=arguments.values["shape"].span)
    if not fits:
        raise Mistake(
            "reshape",
            tr("{operand} has {size} cells, which don't fill the shape {shape}.",
               operand=described(value), size=old.size, shape=shape_text(sizes)),
            span=arguments.values["shape"].span,
        )  # fmt: skip
    shape = tuple(old.size // wanted if size == -1 else size for size in sizes)
    return Shaped(shape, value.axes if shape == old.shape else None)


def flattened(arguments: Arguments) -> Shaped:
    """Shape of ``ravel`` and ``flatten``: one axis of all cells."""
    value = arguments.array("a")
    signature = signature_of(value)
    return Shaped((signature.size,), value.axes if signature.ndim == 1 else None)


def squeezed(arguments: Arguments) -> Shaped:
    """Shape of ``squeeze``: axes of size 1 go."""
    value = arguments.array("a")
    shape = signature_of(value).shape
    if arguments.given("axis"):
        gone = arguments.axes_or_all("axis", len(shape), lenient=True)
        for axis in gone:
            if shape[axis] not in (1, None):
                raise Mistake(
                    "squeeze",
                    tr("squeeze removes axes of size 1; axis {axis} of {operand} has size {size}.",
                       axis=axis, operand=described(value), size=shape[axis]),
                    clash=((0, axis),),
                )  # fmt: skip
    else:
        if None in shape:
            raise Mistake("not-constant", tr("squeeze needs to know all sizes before running."), tr("Give an axis."))
        gone = tuple(axis for axis, size in enumerate(shape) if size == 1)
    left = [i for i in range(len(shape)) if i not in gone]
    return Shaped(tuple(shape[i] for i in left), tuple(value.axes[i] for i in left))


def expanded(arguments: Arguments) -> Shaped:
    """Shape of ``expand_dims``: new axes of size 1."""
    value = arguments.array("a")
    signature = signature_of(value)
    ndim = signature.ndim + len(arguments.integers("axis"))
    new = arguments.axes_or_all("axis", ndim)
    check_size((1,) * ndim)
    fresh, old = iter(arguments.axes.fresh(len(new))), iter(zip(signature.shape, value.axes, strict=True))
    pairs = [(1, next(fresh)) if i in new else next(old) for i in range(ndim)]
    return Shaped(tuple(size for size, _ in pairs), tuple(axis for _, axis in pairs))


def broadcast_to(arguments: Arguments) -> Shaped:
    """Shape of ``broadcast_to``: the one given, if it fits."""
    shape = arguments.shape("shape")
    value = arguments.array("array")
    check_broadcast_to(value, signature_of(value).shape, shape)
    return Shaped(shape)


def check_broadcast_to(value: Value, own: Shape, shape: Shape) -> None:
    """Raise ``Mistake`` where ``own``, the shape of ``value``, doesn't stretch to ``shape``."""
    pairs = zip(reversed(own), reversed(shape), strict=False)
    if len(own) > len(shape) or any(size not in (1, None, wanted) for size, wanted in pairs):
        raise Mistake(
            "broadcast",
            tr("{operand} doesn't stretch to the shape {shape}.", operand=described(value), shape=shape_text(shape)),
            tr("From the right, each size must be equal or 1."),
            span=value.span,
        )


def diagonal_of(arguments: Arguments) -> Shaped:
    """Shape of ``diag``: a matrix from a vector, or the diagonal of a matrix."""
    value, k = arguments.array("v"), arguments.integer("k")
    shape = signature_of(value).shape
    if len(shape) == 1:
        side = None if shape[0] is None else shape[0] + abs(k)
        check_size((side, side))
        return Shaped((side, side))
    if len(shape) == 2:
        return Shaped((diagonal_size(shape[0], shape[1], k),))
    raise Mistake("ndim", tr("diag takes a vector or a matrix; {operand} is neither.", operand=described(value)))


def diagonal_size(rows: int | None, columns: int | None, offset: int) -> int | None:
    """Give the length of the diagonal that lies ``offset`` places right of the main one."""
    if rows is None or columns is None:
        return None
    return max(0, min(rows, columns - offset) if offset >= 0 else min(rows + offset, columns))


def diagonal(arguments: Arguments) -> Shaped:
    """Shape of ``diagonal``: two axes go, one of the diagonal comes last."""
    first, second, rest = _two_axes(arguments)
    shape = arguments.signature("a").shape
    size = diagonal_size(shape[first], shape[second], arguments.integer("offset"))
    axes = arguments.array("a").axes
    new = arguments.axes.fresh(1)
    return Shaped((*(shape[i] for i in rest), size), (*(axes[i] for i in rest), *new))


def trace(arguments: Arguments) -> Shaped:
    """Shape of ``trace``: two axes go."""
    _, _, rest = _two_axes(arguments)
    value = arguments.array("a")
    shape = signature_of(value).shape
    return Shaped(tuple(shape[i] for i in rest), tuple(value.axes[i] for i in rest))


def _two_axes(arguments: Arguments) -> tuple[int, int, list[int]]:
    value = arguments.array("a")
    ndim = signature_of(value).ndim
    arguments.integer("offset")
    if ndim < 2:
        raise Mistake(
            "ndim",
            tr("{function} needs at least two axes; {operand} has {ndim}.",
               function=arguments.shown, operand=described(value), ndim=ndim),
        )  # fmt: skip
    first, second = arguments.axis("axis1", ndim), arguments.axis("axis2", ndim)
    if first == second:
        raise Mistake("axis", tr("{function} needs two different axes.", function=arguments.shown))
    return first, second, [i for i in range(ndim) if i not in (first, second)]


def triangle(arguments: Arguments) -> Shaped:
    """Shape of ``tril`` and ``triu``: the same; a vector of n becomes n rows."""
    value = arguments.array("m")
    arguments.integer("k")
    shape = signature_of(value).shape
    if not shape:
        raise Mistake("ndim", tr("{function} needs a matrix, not a single number.", function=arguments.shown))
    if len(shape) == 1:
        check_size(shape * 2)
        return Shaped(shape * 2, arguments.axes.fresh(1) + value.axes)
    return Shaped(shape, value.axes)


def reinterpreted(arguments: Arguments) -> Shaped:
    """Shape of the method ``view``: the same bytes as other numbers, more or fewer of them along the last axis."""
    value, dtype = arguments.array("a"), arguments.dtype("dtype")
    signature = signature_of(value)
    given, wanted = signature.dtype.itemsize, signature.dtype.itemsize if dtype is None else dtype.itemsize
    if not arguments.is_method:
        raise Mistake(
            "unknown-function",
            tr("view is a method, not a function."),
            tr("Write {operand}.view({dtype}).", operand=shown(value), dtype=dtype),
        )
    if given == wanted:
        return Shaped(signature.shape, value.axes)
    known = {"operand": described(value), "given": given, "wanted": wanted, "dtype": dtype}
    if not signature.ndim:
        raise _no_view(tr("{operand} is one number of {given} bytes; {dtype} needs {wanted}.", **known), dtype)
    last = signature.shape[-1]
    if last is not None and last * given % wanted:
        sentence = tr("The last axis of {operand} has {n} bytes, which {wanted} don't divide.", n=last * given, **known)
        raise _no_view(sentence, dtype)
    size = None if last is None else last * given // wanted
    return Shaped((*signature.shape[:-1], size), (*value.axes[:-1], *arguments.axes.fresh(1)))


def _no_view(sentence: str, dtype: object) -> Mistake:
    return Mistake("view", sentence, tr("For the same numbers in another dtype write astype({dtype}).", dtype=dtype))
