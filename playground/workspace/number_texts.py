"""Numbers written in a format other than the general one, and how much room all between two limits need.

A text is never cut off: what is too long is written with fewer digits, in the format as long as that goes.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from playground.workspace.number_formats import NumberFormat
from playground.workspace.numbers import display_text, readable, shortest_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_CHARACTERS: Final = 24
"""Room that any format but bits is given at most: a float64 with all its digits."""

INEXACT: Final = "≈"
"""Stands before a fraction that isn't the number itself."""

_FULL_ROOM = {2: len("−6.104e−5"), 4: len("−1.1754944e−38"), 8: MOST_CHARACTERS}
# The smallest exponents are those of the smallest subnormal numbers: 4.9e-324, 1.4e-45, 6e-8.
_EXPONENT_ROOM = {2: len("e−8"), 4: len("e−45"), 8: len("e−324")}
_INTEGER_EXPONENT_ROOM = len("e19")
_WHOLE_IN_ENGINEERING = 3
_WORDS_ROOM = len("nan")
_BITS_IN_GROUP = 4

Limits = tuple[float, float] | None


def writer(number_format: NumberFormat, dtype: np.dtype, limits: Limits = None) -> Callable[[Any], str]:
    """Return what writes a Python number, as ``tolist`` gives it, in a format that suits ``dtype``.

    ``limits`` are those of the whole array; hexadecimal digits and bits are filled up with zeros to its largest
    number, and are those in memory, two's complement, where it has negative ones or limits aren't known.
    """
    kind, digits = number_format.kind, number_format.digits
    if kind == "general":
        return partial(display_text, dtype=dtype, digits=digits)
    if kind == "full":
        return partial(_full, dtype=dtype)
    if kind in ("hexadecimal", "bits"):
        bits = bits_shown(dtype, limits)
        return partial(_hexadecimal if kind == "hexadecimal" else _bits, bits=bits, modulus=1 << 8 * dtype.itemsize)
    if kind == "fraction":
        return partial(_fraction, dtype=dtype, bound=10**digits - 1)
    real = partial(_REAL[kind], places=digits)
    return partial(_complex, real=real) if dtype.kind == "c" else real


def written(value: object, dtype: np.dtype, number_format: NumberFormat, limits: Limits = None) -> str:
    """Write one value in a format that suits ``dtype``.

    >>> written(0.75, np.dtype("float64"), NumberFormat("fraction", 2))
    '3/4'
    """
    return writer(number_format, dtype, limits)(np.asarray(value, dtype).tolist())


def fitted(value: Any, dtype: np.dtype, number_format: NumberFormat, characters: int) -> str | None:  # noqa: ANN401
    """Write a Python number in at most so many characters; None where not even one digit fits."""
    limits = (0, value) if dtype.kind in "iu" and value >= 0 else None
    for attempt in _shorter(number_format, characters):
        text = writer(attempt, dtype, limits)(value)
        if len(text) <= characters:
            return text
    if dtype.kind in "iu":
        return fitted(float(value), np.dtype(np.float64), NumberFormat(), characters)
    return None


def _shorter(number_format: NumberFormat, characters: int) -> Iterator[NumberFormat]:
    """What is tried one after another where there is little room."""
    kind = number_format.kind
    if kind in _REAL:
        yield from (NumberFormat(kind, digits) for digits in range(number_format.digits, -1, -1))
    elif kind != "general":
        yield number_format
    if kind == "bits":
        yield NumberFormat("hexadecimal", 0)
    most = number_format.digits if kind == "general" else 17 if kind == "full" else NumberFormat().digits
    yield from (NumberFormat("general", digits) for digits in range(min(most, characters), 0, -1))


def room_for(number_format: NumberFormat, dtype: np.dtype, limits: Limits) -> int:
    """Characters that hold every number between ``limits`` (of magnitudes for complex), at most `MOST_CHARACTERS`.

    Bits have no such end. All but -0.0 among numbers that aren't negative: that may lose a digit for its sign.
    """
    kind = number_format.kind
    if kind == "bits":
        return len(_bits(0, bits_shown(dtype, limits), 1))
    if kind == "hexadecimal":
        return len(_hexadecimal(0, bits_shown(dtype, limits), 1))
    if dtype.kind == "c":
        high = limits[1] if limits is not None else 0.0
        part = _real_room(number_format, np.dtype(f"f{dtype.itemsize // 2}"), (-high, high))
        return min(2 * MOST_CHARACTERS, 2 * part) + 1
    return min(MOST_CHARACTERS, _real_room(number_format, dtype, limits or (0.0, 0.0)))


def tail_of(text: str) -> int | None:
    """Count the characters from what is aligned on to the end: point, exponent or stroke; None for nan and ∞."""
    if not text[-1:].isdigit():
        return None
    for mark in (".", "/", "e"):
        place = text.find(mark)
        if place >= 0:
            return len(text) - place
    return 0


