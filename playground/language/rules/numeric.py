"""Shapes of grids of coordinates, and of what works on rows of numbers: convolutions, integrals, interpolation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.rules.shapes import Shaped, broadcast, described, signature_of
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.values import Value


def mesh(arguments: Arguments) -> tuple[Shaped, ...]:
    """Shapes of ``meshgrid``: one grid for each row of coordinates, the first two axes swapped for ``"xy"``."""
    if "xi" not in arguments.values:
        raise Mistake("missing-argument", tr("meshgrid needs rows of coordinates."), tr("Write meshgrid(x, y)."))
    parts = [arguments.as_array(item) for item in arguments.values["xi"].items or ()]
    sizes = [signature_of(part).size for part in parts]  # NumPy reads each cell by cell, whatever its shape
    axes = [part.axes[0] if signature_of(part).ndim == 1 else arguments.axes.fresh(1)[0] for part in parts]
    order = list(range(len(parts)))
    if arguments.choice("indexing", ("xy", "ij")) == "xy" and len(parts) > 1:
        order[:2] = [1, 0]
    shape = tuple(sizes[i] for i in order)
    check_size(shape, 16)
    if not arguments.flag("sparse"):
        return (Shaped(shape, tuple(axes[i] for i in order)),) * len(parts)
    return tuple(Shaped(tuple(sizes[i] if i == own else 1 for i in order)) for own in range(len(parts)))


def grid_indices(arguments: Arguments) -> Shaped:
    """Shape of ``indices``: one grid of numbers for each axis."""
    if not isinstance(arguments.constant("dimensions"), (tuple, list)):
        raise Mistake("argument", tr("indices takes a tuple of sizes."), tr("Write indices((2, 3))."),
                      span=arguments.values["dimensions"].span)  # fmt: skip
    sizes = arguments.shape("dimensions")
    check_size((len(sizes), *sizes), 8)
    return Shaped((len(sizes), *sizes))


def vandermonde(arguments: Arguments) -> Shaped:
    """Shape of ``vander``: one row for each number, one column for each power."""
    value = arguments.array("x")
    if signature_of(value).ndim != 1:
        raise Mistake("ndim", tr("vander takes one row of numbers."), span=value.span)
    size = signature_of(value).shape[0]
    count = arguments.integer("N") if arguments.given("N") else size
    if count is not None and count < 0:
        raise Mistake("argument", tr("vander needs a number of columns of 0 or more."), span=arguments.values["N"].span)
    check_size((size, count), 16)
    return Shaped((size, count), value.axes + arguments.axes.fresh(1))


def convolved(arguments: Arguments) -> Shaped:
    """Shape of ``convolve`` and ``correlate`` of n and m cells: n + m - 1, the longer, or n - m + 1 for each mode."""
    rows = [arguments.array(name) for name in ("a", "v")]
    for row in rows:
        if signature_of(row).ndim > 1 or (arguments.shown == "correlate" and not signature_of(row).ndim):
            raise Mistake("ndim", tr("{function} takes rows of numbers.", function=arguments.shown), span=row.span)
        if signature_of(row).size == 0:
            raise Mistake("empty", tr("{row} is empty.", row=described(row)), span=row.span)
    sizes = [signature_of(row).size for row in rows]
    mode = arguments.choice("mode", ("full", "same", "valid"))
    if sizes[0] is None or sizes[1] is None:
        return Shaped((None,))
    long, short = max(sizes[0], sizes[1]), min(sizes[0], sizes[1])
    return Shaped(({"full": long + short - 1, "same": long, "valid": long - short + 1}[str(mode)],))


def interpolated(arguments: Arguments) -> Shaped:
    """Shape of ``interp``: that of ``x``; ``xp`` and ``fp`` are rows of the same size."""
    value, places, heights = (arguments.array(name) for name in ("x", "xp", "fp"))
    for row in (places, heights):
        if signature_of(row).ndim != 1:
            raise Mistake("ndim", tr("interp needs its known points as two rows of numbers."), span=row.span)
    sizes = [signature_of(row).size for row in (places, heights)]
    if None not in sizes and sizes[0] != sizes[1]:
        raise Mistake(
            "broadcast",
            tr("interp needs as many places as heights: {places}, {heights}.",
               places=described(places), heights=described(heights)),
            span=heights.span,
        )  # fmt: skip
    if 0 in sizes:
        raise Mistake("empty", tr("interp needs at least one known point."), span=places.span)
    return Shaped(signature_of(value).shape, value.axes)


def integrated(arguments: Arguments) -> Shaped:
    """Shape of ``trapezoid``: the axis goes; ``x`` is one row of its places, or as large as ``y``."""
    value = arguments.array("y")
    shape = signature_of(value).shape
    axis = arguments.axis("axis", len(shape))
    left = Shaped((*shape[:axis], *shape[axis + 1 :]), (*value.axes[:axis], *value.axes[axis + 1 :]))
    if arguments.given("x"):
        _check_places(arguments.array("x"), value, axis)
    return left


def _check_places(places: Value, value: Value, axis: int) -> None:
    own, shape = signature_of(places).shape, signature_of(value).shape
    # Two places are one step, which goes for all cells.
    if own != shape and not (len(own) == 1 and own[0] in (shape[axis], 2)):
        raise Mistake(
            "broadcast",
            tr("The places {places} don't fit {values}.", places=described(places), values=described(value)),
            tr("Give one place for each cell along the axis."),
            span=places.span,
        )


def compared(arguments: Arguments) -> Shaped:
    """Shape of ``isclose``: both lined up, and with them what each cell may differ by."""
    return _compared(arguments, "a", "b")


def _compared(arguments: Arguments, *names: str) -> Shaped:
    """Line two arrays up, and with them the tolerances that are arrays."""
    values = [arguments.array(name) for name in names]
    for name in ("rtol", "atol"):
        if name in arguments.values and signature_of(arguments.array(name)).ndim:
            values.append(arguments.array(name))
    return broadcast(values, arguments.axes, arguments.shown)


def one_answer(first: str, second: str, *, lined_up: bool) -> OneAnswer:
    """Make the rule of ``allclose`` and ``array_equal``: one truth."""
    return OneAnswer(first, second, lined_up)


class OneAnswer:
    """A single truth about two arrays; ``lined_up`` where their shapes must fit."""

    def __init__(self, first: str, second: str, lined_up: bool) -> None:
        self._names, self._lined_up = (first, second), lined_up

    def __call__(self, arguments: Arguments) -> Shaped:
        """Give the shape of a single number."""
        if self._lined_up:
            _compared(arguments, *self._names)
        else:
            for name in self._names:
                arguments.array(name)
        return Shaped(())
