"""Repairs of words that NumPy has too and PyTorch means otherwise: ``k.transpose(-2, -1)``, ``x.repeat(2, 1)``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language.foreign.read import numpy_words
from playground.language.nodes import Call, Literal
from playground.language.repairs.axes import axis_of
from playground.language.repairs.parts import part
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import replaced
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem

_SAME_SHAPE: Final = "std|var|sum|mean|dot|reshape|ravel|T|mT"
_MOST_CUTS: Final = 12
"""Places to split at that are written out."""
_ANOTHER_SHAPE: Final = re.compile(rf"\.(?!(?:{_SAME_SHAPE})\b)[^\W\d]\w*\(")
"""A method that may give another shape in PyTorch; its ``std`` merely divides by one less."""


def as_pytorch(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Read the whole formula as PyTorch's, where that says something else."""
    if not _ANOTHER_SHAPE.search(inference.source):
        return
    reading = numpy_words(inference.source, is_torch=True)
    if reading is not None:
        yield Candidate(reading.numpy, tr("Read it as PyTorch does"), "word")


def parts_of_size(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``split(x, 2)`` for the ``x.split(16)`` of 32 rows: PyTorch's number is the size of a part, not how many."""
    node = inference.failed
    if not isinstance(node, Call) or node.function.rpartition(".")[2] != "split" or len(node.arguments) < 2:
        return
    found, size = part(inference, node.arguments[0]), node.arguments[1]
    named = dict(node.keywords)
    axis = named.get("axis") or next(iter(node.arguments[2:3]), axis_of(node))
    number = axis.value if isinstance(axis, Literal) else 0
    if found is None or not isinstance(size, Literal) or type(size.value) is not int or type(number) is not int:
        return
    total = found.shape[number] if -found.ndim <= number < found.ndim else None
    if not total or size.value < 1 or -(-total // size.value) > _MOST_CUTS:
        return
    count = total // size.value
    cuts = f"{count}" if count * size.value == total else f"{list(range(size.value, total, size.value))}"
    along = f", axis={number}" if number else ""
    text = f"split({found.text}, {cuts}{along})"
    yield Candidate(
        replaced(inference.source, (node.span, text)), tr("Parts of {n} places", n=size.value), "word", -1.0
    )
