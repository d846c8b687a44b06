"""What a saved workspace remembers of how it was shown, beside the document: formats, colours, slices, links. Pure.

It never makes a document unsaved. What a file says that can't be read, or fits no entry, is passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.session.looks import colourings_of, formats_of, spelled_colourings, spelled_formats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.session.snapshot import Snapshot
    from playground.workspace.slicing import Slicing
    from playground.workspace.workspace import Workspace

_FORMATS, _COLOURINGS, _SLICES, _LINKS = "formats", "colourings", "slices", "links"


def view_of(snapshot: Snapshot) -> dict[str, Any]:
    """The view to save, empty parts left out.

    ``{"formats": {"A": "percent 1"}, "colourings": {"A": "automatic row auto"}, "slices": {"T": "[:, 2, ::-1]"},
    "links": [["A", 1], ["B", 0]]}``
    """
    names = snapshot.workspace.names
    slices = {name: slicing.text() for name, slicing in snapshot.slices.items() if name in names}
    links = sorted([name, axis] for name, axis in snapshot.links if name in names)
    looks = {_FORMATS: spelled_formats(snapshot), _COLOURINGS: spelled_colourings(snapshot)}
    view: dict[str, Any] = {**looks, _SLICES: slices, _LINKS: links}
    return {part: saved for part, saved in view.items() if saved}


def seen_in(view: Mapping[str, Any], workspace: Workspace) -> dict[str, object]:
    """The fields of a snapshot of ``workspace`` that a saved ``view`` tells."""
    return {
        "formats": formats_of(view.get(_FORMATS)),
        "colourings": colourings_of(view.get(_COLOURINGS)),
        "slices": _slices(view.get(_SLICES), workspace),
        "links": _links(view.get(_LINKS), workspace),
    }


def _links(saved: object, workspace: Workspace) -> frozenset[tuple[str, int]]:
    """Linked axes of entries that are there."""
    pairs = saved if isinstance(saved, list) else []
    return frozenset(
        (pair[0], pair[1])
        for pair in pairs
        if isinstance(pair, list) and len(pair) == 2 and pair[0] in workspace.names and type(pair[1]) is int
    )


def _slices(saved: object, workspace: Workspace) -> dict[str, Slicing]:
    """Slices by name, of arrays and of formulas whose shape is known."""
    found: dict[str, Slicing] = {}
    if not isinstance(saved, dict) or not saved:
        return found
    from playground.session.analysis import analyse
    from playground.workspace.slice_text import parse_slice  # few workspaces have a slice
    from playground.workspace.slicing import Slicing, usual

    signatures = analyse(workspace).signatures
    for name, text in saved.items():
        shape = signatures[name].shape if name in signatures else ()
        known = tuple(size for size in shape if size is not None)
        if len(known) < max(3, len(shape)) or not isinstance(text, str) or (before := usual(known)) is None:
            continue
        read = parse_slice(text, before, name)
        if isinstance(read, Slicing):
            found[name] = read
    return found
