"""Rows of the function table: all that works cell by cell, NumPy's universal functions first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.rules import dtypes, flops, shapes
from playground.language.table.row import Function
from playground.language.values import zero

if TYPE_CHECKING:
    from playground.language.arguments import Arguments

_SMALL = "[[0.5, 1.0], [0.0, -0.5]]"
_ANGLES = "[0.0, 0.5, 1.5]"
_TRUTHS = "[True, False]"
_OPTIONS = dtypes.UFUNC_OPTIONS


def _unary(name: str, help_: str, example: str = "[[0.5, 1.0], [1.5, 2.0]]", *, rare: bool = False) -> Function:
    return Function(name, f"x, /, {_OPTIONS}", shapes.cellwise("x"), dtypes.of_ufunc(name, "x"), "cellwise", help_,
                    f"{name}({example})", flops=flops.cells, rare=rare)  # fmt: skip


def _binary(name: str, help_: str, example: str = "[[1, 2], [3, 4]], [4, 2]", *, rare: bool = False) -> Function:
    return Function(name, f"x1, x2, /, {_OPTIONS}", shapes.cellwise("x1", "x2"), dtypes.of_ufunc(name, "x1", "x2"),
                    "cellwise", help_, f"{name}({example})", flops=flops.cells, rare=rare)  # fmt: skip


def _several(name: str, signature: str, parameters: tuple[str, ...], help_: str, example: str) -> Function:
    """Make the row of a universal function with two results, both of the shape of its operands together."""

    def both(arguments: Arguments) -> tuple[shapes.Shaped, ...]:
        shaped = shapes.broadcast([arguments.array(p) for p in parameters], arguments.axes, arguments.shown)
        return shaped, shaped

    def each(arguments: Arguments) -> tuple[np.dtype, ...]:
        return dtypes.ufunc_dtypes(name, [arguments.array(p) for p in parameters], arguments.shown)

    return Function(name, signature, both, each, "cellwise", help_, f"{name}({example})", flops=flops.cells, rare=True)


def _clipped(arguments: Arguments) -> np.dtype:
    names = shapes.clip_parts(arguments)
    if len(names) == 1:
        return dtypes.ufunc_dtype("positive", [arguments.array("a")], arguments.shown)
    whole = dtypes.as_array(arguments.array("a"))  # NumPy makes an array of it first
    limits = [arguments.array(name) for name in names[1:] if not _limits_nothing(arguments, name)]
    dtype = dtypes.promoted([whole, *limits])
    for value in limits:
        dtypes.check_fits(value, dtype)
    return dtype


def _limits_nothing(arguments: Arguments, name: str) -> bool:
    """Tell whether a limit is a typed whole number at or beyond the end of what the array's whole numbers reach."""
    dtype, number = arguments.dtype_of("a"), arguments.values[name].constant
    if dtype.kind not in "iu" or type(number) is not int:
        return False
    return number <= np.iinfo(dtype).min if name.endswith("min") else number >= np.iinfo(dtype).max


def _rounded(arguments: Arguments) -> np.dtype:
    decimals, dtype = arguments.integer("decimals"), arguments.dtype_of("a")
    if dtype.kind != "b":
        return dtype
    if decimals:
        raise dtypes.undefined(arguments.shown, [arguments.array("a")])
    return np.dtype(np.float16)


def _converted(arguments: Arguments) -> np.dtype:
    return arguments.dtype("dtype") or dtypes.FLOAT  # None is NumPy's default dtype


def _part(arguments: Arguments) -> np.dtype:
    return dtypes.real_of(arguments.dtype_of("val"))


def _angle(arguments: Arguments) -> np.dtype:
    value = arguments.array("z")
    real = dtypes.of_dtype(value, dtypes.real_of(arguments.dtype_of("z")))
    # NumPy takes the number 0 for the imaginary part of what has none.
    imaginary = real if arguments.dtype_of("z").kind == "c" else zero(value.span)
    return dtypes.ufunc_dtype("arctan2", [imaginary, real], arguments.shown)


