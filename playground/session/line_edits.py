"""Edits of rows and columns: done at once where that is quick, else in a thread; and their line of NumPy."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, QTimer

from playground.record import Record
from playground.translation import tr
from playground.workspace.editing import EditError
from playground.workspace.edits import InsertLines, Resize
from playground.workspace.line_edits import MoveLines
from playground.workspace.together import Together
from playground.workspace.workspace import ArrayEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playground.session.linked_axes import OfLines
    from playground.session.session import Session
    from playground.workspace.editing import Edit
    from playground.workspace.workspace import Workspace

NOTICE = "lines"
"""Key of the line that tells what was done."""
REFUSAL = "edit"
"""Key of the line that tells why something wasn't done."""
AT_ONCE_BYTES = 4 * 1024**2
"""Arrays up to this size are copied in less than a frame or two."""
_SAID_AFTER_MS = 300


class LineEdits(QObject):
    """Makes one session's edits of rows and columns. One at a time is made in the thread; others wait for it by hand.

    It is the session's child: ``of`` finds it, or makes it.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._thread: _Thread | None = None
        self._wanted: _Wanted | None = None
        self._code: tuple[Workspace, str] | None = None
        self.at_once_bytes = AT_ONCE_BYTES
        session.stopped.connect(self.stop)

    @classmethod
    def of(cls, session: Session) -> LineEdits:
        """The one of ``session``."""
        return session.findChild(cls) or cls(session)

    @property
    def code(self) -> str:
        """The last change as NumPy; empty where the document has changed since, or has no such line."""
        return self._code[1] if self._code is not None and self._code[0] is self._session.snapshot.workspace else ""

    @property
    def is_busy(self) -> bool:
        """Whether an edit is on its way."""
        return self._thread is not None

    def make(self, edits: Sequence[OfLines], code: str, sentence: str, then: Callable[[], object]) -> None:
        """Make ``edits``, one or more, as one step of undo; ``then`` is called when they are done.

        ``sentence`` tells what was done, ``code`` is that in NumPy. A person who changes one of the arrays meanwhile
        has the say: the edits are given up, with a notice.
        """
        if self._thread is not None:
            self._session.notify(REFUSAL, tr("The change before is still on its way: try again in a moment."))
            return
        edit: Edit = edits[0] if len(edits) == 1 else Together(tuple(edits), edits[0].label)
        wanted = _Wanted(edit, tuple(each.name for each in edits), code, sentence, then)
        before = self._session.snapshot.workspace
        if sum(_work(before, each) for each in edits) <= self.at_once_bytes:
            self._take(wanted, edit)
            return
        self._wanted = wanted
        self._thread = thread = _Thread(edit, before)
        thread.finished.connect(self._on_made)
        thread.start()
        QTimer.singleShot(_SAID_AFTER_MS, thread, self._say_busy)

    def stop(self) -> None:
        """Wait for what is on its way; nothing comes of it any more."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.wait()

    def _say_busy(self) -> None:
        if self._thread is not None:
            self._session.notify(NOTICE, tr("{change}…", change=self._thread.edit.label))

    def _on_made(self) -> None:
        thread, self._thread = self._thread, None
        wanted, self._wanted = self._wanted, None
        if thread is None:
            return
        thread.wait()  # `finished` comes from the thread's last moments
        thread.deleteLater()
        if isinstance(thread.outcome, str):
            self._session.notify(REFUSAL, thread.outcome)
        elif thread.outcome is not None and wanted is not None:
            self._take(wanted, _Made(wanted.edit.label, wanted.names, thread.before, thread.outcome))

    def _take(self, wanted: _Wanted, edit: Edit) -> None:
        if not self._session.edit(edit):
            return
        snapshot = self._session.snapshot
        self._code = snapshot.workspace, wanted.code
        wanted.then()
        notice = self._session.snapshot.notice
        # That it can't be undone is more important than what was done, which is seen.
        if notice is None or notice.key != "undo":
            self._session.notify(NOTICE, wanted.sentence)


class _Wanted(Record, eq=False):
    """An edit, the arrays that it changes, and what belongs to it."""

    edit: Edit
    names: tuple[str, ...]
    code: str
    sentence: str
    then: Callable[[], object]


class _Made(Record, eq=False):
    """Puts in place what an edit made of ``before``; EditError where one of its arrays is another by now."""

    label: str
    names: tuple[str, ...]
    before: Workspace
    after: Workspace

    def apply(self, workspace: Workspace) -> Workspace:
        for name in self.names:
            entry = workspace.get(name)
            made = self.after.get(name)
            if made is None or entry is not self.before.get(name):
                raise EditError(tr("{name} was changed meanwhile, so this wasn't done: {change}.", name=name,
                                   change=self.label))  # fmt: skip
            workspace = workspace.replaced(name, made)
        return workspace


class _Thread(QThread):
    """Applies an edit. ``outcome`` is the workspace after it, or the sentence that refuses it."""

    def __init__(self, edit: Edit, before: Workspace) -> None:
        super().__init__()
        self.edit, self.before = edit, before
        self.outcome: Workspace | str | None = None

    def run(self) -> None:
        try:
            self.outcome = self.edit.apply(self.before)
        except EditError as error:
            self.outcome = str(error)
        except MemoryError:
            self.outcome = tr("There is too little memory for that: {change}.", change=self.edit.label)


def _work(workspace: Workspace, edit: OfLines) -> float:
    """Bytes that an edit has to write; endless where they are to be read from a file."""
    entry = workspace.get(edit.name)
    if not isinstance(entry, ArrayEntry):
        return 0
    array = entry.array
    if array.stored is not None:
        return math.inf
    if isinstance(edit, MoveLines):
        return edit.touched_bytes(array)
    cells = math.prod(edit.shape) if isinstance(edit, Resize) else 0
    if isinstance(edit, InsertLines) and edit.axis < array.ndim:
        cells = array.size // max(1, array.shape[edit.axis]) * (array.shape[edit.axis] + edit.count)
    return max(array.size, cells) * array.dtype.itemsize
