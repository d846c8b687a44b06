"""Why a number is what it is: the cells that make one cell of a result, and how they are joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.explain.origin import CellRef

Number = int | float | complex | bool


@dataclass(frozen=True, slots=True)
class Term:
    """One part of the sum (or product, or comparison) that gives the cell.

    Attributes
    ----------
    text
        As it is shown: ``2·(−1)``; it reads ``left_text + operator + right_text``.
    value
        What it comes to; None where it is no number (a text) or stands in no sum.
    left_text, operator, right_text
        The pieces of ``text``, so that each factor can have its own colour; empty where there is one part only.
    left, right
        The cells that the factors stand in, None where a factor is computed or a constant.
    """

    text: str
    value: Number | None
    left_text: str = ""
    operator: str = ""
    right_text: str = ""
    left: CellRef | None = None
    right: CellRef | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """Cells of one operand that take part, as a half-open rectangle.

    Attributes
    ----------
    source
        The operand as it is written: ``A.T``.
    label
        In words: ``row 0 of A``.
    role
        ``"left"`` or ``"right"``: which of the two vector colours it has.
    name
        The entry that holds the cells, None where the operand is itself computed.
    rows, columns
        Half-open ranges of the entry's 2-D view (see `CellRef`), None where ``name`` is None.
    """

    source: str
    label: str
    role: str
    name: str | None = None
    rows: tuple[int, int] | None = None
    columns: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """The reason of one cell of a result.

    Only texts, numbers, None and tuples of them, so that it travels as JSON.

    Attributes
    ----------
    result
        The cell as NumPy writes it: ``C[0, 1]``.
    value, value_text
        What stands there, and as it is shown.
    before, joiner, after
        What stands around and between the terms: ``""``, ``" + "``, ``""``; a mean has ``"("`` and ``") / 3"``.
    terms
        At most 64; empty where the whole of an operand decides.
    more
        How many further terms there are, summed in ``rest``; 0 where all are listed.
    rest
        What the further terms come to, None where there are none or they can't be joined.
    operands
        The cells that take part.
    sentence
        In words: ``row 0 of A · column 1 of B``.
    """

    result: str
    value: Number | None
    value_text: str
    sentence: str
    terms: tuple[Term, ...] = ()
    before: str = ""
    joiner: str = " + "
    after: str = ""
    more: int = 0
    rest: Number | None = None
    operands: tuple[Region, ...] = ()
