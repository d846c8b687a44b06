"""Rows of the function table: statistics, and reductions that pass over nan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.mistake import Mistake
from playground.language.rules import dtypes, flops, shapes, statistics
from playground.language.table.row import Function
from playground.translation import tr

if TYPE_CHECKING:
    import numpy as np

    from playground.language.arguments import Arguments

_TABLE = "[[1.0, 2.0], [3.0, 5.0]]"
_HOLES = "[[1.0, nan], [3.0, 5.0]]"
_SUM = "a, axis=None, dtype=None, out=None, keepdims=False"
_SPREAD = "a, axis=None, dtype=None, out=None, ddof=0, keepdims=False"
_EXTREME = "a, axis=None, out=None, keepdims=False"
_MIDDLE = "a, axis=None, out=None, overwrite_input=False, keepdims=False"
_SHARES = "a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False"
_ALONG = "a, axis=None, dtype=None, out=None"
_SUMMED = dtypes.given_or(dtypes.summed)
_DISCRETE = ("inverted_cdf", "closest_observation", "lower", "higher", "nearest")
_METHODS = (*_DISCRETE, "linear", "midpoint", "averaged_inverted_cdf", "interpolated_inverted_cdf", "hazen", "weibull",
            "median_unbiased", "normal_unbiased")  # fmt: skip


def _nan(name: str, signature: str, dtype: dtypes.DtypeRule, help_: str, *, identity: bool = True) -> Function:
    lenient = name in ("nansum", "nanprod", "nanmin", "nanmax")
    return Function(name, signature, shapes.reduced(identity=identity, lenient=lenient), dtype, "reduce", help_,
                    f"{name}({_HOLES})", flops=flops.reads(), rare=True)  # fmt: skip


def _middle(arguments: Arguments) -> np.dtype:
    return dtypes.inexact(arguments.dtype_of("a"))


def _share(arguments: Arguments) -> np.dtype:
    """Dtype of a quantile: of the array where the method picks a cell, else what the cells and the share make."""
    dtype, method = arguments.dtype_of("a"), arguments.choice("method", _METHODS)
    share = arguments.array("q")
    percent = arguments.shown.endswith("percentile")
    kind = arguments.dtype_of("q").kind
    if dtype.kind == "c":
        raise dtypes.undefined(arguments.shown, [arguments.array("a")])
    if method in _DISCRETE or (kind in "biu" and not percent):
        return dtype
    if dtype.kind == "b":
        raise dtypes.undefined(arguments.shown, [arguments.array("a")])
    typed = type(share.constant) is int and dtype.kind == "f"
    if kind in "biu":  # a hundredth of it; of a typed number in the dtype of the cells
        share = dtypes.of_dtype(share, dtype if typed else dtypes.FLOAT)
    return dtypes.promoted([arguments.array("a"), share])


def _average(arguments: Arguments) -> np.dtype:
    value, dtype = arguments.array("a"), arguments.dtype_of("a")
    if not arguments.given("weights"):
        return dtypes.inexact(dtype)
    # NumPy counts whole numbers as float64 here, even where the weights are narrower.
    counted = dtypes.of_dtype(value, dtypes.inexact(dtype))
    return dtypes.inexact(dtypes.promoted_strong([value, counted, arguments.array("weights")]))


def _covariance(first: str) -> dtypes.DtypeRule:
    def rule(arguments: Arguments) -> np.dtype:
        names = [name for name in (first, "y") if arguments.given(name)]
        shape = arguments.signature(first).shape
        if len(shape) == 2 and shape[0] == 0:
            return dtypes.FLOAT  # of no variables NumPy gives an empty table of float64, whatever they would have been
        parts = [dtypes.of_dtype(arguments.array(names[0]), dtypes.FLOAT), *map(arguments.array, names)]
        return arguments.dtype("dtype") or dtypes.promoted_strong(parts)

    return rule


def _spread_of_ends(arguments: Arguments) -> np.dtype:
    return dtypes.ufunc_dtype("subtract", [dtypes.as_array(arguments.array("a"))] * 2, arguments.shown)


def _histogram(arguments: Arguments) -> tuple[np.dtype, ...]:
    counts: np.dtype = dtypes.INDEX
    if arguments.given("weights"):
        counts = arguments.dtype_of("weights")
    if arguments.given("density") and arguments.flag("density"):
        counts = dtypes.FLOAT
    bins = arguments.values.get("bins")
    edges = bins is not None and not isinstance(bins.constant, str) and arguments.signature("bins").ndim > 0
    return counts, arguments.dtype_of("bins") if edges else dtypes.inexact(arguments.dtype_of("a"))


def _counts(arguments: Arguments) -> np.dtype:
    value = arguments.array("x")
    dtype = arguments.dtype_of("x")
    if dtype.kind not in "biu":
        raise Mistake("dtype", tr("bincount counts whole numbers."), tr("Convert: .astype(int)."), span=value.span)
    if not arguments.given("weights"):
        return dtypes.INDEX
    if arguments.dtype_of("weights").kind == "c":
        raise dtypes.undefined(arguments.shown, [arguments.array("weights")])
    return dtypes.FLOAT


NAN: Final = (
    _nan("nansum", _SUM, _SUMMED, "Add the cells up; nan counts as 0."),
    _nan("nanprod", _SUM, _SUMMED, "Multiply the cells; nan counts as 1."),
    _nan("nanmean", _SUM, dtypes.inexact_of_inexact(dtypes.given_or(dtypes.inexact)),
         "The average of the cells that aren't nan."),
    _nan("nanstd", _SPREAD, dtypes.inexact_of_inexact(dtypes.spread),
         "The standard deviation of the cells that aren't nan."),
    _nan("nanvar", _SPREAD, dtypes.inexact_of_inexact(dtypes.spread), "The variance of the cells that aren't nan."),
    _nan("nanmin", _EXTREME, dtypes.of("a"), "The smallest cell that isn't nan.", identity=False),
    _nan("nanmax", _EXTREME, dtypes.of("a"), "The largest cell that isn't nan.", identity=False),
    Function("nanargmin", "a, axis=None, out=None, *, keepdims=False", shapes.searched, dtypes.fixed(dtypes.INDEX),
             "reduce", "Where the smallest cell is that isn't nan.", "nanargmin([3, nan, 2])", flops=flops.reads(),
             rare=True),
    Function("nanargmax", "a, axis=None, out=None, *, keepdims=False", shapes.searched, dtypes.fixed(dtypes.INDEX),
             "reduce", "Where the largest cell is that isn't nan.", "nanargmax([3, nan, 2])", flops=flops.reads(),
             rare=True),
    Function("nancumsum", _ALONG, shapes.along(lifts=True), _SUMMED, "reduce", "The running total; nan counts as 0.",
             "nancumsum([1, nan, 3])", flops=flops.reads(), rare=True),
    Function("nancumprod", _ALONG, shapes.along(lifts=True), _SUMMED, "reduce",
             "The running product; nan counts as 1.", "nancumprod([1, nan, 3])", flops=flops.reads(), rare=True),
    Function("nanmedian", _MIDDLE, shapes.reduced(lenient=False), _middle, "reduce",
             "The middle one of the sorted cells that aren't nan.", f"nanmedian({_HOLES})",
             flops=flops.reads(each=flops.SELECTED), rare=True),
)  # fmt: skip

SPREAD: Final = (
    Function("median", _MIDDLE, shapes.reduced(lenient=False), _middle, "reduce", "The middle one of the sorted cells.",
             f"median({_TABLE})", flops=flops.reads(each=flops.SELECTED)),
    Function("quantile", _SHARES, statistics.quantiles(1), _share, "reduce",
             "Below which number this share (0 to 1) of the cells lies.", f"quantile({_TABLE}, 0.5)",
             flops=flops.reads(each=flops.SELECTED)),
    Function("percentile", _SHARES, statistics.quantiles(100), _share, "reduce",
             "Below which number so many percent of the cells lie.", f"percentile({_TABLE}, [25, 75])",
             flops=flops.reads(each=flops.SELECTED)),
    Function("nanquantile", _SHARES, statistics.quantiles(1), _share, "reduce",
             "quantile of the cells that aren't nan.",
             f"nanquantile({_HOLES}, 0.5)", flops=flops.reads(each=flops.SELECTED), cupy_target=None, rare=True),
    Function("nanpercentile", _SHARES, statistics.quantiles(100), _share, "reduce",
             "percentile of the cells that aren't nan.", f"nanpercentile({_HOLES}, 50)",
             flops=flops.reads(each=flops.SELECTED), cupy_target=None, rare=True),
    Function("average", "a, axis=None, weights=None, returned=False, *, keepdims=False", statistics.averaged, _average,
             "reduce", "The average, with a weight for each cell.", "average([1, 2, 3], weights=[3, 1, 1])",
             flops=flops.reads("a", 2)),
    Function("ptp", _EXTREME, shapes.reduced(identity=False), _spread_of_ends, "reduce",
             "The largest cell minus the smallest.", f"ptp({_TABLE})", flops=flops.reads("a", 2), rare=True),
    Function("cov", "m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None",
             statistics.covariance("m"), _covariance("m"), "reduce",
             "How much each two rows vary together.", f"cov({_TABLE})", flops=flops.unknown),
    Function("corrcoef", "x, y=None, rowvar=True, *, dtype=None",
             statistics.covariance("x"), _covariance("x"), "reduce",
             "How much each two rows vary together, from -1 to 1.", f"corrcoef({_TABLE})", flops=flops.unknown),
)  # fmt: skip

COUNTS: Final = (
    Function("histogram", "a, bins=10, range=None, density=None, weights=None", statistics.histogram, _histogram,
             "reduce", "How many cells lie in each of so many bins, and the bins' edges.",
             "histogram([1, 2, 2, 5], bins=3)", flops=flops.unknown),
    Function("bincount", "x, /, weights=None, minlength=0", statistics.counted_bins, _counts, "reduce",
             "How often each whole number occurs.", "bincount([0, 1, 1, 3])", flops=flops.unknown),
    Function("digitize", "x, bins, right=False", statistics.binned, dtypes.fixed(dtypes.INDEX), "reduce",
             "The number of the bin in which each cell lies.", "digitize([0.2, 6.4], [0.0, 1.0, 5.0])",
             flops=flops.unknown, rare=True),
)  # fmt: skip

ROWS: Final = (*NAN, *SPREAD, *COUNTS)
