"""Shapes and dtypes of norms and of the condition number."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from playground.language.mistake import Mistake
from playground.language.rules.dtypes import inexact, linear_algebra, real_of
from playground.language.rules.factorizations import for_stack, svd_values
from playground.language.rules.linalg import matrix, square
from playground.language.rules.shapes import Shaped, signature_of
from playground.translation import tr

if TYPE_CHECKING:
    import numpy as np

    from playground.language.arguments import Arguments
    from playground.language.signature import Shape, Signature
    from playground.language.values import Value

_INF: Final = float("inf")
_NORMS: Final = ("fro", "nuc", None, _INF, -_INF, 1, -1, 2, -2)
_SPECTRAL: Final = (2, -2, "nuc")
"""Orders of a matrix that are made of its singular values."""

_SMALLEST: Final = {-1: (1,), -_INF: (0,), -2: (0, 1)}
"""Orders of a matrix that look for the smallest of its columns (axis 1), of its rows, of either."""


def norm(arguments: Arguments) -> Shaped:
    """Shape of ``norm``: the axes that are measured go."""
    value = arguments.array("x")
    shape = signature_of(value).shape
    order, gone = _norm_order(arguments), arguments.axes_or_all("axis", len(shape))
    if len(gone) not in (1, 2) and (arguments.given("axis") or order is not None):
        raise Mistake("ndim", tr("norm with an order measures vectors or matrices; name one or two axes."))
    _check_norm(arguments, order, gone, shape)
    return _measured(arguments, value, gone)


def vector_norm(arguments: Arguments) -> Shaped:
    """Shape of ``vector_norm``: any axes that are measured go, all of them by default."""
    value = arguments.array("x")
    shape = signature_of(value).shape
    order, gone = _norm_order(arguments), arguments.axes_or_all("axis", len(shape))
    if isinstance(order, str):
        raise _of_matrices(order)
    _check_cells(arguments, order, gone, shape)
    return _measured(arguments, value, gone)


def matrix_norm(arguments: Arguments) -> Shaped:
    """Shape of ``matrix_norm``: the last two axes go."""
    value = matrix(arguments, "x")
    shape = signature_of(value).shape
    gone = (len(shape) - 2, len(shape) - 1)
    _check_norm(arguments, _norm_order(arguments), gone, shape)
    return _measured(arguments, value, gone)


def condition(arguments: Arguments) -> Shaped:
    """Shape of ``cond``: a number for each matrix, which is square for other norms than the largest stretch."""
    order = _norm_order(arguments, "p")
    value = matrix(arguments, "x") if order in (None, 2, -2) else square(arguments, "x")
    shape = signature_of(value).shape
    if 0 in shape[-2:]:
        raise Mistake("empty", tr("cond of a matrix without cells isn't defined."), span=value.span)
    linear_algebra(arguments.dtype_of("x"), arguments.shown)
    _check_known(order)
    return Shaped(shape[:-2], value.axes[:-2])


def _measured(arguments: Arguments, value: Value, gone: tuple[int, ...]) -> Shaped:
    shape = signature_of(value).shape
    if arguments.flag("keepdims"):
        new = arguments.axes.fresh(len(shape))
        return Shaped(tuple(1 if i in gone else s for i, s in enumerate(shape)),
                      tuple(new[i] if i in gone else axis for i, axis in enumerate(value.axes)))  # fmt: skip
    left = [i for i in range(len(shape)) if i not in gone]
    return Shaped(tuple(shape[i] for i in left), tuple(value.axes[i] for i in left))


def _norm_order(arguments: Arguments, name: str = "ord") -> object:
    order = arguments.constant(name)
    if order is not None and not isinstance(order, (int, float, str)):
        raise Mistake("argument", tr("{name} of {function} must be a number, inf, 'fro' or 'nuc'.",
                                     name=name, function=arguments.shown))  # fmt: skip
    return order


def _of_matrices(order: str) -> Mistake:
    return Mistake("argument", tr("{order} is a norm of matrices, not of vectors.", order=repr(order)))


def _check_known(order: object) -> None:
    if order not in _NORMS:
        raise Mistake("argument", tr("A matrix has no norm of order {order}.", order=order),
                      tr("There are 1, 2, -1, -2, inf, -inf, 'fro' and 'nuc'."))  # fmt: skip


def _check_cells(arguments: Arguments, order: object, gone: tuple[int, ...], shape: Shape) -> None:
    """Raise ``Mistake`` where something smallest is looked for and there is nothing."""
    searched: tuple[int, ...] = gone if order == -_INF else ()
    if len(gone) == 2 and arguments.shown != "linalg.vector_norm":
        searched = tuple(gone[place] for place in _SMALLEST.get(order, ()))  # type: ignore[call-overload]
    if any(shape[axis] == 0 for axis in searched):
        raise Mistake("empty", tr("{function} of order {order} of no cells isn't defined.",
                                  function=arguments.shown, order=order))  # fmt: skip


def _check_norm(arguments: Arguments, order: object, gone: tuple[int, ...], shape: Shape) -> None:
    if len(gone) == 1 and isinstance(order, str):
        raise _of_matrices(order)
    if len(gone) == 2:
        _check_known(order)
    if len(gone) == 2 and order in _SPECTRAL:
        linear_algebra(arguments.dtype_of("x"), arguments.shown)
    _check_cells(arguments, order, gone, shape)


def norm_dtype(arguments: Arguments) -> np.dtype:
    """Dtype of ``norm``: real, float64 for integers."""
    return real_of(inexact(arguments.dtype_of("x")))


def norm_flops(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """Operations of ``norm`` and ``matrix_norm``: 2 for each cell, or those of the singular values."""
    shape = [size for size in arguments.signature("x").shape if size is not None]
    ndim = arguments.signature("x").ndim
    if len(shape) < ndim:
        return None
    is_norm = arguments.shown == "linalg.norm"
    gone = arguments.axes_or_all("axis", ndim) if is_norm else (ndim - 2, ndim - 1)
    if len(gone) != 2 or _norm_order(arguments) not in _SPECTRAL:
        return 2 * math.prod(shape)
    stack = [size for axis, size in enumerate(shape) if axis not in gone]
    return for_stack([*stack, shape[gone[0]], shape[gone[1]]], svd_values)
