"""Text of one cell to a value of its dtype, and back: nothing is rounded or cut off without the person's word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.language.literal import literal_value, post_order
from playground.language.nodes import Literal
from playground.language.parse import parse
from playground.record import Record
from playground.translation import tr

_MAX_TEXT = 1000
_MAX_EXPONENT = 400  # beyond every float; 10**_MAX_EXPONENT is still cheap to write out
_FAR_EXPONENT = 10**9  # any farther one says the same
_MOST_QUOTED = 24  # characters of a person's text that a sentence repeats: more would hide what it says
_OFFERS = tuple(np.dtype(name) for name in ("int64", "uint64", "float64", "complex64", "complex128"))

_SIGNS = str.maketrans({"−": "-", "＋": "+", "\u00a0": " ", "\u202f": " ", "\u2009": " "})
# Patterns are texts, which re compiles and keeps when a cell is first read: the first window needn't wait for them.
_INTEGER = r"[+-]?\d+(_\d+)*"
_BASED = r"(?i)[+-]?0(x[\da-f_]+|b[01_]+|o[0-7_]+)"
# Each reads a text in one way only: where digits could belong to two parts, a long text would take hours.
_DECIMAL = r"(?i)[+-]?(\d+(_\d+)*(\.(\d+(_\d+)*)?)?|\.\d+(_\d+)*)(e[+-]?\d+)?"
_FRACTION = r"([+-]?\d+) ?/ ?([+-]?\d+)"
_DECIMAL_COMMA = r"(?i)[+-]?\d*,\d+(e[+-]?\d+)?"
_THOUSANDS = r"[+-]?[1-9]\d{0,2}(,\d{3})+"
_PART = r"(\d+(\.\d*)?(e[+-]?\d+)?|\.\d+(e[+-]?\d+)?|nan|inf|∞)"
_COMPLEX = rf"(?i)([+-]?{_PART})?([+-]?{_PART}?)[ij]"
_WORDS: dict[str, float | bool] = {
    "nan": np.nan, "inf": np.inf, "infinity": np.inf, "∞": np.inf, "true": True, "false": False,
}  # fmt: skip

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    _Real = bool | int | Fraction | Decimal | float
    Exact = _Real | complex
    """What a text says before it is given a dtype; decimals and fractions are exact.
    A Decimal is one whose exponent is beyond every float. Both are imported by the first cell that is typed."""


class CellValue(Record):
    """A NumPy scalar of the cell's dtype; ``exact`` is False where a whole number was rounded to it."""

    value: np.generic
    exact: bool = True


class CellRefusal(Record):
    """Why a text can't be the cell's value.

    Attributes
    ----------
    message
        One sentence for the person.
    offer
        The dtype which the array would need to take the value, None where no dtype helps.
    value
        The value in the offered dtype, None without an offer.
    """

    message: str
    offer: np.dtype | None = None
    value: np.generic | None = None


def parse_cell(text: str, dtype: np.dtype) -> CellValue | CellRefusal:
    """Read what a person typed into a cell of ``dtype``. Never raises.

    Whole numbers stay exact, whatever their size; a decimal or fraction is rounded once, to the floating dtype.
    """
    dtype = np.dtype(dtype)
    plain = text.strip().translate(_SIGNS).strip()
    if not plain:
        return CellRefusal(tr("Type a number; Delete makes the cell 0."))
    if len(plain) > _MAX_TEXT:
        return CellRefusal(tr("This is too long for a number."))
    if re.fullmatch(_THOUSANDS, plain):
        point, whole = plain.replace(",", ".", 1), plain.replace(",", "_")
        message = tr("{text} can be read in two ways: write {point} or {whole}.", text=plain, point=point, whole=whole)
        return CellRefusal(message)
    value = _read(plain)
    if value is None:
        return CellRefusal(tr("“{text}” isn't a number.", text=quoted(plain)))
    held = _held(value, dtype)
    if held is None:
        return _refusal(plain, value, dtype)
    # Decimals are rounded by everybody; that the last digits of a whole number are lost should be known.
    return CellValue(held, not isinstance(value, int) or dtype.kind not in "fc" or int(held.real) == value)


