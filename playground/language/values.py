"""What inference knows of one sub-expression while it walks the tree, and the steps it leaves behind."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.signature import Signature
from playground.record import Record

if TYPE_CHECKING:
    from playground.language.axes import Axes
    from playground.language.nodes import Node
    from playground.language.problems import Span
    from playground.language.signature import TupleSignature


class Missing(Enum):
    """The type of ``MISSING``."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING
"""Stands where a value isn't known before running (None is a value)."""


class Value(Record):
    """One sub-expression.

    Attributes
    ----------
    text, span
        As the person wrote it, and where.
    signature
        Shape and dtype; None for what isn't an array (a dtype, a text, None, a slice, several arrays).
    axes
        One axis number per axis of ``signature``.
    constant
        The value where it is known before running: a Python number, text, None, ..., slice, ``np.dtype``,
        or a nested tuple of them.
    items
        The parts of a list, a tuple, or of several results.
    several
        Set for a function that gives several results.
    is_tuple
        True for a tuple of Python's: ``A.shape``, ``(2, 3)``.
    """

    text: str
    span: Span
    signature: Signature | None = None
    axes: Axes = ()
    constant: object = MISSING
    items: tuple[Value, ...] | None = None
    several: TupleSignature | None = None
    is_tuple: bool = False

    @property
    def is_number(self) -> bool:
        """True for a Python number that is known."""
        return isinstance(self.constant, (int, float, complex))


class Step(Record):
    """One sub-expression that has a value, in order of evaluation.

    Attributes
    ----------
    node, source, span
        The sub-expression, its text, its place.
    signature
        Its shape and dtype, or several of them.
    axes
        One class number per axis: axes that an operation makes equal have the same number. Empty for several.
    constant
        The value where it is known before running (``A.shape``), else ``MISSING``.
    flops
        Floating-point operations of this step alone; None where no count is agreed on.
    """

    node: Node
    source: str
    span: Span
    signature: Signature | TupleSignature
    axes: Axes = ()
    constant: object = MISSING
    flops: int | None = 0


_LARGEST_INT64: Final = 2**63 - 1

_SCALARS: Final[dict[type, Signature]] = {
    kind: Signature((), np.dtype(kind), weak=True) for kind in (bool, int, float, complex)
}


def zero(span: Span) -> Value:
    """Give the typed number 0, which NumPy puts in for what was left out."""
    return Value("0", span, scalar_signature(int), (), 0)


_BEYOND_INT64: Final = Signature((), np.dtype(np.uint64), weak=True)


def number_signature(number: complex) -> Signature:
    """Signature of this number of Python's; NumPy makes a whole one beyond int64 an uint64."""
    if type(number) is int and number > _LARGEST_INT64:
        return _BEYOND_INT64
    return _SCALARS[type(number)]


def scalar_signature(kind: type) -> Signature:
    """Signature of a Python number: weak, so it takes the dtype of what it meets."""
    return _SCALARS[kind]
