"""Functions that no array library has, or has differently, written once against the array module ``xp``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def bind(name: str, xp: Any) -> Callable[..., Any] | None:  # noqa: ANN401 - an array module has no type
    """Give the function ``name`` for the arrays of ``xp``, None where there is none of that name."""
    found = _FUNCTIONS.get(name)
    return None if found is None else partial(found, xp)


def _astype(xp: Any, x: Any, dtype: Any) -> Any:  # noqa: ANN401
    return xp.astype(xp.asarray(x), dtype)


def _relu(xp: Any, x: Any) -> Any:  # noqa: ANN401
    x = xp.asarray(x)
    if xp.isdtype(x.dtype, "bool"):
        return xp.astype(x, xp.int64)
    return xp.maximum(x, xp.zeros((), dtype=x.dtype))


def _sigmoid(xp: Any, x: Any) -> Any:  # noqa: ANN401
    # exp(-x) may become infinite where x is far below zero; 1 / inf is then the 0 that is meant.
    return 1 / (1 + xp.exp(-_floating(xp, x)))


def _softmax(xp: Any, x: Any, axis: int = -1) -> Any:  # noqa: ANN401
    powers = xp.exp(_below_zero(xp, x, axis))
    return powers / xp.sum(powers, axis=axis, keepdims=True)


def _log_softmax(xp: Any, x: Any, axis: int = -1) -> Any:  # noqa: ANN401
    moved = _below_zero(xp, x, axis)
    return moved - xp.log(xp.sum(xp.exp(moved), axis=axis, keepdims=True))


def _below_zero(xp: Any, x: Any, axis: int) -> Any:  # noqa: ANN401
    """Subtract the largest element along ``axis``: softmax stays the same and exp can't overflow."""
    x = _floating(xp, x)
    return x if x.size == 0 else x - xp.max(x, axis=axis, keepdims=True)


def _floating(xp: Any, x: Any) -> Any:  # noqa: ANN401
    """Give ``x`` as an array of floats: whole numbers and truths become float64, as division makes them."""
    x = xp.asarray(x)
    return x if xp.isdtype(x.dtype, ("real floating", "complex floating")) else xp.astype(x, xp.float64)


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "astype": _astype,
    "relu": _relu,
    "sigmoid": _sigmoid,
    "softmax": _softmax,
    "log_softmax": _log_softmax,
}
