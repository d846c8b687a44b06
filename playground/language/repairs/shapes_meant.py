"""Repairs of tuples that were meant as shapes: ``x @ (784, 128)`` multiplies by two numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.bare_shapes import is_shape
from playground.language.nodes import Call
from playground.language.repairs.parts import pair, part
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import replaced
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem
    from playground.language.repairs.parts import Part


def as_shapes(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``x @ zeros((784, 128))``: an array of that shape."""
    meant = _meant(inference)
    if meant:
        mended = replaced(inference.source, *((side.node.span, f"zeros({side.text})") for side in meant))
        yield Candidate(mended, tr("Make an array of that shape"), "as a shape")


def not_a_shape(inference: Inference) -> str:
    """Say how the tuples of what failed are read; empty where there are none."""
    meant = _meant(inference)
    if not meant:
        return ""
    if len(meant) > 1:
        return tr("{first} and {second} are read as numbers here, not as shapes.", first=meant[0].text,
                  second=meant[1].text)  # fmt: skip
    return tr("{shape} is read as numbers here, not as a shape.", shape=meant[0].text)


def _meant(inference: Inference) -> list[Part]:
    sides: tuple[Part, ...] = pair(inference) or ()
    node = inference.failed
    if not sides and isinstance(node, Call) and node.arguments:
        sides = tuple(found for found in [part(inference, node.arguments[0])] if found is not None)
    return [side for side in sides if is_shape(side.node)]
