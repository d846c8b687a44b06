"""Paints a grid from afar: cells as colours, or tiles of many cells as the colour of what stands out in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLine, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from playground.record import replace
from playground.translation import tr
from playground.views import theme
from playground.views.grid import heat
from playground.views.grid.far import Detail, FarGeometry
from playground.views.grid.far_headers import paint_far_headers
from playground.views.grid.frames import paint_brackets
from playground.views.grid.heat import colours_of, heat_image
from playground.views.grid.paint import STALE_OPACITY
from playground.views.grid.pictures import MOST_TILES

if TYPE_CHECKING:
    from playground.views.grid.far_grid import FarGrid
    from playground.views.grid.paint import Scene
    from playground.views.grid.pictures import Pictures
    from playground.views.theme import Palette
    from playground.workspace.pyramid import Cells, Tiles

_RGB32 = QImage.Format.Format_RGB32
_NO_BRUSH = Qt.BrushStyle.NoBrush
_CENTRED = int(Qt.AlignmentFlag.AlignCenter)
_LEAST_FRAME = 7  # pixels of the frame around an active cell, however small the cell is
_FEW, LEAST_POINT = 64, 3
"""So many outliers in sight are made so many pixels large: a single point would be overlooked."""
_MOST_APART = 64  # lit lines between which others aren't
_STRENGTH = 1.0  # no text stands in front of the colours


def paint_far(painter: QPainter, scene: Scene, region: QRect, grid: FarGrid) -> None:
    """Paint what of ``scene``, whose cells have no numbers, touches ``region``."""
    geometry = scene.geometry
    assert isinstance(geometry, FarGeometry)
    painter.fillRect(region, scene.palette.background)
    if scene.stale:
        painter.setOpacity(STALE_OPACITY)
    shown = geometry.visible
    painter.save()
    painter.setClipRect(region.intersected(QRect(*geometry.box(*shown)).adjusted(0, 0, 1, 1)))
    _paint_cells(painter, scene, geometry, grid)
    if geometry.detail is Detail.COLOURS:
        _paint_lines(painter, scene, geometry)
    painter.restore()
    painter.setClipRect(region)
    if scene.source.ndim == 1:
        paint_brackets(painter, scene)
    _paint_bands(painter, scene, geometry)
    _paint_frames(painter, scene, geometry)
    paint_far_headers(painter, scene, geometry)


def _paint_cells(painter: QPainter, scene: Scene, geometry: FarGeometry, grid: FarGrid) -> None:
    shown, pictures = geometry.visible, grid.pictures
    layers: tuple[Tiles, ...] = ()
    if (shown[1] - shown[0]) * (shown[3] - shown[2]) <= MOST_TILES and min(geometry.down, geometry.right) >= 1:
        block = scene.source.block(*shown)
        if block is not None:
            _paint_block(painter, scene, geometry, block)
            return
        if pictures.pyramid is not None:  # until the cells are there
            layers = (pictures.pyramid.level_for(geometry.down, geometry.right, MOST_TILES, shown),)
    else:
        layers = pictures.layers(shown, geometry.down, geometry.right)
    if layers:
        _paint_tiles(painter, scene, geometry, grid, layers)
    else:
        _paint_waiting(painter, scene, geometry, pictures)


def _paint_block(painter: QPainter, scene: Scene, geometry: FarGeometry, block: np.ndarray) -> None:
    shown = geometry.visible
    _draw(painter, geometry, shown, heat_image(block, scene.ramp_of(shown), far_table(scene.palette, _base(scene))))
    if geometry.detail is Detail.COLOURS and block.dtype.kind in "fc" and not np.isfinite(block).all():
        from playground.views.grid.heat_marks import paint_marks  # few pictures have any

        paint_marks(painter, scene, shown, block)


def _paint_tiles(
    painter: QPainter, scene: Scene, geometry: FarGeometry, grid: FarGrid, layers: tuple[Tiles, ...]
) -> None:
    """Each layer over the one before, and in the last one the outliers large enough to be seen."""
    table, pyramid = far_table(scene.palette, _base(scene)), grid.pictures.pyramid
    typical = 0.0 if pyramid is None else pyramid.typical
    for tiles in layers:
        box = _covered(tiles, geometry.visible)
        if box is None:
            continue
        values = grid.pictures.values_of(tiles, box)
        image = heat_image(values, grid.ramp_of_tiles(tiles, box), table)
        _draw(painter, geometry, box, image, (tiles.height, tiles.width))
        size = tiles.width * geometry.right, tiles.height * geometry.down
        if tiles is layers[-1] and min(size) < LEAST_POINT:
            first = QPointF(geometry.exact_x(box[2]), geometry.exact_y(box[0]))
            paint_outliers(painter, outliers(values, typical, grid.pictures.limits), image, first, size)


def _base(scene: Scene) -> QColor:
    return scene.palette.result if scene.result else scene.palette.cell


def _paint_waiting(painter: QPainter, scene: Scene, geometry: FarGeometry, pictures: Pictures) -> None:
    """A quiet place with a word of what is being done."""
    text = tr("Looking at all cells…") if pictures.is_busy else "…"
    if pictures.is_busy and (percent := round(100 * pictures.progress)):
        text = tr("Looking at all cells: {percent} %", percent=percent)
    if pictures.gone:
        text = tr("These cells can't be read any more.")
    place = QRect(*geometry.box(*geometry.visible))
    painter.fillRect(place, _base(scene))
    painter.setPen(scene.palette.soft)
    painter.setFont(theme.sans(13))
    painter.drawText(place, _CENTRED, text)


def far_table(palette: Palette, base: QColor) -> np.ndarray:
    """The colours of cells without numbers: as behind numbers, at full strength, and one for NaN."""
    table = colours_of(palette, base, _STRENGTH).copy()
    table[heat.NAN] = palette.faint.rgb()
    return table


def _covered(tiles: Tiles, shown: Cells) -> Cells | None:
    """Cells around those ``shown`` that ``tiles`` know: from the edge of a tile to that of another."""
    height, width = tiles.height, tiles.width
    down, right = tiles.low.shape
    r0, c0 = max(tiles.row, shown[0] // height * height), max(tiles.column, shown[2] // width * width)
    r1 = min(tiles.row + down * height, -(-shown[1] // height) * height)
    c1 = min(tiles.column + right * width, -(-shown[3] // width) * width)
    return (r0, r1, c0, c1) if r0 < r1 and c0 < c1 else None


def outliers(values: np.ndarray, typical: float, limits: tuple[float, float] | None) -> np.ndarray:
    """Rows and columns, ``(n, 2)``, of the few values that aren't finite and the few that are far from all others."""
    kinds = [np.isnan(values), np.isposinf(values), np.isneginf(values)]
    if limits is not None:
        most = max(abs(end / 2 - typical / 2) for end in limits)
        if most > 0:  # half as far away as the farthest of all
            kinds.append(((values > typical + most) | (values < typical - most)) & np.isfinite(values))
    few = [np.argwhere(kind) for kind in kinds if np.count_nonzero(kind) <= _FEW]
    return np.concatenate(few) if few else np.empty((0, 2), int)


