"""How likely a repair is what was meant: one small model of cost, the only place where repairs are ranked.

The cost of a repair is the sum of three parts, and the cheapest repair is offered first:

- how seldom this kind of change is the right one (``CHANGES``): a forgotten transpose is commoner than swapped sides;
- how much of the text it changes, a little for each character, and how often;
- a surprise, where the result has more axes than anything that goes into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.language.signature import Shape

CHANGES: Final[dict[str, float]] = {
    # words and signs: what was typed means nothing, so its nearest reading is all but certain
    "word": 0.0, "sign": 0.0, "call": 0.3, "brackets": 0.4, "other word": 0.8,
    # what was typed means something else
    "matrix product": 0.5, "keepdims": 0.4, "whole division": 0.5, "parentheses": 1.2, "cell by cell": 2.6,
    "column": 1.0, "last axes": 1.0, "drop an index": 1.2, "square": 1.0, "axis": 2.0, "letters": 1.5,
    "transpose": 2.0, "transpose and multiply": 2.2, "swap": 2.4, "transpose both": 3.0, "swap and transpose": 2.8,
    "add an axis": 2.2, "drop an axis": 2.4, "join otherwise": 1.8, "find a size": 1.0, "another function": 1.5,
    "outer product": 3.2, "convert": 1.0, "reshape": 4.5, "as a shape": 0.3, "other entry": 0.9, "same call": 0.1,
    "stretches itself": 0.2, "flatten": 0.6, "rows": 0.8, "swap arguments": 1.2,
    "leave out": 1.5, "add up": 2.1, "cut": 2.6, "bias": 0.8,
}  # fmt: skip
"""How seldom each kind of change is what was meant."""

MIRRORS: Final = {"swap and transpose": "transpose", "transpose both": "swap"}
"""Kinds of change that give the transposed result of another kind, which is offered alone where it fits."""

KEEP_CELLS: Final = frozenset({"transpose", "swap", "keepdims", "column", "last axes", "axis", "whole division"})
"""Where one of these fits, a reshape isn't offered: it would put other cells beside each other."""

PER_CHARACTER: Final = 0.04
SURPRISE: Final = 1.5
AGAIN: Final = 0.3
"""For each time that the same change is made once more further on."""


class Candidate(NamedTuple):
    """A mended formula, what was done in a few words, and the kind of change (one of ``CHANGES``).

    ``doubt`` ranks candidates of one rule among each other: the first look-alike of a word before the second.
    """

    source: str
    reason: str
    change: str
    doubt: float = 0.0


def cost(candidate: Candidate, source: str) -> float:
    """Give the cost of mending ``source`` in this way, as far as it shows before it is inferred."""
    return CHANGES[candidate.change] + candidate.doubt + PER_CHARACTER * changed(source, candidate.source)


def surprise(result: Shape | tuple[Shape, ...], operands: list[Shape]) -> float:
    """Give what is added where the result has more axes than anything that goes into it."""
    most = max([len(result) if part is None or isinstance(part, int) else len(part) for part in result], default=0)
    return SURPRISE if operands and most > max(map(len, operands)) else 0.0


def changed(old: str, new: str) -> int:
    """Count the characters that differ: those put in or left out, or between what both begin and end with."""
    shorter = min(len(old), len(new))
    start = _longest(shorter, lambda count: old[:count] == new[:count])
    end = _longest(shorter - start, lambda count: old[len(old) - count :] == new[len(new) - count :])
    less, more = sorted((old[start : len(old) - end], new[start : len(new) - end]), key=len)
    rest = iter(more)
    if all(char in rest for char in less):
        return len(more) - len(less)
    return len(more)


def _longest(most: int, same: Callable[[int], bool]) -> int:
    """Give the largest count up to ``most`` for which ``same`` holds, as it does for every smaller one."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        if same(middle):
            least = middle
        else:
            most = middle - 1
    return least
