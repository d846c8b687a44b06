"""Gradients of what puts cells in order or in bins: ``sort``, ``median``, shares, ``bincount``."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Final

from playground.language.gradients.reductions import at_extreme, upstream
from playground.language.gradients.shaping import indexed, reshaped
from playground.language.gradients.text import Part, call, compared, constant, linear, masked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.gradients.operation import Operation, Rule


def _ranks(x: Part, axis: str | None, given: object) -> Part:
    """Write the place of each cell in the order along an axis; all cells in one row for None."""
    written = "None" if given is None and x.ndim > 1 else None if x.ndim == 1 else axis
    shape = x.shape if written != "None" else (None,)
    inner = call("argsort", x, axis=written, shape=shape)
    return call("argsort", inner, axis=None if written == "None" else written, shape=shape)


def _sort(operation: Operation) -> Part:
    """Each cell finds the gradient at the place where it went."""
    x, given = operation.x, operation.constant("axis")
    if not operation.dh.shape:
        return operation.dh
    ranks = _ranks(x, operation.axis, given)
    dh = operation.full
    if dh.ndim == 1:
        return reshaped(indexed(dh, [ranks.text], dh.shape), x)
    axis = None if given == -1 else operation.axis
    return linear(dh, lambda inside: call("take_along_axis", inside, ranks, axis=axis, shape=x.shape))


def _median(operation: Operation) -> Part:
    """The middle cell; of an even number of cells the two in the middle, which share the gradient."""
    x, axes, sizes = operation.x, operation.axes(), operation.sizes()
    count = prod(sizes[axis] or 0 for axis in (axes if axes is not None else range(x.ndim)))
    if count % 2 or not count:
        return at_extreme(operation, "median")
    if axes is not None and len(axes) > 1:
        raise operation.refused()
    ranks = _ranks(x, operation.axis, operation.constant("axis"))
    middle = call("abs", ranks - constant((count - 1) / 2), shape=ranks.shape)
    return masked(upstream(operation) / 2, reshaped(compared(middle, "<", 1), x))


def _quantile(operation: Operation) -> Part:
    """The two cells between which the share lies, each by how near it is."""
    x, axes, q = operation.x, operation.axes(), operation.constant("q")
    if operation.wanted != "a" or operation.constant("method") != "linear" or isinstance(q, tuple):
        raise operation.refused()
    if axes is not None and len(axes) > 1:
        raise operation.refused()
    sizes = operation.sizes()
    count = prod(sizes[axis] for axis in (axes if axes is not None else range(x.ndim)))  # type: ignore[misc]
    assert isinstance(q, (int, float))
    place = (count - 1) * q / (100 if operation.name == "percentile" else 1)
    ranks = _ranks(x, operation.axis, operation.constant("axis"))
    apart = call("abs", ranks - constant(place), shape=ranks.shape)
    return upstream(operation) * reshaped(call("maximum", 1 - apart, "0", shape=ranks.shape), x)


def _bincount(operation: Operation) -> Part:
    """Each weight was added up at its number."""
    places = operation["x"]
    return indexed(operation.full, [places.text], places.shape) if operation.dh.shape else operation.dh


RULES: Final[Mapping[str, Rule]] = {
    "sort": _sort,
    "median": _median,
    "quantile": _quantile,
    "percentile": _quantile,
    "bincount": _bincount,
}
