"""Rows of the function table: creation, reductions, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.rules import create, dtypes, flops, reductions, search, shapes
from playground.language.table.row import Function

if TYPE_CHECKING:
    import numpy as np

    from playground.language.arguments import Arguments

_FLOAT = dtypes.FLOAT


def _given_or_float(arguments: Arguments) -> np.dtype:
    return arguments.dtype("dtype") or _FLOAT


def _array(arguments: Arguments) -> np.dtype:
    dtype = arguments.dtype("dtype")
    if dtype is None:
        return arguments.dtype_of("object")
    dtypes.check_cells_fit(arguments.array("object"), dtype)
    return dtype


def _filled(arguments: Arguments) -> np.dtype:
    dtype = arguments.dtype("dtype") or arguments.dtype_of("fill_value")
    dtypes.check_cells_fit(arguments.array("fill_value"), dtype)
    return dtype


def _like(arguments: Arguments) -> np.dtype:
    return arguments.dtype("dtype") or arguments.dtype_of("a")


def _counted(arguments: Arguments) -> np.dtype:
    names = [name for name in ("start", "stop", "step") if arguments.given(name)]
    found = dtypes.promoted_strong([arguments.array(name) for name in names])
    return arguments.dtype("dtype") or (dtypes.DEFAULT_INTEGER if found.kind == "b" else found)


def _spaced(arguments: Arguments) -> np.dtype:
    found = dtypes.promoted([arguments.array("start"), arguments.array("stop")])
    return arguments.dtype("dtype") or dtypes.inexact(found)


_LIKE = "a, dtype=None, order='K', subok=True, *, shape=None"

CREATION: Final = (
    Function("array", "object, dtype=None, *, copy=True, order='K', ndmin=0", create.as_array, _array,
             "create", "An array from a list of numbers.", "array([[1, 2], [3, 4]], dtype=float32)"),
    Function("zeros", "shape, dtype=None, order='C'", create.created, _given_or_float,
             "create", "An array of zeros.", "zeros((2, 3))"),
    Function("ones", "shape, dtype=None, order='C'", create.created, _given_or_float,
             "create", "An array of ones.", "ones((2, 3), dtype=int)"),
    Function("full", "shape, fill_value, dtype=None, order='C'", create.filled, _filled,
             "create", "An array with one value in every cell.", "full((2, 3), 7)"),
    Function("zeros_like", _LIKE, create.like("a"), _like,
             "create", "Zeros in the shape of another array.", "zeros_like([[1, 2], [3, 4]])"),
    Function("ones_like", _LIKE, create.like("a"), _like,
             "create", "Ones in the shape of another array.", "ones_like([[1, 2], [3, 4]])"),
    Function("eye", "N, M=None, k=0, dtype=float, order='C'", create.RuleOfGrid("N", "M"), _given_or_float,
             "create", "Ones on a diagonal, zeros elsewhere.", "eye(3)"),
    Function("identity", "n, dtype=None", create.identity, _given_or_float,
             "create", "The identity matrix of n rows.", "identity(3)"),
    Function("arange", "start, stop=None, step=None, dtype=None", create.counted, _counted,
             "create", "Numbers in equal steps, the end excluded.", "arange(0, 10, 2)"),
    Function("linspace", "start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0",
             create.spaced, _spaced,
             "create", "So many numbers at equal distances, the end included.", "linspace(0, 1, 5)"),
    Function("tri", "N, M=None, k=0, dtype=float", create.RuleOfGrid("N", "M"), _given_or_float,
             "create", "Ones on and below a diagonal.", "tri(3)"),
)  # fmt: skip


def _reduction(
    name: str, help_: str, dtype: dtypes.DtypeRule, signature: str, *, identity: bool = True, lenient: bool = True
) -> Function:
    shape = reductions.reduced_where(identity=identity, lenient=lenient)
    return Function(name, signature, shape, dtype, "reduce", help_, f"{name}([[1, 2], [3, 4]], axis=0)",
                    method=True, flops=flops.reads(), cupy_target=f"own:{name}")  # fmt: skip


_SUM = "a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True"
_AVERAGE = "a, axis=None, dtype=None, out=None, keepdims=False, *, where=True"
_SPREAD = "a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, correction=None"
_EXTREME = "a, axis=None, out=None, keepdims=False, initial=None, where=True"
_ASKED = "a, axis=None, out=None, keepdims=False, *, where=True"
_CUMULATIVE = "x, /, *, axis=None, dtype=None, out=None, include_initial=False"
_SEARCH = "a, axis=None, out=None, *, keepdims=False"
_SUMMED = dtypes.given_or(dtypes.summed)
_MEAN = dtypes.given_or(dtypes.inexact)
_TRUTH = dtypes.fixed(dtypes.BOOL)

REDUCTIONS: Final = (
    _reduction("sum", "Add the cells up, all of them or along an axis.", _SUMMED, _SUM),
    _reduction("prod", "Multiply the cells, all of them or along an axis.", _SUMMED, _SUM),
    _reduction("mean", "The average, of all cells or along an axis.", _MEAN, _AVERAGE, lenient=False),
    _reduction("std", "The standard deviation.", dtypes.spread, _SPREAD, lenient=False),
    _reduction("var", "The variance: the mean square distance from the mean.", dtypes.spread, _SPREAD, lenient=False),
    _reduction("min", "The smallest cell.", dtypes.of("a"), _EXTREME, identity=False),
    _reduction("max", "The largest cell.", dtypes.of("a"), _EXTREME, identity=False),
    _reduction("any", "Whether any cell is true (not 0).", _TRUTH, _ASKED),
    _reduction("all", "Whether all cells are true (not 0).", _TRUTH, _ASKED),
    Function("argmin", _SEARCH, shapes.searched, dtypes.fixed(dtypes.INDEX), "reduce",
             "Where the smallest cell is.", "argmin([3, 1, 2])", method=True, flops=flops.reads()),
    Function("argmax", _SEARCH, shapes.searched, dtypes.fixed(dtypes.INDEX), "reduce",
             "Where the largest cell is.", "argmax([3, 1, 2])", method=True, flops=flops.reads()),
    Function("count_nonzero", "a, axis=None, *, keepdims=False", shapes.reduced(), dtypes.fixed(dtypes.INDEX), "reduce",
             "How many cells aren't 0.", "count_nonzero([[0, 1], [2, 0]])"),
    Function("cumsum", "a, axis=None, dtype=None, out=None", shapes.along(lifts=True), _SUMMED, "reduce",
             "The running total along an axis.", "cumsum([1, 2, 3])", method=True, flops=flops.reads()),
    Function("cumprod", "a, axis=None, dtype=None, out=None", shapes.along(lifts=True), _SUMMED, "reduce",
             "The running product along an axis.", "cumprod([1, 2, 3])", method=True, flops=flops.reads()),
    Function("cumulative_sum", _CUMULATIVE, reductions.cumulative, dtypes.given_or(dtypes.summed, "x"), "reduce",
             "The running total along an axis.", "cumulative_sum([1, 2, 3], include_initial=True)",
             flops=flops.reads("x"), numpy_target="own:cumulative_sum", rare=True),
    Function("cumulative_prod", _CUMULATIVE, reductions.cumulative, dtypes.given_or(dtypes.summed, "x"), "reduce",
             "The running product along an axis.", "cumulative_prod([1, 2, 3])", flops=flops.reads("x"),
             numpy_target="own:cumulative_prod", rare=True),
    Function("sort", "a, axis=-1", shapes.along(), dtypes.of("a"), "reduce",
             "The cells in rising order along an axis.", "sort([3, 1, 2])", flops=flops.sorting),
)  # fmt: skip


def _where(arguments: Arguments) -> np.dtype | tuple[np.dtype, ...]:
    if "x" not in arguments.values:
        return (dtypes.INDEX,) * arguments.signature("condition").ndim
    values = [arguments.array("x"), arguments.array("y")]
    dtype = dtypes.promoted(values)
    for value in values:
        dtypes.check_fits(value, dtype)
    return dtype


CHOICE: Final = (
    Function("where", "condition, x=None, y=None, /", search.where, _where, "cellwise",
             "x where the condition holds, else y; the places where it holds.",
             "where([True, False], [1, 2], [3, 4])", flops=flops.cells),
)  # fmt: skip

ROWS: Final = (*CREATION, *REDUCTIONS, *CHOICE)
