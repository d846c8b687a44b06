"""Repairs of a text that can't be read: signs of MATLAB, R and C, brackets and commas that are missing or too many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language.functions import FUNCTIONS
from playground.language.repairs import rows
from playground.language.repairs import words as elsewhere_words
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import outer_span
from playground.language.unreadable import (
    AUGMENTED,
    LONGEST,
    NAMED_FIRST,
    SIDE_BY_SIDE,
    TWO_SIGNS,
    bracket_state,
    is_inside,
)
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem

_SIGNS: Final = (
    ("%*%", "@"), ("%%", "%"), ("&&", "&"), ("||", "|"), (".*", "*"), ("./", "/"), (".^", "**"), (".'", ".T"),
    ("<>", "!="), ("=<", "<="), ("=>", ">="), ("===", "=="), ("!==", "!="), (":=", "=="), ("..", "."),
)  # fmt: skip
"""Signs of other languages, and NumPy's."""

_PRIME: Final = re.compile(r"(?<=[\w)\]])['′]")
_PRIME_BEFORE: Final = re.compile(r"(?<=[\w)\]])['′](?=[\w(])")
_BARS: Final = re.compile(r"(?<![\w)\]])\|([^|]+)\|")
_NOT: Final = re.compile(r"!(?!=)\s*")
_LEFT_DIVISION: Final = re.compile(r"([\w.]+|\([^()]*\))\s*\\\s*([\w.]+|\([^()]*\))")
_SLICE_CALLED: Final = re.compile(r"\b(\w+)\(([^()]*:[^()]*)\)")
_RANGE: Final = re.compile(r"\s*\[?\s*([\w.]+)\s*:\s*(?:([\w.]+)\s*:\s*)?([\w.]+)\s*\]?\s*")
_DOT_WORD: Final = re.compile(r"(?<=[\w)\]])\s+(?:dot|times|x|matmul)\s+(?=[\w(\[])")
_CALL_WORD: Final = re.compile(r"([\w.]+)\s+([\w.]+)")
_COMPARED: Final = re.compile(r"[<>]|[=!]=")
_NAMED_BESIDE: Final = re.compile(r"\s*([\w.]+)\s+((?:axis|keepdims|dtype|ddof)\s*=[^=].*?)\s*")
"""``x.sum axis=1``."""
_KEYWORD_COLON: Final = re.compile(r"(?<=[,(])(\s*(?:axis|keepdims|dtype|ddof))\s*:\s*(?=[\w(-])")
_KEYWORD: Final = re.compile(r"\b(axis|keepdims|dtype|ddof)\s+(?=[\w(\[-])")

_BRACED: Final = re.compile(r"(\w+)\{")
_CALLED: Final = re.compile(r"\s*\(([^()]+)\)")
_ONE_EQUALS: Final = re.compile(r"(?<![=!<>])=(?!=)")
_TWO_EQUALS: Final = re.compile(r"=\s+=")
_CHOICE: Final = re.compile(r"^(.+?)\?(.+):(.+)$")
_GLUED: Final = re.compile(r"(?<![\w.])(\d+)([^\W\d]\w*)")


