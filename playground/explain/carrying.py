"""Carries boxes of cells from a value to its parts and back, by what ties their axes together. Pure index arithmetic.

Every axis of a value and of a part stands where a *variable* says: ``A @ B`` has the variables i, j and k, the axes
(i, k) of A, (k, j) of B and (i, j) of the product. A box of either side leaves each variable some of its values, and
these are a box of the other side.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playground.language.nodes import Node

Box = tuple[range, ...]
"""Places along every axis, ascending; all their combinations are meant."""
MOST_BOXES = 64
"""What is more scattered than that is not said."""


class UnsayableError(Exception):
    """Which cells these are can't be said, or not in few words."""


class Axis(Record):
    """Where along one axis a cell stands: at ``start + step * ((v // stride) % modulus)`` of a variable v.

    Attributes
    ----------
    variable
        None for an axis of which one place takes part, ``start``.
    modulus
        0 where v isn't split into digits.
    reaches
        A part's cell of a running sum: it takes part in the value's cells from its own place on.
    """

    variable: int | None = None
    start: int = 0
    step: int = 1
    stride: int = 1
    modulus: int = 0
    reaches: bool = False


class Tie(Record):
    """How the cells of a value hang on those of one part of it: ``sizes`` are how many values the variables take."""

    part: Node
    sizes: tuple[int, ...]
    below: tuple[Axis, ...]
    above: tuple[Axis, ...]


def needed(tie: Tie, box: Box) -> list[Box]:
    """Cells of the part that the cells ``box`` of the value hang on. Raises `UnsayableError`."""
    return _carried(box, tie.above, tie.below, tie.sizes)


def reached(tie: Tie, box: Box) -> list[Box]:
    """Cells of the value that hang on the cells ``box`` of the part. Raises `UnsayableError`."""
    return _carried(box, tie.below, tie.above, tie.sizes)


