"""The cheapest order of a product of several matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence


class Chain(Record):
    """How to multiply matrices ``first`` to ``last``.

    Attributes
    ----------
    multiplications
        How many that takes.
    split
        The last matrix of the left half, None for a single matrix.
    left, right
        The halves.
    """

    multiplications: int
    split: int | None = None
    left: Chain | None = None
    right: Chain | None = None

    @property
    def factors(self) -> int:
        """How many matrices are multiplied."""
        return 1 if self.left is None or self.right is None else self.left.factors + self.right.factors


def cheapest(sizes: Sequence[int]) -> Chain:
    """Find the order with the fewest multiplications.

    Parameters
    ----------
    sizes
        Matrix i is of shape ``(sizes[i], sizes[i + 1])``.

    Notes
    -----
    Matrix-chain ordering by dynamic programming (Cormen, Leiserson, Rivest and Stein, "Introduction to Algorithms",
    section 15.2): n³ steps for n matrices.
    """
    count = len(sizes) - 1
    best: dict[tuple[int, int], Chain] = {(i, i): Chain(0) for i in range(count)}
    for length in range(1, count):
        for first in range(count - length):
            last = first + length
            best[first, last] = min(
                (_joined(sizes, best, first, split, last) for split in range(first, last)),
                key=lambda chain: chain.multiplications,
            )
    return best[0, count - 1]


def _joined(sizes: Sequence[int], best: dict[tuple[int, int], Chain], first: int, split: int, last: int) -> Chain:
    left, right = best[first, split], best[split + 1, last]
    own = sizes[first] * sizes[split + 1] * sizes[last + 1]
    return Chain(left.multiplications + right.multiplications + own, split, left, right)
