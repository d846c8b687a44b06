"""Turns what hands do to a grid into edits of the session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.session.number_formats import with_format
from playground.translation import tr
from playground.workspace.edits import ChangeDtype, DeleteLines, InsertLines, Resize, SetBlock
from playground.workspace.workspace import ArrayEntry

if TYPE_CHECKING:
    import numpy as np

    from playground.session.session import Session
    from playground.views.grid.grid import Grid
    from playground.views.grid.source import GridEdit


def connect_format(grid: Grid, name: str, session: Session) -> None:
    """Let a format that is chosen at ``grid`` be that of ``name``."""
    grid.formatRequested.connect(
        lambda number: session.update(formats=with_format(session.snapshot.formats, name, number))
    )


def connect_operand(grid: Grid, name: str, session: Session) -> None:
    """Let ``grid`` edit the entry ``name``. The window refuses nothing here: edits that can't be done say so."""
    grid.blockEdited.connect(partial(_write, session, name))
    grid.scrubMoved.connect(partial(_scrub, session, name))
    grid.scrubFinished.connect(lambda _edit: session.finish_move(tr("Change a number of {name}", name=name)))
    grid.scrubCancelled.connect(session.cancel_move)
    grid.resizeRequested.connect(partial(_resize, session, name))
    grid.linesInsertRequested.connect(lambda axis, at, count: session.edit(InsertLines(name, axis, at, count)))
    grid.linesDeleteRequested.connect(lambda axis, at, count: session.edit(DeleteLines(name, axis, at, count)))
    grid.dtypeRequested.connect(partial(_widen, session, name))
    grid.growRequested.connect(partial(_grow, session, name))
    grid.refused.connect(lambda text: session.notify("grid", text))


def _write(session: Session, name: str, edit: GridEdit) -> None:
    session.edit(SetBlock(name, edit.row, edit.column, edit.values))


def _scrub(session: Session, name: str, edit: GridEdit) -> None:
    session.move(SetBlock(name, edit.row, edit.column, edit.values))


def _resize(session: Session, name: str, rows: int, columns: int) -> None:
    entry = session.snapshot.workspace.get(name)
    if isinstance(entry, ArrayEntry):
        shape = (rows, columns) if entry.array.ndim == 2 else (columns,)
        session.edit(Resize(name, shape))


def _grow(session: Session, name: str, rows: int, columns: int, edit: GridEdit) -> None:
    from playground.workspace.paste_edit import PasteBlock  # nothing is pasted before the first picture

    entry = session.snapshot.workspace.get(name)
    if isinstance(entry, ArrayEntry):
        shape = (rows, columns) if entry.array.ndim == 2 else (columns,)
        session.edit(PasteBlock(name, edit.row, edit.column, edit.values, edit.values.dtype, shape))


def _widen(session: Session, name: str, dtype: np.dtype, edit: GridEdit) -> None:
    """Change the dtype and write what needed it, as one step of undo."""
    session.move(ChangeDtype(name, dtype))
    session.move(SetBlock(name, edit.row, edit.column, edit.values))
    session.finish_move(tr("Make {name} {dtype}", name=name, dtype=dtype))
