"""Shapes of equations beyond ``solve``: least squares, and those of tensors."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from playground.language.mistake import Mistake
from playground.language.rules.dtypes import linear_algebra, real_of
from playground.language.rules.layout import permuted
from playground.language.rules.shapes import Shaped, described, shown, signature_of
from playground.language.signature import Signature
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.signature import Shape
    from playground.language.values import Value


# -- least squares -----------------------------------------------------------------------------------------------


def least_squares(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``lstsq``: the solution, the residuals, the rank and the singular values.

    There are no residuals where there are no more rows than columns; else the rank, so the data, decides.
    """
    left, right = arguments.array("a"), arguments.array("b")
    a, b = signature_of(left), signature_of(right)
    if a.ndim != 2 or b.ndim not in (1, 2):
        wrong = left if a.ndim != 2 else right
        raise Mistake(
            "ndim",
            tr("lstsq takes one matrix, and a vector or a matrix on the right side; {operand} doesn't fit.",
               operand=described(wrong)),
            span=wrong.span,
        )  # fmt: skip
    _check_cutoff(arguments)
    (rows, columns), height = a.shape, b.shape[0]
    if rows is not None and height is not None and rows != height:
        raise Mistake(
            "inner-sizes",
            tr("lstsq needs as many {lines} in {right} ({b}) as rows in {left} ({a}).", right=shown(right),
               lines=tr("numbers") if b.ndim == 1 else tr("rows"), left=shown(left), a=rows, b=height),
            tr("{left}, {right}.", left=described(left), right=described(right)),
            clash=((0, 0), (1, 0)),
        )  # fmt: skip
    arguments.axes.unite(left.axes[0], right.axes[0])
    smaller = None if rows is None or columns is None else min(rows, columns)
    return (
        Shaped((columns, *b.shape[1:]), (left.axes[1], *right.axes[1:])),
        Shaped((_residuals(rows, columns, 1 if b.ndim == 1 else b.shape[1]),)),
        Shaped(()),
        Shaped((smaller,)),
    )


def _residuals(rows: int | None, columns: int | None, sides: int | None) -> int | None:
    if columns == 0:
        return sides if rows else 0
    return 0 if rows is not None and columns is not None and rows <= columns else None


def _check_cutoff(arguments: Arguments) -> None:
    cutoff = arguments.values.get("rcond")
    if cutoff is None or cutoff.constant is None:
        return
    signature = arguments.signature("rcond")
    if signature.ndim or signature.dtype.kind == "c":
        raise Mistake("argument", tr("rcond of lstsq is a number such as 1e-10."), span=cutoff.span)


def least_squares_dtypes(arguments: Arguments) -> tuple[np.dtype, ...]:
    """Dtypes of ``lstsq``."""
    dtype = solved_dtype(arguments)
    return (dtype, real_of(dtype), np.dtype(np.int32), real_of(dtype))


def solved_dtype(arguments: Arguments) -> np.dtype:
    """Dtype of ``solve`` and its kin: what both sides have in common, as LAPACK knows it."""
    found = [linear_algebra(arguments.dtype_of(name), arguments.shown) for name in ("a", "b")]
    return np.promote_types(*found)


# -- tensors -----------------------------------------------------------------------------------------------------


def tensor_solved(arguments: Arguments) -> Shaped:
    """Shape of ``tensorsolve``: the axes of ``a`` behind those of ``b``, of as many cells as ``b``."""
    left, right = arguments.array("a"), arguments.array("b")
    if arguments.given("axes"):
        left = _axes_last(arguments, left)
    a, b = signature_of(left), signature_of(right)
    if a.ndim < b.ndim:
        raise _not_square(arguments, left)
    unknown = a.shape[-(a.ndim - b.ndim) :]  # all of them where there are as many axes as in b, as NumPy reads it
    side = Signature(unknown, a.dtype).size
    if side is not None and a.size is not None and a.size != side**2:
        raise _not_square(arguments, left)
    if side is not None and b.size is not None and b.size != side:
        raise Mistake(
            "inner-sizes",
            tr("tensorsolve needs as many cells in {right} as there are unknowns, {n}.",
               right=described(right), n=side),
            clash=((1, 0),) if b.ndim else (),
        )  # fmt: skip
    return Shaped(unknown, left.axes[-(a.ndim - b.ndim) :])


def _axes_last(arguments: Arguments, value: Value) -> Value:
    """Move the chosen axes to the end, as ``tensorsolve`` does."""
    ndim = signature_of(value).ndim
    order = list(range(ndim))
    for axis in arguments.integers("axes"):
        if axis not in order:
            raise Mistake("axis", tr("tensorsolve has no axis {axis} to move.", axis=axis),
                          span=arguments.values["axes"].span)  # fmt: skip
        order.remove(axis)
        order.insert(ndim, axis)
    shaped = permuted(value, tuple(order))
    return replace(value, signature=Signature(shaped.shape, signature_of(value).dtype), axes=shaped.axes or ())


def _not_square(arguments: Arguments, value: Value) -> Mistake:
    return Mistake(
        "not-square",
        tr("{function} needs as many unknowns as equations: the first axes of {operand} must have as many cells "
           "as the others.", function=arguments.shown, operand=described(value)),
        span=value.span,
    )  # fmt: skip


def tensor_inverse(arguments: Arguments) -> Shaped:
    """Shape of ``tensorinv``: the first ``ind`` axes go behind the others."""
    value, first = arguments.array("a"), arguments.integer("ind")
    if first < 1:
        raise Mistake("argument", tr("ind of tensorinv is 1 or more."), span=arguments.values["ind"].span)
    shape = signature_of(value).shape
    rows, columns = _cells(shape[:first]), _cells(shape[first:])
    # NumPy can't find the number of rows where there are no columns.
    if not shape or columns == 0 or (rows is not None and columns is not None and rows != columns):
        raise _not_square(arguments, value)
    return Shaped((*shape[first:], *shape[:first]), (*value.axes[first:], *value.axes[:first]))


def _cells(shape: Shape) -> int | None:
    return None if None in shape else math.prod(size or 0 for size in shape)


def tensor_solved_flops(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """2/3·n³ for n unknowns, and 2·n² for the right side."""
    unknowns = results[0].size
    return None if unknowns is None else 2 * unknowns**3 // 3 + 2 * unknowns**2


def tensor_inverse_flops(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """2·n³ for n unknowns."""
    rows = _cells(arguments.signature("a").shape[: arguments.integer("ind")])
    return None if rows is None else 2 * rows**3
