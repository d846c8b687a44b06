"""Gradients of what is known at some places: ``interp``, the powers of ``vander``, the slopes of ``gradient``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.gradients.matrices import product, transposed
from playground.language.gradients.operation import in_a_row, size_text
from playground.language.gradients.shaping import indexed, reshaped
from playground.language.gradients.text import Part, both, call, compared, linear, masked, part
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.gradients.operation import Operation, Rule
    from playground.language.signature import Shape

_LONGEST: Final = 1024
"""Numbers along an axis up to which the slopes are written as a matrix."""


def _interp(operation: Operation) -> Part:
    """Between two known places the line through them decides; outside them the value is that of the last."""
    x, known, heights = operation["x"], operation["xp"], operation["fp"]
    if operation.wanted == "xp":
        raise operation.refused(
            tr("How interp depends on the places that are known isn't written here: the slopes on both sides of each "
               "would make a formula that nobody reads."),
            tr("There are gradients with respect to x and to the heights fp."),
        )  # fmt: skip
    if any(operation.given(name) for name in ("left", "right", "period")):
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
    """Slopes are a matrix times the numbers along an axis: that matrix turned round, which ``gradient(eye(n))`` is."""
    f, axes, spacing = operation["f"], operation.axes(), operation.values.get("varargs", ())
    if operation.wanted != "f" or None in f.shape:
        raise operation.refused(hint=tr("Write it with differences: (f[2:] - f[:-2]) / (x[2:] - x[:-2])."))
    axis = (axes or tuple(range(f.ndim)))[operation.result]
    step = spacing[operation.result if len(spacing) > 1 else 0] if spacing else None
    size, is_row = f.shape[axis] or 0, step is not None and step.ndim > 0
    if size > _LONGEST:
        if f.ndim > 1 or is_row or operation.constant("edge_order") != 1:
            why = tr("The gradient of gradient has a matrix of {n} times {n} numbers here: too many.", n=size)
            raise operation.refused(why, tr("Write it with differences: f[2:] - f[:-2]."))
        found = _long_slopes(f, operation.full)
    else:
        places = [step] if step is not None and is_row else []
        edge = None if operation.constant("edge_order") == 1 else "2"
        one_each = call("eye", size_text(f, (axis,)), shape=(size, size))
        slopes = call("gradient", one_each, *places, axis="0", edge_order=edge, shape=(size, size))
        found = _along(operation.full, axis, slopes)
    return found if step is None or is_row else found / step


def _along(dh: Part, axis: int, matrix: Part) -> Part:
    """Write ``dh @ matrix``, which works along the last axis, for any axis."""
    if axis == dh.ndim - 1:
        return product(dh, matrix)
    if axis == dh.ndim - 2:
        return product(transposed(matrix), dh)

    def swapped(given: Part) -> Part:
        return call("swapaxes", given, str(axis), "-1", shape=swap(given.shape))

    def swap(shape: Shape) -> Shape:
        return (*shape[:axis], shape[-1], *shape[axis + 1 : -1], shape[axis])

    return linear(dh, lambda inside: swapped(product(swapped(inside), matrix)))


def _long_slopes(f: Part, dh: Part) -> Part:
    """Half the difference of both neighbours; the whole one at the ends."""
    inside = (f.shape[0] or 0) - 2
    halves = call("pad", part(f"full({inside}, 0.5)", (inside,)), "1", constant_values="1.0", shape=f.shape)

    def back(given: Part) -> Part:
        first, last = indexed(given, [":1"], (1,)), indexed(given, ["-1:"], (1,))
        row = f"[{(-first).text}, {(given * halves).text}, {(-last).text}]"
        wide = part(f"concatenate({row})", (inside + 4,))
        return call("convolve", wide, "[-1, 0, 1]", "'valid'", shape=f.shape)

    return linear(dh, back)


RULES: Final[Mapping[str, Rule]] = {"interp": _interp, "vander": _vander, "gradient": _slopes}
