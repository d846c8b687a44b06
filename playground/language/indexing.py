"""Shapes of ``value[items]``: NumPy's basic and advanced indexing, without an array."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from playground.language.mistake import Mistake
from playground.language.rules.shapes import Shaped, axes_text, described, shown, signature_of
from playground.language.signature import Signature
from playground.language.values import MISSING, Value
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.language.axes import AxisClasses
    from playground.language.signature import Shape

_HINT = "An index is an integer, a slice, ..., None, a list of integers or a mask."


class _Reader:
    """Walks over the items of an index and the axes that they take."""

    __slots__ = ("arrays", "axes", "has_array", "kept", "place", "ranges", "value")

    def __init__(self, value: Value, axes: AxisClasses) -> None:
        self.value = value
        self.axes = axes
        self.place = 0
        # Axes of the result in order; None marks where an index array or integer stood.
        self.kept: list[tuple[int | None, int] | None] = []
        self.arrays: list[Value] = []
        self.has_array = False
        # Typed numbers of index arrays with their axes: NumPy checks them only where any cell is asked for.
        self.ranges: list[tuple[int, int, Value]] = []

    @property
    def shape(self) -> Shape:
        """The shape that is indexed."""
        return signature_of(self.value).shape

    def read(self, item: Value, rest: int) -> None:
        """Take one item; ``rest`` is how many axes the items after it take."""
        constant = item.constant
        if constant is None:
            self.kept.append((1, self.axes.fresh(1)[0]))
        elif constant is ...:
            self._keep_until(len(self.shape) - rest)
        elif isinstance(constant, slice):
            self._slice(constant)
        elif _is_mask(item):
            self._mask(item)
        elif isinstance(constant, int) and item.items is None:
            self._check_range(constant, self.place, item)
            self._take(item, Signature((), np.dtype(np.intp)))
        else:
            self._integers(item)

    def finish(self) -> Shaped:
        """Give the resulting shape."""
        self._keep_until(len(self.shape))
        common = self._broadcast() if self.has_array else []
        if all(size for size, _ in common):
            for number, place, item in self.ranges:
                self._check_range(number, place, item)
        if not self.has_array:
            return _shaped([pair for pair in self.kept if pair is not None])
        marks = [i for i, pair in enumerate(self.kept) if pair is None]
        together = marks[-1] - marks[0] + 1 == len(marks)
        before = [pair for pair in self.kept[: marks[0]] if pair is not None] if together else []
        after = [pair for pair in self.kept[marks[0] if together else 0 :] if pair is not None]
        return _shaped([*before, *common, *after])

    def _keep_until(self, end: int) -> None:
        while self.place < end:
            self.kept.append((self.shape[self.place], self.value.axes[self.place]))
            self.place += 1

    def _slice(self, item: slice) -> None:
        size, axis = self.shape[self.place], self.value.axes[self.place]
        if item == slice(None):
            self.kept.append((size, axis))
        elif size is None or MISSING in (item.start, item.stop, item.step):
            self.kept.append((None, self.axes.fresh(1)[0]))
        else:
            length = len(range(*item.indices(size)))
            self.kept.append((length, self.axes.fresh(1)[0]))
        self.place += 1

    def _take(self, item: Value, signature: Signature) -> None:
        self.kept.append(None)
        self.arrays.append(Value(item.text, item.span, signature))
        self.place += 1

    def _integers(self, item: Value) -> None:
        signature = signature_of(item)
        if signature.dtype.kind not in "iu" and signature.size != 0:
            raise _not_an_index(item)
        if signature.dtype.kind not in "iu" and not isinstance(item.constant, (list, tuple)):
            raise _not_an_index(item)
        # An index that is a single number without being typed, such as argmax(B), works like an integer.
        self.has_array |= bool(signature.ndim)
        if isinstance(item.constant, (list, tuple)):
            self.ranges += [(number, self.place, item) for number in _numbers(item.constant)]
        self._take(item, signature)

    def _mask(self, item: Value) -> None:
        mask = signature_of(item)
        covered = self.shape[self.place : self.place + mask.ndim]
        for axis, (have, want) in enumerate(zip(mask.shape, covered, strict=True)):
            if have and want is not None and have != want:  # NumPy lets an axis of size 0 pass
                raise Mistake(
                    "mask",
                    tr("The mask {mask} doesn't cover {operand}: along axis {axis} it has {have}, not {want}.",
                       mask=described(item), operand=described(self.value), axis=self.place + axis,
                       have=have, want=want),
                    clash=((0, self.place + axis),),
                    span=item.span,
                )  # fmt: skip
        count = None if item.constant is MISSING else int(np.count_nonzero(np.asarray(item.constant)))
        self.has_array = True
        self.kept.append(None)
        self.arrays.append(Value(item.text, item.span, Signature((count,), mask.dtype)))
        self.place += mask.ndim

    def _check_range(self, number: int, place: int, item: Value) -> None:
        size = self.shape[place]
        if size is None or -size <= number < size:
            return
        word = _places_word(len(self.shape), place)
        limits = (
            tr("{operand} has none", operand=described(self.value))
            if size == 0
            else tr("{operand} has {n}, numbered 0 to {last}", operand=described(self.value), n=size, last=size - 1)
        )
        raise Mistake(
            "index-range",
            tr("There is no {word} {number} along axis {axis}: {limits}.",
               word=word, number=number, axis=place, limits=limits),
            tr("Counting begins at 0; the last one is also -1.") if size else "",
            span=item.span,
            clash=((0, place),),
        )  # fmt: skip

    def _broadcast(self) -> list[tuple[int | None, int]]:
        shapes = [signature_of(array).shape for array in self.arrays]
        ndim = max(len(shape) for shape in shapes)
        sizes: list[int | None] = []
        for position in range(-ndim, 0):
            column = [shape[position] for shape in shapes if len(shape) >= -position]
            fixed = {size for size in column if size not in (1, None)}
            if len(fixed) > 1:
                texts = tr(" and ").join(described(array) for array in self.arrays if signature_of(array).ndim)
                raise Mistake(
                    "broadcast",
                    tr("Index arrays are paired cell by cell, and {arrays} differ in size.", arrays=texts),
                    tr("For all rows with all columns index twice: A[rows][:, columns]."),
                )
            sizes.append(fixed.pop() if fixed else None if None in column else 1)
        return list(zip(sizes, self.axes.fresh(ndim), strict=True))


def indexed(value: Value, items: Sequence[Value], axes: AxisClasses) -> Shaped:
    """Shape of ``value[items]``.

    Raises
    ------
    Mistake
        Too many indices, one out of range, a mask of another shape, something that is no index.
    """
    signature = signature_of(value)
    taken = [_axes_taken(item) for item in items]
    if sum(item.constant is ... for item in items) > 1:
        raise Mistake("index", tr("... may stand once in an index."))
    if sum(taken) > signature.ndim:
        raise Mistake(
            "index",
            tr("{operand} has {axes}, and here are indices for {n}.",
               operand=described(value), axes=axes_text(signature.ndim), n=sum(taken))
            if signature.ndim
            else tr("{operand} is a single number; there is nothing to index.", operand=shown(value)),
            tr("Leave one out, or write None where a new axis is wanted.") if signature.ndim else "",
        )  # fmt: skip
    reader = _Reader(value, axes)
    for number, item in enumerate(items):
        reader.read(item, sum(taken[number + 1 :]))
    return reader.finish()


def _places_word(ndim: int, axis: int) -> str:
    """What stands along an axis: rows and columns of a matrix, cells of a vector."""
    if ndim == 1:
        return tr("cell")
    if ndim == 2:
        return tr("column") if axis else tr("row")
    return tr("index")


def _shaped(pairs: Sequence[tuple[int | None, int]]) -> Shaped:
    if len(pairs) > 64:
        raise Mistake("too-large", tr("An array has at most 64 axes."))
    return Shaped(tuple(size for size, _ in pairs), tuple(axis for _, axis in pairs))


def _is_mask(item: Value) -> bool:
    return item.signature is not None and item.signature.dtype.kind == "b"


def _axes_taken(item: Value) -> int:
    if item.constant is None or item.constant is ...:
        return 0
    if isinstance(item.constant, slice):
        return 1
    if item.signature is None:
        raise _not_an_index(item)
    return item.signature.ndim if _is_mask(item) else 1


def _not_an_index(item: Value) -> Mistake:
    """Say why something is no index: a fraction, or numbers that aren't whole."""
    if isinstance(item.constant, (float, complex)):
        message = tr("{item} is no whole number, and cells are counted: 0, 1, 2.", item=shown(item))
        return Mistake(
            "index", message, tr("Write a whole number, such as {n}.", n=_whole(item.constant)), span=item.span
        )
    if item.signature is not None and item.signature.dtype.kind in "fc":
        message = tr("{item} holds {dtype}, and an index is a whole number.",
                     item=described(item), dtype=item.signature.dtype)  # fmt: skip
        return Mistake("index", message, tr("Convert it: {item}.astype(int).", item=shown(item)), span=item.span)
    return Mistake("index", tr("{item} can't be an index.", item=shown(item)), tr(_HINT), span=item.span)


def _whole(number: complex) -> int:
    return int(number.real) if math.isfinite(number.real) else 0


def _numbers(nested: list[object] | tuple[object, ...]) -> list[int]:
    return [int(number) for number in np.asarray(nested, dtype=np.int64).ravel()] if nested else []
