"""Sizes that are kept equal: which a grid offers, how they are called, and the wish to link them or to let them go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.session.line_edits import NOTICE
from playground.session.linked_axes import is_whole, partners, toggled
from playground.translation import tr
from playground.views.grid.line_menu import LinkChoice
from playground.views.slice_wishes import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from playground.session.linked_axes import Axis
    from playground.session.session import Session
    from playground.session.snapshot import Snapshot
    from playground.views.grid.grid import Grid


def axis_text(snapshot: Snapshot, axis: Axis) -> str:
    """``A's columns``; a vector has cells, an array of more axes numbered ones."""
    name, number = axis
    signature = snapshot.analysis.signatures.get(name)
    ndim = 0 if signature is None else len(signature.shape)
    if ndim == 1:
        return tr("{name}'s cells", name=name)
    if ndim == 2:
        return tr("{name}'s columns", name=name) if number else tr("{name}'s rows", name=name)
    return tr("axis {number} of {name}", number=number, name=name)


def joined(texts: Sequence[str]) -> str:
    """``x, y and z``."""
    if len(texts) < 2:
        return "".join(texts)
    return tr("{some} and {last}", some=", ".join(texts[:-1]), last=texts[-1])


def group_texts(snapshot: Snapshot, axes: Iterable[Axis]) -> list[str]:
    """One text for each group of axes that must be equal: ``A's columns and B's rows``."""
    groups = {group: axis for axis in reversed([*axes]) if (group := partners(snapshot, axis))}
    ordered = [(first, *sorted(group - {first})) for group, first in reversed(groups.items())]
    return [joined([axis_text(snapshot, axis) for axis in group]) for group in ordered]


def choices(session: Session, name: str, grid: Grid) -> list[LinkChoice]:
    """What can be linked with the rows and with the columns that ``grid`` shows of the array ``name``."""
    snapshot, found = session.snapshot, []
    for shown in range(grid.source.ndim):
        axis = (name, lines(grid, shown, 0, 0, inserted=True)[0])
        others = sorted(partners(snapshot, axis) - {axis})
        if others:
            there = joined([axis_text(snapshot, other) for other in others])
            title = tr("Link {axis} with {others}", axis=axis_text(snapshot, axis), others=there)
            found.append(LinkChoice(title, shown, is_whole(snapshot, axis), partial(toggle, session, (axis,))))
    return found


def toggle(session: Session, axes: Sequence[Axis]) -> None:
    """Link the sizes of ``axes`` with all that must be equal to them; where they are, let them go. Says which."""
    before = session.snapshot
    links = toggled(before, axes)
    texts = group_texts(before, axes)
    if links > before.links:
        said = tr("Linked: {axes}. Where lines of one come or go, they do in all.", axes="; ".join(texts))
    else:
        said = tr("No longer linked: {axes}.", axes="; ".join(texts))
    session.update(links=links)
    session.notify(NOTICE, said)
