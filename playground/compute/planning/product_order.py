"""Products of several matrices in their cheapest order: ``A @ B @ v`` as ``A @ (B @ v)``, and a sentence that says so.

Products of matrices are associative: another order changes floating-point results by rounding only, and whole numbers,
which wrap around, not at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.compute.planning.lifetimes import Operand, Operation, needed
from playground.language.matrix_chain import cheapest
from playground.language.rules.flops import flops_text
from playground.language.signature import Signature
from playground.record import Record, replace
from playground.translation import tr

if TYPE_CHECKING:
    from playground.compute.planning.lifetimes import Reference
    from playground.language.matrix_chain import Chain

_LEAST_SAVED: Final = 1_000_000
"""Operations that another order must save: below, nobody would notice."""

_LEAST_RATIO: Final = 1.5

_MOST_FACTORS: Final = 12

_DTYPES: Final = frozenset("iufc")
_NARROW: Final = 2
"""Bytes of float16, whose products become infinite where another order's would not."""

_ATOM: Final = re.compile(r"[\w.]+(\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])?")


class Ordered(Record):
    """References with their products in the cheapest order, and what to tell the person."""

    references: list[Reference]
    result: int
    notes: tuple[str, ...]


def in_cheapest_order(references: list[Reference], result: int) -> Ordered:
    """Reorder the products that get much cheaper by it.

    Parameters
    ----------
    references, result
        As ``arrange`` takes them.
    """
    products = [at for at, found in enumerate(references) if isinstance(found, Operation) and found.target == "op:@"]
    if len(products) < 2:
        return Ordered(references, result, ())
    order = _Order(references, result)
    notes = tuple(note for at in reversed(products) if (note := order.improved(at)) is not None)
    return order.renumbered(notes) if notes else Ordered(references, result, ())


class _Order:
    def __init__(self, references: list[Reference], result: int) -> None:
        self._references = list(references)
        self._result = result
        self._users: dict[int, int] = {}
        used = needed(references, result)
        for at in used:
            found = references[at]
            for reference in found.references if isinstance(found, Operation) else ():
                self._users[reference] = self._users.get(reference, 0) + 1
        self._done: set[int] = set()
        self._made: dict[int, int] = {}

    def improved(self, at: int) -> str | None:
        """Reorder the product whose last step is ``at``; gives what to say of it, None where it stays."""
        if at in self._done or (at != self._result and at not in self._users):
            return None
        factors = self._factors(at, at)
        sizes = self._sizes(factors)
        if sizes is None:
            return None
        best, written = cheapest(sizes), self._multiplications(at, factors)
        if written < _LEAST_RATIO * best.multiplications or 2 * (written - best.multiplications) < _LEAST_SAVED:
            return None
        made = self._references[self._build(best, factors, 0, at)]
        assert isinstance(made, Operation)
        self._references[at] = made
        return tr(
            "Computed as {text}: {less} instead of {more}.",
            text=made.text, less=flops_text(2 * best.multiplications), more=flops_text(2 * written),
        )  # fmt: skip

    def renumbered(self, notes: tuple[str, ...]) -> Ordered:
        """Every reference after those that it needs, as ``arrange`` wants them."""
        places: dict[int, int] = {}
        made: list[Reference] = []

        def place(at: int) -> int:
            if at not in places:
                found = self._references[at]
                if isinstance(found, Operation):
                    arguments = tuple(place(argument) for argument in found.arguments)
                    keywords = tuple((name, place(argument)) for name, argument in found.keywords)
                    found = replace(found, arguments=arguments, keywords=keywords)
                places[at] = len(made)
                made.append(found)
            return places[at]

        return Ordered(made, place(self._result), notes)

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

    def _multiplications(self, at: int, factors: list[int]) -> int:
        found = self._references[at]
        if at in factors or not isinstance(found, Operation):
            return 0
        own = (found.flops or 0) // 2
        return own + sum(self._multiplications(argument, factors) for argument in found.arguments)

    def _build(self, chain: Chain, factors: list[int], first: int, root: int) -> int:
        """Make the product of the factors from ``first`` on; gives where it stands."""
        if chain.split is None or chain.left is None or chain.right is None:
            return factors[first]
        left = self._build(chain.left, factors, first, root)
        right = self._build(chain.right, factors, chain.split + 1, root)
        self._references.append(self._product(left, right, chain.multiplications, root))
        return len(self._references) - 1

    def _product(self, left: int, right: int, multiplications: int, root: int) -> Operation:
        whole, first, second = self._references[root], self._signature(left), self._signature(right)
        assert isinstance(whole, Operation)
        own = multiplications - sum(self._made.get(at, 0) for at in (left, right))
        self._made[len(self._references)] = multiplications
        shape = (*first.shape[:-1], *(second.shape[1:] if second.ndim > 1 else ()))
        text = f"{self._text(left)} @ {self._text(right)}"
        return Operation("op:@", (left, right), (), whole.span, text, Signature(shape, first.dtype), 2 * own)

    def _signature(self, at: int) -> Signature:
        found = getattr(self._references[at], "signature", None)
        assert isinstance(found, Signature)
        return found

    def _text(self, at: int) -> str:
        found = self._references[at]
        text = found.name if isinstance(found, Operand) else found.text if isinstance(found, Operation) else "…"
        return text if _ATOM.fullmatch(text) else f"({text})"
