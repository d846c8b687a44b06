"""What every way of using the canvas is: a page that shows a snapshot and wishes for edits; and the table of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.session.snapshot import Snapshot


class CanvasMode(QWidget):
    """A page of the canvas's panel.

    Signals
    -------
    cellsMoved
        Edits of one frame of a drag, a tuple.
    moveFinished
        What the drag did, for undo: everything since it began is one step.
    moveCancelled
        The drag was given up: everything is as it was.
    editRequested
        One edit that is an undo step of its own, and the name of the entry to choose then, None for the one chosen.
    captionChanged
        The page says something else about itself now.
    """

    cellsMoved = Signal(object)
    moveFinished = Signal(object)
    moveCancelled = Signal()
    editRequested = Signal(object, object)
    captionChanged = Signal()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the document as it is now; called only while the page is seen."""

    def caption(self) -> str:
        """Say in a few words what of the document is seen."""
        return ""

    def target(self) -> QWidget:
        """Return what the keys go to when the panel is gone to."""
        return self


class ModeRow(Record):
    """One way of using the canvas: its key, its name, one line about it, and what builds its page when first wanted."""

    key: str
    title: str
    tip: str
    build: Callable[[QWidget], CanvasMode]


def mode_rows() -> tuple[ModeRow, ...]:
    """All ways beside that of vectors, in the order of the menu."""
    tip = tr("What a 2×2 matrix does to the plane: area, what it keeps, what it flattens")
    norms = tr("How long a vector is by each norm, and what clipping does to it")
    points = tr("Rows of a matrix with two columns as points: mean, spread, axes, the line through them")
    return (
        ModeRow("map", tr("Map"), tip, _map_page),
        ModeRow("norms", tr("Norms"), norms, _norms_page),
        ModeRow("points", tr("Points"), points, _points_page),
    )


def _map_page(parent: QWidget) -> CanvasMode:
    from playground.views.canvas.map.page import MapPage

    return MapPage(parent)


def _norms_page(parent: QWidget) -> CanvasMode:
    from playground.views.canvas.norms.page import NormsPage

    return NormsPage(parent)


def _points_page(parent: QWidget) -> CanvasMode:
    from playground.views.canvas.points.page import PointsPage

    return PointsPage(parent)


VECTORS = "vectors"


def vectors_title() -> str:
    """Name of the way that is there from the beginning."""
    return tr("Vectors")
