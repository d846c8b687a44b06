"""Values that are known from the text alone: numbers, nested lists, and arithmetic on them."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.mistake import Mistake
from playground.language.nodes import Binary, Call, Literal, Name, Node, Sequence, Unary, children
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Number = int | float | complex

_BINARY: Final[dict[str, Callable[..., Number]]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod, "**": operator.pow, "&": operator.and_, "|": operator.or_, "^": operator.xor,
    "<<": operator.lshift, ">>": operator.rshift, "<": operator.lt, "<=": operator.le, ">": operator.gt,
    ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_REAL_FUNCTIONS: Final[dict[str, Callable[[float], float]]] = {
    "sqrt": math.sqrt, "exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos, "tan": math.tan,
    "tanh": math.tanh, "abs": abs,
}  # fmt: skip


def fold_binary(sign: str, left: Number, right: Number) -> Number:
    """Compute ``left sign right`` as Python does; raises ``Mistake`` where that fails or is unreasonably large."""
    both_integers = isinstance(left, int) and isinstance(right, int)
    if both_integers and sign in ("**", "<<"):
        _check_growth(sign, int(left), int(right))  # type: ignore[arg-type]
    try:
        value = _BINARY[sign](left, right)
    except ZeroDivisionError:
        raise Mistake("division-by-zero", tr("This divides by zero.")) from None
    except OverflowError:
        raise Mistake("number-size", tr("The result is too large for a number.")) from None
    except (TypeError, ValueError, KeyError):
        raise Mistake(
            "dtype", tr("{sign} isn't defined between {left} and {right}.", sign=sign, left=left, right=right)
        ) from None
    return _checked(value)


def fold_unary(sign: str, value: Number) -> Number:
    """Compute ``sign value`` as Python does; raises ``Mistake`` for ``~`` of a fraction."""
    if sign == "~":
        if not isinstance(value, int):
            raise Mistake("dtype", tr("~ flips bits or truths, and {value} has neither.", value=value))
        return ~int(value)
    return _checked(-value if sign == "-" else +value)


def _check_growth(sign: str, base: int, exponent: int) -> None:
    bits = exponent if sign == "<<" else (abs(base).bit_length() - 1) * exponent
    if base and bits > words.MAX_BITS:
        raise Mistake(
            "integer-size",
            tr("{base} {sign} {exponent} is too large a whole number.", base=base, sign=sign, exponent=exponent),
            tr("Write the base with a point, as a float."),
        )


def _checked(value: Number) -> Number:
    if isinstance(value, int) and value.bit_length() > words.MAX_BITS:
        raise Mistake(
            "integer-size",
            tr("The result is too large a whole number."),
            tr("Write a number with a point, as a float."),
        )
    return value


def fits_a_cell(value: object) -> bool:
    """Tell whether a number fits into 64 bits, or isn't a whole number of Python's."""
    return not isinstance(value, int) or -(2**63) <= value <= words.MAX_INTEGER


def literal_value(tree: Node | None) -> Number | list[object] | None:
    """Give the number or nested list that ``tree`` stands for, None where it isn't a constant.

    Understands numbers, lists, tuples (as lists), arithmetic, ``pi e inf nan`` and ``sqrt exp log sin cos tan
    abs`` of a number. Never raises.
    """
    if tree is None:
        return None
    values: dict[int, object] = {}
    try:
        for node in post_order(tree):
            values[id(node)] = _value(node, values)
    except Mistake:
        return None
    value = values[id(tree)]
    if isinstance(value, list):
        return value
    return value if isinstance(value, (int, float, complex)) and fits_a_cell(value) else None


def post_order(tree: Node, is_leaf: Callable[[Node], bool] = lambda node: False) -> Iterator[Node]:
    """Every node of ``tree``, children before their parent, left to right, none below a leaf.

    Iterative, so depth is no danger.
    """
    pending: list[tuple[Node, bool]] = [(tree, False)]
    while pending:
        node, ready = pending.pop()
        if ready or is_leaf(node):
            yield node
            continue
        pending.append((node, True))
        pending.extend((child, False) for child in reversed(list(children(node))))


def _value(node: Node, values: dict[int, object]) -> object:
    match node:
        case Literal(value=value) if isinstance(value, (int, float, complex)):
            return value
        case Name(name=name) if name in words.SOFT_CONSTANTS:
            return words.SOFT_CONSTANTS[name]
        case Sequence(items=items):
            return [values[id(item)] for item in items]
        case Unary(operator=sign, operand=operand):
            return fold_unary(sign, _number(values[id(operand)]))
        case Binary(operator=sign, left=left, right=right):
            return fold_binary(sign, _number(values[id(left)]), _number(values[id(right)]))
        case Call(function=function, arguments=(argument,), keywords=()) if function in _REAL_FUNCTIONS:
            return _call(function, _number(values[id(argument)]))
    raise Mistake("not-constant", "")


def _number(value: object) -> Number:
    if not isinstance(value, (int, float, complex)):
        raise Mistake("not-constant", "")
    return value


def _call(function: str, value: Number) -> Number:
    if isinstance(value, complex):
        raise Mistake("not-constant", "")
    try:
        return _REAL_FUNCTIONS[function](value)
    except (ValueError, OverflowError):
        raise Mistake("not-constant", "") from None
