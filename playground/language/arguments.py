"""The arguments of one call, bound to parameters, and read as what the function's rules need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from playground.language import vocabulary as words
from playground.language.mistake import Mistake
from playground.language.signature import Signature
from playground.language.values import MISSING, Value
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playground.language.axes import AxisClasses
    from playground.language.table.row import Function

_MOST_BYTES = int(np.iinfo(np.intp).max)

DTYPE_NAMES: Final[dict[str, np.dtype]] = {name: np.dtype(full) for name, full in words.DTYPES.items()} | {
    code: np.dtype(code)
    for code in "? b h i l q B H I L Q e f d F D b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16".split()  # noqa: SIM905
}
"""Every text that names a dtype; anything else NumPy would read into one, such as ``O``, has no place here."""


_COUNTS: Final = {"eye": ("N", "M"), "identity": ("n",), "vander": ("N",), "one_hot": ("num_classes",)} | dict.fromkeys(
    (f"fft.{name}" for name in ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft")), ("n",)
)
"""Numbers for which NumPy takes no truth."""


_NO_TUPLES: Final = frozenset({"astype", "unstack"})
"""Functions that take nothing but an array."""


class Coercer(Protocol):
    """What can read a list as an array, leaving a step behind."""

    def array_of(self, value: Value) -> Value:
        """Give ``value`` with a signature; raises ``Mistake``."""
        ...


class Arguments:
    """One call's arguments by parameter name; the methods raise ``Mistake`` for what doesn't fit."""

    def __init__(
        self,
        function: Function,
        values: Mapping[str, Value],
        axes: AxisClasses,
        coercer: Coercer,
        *,
        is_method: bool = False,
    ) -> None:
        self.function = function
        self.is_method = is_method
        self.values = values
        self.axes = axes
        self._coercer = coercer

    @property
    def shown(self) -> str:
        """The function's name for messages."""
        return self.function.name

    def given(self, name: str) -> bool:
        """Tell whether the parameter was given and isn't None."""
        value = self.values.get(name)
        return value is not None and value.constant is not None

    def array(self, name: str) -> Value:
        """Give the argument as an array; several results are stacked, as NumPy's functions do."""
        value = self.values[name]
        return self._coercer.array_of(value if value.several is None or self.is_method else self._stacked(value))

    def _stacked(self, value: Value) -> Value:
        """Give several results as one array, themselves where they differ in shape."""
        items = [] if value.several is None else value.several.items
        if len({item.shape for item in items}) != 1 or self.function.name in _NO_TUPLES:
            return value
        signature = Signature((len(items), *items[0].shape), np.result_type(*(item.dtype for item in items)))
        return Value(value.text, value.span, signature, self.axes.fresh(signature.ndim))

    def as_array(self, value: Value) -> Value:
        """Give a part of an argument as an array."""
        return self._coercer.array_of(value)

    def signature(self, name: str) -> Signature:
        """Give the signature of the argument as an array."""
        signature = self.array(name).signature
        assert signature is not None
        return signature

    def dtype_of(self, name: str) -> np.dtype:
        """Give the dtype of the argument as an array."""
        return self.signature(name).dtype

    def arrays(self, name: str) -> list[Value]:
        """Give the arrays of a list argument; an array counts as the list of its first axis."""
        value = self.values[name]
        if value.items is not None:
            return [self._coercer.array_of(item) for item in value.items]
        whole = self._coercer.array_of(value)
        signature = whole.signature
        assert signature is not None
        if not signature.shape or signature.shape[0] is None or signature.shape[0] > words.MAX_NODES:
            raise Mistake(
                "argument",
                tr("{function} needs a list of arrays.", function=self.shown),
                tr("Write {function}([A, B]).", function=self.shown),
                span=value.span,
            )
        part = Signature(signature.shape[1:], signature.dtype)
        return [
            Value(f"{value.text}[{i}]", value.span, part, self.axes.fresh(part.ndim)) for i in range(signature.shape[0])
        ]

    def constant(self, name: str) -> object:
        """Give the value of an argument that must be known before running, or its default."""
        value = self.values.get(name)
        if value is None:
            return self.function.parameter(name).default
        if value.constant is not MISSING:
            return self._coercer.array_of(value).constant if isinstance(value.constant, int) else value.constant
        hint = tr("Write a number, or one that follows from a shape, such as A.shape[0].")
        if name == "axis":
            hint = tr("It is the number of an axis; two arrays cell by cell are maximum(A, B), A + B and so on.")
        raise Mistake(
            "not-constant",
            tr("{parameter} of {function} must be known before running.", parameter=name, function=self.shown),
            hint,
            span=value.span,
        )

    def flag(self, name: str) -> bool:
        """Give a yes-or-no argument."""
        value = self.constant(name)
        if not isinstance(value, (bool, int)):
            raise self._wrong(name, tr("True or False"))
        return bool(value)

    def integer(self, name: str) -> int:
        """Give a whole-number argument."""
        value = self.constant(name)
        if not isinstance(value, int) or (value is True and name in _COUNTS.get(self.function.name, ())):
            raise self._wrong(name, tr("a whole number"))
        return int(value)

    def integers(self, name: str) -> tuple[int, ...]:
        """Give an argument that is one whole number or a tuple of them."""
        value = self.constant(name)
        items = value if isinstance(value, (tuple, list)) else (value,)
        if not all(isinstance(item, int) for item in items):
            raise self._wrong(name, tr("a whole number or a tuple of them"))
        return tuple(int(item) for item in items if isinstance(item, int))

    def shape(self, name: str) -> tuple[int, ...]:
        """Give a shape argument: no negative sizes."""
        sizes, written = self.integers(name), self.constant(name)
        if isinstance(written, bool) or (isinstance(written, (tuple, list)) and bool in map(type, written)):
            raise self._wrong(name, tr("whole numbers, not truths"))
        if any(size < 0 for size in sizes):
            raise self._wrong(name, tr("sizes of 0 or more"))
        check_size(sizes)
        return sizes

    def choice(self, name: str, choices: Sequence[object]) -> object:
        """Give an argument that is one of ``choices``."""
        value = self.constant(name)
        if not any(type(value) is type(choice) and value == choice for choice in choices):
            raise self._wrong(name, tr(" or ").join(repr(choice) for choice in choices))
        return value

    def axis(self, name: str, ndim: int, *, of_result: bool = False) -> int:
        """Give an axis argument counted from the front; ``of_result`` where it is one that only the result has."""
        axis, value = self.integer(name), self.values.get(name)
        if value is not None and isinstance(value.constant, bool):
            raise self._no_axis(name)
        if -ndim <= axis < ndim:
            return axis % ndim
        return normal_axis(axis, ndim, value, self.shown_with_operand(), of_result=of_result)

    def _no_axis(self, name: str) -> Mistake:
        value = self.values[name]
        return Mistake(
            "argument",
            tr("The axis of {function} is a number, and {value} is a truth.", function=self.shown, value=value.text),
            tr("Write axis=0, or keepdims=True for a truth that keeps the axes."),
            span=value.span,
        )

    def axes_or_all(self, name: str, ndim: int, *, lenient: bool = False) -> tuple[int, ...]:
        """Give an argument that is None (all axes), one axis, or a tuple of axes.

        ``lenient`` allows axis 0 of a single number, as NumPy's older functions do.
        """
        if not self.given(name):
            usual = None if name in self.values else self.function.parameter(name).default
            if usual is None:
                return tuple(range(ndim))
        constant, value = self.constant(name), self.values.get(name)
        if lenient and ndim == 0 and constant in (0, -1):
            return ()
        if isinstance(constant, list):
            raise self._wrong(name, tr("a whole number or a tuple of them"))
        given = self.integers(name)
        if bool in map(type, constant if isinstance(constant, tuple) else (constant,)):
            raise self._no_axis(name)
        if all(-ndim <= axis < ndim for axis in given):
            axes = tuple(axis % ndim for axis in given)
        else:
            axes = tuple(normal_axis(axis, ndim, value, self.shown_with_operand()) for axis in given)
        if len(set(axes)) < len(axes):
            span = None if value is None else value.span
            raise Mistake("axis", tr("{function} was given the same axis twice.", function=self.shown), span=span)
        return axes

    def dtype(self, name: str) -> np.dtype | None:
        """Give a dtype argument, None where it isn't given."""
        if not self.given(name):
            return None
        value = self.constant(name)
        if isinstance(value, np.dtype):
            return value
        found = DTYPE_NAMES.get(value) if isinstance(value, str) else None
        if found is None:
            raise self._no_dtype(name, value)
        return found

    def _no_dtype(self, name: str, value: object) -> Mistake:
        mistake = self._wrong(name, tr("a dtype such as float32"))
        names = [parameter.name for parameter in self.function.parameters if parameter.by_position]
        if isinstance(value, (int, float, tuple, list)) and name in names:
            place = names.index(name) + 1
            mistake.message = tr("Argument {n} of {function} is the dtype, and {value} is none.",
                                 n=place, function=self.shown, value=self.values[name].text)  # fmt: skip
            mistake.hint = tr("Sizes and axes that belong together are one tuple: (2, 3).")
        return mistake

    def shown_with_operand(self) -> str:
        """Give the function's name with the array that it works on: ``sum of A (3, 2)``."""
        from playground.language.rules.shapes import described  # its rules read arguments

        for value in self.values.values():
            if value.signature is not None and not value.signature.weak:
                return tr("{function} of {operand}", function=self.shown, operand=described(value))
        return self.shown

    def _wrong(self, name: str, expected: str) -> Mistake:
        value = self.values.get(name)
        return Mistake(
            "argument",
            tr("{parameter} of {function} must be {expected}.",
               parameter=name, function=self.shown, expected=expected),
            span=None if value is None else value.span,
        )  # fmt: skip


