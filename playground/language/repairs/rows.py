"""Repairs of matrices as MATLAB writes them: numbers as lists of Python's, arrays under and beside each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language.repairs.ranking import PER_CHARACTER, Candidate
from playground.language.signature import Signature
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Operand

ROWS: Final = re.compile(r"\[([^\[\]]*;[^\[\]]*)\]")
"""``[1, 2; 3, 4]``."""
_SPACED: Final = re.compile(r"\[([-+.\w]+(?:\s*,?\s+[-+.\w]+)+)\]")
_MATRIX: Final = re.compile(r"\b(?:(?:np|numpy)\.)?(?:mat|matrix|array|asmatrix)\(\s*(['\"])\[?([^'\"\[\]]*)\]?\1\s*\)")
"""``np.mat('1 2; 3 4')``."""


def listed(source: str) -> Iterator[Candidate]:
    """``[1, 2; 3, 4]`` and ``[1 2 3]`` as lists of Python's."""
    if ROWS.search(source):
        text = ROWS.sub(lambda found: _lists(found[1]), source)
        yield Candidate(text, tr("Write a list for each row"), "sign")
    if _SPACED.search(source):
        text = _SPACED.sub(lambda found: _list(found[1]), source)
        text = re.sub(r"\]\s*\[", "], [", text)
        yield Candidate(text, tr("Write commas between"), "sign")


def _list(row: str) -> str:
    return "[" + ", ".join(row.replace(",", " ").split()) + "]"


def _lists(rows: str) -> str:
    return "[" + ", ".join(_list(row) for row in rows.split(";") if row.strip()) + "]"


def stacked(source: str, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``vstack([A, B])`` for the ``[A; B]`` of arrays, ``hstack([A, B])`` for ``[A B]``."""
    found = ROWS.search(source) or _SPACED.search(source)
    if found is None:
        return
    rows = [row.replace(",", " ").split() for row in found[1].split(";")]
    named = [operands.get(word) for row in rows for word in row]
    if not any(isinstance(each, Signature) and each.ndim for each in named):
        return
    lead = "np." if "np." in source else ""
    parts = [row[0] if len(row) == 1 else f"{lead}hstack([{', '.join(row)}])" for row in rows if row]
    stack = parts[0] if len(parts) == 1 else f"{lead}vstack([{', '.join(parts)}])"
    text = f"{source[: found.start()]}{stack}{source[found.end() :]}"
    yield Candidate(text, tr("Stack them"), "sign", -1.0 - PER_CHARACTER * len(text))


def matrix_text(source: str) -> str | None:
    """Write ``np.array([[1, 2], [3, 4]])`` for ``np.mat('1 2; 3 4')``; None where there is no matrix in a text."""
    found = _MATRIX.search(source)
    if found is None or not found[2].strip():
        return None
    lead = "np." if "np." in source else ""
    return f"{source[: found.start()]}{lead}array({_lists(found[2])}){source[found.end() :]}"
