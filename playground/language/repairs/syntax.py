"""Repairs of what NumPy has no grammar for: one truth for many cells, and signs of MATLAB, C and printed books."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from playground.language.functions import FUNCTIONS
from playground.language.nodes import Binary, walk
from playground.language.parse import bracket_state, plain
from playground.language.repairs.parts import is_bare
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import replaced, text_of
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.nodes import Node
    from playground.language.problems import Problem

_COMPARISONS: Final = frozenset({"and", "<", "<=", ">", ">=", "==", "!="})
_SIMPLE: Final = (ast.Name, ast.Call, ast.Subscript, ast.Attribute, ast.Constant, ast.List, ast.Tuple)
_SIGNS: Final = (
    ("&&", "&"), ("||", "|"), (".*", "*"), ("./", "/"), (".^", "**"), (".'", ".T"), ("<>", "!="), ("=<", "<="),
    ("=>", ">="), ("===", "=="), ("!==", "!="), (":=", "=="),
)  # fmt: skip
"""Signs of other languages, and NumPy's."""

_LONGEST: Final = 300
"""Characters up to which and, or, not and if are rewritten; longer ones may nest too deeply."""

_PRIME: Final = re.compile(r"(?<=[\w)\]])['′]")
_BARS: Final = ((re.compile(r"‖([^‖]+)‖(?:₂|_2)?"), "linalg.norm"), (re.compile(r"(?<![\w)\]])\|([^|]+)\|"), "abs"))
_NOT: Final = re.compile(r"!(?!=)\s*")
_LEFT_DIVISION: Final = re.compile(r"([\w.]+|\([^()]*\))\s*\\\s*([\w.]+|\([^()]*\))")
_ROWS: Final = re.compile(r"\[([^\[\]]*;[^\[\]]*)\]")
_SPACED: Final = re.compile(r"\[([-+.\w]+(?:\s+[-+.\w]+)+)\]")
_SIDE_BY_SIDE: Final = re.compile(r"([\w)\]])(\s+)(?=[\w(\[])")
_DOT_WORD: Final = re.compile(r"(?<=[\w)\]])\s+(?:dot|times|x|matmul)\s+(?=[\w(\[])")
_CALL_WORD: Final = re.compile(r"([\w.]+)\s+([\w.]+)")
_ONE_EQUALS: Final = re.compile(r"(?<![=!<>])=(?!=)")


