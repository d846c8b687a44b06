"""Exceptions of array libraries put into plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from playground.compute.backend import Trouble, UnavailableError
from playground.compute.failure_words import plain_words
from playground.translation import tr

_IN_NUMPYS_WORDS = frozenset({"index", "value", "type", "division", "linear-algebra", "overflow"})
"""Kinds of trouble whose sentence is the library's unless there are plainer words for it."""
_UNPAIRED = re.compile(r"indexing arrays could not be broadcast together with shapes ((?:\([\d, ]*\) ?)+)")

if TYPE_CHECKING:
    from collections.abc import Callable

    _Describer = Callable[[BaseException], Trouble]


def trouble_of(exception: BaseException) -> Trouble | None:
    """Put an exception that NumPy (or CuPy, which raises the same classes) throws into words; None for a bug.

    The kinds are ``singular``, ``not-positive-definite``, ``not-converged``, ``linear-algebra``, ``memory``,
    ``index``, ``division``, ``overflow``, ``value``, ``type``, ``system`` and ``not-on-device``.
    """
    for classes, describe in _DESCRIBERS:
        if isinstance(exception, classes):
            found = describe(exception)
            return (plain_words(str(exception), found.kind) if found.kind in _IN_NUMPYS_WORDS else None) or found
    return None


def _linear_algebra(exception: BaseException) -> Trouble:
    text = str(exception)
    lowered = text.lower()
    # cuSOLVER names the routine instead of the reason: gesv and getrf are LU, potrf is Cholesky.
    if "singular" in lowered or any(routine in lowered for routine in ("gesv", "getr")):
        return Trouble(
            "singular",
            tr("The matrix is singular: one of its columns is a combination of the others, so there is no inverse."),
            tr("Change a number, or use linalg.pinv, which works for every matrix."),
        )
    if "positive definite" in lowered or "potr" in lowered:
        return Trouble(
            "not-positive-definite",
            tr("The matrix is not positive definite, so it has no Cholesky factor."),
            tr("M.T @ M plus a small multiple of eye(n) always is."),
        )
    if "converge" in lowered or "cusolver" in lowered:
        return Trouble(
            "not-converged",
            tr("The iteration did not converge."),
            tr("Look for NaN, infinite or extremely large numbers in the matrix."),
        )
    if "infs or nans" in lowered:
        return Trouble(
            "not-finite",
            tr("The matrix contains NaN or infinity, and this needs finite numbers."),
            tr("Replace them, for example with where(isfinite(M), M, 0)."),
        )
    return Trouble("linear-algebra", _sentence(text))


def _memory(exception: BaseException) -> Trouble:
    return Trouble(
        "memory",
        tr("There is not enough memory for this. {details}", details=_sentence(str(exception))).strip(),
        tr("Use smaller arrays or a smaller dtype such as float32, or take the result in parts."),
    )


def _index(exception: BaseException) -> Trouble:
    pairs = _UNPAIRED.search(str(exception))
    if pairs is not None:
        return Trouble(
            "index",
            tr("Index arrays and masks are paired cell by cell, and these choose {sizes} places.",
               sizes=tr(" and ").join(re.findall(r"\(([\d, ]*?),?\)", pairs[1]))),
            tr("For all rows with all columns index twice: A[rows][:, columns]."),
        )  # fmt: skip
    return Trouble("index", _sentence(str(exception)), tr("Indices count from 0; negative ones count from the end."))


def _division(_exception: BaseException) -> Trouble:
    return Trouble(
        "division",
        tr("Division of one plain number by zero."),
        tr("Arrays divided by zero give inf or nan instead; write array(0.0) for that."),
    )


def _overflow(exception: BaseException) -> Trouble:
    return Trouble("overflow", _sentence(str(exception)), tr("Use a float dtype, or smaller numbers."))


def _value(exception: BaseException) -> Trouble:
    return Trouble("value", _sentence(str(exception)))


def _type(exception: BaseException) -> Trouble:
    return Trouble("type", _sentence(str(exception)))


def _system(exception: BaseException) -> Trouble:
    return Trouble(
        "system",
        tr("The system refused something that this needs: {details}", details=_sentence(str(exception))),
        tr("Make room on the disk, or allow what it names, and compute again."),
    )


def _unavailable(exception: BaseException) -> Trouble:
    function, why = (*exception.args, "")[:2]
    if not why:
        message = tr("{function} is not available on this device.", function=function)
    else:
        message = tr("{function} is not available on this device: {why}.", function=function, why=why)
    return Trouble("not-on-device", message, tr("Switch to the CPU for this formula."))


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) or not text else ".")


# The first class that fits wins: LinAlgError is a ValueError, ZeroDivisionError an ArithmeticError.
_DESCRIBERS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], _Describer], ...] = (
    (np.linalg.LinAlgError, _linear_algebra),
    (MemoryError, _memory),
    (UnavailableError, _unavailable),
    (IndexError, _index),
    (ZeroDivisionError, _division),
    (ArithmeticError, _overflow),
    (ValueError, _value),
    (OSError, _system),
    ((TypeError, NotImplementedError), _type),
)