def normal_axis(axis: int, ndim: int, value: Value | None, shown: str, *, of_result: bool = False) -> int:
    """Count ``axis`` from the front; raises ``Mistake`` where there is no such axis.

    ``of_result`` says that the axis is new, so that it is the result's axes that are counted.
    """
    if -ndim <= axis < ndim:
        return axis % ndim
    have = tr("a single number has no axes") if ndim == 0 else tr("there are {n} axes, 0 to {m}", n=ndim, m=ndim - 1)
    if ndim == 1:
        have = tr("there is only axis 0")
    if of_result:
        have = tr("the result has {n} axes, 0 to {m}", n=ndim, m=ndim - 1)
    raise Mistake(
        "axis",
        tr("{function} asks for axis {axis}, but {have}.", function=shown, axis=axis, have=have),
        "" if ndim else tr("Several numbers are one list: [3, 2, 1]. What comes after it is the axis."),
        span=None if value is None else value.span,
    )


def check_size(shape: Sequence[int | None], itemsize: int = 1) -> None:
    """Raise ``Mistake`` for more axes or bytes than NumPy can count."""
    if len(shape) > 64:
        raise Mistake("too-large", tr("An array has at most 64 axes."))
    total = itemsize
    for size in shape:
        total *= size or 1
    if total > _MOST_BYTES:
        raise Mistake("too-large", tr("No computer can hold an array this large."))
