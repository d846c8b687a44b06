"""A user's mistake as a value: where it is, what it is, and how it can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import Record

if TYPE_CHECKING:
    from playground.language.signature import Shape


class Span(Record):
    """Half-open range ``[start, end)`` of characters (not bytes) in the text."""

    start: int
    end: int


class Repair(Record):
    """A whole mended expression, the shape that it gives (one for each of several results), and what it does in words.

    ``leaves_mistake`` is set where a formula has two mistakes and the first is mended alone: ``shape`` is that of the
    mended part, and the rest of the formula keeps a problem of its own.
    """

    source: str
    shape: Shape | tuple[Shape, ...]
    reason: str
    leaves_mistake: bool = False


class Problem(Record):
    """One mistake.

    Attributes
    ----------
    kind
        Stable keyword of the mistake, for programs: ``"inner-sizes"``, ``"unknown-name"``.
    message
        One sentence: the operation, the operands as they were written, the shapes, what disagrees.
    hint
        What to do next, or empty.
    span
        The smallest part of the text that is to blame.
    repairs
        Mended expressions, likeliest first; each infers without a problem, but for those that leave another mistake.
    unfinished
        True while the text merely isn't complete yet (``A @``): no red, nothing spoken.
    """

    kind: str
    message: str
    span: Span
    hint: str = ""
    repairs: tuple[Repair, ...] = ()
    unfinished: bool = False
