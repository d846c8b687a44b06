"""How far a running plan is, told by how often it has asked whether to stop: before each step and each piece."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from playground.compute.cpu.pieces import PIECE_CELLS
from playground.compute.planning.steps import ORDERED
from playground.language.signature import Signature

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.compute.planning.steps import Plan, PlanStep


_MOST_SILENT: Final = 0.9
"""A bar that is told of less than the rest would stand still until the end."""


def watched(plan: Plan, stop: Callable[[], bool], report: Callable[[float], object]) -> Callable[[], bool]:
    """Give ``stop``, which also tells ``report`` the part of the work that is done, between 0 and 1.

    ``stop`` itself where there is nothing to tell: nearly all of the work is done without asking, or nobody knows how
    much work a step is.
    """
    if plan.flops is None:
        return stop
    stretches = [_Stretch(step) for step in plan.steps]
    longest = max((stretch.work / stretch.asks for stretch in stretches), default=0)
    total = sum(stretch.work for stretch in stretches)
    return _Progress(stretches, stop, report) if longest < _MOST_SILENT * total else stop


class _Stretch:
    """One step: how often it asks, and its work."""

    def __init__(self, step: PlanStep) -> None:
        signature = step.signature
        cells = (signature.size or 0) if isinstance(signature, Signature) else 0
        # A chain asks before itself, and then before each piece; an ordered product before each product.
        within = len(step.inner) // 2 if step.target == ORDERED else -(-cells // PIECE_CELLS) if step.inner else 0
        self.asks = 1 + within
        self.work = max(1, step.flops or 0)


class _Progress:
    """Asked as ``stop`` is, by several threads at once in a chain."""

    def __init__(self, stretches: list[_Stretch], stop: Callable[[], bool], report: Callable[[float], object]) -> None:
        self._stop = stop
        self._report = report
        self._asked = itertools.count()  # its next() is one step of the interpreter: no thread counts in between
        self._asks = [0, *itertools.accumulate(stretch.asks for stretch in stretches)]
        total = sum(stretch.work for stretch in stretches)
        self._done = [0.0, *(work / total for work in itertools.accumulate(stretch.work for stretch in stretches))]
        self._at = 0

    def __call__(self) -> bool:
        asked = next(self._asked)
        at = self._at
        while at < len(self._asks) - 2 and asked >= self._asks[at + 1]:
            at += 1
        self._at = at
        within = min(1.0, (asked - self._asks[at]) / (self._asks[at + 1] - self._asks[at]))
        self._report(self._done[at] + within * (self._done[at + 1] - self._done[at]))
        return self._stop()
