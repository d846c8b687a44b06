"""Repairs of an einsum's letters: a term turned round, a letter that nothing has, the next pair of axes."""

from __future__ import annotations

from itertools import combinations
from string import ascii_lowercase
from typing import TYPE_CHECKING, Final

from playground.language.nodes import Call, Literal
from playground.language.problems import Span
from playground.language.repairs.parts import TWO, part
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import replaced, transposed
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem

_MOST_LETTERS: Final = 4
_CHAINS: Final[dict[tuple[int, ...], str]] = {(2, 2): "ij,jk->ik", (2, 1): "ij,j->i", (1, 2): "i,ij->j", (1, 1): "i,i"}
"""The letters of a product, by the axes of its two sides."""


def einsum(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Letters for each axis: a term turned round, or one more letter in front for a stack; or a part transposed."""
    node, source = inference.failed, inference.source
    if not isinstance(node, Call) or not node.arguments or not isinstance(node.arguments[0], Literal):
        return
    letters = node.arguments[0]
    parts = [part(inference, argument) for argument in node.arguments[1:]]
    text = str(letters.value).strip()
    if "," not in text and len(parts) > 1:
        text = ",".join(text.partition("->")[0].split()) + "".join(text.partition("->")[1:])
    text = text.replace(" ", "")
    quote = source[letters.span.start]
    for doubt, mended in enumerate(_other_letters(text, [None if p is None else p.ndim for p in parts])):
        new = replaced(source, (letters.span, f"{quote}{mended}{quote}"))
        yield Candidate(new, tr("Write the letters {letters}", letters=mended), "letters", 0.1 * doubt)
    for found in reversed(parts):
        if found is not None and found.ndim >= TWO:
            turned = transposed(source, found.node, found.ndim)
            yield Candidate(found.becomes(turned), tr("Transpose {operand}", operand=found.text), "transpose")


def without_letters(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``einsum('ij,jk->ik', A, B)`` for ``einsum(A, B)``: the product of two."""
    node = inference.failed
    if not isinstance(node, Call) or node.function != "einsum" or len(node.arguments) != TWO:
        return
    sides = [found for argument in node.arguments if (found := part(inference, argument)) is not None]
    letters = _CHAINS.get(tuple(side.ndim for side in sides)) if len(sides) == TWO else None
    if letters is not None:
        start = node.arguments[0].span.start
        text = replaced(inference.source, (Span(start, start), f"'{letters}', "))
        yield Candidate(text, tr("Write the letters {letters}", letters=letters), "letters")


def _other_letters(text: str, ndims: list[int | None]) -> Iterator[str]:
    if "->" not in text and "-" in text:
        text = text.replace("-", "->", 1)
        yield text
    left, arrow, right = text.partition("->")
    terms = left.split(",")
    yield text
    yield from _paired(terms, arrow, ndims)
    if len(terms) == len(ndims):
        yield from _filled(terms, arrow, right, ndims)
    known = set(left)
    if arrow and any(letter not in known for letter in right):
        yield from _existing(left, right)
        yield f"{left}{arrow}{''.join(letter for letter in right if letter in known)}"
    for place in range(len(terms) - 1, -1, -1):
        for term in _swapped_letters(terms[place]):
            yield ",".join([*terms[:place], term, *terms[place + 1 :]]) + arrow + right
    if len(terms) < len(ndims):
        yield f"{left}," + ",".join(right[-1:] or "i" for _ in range(len(ndims) - len(terms))) + arrow + right


def _swapped_letters(term: str) -> Iterator[str]:
    """Two letters of a term change places, the last two first."""
    if "." in term or len(term) > _MOST_LETTERS:
        return
    for first, second in sorted(combinations(range(len(term)), TWO), reverse=True):
        yield term[:first] + term[second] + term[first + 1 : second] + term[first] + term[second + 1 :]


def _filled(terms: list[str], arrow: str, right: str, ndims: list[int | None]) -> Iterator[str]:
    """One new letter, for the axis in front that some terms lack, kept in the result."""
    new = next(letter for letter in "b" + ascii_lowercase if letter not in "".join(terms))
    missing = [None if ndim is None else ndim - len(term) for term, ndim in zip(terms, ndims, strict=True)]
    if 1 in missing and set(missing) <= {0, 1}:
        filled = [new + term if count else term for term, count in zip(terms, missing, strict=True)]
        yield ",".join(filled) + arrow + (new + right if arrow else "")
    if any(count is not None and count < 0 for count in missing):
        for is_first in (False, True):  # the letters behind are too many, or those of a stack in front
            shorter = [
                (term[-count:] if is_first else term[:count]) if count is not None and count < 0 else term
                for term, count in zip(terms, missing, strict=True)
            ]
            kept = set("".join(shorter))
            yield ",".join(shorter) + arrow + "".join(letter for letter in right if letter in kept)


def _existing(left: str, right: str) -> Iterator[str]:
    """``ij,jk->ik`` for ``ij,jk->il``: a letter that no array has is one that is left over."""
    letters = left.replace(",", "").replace(".", "")
    spare = [letter for letter in dict.fromkeys(letters) if letters.count(letter) == 1 and letter not in right]
    unknown = [letter for letter in dict.fromkeys(right) if letter not in letters and letter != "."]
    if len(spare) == len(unknown):
        renamed = dict(zip(unknown, spare, strict=True))
        yield f"{left}->{''.join(renamed.get(letter, letter) for letter in right)}"


def _paired(terms: list[str], arrow: str, ndims: list[int | None]) -> Iterator[str]:
    """``ij,jk`` for ``ij,ij``: the second of two matrices goes on where the first ends."""
    if ndims == [TWO, TWO] and len(terms) == TWO and terms[0] == terms[1] and len(set(terms[0])) == TWO:
        first, last = tuple(terms[0])
        new = next(letter for letter in "k" + ascii_lowercase if letter not in terms[0])
        yield f"{first}{last},{last}{new}{f'->{first}{new}' if arrow else ''}"
