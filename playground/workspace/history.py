"""Undo and redo over snapshots of the workspace, within a budget of bytes.

Snapshots share everything that an edit left alone, so that a step costs only the tiles that were replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import Record
from playground.workspace.memory import undo_budget
from playground.workspace.workspace import ArrayEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.workspace.workspace import Workspace

Buffers = dict[int, int]
"""Bytes of pieces of arrays, by their identity."""


class _Step(Record, eq=False):
    before: Workspace
    after: Workspace
    label: str
    view: object
    lost: Buffers
    """What only ``before`` holds of the two."""
    gained: Buffers
    """What only ``after`` holds."""


class History:
    """Steps that can be undone and redone.

    Each step begins where the one before it ended; the document is the end of the last that is done.

    Parameters
    ----------
    budget
        Bytes of arrays that the steps may keep alive beyond those of the document, each piece counted once; None for
        what suits this machine. A new step drops the oldest ones first, and then itself. Undo and redo drop none, as
        they hold nothing that wasn't held before.
    limit
        How many steps are kept at most.
    """

    def __init__(self, budget: int | None = None, limit: int = 1000) -> None:
        self._budget = budget
        self._limit = limit
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._kept = _Kept()

    @property
    def budget(self) -> int:
        """Bytes of arrays that the steps may keep alive beyond those of the document."""
        return undo_budget() if self._budget is None else self._budget

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone step to do again."""
        return bool(self._undone)

    @property
    def undo_label(self) -> str:
        """What undo would take back, empty where there is nothing."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again, empty where there is nothing."""
        return self._undone[-1].label if self._undone else ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the steps that can be undone, oldest first."""
        return tuple(step.label for step in self._done)

    @property
    def kept_bytes(self) -> int:
        """Bytes of arrays that only undo and redo keep in memory."""
        return self._kept.bytes

    def push(
        self, before: Workspace, after: Workspace, label: str, view: object = None, *, whatever_it_costs: bool = False
    ) -> bool:
        """Record that ``before`` became ``after``; what was undone can't be redone any more.

        Parameters
        ----------
        view
            Anything that tells where the change was made (selection, slice); undo and redo give it back.
        whatever_it_costs
            Keep the step, until the next one comes, even where it alone is beyond the budget.

        Returns
        -------
        bool
            False where the change can't be undone, as keeping what it replaced would be beyond the budget.
        """
        if before == after:
            return True
        for step in self._undone:
            self._kept.forget(step)
        self._undone.clear()
        step = _Step(before, after, label, view, _beyond(before, after), _beyond(after, before))
        self._done.append(step)
        self._kept.leave(step)
        self._trim(least=1 if whatever_it_costs else 0)
        return bool(self._done)

    def undo(self) -> tuple[Workspace, object] | None:
        """Take back the last step: the workspace before it and the view of the step, None where there is none."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        self._kept.come_back(step)
        return step.before, step.view

    def redo(self) -> tuple[Workspace, object] | None:
        """Do the last undone step again: the workspace after it and the step's view, None where there is none."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        self._kept.go_again(step)
        return step.after, step.view

    def clear(self) -> None:
        """Forget all steps."""
        self._done.clear()
        self._undone.clear()
        self._kept = _Kept()

    def _trim(self, least: int) -> None:
        budget, dropped, count = self.budget, 0, len(self._done)
        while count - dropped > least and (self._kept.bytes > budget or count - dropped > self._limit):
            self._kept.forget(self._done[dropped])
            dropped += 1
        del self._done[:dropped]


class _Kept:
    """Which pieces of arrays the steps hold and the document doesn't, each counted once.

    A piece that is missing in the document was lost by a step that is done, or is gained by one that is undone: as
    steps follow upon each other, the nearest step that mentions it tells.
    """

    def __init__(self) -> None:
        self.bytes = 0
        self._mentions: Buffers = {}
        self._outside: Buffers = {}

    def leave(self, step: _Step) -> None:
        """A new ``step`` was done."""
        for piece in _pieces(step):
            self._mentions[piece] = self._mentions.get(piece, 0) + 1
        self.go_again(step)

    def go_again(self, step: _Step) -> None:
        """``step`` was done again."""
        self._exchange(step.gained, step.lost)

    def come_back(self, step: _Step) -> None:
        """``step`` was undone."""
        self._exchange(step.lost, step.gained)

    def forget(self, step: _Step) -> None:
        """``step`` is kept no longer."""
        for piece in _pieces(step):
            self._mentions[piece] -= 1
            if not self._mentions[piece]:
                del self._mentions[piece]
                self.bytes -= self._outside.pop(piece, 0)

    def _exchange(self, inside: Buffers, outside: Buffers) -> None:
        for piece in inside:
            self.bytes -= self._outside.pop(piece, 0)
        for piece, size in outside.items():
            if piece not in self._outside:
                self._outside[piece] = size
                self.bytes += size


def _pieces(step: _Step) -> Iterator[int]:
    yield from step.lost
    yield from step.gained


def _beyond(kept: Workspace, other: Workspace) -> Buffers:
    """Pieces of arrays that ``kept`` holds and ``other`` doesn't, whatever the entries are called there."""
    theirs = [entry.array for entry in other.entries if isinstance(entry, ArrayEntry)]
    same = {id(array) for array in theirs}
    found: Buffers = {}
    for entry in kept.entries:
        if isinstance(entry, ArrayEntry) and id(entry.array) not in same:
            found.update(entry.array.pieces_beyond(theirs))
    return found
