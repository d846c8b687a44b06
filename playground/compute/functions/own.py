"""Functions that no array library has, or has differently, written once against the array module ``xp``."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def bind(name: str, xp: Any) -> Callable[..., Any] | None:  # noqa: ANN401 - an array module has no type
    """Give the function ``name`` for the arrays of ``xp``, None where there is none of that name."""
    found = _FUNCTIONS.get(name) or next((table[name] for table in _tables() if name in table), None)
    return None if found is None else partial(found, xp)


@cache
def _tables() -> tuple[dict[str, Callable[..., Any]], ...]:
    """The functions of the other files, read when one is first asked for."""
    from playground.compute.functions import builders, layout, learning, linalg, random, reductions, training, ufuncs

    files = (layout, linalg, learning, training, random, reductions, ufuncs, builders)
    return tuple(file.FUNCTIONS for file in files)


def _astype(xp: Any, x: Any, dtype: Any) -> Any:  # noqa: ANN401
    return xp.astype(xp.asarray(x), dtype)


def _empty(xp: Any, shape: Any, dtype: Any = None, **order: Any) -> Any:  # noqa: ANN401
    # Whatever lies in memory would be other numbers each time, and the last ones that were there.
    return xp.zeros(shape, dtype=dtype, **order)


def _empty_like(xp: Any, prototype: Any, dtype: Any = None, **options: Any) -> Any:  # noqa: ANN401
    return xp.zeros_like(xp.asarray(prototype), dtype=dtype, **options)


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "astype": _astype,
    "empty": _empty,
    "empty_like": _empty_like,
}
