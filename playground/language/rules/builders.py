"""Shapes of what NumPy builds in square brackets, ``r_[1:4, 0]`` and ``mgrid[0:3, 0:4]``, and of open grids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.rules import dtypes
from playground.language.rules.shapes import Shaped, described, signature_of
from playground.language.values import MISSING
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.language.arguments import Arguments
    from playground.language.signature import Shape
    from playground.language.values import Value


# -- r_ and c_ ---------------------------------------------------------------------------------------------------


def joined(least: int, axis: int) -> Callable[[Arguments], Shaped]:
    """Make the rule of ``r_`` (of at least 1 axis, joined along axis 0) and ``c_`` (of at least 2, along the last).

    ``c_`` makes a column of what has one axis.
    """

    def rule(arguments: Arguments) -> Shaped:
        parts = _parts(arguments)
        shapes = [_lifted(signature_of(part).shape, least) for part in parts]
        first, place = shapes[0], axis % len(shapes[0])
        for part, shape in zip(parts, shapes, strict=True):
            others = zip(first, shape, strict=False)
            fits = all(a == b or None in (a, b) for k, (a, b) in enumerate(others) if k != place)
            if len(shape) != len(first) or not fits:
                raise Mistake(
                    "join",
                    tr("{function} joins along axis {axis}, and {first} and {part} differ beside it.",
                       function=arguments.shown, axis=place, first=described(parts[0]), part=described(part)),
                    span=part.span,
                )  # fmt: skip
        sizes = [shape[place] for shape in shapes]
        total = None if None in sizes else sum(size or 0 for size in sizes)
        result = (*first[:place], total, *first[place + 1 :])
        check_size(result)
        return Shaped(result)

    return rule


def _parts(arguments: Arguments) -> list[Value]:
    """Give what stands in the brackets, each as an array."""
    given = arguments.values.get("items")
    items = () if given is None else given.items or ()
    for item in items:
        if isinstance(item.constant, str):
            raise Mistake("argument", tr("{function} takes arrays and ranges here.", function=arguments.shown),
                          tr("concatenate and stack have an axis."), span=item.span)  # fmt: skip
    if not items:
        raise Mistake("missing-argument", tr("{function} needs something to join.", function=arguments.shown))
    return [arguments.as_array(item) for item in items]


def _lifted(shape: Shape, least: int) -> Shape:
    return (*shape, *(1,) * (least - len(shape))) if shape else (1,) * least


def joined_dtype(arguments: Arguments) -> np.dtype:
    """Dtype of ``r_`` and ``c_``: typed numbers take that of the arrays beside them."""
    parts = _parts(arguments)
    dtype = dtypes.promoted(parts)
    for part in parts:
        dtypes.check_fits(part, dtype)
    return dtype


# -- grids -------------------------------------------------------------------------------------------------------


def grid(arguments: Arguments) -> Shaped:
    """Shape of ``mgrid``: the coordinates of each axis, stacked; of one range the range itself."""
    sizes = _ranges(arguments)
    shape = sizes if len(sizes) == 1 else (len(sizes), *sizes)
    check_size(shape)
    return Shaped(shape)


def open_grid(arguments: Arguments) -> Shaped | tuple[Shaped, ...]:
    """Shapes of ``ogrid``: each range along an axis of its own; of one range the range itself."""
    sizes = _ranges(arguments)
    return Shaped(sizes) if len(sizes) == 1 else tuple(_open(size, k, len(sizes)) for k, size in enumerate(sizes))


def _open(size: int | None, axis: int, ndim: int) -> Shaped:
    return Shaped((*(1,) * axis, size, *(1,) * (ndim - axis - 1)))


def _ranges(arguments: Arguments) -> Shape:
    """Give how many numbers each range has."""
    parts = _parts(arguments)
    for part in parts:
        if signature_of(part).ndim != 1:
            raise Mistake("argument", tr("{function} takes ranges.", function=arguments.shown),
                          tr("Write {function}[0:3, 0:4].", function=arguments.shown), span=part.span)  # fmt: skip
    return tuple(signature_of(part).shape[0] for part in parts)


def grid_dtype(arguments: Arguments) -> np.dtype:
    """Dtype of ``mgrid``: what all ranges have in common."""
    return dtypes.promoted_strong(_parts(arguments))


def open_grid_dtype(arguments: Arguments) -> np.dtype | tuple[np.dtype, ...]:
    """Dtypes of ``ogrid``: what all ranges have in common, for each of them."""
    parts = _parts(arguments)
    common = dtypes.promoted_strong(parts)
    return common if len(parts) == 1 else (common,) * len(parts)


# -- ix_ ---------------------------------------------------------------------------------------------------------


def crossed(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``ix_``: each row of places along an axis of its own; truths become the places where they hold."""
    rows = _rows(arguments)
    return tuple(_open(_count(row), axis, len(rows)) for axis, row in enumerate(rows))


def _rows(arguments: Arguments) -> list[Value]:
    given = arguments.values.get("args")
    rows = [arguments.as_array(item) for item in (() if given is None else given.items or ())]
    for row in rows:
        if row.constant is not MISSING and not signature_of(row).size:  # of floats, as every list of nothing is
            raise Mistake("argument", tr("ix_ needs a place in each row."), tr("Write ix_([0, 2], [1, 3])."),
                          span=row.span)  # fmt: skip
        if signature_of(row).ndim != 1:
            raise Mistake(
                "ndim",
                tr("ix_ takes rows of places; {row} is none.", row=described(row)),
                tr("Write ix_([0, 2], [1, 3])."),
                span=row.span,
            )
    if not rows:
        raise Mistake("missing-argument", tr("ix_ needs rows of places."), tr("Write ix_([0, 2], [1, 3])."))
    return rows


def _count(row: Value) -> int | None:
    signature = signature_of(row)
    if signature.dtype != dtypes.BOOL:
        return signature.size
    return None if row.constant is MISSING else int(np.count_nonzero(np.asarray(row.constant)))


def crossed_dtypes(arguments: Arguments) -> tuple[np.dtype, ...]:
    """Dtypes of ``ix_``: places for truths, else that of the row."""
    found = [signature_of(row).dtype for row in _rows(arguments)]
    return tuple(dtypes.INDEX if dtype == dtypes.BOOL else dtype for dtype in found)
