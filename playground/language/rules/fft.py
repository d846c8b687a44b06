"""Shapes, dtypes and operations of ``numpy.fft``."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.arguments import check_size, normal_axis
from playground.language.mistake import Mistake
from playground.language.rules.dtypes import FLOAT, inexact, real_of, undefined
from playground.language.rules.shapes import Shaped, broadcast, described, shown, signature_of
from playground.language.signature import Signature
from playground.language.values import Value
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.rules.dtypes import DtypeRule
    from playground.language.rules.shapes import FlopRule, ShapeRule

COMPLEX: Final = "complex"
TO_HALF: Final = "real to half"
FROM_HALF: Final = "half to real"
"""What a transform along one axis does: complex numbers to as many; real ones to the half that says all; and back."""


class Pass(Record):
    """A transform along one axis.

    Attributes
    ----------
    axis
        Which one.
    points
        How many points are transformed; None where the data decides.
    kind
        ``COMPLEX``, ``TO_HALF`` or ``FROM_HALF``.
    lines
        How many such transforms there are side by side; None where the data decides.
    """

    axis: int
    points: int | None
    kind: str
    lines: int | None

    @property
    def size(self) -> int | None:
        """Size of the axis afterwards."""
        return self.points // 2 + 1 if self.kind == TO_HALF and self.points is not None else self.points


Passes = Callable[["Arguments"], list[Pass]]


def one_axis(kind: str) -> Passes:
    """Make the rule of ``fft``, ``rfft``, ``irfft`` and their like: one pass along ``axis``."""

    def passes(arguments: Arguments) -> list[Pass]:
        value = _transformable(arguments)
        axis = arguments.axis("axis", signature_of(value).ndim)
        points = arguments.integer("n") if arguments.given("n") else None
        return [_pass(arguments, list(signature_of(value).shape), axis, points, kind)]

    return passes


def several_axes(kind: str) -> Passes:
    """Make the rule of ``fftn``, ``rfftn``, ``irfftn`` and their like, in the order in which NumPy goes."""

    def passes(arguments: Arguments) -> list[Pass]:
        value = arguments.array("a") if kind == COMPLEX else _transformable(arguments)
        _check_norm(arguments)
        shape = list(signature_of(value).shape)
        points, axes = _points_and_axes(arguments, shape)
        if kind != COMPLEX and not axes:
            raise Mistake("axis", tr("{function} needs an axis.", function=arguments.shown))
        pairs = list(zip(axes, points, [COMPLEX] * len(axes), strict=True))
        # Into the half NumPy goes from the last axis to the first; out of it, the half's axis comes last.
        pairs = pairs if kind == FROM_HALF else pairs[::-1]
        if pairs:
            half = -1 if kind == FROM_HALF else 0
            pairs[half] = (*pairs[half][:2], kind)
        found = []
        for axis, count, each in pairs:
            found.append(_pass(arguments, shape, axis, count, each))
            shape[axis] = found[-1].size
        return found

    return passes


def _transformable(arguments: Arguments) -> Value:
    value = arguments.array("a")
    _check_norm(arguments)
    if not signature_of(value).ndim:
        raise Mistake(
            "ndim",
            tr("{function} needs an axis to go along; {operand} is a single number.",
               function=arguments.shown, operand=shown(value)),
            span=value.span,
        )  # fmt: skip
    return value


def _check_norm(arguments: Arguments) -> None:
    arguments.choice("norm", (None, "backward", "ortho", "forward"))


def _pass(arguments: Arguments, shape: list[int | None], axis: int, points: int | None, kind: str) -> Pass:
    """Read one pass; raises ``Mistake`` where there is nothing to transform."""
    if points is None:
        size = shape[axis]
        points = 2 * (size - 1) if kind == FROM_HALF and size is not None else size
    if points is not None and points < 1:
        raise Mistake(
            "empty",
            tr("{function} needs at least one point; along axis {axis} of {operand} there would be {points}.",
               function=arguments.shown, axis=axis, operand=described(arguments.array("a")), points=points),
            clash=((0, axis),),
        )  # fmt: skip
    others = [size for place, size in enumerate(shape) if place != axis]
    check_size([*others, points])
    lines = None if None in others else math.prod(size or 0 for size in others)
    return Pass(axis, points, kind, lines)


def _points_and_axes(arguments: Arguments, shape: list[int | None]) -> tuple[list[int | None], list[int]]:
    """Read ``s`` and ``axes``: where ``s`` isn't given, and for -1 in it, the sizes are the array's own."""
    ndim = len(shape)
    sizes = _sequence(arguments, "s") if arguments.given("s") else None
    if arguments.constant("axes") is not None:
        axes = _sequence(arguments, "axes")
    else:
        axes = list(range(ndim)) if sizes is None else list(range(-len(sizes), 0))
    value = arguments.values.get("axes")
    found = [normal_axis(axis, ndim, value, arguments.shown) for axis in axes if axis is not None]
    if sizes is None:
        # None for the last one: the axis that comes out of the half is about twice as long as the array's.
        return [*(shape[axis] for axis in found[:-1]), *(None for _ in found[-1:])], found
    if len(sizes) != len(found):
        raise Mistake(
            "argument",
            tr("{function} needs a size for each axis: there are {n} sizes and {m} axes.",
               function=arguments.shown, n=len(sizes), m=len(found)),
            span=arguments.values["s"].span,
        )  # fmt: skip
    return [shape[axis] if size == -1 else size for size, axis in zip(sizes, found, strict=True)], found


def _sequence(arguments: Arguments, name: str) -> list[int | None]:
    constant = arguments.constant(name)
    whole = isinstance(constant, (tuple, list)) and all(isinstance(item, int) or item is None for item in constant)
    if not whole or (name == "axes" and None in constant):  # type: ignore[operator]
        raise Mistake(
            "argument",
            tr("{parameter} of {function} must be a tuple of whole numbers.", parameter=name, function=arguments.shown),
            span=arguments.values[name].span,
        )
    return list(constant)  # type: ignore[call-overload,no-any-return]


# -- rules of the rows -------------------------------------------------------------------------------------------


def shape_of(passes: Passes) -> ShapeRule:
    """Make the rule of the shape: axes that are transformed are new ones, they count frequencies."""

    def rule(arguments: Arguments) -> Shaped:
        value = arguments.array("a")
        shape, axes = list(signature_of(value).shape), list(value.axes)
        for done in passes(arguments):
            shape[done.axis] = done.size
            axes[done.axis] = arguments.axes.fresh(1)[0]
        check_size(shape)
        return Shaped(tuple(shape), tuple(axes))

    return rule


def dtype_of(passes: Passes) -> DtypeRule:
    """Make the rule of the dtype: single precision stays single, real input may give complex output and back."""

    def rule(arguments: Arguments) -> np.dtype:
        dtype = arguments.dtype_of("a")
        for done in passes(arguments):
            if done.kind == TO_HALF and dtype.kind == "c":
                raise undefined(arguments.shown, [arguments.array("a")])
            dtype = real_of(inexact(dtype)) if done.kind == FROM_HALF else _complex(dtype)
        return dtype

    return rule


def _complex(dtype: np.dtype) -> np.dtype:
    single = dtype in (np.dtype(np.float16), np.dtype(np.float32), np.dtype(np.complex64))
    return np.dtype(np.complex64 if single else np.complex128)


def flops_of(passes: Passes) -> FlopRule:
    """Make the rule of the operations: 5·n·log2(n) for n complex points, half of it for real ones.

    The count by which FFTW's benchmarks rate every algorithm (Frigo and Johnson, "The Design and Implementation of
    FFTW3", Proc. IEEE 93, 2005); it is that of the radix-2 algorithm.
    """

    def rule(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
        total = 0.0
        for done in passes(arguments):
            if done.points is None or done.lines is None:
                return None
            each = 5 * done.points * math.log2(done.points)
            total += done.lines * (each if done.kind == COMPLEX else each / 2)
        return round(total)

    return rule


# -- frequencies -------------------------------------------------------------------------------------------------


def frequencies(*, half: bool) -> ShapeRule:
    """Make the rule of ``fftfreq`` and, for the ``half`` of them, ``rfftfreq``."""

    def rule(arguments: Arguments) -> Shaped:
        count, spacing = arguments.integer("n"), _spacing(arguments)
        if isinstance(arguments.constant("n"), bool) or count == 0 or (count < 0 and not half):
            raise Mistake("argument", tr("{function} needs a number of points of 1 or more.", function=arguments.shown),
                          span=arguments.values["n"].span)  # fmt: skip
        if spacing.is_number and spacing.constant == 0:
            raise Mistake("argument", tr("{function} needs a spacing d that isn't 0.", function=arguments.shown),
                          span=spacing.span)  # fmt: skip
        size = max(count // 2 + 1, 0) if half else count
        check_size((size,))
        new = arguments.axes.fresh(1)
        points = Value(tr("the points"), spacing.span, Signature((size,), FLOAT), new)
        return broadcast([points, spacing], arguments.axes, arguments.shown)

    return rule


def _spacing(arguments: Arguments) -> Value:
    if "d" in arguments.values:
        return arguments.array("d")
    first = arguments.values["n"]
    return Value("1.0", first.span, Signature((), FLOAT), ())


def frequency_dtype(arguments: Arguments) -> np.dtype:
    """Dtype of ``fftfreq`` and ``rfftfreq``."""
    return np.dtype(np.complex128) if signature_of(_spacing(arguments)).dtype.kind == "c" else FLOAT


__all__ = ["COMPLEX", "FROM_HALF", "TO_HALF", "dtype_of", "flops_of", "frequencies", "frequency_dtype", "one_axis",
           "several_axes", "shape_of"]  # fmt: skip
