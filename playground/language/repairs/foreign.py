"""Repairs of words that NumPy has too and PyTorch means otherwise: ``k.transpose(-2, -1)``, ``x.repeat(2, 1)``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language.foreign.read import numpy_words
from playground.language.repairs.ranking import Candidate
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem

_SAME_SHAPE: Final = "std|var|sum|mean|dot|reshape|ravel|T|mT"
_ANOTHER_SHAPE: Final = re.compile(rf"\.(?!(?:{_SAME_SHAPE})\b)[^\W\d]\w*\(")
"""A method that may give another shape in PyTorch; its ``std`` merely divides by one less."""


def as_pytorch(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Read the whole formula as PyTorch's, where that says something else."""
    if not _ANOTHER_SHAPE.search(inference.source):
        return
    reading = numpy_words(inference.source, is_torch=True)
    if reading is not None:
        yield Candidate(reading.numpy, tr("Read it as PyTorch does"), "word")
