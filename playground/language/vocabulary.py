"""The words that the language reserves: dtype names, constants, attributes, module prefixes, limits."""

from __future__ import annotations

import math
from typing import Final

MODULE_PREFIXES: Final = frozenset({"np", "numpy", "cp", "cupy"})
"""May stand before every function and constant, and are dropped."""

SUBMODULES: Final = frozenset({"linalg", "fft", "random", "lib"})
"""Namespaces inside NumPy whose functions keep their prefix (``linalg.norm``)."""

GENERATOR: Final = "random.Generator."
"""Before the names of the functions that are written ``random.default_rng(7).normal(...)``."""

CONSTANTS: Final[dict[str, float | None]] = {
    "pi": math.pi,
    "inf": math.inf,
    "nan": math.nan,
    "newaxis": None,
}
"""Words that are numbers wherever they stand; no entry can have such a name."""

SOFT_CONSTANTS: Final[dict[str, float]] = {"e": math.e}
"""Numbers as long as no entry has that name."""

DTYPES: Final[dict[str, str]] = {
    **{
        name: name
        for name in [
            "bool",
            "int8",
            "int16",
            "int32",
            "int64",
            "uint8",
            "uint16",
            "uint32",
            "uint64",
            "float16",
            "float32",
            "float64",
            "complex64",
            "complex128",
        ]
    },
    "bool_": "bool",
    "int": "int64",
    "float": "float64",
    "complex": "complex128",
    "half": "float16",
    "single": "float32",
    "double": "float64",
}
"""Dtype names as they may be written, and NumPy's name for each."""

RESULT_FIELDS: Final = frozenset(
    {"U", "S", "Vh", "Q", "R", "eigenvalue", "eigenvalues", "eigenvector", "eigenvectors", "sign", "logabsdet"}
)
"""Fields of the functions that give several results."""

ATTRIBUTES: Final = frozenset(
    {"T", "mT", "H", "shape", "strides", "ndim", "size", "dtype", "real", "imag", "itemsize", "nbytes"} | RESULT_FIELDS
)
"""All that may follow a dot without being called."""

ALIASES: Final = {
    "absolute": "abs",
    "acos": "arccos",
    "acosh": "arccosh",
    "asin": "arcsin",
    "asinh": "arcsinh",
    "atan": "arctan",
    "atan2": "arctan2",
    "atanh": "arctanh",
    "bitwise_invert": "invert",
    "bitwise_left_shift": "left_shift",
    "bitwise_not": "invert",
    "bitwise_right_shift": "right_shift",
    "degrees": "rad2deg",
    "mod": "remainder",
    "radians": "deg2rad",
    "amax": "max",
    "amin": "min",
    "around": "round",
    "asanyarray": "array",
    "asarray": "array",
    "concat": "concatenate",
    "conjugate": "conj",
    "permute_dims": "transpose",
    "pow": "power",
    "normalize": "l2_normalize",
    "row_stack": "vstack",
    "swish": "silu",
    "true_divide": "divide",
}
"""Other names that NumPy has for the same function."""

METHOD_ALIASES: Final = {"flatten": "ravel", "conjugate": "conj"}

UFUNC_METHODS: Final = frozenset({"reduce", "accumulate", "outer", "at", "reduceat"})
"""What universal functions of two operands have behind a dot: ``add.reduce``."""

UFUNCS_OF_TWO: Final = frozenset({
    "add", "subtract", "multiply", "divide", "true_divide", "floor_divide", "remainder", "mod", "fmod", "power", "pow",
    "float_power", "maximum", "minimum", "fmax", "fmin", "hypot", "arctan2", "atan2", "logaddexp", "logaddexp2", "gcd",
    "lcm", "equal", "not_equal", "less", "less_equal", "greater", "greater_equal", "logical_and", "logical_or",
    "logical_xor", "bitwise_and", "bitwise_or", "bitwise_xor", "left_shift", "right_shift", "copysign", "heaviside",
    "ldexp", "nextafter", "matmul", "divmod",
})  # fmt: skip
"""The universal functions that have them."""

BUILDERS: Final = frozenset({"r_", "c_", "mgrid", "ogrid"})
"""What takes square brackets where functions take parentheses."""

VARIADIC_METHODS: Final = frozenset({"reshape", "transpose"})
"""Methods that take their one tuple also as separate numbers: ``A.reshape(2, -1)``."""

MAX_CHARACTERS: Final = 4096
"""Length of a formula, the characters of its numbers not counted."""

MAX_LITERAL_CHARACTERS: Final = 262_144
"""Length of a formula with all the numbers that are typed in it."""

MAX_NUMBERS: Final = 20_000
"""Numbers, their signs and the brackets around them."""

MAX_NODES: Final = 1000
MAX_DEPTH: Final = 60
MAX_CHAIN: Final = 250
"""Operators in a row: ``A + A + ...``."""

MAX_INTEGER: Final = 2**64 - 1
"""The largest integer that a cell can hold."""

MAX_BITS: Final = 4096
"""Whole numbers of Python's are exact and may grow to this many bits on their way, as in ``2**70 % 7``."""
