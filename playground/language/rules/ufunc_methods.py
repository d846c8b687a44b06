"""What a universal function does to whole arrays: ``add.reduce``, ``maximum.accumulate``, ``multiply.outer``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.rules.dtypes import UFUNCS, as_array, summed, ufunc_dtypes, undefined
from playground.language.rules.shapes import Shaped, signature_of
from playground.translation import tr

if TYPE_CHECKING:
    import numpy as np

    from playground.language.arguments import Arguments
    from playground.language.rules.dtypes import DtypeRule

_WIDENED = frozenset({"add", "multiply"})
"""What adds up small whole numbers in the default ones, as ``sum`` does."""


def has_identity(name: str) -> bool:
    """Tell whether a universal function of no cells is defined."""
    return UFUNCS[name].identity is not None


def accumulated(arguments: Arguments) -> Shaped:
    """Shape of ``accumulate``: the array's own; it has at least one axis."""
    value = arguments.array("array")
    signature = signature_of(value)
    if "axis" in arguments.values and not arguments.given("axis"):
        raise Mistake("axis", tr("{function} works along one axis.", function=arguments.shown),
                      tr("Write axis=0."), span=arguments.values["axis"].span)  # fmt: skip
    arguments.axis("axis", signature.ndim)
    return Shaped(signature.shape, value.axes)


def reduced_dtype(name: str) -> DtypeRule:
    """Make the rule of the dtype of ``reduce`` and ``accumulate``."""

    def rule(arguments: Arguments) -> np.dtype:
        own, given = arguments.dtype_of("array"), arguments.dtype("dtype")
        if given is None and name in _WIDENED:
            given = summed(own)
        resolve = UFUNCS[name].resolve_dtypes
        try:
            return resolve((None, own, None), signature=(given, None, None), casting="unsafe", reduction=True)[0]
        except TypeError:
            raise undefined(arguments.shown, [arguments.array("array")], arguments.dtype("dtype")) from None

    return rule


def outer(arguments: Arguments) -> Shaped:
    """Shape of ``outer``: all axes of the first, then all axes of the second."""
    first, second = arguments.array("A"), arguments.array("B")
    shape = (*signature_of(first).shape, *signature_of(second).shape)
    check_size(shape)
    again = arguments.axes.fresh(len(second.axes)) if set(first.axes) & set(second.axes) else second.axes
    return Shaped(shape, (*first.axes, *again))


def outer_dtype(name: str) -> DtypeRule:
    """Make the rule of the dtype of ``outer``, which turns typed numbers into arrays first."""

    def rule(arguments: Arguments) -> np.dtype:
        values = [as_array(arguments.array(p)) for p in ("A", "B")]
        return ufunc_dtypes(name, values, arguments.shown, arguments.dtype("dtype"))[-1]

    return rule
