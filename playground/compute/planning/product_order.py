"""Products of several matrices that another order makes much cheaper: ``A @ B @ v`` as ``A @ (B @ v)``.

Products of matrices are associative: another order changes whole numbers, which wrap around, not at all, and
floating-point numbers by rounding only, unless something overflows or underflows on the way. Only the numbers tell, so
both orders become one step, and whoever runs it chooses (``compute/ordered.py``).
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from playground.compute.planning.lifetimes import Operand, Operation, needed
from playground.compute.planning.steps import ORDERED
from playground.language.matrix_chain import Chain, cheapest
from playground.language.signature import Signature

if TYPE_CHECKING:
    from playground.compute.planning.lifetimes import Reference
    from playground.language.problems import Span

_LEAST_SAVED: Final = 10_000_000
"""Operations that another order must save: below, nobody would notice."""

_SAVED_PER_CELL: Final = 200
"""Operations that it must save for each cell of the factors: looking at one takes as long as 50."""

_LEAST_RATIO: Final = 1.5

_MOST_FACTORS: Final = 12

_DTYPES: Final = frozenset("iufc")
_NARROW: Final = 2
"""Bytes of float16, whose range is so small that most products of several leave it."""

_ATOM: Final = re.compile(r"[\w.]+(\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])?")


def in_cheapest_order(references: list[Reference], result: int) -> None:
    """Make one step of each product that gets much cheaper by another order, in place.

    Parameters
    ----------
    references, result
        As ``arrange`` takes them.
    """
    products = [at for at, found in enumerate(references) if isinstance(found, Operation) and found.target == "op:@"]
    if len(products) < 2:
        return
    finder = _Finder(references, result)
    for at in reversed(products):
        found = finder.ordered(at)
        if found is not None:
            references[at] = found


class _Finder:
    def __init__(self, references: list[Reference], result: int) -> None:
        self._references = references
        self._result = result
        self._users: dict[int, int] = {}
        for at in needed(references, result):
            found = references[at]
            for reference in found.references if isinstance(found, Operation) else ():
                self._users[reference] = self._users.get(reference, 0) + 1
        self._done: set[int] = set()

    def ordered(self, at: int) -> Operation | None:
        """Give the product whose last step is ``at`` with its cheapest order; None where it stays."""
        if at in self._done or (at != self._result and at not in self._users):
            return None
        factors = self._factors(at, at)
        sizes = self._sizes(factors)
        if sizes is None:
            return None
        best, written = cheapest(sizes), self._written(at, factors, sizes, 0)
        saved = 2 * (written.multiplications - best.multiplications)
        cells = sum(rows * columns for rows, columns in itertools.pairwise(sizes))
        if written.multiplications < _LEAST_RATIO * best.multiplications:
            return None
        if saved < max(_LEAST_SAVED, _SAVED_PER_CELL * cells):
            return None
        whole = self._references[at]
        assert isinstance(whole, Operation)
        named = [(self._text(factor), self._signature(factor)) for factor in factors]
        inner = _steps(best, named, whole.span) + _steps(written, named, whole.span)
        flops = 2 * best.multiplications
        return Operation(ORDERED, tuple(factors), (), whole.span, whole.text, whole.signature, flops, inner)

    def _factors(self, at: int, root: int) -> list[int]:
        """What is multiplied, from left to right; a product that is needed elsewhere too is one factor."""
        found = self._references[at]
        if not isinstance(found, Operation) or found.target != "op:@":
            return [at]
        if at != root and self._users[at] > 1:
            return [at]
        self._done.add(at)
        left, right = found.arguments
        return [*self._factors(left, root), *self._factors(right, root)]

    def _sizes(self, factors: list[int]) -> list[int] | None:
        """``m, k, …, n`` of a chain of matrices; vectors stand at its ends only. None for any other product."""
        signatures = [getattr(self._references[at], "signature", None) for at in factors]  # a constant has none
        first = signatures[0]
        if not 2 < len(factors) <= _MOST_FACTORS or not isinstance(first, Signature):
            return None
        if first.dtype.kind not in _DTYPES or (first.dtype.kind == "f" and first.dtype.itemsize <= _NARROW):
            return None
        sizes: list[int | None] = []
        for place, found in enumerate(signatures):
            if not isinstance(found, Signature) or found.dtype != first.dtype or found.ndim not in (1, 2):
                return None
            if found.ndim == 1 and 0 < place < len(factors) - 1:
                return None
            shape = (1, *found.shape) if found.ndim == 1 and place == 0 else (*found.shape, 1)[:2]
            sizes += shape if place == 0 else shape[1:]
        known = [size for size in sizes if size is not None]
        return known if len(known) == len(sizes) else None

    def _written(self, at: int, factors: list[int], sizes: list[int], first: int) -> Chain:
        """Give the order in which the product ``at`` is written, whose first factor is ``first``."""
        if at == factors[first]:
            return Chain(0)
        found = self._references[at]
        assert isinstance(found, Operation)
        left = self._written(found.arguments[0], factors, sizes, first)
        middle = first + left.factors
        right = self._written(found.arguments[1], factors, sizes, middle)
        own = sizes[first] * sizes[middle] * sizes[middle + right.factors]
        return Chain(left.multiplications + right.multiplications + own, middle - 1, left, right)

    def _signature(self, at: int) -> Signature:
        found = getattr(self._references[at], "signature", None)
        assert isinstance(found, Signature)
        return found

    def _text(self, at: int) -> str:
        found = self._references[at]
        return found.name if isinstance(found, Operand) else found.text if isinstance(found, Operation) else "…"


def _steps(chain: Chain, factors: list[tuple[str, Signature]], span: Span) -> tuple[Operation, ...]:
    """The products of one order; their arguments count the factors, then the products before them."""
    made: list[Operation] = []
    values = list(factors)

    def place(part: Chain, first: int) -> int:
        if part.split is None or part.left is None or part.right is None:
            return first
        left, right = place(part.left, first), place(part.right, part.split + 1)
        (left_text, a), (right_text, b) = values[left], values[right]
        text = f"{_bracketed(left_text)} @ {_bracketed(right_text)}"
        signature = Signature((*a.shape[:-1], *b.shape[1:]), a.dtype)
        own = part.multiplications - part.left.multiplications - part.right.multiplications
        made.append(Operation("op:@", (left, right), (), span, text, signature, 2 * own))
        values.append((text, signature))
        return len(values) - 1

    place(chain, 0)
    return tuple(made)


def _bracketed(text: str) -> str:
    return text if _ATOM.fullmatch(text) else f"({text})"
