"""Texts of gradients: products and sums that are written as a person would, ``-2 * x.T @ dh / n``.

A `Part` is a product of factors over a product of divisors. Rules put parts together with Python's operators; a factor
of 1 never shows, signs come to the front, and what is one number passes through sums, products and transposes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.mistake import Mistake
from playground.record import Record, replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playground.language.signature import Shape

COMPARISON, SUM, MIXED, MATMUL, PRODUCT, POWER, ATOM = range(7)
"""How tightly a text holds together. ``a @ b`` may begin a product but not follow in one; with cells as further
factors (``a @ b * c``) it is mixed, and no longer reads well before another ``@``."""


class Factor(Record):
    """One factor of a product.

    Attributes
    ----------
    text, level
        What it says, and how tightly that holds together.
    shape
        Its shape.
    transpose
        Its transpose where that needs no ``.T``.
    """

    text: str
    level: int
    shape: Shape
    transpose: Factor | None = None

    def wrapped(self, least: int) -> str:
        """Give the text, in parentheses where it holds together less than ``least``."""
        return self.text if self.level >= least else f"({self.text})"


class Part(Record, eq=False):
    """``coefficient * factors / (divisor * divisors)``.

    Attributes
    ----------
    shape
        Of the whole. As a gradient it may be smaller than what it is the gradient of: it then counts for each cell
        that it would be stretched to.
    sizes, size
        Texts of the size of each axis and of the number of cells; only of a part of the formula itself.
    """

    shape: Shape
    factors: tuple[Factor, ...] = ()
    coefficient: int = 1
    divisors: tuple[Factor, ...] = ()
    divisor: int = 1
    sizes: tuple[Part, ...] = ()
    size: Part | None = None

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
        above = sorted(self.factors, key=lambda factor: factor.level == COMPARISON)  # no sign stands before a mask
        if abs(self.coefficient) != 1 and len(above) > 1 and above[0].text == _ONE:
            above = above[1:]
        texts = [factor.wrapped(PRODUCT if place else MIXED) for place, factor in enumerate(above)]
        text = " * ".join(texts) or "1"
        level = MIXED if above and above[0].level in (MIXED, MATMUL) else PRODUCT
        if abs(self.coefficient) != 1:
            text = f"{abs(self.coefficient)} * {text}" if texts else str(abs(self.coefficient))
        below = [Factor(str(self.divisor), ATOM, ())] * (self.divisor != 1) + list(self.divisors)
        if below:
            text += f" / {_below(below)}"
        elif not texts:
            level = ATOM
        negative = self.coefficient < 0
        if negative and above and above[0].level == COMPARISON and text.startswith("("):
            text = f"{_ONE} * {text}"  # truths have no sign
        return _checked(Factor(f"-{text}" if negative else text, SUM if negative else level, self.shape))

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
        return replace(self, coefficient=-self.coefficient)

    def __add__(self, other: Part | int) -> Part:
        return added(self, part_of(other))

    def __radd__(self, other: int) -> Part:
        return added(number(other), self)

    def __sub__(self, other: Part | int) -> Part:
        return added(self, -part_of(other))

    def __rsub__(self, other: int) -> Part:
        return added(number(other), -self)

    def __pow__(self, other: Part | int) -> Part:
        other = part_of(other)
        if other.is_number and other.text == "1":
            return self
        base = self.factor().wrapped(ATOM)
        exponent = other.text if other.is_number and other.divisor == 1 else other.factor().wrapped(ATOM)
        return part(f"{base}**{exponent}", broadcast(self.shape, other.shape), POWER)


def part(text: str, shape: Shape, level: int = ATOM) -> Part:
    """Make a part of a text."""
    return Part(shape, (_checked(Factor(text, level, shape)),))


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


def added(left: Part, right: Part) -> Part:
    """Write a sum; two equal terms become twice the one, and what cancels goes."""
    shape = broadcast(left.shape, right.shape)
    if (left.factors, left.divisors, left.divisor) == (right.factors, right.divisors, right.divisor):
        return replace(left, coefficient=left.coefficient + right.coefficient)
    if 0 in (left.coefficient, right.coefficient):
        return replace(left if right.coefficient == 0 else right, shape=shape)
    sign = "-" if right.coefficient < 0 else "+"
    term = (-right if right.coefficient < 0 else right).factor()
    text = f"{left.factor().wrapped(SUM)} {sign} {term.wrapped(MIXED if sign == '-' else SUM)}"
    return part(text, shape, SUM)


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


def transposed(given: Part) -> Part:
    """Write the transpose of the last two axes; a transpose that is there goes instead."""
    return linear(given, _transposed) if given.ndim >= 2 else given


def _transposed(given: Part) -> Part:
    one = given.factor()
    if one.transpose is not None:
        return Part(one.transpose.shape, (one.transpose,))
    shape = (*given.shape[:-2], given.shape[-1], given.shape[-2])
    text = f"{one.wrapped(ATOM)}.{'T' if given.ndim == 2 else 'mT'}"
    return Part(shape, (_checked(Factor(text, ATOM, shape, one)),))


def product(left: Part, right: Part) -> Part:
    """Write ``left @ right``; one of them has at least two axes, the other at least one."""
    return linear(left, lambda a: linear(right, lambda b: _product(a, b)))


def _product(left: Part, right: Part) -> Part:
    swapped = None
    if left.ndim == right.ndim == 2:
        swapped = _plain_product(_transposed(right).factor(), _transposed(left).factor())
    found = replace(_plain_product(left.factor(), right.factor()), transpose=swapped)
    return Part(found.shape, (found,))


def _plain_product(left: Factor, right: Factor) -> Factor:
    text = f"{left.wrapped(POWER) if left.level != MATMUL else left.text} @ {right.wrapped(POWER)}"
    columns = right.shape[-1:] if len(right.shape) > 1 else ()
    shape = (*broadcast(left.shape[:-2], right.shape[:-2]), *left.shape[-2:-1], *columns)
    return _checked(Factor(text, MATMUL, shape))


def broadcast(*shapes: Shape) -> Shape:
    """Shape of a cell-by-cell operation on arrays that are known to fit."""
    ndim = max(map(len, shapes))
    padded = [(1,) * (ndim - len(shape)) + tuple(shape) for shape in shapes]
    return tuple(_common(column) for column in zip(*padded, strict=True))


def _common(sizes: Iterable[int | None]) -> int | None:
    found = [size for size in sizes if size != 1]
    known = [size for size in found if size is not None]
    return known[0] if known else (None if found else 1)


def _reduced(factors: tuple[Factor, ...], coefficient: int, divisors: tuple[Factor, ...], divisor: int) -> Part:
    """Make a product; what stands above and below goes."""
    below = list(divisors)
    above = []
    for factor in factors:
        if factor in below:
            below.remove(factor)
        else:
            above.append(factor)
    if coefficient % divisor == 0:
        coefficient, divisor = coefficient // divisor, 1
    elif divisor % coefficient == 0:
        coefficient, divisor = (1 if coefficient > 0 else -1), divisor // abs(coefficient)
    shape = broadcast((), *(factor.shape for factor in (*above, *below)))
    return Part(shape, tuple(above), coefficient, tuple(below), divisor)


def _below(divisors: list[Factor]) -> str:
    if len(divisors) == 1:
        return divisors[0].wrapped(POWER)
    return f"({' * '.join(factor.wrapped(PRODUCT if place else MIXED) for place, factor in enumerate(divisors))})"


def _checked(factor: Factor) -> Factor:
    if len(factor.text) > words.MAX_CHARACTERS:
        raise Mistake(
            "too-long",
            tr("This gradient would be longer than {limit} characters.", limit=words.MAX_CHARACTERS),
            tr("Give an inner part an entry of its own, and take the gradients one after the other."),
        )
    return factor
