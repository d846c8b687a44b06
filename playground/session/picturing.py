"""Pictures of large matrices as pieces of work for a thread beside the window: a `Reading` does them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.workspace.pyramid import Pyramid, pieces, tiles_of, unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.session.reading import Reader, Teller
    from playground.workspace.pyramid import Cells, Tiles

_REPORTS = 20  # of the progress of one survey


def survey(rows: int, columns: int, reader: Reader, teller: Teller) -> Pyramid | None:
    """The pyramid of all cells; None where nobody wants it any more."""
    return _read(Pyramid(rows, columns), ((0, rows, 0, columns),), reader, teller)


def survey_again(before: Pyramid, boxes: Sequence[Cells], reader: Reader, teller: Teller) -> Pyramid | None:
    """A pyramid like the one ``before``, which stays as it is, with the cells in ``boxes`` read anew."""
    return _read(before.copy(), boxes, reader, teller)


def closeup(height: int, width: int, box: Cells, reader: Reader, teller: Teller) -> Tiles | None:
    """Tiles of ``height`` by ``width`` cells, finer than a pyramid's, of the cells in ``box``."""
    tiles = unknown(box, height, width)
    for piece in pieces(box, height, width, tall=reader.tall):
        if teller.unwanted:
            return None
        tiles.write(tiles_of(reader.read(*piece), height, width, piece[0], piece[2]))
    return tiles


def _read(pyramid: Pyramid, boxes: Sequence[Cells], reader: Reader, teller: Teller) -> Pyramid | None:
    todo = sum((r1 - r0) * (c1 - c0) for r0, r1, c0, c1 in boxes)
    done = told = 0
    for box in boxes:
        for piece in pyramid.pieces(box, tall=reader.tall):
            if teller.unwanted:
                return None
            cells = reader.read(*piece)
            pyramid.put(piece, cells)
            done += cells.size
            if done * _REPORTS // todo > told:
                told = done * _REPORTS // todo
                teller.progress(min(1.0, done / todo))
        pyramid.finish(box)
    return pyramid
