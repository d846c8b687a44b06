"""How a person chose to see an entry's numbers, by its name, and which of its sizes are linked with others'. Pure.

That is seen, not stored: an edit that brings an entry back brings its look back, and no other look changes with undo,
so that what was chosen since stays chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.session.focus import View
    from playground.session.snapshot import Snapshot
    from playground.workspace.colourings import Colouring
    from playground.workspace.number_formats import NumberFormat
    from playground.workspace.workspace import Workspace

    Formats = Mapping[str, NumberFormat]
    Colourings = Mapping[str, Colouring]

Look = TypeVar("Look")


def with_format(formats: Formats, name: str, number: NumberFormat) -> Formats:
    """``formats`` with another one for ``name``."""
    from playground.workspace.number_formats import GENERAL  # nobody chooses one before the first picture

    return _with(formats, name, number, GENERAL)


def with_colouring(colourings: Colourings, name: str, colouring: Colouring) -> Colourings:
    """``colourings`` with another one for ``name``."""
    from playground.workspace.colourings import USUAL

    return _with(colourings, name, colouring, USUAL)


def _with(looks: Mapping[str, Look], name: str, look: Look, usual: Look) -> Mapping[str, Look]:
    others = {other: chosen for other, chosen in looks.items() if other != name}
    return others if look == usual else {**others, name: look}


def kept_looks(snapshot: Snapshot, new: Workspace) -> dict[str, object]:
    """The fields of looks without those of entries that are gone: another entry of that name begins with its own."""
    old = snapshot.workspace
    gone = {
        name
        for name in (*snapshot.formats, *snapshot.colourings, *(name for name, _ in snapshot.links))
        if old.get(name) is not None and new.get(name) is None
    }
    return {
        "formats": _without(snapshot.formats, gone),
        "colourings": _without(snapshot.colourings, gone),
        "links": frozenset(axis for axis in snapshot.links if axis[0] not in gone) if gone else snapshot.links,
    }


def _without(looks: Mapping[str, Look], gone: set[str]) -> Mapping[str, Look]:
    return {name: look for name, look in looks.items() if name not in gone} if gone else looks


def travelled(snapshot: Snapshot, left: View, reached: View) -> dict[str, object]:
    """The fields of looks after a step of undo or redo between two views: what was chosen since stays chosen."""
    return {
        "formats": _merged(snapshot.formats, left.formats, reached.formats),
        "colourings": _merged(snapshot.colourings, left.colourings, reached.colourings),
    }


def _merged(now: Mapping[str, Look], left: Mapping[str, Look], reached: Mapping[str, Look]) -> Mapping[str, Look]:
    if left is reached:
        return now
    names = {**now, **left, **reached}
    merged = {name: (reached if now.get(name) == left.get(name) else now).get(name) for name in names}
    return {name: look for name, look in merged.items() if look is not None}


def spelled_formats(snapshot: Snapshot) -> dict[str, str]:
    """The formats as a saved workspace remembers them."""
    from playground.workspace.number_formats import spelled

    names = snapshot.workspace.names
    return {name: spelled(number) for name, number in snapshot.formats.items() if name in names}


def formats_of(saved: object) -> Formats:
    """The formats that a saved workspace remembers; what can't be read is passed over."""
    from playground.workspace.number_formats import read_format

    read = {name: read_format(text) for name, text in saved.items()} if isinstance(saved, dict) else {}
    return {name: number for name, number in read.items() if number is not None}


def spelled_colourings(snapshot: Snapshot) -> dict[str, str]:
    """The colourings as a saved workspace remembers them."""
    from playground.workspace.colourings import spelled

    names = snapshot.workspace.names
    return {name: spelled(colouring) for name, colouring in snapshot.colourings.items() if name in names}


def colourings_of(saved: object) -> Colourings:
    """The colourings that a saved workspace remembers; what can't be read is passed over."""
    from playground.workspace.colourings import read_colouring

    read = {name: read_colouring(text) for name, text in saved.items()} if isinstance(saved, dict) else {}
    return {name: colouring for name, colouring in read.items() if colouring is not None}
