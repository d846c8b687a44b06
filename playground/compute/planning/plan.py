"""What will run, before it runs: sub-expressions numbered by what they compute, each once, constants folded."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.cpu.device import NumpyBackend
from playground.compute.functions.operators import ARRAY, LIST, SHAPE, SLICE, STRIDES, TUPLE
from playground.compute.planning import parameters
from playground.compute.planning.lifetimes import Constant, Operand, Operation, arrange
from playground.language.functions import FUNCTIONS
from playground.language.literal import post_order
from playground.language.nodes import Attribute, Binary, Call, Index, Literal, Name, Node, Sequence, Slice, Unary
from playground.language.signature import Signature, TupleSignature
from playground.language.table.row import UNSUPPORTED
from playground.language.values import MISSING, scalar_signature
from playground.language.vocabulary import SOFT_CONSTANTS

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from playground.compute.planning.lifetimes import Reference
    from playground.compute.planning.steps import Plan
    from playground.language.infer import Inference
    from playground.language.values import Step

FOLDED_CELLS = 64
"""Constant sub-expressions up to this many cells are computed while planning; larger ones belong to the device."""

_SHAPES = frozenset({SHAPE, STRIDES, "shape", "broadcast_shapes"})
"""Targets whose result is a tuple of whole numbers of Python's."""

LEAST_WORK = 1 << 12
"""Cells or operations of one step from which it is looked for a faster way to the same numbers."""

_BY_PLACE = 2
"""So many arguments are passed by place, the others by name."""

_CACHED_PLANS = 256
_cache: OrderedDict[int, tuple[Inference, Plan]] = OrderedDict()


def plan(inference: Inference) -> Plan:
    """Make the plan of an inference without problems; the same inference gives the same plan at once.

    Raises ValueError where the inference has problems.
    """
    # By identity: hashing the tree of a long formula would cost more than a small product, and inferences are
    # cached themselves. The entry holds the inference, so that its id stays taken.
    key = id(inference)
    found = _cache.get(key)
    if found is not None:
        return found[1]
    made = _make(inference)
    _cache[key] = (inference, made)
    while len(_cache) > _CACHED_PLANS:
        _cache.popitem(last=False)
    return made


def _make(inference: Inference) -> Plan:
    if inference.tree is None or inference.signature is None or inference.problems:
        message = f"{inference.source!r} has problems and can't be planned"
        raise ValueError(message)
    planner = _Planner(inference)
    for node in post_order(inference.tree):
        planner.add(node)
    references, result = planner.references, planner.result(inference.tree)
    if any(isinstance(found, Operation) and _work(found) >= LEAST_WORK for found in references):
        from playground.compute.planning.shortcuts import taken  # small arrays need none

        references = taken(references, result)
    return arrange(inference.source, references, result, inference.signature)


def _work(call: Operation) -> int:
    cells = call.signature.size if isinstance(call.signature, Signature) else None
    return max(cells or 0, call.flops or 0)


