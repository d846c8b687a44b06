"""Which entries' numbers are shown in another format than the general one, by name. Pure.

That is seen, not stored: an edit that brings an entry back brings its format back, and no other format changes with
undo, so that what was chosen since stays chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.session.focus import View
    from playground.session.snapshot import Snapshot
    from playground.workspace.number_formats import NumberFormat
    from playground.workspace.workspace import Workspace

    Formats = Mapping[str, NumberFormat]


def with_format(formats: Formats, name: str, number: NumberFormat) -> Formats:
    """``formats`` with another one for ``name``."""
    from playground.workspace.number_formats import GENERAL  # nobody chooses one before the first picture

    others = {other: chosen for other, chosen in formats.items() if other != name}
    return others if number == GENERAL else {**others, name: number}


def kept_formats(formats: Formats, old: Workspace, new: Workspace) -> Formats:
    """``formats`` without those of entries that are gone: another entry of that name begins with its own."""
    gone = [name for name in formats if old.get(name) is not None and new.get(name) is None]
    return {name: number for name, number in formats.items() if name not in gone} if gone else formats


def travelled(snapshot: Snapshot, left_view: View, reached_view: View) -> Formats:
    """The formats after a step of undo or redo from one view to another: what was chosen since stays chosen."""
    now, left, reached = snapshot.formats, left_view.formats, reached_view.formats
    if left is reached:
        return now
    names = {**now, **left, **reached}
    merged = {name: (reached if now.get(name) == left.get(name) else now).get(name) for name in names}
    return {name: number for name, number in merged.items() if number is not None}


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
