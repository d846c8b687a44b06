"""Sizes that are kept equal on request: which axes of the document must have one size, and which of them are linked.

An axis is the name of an entry and a number. Formulas make axes equal (the columns of A and the rows of B in
``A @ B``), over several of them too: what inference gives one class number is one axis. A link is a wish of the person:
an edit that changes the size of a linked axis changes those that are linked with it. Pure.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from playground.record import replace
from playground.workspace.edits import DeleteLines, InsertLines, Resize
from playground.workspace.line_edits import MoveLines
from playground.workspace.shape_edits import SetShape
from playground.workspace.workspace import ArrayEntry, ShapeEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playground.session.analysis import Analysis
    from playground.session.snapshot import Snapshot
    from playground.workspace.workspace import Workspace

Axis = tuple[str, int]
Links = frozenset[Axis]
OfLines = Resize | InsertLines | DeleteLines | MoveLines | SetShape
"""Edits of the rows, columns and other lines of one entry."""


def partners(snapshot: Snapshot, axis: Axis) -> Links:
    """Axes of entries with sizes of their own that must have one size with ``axis``, itself among them."""
    classes = _classes(snapshot.analysis)
    number = classes.get(axis)
    sizes = {name: _shape(snapshot.workspace, name) for name, _ in classes}
    size = _size(sizes, axis)
    if number is None or size is None:
        return frozenset()
    return frozenset(other for other, theirs in classes.items() if theirs == number and _size(sizes, other) == size)


def linked(snapshot: Snapshot, axis: Axis) -> Links:
    """The axes that are linked with ``axis``, itself among them; empty where it isn't linked."""
    found = partners(snapshot, axis) & snapshot.links if axis in snapshot.links else frozenset()
    return found if len(found) > 1 else frozenset()


def is_whole(snapshot: Snapshot, axis: Axis) -> bool:
    """Whether all that must have one size with ``axis`` is linked with it."""
    together = partners(snapshot, axis)
    return len(together) > 1 and together <= snapshot.links


def toggled(snapshot: Snapshot, axes: Iterable[Axis]) -> Links:
    """The links after those of ``axes`` were let go where all are whole, and made whole where they aren't."""
    wanted = [axis for axis in axes if len(partners(snapshot, axis)) > 1]
    all_whole = all(is_whole(snapshot, axis) for axis in wanted)
    links = snapshot.links
    for axis in wanted:
        links = links - partners(snapshot, axis) if all_whole else links | partners(snapshot, axis)
    return links


def shared(snapshot: Snapshot, one: str, other: str) -> tuple[Axis, ...]:
    """Axes of the entry ``one`` that must have one size with an axis of ``other``; for one entry, its axes that do."""
    shape = _shape(snapshot.workspace, one) or ()
    mine = [(one, number) for number in range(len(shape))]
    return tuple(
        axis for axis in mine if any(name == other and (name, k) != axis for name, k in partners(snapshot, axis))
    )


def with_linked(snapshot: Snapshot, edit: OfLines) -> list[OfLines]:
    """``edit``, and behind it those that give the axes linked with what it resizes the same lines more or fewer."""
    if not isinstance(edit, (Resize, InsertLines, DeleteLines)):
        return [edit]
    before = _shape(snapshot.workspace, edit.name)
    if before is None:
        return [edit]
    if isinstance(edit, Resize):
        return _resized(snapshot, edit, before)
    others = sorted(linked(snapshot, (edit.name, edit.axis)) - {(edit.name, edit.axis)})
    return [edit, *(_same_lines(snapshot.workspace, edit, other) for other in others)]


def _resized(snapshot: Snapshot, edit: Resize, before: tuple[int, ...]) -> list[OfLines]:
    """Resizes by name. Where two changed axes are linked with each other, the one that changed more has the say."""
    if len(edit.shape) != len(before):
        return [edit]
    shapes = {edit.name: list(edit.shape)}
    changed = [k for k, size in enumerate(edit.shape) if size != before[k]]
    for number in sorted(changed, key=lambda k: abs(edit.shape[k] - before[k])):
        for name, axis in linked(snapshot, (edit.name, number)):
            shapes.setdefault(name, list(_shape(snapshot.workspace, name) or ()))[axis] = edit.shape[number]
    return [_of_shape(snapshot.workspace, name, tuple(shape)) for name, shape in shapes.items()]


def _of_shape(workspace: Workspace, name: str, shape: tuple[int, ...]) -> OfLines:
    entry = workspace.get(name)
    if isinstance(entry, ShapeEntry):
        return SetShape(name, replace(entry.signature, shape=shape))
    return Resize(name, shape)


def _same_lines(workspace: Workspace, edit: InsertLines | DeleteLines, axis: Axis) -> OfLines:
    """The same lines inserted or deleted along another axis."""
    name, number = axis
    entry = workspace.get(name)
    if not isinstance(entry, ShapeEntry):
        return replace(edit, name=name, axis=number)
    by = edit.count if isinstance(edit, InsertLines) else -edit.count
    shape = [size or 0 for size in entry.signature.shape]
    shape[number] += by
    return SetShape(name, replace(entry.signature, shape=tuple(shape)))


def _shape(workspace: Workspace, name: str) -> tuple[int, ...] | None:
    """Sizes of an entry whose sizes are its own; None for a formula."""
    entry = workspace.get(name)
    if isinstance(entry, ArrayEntry):
        return entry.array.shape
    return tuple(size or 0 for size in entry.signature.shape) if isinstance(entry, ShapeEntry) else None


def _size(shapes: dict[str, tuple[int, ...] | None], axis: Axis) -> int | None:
    shape = shapes.get(axis[0])
    return shape[axis[1]] if shape is not None and axis[1] < len(shape) else None


_Classes = dict[Axis, Axis]
"""Each axis and the one that stands for all that must have one size with it."""


def _classes(analysis: Analysis) -> _Classes:
    """The axes of the whole document. The analysis stays the same object while only numbers change."""
    return _found(_Same(analysis))


class _Same:
    """Compares an analysis by identity."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.analysis is self.analysis

    def __hash__(self) -> int:
        return id(self.analysis)


@lru_cache(maxsize=2)
def _found(same: _Same) -> _Classes:
    roots: _Classes = {}
    for together in _equal(same.analysis):
        first, *others = (_root(roots, axis) for axis in together)
        for other in others:
            roots[other] = first
    return {axis: _root(roots, axis) for axis in tuple(roots)}


def _root(roots: _Classes, axis: Axis) -> Axis:
    while (above := roots.setdefault(axis, axis)) != axis:
        axis = above
    return axis


def _equal(analysis: Analysis) -> Iterator[list[Axis]]:
    """Axes that one formula makes equal: those of its operands, and of its own result."""
    for name, meaning in analysis.meanings.items():
        inference = meaning.inference
        classes: dict[int, list[Axis]] = {}
        named = dict(inference.operand_axes)
        if meaning.problem is None and inference.steps:
            named[name] = inference.steps[-1].axes
        for entry, axes in named.items():
            for axis, number in enumerate(axes):
                classes.setdefault(number, []).append((entry, axis))
        yield from classes.values()
