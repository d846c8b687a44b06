"""Mended formulas for a problem: each is inferred first, and only what then fits is offered, likeliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.nodes import Literal, Name
from playground.language.problems import Problem, Repair
from playground.language.repairs.hints import hinted
from playground.language.repairs.judging import Mended, is_guess, says_nothing
from playground.language.repairs.ranking import AGAIN, KEEP_CELLS, MIRRORS, Candidate, cost, surprise
from playground.language.signature import Signature, result_shape
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playground.language.infer import Inference, Operand, Step

_MOST: Final = 5
_WORK: Final = 2160
"""Characters that may be inferred for one problem; it is mended while the person types."""
_LEAST_WORK: Final = 60
"""What a trial costs, however short its text is."""
_MOST_OF_TWO: Final = 2
"""Repairs of the first of two mistakes."""
_WORK_FOR_OTHER: Final = 480
"""Characters that may be inferred for the second mistake."""
_FAR: Final = 3.0
"""How much dearer a repair may be than the best that fits: what is further fetched isn't looked at."""
_UNSURE: Final = frozenset({"parentheses", "other word"})
"""Changes of which only the fit of the whole formula tells that they were meant."""
_OTHER_MEANING: Final = frozenset({"other entry"})
"""Changes that would undo what a word was read as."""
_DEPENDENT: Final = 1.0
"""What it costs that the mended part doesn't fit to what is around it."""
_ROUNDS: Final = 2
"""How often the same change may be made again, where the same mistake was made again."""


def repaired(
    inference: Inference,
    problem: Problem,
    operands: Mapping[str, Operand],
    infer: Callable[[str], Inference],
) -> Problem:
    """Give ``problem`` with its repairs, likeliest first; ``infer`` tells whether one fits."""
    repairs = tuple(_Search(operands, infer).repairs(inference, problem))
    return hinted(inference, problem, repairs)


class _Search:
    """Looks for the repairs of one problem with a limited number of trials."""

    def __init__(self, operands: Mapping[str, Operand], infer: Callable[[str], Inference]) -> None:
        self._operands = operands
        self._infer = infer
        self._left = _WORK
        self._tried: set[str] = set()
        self._unfit: list[tuple[Candidate, Inference]] = []
        """Candidates that were tried and in which something is wrong still."""

    def repairs(self, inference: Inference, problem: Problem) -> list[Repair]:
        """Give the repairs that fit; where none does, those that mend one of two mistakes, or both."""
        source = inference.source
        self._tried.add(source)
        put_in = [found.shape for found in _inputs(inference)]
        ranked: list[tuple[float, int, Repair]] = []
        fitting: set[str] = set()
        for candidate in self._candidates(inference, problem):
            if ranked and cost(candidate, source) > min(ranked, key=lambda entry: entry[:2])[0] + _FAR:
                break
            if _is_beside(candidate, fitting):
                continue
            mended = self._mended(candidate, inference, _ROUNDS)
            if mended is None or mended.inference.signature is None or says_nothing(inference, mended.inference):
                continue
            shape = result_shape(mended.inference.signature)
            price = cost(candidate._replace(source=mended.source), source) + surprise(shape, put_in)
            if mended.source == candidate.source:
                fitting.add(candidate.change)
            else:
                price += AGAIN
            ranked.append((price, len(ranked), Repair(mended.source, shape, mended.reason)))
        unique = {repair.source: repair for _, _, repair in sorted(ranked, reverse=True)}
        return list(reversed(unique.values()))[:_MOST] or self._of_two_mistakes(inference)

    def _of_two_mistakes(self, inference: Inference) -> list[Repair]:
        """Mend the first of two mistakes alone, the other one keeps its own problem; then both of them together."""
        ranked: list[tuple[float, int, Repair, Inference]] = []
        fitting: set[str] = set()
        for candidate, found in self._unfit:
            mended = None if _is_beside(candidate, fitting) else _mended_part(candidate, inference, found)
            if mended is not None and not is_guess(inference, is_around=_is_around(found, mended)):
                fitting.add(candidate.change)
                reason = tr("{reason}; another mistake remains", reason=candidate.reason)
                price = cost(candidate, inference.source) + _DEPENDENT * _depends(found, mended)
                repair = Repair(candidate.source, result_shape(mended.signature), reason, leaves_mistake=True)
                ranked.append((price, len(ranked), repair, found))
        ranked = sorted(ranked, key=lambda entry: entry[:2])[:_MOST_OF_TWO]
        both = [self._both(first, found) for *_, first, found in ranked]
        return [*(first for *_, first, _ in ranked), *(repair for repair in both if repair is not None)]

    def _both(self, first: Repair, found: Inference) -> Repair | None:
        """Mend the other mistake too, in the likeliest way that fits."""
        self._left = _WORK_FOR_OTHER
        for candidate in self._candidates(found, found.problems[0]):
            mended = self._mended(candidate, found, 0)
            if mended is not None and mended.inference.signature is not None:
                reason = first.reason.partition(";")[0]
                reason = tr("{first}; {second}", first=reason, second=candidate.reason)
                return Repair(candidate.source, result_shape(mended.inference.signature), reason)
        return None

    def _candidates(self, inference: Inference, problem: Problem) -> list[Candidate]:
        from playground.language.repairs.rules import RULES  # as long as nothing is wrong, no window waits for them

        rules = RULES.get(problem.kind, ())
        found = [candidate for rule in rules for candidate in rule(inference, problem, self._operands)]
        return sorted(found, key=lambda candidate: cost(candidate, inference.source))

    def _mended(self, candidate: Candidate, before: Inference, rounds: int) -> Mended | None:
        """Infer a candidate; where the same mistake comes again further on, mend it in the same way."""
        work = max(len(candidate.source), _LEAST_WORK)
        if candidate.source in self._tried or work > self._left:
            return None
        self._tried.add(candidate.source)
        self._left -= work
        found = self._infer(candidate.source)
        if found.signature is not None:
            return Mended(found, (candidate.reason,))
        if rounds == _ROUNDS:
            self._unfit.append((candidate, found))
        word = candidate.change in ("word", "sign")
        further_on = before.failed is None or found.failed is None or _rest(found) != _rest(before)
        if not rounds or found.tree is None or not (word or further_on):
            return None
        if not word and found.problems[0].kind.startswith("unknown-"):
            return None  # no change of shapes spells a word
        for further in self._candidates(found, found.problems[0]):
            if further.change == candidate.change or (word and further.change not in _OTHER_MEANING):
                mended = self._mended(further, found, rounds - 1)
                if mended is not None:
                    return Mended(mended.inference, (candidate.reason, *mended.reasons))
        return None


