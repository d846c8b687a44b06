"""``einsum`` of two operands, by whatever is fastest: BLAS, float64 for whole numbers, or one pass over the cells."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from playground.compute.cpu import exact
from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLAS: Final = frozenset("fdFD")
_HALF: Final = "e"

_TINY_PRODUCT: Final = 512
"""Multiplications of one product in a stack up to which einsum's loop costs more than what it does."""

_DOTS: Final = 0x2800
"""No letter: where the labels of three dots begin."""


class Contraction(Record):
    """What a pair of operands and their labels come to: a stack of products of matrices.

    Attributes
    ----------
    rows, terms, columns
        Cells of what only the first operand keeps, of what is summed over in both, and of what the second one keeps.
    alone
        Cells of what is summed over in one operand only.
    stacked
        Whether there are labels that both and the result have.
    """

    rows: int
    terms: int
    columns: int
    alone: int
    stacked: bool

    @property
    def is_product(self) -> bool:
        """Whether both operands are matrices, or stacks of them, that are multiplied."""
        return self.terms > 1 and self.rows > 1 < self.columns

    @property
    def is_tiny(self) -> bool:
        """Whether the products are many and so small that einsum's loop around each costs more than they do."""
        return self.stacked and self.is_product and self.rows * self.terms * self.columns <= _TINY_PRODUCT


def einsum(subscripts: str, a: np.ndarray, b: np.ndarray) -> Any:  # noqa: ANN401 - an array or a scalar
    """Give ``einsum(subscripts, a, b)``: the values of NumPy's, floating-point sums in another order.

    Where one operand is a vector, einsum's own pass waits for memory as BLAS would, and copies nothing.
    """
    found = contraction(subscripts, a, b)
    if found is None:
        return np.einsum(subscripts, a, b)
    dtype = np.result_type(a, b)
    if found.is_product and dtype.char == _HALF:
        product = np.einsum(subscripts, a.astype(np.float32), b.astype(np.float32), optimize=True)
        return product.astype(np.float16)
    worth_a_look = found.is_product and exact.pays(found.rows, found.terms, found.columns, a, b)
    if worth_a_look and exact.is_exact(found.terms * found.alone, a, b):
        product = np.einsum(subscripts, a.astype(np.float64), b.astype(np.float64), optimize=True)
        return exact.narrowed(product, dtype)
    # What is summed over in one operand alone is added up before, instead of once for each pair; in the dtype of the
    # result, or else the sums of a narrow operand would wrap around. Those of float16 would lose digits.
    added_before = found.alone > 1 and dtype.char != _HALF
    if added_before or found.is_tiny or (found.is_product and dtype.char in _BLAS):
        return np.einsum(subscripts, a.astype(dtype, copy=False), b.astype(dtype, copy=False), optimize=True)
    return np.einsum(subscripts, a, b)


def summed_cells(subscripts: str, arrays: Sequence[np.ndarray]) -> int | None:
    """Give how many products are added up for one cell of the result; None where ``subscripts`` can't be read."""
    read = _read(subscripts, arrays)
    if read is None:
        return None
    terms, kept = read
    sizes: dict[str, int] = {}
    for term, array in zip(terms, arrays, strict=True):
        for label, size in zip(term, array.shape, strict=True):
            sizes[label] = max(size, sizes.get(label, 1))
    return math.prod(size for label, size in sizes.items() if label not in kept)


def contraction(subscripts: str, a: np.ndarray, b: np.ndarray) -> Contraction | None:
    """Give what ``subscripts`` make of the two; None where they can't be read, which NumPy says best."""
    read = _read(subscripts, (a, b))
    if read is None:
        return None
    (left, right), kept = read
    # An axis of one cell is stretched to the other's; it counts as if it weren't there.
    first = {label: size for label, size in zip(left, a.shape, strict=True) if size != 1}
    second = {label: size for label, size in zip(right, b.shape, strict=True) if size != 1}
    both = first.keys() & second.keys()
    alone = (first | second).keys() - both - kept
    return Contraction(
        rows=math.prod(first[label] for label in first.keys() & kept - both),
        terms=math.prod(first[label] for label in both - kept),
        columns=math.prod(second[label] for label in second.keys() & kept - both),
        alone=math.prod((first | second)[label] for label in alone),
        stacked=bool(both & kept),
    )


def _read(subscripts: str, arrays: Sequence[np.ndarray]) -> tuple[list[str], set[str]] | None:
    """The labels of each array's axes, and those that the result has."""
    inputs, arrow, output = subscripts.replace(" ", "").partition("->")
    parts = inputs.split(",")
    if len(parts) != len(arrays) or any(part.count("...") > 1 for part in (*parts, output)):
        return None
    terms = [_labels(part, array.ndim) for part, array in zip(parts, arrays, strict=True)]
    if any(len(term) != array.ndim for term, array in zip(terms, arrays, strict=True)):
        return None
    everything = "".join(terms)
    dots = {label for label in everything if ord(label) >= _DOTS}
    if arrow:
        return terms, dots | set(output) if "..." in output else set(output)
    return terms, dots | {label for label in everything if everything.count(label) == 1}


def _labels(term: str, ndim: int) -> str:
    """Labels of all axes; those that three dots stand for are counted from the last."""
    if "..." not in term:
        return term
    count = ndim - (len(term) - 3)
    return term.replace("...", "".join(chr(_DOTS + place) for place in reversed(range(count))))
