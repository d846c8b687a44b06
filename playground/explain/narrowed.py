"""The formula for some of its cells only: the same text with its operands cut to what these cells need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.explain.origin import descend, integer
from playground.explain.recipe import FOLDS, LINES, PRODUCTS, Where, axes_of, is_cellwise, lines_of
from playground.language.nodes import Attribute, Binary, Call, Index, Literal, Name, Node, Unary, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.explain.region import Places
    from playground.language.signature import Shape

Window = tuple[tuple[int, int], ...]
"""A half-open range per axis; no axis is dropped, so that cells keep their places among each other."""

_VIEWS = frozenset({"transpose", "reshape", "ravel", "squeeze", "expand_dims"})


def window_of(shape: tuple[int, ...], where: Where, first: int | None = None) -> Window:
    """Give the ranges that ``where`` takes of an array of ``shape``.

    With ``first`` only as much of it as holds its first so many cells in C order, which are then the first of the
    window too.
    """
    ranges: list[tuple[int, int]] = []
    for size, at in zip(reversed(shape), reversed(where), strict=True):
        if isinstance(at, int):
            ranges.append((at, at + 1))
            continue
        ranges.append((0, size if first is None else min(size, first)))
        if first is not None:
            first = -(-first // max(size, 1))
    return tuple(reversed(ranges))


def lengths(window: Window) -> tuple[int, ...]:
    """Shape of what a window shows."""
    return tuple(stop - start for start, stop in window)


def rounds(node: Node) -> bool:
    """Whether sums go into a value: in a part of it they may be added in another order, with other last digits."""
    return any(
        (isinstance(below, Binary) and below.operator == "@")
        or (isinstance(below, Call) and below.function in PRODUCTS | FOLDS | LINES)
        for below in walk(node)
    )


def is_view(node: Node) -> bool:
    """Whether a value is as good as never more than another look at something that is there already."""
    match node:
        case Name() | Literal():
            return True
        case Attribute(value=value) | Index(value=value):
            return is_view(value)
        case Call(function=function, arguments=(value, *_)) if function in _VIEWS:
            return is_view(value)
    return False


class Narrowing:
    """Writes the text of windows of a formula's parts.

    Parameters
    ----------
    places
        The formula's.
    whole
        Text of a part that is needed as a whole: as it is written, or a name that its value is known by.
    """

    def __init__(self, places: Places, whole: Callable[[Node], str]) -> None:
        self._places = places
        self._shape_of = places.shape_of
        self._whole = whole

    def text(self, node: Node, window: Window) -> str:
        """Write what gives the cells ``window`` of the value of ``node``, with all axes."""
        shape = self._shape_of(node)
        if shape is None:
            return self._places.text(node, alone=True)
        if window == tuple((0, size) for size in shape):
            return self._whole(node)
        axis = self._line_axis(node)
        if axis is not None and window[axis] != (0, shape[axis]):
            line = (*window[:axis], (0, shape[axis] or 0), *window[axis + 1 :])
            start, stop = window[axis]
            return f"({self.text(node, line)})[{':, ' * axis}{start}:{stop}]"
        parts = self._below(node, window, shape)
        if parts is not None:
            return self._spliced(node, parts)
        if all(stop - start == 1 for start, stop in window):
            below, cell = descend(node, tuple(start for start, _ in window), self._shape_of)
            if below is not node:
                text = self.text(below, tuple((at, at + 1) for at in cell))
                return f"reshape({text}, {(1,) * len(window)})"
        return self._cut(node, window, shape)

    def _cut(self, node: Node, window: Window, shape: Shape) -> str:
        ranges = (
            ":" if size == stop and not start else f"{start}:{stop}"
            for (start, stop), size in zip(window, shape, strict=True)
        )
        text = self._whole(node)
        return f"{text if text.isidentifier() else f'({text})'}[{', '.join(ranges)}]"

    def _spliced(self, node: Node, parts: list[tuple[Node, Window]]) -> str:
        """Write ``node`` with other texts for some of its parts."""
        text = self._places.text(node, alone=True)
        offset = node.span.start
        for part, window in sorted(parts, key=lambda part: part[0].span.start, reverse=True):
            start, end = part.span.start - offset, part.span.end - offset
            text = text[:start] + self.text(part, window) + text[end:]
        return text

    def _below(self, node: Node, window: Window, shape: Shape) -> list[tuple[Node, Window]] | None:
        """Which windows of its parts a window of ``node`` needs; None where that can't be said."""
        match node:
            case Attribute(value=value, name="T"):
                return [(value, window[::-1])]
            case Attribute(value=value, name="mT" | "H"):
                return [(value, (*window[:-2], window[-1], window[-2]))]
            case Binary(operator="@", left=left, right=right):
                return self._product("matmul", left, right, window)
            case Binary(left=left, right=right):
                return self._cellwise((left, right), window, shape)
            case Unary(operand=operand):
                return self._cellwise((operand,), window, shape)
            case Call(arguments=(_, *_)):
                return self._below_call(node, window, shape)
        return None

    def _below_call(self, call: Call, window: Window, shape: Shape) -> list[tuple[Node, Window]] | None:
        match call:
            case Call(function="transpose", arguments=(value,), keywords=()):
                return [(value, window[::-1])]
            case Call(function=function, arguments=(left, right), keywords=()) if function in PRODUCTS:
                return self._product(function, left, right, window)
            case Call(function=function, arguments=(operand, *_)) if function in LINES:
                return None if self._line_axis(call) is None else [(operand, window)]
            case Call(function=function, arguments=(operand, *_)) if function in FOLDS:
                return self._fold(call, operand, window)
            case Call(function=function, arguments=arguments, keywords=keywords) if is_cellwise(function):
                if any(self._shape_of(value) for _, value in keywords):
                    return None
                return self._cellwise(arguments, window, shape)
        return None

    def _product(self, kind: str, left: Node, right: Node, window: Window) -> list[tuple[Node, Window]] | None:
        first, second = self._known(left), self._known(right)
        if first is None or second is None:
            return None
        if not first or not second:
            return self._cellwise((left, right), window, lengths(window))
        # The index arithmetic of one cell serves ranges as well: what it passes on is either end of them.
        wheres = [lines_of(kind, first, second, ends) for ends in zip(*window, strict=True)]
        found: list[tuple[Node, Window]] = []
        for node, shape, starts, stops in zip((left, right), (first, second), *wheres, strict=True):
            ranges = tuple(
                (0, size) if size == 1 or isinstance(start, slice) or isinstance(stop, slice) else (start, stop)
                for size, start, stop in zip(shape, starts, stops, strict=True)
            )
            found.append((node, ranges))
        return found

    def _cellwise(self, parts: tuple[Node, ...], window: Window, shape: Shape) -> list[tuple[Node, Window]] | None:
        found = []
        for node in parts:
            if self._shape_of(node) is None:
                continue  # a dtype or a mode
            own = self._known(node)
            if own is None or len(own) > len(window):
                return None
            reached = window[len(window) - len(own) :]
            if any(size not in (1, whole) for size, whole in zip(own, shape[len(shape) - len(own) :], strict=True)):
                return None
            found.append((node, tuple((0, 1) if size == 1 else at for size, at in zip(own, reached, strict=True))))
        return found or None

    def _line_axis(self, node: Node) -> int | None:
        """Axis along which all cells of a line decide on each of its cells; None where there are no such lines."""
        if not isinstance(node, Call) or node.function not in LINES or not node.arguments:
            return None
        shape = self._known(node.arguments[0])
        axis = dict(node.keywords).get("axis", node.arguments[1] if len(node.arguments) > 1 else None)
        number = -1 if axis is None else integer(axis)
        return number % len(shape) if shape and number is not None else None

    def _fold(self, call: Call, operand: Node, window: Window) -> list[tuple[Node, Window]] | None:
        shape = self._known(operand)
        axes = None if shape is None else axes_of(call, len(shape))
        if shape is None or axes is None:
            return None
        kept = [axis for axis in range(len(shape)) if axis not in axes]
        reached = {axis: window[axis if len(window) == len(shape) else place] for place, axis in enumerate(kept)}
        return [(operand, tuple(reached.get(axis, (0, size)) for axis, size in enumerate(shape)))]

    def _known(self, node: Node) -> tuple[int, ...] | None:
        """Shape of a value where all of its sizes are known."""
        shape = self._shape_of(node)
        if shape is None or None in shape:
            return None
        return tuple(size for size in shape if size is not None)
