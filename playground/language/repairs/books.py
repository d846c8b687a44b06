"""Repairs of signs that books have, ``A^T``, ``||v||``, ``<v, w>``; and of small things left out or too many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language.repairs.ranking import Candidate
from playground.language.typography import plain
from playground.language.unreadable import ANGLES, BARE_TERMS, BARS, LONGEST, NUMBER_CALLED, SEVERAL_NAMES
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem

_INVERSE: Final = re.compile(r"\s*(?:\^|\*\*)\s*(?:-\s*1(?![\w.])|\(\s*-\s*1\s*\)|\{\s*-\s*1\s*\})")
_TRANSPOSE: Final = re.compile(r"\s*(?:\^|\*\*)\s*(?:[Tt⊤](?!\w)|\(\s*[Tt]\s*\)|\{\s*[Tt]\s*\})")
_RAISED_FUNCTION: Final = re.compile(r"(?<=[a-z0-9])\s*(?:\^|\*\*)\s*(\d)(?=\()")
"""``sin^2(x)``."""
_SUPERSCRIPTS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_BARE_KEEPDIMS: Final = re.compile(r"(?<=,)(?<=[,\s])keepdims(?=\s*[,)])|(?<=, )keepdims(?=\s*[,)])")
_KEYWORD_GLUED: Final = re.compile(r"(?<![\w.])(\d+)(if|else|and|or|in|is|not)\b")
_MOST_RESULTS: Final = 3
"""Names before ``=`` that are offered each alone."""


def powers(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``A.T`` for ``A^T``, even where there is an entry named T; ``linalg.inv(M)`` for ``M^-1``."""
    source = inference.source
    if len(source) > LONGEST or ("^" not in source and "**" not in source):
        return
    inverse = ("np." if "np." in source else "") + "linalg.inv"
    raised = _RAISED_FUNCTION.sub(lambda found: _SUPERSCRIPTS[int(found[1])], source)
    if raised != source:
        yield Candidate(plain(raised), tr("Raise what it gives"), "sign", -0.9)
    turned = _TRANSPOSE.sub("ᵀ", source)
    both = _INVERSE.sub("⁻¹", turned)
    if turned != source:
        yield Candidate(plain(turned), tr("Write .T for a transpose"), "sign", -0.9)
    if both != turned:
        reason = tr("Take the inverse")
        if turned != source:
            reason = tr("{first}; {second}", first=tr("Write .T for a transpose"), second=reason)
        yield Candidate(plain(both, inverse=inverse), reason, "sign", -0.9)


def enclosed(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``linalg.norm(v)`` for ``||v||``, ``vdot(v, w)`` for ``<v, w>``."""
    source = inference.source
    if len(source) > LONGEST:
        return
    lead = "np." if "np." in source else ""
    if BARS.search(source):
        text = BARS.sub(rf"{lead}linalg.norm(\1)", source)
        yield Candidate(text, tr("Write {name}", name="linalg.norm"), "sign", -0.3)
    if ANGLES.search(source):
        text = ANGLES.sub(rf"{lead}vdot(\1, \2)", source)
        yield Candidate(text, tr("Write {name}", name="vdot"), "sign", -0.3)


def left_out(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Quotes around an einsum's letters, a value for keepdims, one name for one result, no semicolon at the end."""
    source = inference.source
    if len(source) > LONGEST:
        return
    if BARE_TERMS.search(source):
        yield Candidate(BARE_TERMS.sub(r"'\1'", source), tr("Write the letters as a text"), "sign", -0.3)
    if _BARE_KEEPDIMS.search(source):
        text = _BARE_KEEPDIMS.sub("keepdims=True", source)
        yield Candidate(text, tr("Keep the axes"), "sign", -0.3)
    if source.rstrip().endswith(";"):
        yield Candidate(source.rstrip("; "), tr("Remove {sign}", sign=";"), "sign", -0.3)
    if _KEYWORD_GLUED.search(source):
        yield Candidate(_KEYWORD_GLUED.sub(r"\1 \2", source), tr("Write a space between"), "sign", -0.3)
    called = NUMBER_CALLED.search(source)
    if called is not None:
        start = _start_of_operand(source, called.end(1))
        text = f"{source[:start]}({source[start : called.end(1)]}){source[called.end(1) :]}"
        reason = tr("Write parentheses around {text}", text=source[start : called.end(1)])
        yield Candidate(text, reason, "sign", -0.3)
    named = SEVERAL_NAMES.match(source)
    if named is not None:
        names = re.findall(r"[^\W\d]\w*", named[0])
        for place, name in enumerate(names[:_MOST_RESULTS]):
            if not name.strip("_"):
                continue  # _, p = ...: nobody wants the first
            text = f"{name} = {source[named.end() :].strip()}[{place}]"
            yield Candidate(text, tr("Take {name} alone", name=name), "sign", 0.1 * place)


def _start_of_operand(source: str, end: int) -> int:
    """Give where the operand begins that ends with a number: after an open bracket, a comma, a sum or a comparison."""
    depth = 0
    for place in range(end - 1, -1, -1):
        char = source[place]
        depth += (char in ")]") - (char in "([")
        if depth < 0 or (not depth and char in ",=+-<>"):
            return place + 1 + (len(source[place + 1 : end]) - len(source[place + 1 : end].lstrip()))
    return 0
