"""Texts of gradients: products and sums that are written as a person would, ``-2 * x.T @ dh / n``.

A `Part` is a product of factors over a product of divisors. Rules put parts together with Python's operators; a factor
of 1 never shows, equal factors become a power, signs come to the front, and what is one number passes through sums,
products and transposes. What is added up is in ``sums``, products of matrices in ``matrices``.
"""

from __future__ import annotations

import re
from math import gcd
from typing import TYPE_CHECKING, Final

from playground.language.gradients.factor import (
    ATOM,
    COMPARISON,
    MATMUL,
    MIXED,
    POWER,
    PRODUCT,
    SUM,
    Factor,
    broadcast,
    checked,
    power,
)
from playground.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.language.signature import Shape

_LARGEST_EXPONENT: Final = 9


class Part(Record, eq=False):
    """``coefficient * factors / (divisor * divisors)``.

    Attributes
    ----------
    shape
        Of the whole. As a gradient it may be smaller than what it is the gradient of: it then counts for each cell
        that it would be stretched to.
    sizes, size
        Texts of the size of each axis and of the number of cells; only of a part of the formula itself.
    terms
        What was added up, where it is a sum.
    """

    shape: Shape
    factors: tuple[Factor, ...] = ()
    coefficient: int = 1
    divisors: tuple[Factor, ...] = ()
    divisor: int = 1
    sizes: tuple[Part, ...] = ()
    size: Part | None = None
    terms: tuple[Part, ...] = ()

    @property
    def is_number(self) -> bool:
        """True for a whole number or a fraction of two."""
        return not self.factors and not self.divisors

    @property
    def is_name(self) -> bool:
        """True for the name of an entry."""
        return self.text.isidentifier()

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.shape)

    @property
    def text(self) -> str:
        """The whole as a person writes it."""
        return self.factor().text

    @property
    def atom(self) -> str:
        """The text so that ``.T`` or ``[0]`` may follow it."""
        return self.factor().wrapped(ATOM)

    def factor(self) -> Factor:
        """Give the whole as one factor."""
        if len(self.factors) == 1 and not self.divisors and self.coefficient == self.divisor == 1:
            return self.factors[0]
        below = [Factor(str(self.divisor), ATOM, ())] * (self.divisor != 1) + list(self.divisors)
        above = sorted(self.factors, key=_order)
        if (abs(self.coefficient) != 1 or below) and len(above) > 1 and above[0].text == _ONE:
            above = above[1:]
        negative = self.coefficient < 0
        if negative and (place := next((i for i, f in enumerate(above) if isinstance(f.form, Difference)), -1)) >= 0:
            above[place], negative = above[place].form.turned(), False  # type: ignore[attr-defined]
        first = int(len(above) > 1 and is_decimal(above[0].text))
        texts = [factor.wrapped(MIXED if place <= first else PRODUCT) for place, factor in enumerate(above)]
        text = " * ".join(texts) or "1"
        level = MIXED if above and above[first].level in (MIXED, MATMUL) else PRODUCT
        if abs(self.coefficient) != 1:
            text = f"{abs(self.coefficient)} * {text}" if texts else str(abs(self.coefficient))
        if below:
            text += f" / {_below(below)}"
        elif not texts:
            level = ATOM
        if negative and above and above[0].level == COMPARISON and text.startswith("("):
            text = f"{_ONE} * {text}"  # truths have no sign
        return checked(Factor(f"-{text}" if negative else text, SUM if negative else level, self.shape, form=self))

    def __mul__(self, other: Part | int) -> Part:
        other = part_of(other)
        return _reduced(
            self.factors + other.factors,
            self.coefficient * other.coefficient,
            self.divisors + other.divisors,
            self.divisor * other.divisor,
        )

    def __rmul__(self, other: int) -> Part:
        return number(other) * self

    def __truediv__(self, other: Part | int) -> Part:
        other = part_of(other)
        if other.is_number and not other.coefficient:
            other = part("0", ())  # of an empty array
        sign = -1 if other.coefficient < 0 else 1
        return _reduced(
            self.factors + other.divisors,
            self.coefficient * other.divisor * sign,
            self.divisors + other.factors,
            self.divisor * abs(other.coefficient),
        )

    def __rtruediv__(self, other: int) -> Part:
        return number(other) / self

    def __neg__(self) -> Part:
        if self.terms:
            return sum((-term for term in self.terms[1:]), -self.terms[0])
        return replace(self, coefficient=-self.coefficient)

    def __add__(self, other: Part | int) -> Part:
        from playground.language.gradients.sums import added  # a sum is made of parts: it comes after them

        return added(self, part_of(other))

    def __radd__(self, other: int) -> Part:
        return number(other) + self

    def __sub__(self, other: Part | int) -> Part:
        return self + -part_of(other)

    def __rsub__(self, other: int) -> Part:
        return number(other) + -self

    def __pow__(self, other: Part | int) -> Part:
        other = part_of(other)
        if other.is_number and other.text == "1":
            return self
        if other.is_number and other.divisor == 1 and 1 < other.coefficient <= _LARGEST_EXPONENT:
            return self._to_the(other.coefficient)
        base = self.factor().wrapped(ATOM)
        exponent = other.text if other.is_number and other.divisor == 1 else other.factor().wrapped(ATOM)
        return part(f"{base}**{exponent}", broadcast(self.shape, other.shape), POWER)

    def _to_the(self, exponent: int) -> Part:
        """Give each factor the power."""
        return _reduced(
            self.factors * exponent, self.coefficient**exponent, self.divisors * exponent, self.divisor**exponent
        )


