"""The steps of a chain as the CPU calls them: which universal function writes where it is told to, and into what."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from playground.compute.functions.targets import numpy_function
from playground.compute.planning.chains import COSTLY
from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.compute.planning.steps import PlanStep

_OPERATORS: Final[dict[str, np.ufunc]] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.true_divide, "//": np.floor_divide, "%": np.remainder,
    "==": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
    "&": np.bitwise_and, "and": np.bitwise_and, "|": np.bitwise_or, "^": np.bitwise_xor, ">>": np.right_shift,
}  # fmt: skip

_UNARY: Final[dict[str, np.ufunc]] = {"-": np.negative, "+": np.positive, "~": np.invert}


def _of_base(function: np.ufunc) -> Callable[..., Any]:
    """Give ``function`` of a power's base; the exponent says nothing more."""
    return lambda base, _exponent, out: function(base, out=out)


_POWERS: Final[dict[float, Callable[..., Any]]] = {
    2: _of_base(np.square), 0.5: _of_base(np.sqrt), -1: _of_base(np.reciprocal), 1: _of_base(np.positive)
}  # fmt: skip
"""What Python's ``**`` calls for these exponents of a floating-point array."""

_WHOLE_POWERS: Final = {exponent: _POWERS[exponent] for exponent in (1, 2)}
_REAL_DTYPES: Final = frozenset("efd")

_LIGHT_STEPS: Final = 2
_KEPT: Final = 64
_cache: OrderedDict[int, tuple[PlanStep, Cells]] = OrderedDict()


class Cell(Record, eq=False):
    """One step of a chain.

    Attributes
    ----------
    inner
        The step.
    universal
        Gives the universal function for the step's arguments; None where there is none that takes ``out``.
    ends
        Slots that no later step needs.
    register
        Which of a thread's rooms the result of a piece is written into; None for the last step, and for one that makes
        its own.
    """

    inner: PlanStep
    universal: Callable[[list[Any]], Callable[..., Any] | None] | None
    ends: tuple[int, ...]
    register: int | None


class Cells(Record, eq=False):
    """The steps of a chain.

    Attributes
    ----------
    steps
        In order.
    registers
        Bytes of one cell that each register must have room for.
    is_light
        Whether NumPy's way is as good: one step, and a second one written over its result, both waiting for memory.
    """

    steps: tuple[Cell, ...]
    registers: tuple[int, ...]
    is_light: bool


def cells_of(step: PlanStep) -> Cells:
    """Give the steps of a chain; those of the last few chains at once."""
    found = _cache.get(id(step))
    if found is not None:
        return found[1]
    made = _made(step)
    _cache[id(step)] = (step, made)  # the step is kept, so that its id stays taken
    while len(_cache) > _KEPT:
        _cache.popitem(last=False)
    return made


def _made(step: PlanStep) -> Cells:
    first, last = len(step.arguments), len(step.inner) - 1
    last_use = {slot: at for at, inner in enumerate(step.inner) for slot in inner.slots}
    registers: list[int] = []
    free: list[int] = []
    of_slot: dict[int, int] = {}
    cells = []
    for at, inner in enumerate(step.inner):
        universal = _universal(inner)
        register = None
        if universal is not None and at < last:
            itemsize = inner.signature.dtype.itemsize  # type: ignore[union-attr] # the steps of a chain have one
            register = free.pop() if free else len(registers)
            registers[register:] = [max(itemsize, *registers[register : register + 1], 0), *registers[register + 1 :]]
            of_slot[first + at] = register
        ends = tuple(slot for slot in inner.slots if last_use[slot] == at)
        # Only now: what a step reads is no room for what it writes.
        free += [of_slot[slot] for slot in ends if slot in of_slot]
        cells.append(Cell(inner, universal, ends, register))
    return Cells(tuple(cells), tuple(registers), _is_light(step, cells))


def _is_light(step: PlanStep, cells: list[Cell]) -> bool:
    dtypes = {inner.signature.dtype for inner in step.inner}  # type: ignore[union-attr] # the steps of a chain have one
    universal = all(cell.universal is not None and cell.inner.target not in COSTLY for cell in cells)
    return len(cells) == _LIGHT_STEPS and universal and len(dtypes) == 1 and step.donor is None


def _universal(inner: PlanStep) -> Callable[[list[Any]], Callable[..., Any] | None] | None:
    kind, colon, sign = inner.target.partition(":")
    if inner.target == "op:**":
        return _power
    function = (_OPERATORS if kind == "op" else _UNARY).get(sign) if colon else numpy_function(inner.target)
    return (lambda _arguments: function) if isinstance(function, np.ufunc) else None


def _power(arguments: list[Any]) -> Callable[..., Any] | None:
    """What Python's ``**`` calls; None where only it knows (complex numbers, bool, arrays without axes)."""
    base, exponent = arguments
    if not isinstance(base, np.ndarray):
        known = type(base) in (int, float) and exponent.dtype.char in _REAL_DTYPES and exponent.ndim
        return np.power if known else None
    if not base.ndim or (base.dtype.char not in _REAL_DTYPES and base.dtype.kind not in "iu"):
        return None
    if type(exponent) in (int, float):
        if base.dtype.kind == "f":
            return _POWERS.get(exponent, np.power)
        return _WHOLE_POWERS.get(exponent, np.power) if type(exponent) is int else np.power
    known = isinstance(exponent, np.ndarray) and exponent.ndim and exponent.dtype.kind in "iuf"
    return np.power if known else None
