"""Dtypes compared by name, and whole numbers of Python's that are larger than any cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.arguments import DTYPE_NAMES
from playground.language.literal import fits_a_cell
from playground.language.mistake import Mistake
from playground.language.rules.shapes import shown
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.values import Value

_FLOAT_BITS: Final = 1024
"""A whole number of more bits is no float64."""


def same_dtype(left: Value, right: Value) -> bool | None:
    """Compare ``A.dtype == float32``; None where neither side is the dtype of an array."""
    if not any(isinstance(value.constant, np.dtype) for value in (left, right)):
        return None
    one, other = _dtype(left.constant), _dtype(right.constant)
    return one is not None and other is not None and one == other  # to NumPy, None is float64


def _dtype(constant: object) -> np.dtype | None:
    if isinstance(constant, np.dtype):
        return constant
    return DTYPE_NAMES.get(constant) if isinstance(constant, str) else None


def check_large_integer(left: Value, right: Value) -> None:
    """Raise ``Mistake`` where a whole number of more than 64 bits meets an array that can't work with it."""
    for number, other in ((left, right), (right, left)):
        if not isinstance(number.constant, int) or fits_a_cell(number.constant) or other.signature is None:
            continue
        kind = other.signature.dtype.kind
        if kind == "b" or (kind in "fc" and abs(number.constant).bit_length() > _FLOAT_BITS):
            raise Mistake(
                "integer-range",
                tr("{number} is too large for {dtype}.", number=shown(number), dtype=other.signature.dtype),
                tr("Write it with a point, as a float.")
                if kind == "b"
                else tr("The largest float64 is about 1.8e308; beyond it there is only inf."),
                span=number.span,
            )
