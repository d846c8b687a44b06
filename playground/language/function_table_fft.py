"""Rows of the function table: ``numpy.fft``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playground.language.function_row import Function

ROWS: Final[tuple[Function, ...]] = ()
