"""The two vectors of a product's cell, and the cells of entries that they are bound to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from playground.explain.recipe import recipe_of
from playground.explain.region import Places, index_text
from playground.record import Record

if TYPE_CHECKING:
    from playground.explain.origin import CellRef
    from playground.explain.recipe import Part
    from playground.language.infer import Inference

MAX_COORDINATES = 4096


class Bound(Record):
    """A vector that is a line of cells, so that moving the vector edits those cells.

    Attributes
    ----------
    name
        The entry, None where the vector is computed.
    source
        NumPy text of the vector: ``A[0, :]``, ``B[:, 1]``, ``x``, ``(A + B)[0, :]``.
    cells
        Its cells in the order of its coordinates; empty where it is computed or has more than 4096.
    """

    name: str | None
    source: str
    cells: tuple[CellRef, ...] = ()


def bound_vectors(inference: Inference, index: tuple[int, ...]) -> tuple[Bound, Bound] | None:
    """Give the two vectors whose product is the cell ``index`` of a formula.

    None where the top operation is no product of two lines (``@``, ``matmul``, ``dot``, ``inner``, ``vdot``), or the
    formula has a problem.
    """
    if inference.tree is None or inference.problems:
        return None
    places = Places(inference)
    recipe = recipe_of(inference.tree, index, places.shape_of)
    if recipe.kind != "product":
        return None
    left, right = recipe.parts
    return _bound(left, places), _bound(right, places)


def _bound(part: Part, places: Places) -> Bound:
    kept = places.kept_as(part)
    source = places.text(part.node) + index_text(part.where)
    if kept is not None:
        source = kept[0] + index_text(kept[1])
    if source.endswith("[:]"):
        source = source[:-3]
    if math.prod(places.sizes(part)) > MAX_COORDINATES:
        return Bound(None, source)
    refs = tuple(places.refs(part))
    cells = tuple(ref for ref in refs if ref is not None)
    if not cells or len(cells) < len(refs):
        return Bound(None, source)
    return Bound(cells[0].name, source, cells)
