"""How a rule deep inside the language says no: raised and caught within this folder, never beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.language.problems import Span


class Mistake(Exception):  # noqa: N818 - it is the user's mistake, not an error of the program
    """A user's mistake on its way to becoming a ``Problem``.

    Attributes
    ----------
    kind, message, hint
        As in ``Problem``.
    span
        The place to blame; None means the whole node that was being looked at.
    clash
        The axes that disagree: pairs of an operand's number (0 is the first) and its axis.
    """

    def __init__(
        self,
        kind: str,
        message: str,
        hint: str = "",
        *,
        span: Span | None = None,
        clash: tuple[tuple[int, int], ...] = (),
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.hint = hint
        self.span = span
        self.clash = clash
