"""Shapes with ``n`` in them: how the operands of a sweep grow, and which sizes are worth measuring."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from playground.language.infer import infer
from playground.language.names import names_in
from playground.language.parse import parse
from playground.language.signature import Signature
from playground.language.vocabulary import DTYPES, SOFT_CONSTANTS
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LENGTH = re.compile(r"(?P<count>\d*)(?P<grows>n?)")
_SEPARATOR = re.compile(r"\s*[x×,]\s*")

_TRIED_SIZES = (64, 96)
"""Shapes that fit at both fit at every n."""

_MOST_SIZES = 8
_LARGEST_EXPONENT = 24
_MOST_FLOPS = 2e10
"""A run of the largest default size: about a second on a laptop."""
_MOST_BYTES = 1 << 30


class Length(Record):
    """One size of a shape: ``count``, or ``count`` times n where it ``grows``."""

    count: int
    grows: bool = False

    def at(self, n: int) -> int:
        """The size for this ``n``."""
        return self.count * n if self.grows else self.count


class GrowingShape(Record):
    """The shape of an operand for every n; ``dtype`` is its own, None where it has that of the sweep."""

    lengths: tuple[Length, ...]
    dtype: str | None = None

    @property
    def grows(self) -> bool:
        """Whether any size depends on n."""
        return any(length.grows for length in self.lengths)

    def at(self, n: int, dtype: str) -> Signature:
        """Shape and dtype for this ``n`` in a sweep of ``dtype``."""
        return Signature(tuple(length.at(n) for length in self.lengths), np.dtype(DTYPES[self.dtype or dtype]))

    def __str__(self) -> str:
        """As it is written: ``n×64``, ``n×n:int64``, ``()``."""
        sizes = "×".join(
            ("" if length.count == 1 else str(length.count)) + "n" if length.grows else str(length.count)
            for length in self.lengths
        )
        return (sizes or "()") + (f":{self.dtype}" if self.dtype else "")


SQUARE = GrowingShape((Length(1, True), Length(1, True)))
"""What a name has that no shape is given for."""


def growing_shape(text: str) -> GrowingShape:
    """Read ``nx64``, ``n×n``, ``(n, 64)``, ``2nx3:float32``, ``n`` or ``()``; raises ValueError with a sentence."""
    sizes, _, dtype = text.strip().partition(":")
    dtype = dtype.strip()
    if dtype and dtype not in DTYPES:
        raise ValueError(tr("{dtype} is no dtype.", dtype=dtype))
    parts = _SEPARATOR.split(sizes.strip().removeprefix("(").removesuffix(")").strip().removesuffix(","))
    lengths = tuple(map(_length, parts)) if parts != [""] else ()
    if None in lengths or (not lengths and sizes.strip() != "()"):
        raise ValueError(tr("'{text}' is no shape: write it as nx64, nxn or n.", text=text.strip()))
    return GrowingShape(tuple(length for length in lengths if length is not None), dtype or None)


def _length(text: str) -> Length | None:
    found = _LENGTH.fullmatch(text.strip())
    if found is None or not found[0]:
        return None
    return Length(int(found["count"] or 1), bool(found["grows"]))


def shapes_in(text: str) -> dict[str, GrowingShape]:
    """Read a line of them, ``A=n×n  b=n``; raises ValueError with a sentence."""
    shapes = {}
    for part in text.split():
        name, sign, shape = part.partition("=")
        if not sign or not name.isidentifier():
            raise ValueError(tr("'{part}' is no name with a shape: write A=n×n, with a space between two.", part=part))
        shapes[name] = growing_shape(shape)
    return shapes


def sizes_in(text: str) -> tuple[int, ...]:
    """Read values of n with commas or spaces between them; raises ValueError with a sentence."""
    parts = text.replace(",", " ").split()
    if not parts or not all(part.isdecimal() and int(part) > 0 for part in parts):
        raise ValueError(tr("Values of n are whole numbers with commas: 64, 128, 256."))
    return tuple(sorted({int(part) for part in parts}))


def with_squares(expression: str, given: Mapping[str, GrowingShape]) -> dict[str, GrowingShape]:
    """Add n×n for every name of ``expression`` that has no shape yet."""
    return dict(given) | {name: SQUARE for name in _operands(expression) if name not in given}


def default_shapes(expression: str, entries: Mapping[str, Signature]) -> dict[str, GrowingShape]:
    """Let the axes of the ``entries`` that ``expression`` names grow, so that it still fits.

    All axes but those of size 1 become n; where the formula doesn't fit then, those of one size do, the largest first.
    Whole numbers, truths and complex numbers keep their dtype.
    """
    used = {name: entries[name] for name in _operands(expression) if name in entries}
    sizes = sorted({size for found in used.values() for size in found.shape if size is None or size > 1}, key=_order)
    for growing in (set(sizes), *({size} for size in sizes)):
        shapes = {name: _grown(found, growing) for name, found in used.items()}
        if fits(expression, with_squares(expression, shapes)):
            return with_squares(expression, shapes)
    return with_squares(expression, {name: _grown(found, set(sizes)) for name, found in used.items()})


def fits(expression: str, shapes: Mapping[str, GrowingShape], dtype: str = "float64") -> bool:
    """Whether ``expression`` is fine whatever n is."""
    return all(infer(expression, {name: shape.at(n, dtype) for name, shape in shapes.items()}).ok for n in _TRIED_SIZES)


def default_sizes(expression: str, shapes: Mapping[str, GrowingShape], dtype: str = "float64") -> tuple[int, ...]:
    """Powers of two from 64 on, as far as one run takes about a second and a gigabyte; at most eight, spread evenly.

    Where no count of operations is agreed on, the cube of n stands for it.
    """
    exponents = [6, 7]
    while exponents[-1] < _LARGEST_EXPONENT:
        n = 2 ** (exponents[-1] + 1)
        signatures = {name: shape.at(n, dtype) for name, shape in shapes.items()}
        found = infer(expression, signatures)
        cells = [found.signature, *signatures.values()]
        nbytes = sum(item.nbytes or 0 for item in cells if isinstance(item, Signature))
        if not found.ok or (n**3 if found.flops is None else found.flops) > _MOST_FLOPS or nbytes > _MOST_BYTES:
            break
        exponents.append(exponents[-1] + 1)
    step = -(-len(exponents) // _MOST_SIZES)
    return tuple(2**exponent for exponent in exponents[::-1][::step][::-1])


def _operands(expression: str) -> Iterable[str]:
    """Names that stand for arrays."""
    return (name for name in names_in(parse(expression).tree) if name not in SOFT_CONSTANTS)


def _order(size: int | None) -> float:
    return -np.inf if size is None else -size


def _grown(signature: Signature, growing: set[int | None]) -> GrowingShape:
    lengths = tuple(Length(1, True) if size in growing or size is None else Length(size) for size in signature.shape)
    return GrowingShape(lengths, None if signature.dtype.kind == "f" else str(signature.dtype))
