"""What the canvas of norms says to those who listen: a vector's norms, or what clipping makes of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from playground.explain.geometry.balls import clipped_by_norm, clipped_by_value, read_norms
from playground.explain.text import number_text, vector_text
from playground.translation import tr
from playground.views.canvas.speech import vector_sentence

if TYPE_CHECKING:
    from playground.views.canvas.vector import Vector


def norms_sentence(vector: Vector, p: float, limit: float | None) -> str:
    """Say a vector and its norms; where there is a ``limit`` instead what clipping to it makes of the vector."""
    value = (vector.x, vector.y)
    said = [vector_sentence(vector)]
    if limit is None:
        reading = read_norms(value, p)
        figures = ((1.0, reading.l1), (2.0, reading.l2), (math.inf, reading.linf), (p, reading.lp))
        named = dict(figures)  # the chosen p may be one of the three
        said += [tr("p = {p}: {length}.", p=number_text(p), length=number_text(named[p])) for p in named]
        return " ".join([*said, f"{reading.sentence}."])
    said.append(tr("The limit c is {limit}.", limit=number_text(limit)))
    if vector.is_finite:
        by_norm, by_value = clipped_by_norm(value, limit), clipped_by_value(value, limit)
        said.append(tr("By norm {vector}: {told}.", vector=vector_text(by_norm.after), told=by_norm.sentence))
        said.append(tr("By value {vector}: {told}.", vector=vector_text(by_value.after), told=by_value.sentence))
    return " ".join(said)
