"""Rows of the function table: products and diagonals."""

from __future__ import annotations

from typing import Final

from playground.language import dtype_rules as dtypes
from playground.language import flop_rules as flops
from playground.language import shape_rules as shapes
from playground.language import shape_rules_einsum as einsum
from playground.language import shape_rules_layout as layout
from playground.language.function_row import Function

_M = "[[1, 2], [3, 4]]"


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
