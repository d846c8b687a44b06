"""Functions that formulas write out by hand: they are differentiated as what they are, which is short and safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from playground.language.nodes import Binary, Call, Index, Node
from playground.language.signature import Signature

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.gradients.reading import Reader


class Softmax(NamedTuple):
    """``softmax(x, axis=axis)``."""

    x: Node
    axis: int


def softmax(node: Binary, reader: Reader) -> Softmax | None:
    """Recognize ``exp(x) / sum(exp(x), axis=axis, keepdims=True)``, with or without ``- max(x, …)`` behind each x."""
    match node:
        case Binary(operator="/", left=Call(function="exp", arguments=(powers,)), right=Call(function="sum") as below):
            axis = _axis(below, node.left, reader)
        case _:
            return None
    if axis is None:
        return None
    match powers:
        case Binary(operator="-", left=x, right=Call(function="max") as highest) if _axis(highest, x, reader) == axis:
            return Softmax(x, axis)  # what is taken away from all makes no difference
    return Softmax(powers, axis)


def logits(node: Call, row_arguments: Mapping[str, tuple[Node, ...]]) -> Node | None:
    """Recognize ``binary_cross_entropy(sigmoid(z), target)``: give ``z``, from which the loss is never inf."""
    match row_arguments.get("predicted"):
        case (Call(function="sigmoid", arguments=(z,), keywords=()),) if node.function == "binary_cross_entropy":
            return z
    return None


def picked_softmax(node: Call) -> Index | None:
    """Recognize ``log(softmax(z)[arange(n), labels])``; give what the logarithm is of."""
    match node:
        case Call(function="log", arguments=(Index(value=Call(function="softmax")) as picked,), keywords=()):
            return picked
    return None


def _axis(reduction: Call, of: Node, reader: Reader) -> int | None:
    """Give the axis that a reduction of ``of`` goes along and leaves in its place; None where it doesn't."""
    given = {**dict(zip(("a", "axis"), reduction.arguments, strict=False)), **dict(reduction.keywords)}
    signature = reader.signature(of)
    if not given.keys() <= {"a", "axis", "keepdims"} or "a" not in given or not isinstance(signature, Signature):
        return None
    if reader.read(given["a"]).text != reader.read(of).text:
        return None
    ndim = len(signature.shape)
    axis = reader.constant(given["axis"]) if "axis" in given else None
    kept = "keepdims" in given and reader.constant(given["keepdims"]) is True
    if ndim == 1 and axis in (None, 0, -1):
        return 0
    return axis % ndim if kept and isinstance(axis, int) and ndim else None
