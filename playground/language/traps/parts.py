"""What the rules of traps share: the steps of a formula by node, and a trap on its way to becoming a ``Problem``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from playground.language.nodes import Attribute, Binary, Call, Node, Unary
from playground.language.rewriting import atom, outer_span, replaced, text_of
from playground.language.signature import Signature, TupleSignature
from playground.language.values import MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.language.problems import Span
    from playground.language.values import Step


class Trap(NamedTuple):
    """Something legal that surprises; ``repairs`` are whole formulas with what they do, not yet inferred.

    ``only_mended`` tells that it is no surprise where none of them fits.
    """

    kind: str
    message: str
    span: Span
    hint: str = ""
    repairs: tuple[tuple[str, str], ...] = ()
    only_mended: bool = False


class Scene:
    """A formula without problems, as the rules of traps look at it."""

    def __init__(self, source: str, steps: Sequence[Step]) -> None:
        self.source = source
        self._steps = {id(step.node): step for step in steps}

    def array(self, node: Node) -> Signature | None:
        """Give the signature of a node; None where it has none, or several."""
        step = self._steps.get(id(node))
        return step.signature if step is not None and isinstance(step.signature, Signature) else None

    def several(self, node: Node) -> TupleSignature | None:
        """Give the signatures of a node that has several; None for any other."""
        step = self._steps.get(id(node))
        return step.signature if step is not None and isinstance(step.signature, TupleSignature) else None

    def constant(self, node: Node) -> object:
        """Give the value of a node where it is known, else ``MISSING``."""
        step = self._steps.get(id(node))
        return MISSING if step is None else step.constant

    def text(self, node: Node) -> str:
        """Give the text of a node."""
        return text_of(self.source, node)

    def outer(self, node: Node) -> str:
        """Give the text of an operand with its own parentheses."""
        span = outer_span(self.source, node.span)
        return self.source[span.start : span.end]

    def atom(self, node: Node) -> str:
        """Give the text of a node so that a dot may follow."""
        return atom(self.source, node)

    def factor(self, node: Node) -> str:
        """Give the text of a node so that it may stand beside an operator."""
        return f"({self.text(node)})" if isinstance(node, (Binary, Unary)) else self.text(node)

    def with_(self, node: Node, text: str) -> str:
        """Give the formula with ``text`` in the place of an operand and its parentheses."""
        return replaced(self.source, (outer_span(self.source, node.span), text))

    def instead(self, span: Span, text: str) -> str:
        """Give the formula with ``text`` at a place."""
        return replaced(self.source, (span, text))


def is_transposed(node: Node) -> bool:
    """Tell whether a node is a transpose."""
    turned = isinstance(node, Attribute) and node.name in ("T", "mT", "H")
    return turned or (isinstance(node, Call) and node.function in ("transpose", "matrix_transpose"))
