"""Computing with fewer digits than a formula is written for, and what that changes in its values.

Floating operands are cast before anything is computed, whole numbers and truths stay. What a formula makes itself
(``linspace``, the mean of whole numbers) is float64 as NumPy makes it; the result is of the dtype asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from playground.compute.backend import Backend

AS_WRITTEN: Final = ""
TF32: Final = "tf32"
DOUBLE: Final = "float64"

PRECISIONS: Final = (AS_WRITTEN, "float32", "float16", TF32)
"""What can be asked for. TF32 is float32 whose products keep 10 bits of each factor, on GPUs that have it."""

_REAL: Final[dict[str, np.dtype]] = {
    DOUBLE: np.dtype(np.float64),
    "float32": np.dtype(np.float32),
    TF32: np.dtype(np.float32),
    "float16": np.dtype(np.float16),
}
_COMPLEX: Final[dict[str, np.dtype]] = {DOUBLE: np.dtype(np.complex128)}
"""Complex numbers of two float32 stand for all others: there are no smaller ones."""

_PIECE_BYTES: Final = 8 << 20


class Comparison(Record):
    """What computing in ``precision`` changes against float64.

    Attributes
    ----------
    largest
        Largest difference of two cells that are finite in both.
    scale
        Largest magnitude of a finite cell in float64, against which the difference is to be seen.
    lost
        How many cells are finite in float64 only: they were too large, or came of such.
    seconds, float64_s
        Median time of computing, in ``precision`` and in float64.
    """

    precision: str
    largest: float
    scale: float
    lost: int
    seconds: float
    float64_s: float


def cast_dtype(dtype: np.dtype, precision: str) -> np.dtype:
    """The dtype in which numbers of ``dtype`` are computed; ``dtype`` itself where nothing is to be cast.

    >>> str(cast_dtype(np.dtype("float64"), "float32")), str(cast_dtype(np.dtype("int32"), "float32"))
    ('float32', 'int32')
    """
    if precision == AS_WRITTEN or dtype.kind not in "fc":
        return dtype
    return _REAL[precision] if dtype.kind == "f" else _COMPLEX.get(precision, np.dtype(np.complex64))


def cast(value: Any, precision: str) -> Any:  # noqa: ANN401 - arrays of some device, or a tuple of them
    """Give a result in the dtype asked for. Within the device's ``session``: what is too large becomes infinite."""
    if isinstance(value, tuple):
        return tuple(cast(part, precision) for part in value)
    wanted = cast_dtype(value.dtype, precision)
    return value if wanted == value.dtype else value.astype(wanted)


def precision_notes(computed: Any, value: Any, precision: str, backend: Backend) -> tuple[str, ...]:  # noqa: ANN401
    """Say what was computed otherwise than ``precision`` sounds; ``value`` is what ``computed`` was cast to."""
    notes = []
    if precision == TF32 and not backend.has_tf32:
        notes.append(tr("{device} has no TF32: float32 instead.", device=backend.label))
    given, wanted = (item[0] if isinstance(item, tuple) else item for item in (computed, value))
    if given.dtype != wanted.dtype:
        notes.append(
            tr("A part of it is {given} as written; the result is rounded to {wanted}.",
               given=given.dtype, wanted=wanted.dtype)
        )  # fmt: skip
    return tuple(notes)


def differences(narrow: Any, wide: Any, backend: Backend) -> tuple[float, float, int]:  # noqa: ANN401
    """Largest difference, largest magnitude in ``wide``, and how many cells are finite there only.

    Both have one shape and lie on ``backend``; they are looked at in pieces of at most 8 MiB.
    """
    if isinstance(wide, tuple):
        parts = [differences(a, b, backend) for a, b in zip(narrow, wide, strict=True)]
        return max(part[0] for part in parts), max(part[1] for part in parts), sum(part[2] for part in parts)
    module = backend.module
    narrow, wide = module.asarray(narrow).reshape(-1), module.asarray(wide).reshape(-1)
    largest = scale = 0.0
    lost = 0
    cells = max(1, _PIECE_BYTES // max(1, wide.dtype.itemsize))
    for start in range(0, wide.size, cells):
        a, b = narrow[start : start + cells], wide[start : start + cells]
        finite = module.isfinite(b)
        both = finite & module.isfinite(a)
        lost += int((finite & ~both).sum())
        scale = max(scale, float(module.where(finite, abs(b), 0).max()))
        # What isn't finite is left out before it is subtracted: inf - inf would be a nan, the largest of all.
        largest = max(largest, float(abs(module.where(both, a, 0) - module.where(both, b, 0)).max()))
    return largest, scale, lost