def _fixed_up(arguments: Arguments) -> np.dtype:
    dtype = arguments.dtype_of("x")
    if dtype.kind == "c":
        raise dtypes.undefined(arguments.shown, [arguments.array("x")])
    return dtype


def _ordered_truth(arguments: Arguments) -> np.dtype:
    _fixed_up(arguments)  # no infinity of complex numbers has a sign
    return dtypes.BOOL


def _sinc(arguments: Arguments) -> np.dtype:
    dtype = arguments.dtype_of("x")
    return dtypes.ufunc_dtype("sin", [dtypes.of_dtype(arguments.array("x"), dtypes.inexact(dtype))], arguments.shown)


def _conjugated(arguments: Arguments) -> np.dtype | tuple[np.dtype, ...]:
    """The method gives an array back that has nothing to conjugate; the function makes int8 of truths."""
    if arguments.is_method and arguments.dtype_of("x").kind == "b":
        return dtypes.BOOL
    return dtypes.of_ufunc("conjugate", "x")(arguments)


_TRUTH = dtypes.fixed(dtypes.BOOL)

COMMON: Final = (
    Function("abs", f"x, /, {_OPTIONS}", shapes.cellwise("x"), dtypes.of_ufunc("absolute", "x"), "cellwise",
             "The absolute value of each cell.", "abs([-1.5, 2.0])", flops=flops.cells),
    _unary("sqrt", "The square root of each cell."),
    _unary("square", "Each cell times itself."),
    _unary("exp", "e to the power of each cell."),
    _unary("log", "The natural logarithm of each cell."),
    _unary("log2", "The logarithm to base 2 of each cell."),
    _unary("log10", "The logarithm to base 10 of each cell."),
    _unary("sin", "The sine of each cell, in radians."),
    _unary("cos", "The cosine of each cell, in radians."),
    _unary("tan", "The tangent of each cell, in radians."),
    _unary("tanh", "The hyperbolic tangent of each cell: squeezes into -1 to 1."),
    _unary("sign", "-1, 0 or 1 for each cell.", "[-2.0, 0.0, 3.0]"),
    _unary("floor", "Each cell rounded down."),
    _unary("ceil", "Each cell rounded up."),
    _unary("isnan", "Where cells are nan.", "[1.0, nan]"),
    _unary("isfinite", "Where cells are neither nan nor infinite.", "[1.0, inf]"),
    Function("conj", f"x, /, {_OPTIONS}", shapes.cellwise("x"), _conjugated, "cellwise",
             "The complex conjugate of each cell.", "conj([1+2j, 3-1j])", method=True, flops=flops.cells),
    Function("round", "a, decimals=0, out=None", shapes.like("a"), _rounded, "cellwise",
             "Each cell rounded to so many decimals.", "round([0.126, 1.875], 2)", method=True, flops=flops.reads()),
    _binary("add", "Cell plus cell."),
    _binary("subtract", "Cell minus cell."),
    _binary("multiply", "Cell times cell."),
    _binary("divide", "Cell divided by cell."),
    _binary("power", "Cell to the power of cell."),
    _binary("maximum", "The larger of two cells."),
    _binary("minimum", "The smaller of two cells."),
    _binary("arctan2", "The angle of the point (x2, x1)."),
    Function("clip", "a, a_min=None, a_max=None, out=None, *, min=None, max=None", shapes.clipped, _clipped,
             "cellwise", "Each cell kept between two limits.", "clip([-2, 0, 5], 0, 3)", method=True,
             flops=flops.cells),
    Function("astype", "x, dtype, /", shapes.like("x"), _converted, "cellwise",
             "The same numbers in another dtype.", "array([1.7, -2.2]).astype(int)", method=True,
             numpy_target="own:astype"),
)  # fmt: skip

