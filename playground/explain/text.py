"""How numbers and factors are written inside sentences and sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.workspace.numbers import display_text

if TYPE_CHECKING:
    from collections.abc import Iterable

MINUS = "\N{MINUS SIGN}"
_SHOWN = 3


def number_text(value: object, digits: int = 6) -> str:
    """Write one number as a grid does: ``−1``, ``0.3333``, ``∞``, ``1e−12``."""
    return display_text(value, np.asarray(value).dtype, digits)


def factor_text(value: object, digits: int = 6) -> str:
    """Write one number so that it can stand beside a sign: ``2``, ``(−1)``, ``(2 + 1j)``."""
    text = number_text(value, digits)
    return f"({text})" if text.startswith(MINUS) or isinstance(value, complex | np.complexfloating) else text


def vector_text(values: Iterable[float], digits: int = 4) -> str:
    """Write a vector: ``(0.6, 1.2)``; after three coordinates ``…``."""
    listed = list(values)
    texts = [number_text(value, digits) for value in listed[:_SHOWN]]
    return f"({', '.join(texts)}{', …' if len(listed) > _SHOWN else ''})"
