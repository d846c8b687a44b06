"""The error function, which NumPy lacks, to float64's rounding; written once against the array module ``xp``."""

from __future__ import annotations

import math
from typing import Any, Final

_NEAR: Final = 1.0
"""Up to here Taylor's series is summed, beyond it the tail is computed."""

_SERIES: Final = tuple(2 / math.sqrt(math.pi) * (-1) ** n / (math.factorial(n) * (2 * n + 1)) for n in range(19))
"""Taylor's coefficients of erf(x) / x in x²; the next one is below 1e-19."""

_STEP: Final = 0.5
_NODES: Final = tuple((n * _STEP) ** 2 for n in range(1, 14))
"""Squares of the points at which the trapezoidal rule reads its integrand."""

_END: Final = 27.5
"""From here on erfc is 0 in float64."""


def erf(xp: Any, x: Any) -> Any:  # noqa: ANN401 - an array module and its arrays have no type
    """Give 2/√π · ∫₀ˣ exp(-t²) dt of every cell of ``x``, an array of floats; nan where it is nan."""
    wide = xp.astype(x, xp.float64)
    size = xp.abs(wide)
    return xp.astype(xp.where(size < _NEAR, _near(xp, wide), xp.sign(wide) * (1 - _tail(xp, size))), x.dtype)


def erfc(xp: Any, x: Any) -> Any:  # noqa: ANN401
    """Give 1 - erf(x), precise where it is small too (erfc(10) is 2.1e-45)."""
    wide = xp.astype(x, xp.float64)
    size = xp.abs(wide)
    tail = _tail(xp, size)
    return xp.astype(xp.where(size < _NEAR, 1 - _near(xp, wide), xp.where(wide < 0, 2 - tail, tail)), x.dtype)


def _near(xp: Any, x: Any) -> Any:  # noqa: ANN401
    square = xp.minimum(x * x, xp.asarray(_NEAR, dtype=x.dtype))
    total = xp.zeros_like(x)
    for coefficient in reversed(_SERIES):
        total = total * square + coefficient
    return x * total


def _tail(xp: Any, x: Any) -> Any:  # noqa: ANN401
    """Give erfc of positive ``x`` from ``_NEAR`` on.

    erfc(x) = 2x/π · exp(-x²) · ∫₀^∞ exp(-t²) / (x² + t²) dt. The trapezoidal rule with step h misses only about
    exp(-π²/h²) of it once the pole at t = ix is taken into account, as it must be up to x = π/h (Chiarella and Reichel,
    Mathematics of Computation 22, 1968; Hunter and Regan, ibid. 26, 1972).
    """
    x = xp.minimum(xp.maximum(x, xp.asarray(_NEAR, dtype=x.dtype)), xp.asarray(_END, dtype=x.dtype))
    square = x * x
    total = 0.5 / square
    for node in _NODES:
        total = total + math.exp(-node) / (node + square)
    # exp(-x²) to its last digit: the square of a number of few digits is exact, and the rest is small.
    head = xp.floor(x * 16) / 16
    power = xp.exp(-head * head) * xp.exp((head - x) * (head + x))
    pole = xp.where(x < math.pi / _STEP, 2 / xp.expm1(x * (2 * math.pi / _STEP)), xp.zeros_like(x))
    return power * total * x * (2 * _STEP / math.pi) - pole
