"""Reads where a person wants to go, ``3, 4``, ``10:20, :`` or ``T[1, 2, 3]``, as cells of a picture. Runs nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from playground.language.signature import shape_text
from playground.record import Record, replace
from playground.translation import tr
from playground.workspace.slicing import Role

if TYPE_CHECKING:
    from playground.workspace.slicing import Slicing

_MOST = 200
_WHOLE = re.compile(
    r"(?P<name>[^\W\d]\w*)?\s*(?:\[(?P<items>[^\[\]()]*)\]|\((?P<tuple>[^\[\]()]*)\)|(?P<bare>[^\[\]()]*?))"
)
_NUMBER = re.compile(r"[+-]?\d{1,18}")
_RANGE = re.compile(r"([+-]?\d{1,18})?\s*:\s*([+-]?\d{1,18})?\s*(?::\s*([+-]?1)?)?")


class PlaceText(Record):
    """A text taken apart.

    Attributes
    ----------
    name
        The entry that it names, None for the one at hand.
    items
        One text for each axis that is given.
    bare
        Whether there were no brackets: then two items are a row and a column of what is shown.
    """

    name: str | None
    items: tuple[str, ...]
    bare: bool


class PlaceRefusal(Record):
    """Why a text is no place: one sentence for the person."""

    message: str


class Goal(Record):
    """Where to go: the picture that shows it, and ``(r0, r1, c0, c1)`` in it, half open."""

    slicing: Slicing
    box: tuple[int, int, int, int]


class _Span(NamedTuple):
    """Places of one axis; ``one`` says that it was given as a single index."""

    first: int
    stop: int
    one: bool


def take_apart(text: str) -> PlaceText | PlaceRefusal:
    """Find the name and the items of a text; what they mean depends on the array.

    >>> take_apart("T[1, :]").items
    ('1', ':')
    """
    match = _WHOLE.fullmatch(text.strip()) if len(text) <= _MOST else None
    if match is None or not text.strip() or (match["name"] and match["bare"]):
        return PlaceRefusal(tr("Write a row and a column, such as 3, 4, or a part, such as 10:20, :"))
    given = next((match[kind] for kind in ("items", "tuple", "bare") if match[kind] is not None), "")
    items = tuple(item.strip() for item in given.removesuffix(",").split(",")) if given.strip() else ()
    return PlaceText(match["name"], items, match["items"] is None and match["name"] is None)


def find_place(place: PlaceText, before: Slicing, name: str) -> Goal | PlaceRefusal:
    """Tell where ``place`` is in the array ``name``, of which ``before`` is shown.

    What is left out stays: axes that are shown whole, others where they stand. Raises nothing.
    """
    if 0 in before.shape:
        return PlaceRefusal(tr("{name} has no cells to go to.", name=name))
    spans = _spans(place, before)
    if isinstance(spans, PlaceRefusal):
        return spans
    picture = _picture(spans, before, place)
    if isinstance(picture, PlaceRefusal):
        return picture
    box = picture.shown_part(tuple((span.first, span.stop) for span in spans))
    assert box is not None  # every axis that isn't shown stands at its one place
    return Goal(picture, box)


def _spans(place: PlaceText, before: Slicing) -> list[_Span] | PlaceRefusal:
    """The places of every axis."""
    shape = before.shape
    shown = [axis for axis in (before.row, before.column) if axis is not None]
    axes = shown if place.bare and len(shape) > 2 and len(place.items) == len(shown) else list(range(len(shape)))
    items = _spread(place.items, len(axes), shape)
    if isinstance(items, PlaceRefusal):
        return items
    spans = [_Span(0, shape[axis], False) if axis in shown else _at(before.index[axis]) for axis in range(len(shape))]
    for axis, item in zip(axes, items, strict=True):
        if item is None:
            continue
        read = _span(item, axis, shape[axis])
        if isinstance(read, PlaceRefusal):
            return read
        spans[axis] = read
    return spans


def _at(place: int) -> _Span:
    return _Span(place, place + 1, True)


def _spread(items: tuple[str, ...], count: int, shape: tuple[int, ...]) -> list[str | None] | PlaceRefusal:
    """One item for each axis, None for those that are left out; ``...`` stands for as many as are missing."""
    given = [item for item in items if item != "..."]
    if len(given) > count or len(items) - len(given) > 1:
        return PlaceRefusal(
            tr("{count} indices are too many: the shape is {shape}.", count=len(items), shape=shape_text(shape))
        )
    place = items.index("...") if "..." in items else len(items)
    return [*items[:place], *[None] * (count - len(given)), *items[place + 1 :]]


def _span(item: str, axis: int, size: int) -> _Span | PlaceRefusal:
    if _NUMBER.fullmatch(item):
        at = int(item)
        if not -size <= at < size:
            return PlaceRefusal(tr("Axis {axis} has no place {at}: its size is {size}.", axis=axis, at=at, size=size))
        return _at(at % size)
    match = _RANGE.fullmatch(item)
    if match is None:
        return PlaceRefusal(tr("“{item}” is no index: write a number, or a part such as 10:20.", item=item))
    start, stop, step = (None if part is None else int(part) for part in match.groups())
    lines = range(size)[start:stop:step]
    if not lines:
        return PlaceRefusal(
            tr("“{item}” holds nothing: axis {axis} goes from 0 to {last}.", item=item, axis=axis, last=size - 1)
        )
    return _Span(min(lines[0], lines[-1]), max(lines[0], lines[-1]) + 1, False)


def _picture(spans: list[_Span], before: Slicing, place: PlaceText) -> Slicing | PlaceRefusal:
    """The picture that shows these places: the one that is shown, if it can."""
    wide = [axis for axis, span in enumerate(spans) if not span.one]
    picture = before
    if not set(wide) <= {before.row, before.column}:
        if len(wide) > 2:
            text = "[" + ", ".join(place.items) + "]"
            return PlaceRefusal(
                tr(
                    "Two axes can be shown, and {text} leaves {count}: give others an index.",
                    text=text,
                    count=len(wide),
                )
            )
        if len(wide) == 2:
            picture = replace(before, row=wide[0], column=wide[1])
        else:
            picture = before.with_role(wide[0], Role.COLUMNS if before.row is None else Role.ROWS)
    for axis in picture.sliders:
        picture = picture.standing(axis, spans[axis].first)
    return picture
