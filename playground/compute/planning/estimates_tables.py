"""How many bytes searching, sets, statistics, numerics and random numbers take on their way, as measured on NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.signature import Signature, TupleSignature

if TYPE_CHECKING:
    from collections.abc import Sequence

    Value = Signature | TupleSignature | None

_DOUBLE: Final = 8
"""Bytes of float64, int64 and of a place: what most of it is computed in."""

_OF_LARGEST: Final = {
    "cumulative_sum": 1.0, "cumulative_prod": 1.0,
    "choose": 1.25, "diff": 1.25, "isclose": 3.25, "allclose": 3.25, "nan_to_num": 0.75, "sinc": 2.25, "isreal": 1.0,
    "iscomplex": 1.0, "i0": 9.0, "logspace": 1.0, "geomspace": 1.0, "polyval": 2.1, "unwrap": 4.25, "lexsort": 1.25,
    "hanning": 2.0, "hamming": 2.0, "blackman": 3.0, "bartlett": 4.0, "kaiser": 11.0,
}  # fmt: skip
"""Arrays of float64 that stand at the same time, each as large as the largest of operands and result."""

_OF_ALL: Final = {
    "intersect1d": 2.25, "union1d": 2.75, "setdiff1d": 3.75, "setxor1d": 2.75, "interp": 0.75, "cov": 1.1,
    "corrcoef": 1.1,
}  # fmt: skip
"""The same, each as large as all operands together."""

_WITHOUT_NAN: Final = {
    "nansum": 1.25, "nanprod": 1.25, "nancumsum": 1.25, "nancumprod": 1.25, "nanargmin": 1.25, "nanargmax": 1.25,
    "nanmean": 1.5, "nanstd": 1.5, "nanvar": 1.5, "nanmedian": 3.5, "nanquantile": 1.5, "nanpercentile": 1.5,
}  # fmt: skip
"""Copies of an operand in which nan may stand."""

_BINNED_AT_ONCE: Final = 65_536
_BYTES_BINNED: Final = 44
"""NumPy counts a histogram in blocks of so many cells, with so many bytes for each."""


def scratch_of(target: str, result: Value, operands: Sequence[Value], first: object = None) -> int | None:
    """Give the bytes beside operands and result; None for what isn't known here. ``first`` is a constant argument."""
    arrays = [operand for operand in operands if isinstance(operand, Signature)]
    sizes = [array.size or 0 for array in arrays]
    largest = max([*sizes, _cells(result)])
    if target in _OF_LARGEST:
        return int(_DOUBLE * _OF_LARGEST[target] * largest)
    if target == "isin":  # whole numbers are looked up in a table
        return int(_DOUBLE * (1.25 if all(array.dtype.kind in "biu" for array in arrays) else 4.75) * sum(sizes))
    if target in _OF_ALL:
        return int(_DOUBLE * _OF_ALL[target] * sum(sizes))
    if target in _WITHOUT_NAN:
        copied = arrays and arrays[0].dtype.kind in "fc"
        return int(_WITHOUT_NAN[target] * arrays[0].dtype.itemsize * sizes[0]) if copied else 0
    if target == "roots":  # a matrix of them, made in two steps
        return int(_DOUBLE * 2.1 * max(sizes, default=0) ** 2)
    if target.startswith("random."):
        drawn = max(largest, first) if target.endswith("choice") and isinstance(first, int) else largest
        return int(_DOUBLE * 1.1 * drawn)
    copies = _copies(target, result, arrays)
    return None if copies is None else int(_DOUBLE * copies * max(sizes, default=0))


def _cells(value: Value) -> int:
    if isinstance(value, TupleSignature):
        return max((_cells(item) for item in value.items), default=0)
    return 0 if value is None else value.size or 0


def _copies(target: str, result: Value, arrays: list[Signature]) -> float | None:
    """How many arrays of float64 as large as the largest operand, where that depends on more than the function."""
    if not arrays:
        return None
    first = arrays[0]
    whole, several = first.dtype.kind in "biu", len(arrays) > 1
    match target:
        case "argwhere":  # the places of each axis, then all of them side by side
            return 2 * first.ndim - 1
        case "unique":
            return len(result.items) + 2.25 if isinstance(result, TupleSignature) else 1.25
        case "average":
            return 1.25 if several else 0
        case "histogram":
            return _BYTES_BINNED / _DOUBLE * min(1.0, _BINNED_AT_ONCE / max(first.size or 0, 1))
        case "trapezoid":
            return 1.25 + (whole or several)
        case "gradient":
            return (6.25 if several else 1.25) + whole
        case "polyfit" if isinstance(result, Signature):  # a column for each power, twice
            return 2.25 * (result.shape[0] or 0) + 1
    return None
