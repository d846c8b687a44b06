"""What the steps of a chain are inside a kernel that CuPy makes of them: the same operations, traced once.

CuPy's ``fuse`` calls a function with stand-ins for its arguments and notes each universal function that is asked of
them. What isn't one of those (an activation, ``where``, ``**``) is put together here from the same universal functions
that it is made of step by step, so that a cell of the result is the same, whichever way it went.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from playground.compute.functions import own
from playground.compute.functions.operators import SHARED
from playground.compute.planning.chains import OWN_CELLWISE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from playground.compute.planning.steps import PlanStep

# ruff: noqa: ANN401 - CuPy ships no types

_OPERATORS: Final = {
    "add": "add", "sub": "subtract", "mul": "multiply", "truediv": "true_divide", "floordiv": "floor_divide",
    "mod": "remainder", "and": "bitwise_and", "or": "bitwise_or", "xor": "bitwise_xor", "lshift": "left_shift",
    "rshift": "right_shift",
}  # fmt: skip
_COMPARISONS: Final = {
    "eq": "equal", "ne": "not_equal", "lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal",
}  # fmt: skip
_UNARY: Final = {"neg": "negative", "invert": "invert"}

_TRUTHS: Final = frozenset({"logical_and", "logical_or", "logical_xor", "logical_not"})
_POWERS: Final = frozenset({"op:**", "power"})
_WHERE: Final = "where"

_ENDS_IN_A_PRODUCT: Final = frozenset({"deg2rad", "rad2deg", "radians", "degrees"})
"""The compiler would join that product with a sum that follows, and round only once."""

_ROUNDED: Final = {"ff->f": "out0 = __fmul_rn(in0, in1)", "dd->d": "out0 = __dmul_rn(in0, in1)"}
"""Products that are rounded by themselves: otherwise ``A * A - B * B`` wouldn't be 0 where A and B are equal."""


_RANK: Final = {"b": 0, "u": 1, "i": 1, "f": 2, "c": 2}
"""Kinds of dtype as CuPy ranks them, to choose between a number of Python's and an array."""


class UnfusableError(Exception):
    """A step that is no part of a kernel."""


class Cell:
    """What stands for one cell of an array, or for a number, while a kernel is made."""

    __hash__ = None  # type: ignore[assignment] # what compares cell by cell has none

    def __init__(self, kernel: Kernel, value: Any) -> None:
        self.kernel = kernel
        self.value = value

    @property
    def dtype(self) -> np.dtype:
        """That of the array; of a number, that of Python's type."""
        found: np.dtype = np.dtype(self.value.dtype)
        return found

    def __pos__(self) -> Cell:
        return self


def _give_operators() -> None:
    """Let Python's operators on cells be CuPy's universal functions."""

    def forward(function: str) -> Callable[[Cell, Any], Cell]:
        return lambda self, other: self.kernel.call(function, self, other)

    def backward(function: str) -> Callable[[Cell, Any], Cell]:
        return lambda self, other: self.kernel.call(function, other, self)

    def alone(function: str) -> Callable[[Cell], Cell]:
        return lambda self: self.kernel.call(function, self)

    for name, function in (_OPERATORS | _COMPARISONS).items():
        setattr(Cell, f"__{name}__", forward(function))
    for name, function in _OPERATORS.items():
        setattr(Cell, f"__r{name}__", backward(function))
    for name, function in _UNARY.items():
        setattr(Cell, f"__{name}__", alone(function))


_give_operators()


class Kernel:
    """The array module inside a kernel: as much of it as functions of cells need, over CuPy's universal functions."""

    float64, float32, int64 = np.float64, np.float32, np.int64

    def __init__(self, cupy: Any) -> None:
        self._cupy = cupy
        loops = tuple((loop, _ROUNDED[loop]) if loop in _ROUNDED else loop for loop in cupy.multiply.types)
        self._product = cupy._core.create_ufunc("rounded_product", loops, "out0 = in0 * in1")

    def call(self, name: str, *arguments: Any) -> Cell:
        """Ask the universal function ``name`` of cells and numbers; raises `UnfusableError` where it is none."""
        if name == "square":
            return self.call("multiply", *arguments, *arguments)
        function = self._product if name == "multiply" else getattr(self._cupy, name, None)
        if name in _ENDS_IN_A_PRODUCT or not isinstance(function, self._cupy.ufunc):
            raise UnfusableError(name)
        return Cell(self, function(*_settled(arguments)))

    def __getattr__(self, name: str) -> Callable[..., Cell]:
        return lambda *arguments: self.call(name, *arguments)

    def where(self, condition: Cell, x: Any, y: Any) -> Cell:
        """Choose cell by cell; what isn't 0 is true."""
        if condition.dtype != np.bool_:
            condition = self.call("not_equal", condition, 0)
        return Cell(self, self._cupy.where(*_settled((condition, x, y))))

    def asarray(self, value: Any, dtype: Any = None) -> Any:
        """Give a cell as it is or as ``dtype``; a number as what ``dtype`` holds of it."""
        if isinstance(value, Cell):
            return value if dtype is None else self.astype(value, dtype)
        return value if dtype is None else np.asarray(value, dtype).item()

    def astype(self, x: Cell, dtype: Any, *, copy: bool = True) -> Cell:
        """Give a cell as ``dtype``; nothing is ever copied."""
        del copy
        return x if x.dtype == dtype else Cell(self, x.value.astype(np.dtype(dtype)))

    def zeros(self, _shape: tuple[()], dtype: Any) -> Any:
        """A zero, which takes the dtype of what it meets."""
        return np.zeros((), dtype).item()

    def zeros_like(self, x: Cell) -> Any:
        """A zero, which takes the dtype of what it meets."""
        return self.zeros((), x.dtype)

    def isdtype(self, dtype: Any, kind: str) -> bool:
        """As NumPy's."""
        return bool(np.isdtype(np.dtype(dtype), kind))

    def result_type(self, *dtypes: Any) -> np.dtype:
        """As NumPy's."""
        return np.result_type(*dtypes)


