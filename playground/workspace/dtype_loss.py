"""What the numbers of an array lose where they are converted to another dtype, counted and in words. Pure."""

from __future__ import annotations

from typing import Final

import numpy as np

from playground.record import Record
from playground.translation import tr
from playground.workspace.editing import forced

OFFERED: Final = ("bool", "uint8", "int32", "int64", "float16", "float32", "float64", "complex64", "complex128")
"""The dtypes that a menu offers; a formula has all the others too."""

COUNTED_CELLS: Final = 1 << 20
"""Up to so many cells are converted to see what they lose; of more it is only said what they may lose."""


class Loss(Record):
    """What a conversion changes: how many cells, by how much at most, and how many are infinite only afterwards."""

    cells: int
    largest: float
    infinite: int


def loss_of(values: np.ndarray, dtype: np.dtype) -> Loss:
    """Convert ``values`` to ``dtype`` as NumPy does, and see what became of them."""
    cast = forced(values, dtype)
    back = forced(cast, values.dtype)  # its own dtype knows best what is the same: float64 can't tell 2**53 + 1
    same = (back == values) | (np.isnan(values) & np.isnan(back))
    infinite = ~np.isfinite(cast) & np.isfinite(values)
    wide = np.result_type(values.dtype, dtype, np.float64)
    with np.errstate(all="ignore"):
        apart = np.abs(cast.astype(wide) - values.astype(wide))[~same & ~infinite]
    finite = apart[np.isfinite(apart)]
    return Loss(int((~same).sum()), float(finite.max(initial=0.0)), int(infinite.sum()))


def loss_text(values: np.ndarray, dtype: np.dtype) -> str:
    """Say what ``values`` lose as ``dtype``; empty where nothing is lost."""
    if _holds(dtype, values.dtype):
        return ""
    if values.size > COUNTED_CELLS:
        return may_lose(values.dtype, dtype)
    loss = loss_of(values, dtype)
    if not loss.cells:
        return ""
    said = [tr("1 cell changes") if loss.cells == 1 else tr("{count} cells change", count=loss.cells)]
    if loss.infinite:
        said.append(tr("{count} to infinity", count=loss.infinite))
    if loss.largest:
        said.append(tr("by at most {largest}", largest=f"{loss.largest:.3g}"))
    return ", ".join(said)


def may_lose(own: np.dtype, dtype: np.dtype) -> str:
    """Say what numbers of the dtype ``own`` may lose as ``dtype``, whatever they are; empty where nothing."""
    if _holds(dtype, own):
        return ""
    if dtype.kind == "b":
        return tr("only whether each is 0 is kept")
    if own.kind == "c" and dtype.kind != "c":
        return tr("imaginary parts are dropped")
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        return tr("whole numbers from {low} to {high}, fractions are cut off", low=info.min, high=info.max)
    digits, high = np.finfo(dtype).precision, float(np.finfo(dtype).max)
    return tr("about {digits} digits, up to {high}", digits=digits, high=f"{high:.2g}")


def _holds(dtype: np.dtype, own: np.dtype) -> bool:
    """Whether ``dtype`` holds every number of ``own``. int64 to float64 isn't safe, whatever NumPy says."""
    whole = own.kind in "iu" and own.itemsize == np.dtype(np.int64).itemsize
    return np.can_cast(own, dtype, "safe") and not (whole and dtype.kind in "fc")
