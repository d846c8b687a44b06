"""A grid's view of a result: whole where it came along with the answer, else block by block from the engine."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.language.signature import Signature
from playground.views.grid.blockwise import BlockwiseSource
from playground.views.grid.source import CellReader

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from playground.engine.messages import Result
    from playground.session.job import Window
    from playground.session.reading import Reader
    from playground.views.result_reader import ResultReader
    from playground.workspace.slicing import Slicing

_MOST_BLOCKS = 256


class ResultSource(BlockwiseSource):
    """Blocks of one result. ``block`` never waits: it asks for what is missing and answers None meanwhile.

    Parameters
    ----------
    result
        What was computed; its signature must be known whole.
    request
        Called with the ``Window`` that is missing and with those that aren't wanted any more; ``arrived`` must be
        called with its cells.
    """

    editable = False

    def __init__(self, result: Result, request: Callable[[Window, tuple[Window, ...]], None]) -> None:
        assert isinstance(result.signature, Signature)
        super().__init__(tuple(size or 0 for size in result.signature.shape), result.signature.dtype)
        self.key = result.key
        assert result.summary is not None
        low, high = result.summary.low, result.summary.high
        self.limits = None if low is None or high is None else (low, high)
        self._whole = None if result.value is None else result.value.reshape(self.rows, self.columns)
        self._request = request
        self._blocks: dict[tuple[int, ...], np.ndarray | None] = {}
        self._waiting: dict[Window, None] = {}
        self._dropped: tuple[Window, ...] = ()  # what isn't wanted any more and may still wait
        self._slicing: Slicing | None = None
        self._readers: list[ResultReader] = []

    @property
    def is_whole(self) -> bool:
        """Whether all cells came along, so that looking at them costs the engine nothing."""
        return self._whole is not None

    def block(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray | None:
        """Cells ``[r0:r1, c0:c1]`` of the 2-D view, or None while they are on their way."""
        if self._whole is not None:
            return self._whole[r0:r1, c0:c1]
        return super().block(r0, r1, c0, c1)

    def slice_block(self, slicing: Slicing, r0: int, r1: int, c0: int, c1: int) -> np.ndarray | None:
        """Cells ``[r0:r1, c0:c1]`` of a picture of two axes, or None while they are on their way.

        What still waits of another picture isn't wanted any more: sliding shows the latest.
        """
        if self._whole is not None:
            cells: np.ndarray = self._whole[slicing.positions(r0, r1, c0, c1)]
            return cells
        if slicing != self._slicing:
            self._slicing = slicing
            for window in self._waiting:
                self._blocks.pop(window[1:], None)
            self._dropped, self._waiting = self._dropped + tuple(self._waiting), {}
        return super().slice_block(slicing, r0, r1, c0, c1)

    def arrived(self, window: Window, cells: np.ndarray | None) -> None:
        """Keep the cells that were asked for. None is final: a result that is gone isn't asked for again."""
        taken = [reader.arrived(window, cells) for reader in self._readers]
        if any(taken):
            return
        self._waiting.pop(window, None)
        self._blocks[window[1:]] = cells

    def reader(self, slicing: Slicing | None = None) -> Reader:
        """What reads the result, or a picture of it, in a thread; several may at once."""
        if self._whole is not None:
            return CellReader(self.block if slicing is None else partial(self.slice_block, slicing))  # type: ignore[arg-type]
        from playground.views.result_reader import ResultReader  # nobody asks for all cells before the first picture

        made = ResultReader(self.key, slicing, lambda window: self._request(window, ()))
        self._readers = [*(reader for reader in self._readers if not reader.closed), made]
        return made

    def _kept(self, place: tuple[int, ...]) -> np.ndarray | None:
        if place not in self._blocks:
            if len(self._blocks) >= _MOST_BLOCKS:
                self._blocks.pop(next(iter(self._blocks)))
            window: Window = (self.key, *place)
            self._blocks[place] = None
            self._waiting[window] = None
            dropped, self._dropped = self._dropped, ()
            self._request(window, dropped)
        return self._blocks[place]
