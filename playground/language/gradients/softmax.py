"""Gradients of softmax and its logarithm, also where a formula writes them by hand or picks the labels' cells."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from playground.language.gradients.indexing import RULES as INDEXING
from playground.language.gradients.operation import Operation, Rule, total
from playground.language.gradients.text import Part, call
from playground.record import replace

if TYPE_CHECKING:
    from collections.abc import Mapping


SOFTMAX_BY_HAND: Final = "exp / sum"
PICKED_LOG: Final = "log softmax []"
"""Names of operations that a formula writes without the word."""


def kept(operation: Operation, given: Part, function: str) -> Part:
    """Sum or average along the operation's axes, which stay with size 1; of a single row that is one number."""
    axes = operation.axes()
    if axes is None or given.ndim == 1:
        return total(given, None, (), function=function)
    shape = tuple(1 if axis in axes else size for axis, size in enumerate(given.shape))
    return total(given, operation.axis, shape, keepdims=True, function=function)


def _softmax(operation: Operation) -> Part:
    """``s * (dh - sum(dh * s))``; where s is a quotient that a formula writes out, it stays one, in NumPy's words."""
    s, dh = operation.out, operation.dh
    if {factor.key for factor in s.factors} <= {factor.key for factor in dh.divisors}:  # of its logarithm
        return _from_one_hot(operation, dh * s) or dh * s - s * kept(operation, dh * s, "sum")
    return s * (dh - kept(operation, dh * s, "sum"))


def softmax_of(operation: Operation, x: Part) -> Part:
    """Write the softmax of ``x`` along the operation's axis."""
    given = operation.constants.get("axis", -1)
    return call("softmax", x, axis=None if given in (-1, x.ndim - 1) else given, shape=x.shape)


def _is_one_hot(text: str) -> bool:
    """Tell whether a text is rows with one 1 in each, whose sums need no words."""
    if not text.startswith(("one_hot(", "eye(")):
        return False
    match ast.parse(text, mode="eval").body:
        case ast.Call(func=ast.Name(id="one_hot")):
            return True
        case ast.Subscript(value=ast.Call(func=ast.Name(id="eye"), args=[_], keywords=[]), slice=rows):
            return not isinstance(rows, ast.Tuple)
    return False


def _log_softmax(operation: Operation) -> Part:
    dh, x = operation.full, operation.x
    return _from_one_hot(operation, dh) or dh - softmax_of(operation, x) * kept(operation, dh, "sum")


def _from_one_hot(operation: Operation, dh: Part) -> Part | None:
    """Hand on to the scores what comes as rows with one 1 in each, times one number; None where it doesn't."""
    x = operation.x
    rows = [factor for factor in dh.factors if factor.shape == x.shape and _is_one_hot(factor.text)]
    others = [factor for factor in (*dh.factors, *dh.divisors) if factor not in rows]
    axis = operation.constants.get("axis", -1)
    if len(rows) != 1 or axis not in (-1, x.ndim - 1) or any(factor.shape for factor in others):
        return None
    outside = replace(dh, factors=tuple(factor for factor in dh.factors if factor not in rows), shape=())
    return -outside * (softmax_of(operation, x) - Part(x.shape, (rows[0],)))


def _picked_log(operation: Operation) -> Part:
    """As the cells of ``log_softmax``, which are never -inf."""
    pick = INDEXING["[]"](replace(operation, values={"value": operation.values["x"]}, wanted="value"))
    assert pick is not None
    return _log_softmax(replace(operation, dh=pick, out=operation.x))


RULES: Final[Mapping[str, Rule]] = {
    "softmax": _softmax,
    SOFTMAX_BY_HAND: _softmax,
    "log_softmax": _log_softmax,
    PICKED_LOG: _picked_log,
}
