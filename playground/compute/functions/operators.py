"""Steps that aren't rows of the function table: operators, attributes, indexing, and the building of lists."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, Final

from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_BITS = 4096
"""Whole numbers in a formula may grow to this many bits; an array holds 64, and 9**9**9 would never end."""

ARRAY: Final = "array-of-items"
"""Target that makes an array of the items of a list; its first argument is the dtype or None."""

LIST: Final = "list"
TUPLE: Final = "tuple"
SLICE: Final = "slice"
SHAPE: Final = "attr:shape"
STRIDES: Final = "attr:strides"

WITHIN: Final = "within"
"""Target of ``within(arrays, least, most)``: whether every part of every cell is 0 or between those in magnitude.

Parts are the real and the imaginary one; nan and the infinities are not between.
"""

BUILDERS: Final = frozenset({LIST, TUPLE, SLICE})
"""Targets whose result only holds what goes into it."""


def _power(base: Any, exponent: Any) -> Any:  # noqa: ANN401 - arrays and scalars of any device
    if isinstance(base, int) and isinstance(exponent, int) and abs(exponent) * abs(base).bit_length() > _MOST_BITS:
        raise OverflowError(tr("{base} ** {exponent} is too large a number.", base=base, exponent=exponent))
    return base**exponent


def _shift(value: Any, places: Any) -> Any:  # noqa: ANN401
    if isinstance(value, int) and isinstance(places, int) and places > _MOST_BITS:
        raise OverflowError(tr("{value} << {places} is too large a number.", value=value, places=places))
    return value << places


def _turned_and_conjugated(value: Any) -> Any:  # noqa: ANN401
    turned = value.mT
    return turned.conj() if turned.dtype.kind == "c" else turned


def _index(value: Any, *items: Any) -> Any:  # noqa: ANN401
    return value[items[0]] if len(items) == 1 else value[items]


def _build_list(*items: Any) -> list[Any]:  # noqa: ANN401
    return list(items)


def _build_tuple(*items: Any) -> tuple[Any, ...]:  # noqa: ANN401
    return items


def array_of_items(xp: Any, dtype: str | None, *items: Any) -> Any:  # noqa: ANN401
    """Stack ``items``, scalars or arrays of one shape, along a new first axis, as ``array([a, b])`` does."""
    stacked = xp.stack([xp.asarray(item) for item in items])
    return stacked if dtype is None else stacked.astype(dtype, copy=False)


_BINARY: Final[dict[str, Callable[..., Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": _power,
    "@": operator.matmul,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "&": operator.and_,
    "and": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "<<": _shift,
    ">>": operator.rshift,
}

_UNARY: Final[dict[str, Callable[..., Any]]] = {"-": operator.neg, "+": operator.pos, "~": operator.invert}

_ATTRIBUTES: Final = ("T", "mT", "real", "imag", "shape", "strides", "ndim", "size", "dtype", "itemsize", "nbytes")

SHARED: Final[dict[str, Callable[..., Any]]] = {
    **{f"op:{sign}": function for sign, function in _BINARY.items()},
    **{f"unary:{sign}": function for sign, function in _UNARY.items()},
    **{f"attr:{name}": operator.attrgetter(name) for name in _ATTRIBUTES},
    "attr:H": _turned_and_conjugated,
    "item": operator.getitem,
    "index": _index,
    LIST: _build_list,
    TUPLE: _build_tuple,
    SLICE: slice,
}
"""The callables that are the same on every device."""
