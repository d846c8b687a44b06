"""What is thought of a mended formula before it is offered: whether it says anything, and what was done, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from playground.language.nodes import Binary, Call, Index, Sequence, walk
from playground.language.rewriting import text_of
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playground.language.infer import Inference
    from playground.language.nodes import Node
    from playground.language.problems import Problem, Repair

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


def hinted(inference: Inference, problem: Problem, repairs: tuple[Repair, ...]) -> Problem:
    """Give ``problem`` with its repairs, and with what to do next where nothing says so yet."""
    hint = problem.hint
    unknown = problem.kind in ("unknown-name", "unknown-function")
    if not hint and repairs and unknown:
        fitting = next((repair for repair in repairs if not repair.leaves_mistake), None)
        hint = tr("The nearest is {text}, where another mistake remains.", text=repairs[0].source)
        if fitting is not None:
            hint = tr("Did you mean {text}?", text=fitting.source)
    if not hint and problem.kind == "unknown-function":
        hint = tr("Type how a word begins to see the functions that there are.")
    name = inference.source[problem.span.start : problem.span.end]
    if not hint and problem.kind == "unknown-name" and name.isidentifier():
        hint = tr("Write {name}: (784, 10) to say its shape, or give it numbers first.", name=name)
    if not hint and problem.kind == "other-module":
        hint = tr("Write the function's name alone: sqrt(x).")
        if repairs:
            hint = tr("Write {text}.", text=repairs[0].source)
    if problem.kind == "argument" and repairs:
        hint = _of_arguments(inference, repairs[0]) or hint
    if problem.kind == "index" and repairs and isinstance(inference.failed, Index):
        is_list = isinstance(inference.failed.value, Sequence)
        hint = tr("Is a comma missing: {text}?", text=repairs[0].source) if is_list else hint
    if problem.kind == "ndim" or (problem.kind in ("inner-sizes", "broadcast") and inference.clash):
        from playground.language.repairs.shapes_meant import not_a_shape  # nothing is wrong at the start

        hint = not_a_shape(inference) or hint or ("" if repairs else _never_equal(inference))
    return replace(problem, hint=hint, repairs=repairs)


def _of_arguments(inference: Inference, repair: Repair) -> str:
    """Say it with the likeliest repair where the call is one that others write with another meaning."""
    node = inference.failed
    if not isinstance(node, Call) or len(node.arguments) != _SHORT:
        return ""
    if node.function == "angle":
        return tr("angle is that of complex numbers; between two vectors it is {text}.", text=repair.source)
    return tr("For another base: {text}.", text=repair.source) if node.function == "log" else ""


def _never_equal(inference: Inference) -> str:
    """Say why ``A == A.T`` can't be asked."""
    from playground.language.repairs.parts import pair, without_transpose

    sides = pair(inference)
    if sides is None or sides[0].shape != sides[1].shape[::-1] or sides[0].shape == sides[1].shape:
        return ""
    one, other = (text_of(inference.source, without_transpose(side.node)) for side in sides)
    return tr("Only a square matrix has the shape of its transpose.") if one == other else ""
