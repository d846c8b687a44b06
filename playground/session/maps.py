"""Which entries are maps of the plane or of space: the square matrices of two or three rows. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record
from playground.translation import tr
from playground.workspace.workspace import ArrayEntry

if TYPE_CHECKING:
    from playground.session.snapshot import Snapshot

_SHAPES = ((2, 2), (3, 3))


class Map(Record, eq=False):
    """A matrix that can act on the plane or on space.

    Attributes
    ----------
    name
        The entry that holds it.
    matrix
        Its numbers, float64, shape ``(2, 2)`` or ``(3, 3)``.
    integer
        Whether its cells hold whole numbers only.
    fixed_because
        Why it can't be dragged, empty where it can.
    """

    name: str
    matrix: np.ndarray
    integer: bool = False
    fixed_because: str = ""


def maps_of(snapshot: Snapshot) -> tuple[Map, ...]:
    """All maps of a document, in its order: arrays that a person edits, and results as they are now."""
    return tuple(found for entry in snapshot.workspace.entries if (found := _map_of(snapshot, entry.name)) is not None)


def _map_of(snapshot: Snapshot, name: str) -> Map | None:
    entry = snapshot.workspace.get(name)
    if isinstance(entry, ArrayEntry):
        array = entry.array
        if array.shape not in _SHAPES or array.dtype.kind == "c":
            return None
        return Map(name, array.to_numpy().astype(np.float64), array.dtype.kind in "iub")
    state = snapshot.results.get(name)
    value = state.result.value if state is not None and state.result is not None and state.current else None
    if value is None or value.shape not in _SHAPES or value.dtype.kind == "c":
        return None
    return Map(
        name, value.astype(np.float64), fixed_because=tr("{name} is computed, so it can't be dragged.", name=name)
    )
