"""Rows of the function table: what universal functions of two operands do to whole arrays, ``add.reduce`` and kin."""

from __future__ import annotations

from typing import Final

from playground.language.rules import flops, reductions, ufunc_methods
from playground.language.table.row import Function

_R = "[[6, 3, 2], [4, 5, 1]]"

_WORDS: Final = {
    "add": "Adds up", "multiply": "Multiplies", "maximum": "Keeps the larger of", "minimum": "Keeps the smaller of",
    "fmax": "Keeps the larger, over nan, of", "fmin": "Keeps the smaller, over nan, of",
    "logical_and": "Asks whether all are true of", "logical_or": "Asks whether one is true of",
    "logical_xor": "Asks whether an odd number is true of", "bitwise_and": "Keeps the bits that all have of",
    "bitwise_or": "Keeps the bits that one has of", "bitwise_xor": "Keeps the bits that an odd number has of",
    "logaddexp": "Takes log(sum(exp(...))) of", "hypot": "Takes the length of", "gcd": "Takes the common divisor of",
}  # fmt: skip
"""What each does to the cells along an axis."""

_OUTER: Final = (
    "add", "subtract", "multiply", "divide", "floor_divide", "remainder", "power", "maximum", "minimum", "hypot",
    "arctan2", "equal", "not_equal", "less", "less_equal", "greater", "greater_equal", "logical_and", "logical_or",
    "bitwise_and", "bitwise_or", "bitwise_xor", "gcd", "lcm",
)  # fmt: skip


def _reduce(name: str) -> Function:
    return Function(
        f"{name}.reduce",
        "array, /, axis=0, dtype=None, out=None, *, keepdims=False, initial=None, where=True",
        reductions.reduced_where("array", identity=ufunc_methods.has_identity(name)),
        ufunc_methods.reduced_dtype(name),
        "reduce", f"{_WORDS[name]} the cells along the first axis, or another.", f"{name}.reduce({_R})",
        flops=flops.reads("array"), cupy_target=f"own:{name}.reduce", rare=True,
    )  # fmt: skip


def _accumulate(name: str) -> Function:
    return Function(
        f"{name}.accumulate", "array, /, axis=0, dtype=None, out=None", ufunc_methods.accumulated,
        ufunc_methods.reduced_dtype(name), "reduce", f"{_WORDS[name]} the cells so far, along an axis.",
        f"{name}.accumulate({_R})", flops=flops.reads("array"), cupy_target=f"own:{name}.accumulate", rare=True,
    )  # fmt: skip


def _outer(name: str) -> Function:
    return Function(
        f"{name}.outer", "A, B, /, *, dtype=None", ufunc_methods.outer, ufunc_methods.outer_dtype(name), "product",
        f"{name} of every cell of one with every cell of the other.", f"{name}.outer([6, 4], [1, 2, 3])",
        flops=flops.cells, cupy_target=f"own:{name}.outer", rare=True,
    )  # fmt: skip


ROWS: Final = (*map(_reduce, _WORDS), *map(_accumulate, _WORDS), *map(_outer, _OUTER))