def truth(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``0 < A < 1`` as ``(0 < A) & (A < 1)``."""
    node, source = inference.failed, inference.source
    comparisons: list[Node] = []
    while isinstance(node, Binary) and node.operator == "and":
        comparisons.insert(0, node.right)
        node = node.left
    if not comparisons or node is None:
        return
    comparisons.insert(0, node)
    text = " & ".join(f"({text_of(source, comparison)})" for comparison in comparisons)
    whole = problem.span.start == 0 and problem.span.end == len(source)
    before = source[: problem.span.start].rstrip()
    alone = whole or before.endswith(("(", "[", ",", "="))
    yield Candidate(replaced(source, (problem.span, text if alone else f"({text})")), tr("Ask each cell"), "sign")


def bound_closer(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``A > 0 & B < 1`` as ``(A > 0) & (B < 1)``: & binds closer than a comparison."""
    source, failed = inference.source, inference.failed
    if inference.tree is None or failed is None:
        return
    for outer in walk(inference.tree):  # the outermost comparison comes first
        if not (isinstance(outer, Binary) and outer.operator in _COMPARISONS and _holds(outer, failed)):
            continue
        for sign in walk(outer):
            if isinstance(sign, Binary) and sign.operator in "&|" and is_bare(source, sign):
                left = source[outer.span.start : sign.operator_span.start].strip()
                right = source[sign.operator_span.end : outer.span.end].strip()
                text = replaced(source, (outer.span, f"({left}) {sign.operator} ({right})"))
                yield Candidate(text, tr("Compare first"), "sign", -1.0)
        return


def _holds(outer: Node, inner: Node) -> bool:
    return outer.span.start <= inner.span.start and inner.span.end <= outer.span.end


def one_truth(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``&``, ``|``, ``~`` and ``where`` for and, or, not and if/else; ``isin`` for in."""
    source, span = inference.source, problem.span
    piece = source[span.start : span.end]
    if len(piece) > _LONGEST:
        return
    try:
        tree = ast.parse(piece.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    lead = "np." if "np." in source else ""
    text = _cell_by_cell(tree, piece.strip(), lead)
    if text is not None:
        yield Candidate(replaced(source, (span, text)), tr("Ask each cell"), "sign")


def _cell_by_cell(tree: ast.expr, piece: str, lead: str) -> str | None:
    """Give the text that works cell by cell; None where there is none."""

    def part(node: ast.expr) -> str:
        inner = _cell_by_cell(node, piece, lead)
        text = inner if inner is not None else ast.get_source_segment(piece, node) or ""
        return text if isinstance(node, _SIMPLE) else f"({text})"

    match tree:
        case ast.BoolOp(op=ast.And(), values=values):
            return " & ".join(map(part, values))
        case ast.BoolOp(values=values):
            return " | ".join(map(part, values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return f"~{part(operand)}"
        case ast.IfExp(test=test, body=body, orelse=other):
            texts = (
                _cell_by_cell(node, piece, lead) or ast.get_source_segment(piece, node) for node in (test, body, other)
            )
            return f"{lead}where({', '.join(text or '' for text in texts)})"
        case ast.Compare(left=left, ops=[ast.In()], comparators=[right]):
            return f"{lead}any({part(right)} == {part(left)})"
        case ast.Compare(left=left, ops=[ast.Is()], comparators=[right]):
            return f"{part(left)} == {part(right)}"
        case ast.Compare(left=left, ops=[ast.IsNot()], comparators=[right]):
            return f"{part(left)} != {part(right)}"
    return None


def typographic(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Write the same with NumPy's plain characters."""
    yield Candidate(plain(inference.source), tr("Use plain characters"), "sign")
    # A cross is written for a product of matrices too.
    crossed = inference.source.translate({ord("×"): "@", ord("·"): "@", ord("⋅"): "@"})
    yield Candidate(plain(crossed), tr("Take it as a matrix product"), "sign")


def glued(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``2A`` as a product."""
    text = re.sub(r"(?<![\w.])(\d+)([^\W\d]\w*)", r"\1 * \2", inference.source)
    yield Candidate(text, tr("Put a * between"), "sign")


def elsewhere(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Read the signs of MATLAB and C; close what is open; put a sign between two names."""
    source = inference.source
    for theirs, ours in _SIGNS:
        if theirs in source:
            yield Candidate(source.replace(theirs, ours), tr("Write {sign}", sign=ours), "sign")
    yield from _marks(source)
    yield from _lists(source)
    yield from _brackets(source, problem)
    if problem.kind == "syntax":
        yield from _spoken(source)
        for sign, doubt in (("@", 0.0), ("*", 0.1), (",", 0.4)):
            text = _SIDE_BY_SIDE.sub(lambda found, sign=sign: f"{found[1]} {sign} ".replace(" ,", ","), source, count=1)  # type: ignore[misc]
            yield Candidate(text, tr("Put a {sign} between", sign=sign), "other word", doubt)
        if _ONE_EQUALS.search(source):
            yield Candidate(_ONE_EQUALS.sub("==", source), tr("Write == to compare"), "sign")


def _marks(source: str) -> Iterator[Candidate]:
    """A prime, a bar, a backslash and an exclamation mark, as books, MATLAB and C have them."""
    if source.count("'") % 2 or "′" in source:
        yield Candidate(_PRIME.sub(".T", source), tr("Write .T for a transpose"), "sign")
    if _NOT.search(source):
        yield Candidate(_NOT.sub("~", source), tr("Write ~"), "sign")
    if "\\" in source:
        text = _LEFT_DIVISION.sub(lambda found: f"linalg.solve({found[1].strip()}, {found[2].strip()})", source)
        yield Candidate(text, tr("Solve the equations"), "sign")
    for bars, function in _BARS:
        if bars.search(source):
            text = bars.sub(rf"{function}(\1)", source)
            yield Candidate(text, tr("Write {name}", name=function), "sign")


def _spoken(source: str) -> Iterator[Candidate]:
    """``A dot B`` and ``sin x``."""
    if _DOT_WORD.search(source):
        yield Candidate(_DOT_WORD.sub(" @ ", source), tr("Write {sign}", sign="@"), "sign")
    found = _CALL_WORD.search(source)
    if found is not None and found[1] in FUNCTIONS:
        text = f"{source[: found.start()]}{found[1]}({found[2]}){source[found.end() :]}"
        yield Candidate(text, tr("Call it"), "sign")


def _lists(source: str) -> Iterator[Candidate]:
    """``[1, 2; 3, 4]`` and ``[1 2 3]`` as lists of Python's."""

    def listed(row: str) -> str:
        return "[" + ", ".join(row.replace(",", " ").split()) + "]"

    if _ROWS.search(source):
        text = _ROWS.sub(lambda found: "[" + ", ".join(listed(row) for row in found[1].split(";")) + "]", source)
        yield Candidate(text, tr("Write a list for each row"), "sign")
    if _SPACED.search(source):
        text = _SPACED.sub(lambda found: listed(found[1]), source)
        yield Candidate(text, tr("Write commas between"), "sign")


def _brackets(source: str, problem: Problem) -> Iterator[Candidate]:
    stray, missing = bracket_state(source)
    if missing and "'" not in missing and '"' not in missing:
        yield Candidate(source.rstrip(" ,") + missing, tr("Close what is open"), "sign", 0.1)
    if stray is not None:
        yield Candidate(
            source[:stray] + source[stray + 1 :], tr("Remove {bracket}", bracket=source[stray]), "sign", 0.1
        )
        _, opened = bracket_state(source[:stray])
        if opened[:1] in (")", "]", "}"):
            text = source[:stray] + opened[0] + source[stray + 1 :]
            yield Candidate(text, tr("Write {bracket}", bracket=opened[0]), "sign")