def _read(text: str) -> Exact | None:
    """Give the exact value of a text, None where it is no number."""
    unsigned = text.lstrip("+-").strip().lower()
    if unsigned in _WORDS and len(text) - len(text.lstrip("+-")) <= 1:
        word = _WORDS[unsigned]
        return word if isinstance(word, bool) or not text.startswith("-") else -word
    if re.fullmatch(_INTEGER, text):
        return -0.0 if text.startswith("-") and int(text) == 0 else int(text)
    if re.fullmatch(_BASED, text):
        return _based(text)
    if re.fullmatch(_DECIMAL_COMMA, text):
        text = text.replace(",", ".")
    if re.fullmatch(_DECIMAL, text):
        return _decimal(text)
    if (match := re.fullmatch(_FRACTION, text)) and int(match[2]) != 0:
        from fractions import Fraction

        return Fraction(int(match[1]), int(match[2]))
    joined = re.sub(r" *([+-]) *", r"\1", text)
    if re.fullmatch(_COMPLEX, joined):
        return _complex(joined)
    return _computed(text)


def _computed(text: str) -> Exact | None:
    """Give the value of a scalar expression; what Python's floats made infinite on the way is too large instead."""
    tree = parse(text).tree
    value = literal_value(tree)
    if tree is None or not isinstance(value, (bool, int, float, complex)):
        return None
    endless = [node.span for node in post_order(tree) if isinstance(node, Literal) and not _is_finite(node.value)]
    overflowed = any(text[span.start].isdigit() or text[span.start] == "." for span in endless)
    return _beyond_floats() if overflowed or not (endless or _is_finite(value)) else value


def _is_finite(value: object) -> bool:
    return not isinstance(value, (float, complex)) or bool(np.isfinite(value))


def _beyond_floats() -> Decimal:
    from decimal import Decimal

    return Decimal(f"1e{_FAR_EXPONENT}")


def _based(text: str) -> int | None:
    try:
        return int(text, 0)
    except ValueError:  # 0x_, 0b__1
        return None


def _complex(text: str) -> Exact | None:
    try:
        value = complex(text[:-1].replace("∞", "inf") + "j")
    except ValueError:  # 1.5.5j
        return None
    asked = re.search(r"(?i)nan|inf|∞", text) is not None
    return value if asked or _is_finite(value) else _beyond_floats()


def _decimal(text: str) -> Exact:
    from decimal import Decimal
    from fractions import Fraction

    digits, _, exponent = text.replace("_", "").lower().partition("e")
    # Decimal itself raises at exponents of more than 18 digits.
    power = max(-_FAR_EXPONENT, min(int(exponent or 0), _FAR_EXPONENT))
    number = Decimal(f"{digits}e{power}")
    if number.is_zero():
        return float(number)
    # An exponent of a million digits must never be written out as a fraction.
    return number if abs(number.adjusted()) > _MAX_EXPONENT else Fraction(number)


def _held(value: Exact, dtype: np.dtype) -> np.generic | None:
    """Give ``value`` as a scalar of ``dtype``, None where more than a rounding would be lost."""
    if dtype.kind == "c":
        part = np.dtype(f"f{dtype.itemsize // 2}")
        parts = (value.real, value.imag) if isinstance(value, complex) else (value, 0.0)
        real, imaginary = _rounded(parts[0], part), _rounded(parts[1], part)
        return None if real is None or imaginary is None else _scalar(complex(real, imaginary), dtype)
    if isinstance(value, complex):
        return _held(value.real, dtype) if value.imag == 0 else None
    if dtype.kind == "f":
        rounded = _rounded(value, dtype)
        return None if rounded is None else _scalar(rounded, dtype)
    number = _whole(value)
    low, high = (0, 1) if dtype.kind == "b" else (np.iinfo(dtype).min, np.iinfo(dtype).max)
    return _scalar(number, dtype) if number is not None and low <= number <= high else None


def _scalar(value: object, dtype: np.dtype) -> Any:  # noqa: ANN401 -- a NumPy scalar of that dtype
    return np.array(value, dtype)[()]


def _whole(value: _Real) -> int | None:
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    # A Fraction; a Decimal, too large or too small for one, has no such parts.
    return int(value) if getattr(value, "denominator", None) == 1 else None


def _rounded(value: _Real, dtype: np.dtype) -> float | None:
    """Round a real ``value`` to a floating dtype; None where it would become infinite or 0."""
    try:
        number = float(value)
    except OverflowError:
        return None
    with np.errstate(all="ignore"):
        rounded = float(np.array(number, dtype))
    overflowed = np.isinf(rounded) and not (isinstance(value, float) and np.isinf(value))
    return None if overflowed or (rounded == 0 and value != 0) else rounded


