"""Rows of the function table: products, layout, putting together, linear algebra."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language import dtype_rules as dtypes
from playground.language import flop_rules as flops
from playground.language import shape_rules as shapes
from playground.language import shape_rules_layout as layout
from playground.language import shape_rules_linalg as linalg
from playground.language.function_row import Function

if TYPE_CHECKING:
    from playground.language.arguments import Arguments

_M = "[[1, 2], [3, 4]]"
_F = "[[2.0, 1.0], [1.0, 3.0]]"


def _parts(name: str) -> dtypes.DtypeRule:
    return lambda arguments: arguments.dtype("dtype") or dtypes.promoted_strong(arguments.arrays(name))


def _einsum(arguments: Arguments) -> np.dtype:
    return dtypes.promoted_strong(arguments.arrays("operands"))


PRODUCTS: Final = (
    Function("dot", "a, b, out=None", shapes.dot, dtypes.strong("a", "b"), "product",
             "The dot product; of matrices, their product.", "dot([1, 2, 3], [4, 5, 6])", method=True,
             flops=flops.product("a", "b")),
    Function("matmul", "x1, x2, /", shapes.matrix_product, dtypes.of_ufunc("matmul", "x1", "x2"), "product",
             "The matrix product, x1 @ x2.", f"matmul({_M}, [[1], [1]])", flops=flops.product("x1", "x2")),
    Function("inner", "a, b, /", shapes.inner, dtypes.strong("a", "b"), "product",
             "Sum of products over the last axes.", "inner([1, 2], [3, 4])", flops=flops.product("a", "b")),
    Function("outer", "a, b, out=None", shapes.outer, dtypes.strong("a", "b"), "product",
             "Every cell of one times every cell of the other.", "outer([1, 2], [3, 4, 5])", flops=flops.cells),
    Function("kron", "a, b", shapes.kron, dtypes.strong("a", "b"), "product",
             "Every cell of one times the whole of the other.", f"kron({_M}, [[1, 1]])", flops=flops.cells),
    Function("einsum", "subscripts, /, *operands", linalg.einsum, _einsum, "product",
             "Sums of products, spelled by letters.", f"einsum('ij,jk->ik', {_M}, {_M})", flops=flops.unknown),
)  # fmt: skip

_PAIR = "a, offset=0, axis1=0, axis2=1"

LAYOUT: Final = (
    Function("transpose", "a, axes=None", layout.transposed, dtypes.of("a"), "layout",
             "Rows become columns; the axes in reverse or another order.", f"transpose({_M})", method=True),
    Function("swapaxes", "a, axis1, axis2", layout.swapped, dtypes.of("a"), "layout",
             "Two axes change places.", f"swapaxes({_M}, 0, 1)", method=True),
    Function("reshape", "a, /, shape, order='C', *, copy=None", layout.reshaped, dtypes.of("a"), "layout",
             "The same cells in another shape; -1 finds a size.", "reshape([1, 2, 3, 4], (2, -1))", method=True),
    Function("ravel", "a, order='C'", layout.flattened, dtypes.of("a"), "layout",
             "All cells in one row.", f"ravel({_M})", method=True),
    Function("squeeze", "a, axis=None", layout.squeezed, dtypes.of("a"), "layout",
             "Axes of size 1 go.", "squeeze([[1, 2, 3]])", method=True),
    Function("expand_dims", "a, axis", layout.expanded, dtypes.of("a"), "layout",
             "A new axis of size 1.", "expand_dims([1, 2, 3], 0)"),
    Function("broadcast_to", "array, shape", layout.broadcast_to, dtypes.of("array"), "layout",
             "Stretched to a larger shape.", "broadcast_to([1, 2, 3], (2, 3))"),
    Function("diag", "v, k=0", layout.diagonal_of, dtypes.of("v"), "layout",
             "A diagonal matrix from a vector, or the diagonal of a matrix.", "diag([1, 2, 3])"),
    Function("diagonal", _PAIR, layout.diagonal, dtypes.of("a"), "layout",
             "The cells on a diagonal.", f"diagonal({_M})", method=True),
    Function("trace", f"{_PAIR}, dtype=None, out=None", layout.trace, dtypes.given_or(dtypes.summed), "reduce",
             "The sum of the diagonal.", f"trace({_M})", method=True),
    Function("tril", "m, k=0", layout.triangle, dtypes.of("m"), "layout",
             "Zeros above a diagonal.", f"tril({_M})"),
    Function("triu", "m, k=0", layout.triangle, dtypes.of("m"), "layout",
             "Zeros below a diagonal.", f"triu({_M})"),
    Function("concatenate", "arrays, /, axis=0, out=None, *, dtype=None", layout.concatenated, _parts("arrays"), "join",
             "Arrays joined along an axis.", f"concatenate([{_M}, [[5, 6]]])"),
    Function("stack", "arrays, axis=0, out=None, *, dtype=None", layout.stacked, _parts("arrays"), "join",
             "Arrays stacked along a new axis.", "stack([[1, 2], [3, 4]])"),
    Function("vstack", "tup, *, dtype=None", layout.RuleOfStack(0, 2), _parts("tup"), "join",
             "Arrays on top of each other.", "vstack([[1, 2], [3, 4]])"),
    Function("hstack", "tup, *, dtype=None", layout.RuleOfStack(1, 1), _parts("tup"), "join",
             "Arrays side by side.", f"hstack([{_M}, [[5], [6]]])"),
)  # fmt: skip


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

ROWS: Final = (*PRODUCTS, *LAYOUT, *LINEAR_ALGEBRA)
