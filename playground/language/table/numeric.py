"""Rows of the function table: more ways to create arrays, comparisons of whole arrays, and numerics along rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.mistake import Mistake
from playground.language.rules import create, dtypes, flops, numeric, shapes
from playground.language.table.row import Function
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments

_TRUTH = dtypes.fixed(dtypes.BOOL)
_CLOSE = "a, b, rtol=1e-05, atol=1e-08, equal_nan=False"


def _given_or_float(arguments: Arguments) -> np.dtype:
    return arguments.dtype("dtype") or dtypes.FLOAT


def _given_or_own(arguments: Arguments) -> np.dtype:
    return arguments.dtype("dtype") or arguments.dtype_of("a")


def _filled_like(arguments: Arguments) -> np.dtype:
    dtype = _given_or_own(arguments)
    dtypes.check_cells_fit(arguments.array("fill_value"), dtype)
    return dtype


def _spaced(arguments: Arguments) -> np.dtype:
    ends = [arguments.array("start"), arguments.array("stop")]
    base = [arguments.array("base")] if "base" in arguments.values else []
    return arguments.dtype("dtype") or dtypes.inexact(dtypes.promoted([*ends, *base]))


def _spaced_evenly(arguments: Arguments) -> np.dtype:
    ends = [arguments.array("start"), arguments.array("stop")]
    # float64 at least, for NumPy counts its own zeros in.
    return arguments.dtype("dtype") or dtypes.promoted_strong([*ends, dtypes.of_dtype(ends[0], dtypes.FLOAT)])


def _mesh(arguments: Arguments) -> tuple[np.dtype, ...]:
    parts = [arguments.as_array(item).signature for item in arguments.values["xi"].items or ()]
    return tuple(part.dtype for part in parts if part is not None)


def _indices(arguments: Arguments) -> np.dtype:
    return arguments.dtype("dtype") or dtypes.DEFAULT_INTEGER


def _powers(arguments: Arguments) -> np.dtype:
    return np.promote_types(arguments.dtype_of("x"), dtypes.DEFAULT_INTEGER)


def _convolved(arguments: Arguments) -> np.dtype:
    return dtypes.promoted_strong([arguments.array("a"), arguments.array("v")])


def _interpolated(arguments: Arguments) -> np.dtype:
    for name in ("x", "xp"):
        if arguments.dtype_of(name).kind == "c":
            raise Mistake("dtype", tr("The places of interp are real numbers."), span=arguments.array(name).span)
    return np.dtype(np.complex128) if arguments.dtype_of("fp").kind == "c" else dtypes.FLOAT


def _integrated(arguments: Arguments) -> np.dtype:
    dtype = arguments.dtype_of("y")
    if arguments.given("x"):
        steps = dtypes.of_dtype(arguments.array("x"), arguments.dtype_of("x"))
        dtype = dtypes.promoted_strong([arguments.array("y"), steps])
    return dtypes.inexact(dtype)


CREATION: Final = (
    Function("empty", "shape, dtype=float, order='C'", create.created, _given_or_float,
             "create", "An array to be filled; zeros here, anything in NumPy.", "empty((2, 3))", rare=True,
             numpy_target="own:empty"),
    Function("empty_like", "prototype, /, dtype=None, order='K', subok=True, *, shape=None", create.like("prototype"),
             lambda a: a.dtype("dtype") or a.dtype_of("prototype"), "create",
             "As empty, in the shape of another array.", "empty_like([[1, 2], [3, 4]])", rare=True,
             numpy_target="own:empty_like"),
    Function("full_like", "a, fill_value, dtype=None, order='K', subok=True, *, shape=None", create.filled_like,
             _filled_like, "create",
             "One value in every cell, in the shape of another array.", "full_like([[1, 2], [3, 4]], 7)"),
    Function("logspace", "start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0", create.spaced, _spaced,
             "create", "Powers of base, their exponents at equal distances.", "logspace(0, 2, 3)", flops=flops.cells),
    Function("geomspace", "start, stop, num=50, endpoint=True, dtype=None, axis=0", create.spaced, _spaced_evenly,
             "create", "So many numbers, each the same multiple of the one before.", "geomspace(1, 8, 4)",
             flops=flops.cells, cupy_target=None, rare=True),
    Function("meshgrid", "*xi, copy=True, sparse=False, indexing='xy'", numeric.mesh, _mesh,
             "create", "The coordinates of every point of a grid.", "meshgrid([1, 2, 3], [10, 20])"),
    Function("indices", "dimensions, dtype=int", numeric.grid_indices, _indices, "create",
             "Row and column number of each cell of a grid.", "indices((2, 3))", rare=True),
    Function("vander", "x, N=None, increasing=False", numeric.vandermonde, _powers, "create",
             "The powers of each number, for fitting polynomials.", "vander([1, 2, 3])", flops=flops.cells, rare=True),
)  # fmt: skip

COMPARISONS: Final = (
    Function("isclose", _CLOSE, numeric.compared, _TRUTH, "cellwise",
             "Where cells are equal but for rounding.", "isclose([0.1 + 0.2, 1.0], 0.3)", flops=flops.cells),
    Function("allclose", _CLOSE, numeric.one_answer("a", "b", lined_up=True), _TRUTH, "reduce",
             "Whether all cells are equal but for rounding.", "allclose([0.1 + 0.2], 0.3)", flops=flops.reads()),
    Function("array_equal", "a1, a2, equal_nan=False", numeric.one_answer("a1", "a2", lined_up=False), _TRUTH, "reduce",
             "Whether two arrays have the same shape and cells.", "array_equal([1, 2], [1, 2])",
             flops=flops.reads("a1")),
    Function("nan_to_num", "x, copy=True, nan=0.0, posinf=None, neginf=None", shapes.like("x"), dtypes.of("x"),
             "cellwise", "0 for nan, the largest number for infinity.", "nan_to_num([1.0, nan, inf])",
             flops=flops.reads("x"), rare=True),
)  # fmt: skip

ROWWISE: Final = (
    Function("convolve", "a, v, mode='full'", numeric.convolved, _convolved, "product",
             "Slide one row over the other, turned round: products summed.", "convolve([1, 2, 3], [0, 1, 0.5])",
             flops=flops.unknown),
    Function("correlate", "a, v, mode='valid'", numeric.convolved, _convolved, "product",
             "Slide one row over the other: products summed.", "correlate([1, 2, 3], [0, 1, 0.5])",
             flops=flops.unknown, rare=True),
    Function("interp", "x, xp, fp, left=None, right=None, period=None", numeric.interpolated, _interpolated, "product",
             "Heights on the straight lines between known points.", "interp(2.5, [1, 2, 3], [3, 2, 0])",
             flops=flops.unknown, rare=True),
    Function("trapezoid", "y, x=None, dx=1.0, axis=-1", numeric.integrated, _integrated, "reduce",
             "The area under a row of heights.", "trapezoid([1, 2, 3])", flops=flops.reads("y", 2), rare=True),
)  # fmt: skip

ROWS: Final = (*CREATION, *COMPARISONS, *ROWWISE)
