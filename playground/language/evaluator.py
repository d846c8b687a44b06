"""The walk over the tree that finds the shape and dtype of every sub-expression."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from playground.language import refusals
from playground.language import vocabulary as words
from playground.language.arguments import Arguments, check_size
from playground.language.attributes import attribute
from playground.language.axes import AxisClasses
from playground.language.call_results import called, several
from playground.language.functions import FUNCTIONS
from playground.language.indexing import indexed
from playground.language.literal import fits_a_cell, fold_binary, fold_unary, post_order
from playground.language.mistake import Mistake
from playground.language.nodes import Attribute, Binary, Call, Index, Literal, Name, Node, Sequence, Slice, Unary
from playground.language.python_tuples import are_python, joined, picked
from playground.language.rewriting import outer_span
from playground.language.rules import dtypes, shapes
from playground.language.rules.dtype_checks import check_large_integer, same_dtype
from playground.language.rules.flops import product_flops
from playground.language.signature import Signature, TupleSignature
from playground.language.table.row import bind
from playground.language.typed_lists import typed_list
from playground.language.values import MISSING, Step, Value, number_signature
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

UFUNC_OF: Final = {
    "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "//": "floor_divide", "%": "remainder",
    "**": "power", "&": "bitwise_and", "|": "bitwise_or", "^": "bitwise_xor", "<<": "left_shift",
    ">>": "right_shift", "<": "less", "<=": "less_equal", ">": "greater", ">=": "greater_equal", "==": "equal",
    "!=": "not_equal",
}  # fmt: skip
_UNARY_UFUNC: Final = {"-": "negative", "+": "positive", "~": "invert"}
_NONE: Final[Mapping[str, Signature]] = MappingProxyType({})
_LONG_LIST: Final = 200
"""Characters from which on a typed list is read at once."""


class Evaluator:
    """One inference of one tree; it is used once.

    Attributes
    ----------
    steps
        What is known so far, axes not yet numbered from 0.
    node
        The node that is being looked at: the one to blame for a ``Mistake``.
    operands
        The values that ``node`` works on, in order.
    """

    def __init__(
        self, source: str, operands: Mapping[str, Signature | TupleSignature], known: Mapping[str, Signature] = _NONE
    ) -> None:
        """``known`` are parts by their texts that were inferred before: nothing below them is looked at again."""
        self.steps: list[Step] = []
        self.node: Node | None = None
        self.operands: tuple[Value, ...] = ()
        self.classes = AxisClasses()
        self.names: dict[str, Value] = {}
        self._source = source
        self._signatures = operands
        self._sequences: dict[object, Node] = {}
        self._values: dict[int, Value] = {}
        self._known = known
        self._at_once: dict[int, Value] = {}
        self._flops: int | None = 0

    def run(self, tree: Node) -> Signature | TupleSignature:
        """Look at every node of ``tree``, children first; raises ``Mistake`` at the first that can't be."""
        for node in post_order(tree, self._is_leaf):
            self.node, self.operands, self._flops = node, (), 0
            value = self._at_once.get(id(node)) or _VISITORS[type(node)](self, node)
            if self.classes.names and value.signature is not None:
                value = self._with_names(value, value.signature)
            self._values[id(node)] = value
            self._record(node, value)
        value = self._values[id(tree)]
        if value.several is not None:
            return value.several
        signature = self.array_of(value).signature
        assert signature is not None
        return signature

    def array_of(self, value: Value) -> Value:
        """Give ``value`` as an array; lists become arrays and leave a step. Raises ``Mistake``."""
        if value.signature is not None:
            if isinstance(value.constant, int) and not fits_a_cell(value.constant):
                raise Mistake(
                    "integer-size",
                    tr("{number} doesn't fit into 64 bits.", number=shapes.shown(value)),
                    tr("Write it with a point, as a float."),
                    span=value.span,
                )
            return value
        if value.several is not None:
            raise refusals.several(value)
        if value.items is None:
            raise refusals.no_array(value)
        found = self._gathered(value)
        node = self._sequences.get(value.span)
        if node is not None:
            self._values[id(node)] = found
            self._record(node, found)
        return found

    def _record(self, node: Node, value: Value) -> None:
        signature = value.several or value.signature
        if signature is not None:
            self.steps.append(Step(node, value.text, node.span, signature, value.axes, value.constant, self._flops))

    def _with_names(self, value: Value, signature: Signature) -> Value:
        """Names of sizes travel with the axes."""
        names = self.classes.names_of(value.axes)
        same = names == signature.axis_names
        return value if same else replace(value, signature=replace(signature, axis_names=names))

    def _value(self, node: Node) -> Value:
        return self._values[id(node)]

    def _text(self, node: Node) -> str:
        return self._source[node.span.start : node.span.end]

    def _new(self, node: Node, shaped: shapes.Shaped, dtype: np.dtype, *, weak: bool = False) -> Value:
        check_size(shaped.shape, dtype.itemsize)
        axes = self.classes.fresh(len(shaped.shape)) if shaped.axes is None else shaped.axes
        return Value(self._text(node), node.span, Signature(shaped.shape, dtype, weak), axes)

    def _number(self, node: Node, number: complex) -> Value:
        return Value(self._text(node), node.span, number_signature(number), (), number)

    # -- leaves ------------------------------------------------------------------------------------------------

    def _literal(self, node: Literal) -> Value:
        if isinstance(node.value, (int, float, complex)):
            return self._number(node, node.value)
        return Value(self._text(node), node.span, constant=node.value)

    def _name(self, node: Name) -> Value:
        known = self.names.get(node.name)
        if known is not None:
            return Value(known.text, node.span, known.signature, known.axes, known.constant, known.items, known.several)
        signature = self._signatures.get(node.name)
        if signature is None and node.name in words.SOFT_CONSTANTS:
            return self._number(node, words.SOFT_CONSTANTS[node.name])
        if signature is None:
            raise refusals.unknown_name(node)
        value = Value(self._text(node), node.span)
        if isinstance(signature, TupleSignature):
            value = several(value, signature, [self.classes.fresh(item.ndim) for item in signature.items])
        else:
            value = replace(value, signature=signature, axes=self.classes.fresh(signature.ndim, signature.axis_names))
        self.names[node.name] = value
        return value

    # -- lists and tuples --------------------------------------------------------------------------------------

    def _is_leaf(self, node: Node) -> bool:
        """Read what is known and long typed lists at once; the walk need not look at each of their parts."""
        value = None
        if isinstance(node, Sequence) and node.span.end - node.span.start >= _LONG_LIST:
            value = typed_list(node, self._text(node), self.classes)
        elif self._known and isinstance(node, (Binary, Call)):
            found = self._known.get(self._text(node))
            if found is not None:
                axes = self.classes.fresh(found.ndim, found.axis_names)
                value = Value(self._text(node), node.span, found, axes)
        if value is not None:
            self._at_once[id(node)] = value
        return value is not None

    def _sequence(self, node: Sequence) -> Value:
        items = tuple(self._value(item) for item in node.items)
        self._sequences[node.span] = node
        value = Value(self._text(node), node.span, items=items, is_tuple=node.is_tuple)
        if any(item.constant is MISSING for item in items):
            return value
        # The numbers inside a constant are no steps of their own.
        while self.steps and self.steps[-1].span.start >= node.span.start:
            self.steps.pop()
        constants = [item.constant for item in items]
        value = replace(value, constant=tuple(constants) if node.is_tuple else constants)
        try:
            return self._gathered(value)
        except Mistake:
            return value  # as a list of arrays or of axes it may still be right

    def _gathered(self, value: Value) -> Value:
        """Read a list as an array: all parts of one shape, stacked along a new first axis."""
        if value.constant is not MISSING or not value.items:
            return self._constant_array(value)
        parts = [self.array_of(item) for item in value.items or ()]
        first = parts[0].signature
        assert first is not None
        for part in parts:
            if part.signature is not None and part.signature.shape != first.shape:
                raise refusals.ragged(parts[0], part)
        shape = (len(parts), *first.shape)
        check_size(shape)
        signature = Signature(shape, dtypes.promoted_strong(parts))
        return replace(value, signature=signature, axes=self.classes.fresh(1) + parts[0].axes)

    def _constant_array(self, value: Value) -> Value:
        for first, part in zip((value.items or ())[:1] * len(value.items or ()), value.items or (), strict=True):
            one, other = self.array_of(first).signature, self.array_of(part).signature
            if one is not None and other is not None and one.shape != other.shape:
                raise refusals.ragged(self.array_of(first), self.array_of(part))
        array = np.array(value.constant if value.items else ())
        if array.dtype.kind not in "biufc":
            raise Mistake("integer-size", tr("These integers don't fit into 64 bits together."), span=value.span)
        return replace(value, signature=Signature(array.shape, array.dtype), axes=self.classes.fresh(array.ndim))

    # -- operators ---------------------------------------------------------------------------------------------

    def _unary(self, node: Unary) -> Value:
        value = self._value(node.operand)
        if value.is_number:
            return self._number(node, fold_unary(node.operator, value.constant))  # type: ignore[arg-type]
        value = self.array_of(value)
        self.operands = (value,)
        signature = shapes.signature_of(value)
        dtype = dtypes.ufunc_dtype(_UNARY_UFUNC[node.operator], [value], node.operator)
        self._flops = signature.size
        return self._new(node, shapes.Shaped(signature.shape, value.axes), dtype, weak=signature.weak)

    def _binary(self, node: Binary) -> Value:
        left, right = self._operand(node.left), self._operand(node.right)
        if node.operator == "and":
            return self._chained(node, left, right)
        if left.is_number and right.is_number and node.operator != "@":
            return self._number(node, fold_binary(node.operator, left.constant, right.constant))  # type: ignore[arg-type]
        if (left.is_tuple or right.is_tuple) and are_python(left, right, node.operator):
            return joined(left, right, node.operator, Value(self._text(node), node.span), self._constant_array)
        if node.operator in ("==", "!=") and (same := same_dtype(left, right)) is not None:
            return self._number(node, same is (node.operator == "=="))
        left, right = (side if side.is_number else self.array_of(side) for side in (left, right))
        self.operands = (left, right)
        check_large_integer(left, right)
        if node.operator == "@":
            shaped = shapes.matmul(left, right, self.classes, "@")
            result = self._new(node, shaped, dtypes.ufunc_dtype("matmul", [left, right], "@"))
            self._flops = product_flops(*(shapes.signature_of(v) for v in (left, right, result)))
            return result
        shaped = shapes.broadcast((left, right), self.classes, node.operator)
        squared = node.operator == "**" and dtypes.squares_truths(left, right, is_entry=isinstance(node.left, Name))
        name, given = ("square", (left,)) if squared else (UFUNC_OF[node.operator], (left, right))
        dtype = dtypes.ufunc_dtype(name, given, node.operator)
        weak = shapes.signature_of(left).weak and shapes.signature_of(right).weak
        result = self._new(node, shaped, dtype, weak=weak)
        self._flops = shapes.signature_of(result).size
        return result

    def _chained(self, node: Binary, left: Value, right: Value) -> Value:
        """Two links of ``a < b < c``: one truth each, so neither may have more than one cell."""
        if left.is_number and right.is_number:
            return self._number(node, bool(left.constant) and bool(right.constant))
        self.operands = (left, right)
        if left.is_number and not left.constant:
            return self._number(node, False)
        refusals.check_one_truth(left, right)
        signature = shapes.signature_of(right)
        return self._new(node, shapes.Shaped(signature.shape, right.axes), signature.dtype)

    def _operand(self, node: Node) -> Value:
        """Give the value of an operator's operand, its text with its parentheses."""
        value = self._value(node)
        if self._source[node.span.start - 1 : node.span.start] != "(":
            return value
        span = outer_span(self._source, node.span)
        return replace(value, text=self._source[span.start : span.end])

    # -- attributes, indices, calls ----------------------------------------------------------------------------

    def _attribute(self, node: Attribute) -> Value:
        value = self._value(node.value)
        if value.several is not None and node.name in value.several.names:
            found = (value.items or ())[value.several.names.index(node.name)]
            return replace(found, text=self._text(node), span=node.span)
        self.operands = (value,)
        blank = Value(self._text(node), node.span, axes=self.classes.fresh(1))
        return attribute(self.array_of(value), node.name, blank)

    def _slice(self, node: Slice) -> Value:
        parts = []
        for part in (node.start, node.stop, node.step):
            value = None if part is None else self._value(part)
            known = None if value is None else value.constant
            if known is MISSING and value is not None:
                signature = self.array_of(value).signature
                whole = signature is not None and not signature.ndim and signature.dtype.kind in "iu"
                known = MISSING if whole else "no number"
            if not (known is None or known is MISSING or isinstance(known, int)):
                raise Mistake("index", tr("A slice is bounded by whole numbers."), span=part.span if part else None)
            parts.append(known)
        if parts[2] == 0:
            raise Mistake("index", tr("A slice with a step of 0 never moves."))
        return Value(self._text(node), node.span, constant=slice(*parts))

    def _index(self, node: Index) -> Value:
        value, items = self._value(node.value), [self._value(item) for item in node.items]
        self.operands = (value,)
        if value.items is not None and (value.several is not None or value.is_tuple):
            return picked(value, items, Value(self._text(node), node.span), self._constant_array)
        value = self.array_of(value)
        if value.is_number:
            raise Mistake("index", tr("{operand} is a number; there is nothing to index.", operand=shapes.shown(value)))
        if len(items) == 1 and not isinstance(node.items[0], Sequence) and (items[0].is_tuple or items[0].several):
            items = list(items[0].items or ())  # A[A.shape], A[nonzero(B)]; but A[(0, 1),] is one index array
        items = [self.array_of(item) if item.items is not None else item for item in items]
        return self._new(node, indexed(value, items, self.classes), shapes.signature_of(value).dtype)

    def _call(self, node: Call) -> Value:
        function = FUNCTIONS.get(node.function)
        if function is None or (node.is_method and not function.method):
            raise refusals.no_function(node, self._source, self._signatures)
        values = tuple(self._value(argument) for argument in node.arguments)
        if node.is_method and values[0].is_number:
            raise Mistake(
                "attribute",
                tr("{number} is a number, not an array.", number=shapes.shown(values[0])),
                tr("Write {name}({number}).", name=node.function, number=shapes.shown(values[0])),
                span=values[0].span,
            )
        keywords = {name: self._value(value) for name, value in node.keywords}
        if len(keywords) < len(node.keywords):
            raise Mistake("argument", tr("{function} has a parameter given twice.", function=function.name))
        bound = bind(function, node, values, keywords)
        # A list of arrays counts as its parts, so that a clash can name one of them.
        lists = ((value,) if value.items is None or value.signature else value.items for value in bound.values())
        self.operands = tuple(part for parts in lists for part in parts)
        arguments = Arguments(function, bound, self.classes, self, is_method=node.is_method)
        value, self._flops = called(function, arguments, Value(self._text(node), node.span, axes=self.classes.fresh(1)))
        return value


_VISITORS: Final[dict[type[Node], Callable[[Evaluator, Any], Value]]] = {
    Literal: Evaluator._literal, Name: Evaluator._name, Sequence: Evaluator._sequence, Unary: Evaluator._unary,
    Binary: Evaluator._binary, Attribute: Evaluator._attribute, Slice: Evaluator._slice, Index: Evaluator._index,
    Call: Evaluator._call,
}  # fmt: skip
"""What looks at which node. Not bound to one evaluator: what refers to itself waits for the garbage collection."""
