"""Does to an array what hands wish of its rows and columns, tells it in a line, and lets the selection follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shiboken6 import Shiboken

from playground.language.signature import shape_text
from playground.session.line_edits import LineEdits
from playground.session.linked_axes import OfLines, with_linked
from playground.translation import tr
from playground.views.grid.lines import COLUMNS, ROWS
from playground.views.slice_wishes import lines, resized
from playground.workspace.edits import DeleteLines, InsertLines, Resize
from playground.workspace.line_code import code_of
from playground.workspace.line_edits import MoveLines
from playground.workspace.shape_edits import SetShape
from playground.workspace.workspace import ArrayEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playground.session.session import Session
    from playground.session.size_repairs import SizeRepair
    from playground.views.grid.grid import Grid


def insert(session: Session, grid: Grid, name: str, axis: int, at: int, count: int) -> None:
    """Insert lines of zeros, and select them."""
    edit = InsertLines(name, *lines(grid, axis, at, count, inserted=True))
    shown = _shown_axis(grid, axis)
    done = tr("{lines} of zeros inserted into {name}", lines=_counted(grid, shown, count), name=name)

    def follow() -> None:
        first, stop = grid.lines.selected(shown)
        grid.lines.follow(shown, at - first if stop - first == count else 0)

    _make(session, grid, [edit], done, follow)


def delete(session: Session, grid: Grid, name: str, axis: int, at: int, count: int) -> None:
    """Delete lines."""
    edit = DeleteLines(name, *lines(grid, axis, at, count, inserted=False))
    counted = _counted(grid, _shown_axis(grid, axis), count)
    _make(session, grid, [edit], tr("{lines} of {name} deleted", lines=counted, name=name))


def delete_runs(session: Session, grid: Grid, name: str, axis: int, runs: Sequence[tuple[int, int]]) -> None:
    """Delete runs of lines that lie apart, as one step of undo."""
    edits = [DeleteLines(name, *lines(grid, axis, at, count, inserted=False)) for at, count in runs]
    edits.sort(key=lambda edit: edit.at, reverse=True)  # the last first: so those before it stay where they are
    counted = _counted(grid, _shown_axis(grid, axis), sum(edit.count for edit in edits))
    active = grid.selection
    _make(session, grid, edits, tr("{lines} of {name} deleted", lines=counted, name=name), lambda: grid.select(active))


def move(session: Session, grid: Grid, name: str, axis: int, at: int, count: int, to: int) -> None:
    """Move lines, and let the selection go along."""
    own, first, _ = lines(grid, axis, at, count, inserted=False)
    _, place, _ = lines(grid, axis, to, count, inserted=False)
    edit = MoveLines(name, own, first, count, place)
    shown = _shown_axis(grid, axis)
    done = tr("{lines} of {name} moved", lines=_counted(grid, shown, count), name=name)
    _make(session, grid, [edit], done, lambda: grid.lines.follow(shown, to - at))


def resize(session: Session, grid: Grid, name: str, rows: int, columns: int) -> None:
    """Give the array as many rows and columns of the picture."""
    entry = session.snapshot.workspace.get(name)
    if isinstance(entry, ArrayEntry):
        shape = resized(grid, entry.array.ndim, rows, columns)
        _make(session, grid, [Resize(name, shape)], tr("{name} is {shape} now", name=name, shape=shape_text(shape)))


def mend_sizes(session: Session, repair: SizeRepair) -> None:
    """Resize what a repair resizes, as one step of undo."""
    workspace = session.snapshot.workspace
    edits: list[OfLines] = []
    codes: list[str] = []
    for new in repair.resized:
        entry = workspace.get(new.name)
        if isinstance(entry, ArrayEntry):
            edit = Resize(new.name, tuple(size or 0 for size in new.signature.shape))
            codes.append(code_of(edit, entry.array.shape))
            edits.append(edit)
        else:
            edits.append(SetShape(new.name, new.signature))
    code = "; ".join(codes)
    LineEdits.of(session).make(edits, code, f"{repair.reason}: {code}" if code else f"{repair.reason}.", lambda: None)


def _make(
    session: Session, grid: Grid, edits: Sequence[OfLines], done: str, then: Callable[[], object] = lambda: None
) -> None:
    """Make edits of one entry, and of what is linked with it; ``then`` lets the selection follow."""
    snapshot = session.snapshot
    steps = [step for edit in edits for step in with_linked(snapshot, edit)]
    codes, names = [], []
    for step in steps:
        entry = snapshot.workspace.get(step.name)
        names.append(step.name)
        codes.append(code_of(step, entry.array.shape) if isinstance(entry, ArrayEntry) else "")
    code = "; ".join(filter(None, codes))
    along = ", ".join(dict.fromkeys(name for name in names if name != edits[0].name))
    if along:
        done = tr("{done}, {names} went along", done=done, names=along)
    sentence = f"{done}: {code}" if code else f"{done}."

    def finish() -> None:
        if Shiboken.isValid(grid):  # another formula may be shown by now
            then()

    LineEdits.of(session).make(steps, code, sentence, finish)


def _shown_axis(grid: Grid, axis: int) -> int:
    """Rows or columns of the picture, of an axis in the grid's own count."""
    return COLUMNS if axis == grid.source.ndim - 1 else ROWS


def _counted(grid: Grid, axis: int, count: int) -> str:
    if grid.source.ndim == 1:
        return tr("1 cell") if count == 1 else tr("{count} cells", count=count)
    if axis == ROWS:
        return tr("1 row") if count == 1 else tr("{count} rows", count=count)
    return tr("1 column") if count == 1 else tr("{count} columns", count=count)
