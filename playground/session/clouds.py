"""Which entries are points of the plane: the matrices of two columns, a row each. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.record import Record
from playground.translation import tr
from playground.workspace.workspace import ArrayEntry

if TYPE_CHECKING:
    from playground.session.snapshot import Snapshot
    from playground.workspace.arrays import Array


class PointSet(Record, eq=False):
    """Rows of a matrix as points.

    Attributes
    ----------
    name
        The entry that holds them.
    held
        What they were read from; while it is the same object, so are they.
    points
        Their coordinates, float64, shape ``(n, 2)``, maybe not finite.
    integer
        Whether the cells hold whole numbers only.
    fixed_because
        Why they can't be dragged, empty where they can.
    """

    name: str
    held: object
    points: np.ndarray
    integer: bool = False
    fixed_because: str = ""


def cloud_names(snapshot: Snapshot) -> tuple[str, ...]:
    """Names of all entries whose rows are points, in the document's order; what stays in its file isn't one."""
    return tuple(name for name in snapshot.workspace.names if _held(snapshot, name) is not None)


def cloud_of(snapshot: Snapshot, name: str, known: PointSet | None = None) -> PointSet | None:
    """The points of an entry, None where it has none; ``known`` itself where nothing has changed since."""
    held = _held(snapshot, name)
    if held is None:
        return None
    if known is not None and known.name == name and known.held is held:
        return known
    computed = isinstance(held, np.ndarray)
    values = held if isinstance(held, np.ndarray) else held.to_numpy()
    fixed = tr("{name} is computed, so its points can't be dragged.", name=name) if computed else ""
    if not computed and held.dtype.kind == "b":
        fixed = tr("{name} holds True and False, so its points can't be dragged.", name=name)
    return PointSet(name, held, values.astype(np.float64), held.dtype.kind in "iu", fixed)


def _held(snapshot: Snapshot, name: str) -> Array | np.ndarray | None:
    entry = snapshot.workspace.get(name)
    if isinstance(entry, ArrayEntry):
        value: Array | np.ndarray | None = entry.array if entry.array.stored is None else None
    else:
        state = snapshot.results.get(name)
        value = state.result.value if state is not None and state.result is not None and state.current else None
    if value is None or len(value.shape) != 2 or value.shape[1] != 2 or value.dtype.kind == "c":
        return None
    return value
