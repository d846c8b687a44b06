"""``einsum`` of three or more operands, multiplied pair by pair in the cheapest order where their numbers allow it.

As of products of matrices, both orders become one step, and whoever runs it chooses (``compute/ordered.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.compute.planning.lifetimes import Constant, Operation
from playground.compute.planning.steps import ORDERED
from playground.language.signature import Signature
from playground.record import replace

if TYPE_CHECKING:
    from playground.compute.planning.lifetimes import Reference

_LEAST_CELLS: Final = 4096
"""Cells of all operands from which an order pays: finding it takes some 20 µs."""

_LEAST_OPERANDS: Final = 3


def pairwise(references: list[Reference]) -> None:
    """Make one step of both orders of every large ``einsum``, in place; what the formula itself says of it holds."""
    for at, found in enumerate(references):
        if isinstance(found, Operation) and _is_worth_it(found, references):
            references.append(Constant(True))
            references[at] = _in_both_orders(found, len(references) - 1)


def _in_both_orders(call: Operation, true: int) -> Operation:
    count = len(call.arguments)
    written = replace(call, arguments=tuple(range(count)))
    cheapest = replace(written, keywords=(("optimize", count),))
    return replace(call, target=ORDERED, arguments=(*call.arguments, true), inner=(cheapest, written))


def _is_worth_it(call: Operation, references: list[Reference]) -> bool:
    if call.target != "einsum" or len(call.arguments) <= _LEAST_OPERANDS:
        return False
    signatures = [getattr(references[at], "signature", None) for at in call.arguments[1:]]
    known = [found for found in signatures if isinstance(found, Signature)]
    # Of several dtypes a pair would be multiplied in another one than the whole.
    alike = len(known) == len(signatures) and len({found.dtype for found in known}) == 1
    return not call.keywords and alike and sum(found.size or 0 for found in known) > _LEAST_CELLS
