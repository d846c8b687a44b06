"""What a grid knows of its cells as a picture: a pyramid of the whole and a closer look at what is in sight.

Both are made in threads that end with the grid; small edits are written into them at once.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

import numpy as np
from PySide6.QtCore import QObject, Signal

from playground.session.picturing import closeup, survey, survey_again
from playground.session.reading import Reading
from playground.views.grid.slice_source import SliceSource, slicing_of
from playground.workspace.pyramid import shown_of
from playground.workspace.slicing import box_of

if TYPE_CHECKING:
    from playground.session.reading import Readable
    from playground.views.grid.source import BlockSource
    from playground.workspace.pyramid import Cells, Pyramid, Tiles

MOST_TILES = 200_000
"""Tiles, or cells, that are coloured for one frame: some three milliseconds."""
_KEPT = 3  # levels of which what is shown is kept: the grid's, its closer look's, the map's
_AT_ONCE = 1 << 18
"""Cells that are looked at without a thread."""


class Pictures(QObject):
    """The pictures of one source after the other.

    Signals
    -------
    changed
        There is another picture, or more of the first one.
    """

    changed = Signal()

    def __init__(self, source: BlockSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._pyramid: Pyramid | None = None
        self._pictured: BlockSource | None = None  # what the pyramid shows, or the one that is being made
        self._closeup: Tiles | None = None
        self._wanted: tuple[int, int, Cells] | None = None  # the last closer look
        self._values: dict[int, tuple[Tiles, np.ndarray]] = {}
        self._gone = False
        self.progress = 0.0
        self._surveying, self._closing_in = Reading(self), Reading(self)
        self._surveying.finished.connect(self._on_surveyed)
        self._surveying.progressed.connect(self._on_progressed)
        self._closing_in.finished.connect(self._on_closer)

    @property
    def pyramid(self) -> Pyramid | None:
        """The picture of the whole; None while there is none, and nobody makes one without `survey`."""
        return self._pyramid

    @property
    def gone(self) -> bool:
        """Whether the cells can't be had."""
        return self._gone

    @property
    def is_busy(self) -> bool:
        """Whether a picture is being made."""
        return self._surveying.is_busy or self._closing_in.is_busy

    def stop(self) -> None:
        """Make no more pictures; returns when no thread runs."""
        self._surveying.stop()
        self._closing_in.stop()

    def follow(self, source: BlockSource) -> None:
        """Show other cells from now on; of an edit only what it touched is looked at again."""
        self._source, self._gone = source, False
        self._values.clear()
        self._closing_in.cancel()
        self._closeup, self._wanted = None, None
        if self._pictured is not None and not self._surveying.is_busy:
            self._catch_up()

    def survey(self) -> Pyramid | None:
        """Give the picture of the whole, or begin to make it where there is none."""
        if self._pyramid is None and self._pictured is None and not self._gone:
            self._begin()
        return self._pyramid

    def layers(self, box: Cells, down: float, right: float) -> tuple[Tiles, ...]:
        """What to paint of the cells in ``box``, each over the one before; none while nothing is known.

        ``down`` and ``right`` are the pixels of one cell.
        """
        pyramid = self.survey()
        if pyramid is None:
            return ()
        height, width = tile_for(box, down, right)
        coarse = pyramid.level_for(down, right, MOST_TILES, box)
        if coarse.height <= height and coarse.width <= width:
            return (coarse,)
        self._look_closer(box, height, width)
        known = self._closeup
        if known is None or known.height * down < 1 or known.width * right < 1:
            return (coarse,)
        return (coarse, known) if known.of(*box) is None else (known,)

    @property
    def limits(self) -> tuple[float, float] | None:
        """Smallest and largest finite value of all cells; None while nobody knows, and where none is finite."""
        if self._pyramid is None:
            return None
        top = self._pyramid.levels[-1]
        if np.isnan(top.low).all():
            return None
        return float(np.nanmin(top.low)), float(np.nanmax(top.high))

    def ends_of_rows(self, rows: range) -> tuple[np.ndarray, np.ndarray]:
        """Smallest and largest value of each of these rows, or of the tiles that it runs through; NaN for none."""
        return self._ends(rows, axis=1)

    def ends_of_columns(self, columns: range) -> tuple[np.ndarray, np.ndarray]:
        """As `ends_of_rows`, of columns."""
        return self._ends(columns, axis=0)

    def _ends(self, lines: range, axis: int) -> tuple[np.ndarray, np.ndarray]:
        if self._pyramid is None:
            return np.full(len(lines), np.nan), np.full(len(lines), np.nan)
        level = self._pyramid.levels[0]
        place = np.arange(lines.start, lines.stop, lines.step) // (level.height if axis == 1 else level.width)
        return np.fmin.reduce(level.low, axis=axis)[place], np.fmax.reduce(level.high, axis=axis)[place]

    def values_of(self, tiles: Tiles, box: Cells) -> np.ndarray:
        """What is shown of those ``tiles`` that hold the cells in ``box``, one value each; it mustn't be written to.

        NaN wins over infinities, and these over what is far from the usual.
        """
        if id(tiles) not in self._values:
            while len(self._values) >= _KEPT:
                self._values.pop(next(iter(self._values)))
            typical = 0.0 if self._pyramid is None else self._pyramid.typical
            self._values[id(tiles)] = tiles, shown_of(tiles, typical)
        place = tiles.of(*box)
        assert place is not None
        return self._values[id(tiles)][1][place[0] : place[1], place[2] : place[3]]

    def _begin(self) -> None:
        source = self._source
        self._pictured, self._pyramid, self.progress = source, None, 0.0
        self._surveying.begin(cast("Readable", source), partial(survey, source.rows, source.columns))

    def _on_progressed(self, part: float) -> None:
        self.progress = part
        self.changed.emit()

    def _on_surveyed(self, pyramid: Pyramid | None) -> None:
        self._pyramid, self._gone = pyramid, pyramid is None
        self._values.clear()
        if self._source is not self._pictured:
            self._gone = False
            self._catch_up()
        self.changed.emit()

    def _catch_up(self) -> None:
        """Bring the pyramid from the cells that it shows to those of now."""
        boxes = None if self._pyramid is None or self._pictured is None else written(self._pictured, self._source)
        if boxes is None or self._pyramid is None:
            self._pyramid = self._pictured = None  # made anew when somebody looks
            return
        self._pictured = self._source
        if sum((r1 - r0) * (c1 - c0) for r0, r1, c0, c1 in boxes) > _AT_ONCE:
            self._surveying.begin(cast("Readable", self._source), partial(survey_again, self._pyramid, boxes))
            return
        for box in boxes:
            for piece in self._pyramid.pieces(box):
                cells = self._source.block(*piece)
                if cells is None:
                    self._pyramid = self._pictured = None
                    return
                self._pyramid.put(piece, cells)
            self._pyramid.finish(box)

    def _look_closer(self, box: Cells, height: int, width: int) -> None:
        r0, r1, c0, c1 = box
        r0, c0 = r0 // height * height, c0 // width * width
        wanted = height, width, (r0, r1, c0, c1)
        if wanted == self._wanted:
            return
        known = self._closeup
        if known is not None and (known.height, known.width) == wanted[:2] and known.of(*box) is not None:
            return
        self._wanted = wanted
        self._closing_in.begin(cast("Readable", self._source), partial(closeup, *wanted))

    def _on_closer(self, tiles: Tiles | None) -> None:
        if tiles is not None:
            self._closeup = tiles
            self.changed.emit()


