"""The shape ribbon for a terminal: the formula, and under each of its parts a bracket with the shape that it gives."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from playground.language.nodes import Attribute, Call, Index, walk
from playground.language.signature import Signature, TupleSignature
from playground.language.values import MISSING
from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playground.language.infer import Inference
    from playground.language.values import Step

_COLOURS: Final = ("36", "33", "35", "34", "96", "95")
"""One for each axis class, of the terminal's own palette; after six, sizes stay plain. Red and green mean clash and
match, so they aren't among them."""
_CLASH: Final = "1;31"


class Label(Record):
    """A part of the formula: its characters ``[start, end)``, what stands under it, and in which line."""

    start: int
    end: int
    sizes: tuple[tuple[str, str], ...]
    level: int

    @property
    def text(self) -> str:
        """The shape."""
        return "".join(text for text, _ in self.sizes)

    @property
    def width(self) -> int:
        """Columns that it needs; a part of several characters has a bracket around its shape."""
        return len(self.text) if self.level == 1 else len(self.text) + 4


class Drawing(Record):
    """A formula and all that is drawn of it.

    Attributes
    ----------
    source
        Its text.
    labels
        What stands under it.
    followed
        Where each part stands that an index, an attribute or a method follows, and where that ends.
    """

    source: str
    labels: tuple[Label, ...]
    followed: Mapping[tuple[int, int], int]

    def lines(self, *, colour: bool = False) -> list[str]:
        """Draw it; without labels it is its text."""
        if not self.labels:
            return [self.source]
        columns = _columns(self)
        lines = [_spread(self.source, columns)]
        for level in range(1, max(label.level for label in self.labels) + 1):
            lines.append(_line([label for label in self.labels if label.level == level], columns, colour=colour))
        return lines

    @property
    def width(self) -> int:
        """Columns that it takes."""
        return max(map(display_width, self.lines()))


def ribbon(inference: Inference, *, colour: bool = False) -> str:
    """Draw what is known of a formula, up to the mistake where there is one.

    >>> print(ribbon(infer("A @ B", {"A": Signature((3, 2), float64), "B": Signature((2, 4), float64)})))
    A      @ B
    (3, 2)   (2, 4)
    └─── (3, 4) ──┘

    Sizes that clash have a cross. With ``colour``, axes that an operation makes equal have the same one.
    """
    return "\n".join(drawing_of(inference).lines(colour=colour))


def drawing_of(inference: Inference) -> Drawing:
    """Give what ``ribbon`` draws."""
    return Drawing(inference.source, tuple(_labels(inference)), _followed(inference))


def display_width(text: str) -> int:
    """Count the columns that ``text`` takes in a terminal: wide characters two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) > 0 for character in text)


def _labels(inference: Inference) -> list[Label]:
    """One for each part that isn't a plain constant, children first, each a line below the tallest of its children."""
    clash = {(span.start, span.end, axis) for span, axis in inference.clash}
    found: dict[tuple[int, int], Label] = {}
    for step in inference.steps:
        if step.constant is not MISSING:
            continue
        start, end = step.span.start, step.span.end
        inside = [label.level for label in found.values() if start <= label.start and label.end <= end]
        inside = [level for level in inside if level] if (start, end) not in found else []
        found[start, end] = Label(start, end, _sizes(step, clash), 1 + max(inside, default=0))
    return list(found.values())


def _sizes(step: Step, clash: set[tuple[int, int, int]]) -> tuple[tuple[str, str], ...]:
    """The shape in pieces, each with its colour ("" for none)."""
    if isinstance(step.signature, TupleSignature):
        parts = [_sizes_of(item, (), set()) for item in step.signature.items]
        joined = [piece for part in parts for piece in (*part, (" ", ""))]
        return tuple(joined[:-1])
    places = {axis for start, end, axis in clash if (start, end) == (step.span.start, step.span.end)}
    return _sizes_of(step.signature, step.axes, places)


def _sizes_of(signature: Signature, axes: Sequence[int], clash: set[int]) -> tuple[tuple[str, str], ...]:
    pieces: list[tuple[str, str]] = [("(", "")]
    for place, size in enumerate(signature.shape):
        text = "?" if size is None else str(size)
        if signature.axis_names and signature.axis_names[place] is not None:
            pieces.append((f"{signature.axis_names[place]} ", ""))
        kind = axes[place] if place < len(axes) else len(_COLOURS)
        colour = _COLOURS[kind] if kind < len(_COLOURS) else ""
        pieces.append((f"✗{text}", _CLASH) if place in clash else (text, colour))
        pieces.append((", ", ""))
    if len(signature.shape) == 1:
        pieces[-1] = (",", "")
    elif signature.shape:
        pieces.pop()
    return (*pieces, (")", ""))


def _columns(drawing: Drawing) -> list[int]:
    """Column of each character, and of the end: spread so that every part is as wide as its label.

    What belongs to a part stays with it in one piece, ``v[:, None]``, ``A.T``; the room for its label is behind that.
    """
    columns, labels, behind = [0], drawing.labels, drawing.followed
    for character in drawing.source:
        columns.append(columns[-1] + display_width(character))
    for label in sorted(labels, key=lambda label: (label.level, label.start)):
        end = label.end
        while (label.start, end) in behind:
            end = behind[label.start, end]
        if any(label.end <= other.start and other.end <= end for other in labels):
            end = label.end
        missing = label.width - (columns[end] - columns[label.start])
        if missing > 0:
            for place in range(end, len(columns)):
                columns[place] += missing
    return columns


def _followed(inference: Inference) -> dict[tuple[int, int], int]:
    """Where each part stands that an index, an attribute or a method follows, and where that ends."""
    found: dict[tuple[int, int], int] = {}
    for node in walk(inference.tree) if inference.tree is not None else ():
        match node:
            case Index(value=part) | Attribute(value=part):
                pass
            case Call(is_method=True, arguments=(part, *_)):
                pass
            case _:
                continue
        if part.span.start == node.span.start:
            found[part.span.start, part.span.end] = node.span.end
    return found


def _spread(source: str, columns: Sequence[int]) -> str:
    line = ""
    for place, character in enumerate(source):
        line += " " * (columns[place] - display_width(line)) + (" " if character.isspace() else character)
    return line.rstrip()


def _line(labels: Sequence[Label], columns: Sequence[int], *, colour: bool) -> str:
    line, width = "", 0
    for label in sorted(labels, key=lambda label: label.start):
        start, end = columns[label.start], columns[label.end]
        text = "".join(f"\x1b[{code}m{piece}\x1b[0m" if colour and code else piece for piece, code in label.sizes)
        before = after = ""
        if label.level > 1:
            room = end - start - len(label.text) - 4
            before, after = f"└{'─' * (room - room // 2)} ", f" {'─' * (room // 2)}┘"
        line += " " * (start - width) + before + text + after
        width = start + len(before) + len(label.text) + len(after)
    return line
