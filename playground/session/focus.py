"""What is chosen: the entry, the equation that stands in the middle, the cell of its result. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.names import names_in
from playground.record import Record, field, replace
from playground.workspace.workspace import FormulaEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.explain.why import Why
    from playground.language.signature import Signature
    from playground.session.snapshot import Snapshot, Unread
    from playground.workspace.colourings import Colouring
    from playground.workspace.number_formats import NumberFormat
    from playground.workspace.slicing import Slicing
    from playground.workspace.workspace import Workspace


class View(Record):
    """The chosen and the shown entry, the chosen cell of each formula, which slice of an array is shown, and how.

    ``hand`` is what the views say of where the person's hand was: only they know what that is.
    """

    selected: str | None
    shown: str | None
    cells: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    slices: Mapping[str, Slicing] = field(default_factory=dict)
    formats: Mapping[str, NumberFormat] = field(default_factory=dict)
    colourings: Mapping[str, Colouring] = field(default_factory=dict)
    links: frozenset[tuple[str, int]] = frozenset()
    unread: Unread | None = None
    hand: object = None

    @classmethod
    def of(cls, snapshot: Snapshot, cells: Mapping[str, tuple[int, ...]], hand: object) -> View:
        """The view that ``snapshot`` gives, where these ``cells`` were chosen."""
        looks = snapshot.slices, snapshot.formats, snapshot.colourings, snapshot.links, snapshot.unread
        return cls(snapshot.selected, snapshot.shown, dict(cells), *looks, hand)


def shown_entry(snapshot: Snapshot) -> str | None:
    """Name of the entry whose equation stands in the middle.

    A chosen formula shows itself. A chosen array leaves the equation standing that it is an operand of, so that
    nothing jumps; otherwise it stands there alone.
    """
    selected, shown = snapshot.selected, snapshot.shown
    meaning = snapshot.analysis.meanings.get(shown or "")
    if selected is None or selected in snapshot.analysis.meanings or meaning is None:
        return selected
    tree = meaning.inference.tree
    return shown if tree is not None and selected in names_in(tree) else selected


def first_choice(workspace: Workspace) -> str | None:
    """The entry that is chosen when a workspace opens: the last formula, else the first array."""
    formulas = [entry.name for entry in workspace.entries if isinstance(entry, FormulaEntry)]
    return formulas[-1] if formulas else next(iter(workspace.names), None)


def neighbour(old: Workspace, gone: str | None, workspace: Workspace) -> str | None:
    """What to choose in ``workspace`` where the chosen entry is gone: the one that stood after it, else the last."""
    names = old.names
    place = names.index(gone) if gone in names else len(names)
    following = [name for name in names[place:] if name in workspace.names]
    return following[0] if following else (workspace.names[-1] if workspace.names else None)


def opened(snapshot: Snapshot, workspace: Workspace, seen: Mapping[str, object]) -> Snapshot:
    """``snapshot`` with nothing of its own document left but the document, and in it chosen what opens ``workspace``.

    ``seen`` are the fields that tell how the new document is shown.
    """
    bare = replace(snapshot, shown=None, cell=None, why=None, slices={}, formats={}, results={}, arrows=None)
    bare = replace(bare, draft=None, unfolded=None, intermediate=None, links=frozenset(), colourings={}, unread=None)
    return replace(bare, selected=first_choice(workspace), **seen)


def with_cell(snapshot: Snapshot, signature: Signature | None, chosen: tuple[int, ...] | None) -> Snapshot:
    """``snapshot`` with the ``chosen`` cell of the shown formula, kept inside its result of that ``signature``."""
    shown, cell = snapshot.shown or "", snapshot.cell
    if shown not in snapshot.analysis.meanings:
        return replace(snapshot, cell=None)
    if shown in snapshot.analysis.shapes_only:
        return replace(snapshot, cell=None, why=None)
    if signature is not None:
        # While only the data knows the size, the cell that was chosen is the best guess.
        unknown = cell if None in signature.shape else None
        cell = fit_cell(chosen or unknown, signature)
    return replace(snapshot, cell=cell)


def default_cell(signature: Signature) -> tuple[int, ...] | None:
    """The cell that is chosen before a person chooses one: in the first row, the second from the left."""
    shape = signature.shape
    if any(size is None or size == 0 for size in shape):
        return None
    return tuple(min(1, size - 1) if axis == len(shape) - 1 else 0 for axis, size in enumerate(shape) if size)


def fit_cell(cell: tuple[int, ...] | None, signature: Signature) -> tuple[int, ...] | None:
    """``cell`` moved inside ``signature``'s shape; the default one where there is none with as many axes."""
    shape = signature.shape
    if cell is None or len(cell) != len(shape) or 0 in shape:
        return default_cell(signature)
    return tuple(index if size is None else min(index, size - 1) for index, size in zip(cell, shape, strict=True))


def with_why(snapshot: Snapshot, why: Why | None, *, led: bool) -> Snapshot:
    """``snapshot`` with what its cell is made of.

    ``led`` says that a person has just led there: operands of more than two axes are then looked at where the cell
    comes from.
    """
    slices = dict(snapshot.slices)
    for region in why.operands if led and why is not None and why is not snapshot.why else ():
        signature = snapshot.analysis.signatures.get(region.name or "")
        if signature is None or len(signature.shape) < 3 or None in signature.shape or region.name is None:
            continue
        from playground.workspace.slicing import box_of, usual  # few arrays have a slice

        shape = tuple(size or 0 for size in signature.shape)
        slicing = slices[region.name].fitted(shape) if region.name in slices else usual(shape)
        box = box_of(shape, region.rows, region.columns) if region.rows and region.columns else None
        if slicing is not None and box is not None and slicing.shown_part(box) is None:
            for axis in slicing.sliders:
                slicing = slicing.standing(axis, max(box[axis][0], min(slicing.index[axis], box[axis][1] - 1)))
            slices[region.name] = slicing
    return replace(snapshot, why=why, slices=slices if slices != snapshot.slices else snapshot.slices)
