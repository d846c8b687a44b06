"""The walk from a formula's result back to its operands: each operation hands its gradient on to its arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.evaluator import UFUNC_OF
from playground.language.functions import FUNCTIONS
from playground.language.gradients.choosing import block_places
from playground.language.gradients.expansion import expanded
from playground.language.gradients.operation import Operation, flat
from playground.language.gradients.reading import Reader
from playground.language.gradients.recognized import logits, picked_softmax, softmax
from playground.language.gradients.rules import RULES
from playground.language.gradients.softmax import PICKED_LOG, SOFTMAX_BY_HAND
from playground.language.gradients.standing import STANDING, reason
from playground.language.gradients.sums import summed
from playground.language.literal import post_order
from playground.language.mistake import Mistake
from playground.language.nodes import Attribute, Binary, Call, Index, Name, Node, Sequence, Slice, Unary
from playground.language.signature import Signature, TupleSignature
from playground.language.table.row import REQUIRED
from playground.language.values import MISSING
from playground.record import Record, replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from playground.language.gradients.text import Part
    from playground.language.infer import Inference
    from playground.language.table.row import Function

_UNARY: Final = {"-": "negative", "+": "positive", "~": "invert"}
_LISTS: Final = frozenset({"arrays", "tup", "condlist", "choicelist", "choices"})
_FLOWING_ATTRIBUTES: Final = frozenset({"T", "mT", "H", "real"})


class Argument(Record, eq=False):
    """One argument through which a gradient may flow: the parameter, which one of a list it is, and its node."""

    parameter: str
    place: int
    node: Node


class Applied(Record, eq=False):
    """What one node does, before it is known which gradient is asked for (fields as in ``Operation``)."""

    node: Node
    name: str
    arguments: tuple[Argument, ...]
    constants: Mapping[str, object]
    result: int = 0
    call: Call | None = None


class Walk:
    """One differentiation of one formula.

    Parameters
    ----------
    found
        What is known of the formula, which has no problem.
    entries
        What each of its names stands for.
    wanted
        The names with respect to which.
    result
        What stands for the whole formula, None for its own text.
    """

    def __init__(
        self, found: Inference, entries: Mapping[str, Part], wanted: Collection[str], result: Part | None = None
    ) -> None:
        assert found.tree is not None
        self._tree = found.tree
        self._reader = Reader(found, entries, result)
        self._wanted = wanted
        self._flowing: set[int] = set()
        for node in post_order(found.tree):
            if self._flows(node):
                self._flowing.add(id(node))

    def run(self, dh: Part) -> dict[str, Part]:
        """Give the gradient of each wanted name that has one; ``dh`` is that of the result.

        Raises
        ------
        Mistake
            An operation on the way has no gradient here.
        """
        gradients: dict[str, list[Part]] = {}
        pending = [(self._tree, dh)]
        while pending:
            node, dh = pending.pop()
            if isinstance(node, Name):
                gradients.setdefault(node.name, []).append(dh)
            elif id(node) in self._flowing:
                pending.extend(reversed(self._handed_on(node, dh)))
        return {name: summed(parts) for name, parts in gradients.items()}

    def _flows(self, node: Node) -> bool:
        """Tell whether ``node`` changes a little where a wanted name does; its parts are known already."""
        if isinstance(node, Name):
            return node.name in self._wanted
        if isinstance(node, Slice) or (isinstance(node, Attribute) and not self._is_flowing_attribute(node)):
            return False
        applied = self._applied(node)
        if applied is None or RULES.get(applied.name) is flat:
            return False
        return any(id(argument.node) in self._flowing for argument in applied.arguments)

    def _is_flowing_attribute(self, node: Attribute) -> bool:
        return node.name in _FLOWING_ATTRIBUTES or isinstance(self._reader.signature(node.value), TupleSignature)

    # -- what a node does --------------------------------------------------------------------------------------

    def _applied(self, node: Node) -> Applied | None:
        match node:
            case Binary(operator=sign, left=left, right=right):
                by_hand = softmax(node, self._reader)
                if by_hand is not None:
                    return Applied(node, SOFTMAX_BY_HAND, (Argument("x", 0, by_hand.x),), {"axis": by_hand.axis})
                return self._cellwise(node, UFUNC_OF.get(sign, "matmul"), x1=left, x2=right)
            case Unary(operator=sign, operand=operand):
                return self._cellwise(node, _UNARY[sign], x=operand)
            case Sequence(items=items):
                arguments = tuple(Argument("items", place, item) for place, item in enumerate(items))
                return Applied(node, "list", arguments, {})
            case Attribute(value=value, name=name):
                several = self._reader.signature(value)
                if isinstance(several, TupleSignature):
                    return self._one_result(node, value, several.names.index(name))
                return self._cellwise(node, name, x=value)
            case Index(value=value, items=items):
                several = self._reader.signature(value)
                if isinstance(several, TupleSignature):
                    place = self._reader.constant(items[0])
                    return self._one_result(node, value, int(place) % len(several.items))  # type: ignore[call-overload]
                return self._index(node)
            case Call():
                return self._call(node)
        return None

    def _cellwise(self, node: Node, name: str, **operands: Node) -> Applied:
        arguments = tuple(Argument(parameter, 0, operand) for parameter, operand in operands.items())
        return Applied(node, name, arguments, {name: self._reader.constant(part) for name, part in operands.items()})

    def _one_result(self, node: Node, value: Node, place: int) -> Applied | None:
        several = self._reader.signature(value)
        if not isinstance(value, Call) or not isinstance(several, TupleSignature):
            return None
        applied = self._call(value)
        shapes = tuple(item.shape for item in several.items)
        return replace(applied, node=node, result=place, constants={**applied.constants, "shapes": shapes})

    def _index(self, node: Index) -> Applied:
        items: list[object] = []
        mask = False
        for item in node.items:
            signature = self._reader.signature(item)
            known = self._reader.constant(item)
            if isinstance(item, Slice):
                items.append(self._slice(item))
            elif known is None or known is ... or (isinstance(known, int) and not isinstance(known, bool)):
                items.append(known)
            else:
                mask |= isinstance(signature, Signature) and signature.dtype.kind == "b"
                items.append(self._reader.read(item))
        return Applied(node, "[]", (Argument("value", 0, node.value),), {"items": tuple(items), "mask": mask})

    def _slice(self, node: Slice) -> slice:
        bounds = [None if bound is None else self._reader.constant(bound) for bound in
                  (node.start, node.stop, node.step)]  # fmt: skip
        if MISSING in bounds:
            raise Mistake(
                "no-gradient",
                tr("Only the data tells where this slice begins or ends."),
                tr("Write numbers."),
                span=node.span,
            )
        return slice(*bounds)

    def _call(self, node: Call) -> Applied:
        picked = picked_softmax(node)
        if picked is not None:
            inner = self._call(picked.value)  # type: ignore[arg-type]
            constants: dict[str, object] = {"axis": inner.constants["axis"], **self._index(picked).constants}
            return Applied(node, PICKED_LOG, inner.arguments[:1], constants, call=node)
        row = FUNCTIONS[node.function]
        given = _paired(row, node)
        if node.function == "block":
            blocks = block_places(given["arrays"][0], self._reader)
            leaves = tuple(Argument("arrays", place, leaf) for place, (leaf, _) in enumerate(blocks))
            return Applied(node, node.function, leaves, {"places": tuple(bounds for _, bounds in blocks)}, call=node)
        z = logits(node, given)
        if z is not None:
            losses = (Argument("logits", 0, z), Argument("target", 0, given["target"][0]))
            return Applied(node, f"{node.function}_with_logits", losses, {}, call=node)
        constants = {p.name: p.default for p in row.parameters if p.default is not REQUIRED}
        arguments: list[Argument] = []
        for name, parts in given.items():
            is_list = row.parameter(name).variadic or (name in _LISTS and isinstance(parts[0], Sequence))
            constants[name] = MISSING if is_list else self._reader.constant(parts[0])
            listed = parts[0].items if is_list and isinstance(parts[0], Sequence) and name in _LISTS else parts
            places = range(len(listed)) if is_list or name not in _LISTS else (-1,)
            arguments += [Argument(name, place, part) for place, part in zip(places, listed, strict=True)]
        _check_usual(node, constants)
        return Applied(node, node.function, tuple(arguments), constants, call=node)

    # -- handing on --------------------------------------------------------------------------------------------

    def _handed_on(self, node: Node, dh: Part) -> list[tuple[Node, Part]]:
        applied = self._applied(node)
        assert applied is not None
        flowing = [argument for argument in applied.arguments if id(argument.node) in self._flowing]
        if isinstance(self._reader.signature(node), TupleSignature):
            raise Mistake(
                "several-results",
                tr("{text} gives several arrays, which are stacked here.", text=self._reader.read(node).text),
                tr("Take them one by one: {first}.", first="[0]"),
                span=node.span,
            )
        for argument in flowing:
            self._check_real(argument.node)
        try:
            rule = RULES.get(applied.name)
            operation = Operation(
                applied.name, dh, self._reader.read(node), self._values(applied), applied.constants, "",
                result=applied.result,
            )  # fmt: skip
            if rule is not None:
                found = [
                    (argument, rule(replace(operation, wanted=argument.parameter, place=argument.place)))
                    for argument in flowing
                ]
            else:
                found = self._expanded(applied, operation, flowing)
        except Mistake as mistake:
            raise _placed(mistake, applied) from None
        return [(argument.node, part) for argument, part in found if part is not None]

    def _expanded(
        self, applied: Applied, operation: Operation, flowing: list[Argument]
    ) -> list[tuple[Argument, Part | None]]:
        """Differentiate what a function stands for."""
        plain = _plain(operation)
        if not plain:
            why, hint = reason(applied.name)
            raise Mistake(
                "no-gradient",
                why,
                hint or tr("Give {text} an entry of its own, and begin there.", text=operation.out.text),
            )
        signatures = {}
        for argument in applied.arguments:
            signature = self._reader.signature(argument.node)
            if isinstance(signature, Signature):
                signatures[argument.parameter] = signature
        found = expanded(plain, operation, signatures, {argument.parameter for argument in flowing}, Walk)
        return [(argument, found.get(argument.parameter)) for argument in flowing]

    def _values(self, applied: Applied) -> dict[str, tuple[Part, ...]]:
        values: dict[str, tuple[Part, ...]] = {}
        for argument in applied.arguments:
            known = applied.constants.get(argument.parameter, MISSING)
            if known is not None and not isinstance(known, str):
                found = self._reader.read(argument.node)
                values[argument.parameter] = (*values.get(argument.parameter, ()), found)
        return values

    def _check_real(self, node: Node) -> None:
        signature = self._reader.signature(node)
        if isinstance(signature, Signature) and signature.dtype.kind == "c":
            raise Mistake(
                "dtype",
                tr("{text} is complex; gradients are of real numbers here.", text=self._reader.read(node).text),
                span=node.span,
            )


def _plain(operation: Operation) -> str:
    """Give the formula that an operation stands for, empty where there is none."""
    row, standing = FUNCTIONS.get(operation.name), STANDING.get(operation.name)
    if row is not None and row.plain and not row.plain.startswith("def "):
        return row.plain
    if standing is None or operation.result != standing.result:
        return ""
    as_given = all(operation.constants.get(name, MISSING) in values for name, values in standing.only.items())
    return standing.plain if as_given else ""


def _paired(row: Function, call: Call) -> dict[str, tuple[Node, ...]]:
    """Pair arguments with parameters, as ``bind`` has checked that it can be done."""
    places = [parameter for parameter in row.parameters if parameter.by_position]
    given: dict[str, tuple[Node, ...]] = {}
    for index, argument in enumerate(call.arguments):
        parameter = places[min(index, len(places) - 1)]
        given[parameter.name] = (*given.get(parameter.name, ()), argument) if parameter.variadic else (argument,)
    return given | {name: (node,) for name, node in call.keywords}


def _placed(mistake: Mistake, applied: Applied) -> Mistake:
    """Give the mistake its place: the function's name, or the whole operation."""
    span = applied.call.name_span if applied.call is not None else applied.node.span
    return Mistake(mistake.kind, mistake.message, mistake.hint, span=mistake.span or span)


_USUAL: Final = {"where": True, "initial": None, "correction": None, "hermitian": False}
"""Parameters that change what is computed, and no rule of a gradient knows of."""


def _check_usual(node: Call, constants: Mapping[str, object]) -> None:
    """Raise ``Mistake`` where cells are passed over, added to a start, or read column after column: no rule knows."""
    columns = node.function in ("reshape", "ravel") and str(constants.get("order")).upper() == "F"
    otherwise = any(constants.get(name, usual) is not usual for name, usual in _USUAL.items())
    if columns or otherwise:
        raise Mistake(
            "no-gradient",
            tr("{function} has no gradient here with where=, initial=, correction=, hermitian= or order='F'.",
               function=node.function),
            tr("Write it with where(...), + or .T."),
            span=node.span,
        )  # fmt: skip
