"""What a saved workspace remembers of how it was shown, beside the document: formats, colours, slices, links. Pure.

It never makes a document unsaved. What a file says that can't be read, or fits no entry, is passed over; parts that
this version doesn't know are kept and saved again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.session.looks import colourings_of, formats_of, spelled_colourings, spelled_formats
from playground.session.snapshot import Unread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.files.mplay import Document
    from playground.session.snapshot import Snapshot
    from playground.workspace.slicing import Slicing
    from playground.workspace.workspace import Workspace

_PARTS = _FORMATS, _COLOURINGS, _SLICES, _LINKS = "formats", "colourings", "slices", "links"


def document_of(snapshot: Snapshot) -> Document:
    """The document to save: with how it is shown, and what its file said that this version doesn't know."""
    from playground.files.mplay import Document  # saving comes late

    workspace, view, unread = snapshot.workspace, view_of(snapshot), snapshot.unread
    if unread is None:
        return Document(workspace, view)
    entries = {name: dict(fields) for name, fields in unread.entries.items() if name in workspace.names}
    return Document(workspace, {**unread.view, **view}, dict(unread.fields), entries)


def seen_of(document: Document) -> dict[str, object]:
    """The fields of a snapshot of a saved ``document`` that tell how it was shown."""
    seen = seen_in(document.view, document.workspace)
    view = {part: saved for part, saved in document.view.items() if part not in _PARTS}
    if document.extra or document.entry_extra or view:
        seen["unread"] = Unread(document.extra, view, document.entry_extra)
    return {part: fields for part, fields in seen.items() if fields}


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