def paint_outliers(
    painter: QPainter, places: np.ndarray, colours: np.ndarray, first: QPointF, size: tuple[float, float]
) -> None:
    """Make points of a picture, which begins at ``first`` and has points of that ``size``, large enough to be seen."""
    least = theme.px(LEAST_POINT)
    across, along = max(size[0], least), max(size[1], least)
    for row, column in places.tolist():
        middle = first + QPointF((column + 0.5) * size[0], (row + 0.5) * size[1])
        painter.fillRect(
            QRectF(middle.x() - across / 2, middle.y() - along / 2, across, along), QColor(int(colours[row, column]))
        )


def _draw(
    painter: QPainter, geometry: FarGeometry, box: Cells, colours: np.ndarray, tile: tuple[int, int] = (1, 1)
) -> None:
    height, width = colours.shape
    r0, r1, c0, c1 = box[0], box[0] + height * tile[0], box[2], box[2] + width * tile[1]
    place = QRectF(geometry.exact_x(c0), geometry.exact_y(r0), (c1 - c0) * geometry.right, (r1 - r0) * geometry.down)
    image = QImage(colours.data, width, height, 4 * width, _RGB32)
    painter.drawImage(place, image, QRectF(0, 0, width, height))


def _paint_lines(painter: QPainter, scene: Scene, geometry: FarGeometry) -> None:
    r0, r1, c0, c1 = geometry.visible
    x, y, width, height = geometry.box(r0, r1, c0, c1)
    painter.setPen(QPen(scene.palette.line, 0))
    lines = [QLine(x, geometry.y(row), x + width, geometry.y(row)) for row in range(r0, r1 + 1)]
    lines += [QLine(geometry.x(column), y, geometry.x(column), y + height) for column in range(c0, c1 + 1)]
    painter.drawLines(lines)


def _paint_bands(painter: QPainter, scene: Scene, geometry: FarGeometry) -> None:
    """What is lit, but for lines that lie apart, of which there are too many in sight."""
    r0, r1, c0, c1 = geometry.visible
    lit = tuple(
        band
        for band in scene.bands
        if (band.rows.step == 1 or (r1 - r0) // band.rows.step <= _MOST_APART)
        and (band.columns.step == 1 or (c1 - c0) // band.columns.step <= _MOST_APART)
    )
    if lit:
        from playground.views.grid.bands import paint_bands  # nothing is pointed at in the first picture

        paint_bands(painter, replace(scene, bands=lit))


def _paint_frames(painter: QPainter, scene: Scene, geometry: FarGeometry) -> None:
    """Frames of whole blocks, and of the active cell one that can be seen however small the cell is."""
    painter.setBrush(_NO_BRUSH)
    for light in scene.highlights:
        if (clipped := geometry.clip(light.r0, light.r1, light.c0, light.c1)) is not None:
            painter.setPen(QPen(light.colour, 2))
            painter.drawRect(_at_least(geometry.box(*clipped), 3))
    if scene.selection is None:
        return
    accent = scene.palette.accent
    tint = QColor(accent)
    tint.setAlphaF(0.16)
    for box in scene.ranges:
        clipped = geometry.clip(*box)
        if clipped is not None and (box[1] - box[0]) * (box[3] - box[2]) > 1:
            place = _at_least(geometry.box(*clipped), 2)
            painter.fillRect(place, tint)
            painter.setPen(QPen(accent, 1))
            painter.drawRect(place)
    row, column = scene.selection.row, scene.selection.column
    active = geometry.clip(row, row + 1, column, column + 1)
    if active is not None:
        place = _at_least(geometry.box(*active), theme.px(_LEAST_FRAME))
        painter.setPen(QPen(scene.palette.background, 1))
        painter.drawRect(place.adjusted(-2, -2, 2, 2))
        painter.setPen(QPen(accent, 2))
        painter.drawRect(place)


def _at_least(box: tuple[int, int, int, int], size: int) -> QRect:
    """A rectangle around the same middle, grown to ``size`` pixels."""
    x, y, width, height = box
    wider, higher = max(0, size - width), max(0, size - height)
    return QRect(x - wider // 2, y - higher // 2, width + wider, height + higher)
