"""Repairs of misspelt words and of characters that don't belong into a formula."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.functions import FUNCTIONS, nearest
from playground.language.nodes import Binary, Call, Unary
from playground.language.parse import plain
from playground.language.problems import Span
from playground.language.rewriting import replaced, text_of
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem

Candidate = tuple[str, str]
"""A mended formula, and in a few words what was done."""

_OTHER_KEYWORDS: Final = {"dim": "axis", "dims": "axis", "keepdim": "keepdims", "axes": "axis", "size": "shape"}
_OTHER_ATTRIBUTES: Final = {"t": "T", "H": "mT", "len": "size", "length": "size", "dim": "ndim", "type": "dtype"}
_OTHER_FUNCTIONS: Final = {
    "average": "mean", "avg": "mean", "total": "sum", "cat": "concatenate", "inverse": "linalg.inv", "rank":
    "linalg.matrix_rank", "determinant": "linalg.det", "range": "arange", "magnitude": "linalg.norm", "length":
    "linalg.norm", "mm": "matmul", "bmm": "matmul", "unsqueeze": "expand_dims", "view": "reshape", "permute":
    "transpose", "ln": "log", "logistic": "sigmoid", "clamp": "clip",
}  # fmt: skip
"""What the same is called elsewhere."""


def _meant(word: str) -> str:
    return tr("Read it as {word}", word=word)


def unknown_name(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the entries with the nearest names; where there are few entries, all of them."""
    wrong = inference.source[problem.span.start : problem.span.end]
    close = nearest(wrong, operands) or (tuple(operands) if len(operands) <= 2 and len(wrong) == 1 else ())
    for name in close:
        yield replaced(inference.source, (problem.span, name)), _meant(name)


def unknown_function(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the nearest functions; a method that is only a function is called as one."""
    node = inference.failed
    if not isinstance(node, Call):
        return
    source, word = inference.source, node.function
    if node.is_method:
        first, *rest = (text_of(source, argument) for argument in node.arguments)
        named = [f"{name}={text_of(source, value)}" for name, value in node.keywords]
        for name in _functions(word):
            if FUNCTIONS[name].method:
                yield replaced(source, (node.name_span, name)), _meant(name)
            call = f"{name}({', '.join([first, *rest, *named])})"
            yield replaced(source, (node.span, call)), tr("Call the function {name}", name=name)
        return
    written = source[node.name_span.start : node.name_span.end]
    prefix = written.partition(".")[0]
    lead = f"{prefix}." if prefix in words.MODULE_PREFIXES and written != prefix else ""
    for name in _functions(word):
        yield replaced(source, (node.name_span, lead + name)), _meant(name)


def _functions(word: str) -> tuple[str, ...]:
    same = [word] if word in FUNCTIONS else []
    other = _OTHER_FUNCTIONS.get(word.lower())
    return tuple(dict.fromkeys([*same, *([other] if other else []), *nearest(word, FUNCTIONS)]))


def not_a_function(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``A(B)``: a product or an index was meant."""
    node = inference.failed
    if not isinstance(node, Call) or node.is_method or not node.arguments or node.keywords:
        return
    source = inference.source
    inside = ", ".join(text_of(source, argument) for argument in node.arguments)
    lead = source[node.name_span.start : node.name_span.end]
    yield replaced(source, (node.span, f"{lead}[{inside}]")), tr("Take it as an index")
    if len(node.arguments) > 1:
        return
    operand = f"({inside})" if isinstance(node.arguments[0], (Binary, Unary)) else inside
    for sign, reason in (("@", tr("Take it as a matrix product")), ("*", tr("Take it as a product, cell by cell"))):
        text = f"{lead} {sign} {operand}"
        yield replaced(source, (node.span, text if node is inference.tree else f"({text})")), reason


def unknown_attribute(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the nearest attribute, or the method that lacks its parentheses."""
    source, span = inference.source, problem.span
    word = source[span.start : span.end].rpartition(".")[2]
    place = Span(span.end - len(word), span.end)
    if word in FUNCTIONS and FUNCTIONS[word].method:
        yield replaced(source, (place, f"{word}()")), tr("Call it")
    other = _OTHER_ATTRIBUTES.get(word)
    for name in dict.fromkeys([*([other] if other else []), *nearest(word, words.ATTRIBUTES)]):
        yield replaced(source, (place, name)), _meant(name)
    for name in nearest(word, [name for name, row in FUNCTIONS.items() if row.method]):
        yield replaced(source, (place, f"{name}()")), _meant(f"{name}()")


def unknown_keyword(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the nearest parameter."""
    node = inference.failed
    if not isinstance(node, Call):
        return
    known = [parameter.name for parameter in FUNCTIONS[node.function].parameters if parameter.by_name]
    wrong = next((name for name, value in node.keywords if name not in known), "")
    start = inference.source.rfind(wrong, 0, problem.span.start)
    other = _OTHER_KEYWORDS.get(wrong)
    if not wrong or start < 0:
        return
    for name in dict.fromkeys([*([other] if other in known else []), *nearest(wrong, known)]):
        yield replaced(inference.source, (Span(start, start + len(wrong)), str(name))), _meant(str(name))


def typographic(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Write the same with NumPy's plain characters."""
    yield plain(inference.source), tr("Use plain characters")
    # A cross is written for a product of matrices too.
    crossed = inference.source.translate({ord("×"): "@", ord("·"): "@", ord("⋅"): "@"})
    yield plain(crossed), tr("Take it as a matrix product")


def glued(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``2A`` as a product."""
    text = re.sub(r"(?<![\w.])(\d+)([^\W\d]\w*)", r"\1 * \2", inference.source)
    yield text, tr("Put a * between")