def tile_for(box: Cells, down: float, right: float) -> tuple[int, int]:
    """Height and width, powers of two, of the smallest tiles of at least a pixel of which a frame has not too many."""
    height = width = 1
    while height * down < 1:
        height *= 2
    while width * right < 1:
        width *= 2
    while -(-(box[1] - box[0]) // height) * -(-(box[3] - box[2]) // width) > MOST_TILES:
        height, width = height * 2, width * 2
    return height, width


def written(old: BlockSource, new: BlockSource) -> list[Cells] | None:
    """Cells of ``new`` that may differ from those of ``old``; None where that isn't known."""
    if new is old:
        return []
    if (old.shape, old.dtype) != (new.shape, new.dtype) or slicing_of(old) != slicing_of(new):
        return None
    whole, before = getattr(new, "whole", new), getattr(old, "whole", old)
    since = getattr(whole, "changes_since", None)
    patches = None if since is None else since(before)
    if patches is None:
        return None
    boxes = [
        (patch.r0, patch.r0 + patch.values.shape[0], patch.c0, patch.c0 + patch.values.shape[1]) for patch in patches
    ]
    return boxes if not isinstance(new, SliceSource) else _shown(new, boxes)


def _shown(source: SliceSource, boxes: list[Cells]) -> list[Cells]:
    """Those cells of an array's 2-D view that a slice shows, in its own rows and columns."""
    slicing, found = source.slicing, []
    for r0, r1, c0, c1 in boxes:
        for row in range(r0, r1):
            box = box_of(slicing.shape, (row, row + 1), (c0, c1))
            part = None if box is None else slicing.shown_part(box)
            if part is not None:
                found.append(part)
    return found