def _refusal(text: str, value: Exact, dtype: np.dtype) -> CellRefusal:
    reason = _reason(text, value, dtype)
    for candidate in _OFFERS:
        wider = np.promote_types(dtype, candidate)
        held = _held(value, wider) if wider != dtype else None
        if held is not None:
            return CellRefusal(reason, wider, held)
    return CellRefusal(reason)


def _reason(typed: str, value: Exact, dtype: np.dtype) -> str:
    text = quoted(typed)
    if isinstance(value, complex):
        if value.imag != 0 and dtype.kind != "c":
            return tr("{dtype} has no imaginary part, so it can't hold {text}.", dtype=dtype, text=text)
        return tr("{text} is too large or too small for {dtype}.", text=text, dtype=dtype)
    if dtype.kind == "b":
        return tr("bool holds 0 and 1 only, not {text}.", text=text)
    if dtype.kind in "iu":
        low, high = np.iinfo(dtype).min, np.iinfo(dtype).max
        number = _whole(value)
        if number is not None and re.fullmatch(_BASED, typed):
            return _reason_of_bits(text, number, dtype)
        if number is not None or not low <= value <= high:
            return tr("{dtype} holds {low} to {high}, not {text}.", dtype=dtype, low=low, high=high, text=text)
        return tr("{dtype} holds whole numbers only, not {text}.", dtype=dtype, text=text)
    if -1 < value < 1:
        return tr("{text} is too close to 0 for {dtype}.", text=text, dtype=dtype)
    return tr("{text} is too large for {dtype}.", text=text, dtype=dtype)


def _reason_of_bits(text: str, number: int, dtype: np.dtype) -> str:
    """Say which number a hexadecimal, octal or binary one is, and the one of the dtype that has the same bits."""
    limits, count = np.iinfo(dtype), 8 * dtype.itemsize
    message = tr("{text} is {number}; {dtype} holds {low} to {high}.",
                 text=text, number=quoted(str(number)), dtype=dtype, low=limits.min, high=limits.max)  # fmt: skip
    if dtype.kind != "i" or not limits.max < number < 1 << count:
        return message
    return message + " " + tr("The same bits are {number}.", number=number - (1 << count))


def quoted(text: str) -> str:
    """Leave out the middle of what a sentence repeats of a person's text where it is long.

    >>> quoted("9" * 100)
    '99999999999999…999999999'
    """
    return text if len(text) <= _MOST_QUOTED else f"{text[: _MOST_QUOTED - 10]}…{text[-9:]}"


def shortest_text(value: object, dtype: np.dtype) -> str:
    """Write the shortest text that ``parse_cell`` reads back to the same value of ``dtype``."""
    scalar = _scalar(value, dtype)
    if dtype.kind == "c":
        real, imaginary = _shortest_real(scalar.real), _shortest_real(scalar.imag)
        return f"{real}{imaginary if imaginary.startswith('-') else '+' + imaginary}j"
    return _shortest_real(scalar) if dtype.kind == "f" else str(scalar)


def _shortest_real(scalar: np.floating) -> str:
    return str(scalar).removesuffix(".0")


def display_text(value: object, dtype: np.dtype, digits: int = 6) -> str:
    """Write a value for reading: ``digits`` significant digits, − for minus, whole floats without a point.

    >>> display_text(-2.0, np.dtype("float64"))
    '−2'
    """
    scalar = _scalar(value, dtype)
    if dtype.kind == "c":
        real, imaginary = _display_real(float(scalar.real), digits), _display_real(float(scalar.imag), digits)
        return f"{real}{imaginary if imaginary.startswith('−') else '+' + imaginary}j"
    if dtype.kind == "f":
        return _display_real(float(scalar), digits)
    return str(scalar).replace("-", "−")


def _display_real(number: float, digits: int) -> str:
    return readable(f"{number:.{digits}g}")


def readable(text: str) -> str:
    """Rewrite Python's text of a float as it is read here.

    >>> readable("-1e-05"), readable("-inf")
    ('−1e−5', '−∞')
    """
    if "n" in text:
        return text.replace("-", "−").replace("inf", "∞")
    mantissa, mark, exponent = text.partition("e")
    return (f"{mantissa}e{int(exponent)}" if mark else mantissa).replace("-", "−")
