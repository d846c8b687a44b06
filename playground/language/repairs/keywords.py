"""Repairs of keywords that a function doesn't have: the nearest one, what is written instead, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.functions import FUNCTIONS, nearest
from playground.language.nodes import Call, Literal
from playground.language.problems import Span
from playground.language.repairs import words as elsewhere
from playground.language.repairs.parts import factor, part, prefix_of
from playground.language.repairs.ranking import Candidate
from playground.language.repairs.spelling import ranked
from playground.language.rewriting import replaced, text_of
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.nodes import Node
    from playground.language.problems import Problem

_DESCENDING: Final = frozenset({"reverse", "descending", "reversed"})
WITHOUT_MEANING: Final = frozenset({
    "copy", "kind", "subok", "casting", "like", "device", "inplace", "requires_grad", "name", "verbose", "stable",
})  # fmt: skip
"""Keywords that change no number of the result."""
_DEFAULTS: Final = {"order": "C", "axis": None, "where": True, "reduction": "mean"}
"""What a keyword has to say so that it may as well not be there, if it isn't False or None."""


def unknown_keyword(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the nearest parameter, or what the keyword asks for; leave it out only where it asks for nothing."""
    node = inference.failed
    if not isinstance(node, Call):
        return
    source = inference.source
    known = [parameter.name for parameter in FUNCTIONS[node.function].parameters if parameter.by_name]
    wrong = next(((name, value) for name, value in node.keywords if name not in known), None)
    start = -1 if wrong is None else source.rfind(wrong[0], 0, problem.span.start)
    if wrong is None or start < 0:
        return
    name, value = wrong
    if name == "unbiased" and "ddof" in known:
        ddof = 1 if getattr(value, "value", None) is True else 0
        text = replaced(source, (Span(start, value.span.end), f"ddof={ddof}"))
        yield Candidate(text, tr("Write {text}", text=f"ddof={ddof}"), "word")
    other = elsewhere.KEYWORDS.get(name)
    names = [*([other] if other in known and other is not None else []), *nearest(name, known)]
    yield from ranked(source, Span(start, start + len(name)), names)
    if name in _DESCENDING and getattr(value, "value", None) is True:
        yield from _descending(inference, node, _without(source, start, value))
    if name in WITHOUT_MEANING or _says_the_default(name, value):
        text = replaced(source, (_without(source, start, value), ""))
        yield Candidate(text, tr("Leave {name} out", name=name), "other word")


def _without(source: str, start: int, value: Node) -> Span:
    """Give the place of a keyword that begins at ``start``, with the comma before it."""
    before = source[:start].rstrip()
    return Span(len(before[:-1].rstrip()) if before.endswith(",") else len(before), value.span.end)


def _says_the_default(name: str, value: Node) -> bool:
    if not isinstance(value, Literal):
        return False
    return value.value is None or value.value is False or (name in _DEFAULTS and value.value == _DEFAULTS[name])


def _descending(inference: Inference, node: Call, gone: Span) -> Iterator[Candidate]:
    """``-sort(-x)`` for ``sort(x, reverse=True)``, ``argsort(-x)``; the last axis turned round for truths."""
    source = inference.source
    found = part(inference, node.arguments[0]) if node.arguments and not node.is_method else None
    if found is None or node.function not in ("sort", "argsort"):
        return
    if found.signature.dtype.kind in "ifc":
        edits = [(found.span, f"-{factor(source, found.node)}"), (gone, "")]
        if node.function == "sort":
            opening, closing = ("-", "") if node is inference.tree else ("(-", ")")
            start, end = node.span.start, node.span.end
            edits += [(Span(start, start), opening), (Span(end, end), closing)]
        text = replaced(source, *edits)
        yield Candidate(text, tr("Sort the negatives, which turns the order round"), "call", -0.3)
    elif len(node.arguments) == 1 and len(node.keywords) == 1:
        text = f"{prefix_of(source, node)}{node.function}({text_of(source, found.node)})[..., ::-1]"
        yield Candidate(replaced(source, (node.span, text)), tr("Turn the order round"), "call")
