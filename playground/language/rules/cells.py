"""Shapes of what repeats cells, puts some around or between them, or takes some away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.rules.shapes import Shaped, described, shown, signature_of
from playground.language.signature import shape_text
from playground.language.values import MISSING
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.signature import Shape
    from playground.language.values import Value

_PAD_MODES: Final = (
    "constant", "edge", "linear_ramp", "maximum", "mean", "median", "minimum", "reflect", "symmetric", "wrap", "empty",
)  # fmt: skip
_PAD_EXTRAS: Final = {
    "constant_values": ("constant",),
    "end_values": ("linear_ramp",),
    "stat_length": ("maximum", "mean", "median", "minimum"),
    "reflect_type": ("reflect", "symmetric"),
}


# -- repeated ----------------------------------------------------------------------------------------------------


def tiled(arguments: Arguments) -> Shaped:
    """Shape of ``tile``: sizes times repetitions, lined up from the right."""
    shape, times = arguments.signature("A").shape, arguments.shape("reps")
    ndim = max(len(shape), len(times))
    first, second = (1,) * (ndim - len(shape)) + shape, (1,) * (ndim - len(times)) + times
    result = tuple(None if size is None else size * count for size, count in zip(first, second, strict=True))
    check_size(result)
    return Shaped(result)


def repeated(arguments: Arguments) -> Shaped:
    """Shape of ``repeat``: each cell so many times, along an axis or in one row."""
    value = arguments.array("a")
    signature = signature_of(value)
    if arguments.given("axis"):
        axis = arguments.axis("axis", max(signature.ndim, 1))
        total = _repeated(arguments, signature.shape[axis] if signature.ndim else 1)
        axes = (*value.axes[:axis], *arguments.axes.fresh(1), *value.axes[axis + 1 :])
        return Shaped((*signature.shape[:axis], total, *signature.shape[axis + 1 :]), axes)
    return Shaped((_repeated(arguments, signature.size),))


def _repeated(arguments: Arguments, size: int | None) -> int | None:
    value = arguments.values["repeats"]
    counts = arguments.signature("repeats")
    if counts.ndim > 1 or not np.can_cast(counts.dtype, np.intp, "safe"):
        raise Mistake("argument", tr("repeat takes a whole number, or one for each cell."), span=value.span)
    if counts.size not in (1, None, size) and size is not None:
        raise Mistake(
            "argument",
            tr(
                "repeat needs one count for each of {size} cells, and {count} were given.", size=size, count=counts.size
            ),
            span=value.span,
        )
    if value.constant is MISSING:
        return None
    known = arguments.integers("repeats")
    if min(known, default=0) < 0:
        raise Mistake("argument", tr("repeat can't repeat a negative number of times."), span=value.span)
    if len(known) == 1:
        return None if size is None else size * known[0]
    return sum(known)


def resized(arguments: Arguments) -> Shaped:
    """Shape of ``resize``: the one given; cells are repeated or left out."""
    arguments.array("a")
    return Shaped(arguments.shape("new_shape"))


# -- padded ------------------------------------------------------------------------------------------------------


def padded(arguments: Arguments) -> Shaped:
    """Shape of ``pad``: each axis longer by what comes before and behind it."""
    value = arguments.array("array")
    shape = signature_of(value).shape
    mode = arguments.choice("mode", _PAD_MODES)
    for name, modes in _PAD_EXTRAS.items():
        if name in arguments.values and mode not in modes:
            raise Mistake(
                "argument",
                tr("pad has no {name} where mode is {mode}.", name=name, mode=repr(mode)),
                tr("It belongs to {modes}.", modes=", ".join(map(repr, modes))),
                span=arguments.values[name].span,
            )
    widths = _pad_widths(arguments, len(shape))
    for axis, (size, width) in enumerate(zip(shape, widths, strict=True)):
        if size == 0 and any(width) and mode not in ("constant", "empty"):
            raise Mistake(
                "empty",
                tr("pad can't continue axis {axis} of {operand}, which has no cells.", axis=axis, operand=shown(value)),
                tr("mode='constant' can."),
            )
    result = tuple(None if size is None else size + sum(width) for size, width in zip(shape, widths, strict=True))
    check_size(result)
    return Shaped(result)


def _pad_widths(arguments: Arguments, ndim: int) -> list[tuple[int, int]]:
    """Read ``pad_width``: a number, before and behind, or a pair for each axis, as NumPy stretches them."""
    value = arguments.values["pad_width"]
    constant = arguments.constant("pad_width")
    signature = arguments.signature("pad_width")
    if signature.dtype.kind not in "iu":
        raise Mistake("argument", tr("pad takes whole numbers of cells."), span=value.span)
    widths = np.array(constant)
    try:
        pairs = np.broadcast_to(widths, (ndim, 2)).tolist()
    except ValueError:
        raise Mistake(
            "argument",
            tr("pad takes one number, a pair, or a pair for each of {n} axes; {text} is none of these.",
               n=ndim, text=shown(value)),
            span=value.span,
        ) from None  # fmt: skip
    if widths.size and widths.min() < 0:
        raise Mistake("argument", tr("pad takes numbers of cells of 0 or more."), span=value.span)
    return [(int(before), int(behind)) for before, behind in pairs]


# -- put in and taken away ---------------------------------------------------------------------------------------


def inserted(arguments: Arguments) -> Shaped:
    """Shape of ``insert``: values put in before given places along an axis; all cells in one row without one."""
    value, values = arguments.array("arr"), arguments.array("values")
    shape, axis = _row_or_axis(arguments, value)
    places = arguments.signature("obj")
    if places.ndim > 1:
        raise Mistake("ndim", tr("insert takes a place or a list of places."), span=arguments.values["obj"].span)
    _check_places(arguments, shape[axis], behind=True)
    count = _marked(arguments) if places.dtype.kind == "b" and places.ndim else places.size
    own = signature_of(values).shape
    own = (1,) * (len(shape) - len(own)) + own
    if count == 1:
        if not places.ndim:
            own = (*own[1 : axis + 1], own[0], *own[axis + 1 :])
        count = own[axis]
    room = (*shape[:axis], count, *shape[axis + 1 :])
    _check_fits(values, own, room, axis)
    old = shape[axis]
    total = None if old is None or count is None else old + count
    axes = (*value.axes[:axis], *arguments.axes.fresh(1), *value.axes[axis + 1 :]) if arguments.given("axis") else None
    return Shaped((*shape[:axis], total, *shape[axis + 1 :]), axes)


def _row_or_axis(arguments: Arguments, value: Value) -> tuple[Shape, int]:
    """Give the shape that is worked on and its axis: all cells in one row where no axis is given."""
    signature = signature_of(value)
    if arguments.given("axis"):
        return signature.shape, arguments.axis("axis", signature.ndim)
    return (signature.size,), 0


def _check_fits(values: Value, own: Shape, room: Shape, axis: int) -> None:
    """Raise ``Mistake`` where ``values``, lined up as ``own``, don't fill the room made for them."""
    while len(own) > len(room) and own[0] == 1:
        own = own[1:]
    pairs = list(zip(reversed(own), reversed(room), strict=False))
    if len(own) > len(room) or any(a not in (1, None, b) and b is not None for a, b in pairs):
        raise Mistake(
            "broadcast",
            tr("{values} doesn't fill the room of shape {room} that is made along axis {axis}.",
               values=described(values), room=shape_text(room), axis=axis),
            span=values.span,
        )  # fmt: skip