ANGLES: Final = (
    _unary("arcsin", "The angle, in radians, whose sine each cell is.", _SMALL),
    _unary("arccos", "The angle, in radians, whose cosine each cell is.", _SMALL),
    _unary("arctan", "The angle, in radians, whose tangent each cell is.", _SMALL),
    _unary("sinh", "The hyperbolic sine of each cell.", rare=True),
    _unary("cosh", "The hyperbolic cosine of each cell.", rare=True),
    _unary("arcsinh", "What has each cell as its hyperbolic sine.", rare=True),
    _unary("arccosh", "What has each cell as its hyperbolic cosine.", "[[1.0, 1.5], [2.0, 3.0]]", rare=True),
    _unary("arctanh", "What has each cell as its hyperbolic tangent.", "[[0.5, -0.5], [0.0, 0.9]]", rare=True),
    _unary("deg2rad", "Degrees as radians.", "[0, 90, 180]"),
    _unary("rad2deg", "Radians as degrees.", _ANGLES),
    _binary("hypot", "The long side of a right triangle: sqrt(x1**2 + x2**2).", "[3.0, 5.0], [4.0, 12.0]"),
    Function("angle", "z, deg=False", shapes.like("z"), _angle, "cellwise", "The angle of complex numbers, in radians.",
             "angle([1j, -1, 1+1j])", flops=flops.reads("z"), rare=True),
    Function("sinc", "x", shapes.like("x"), _sinc, "cellwise", "sin(pi x) / (pi x), and 1 where x is 0.",
             f"sinc({_ANGLES})", flops=flops.reads("x", 3), rare=True),
)  # fmt: skip

POWERS: Final = (
    _unary("exp2", "2 to the power of each cell."),
    _unary("expm1", "exp(x) - 1, exact for tiny x too.", "[1e-10, 1.0]", rare=True),
    _unary("log1p", "log(1 + x), exact for tiny x too.", "[1e-10, 1.0]"),
    _unary("cbrt", "The cube root of each cell.", "[8.0, -27.0]", rare=True),
    _unary("reciprocal", "1 divided by each cell.", rare=True),
    _binary("logaddexp", "log(exp(x1) + exp(x2)) without overflow.", "[1.0, 800.0], [2.0, 801.0]", rare=True),
    _binary("logaddexp2", "log2(2**x1 + 2**x2) without overflow.", "[1.0, 2.0], [2.0, 3.0]", rare=True),
    _binary("float_power", "Cell to the power of cell, always as fractions.", "[1, 2, 3], -1", rare=True),
    _binary("heaviside", "0 below zero, 1 above, x2 at zero.", "[-1.0, 0.0, 2.0], 0.5", rare=True),
)

WHOLE: Final = (
    _unary("rint", "Each cell rounded to the nearest whole number.", "[1.5, -0.7]", rare=True),
    _unary("trunc", "Each cell without what stands behind its point.", "[1.7, -1.7]"),
    _binary("floor_divide", "How often x2 goes into x1, rounded down."),
    _binary("remainder", "What is left over by floor_divide; it has the sign of x2.", "[7, -7], 3"),
    _binary("fmod", "What is left over by division; it has the sign of x1.", "[7, -7], 3", rare=True),
    _binary("gcd", "The greatest number that divides both.", "[12, 18], 8", rare=True),
    _binary("lcm", "The smallest number that both divide.", "[4, 6], 10", rare=True),
    _unary("negative", "Each cell with the other sign."),
    _unary("positive", "Each cell as it is.", rare=True),
    _unary("fabs", "The absolute value of each cell as a fraction.", "[-1, 2]", rare=True),
    _several("divmod", "x1, x2, /", ("x1", "x2"), "Quotient, rounded down, and what is left over.", "[7, 9], 4"),
    _several("modf", "x, /", ("x",), "What stands behind the point, and what before it.", "[1.5, -2.25]"),
    _several("frexp", "x, /", ("x",), "Mantissa and power of 2 of each cell.", "[1.0, 10.0]"),
    _binary("ldexp", "x1 times 2 to the power of x2.", "[1.0, 3.0], [2, 4]", rare=True),
    _binary("copysign", "x1 with the sign of x2.", "[1.0, 2.0], [-3.0, 0.0]", rare=True),
    _binary("nextafter", "The next number that the dtype has, from x1 towards x2.", "1.0, 2.0", rare=True),
    Function("spacing", "x, /", shapes.cellwise("x"), dtypes.of_ufunc("spacing", "x"), "cellwise",
             "The distance to the next number that the dtype has.", "spacing([1.0, 1000.0])", flops=flops.cells,
             cupy_target=None, rare=True),
)  # fmt: skip

