"""How many operations a call takes, where the field agrees on a count: of floating point, or comparisons of sorting."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.rules.shapes import FlopRule
    from playground.language.signature import Signature


def none(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """Layout and creation: no arithmetic."""
    return 0


def unknown(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """Give None: for iterative algorithms there is no count that the field agrees on."""
    return None


def cells(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """One operation for each cell of the result."""
    return results[0].size


def reads(parameter: str = "a", each: int = 1) -> FlopRule:
    """Make the rule "so many operations for each cell of this argument"."""

    def rule(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
        size = arguments.signature(parameter).size
        return None if size is None else size * each

    return rule


def product_flops(left: Signature, right: Signature, result: Signature) -> int | None:
    """2·m·n·k for a product that sums over the last axis of ``left``."""
    if result.size is None or not left.ndim or left.shape[-1] is None:
        return None
    if not right.ndim:
        return result.size
    return 2 * result.size * left.shape[-1]


def product(first: str, second: str) -> FlopRule:
    """Make the rule of a product of two arguments."""
    return lambda a, results: product_flops(a.signature(first), a.signature(second), results[0])


def cubic(numerator: int, denominator: int = 1) -> FlopRule:
    """Make the rule of an algorithm of ``numerator/denominator`` · n³ for each n×n matrix."""

    def rule(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
        shape = [size for size in arguments.signature("a").shape if size is not None]
        if len(shape) < arguments.signature("a").ndim:
            return None
        return math.prod(shape[:-2]) * shape[-1] ** 3 * numerator // denominator

    return rule


def solve(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """2/3·n³ for the factors and 2·n² for each right side."""
    factors = cubic(2, 3)(arguments, results)
    size, side = results[0].size, arguments.signature("a").shape[-1]
    return None if factors is None or size is None or side is None else factors + 2 * side * size


def sorting(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """Comparisons of sorting ``a`` along ``axis``: n·log2(n) for each n cells.

    Fewer don't suffice, and a merge sort takes hardly more (Knuth, "The Art of Computer Programming", volume 3,
    sections 5.2.4 and 5.3.1).
    """
    shape = arguments.signature("a").shape
    size = arguments.signature("a").size
    whole = arguments.constant("axis") is None or not shape
    length = size if whole else shape[arguments.axis("axis", len(shape))]
    if size is None or length is None:
        return None
    return round(size * math.log2(max(1, length)))


SELECTED: Final = 3
"""Comparisons for each cell that finding a middle one takes on average.

Finding the median of n cells takes 2·(1 + ln 2)·n ≈ 3.4·n with a random pivot (Knuth, "Mathematical Analysis of
Algorithms", 1971) and 2.75·n with the median of three, as NumPy has it (Grübel, "On the median-of-k version of Hoare's
selection algorithm", 1999).
"""


def flops_text(count: float) -> str:
    """Write a count of floating-point operations, or a rate with ``/s`` behind it: ``48 FLOP``, ``17.2 GFLOP``."""
    value = float(count)
    for unit in ("", "k", "M", "G", "T", "P"):
        if value < 999.5 or unit == "P":
            return f"{digits(value, 3)} {unit}FLOP"
        value /= 1000
    raise AssertionError


def digits(value: float, least: int) -> str:
    """So many digits, and never fewer than stand before the point: ``:.2g`` would write 99.9 as 1e+02."""
    rounded = f"{value:.0f}"
    return rounded if len(rounded) >= least else f"{value:.{least}g}"
