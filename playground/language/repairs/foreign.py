"""Repairs of words that NumPy has too and PyTorch means otherwise: ``k.transpose(-2, -1)``, ``x.repeat(2, 1)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.foreign.read import numpy_words
from playground.language.repairs.ranking import Candidate
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem


def as_pytorch(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Read the whole formula as PyTorch's, where that says something else."""
    reading = numpy_words(inference.source, is_torch=True)
    if reading is not None:
        yield Candidate(reading.numpy, tr("Read it as PyTorch does"), "word")
