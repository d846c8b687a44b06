"""How many bytes layout, products and Fourier transforms take while they run, as measured on NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.signature import Signature, TupleSignature
from playground.language.subscripts import cost, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.language.subscripts import Label

    Value = Signature | TupleSignature | None

_COMPLEX = 16
"""Bytes of a complex number in double precision."""


def scratch_of(target: str, result: Value, operands: Sequence[Value]) -> int | None:
    """Give the bytes beside operands and result; None for what isn't known here."""
    arrays = [operand for operand in operands if isinstance(operand, Signature)]
    if not isinstance(result, Signature):
        return None
    if target.startswith("fft.") and "shift" not in target:
        return _fourier(target, result, arrays)
    if target == "tile":
        return result.nbytes or 0  # it is repeated axis by axis
    if target == "vdot":
        return sum(array.nbytes or 0 for array in arrays)  # copied where they don't lie in a row
    if target == "trim_zeros" and arrays:
        return 8 * (arrays[0].ndim + 1) * (arrays[0].size or 0)  # the places of all cells that aren't 0
    return None


def _fourier(target: str, result: Signature, arrays: Sequence[Signature]) -> int:
    if target.endswith("freq"):
        return 9 * (result.nbytes or 0) // 4
    cells = sum(array.size or 0 for array in arrays[:1])
    if target.startswith(("fft.rfft", "fft.ihfft")):
        # Real cells stay real until the last axis is done; those of single precision are widened.
        each = _COMPLEX if result.dtype.itemsize < _COMPLEX else _COMPLEX // 2
        return each * cells + (result.nbytes or 0)
    # Cells become complex ones, of double precision on the way, and each axis has a result of its own.
    return 2 * _COMPLEX * cells + (result.nbytes or 0)


def einsum_scratch(subscripts: object, result: Value, operands: Sequence[Value]) -> int:
    """Bytes of ``einsum``: copies of its operands where they are laid out anew, and the largest product on the way."""
    arrays = [operand for operand in operands if isinstance(operand, Signature)]
    copied = sum(array.nbytes or 0 for array in arrays)
    if not isinstance(subscripts, str) or not isinstance(result, Signature) or len(arrays) < 3:
        return copied
    found = read(subscripts, [array.ndim for array in arrays])
    sizes: dict[Label, int] = {}
    for term, array in zip(found.terms, arrays, strict=True):
        for label, size in zip(term, array.shape, strict=True):
            sizes[label] = max(sizes.get(label, 0), size or 0)
    return copied + 2 * cost(found, sizes).largest * result.dtype.itemsize
