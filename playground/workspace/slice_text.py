"""Reads a slice as NumPy writes it, ``T[:, 2, ::-1].T``, as a `Slicing`; or says in a sentence why it is none."""

from __future__ import annotations

import re

from playground.language.signature import shape_text
from playground.record import Record
from playground.translation import tr
from playground.workspace.slicing import Slicing

_WHOLE = re.compile(r"(?P<name>[^\W\d]\w*)?\s*(?:\[(?P<items>[^\[\]]*)\]|(?P<bare>[^\[\]]*?))\s*(?P<turned>\.T)?")
_NUMBER = re.compile(r"[+-]?\d{1,18}")
_RANGE = re.compile(r"([+-]?\d{1,18})?\s*:\s*([+-]?\d{1,18})?\s*(?::\s*([+-]?\d{1,18})?)?")


class SliceRefusal(Record):
    """Why a text is no slice that can be shown: one sentence for the person."""

    message: str


def parse_slice(text: str, before: Slicing, name: str) -> Slicing | SliceRefusal:
    """Read ``text`` as a slice of the array ``name``; name and brackets may be left out.

    ``before`` tells the array's shape, and where the axes that are shown go on standing.

    >>> parse_slice("[:, 1, ::-1].T", Slicing((2, 3, 4), (0, 0, 0), 1, 2), "T").text("T")
    'T[:, 1, ::-1].T'
    """
    match = _WHOLE.fullmatch(text.strip())
    if match is None or match["name"] not in (None, name):
        return SliceRefusal(tr("Write a slice of {name} such as {example}.", name=name, example=before.text(name)))
    items = _items(match["items"] if match["items"] is not None else match["bare"] or "", before.shape)
    if isinstance(items, SliceRefusal):
        return items
    index, shown, backwards = list(before.index), [], set()
    for axis, (item, size) in enumerate(zip(items, before.shape, strict=True)):
        read = _axis(item, axis, size)
        if isinstance(read, SliceRefusal):
            return read
        if isinstance(read, bool):
            shown.append(axis)
            backwards |= {axis} if read else set()
        else:
            index[axis] = read
    if len(shown) > 2:
        return SliceRefusal(
            tr("Two axes can be shown, and {text} leaves {count}: give others an index.", text=text, count=len(shown))
        )
    row, column = ([None, None, *(reversed(shown) if match["turned"] else shown)])[-2:]
    kept = before.backwards - set(shown)  # an axis that isn't shown remembers its direction
    return Slicing(before.shape, tuple(index), row, column, frozenset(backwards | kept))


def _items(text: str, shape: tuple[int, ...]) -> list[str] | SliceRefusal:
    """One item for each axis; what is left out, or is ``...``, is whole axes."""
    text = text.strip()
    items = [] if text in ("", "()") else [item.strip() for item in text.removesuffix(",").split(",")]
    left_out = len(shape) - len([item for item in items if item != "..."])
    if left_out < 0:
        return SliceRefusal(
            tr("{count} indices are too many: the shape is {shape}.", count=len(items), shape=shape_text(shape))
        )
    if items.count("...") > 1:
        return SliceRefusal(tr("A slice can have one “...” only."))
    place = items.index("...") if "..." in items else len(items)
    return [*items[:place], *[":"] * left_out, *items[place + 1 :]]


def _axis(item: str, axis: int, size: int) -> int | bool | SliceRefusal:
    """Where the axis stands; or, where it is shown, whether it runs backwards."""
    if _NUMBER.fullmatch(item):
        at = int(item)
        if not -size <= at < size:
            return SliceRefusal(tr("Axis {axis} has no place {at}: its size is {size}.", axis=axis, at=at, size=size))
        return at % size
    match = _RANGE.fullmatch(item)
    if match is None:
        return SliceRefusal(tr("“{item}” is no index: write a number, : or ::-1.", item=item))
    start, stop, step = (None if part is None else int(part) for part in match.groups())
    if step == 0 or step not in (None, 1, -1) or range(size)[start:stop:step] != range(size)[::step]:
        return SliceRefusal(tr("“{item}” is a part of axis {axis}: write : or ::-1.", item=item, axis=axis))
    return step == -1
