"""Formulas that run but surprise: said as a warning with what was probably meant, never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.nodes import Attribute, Binary, Call, Index, Unary
from playground.language.problems import Problem, Repair
from playground.language.signature import result_shape
from playground.language.traps import foreign, meant, numbers, overflow, products, python_lists, shapes
from playground.language.traps.parts import Scene, Trap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playground.language.infer import Inference
    from playground.language.values import Step

_OPERATORS = (
    (shapes.grew, "+ - * / // % ** < <= > >= == !="),
    (shapes.bound_closer, "< <= > >= == !="),
    (products.starred, "*"),
    (products.reciprocal, "**"),
    (products.inverted, "@"),
    (overflow.overflow, "+ - * / // % ** << @"),
    (numbers.division, "/ // %"),
    (numbers.equality, "== !="),
    (python_lists.joined, "+ *"),
    (python_lists.shape_like, "+ - * / @"),
    (python_lists.repeated, "*"),
    (meant.powered, "^"),
    (meant.largest_of_all, "== !="),
    (meant.softmax_of_all, "/"),
)
_RULES_OF = {
    sign: tuple(rule for rule, signs in _OPERATORS if sign in signs.split())
    for sign in "+ - * / // % ** @ << >> & | ^ < <= > >= == != and".split()  # noqa: SIM905
}
"""What may surprise in the operation of each sign: every keystroke asks for it at each of them."""
_CALLS = (shapes.vector_transposed, shapes.reshaped, shapes.largest_along, shapes.stacked, numbers.conversion,
          numbers.beyond, numbers.reinterpreted, numbers.complex_results, foreign.addition, meant.turned_not,
          meant.softmax_twice, meant.scaled_by_size)  # fmt: skip

_WORK = 1800
"""Characters that may be inferred for the repairs of all traps of one formula."""


def traps(source: str, steps: Sequence[Step], infer: Callable[[str], Inference]) -> tuple[Problem, ...]:
    """List the traps of a formula that has no problem; ``infer`` tells whether a repair fits and what it gives."""
    scene = Scene(source, steps)
    inner = {id(side) for step in steps if _is_product(step.node) for side in (step.node.left, step.node.right)}  # type: ignore[attr-defined]
    found = [*foreign.given_up(scene), *(trap for step in steps for trap in _of_step(scene, step, inner))]
    if "random" in source:
        found += meant.drawn_twice(scene, steps)
    trials = _Trials(source, infer)
    told = [(trials.problem(trap), trap.only_mended) for trap in found]
    return tuple(dict.fromkeys(problem for problem, only_mended in told if problem.repairs or not only_mended))


def _is_product(node: object) -> bool:
    return isinstance(node, Binary) and node.operator == "@"


def _of_step(scene: Scene, step: Step, inner: set[int]) -> Iterator[Trap]:
    node = step.node
    if isinstance(node, Binary):
        for rule in _RULES_OF[node.operator]:
            yield from rule(scene, node)
        yield from products.costly_order(scene, node, id(node) in inner)
    elif isinstance(node, Attribute):
        yield from shapes.vector_transposed(scene, node)
        yield from foreign.turned(scene, node)
    elif isinstance(node, Index):
        yield from meant.past_the_end(scene, node)
        yield from meant.row_of_vectors(scene, node)
    elif isinstance(node, Unary):
        yield from overflow.negated(scene, node)
    elif isinstance(node, Call):
        for call_rule in _CALLS:
            yield from call_rule(scene, node)


class _Trials:
    """Infers the repairs of traps, as many as the time between two keystrokes allows."""

    def __init__(self, source: str, infer: Callable[[str], Inference]) -> None:
        self._source = source
        self._infer = infer
        self._left = _WORK

    def problem(self, trap: Trap) -> Problem:
        """Give a trap with those of its repairs that fit."""
        repairs = []
        for text, reason in trap.repairs:
            if text == self._source or len(text) > self._left:
                continue
            self._left -= len(text)
            signature = self._infer(text).signature
            if signature is not None:
                repairs.append(Repair(text, result_shape(signature), reason))
        return Problem(trap.kind, trap.message, trap.span, trap.hint, tuple(repairs))
