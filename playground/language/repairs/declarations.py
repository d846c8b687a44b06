"""Repairs of declarations: ``x: (32, 784) float32`` for brackets, commas, dtypes and an order that others have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.arguments import DTYPE_NAMES
from playground.language.functions import nearest
from playground.language.repairs.ranking import Candidate
from playground.language.unreadable import LONGEST
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem

_DECLARED: Final = re.compile(r"(\s*[^\W\d]\w*\s*:\s*)(?!=)(.+)", re.DOTALL)
_PART: Final = re.compile(
    r"(?:(?P<name>[^\W\d]\w*)\s*[=:]\s*)?(?P<size>(?<![\w.])\d[\d_]*(?:\.0*)?(?![\w.]))|(?P<word>[^\W\d][\w.]*)"
)
_NUMBER: Final = re.compile(r"(?<![\w.])\d")
_MOST_PARTS: Final = 8


def as_shape(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``x: (32, 784) float32`` for ``x: [32, 784] f4``, ``x: 32 784``, ``x: float32 (32, 784)``."""
    found = _DECLARED.fullmatch(inference.source) if len(inference.source) <= LONGEST else None
    if found is None or inference.tree is not None:
        return
    parts = list(_PART.finditer(found[2]))
    sizes = [_axis(part) for part in parts if part["size"]]
    dtypes = [part["word"] for part in parts if part["word"]]
    if len(sizes) != len(_NUMBER.findall(found[2])):
        return  # a size that is none, 32.5
    if not sizes or len(parts) > _MOST_PARTS or len(dtypes) > 1:
        return
    shape = f"({', '.join(sizes)}{',' * (len(sizes) == 1)})"
    for rank, dtype in enumerate(_dtypes(dtypes[0]) if dtypes else ("",)):
        yield Candidate(
            f"{found[1]}{shape} {dtype}".rstrip(), tr("Write the shape, then the dtype"), "sign", 0.1 * rank
        )


def _axis(part: re.Match[str]) -> str:
    size = part["size"].partition(".")[0].replace("_", "")
    return f"{part['name']}={size}" if part["name"] else size


def _dtypes(word: str) -> tuple[str, ...]:
    """Give the dtype of a code, ``f4``, or those with the nearest names."""
    last = word.rpartition(".")[2]
    if last in DTYPE_NAMES:
        return (last if last in words.DTYPES else str(DTYPE_NAMES[last]),)
    return tuple(nearest(last, words.DTYPES))
