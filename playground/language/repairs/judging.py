"""What is thought of a mended formula before it is offered: whether it says anything, and what was done, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from playground.language.nodes import Binary, Call, walk
from playground.language.rewriting import text_of
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playground.language.infer import Inference
    from playground.language.nodes import Node

_SHORT: Final = 2
"""Letters up to which a name that merely resembles the written one, and doesn't fit, isn't offered."""


class Mended(NamedTuple):
    """A formula that was mended, in one step or in several, and what each of them did."""

    inference: Inference
    reasons: tuple[str, ...]

    @property
    def source(self) -> str:
        """The mended text."""
        return self.inference.source

    @property
    def reason(self) -> str:
        """What was done, the same only once."""
        first, *others = dict.fromkeys(self.reasons)
        for other in others:
            first = tr("{first}; {second}", first=first, second=other)
        return first


def says_nothing(before: Inference, after: Inference) -> bool:
    """Tell whether only the mended formula works on the same thing twice: ``A == A`` for ``A == A.T``."""
    if before.tree is None or after.tree is None:
        return False  # of what couldn't be read nobody knows what it said
    return _twins(after) > _twins(before) + _equal_arguments(before)


def _twins(inference: Inference) -> int:
    """Count the operators with equal operands, but for products of matrices: ``w @ w`` is a length."""
    return sum(
        isinstance(node, Binary) and node.operator != "@" and _equal(inference, node.left, node.right)
        for node in _nodes(inference)
    )


def _equal_arguments(inference: Inference) -> int:
    """Count the calls that were given the same twice: as an operator they are twins too."""
    return sum(
        isinstance(node, Call) and len(node.arguments) > 1 and _equal(inference, *node.arguments[:2])
        for node in _nodes(inference)
    )


def _equal(inference: Inference, one: Node, other: Node) -> bool:
    return text_of(inference.source, one) == text_of(inference.source, other)


def _nodes(inference: Inference) -> Iterable[Node]:
    return () if inference.tree is None else walk(inference.tree)


def is_guess(before: Inference, *, is_around: bool) -> bool:
    """Tell whether a name was merely guessed: it is short, and doesn't fit where it stands."""
    problem = before.problems[0]
    return is_around and problem.kind == "unknown-name" and problem.span.end - problem.span.start <= _SHORT
