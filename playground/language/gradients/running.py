"""Gradients of products of cells and of what runs along an axis: totals, differences, areas; and of covariance."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Final

from playground.language.gradients.factor import POWER
from playground.language.gradients.matrices import product, transposed
from playground.language.gradients.operation import Operation, Rule, axis_text, in_a_row, size_text, stretched, total
from playground.language.gradients.reductions import upstream
from playground.language.gradients.shaping import indexed, reshaped
from playground.language.gradients.text import Part, both, call, compared, constant, linear, number, part
from playground.record import replace

if TYPE_CHECKING:
    from collections.abc import Mapping


# -- products of cells -----------------------------------------------------------------------------------------


def _others(x: Part, axis: int) -> Part:
    """Write along a new axis, for each cell, all cells of its row with a 1 in its own place.

    A quotient would do where no cell is 0; this is right there too.
    """
    size = x.shape[axis]
    eye = call("eye", size_text(x, (axis,)), shape=(size, size))
    if axis != x.ndim - 1:
        eye = indexed(eye, ["...", *["None"] * (x.ndim - 1 - axis)], (size, size, *(1,) * (x.ndim - 1 - axis)))
    rows = indexed(x, [":"] * axis + ["None"], ()) if axis else x
    return call("where", eye, "1", rows, shape=(*x.shape[:axis], size, *x.shape[axis:]))


def _is_long(x: Part, axis: int) -> bool:
    """Tell whether a copy of each row for each of its cells would be large."""
    return None not in x.shape and prod(x.shape) * (x.shape[axis] or 0) > _FEW  # type: ignore[arg-type]


def _without_one(x: Part, axis: int) -> Part:
    """Write for each cell the product of the others along an axis; of many, that of those before times those behind."""
    if not _is_long(x, axis):
        return call("prod", _others(x, axis), axis=axis + 1, shape=x.shape)
    along = None if x.ndim == 1 else axis
    ahead = [":"] * axis

    def widened(given: Part, side: tuple[int, int]) -> Part:
        widths = ", ".join(str(side if place == axis else (0, 0)) for place in range(x.ndim))
        return call("pad", given, widths if x.ndim == 1 else f"({widths})", constant_values=1, shape=x.shape)

    def running(given: Part) -> Part:
        return call("cumprod", given, axis=along, shape=given.shape)

    shape = tuple((size or 0) - (place == axis) for place, size in enumerate(x.shape))
    before = running(indexed(x, [*ahead, ":-1"], shape))
    behind = _turned(running(_turned(indexed(x, [*ahead, "1:"], shape), along)), along)
    return widened(before, (1, 0)) * widened(behind, (0, 1))


def _turned(given: Part, along: int | None) -> Part:
    return call("flip", given, axis=along, shape=given.shape)


def _prod(operation: Operation) -> Part:
    """The product of the other cells, also where some are 0."""
    x, axes = operation.x, operation.axes()
    if not x.ndim:
        return operation.dh
    if axes is None and x.ndim > 1:
        return operation.dh * reshaped(_without_one(in_a_row(x), 0), x)
    found, inner = upstream(operation), x
    for axis in axes if axes is not None else (0,):
        found = found * _without_one(inner, axis)
        kept = tuple(1 if place == axis else size for place, size in enumerate(inner.shape))
        inner = call("prod", inner, axis=axis, keepdims="True", shape=kept)
    return found


# -- running totals --------------------------------------------------------------------------------------------


def _running(operation: Operation) -> tuple[int, Part]:
    """The axis that a running total goes along, and its upstream gradient in the shape of the result."""
    axes = operation.axes()
    return axes[0] if axes else 0, operation.full


def _cumsum(operation: Operation) -> Part:
    """The running total from the end."""
    axis, dh = _running(operation)
    along = None if dh.ndim == 1 else axis

    def back(inside: Part) -> Part:
        turned = call("flip", inside, axis=along, shape=dh.shape)
        return call("flip", call("cumsum", turned, axis=along, shape=dh.shape), axis=along, shape=dh.shape)

    return reshaped(linear(dh, back), operation.x)


def _cumprod(operation: Operation) -> Part:
    """Each later total has all of its cells as factors but the one; right where cells are 0 too."""
    x, (axis, dh) = operation.x, _running(operation)
    if not x.ndim:
        return reshaped(dh, x)
    if _is_long(in_a_row(x) if dh.ndim == 1 else x, axis):
        return reshaped(_long_cumprod(in_a_row(x) if dh.ndim == 1 else x, axis, dh), x)
    if dh.ndim == 1:
        row = in_a_row(x)
        return reshaped(product(_later(row), dh), x)
    swapped = axis != x.ndim - 1
    rows, dh = (_last(x, axis), _last(dh, axis)) if swapped else (x, dh)
    later = _later(rows)

    def back(inside: Part) -> Part:
        weighted = later * indexed(inside, ["...", "None", ":"], (*inside.shape[:-1], 1, inside.shape[-1]))
        return call("sum", weighted, axis="-1", shape=rows.shape)

    found = linear(dh, back)
    return _last(found, axis) if swapped else found


def _cumulative(rule: Rule) -> Rule:
    """Rule of a running total that may begin with what it is before the first cell: that has no gradient."""

    def without_initial(operation: Operation) -> Part | None:
        if operation.constants.get("include_initial") is not True:
            return rule(operation)
        axis, dh = _running(operation)
        row = in_a_row(operation.x) if dh.ndim == 1 else operation.x
        kept = indexed(dh, [":"] * axis + ["1:"], row.shape)
        return rule(replace(operation, dh=kept, out=row))

    return without_initial


def _long_cumprod(x: Part, axis: int, dh: Part) -> Part:
    """Write running totals from the end, divided by each cell; from the first 0 on the products are 0.

    The cell that is that 0 has as its gradient the total of the products with a 1 in its place.
    """
    along = None if x.ndim == 1 else axis
    zero = compared(x, "==", 0)
    first = both(zero, compared(call("cumsum", zero, axis=along, shape=x.shape), "==", 1))

    def total_behind(cells: Part) -> Part:
        products = dh * call("cumprod", cells, axis=along, shape=x.shape)
        return _turned(call("cumsum", _turned(products, along), axis=along, shape=x.shape), along)

    without = call("where", first, "1", x, shape=x.shape)
    divided = total_behind(x) / call("where", zero, "1", x, shape=x.shape)
    return call("where", first, total_behind(without), divided, shape=x.shape)


def _later(x: Part) -> Part:
    """Write, for each cell and each running product from it on, that product without the cell."""
    axis = x.ndim - 1
    others = _others(x, axis)
    return call("triu", call("cumprod", others, axis=axis + 1, shape=others.shape), shape=others.shape)


def _last(given: Part, axis: int) -> Part:
    """Let an axis and the last one change places."""
    if axis == given.ndim - 2:
        return transposed(given)
    shape = list(given.shape)
    shape[axis], shape[-1] = shape[-1], shape[axis]
    return call("swapaxes", given, str(axis), "-1", shape=tuple(shape))


# -- differences and areas -------------------------------------------------------------------------------------


def _diff(operation: Operation) -> Part:
    axes = operation.axes()
    if operation.integer("n") != 1 or operation.given("prepend") or operation.given("append") or axes is None:
        raise operation.refused()
    pads = ", ".join("(1, 1)" if axis == axes[0] else "(0, 0)" for axis in range(operation.x.ndim))
    pads = "1" if operation.x.ndim == 1 else f"({pads})"
    along = None if axes[0] == operation.x.ndim - 1 else axes[0]
    wide = tuple((size or 0) + 2 * (axis == axes[0]) for axis, size in enumerate(operation.out.shape))
    dh = stretched(operation.dh, operation.out)
    return linear(
        dh, lambda inside: -call("diff", call("pad", inside, pads, shape=wide), axis=along, shape=operation.x.shape)
    )


def _trapezoid(operation: Operation) -> Part:
    """The trapezoidal rule: each height counts for half of the way to either side."""
    y, axes = operation["y"], operation.axes()
    if operation.wanted == "dx":
        raise operation.refused()
    axis = axes[0] if axes else 0
    count = y.shape[axis]
    dh = _upstream_along(operation, y, axis)
    if operation.wanted == "x":
        return _of_places(operation, y, axis, dh)
    if count is None or count < 2:
        raise operation.refused()
    return dh * _weights(operation, y, axis, count)


def _of_places(operation: Operation, y: Part, axis: int, dh: Part) -> Part:
    """A place gives area to the piece before it and takes it from the piece after."""
    if operation.x.ndim != 1:
        raise operation.refused()
    ahead = [":"] * axis
    shape = (*y.shape[:axis], None, *y.shape[axis + 1 :])
    heights = indexed(y, [*ahead, ":-1"], shape) + indexed(y, [*ahead, "1:"], shape)
    outside, heights = (number(1), dh * heights) if dh.shape else (dh, heights)
    if y.ndim > 1:
        heights = total(heights, axis_text([place for place in range(y.ndim) if place != axis]), (None,))
    padded = call("pad", heights, "1", shape=(None,))
    return -outside * call("diff", padded, shape=operation.x.shape) / 2


def _upstream_along(operation: Operation, y: Part, axis: int) -> Part:
    """Give the upstream gradient the axis that was summed over."""
    if not operation.dh.shape or axis == 0:
        return operation.dh
    return indexed(operation.dh, [":"] * axis + ["None"], (*y.shape[:axis], 1, *y.shape[axis + 1 :]))


def _weights(operation: Operation, y: Part, axis: int, count: int) -> Part:
    """Write what each height counts for, along its axis."""
    column = ["...", *["None"] * (y.ndim - 1 - axis)] if axis < y.ndim - 1 else []
    shape = (count, *(1,) * (y.ndim - 1 - axis))
    if "x" in operation.values:
        x = operation["x"]
        if x.ndim != 1:
            raise operation.refused()
        steps = call("diff", x, shape=(count - 1,))
        after, before = (call("pad", steps, width, shape=(count,)) for width in ("(0, 1)", "(1, 0)"))
        return indexed(after + before, column, shape) / 2
    inside = call("ones", str(count - 2), shape=(count - 2,))
    found = call("pad", inside, "1", constant_values="0.5", shape=(count,))
    return operation["dx"] * indexed(found, column, shape)


# -- polynomials -----------------------------------------------------------------------------------------------


def _polynomial(operation: Operation) -> Part | None:
    """Of the coefficients the powers of x; of x the polynomial of the derivative."""
    p, x, dh = operation["p"], operation["x"], operation.full
    count = p.shape[0] if p.ndim == 1 else None
    if not count or None in x.shape:
        raise operation.refused()
    if operation.wanted == "p":
        if not x.ndim:
            return dh * part(f"{x.atom}**arange({count - 1}, -1, -1)", (count,), POWER)
        row = in_a_row(x)
        powers = call("vander", row, size_text(p, None), shape=(*row.shape, count))
        return product(transposed(powers), in_a_row(dh))
    if count == 1:
        return None
    steps = call("arange", str(count - 1), "0", "-1", shape=(count - 1,))
    lower = indexed(p, [":-1"], (count - 1,)) * steps
    return dh * call("polyval", lower, x, shape=x.shape)


# -- covariance ------------------------------------------------------------------------------------------------


def _covariance(operation: Operation) -> Part:
    """``(dh + dh.T) @ (m - mean) / (n - 1)``, where each row is a variable."""
    x, dh = operation.x, operation.full
    if operation.given("y") or x.ndim == 0:
        raise operation.refused()
    by_rows = operation.constant("rowvar") is True or x.ndim == 1
    axis = x.ndim - 1 if by_rows else 0
    given = operation.constant("ddof")
    ddof = given if given is not None else 0 if operation.constant("bias") else 1
    count = size_text(x, (axis,))
    assert isinstance(ddof, (int, float))
    freedom = number(count.coefficient) - constant(ddof) if count.is_number else count - constant(ddof)
    if x.ndim == 1:
        return 2 * dh * (x - call("mean", x, shape=())) / freedom
    kept = tuple(1 if place == axis else size for place, size in enumerate(x.shape))
    centred = x - call("mean", x, axis=axis, keepdims="True" if by_rows else None, shape=kept)
    if x.shape[1 - axis] == 1:
        return 2 * operation.dh * centred / freedom
    both = dh + transposed(dh)
    return (product(both, centred) if by_rows else product(centred, both)) / freedom


_FEW: Final = 4096
"""Cells of the copies that make a short formula right where cells are 0."""

RULES: Final[Mapping[str, Rule]] = {
    "prod": _prod,
    "cumsum": _cumsum,
    "cumprod": _cumprod,
    "cumulative_sum": _cumulative(_cumsum),
    "cumulative_prod": _cumulative(_cumprod),
    "diff": _diff,
    "trapezoid": _trapezoid,
    "polyval": _polynomial,
    "cov": _covariance,
}
