"""The parts of a formula as texts that gradients are made of, with names for the sizes of their axes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language.gradients.factor import ATOM, COMPARISON, MATMUL, MIXED, POWER, PRODUCT, SUM, Factor
from playground.language.gradients.matrices import symmetric, transposed, written_product
from playground.language.gradients.operation import Centred, Total
from playground.language.gradients.text import Difference, Part, Root, constant, number, part
from playground.language.nodes import Attribute, Binary, Call, Literal, Name, Node, Sequence, Unary, walk
from playground.language.signature import Signature, TupleSignature
from playground.language.values import MISSING
from playground.record import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.axes import Axes
    from playground.language.infer import Inference, Step
    from playground.language.signature import Shape

_LEVELS: Final = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "@": MATMUL, "**": POWER, "//": SUM, "%": SUM}


def entry_part(name: str, signature: Signature) -> Part:
    """Make the part that an entry of this name is."""
    whole = part(f"{name}.size", ()) if signature.shape else number(1)
    sizes = (
        (whole,)
        if len(signature.shape) == 1 and signature.shape != (1,)
        else tuple(
            number(1) if size == 1 else part(f"{name}.shape[{axis}]", ()) for axis, size in enumerate(signature.shape)
        )
    )
    return replace(part(name, signature.shape), sizes=sizes, size=whole)


class Reader:
    """Gives the text of every node of one formula.

    Parameters
    ----------
    found
        What is known of the formula.
    entries
        What each of its names stands for.
    result
        What stands for the whole formula, None for its own text.
    """

    def __init__(self, found: Inference, entries: Mapping[str, Part], result: Part | None = None) -> None:
        self.steps: dict[int, Step] = {id(step.node): step for step in found.steps}
        self._source = found.source
        self._tree, self._result = found.tree, result
        self._entries = entries
        self._texts = {name for name, entry in entries.items() if entry.text != name}
        self._read: dict[int, Part] = {}
        self._sizes: dict[int, tuple[int | None, Part]] = {}
        self._wholes: dict[Axes, Part] = {}
        for name, axes in found.operand_axes.items():
            entry = entries.get(name)
            if entry is not None and entry.size is not None:
                self._name_sizes(entry, axes)

    def _name_sizes(self, entry: Part, axes: Axes) -> None:
        assert entry.size is not None
        self._wholes.setdefault(axes, entry.size)
        for number_, size, text in zip(axes, entry.shape, entry.sizes, strict=True):
            self._sizes.setdefault(number_, (size, text))

    def signature(self, node: Node) -> Signature | TupleSignature | None:
        """Give the signature of ``node``, None where it isn't an array."""
        step = self.steps.get(id(node))
        return None if step is None else step.signature

    def constant(self, node: Node) -> object:
        """Give the value of ``node`` where it is known before running, lists as tuples; else ``MISSING``."""
        if isinstance(node, Literal):
            return node.value
        step = self.steps.get(id(node))
        if step is not None and step.constant is not MISSING:
            return _as_tuple(step.constant)
        if isinstance(node, Sequence):
            items = tuple(self.constant(item) for item in node.items)
            return MISSING if MISSING in items else items
        return MISSING

    def read(self, node: Node) -> Part:
        """Give ``node`` as a part with its shape."""
        found = self._read.get(id(node))
        if found is None:
            found = self._read[id(node)] = self._first_read(node)
        return found

    def _first_read(self, node: Node) -> Part:
        if node is self._tree and self._result is not None:
            return self._result
        if isinstance(node, Name) and node.name in self._entries:
            return self._entries[node.name]
        if isinstance(node, Unary) and node.operator == "-":
            return -self.read(node.operand)
        if isinstance(node, Literal) and type(node.value) in (int, float):
            return constant(node.value)  # type: ignore[arg-type]
        step = self.steps.get(id(node))
        shape: Shape = ()
        axes: Axes = ()
        if step is not None and isinstance(step.signature, Signature):
            shape, axes = step.signature.shape, step.axes
        found = self._made(node)
        if found is None or found.shape != shape:
            found = Part(shape, (Factor(self._text(node), self._level(node), shape, form=self._form(node)),))
            found = symmetric(found) if self._is_symmetric(node, shape) else found
        text = found.factor()
        known = enumerate(zip(shape, axes, strict=True))
        sizes = tuple(self._size(text, axis, size, number_) for axis, (size, number_) in known)
        return replace(found, sizes=sizes, size=self._wholes.get(axes) if shape else number(1))

    def _made(self, node: Node) -> Part | None:
        """Give a product, a quotient, a power or a transpose as what it is made of, so that laws find its factors."""
        match node:
            case Binary(operator="*", left=left, right=right):
                return self.read(left) * self.read(right)
            case Binary(operator="/", left=left, right=right):
                below = self.read(right)
                return self.read(left) / below if below.coefficient else None
            case Binary(operator="**", left=left, right=Literal(value=int(exponent))) if exponent > 1:
                return self.read(left) ** number(exponent)
            case Binary(operator="@", left=left, right=right):
                return written_product(self.read(left), self.read(right))
            case Attribute(value=value, name="T" | "mT" as name):
                inside = self.read(value)
                return transposed(inside) if inside.ndim == 2 or name == "mT" or not inside.ndim > 2 else None
        return None

    def _form(self, node: Node) -> object:
        """Mark what laws know: a root, a sum, a difference, and ``x - mean(x)``, whose sum is 0."""
        match node:
            case Call(function="sqrt", arguments=(inside,)):
                return Root(self.read(inside))
            case Call(function="sum" | "mean") as reduction:
                return self._total(reduction)
            case Binary(operator="-", left=left, right=right):
                centred = self._centred(left, right) if isinstance(right, Call) and right.function == "mean" else None
                return centred or Difference(self.read(left), self.read(right))
        return None

    def _is_symmetric(self, node: Node, shape: Shape) -> bool:
        """Recognize ``x + x.T``."""
        if len(shape) < 2 or not isinstance(node, Binary) or node.operator != "+":
            return False
        left, right = self.read(node.left), self.read(node.right)
        return left.shape == right.shape and transposed(left).text == right.text

    def _total(self, node: Call) -> Total | None:
        given = {**dict(zip(("a", "axis"), node.arguments, strict=False)), **dict(node.keywords)}
        axis = self.constant(given["axis"]) if "axis" in given else None
        if not isinstance(axis, int) or not given.keys() <= {"a", "axis", "keepdims"} or "a" not in given:
            return None
        inside = self.read(given["a"])
        if not inside.ndim:
            return None
        kept = "keepdims" in given and self.constant(given["keepdims"]) is True
        return Total(node.function, inside, (axis % inside.ndim,), keepdims=kept)

    def _centred(self, left: Node, mean: Call) -> Centred | None:
        given = {**dict(zip(("a", "axis"), mean.arguments, strict=False)), **dict(mean.keywords)}
        if not given.keys() <= {"a", "axis", "keepdims"} or "a" not in given:
            return None
        axis = self.constant(given["axis"]) if "axis" in given else None
        kept = "keepdims" in given and self.constant(given["keepdims"]) is True
        inside = self.read(given["a"])
        if inside.text != self.read(left).text:
            return None
        if axis is None:
            return Centred(None)
        if isinstance(axis, int) and (kept or axis % inside.ndim == 0):
            return Centred((axis % inside.ndim,))
        return None

    def _size(self, text: Factor, axis: int, size: int | None, number_: int) -> Part:
        known, name = self._sizes.get(number_, (None, None))
        if size == 1:
            return number(1)
        if name is not None and known == size:
            return name
        return part(f"{text.wrapped(ATOM)}.shape[{axis}]", ()) if size is None else number(size)

    def _level(self, node: Node) -> int:
        if isinstance(node, Unary):
            return SUM
        if not isinstance(node, Binary):
            return ATOM
        found = _LEVELS.get(node.operator, COMPARISON)
        return MIXED if found == PRODUCT and self._level(node.left) in (MIXED, MATMUL) else found

    def _text(self, node: Node) -> str:
        start = node.span.start
        text = self._source[start : node.span.end]
        if self._texts:
            places = [(name.span.start - start, name.span.end - start, self._entries[name.name])
                      for name in walk(node) if isinstance(name, Name) and name.name in self._texts]  # fmt: skip
            for first, last, entry in sorted(places, key=lambda place: -place[0]):
                text = text[:first] + entry.factor().wrapped(_least(text[:first], text[last:])) + text[last:]
        return re.sub(r"\s*[\r\n]\s*", " ", text)


def _least(before: str, after: str) -> int:
    """Tell how tightly a text must hold together to stand between these two."""
    before, after = before.rstrip(), after.lstrip()
    keyword = before.endswith("=") and not before.endswith(("==", "<=", ">=", "!="))
    if before.endswith("-"):
        return PRODUCT if after.startswith((")", ",", "+", "-")) or not after else ATOM
    if before and not before.endswith(("(", ",", "[", "+")) and not keyword:
        return ATOM
    begins = not before or before.endswith(("(", ",", "[")) or keyword
    if begins and after.startswith(("+", "-")):
        return SUM
    if not before or before.endswith("+") or after.startswith(("+", "-")):
        return MIXED if after.startswith((")", ",", "]", "+", "-")) or not after else ATOM
    return COMPARISON if after.startswith((")", ",", "]")) else ATOM


def _as_tuple(value: object) -> object:
    return tuple(map(_as_tuple, value)) if isinstance(value, (list, tuple)) else value