def _is_beside(candidate: Candidate, fitting: set[str]) -> bool:
    """Tell whether a candidate isn't offered beside the kinds of change that fit."""
    return MIRRORS.get(candidate.change) in fitting or (candidate.change == "reshape" and bool(fitting & KEEP_CELLS))


def _mended_part(candidate: Candidate, before: Inference, after: Inference) -> Step | None:
    """Give what the candidate made of the operation that failed; None where it fails still, or fails otherwise.

    Operands are looked at before what works on them, so a mistake that comes later stands further on or around.
    """
    if not after.steps or after.failed is None or candidate.change in _UNSURE:
        return None
    if before.failed is None:
        return next((step for step in reversed(after.steps) if not isinstance(step.node, (Name, Literal))), None)
    old, new = before.failed.span, after.failed.span
    behind, left = len(before.source) - old.end, len(after.source) - new.end
    if left > behind or (left == behind and new.start >= old.start):
        return None
    end = len(after.source) - behind
    return next((step for step in reversed(after.steps) if step.span.end == end), None)


def _depends(after: Inference, mended: Step) -> bool:
    """Tell whether it is the mended part that doesn't fit now: then it may have been mended wrongly."""
    kinds = ("inner-sizes", "broadcast", "parts", "not-square", "ndim")
    return _is_around(after, mended) and after.problems[0].kind in kinds


def _is_around(after: Inference, mended: Step) -> bool:
    """Tell whether what fails now works on the mended part."""
    failed = after.failed
    return failed is not None and failed.span.start <= mended.span.start and mended.span.end <= failed.span.end


def _rest(inference: Inference) -> str:
    """Give the text behind the operation that failed: it gets shorter from one mistake to the next."""
    return "" if inference.failed is None else inference.source[inference.failed.span.end :]


def _inputs(inference: Inference) -> Iterator[Signature]:
    return (step.signature for step in inference.steps if isinstance(step.signature, Signature))
