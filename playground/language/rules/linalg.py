"""Shapes of linear algebra."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.mistake import Mistake
from playground.language.rules.dtypes import linear_algebra, real_of
from playground.language.rules.layout import diagonal_size
from playground.language.rules.shapes import Shaped, axes_text, broadcast, described, shown, signature_of
from playground.language.signature import Signature
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    import numpy as np

    from playground.language.arguments import Arguments
    from playground.language.values import Value


def matrix(arguments: Arguments, name: str = "a") -> Value:
    """Give an argument of at least two axes; raises ``Mistake`` for fewer."""
    value = arguments.array(name)
    if signature_of(value).ndim < 2:
        raise Mistake(
            "ndim",
            tr("{function} needs a matrix; {operand} has {axes}.",
               function=arguments.shown, operand=described(value), axes=axes_text(signature_of(value).ndim)),
            span=value.span,
        )  # fmt: skip
    return value


def square(arguments: Arguments, name: str = "a") -> Value:
    """Give an argument whose last two axes are equally long; raises ``Mistake`` otherwise."""
    value = matrix(arguments, name)
    *_, rows, columns = signature_of(value).shape
    if rows is not None and columns is not None and rows != columns:
        ndim = signature_of(value).ndim
        raise Mistake(
            "not-square",
            tr("{function} needs a square matrix; {operand} has {rows} rows and {columns} columns.",
               function=arguments.shown, operand=shown(value), rows=rows, columns=columns),
            clash=((0, ndim - 2), (0, ndim - 1)),
            span=value.span,
        )  # fmt: skip
    arguments.axes.unite(value.axes[-2], value.axes[-1])
    return value


def whole(arguments: Arguments) -> Shaped:
    """Shape of ``inv``: the square matrix's own."""
    value = square(arguments)
    return Shaped(signature_of(value).shape, value.axes)


def powered(arguments: Arguments) -> Shaped:
    """Shape of ``matrix_power``."""
    arguments.integer("n")
    return whole(arguments)


def batch(arguments: Arguments) -> Shaped:
    """Shape of ``det``: one number for each square matrix."""
    value = square(arguments)
    return Shaped(signature_of(value).shape[:-2], value.axes[:-2])


