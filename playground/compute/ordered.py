"""Running products of several arrays: in their cheapest order where their numbers allow it, else as written."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from playground.compute.cpu.contractions import summed_cells
from playground.compute.stepping import one_by_one
from playground.language.rules.flops import flops_text
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playground.compute.planning.steps import PlanStep

_EINSUM: Final = "einsum"

_COMPLEX_BITS: Final = 2
"""Powers of two by which a product of complex numbers may exceed that of their parts, on its way too."""

_SPARE_BITS: Final = 2
"""Powers of two that rounding many terms doesn't reach."""


class OrderedProduct:
    """A product of several matrices, or an ``einsum``, ready to be called with its arguments.

    Parameters
    ----------
    step
        A step with the target ``ORDERED``.
    functions
        What its inner steps call, in order.
    within
        What the backend has for ``WITHIN``.
    stop
        Asked before each product; once it says True, ``StoppedError`` is raised.
    """

    def __init__(
        self, step: PlanStep, functions: Sequence[Callable[..., Any]], within: Callable[..., bool],
        stop: Callable[[], bool],
    ) -> None:  # fmt: skip
        steps = list(zip(step.inner, functions, strict=True))
        half = len(steps) // 2
        self._cheapest, self._written = steps[:half], steps[half:]
        self._within = within
        self._stop = stop
        self._is_cheap = False

    def __call__(self, *arguments: Any) -> Any:  # noqa: ANN401 - arrays
        """Give the product."""
        self._is_cheap = self._may_reorder(arguments)
        return one_by_one(self._cheapest if self._is_cheap else self._written, arguments, self._stop)

    @property
    def more_flops(self) -> int:
        """How many operations the last call took beyond those of the cheapest order."""
        return 0 if self._is_cheap else _flops(self._written) - _flops(self._cheapest)

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell the person of the last call; nothing where it computed as written."""
        if not self._is_cheap:
            return ()
        last = self._cheapest[-1][0]
        if last.target == _EINSUM:
            count = len(last.arguments) - 1
            return (tr("einsum multiplies its {count} operands pair by pair, in the cheapest order.", count=count),)
        less, more = flops_text(_flops(self._cheapest)), flops_text(_flops(self._written))
        return (tr("Computed as {text}: {less} instead of {more}.", text=last.text, less=less, more=more),)

    def _may_reorder(self, arguments: tuple[Any, ...]) -> bool:
        factors = [argument for argument in arguments if hasattr(argument, "dtype")]
        dtype = factors[0].dtype
        if dtype.kind not in "fc":
            return True
        is_einsum = self._written[0][0].target == _EINSUM
        terms = summed_cells(arguments[0], factors) if is_einsum else math.prod(f.shape[-1] for f in factors[:-1])
        limits = None if terms is None else safe_limits(dtype, len(factors), terms)
        # One array may stand in several places.
        return limits is not None and self._within({id(factor): factor for factor in factors}.values(), *limits)


def safe_limits(dtype: np.dtype, factors: int, terms: int) -> tuple[Any, Any] | None:
    """Between which magnitudes no order of a product can overflow or underflow, as scalars; None where nowhere.

    Parameters
    ----------
    dtype
        Of all factors, floating-point or complex.
    factors
        How many are multiplied.
    terms
        The product of the sizes that are summed over.

    Notes
    -----
    Whatever the order, a cell on the way to the result is a sum of at most ``terms`` products of one cell each of at
    most ``factors`` arrays. With 1 <= ``most`` none of them is larger than ``terms * most ** factors``, and with
    ``least`` <= 1 no product is smaller than ``least ** factors``, the least normal number. A sum may be, where its
    terms cancel; what it then loses is less than what rounding its terms has lost.
    """
    limits = np.finfo(dtype)
    bits = math.ceil(math.log2(max(1, terms))) + _SPARE_BITS
    if dtype.kind == "c":
        bits += _COMPLEX_BITS * (factors - 1)
    high, low = (limits.maxexp - bits) // factors, -((-limits.minexp - _SPARE_BITS) // factors)
    one = limits.dtype.type(1)
    return (np.ldexp(one, low), np.ldexp(one, high)) if high >= 0 else None


def _flops(steps: list[tuple[PlanStep, Callable[..., Any]]]) -> int:
    return sum(inner.flops or 0 for inner, _ in steps)
