"""Gradients of what is known at some places: ``interp``, the powers of ``vander``, the slopes of ``gradient``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.gradients.operation import in_a_row, size_text
from playground.language.gradients.shaping import indexed, reshaped
from playground.language.gradients.text import Part, both, call, compared, linear, masked, part
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.gradients.operation import Operation, Rule


def _interp(operation: Operation) -> Part:
    """Between two known places the line through them decides; outside them the value is that of the last."""
    x, known, heights = operation["x"], operation["xp"], operation["fp"]
    if operation.wanted == "xp" or any(operation.given(name) for name in ("left", "right", "period")):
        raise operation.refused()
    count = known.shape[0]
    if count is None or count < 2:
        raise operation.refused()
    below = call("searchsorted", known, x, shape=x.shape) - 1
    piece = call("clip", below, "0", f"{size_text(known, None).text} - 2", shape=x.shape)
    if operation.wanted == "x":
        steep = call("diff", heights, shape=(count - 1,)) / call("diff", known, shape=(count - 1,))
        ends = compared(x, ">", indexed(known, ["0"], ())), compared(x, "<", indexed(known, ["-1"], ()))
        return masked(operation.dh * indexed(steep, [piece.text], x.shape), both(*ends))
    return _at_heights(operation, piece)


def _at_heights(operation: Operation, piece: Part) -> Part:
    """Each value is shared out to the heights on both sides of it, by how near it is."""
    x, known, heights, dh = operation["x"], operation["xp"], operation["fp"], in_a_row(operation.full)
    start = indexed(known, [piece.text], x.shape)
    width = indexed(call("diff", known, shape=(None,)), [piece.text], x.shape)
    share = in_a_row(call("clip", (x - start) / width, "0", "1", shape=x.shape))
    row = in_a_row(piece)

    def added(places: Part, weights: Part) -> Part:
        text = call("bincount", places, weights=weights.text, minlength=size_text(heights, None).text, shape=(None,))
        return reshaped(text, heights)

    return added(row, dh * (1 - share)) + added(row + 1, dh * share)


def _vander(operation: Operation) -> Part | None:
    """The derivative of ``x**k`` is ``k * x**(k - 1)``: the powers again, one fewer."""
    x, dh, given = operation.x, operation.full, operation.constant("N")
    count = given if isinstance(given, int) else x.shape[0]
    if count is None:
        raise operation.refused()
    if count < 2:
        return None
    rising = operation.constant("increasing") is True
    shape = (*x.shape, count - 1)
    numbers = f"1, {count}" if rising else f"{count - 1}, 0, -1"
    powers = call("vander", x, str(count - 1), increasing="True" if rising else None, shape=shape)
    without = indexed(dh, [":", "1:" if rising else ":-1"], shape)
    return call("sum", without * call("arange", numbers, shape=(count - 1,)) * powers, axis=1, shape=x.shape)


def _slopes(operation: Operation) -> Part:
    """Half the difference of both neighbours; the whole one at the ends."""
    f, dh = operation["f"], operation.full
    spacing = operation.values.get("varargs", ())
    if operation.wanted != "f" or f.ndim != 1 or None in f.shape or operation.constant("edge_order") != 1:
        raise operation.refused(hint=tr("Write it for one row of cells, or with differences: f[2:] - f[:-2]."))
    if any(step.ndim for step in spacing):
        raise operation.refused(hint=tr("Give one number as the distance between two cells."))
    inside = (f.shape[0] or 0) - 2
    halves = call("pad", part(f"full({inside}, 0.5)", (inside,)), "1", constant_values="1.0", shape=f.shape)

    def back(given: Part) -> Part:
        first, last = indexed(given, [":1"], (1,)), indexed(given, ["-1:"], (1,))
        row = f"[{(-first).text}, {(given * halves).text}, {(-last).text}]"
        wide = part(f"concatenate({row})", (inside + 4,))
        return call("convolve", wide, "[-1, 0, 1]", "'valid'", shape=f.shape)

    found = linear(dh, back)
    return found / spacing[0] if spacing else found


RULES: Final[Mapping[str, Rule]] = {"interp": _interp, "vander": _vander, "gradient": _slopes}
