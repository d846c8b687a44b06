"""``einsum`` of three or more operands, multiplied pair by pair in the cheapest order, and a sentence that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.compute.planning.lifetimes import Constant, Operation
from playground.language.signature import Signature
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from playground.compute.planning.lifetimes import Reference

_LEAST_CELLS: Final = 4096
"""Cells of all operands from which an order pays: finding it takes some 20 µs."""

_LEAST_OPERANDS: Final = 3


def pairwise(references: list[Reference]) -> tuple[str, ...]:
    """Ask every large ``einsum`` among ``references`` for an order, in place; gives what to tell the person.

    Sums over another order differ by rounding only. Where the formula itself says ``optimize=``, that holds.
    """
    notes: dict[str, None] = {}
    for at, found in enumerate(references):
        if isinstance(found, Operation) and _is_worth_it(found, references):
            references.append(Constant(True))
            references[at] = replace(found, keywords=(*found.keywords, ("optimize", len(references) - 1)))
            count = len(found.arguments) - 1
            notes[tr("einsum multiplies its {count} operands pair by pair, in the cheapest order.", count=count)] = None
    return tuple(notes)


def _is_worth_it(call: Operation, references: list[Reference]) -> bool:
    if call.target != "einsum" or len(call.arguments) <= _LEAST_OPERANDS:
        return False
    if any(name == "optimize" for name, _ in call.keywords):
        return False
    signatures = [getattr(references[at], "signature", None) for at in call.arguments[1:]]
    return sum(found.size or 0 for found in signatures if isinstance(found, Signature)) > _LEAST_CELLS
