"""The last evaluations of what was shown: what, where, how long; and how one comes back."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from playground.record import Record, replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.views.main_window import MainWindow

MOST: Final = 40
"""So many are kept."""


class Evaluated(Record):
    """One evaluation: the result's key, the entry and its text, the device as a person calls it, and the seconds.

    ``on_cpu`` is False where a GPU computed.
    """

    key: str
    name: str
    source: str
    device: str
    seconds: float
    on_cpu: bool = True


class History:
    """Evaluations, oldest first. What is dragged is one evaluation, which becomes the newest of its frames."""

    def __init__(self) -> None:
        self._evaluated: deque[Evaluated] = deque(maxlen=MOST)
        self._moving = False

    def __len__(self) -> int:
        return len(self._evaluated)

    def __iter__(self) -> Iterator[Evaluated]:
        return iter(self._evaluated)

    def __getitem__(self, place: int) -> Evaluated:
        return self._evaluated[place]

    def add(self, evaluated: Evaluated, *, moving: bool = False) -> bool:
        """Take an evaluation, or what a later measurement tells of a known one; False where nothing is new."""
        for place, known in enumerate(self._evaluated):
            if known.key == evaluated.key:
                self._evaluated[place] = replace(known, seconds=evaluated.seconds)
                return known.seconds != evaluated.seconds
        if self._moving and self._evaluated and self._is_frame_of(self._evaluated[-1], evaluated):
            self._evaluated[-1] = evaluated
        else:
            self._evaluated.append(evaluated)
        self._moving = moving
        return True

    @staticmethod
    def _is_frame_of(last: Evaluated, evaluated: Evaluated) -> bool:
        return (last.name, last.source, last.device) == (evaluated.name, evaluated.source, evaluated.device)


def bring_back(window: MainWindow, evaluated: Evaluated) -> None:
    """Show what was evaluated: its entry, and its text in the formula bar where the entry has another one now.

    An entry that is gone is offered as a new one of that text.
    """
    from playground.session.drafts import type_text  # nothing is typed before the first picture

    session = window.session
    workspace = session.snapshot.workspace
    text, words = (
        evaluated.source,
        tr("{name} has another formula now; Enter brings this one back.", name=evaluated.name),
    )
    if evaluated.name in workspace.names:
        session.select(evaluated.name)
        if workspace.formulas.get(evaluated.name) == evaluated.source:
            return
    else:
        text = f"{evaluated.name} = {evaluated.source}"
        words = tr("{name} is gone; Enter makes it again.", name=evaluated.name)
    window.formula_bar.show_draft(text)
    type_text(session, text)
    session.notify("history", words)
    window.formula_bar.edit.setFocus()
