"""Generated formulas over generated arrays, and what NumPy itself makes of them."""

from __future__ import annotations

import warnings
from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from playground.language.signature import Signature, TupleSignature
from tests.language.calls import CALLS

DTYPES = [
    "bool",
    "int8",
    "uint8",
    "int32",
    "int64",
    "uint64",
    "float16",
    "float32",
    "float64",
    "complex64",
    "complex128",
]
NAMES = ("A", "B", "C", "D")
_SIZES = st.sampled_from([0, 1, 1, 2, 2, 3, 3, 3])
_SCALARS = [
    "2", "1", "-1", "0", "300", "-3", "2.5", "1e10", "1j", "True", "pi", "2 ** 3", "1 / 3", "A.shape[0]", "B.ndim",
    "0x1F", "1_000", "2j", "2 ** 70", "2 ** 70 // 2 ** 66", "float32(2.5)", "int8(3)",
]  # fmt: skip
_BINARY = [
    "+", "-", "*", "/", "//", "%", "**", "@", "@", "@", "<", "<=", "==", "!=", ">", ">=", "&", "|", "^", "<<", ">>",
]  # fmt: skip
_UNARY_FUNCTIONS = [
    "abs",
    "sqrt",
    "exp",
    "log",
    "sin",
    "cos",
    "tan",
    "tanh",
    "sign",
    "floor",
    "ceil",
    "isnan",
    "square",
]
_REDUCTIONS = ["sum", "prod", "mean", "std", "var", "min", "max", "any", "all", "argmin", "argmax"]
_CUMULATIVE = ["cumsum", "cumprod"]
_PAIRS = ["maximum", "minimum", "power", "dot", "inner", "outer", "kron", "matmul", "add", "divide", "linalg.solve"]
_SINGLE = [
    "linalg.inv",
    "linalg.det",
    "linalg.eigvalsh",
    "linalg.pinv",
    "linalg.norm",
    "linalg.matrix_rank",
    "ravel",
    "transpose",
    "squeeze",
    "diag",
    "diagonal",
    "trace",
    "tril",
    "triu",
    "round",
    "sort",
    "zeros_like",
    "array",
    "conj",
    "linalg.cholesky",
]
_SEVERAL = [("linalg.svd", 3), ("linalg.qr", 2), ("linalg.eigh", 2), ("linalg.slogdet", 2)]
_AXES = ["0", "1", "-1", "2", "None", "(0, 1)", "-2"]


@st.composite
def arrays(draw: st.DrawFn) -> np.ndarray:
    """Draw a small array of any dtype and 0 to 3 axes; its numbers are tame."""
    shape = tuple(draw(st.lists(_SIZES, max_size=3)))
    dtype = np.dtype(draw(st.sampled_from(DTYPES)))
    size = int(np.prod(shape))
    return (np.arange(1, size + 1) % 5).astype(dtype).reshape(shape)


@st.composite
def index_items(draw: st.DrawFn) -> str:
    """Draw what may stand in square brackets."""
    item = st.sampled_from(
        [
            ":",
            "0",
            "1",
            "-1",
            "5",
            "1:",
            ":1",
            "::2",
            "::-1",
            "-2:",
            "3:1",
            "...",
            "None",
            "[0]",
            "[0, 1]",
            "[[0], [1]]",
            "[-1, 0]",
            "[True, False]",
            "[]",
            "True",
            "A > 1",
            "newaxis",
            "A.shape[0] - 1",
            "[7]",
            "1.5",
            "2:1:-1",
            "(0, 1)",
            "(1, 0)",
            "::-2",
            "[[0, 1], [1, 0]]",
            "[[True, False]]",
        ]
    )
    return ", ".join(draw(st.lists(item, min_size=1, max_size=4)))


@st.composite
def formulas(draw: st.DrawFn, depth: int = 3) -> str:
    """Draw a formula of NumPy's that may or may not fit the arrays."""
    if depth == 0 or draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(NAMES))
    inner = formulas(depth=depth - 1)
    kind = draw(st.sampled_from(list(_KINDS)))
    return _KINDS[kind](draw, inner)


