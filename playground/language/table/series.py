"""Rows of the function table: slopes and differences, polynomials, windows, sorting by several keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.mistake import Mistake
from playground.language.rules import dtypes, flops, numeric, series, shapes
from playground.language.table.row import Function
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments

_FLOAT = dtypes.fixed(dtypes.FLOAT)


def _slopes(arguments: Arguments) -> np.dtype | tuple[np.dtype, ...]:
    value, dtype = arguments.array("f"), arguments.dtype_of("f")
    if dtype.kind == "b":
        raise dtypes.undefined(arguments.shown, [value])
    axes = arguments.axes_or_all("axis", arguments.signature("f").ndim)
    return dtypes.inexact(dtype) if len(axes) == 1 else (dtypes.inexact(dtype),) * len(axes)


def _joined(arguments: Arguments) -> np.dtype:
    value, dtype = arguments.array("ary"), arguments.dtype_of("ary")
    if dtype.kind == "b":
        raise dtypes.undefined(arguments.shown, [value])
    for name in ("to_begin", "to_end"):
        if arguments.given(name) and not np.can_cast(arguments.dtype_of(name), dtype, "same_kind"):
            raise Mistake(
                "dtype",
                tr("{name} doesn't fit in cells of {dtype}.", name=name, dtype=dtype),
                tr("Convert first: .astype(float)."),
                span=arguments.values[name].span,
            )
    return dtype


def _unwrapped(arguments: Arguments) -> np.dtype:
    value, dtype = arguments.array("p"), arguments.dtype_of("p")
    if dtype.kind == "c":
        raise dtypes.undefined(arguments.shown, [value])
    if "period" not in arguments.values:
        return dtypes.inexact(dtype)
    period = arguments.array("period")
    if dtype.kind == "u" and type(period.constant) is int:  # NumPy takes half of it with a minus sign
        raise dtypes.undefined(arguments.shown, [value, period])
    return dtypes.promoted([value, period])


def _complex(arguments: Arguments) -> np.dtype:
    """Complex, whatever the roots turn out to be, as the eigenvalues that they are."""
    return np.result_type(dtypes.linear_algebra(arguments.dtype_of("p"), arguments.shown), np.complex64)


def _bessel(arguments: Arguments) -> np.dtype:
    dtype = arguments.dtype_of("x")
    if dtype.kind == "c":
        raise dtypes.undefined(arguments.shown, [arguments.array("x")])
    return dtypes.inexact(dtype)


def _polynomial(arguments: Arguments) -> np.dtype:
    if arguments.signature("p").shape[0] == 0:
        return arguments.dtype_of("x")
    return dtypes.promoted_strong([arguments.array("p"), arguments.array("x")])


def _fitted(arguments: Arguments) -> np.dtype:
    is_complex = any(arguments.dtype_of(name).kind == "c" for name in ("x", "y"))
    return np.dtype(np.complex128) if is_complex else dtypes.FLOAT


def _given_or_own(arguments: Arguments) -> np.dtype:
    return arguments.dtype("dtype") or arguments.dtype_of("a")


def _window(name: str, help_: str, signature: str = "M", example: str = "5") -> Function:
    return Function(name, signature, series.window, _FLOAT, "create", help_, f"{name}({example})",
                    flops=flops.unknown, rare=True)  # fmt: skip


SLOPES: Final = (
    Function("gradient", "f, *varargs, axis=None, edge_order=1", series.slopes, _slopes, "search",
             "The slope at each cell, along each axis.", "gradient([1, 4, 9, 16])", flops=flops.unknown, rare=True),
    Function("ediff1d", "ary, to_end=None, to_begin=None", series.joined_differences, _joined, "search",
             "Each cell minus the one before it, all cells in one row.", "ediff1d([[1, 4], [9, 16]])",
             flops=flops.reads("ary"), rare=True),
    Function("unwrap", "p, discont=None, axis=-1, *, period=6.283185307179586", series.unwrapped, _unwrapped, "search",
             "Angles without the jumps of a whole turn.", "unwrap([0, 3, 6.5, 0.5])", flops=flops.unknown, rare=True),
    Function("lexsort", "keys, axis=-1", series.sorted_by_keys, dtypes.fixed(dtypes.INDEX), "search",
             "Where cells come from when they are sorted by several keys, the last one first.",
             "lexsort(([3, 1, 2], [0, 1, 0]))", flops=flops.unknown, rare=True),
)  # fmt: skip

POLYNOMIALS: Final = (
    Function("polyval", "p, x", series.polynomial_values, _polynomial, "product",
             "The polynomial with these coefficients at x, the highest power first.", "polyval([1, 0, -2], 3)",
             flops=flops.unknown, rare=True),
    Function("polyfit", "x, y, deg, rcond=None, full=False, w=None, cov=False", series.fitted, _fitted, "linalg",
             "The coefficients of the polynomial that lies nearest to points.", "polyfit([0, 1, 2], [1, 3, 5], 1)",
             flops=flops.unknown, rare=True),
    Function("roots", "p", series.zeros_of, _complex, "linalg",
             "Where a polynomial is 0, complex; the highest power first.", "roots([1, -3, 2])", flops=flops.unknown,
             numpy_target="own:roots", rare=True),
    Function("i0", "x", shapes.like("x"), _bessel, "cellwise", "The Bessel function of order 0 of each cell.",
             "i0([0.0, 1.0])", flops=flops.unknown, rare=True),
)  # fmt: skip

WINDOWS: Final = (
    _window("bartlett", "A window that rises and falls in straight lines."),
    _window("blackman", "A window of three cosines, close to 0 at its ends."),
    _window("hamming", "A window of a raised cosine, above 0 at its ends."),
    _window("hanning", "A window of a raised cosine, 0 at its ends."),
    _window("kaiser", "A window of Bessel functions, narrower the larger beta is.", "M, beta", "5, 8.6"),
)

WHOLE_ARRAYS: Final = (
    Function("diagflat", "v, k=0", series.flat_diagonal, dtypes.of("v"), "layout",
             "All cells on the diagonal of a matrix.", "diagflat([[1, 2], [3, 4]])", rare=True),
    Function("ascontiguousarray", "a, dtype=None", series.in_one_piece, _given_or_own, "layout",
             "The same numbers, row after row in memory.", "ascontiguousarray([[1, 2], [3, 4]])", rare=True),
    Function("asfortranarray", "a, dtype=None", series.in_one_piece, _given_or_own, "layout",
             "The same numbers, column after column in memory.", "asfortranarray([[1, 2], [3, 4]])", rare=True),
    Function("array_equiv", "a1, a2", numeric.one_answer("a1", "a2", lined_up=False), dtypes.fixed(dtypes.BOOL),
             "reduce", "Whether two arrays are equal once they are lined up.", "array_equiv([1, 1], 1)",
             flops=flops.reads("a1"), rare=True),
)  # fmt: skip

ROWS: Final = (*SLOPES, *POLYNOMIALS, *WINDOWS, *WHOLE_ARRAYS)