def part(text: str, shape: Shape, level: int = ATOM) -> Part:
    """Make a part of a text."""
    return Part(shape, (checked(Factor(text, level, shape)),))


def number(value: int) -> Part:
    """Make a part of a whole number."""
    return Part((), coefficient=value)


def constant(value: float) -> Part:
    """Make a part of a number: a fraction keeps its text."""
    if isinstance(value, int) or value == 1.0:
        return number(int(value))
    found = part(repr(abs(value)), ())
    return -found if value < 0 else found


def part_of(value: Part | float) -> Part:
    """Make a part of what may be a number."""
    return value if isinstance(value, Part) else constant(value)


def call(function: str, *arguments: Part | str, shape: Shape, **keywords: object) -> Part:
    """Write a call; a keyword that is None is left out."""
    texts = [argument if isinstance(argument, str) else argument.text for argument in arguments]
    texts += [f"{name}={value}" for name, value in keywords.items() if value is not None]
    return part(f"{function}({', '.join(texts)})", shape)


def compared(left: Part, sign: str, right: Part | int) -> Part:
    """Write a comparison, the ones and zeros of a mask."""
    right = part_of(right)
    text = f"{left.factor().wrapped(SUM)} {sign} {right.factor().wrapped(SUM)}"
    return part(text, broadcast(left.shape, right.shape), COMPARISON)


def masked(given: Part, mask: Part) -> Part:
    """Write ``given`` where the mask is true, 0 elsewhere; a mask alone becomes numbers, ``1.0 * (x > 0)``."""
    return given * part(_ONE, ()) * mask if given.is_number else given * mask


_ONE: Final = "1.0"


def both(left: Part, right: Part) -> Part:
    """Write the mask of cells that are in both masks."""
    text = f"{left.factor().wrapped(ATOM)} & {right.factor().wrapped(ATOM)}"
    return part(text, broadcast(left.shape, right.shape), COMPARISON)


def linear(given: Part, change: Callable[[Part], Part]) -> Part:
    """Apply a linear ``change`` (a sum, a transpose, a product) to all of ``given`` but what is one number."""
    if not given.shape:
        return change(given)
    outside = Part(
        (),
        tuple(factor for factor in given.factors if not factor.shape),
        given.coefficient,
        tuple(factor for factor in given.divisors if not factor.shape),
        given.divisor,
    )
    inside = Part(
        given.shape,
        tuple(factor for factor in given.factors if factor.shape),
        1,
        tuple(factor for factor in given.divisors if factor.shape),
    )
    return _ordered(outside, change(inside))


def _ordered(outside: Part, changed: Part) -> Part:
    """Multiply; a matrix product stays in front, where it needs no parentheses."""
    first_is_product = any(factor.level <= MATMUL for factor in changed.factors)
    return changed * outside if first_is_product else outside * changed


