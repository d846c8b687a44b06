"""Which values a dtype can hold, and the dtype that would hold those it can't.

One rule for typed cells, pasted blocks and dtype changes: whole numbers stay exact, a floating dtype rounds to its
own precision but never to infinity or to zero, and nothing loses its imaginary part.
"""

from __future__ import annotations

import numpy as np

from playground.translation import tr

SUPPORTED = tuple(
    np.dtype(name)
    for name in (
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64", "complex64", "complex128"),
    )
)
"""Dtypes that a workspace's arrays may have, always in the machine's own byte order."""

_OFFERS = tuple(np.dtype(name) for name in ("int64", "uint64", "float64", "complex64", "complex128"))


def dtype_problem(dtype: np.dtype) -> str | None:
    """Say why an array of ``dtype`` can't be in a workspace, None where it can."""
    if dtype.newbyteorder("=") in SUPPORTED:
        return None
    if dtype.kind == "O":
        return tr("It holds Python objects; only numbers can be shown and computed with.")
    if dtype.kind in "SUT":
        return tr("It holds texts; only numbers can be shown and computed with.")
    if dtype.kind in "mM":
        what = tr("dates") if dtype.kind == "M" else tr("durations")
        return tr("It holds {what} ({dtype}); only numbers can be shown and computed with.", what=what, dtype=dtype)
    if dtype.kind == "V":
        return tr("It holds records of several fields; take one field as an array of numbers.")
    return tr("Its dtype is {dtype}; at most float64 and complex128 can be computed with.", dtype=dtype)


def fitted(values: np.ndarray, dtype: np.dtype) -> np.ndarray | None:
    """Give ``values`` as ``dtype``, or None where that loses something (see the module's rule).

    The result may be ``values`` itself. Both dtypes are among ``SUPPORTED``.
    """
    if values.dtype == dtype:
        return values
    if dtype.kind == "c":
        return _cast_rounded(values, dtype)
    if values.dtype.kind == "c":
        return None if np.any(values.imag != 0) else fitted(values.real, dtype)
    if dtype.kind == "b":
        return values.astype(dtype) if bool(np.all((values == 0) | (values == 1))) else None
    if dtype.kind in "iu":
        return values.astype(dtype) if _whole_within(values, dtype) else None
    return _cast_rounded(values, dtype)


def holding_dtype(values: np.ndarray, dtype: np.dtype) -> np.dtype | None:
    """Find the nearest wider dtype that holds ``values`` and all that ``dtype`` holds, None where there is none."""
    for offer in _OFFERS:
        wider = np.promote_types(dtype, offer)
        if wider != dtype and fitted(values, wider) is not None:
            return wider
    return None


def _cast_rounded(values: np.ndarray, dtype: np.dtype) -> np.ndarray | None:
    """Cast to a floating or complex dtype; None where a whole number, infinity or zero would come out wrong."""
    with np.errstate(all="ignore"):
        cast = values.astype(dtype)
    if values.dtype.kind == "b":
        return cast
    if values.dtype.kind in "iu":
        real = cast.real if dtype.kind == "c" else cast
        if not _whole_within(real, values.dtype):
            return None
        return cast if np.array_equal(real.astype(values.dtype), values) else None
    for before, after in _parts(values, cast):
        overflowed = np.isinf(after) & ~np.isinf(before)
        vanished = (after == 0) & (before != 0)
        if np.any(overflowed | vanished):
            return None
    return cast


def _parts(values: np.ndarray, cast: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    if values.dtype.kind == "c":
        return [(values.real, cast.real), (values.imag, cast.imag)]
    return [(values, cast.real if cast.dtype.kind == "c" else cast)]


def _whole_within(values: np.ndarray, dtype: np.dtype) -> bool:
    """Tell whether all real ``values`` are whole numbers in the range of the integer ``dtype``."""
    if values.dtype.kind == "b" or values.size == 0:
        return True
    limits = np.iinfo(dtype)
    if values.dtype.kind in "iu":
        # Python's integers compare exactly; NumPy would take int64 and uint64 to float64 here.
        return int(values.min()) >= limits.min and int(values.max()) <= limits.max
    wide = values.astype(np.float64)  # exact from float16 and float32
    # limits.max + 1 is a power of two and so exact as a float; limits.max itself may not be.
    inside = (wide >= float(limits.min)) & (wide < float(limits.max + 1))
    return bool(np.all(inside) and np.all(wide == np.trunc(wide)))
