"""How large the numbers of arrays are: one look at each, piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PIECE_CELLS: Final = 1 << 14
"""Cells of one piece: with what is made of it, it fits into a core's second cache."""


def within(arrays: Iterable[np.ndarray], least: np.floating[Any], most: np.floating[Any]) -> bool:
    """Whether the magnitude of every part of every cell is 0 or between ``least`` and ``most``; see ``WITHIN``."""
    smallest_first = sorted(arrays, key=np.size)  # a no is found sooner
    return all(_is_within(piece, least, most) for array in smallest_first for piece in _pieces(array))


def _pieces(array: np.ndarray) -> Iterator[Any]:
    """The cells in the order of memory; only what doesn't lie together is copied."""
    yield from np.nditer(  # type: ignore[call-overload] # NumPy's stubs have no "contig"
        array,
        flags=("external_loop", "buffered", "zerosize_ok"),
        op_flags=("readonly", "contig", "nbo"),
        order="K",
        buffersize=_PIECE_CELLS,
    )


def _is_within(piece: np.ndarray, least: np.floating[Any], most: np.floating[Any]) -> bool:
    magnitudes = np.abs(piece.view(least.dtype))
    if not magnitudes.max(initial=0) <= most:  # as nan isn't
        return False
    if magnitudes.min(initial=most) >= least:
        return True
    return bool(np.count_nonzero(magnitudes < least) == np.count_nonzero(magnitudes == 0))
