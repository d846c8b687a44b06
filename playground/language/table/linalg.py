"""Rows of the function table: ``numpy.linalg``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.rules import (
    axes,
    contractions,
    dtypes,
    equations,
    factorizations,
    flops,
    linalg,
    norms,
    products,
    shapes,
)
from playground.language.table.row import Function

if TYPE_CHECKING:
    from playground.language.arguments import Arguments

_F = "[[2.0, 1.0], [1.0, 3.0]]"


def _power(arguments: Arguments) -> np.dtype:
    dtype = arguments.dtype_of("a")
    exponent = arguments.integer("n")
    if exponent < 0:
        return dtypes.linear_algebra(dtype, arguments.shown)
    return dtype


def _pseudo_inverse(arguments: Arguments) -> np.dtype:
    signature = arguments.signature("a")
    if 0 in signature.shape[-2:]:
        return signature.dtype  # NumPy returns early, in the dtype that came in
    return dtypes.linear_algebra(signature.dtype, arguments.shown)


def _eigen(arguments: Arguments) -> np.dtype:
    """Complex, whatever the eigenvalues turn out to be: as NumPy has it from 2.5 on, on every version and device."""
    return np.result_type(dtypes.linear_algebra(arguments.dtype_of("a"), arguments.shown), np.complex64)


def _linear(name: str, help_: str, shape: shapes.ShapeRule, dtype: dtypes.DtypeRule, **more: object) -> Function:
    signature = str(more.pop("signature", "a"))
    arguments = str(more.pop("arguments", _F))
    example = f"linalg.{name}({arguments})"
    return Function(f"linalg.{name}", signature, shape, dtype, "linalg", help_, example,
                    **more)  # type: ignore[arg-type]  # fmt: skip


_SAME = dtypes.lapack("a")
_REAL = dtypes.lapack("a", real=True)

LINEAR_ALGEBRA: Final = (
    _linear("norm", "Length of a vector, size of a matrix.", norms.norm, norms.norm_dtype,
            signature="x, ord=None, axis=None, keepdims=False", arguments="[3.0, 4.0]", flops=norms.norm_flops),
    _linear("inv", "The inverse: A times it is the identity.", linalg.whole, _SAME, flops=flops.cubic(2)),
    _linear("det", "The determinant: how much areas grow.", linalg.batch, _SAME, flops=flops.cubic(2, 3)),
    _linear("slogdet", "Sign and logarithm of the determinant.", linalg.sign_and_log, dtypes.each(_SAME, _REAL),
            results=("sign", "logabsdet"), flops=flops.cubic(2, 3)),
    _linear("solve", "The x with a @ x = b.", linalg.solved,
            equations.solved_dtype, signature="a, b", arguments=f"{_F}, [1.0, 2.0]", flops=flops.solve),
    _linear("eigh", "Eigenvalues and eigenvectors of a symmetric matrix.", linalg.eigen, dtypes.each(_REAL, _SAME),
            signature="a, UPLO='L'", results=("eigenvalues", "eigenvectors"), flops=factorizations.eigh),
    _linear("eigvalsh", "Eigenvalues of a symmetric matrix.", linalg.eigenvalues, _REAL, signature="a, UPLO='L'",
            flops=factorizations.eigvalsh),
    _linear("svd", "The singular value decomposition U, S, Vh.", linalg.singular, linalg.singular_dtypes,
            signature="a, full_matrices=True, compute_uv=True, hermitian=False", results=("U", "S", "Vh"),
            flops=factorizations.svd),
    _linear("qr", "An orthogonal Q and an upper triangular R.", linalg.orthogonal, linalg.orthogonal_dtypes,
            signature="a, mode='reduced'", results=("Q", "R"), flops=factorizations.qr),
    _linear("cholesky", "The lower triangular L with L @ L.T = a.", linalg.triangular, _SAME,
            signature="a, /, *, upper=False", flops=flops.cubic(1, 3)),
    _linear("matrix_rank", "How many rows are independent.", linalg.rank, dtypes.fixed(dtypes.INDEX),
            signature="A, tol=None, hermitian=False, *, rtol=None", flops=factorizations.matrix_rank),
    _linear("pinv", "The pseudo-inverse, for any matrix.", linalg.pseudo_inverse, _pseudo_inverse,
            signature="a, rcond=None, hermitian=False, *, rtol=None", flops=factorizations.pinv),
    _linear("matrix_power", "A matrix multiplied by itself n times.", linalg.powered, _power,
            signature="a, n", arguments=f"{_F}, 3", flops=factorizations.matrix_power),
)  # fmt: skip

_TENSORDOT: Final = contractions.RuleOfTensordot("x1", "x2")

MORE: Final = (
    _linear("eig", "Eigenvalues and eigenvectors of any square matrix, complex.", linalg.general_eigen,
            dtypes.each(_eigen, _eigen), results=("eigenvalues", "eigenvectors"), numpy_target="own:eig",
            flops=factorizations.eig),
    _linear("eigvals", "Eigenvalues of any square matrix, complex.", linalg.general_eigenvalues, _eigen,
            numpy_target="own:eigvals", flops=factorizations.eigvals),
    _linear("svdvals", "The singular values: how much each direction is stretched.", linalg.singular_values,
            dtypes.lapack("x", real=True), signature="x, /", flops=factorizations.singular_values),
    _linear("lstsq", "The x that comes closest to a @ x = b.", equations.least_squares, equations.least_squares_dtypes,
            signature="a, b, rcond=None", arguments="[[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]], [1.0, 2.0, 2.0]",
            flops=factorizations.lstsq),
    _linear("cond", "How much errors may grow: largest stretch by smallest.", norms.condition,
            dtypes.lapack("x", real=True), signature="x, p=None", flops=factorizations.cond),
    _linear("vector_norm", "Length of vectors, along any axes.", norms.vector_norm, norms.norm_dtype,
            signature="x, /, *, axis=None, keepdims=False, ord=2", arguments="[3.0, 4.0]", flops=flops.reads("x", 2)),
    _linear("matrix_norm", "Size of each matrix.", norms.matrix_norm, norms.norm_dtype,
            signature="x, /, *, keepdims=False, ord='fro'", flops=norms.norm_flops),
    _linear("multi_dot", "The product of several matrices, in the cheapest order.", products.chain,
            lambda arguments: dtypes.promoted_strong(arguments.arrays("arrays")), signature="arrays, *, out=None",
            arguments=f"[{_F}, {_F}, [1.0, 2.0]]", flops=products.chain_flops, cupy_target="own:multi_dot"),
    _linear("trace", "The sum of the diagonal of each matrix.", linalg.last_trace, dtypes.given_or(dtypes.summed, "x"),
            signature="x, /, *, offset=0, dtype=None", flops=flops.none, rare=True),
    _linear("diagonal", "The diagonal of each matrix.", linalg.last_diagonal, dtypes.of("x"),
            signature="x, /, *, offset=0", flops=flops.none, rare=True),
    _linear("matmul", "The matrix product, as @.", shapes.matrix_product, dtypes.of_ufunc("matmul", "x1", "x2"),
            signature="x1, x2, /", arguments=f"{_F}, {_F}", flops=flops.product("x1", "x2"), rare=True),
    _linear("matrix_transpose", "The last two axes change places, as .mT does.", axes.matrix_transposed,
            dtypes.of("x"), signature="x, /", flops=flops.none, rare=True),
    _linear("outer", "Every number of one vector times every one of the other.", products.strict_outer,
            dtypes.strong("x1", "x2"), signature="x1, x2, /", arguments="[1, 2], [3, 4]", flops=flops.cells, rare=True),
    _linear("cross", "The vector at right angles to two vectors of 3.", products.strict_cross,
            products.cross_dtype("x1", "x2"), signature="x1, x2, /, *, axis=-1", arguments="[1, 0, 0], [0, 1, 0]",
            flops=products.cross_flops, rare=True),
    _linear("vecdot", "The dot product of each pair of vectors.", products.vector_products,
            dtypes.of_ufunc("vecdot", "x1", "x2"), signature="x1, x2, /, *, axis=-1", arguments=f"{_F}, {_F}",
            flops=products.vector_flops("x1"), rare=True),
    _linear("tensordot", "Sums of products over chosen axes.", _TENSORDOT, dtypes.strong("x1", "x2"),
            signature="x1, x2, /, *, axes=2", arguments=f"{_F}, {_F}, axes=1", flops=_TENSORDOT.flops, rare=True),
    _linear("tensorsolve", "The x with tensordot(a, x, x.ndim) = b.", equations.tensor_solved, equations.solved_dtype,
            signature="a, b, axes=None", arguments=f"{_F}, [1.0, 2.0]", flops=equations.tensor_solved_flops, rare=True),
    _linear("tensorinv", "The inverse of a tensor; ind axes are its rows.", equations.tensor_inverse, _SAME,
            signature="a, ind=2", arguments=f"{_F}, ind=1", flops=equations.tensor_inverse_flops, rare=True),
)  # fmt: skip

ROWS: Final = (*LINEAR_ALGEBRA, *MORE)
