"""Products and transposes of matrices in the texts of gradients, ``x.T @ dh``, ``outer(u, v)``, and their laws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.gradients.factor import ATOM, MATMUL, POWER, Factor, broadcast, checked
from playground.language.gradients.text import Part, call, linear
from playground.record import Record, replace

if TYPE_CHECKING:
    from playground.language.signature import Shape


class Outer(Record, eq=False):
    """What ``outer(a, b)`` is made of."""

    a: Part
    b: Part


class Identity(Record):
    """The mark of an identity matrix."""


# -- single matrices -------------------------------------------------------------------------------------------


def identity(size: Part, shape: Shape) -> Part:
    """Write ``eye(size)``, which goes in a product, and is its own transpose."""
    return symmetric(Part(shape, (replace(call("eye", size, shape=shape).factor(), form=Identity()),)))


def symmetric(given: Part) -> Part:
    """Say of one factor that it is its own transpose."""
    if len(given.factors) != 1:
        return given
    one = given.factors[0]
    return replace(given, factors=(replace(one, transpose=one),))


def outer(left: Part, right: Part) -> Part:
    """Write ``outer(left, right)``, whose transpose is ``outer(right, left)``."""
    return linear(left, lambda a: linear(right, lambda b: _outer(a, b)))


def _outer(a: Part, b: Part) -> Part:
    shape = (*a.shape, *b.shape)
    first, second = a.factor().key, b.factor().key
    turned = Factor(
        f"outer({b.text}, {a.text})", ATOM, shape[::-1], form=Outer(b, a), canonical=f"outer({second}, {first})"
    )
    found = Factor(
        f"outer({a.text}, {b.text})", ATOM, shape, turned, form=Outer(a, b), canonical=f"outer({first}, {second})"
    )
    return Part(shape, (checked(found),))


def transposed(given: Part) -> Part:
    """Write the transpose of the last two axes; a transpose that is there goes instead."""
    if given.ndim < 2:
        return given
    return linear(given, lambda inside: _of(_transposed(inside.factor())))


def _of(factor: Factor) -> Part:
    return factor.form if isinstance(factor.form, Part) else Part(factor.shape, (factor,))


def _transposed(one: Factor) -> Factor:
    if one.transpose is not None:
        return one.transpose if one.transpose.key == one.key else replace(one.transpose, transpose=one)
    if one.chain and all(len(factor.shape) >= 2 for factor in one.chain):
        found = _transposed(one.chain[0])
        for factor in one.chain[1:]:
            found = _product(_transposed(factor), found)
        return replace(found, transpose=one)
    shape = (*one.shape[:-2], one.shape[-1], one.shape[-2])
    return checked(Factor(f"{one.wrapped(ATOM)}.{'T' if len(shape) == 2 else 'mT'}", ATOM, shape, one))


# -- products --------------------------------------------------------------------------------------------------


def product(left: Part, right: Part) -> Part:
    """Write ``left @ right``."""
    return linear(left, lambda a: linear(right, lambda b: _part_product(a, b)))


def written_product(left: Part, right: Part) -> Part:
    """Write ``left @ right`` as a formula has it: nothing but the place of a number and parentheses may change."""
    return linear(left, lambda a: linear(right, lambda b: _of(_product(a.factor(), b.factor()))))


def _part_product(left: Part, right: Part) -> Part:
    a, b = left.factor(), right.factor()
    if isinstance(a.form, Identity):
        return right
    if isinstance(b.form, Identity):
        return left
    if a.chain and right.ndim == 1 and left.ndim == 2:  # vectors first: far less work than a product of matrices
        found = right
        for factor in reversed(a.chain):
            found = product(_of(factor), found)
        return found
    if isinstance(b.form, Outer) and left.ndim == 2:
        return outer(product(left, b.form.a), b.form.b)
    if isinstance(a.form, Outer) and right.ndim == 2:
        return outer(a.form.a, product(transposed(right), a.form.b))
    return _of(_product(a, b))


def _product(left: Factor, right: Factor) -> Factor:
    """Write two factors; parentheses that save no work go."""
    first = left.chain or (left,)
    chain = (*first, right)
    if right.chain:
        apart, flat = _work(chain), _work((*first, *right.chain))
        inside = _work(right.chain)
        if apart is not None and flat is not None and inside is not None and flat <= apart + inside:
            chain = (*first, *right.chain)
    texts = [factor.wrapped(POWER if place or factor.level != MATMUL else MATMUL) for place, factor in enumerate(chain)]
    columns = right.shape[-1:] if len(right.shape) > 1 else ()
    shape = (*broadcast(left.shape[:-2], right.shape[:-2]), *left.shape[-2:-1], *columns)
    return checked(Factor(" @ ".join(texts), MATMUL, shape, chain=chain))


def _work(chain: tuple[Factor, ...]) -> int | None:
    """Count the multiplications of a product from left to right; None where a size isn't known."""
    rows = chain[0].shape[-2] if len(chain[0].shape) > 1 else 1
    found = 0
    for factor in chain[1:]:
        inner, columns = factor.shape[-2:] if len(factor.shape) > 1 else (factor.shape[-1], 1)
        if rows is None or inner is None or columns is None:
            return None
        found += rows * inner * columns
    return found


# -- sums of products ------------------------------------------------------------------------------------------


def joined_chains(one: Factor, other: Factor, *, negative: bool) -> Factor | None:
    """Write ``a @ c + b @ c`` as ``(a + b) @ c``; None where no side is the same, or ``a`` and ``b`` are no matrices.

    ``negative`` tells that the other is taken away.
    """
    mine, its = _sides(one), _sides(other)
    if mine is None or its is None:
        return None
    for same, place in ((1, 0), (0, 1)):
        first, second = mine[place], its[place]
        alike = first.shape == second.shape and first.level == second.level == ATOM and len(first.shape) > 1
        if mine[same].key != its[same].key or first.shape != second.shape:
            continue
        both = (_of(first) - _of(second) if negative else _of(first) + _of(second)).factor()
        if alike or len(both.text) < max(len(first.text), len(second.text)):
            return _product(both, mine[1]) if place == 0 else _product(mine[0], both)
    return None


def _sides(one: Factor) -> tuple[Factor, Factor] | None:
    """Give the two sides of a product of two; the vector stands right."""
    if len(one.chain) != 2:
        return None
    left, right = one.chain
    return (_transposed(right), left) if len(left.shape) == 1 and len(right.shape) == 2 else (left, right)
