"""Shapes as lists and the command line write them, ``3x2 @ 2x4``, read as ``(3, 2) @ (2, 4)``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words

if TYPE_CHECKING:
    from collections.abc import Container

    from playground.language.foreign.read import Reading

_CROSSED: Final = re.compile(r"(?<![\w.\])])(?!0x)\d[\d_]*(?:\s?[x×]\s?\d[\d_]*)+(?![\w.(\[])")
_DTYPE: Final = re.compile(rf"\s*(?:(?:np|numpy|cp|cupy|torch|jnp)\.)?(?:{'|'.join(words.DTYPES)})(?![\w.(\[])")
_NAME: Final = re.compile(r"x\d[\d_]*")


def with_tuples(source: str, names: Container[str] = ()) -> Reading | None:
    """Read ``3x2`` as a shape where there is a product or a second one; None where there is none.

    ``names`` are those of entries: beside ``x2``, ``3x2`` is a product without its sign.
    """
    if len(source) > words.MAX_CHARACTERS:
        return None
    found = list(_CROSSED.finditer(source))
    is_product = "@" in source
    if not found or not (is_product or len(found) > 1) or any(name in names for name in _NAME.findall(source)):
        return None
    from playground.language.foreign.filling import Part  # few formulas have such shapes
    from playground.language.foreign.read import Reading

    parts, end, changes = [], 0, []
    for match in found:
        sizes = re.findall(r"[\d_]+", match[0])
        is_certain = is_product or _DTYPE.match(source, match.end()) is not None
        text = f"({', '.join(sizes)}){'' if is_certain else ' float64'}"
        parts += [Part(source[end : match.start()], end, match.start(), kept=True), Part(text, *match.span())]
        changes.append((match[0], text))
        end = match.end()
    parts.append(Part(source[end:], end, len(source), kept=True))
    parts = [part for part in parts if part.text]
    return Reading(source, "".join(part.text for part in parts), tuple(dict.fromkeys(changes)), tuple(parts))
