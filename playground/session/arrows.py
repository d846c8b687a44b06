"""Which vectors the canvas draws, and which cells they are bound to. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.explain.bound import bound_vectors
from playground.explain.geometry.pair import PairGeometry, compare, in_plane
from playground.explain.origin import CellRef
from playground.record import Record, replace
from playground.translation import tr
from playground.workspace.edits import SetBlock
from playground.workspace.workspace import ArrayEntry

if TYPE_CHECKING:
    from playground.explain.bound import Bound
    from playground.explain.why import Term
    from playground.language.infer import Inference
    from playground.session.snapshot import Snapshot
    from playground.workspace.edits import Edit
    from playground.workspace.workspace import Workspace

_MOST_ARROWS = 24
_PAIR_NAMES = ("u", "v")


class Arrow(Record):
    """One vector.

    Attributes
    ----------
    name
        What it is called on the canvas: ``u``.
    source
        The cells that it stands for, in NumPy: ``A[0, :]``.
    values
        All its components, as many as it has.
    tip
        Where it ends in the plane that is drawn. Its own components where there are two.
    cells
        The cells that a drag edits, one per component; empty where it can't be dragged.
    integer
        True where those cells hold whole numbers only.
    fixed_because
        Why it can't be dragged, empty where it can.
    """

    name: str
    source: str
    values: tuple[float, ...]
    tip: tuple[float, float]
    cells: tuple[CellRef, ...] = ()
    integer: bool = False
    fixed_because: str = ""


class Origin(Record, eq=False):
    """Which cells the two vectors of a formula's ``cell`` are bound to."""

    inference: Inference
    cell: tuple[int, ...]
    bound: tuple[Bound, Bound]


class Arrows(Record):
    """All vectors that are drawn.

    Attributes
    ----------
    pair
        Names of the two whose angle is shown.
    geometry
        Compares them.
    origin
        The formula and the cell that they were found for; while these stay, only the numbers are read again.
    """

    arrows: tuple[Arrow, ...]
    pair: tuple[str, str] | None = None
    geometry: PairGeometry | None = None
    caption: str = ""
    origin: Origin | None = None

    def refreshed(self, workspace: Workspace) -> Arrows:
        """The same vectors with the values that their cells have now; those whose cells are gone are dropped."""
        arrows = tuple(fresh for arrow in self.arrows if (fresh := _refreshed(arrow, workspace)) is not None)
        return _with_pair(arrows, self.caption)


def arrows_of(snapshot: Snapshot) -> Arrows | None:
    """The vectors of the chosen result cell; of an array that stands alone its columns or rows."""
    workspace, shown = snapshot.workspace, snapshot.shown
    if shown is not None and shown not in snapshot.analysis.meanings:
        return _arrows_of_array(workspace, shown)
    meaning = snapshot.analysis.meanings.get(snapshot.shown or "")
    if shown in snapshot.analysis.shapes_only:
        return None
    if meaning is None or meaning.problem is not None or snapshot.cell is None:
        # An invalid edit keeps the last good picture.
        return snapshot.arrows.refreshed(workspace) if snapshot.arrows is not None else None
    origin = _origin(snapshot, meaning.inference, snapshot.cell)
    if origin is None:
        return None
    terms = snapshot.why.terms if snapshot.why is not None and not snapshot.why.more else ()
    u, v = (_bound_arrow(workspace, name, origin.bound[k], terms, k) for k, name in enumerate(_PAIR_NAMES))
    if u is None or v is None or len(u.values) != len(v.values):
        return None
    if snapshot.arrows is not None and snapshot.arrows.origin is origin and _stand(snapshot.arrows.arrows, (u, v)):
        return snapshot.arrows
    return replace(_with_pair(_in_one_plane((u, v)), ""), origin=origin)


def _stand(old: tuple[Arrow, ...], new: tuple[Arrow, ...]) -> bool:
    """Whether vectors are drawn as they are already; what can't be dragged is told apart by its numbers alone."""
    return len(old) == len(new) and all(
        was == now if now.cells else was.values == now.values and not was.cells
        for was, now in zip(old, new, strict=True)
    )


def _origin(snapshot: Snapshot, inference: Inference, cell: tuple[int, ...]) -> Origin | None:
    """Where the vectors of ``cell`` are kept; as it was known of the snapshot's arrows where nothing has changed."""
    known = snapshot.arrows.origin if snapshot.arrows is not None else None
    if known is not None and known.inference is inference and known.cell == cell:
        return known
    bound = bound_vectors(inference, cell)
    return None if bound is None else Origin(inference, cell, bound)


def moved(arrow: Arrow, tip: tuple[float, float]) -> tuple[Edit, ...]:
    """Edits that bring ``arrow`` to ``tip``: one where its two cells are neighbours; whole numbers where it must be."""
    x, y = (round(value) if arrow.integer else value for value in tip)
    first, second = arrow.cells
    if first.name == second.name and (second.row, second.column) == (first.row, first.column + 1):
        return (SetBlock(first.name, first.row, first.column, np.array([[x, y]])),)
    if first.name == second.name and (second.row, second.column) == (first.row + 1, first.column):
        return (SetBlock(first.name, first.row, first.column, np.array([[x], [y]])),)
    return tuple(
        SetBlock(cell.name, cell.row, cell.column, np.array([[number]])) for cell, number in ((first, x), (second, y))
    )


