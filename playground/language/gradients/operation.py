"""One operation of a formula as the rules of gradients see it, and what they all need: stretching and summing back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playground.language.gradients.text import Part, call, constant, linear, number
from playground.language.mistake import Mistake
from playground.language.values import MISSING
from playground.record import Record, replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playground.language.signature import Shape


class Operation(Record, eq=False):
    """An operator, a call, an attribute or an index, and the gradient that flows into it.

    Attributes
    ----------
    name
        Of the function that does it: ``"multiply"`` for ``*``.
    dh
        Gradient of its result.
    out
        Its own text.
    values
        Texts of the arguments that are arrays, by parameter; several for a list of arrays.
    constants
        All arguments that are known before running, by parameter, defaults included.
    wanted, place
        The parameter whose gradient is asked for, and which one of a list.
    result
        For a function with several results, which of them this is about.
    """

    name: str
    dh: Part
    out: Part
    values: Mapping[str, tuple[Part, ...]]
    constants: Mapping[str, object]
    wanted: str
    place: int = 0
    result: int = 0

    def __getitem__(self, parameter: str) -> Part:
        if parameter in self.values:
            return self.values[parameter][0]
        default = self.constants[parameter]
        if not isinstance(default, (int, float)):
            raise self.refused()
        return constant(default)

    @property
    def x(self) -> Part:
        """The argument whose gradient is asked for."""
        return self.values[self.wanted][self.place]

    @property
    def full(self) -> Part:
        """``dh`` in the whole shape of the result."""
        return stretched(self.dh, self.out)

    def given(self, parameter: str) -> bool:
        """Tell whether a parameter is there and isn't None."""
        return parameter in self.values or self.constants.get(parameter) is not None

    def constant(self, parameter: str) -> object:
        """Give an argument that must be known before running; raises ``Mistake`` where it isn't."""
        found = self.constants.get(parameter, MISSING)
        if found is MISSING:
            raise self.refused(
                tr("The gradient of {function} needs {name} as a number.", function=self.name, name=parameter)
            )
        return found

    def integer(self, parameter: str) -> int:
        """Give an argument that is a whole number."""
        found = self.constant(parameter)
        assert isinstance(found, int)
        return int(found)

    def axes(self, parameter: str = "axis", ndim: int | None = None) -> tuple[int, ...] | None:
        """Give the axes that an argument names, none of them negative; None where it names none."""
        found = self.constant(parameter)
        if found is None:
            return None
        count = self.x.ndim if ndim is None else ndim
        if not count:
            return ()  # NumPy lets a single number have the axis 0
        return tuple(axis % count for axis in (found if isinstance(found, tuple) else (found,)))

    @property
    def axis(self) -> str | None:
        """Text of the argument ``axis``, None where it names none."""
        given = self.constant("axis")
        return None if given is None else axis_text(given if isinstance(given, tuple) else (given,))

    def sizes(self) -> Shape:
        """Give the shape of the argument, which must be known; raises ``Mistake``."""
        if None in self.x.shape:
            raise self.refused(
                tr("Only the data tells the shape of {operand}, which its gradient needs.", operand=self.x.text)
            )
        return self.x.shape

    def refused(self, why: str = "", hint: str = "") -> Mistake:
        """Say that this form has no gradient here, why, and what to write."""
        why = why or tr("{text} has no gradient here in this form.", text=self.out.text)
        return Mistake("no-gradient", why, hint or tr("Write it with simpler operations."))


Rule = Callable[[Operation], "Part | None"]
"""Gradient of the wanted argument, perhaps smaller than it (see ``Part``); None where that is 0 everywhere."""


def flat(operation: Operation) -> None:
    """Rule of what moves in jumps or not at all: its gradient is 0."""


def stretched(given: Part, like: Part) -> Part:
    """Write a gradient in the whole shape of ``like``."""
    if given.shape == like.shape:
        return given
    if not given.shape or None in like.shape:
        return given * call("ones_like", like, shape=like.shape)
    return linear(given, lambda inside: call("broadcast_to", inside, f"{like.atom}.shape", shape=like.shape))


def summed_back(given: Part, out: Part, shape: Shape) -> Part:
    """Undo broadcasting: sum a gradient of ``out`` over the axes along which an operand of ``shape`` was stretched.

    Where ``given`` is smaller than ``out`` it counts once for each cell that is missing.
    """
    added = out.ndim - len(shape)
    missing = out.ndim - given.ndim
    leading: list[int] = []
    ones: list[int] = []
    count = number(1)
    for axis, size in enumerate(out.shape):
        place = axis - missing
        if axis >= added and shape[axis - added] == size:
            continue
        if axis >= added and None in (size, shape[axis - added]) and shape[axis - added] != 1:
            raise Mistake(
                "no-gradient",
                tr("Only the data tells whether an operand is stretched here, and its gradient needs to know."),
                tr("Give its shape."),
            )
        if place >= 0:
            (leading if axis < added else ones).append(place)
        if size != 1 and (place < 0 or given.shape[place] == 1):
            count = count * (out.sizes[axis] if out.sizes else number(size or 0))
    if ones and (given.ndim > len(leading) + len(ones) or any(given.shape[place] != 1 for place in ones)):
        given = _summed(given, [place for place in ones if given.shape[place] != 1], out, keepdims=True)
    given = _summed(given, leading if len(leading) < given.ndim else None if leading else [], out, keepdims=False)
    return given * count if count.text != "1" else given


