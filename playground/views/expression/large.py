"""Large arrays in an equation's grids: what of them is read beside the window, and shown when it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from playground.session.large_arrays import LargeArrays
from playground.views.grid.stored_source import StoredBlocks, StoredSource

if TYPE_CHECKING:
    import numpy as np

    from playground.session.session import Session
    from playground.session.snapshot import Snapshot
    from playground.views.expression.boxes import GridBox
    from playground.views.expression.equation_filling import Filling
    from playground.workspace.arrays import Array
    from playground.workspace.stored import StoredCells


class LargeSources(QObject):
    """Gives sources of arrays in files, and limits of all that are too large to be looked through at once."""

    def __init__(self, session: Session, filling: Filling) -> None:
        super().__init__()
        self._filling = filling
        self._session = session
        self._blocks: dict[int, StoredBlocks] = {}
        self._reading = LargeArrays(self)
        self._reading.cellsArrived.connect(self._on_cells_arrived)
        self._reading.limitsKnown.connect(self._on_limits_known)
        self._reading.unreadable.connect(self._on_unreadable)
        session.snapshotChanged.connect(self._on_snapshot_changed)

    def source(self, array: Array) -> StoredSource:
        """Cells of an array that is ``stored``."""
        cells = array.stored
        assert cells is not None
        blocks = self._blocks.get(id(cells))
        if blocks is None or blocks.cells is not cells:
            blocks = self._blocks[id(cells)] = StoredBlocks(cells, self._reading.request, self._reading.prepare)
        return StoredSource(array, blocks)

    def show_limits(self, box: GridBox, array: Array) -> None:
        """Colour ``box`` by the limits of all cells of ``array`` when they are known, by the former ones until then."""
        if self._reading.knows(array):
            box.grid.set_limits(self._reading.limits(array))

    @property
    def is_busy(self) -> bool:
        """Whether something is still being read."""
        return self._reading.is_busy

    def stop(self) -> None:
        """End what reads."""
        self._reading.stop()

    def _on_cells_arrived(self, cells: StoredCells, place: tuple[int, ...], found: np.ndarray | None) -> None:
        blocks = self._blocks.get(id(cells))
        if blocks is None or blocks.cells is not cells:
            return
        blocks.arrived(place, found)
        if found is None:
            return
        for box, array in self._filling.arrays():
            if array.stored is cells:
                box.grid.set_source(box.grid.source)  # the corner that columns are measured by may have come
                box.grid.refresh()

    def _on_limits_known(self, base: object) -> None:
        for box, array in self._filling.arrays():
            if array.base is base:
                self.show_limits(box, array)

    def _on_unreadable(self, problem: str) -> None:
        self._session.notify("file", problem)
        for box, array in self._filling.arrays():
            if array.stored is not None and array.stored.problem:
                box.show_note(array.stored.problem)

    def _on_snapshot_changed(self, old: Snapshot, new: Snapshot) -> None:
        if old.workspace is not new.workspace:
            arrays = new.workspace.arrays.values()
            self._reading.keep(arrays)
            bases = {id(array.base) for array in arrays}
            self._blocks = {key: blocks for key, blocks in self._blocks.items() if key in bases}