def power_in_short(call: Callable[..., Any], base: Any, exponent: Any, *, is_operator: bool) -> Any:
    """Give the power of an array the way NumPy goes for exponents that it knows a shorter one for, None for others.

    ``call`` asks a universal function by its name. Python's operator knows more of them than the function ``power``.
    """
    if getattr(base, "dtype", np.dtype(bool)).kind != "f" or not isinstance(exponent, int | float):
        return None
    if exponent == 2:
        return call("multiply", base, base)
    ways = {1: "positive", 0.5: "sqrt", -1: "reciprocal"}
    return call(ways[exponent], base) if is_operator and exponent in ways else None


def bound_slots(steps: Sequence[PlanStep]) -> frozenset[int]:
    """Slots whose numbers, where they hold one, must be known while the kernel is made; others are its arguments."""
    bound: set[int] = set()
    for inner in steps:
        if inner.target in _POWERS:
            bound.update(inner.arguments[1:])
        elif inner.target in OWN_CELLWISE and inner.target != _WHERE:
            bound.update(inner.slots)
    return frozenset(bound)


def traced(
    kernel: Kernel, inner: PlanStep, function: Callable[..., Any], arguments: Sequence[Any], named: Mapping[str, Any]
) -> Cell:
    """Ask one step of cells and numbers; raises `UnfusableError` where a kernel can't hold it.

    ``function`` is what the step calls outside of one.
    """
    found = _asked(kernel, inner, function, arguments, named)
    if not isinstance(found, Cell) or found.dtype != inner.signature.dtype:  # type: ignore[union-attr] # cells have one
        raise UnfusableError(inner.target)
    return found


def _asked(
    kernel: Kernel, inner: PlanStep, function: Callable[..., Any], arguments: Sequence[Any], named: Mapping[str, Any]
) -> Any:
    target = inner.target
    if target in OWN_CELLWISE and target != _WHERE:
        found = own.bind(target, kernel)
        return found(*arguments, **named) if found is not None else None
    if named:
        raise UnfusableError(target)
    if target in _POWERS:
        return _power(kernel, *arguments, is_operator=target != "power")
    if target == _WHERE:
        return kernel.where(*arguments)
    if target in _TRUTHS:
        return kernel.call(target, *(kernel.call("not_equal", item, 0) for item in arguments))
    shared = SHARED.get(target)
    return kernel.call(target, *arguments) if shared is None or shared is not function else shared(*arguments)


def _power(kernel: Kernel, base: Any, exponent: Any, *, is_operator: bool) -> Any:
    short = power_in_short(kernel.call, base, exponent, is_operator=is_operator)
    if short is not None:
        return short
    kinds = {_dtype(base).kind, _dtype(exponent).kind}
    whole = not kinds & set("fc")
    counts_up = _dtype(exponent).kind == "u" or (isinstance(exponent, int) and exponent >= 0)
    if "b" in kinds or (whole and not counts_up):
        raise UnfusableError  # whether NumPy would refuse it is seen outside, by the numbers
    return kernel.call("power", base, exponent)


def _settled(arguments: Sequence[Any]) -> list[Any]:
    """Give what CuPy's universal functions take; numbers of a higher kind than every array get a dtype of their own.

    Outside of a kernel they do that themselves. Inside, ``uint8 * 0.1`` would be computed in the first dtype that has
    room for both kinds, float16.
    """
    ranks = [_RANK[_dtype(item).kind] for item in arguments]
    highest = max((rank for rank, item in zip(ranks, arguments, strict=True) if not _is_number(item)), default=3)
    return [
        _with_dtype(item) if _is_number(item) and rank > highest else item.value if isinstance(item, Cell) else item
        for rank, item in zip(ranks, arguments, strict=True)
    ]


def _with_dtype(number: Any) -> Any:
    if isinstance(number, Cell):
        raise UnfusableError  # CuPy would convert it by way of float16
    return _dtype(number).type(number)


def _is_number(item: Any) -> bool:
    return not isinstance(item, Cell) or item.value.ndim < 0


def _dtype(item: Any) -> np.dtype:
    return item.dtype if isinstance(item, Cell) else np.dtype(type(item))
