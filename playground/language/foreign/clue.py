"""Whether a text may hold words of another library: what reads them is loaded by the first that does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language.vocabulary import MAX_LITERAL_CHARACTERS

if TYPE_CHECKING:
    from playground.language.foreign.read import Reading

_CLUE: Final = re.compile(
    r"\.\s*[^\W\d]\w*\s*\(|\b(?:torch|tf|tensorflow|jnp|jax|nn)\s*\.|\b(?:dims?|keepdim|keep_dims|descending)\s*="
)
"""A call behind a dot, a library's name, or a keyword that NumPy hasn't."""
_NUMBER: Final = re.compile(r"\bfloat\s*\(\s*['\"]")


def has_number_as_text(source: str) -> bool:
    """Whether ``float("-inf")`` may be in it; looked for by its letters first, since every keystroke comes here."""
    return "float" in source and _NUMBER.search(source) is not None


def numpy_words(source: str) -> Reading | None:
    """Read the words of other libraries as ``foreign.numpy_words`` does; most formulas don't come that far."""
    if len(source) > MAX_LITERAL_CHARACTERS or not (_CLUE.search(source) or has_number_as_text(source)):
        return None
    from playground.language.foreign.read import numpy_words as read

    return read(source)
