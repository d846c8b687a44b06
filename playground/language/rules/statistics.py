"""Shapes of statistics: quantiles, weighted means, covariances, histograms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.rules.shapes import Shaped, described, reduced, shown, signature_of
from playground.language.values import MISSING
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.values import Value


_TURNS_ROWS: Final = np.lib.NumpyVersion(np.__version__) >= "2.2.0"
"""Whether ``rowvar=False`` goes for a table of one row too, as from NumPy 2.2; in ``y`` it is one variable still."""


def quantiles(largest: int) -> ShapeRuleOfQuantiles:
    """Make the rule of ``quantile`` (``largest`` 1) and ``percentile`` (100)."""
    return ShapeRuleOfQuantiles(largest)


def _check_swapped(arguments: Arguments, share: Value) -> None:
    """Raise ``Mistake`` for a typed number before an array of measured shares: all shares of one number are it."""
    first = arguments.values["a"]
    if first.is_number and signature_of(share).ndim and arguments.values["q"].constant is MISSING:
        raise Mistake(
            "argument-order",
            tr("{function} takes the array first and then the share; {number} is a single number.",
               function=arguments.shown, number=shown(first)),
            tr("Write {function}({share}, {number}).",
               function=arguments.shown, share=shown(share), number=shown(first)),
            span=first.span,
        )  # fmt: skip


class ShapeRuleOfQuantiles:
    """One reduction for each share that is asked for: the shape of ``q``, then what is left of ``a``."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._reduced = reduced(identity=False, lenient=False)

    def __call__(self, arguments: Arguments) -> Shaped:
        """Give the shape; raises ``Mistake`` for shares outside of 0 and ``largest``."""
        left, share = self._reduced(arguments), arguments.array("q")
        assert isinstance(left, Shaped)
        if signature_of(share).dtype.kind == "c":
            raise Mistake("dtype", tr("A share is a real number."), span=share.span)
        _check_swapped(arguments, share)
        known = arguments.values["q"].constant
        numbers = known if isinstance(known, (list, tuple)) else (known,)
        if any(isinstance(number, (int, float)) and not 0 <= number <= self._largest for number in numbers):
            raise Mistake(
                "argument",
                tr(
                    "{function} takes shares from 0 to {largest}, and {share} isn't one.",
                    function=arguments.shown,
                    largest=self._largest,
                    share=shown(share),
                ),
                tr("Half of all cells lie below {half}.", half=f"{self._largest / 2:g}"),
                span=share.span,
            )
        shape = (*signature_of(share).shape, *left.shape)
        check_size(shape)
        return Shaped(shape, (*share.axes, *(left.axes or ())))


def averaged(arguments: Arguments) -> Shaped:
    """Shape of ``average``; weights are as large as ``a``, or one for each place along the axes."""
    left = reduced(lenient=False)(arguments)
    assert isinstance(left, Shaped)
    if not arguments.given("weights"):
        return left
    value, weights = arguments.array("a"), arguments.array("weights")
    shape, own = signature_of(value).shape, signature_of(weights).shape
    if own == shape:
        return left
    if not arguments.given("axis"):
        raise _weights(value, weights, tr("Give axis= as well, or one weight for each cell."))
    axes = arguments.axes_or_all("axis", len(shape))
    if own != tuple(shape[axis] for axis in axes):
        raise _weights(value, weights, tr("There must be one weight for each place along the axis."))
    return left


def _weights(value: Value, weights: Value, hint: str) -> Mistake:
    return Mistake(
        "broadcast",
        tr("The weights {weights} don't fit {array}.", weights=described(weights), array=described(value)),
        hint,
        span=weights.span,
    )


def covariance(first: str) -> CovarianceRule:
    """Make the rule of ``cov`` and ``corrcoef``: one row and one column for each variable."""
    return CovarianceRule(first)


class CovarianceRule:
    """Rows are variables, or columns with ``rowvar=False``; the variables of ``y`` come after the others."""

    def __init__(self, first: str) -> None:
        self._first = first

    def __call__(self, arguments: Arguments) -> Shaped:
        """Give the shape: n × n, a single number for one variable."""
        value = arguments.array(self._first)
        _check_freedom(arguments)
        count, observed = self._variables(value, arguments, turns=_TURNS_ROWS)
        if arguments.given("y"):
            other = arguments.array("y")
            more, seen = self._variables(other, arguments, turns=False)
            if None not in (observed, seen) and observed != seen:
                raise Mistake(
                    "broadcast",
                    tr("{function} needs as many observations in {left} as in {right}.", function=arguments.shown,
                       left=described(value), right=described(other)),
                    span=other.span,
                )  # fmt: skip
            count = None if count is None or more is None else count + more
        if count is None:
            return Shaped((None, None))
        axis = arguments.axes.fresh(1)
        return Shaped(()) if count == 1 else Shaped((count, count), axis * 2)

    def _variables(self, value: Value, arguments: Arguments, *, turns: bool) -> tuple[int | None, int | None]:
        """How many variables ``value`` has, and how many observations of each; ``turns``: a single row too."""
        shape = signature_of(value).shape
        if len(shape) > 2:
            raise Mistake(
                "ndim", tr("{function} takes a table: at most 2 axes.", function=arguments.shown), span=value.span
            )
        if len(shape) < 2:
            return 1, shape[0] if shape else 1
        rows, columns = shape
        lies = arguments.flag("rowvar") or (rows == 1 and not turns)
        return (rows, columns) if lies else (columns, rows)


