"""Texts of the same cells in another shape: axes of size 1 come and go by an index, all else by ``reshape``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.gradients.factor import ATOM
from playground.language.gradients.operation import Total, axis_text, total
from playground.language.gradients.text import Part, linear, part
from playground.record import Record, replace

if TYPE_CHECKING:
    from playground.language.signature import Shape


class Widened(Record, eq=False):
    """What ``inside[:, None]`` is made of."""

    inside: Part
    items: tuple[str, ...]


def with_axes(given: Part, axes: tuple[int, ...] | None, of: Part) -> Part:
    """Write a gradient of a reduction over ``axes`` so that it fits to what was reduced: ``dh[:, None]``."""
    if axes is None or not given.shape:
        return given
    kept = [axis for axis in range(of.ndim) if axis not in axes][-given.ndim :]
    if kept == list(range(kept[0], of.ndim)):
        return given
    items = [":" if axis in kept else "None" for axis in range(kept[0], of.ndim)]
    sizes = iter(given.shape)
    shape = tuple(next(sizes) if axis in kept else 1 for axis in range(kept[0], of.ndim))
    return indexed(given, items, shape)


def indexed(given: Part, items: list[str], shape: Shape) -> Part:
    """Write ``given[items]``; slices at the end that take all are left out."""
    while items and items[-1] == ":" and "..." not in items:
        items.pop()
    if not items:
        return given
    if _regains(given, items):
        return _each_indexed(given, items)
    return linear(given, lambda inside: _indexed(inside, items, shape))


def _regains(given: Part, items: list[str]) -> bool:
    """Tell whether an index gives one of several sums the axis back that it lost."""
    new = tuple(axis for axis, item in enumerate(items) if item == "None")
    every = (*given.factors, *given.divisors)
    return set(items) <= {":", "None"} and any(
        isinstance(factor.form, Total) and not factor.form.keepdims and factor.form.axes == new
        and len(factor.shape) == given.ndim for factor in every
    ) and all(len(factor.shape) in (0, given.ndim) for factor in every)  # fmt: skip


def _each_indexed(given: Part, items: list[str]) -> Part:
    found = Part((), (), given.coefficient, (), given.divisor)
    for factor in (*given.factors, *given.divisors):
        one = Part(factor.shape, (factor,))
        if factor.shape:
            sizes = iter(factor.shape)
            shape = (*(1 if item == "None" else next(sizes) for item in items), *sizes)
            form = factor.form
            if isinstance(form, Total) and not form.keepdims and form.inside.ndim == len(shape):
                one = total(form.inside, axis_text(form.axes), shape, keepdims=True, function=form.function)
            else:
                one = _indexed(one, items, shape)
        found = found * one if factor in given.factors else found / one
    return found


def _indexed(inside: Part, items: list[str], shape: Shape) -> Part:
    one = inside.factor()
    if isinstance(one.form, Total) and one.form.keepdims and _drops(items, one.form.axes, inside.ndim):
        kept = one.form
        return total(kept.inside, axis_text(kept.axes), shape, function=kept.function)
    if isinstance(one.form, Widened):
        both = _composed(one.form, items)
        if both is not None:
            return indexed(one.form.inside, both, shape)
    found = part(f"{one.wrapped(ATOM)}[{', '.join(items)}]", shape).factor()
    if set(items) <= {":", "None"}:
        found = replace(found, form=Widened(inside, tuple(items)))
    return Part(shape, (found,))


def _drops(items: list[str], axes: tuple[int, ...], ndim: int) -> bool:
    """Tell whether an index takes away just the axes that a sum had kept."""
    whole = items + [":"] * (ndim - len(items))
    return all(item == ("0" if axis in axes else ":") for axis, item in enumerate(whole))


def _composed(first: Widened, second: list[str]) -> list[str] | None:
    """Make one index of two; None where the second takes more away than new axes."""
    first_items = list(first.items) + [":"] * (first.inside.ndim - first.items.count(":"))
    rest = iter(first_items)
    found = []
    for item in second:
        if item == "None":
            found.append(item)
            continue
        before = next(rest, None)
        if item == ":" and before is not None:
            found.append(before)
        elif item != "0" or before != "None":
            return None
    return [*found, *rest]


def reshaped(given: Part, like: Part) -> Part:
    """Write ``given`` in the shape of ``like``, which has as many cells."""
    if not given.shape or given.shape == like.shape:
        return given
    items = _by_index(given.shape, like.shape)
    if items is not None:
        return indexed(given, items, like.shape)
    if None not in like.shape and not like.is_name:
        return reshaped_to(given, like.shape)
    return linear(given, lambda inside: part(f"{inside.atom}.reshape({like.atom}.shape)", like.shape))


def _by_index(given: Shape, wanted: Shape) -> list[str] | None:
    """Give the index that makes one shape of another where they differ by axes of size 1 only."""
    if [size for size in given if size != 1] != [size for size in wanted if size != 1] or None in given:
        return None
    items = []
    left = list(wanted)
    for size in given:
        while left and left[0] == 1 and size != 1:
            items.append("None")
            left.pop(0)
        if left and left[0] == size:
            items.append(":")
            left.pop(0)
        else:
            items.append("0")
    return items + ["None"] * len(left)


def reshaped_to(given: Part, shape: Shape) -> Part:
    """Write ``given`` in a shape of as many cells."""
    if given.shape == shape:
        return given
    sizes = ", ".join(map(str, shape)) if shape else "()"
    return linear(given, lambda inside: part(f"{inside.atom}.reshape({sizes})", shape))