def _operator(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    return f"({draw(inner)}) {draw(st.sampled_from(_BINARY))} ({draw(inner)})"


def _with_number(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    sides = [f"({draw(inner)})", f"({draw(st.sampled_from(_SCALARS))})"]
    left, right = draw(st.permutations(sides))
    return f"{left} {draw(st.sampled_from(_BINARY))} {right}"


def _unary(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    return f"{draw(st.sampled_from('-+~'))}({draw(inner)})"


def _attribute(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    names = ["T", "T", "mT", "real", "imag", "shape[0]", "ndim", "size", "itemsize", "nbytes", "H", "strides[0]"]
    return f"({draw(inner)}).{draw(st.sampled_from(names))}"


def _index(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    return f"({draw(inner)})[{draw(index_items())}]"


def _function(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    return f"{draw(st.sampled_from(_UNARY_FUNCTIONS + _SINGLE))}({draw(inner)})"


def _reduction(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    name, axis = draw(st.sampled_from(_REDUCTIONS)), draw(st.sampled_from(_AXES))
    keep = draw(st.sampled_from(["", ", keepdims=True", ", keepdims=False"]))
    return draw(st.sampled_from([f"{name}({draw(inner)}, axis={axis}{keep})", f"({draw(inner)}).{name}()"]))


def _cumulative(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    return f"{draw(st.sampled_from(_CUMULATIVE))}({draw(inner)}, axis={draw(st.sampled_from(['0', '1', 'None']))})"


def _pair(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    other = draw(st.one_of(inner, st.sampled_from(_SCALARS)))
    return f"{draw(st.sampled_from(_PAIRS))}({draw(inner)}, {other})"


def _layout(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    return draw(st.sampled_from(CALLS)).format(draw(inner))


def _joined(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    name = draw(st.sampled_from(["concatenate", "stack", "vstack", "hstack"]))
    axis = draw(st.sampled_from(["", ", axis=0", ", axis=1", ", axis=-1"])) if name in ("concatenate", "stack") else ""
    return f"{name}([{', '.join(draw(st.lists(inner, min_size=1, max_size=3)))}]{axis})"


def _several(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    name, count = draw(st.sampled_from(_SEVERAL))
    return f"{name}({draw(inner)})[{draw(st.integers(0, count - 1))}]"


_KINDS = {
    "operator": _operator,
    "operator again": _operator,
    "number": _with_number,
    "unary": _unary,
    "attribute": _attribute,
    "index": _index,
    "function": _function,
    "reduction": _reduction,
    "cumulative": _cumulative,
    "pair": _pair,
    "layout": _layout,
    "joined": _joined,
    "several": _several,
}


def namespace(operands: dict[str, np.ndarray]) -> dict[str, Any]:
    """Give the names that a formula may use, as NumPy knows them."""
    known = {name: value for name, value in vars(np).items() if not name.startswith("_")}
    # Several arrays are a tuple here; a list is an array that is written out.
    several = {name: _as_tuple(known[name]) for name in ("split", "array_split", "hsplit", "vsplit", "dsplit")}
    own = {"roots": _complex_roots, "random": np.random, "fft": np.fft, "linalg": _LINALG}
    return {**known, **own, **several, **operands}


def _complex_eigen(a: Any) -> Any:
    values, vectors = np.linalg.eig(a)
    complex_ = np.result_type(values, np.complex64)
    return values.astype(complex_), vectors.astype(complex_)


def _complex_roots(p: Any) -> Any:
    dtype = np.asarray(p).dtype
    if dtype == np.float16:  # as soon as there is a root
        raise TypeError
    return np.roots(p).astype(np.result_type(dtype if dtype.kind in "fc" else float, np.complex64))


_LINALG = SimpleNamespace(
    **{
        **vars(np.linalg),
        # Complex whatever the data are: NumPy's own from 2.5 on.
        "eig": _complex_eigen,
        "eigvals": lambda a: _complex_eigen(a)[0],
    }
)


def _as_tuple(function: Any) -> Any:
    return lambda *arguments, **options: tuple(function(*arguments, **options))


class DataDecides(Exception):  # noqa: N818 - not an error
    """NumPy refused for a reason that no signature tells."""


def by_numpy(text: str, operands: dict[str, np.ndarray]) -> Signature | TupleSignature | None:
    """Let NumPy compute ``text``; None where it refuses.

    Raises
    ------
    DataDecides
        Where it refuses for what the cells hold, not for their shapes or dtypes.
    """
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            value = eval(text.replace(").H", ").mT.conj()"), namespace(operands))
        except np.linalg.LinAlgError as error:
            if any(word in str(error) for word in ("Singular", "converge", "definite")):
                raise DataDecides from None
            return None
        except ValueError as error:
            if "negative integer powers" in str(error):
                raise DataDecides from None
            return None
        except (TypeError, IndexError, OverflowError, ZeroDivisionError, AttributeError):
            return None
        except RuntimeError:
            raise DataDecides from None
    if isinstance(value, tuple) and (
        hasattr(value, "_fields") or any(isinstance(item, np.ndarray | np.generic) for item in value)
    ):
        return TupleSignature(tuple(Signature(np.shape(item), np.asarray(item).dtype) for item in value))
    if isinstance(value, tuple) and all(isinstance(item, int) for item in value):
        return Signature((len(value),), np.dtype(np.int_))  # () too
    found = np.asarray(value)
    return Signature(found.shape, found.dtype)


def signatures(operands: dict[str, np.ndarray]) -> dict[str, Signature | TupleSignature]:
    """Give what ``infer`` is told of the arrays."""
    return {name: Signature(value.shape, value.dtype) for name, value in operands.items()}


def fits(known: Signature | TupleSignature | None, real: Signature | TupleSignature | None) -> bool:
    """Tell whether an inferred signature is the real one; an unknown size fits any."""
    if isinstance(known, Signature) and isinstance(real, Signature):
        sizes = len(known.shape) == len(real.shape) and all(
            a in (None, b) for a, b in zip(known.shape, real.shape, strict=True)
        )
        return sizes and known.dtype == real.dtype
    if isinstance(known, TupleSignature) and isinstance(real, TupleSignature):
        return len(known.items) == len(real.items) and all(map(fits, known.items, real.items))
    return known is None and real is None
