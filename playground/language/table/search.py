"""Rows of the function table: sorting, searching, sets, and choosing cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.rules import dtypes, flops, search, shapes
from playground.language.table.row import Function
from playground.language.values import zero

if TYPE_CHECKING:
    import numpy as np

    from playground.language.arguments import Arguments

_M = "[[3, 1], [2, 4]]"
_PLACES = dtypes.fixed(dtypes.INDEX)
_TRUTH = dtypes.fixed(dtypes.BOOL)
_SETS = "ar1, ar2, assume_unique=False, return_indices=False"


def _unique(arguments: Arguments) -> np.dtype | tuple[np.dtype, ...]:
    more = sum(arguments.flag(name) for name in ("return_index", "return_inverse", "return_counts"))
    own = arguments.dtype_of("ar")
    return (own, *(dtypes.INDEX,) * more) if more else own


def _sorted_places(arguments: Arguments) -> np.dtype:
    values = [dtypes.as_array(arguments.array(name)) for name in ("a", "v")]
    dtypes.promoted(values)
    return dtypes.INDEX


def _found(arguments: Arguments) -> tuple[np.dtype, ...]:
    return (dtypes.INDEX,) * arguments.signature("a").ndim


def _chosen(arguments: Arguments) -> np.dtype:
    return dtypes.promoted_strong(arguments.arrays("choices"))


def _selected(arguments: Arguments) -> np.dtype:
    choices = arguments.arrays("choicelist")
    default = arguments.array("default") if "default" in arguments.values else zero(choices[0].span)
    return dtypes.promoted([*choices, default])


def _difference(arguments: Arguments) -> np.dtype:
    dtype = arguments.dtype_of("a")
    names = [name for name in ("prepend", "append") if arguments.given(name)]
    if names:
        dtype = dtypes.promoted_strong([arguments.array("a"), *map(arguments.array, names)])
    return dtype


def _set(name: str, help_: str, dtype: dtypes.DtypeRule, example: str, signature: str = _SETS) -> Function:
    return Function(name, signature, search.of_both, dtype, "search", help_, f"{name}({example})",
                    flops=flops.unknown, rare=True)  # fmt: skip


_BOTH = dtypes.strong("ar1", "ar2")

SORTING: Final = (
    Function("argsort", "a, axis=-1", shapes.along(lifts=True), _PLACES, "search",
             "Where the cells come from when they are sorted.", "argsort([3, 1, 2])", method=True,
             flops=flops.sorting),
    Function("partition", "a, kth, axis=-1", search.partitioned, dtypes.of("a"), "search",
             "Sorted so far that the kth cell is in its place.", "partition([3, 1, 2], 1)",
             flops=flops.reads(each=flops.SELECTED), rare=True),
    Function("argpartition", "a, kth, axis=-1", search.partitioned, _PLACES, "search",
             "Where the cells of partition come from.", "argpartition([3, 1, 2], 1)",
             flops=flops.reads(each=flops.SELECTED), rare=True, method=True),
    Function("searchsorted", "a, v, side='left', sorter=None", search.searched_sorted, _sorted_places, "search",
             "Where numbers belong in a sorted row.", "searchsorted([1, 3, 5], [2, 6])", flops=flops.unknown,
             method=True),
)  # fmt: skip

FINDING: Final = (
    Function("nonzero", "a", search.found, _found, "search", "Where the cells are that aren't 0.",
             f"nonzero({_M})", method=True),
    Function("flatnonzero", "a", search.found_flat, _PLACES, "search",
             "Where the cells are that aren't 0, all in one row.", "flatnonzero([0, 3, 0, 1])", rare=True),
    Function("argwhere", "a", search.found_rows, _PLACES, "search",
             "Row, column… of each cell that isn't 0.", "argwhere([[0, 1], [2, 0]])"),
    Function("unique",
             "ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True",
             search.unique, _unique, "search",
             "The different cells, sorted.", "unique([3, 1, 3, 2])", flops=flops.unknown),
    Function("isin", "element, test_elements, assume_unique=False, invert=False", search.among, _TRUTH,
             "search", "Where cells are among others.", "isin([1, 2, 3], [2, 3])", flops=flops.unknown),
    _set("intersect1d", "The cells that both arrays have, sorted.", _BOTH, "[1, 2, 3], [2, 3, 4]"),
    _set("union1d", "The cells that one of two arrays has, sorted.", dtypes.weak("ar1", "ar2"), "[1, 2], [2, 3]",
         "ar1, ar2"),
    _set("setdiff1d", "The cells of the first that the second hasn't, sorted.", dtypes.of("ar1"), "[1, 2, 3], [2]",
         "ar1, ar2, assume_unique=False"),
    _set("setxor1d", "The cells that just one of two arrays has, sorted.", _BOTH, "[1, 2], [2, 3]",
         "ar1, ar2, assume_unique=False"),
)  # fmt: skip

CHOOSING: Final = (
    Function("take", "a, indices, axis=None, out=None, mode='raise'", search.taken, dtypes.of("a"), "search",
             "The cells, rows or columns at these places.", "take([10, 20, 30], [2, 0])", method=True),
    Function("take_along_axis", "arr, indices, axis=-1", search.taken_along, dtypes.of("arr"), "search",
             "One cell for each place along an axis, as argsort gives them.",
             f"take_along_axis(array({_M}), argsort({_M}, axis=1), axis=1)", rare=True),
    Function("choose", "a, choices, out=None, mode='raise'", search.chosen, _chosen, "search",
             "From each array of a list the cells where its number stands.",
             "choose([0, 1, 0], [[1, 2, 3], [4, 5, 6]])",
             method=True, rare=True),
    Function("select", "condlist, choicelist, default=0", search.selected, _selected, "search",
             "The first choice whose condition holds.", "select([[True, False]], [[1, 2]], 9)", rare=True),
    Function("compress", "condition, a, axis=None, out=None", search.compressed("a"), dtypes.of("a"), "search",
             "The rows or columns for which a condition holds.", f"compress([True, False], {_M}, axis=0)", rare=True),
    Function("extract", "condition, arr", search.compressed("arr"), dtypes.of("arr"), "search",
             "The cells for which a condition holds.", "extract([True, False, True], [1, 2, 3])", rare=True),
    Function("diff", "a, n=1, axis=-1, prepend=None, append=None", search.differences, _difference, "search",
             "Each cell minus the one before it.", "diff([1, 4, 9, 16])", flops=flops.cells),
)  # fmt: skip

ROWS: Final = (*SORTING, *FINDING, *CHOOSING)
