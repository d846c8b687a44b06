"""Mended formulas inferred on trial: what one trial found of a part, the next needn't find again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.nodes import Binary, Call
from playground.language.problems import Problem, Span
from playground.language.signature import Signature
from playground.language.values import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playground.language.infer import Inference


class Trials:
    """The inferences that the repairs of one formula cost.

    Parameters
    ----------
    first
        The formula as it was written.
    infer
        Infers a text, given the parts that are known by their own texts.
    """

    def __init__(self, first: Inference, infer: Callable[[str, Mapping[str, Signature]], Inference]) -> None:
        self._infer = infer
        self._first: Inference | None = first
        self._known: dict[str, Signature] = {}
        self._inference = type(first)

    def infer(self, text: str) -> Inference:
        """Infer ``text``. Its steps lack those inside of what was known."""
        if self._first is not None:  # most formulas have nothing to be mended, and wait for nothing
            self._learn(self._first)
            self._first = None
        try:
            found = self._infer(text, self._known)
        except Exception:  # what nobody foresaw in a repair may not take away the problem that it was for
            import logging  # here, so that the first window needn't wait for it

            logging.getLogger(__name__).exception("A repair met an error that nobody foresaw: %r", text)
            return self._inference(text, None, None, None, problems=(Problem("bug", "", Span(0, len(text))),))
        self._learn(found)
        return found

    def _learn(self, found: Inference) -> None:
        """Keep the arrays that operators and calls give: the same text gives the same.

        Numbers and tuples have values besides, and where a shape stands for an array, what is around it tells.
        """
        if found.shapes:
            return
        for step in found.steps:
            if isinstance(step.node, (Binary, Call)) and step.constant is MISSING:
                signature = step.signature
                if isinstance(signature, Signature) and not signature.weak:
                    self._known[step.source] = signature
