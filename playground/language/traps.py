"""Formulas that run but surprise: said as a warning, never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.nodes import Attribute, Binary
from playground.language.problems import Problem
from playground.language.signature import Signature, shape_text
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playground.language.nodes import Node
    from playground.language.values import Step

_CELLWISE = frozenset({"+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">=", "==", "!="})


def traps(steps: Sequence[Step]) -> tuple[Problem, ...]:
    """List the traps among the steps of a formula that has no problem."""
    signatures = {id(step.node): step.signature for step in steps}
    found = (_trap(step, signatures) for step in steps if isinstance(step.node, (Attribute, Binary)))
    return tuple(trap for trap in found if trap is not None)


def _trap(step: Step, signatures: Mapping[int, object]) -> Problem | None:
    node = step.node
    if isinstance(node, Attribute):
        return _vector_transposed(step, _array(node.value, signatures)) if node.name == "T" else None
    if not isinstance(node, Binary) or node.operator not in _CELLWISE:
        return None
    left, right = _array(node.left, signatures), _array(node.right, signatures)
    if left is None or right is None or {left.ndim, right.ndim} != {1, 2}:
        return None
    vector, column = (left, right) if left.ndim == 1 else (right, left)
    if column.shape[1] != 1 or vector.shape[0] != column.shape[0] or vector.shape[0] in (0, 1, None):
        return None
    shape = shape_text((vector.shape[0], vector.shape[0]))
    return Problem(
        "grew",
        tr("A vector of {n} meets a column of {n}: every pair is computed, which gives {shape}.",
           n=vector.shape[0], shape=shape),
        step.span,
        tr("To work cell by cell, make both columns or both vectors: .ravel()"),
    )  # fmt: skip


def _vector_transposed(step: Step, value: Signature | None) -> Problem | None:
    if value is None or value.ndim != 1:
        return None
    return Problem(
        "vector-transpose",
        tr("{source} is the same vector: one axis can't swap with another.", source=step.source),
        step.span,
        tr("For a column write [:, None]."),
    )


def _array(node: Node, signatures: Mapping[int, object]) -> Signature | None:
    found = signatures.get(id(node))
    return found if isinstance(found, Signature) else None