def nearest_fraction(numerator: int, denominator: int, bound: int) -> tuple[int, int]:
    """Return the fraction nearest to ``numerator / denominator`` (positive) whose denominator is at most ``bound``.

    By continued fractions: of the last convergent and of the semiconvergent after it, the nearer one [1]_.

    References
    ----------
    .. [1] A. Ya. Khinchin, Continued Fractions, theorem 15.

    >>> nearest_fraction(314159, 100000, 99)
    (22, 7)
    """
    n, d = numerator, denominator
    p0, q0, p1, q1 = 0, 1, 1, 0
    while d:
        whole, rest = divmod(n, d)
        q2 = q0 + whole * q1
        if q2 > bound:
            between = (bound - q0) // q1
            p2, q2 = p0 + between * p1, q0 + between * q1
            farther = abs(p2 * denominator - numerator * q2) * q1 >= abs(p1 * denominator - numerator * q1) * q2
            return (p1, q1) if farther else (p2, q2)
        p0, q0, p1, q1 = p1, q1, p0 + whole * p1, q2
        n, d = d, rest
    return p1, q1


def bits_shown(dtype: np.dtype, limits: Limits) -> int:
    """Bits of the numbers between ``limits``, in whole hexadecimal digits; all of the dtype's with negative ones."""
    whole = 8 * dtype.itemsize
    if limits is None or limits[0] < 0:
        return whole
    needed = int(limits[1]).bit_length()
    return min(whole, max(1, -(-needed // _BITS_IN_GROUP)) * _BITS_IN_GROUP)


# ---- one number --------------------------------------------------------------------------------------------------


def _full(value: object, dtype: np.dtype) -> str:
    if isinstance(value, float) and dtype.itemsize == np.dtype(np.float64).itemsize:
        return readable(repr(value).removesuffix(".0"))
    return shortest_text(value, dtype).replace("inf", "∞").replace("e-0", "e-").replace("e+", "e").replace("-", "−")


def _fixed(value: float, places: int) -> str:
    if isinstance(value, int):  # a float would have lost digits
        return f"{value}.{'0' * places}".rstrip(".").replace("-", "−")
    text = f"{value:.{places}f}"
    return readable(text) if "n" in text else text.replace("-", "−")


def _percent(value: float, places: int) -> str:
    if isinstance(value, int):
        return _fixed(100 * value, places) + "%"
    text = f"{value:.{places}%}"
    # The hundredfold of the largest numbers is infinite: they are written as they are, without the sign.
    return readable(f"{value:.{places}e}") if "n" in text else text.replace("-", "−")


def _scientific(value: float, places: int) -> str:
    return readable(f"{value:.{places}e}")


def _engineering(value: float, places: int) -> str:
    """One to three digits before the point, an exponent that is a multiple of three; rounded once."""
    if not math.isfinite(value):
        return readable(f"{value}")
    power = int(f"{value:.17e}".partition("e")[2])
    mantissa, _, exponent = f"{abs(value):.{places + power % 3}e}".partition("e")
    digits = mantissa.replace(".", "")
    if int(exponent) > power:  # 9.9996 is 10.000
        power += 1
        digits = "1" + "0" * (places + power % 3)
    before = power % 3 + 1
    sign, point = "−" if math.copysign(1.0, value) < 0 else "", "." if places else ""
    return f"{sign}{digits[:before]}{point}{digits[before:]}e{power - power % 3}".replace("e-", "e−")


def _fraction(value: float, dtype: np.dtype, bound: int) -> str:
    if isinstance(value, int):
        return str(value).replace("-", "−")
    if not math.isfinite(value):
        return readable(f"{value}")
    p, q = nearest_fraction(*abs(value).as_integer_ratio(), bound)
    is_same = bool(dtype.type(p / q) == abs(value))
    sign = "−" if math.copysign(1.0, value) < 0 else ""
    return f"{'' if is_same else INEXACT}{sign}{p}" + (f"/{q}" if q > 1 else "")


def _hexadecimal(value: int, bits: int, modulus: int) -> str:
    return f"0x{value % modulus:0{bits // _BITS_IN_GROUP}x}"


def _bits(value: int, bits: int, modulus: int) -> str:
    return f"0b{value % modulus:0{bits + bits // _BITS_IN_GROUP - 1}_b}"


def _complex(value: complex, real: Callable[[float], str]) -> str:
    imaginary = real(value.imag)
    return f"{real(value.real)}{imaginary if imaginary.startswith('−') else '+' + imaginary}j"


_REAL: Final[dict[str, Callable[..., str]]] = {
    "fixed": _fixed, "percent": _percent, "scientific": _scientific, "engineering": _engineering,
}  # fmt: skip


# ---- their room --------------------------------------------------------------------------------------------------


def _real_room(number_format: NumberFormat, dtype: np.dtype, limits: tuple[float, float]) -> int:
    kind, digits = number_format.kind, number_format.digits
    low, high = limits
    is_float = dtype.kind == "f"
    sign = 1 if low < 0 else 0
    if kind == "full":
        return _FULL_ROOM[dtype.itemsize]
    if kind in ("scientific", "engineering"):
        whole = _WHOLE_IN_ENGINEERING if kind == "engineering" else 1
        exponent = _EXPONENT_ROOM[dtype.itemsize] if is_float else _INTEGER_EXPONENT_ROOM
        return sign + whole + (digits + 1 if digits else 0) + exponent
    if kind == "fraction" and is_float:
        largest = str(math.ceil(max(abs(low), abs(high))) * (10**digits - 1))
        return max(_WORDS_ROOM, len(INEXACT) + sign + len(largest) + 1 + digits)
    write = writer(number_format, dtype)
    longest = max(len(write(end if is_float else int(end))) for end in limits)
    return max(longest, _WORDS_ROOM) if is_float else longest