def elsewhere(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Read the signs of MATLAB, R and C."""
    source = inference.source
    if len(source) > LONGEST:
        return
    for theirs, ours in _SIGNS:
        if theirs in source and (theirs != ".." or "..." not in source):
            yield Candidate(source.replace(theirs, ours), tr("Write {sign}", sign=ours), "sign")
    yield from _marks(source)
    yield from rows.listed(source)
    yield from rows.stacked(source, operands)
    if problem.kind == "syntax":
        if NAMED_FIRST.search(source):
            text = NAMED_FIRST.sub(r"\1=(\2, \3)", source)
            yield Candidate(text, tr("Give the sizes as one tuple"), "sign")
        yield from _spoken(source)
        yield from _ranges(source)
        yield from _assigned(source)
        yield from _braces(source)
        for two in list(TWO_SIGNS.finditer(source))[:1]:
            for gone, left in ((1, 3), (3, 1)):
                text = f"{source[: two.start()]}{two[left]}{source[two.end() :]}"
                yield Candidate(text, tr("Remove {sign}", sign=two[gone]), "sign", 0.1 * (left == 1))


def gaps(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Put a sign between two values: a comma inside brackets, a product outside; ``2A`` as a product."""
    source = inference.source
    if len(source) > LONGEST:
        return
    text = _GLUED.sub(r"\1 * \2", source)
    yield Candidate(text, tr("Put a * between"), "sign")
    gap = next(SIDE_BY_SIDE.finditer(source), None)
    if gap is None:
        return
    inside = is_inside(source, gap.start())
    for doubt, sign in enumerate((",", "@", "*") if inside else ("@", "*", ",")):
        between = ", " if sign == "," else f" {sign} "
        text = f"{source[: gap.start()]}{between}{source[gap.end() :]}"
        change = "sign" if inside and sign == "," else "other word"
        yield Candidate(text, tr("Put a {sign} between", sign=sign), change, 0.3 * doubt)


def brackets(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Close what is open, open what is closed, or remove a bracket that is too many."""
    source = inference.source
    stray, missing = bracket_state(source)
    if stray is None:
        if missing and "'" not in missing and '"' not in missing:
            yield Candidate(source.rstrip(" ,") + missing, tr("Close what is open"), "sign", 0.1)
        return
    wrong, rest = source[stray], source[stray + 1 :]
    if missing:
        reason = tr("Write {bracket}", bracket=missing[0])
        yield Candidate(f"{source[:stray]}{missing[0]}{source[stray:]}", reason, "sign", 0.05)
        yield Candidate(f"{source[:stray]}{missing[0]}{rest}", reason, "sign", 0.1)
    yield Candidate(
        source[:stray] + rest, tr("Remove {bracket}", bracket=wrong), "sign", 0.1 + 0.2 * bool(rest.strip())
    )
    if wrong == ")" and not missing:
        start = re.match(r"\s*(?:[^\W\d]\w*\s*=(?!=)\s*)?", source)
        begin = start.end() if start else 0
        yield Candidate(f"{source[:begin]}({source[begin:]}", tr("Open it at the beginning"), "sign", 0.15)


def product(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``3 * (A + B)`` for ``3(A + B)``: what can't be called was meant as a factor."""
    source = inference.source
    if inference.failed is not None:
        return
    end = outer_span(source, problem.span).end
    called = _CALLED.match(source, end)
    if source[:end].rstrip().endswith("]") and called is not None:
        text = f"{source[:end]}[{called[1]}]{source[called.end() :]}"
        yield Candidate(text, tr("Take it as an index"), "sign", -0.2)
    for doubt, sign in enumerate(("*", "@")):
        text = f"{source[:end].rstrip()} {sign} {source[end:].lstrip()}"
        yield Candidate(text, tr("Put a {sign} between", sign=sign), "sign", 0.1 * doubt)


def _marks(source: str) -> Iterator[Candidate]:
    """A prime, a bar, a backslash and an exclamation mark, as books, MATLAB and C have them."""
    if _PRIME.search(source):
        text = _PRIME_BEFORE.sub(".T @ ", source)
        yield Candidate(_PRIME.sub(".T", text), tr("Write .T for a transpose"), "sign")
    if _NOT.search(source):
        yield Candidate(_NOT.sub("~", source), tr("Write ~"), "sign")
    if "\\" in source:
        text = _LEFT_DIVISION.sub(lambda found: f"linalg.solve({found[1].strip()}, {found[2].strip()})", source)
        yield Candidate(text, tr("Solve the equations"), "sign")
    if _BARS.search(source):
        yield Candidate(_BARS.sub(r"abs(\1)", source), tr("Write {name}", name="abs"), "sign")


def _ranges(source: str) -> Iterator[Candidate]:
    """``A[:, 1]`` for ``A(:, 1)``; ``arange`` for ``0:5``, whose end MATLAB counts in."""
    if _SLICE_CALLED.search(source):
        yield Candidate(_SLICE_CALLED.sub(r"\1[\2]", source), tr("Take it as an index"), "sign")
    found = _RANGE.fullmatch(source)
    if found is not None:
        start, step, stop = found[1], found[2], found[3]
        text = f"arange({start}, {stop} + 1)" if step is None else f"arange({start}, {stop} + {step}, {step})"
        yield Candidate(text, tr("Write {name}", name="arange"), "sign")


def _spoken(source: str) -> Iterator[Candidate]:
    """``A dot B``, ``sin x`` and ``axis 0``."""
    if _DOT_WORD.search(source):
        yield Candidate(_DOT_WORD.sub(" @ ", source), tr("Write {sign}", sign="@"), "sign")
    found = _CALL_WORD.search(source)
    if found is not None and (found[1] in FUNCTIONS or found[1] in elsewhere_words.FORMS):
        text = f"{source[: found.start()]}{found[1]}({found[2]}){source[found.end() :]}"
        yield Candidate(text, tr("Call it"), "sign")
        rest = source[found.start(2) :].strip()
        if _COMPARED.search(rest) and bracket_state(rest) == (None, ""):  # where x > 0, all x == y
            text = f"{source[: found.start()]}{found[1]}({rest})"
            yield Candidate(text, tr("Call it"), "sign", -0.3)
    named = _NAMED_BESIDE.fullmatch(source)
    if named is not None and named[1].rpartition(".")[2] in FUNCTIONS:
        yield Candidate(f"{named[1]}({named[2]})", tr("Call it"), "sign", -0.3)
    if _KEYWORD_COLON.search(source):
        yield Candidate(_KEYWORD_COLON.sub(r"\1=", source), tr("Write {sign}", sign="="), "sign", -0.3)
    if _KEYWORD.search(source):
        yield Candidate(_KEYWORD.sub(r"\1=", source), tr("Write {sign}", sign="="), "sign")


def _assigned(source: str) -> Iterator[Candidate]:
    """``A + 1`` for ``A += 1``; a comparison for an assignment."""
    changed = AUGMENTED.match(source)
    if changed is not None:
        rest = source[changed.end() :].strip()
        rest = rest if re.fullmatch(r"[\w.]+(?:[(\[][^()\[\]]*[)\]])?", rest) else f"({rest})"
        yield Candidate(f"{changed[1]} {changed[2]} {rest}", tr("Compute it anew"), "sign", -0.2)
    if _TWO_EQUALS.search(source):
        yield Candidate(_TWO_EQUALS.sub("==", source), tr("Write == to compare"), "sign")
    elif _ONE_EQUALS.search(source):
        yield Candidate(_ONE_EQUALS.sub("==", source), tr("Write == to compare"), "sign")


def _braces(source: str) -> Iterator[Candidate]:
    """Round and square brackets for braces; a choice of C's; a semicolon between arguments."""
    if "{" in source:
        called = _BRACED.search(source)
        for doubt, pair in enumerate(("()", "[]") if called is None or called[1] in FUNCTIONS else ("[]", "()")):
            text = source.translate({ord("{"): pair[0], ord("}"): pair[1]})
            yield Candidate(text, tr("Write {brackets}", brackets=pair), "sign", 0.1 * doubt)
    choice = _CHOICE.match(source)
    if choice is not None:
        condition, first, second = (part.strip() for part in choice.groups())
        yield Candidate(f"where({condition}, {first}, {second})", tr("Choose for each cell"), "sign")
    if ";" in source and not rows.ROWS.search(source) and is_inside(source, source.index(";")):
        yield Candidate(re.sub(r"\s*;\s*", ", ", source), tr("Write a comma"), "sign", 0.3)
