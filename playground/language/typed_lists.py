"""Long lists that were typed number by number, read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.language.nodes import Literal, Node, Sequence, Unary
from playground.language.signature import Signature
from playground.language.values import Value

if TYPE_CHECKING:
    from playground.language.axes import AxisClasses
    from playground.language.literal import Number


def typed_list(node: Sequence, text: str, classes: AxisClasses) -> Value | None:
    """Read a nested list of numbers as an array; None where it is anything else, or ragged."""
    constant = plain_list(node)
    if constant is None:
        return None
    try:
        array = np.array(constant)
    except ValueError:
        return None
    if array.dtype.kind not in "biufc":
        return None
    signature = Signature(array.shape, array.dtype)
    return Value(text, node.span, signature, classes.fresh(array.ndim), constant)


def plain_list(node: Node) -> list[object] | None:
    """Give the nested list that was typed number by number, signs allowed; None for any other node."""
    if not isinstance(node, Sequence) or node.is_tuple:
        return None
    found: list[object] = []
    for item in node.items:
        value = plain_list(item) if isinstance(item, Sequence) else _plain_number(item)
        if value is None:
            return None
        found.append(value)
    return found


def _plain_number(node: Node) -> Number | None:
    if isinstance(node, Unary) and node.operator == "-" and isinstance(node.operand, Literal):
        value = node.operand.value
        return -value if isinstance(value, (int, float, complex)) else None
    value = node.value if isinstance(node, Literal) else None
    return value if isinstance(value, (int, float, complex)) else None
