"""How the numbers of an entry are written in grids: a kind and a count of digits, what suits a dtype, and its names.

A format is what is seen, never what is stored: cells are edited, copied and saved with all their digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np


class NumberFormat(Record):
    """One way to write numbers.

    Attributes
    ----------
    kind
        One of `KINDS`.
    digits
        Significant digits of ``general``; places after the point of ``fixed``, ``scientific``, ``engineering`` and
        ``percent``; digits of the largest denominator of ``fraction``; 0 for the other kinds.
    """

    kind: str = "general"
    digits: int = 6


class _Kind(Record):
    """What there is to know of a kind: the kinds of dtypes it suits, and the digits it begins with and can have."""

    dtypes: str
    digits: int
    fewest: int
    most: int
    title: Callable[[], str]


# Fractions and percents of complex numbers would read as something else: 1/2j is -0.5j.
KINDS: Final[Mapping[str, _Kind]] = {
    "general": _Kind("bfciu", 6, 1, 17, lambda: tr("General")),
    "full": _Kind("fc", 0, 0, 0, lambda: tr("All digits")),
    "fixed": _Kind("fciu", 2, 0, 15, lambda: tr("Fixed digits")),
    "scientific": _Kind("fciu", 3, 0, 16, lambda: tr("Scientific")),
    "engineering": _Kind("fciu", 3, 0, 16, lambda: tr("Engineering")),
    "percent": _Kind("fiu", 1, 0, 13, lambda: tr("Percent")),
    "fraction": _Kind("fiu", 2, 1, 4, lambda: tr("Fraction")),
    "hexadecimal": _Kind("iu", 0, 0, 0, lambda: tr("Hexadecimal")),
    "bits": _Kind("iu", 0, 0, 0, lambda: tr("Bits")),
}
"""All kinds, in the order of the menus."""

GENERAL: Final = NumberFormat()


def format_of(kind: str) -> NumberFormat:
    """The format of a kind with the digits that it begins with. Raises KeyError for no such kind."""
    return NumberFormat(kind, KINDS[kind].digits)


def title_of(kind: str) -> str:
    """The kind's name as a person reads it."""
    return KINDS[kind].title()


def suits(number_format: NumberFormat, dtype: np.dtype) -> bool:
    """Whether numbers of ``dtype`` can be written so."""
    return dtype.kind in KINDS[number_format.kind].dtypes


def suited(number_format: NumberFormat | None, dtype: np.dtype) -> NumberFormat:
    """The format itself where it suits ``dtype``, else the general one."""
    return number_format if number_format is not None and suits(number_format, dtype) else GENERAL


def kinds_for(dtype: np.dtype) -> tuple[str, ...]:
    """The kinds that suit ``dtype``, in the order of the menus."""
    return tuple(name for name, kind in KINDS.items() if dtype.kind in kind.dtypes)


def stepped(number_format: NumberFormat, dtype: np.dtype, by: int) -> NumberFormat | None:
    """The format with so many digits more; None where there can be no more or no fewer.

    Whole numbers have all their digits always, so the general format of integers becomes a fixed one.
    """
    number_format = suited(number_format, dtype)
    if number_format.kind == "general" and dtype.kind not in "fc":
        return NumberFormat("fixed", 1) if by > 0 and dtype.kind != "b" else None
    kind = KINDS[number_format.kind]
    digits = max(kind.fewest, min(kind.most, number_format.digits + by))
    return None if digits == number_format.digits else NumberFormat(number_format.kind, digits)


def spelled(number_format: NumberFormat) -> str:
    """Write a format as files keep it.

    >>> spelled(NumberFormat("fixed", 2))
    'fixed 2'
    """
    return f"{number_format.kind} {number_format.digits}"


def read_format(text: object) -> NumberFormat | None:
    """Read what `spelled` wrote, None for anything else."""
    kind, _, digits = text.partition(" ") if isinstance(text, str) else ("", "", "")
    if kind not in KINDS or not (digits.isascii() and digits.isdigit()) or len(digits) > 2:
        return None
    found = NumberFormat(kind, int(digits))
    return found if KINDS[kind].fewest <= found.digits <= KINDS[kind].most else None
