"""Which vectors the canvas draws, and which cells they are bound to. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.explain.bound import MAX_COORDINATES, bound_vectors
from playground.explain.geometry.pair import PairGeometry, compare
from playground.explain.origin import CellRef
from playground.record import Record, replace
from playground.session.arrow_planes import in_nearest_plane, in_one_plane, on_axis
from playground.translation import tr
from playground.workspace.edits import SetBlock
from playground.workspace.workspace import ArrayEntry

if TYPE_CHECKING:
    from playground.explain.bound import Bound
    from playground.explain.geometry.plane import Plane
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
    plane
        Where it is drawn, of vectors with more than two components; None for its own two.
    note
        What a person should know of that.
    """

    name: str
    source: str
    values: tuple[float, ...]
    tip: tuple[float, float]
    cells: tuple[CellRef, ...] = ()
    integer: bool = False
    fixed_because: str = ""
    plane: Plane | None = None
    note: str = ""


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
        return _with_pair(_placed(arrows, self.arrows)[0], self.caption)


def arrows_of(snapshot: Snapshot) -> Arrows | None:
    """The vectors of the chosen result cell; of an array that stands alone its columns or rows."""
    workspace, shown = snapshot.workspace, snapshot.shown
    if shown is not None and shown not in snapshot.analysis.meanings:
        return _arrows_of_array(workspace, shown, snapshot.arrows)
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
    before = snapshot.arrows.arrows if snapshot.arrows is not None and snapshot.arrows.origin is origin else ()
    drawn = in_one_plane((u, v), before)
    if snapshot.arrows is not None and before and _stand(before, drawn):
        return snapshot.arrows
    return replace(_with_pair(drawn, ""), origin=origin)


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
    """Edits that bring ``arrow`` to ``tip``: one where its cells are a row or a column; whole numbers where it must be.

    A vector of more components moves in the plane that it is drawn in.
    """
    values = np.array(tip) if arrow.plane is None else arrow.plane.moved(arrow.values, tip)
    if arrow.integer:
        values = np.rint(values)
    first, step = arrow.cells[0], _step(arrow.cells)
    if step is not None:
        return (SetBlock(first.name, first.row, first.column, values[None] if step == (0, 1) else values[:, None]),)
    return tuple(
        SetBlock(cell.name, cell.row, cell.column, np.array([[number]]))
        for cell, number in zip(arrow.cells, values.tolist(), strict=True)
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
    return Arrow(name, source, numbers, tip, cells, integer, fixed_because)


def _arrows_of_array(workspace: Workspace, name: str, before: Arrows | None) -> Arrows | None:
    """Vectors of an array that stands alone: itself, its columns or its rows; None where there are too many or none."""
    entry = workspace.get(name)
    if not isinstance(entry, ArrayEntry) or entry.array.dtype.kind == "c" or entry.array.stored is not None:
        return None
    cells, caption = _lines_of(name, entry.array.shape)
    if not cells:
        return None
    names = _PAIR_NAMES if len(cells) == 2 else tuple(cells)
    arrows = tuple(
        _arrow(label, source, _line(workspace, where), where, entry.array.dtype)
        for label, (source, where) in zip(names if len(cells) > 1 else (name,), cells.items(), strict=True)
    )
    known = before.arrows if before is not None and [a.source for a in before.arrows] == list(cells) else ()
    placed, seen = _placed(arrows, known)
    return _with_pair(placed, f"{caption}, {seen}" if seen else caption)


def _lines_of(name: str, shape: tuple[int, ...]) -> tuple[dict[str, tuple[CellRef, ...]], str]:
    """The columns of a 2×n array, else the rows of any other, or the array itself where it is one vector."""
    if len(shape) == 1 and 0 < shape[0] <= MAX_COORDINATES:
        return {name: tuple(CellRef(name, 0, k) for k in range(shape[0]))}, name
    if len(shape) != 2 or 0 in shape:
        return {}, ""
    rows, columns = shape
    if rows == 2 and columns <= _MOST_ARROWS:
        lines = {f"{name}[:, {j}]": tuple(CellRef(name, i, j) for i in range(2)) for j in range(columns)}
        return lines, tr("columns of {name}", name=name)
    if rows <= _MOST_ARROWS and 1 < columns <= MAX_COORDINATES:
        lines = {f"{name}[{i}, :]": tuple(CellRef(name, i, k) for k in range(columns)) for i in range(rows)}
        return lines, tr("rows of {name}", name=name)
    return {}, ""


def _placed(arrows: tuple[Arrow, ...], before: tuple[Arrow, ...]) -> tuple[tuple[Arrow, ...], str]:
    """Give vectors of other than two components a place in a plane, and say what of them isn't seen there."""
    sizes = {len(arrow.values) for arrow in arrows}
    if sizes == {2} or len(sizes) != 1:
        return arrows, ""
    if len(arrows) == 2:
        return in_one_plane((arrows[0], arrows[1]), before), ""
    return in_nearest_plane(arrows, before) if sizes != {1} else (on_axis(arrows), "")


def _refreshed(arrow: Arrow, workspace: Workspace) -> Arrow | None:
    if not arrow.cells:
        return arrow
    try:
        values = tuple(float(value) for value in _line(workspace, arrow.cells))
    except (KeyError, IndexError, TypeError):
        return None
    return replace(arrow, values=values, tip=(values[0], values[1]) if len(values) == 2 else arrow.tip)


def _with_pair(arrows: tuple[Arrow, ...], caption: str) -> Arrows:
    if len(arrows) < 2:
        return Arrows(arrows, None, None, caption)
    u, v = arrows[:2]
    return Arrows(arrows, (u.name, v.name), compare(u.values, v.values), caption)


def _line(workspace: Workspace, cells: tuple[CellRef, ...]) -> tuple[float, ...]:
    """Values of cells, read at once where they are neighbours in a row or a column; KeyError, IndexError as `_cell`."""
    first, last, count = cells[0], cells[-1], len(cells)
    entry = workspace.get(first.name)
    if isinstance(entry, ArrayEntry) and count > 2 and _step(cells) is not None:
        block = entry.array.block(first.row, last.row + 1, first.column, last.column + 1).ravel()
        if len(block) == count:
            return tuple(block.tolist())
    return tuple(_cell(workspace, cell) for cell in cells)


def _step(cells: tuple[CellRef, ...]) -> tuple[int, int] | None:
    """Rows and columns from one cell to the next where all are neighbours in a row or a column of one entry."""
    first = cells[0]
    row_step, column_step = (0, 1) if first.row == cells[-1].row else (1, 0)
    for k, cell in enumerate(cells):
        if (cell.name, cell.row, cell.column) != (first.name, first.row + k * row_step, first.column + k * column_step):
            return None
    return row_step, column_step


def _cell(workspace: Workspace, cell: CellRef) -> float:
    entry = workspace.get(cell.name)
    if not isinstance(entry, ArrayEntry):
        raise KeyError(cell.name)
    rows, columns = entry.array.shape_2d
    if not (cell.row < rows and cell.column < columns):
        raise IndexError(cell)
    return entry.array.block(cell.row, cell.row + 1, cell.column, cell.column + 1)[0, 0].item()  # type: ignore[no-any-return]