def sign_and_log(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``slogdet``."""
    return (batch(arguments), batch(arguments))


def eigenvalues(arguments: Arguments) -> Shaped:
    """Shape of ``eigvalsh``: a vector for each square matrix."""
    value = square(arguments)
    arguments.choice("UPLO", ("L", "U", "l", "u"))
    return Shaped(signature_of(value).shape[:-1], value.axes[:-1])


def eigen(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``eigh``: eigenvalues and eigenvectors."""
    return (eigenvalues(arguments), whole(arguments))


def general_eigenvalues(arguments: Arguments) -> Shaped:
    """Shape of ``eigvals``: a vector for each square matrix."""
    value = square(arguments)
    return Shaped(signature_of(value).shape[:-1], value.axes[:-1])


def general_eigen(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``eig``: eigenvalues and eigenvectors."""
    return (general_eigenvalues(arguments), whole(arguments))


def triangular(arguments: Arguments) -> Shaped:
    """Shape of ``cholesky``: the square matrix's own."""
    arguments.flag("upper")
    return whole(arguments)


def solved(arguments: Arguments) -> Shaped:
    """Shape of ``solve``: that of the right side, its leading axes broadcast with the matrix's."""
    left, right = square(arguments), arguments.array("b")
    a, b = signature_of(left), signature_of(right)
    if not b.ndim:
        raise Mistake("ndim", tr("solve needs a vector or a matrix on the right side."), span=right.span)
    place = -1 if b.ndim == 1 else -2
    rows, size = b.shape[place], a.shape[-1]
    if rows is not None and size is not None and rows != size:
        raise Mistake(
            "inner-sizes",
            tr("solve needs as many {rows} in {right} ({b}) as rows in {left} ({a}).",
               rows=tr("numbers") if b.ndim == 1 else tr("rows"), right=shown(right), left=shown(left), a=size, b=rows),
            tr("{left}, {right}.", left=described(left), right=described(right)),
            clash=((0, a.ndim - 2), (1, b.ndim + place)),
        )  # fmt: skip
    arguments.axes.unite(left.axes[-1], right.axes[place])
    stacks = [
        replace(left, signature=Signature(a.shape[:-2], a.dtype), axes=left.axes[:-2]),
        replace(right, signature=Signature(b.shape[: place if b.ndim > 1 else 0], b.dtype),
                axes=right.axes[: place if b.ndim > 1 else 0]),
    ]  # fmt: skip
    lead = broadcast(stacks, arguments.axes, arguments.shown)
    return Shaped((*lead.shape, *b.shape[place:]), (*(lead.axes or ()), *right.axes[place:]))


def singular(arguments: Arguments) -> tuple[Shaped, ...] | Shaped:
    """Shapes of ``svd``: U, S and Vh, or S alone; a hermitian matrix is square."""
    value = square(arguments) if arguments.flag("hermitian") else matrix(arguments)
    shape, axes = signature_of(value).shape, value.axes
    lead, (m, n) = shape[:-2], shape[-2:]
    k = _smaller(m, n)
    inner = arguments.axes.fresh(1)
    values = Shaped((*lead, k), (*axes[:-2], *inner))
    if not arguments.flag("compute_uv"):
        return values
    if arguments.flag("full_matrices"):
        u, vh = (m, m), (n, n)
        u_axes, v_axes = arguments.axes.fresh(1), arguments.axes.fresh(1)
    else:
        u, vh, u_axes, v_axes = (m, k), (k, n), inner, inner
    return (
        Shaped((*lead, *u), (*axes[:-1], *u_axes)),
        values,
        Shaped((*lead, *vh), (*axes[:-2], *v_axes, axes[-1])),
    )


def singular_values(arguments: Arguments) -> Shaped:
    """Shape of ``svdvals``: a vector for each matrix."""
    value = matrix(arguments, "x")
    shape = signature_of(value).shape
    return Shaped((*shape[:-2], _smaller(*shape[-2:])), (*value.axes[:-2], *arguments.axes.fresh(1)))


def singular_dtypes(arguments: Arguments) -> tuple[np.dtype, ...] | np.dtype:
    """Dtypes of ``svd``."""
    dtype = linear_algebra(arguments.dtype_of("a"), arguments.shown)
    return (dtype, real_of(dtype), dtype) if arguments.flag("compute_uv") else real_of(dtype)


def orthogonal(arguments: Arguments) -> tuple[Shaped, ...] | Shaped:
    """Shapes of ``qr``: Q and R, R alone, or LAPACK's own: the reflectors transposed, and their factors."""
    mode = arguments.choice("mode", ("reduced", "complete", "r", "raw"))
    value = matrix(arguments)
    shape, axes = signature_of(value).shape, value.axes
    lead, (m, n) = shape[:-2], shape[-2:]
    k = m if mode == "complete" else _smaller(m, n)
    inner = arguments.axes.fresh(1)
    if mode == "raw":
        return (Shaped((*lead, n, m), (*axes[:-2], axes[-1], axes[-2])), Shaped((*lead, k), (*axes[:-2], *inner)))
    upper = Shaped((*lead, k, n), (*axes[:-2], *inner, axes[-1]))
    return upper if mode == "r" else (Shaped((*lead, m, k), (*axes[:-1], *inner)), upper)


def orthogonal_dtypes(arguments: Arguments) -> tuple[np.dtype, ...] | np.dtype:
    """Dtypes of ``qr``."""
    dtype = linear_algebra(arguments.dtype_of("a"), arguments.shown)
    return dtype if arguments.constant("mode") == "r" else (dtype, dtype)


def _smaller(m: int | None, n: int | None) -> int | None:
    return None if m is None or n is None else min(m, n)


def rank(arguments: Arguments) -> Shaped:
    """Shape of ``matrix_rank``: one number for each matrix."""
    value = arguments.array("A")
    if arguments.given("tol") and arguments.given("rtol"):
        raise Mistake("argument", tr("matrix_rank takes tol or rtol, not both."), span=arguments.values["rtol"].span)
    signature = signature_of(value)
    if signature.ndim < 2:
        return Shaped(())
    linear_algebra(signature.dtype, arguments.shown)
    if arguments.flag("hermitian"):
        square(arguments, "A")
    stack = replace(value, signature=Signature(signature.shape[:-2], signature.dtype), axes=value.axes[:-2])
    limits = [arguments.array(name) for name in ("tol", "rtol") if arguments.given(name)]
    return broadcast([stack, *limits], arguments.axes, arguments.shown)


def pseudo_inverse(arguments: Arguments) -> Shaped:
    """Shape of ``pinv``: the last two axes swap."""
    if arguments.given("rcond") and arguments.given("rtol"):
        raise Mistake("argument", tr("pinv takes rcond or rtol, not both."), span=arguments.values["rtol"].span)
    whole_cells = 0 not in arguments.signature("a").shape[-2:]
    value = square(arguments) if arguments.flag("hermitian") and whole_cells else matrix(arguments)
    shape, axes = signature_of(value).shape, value.axes
    return Shaped((*shape[:-2], shape[-1], shape[-2]), (*axes[:-2], axes[-1], axes[-2]))


# -- the diagonal of each matrix ---------------------------------------------------------------------------------


def last_diagonal(arguments: Arguments) -> Shaped:
    """Shape of ``linalg.diagonal``: the last two axes give one."""
    value = matrix(arguments, "x")
    *lead, rows, columns = signature_of(value).shape
    size = diagonal_size(rows, columns, arguments.integer("offset"))
    return Shaped((*lead, size), (*value.axes[:-2], *arguments.axes.fresh(1)))


def last_trace(arguments: Arguments) -> Shaped:
    """Shape of ``linalg.trace``: the last two axes go."""
    value = matrix(arguments, "x")
    arguments.integer("offset")
    return Shaped(signature_of(value).shape[:-2], value.axes[:-2])
