"""Gradients of what takes a matrix apart: eigenvalues, singular values, QR, Cholesky, and the pseudo-inverse.

A symmetric matrix (of ``eigh``, ``cholesky``) is taken to stay symmetric as it moves: its gradient is symmetric too.
Values that are equal have no gradient of their vectors: these turn freely.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.gradients.indexing import padded
from playground.language.gradients.matrices import identity, product, symmetric, transposed
from playground.language.gradients.operation import Operation, Rule, size_text
from playground.language.gradients.shaping import indexed
from playground.language.gradients.text import Part, call, part
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.signature import Shape

_RESULTS: Final = {
    "linalg.eigh": ("eigenvalues", "eigenvectors"),
    "linalg.svd": ("U", "S", "Vh"),
    "linalg.qr": ("Q", "R"),
}


# -- pieces ----------------------------------------------------------------------------------------------------


def _result(operation: Operation, function: str, place: int, shape: Shape, **keywords: object) -> Part:
    """Write one of several results, as the formula takes its own: ``linalg.eigh(A)[1]``, or by name."""
    whole = call(function, operation.x, **keywords, shape=())
    by_place = operation.out.text.endswith("]")
    return part(f"{whole.text}[{place}]" if by_place else f"{whole.text}.{_RESULTS[function][place]}", shape)


def _for_rows(values: Part) -> Part:
    """Write values, one for each row of a matrix, so that they multiply its rows."""
    items = [":", "None"] if values.ndim == 1 else ["...", "None"]
    return indexed(values, items, (*values.shape, 1))


def _for_columns(values: Part) -> Part:
    """Write values, one for each column of a matrix, so that they multiply its columns."""
    if values.ndim == 1:
        return values
    return indexed(values, ["...", "None", ":"], (*values.shape[:-1], 1, *values.shape[-1:]))


def _gaps(values: Part) -> Part:
    """Write how far each two values lie apart; infinitely far on the diagonal, so that nothing is left there."""
    apart = _for_columns(values) - _for_rows(values)
    return call("where", call("eye", size_text(values, (values.ndim - 1,)), shape=()), "inf", apart, shape=apart.shape)


def _turning(vectors: Part, dh: Part) -> Part:
    """Write how far the gradient turns the vectors, which are columns, towards each other."""
    towards = product(transposed(vectors), dh)
    return towards - transposed(towards)


def _mirrored(given: Part) -> Part:
    """Write the symmetric matrix that has the lower triangle of ``given``."""
    lower = call("tril", given, shape=given.shape)
    return lower + transposed(call("tril", given, "-1", shape=given.shape))


def _inverse(x: Part) -> Part:
    return call("linalg.inv", x, shape=x.shape)


# -- eigenvalues -----------------------------------------------------------------------------------------------


def _eigen(operation: Operation) -> Part:
    """Eigenvalues: ``(V * dw) @ V.T``; eigenvectors: ``V @ (V.T @ dV / gaps) @ V.T``, made symmetric.

    Source: M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation,
    2008, section 3.1.
    """
    x = operation.x
    size = size_text(x, (x.ndim - 1,))
    uplo = None if operation.constant("UPLO") == "L" else "'U'"
    if operation.result == 0 and not operation.dh.shape:
        return operation.dh * identity(size, x.shape[-2:])  # the sum of the eigenvalues is the trace
    vectors = _result(operation, "linalg.eigh", 1, x.shape, UPLO=uplo)
    if operation.result == 0:
        return symmetric(product(vectors * _for_columns(operation.full), transposed(vectors)))
    values = _result(operation, "linalg.eigh", 0, x.shape[:-1], UPLO=uplo)
    inner = symmetric(_turning(operation.out, operation.full) / _gaps(values))
    return product(product(operation.out, inner), transposed(operation.out)) / 2


# -- singular values -------------------------------------------------------------------------------------------


def _singular(operation: Operation) -> Part:
    """``U``, ``S`` or ``Vh`` of different singular values, none of them 0.

    Source: J. Townsend, Differentiating the singular value decomposition, 2016; M. Giles 2008, section 3.2.
    """
    rows, columns = (size or 0 for size in operation.sizes()[-2:])
    small, ahead = min(rows, columns), operation.x.shape[:-2]
    name = operation.name
    only_values = name == "linalg.svdvals" or operation.constant("compute_uv") is False
    which = 1 if only_values else operation.result
    is_full = name == "linalg.svd" and operation.constant("full_matrices") is True
    if is_full and (rows, 0, columns)[which] > small:
        raise operation.refused(*_free(operation, ("U", "S", "Vh")[which], "full_matrices=False", small))
    full = None if is_full and rows == columns and not only_values else "False"
    left = _result(operation, "linalg.svd", 0, (*ahead, rows, small), full_matrices=full)
    values = _result(operation, "linalg.svd", 1, (*ahead, small), full_matrices=full)
    right = _result(operation, "linalg.svd", 2, (*ahead, small, columns), full_matrices=full)
    if which == 1:
        dh = operation.dh
        return product(left * _for_columns(dh) if dh.shape else left * dh, right)
    if which == 0:
        return _of_left(operation.full, left, values, right)
    return _of_right(operation.full, left, values, right)


def _of_left(dh: Part, left: Part, values: Part, right: Part) -> Part:
    scale = _for_columns(values)
    inner = _turning(left, dh) * scale / _gaps(values**2)
    found = product(left, inner)
    if left.shape[-2] != left.shape[-1]:
        found = found + (dh - product(left, product(transposed(left), dh))) / scale
    return product(found, right)


def _of_right(dh: Part, left: Part, values: Part, right: Part) -> Part:
    scale = _for_rows(values)
    inner = _turning(transposed(right), transposed(dh)) * scale / _gaps(values**2)
    found = product(inner, right)
    if right.shape[-2] != right.shape[-1]:
        found = found + (dh - product(product(dh, transposed(right)), right)) / scale
    return product(left, found)


# -- triangles -------------------------------------------------------------------------------------------------


def _orthogonal(operation: Operation) -> Part:
    """``Q`` or ``R`` of a matrix of full rank.

    Source: M. Seeger et al., Auto-differentiating linear algebra, 2017; S. F. Walter and L. Lehmann, Algorithmic
    differentiation of linear algebra functions with application in optimum experimental design, 2010. Of more columns
    than rows, the first ones are taken apart, and ``R`` has ``Q.T @ x`` of the others.
    """
    x, mode = operation.x, operation.constant("mode")
    rows, columns = (size or 0 for size in operation.sizes()[-2:])
    small, ahead = min(rows, columns), x.shape[:-2]
    if mode not in ("reduced", "complete", "r") or (rows < columns and ahead):
        raise operation.refused()
    if mode == "complete" and rows > columns:
        raise operation.refused(*_free(operation, "Q", "mode='reduced'", small))
    given = "'complete'" if mode == "complete" else None
    q = _result(operation, "linalg.qr", 0, (*ahead, rows, small), mode=given)
    r = _result(operation, "linalg.qr", 1, (*ahead, small, columns), mode=given)
    dh, wide = operation.full, rows < columns
    turned = transposed(_inverse(indexed(r, [":", f":{rows}"], (rows, rows)) if wide else r))
    if mode != "r" and operation.result == 0:
        found = product(dh - product(q, _mirrored(product(transposed(dh), q))), turned)
        return padded(found, [(0, 0), (0, columns - rows)], x) if wide else found
    if not wide:
        return product(product(q, _mirrored(product(r, transposed(dh)))), turned)
    first, others = ([":", f":{rows}"], (rows, rows)), ([":", f"{rows}:"], (rows, columns - rows))
    both = product(indexed(r, *first), transposed(indexed(dh, *first)))
    both = both - product(indexed(dh, *others), transposed(indexed(r, *others)))
    found = product(indexed(x, *others), transposed(indexed(dh, *others))) + product(q, _mirrored(both))
    parts = product(found, turned).text, product(q, indexed(dh, *others)).text
    return call("concatenate", f"[{', '.join(parts)}]", axis=1, shape=x.shape)


def _free(operation: Operation, vectors: str, mode: str, count: int) -> tuple[str, str]:
    """Say that vectors beyond the first ones have no gradient, and how to write those that have one."""
    return (
        tr("Of {vectors}, only the first {count} are decided by {operand}; the others turn freely.",
           vectors=vectors, count=count, operand=operation.x.text),
        tr("Write {mode}.", mode=mode),
    )  # fmt: skip


def _cholesky(operation: Operation) -> Part:
    """``L`` with ``L @ L.T = x``, or its transpose.

    Source: I. Murray, Differentiation of the Cholesky decomposition, 2016, equation 10.
    """
    out, dh = operation.out, operation.full
    if operation.constant("upper"):
        inner, outside = product(out, transposed(dh)), _inverse(out)
    else:
        inner, outside = product(transposed(out), dh), transposed(_inverse(out))
    return product(product(outside, _mirrored(inner)), transposed(outside)) / 2


def _pseudo_inverse(operation: Operation) -> Part:
    """The pseudo-inverse where the rank doesn't change; an entry is taken to have full rank, which leaves terms out.

    Source: G. H. Golub and V. Pereyra, The differentiation of pseudo-inverses and nonlinear least squares problems
    whose variables separate, 1973, equation 4.12.
    """
    x, p, dh = operation.x, operation.out, operation.full
    rows, columns = (size or 0 for size in operation.sizes()[-2:])
    turned, flowing = transposed(p), transposed(dh)
    found = -product(product(turned, dh), turned)
    if rows > columns or not x.is_name:
        found = product(product(flowing - product(x, product(p, flowing)), p), turned) + found
    if rows < columns or not x.is_name:
        found = product(turned, product(p, flowing - product(product(flowing, p), x))) + found
    return found


RULES: Final[Mapping[str, Rule]] = {
    "linalg.eigh": _eigen,
    "linalg.eigvalsh": _eigen,
    "linalg.svd": _singular,
    "linalg.svdvals": _singular,
    "linalg.qr": _orthogonal,
    "linalg.cholesky": _cholesky,
    "linalg.pinv": _pseudo_inverse,
}
