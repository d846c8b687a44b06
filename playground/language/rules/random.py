"""Shapes of random numbers: ``size`` where it is given, else that of the parameters together."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.rules.layout import check_broadcast_to
from playground.language.rules.shapes import Shaped, broadcast, signature_of
from playground.language.values import MISSING
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playground.language.arguments import Arguments
    from playground.language.rules.shapes import ShapeRule

_LARGEST_SEED: Final = 2**32 - 1


def check_seed(arguments: Arguments) -> None:
    """Raise ``Mistake`` for a seed that isn't a whole number of 32 bits."""
    seed = arguments.integer("seed")
    if not 0 <= seed <= _LARGEST_SEED:
        raise Mistake(
            "argument",
            tr("A seed is a whole number from 0 to {largest}.", largest=_LARGEST_SEED),
            span=arguments.values["seed"].span,
        )


def of_sizes(arguments: Arguments) -> Shaped:
    """Shape of ``rand`` and ``randn``, which take the sizes one by one."""
    check_seed(arguments)
    sizes = arguments.values["sizes"].items if "sizes" in arguments.values else ()
    shape = []
    for size in sizes or ():
        if not isinstance(size.constant, int) or size.constant < 0:
            raise Mistake(
                "argument",
                tr("{function} takes its sizes one by one, as whole numbers.", function=arguments.shown),
                tr("Write {function}(3, 2), or random.random((3, 2)).", function=arguments.shown),
                span=size.span,
            )
        shape.append(int(size.constant))
    check_size(shape, 8)
    return Shaped(tuple(shape))


def drawn(*parameters: str) -> ShapeRule:
    """Make the rule of a distribution with these parameters, each a number or an array of them."""

    def rule(arguments: Arguments) -> Shaped:
        check_seed(arguments)
        values = [arguments.array(name) for name in parameters if arguments.given(name)]
        for value in values:
            if signature_of(value).dtype.kind == "c":
                raise Mistake("dtype", tr("{function} takes real numbers.", function=arguments.shown), span=value.span)
        _check_limits(arguments, parameters)
        if "high" in parameters and arguments.function.name.endswith(("randint", "integers")):
            _check_whole_range(arguments)
        together = broadcast(values, arguments.axes, arguments.shown) if values else Shaped(())
        if not arguments.given("size"):
            return together
        shape = arguments.shape("size")
        for value in values:
            check_broadcast_to(value, signature_of(value).shape, shape)
        return Shaped(shape)

    return rule


_LIMITS: Final[Mapping[str, tuple[int, int | None]]] = {
    "scale": (0, None), "lam": (0, None), "n": (0, None), "p": (0, 1), "shape": (0, None),
}  # fmt: skip
"""The smallest and the largest number that a parameter may be."""


def _check_limits(arguments: Arguments, parameters: Sequence[str]) -> None:
    """Raise ``Mistake`` for a typed number that no distribution has as its parameter."""
    for name in parameters:
        least, most = _LIMITS.get(name, (None, None))
        known = _typed(arguments, name)
        if least is None or known is None or not known.size:
            continue
        if known.min() >= least and (most is None or known.max() <= most):
            continue
        rule = tr("a number from 0 to 1") if most == 1 else tr("0 or more")
        raise Mistake(
            "argument",
            tr("{parameter} of {function} is {rule}.", parameter=name, function=arguments.shown, rule=rule),
            span=arguments.values[name].span,
        )


def _typed(arguments: Arguments, name: str) -> np.ndarray | None:
    """Give the numbers that are written out for a parameter, or its default; None where only the data tells them."""
    value = arguments.values.get(name)
    constant = arguments.function.parameter(name).default if value is None else value.constant
    if not isinstance(constant, (int, float, list, tuple)):
        return None
    return np.asarray(constant)


def _check_whole_range(arguments: Arguments) -> None:
    """Raise ``Mistake`` where no whole number lies from ``low`` up to ``high``, or the dtype doesn't hold it."""
    low, high = _typed(arguments, "low"), _typed(arguments, "high")
    if low is None or (high is None and arguments.given("high")):
        return
    low, high = (np.asarray(0), low) if high is None else (low, high)
    includes = "endpoint" in arguments.values and arguments.flag("endpoint")
    if any(part.dtype.kind not in "iub" for part in (low, high)) or not low.size or not high.size:
        return
    try:
        is_empty = bool(np.any(low > high if includes else low >= high))
    except ValueError:
        return  # they don't line up, which is said elsewhere
    if is_empty:
        raise Mistake(
            "argument",
            tr("{function} draws from low up to high, high left out; here there is no number between them.",
               function=arguments.shown),
            tr("high must be larger than low."),
            span=arguments.values["low"].span,
        )  # fmt: skip
    dtype = arguments.dtype("dtype")
    if dtype is not None and dtype.kind in "iu":
        limits = np.iinfo(dtype)
        if low.min() < limits.min or high.max() - (not includes) > limits.max:
            raise Mistake(
                "argument",
                tr("{dtype} holds {low} to {high}.", dtype=dtype, low=limits.min, high=limits.max),
                span=arguments.values["low"].span,
            )


