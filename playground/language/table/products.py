"""Rows of the function table: products and diagonals."""

from __future__ import annotations

from typing import Final

from playground.language.rules import contractions, dtypes, einsum, flops, layout, products, shapes
from playground.language.table.row import Function

_M = "[[1, 2], [3, 4]]"


_TENSORDOT: Final = contractions.RuleOfTensordot("a", "b")

PRODUCTS: Final = (
    Function("dot", "a, b, out=None", contractions.dot, dtypes.strong("a", "b"), "product",
             "The dot product; of matrices, their product.", "dot([1, 2, 3], [4, 5, 6])", method=True,
             flops=flops.product("a", "b")),
    Function("matmul", "x1, x2, /", shapes.matrix_product, dtypes.of_ufunc("matmul", "x1", "x2"), "product",
             "The matrix product, x1 @ x2.", f"matmul({_M}, [[1], [1]])", flops=flops.product("x1", "x2")),
    Function("inner", "a, b, /", contractions.inner, dtypes.strong("a", "b"), "product",
             "Sum of products over the last axes.", "inner([1, 2], [3, 4])", flops=flops.product("a", "b")),
    Function("outer", "a, b, out=None", contractions.outer, dtypes.strong("a", "b"), "product",
             "Every cell of one times every cell of the other.", "outer([1, 2], [3, 4, 5])", flops=flops.cells),
    Function("kron", "a, b", contractions.kron, dtypes.strong("a", "b"), "product",
             "Every cell of one times the whole of the other.", f"kron({_M}, [[1, 1]])", flops=flops.cells),
    Function("tensordot", "a, b, axes=2", _TENSORDOT, dtypes.strong("a", "b"), "product",
             "Sums of products over chosen axes.", f"tensordot({_M}, {_M}, axes=1)", flops=_TENSORDOT.flops),
    Function("cross", "a, b, axisa=-1, axisb=-1, axisc=-1, axis=None", products.cross, products.cross_dtype("a", "b"),
             "product", "The vector at right angles to two vectors of 3.", "cross([1, 0, 0], [0, 1, 0])",
             flops=products.cross_flops),
    Function("vdot", "a, b, /", products.flat_product, dtypes.strong("a", "b"), "product",
             "The sum of all products, the first conjugated.", "vdot([1, 2j], [3, 4j])",
             flops=products.vector_flops("a")),
    Function("vecdot", "x1, x2, /, *, axis=-1", products.vector_products, dtypes.of_ufunc("vecdot", "x1", "x2"),
             "product", "The dot product of each pair of vectors, the first conjugated.", f"vecdot({_M}, {_M})",
             flops=products.vector_flops("x1")),
    Function("matvec", "x1, x2, /", products.matrix_by_vector, dtypes.of_ufunc("matmul", "x1", "x2"), "product",
             "Each matrix times its vector.", f"matvec({_M}, [1, 1])", flops=products.stack_flops("x1"),
             numpy_target="own:matvec", rare=True),
    Function("vecmat", "x1, x2, /", products.vector_by_matrix, dtypes.of_ufunc("matmul", "x1", "x2"), "product",
             "Each vector, conjugated, times its matrix.", f"vecmat([1, 1], {_M})", flops=products.stack_flops("x2"),
             numpy_target="own:vecmat", rare=True),
    Function("einsum", "subscripts, /, *operands, optimize=False, dtype=None", einsum.einsum, einsum.einsum_dtype,
             "product", "Sums of products, spelled by letters.", f"einsum('ij,jk->ik', {_M}, {_M})",
             flops=einsum.einsum_flops),
)  # fmt: skip

_PAIR = "a, offset=0, axis1=0, axis2=1"

DIAGONALS: Final = (
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
)  # fmt: skip

ROWS: Final = (*PRODUCTS, *DIAGONALS)