def deleted(arguments: Arguments) -> Shaped:
    """Shape of ``delete``: the given places along an axis go; all cells in one row without one."""
    value = arguments.array("arr")
    shape, axis = _row_or_axis(arguments, value)
    places, size = arguments.signature("obj"), shape[axis]
    _check_places(arguments, size, behind=False)
    if places.dtype.kind == "b":
        if places.ndim != 1 or (size is not None and places.size not in (None, size)):
            raise Mistake(
                "argument",
                tr("delete needs a truth for each of {size} places.", size=size),
                span=arguments.values["obj"].span,
            )
        gone = _marked(arguments)
    else:
        gone = _distinct(arguments, size)
    left = None if size is None or gone is None else size - gone
    axes = (*value.axes[:axis], *arguments.axes.fresh(1), *value.axes[axis + 1 :]) if arguments.given("axis") else None
    return Shaped((*shape[:axis], left, *shape[axis + 1 :]), axes)


def _check_places(arguments: Arguments, size: int | None, *, behind: bool) -> None:
    """Raise ``Mistake`` for places that aren't whole numbers or, as far as they are known, out of range.

    ``behind`` allows the place behind the last cell.
    """
    value, signature = arguments.values["obj"], arguments.signature("obj")
    empty_list = signature.size == 0 and value.constant is not MISSING
    if signature.dtype.kind not in "iub" and not empty_list:
        raise Mistake("index", tr("Places are whole numbers."), span=value.span)
    if value.constant is MISSING or signature.dtype.kind == "b" or size is None:
        return
    for place in numbers_in(value.constant):
        if not -size <= place < size + behind:
            raise Mistake(
                "index-range",
                tr("{function} has no place {place} among {size}, numbered from 0.",
                   function=arguments.shown, place=place, size=size),
                span=value.span,
            )  # fmt: skip


def numbers_in(constant: object) -> list[int]:
    """List the whole numbers of a typed list, however it is nested."""
    return [int(place) for place in np.ravel(np.array(constant))]


def _marked(arguments: Arguments) -> int | None:
    """How many places a mask marks."""
    constant = arguments.values["obj"].constant
    return None if constant is MISSING else int(np.sum(np.array(constant)))


def _distinct(arguments: Arguments, size: int | None) -> int | None:
    """How many different places there are."""
    constant, signature = arguments.values["obj"].constant, arguments.signature("obj")
    if constant is MISSING:
        return signature.size if signature.size in (0, 1) else None
    places = numbers_in(constant)
    if size is None:
        return len(places) if len(places) < 2 else None
    return len({place % size for place in places})


def trimmed(arguments: Arguments) -> Shaped:
    """Shape of ``trim_zeros``: the data decides how much is left."""
    signature = arguments.signature("filt")
    text = arguments.constant("trim")
    if not isinstance(text, str) or text.lower() not in ("f", "b", "fb", "bf"):
        raise Mistake("argument", tr("trim of trim_zeros is 'f', 'b' or 'fb': front, back or both."))
    return Shaped((None,) * signature.ndim)
