"""What the rules of repairs share: the parts of the operation that failed, their shapes, and edits of their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from playground.language.nodes import Attribute, Binary, Call, Node, Unary, walk
from playground.language.rewriting import atom, outer_span, replaced, text_of, transposed
from playground.language.signature import Signature

if TYPE_CHECKING:
    from playground.language.infer import Inference
    from playground.language.problems import Span

TWO = 2


class Part(NamedTuple):
    """One operand of what failed: its node, its signature, and its place with the parentheses that are its own."""

    node: Node
    signature: Signature
    span: Span
    source: str

    @property
    def shape(self) -> tuple[int | None, ...]:
        """Its shape."""
        return self.signature.shape

    @property
    def ndim(self) -> int:
        """How many axes it has."""
        return self.signature.ndim

    @property
    def text(self) -> str:
        """Its text without parentheses around it."""
        return text_of(self.source, self.node)

    @property
    def atom(self) -> str:
        """Its text so that a dot or a bracket may follow."""
        return atom(self.source, self.node)

    @property
    def factor(self) -> str:
        """Its text so that it may stand beside an operator."""
        return factor(self.source, self.node)

    @property
    def turned(self) -> str:
        """The text of its transpose."""
        return transposed(self.source, self.node, self.ndim)

    def becomes(self, text: str) -> str:
        """Give the whole formula with ``text`` in the place of this part."""
        return replaced(self.source, (self.span, text))


def factor(source: str, node: Node) -> str:
    """Give the text of ``node`` so that it may stand beside an operator."""
    text = text_of(source, node)
    return f"({text})" if isinstance(node, (Binary, Unary)) else text


def signature_of(inference: Inference, node: Node) -> Signature | None:
    """Give the signature of a node; None where it has none or wasn't reached."""
    for step in reversed(inference.steps):
        if step.node is node:
            return step.signature if isinstance(step.signature, Signature) else None
    return None


def part(inference: Inference, node: Node) -> Part | None:
    """Give an operand; None where its shape isn't known."""
    signature = signature_of(inference, node)
    if signature is None:
        return None
    # The parentheses of a call aren't those of its only argument.
    span = outer_span(inference.source, node.span) if isinstance(inference.failed, (Binary, Unary)) else node.span
    return Part(node, signature, span, inference.source)


def pair(inference: Inference) -> tuple[Part, Part] | None:
    """Give the two operands of the operator or of the function that failed; None for anything else."""
    node = inference.failed
    nodes: tuple[Node, ...] = ()
    if isinstance(node, Binary):
        nodes = (node.left, node.right)
    elif isinstance(node, Call):
        given = {argument.span: argument for argument in (*node.arguments, *(value for _, value in node.keywords))}
        clashing = [given[span] for span, _ in inference.clash if span in given]
        nodes = tuple(clashing) if len(clashing) == TWO else node.arguments[: TWO + 1]
    parts = [found for operand in nodes if (found := part(inference, operand)) is not None]
    return (parts[0], parts[1]) if len(parts) == TWO else None


def parent_of(inference: Inference, child: Node) -> Node | None:
    """Give the operator that ``child`` is an operand of; None where it is none of an operator."""
    if inference.tree is None:
        return None
    for node in walk(inference.tree):
        if isinstance(node, Binary) and (node.left is child or node.right is child):
            return node
    return None


def is_bare(source: str, node: Node) -> bool:
    """Tell whether an operand stands without parentheses of its own."""
    return outer_span(source, node.span) == node.span


def prefix_of(source: str, call: Call) -> str:
    """Give ``np.`` where the call was written with it."""
    written = source[call.name_span.start : call.name_span.end]
    head, dot, _ = written.partition(".")
    return f"{head}." if dot and head in ("np", "numpy", "cp", "cupy") and not call.is_method else ""


def without_transpose(node: Node) -> Node:
    """Give ``A`` for ``A.T``."""
    return node.value if isinstance(node, Attribute) and node.name in ("T", "mT") else node
