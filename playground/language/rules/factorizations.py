"""How many floating-point operations factorizing matrices takes, by the textbook's algorithm.

GVL is Golub and Van Loan, "Matrix Computations", 4th edition, 2013; LAWN 41 is Blackford and Dongarra, "Installation
Guide for LAPACK", LAPACK Working Note 41, 1999, whose formulas libraries are timed by. All counts are leading terms for
real matrices; complex numbers count as one, as everywhere here. What is iterative is counted as GVL does, with the
usual number of iterations; libraries that divide and conquer take fewer operations, never a different power of n.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.rules.shapes import FlopRule
    from playground.language.signature import Signature

Count = Callable[["Arguments", int, int], float]
"""Operations for one matrix of so many rows and columns."""


def of_each(name: str, count: Count) -> FlopRule:
    """Make the rule that counts for each matrix of the argument ``name``, which may be a stack."""

    def rule(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
        shape = [size for size in arguments.signature(name).shape if size is not None]
        if len(shape) < arguments.signature(name).ndim:
            return None
        return for_stack(shape, lambda m, n: count(arguments, m, n))

    return rule


def for_stack(shape: list[int], count: Callable[[int, int], float]) -> int:
    """Count for each matrix of a stack of this shape; what has fewer than two axes is only read."""
    if len(shape) < 2:
        return math.prod(shape)
    *stack, m, n = shape
    return math.prod(stack) * round(count(m, n))


def svd_values(m: int, n: int) -> float:
    """Singular values alone (GVL, section 8.6): by Golub and Reinsch, or after a QR where that is cheaper."""
    m, n = max(m, n), min(m, n)
    return min(4 * m * n**2 - 4 * n**3 / 3, 2 * m * n**2 + 2 * n**3)


def svd_one_side(m: int, n: int) -> float:
    """Singular values and the vectors of the shorter side (GVL, section 8.6)."""
    m, n = max(m, n), min(m, n)
    return min(4 * m * n**2 + 8 * n**3, 2 * m * n**2 + 11 * n**3)


def svd_full(m: int, n: int) -> float:
    """Singular values and all vectors of both sides (GVL, section 8.6)."""
    m, n = max(m, n), min(m, n)
    return min(4 * m**2 * n + 8 * m * n**2 + 9 * n**3, 4 * m**2 * n + 22 * n**3)


def svd_thin(m: int, n: int) -> float:
    """Singular values and as many vectors of both sides (GVL, section 8.6)."""
    large, small = max(m, n), min(m, n)
    return min(14 * large * small**2 + 8 * small**3, 6 * large * small**2 + 20 * small**3, svd_full(m, n))


def symmetric(n: int, *, vectors: bool) -> float:
    """Eigenvalues of a symmetric matrix, 4/3·n³, and its vectors, 9·n³ (GVL, section 8.3.5)."""
    return 9 * n**3 if vectors else 4 * n**3 / 3


def householder(m: int, n: int) -> float:
    """R of a QR (GVL, section 5.2.2; LAWN 41, xGEQRF)."""
    k = min(m, n)
    return 2 * k**2 * (max(m, n) - k / 3)


def reflected(rows: int, columns: int, k: int) -> float:
    """Q of so many rows and columns from k reflections (LAWN 41, xORGQR)."""
    return 4 * rows * columns * k - 2 * (rows + columns) * k**2 + 4 * k**3 / 3


def _svd(arguments: Arguments, m: int, n: int) -> float:
    vectors = arguments.flag("compute_uv")
    if arguments.flag("hermitian"):
        return symmetric(n, vectors=vectors)
    if not vectors:
        return svd_values(m, n)
    return svd_full(m, n) if arguments.flag("full_matrices") else svd_thin(m, n)


def _qr(arguments: Arguments, m: int, n: int) -> float:
    mode, k = arguments.constant("mode"), min(m, n)
    if mode in ("r", "raw"):
        return householder(m, n)
    return householder(m, n) + reflected(m, m if mode == "complete" else k, k)


def _rank(arguments: Arguments, m: int, n: int) -> float:
    return symmetric(n, vectors=False) if arguments.flag("hermitian") else svd_values(m, n)


def _pseudo_inverse(arguments: Arguments, m: int, n: int) -> float:
    """A decomposition, and a product of its vectors."""
    found = symmetric(n, vectors=True) if arguments.flag("hermitian") else svd_thin(m, n)
    return found + 2 * m * n * min(m, n)


def _least_squares(arguments: Arguments, m: int, n: int) -> float:
    """A decomposition (GVL, section 5.5), and two products for each right side."""
    right = arguments.signature("b").shape
    sides = right[1] if len(right) > 1 and right[1] is not None else 1
    return svd_one_side(m, n) + 2 * sides * (m + n) * min(m, n)


def _condition(arguments: Arguments, m: int, n: int) -> float:
    """The singular values, or an inverse for other norms."""
    return svd_values(m, n) if arguments.constant("p") in (None, 2, -2) else 2 * n**3


def _power(arguments: Arguments, m: int, n: int) -> float:
    """A product for each binary digit after the first, and one more for each that is 1; an inverse before."""
    exponent = arguments.integer("n")
    products = max(0, abs(exponent).bit_length() + abs(exponent).bit_count() - 2)
    return 2 * n**3 * (products + (exponent < 0))


svd = of_each("a", _svd)
singular_values = of_each("x", lambda _, m, n: svd_values(m, n))
eigh = of_each("a", lambda _, m, n: symmetric(n, vectors=True))
eigvalsh = of_each("a", lambda _, m, n: symmetric(n, vectors=False))
eig = of_each("a", lambda _, m, n: 25 * n**3)
"""By the QR algorithm with its vectors (GVL, section 7.5.6)."""

eigvals = of_each("a", lambda _, m, n: 10 * n**3)
"""By the QR algorithm (GVL, section 7.5.6)."""

qr = of_each("a", _qr)
matrix_rank = of_each("A", _rank)
pinv = of_each("a", _pseudo_inverse)
lstsq = of_each("a", _least_squares)
cond = of_each("x", _condition)
matrix_power = of_each("a", _power)
