"""Linear algebra that array libraries lack or differ in: complex eigenvalues, products in the cheapest order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from playground.language.matrix_chain import cheapest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playground.language.matrix_chain import Chain


def _eig(xp: Any, a: Any) -> tuple[Any, Any]:  # noqa: ANN401
    values, vectors = xp.linalg.eig(xp.asarray(a))
    return _complex(xp, values), _complex(xp, vectors)


def _eigvals(xp: Any, a: Any) -> Any:  # noqa: ANN401
    return _complex(xp, xp.linalg.eigvals(xp.asarray(a)))


def _complex(xp: Any, x: Any) -> Any:  # noqa: ANN401
    """Give complex numbers always: NumPy before 2.5 made them real where all imaginary parts happened to be 0."""
    return x if xp.isdtype(x.dtype, "complex floating") else xp.astype(x, xp.result_type(x.dtype, xp.complex64))


def _roots(xp: Any, p: Any) -> Any:  # noqa: ANN401
    """Roots of a polynomial as eigenvalues of its companion matrix (Horn and Johnson, "Matrix Analysis", 1999, 3.3)."""
    p = xp.asarray(p)
    p = p if p.dtype.kind in "fc" else xp.astype(p, xp.float64)
    places = xp.nonzero(p)[0].tolist()
    dtype = xp.result_type(p.dtype, xp.complex64)
    if not places:
        return xp.zeros((0,), dtype=dtype)
    at_zero = p.shape[0] - 1 - places[-1]
    p = p[places[0] : places[-1] + 1]
    count = p.shape[0] - 1
    found = xp.zeros((0,), dtype=dtype)
    if count:
        below = xp.eye(count, dtype=p.dtype)[: count - 1]
        found = _eigvals(xp, xp.concat([xp.reshape(-p[1:] / p[0], (1, count)), below], axis=0))
    return xp.concat([found, xp.zeros((at_zero,), dtype=dtype)])


def _matvec(xp: Any, x1: Any, x2: Any) -> Any:  # noqa: ANN401
    return xp.matmul(xp.asarray(x1), xp.asarray(x2)[..., None])[..., 0]


def _vecmat(xp: Any, x1: Any, x2: Any) -> Any:  # noqa: ANN401
    x1 = xp.asarray(x1)
    row = xp.conj(x1) if x1.dtype.kind == "c" else x1
    return xp.matmul(row[..., None, :], xp.asarray(x2))[..., 0, :]


def _multi_dot(xp: Any, arrays: Sequence[Any]) -> Any:  # noqa: ANN401
    first, *inner, last = (xp.asarray(array) for array in arrays)
    if not inner:
        return getattr(xp, "dot", xp.matmul)(first, last)
    row, column = first.ndim == 1, last.ndim == 1
    parts = [
        xp.reshape(first, (1, -1)) if row else first,
        *inner,
        xp.reshape(last, (-1, 1)) if column else last,
    ]
    sizes = [parts[0].shape[0], *(part.shape[1] for part in parts)]
    product = _multiplied(xp, parts, cheapest(sizes), 0)
    return xp.reshape(product, (*product.shape[: 1 - row], *product.shape[1 : 2 - column]))


def _multiplied(xp: Any, parts: list[Any], chain: Chain, first: int) -> Any:  # noqa: ANN401
    if chain.split is None or chain.left is None or chain.right is None:
        return parts[first]
    left = _multiplied(xp, parts, chain.left, first)
    return xp.matmul(left, _multiplied(xp, parts, chain.right, chain.split + 1))


FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "eig": _eig, "eigvals": _eigvals, "multi_dot": _multi_dot, "roots": _roots,
    "matvec": _matvec, "vecmat": _vecmat,
}  # fmt: skip
"""By the name behind ``own:``; the first parameter is the array module."""