def _bound_arrow(workspace: Workspace, name: str, bound: Bound, terms: tuple[Term, ...], side: int) -> Arrow | None:
    entry = workspace.get(bound.name) if bound.name is not None else None
    if isinstance(entry, ArrayEntry) and entry.array.stored is None:
        if entry.array.dtype.kind == "c":
            return None
        values = _line(workspace, bound.cells)
        return _arrow(name, bound.source, values, bound.cells, entry.array.dtype)
    factors = [term.left_value if side == 0 else term.right_value for term in terms]
    values = tuple(float(factor) for factor in factors if isinstance(factor, (bool, int, float)))
    if not values or len(values) != len(factors):
        return None
    why_fixed = tr("{source} is computed, so its arrow can't be dragged.", source=bound.source)
    if isinstance(entry, ArrayEntry):  # no picture waits for a disk: the numbers are those that the engine told
        why_fixed = tr("{source} stays in its file: edit its cells instead.", source=bound.source)
    return _arrow(name, bound.source, values, (), None, why_fixed)


def _arrow(
    name: str,
    source: str,
    values: tuple[float, ...],
    cells: tuple[CellRef, ...],
    dtype: np.dtype | None,
    fixed_because: str = "",
) -> Arrow:
    numbers = tuple(float(value) for value in values)
    tip = (numbers[0], numbers[1]) if len(numbers) == 2 else (0.0, 0.0)
    integer = dtype is not None and dtype.kind in "iub"
    return Arrow(name, source, numbers, tip, cells if len(numbers) == 2 else (), integer, fixed_because)


def _in_one_plane(pair: tuple[Arrow, Arrow]) -> tuple[Arrow, Arrow]:
    """Two vectors that don't have two components are drawn in the plane that they span, with true length and angle."""
    u, v = pair
    if len(u.values) == 2:
        return pair
    tip_u, tip_v = in_plane(u.values, v.values)
    why_fixed = tr("Drawn in the plane of both vectors: they have {n} components. Edit their cells.", n=len(u.values))
    return replace(u, tip=tip_u, fixed_because=why_fixed), replace(v, tip=tip_v, fixed_because=why_fixed)


def _arrows_of_array(workspace: Workspace, name: str) -> Arrows | None:
    """The columns of a 2×n array, else the rows of an n×2 one, or the array itself where it is one vector of two."""
    entry = workspace.get(name)
    if not isinstance(entry, ArrayEntry) or entry.array.dtype.kind == "c" or entry.array.stored is not None:
        return None
    array, shape = entry.array, entry.array.shape
    if shape == (2,):
        cells = [(f"{name}", (CellRef(name, 0, 0), CellRef(name, 0, 1)))]
        caption = name
    elif len(shape) == 2 and shape[0] == 2 and 0 < shape[1] <= _MOST_ARROWS:
        cells = [(f"{name}[:, {j}]", (CellRef(name, 0, j), CellRef(name, 1, j))) for j in range(shape[1])]
        caption = tr("columns of {name}", name=name)
    elif len(shape) == 2 and shape[1] == 2 and 0 < shape[0] <= _MOST_ARROWS:
        cells = [(f"{name}[{i}, :]", (CellRef(name, i, 0), CellRef(name, i, 1))) for i in range(shape[0])]
        caption = tr("rows of {name}", name=name)
    else:
        return None
    names = _PAIR_NAMES if len(cells) == 2 else tuple(source for source, _ in cells)
    arrows = tuple(
        _arrow(label, source, tuple(_cell(workspace, c) for c in where), where, array.dtype)
        for label, (source, where) in zip(names if len(cells) > 1 else (name,), cells, strict=True)
    )
    return _with_pair(arrows, caption)


def _refreshed(arrow: Arrow, workspace: Workspace) -> Arrow | None:
    if not arrow.cells:
        return arrow
    try:
        values = tuple(float(value) for value in _line(workspace, arrow.cells))
    except (KeyError, IndexError, TypeError):
        return None
    return replace(arrow, values=values, tip=(values[0], values[1]))


def _with_pair(arrows: tuple[Arrow, ...], caption: str) -> Arrows:
    if len(arrows) < 2:
        return Arrows(arrows, None, None, caption)
    u, v = arrows[:2]
    return Arrows(arrows, (u.name, v.name), compare(u.values, v.values), caption)


def _line(workspace: Workspace, cells: tuple[CellRef, ...]) -> tuple[float, ...]:
    """Values of cells, read at once where they are neighbours in a row or a column; KeyError, IndexError as `_cell`."""
    first, last, count = cells[0], cells[-1], len(cells)
    entry = workspace.get(first.name)
    if isinstance(entry, ArrayEntry) and count > 2:
        column_step, row_step = (1, 0) if first.row == last.row else (0, 1)
        if all(
            cell.name == first.name
            and cell.row == first.row + k * row_step
            and cell.column == first.column + k * column_step
            for k, cell in enumerate(cells)
        ):
            block = entry.array.block(first.row, last.row + 1, first.column, last.column + 1).ravel()
            if len(block) == count:
                return tuple(block.tolist())
    return tuple(_cell(workspace, cell) for cell in cells)


def _cell(workspace: Workspace, cell: CellRef) -> float:
    entry = workspace.get(cell.name)
    if not isinstance(entry, ArrayEntry):
        raise KeyError(cell.name)
    rows, columns = entry.array.shape_2d
    if not (cell.row < rows and cell.column < columns):
        raise IndexError(cell)
    return entry.array.block(cell.row, cell.row + 1, cell.column, cell.column + 1)[0, 0].item()  # type: ignore[no-any-return]