TRUTHS: Final = (
    _binary("equal", "Where two cells are equal."),
    _binary("not_equal", "Where two cells differ."),
    _binary("less", "Where x1 is smaller than x2."),
    _binary("less_equal", "Where x1 is at most x2."),
    _binary("greater", "Where x1 is larger than x2."),
    _binary("greater_equal", "Where x1 is at least x2."),
    _binary("logical_and", "Where both cells are true (not 0).", "[1, 0], [1, 1]"),
    _binary("logical_or", "Where one of the cells is true (not 0).", "[1, 0], [0, 0]"),
    _binary("logical_xor", "Where just one of the cells is true (not 0).", "[1, 0], [1, 1]", rare=True),
    _unary("logical_not", "Where cells are 0.", "[1, 0]"),
    _unary("isinf", "Where cells are infinite.", "[1.0, inf]"),
    _unary("signbit", "Where cells have a minus sign.", "[1.0, -0.0]", rare=True),
    Function("isposinf", "x, out=None", shapes.like("x"), _ordered_truth, "cellwise", "Where cells are plus infinity.",
             "isposinf([inf, -inf])", rare=True),
    Function("isneginf", "x, out=None", shapes.like("x"), _ordered_truth, "cellwise", "Where cells are minus infinity.",
             "isneginf([inf, -inf])", rare=True),
    Function("isreal", "x", shapes.like("x"), _TRUTH, "cellwise", "Where cells have no imaginary part.",
             "isreal([1, 2j])", rare=True),
    Function("iscomplex", "x", shapes.like("x"), _TRUTH, "cellwise", "Where cells have an imaginary part.",
             "iscomplex([1, 2j])", rare=True),
)  # fmt: skip

BITS: Final = (
    _binary("bitwise_and", "The bits that both cells have; & for truths.", "[6, 3], 5"),
    _binary("bitwise_or", "The bits that one of the cells has; | for truths.", "[6, 3], 5"),
    _binary("bitwise_xor", "The bits that just one of the cells has.", "[6, 3], 5", rare=True),
    _unary("invert", "Each bit turned over; not for truths.", _TRUTHS),
    _binary("left_shift", "The bits of x1 moved up by x2 places.", "[1, 5], 2", rare=True),
    _binary("right_shift", "The bits of x1 moved down by x2 places.", "[8, 20], 2", rare=True),
    _unary("bitwise_count", "How many bits of each cell are 1.", "[7, 8]", rare=True),
)

PARTS: Final = (
    Function("real", "val", shapes.like("val"), _part, "cellwise", "The real part of each cell.", "real([1+2j, 3])"),
    Function("imag", "val", shapes.like("val"), _part, "cellwise", "The imaginary part of each cell.",
             "imag([1+2j, 3])"),
    _binary("fmax", "The larger of two cells, the other one where one is nan.", "[1.0, nan], [2.0, 3.0]", rare=True),
    _binary("fmin", "The smaller of two cells, the other one where one is nan.", "[1.0, nan], [2.0, 3.0]", rare=True),
    Function("fix", "x, out=None", shapes.like("x"), _fixed_up, "cellwise", "Each cell rounded towards 0.",
             "fix([1.7, -1.7])", flops=flops.reads("x"), rare=True),
)  # fmt: skip

ROWS: Final = (*COMMON, *ANGLES, *POWERS, *WHOLE, *TRUTHS, *BITS, *PARTS)
