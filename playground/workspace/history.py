"""Undo and redo over snapshots of the workspace, within a budget of bytes.

Snapshots share everything that an edit left alone, so that a step costs only the tiles that were replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import Record
from playground.workspace.workspace import ArrayEntry

if TYPE_CHECKING:
    from playground.workspace.workspace import Workspace

DEFAULT_BUDGET = 512 * 1024**2
"""Bytes of arrays that undo may keep beyond those of the current workspace."""


class _Step(Record, eq=False):
    before: Workspace
    after: Workspace
    label: str
    view: object
    gesture: object
    undo_bytes: int
    redo_bytes: int


class History:
    """Steps that can be undone and redone.

    Parameters
    ----------
    budget
        Bytes that the kept steps may hold together. The oldest are dropped first; the newest always stays.
    limit
        How many steps are kept at most.
    """

    def __init__(self, budget: int = DEFAULT_BUDGET, limit: int = 1000) -> None:
        self._budget = budget
        self._limit = limit
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._gesture_open = False

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
        return sum(step.undo_bytes for step in self._done) + sum(step.redo_bytes for step in self._undone)

    def push(
        self, before: Workspace, after: Workspace, label: str, view: object = None, *, gesture: object = None
    ) -> None:
        """Record that ``before`` became ``after``; what was undone can't be redone any more.

        Parameters
        ----------
        view
            Anything that tells where the change was made (selection, slice); undo and redo give it back.
        gesture
            Successive pushes with the same value that isn't None become one step: a drag, a scrub. A gesture that
            comes back to where it began leaves no step.
        """
        if before == after:
            return
        self._undone.clear()
        last = self._done[-1] if self._done and self._gesture_open else None
        self._gesture_open = gesture is not None
        if last is not None and gesture is not None and last.gesture == gesture:
            self._done.pop()
            before, view = last.before, last.view if view is None else view
            if before == after:
                return
        self._done.append(
            _Step(before, after, label, view, gesture, _bytes_beyond(before, after), _bytes_beyond(after, before))
        )
        self._trim()

    def end_gesture(self) -> None:
        """Close the gesture: the next push begins a step of its own, whatever its gesture is called."""
        self._gesture_open = False

    def undo(self) -> tuple[Workspace, object] | None:
        """Take back the last step: the workspace before it and the view of the step, None where there is none."""
        if not self._done:
            return None
        self._gesture_open = False
        step = self._done.pop()
        self._undone.append(step)
        return step.before, step.view

    def redo(self) -> tuple[Workspace, object] | None:
        """Do the last undone step again: the workspace after it and the step's view, None where there is none."""
        if not self._undone:
            return None
        self._gesture_open = False
        step = self._undone.pop()
        self._done.append(step)
        return step.after, step.view

    def clear(self) -> None:
        """Forget all steps."""
        self._done.clear()
        self._undone.clear()
        self._gesture_open = False

    def _trim(self) -> None:
        kept = self.kept_bytes
        dropped = 0
        while len(self._done) - dropped > 1 and (kept > self._budget or len(self._done) - dropped > self._limit):
            kept -= self._done[dropped].undo_bytes
            dropped += 1
        del self._done[:dropped]


def _bytes_beyond(kept: Workspace, current: Workspace) -> int:
    """Bytes of arrays that ``kept`` holds and ``current`` doesn't.

    An array that was renamed is found again because it is the same object.
    """
    theirs = {entry.name: entry.array for entry in current.entries if isinstance(entry, ArrayEntry)}
    same = {id(array) for array in theirs.values()}
    return sum(
        entry.array.unique_bytes(theirs.get(entry.name))
        for entry in kept.entries
        if isinstance(entry, ArrayEntry) and id(entry.array) not in same
    )
