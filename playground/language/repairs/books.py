"""Repairs of signs that books have: ``A^T``, ``M^-1``, ``||v||``, ``<v, w>``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language.repairs.ranking import Candidate
from playground.language.typography import plain
from playground.language.unreadable import LONGEST
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem

_INVERSE: Final = re.compile(r"\s*(?:\^|\*\*)\s*(?:-\s*1(?![\w.])|\(\s*-\s*1\s*\)|\{\s*-\s*1\s*\})")
_TRANSPOSE: Final = re.compile(r"\s*(?:\^|\*\*)\s*(?:[Tt⊤](?!\w)|\(\s*[Tt]\s*\)|\{\s*[Tt]\s*\})")
_DOUBLE_BARS: Final = re.compile(r"\|\|([^|]+)\|\|(?:_?2(?!\w))?")
_ANGLES: Final = re.compile(r"<\s*([^<>,]+)\s*,\s*([^<>,]+)>")


def powers(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``A.T`` for ``A^T``, even where there is an entry named T; ``linalg.inv(M)`` for ``M^-1``."""
    source = inference.source
    if len(source) > LONGEST or ("^" not in source and "**" not in source):
        return
    inverse = ("np." if "np." in source else "") + "linalg.inv"
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
    if _DOUBLE_BARS.search(source):
        text = _DOUBLE_BARS.sub(rf"{lead}linalg.norm(\1)", source)
        yield Candidate(text, tr("Write {name}", name="linalg.norm"), "sign", -0.3)
    if _ANGLES.search(source):
        text = _ANGLES.sub(lambda found: f"{lead}vdot({found[1].strip()}, {found[2].strip()})", source)
        yield Candidate(text, tr("Write {name}", name="vdot"), "sign", -0.3)
