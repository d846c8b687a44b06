"""The letters of ``einsum``: read from their text, and the operations and the memory that they stand for."""

from __future__ import annotations

import math
from functools import lru_cache
from string import ascii_letters
from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.mistake import Mistake
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Label = str | int
"""A letter, or an axis of the ``...``: -1 is the last of them."""

ELLIPSIS: Final = "..."


class Subscripts(Record):
    """The axes of each operand and of the result, by their labels."""

    terms: tuple[tuple[Label, ...], ...]
    result: tuple[Label, ...]


def read(text: str, ndims: Sequence[int]) -> Subscripts:
    """Read ``text`` for operands of so many axes.

    Raises
    ------
    Mistake
        Of kind ``"einsum"``: for signs that have no place there, for another number of terms than of operands or of
        letters than of axes, and for a result that names what no operand has.
    """
    left, arrow, right = text.replace(" ", "").partition("->")
    terms = left.split(",")
    for term in (*terms, right):
        _check_signs(text, term)
    if "," in right:
        raise Mistake("einsum", tr("Behind the arrow stand the letters of one result, without a comma."))
    if len(terms) != len(ndims):
        raise Mistake(
            "einsum",
            tr("{text} names {n} arrays; given: {m}.", text=text, n=len(terms), m=len(ndims)),
        )
    labels = tuple(_labels(place, term, ndim) for place, (term, ndim) in enumerate(zip(terms, ndims, strict=True)))
    result = _result(text, right, labels) if arrow else _implied(labels)
    return Subscripts(labels, result)


def _check_signs(text: str, term: str) -> None:
    bare = term.replace(ELLIPSIS, "", 1)
    if "." in bare:
        raise Mistake(
            "einsum",
            tr("In {text}, three dots stand for all axes without a letter, once in each term.", text=text),
            tr("For example '...ij,...jk->...ik'."),
        )
    if not all(sign.isascii() and sign.isalpha() for sign in bare.replace(",", "")):
        raise Mistake(
            "einsum", tr("einsum takes letters, commas, three dots and one ->."), tr("For example 'ij,jk->ik'.")
        )


def _labels(place: int, term: str, ndim: int) -> tuple[Label, ...]:
    head, dots, tail = term.partition(ELLIPSIS)
    hidden = ndim - len(head) - len(tail)
    if hidden < 0 or (hidden and not dots):
        raise Mistake(
            "einsum",
            tr("{term} has {n} letters, but operand {place} has {m} axes.",
               term=term or "''", n=len(head) + len(tail), place=place + 1, m=ndim),
            tr("Three dots stand for all axes without a letter.") if hidden > 0 else "",
            clash=((place + 1, 0),) if ndim else (),
        )  # fmt: skip
    return (*head, *range(-hidden, 0), *tail)


def _implied(terms: tuple[tuple[Label, ...], ...]) -> tuple[Label, ...]:
    """Give the result where there is no arrow: axes of the ``...``, then the letters that stand once, sorted."""
    every = [label for term in terms for label in term]
    letters = sorted({label for label in every if isinstance(label, str) and every.count(label) == 1})
    return (*_hidden(terms), *letters)


def _hidden(terms: tuple[tuple[Label, ...], ...]) -> tuple[int, ...]:
    """List the axes of the ``...``, as many as the operand with most of them has."""
    return tuple(sorted({label for term in terms for label in term if isinstance(label, int)}))


def _result(text: str, right: str, terms: tuple[tuple[Label, ...], ...]) -> tuple[Label, ...]:
    head, dots, tail = right.partition(ELLIPSIS)
    letters = head + tail
    known = {label for term in terms for label in term}
    missing = [letter for letter in letters if letter not in known]
    if missing:
        raise Mistake(
            "einsum", tr("{text} asks for the letter {letter}, which no array has.", text=text, letter=missing[0])
        )
    if len(set(letters)) < len(letters):
        raise Mistake("einsum", tr("A letter stands twice behind the arrow of {text}.", text=text))
    hidden = _hidden(terms)
    if hidden and not dots:
        raise Mistake(
            "einsum",
            tr("The three dots of {text} stand for axes that must be named behind the arrow too.", text=text),
            tr("Write ->...{letters}.", letters=letters),
        )
    return (*head, *hidden, *tail)


# -- cost --------------------------------------------------------------------------------------------------------


class Cost(Record):
    """What it takes: floating-point operations, and the cells of the largest intermediate result."""

    flops: int
    largest: int


def cost(subscripts: Subscripts, sizes: Mapping[Label, int]) -> Cost:
    """Count multiplications and additions, operands being multiplied in pairs in the order that NumPy takes.

    A product of a pair takes one multiplication for every combination of the labels of both, and one addition more
    where some of them are summed over: 2·m·n·k for the product of matrices. (The count of opt_einsum; Daniel Smith
    and Gray, "opt_einsum", JOSS 3(26), 2018.) Summing over the labels of a single operand takes one addition each.
    """
    letters = dict(zip(sizes, ascii_letters, strict=False))
    if len(sizes) > len(letters):
        return Cost(0, 0)
    terms = tuple("".join(letters[label] for label in term) for term in subscripts.terms)
    result = "".join(letters[label] for label in subscripts.result)
    return _cost(terms, result, tuple((letters[label], size) for label, size in sizes.items()))


@lru_cache(maxsize=256)
def _cost(terms: tuple[str, ...], result: str, known: tuple[tuple[str, int], ...]) -> Cost:
    sizes = dict(known)
    left = [frozenset(term) for term in terms]
    flops, largest = 0, 0
    for places in _path(terms, result, sizes):
        taken = [left.pop(place) for place in sorted(places, reverse=True)]
        union: frozenset[str] = frozenset().union(*taken)
        kept = union & frozenset(result).union(*left)
        combinations = math.prod(sizes[letter] for letter in union)
        flops += combinations * (len(taken) - 1 + (union != kept))
        left.append(kept)
        if len(left) > 1:
            largest = max(largest, math.prod(sizes[letter] for letter in kept))
    return Cost(flops, largest)


def _path(terms: tuple[str, ...], result: str, sizes: Mapping[str, int]) -> list[tuple[int, ...]]:
    """Give the operands that are multiplied with each other, step by step; their product goes to the end."""
    if len(terms) < 3:
        return [tuple(range(len(terms)))]
    zero = np.zeros(())
    dummies = [np.broadcast_to(zero, tuple(sizes[letter] for letter in term)) for term in terms]
    path, _ = np.einsum_path(f"{','.join(terms)}->{result}", *dummies, optimize="greedy")
    return [tuple(places) for places in path[1:]]