class _Planner:
    """Gives every sub-expression a reference; equal computations get the same one.

    A reference is a position in ``references``: an operand, a constant, or an operation on earlier references.
    """

    def __init__(self, inference: Inference) -> None:
        self.references: list[Reference] = []
        self._source = inference.source
        self._signature = inference.signature
        self._operands = inference.operand_axes
        self._steps: dict[int, Step] = {id(step.node): step for step in inference.steps}
        self._of_node: dict[int, int] = {}
        self._known: dict[Hashable, int] = {}
        self._folding = NumpyBackend()

    def add(self, node: Node) -> None:
        """Give ``node`` its reference; its parts have theirs already."""
        step = self._steps.get(id(node))
        if step is not None and step.constant is not MISSING and not isinstance(node, Sequence):
            self._of_node[id(node)] = self._constant(step.constant)
            return
        self._of_node[id(node)] = self._number(node)

    def result(self, tree: Node) -> int:
        """Give the reference of the whole; a constant becomes an array or scalar of the inferred dtype."""
        if not isinstance(self._signature, Signature):
            return self._of_node[id(tree)]
        reference = self._array(tree)
        found = self.references[reference]
        if isinstance(found, Constant):
            return self._constant(np.asarray(found.value, dtype=self._signature.dtype)[()])
        return reference

    def _number(self, node: Node) -> int:
        match node:
            case Literal(value=value):
                return self._constant(value)
            case Name(name=name):
                return self._name(node, name)
            case Sequence():
                return self._sequence(node)
            case Slice(start=start, stop=stop, step=step):
                return self._slice(node, (start, stop, step))
            case Unary(operator=sign, operand=operand):
                return self._operation(node, f"unary:{sign}", [self._array(operand)])
            case Binary():
                return self._binary(node)
            case Attribute(value=value, name=name):
                return self._attribute(node, value, name)
            case Index(value=value, items=items):
                return self._index(node, value, items)
            case Call():
                return self._call(node)
        message = f"no plan for {type(node).__name__}"
        raise TypeError(message)

    def _name(self, node: Name, name: str) -> int:
        if name in SOFT_CONSTANTS and name not in self._operands:  # inside a list it has no step of its own
            return self._constant(SOFT_CONSTANTS[name])
        return self._intern(("name", name), Operand(name, self._signature_of(node)))

    def _binary(self, node: Binary) -> int:
        operands = [node.left, node.right]
        step = self._steps.get(id(node))
        whole = step is None or (node.operator in ("==", "!=") and step.signature == scalar_signature(bool))
        if whole and (node.operator == "*" or all(self._is_tuple(operand) for operand in operands)):
            references = [self._of_node[id(operand)] for operand in operands]
        else:
            references = [self._array(operand) for operand in operands]
        return self._operation(node, f"op:{node.operator}", references)

    def _call(self, node: Call) -> int:
        """Refer to a call, its first two arguments by place and the others by name where they have one.

        The libraries call the first ones differently (``shape``, ``newshape``) and order the later ones differently.
        What NumPy has but isn't offered (``out``) is left out: only its default can have been given.
        """
        places = [parameter for parameter in FUNCTIONS[node.function].parameters if parameter.by_position]
        named = dict(node.keywords)
        arguments, keywords = [], []
        for place, argument in enumerate(node.arguments):
            parameter = places[min(place, len(places) - 1)]
            reference = self._argument(argument, parameter.name, node.function)
            if parameter.variadic and parameter.name != "items" and node.function not in parameters.AS_WRITTEN:
                reference = self._strong(reference)
            if place < _BY_PLACE or not parameter.by_name or parameter.variadic:
                arguments.append(reference)
            elif parameter.name not in UNSUPPORTED:
                keywords.append((parameter.name, reference))
        while len(arguments) < min(_BY_PLACE, len(places)) and places[len(arguments)].name in named:
            name = places[len(arguments)].name
            arguments.append(self._argument(named.pop(name), name, node.function))
        kept = {name: value for name, value in named.items() if name not in UNSUPPORTED}
        keywords += [(name, self._argument(value, name, node.function)) for name, value in kept.items()]
        if parameters.gives_back(node, self._signature_of(node)):
            return arguments[0]
        return self._operation(node, node.function, arguments, tuple(keywords))

    def _argument(self, node: Node, parameter: str, function: str) -> int:
        """Refer to an argument as its parameter wants it: shapes and axes as Python has them, the rest as arrays."""
        if parameter in parameters.PLAIN_PARAMETERS or function in parameters.AS_WRITTEN:
            return self._of_node[id(node)]
        if parameter in parameters.LIST_PARAMETERS and isinstance(node, Sequence):
            items = [self._array(item) for item in node.items]
            if parameter != "choicelist":  # a number among those has no dtype of its own
                items = [self._strong(item) for item in items]
            return self._operation(node, LIST, items, typed=False)
        if isinstance(self._signature_of(node), TupleSignature) and parameter not in parameters.LIST_PARAMETERS:
            return self._operation(node, "stack", [self._of_node[id(node)]], typed=False)
        return self._array(node)

    def _strong(self, reference: int) -> int:
        """Turn a number into an array without axes: not every library joins plain numbers."""
        found = self.references[reference]
        is_number = isinstance(found, Constant) and isinstance(found.value, int | float | complex)
        return self._constant(np.asarray(self._value(reference))) if is_number else reference

    def _attribute(self, node: Attribute, value: Node, name: str) -> int:
        several = self._signature_of(value)
        if isinstance(several, TupleSignature):
            place = self._constant(several.names.index(name))
            return self._operation(node, "item", [self._of_node[id(value)], place])
        if name == "dtype" and isinstance(several, Signature):
            return self._constant(several.dtype)
        return self._operation(node, f"attr:{name}", [self._array(value)])

    def _index(self, node: Index, value: Node, items: tuple[Node, ...]) -> int:
        if isinstance(self._signature_of(value), TupleSignature) or self._is_tuple(value):
            return self._operation(node, "item", [self._of_node[id(value)], self._of_node[id(items[0])]])
        # A list in an index picks several places: as an array it does so on every device.
        places = [self._place(item, alone=len(items) == 1) for item in items]
        return self._operation(node, "index", [self._array(value), *places])

    def _place(self, item: Node, *, alone: bool) -> int:
        """Refer to what stands in square brackets: several places as an array, a tuple alone as it is."""
        if not isinstance(item, Sequence):
            return self._of_node[id(item)] if alone or not self._is_tuple(item) else self._array(item)
        reference = self._array(item)
        places = self.references[reference]
        if isinstance(places, Constant) and isinstance(places.value, np.ndarray) and not places.value.size:
            return self._constant(places.value.astype(np.intp))  # an empty list is of floats, and no place is one
        return reference

    def _sequence(self, node: Sequence) -> int:
        """Refer to a list or tuple as Python has it; what needs an array of it asks ``_array``."""
        items = [self._of_node[id(item)] for item in node.items]
        build = tuple if node.is_tuple else list
        if self._all_constant(items):
            return self._constant(build(self._value(item) for item in items))
        return self._operation(node, TUPLE if node.is_tuple else LIST, items, typed=False)

    def _slice(self, node: Slice, parts: tuple[Node | None, ...]) -> int:
        references = [self._constant(None) if part is None else self._of_node[id(part)] for part in parts]
        if self._all_constant(references):
            return self._constant(slice(*(self._value(reference) for reference in references)))
        return self._operation(node, SLICE, references, typed=False)

    def _array(self, node: Node) -> int:
        """Refer to ``node`` as an array: Python's lists and tuples become one, a number stays what it is."""
        if isinstance(node, Sequence):
            return self._array_of_items(node)
        reference = self._of_node[id(node)]
        found = self.references[reference]
        if isinstance(found, Constant) and isinstance(found.value, list | tuple):
            return self._constant(np.asarray(found.value))
        if isinstance(found, Operation) and found.target in _SHAPES:
            # A shape that only the data decides is a tuple when it comes.
            return self._operation(node, "array", [reference], typed=False)
        return reference

    def _is_tuple(self, node: Node) -> bool:
        """Whether ``node`` is a tuple of Python's when it comes."""
        if isinstance(node, Sequence):
            return node.is_tuple
        found = self.references[self._of_node[id(node)]]
        if isinstance(found, Constant):
            return isinstance(found.value, tuple)
        return isinstance(found, Operation) and (found.target in _SHAPES or found.target == TUPLE)

    def _array_of_items(self, node: Sequence) -> int:
        items = [self._array(item) for item in node.items]
        step = self._steps.get(id(node))
        dtype = step.signature.dtype if step is not None and isinstance(step.signature, Signature) else None
        if self._all_constant(items):
            return self._constant(np.asarray([self._value(item) for item in items], dtype=dtype))
        return self._operation(node, ARRAY, [self._constant(None if dtype is None else dtype.str), *items])

    def _operation(
        self,
        node: Node,
        target: str,
        arguments: list[int],
        keywords: tuple[tuple[str, int], ...] = (),
        *,
        typed: bool = True,
    ) -> int:
        """Refer to a call: a constant where all of it is known and small, else one that equal calls share.

        ``typed`` is False for what only prepares ``node``: it has no shape, dtype and FLOPs of its own.
        """
        step = self._steps.get(id(node)) if typed else None
        signature = None if step is None else step.signature
        if typed and self._foldable(signature, [*arguments, *(reference for _, reference in keywords)]):
            value = self._fold(target, arguments, keywords)
            if value is not MISSING:
                return self._constant(value)
        operation = Operation(
            target,
            tuple(arguments),
            keywords,
            node.span,
            self._source[node.span.start : node.span.end] if step is None else step.source,
            signature,
            0 if step is None else step.flops,
        )
        return self._intern((target, operation.arguments, keywords), operation)

    def _foldable(self, signature: Signature | TupleSignature | None, references: Iterable[int]) -> bool:
        if not self._all_constant(references):
            return False
        if signature is None:
            # Arithmetic inside a list or an index: -1 in A.reshape(2, -1).
            return all(isinstance(self._value(reference), int | float | complex) for reference in references)
        return isinstance(signature, Signature) and signature.size is not None and signature.size <= FOLDED_CELLS

    def _fold(self, target: str, arguments: list[int], keywords: tuple[tuple[str, int], ...]) -> object:
        """Compute a constant; MISSING where that fails, so that it fails again when it runs, in its place."""
        try:
            with self._folding.session():
                function = self._folding.resolve(target)
                value: object = function(
                    *(self._value(reference) for reference in arguments),
                    **{name: self._value(reference) for name, reference in keywords},
                )
        except Exception as error:
            if self._folding.classify(error) is None:
                raise
            return MISSING
        return value

    def _signature_of(self, node: Node) -> Signature | TupleSignature | None:
        step = self._steps.get(id(node))
        return None if step is None else step.signature

    def _all_constant(self, references: Iterable[int]) -> bool:
        return all(isinstance(self.references[reference], Constant) for reference in references)

    def _value(self, reference: int) -> Any:  # noqa: ANN401 - whatever the constant is
        found = self.references[reference]
        assert isinstance(found, Constant)
        return found.value

    def _constant(self, value: object) -> int:
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
            return self._intern(("array", value.dtype.str, value.shape, value.tobytes()), Constant(value))
        # By text, since 1 == 1.0 == True and nan != nan.
        return self._intern(("constant", type(value), repr(value)), Constant(value))

    def _intern(self, key: Hashable, reference: Reference) -> int:
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.references)
            self.references.append(reference)
        return found
