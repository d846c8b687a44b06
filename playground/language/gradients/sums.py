"""Sums of gradients: equal terms become one, and what all terms have stands once before or under the whole."""

from __future__ import annotations

import re
from math import gcd
from typing import TYPE_CHECKING, Final

from playground.language.gradients.factor import ATOM, MIXED, SUM, Factor, broadcast, checked
from playground.language.gradients.matrices import joined_chains, transposed
from playground.language.gradients.text import Difference, Part, is_decimal
from playground.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Sequence


class Choice(Record, eq=False):
    """``where(condition, first, second)``: two of them with one condition, each 0 where the other isn't, make one."""

    condition: str
    first: Part
    second: Part


def chosen(condition: str, first: Part, second: Part, shape: tuple[int | None, ...]) -> Part:
    """Write ``where(condition, first, second)``."""
    text = f"where({condition}, {first.text}, {second.text})"
    return Part(shape, (checked(Factor(text, ATOM, shape, form=Choice(condition, first, second))),))


def drawn_in(above: Sequence[Factor], below: Sequence[Factor]) -> Part | None:
    """Write ``where(x > 0, dh, 0) / x`` as ``where(x > 0, dh / x, 0)``: 0 / 0 would be nan in the cells left out.

    None where no cell left out can come to inf.
    """
    choice = next((factor for factor in above if isinstance(factor.form, Choice)), None)
    arrays = tuple(factor for factor in above if factor is not choice and factor.shape)
    divisors = tuple(factor for factor in below if factor.shape)
    may_be_inf = bool(divisors) or any(_MAY_BE_INF.search(factor.text) for factor in arrays)
    if choice is None or not isinstance(choice.form, Choice) or not may_be_inf:
        return None
    sides = (choice.form.first, choice.form.second)
    if all(side.coefficient for side in sides):
        return None
    inside = Part(broadcast(*(factor.shape for factor in (*arrays, *divisors))), arrays, 1, divisors)
    first, second = (side * inside if side.coefficient else side for side in sides)
    return chosen(choice.form.condition, first, second, broadcast(choice.shape, inside.shape))


_MAY_BE_INF: Final = re.compile(r"log|/|\*\*\(?-|\*\*\(?\w+\b - 1|sqrt|tan\b")


def added(left: Part, right: Part) -> Part:
    """Write a sum; two equal terms become twice the one, and what cancels goes."""
    return summed((left, right))


def summed(parts: Sequence[Part]) -> Part:
    """Write the sum of at least one part, as ``added`` does."""
    if len(parts) == 1:
        return parts[0]
    terms: list[Part] = []
    for part in parts:
        for term in part.terms or (part,):
            _take_in(terms, term)
    shape = _shape(parts)
    if len(terms) < 2:
        return replace(terms[0], shape=shape) if terms else replace(parts[0], coefficient=0, terms=(), shape=shape)
    return _written(tuple(terms), shape)


def _take_in(terms: list[Part], term: Part) -> None:
    """Add a term to others, to one of them where they make one."""
    if not term.coefficient:
        return
    for place, one in enumerate(terms):
        merged = _merged(one, term)
        if merged is not None:
            terms[place : place + 1] = [merged] if merged.coefficient else []
            return
    terms.append(term)


# -- two terms to one ------------------------------------------------------------------------------------------


def _keys(factors: tuple[Factor, ...]) -> list[str]:
    return sorted(factor.key for factor in factors)