def _check_freedom(arguments: Arguments) -> None:
    """Raise ``Mistake`` for a ``ddof`` with a fraction, and a ``dtype`` that holds none."""
    ddof, dtype = arguments.values.get("ddof"), arguments.dtype("dtype")
    if ddof is not None and isinstance(ddof.constant, float) and not ddof.constant.is_integer():
        raise Mistake("argument", tr("ddof of cov is a whole number."), span=ddof.span)
    if dtype is not None and dtype.kind in "iub":
        raise Mistake(
            "dtype",
            tr("{function} gives fractions; {dtype} holds none.", function=arguments.shown, dtype=dtype),
            tr("Leave dtype out."),
            span=arguments.values["dtype"].span,
        )


def _rises(edges: Value, *, falls: bool = False) -> bool:
    """Tell whether edges that are typed rise, or ``falls`` says, fall; those that only the data tells may."""
    if not isinstance(edges.constant, (list, tuple)) or signature_of(edges).ndim != 1:
        return True
    steps = np.diff(np.asarray(edges.constant, float))
    return bool(np.all(steps >= 0) or (falls and np.all(steps <= 0)))


def histogram(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``histogram``: the counts, and one edge more; a rule's name leaves the number to the data."""
    bins = arguments.values.get("bins")
    _check_range(arguments)
    if arguments.given("weights") and arguments.signature("weights").shape != arguments.signature("a").shape:
        raise _weights(arguments.array("a"), arguments.array("weights"), tr("There must be one for each cell."))
    if bins is None or (isinstance(bins.constant, int) and not isinstance(bins.constant, bool)):
        count: int | None = arguments.integer("bins")
        if count is not None and count < 1:
            raise Mistake("argument", tr("A histogram has at least 1 bin."), span=bins.span if bins else None)
    elif isinstance(bins.constant, str):
        arguments.choice("bins", ("auto", "doane", "fd", "rice", "scott", "sqrt", "stone", "sturges"))
        if arguments.given("weights"):
            raise Mistake("argument", tr("With weights the number of bins must be given."), span=bins.span)
        count = None
    else:
        edges = arguments.signature("bins")
        if edges.ndim > 1 or edges.dtype.kind == "c" or not _rises(arguments.array("bins")):
            raise Mistake("argument", tr("The edges of the bins are a row of rising numbers."), span=bins.span)
        if edges.ndim == 0 and (bins.constant is not MISSING or edges.dtype.kind not in "iu"):
            raise Mistake("argument", tr("The number of bins is a whole number."), span=bins.span)
        size = edges.shape[0] if edges.ndim else None
        return Shaped((None if size is None else max(size - 1, 0),)), Shaped((size,))
    check_size((count, 8))
    return Shaped((count,)), Shaped((None if count is None else count + 1,))


def _check_range(arguments: Arguments) -> None:
    """Raise ``Mistake`` for a range that isn't a smallest and a largest number."""
    limits = arguments.values.get("range")
    if limits is None or limits.constant is None:
        return
    known = limits.constant
    typed = isinstance(known, (tuple, list))
    two = len(known) == 2 if isinstance(known, (tuple, list)) else arguments.signature("range").shape in ((2,), (None,))
    if not two or (typed and not known[0] <= known[1]):  # type: ignore[index]
        raise Mistake(
            "argument",
            tr("range of histogram is the smallest and the largest number that count."),
            tr("For example range=(0, 10)."),
            span=limits.span,
        )


def counted_bins(arguments: Arguments) -> Shaped:
    """Shape of ``bincount``: the largest number decides."""
    value = arguments.array("x")
    if signature_of(value).ndim != 1:
        raise Mistake("ndim", tr("bincount takes one row of whole numbers."), span=value.span)
    if arguments.given("weights") and arguments.signature("weights").shape != signature_of(value).shape:
        raise _weights(value, arguments.array("weights"), tr("There must be one for each number."))
    if arguments.integer("minlength") < 0:
        raise Mistake("argument", tr("minlength can't be negative."))
    return Shaped((None,))


def binned(arguments: Arguments) -> Shaped:
    """Shape of ``digitize``: the number of a bin for each cell."""
    value, bins = arguments.array("x"), arguments.array("bins")
    if signature_of(bins).ndim != 1:
        raise Mistake("ndim", tr("The bins are one row of rising or falling edges."), span=bins.span)
    for part in (value, bins):
        if signature_of(part).dtype.kind == "c":
            raise Mistake("dtype", tr("digitize takes real numbers."), span=part.span)
    if not _rises(bins, falls=True):
        raise Mistake("argument", tr("The bins are one row of rising or falling edges."), span=bins.span)
    return Shaped(signature_of(value).shape, value.axes)
