"""What a person looks for among numbers, ``3.14``, ``nan`` or ``> 5``, as a value that knows its hits. Runs nothing."""

from __future__ import annotations

import math
import operator
import re
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from playground.record import Record
from playground.translation import tr
from playground.workspace.numbers import CellRefusal, parse_cell

if TYPE_CHECKING:
    from collections.abc import Callable

    Texts = Callable[[np.ndarray], list[str]]
    """Writes a 1-D array of numbers as they are shown."""

_QUERY = re.compile(r"(?P<sign>==|=|!=|≠|<=|≤|>=|≥|<|>)?\s*(?P<value>.*)", re.DOTALL)
_SIGNS = {"": "==", "=": "==", "≠": "!=", "≤": "<=", "≥": ">="}
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_DECIMAL = re.compile(r"(?i)(?P<sign>[+−])?(?P<whole>\d*)(?P<point>\.(?P<places>\d*))?(?:e(?P<power>[+−]?\d{1,4}))?")
_INFINITE = ("inf", "infinity", "∞")


class Query(Protocol):
    """Something to look for."""

    def hits(self, cells: np.ndarray, texts: Texts) -> np.ndarray:
        """Which of ``cells``, 1-D, are meant, as bools; ``texts`` writes them as they are shown."""
        ...


class QueryRefusal(Record):
    """Why a text can't be looked for: one sentence for the person."""

    message: str


class Compare(Record):
    """Cells that compare so with a value: an int of whole numbers, else a scalar of their dtype or a wider one."""

    sign: str
    value: object

    def hits(self, cells: np.ndarray, texts: Texts) -> np.ndarray:
        """Compare; NaN is unequal to everything."""
        value, sign = self.value, self.sign
        if cells.dtype.kind in "biu" and isinstance(value, float):
            if not math.isfinite(value):
                return np.full(cells.shape, _COMPARE[sign](0, value))
            if not value.is_integer():  # an integer is above it where it is above its whole part
                if sign in ("==", "!="):
                    return np.full(cells.shape, sign == "!=")
                sign = "<=" if sign in ("<", "<=") else ">"
            value = math.floor(value)
        with np.errstate(all="ignore"):
            return np.asarray(_COMPARE[sign](cells, value))


class Special(Record):
    """Cells that are NaN, or infinite of either sign; with ``others`` all the rest."""

    nan: bool = False
    plus: bool = False
    minus: bool = False
    others: bool = False

    def hits(self, cells: np.ndarray, texts: Texts) -> np.ndarray:
        """A complex cell is NaN where a part is, else infinite where a part is, of the sign of its real part."""
        found = np.zeros(cells.shape, bool)
        if cells.dtype.kind in "fc":
            nan = np.isnan(cells)
            infinite = np.isinf(cells) & ~nan
            minus = infinite & (cells.real < 0)
            for wanted, where in ((self.nan, nan), (self.plus, infinite & ~minus), (self.minus, minus)):
                found |= where if wanted else False
        return ~found if self.others else found


class Magnitude(Record):
    """Cells of this magnitude, of whatever sign."""

    value: float

    def hits(self, cells: np.ndarray, texts: Texts) -> np.ndarray:
        """Compare magnitudes; those of integers are exact, and of any size."""
        if cells.dtype.kind in "biu":
            return np.asarray((cells == self.value) | (cells == -self.value))
        with np.errstate(all="ignore"):
            return np.asarray(np.abs(cells) == self.value)