def _merged(one: Part, other: Part) -> Part | None:
    """Make one term of two; None where they stay two."""
    if _keys(one.divisors) != _keys(other.divisors):
        return None
    if _keys(one.factors) == _keys(other.factors):
        clearer = other if sum(len(f.text) for f in other.factors) > sum(len(f.text) for f in one.factors) else one
        above = one.coefficient * other.divisor + other.coefficient * one.divisor
        below = one.divisor * other.divisor
        common = gcd(above, below) or 1
        shape = broadcast(one.shape, other.shape)
        if any(is_decimal(factor.text) for factor in clearer.factors):  # 2 * 0.5 is no number to show
            plain = replace(clearer, coefficient=1, divisor=1, terms=()) * (above // common) / (below // common)
            if not any(is_decimal(factor.text) for factor in plain.factors):
                return replace(plain, shape=shape)
        return replace(clearer, coefficient=above // common, divisor=below // common, terms=(), shape=shape)
    return _merged_last(one, other)


def _merged_last(one: Part, other: Part) -> Part | None:
    """Make one term of two that differ in one factor only: choices of one condition, products that share a side."""
    choice = _one_choice(one, other)
    if choice is not None:
        return choice
    mine, its = _without_common(one.factors, other.factors)
    if abs(one.coefficient) != abs(other.coefficient) or one.divisor != other.divisor:
        return None
    if len(mine) == len(its) == 2 and one.coefficient == -other.coefficient:
        return _crossed(one, mine, its)
    if len(mine) != 1 or len(its) != 1:
        return None
    if one.coefficient < 0 < other.coefficient:
        one, other, mine, its = other, one, its, mine
    common = tuple(factor for factor in one.factors if factor is not mine[0])
    found = joined_chains(mine[0], its[0], negative=one.coefficient * other.coefficient < 0)
    return None if found is None else replace(one, factors=(*common, found), terms=())


def _crossed(one: Part, mine: Sequence[Factor], its: Sequence[Factor]) -> Part | None:
    """Write ``(1 - t) * s - t * (1 - s)`` as ``s - t``: the slope of a logistic loss, which has no inf this way."""
    rest = replace(one, factors=tuple(factor for factor in one.factors if factor not in mine), terms=())
    for s, rest_of_t in (mine, mine[::-1]):
        for t, rest_of_s in (its, its[::-1]):
            if rest_of_t.key == _rest_key(t) and rest_of_s.key == _rest_key(s):
                found = Part(s.shape, (s,)) - Part(t.shape, (t,))
                return -rest * -found if rest.coefficient < 0 else rest * found
    return None


def _rest_key(factor: Factor) -> str:
    """Give the key of what is left of 1."""
    return f"1-{factor.wrapped(MIXED)}".replace(" ", "")


def _without_common(one: tuple[Factor, ...], other: tuple[Factor, ...]) -> tuple[list[Factor], list[Factor]]:
    mine, its = list(one), list(other)
    for factor in one:
        same = next((f for f in its if f.key == factor.key), None)
        if same is not None:
            mine.remove(factor)
            its.remove(same)
    return mine, its


def _one_choice(one: Part, other: Part) -> Part | None:
    """Make ``where(c, a, b)`` of ``where(c, a, 0)`` and ``where(c, 0, b)``, whatever number each is multiplied by."""
    first, second = _choice(one), _choice(other)
    if first is None or second is None or first[0].condition != second[0].condition:
        return None
    (choice, rest), (opposite, its_rest) = first, second
    if not (choice.second.coefficient or opposite.first.coefficient):
        taken, left = rest * choice.first, its_rest * opposite.second
    elif not (choice.first.coefficient or opposite.second.coefficient):
        taken, left = its_rest * opposite.first, rest * choice.second
    elif not (choice.second.coefficient or opposite.second.coefficient):
        taken, left = rest * choice.first + its_rest * opposite.first, choice.second
    else:
        return None
    return chosen(choice.condition, taken, left, broadcast(one.shape, other.shape))


def _choice(term: Part) -> tuple[Choice, Part] | None:
    """Give the choice that a term is, and the number that it is multiplied by."""
    choices = [factor for factor in term.factors if isinstance(factor.form, Choice)]
    rest = tuple(factor for factor in term.factors if factor not in choices)
    if len(choices) != 1 or any(factor.shape for factor in (*rest, *term.divisors)):
        return None
    assert isinstance(choices[0].form, Choice)
    return choices[0].form, Part((), rest, term.coefficient, term.divisors, term.divisor)


# -- the text --------------------------------------------------------------------------------------------------


def _written(terms: tuple[Part, ...], shape: tuple[int | None, ...]) -> Part:
    flat = _flat(terms, shape)
    outside = _common(terms)
    if outside is None:
        return replace(flat, terms=terms)
    inner = [part for term in terms for part in _opened(term / outside)]
    short = outside * (summed(inner) if len(inner) > len(terms) else _flat(tuple(inner), _shape(inner)))
    room = 0 if outside.factors else len("()") + 1  # one division for all reads better even where it is no shorter
    return replace(short if len(short.text) < len(flat.text) + room else flat, terms=terms, shape=shape)


def _shape(parts: Sequence[Part]) -> tuple[int | None, ...]:
    return broadcast(*(part.shape for part in parts))


def _opened(term: Part) -> tuple[Part, ...]:
    """Give the two sides of a difference, so that ``(1 - v) - v`` is ``1 - 2 * v``; any other term alone."""
    form = term.factors[0].form if len(term.factors) == 1 and not term.divisors and term.divisor == 1 else None
    if not isinstance(form, Difference) or abs(term.coefficient) != 1:
        return (term,)
    sides = (form.left, -form.right)
    return sides if term.coefficient > 0 else (-sides[0], -sides[1])


def _flat(terms: tuple[Part, ...], shape: tuple[int | None, ...]) -> Part:
    """Write one term after the other; one without a sign first, and a matrix before its transpose."""
    ordered = list(terms)
    first = next((place for place, term in enumerate(ordered) if term.coefficient > 0), 0)
    ordered.insert(0, ordered.pop(first))
    if len(ordered) == 2 and ordered[0].text in (f"{ordered[1].atom}.T", f"{ordered[1].atom}.mT"):
        ordered.reverse()
    text = ordered[0].factor().wrapped(SUM)
    for term in ordered[1:]:
        sign = "-" if term.coefficient < 0 else "+"
        one = (-term if term.coefficient < 0 else term).factor()
        text += f" {sign} {one.wrapped(MIXED if sign == '-' else SUM)}"
    found = Factor(text, SUM, shape)
    if len(ordered) == 2 and _are_transposes(*ordered):
        found = replace(found, transpose=found)
    return Part(shape, (checked(found),))


def _are_transposes(one: Part, other: Part) -> bool:
    return one.ndim >= 2 and one.shape == other.shape and transposed(one).text == other.text


def _common(terms: tuple[Part, ...]) -> Part | None:
    """Give what all terms have as factors and divisors; None for nothing."""
    whole = gcd(*(term.coefficient for term in terms))
    below = terms[0].divisor if all(term.divisor == terms[0].divisor for term in terms) else 1
    if all(term.coefficient < 0 for term in terms):
        whole = -whole
    found = Part((), (), whole, (), below)
    for side in ("factors", "divisors"):
        for factor in getattr(terms[0], side):
            base = (factor.base or factor).key
            exponents = [_exponent(getattr(term, side), base) for term in terms]
            least = min(exponents)
            if least:
                one = Part((factor.base or factor).shape, (factor.base or factor,))
                found = found * one**least if side == "factors" else found / one**least
    return None if found.is_number and found.text == "1" else found


def _exponent(factors: tuple[Factor, ...], key: str) -> int:
    return next((factor.exponent for factor in factors if (factor.base or factor).key == key), 0)
