"""Shapes of random numbers: ``size`` where it is given, else that of the parameters together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.rules.layout import check_broadcast_to
from playground.language.rules.shapes import Shaped, broadcast, signature_of
from playground.language.values import MISSING
from playground.translation import tr

if TYPE_CHECKING:
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
        together = broadcast(values, arguments.axes, arguments.shown) if values else Shaped(())
        if not arguments.given("size"):
            return together
        shape = arguments.shape("size")
        for value in values:
            check_broadcast_to(value, signature_of(value).shape, shape)
        return Shaped(shape)

    return rule


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