class Shown(Record):
    """Cells that are ``value``, or are shown as ``text``; or begin so, where it has a point.

    ``unit`` is one in the last place of the text, of the sign of the value: only cells less than two of them away can
    be shown so. To write a number takes a thousand times as long as to compare it, so that as few as possible are.
    """

    value: np.floating
    text: str
    unit: float

    def hits(self, cells: np.ndarray, texts: Texts) -> np.ndarray:
        """Compare, then write those of which that doesn't tell."""
        value, reach = float(self.value), 2 * abs(self.unit)
        sure = self._sure(cells.dtype, texts)
        with np.errstate(all="ignore"):
            found = np.asarray(cells == self.value)
            near = (cells >= value - reach) & (cells <= value + reach) & ~found
            if sure is not None:
                along = (cells - value) / self.unit
                found |= near & (along > sure) & (along < 1 - sure)
                near &= ((along > -sure) & (along <= sure)) | ((along >= 1 - sure) & (along < 1))
        doubtful = np.flatnonzero(near)
        for start in range(0, len(doubtful), _WRITTEN_AT_ONCE):
            some = doubtful[start : start + _WRITTEN_AT_ONCE]
            found[some] = self._begin(texts(cells[some]))
        return found

    def _begin(self, written: list[str]) -> list[bool]:
        begins = "." in self.text
        return [text.strip() == self.text or (begins and text.strip().startswith(self.text)) for text in written]

    def _sure(self, dtype: np.dtype, texts: Texts) -> float | None:
        """Which part of a unit from both its ends all numbers begin as the text does; None where none do so surely.

        Numbers are shown rounded, and rounding keeps their order: what begins alike at both ends does so between.
        """
        if "." not in self.text:
            return None
        for part in (1e-4, 1e-3, 1e-2):
            places = np.array([part, 1.2345678 * part, 1 - 1.2345678 * part, 1 - part])
            ends = (float(self.value) + self.unit * places).astype(dtype)
            if all(self._begin(texts(ends))):
                return part
        return None


_WRITTEN_AT_ONCE = 64  # between them the window's thread may go on


def parse_query(text: str, dtype: np.dtype) -> Query | QueryRefusal:
    """Read what is to be found among cells of ``dtype``. Never raises.

    >>> parse_query("> 5", np.dtype("int64"))
    Compare(sign='>', value=5)
    """
    match = _QUERY.fullmatch(text.strip())
    assert match is not None  # it takes any text
    typed = match["value"].strip()
    if not typed:
        return QueryRefusal(tr("Write a number, nan, inf, or a comparison such as > 5."))
    sign = match["sign"] or ""
    sign = _SIGNS.get(sign, sign)
    plain = typed.lower().replace("−", "-")
    if dtype.kind == "c" and sign not in ("==", "!="):
        return QueryRefusal(tr("Complex numbers have no order: look for == or !=."))
    if (special := _special(plain, sign, bare=not match["sign"])) is not None:
        return special
    value = _value(typed, dtype)
    if isinstance(value, QueryRefusal):
        return value
    if dtype.kind == "f" and not match["sign"] and isinstance(value, np.floating):
        return _shown(typed, value) or Compare("==", value)
    return Compare(sign, value)


def _special(plain: str, sign: str, *, bare: bool) -> Query | QueryRefusal | None:
    """NaN and the infinities; None for other texts. Without a sign ``inf`` is both of them."""
    if plain.lstrip("+-") == "nan":
        if sign not in ("==", "!="):
            return QueryRefusal(tr("Nothing is larger or smaller than NaN: write nan to find it."))
        return Special(nan=True, others=sign == "!=")
    if plain.lstrip("+-") not in _INFINITE:
        return None
    minus = plain.startswith("-")
    if sign not in ("==", "!="):
        return Compare(sign, -math.inf if minus else math.inf)
    both = bare and plain[0] not in "+-"
    return Special(plus=both or not minus, minus=both or minus, others=sign == "!=")


def _value(typed: str, dtype: np.dtype) -> object:
    """The number that was typed: exact for whole numbers, else rounded to the cells' dtype where that can hold it."""
    if dtype.kind in "biu":
        for whole in (np.dtype(np.int64), np.dtype(np.uint64)):
            read = parse_cell(typed, whole)
            if not isinstance(read, CellRefusal):
                return int(read.value)
        candidates = [np.dtype(np.float64)]
    else:
        candidates = [dtype, np.dtype(np.float64)]
    for candidate in (*candidates, np.dtype(np.complex128)):
        read = parse_cell(typed, candidate)
        if not isinstance(read, CellRefusal):
            return float(read.value) if dtype.kind in "biu" and candidate.kind == "f" else read.value
    return QueryRefusal(tr("“{text}” isn't a number.", text=typed))


def _shown(typed: str, value: np.floating) -> Shown | None:
    """Look for a decimal number among what is shown; None for texts of another kind, such as 1/3."""
    text = typed.lower().replace("-", "−")
    match = _DECIMAL.fullmatch(text)
    if match is None or not (match["whole"] or match["places"]):
        return None
    unit = 10.0 ** (int((match["power"] or "0").replace("−", "-")) - len(match["places"] or ""))
    near = float(value)
    if not math.isfinite(unit) or not math.isfinite(near):
        return None
    return Shown(value, text.removeprefix("+"), -unit if text.startswith("−") else unit)
