"""Repairs that take another entry: ``b2`` for ``b1``, the bias of the right size, two that were exchanged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language.nodes import Binary, Name, walk
from playground.language.repairs.parts import TWO, Part, pair
from playground.language.repairs.ranking import PER_CHARACTER, Candidate
from playground.language.rewriting import replaced
from playground.language.signature import Signature
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem

_DIGITS: Final = re.compile(r"[\d_]+$")
_ONLY_EXCHANGED: Final = 0.5
"""How doubtful it is that two matrices were exchanged whose names tell nothing."""


def other_entry(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``b2`` for ``b1``; the entry that begins with b for a bias of another size; the vector that fits a matrix."""
    sides = pair(inference)
    if sides is None:
        return
    for side, other in (sides, sides[::-1]):
        if not isinstance(side.node, Name):
            continue
        for entry, signature in operands.items():
            doubt = None if not isinstance(signature, Signature) else _doubt(inference, side, other, entry, signature)
            if doubt is None:
                continue
            exchanged = _exchanged(inference, side.node.name, entry)
            if exchanged:
                reason = tr("Exchange {one} and {other}", one=side.node.name, other=entry)
                price = PER_CHARACTER * (len(exchanged) - len(entry))  # it counts as if it changed one name
                yield Candidate(exchanged, reason, "other entry", doubt - 0.05 - price)
            if doubt != _ONLY_EXCHANGED:
                yield Candidate(side.becomes(entry), tr("Take the entry {name}", name=entry), "other entry", doubt)


def _doubt(inference: Inference, side: Part, other: Part, entry: str, signature: Signature) -> float | None:
    """Say how doubtful it is that ``entry`` was meant; None where it can't have been."""
    node, name = inference.failed, getattr(side.node, "name", "")
    if entry == name:
        return None
    if _DIGITS.sub("", entry) == _DIGITS.sub("", name) and signature.shape != side.shape:
        return 0.0
    if not isinstance(node, Binary) or side.node is not node.right or not signature.ndim:
        return None
    if node.operator == "+" and entry[:1] == "b" and signature.shape == other.shape[-1:]:
        return 0.4
    if node.operator == "@" and signature.ndim == side.ndim == TWO and signature.shape[0] == other.shape[-1]:
        return _ONLY_EXCHANGED
    if node.operator != "@" or side.ndim != 1 or other.ndim != TWO or signature.shape != other.shape[-1:]:
        return None
    is_free = not any(isinstance(used, Name) and used.name == entry for used in _nodes(inference))
    return 2.2 if is_free else None


def _exchanged(inference: Inference, one: str, other: str) -> str:
    """Write the formula with two entries in each other's place; empty where it has only one of them."""
    names = [node for node in _nodes(inference) if isinstance(node, Name) and node.name in (one, other)]
    if len({node.name for node in names}) < TWO:
        return ""
    return replaced(inference.source, *((node.span, other if node.name == one else one) for node in names))


def _nodes(inference: Inference) -> Iterator[object]:
    return iter(()) if inference.tree is None else walk(inference.tree)
