"""Rows of the function table: ``numpy.linalg``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language import dtype_rules as dtypes
from playground.language import flop_rules as flops
from playground.language import shape_rules as shapes
from playground.language import shape_rules_linalg as linalg
from playground.language.function_row import Function

if TYPE_CHECKING:
    from playground.language.arguments import Arguments

_F = "[[2.0, 1.0], [1.0, 3.0]]"


def _power(arguments: Arguments) -> np.dtype:
    dtype = arguments.dtype_of("a")
    exponent = arguments.integer("n")
    if exponent < 0:
        return dtypes.linear_algebra(dtype, arguments.shown)
    return dtype


def _solved(arguments: Arguments) -> np.dtype:
    found = [dtypes.linear_algebra(arguments.dtype_of(name), arguments.shown) for name in ("a", "b")]
    return np.promote_types(*found)


def _pseudo_inverse(arguments: Arguments) -> np.dtype:
    signature = arguments.signature("a")
    if 0 in signature.shape[-2:]:
        return signature.dtype  # NumPy returns early, in the dtype that came in
    return dtypes.linear_algebra(signature.dtype, arguments.shown)


def _linear(name: str, help_: str, shape: shapes.ShapeRule, dtype: dtypes.DtypeRule, **more: object) -> Function:
    signature = str(more.pop("signature", "a"))
    arguments = str(more.pop("arguments", _F))
    example = f"linalg.{name}({arguments})"
    return Function(f"linalg.{name}", signature, shape, dtype, "linalg", help_, example,
                    **{"flops": flops.unknown, **more})  # type: ignore[arg-type]  # fmt: skip


_SAME = dtypes.lapack("a")
_REAL = dtypes.lapack("a", real=True)

LINEAR_ALGEBRA: Final = (
    _linear("norm", "Length of a vector, size of a matrix.", linalg.norm, linalg.norm_dtype,
            signature="x, ord=None, axis=None, keepdims=False", arguments="[3.0, 4.0]", flops=flops.reads("x", 2)),
    _linear("inv", "The inverse: A times it is the identity.", linalg.whole, _SAME, flops=flops.cubic(2)),
    _linear("det", "The determinant: how much areas grow.", linalg.batch, _SAME, flops=flops.cubic(2, 3)),
    _linear("slogdet", "Sign and logarithm of the determinant.", linalg.sign_and_log, dtypes.each(_SAME, _REAL),
            results=("sign", "logabsdet"), flops=flops.cubic(2, 3)),
    _linear("solve", "The x with a @ x = b.", linalg.solved,
            _solved,
            signature="a, b", arguments=f"{_F}, [1.0, 2.0]", flops=flops.solve),
    _linear("eigh", "Eigenvalues and eigenvectors of a symmetric matrix.", linalg.eigen, dtypes.each(_REAL, _SAME),
            signature="a, UPLO='L'", results=("eigenvalues", "eigenvectors")),
    _linear("eigvalsh", "Eigenvalues of a symmetric matrix.", linalg.eigenvalues, _REAL, signature="a, UPLO='L'"),
    _linear("svd", "The singular value decomposition U, S, Vh.", linalg.singular, linalg.singular_dtypes,
            signature="a, full_matrices=True, compute_uv=True, hermitian=False", results=("U", "S", "Vh")),
    _linear("qr", "An orthogonal Q and an upper triangular R.", linalg.orthogonal, linalg.orthogonal_dtypes,
            signature="a, mode='reduced'", results=("Q", "R")),
    _linear("cholesky", "The lower triangular L with L @ L.T = a.", linalg.whole, _SAME, flops=flops.cubic(1, 3)),
    _linear("matrix_rank", "How many rows are independent.", linalg.rank, dtypes.fixed(dtypes.INDEX),
            signature="A, tol=None, hermitian=False"),
    _linear("pinv", "The pseudo-inverse, for any matrix.", linalg.pseudo_inverse, _pseudo_inverse,
            signature="a, rcond=None, hermitian=False"),
    _linear("matrix_power", "A matrix multiplied by itself n times.", linalg.powered, _power,
            signature="a, n", arguments=f"{_F}, 3"),
)  # fmt: skip

ROWS: Final = LINEAR_ALGEBRA
