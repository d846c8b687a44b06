"""The overview map beside a large grid: a small picture of all cells, with a frame around what is in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMargins, QPoint, QPointF, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from playground.translation import tr
from playground.views import theme
from playground.views.grid.far import WHOLE
from playground.views.grid.far_paint import far_table, outliers, paint_outliers
from playground.views.grid.heat import heat_image

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from playground.views.grid.far_grid import FarGrid
    from playground.workspace.pyramid import Pyramid

HIDDEN = "overviewHidden"
"""Property of a window that wants no maps."""

_LONGEST, _WIDEST, _NARROWEST = 200, 84, 28
_GAP = 8
_LEAST_ROOM = (380, 150)  # pixels that a grid has at least, so that a map may take some of them
_MUCH_LARGER = 16  # of how many screens a matrix has a map
_LEAST_FRAME = 6
_SURVEYED_AFTER_MS = 250  # the numbers come first
_RENEWED_AFTER_MS = 60  # an edit, and a row that is scrolled, cost nothing for the map
_RGB32 = QImage.Format.Format_RGB32
_OPAQUE = Qt.WidgetAttribute.WA_OpaquePaintEvent
_NO_BRUSH = Qt.BrushStyle.NoBrush
_K = Qt.Key
_LEFT = Qt.MouseButton.LeftButton


class OverviewMap(QWidget):
    """Shows where the grid is in its matrix. A click or a drag jumps; so do arrows, page keys, Home and End."""

    def __init__(self, grid: FarGrid) -> None:
        super().__init__(grid)
        self.setObjectName("overviewMap")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(_OPAQUE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Click or drag: what of the matrix is in sight. The View menu hides this map."))
        self._grid = grid
        self._grip = QPoint()
        self._picture: QPixmap | None = None  # what is painted under the frame until there is another one
        self._late = self._timer(_SURVEYED_AFTER_MS, self._survey)
        self._soon = self._timer(_RENEWED_AFTER_MS, self._renew)
        grid.viewChanged.connect(self.follow)
        for news in (grid.coloursChanged, grid.pictures.changed):
            news.connect(self._soon.start)
        QWidget.setTabOrder(self, grid)
        self._renew()

    def _timer(self, after_ms: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(act)
        return timer

    def follow(self) -> None:
        """Frame what is in sight now; the words follow when it comes to rest."""
        self.update()
        self._soon.start()

    def _renew(self) -> None:
        """Another picture, and other words."""
        r0, r1, c0, c1 = self._grid.layout_now().visible
        self.setAccessibleName(tr("Overview of {name}", name=self._grid.name))
        self.setAccessibleDescription(
            tr("In sight are rows {r0}–{r1} of {rows} and columns {c0}–{c1} of {columns}.",
               r0=r0, r1=r1 - 1, rows=self._grid.source.rows, c0=c0, c1=c1 - 1, columns=self._grid.source.columns)
        )  # fmt: skip
        self._picture = None
        self.update()

    def frame(self) -> QRect:
        """The place of what is in sight, in the map, large enough to be seen and taken."""
        r0, r1, c0, c1 = self._grid.layout_now().visible
        rows, columns = self._grid.source.rows, self._grid.source.columns
        left, right = self.width() * c0 / columns, self.width() * c1 / columns
        top, bottom = self.height() * r0 / rows, self.height() * r1 / rows
        least = theme.px(_LEAST_FRAME)
        width, height = max(least, round(right - left)), max(least, round(bottom - top))
        x = max(0, min(round((left + right - width) / 2), self.width() - width))
        y = max(0, min(round((top + bottom - height) / 2), self.height() - height))
        return QRect(x, y, width, height)

    # ---- painting -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, or its empty place while there is none, and the frame."""
        colours = theme.current()
        if self._picture is None or self._picture.size() != self.size():
            self._picture = self._painted()
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._picture)
            painter.setBrush(_NO_BRUSH)
            painter.setPen(QPen(colours.accent if self.hasFocus() else colours.line, 2 if self.hasFocus() else 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            frame = self.frame().adjusted(1, 1, -1, -1)
            painter.setPen(QPen(colours.background, 3))
            painter.drawRect(frame)
            painter.setPen(QPen(colours.accent, 2))
            painter.drawRect(frame)

    def _painted(self) -> QPixmap:
        picture = QPixmap(self.size())
        picture.fill(theme.current().cell)
        pyramid = self._grid.pictures.pyramid
        if pyramid is not None:
            with QPainter(picture) as painter:
                self._paint_cells(painter, pyramid)
        elif not self._grid.pictures.gone and not self._late.isActive() and _is_at_hand(self._grid):
            self._late.start()  # of other results all would have to come from the engine: only if somebody zooms out
        return picture

    def _paint_cells(self, painter: QPainter, pyramid: Pyramid) -> None:
        grid, colours = self._grid, theme.current()
        box = (0, pyramid.rows, 0, pyramid.columns)
        tiles = pyramid.level_for(
            self.height() / pyramid.rows, self.width() / pyramid.columns, self.width() * self.height(), box
        )
        table = far_table(colours, colours.cell)
        values = grid.pictures.values_of(tiles, box)
        image = heat_image(values, grid.ramp_of_tiles(tiles, box), table)
        height, width = image.shape
        painter.drawImage(self.rect(), QImage(image.data, width, height, 4 * width, _RGB32))
        places = outliers(values, pyramid.typical, grid.pictures.limits)
        paint_outliers(painter, places, image, QPointF(), (self.width() / width, self.height() / height))

    def _survey(self) -> None:
        if self.isVisible():
            self._grid.pictures.survey()

    # ---- hands --------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the frame, or bring it here first."""
        if event.button() != _LEFT:
            return
        point, frame = event.position().toPoint(), self.frame()
        self._grip = point - frame.center() if frame.contains(point) else QPoint()
        self._jump(point - self._grip)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the frame."""
        if event.buttons() & _LEFT:
            self._jump(event.position().toPoint() - self._grip)

    def _jump(self, middle: QPoint) -> None:
        """Scroll so that this point of the map is in the middle of what is in sight."""
        layout = self._grid.layout_now()
        row, column = middle.y() * layout.rows // self.height(), middle.x() * layout.columns // self.width()
        self._grid.scroll_to(row - layout.page_rows // 2, column - layout.page_columns // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go a screen on, page keys a tenth of all rows, Home and End to the corners, Enter to the cells."""
        layout = self._grid.layout_now()
        row, column = layout.first_row, layout.first_column
        down, right = layout.page_rows, layout.page_columns
        tenth = max(down, layout.rows // 10)
        acts: dict[int, Callable[[], object]] = {
            _K.Key_Up: lambda: self._grid.scroll_to(row - down, column),
            _K.Key_Down: lambda: self._grid.scroll_to(row + down, column),
            _K.Key_Left: lambda: self._grid.scroll_to(row, column - right),
            _K.Key_Right: lambda: self._grid.scroll_to(row, column + right),
            _K.Key_PageUp: lambda: self._grid.scroll_to(row - tenth, column),
            _K.Key_PageDown: lambda: self._grid.scroll_to(row + tenth, column),
            _K.Key_Home: lambda: self._grid.scroll_to(0, 0),
            _K.Key_End: lambda: self._grid.scroll_to(layout.rows, layout.columns),
            _K.Key_Return: self._grid.setFocus,
            _K.Key_Enter: self._grid.setFocus,
        }
        act = acts.get(event.key())
        if act is None:
            event.ignore()
        else:
            act()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show it."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it went."""
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Colours may have changed."""
        super().changeEvent(event)
        self._picture = None
        self.update()


def _is_at_hand(grid: FarGrid) -> bool:
    """Whether looking at all cells costs the engine nothing: of some results it has them all."""
    return bool(getattr(getattr(grid.source, "whole", grid.source), "is_whole", True))


def map_size(grid: FarGrid) -> QSize | None:
    """The size of the map that ``grid`` should have beside its cells; None for none.

    A matrix of a few screens needs none, and none is needed where all is in sight; in a small grid numbers come first.
    """
    if grid.zoom == WHOLE:
        return None
    base, rows, columns = grid.layout_at_1(), grid.source.rows, grid.source.columns
    window = grid.window()
    if base.empty or base.page_rows * base.page_columns * _MUCH_LARGER > rows * columns or window.property(HIDDEN):
        return None
    width, height = grid.width(), grid.height()
    if width < theme.px(_LEAST_ROOM[0]) or height < theme.px(_LEAST_ROOM[1]) or base.page_columns >= columns:
        return None
    longest = min(theme.px(_LONGEST), height - base.top - base.end)
    across, along = theme.px(_WIDEST), theme.px(_WIDEST) * rows / columns
    if along > longest:
        across, along = max(theme.px(_NARROWEST), round(longest * columns / rows)), longest
    return QSize(across, max(theme.px(_NARROWEST), round(along)))


def place(grid: FarGrid, overview: OverviewMap, size: QSize) -> None:
    """Show the map of ``grid`` in a margin of its own beside the cells."""
    gap, bar = theme.px(_GAP), grid.verticalScrollBar().sizeHint().width()
    _reserve(grid, size.width() + 2 * gap)
    overview.setGeometry(grid.width() - bar - size.width() - gap, grid.layout_at_1().top, size.width(), size.height())
    if overview.isHidden():
        overview.show()
        overview.follow()


def take_away(grid: FarGrid, overview: OverviewMap) -> None:
    """Give the map's room to the cells, and its focus to the grid."""
    if not overview.isHidden():
        if overview.hasFocus():
            grid.setFocus()
        overview.hide()
        _reserve(grid, 0)


def _reserve(grid: FarGrid, width: int) -> None:
    margins = QMargins(0, 0, width, 0)
    if grid.viewportMargins() != margins:
        grid.setViewportMargins(margins)


def toggle(window: QWidget) -> bool:
    """Show the maps of a window's grids, or hide them; whether they are shown now."""
    from playground.views.grid.far_grid import FarGrid

    hidden = not window.property(HIDDEN)
    window.setProperty(HIDDEN, hidden)
    for grid in window.findChildren(FarGrid):
        grid.arrange_overview()
    return not hidden
