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


def _relu(xp: Any, x: Any) -> Any:  # noqa: ANN401
    x = xp.asarray(x)
    return xp.maximum(x, xp.zeros((), dtype=x.dtype))


def _softmax(xp: Any, x: Any, axis: int | None = -1) -> Any:  # noqa: ANN401
    # The largest element goes first, so that exp can't overflow.
    x = _floating(xp, x)
    powers = xp.exp(x - xp.max(x, axis=axis, keepdims=True))
    return powers / xp.sum(powers, axis=axis, keepdims=True)


def _floating(xp: Any, x: Any) -> Any:  # noqa: ANN401
    """``x`` as an array of floats: whole numbers and truths become float64, as division makes them."""
    x = xp.asarray(x)
    return x if xp.isdtype(x.dtype, ("real floating", "complex floating")) else xp.astype(x, xp.float64)


_FUNCTIONS: dict[str, Callable[..., Any]] = {"relu": _relu, "softmax": _softmax}
