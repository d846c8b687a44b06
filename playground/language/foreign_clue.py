"""Whether a text may hold words of another library: what reads them is loaded by the first that does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playground.language.foreign import Reading

_CLUE: Final = re.compile(
    r"\.\s*[^\W\d]\w*\s*\(|\b(?:torch|tf|tensorflow|jnp|jax|nn)\s*\.|\b(?:dims?|keepdim|keep_dims)\s*="
    r"|\bfloat\s*\(\s*['\"]"
)
"""A call behind a dot, a library's name, a keyword that NumPy hasn't, or a number that Python writes as a text."""


def numpy_words(source: str) -> Reading | None:
    """Read the words of other libraries as ``foreign.numpy_words`` does; most formulas don't come that far."""
    if not _CLUE.search(source):
        return None
    from playground.language.foreign import numpy_words as read

    return read(source)
