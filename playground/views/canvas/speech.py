"""What the canvas says: its state as sentences, for those who listen and for the tips of the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.explain.geometry.pair import compare, sentence
from playground.explain.text import vector_text
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.views.canvas.snapping import Snap
    from playground.views.canvas.vector import Vector

_SPOKEN = 4


def vector_sentence(vector: Vector) -> str:
    """Say what a vector is, and why it can't be dragged where it can't: ``u is A[0, :], (2, 1).``."""
    value = vector_text(vector.components)
    named = tr("{name} is {source}, {value}.", name=vector.name, source=vector.source, value=value)
    if vector.source in ("", vector.name):
        named = tr("{name} is {value}.", name=vector.name, value=value)
    if not vector.is_finite:
        named += " " + tr("It can't be drawn: a coordinate is not a finite number.")
    if not vector.editable:
        named += " " + hold_note(vector, "free")
    return named


def hold_note(vector: Vector, snap: Snap) -> str:
    """Say what a hand must know that nobody chose: that a tip can't be dragged, or jumps. Empty for neither."""
    if not vector.editable:
        return vector.reason or tr("{name} is computed: it can't be dragged", name=vector.name)
    if not vector.integer or snap == "integer":
        return vector.note
    return tr(
        "{source} holds integers, so {name} snaps to them",
        source=vector.source or vector.name,
        name=vector.name,
    )


def state_sentence(vectors: Sequence[Vector], pair: tuple[Vector, Vector] | None, selected: str, stale: bool) -> str:
    """Say all that the canvas shows: the pair and its state, or the first few vectors; then what keys would move."""
    if not vectors:
        return tr("No vectors here. Choose a cell of a product, or a row or column with two numbers.")
    spoken = pair or tuple(vectors[:_SPOKEN])
    said = [tr("These are the last good values.")] if stale else []
    said.extend(vector_sentence(vector) for vector in spoken)
    if pair is not None:
        u, v = pair
        said.append(sentence(compare(u.components, v.components), u.name, v.name) + ".")
    hidden = len(vectors) - len(spoken)
    if hidden:
        said.append(tr("{count} more vectors.", count=hidden))
    if selected:
        said.append(tr("{name} is selected.", name=selected))
    return " ".join(said)
