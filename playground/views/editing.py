"""Turns what hands do to a grid into edits of the session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.session.looks import with_colouring, with_format
from playground.translation import tr
from playground.views.slice_wishes import written

if TYPE_CHECKING:
    from playground.session.session import Session
    from playground.views.grid.grid import Grid
    from playground.views.grid.line_menu import LinkChoice
    from playground.workspace.colourings import Colouring


def connect_looks(grid: Grid, name: str, session: Session) -> None:
    """Let the format and the colours that are chosen at ``grid`` be those of ``name``."""
    grid.formatRequested.connect(
        lambda number: session.update(formats=with_format(session.snapshot.formats, name, number))
    )
    grid.colouringRequested.connect(partial(_colour, session, grid, name))


def _colour(session: Session, grid: Grid, name: str, colouring: Colouring) -> None:
    from playground.views.colouring_choice import announce_colouring  # nothing is chosen before the first picture

    session.update(colourings=with_colouring(session.snapshot.colourings, name, colouring))
    announce_colouring(grid, name, colouring)


def connect_operand(grid: Grid, name: str, session: Session) -> None:
    """Let ``grid`` edit the entry ``name``. The window refuses nothing here: edits that can't be done say so."""
    grid.blockEdited.connect(lambda edit: session.edit(written(grid, name, edit)))
    grid.scrubMoved.connect(lambda edit: session.move(written(grid, name, edit)))
    grid.scrubFinished.connect(lambda _edit: session.finish_move(tr("Change a number of {name}", name=name)))
    grid.scrubCancelled.connect(session.cancel_move)
    for wish, asked in (
        ("resize", grid.resizeRequested),
        ("insert", grid.linesInsertRequested),
        ("delete", grid.linesDeleteRequested),
        ("delete_runs", grid.rangesDeleteRequested),
        ("move", grid.linesMoveRequested),
    ):
        asked.connect(partial(_of_lines, wish, session, grid, name))
    grid.lines.link_choices = partial(_links, session, name, grid)
    grid.dtypeRequested.connect(partial(_beyond, "widen", session, grid, name))
    grid.growRequested.connect(partial(_beyond, "grow", session, grid, name))
    grid.refused.connect(lambda text: session.notify("grid", text))


def _links(session: Session, name: str, grid: Grid) -> list[LinkChoice]:
    from playground.views.linking import choices

    return choices(session, name, grid)


def _of_lines(wish: str, session: Session, grid: Grid, name: str, *where: object) -> None:
    from playground.views import line_wishes  # no rows or columns change before the first picture

    getattr(line_wishes, wish)(session, grid, name, *where)


def _beyond(wish: str, session: Session, grid: Grid, name: str, *what: object) -> None:
    from playground.views import cell_wishes  # nothing is typed or pasted before the first picture

    getattr(cell_wishes, wish)(session, grid, name, *what)
