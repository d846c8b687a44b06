"""Random numbers, always made by NumPy on the host: the same seed gives the same numbers on every device."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

_SEEDED = (
    "rand", "randn", "random", "standard_normal", "normal", "uniform", "randint", "choice", "permutation",
    "exponential", "poisson", "binomial", "multivariate_normal", "gamma", "beta", "laplace",
)  # fmt: skip
_GENERATED = (
    "random", "standard_normal", "normal", "uniform", "integers", "choice", "permutation", "exponential", "poisson",
    "binomial",
)  # fmt: skip


def _seeded(name: str, xp: Any, *arguments: Any, seed: int = 0, **keywords: Any) -> Any:  # noqa: ANN401
    """Draw as ``numpy.random`` does after ``seed(seed)``."""
    return _drawn(getattr(np.random.RandomState(seed), name), xp, arguments, keywords)


def _generated(name: str, xp: Any, *arguments: Any, seed: int, **keywords: Any) -> Any:  # noqa: ANN401
    """Draw as ``numpy.random.default_rng(seed)`` does first."""
    return _drawn(getattr(np.random.default_rng(seed), name), xp, arguments, keywords)


def _drawn(draw: Callable[..., Any], xp: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:  # noqa: ANN401
    host = [_to_host(argument) for argument in arguments]
    return xp.asarray(draw(*host, **{name: _to_host(value) for name, value in keywords.items()}))


def _to_host(value: Any) -> Any:  # noqa: ANN401
    return value.get() if hasattr(value, "__cuda_array_interface__") else value


FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{f"random.{name}": partial(_seeded, name) for name in _SEEDED},
    **{f"random.Generator.{name}": partial(_generated, name) for name in _GENERATED},
}
"""By what stands behind ``own:`` in a row. The names above are all that is ever looked up."""
