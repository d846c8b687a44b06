"""The steps of undo: the document, what was chosen in it, and a sentence where a step is too large to be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import Record, replace
from playground.session.looks import travelled
from playground.session.snapshot import Notice
from playground.translation import tr
from playground.workspace.history import History
from playground.workspace.memory import bytes_text

if TYPE_CHECKING:
    from playground.session.focus import View
    from playground.session.snapshot import Snapshot
    from playground.workspace.workspace import Workspace


class _Views(Record):
    """What a step brings back beside the document: what was chosen before the edit, and after it."""

    before: View
    after: View


class Travel(Record):
    """Where undo or redo leads: to ``workspace``, from the view that was ``left`` to the one that is ``reached``."""

    workspace: Workspace
    left: View
    reached: View

    def arrived(self, snapshot: Snapshot) -> Snapshot:
        """``snapshot`` with what was chosen there."""
        left, view = self.left, self.reached
        # What was linked and let go since stays so.
        links = (view.links | (snapshot.links - left.links)) - (left.links - snapshot.links)
        seen = {"slices": view.slices, "links": links, "unread": view.unread, **travelled(snapshot, left, view)}
        there = replace(snapshot, draft=None, **seen)
        if view.shown in self.workspace.names and view.shown != there.shown:
            there = replace(there, shown=view.shown, cell=None, why=None, unfolded=None, intermediate=None)
        return replace(there, selected=view.selected)


class Steps:
    """What can be undone and made again."""

    def __init__(self) -> None:
        self._history = History()

    @property
    def labels(self) -> dict[str, str]:
        """The fields of a snapshot that say what undo and redo would do."""
        return {"undo_label": self._history.undo_label, "redo_label": self._history.redo_label}

    def record(
        self, before: Workspace, views: tuple[View, View], label: str, after: Snapshot, *, keep: bool = False
    ) -> Snapshot:
        """Make one step of what led from ``before`` to ``after``; gives ``after``, with a notice if it isn't kept.

        ``views`` are those before and after, ``keep`` keeps the step whatever it costs.
        """
        history = self._history
        if history.push(before, after.workspace, label, view=_Views(*views), whatever_it_costs=keep):
            return after
        limit = bytes_text(history.budget)
        text = tr("This and what was done before can't be undone: it replaced more than {limit}.", limit=limit)
        return replace(after, notice=Notice("undo", f"{label}. {text}"))

    def undo(self) -> Travel | None:
        """Take back the last step, None where there is none."""
        if (step := self._history.undo()) is None:
            return None
        workspace, views = step
        assert isinstance(views, _Views)
        return Travel(workspace, views.after, views.before)

    def redo(self) -> Travel | None:
        """Do the last undone step again, None where there is none."""
        if (step := self._history.redo()) is None:
            return None
        workspace, views = step
        assert isinstance(views, _Views)
        return Travel(workspace, views.before, views.after)