def merged(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The same cells without boxes that lie in others. Raises `UnsayableError` for too many."""
    kept: list[Box] = []
    for box in sorted(dict.fromkeys(boxes), key=lambda box: -math.prod(map(len, box))):
        if not any(all(_within(a, b) for a, b in zip(box, other, strict=True)) for other in kept):
            kept.append(box)
        if len(kept) > MOST_BOXES:
            raise UnsayableError
    return tuple(kept)


def _within(inner: range, outer: range) -> bool:
    return inner[0] in outer and inner[-1] in outer and (len(inner) < 2 or inner.step % outer.step == 0)


def _carried(box: Box, given: tuple[Axis, ...], wanted: tuple[Axis, ...], sizes: Sequence[int]) -> list[Box]:
    allowed = [[range(size)] for size in sizes]
    for places, axis in sorted(zip(box, given, strict=True), key=lambda pair: -pair[1].stride):
        if axis.variable is None:
            if axis.start not in places:
                return []
            continue
        allowed[axis.variable] = _narrowed(allowed[axis.variable], places, axis, sizes[axis.variable])
    if not all(allowed):
        return []
    choices = []
    for variable, pieces in enumerate(allowed):
        axes = [axis for axis in wanted if axis.variable == variable]
        choices.append([image for piece in pieces for image in _images(piece, axes)])
    if math.prod(map(len, choices)) > MOST_BOXES:
        raise UnsayableError
    return [_assembled(wanted, chosen) for chosen in itertools.product(*choices)]


def _assembled(wanted: tuple[Axis, ...], chosen: tuple[tuple[range, ...], ...]) -> Box:
    """Put the places that each variable gives onto the axes that follow it."""
    ready = [iter(images) for images in chosen]
    return tuple(
        range(axis.start, axis.start + 1) if axis.variable is None else next(ready[axis.variable]) for axis in wanted
    )


# -- places to values of a variable ------------------------------------------------------------------------------


def _narrowed(pieces: list[range], places: range, axis: Axis, size: int) -> list[range]:
    """Those values among ``pieces`` at which ``axis`` stands in ``places``."""
    if axis.modulus:
        hull = range(pieces[0].start, pieces[-1].stop) if pieces else range(0)
        wanted = list(_with_digits(places, axis, size, hull))
    elif axis.reaches:
        wanted = [range(places[0], size)]
    else:
        wanted = [_solved(places, axis.start, axis.step, size)]
    found = [common for piece in pieces for other in wanted if (common := _common(piece, other))]
    if len(found) > MOST_BOXES:
        raise UnsayableError
    return found


def _solved(places: range, start: int, step: int, size: int) -> range:
    """Values v below ``size`` with ``start + step * v`` in ``places``."""
    if len(places) == 1 or abs(step) == 1:
        values = [(place - start) // step for place in (places[0], places[-1]) if (place - start) % step == 0]
        if not values:
            return range(0)
        apart = places.step if len(places) > 1 else 1
        return _common(range(min(values), max(values) + 1, apart), range(size))
    solved = _common(places, _ascending(start, step, size))
    ends = sorted(((solved[0] - start) // step, (solved[-1] - start) // step)) if solved else (0, -1)
    return range(ends[0], ends[1] + 1, abs(solved.step // step) if len(solved) > 1 else 1)


def _ascending(start: int, step: int, size: int) -> range:
    ends = sorted((start, start + step * (size - 1)))
    return range(ends[0], ends[1] + 1, abs(step)) if size else range(0)


def _common(first: range, second: range) -> range:
    """Values in both of two ascending ranges, which are a range again."""
    if not first or not second:
        return range(0)
    apart = math.gcd(first.step, second.step)
    if (second.start - first.start) % apart:
        return range(0)
    step = first.step // apart * second.step
    start = max(first.start, second.start)
    # The first value of ``first`` from ``start`` on that is one of ``second``'s too.
    candidate = first.start + -(-(start - first.start) // first.step) * first.step
    if second.step > 1:
        behind = (second.start - candidate) // apart
        count = behind * pow(first.step // apart, -1, second.step // apart) % (second.step // apart)
        candidate += count * first.step
    return range(candidate, min(first[-1], second[-1]) + 1, step)


def _with_digits(places: range, axis: Axis, size: int, hull: range) -> Iterator[range]:
    """Values in ``hull`` whose digit is one of ``places``."""
    stride, modulus = axis.stride, axis.modulus
    if len(places) == modulus:
        yield range(size)
    elif stride * modulus >= size and places.step == 1:
        yield range(places[0] * stride, min(size, (places[-1] + 1) * stride))
    elif stride == 1 and len(places) == 1:
        yield range(places[0], size, modulus)
    else:
        period = stride * modulus
        first = hull.start // period * period
        if (hull.stop - first) // period * len(places) > MOST_BOXES * 4:
            raise UnsayableError
        for base in range(first, hull.stop, period):
            for digit in places:
                yield range(base + digit * stride, min(size, base + (digit + 1) * stride))


# -- values of a variable to places ------------------------------------------------------------------------------


def _images(piece: range, axes: list[Axis]) -> list[tuple[range, ...]]:
    """Where ``axes`` stand for the values ``piece`` of their variable: a box or several."""
    if not axes:
        return [()]
    if len(piece) == 1 and not any(axis.reaches for axis in axes):
        return [tuple(_single(_value(axis, piece[0])) for axis in axes)]
    if len(axes) == 1 and not axes[0].modulus:
        return [(_image(piece, axes[0]),)]
    if piece.step == 1 and all(axis.modulus for axis in axes):
        order = sorted(range(len(axes)), key=lambda k: -axes[k].stride)
        blocks = _blocks(piece.start, piece.stop, [(axes[k].stride, axes[k].modulus) for k in order])
        return [tuple(block[order.index(k)] for k in range(len(axes))) for block in blocks]
    if len(piece) > MOST_BOXES:
        raise UnsayableError
    return list(dict.fromkeys(tuple(_single(_value(axis, value)) for axis in axes) for value in piece))


def _single(place: int) -> range:
    return range(place, place + 1)


def _value(axis: Axis, value: int) -> int:
    return axis.start + axis.step * (value // axis.stride % axis.modulus if axis.modulus else value)


def _image(piece: range, axis: Axis) -> range:
    if axis.reaches:
        return range(piece[-1] + 1)
    ends = sorted((_value(axis, piece[0]), _value(axis, piece[-1])))
    return range(ends[0], ends[1] + 1, abs(axis.step) * piece.step)


def _blocks(start: int, stop: int, digits: list[tuple[int, int]]) -> list[tuple[range, ...]]:
    """The digits of the values ``start`` to ``stop``, the highest first, as few boxes."""
    if not digits:
        return [()]
    (stride, modulus), rest = digits[0], digits[1:]
    first, last = start // stride, (stop - 1) // stride
    if first == last:
        lower = _blocks(start - first * stride, stop - first * stride, rest)
        return [(_single(first % modulus), *block) for block in lower]
    found: list[tuple[range, ...]] = []
    if start % stride and rest:
        found += [(_single(first % modulus), *b) for b in _blocks(start % stride, stride, rest)]
        first += 1
    if stop % stride and rest:
        found += [(_single(last % modulus), *b) for b in _blocks(0, stop % stride, rest)]
        last -= 1
    if first <= last:
        for part in _wrapped(first, last, modulus):
            found += [(part, *b) for b in _blocks(0, stride, rest)]
    return found


def _wrapped(first: int, last: int, modulus: int) -> list[range]:
    """The numbers ``first`` to ``last`` where counting begins anew at ``modulus``."""
    if last - first + 1 >= modulus:
        return [range(modulus)]
    low, high = first % modulus, last % modulus
    return [range(low, high + 1)] if low <= high else [range(low, modulus), range(high + 1)]