def _reduced(factors: tuple[Factor, ...], coefficient: int, divisors: tuple[Factor, ...], divisor: int) -> Part:
    """Make a product: equal factors become a power, and what stands above and below goes."""
    exponents: dict[str, int] = {}
    bases: dict[str, Factor] = {}
    for sign, side in ((1, factors), (-1, divisors)):
        for factor in side:
            base = factor.base or factor
            bases.setdefault(base.key, base)
            exponents[base.key] = exponents.get(base.key, 0) + sign * factor.exponent
    above = [power(bases[key], exponent) for key, exponent in exponents.items() if exponent > 0]
    below = [power(bases[key], -exponent) for key, exponent in exponents.items() if exponent < 0]
    found = _rooted(above, coefficient, below, divisor)
    if found is not None:
        return found
    if any(factor.text.startswith("where(") for factor in above):
        from playground.language.gradients.sums import drawn_in  # a choice is made of parts: it comes after them

        choice = drawn_in(above, below)
        if choice is not None:
            above = [*(factor for factor in above if not factor.shape), *choice.factors]
            below = [factor for factor in below if not factor.shape]
    above, coefficient, divisor = _folded(above, coefficient, divisor)
    if len(above) > 1 and above[0].text == _ONE and any(f.level != COMPARISON for f in above[1:]):
        above = above[1:]
    common = gcd(coefficient, divisor) or 1
    coefficient, divisor = coefficient // common, divisor // common
    shape = broadcast((), *(factor.shape for factor in (*above, *below)))
    return Part(shape, tuple(above), coefficient, tuple(below), divisor)


class Difference(Record, eq=False):
    """What ``left - right`` is made of."""

    left: Part
    right: Part

    def turned(self) -> Factor:
        """Write ``right - left``."""
        return (self.right - self.left).factor()


class Root(Record, eq=False):
    """What ``sqrt(inside)`` is made of."""

    inside: Part


def root(inside: Part) -> Part:
    """Write ``sqrt(inside)``, whose square is ``inside``."""
    return Part(inside.shape, (checked(Factor(f"sqrt({inside.text})", ATOM, inside.shape, form=Root(inside))),))


def _order(factor: Factor) -> int:
    """Numbers stand first; masks last, since no sign stands before them."""
    return -1 if is_decimal(factor.text) else int(factor.level == COMPARISON)


def _rooted(above: list[Factor], coefficient: int, below: list[Factor], divisor: int) -> Part | None:
    """Put what stands in a root in the place of its square; None where there is none."""
    for side in (above, below):
        for factor in side:
            if factor.exponent == 2 and factor.base is not None and isinstance(factor.base.form, Root):
                side.remove(factor)
                rest = _reduced(tuple(above), coefficient, tuple(below), divisor)
                inside = factor.base.form.inside
                return rest * inside if side is above else rest / inside
    return None


def _folded(above: list[Factor], coefficient: int, divisor: int) -> tuple[list[Factor], int, int]:
    """Multiply numbers with a point into the whole ones where that is no longer to read: ``2 * 0.5`` is nothing."""
    for factor in above:
        if factor.text == _ONE or not is_decimal(factor.text):
            continue
        whole = abs(coefficient) * float(factor.text) / divisor
        others = [other for other in above if other is not factor]
        sign = -1 if coefficient < 0 else 1
        if whole == int(whole) and whole < _EXACT:
            return _folded(others, sign * int(whole), 1)
        if (abs(coefficient), divisor) != (1, 1) and len(repr(whole)) <= len(factor.text) + 1:
            return [Factor(repr(whole), ATOM, ()), *others], sign, 1
    return above, coefficient, divisor


def is_decimal(text: str) -> bool:
    """Tell whether a text is a number with a point."""
    return _DECIMAL.fullmatch(text) is not None


_DECIMAL: Final = re.compile(r"\d+\.\d+|\d\.?e-\d+")
_EXACT: Final = 1000


def _below(divisors: list[Factor]) -> str:
    if len(divisors) == 1:
        return divisors[0].wrapped(POWER)
    return f"({' * '.join(factor.wrapped(PRODUCT if place else MIXED) for place, factor in enumerate(divisors))})"
