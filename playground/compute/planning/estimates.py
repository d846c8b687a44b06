"""How many bytes each step of a plan takes, known before it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.compute.planning import estimates_layout, estimates_tables
from playground.compute.planning.estimates_learning import scratch_of
from playground.language.signature import Signature, TupleSignature

if TYPE_CHECKING:
    from collections.abc import Sequence

    Value = Signature | TupleSignature | None

VIEWS: Final = frozenset(
    {
        "attr:T", "attr:mT", "attr:real", "attr:imag", "item", "transpose", "swapaxes", "moveaxis", "expand_dims",
        "squeeze", "broadcast_to", "diagonal", "flip", "fliplr", "flipud", "rot90", "matrix_transpose",
        "linalg.matrix_transpose", "linalg.diagonal", "atleast_1d", "atleast_2d", "atleast_3d", "asarray", "split",
        "array_split", "hsplit", "vsplit", "dsplit", "unstack", "permute_dims", "rollaxis", "broadcast_arrays",
        "lib.stride_tricks.sliding_window_view",
    }
)  # fmt: skip
"""Targets whose result shares the memory of their first operand."""

_PRODUCTS: Final = frozenset({"op:@", "matmul", "dot", "inner", "tensordot", "vecdot", "matvec", "vecmat"})
_COPIES: Final = frozenset({"std", "var", "median", "percentile", "quantile"})


def value_bytes(value: Value, operands: Sequence[Value] = ()) -> int:
    """Bytes of a value; where only the data decides a size, as many cells as its largest operand has."""
    if isinstance(value, TupleSignature):
        return sum(value_bytes(item, operands) for item in value.items)
    if value is None:
        return 0
    size = value.size
    if size is None:
        size = max((cells(operand) for operand in operands), default=0)
    return size * value.dtype.itemsize


def cells(value: Value) -> int:
    """Count the elements of a value, 0 where it is unknown."""
    if isinstance(value, TupleSignature):
        return sum(cells(item) for item in value.items)
    return 0 if value is None else value.size or 0


def shares_memory(target: str, operands: Sequence[Value], *, basic_index: bool) -> bool:
    """Whether a step gives a view of its first operand; ``basic_index``: its index holds integers and slices only."""
    if target == "index":
        return basic_index
    first = operands[0] if operands else None
    if target == "diag":
        return isinstance(first, Signature) and first.ndim > 1
    if target in ("attr:real", "attr:imag", "real", "imag"):
        return isinstance(first, Signature) and (first.dtype.kind == "c" or target.endswith("real"))
    return target in VIEWS


def scratch_bytes(target: str, result: Value, operands: Sequence[Value], first: object = None) -> int:
    """Bytes that a step takes while it runs, beside its operands and its result; ``first`` is a constant argument."""
    if target == "einsum":
        return estimates_layout.einsum_scratch(first, result, operands)
    if target == "linalg.norm":
        # Of the whole array of floats it is a dot product; else absolute values are taken of a copy.
        whole = isinstance(result, Signature) and not result.ndim
        return (
            0
            if whole and _is_float(operands) and len(operands) == 1
            else sum(cells(operand) * max(8, _itemsize(operand)) for operand in operands)
        )
    if target.startswith("linalg."):
        # LAPACK works on a copy in at least single precision, with a workspace of about that size (seen for svd and
        # eigh), and its results are copied out of buffers of their own.
        copies = 3 if target == "linalg.pinv" else 2
        return value_bytes(result) + copies * sum(cells(operand) * max(4, _itemsize(operand)) for operand in operands)
    if target in _PRODUCTS and isinstance(result, Signature):
        return _product_scratch(result, operands)
    if target in _COPIES:
        return sum(map(value_bytes, operands))
    known = estimates_tables.scratch_of(target, result, operands, first)
    if known is None:
        known = estimates_layout.scratch_of(target, result, operands)
    return (scratch_of(target, result, operands) or 0) if known is None else known


def _product_scratch(result: Signature, operands: Sequence[Value]) -> int:
    if result.dtype.kind in "iu":
        # Whole numbers are multiplied as float64 where that is exact, and come back through int64.
        return 8 * (sum(map(cells, operands)) + 2 * cells(result))
    if result.dtype == np.float16:
        return 4 * (sum(map(cells, operands)) + cells(result))  # by way of float32
    # BLAS multiplies one dtype: an operand of another is converted whole.
    return sum(
        cells(operand) * result.dtype.itemsize
        for operand in operands
        if isinstance(operand, Signature) and operand.dtype != result.dtype
    )


def _itemsize(value: Value) -> int:
    return value.dtype.itemsize if isinstance(value, Signature) else np.dtype(np.float64).itemsize


def _is_float(operands: Sequence[Value]) -> bool:
    first = operands[0] if operands else None
    return isinstance(first, Signature) and first.dtype.kind in "fc"
