"""A ribbon that is too wide for a terminal, in stages: what fits is drawn first and stands as ① in what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.record import replace
from playground.ribbon import Drawing, Label, drawing_of

if TYPE_CHECKING:
    from playground.language.infer import Inference

_MARKS: Final = "①②③④⑤⑥"

_MOST_LINES: Final = 6
"""Lines of text that a formula may have to be drawn: of more, the stages would take longer to read than a table."""


def staged(inference: Inference, columns: int, *, colour: bool = False) -> str | None:
    """Draw a formula in as few ribbons as fit into ``columns``; None where even its parts don't.

    Each ribbon but the last begins with the mark that stands for it in those that follow.
    """
    if len(inference.source) > _MOST_LINES * columns:
        return None
    whole = drawing_of(inference)
    found: list[Drawing] = []
    for mark in _MARKS:
        if whole.width <= columns:
            return "\n\n".join("\n".join(drawing.lines(colour=colour)) for drawing in [*found, whole])
        part = _largest(whole, mark, columns)
        if part is None:
            return None
        label, drawing = part
        found.append(drawing)
        whole = _without(whole, label, mark)
    return None


def _largest(whole: Drawing, mark: str, columns: int) -> tuple[Label, Drawing] | None:
    """Give the longest part that fits, and what is drawn of it."""
    most = min(columns - len(mark) - 3, len(whole.source) - 1)
    parts = [label for label in whole.labels if label.level > 1 and label.end - label.start <= most]
    for label in sorted(parts, key=lambda label: label.start - label.end):
        drawing = _part(whole, label, f"{mark} = ")
        if drawing.width <= columns:
            return label, drawing
    return None


def _part(whole: Drawing, label: Label, head: str) -> Drawing:
    """Draw what is inside ``label``, after ``head``."""
    by = len(head) - label.start
    inside = [one for one in whole.labels if label.start <= one.start and one.end <= label.end]
    labels = tuple(replace(one, start=one.start + by, end=one.end + by) for one in inside)
    followed = {
        (start + by, end + by): last + by
        for (start, end), last in whole.followed.items()
        if label.start <= start and last <= label.end
    }
    return Drawing(head + whole.source[label.start : label.end], labels, followed)


def _without(whole: Drawing, label: Label, mark: str) -> Drawing:
    """Let ``mark`` stand for what is inside ``label``; what is around it comes down as many lines as it has lost."""
    by = label.end - label.start - len(mark)

    def moved(place: int) -> int:
        return place - by if place >= label.end else place

    labels: list[Label] = []
    for one in sorted(whole.labels, key=lambda one: (one.end - one.start, one.start)):
        if (one.start, one.end) == (label.start, label.end):
            labels.append(replace(one, end=moved(one.end), level=1))
        elif not (label.start <= one.start and one.end <= label.end):
            start, end = moved(one.start), moved(one.end)
            below = [other.level for other in labels if start <= other.start and other.end <= end]
            labels.append(replace(one, start=start, end=end, level=1 + max(below, default=0)))
    followed = {
        (moved(start), moved(end)): moved(last)
        for (start, end), last in whole.followed.items()
        if not (label.start <= start and last <= label.end)
    }
    return Drawing(whole.source[: label.start] + mark + whole.source[label.end :], tuple(labels), followed)
