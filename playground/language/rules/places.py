"""Shapes of what gives the places of cells: rows and columns of triangles and diagonals, flat places and back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.rules.cells import numbers_in
from playground.language.rules.shapes import Shaped, broadcast, described, signature_of
from playground.language.signature import shape_text
from playground.language.values import MISSING
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.values import Value


def lower_indices(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``tril_indices``: row and column of each cell on and below a diagonal."""
    rows, columns, k = _grid(arguments)
    return _pairs(_below(rows, columns, k + 1), arguments)


def upper_indices(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``triu_indices``: row and column of each cell on and above a diagonal."""
    rows, columns, k = _grid(arguments)
    return _pairs(rows * columns - _below(rows, columns, k), arguments)


def _grid(arguments: Arguments) -> tuple[int, int, int]:
    rows = arguments.integer("n")
    columns = arguments.integer("m") if arguments.given("m") else rows
    return max(rows, 0), max(columns, 0), arguments.integer("k")


def _below(rows: int, columns: int, offset: int) -> int:
    """Count the cells of a grid left of column ``row + offset``, summed over its rows."""

    def upto(stop: int) -> int:
        """Sum of min(max(i, 0), columns) over all i below ``stop``."""
        inside = min(max(stop, 0), columns + 1)
        return inside * (inside - 1) // 2 + max(stop - columns - 1, 0) * columns

    return upto(rows + offset) - upto(offset)


def _pairs(count: int, arguments: Arguments, several: int = 2) -> tuple[Shaped, ...]:
    check_size((count,), 8)
    return (Shaped((count,), arguments.axes.fresh(1)),) * several


def diagonal_indices(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``diag_indices``: the same places along each axis."""
    count, several = arguments.integer("n"), arguments.integer("ndim")
    if not 0 < several <= 64:
        raise Mistake("argument", tr("diag_indices takes 1 to 64 axes."))
    return _pairs(max(count, 0), arguments, several)


def unravelled(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``unravel_index``: for each axis of ``shape`` an array of places, in the shape of ``indices``."""
    value, shape = arguments.array("indices"), arguments.shape("shape")
    _check_whole(value)
    if not shape:
        raise Mistake("argument", tr("unravel_index needs a shape of one axis or more."))
    constant, cells = value.constant, math.prod(shape)
    if constant is not MISSING and any(not 0 <= place < cells for place in numbers_in(constant)):
        raise Mistake(
            "index-range",
            tr("A shape of {shape} has {cells} cells, numbered from 0.", shape=shape_text(shape), cells=cells),
            span=value.span,
        )
    return (Shaped(signature_of(value).shape, value.axes),) * len(shape)


def ravelled(arguments: Arguments) -> Shaped:
    """Shape of ``ravel_multi_index``: that of the places of all axes together."""
    places, dims = arguments.arrays("multi_index"), arguments.shape("dims")
    modes = arguments.constant("mode")
    given = modes if isinstance(modes, tuple) else (modes,)
    if not all(isinstance(mode, str) and mode in ("raise", "wrap", "clip") for mode in given):
        raise Mistake("argument", tr("mode of ravel_multi_index is 'raise', 'wrap' or 'clip'."))
    if len(places) != len(dims):
        raise Mistake(
            "argument",
            tr(
                "ravel_multi_index needs places for each of {n} axes, and has them for {m}.", n=len(dims), m=len(places)
            ),
            span=arguments.values["multi_index"].span,
        )
    if not places:
        raise Mistake("argument", tr("ravel_multi_index needs places for at least one axis."))
    for value in places:
        _check_whole(value)
    return broadcast(places, arguments.axes, arguments.shown)


def _check_whole(value: Value) -> None:
    if signature_of(value).dtype.kind not in "iub":
        raise Mistake("dtype", tr("Places are whole numbers; {operand} holds none.", operand=described(value)),
                      span=value.span)  # fmt: skip
