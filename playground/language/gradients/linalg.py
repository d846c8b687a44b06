"""Gradients of ``numpy.linalg``: inverses, determinants, norms, powers.

Formulas: M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation, 2008.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.gradients.cells import like
from playground.language.gradients.matrices import outer, product, transposed
from playground.language.gradients.operation import Operation, Rule, flat, total
from playground.language.gradients.reductions import again, upstream
from playground.language.gradients.shaping import indexed
from playground.language.gradients.text import Part, call, compared, linear, number, part
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping


_MOST_FACTORS: Final = 4
"""Powers of a matrix up to here are differentiated: the text grows with the square."""


def _inverse(operation: Operation) -> Part:
    turned, x = transposed(operation.out), operation.x
    if not operation.dh.shape and x.ndim == 2:  # all ones in the middle: sums of columns and of rows
        out = operation.out
        return -operation.dh * outer(total(out, "0", x.shape[1:]), total(out, "1", x.shape[:1]))
    return -product(product(turned, operation.full), turned)


def _inverse_of(x: Part) -> Part:
    return transposed(call("linalg.inv", x, shape=x.shape))


def _for_matrices(given: Part) -> Part:
    """Give a number for each matrix two more axes."""
    return call("expand_dims", given, "(-2, -1)", shape=(*given.shape, 1, 1)) if given.shape else given


def _determinant(operation: Operation) -> Part:
    return _for_matrices(operation.dh * operation.out) * _inverse_of(operation.x)


def _log_determinant(operation: Operation) -> Part | None:
    if operation.result == 0:
        return None  # the sign
    return _for_matrices(operation.dh) * _inverse_of(operation.x)


def _solve(operation: Operation) -> Part:
    a, b, dh = operation["a"], operation["b"], operation.full
    if a.ndim != 2 or b.ndim > 2:
        raise operation.refused()
    of_b = linear(dh, lambda inside: call("linalg.solve", transposed(a), inside, shape=b.shape))
    if operation.wanted == "b":
        return of_b
    return -outer(of_b, operation.out) if b.ndim == 1 else -product(of_b, transposed(operation.out))


def _norm(operation: Operation) -> Part:
    x, order, axes = operation["x"], operation.constants.get("ord"), operation.axes()
    matrix = operation.name == "linalg.norm" and (x.ndim if axes is None else len(axes)) == 2
    if order == 1 and not matrix and (axes is not None or x.ndim == 1):
        return upstream(operation) * like("sign", x)
    if matrix and order == "nuc" and axes is None:
        return operation.dh * product(*_singular_vectors(x))
    if matrix and order == 2 and axes is None:
        left, right = _singular_vectors(x)
        return operation.dh * outer(indexed(left, [":", "0"], x.shape[:1]), indexed(right, ["0"], x.shape[1:]))
    if order == float("inf") and not matrix and axes in (None, (0,)) and x.ndim == 1:
        sizes = like("abs", x)
        mask = compared(sizes, "==", operation.out)
        return operation.dh * like("sign", x) * mask / call("sum", mask, shape=())
    if order in (None, "fro") or (order == 2 and not matrix):
        return upstream(operation) * x / again(operation)
    raise operation.refused()


def _singular_vectors(x: Part) -> tuple[Part, Part]:
    """Write U and Vh."""
    small = min((size or 0 for size in x.shape), default=0)
    svd = call("linalg.svd", x, full_matrices="False", shape=()).text
    return part(f"{svd}.U", (x.shape[0], small)), part(f"{svd}.Vh", (small, x.shape[1]))


def _matrix_norm(operation: Operation) -> Part:
    if operation.constant("ord") != "fro":
        raise operation.refused()
    kept = call("linalg.matrix_norm", operation.x, keepdims="True", shape=(*operation.x.shape[:-2], 1, 1))
    if operation.constant("keepdims"):
        return operation.dh * operation.x / operation.out
    return _for_matrices(operation.dh) * operation.x / (kept if operation.out.shape else operation.out)


def _power(operation: Operation) -> Part:
    """Sum over the places of the factor that moves."""
    x, exponent = operation["a"], operation.integer("n")
    if exponent == 0:
        return number(0) * operation.dh * x
    if not 1 <= abs(exponent) <= _MOST_FACTORS:
        raise operation.refused(
            tr(
                "The gradient of a power has as many terms as factors, and {count} are too many to read.",
                count=abs(exponent),
            ),
            tr("Take the power in steps of at most {limit}.", limit=_MOST_FACTORS),
        )
    turned = transposed(x if exponent > 0 else call("linalg.inv", x, shape=x.shape))
    found = None
    for before in range(abs(exponent)):
        term = operation.full
        term = _times(turned, before, term, first=True)
        term = _times(turned, abs(exponent) - 1 - before, term, first=False)
        found = term if found is None else found + term
    assert found is not None
    return found if exponent > 0 else -product(product(turned, found), turned)


def _times(matrix: Part, exponent: int, given: Part, *, first: bool) -> Part:
    if not exponent:
        return given
    power = matrix if exponent == 1 else call("linalg.matrix_power", matrix, str(exponent), shape=matrix.shape)
    return product(power, given) if first else product(given, power)


def _multi_dot(operation: Operation) -> Part:
    parts = operation.values["arrays"]
    if operation.place < 0 or any(part.ndim != 2 for part in parts):
        raise operation.refused()
    found = operation.full
    for matrix in parts[: operation.place]:
        found = product(transposed(matrix), found)
    for matrix in reversed(parts[operation.place + 1 :]):
        found = product(found, transposed(matrix))
    return found


RULES: Final[Mapping[str, Rule]] = {
    "linalg.inv": _inverse,
    "linalg.det": _determinant,
    "linalg.slogdet": _log_determinant,
    "linalg.solve": _solve,
    "linalg.norm": _norm,
    "linalg.vector_norm": _norm,
    "linalg.matrix_norm": _matrix_norm,
    "linalg.matrix_power": _power,
    "linalg.multi_dot": _multi_dot,
    "linalg.matrix_rank": flat,
}
