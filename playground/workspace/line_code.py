"""Edits of rows and columns in NumPy's words: the line of code that does the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.workspace.edits import DeleteLines, InsertLines, Resize
from playground.workspace.line_edits import MoveLines

if TYPE_CHECKING:
    from playground.workspace.editing import Edit

_LISTED = 8
"""An order of at most so many lines is written out."""


def code_of(edit: Edit, shape: tuple[int, ...]) -> str:
    """One line of NumPy for an edit of an array that had ``shape``; empty for an edit of another kind.

    >>> code_of(MoveLines("A", 0, 1, 1, 0), (3, 2))
    'A = A[[1, 0, 2]]'
    """
    if isinstance(edit, MoveLines):
        everything = ":, " * edit.axis
        return f"{edit.name} = {edit.name}[{everything}{_order(edit, shape[edit.axis])}]"
    if isinstance(edit, InsertLines):
        places = str(edit.at) if edit.count == 1 else f"[{edit.at}] * {edit.count}"
        return f"{edit.name} = np.insert({edit.name}, {places}, 0, axis={edit.axis})"
    if isinstance(edit, DeleteLines):
        lines = str(edit.at) if edit.count == 1 else f"np.s_[{edit.at}:{edit.at + edit.count}]"
        return f"{edit.name} = np.delete({edit.name}, {lines}, axis={edit.axis})"
    if isinstance(edit, Resize) and len(edit.shape) == len(shape):
        return f"{edit.name} = {_resized(edit.name, shape, edit.shape)}"
    return ""


def _order(edit: MoveLines, size: int) -> str:
    if size <= _LISTED:
        return str(edit.order(size).tolist())
    low, high = min(edit.at, edit.to), max(edit.at, edit.to) + edit.count
    own = (edit.at, edit.at + edit.count)
    between = (edit.at + edit.count, high) if edit.at < edit.to else (low, edit.at)
    runs = [(0, low), *((between, own) if edit.at < edit.to else (own, between)), (high, size)]
    texts = [str(first) if stop - first == 1 else f"{first}:{stop}" for first, stop in runs if first < stop]
    return f"np.r_[{', '.join(texts)}]"


def _resized(name: str, old: tuple[int, ...], new: tuple[int, ...]) -> str:
    cuts = [f":{after}" if after < before else ":" for before, after in zip(old, new, strict=True)]
    while cuts and cuts[-1] == ":":
        cuts.pop()
    kept = f"{name}[{', '.join(cuts)}]" if cuts else name
    added = [max(0, after - before) for before, after in zip(old, new, strict=True)]
    if not any(added):
        return kept
    pairs = ", ".join(f"(0, {more})" for more in added)
    return f"np.pad({kept}, ({pairs},))" if len(added) == 1 else f"np.pad({kept}, ({pairs}))"
