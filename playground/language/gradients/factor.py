"""One factor of a gradient's text: what it says, how tightly that holds together, and what laws know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language import vocabulary as words
from playground.language.mistake import Mistake
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playground.language.signature import Shape

COMPARISON, SUM, MIXED, MATMUL, PRODUCT, POWER, ATOM = range(7)
"""How tightly a text holds together. ``a @ b`` may begin a product but not follow in one; with cells as further
factors (``a @ b * c``) it is mixed, and no longer reads well before another ``@``."""


class Factor(Record, eq=False):
    """One factor of a product.

    Attributes
    ----------
    text, level
        What it says, and how tightly that holds together.
    shape
        Its shape.
    transpose
        Its transpose where that needs no ``.T``; itself where it is symmetric.
    chain
        What is multiplied, where it is ``a @ b @ c``.
    base, exponent
        Of a power with a whole exponent.
    form
        What else laws want to know of how it was made.
    canonical
        The key, where it isn't the text.
    """

    text: str
    level: int
    shape: Shape
    transpose: Factor | None = None
    chain: tuple[Factor, ...] = ()
    base: Factor | None = None
    exponent: int = 1
    form: object = None
    canonical: str = ""

    def wrapped(self, least: int) -> str:
        """Give the text, in parentheses where it holds together less than ``least``."""
        return self.text if self.level >= least else f"({self.text})"

    @property
    def key(self) -> str:
        """The text by which equal factors are known: a vector times a matrix is the transpose times the vector."""
        if len(self.chain) == 2 and len(self.chain[0].shape) == 1 and len(self.chain[1].shape) == 2:
            matrix = self.chain[1]
            turned = matrix.transpose.text if matrix.transpose is not None else f"{matrix.wrapped(ATOM)}.T"
            return f"{turned}@{self.chain[0].wrapped(POWER)}".replace(" ", "")
        return self.canonical or self.text.replace(" ", "")


def power(base: Factor, exponent: int) -> Factor:
    """Make a power with a whole exponent."""
    if exponent == 1 or base.level == COMPARISON:  # a mask twice is a mask
        return base
    return checked(Factor(f"{base.wrapped(ATOM)}**{exponent}", POWER, base.shape, base=base, exponent=exponent))


def checked(factor: Factor) -> Factor:
    """Refuse a text that nobody could read; raises ``Mistake``."""
    if len(factor.text) > words.MAX_CHARACTERS:
        raise Mistake(
            "too-long",
            tr("This gradient would be longer than {limit} characters.", limit=words.MAX_CHARACTERS),
            tr("Give an inner part an entry of its own, and take the gradients one after the other."),
        )
    return factor


def broadcast(*shapes: Shape) -> Shape:
    """Shape of a cell-by-cell operation on arrays that are known to fit."""
    ndim = max(map(len, shapes))
    padded = [(1,) * (ndim - len(shape)) + tuple(shape) for shape in shapes]
    return tuple(_common(column) for column in zip(*padded, strict=True))


def _common(sizes: Iterable[int | None]) -> int | None:
    found = [size for size in sizes if size != 1]
    known = [size for size in found if size is not None]
    return known[0] if known else (None if found else 1)
