"""What Python decides before any array is computed: ``x if c else y``, ``not``, ``and``, ``or``, and ``*t``.

Each gives way to what it comes to, so that nothing behind knows of them: ``A.reshape(*A.shape, 1)`` becomes
``A.reshape(A.shape[0], A.shape[1], 1)``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language.evaluator import Evaluator
from playground.language.literal import post_order
from playground.language.mistake import Mistake
from playground.language.nodes import Call, Choice, Index, Literal, Node, Sequence, Starred, Truth
from playground.language.problems import Span
from playground.language.signature import Signature, TupleSignature
from playground.language.values import MISSING
from playground.record import fields, replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS: Final = ("if", "and", "or", "not")
_WORD: Final = r"\b(?:if|and|or|not)\b"
_STAR: Final = r"[(\[,]\s*\*"
_MOST: Final = 64
"""Parts into which ``*`` may take something apart."""
_LOGICAL: Final = {"and": "logical_and", "or": "logical_or"}


def decided(source: str, tree: Node, operands: Mapping[str, Signature | TupleSignature]) -> Node:
    """Give ``tree`` without any choices, truths and stars.

    Raises
    ------
    Mistake
        Where only the data could decide, or there is a truth for each cell.
    """
    if not _may_hold(source):
        return tree
    known: dict[int, Node] = {}
    decider = _Decider(source, operands)
    for node in post_order(tree):
        known[id(node)] = decider.made(_with_parts(node, known))
    return known[id(tree)]


def _may_hold(source: str) -> bool:
    """Tell whether there may be anything to decide; nearly every formula has nothing, and mustn't wait for it."""
    words = any(word in source for word in _WORDS) and re.search(_WORD, source) is not None
    return words or ("*" in source and re.search(_STAR, source) is not None)


def _with_parts(node: Node, known: Mapping[int, Node]) -> Node:
    """Give ``node`` with what its parts came to; itself where that is themselves."""
    changed: dict[str, object] = {}
    for name in fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, Node):
            new: object = known[id(value)]
        elif name == "keywords":
            new = tuple((keyword, known[id(item)]) for keyword, item in value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Node):
            new = tuple(known[id(item)] for item in value)
        else:
            continue
        if new != value:
            changed[name] = new
    return replace(node, **changed) if changed else node


class _Decider:
    """Decides one node whose parts are decided."""

    def __init__(self, source: str, operands: Mapping[str, Signature | TupleSignature]) -> None:
        self._source, self._operands = source, operands

    def made(self, node: Node) -> Node:
        """Give what ``node`` comes to; raises ``Mistake``."""
        match node:
            case Choice(condition=condition, yes=yes, no=no):
                truth = self._truth(condition)
                return (yes if truth else no) if truth is not None else self._by_data(node, condition)
            case Truth(operator="not", operands=(operand,)):
                return self._negated(node, operand)
            case Truth(operator=word, operands=operands):
                return self._combined(node, word, operands)
            case Sequence(items=items) | Index(items=items) if any(isinstance(item, Starred) for item in items):
                return replace(node, items=self._unpacked(items))
            case Call(arguments=arguments) if any(isinstance(argument, Starred) for argument in arguments):
                return replace(node, arguments=self._unpacked(arguments))
        return node

    def _by_data(self, node: Choice, condition: Node) -> Node:
        signature, _ = self._looked_at(condition)
        one = isinstance(signature, Signature) and not signature.shape
        why = tr("Only the data tells which of the two this gives.") if one else (
            tr("if/else chooses once, not cell by cell."))  # fmt: skip
        raise _refused(node, why, tr("Write where(condition, a, b)."))

    def _truth(self, node: Node) -> bool | None:
        """Tell whether Python takes ``node`` for true; None where only the data tells, or each cell."""
        if isinstance(node, Literal) and (node.value is None or isinstance(node.value, str)):
            return bool(node.value)
        constant = self._looked_at(node)[1]
        return None if constant is MISSING else bool(constant)

    def _looked_at(self, node: Node) -> tuple[Signature | TupleSignature, object]:
        """Give the signature of ``node``, and its value where it is known."""
        evaluator = Evaluator(self._source, self._operands)
        try:
            signature = evaluator.run(node)
        except Mistake as mistake:
            place = evaluator.node or node
            raise Mistake(mistake.kind, mistake.message, mistake.hint, span=mistake.span or place.span) from None
        return signature, evaluator.steps[-1].constant if evaluator.steps else MISSING

    def _is_one_truth(self, node: Node) -> bool:
        signature, _ = self._looked_at(node)
        return isinstance(signature, Signature) and not signature.shape and signature.dtype.kind == "b"

    def _negated(self, node: Truth, operand: Node) -> Node:
        truth = self._truth(operand)
        if truth is not None:
            return Literal(node.span, not truth)
        signature, _ = self._looked_at(operand)
        if not isinstance(signature, Signature) or signature.shape:
            raise _refused(node, tr("not asks for one truth, not one for each cell."),
                           tr("Write ~ before the condition."))  # fmt: skip
        return Call(node.span, "logical_not", (operand,), (), node.span)

    def _combined(self, node: Truth, word: str, operands: tuple[Node, ...]) -> Node:
        found = operands[0]
        for other in operands[1:]:
            truth = self._truth(found)
            if truth is not None:
                found = other if truth is (word == "and") else found
            elif self._is_one_truth(found) and self._is_one_truth(other):
                found = Call(node.span, _LOGICAL[word], (found, other), (), node.span)
            else:
                raise _refused(node, tr("and/or ask for one truth, not one for each cell."),
                               tr("Write & or |, with parentheses around both sides."))  # fmt: skip
        return found

    def _unpacked(self, items: tuple[Node, ...]) -> tuple[Node, ...]:
        return tuple(part for item in items for part in (self._parts(item) if isinstance(item, Starred) else (item,)))

    def _parts(self, starred: Starred) -> tuple[Node, ...]:
        """Give what ``*`` takes apart: the items of a tuple, the rows of an array, several results."""
        value = starred.value
        if isinstance(value, Sequence):
            return value.items
        signature, _ = self._looked_at(value)
        sizes = (len(signature.items),) if isinstance(signature, TupleSignature) else signature.shape
        if not sizes or sizes[0] is None or sizes[0] > _MOST:
            raise Mistake(
                "not-allowed",
                tr("* takes a tuple such as A.shape apart, of at most {limit} parts.", limit=_MOST),
                tr("Write the arguments one by one."),
                span=starred.span,
            )
        end = Span(value.span.end, value.span.end)
        return tuple(Index(value.span, value, (Literal(end, place),)) for place in range(sizes[0]))


def _refused(node: Node, message: str, hint: str) -> Mistake:
    return Mistake("not-allowed", message, hint, span=node.span)
