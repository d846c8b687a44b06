"""Products of all kinds: which lines of their operands meet in one cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.explain.carrying import Axis, Tie, UnsayableError
from playground.explain.ties import Bound, cellwise, plain, product, stretched, whole

if TYPE_CHECKING:
    from playground.explain.ties import Formula
    from playground.language.nodes import Call, Node


def _pair(call: Call) -> tuple[Node, Node]:
    if len(call.arguments) != 2 or call.keywords:
        raise UnsayableError
    return call.arguments[0], call.arguments[1]


def matmul(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """``A @ B`` as a function."""
    return product(*_pair(call), formula)


def _lettered(letters: list[str], output: str, operands: tuple[Node, ...], formula: Formula) -> tuple[Tie, ...]:
    """As ``einsum`` says it: a letter is a variable."""
    variables: dict[str, int] = {}
    for own, operand in zip(letters, operands, strict=True):
        for letter, size in zip(own, formula.shape(operand), strict=True):
            variables[letter] = max(size, variables.get(letter, 0))
    order = list(variables)
    sizes = tuple(variables.values())
    above = tuple(Axis(order.index(letter)) for letter in output)
    ties = []
    for own, operand in zip(letters, operands, strict=True):
        pairs = zip(own, formula.shape(operand), strict=True)
        below = tuple(Axis(None) if size == 1 else Axis(order.index(letter)) for letter, size in pairs)
        ties.append(Tie(operand, sizes, below, above))
    return tuple(ties)


def einsum(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """Sums over the letters that the result has not."""
    text = formula.constant_of(call.arguments[0]) if call.arguments else None
    operands = call.arguments[1:]
    if not isinstance(text, str) or "." in text or not operands:
        raise UnsayableError
    inputs, arrow, output = text.replace(" ", "").partition("->")
    letters = inputs.split(",")
    if not arrow:
        output = "".join(sorted(letter for letter in set(inputs) - {","} if inputs.count(letter) == 1))
    if [len(own) for own in letters] != [len(formula.shape(operand)) for operand in operands]:
        raise UnsayableError
    return _lettered(letters, output, operands, formula)


def dot(call: Call, formula: Formula, *, inner: bool = False) -> tuple[Tie, ...]:
    """``dot`` and ``inner``: the last axis of one, the last but one or the last of the other."""
    left, right = _pair(call)
    first, second = formula.shape(left), formula.shape(right)
    if not first or not second:
        return cellwise(call, (left, right), formula)
    a, b = list("abcdefghijklm"[: len(first)]), list("nopqrstuvwxyz"[: len(second)])
    summed = len(b) - 1 if inner or len(b) == 1 else len(b) - 2
    b[summed] = a[-1]
    output = a[:-1] + [letter for k, letter in enumerate(b) if k != summed]
    return _lettered(["".join(a), "".join(b)], "".join(output), (left, right), formula)


def vdot(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """All of both."""
    return tuple(whole(operand, call, formula) for operand in _pair(call))


def outer(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """``outer`` flattens its arguments; those of two axes and more are left to ``multiply.outer``."""
    left, right = _pair(call)
    letters = ["abcdefghijklm"[: len(formula.shape(left))], "nopqrstuvwxyz"[: len(formula.shape(right))]]
    if not call.function.endswith(".outer") or call.function == "linalg.outer":
        if max(map(len, letters)) > 1:
            raise UnsayableError
        letters = [own or "" for own in letters]
        if len(letters[0]) + len(letters[1]) != 2:
            raise UnsayableError
    return _lettered(letters, "".join(letters), (left, right), formula)


def matvec(call: Call, formula: Formula, *, row: bool = False) -> tuple[Tie, ...]:
    """Matrices times vectors; with ``row`` vectors times matrices."""
    left, right = _pair(call)
    matrix, vector = ("ab", "a") if row else ("ab", "b")
    letters = [vector, matrix] if row else [matrix, vector]
    if [len(formula.shape(left)), len(formula.shape(right))] != list(map(len, letters)):
        raise UnsayableError
    return _lettered(letters, "b" if row else "a", (left, right), formula)


def kron(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """Copies of one, scaled by each cell of the other."""
    left, right = _pair(call)
    first, second, shape = formula.shape(left), formula.shape(right), formula.shape(call)
    if len(first) != len(second):
        raise UnsayableError
    high = [Axis(k, stride=b, modulus=a) for k, (a, b) in enumerate(zip(first, second, strict=True))]
    low = [Axis(k, stride=1, modulus=b) for k, b in enumerate(second)]
    above = plain(len(shape))
    return Tie(left, shape, tuple(high), above), Tie(right, shape, tuple(low), above)


def tensordot(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """The last axes of one and the first of the other."""
    bound = Bound(call, formula)
    left, right, axes = bound.array("a"), bound.array("b"), bound.constant("axes", 2)
    bound.end()
    first, second = len(formula.shape(left)), len(formula.shape(right))
    if not isinstance(axes, int) or isinstance(axes, bool) or not 0 <= axes <= min(first, second):
        raise UnsayableError
    a, b = "abcdefghijklm"[:first], "nopqrstuvwxyz"[:second]
    b = a[first - axes :] + b[axes:]
    return _lettered([a, b], a[: first - axes] + b[axes:], (left, right), formula)


def vecdot(call: Call, formula: Formula) -> tuple[Tie, ...]:
    """The last axes of both."""
    left, right = _pair(call)
    first, second, shape = formula.shape(left), formula.shape(right), formula.shape(call)
    inner = (Axis(len(shape)),)
    above = plain(len(shape))
    return tuple(
        Tie(node, (*shape, own[-1]), (*stretched(own[:-1], shape), *inner), above)
        for node, own in ((left, first), (right, second))
    )