def _summed(given: Part, axes: list[int] | None, out: Part, *, keepdims: bool) -> Part:
    """Write the sum over ``axes``, all of them for None; a mean where their sizes stand below."""
    if axes == []:
        return given
    places = range(given.ndim) if axes is None else axes
    missing = out.ndim - given.ndim
    count = number(1)
    for place in places:
        if given.shape[place] == 1:
            continue  # it counts already for all that are missing
        size = out.shape[missing + place]
        count = count * (out.sizes[missing + place] if out.sizes else number(size or 0))
    shape = tuple(
        1 if axis in places else size for axis, size in enumerate(given.shape) if keepdims or axis not in places
    )
    counted = given * count
    if count.text != "1" and _is_below(count, given):
        return total(counted, axis_text(axes), shape, keepdims=keepdims, function="mean")
    return total(given, axis_text(axes), shape, keepdims=keepdims)


def _is_below(count: Part, given: Part) -> bool:
    """Tell whether a gradient is divided by a count."""
    below = [factor.key for factor in given.divisors]
    return given.divisor % (count.coefficient or 1) == 0 and all(factor.key in below for factor in count.factors)


class Total(Record, eq=False):
    """What ``sum(inside, axis=axes, keepdims=keepdims)`` is made of."""

    function: str
    inside: Part
    axes: tuple[int, ...]
    keepdims: bool


def total(given: Part, axis: str | None, shape: Shape, *, keepdims: bool = False, function: str = "sum") -> Part:
    """Write ``sum(given, axis=axis)``; what is the same all along the axis stands outside."""
    axes = None if axis is None else tuple(int(a) % max(given.ndim, 1) for a in re.findall(r"-?\d+", axis))
    if not keepdims or axes is None:
        return linear(given, lambda inside: _total(inside, axes, axis, shape, function))
    outside, inside = number(1), given
    for factor in (*given.factors, *given.divisors):
        one = Part(factor.shape, (factor,))
        same = all(_size_at(factor.shape, place, given.ndim) == 1 for place in axes)
        moved = inside / one if factor in given.factors else inside * one
        if factor.shape and same and moved.shape == given.shape:
            outside, inside = outside * one if factor in given.factors else outside / one, moved

    def kept(inside: Part) -> Part:
        if is_centred(inside, axes):
            return number(0)
        text = call(function, inside, axis=axis, keepdims="True", shape=shape).factor()
        return Part(shape, (replace(text, form=Total(function, inside, axes, keepdims=True)),))

    return outside * linear(inside, kept)


def _total(inside: Part, axes: tuple[int, ...] | None, axis: str | None, shape: Shape, function: str) -> Part:
    if is_centred(inside, axes):
        return number(0)
    found = call(function, inside, axis=axis, shape=shape).factor()
    every = tuple(range(inside.ndim)) if axes is None else axes
    return Part(shape, (replace(found, form=Total(function, inside, every, keepdims=False)),))


def averaged(given: Part, of: Part, axes: tuple[int, ...] | None) -> Part:
    """Divide a gradient by the count of cells of ``of`` along ``axes``; a sum over as many cells becomes their mean."""
    every = tuple(range(of.ndim)) if axes is None else axes
    for place, factor in enumerate(given.factors):
        form = factor.form
        if isinstance(form, Total) and form.function == "sum" and form.axes == every and form.inside.shape == of.shape:
            axis = None if axes is None else axis_text(axes)
            mean = total(form.inside, axis, factor.shape, keepdims=form.keepdims, function="mean")
            rest = replace(given, factors=given.factors[:place] + given.factors[place + 1 :], terms=())
            return rest * mean
    return given / size_text(of, axes)


def _size_at(shape: Shape, place: int, ndim: int) -> int | None:
    """Give the size that a factor has along an axis of the whole."""
    place -= ndim - len(shape)
    return shape[place] if place >= 0 else 1


class Centred(Record):
    """The mark of what has had its mean along ``axes`` taken away, all of them for None: its sum is 0."""

    axes: tuple[int, ...] | None


def is_centred(given: Part, axes: tuple[int, ...] | None) -> bool:
    """Tell whether the sum along the axes is 0."""
    one = given.factors[0] if len(given.factors) == 1 and not given.divisors else None
    if one is not None and one.chain and axes == (0,) and given.ndim == 2:
        one = one.chain[0]  # the sums of a product are the product of the sums
    form = None if one is None else one.form
    every = tuple(range(given.ndim))
    return isinstance(form, Centred) and set(every if axes is None else axes) == set(
        every if form.axes is None else form.axes
    )


def axis_text(axes: Sequence[int] | None) -> str | None:
    """Write an argument ``axis=``, None for all axes."""
    if axes is None:
        return None
    if not axes:
        return "()"
    return str(axes[0]) if len(axes) == 1 else f"({', '.join(map(str, axes))})"


def size_text(of: Part, axes: tuple[int, ...] | None) -> Part:
    """Write how many cells there are along ``axes``, all for None: ``x.shape[0]``, or the number."""
    if axes is None or len(axes) == of.ndim:
        if of.size is not None:
            return of.size
        axes = tuple(range(of.ndim))
    found = number(1)
    for axis in axes:
        size = of.shape[axis]
        found = found * (of.sizes[axis] if of.sizes else number(size if size is not None else 0))
    return found


def in_a_row(x: Part) -> Part:
    """Write all cells in one row."""
    if x.ndim == 1:
        return x
    size = 1 if None not in x.shape else None
    for count in x.shape:
        size = None if size is None or count is None else size * count
    flat = call("ravel", x, shape=(size,))
    return Part(flat.shape, flat.factors, sizes=(size_text(x, None),), size=size_text(x, None))
