"""Which equation stands in the middle and which of its result's cells is chosen. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playground.language.names import names_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.signature import Signature
    from playground.session.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class View:
    """What an undo step brings back beside the document: the chosen entry, and the chosen cell of each formula."""

    selected: str | None
    cells: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


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


def default_cell(signature: Signature) -> tuple[int, ...] | None:
    """The cell that is chosen before a person chooses one: in the first row, the second from the left."""
    shape = signature.shape
    if any(size is None or size == 0 for size in shape):
        return None
    return tuple(min(1, size - 1) if axis == len(shape) - 1 else 0 for axis, size in enumerate(shape) if size)


def fit_cell(cell: tuple[int, ...], signature: Signature) -> tuple[int, ...] | None:
    """``cell`` moved inside ``signature``'s shape; the default one where the number of axes has changed."""
    shape = signature.shape
    if len(cell) != len(shape) or any(not size for size in shape):
        return default_cell(signature)
    return tuple(min(index, size - 1) for index, size in zip(cell, shape, strict=True) if size)