def _check_picks(arguments: Arguments, population: int | None) -> None:
    """Raise ``Mistake`` where there is nothing to pick from, or less than is picked without putting back."""
    wanted = prod(arguments.shape("size")) if arguments.given("size") else 1
    if population is not None and wanted and population <= 0:
        raise Mistake(
            "argument",
            tr("{function} has nothing to pick from.", function=arguments.shown),
            tr("a is a row of numbers, or a number above 0."),
            span=arguments.values["a"].span,
        )
    if population is not None and wanted > population and not arguments.flag("replace"):
        raise Mistake(
            "argument",
            tr("{function} can't pick {n} of {population} without putting back.",
               function=arguments.shown, n=wanted, population=population),
            tr("Leave replace=False out, or pick fewer."),
            span=arguments.values["a"].span,
        )  # fmt: skip
    if arguments.given("p"):
        _check_shares(arguments, population)


def _check_shares(arguments: Arguments, population: int | None) -> None:
    """Raise ``Mistake`` for probabilities that aren't one for each, or that don't make 1 together."""
    signature, known = arguments.signature("p"), _typed(arguments, "p")
    size = signature.shape[0] if signature.ndim == 1 else None
    if signature.ndim != 1 or (None not in (size, population) and size != population):
        raise Mistake(
            "broadcast",
            tr("p of {function} is one probability for each of a.", function=arguments.shown),
            span=arguments.values["p"].span,
        )
    if known is not None and known.size and (known.min() < 0 or abs(known.sum() - 1) > _ROUNDING):
        raise Mistake(
            "argument",
            tr("The probabilities p are 0 or more and make 1 together; these make {sum}.", sum=f"{known.sum():g}"),
            tr("Divide them by their sum."),
            span=arguments.values["p"].span,
        )


_ROUNDING: Final = float(np.sqrt(np.finfo(float).eps))
"""How far from 1 NumPy lets probabilities add up to."""


def drawn_together(arguments: Arguments) -> Shaped:
    """Shape of ``multivariate_normal``: ``size``, then one number for each of ``mean``; ``cov`` is a square."""
    check_seed(arguments)
    mean, cov = arguments.array("mean"), arguments.array("cov")
    for value in (mean, cov):
        if signature_of(value).dtype.kind == "c":
            raise Mistake("dtype", tr("{function} takes real numbers.", function=arguments.shown), span=value.span)
    own, square = signature_of(mean).shape, signature_of(cov).shape
    if len(own) != 1:
        raise Mistake("ndim", tr("mean is one row of numbers."), span=mean.span)
    known = [size for size in (*own, *square) if size is not None]
    if len(square) != 2 or len(set(known)) > 1:
        raise Mistake(
            "broadcast",
            tr("cov has one row and one column for each number of mean."),
            tr("For numbers that don't vary together write eye({n}).", n=own[0] or 2),
            span=cov.span,
        )
    before = arguments.shape("size") if arguments.given("size") else ()
    check_size((*before, *own), 8)
    return Shaped((*before, *own))


def picked(*, along_first_axis: bool) -> ShapeRule:
    """Make the rule of ``choice``: cells of a row, or of a generator rows of an array; ``a`` may be a number."""

    def rule(arguments: Arguments) -> Shaped:
        check_seed(arguments)
        value = arguments.array("a")
        shape = signature_of(value).shape
        if not shape and signature_of(value).dtype.kind not in "iu":
            raise Mistake("argument", tr("choice takes a whole number or a row of numbers."), span=value.span)
        if len(shape) > 1 and not along_first_axis:
            raise Mistake(
                "ndim", tr("random.choice takes one row of numbers."), tr("Write A.ravel()."), span=value.span
            )
        number = arguments.values["a"].constant
        _check_picks(arguments, shape[0] if shape else number if isinstance(number, int) else None)
        return Shaped(((*arguments.shape("size"),) if arguments.given("size") else ()) + shape[1:])

    return rule


def permuted(arguments: Arguments) -> Shaped:
    """Shape of ``permutation``: that of ``x``, whose rows change places; a whole number counts up to it."""
    check_seed(arguments)
    value = arguments.array("x")
    signature = signature_of(value)
    if signature.ndim:
        return Shaped(signature.shape, value.axes)
    number = arguments.values["x"].constant
    if signature.dtype.kind not in "iu":
        raise Mistake("argument", tr("permutation takes a whole number or an array."), span=value.span)
    if number is MISSING:
        return Shaped((None,))
    assert isinstance(number, int)
    if number < 0:
        raise Mistake("argument", tr("permutation can't count up to {n}.", n=number), span=value.span)
    check_size((number,), 8)
    return Shaped((number,))
