"""Answers kept for when the same text comes again: many of short texts, a few of long ones.

What is kept is looked through whenever Python collects garbage, and somebody types meanwhile: a hundred long formulas
are half a million objects, which take a tenth of a second.
"""

from __future__ import annotations

from functools import lru_cache, update_wrapper
from typing import TYPE_CHECKING, Concatenate, Final, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")

_SHORT: Final = 200
"""Characters of a short text."""
_MOST_SHORT: Final = 256
_MOST_LONG: Final = 8


class Remembered(Generic[P, R]):
    """A function of a text, and perhaps of more, that gives the same for the same; its arguments go by place."""

    __wrapped__: Callable[Concatenate[str, P], R]

    def __init__(self, function: Callable[Concatenate[str, P], R]) -> None:
        self._of_short = lru_cache(_MOST_SHORT)(function)
        self._of_long = lru_cache(_MOST_LONG)(function)
        update_wrapper(self, function)

    def __call__(self, text: str, *more: P.args, **named: P.kwargs) -> R:
        """Give what ``function`` gives, or gave before."""
        return (self._of_short if len(text) < _SHORT else self._of_long)(text, *more, **named)  # type: ignore[arg-type]

    def cache_clear(self) -> None:
        """Forget everything."""
        self._of_short.cache_clear()
        self._of_long.cache_clear()
