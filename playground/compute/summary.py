"""What a view shows of a whole array that it never sees whole: limits, NaN and infinity counts, a thumbnail."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.outcome import Summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.compute.backend import Backend

PIECE_BYTES = 8 * 2**20
"""Largest part that is read at once: scanning a big array must not double the memory that it takes."""

DEVICE_PIECE_BYTES = 256 * 2**20
"""The same on a device: each piece is waited for twice, and smaller ones would take the GPU less time than that."""

THUMBNAIL = 8
"""Rows and columns of a thumbnail at most."""


def summarize(array: object, backend: Backend | None = None) -> Summary:
    """Read all of ``array`` once, in pieces of at most 8 MiB, on a device 256 MiB.

    ``array`` is a host array or scalar, or an array of ``backend``, whose module then does the reading; only the
    figures and the thumbnail come to the host. The thumbnail is spread over the last two axes; of axes before them it
    shows the first place.
    """
    if backend is None:
        return _summarize(np.asarray(array), np, np.asarray, PIECE_BYTES)
    with backend.session():
        piece_bytes = DEVICE_PIECE_BYTES if backend.copies else PIECE_BYTES
        return _summarize(backend.asarray(array), backend.module, backend.to_host, piece_bytes)


def _summarize(array: Any, xp: Any, to_host: Any, piece_bytes: int) -> Summary:  # noqa: ANN401 - arrays of any module
    low, high, nans, infinities = math.inf, -math.inf, 0, 0
    with np.errstate(all="ignore"):
        for piece in _pieces(array, piece_bytes):
            piece_low, piece_high, piece_nans, piece_infinities = _figures(piece, xp)
            low, high = min(low, piece_low), max(high, piece_high)
            nans += piece_nans
            infinities += piece_infinities
    found = low <= high
    thumbnail = np.asarray(to_host(_sample(array)))
    if thumbnail.dtype.kind == "c":
        thumbnail = np.abs(thumbnail)
    return Summary(
        low if found else None,
        high if found else None,
        nans,
        infinities,
        np.ascontiguousarray(thumbnail, dtype=np.float64).reshape(_thumbnail_shape(array.shape)),
    )


def _pieces(array: Any, piece_bytes: int) -> Iterator[Any]:  # noqa: ANN401
    """Cut ``array`` into views, none of them more than ``piece_bytes``: halves of the longest axis."""
    pending = [array]
    while pending:
        piece = pending.pop()
        if piece.size == 0:
            continue
        if piece.nbytes <= piece_bytes:
            yield piece
            continue
        axis = max(range(piece.ndim), key=lambda k: abs(piece.strides[k]) * (piece.shape[k] > 1))
        half = piece.shape[axis] // 2
        before = (slice(None),) * axis
        pending += [piece[(*before, slice(half, None))], piece[(*before, slice(None, half))]]


def _figures(piece: Any, xp: Any) -> tuple[float, float, int, int]:  # noqa: ANN401
    """Lowest and highest finite value (inf and −inf where there is none), NaN count, count of infinities."""
    kind = piece.dtype.kind
    nans = infinities = 0
    if kind == "c":
        magnitude = xp.abs(piece)
        # One infinite part makes the magnitude infinite even where the other part is NaN: NaN counts first.
        nans = int(xp.isnan(piece).sum())
        piece, kind = xp.where(xp.isnan(piece), xp.nan, magnitude), "f"
    low, high = float(piece.min()), float(piece.max())
    if kind != "f" or (math.isfinite(low) and math.isfinite(high)):
        return low, high, nans, infinities
    finite = xp.isfinite(piece)
    nans = int(xp.isnan(piece).sum())
    infinities = int(piece.size) - int(finite.sum()) - nans
    low = float(xp.where(finite, piece, xp.inf).min())
    high = float(xp.where(finite, piece, -xp.inf).max())
    return low, high, nans, infinities


def _sample(array: Any) -> Any:  # noqa: ANN401
    """Take the cells of the thumbnail: first place of the leading axes, evenly spread places of the last two."""
    plane = array[(0,) * (array.ndim - 2)] if array.ndim > 2 and array.size else array
    if plane.ndim > 2 or plane.size == 0:
        return np.empty(0)
    for axis in range(plane.ndim):
        plane = plane[(slice(None),) * axis + (_spread(plane.shape[axis]),)]
    return plane


def _spread(count: int) -> list[int]:
    """At most eight places of ``count``, evenly spread, the first and the last among them."""
    if count <= THUMBNAIL:
        return list(range(count))
    return [round(k * (count - 1) / (THUMBNAIL - 1)) for k in range(THUMBNAIL)]


def _thumbnail_shape(shape: tuple[int, ...]) -> tuple[int, int]:
    rows, columns = (1, *shape)[-2:] if shape else (1, 1)
    if math.prod(shape) == 0:
        return (0, 0)
    return (min(rows, THUMBNAIL), min(columns, THUMBNAIL))
