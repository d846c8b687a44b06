"""Gradients of what makes few cells of many: sums, means, spreads, extremes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.gradients.cells import like
from playground.language.gradients.operation import Operation, Rule, averaged, flat, size_text, total
from playground.language.gradients.shaping import with_axes
from playground.language.gradients.text import Part, call, compared, masked, number

if TYPE_CHECKING:
    from collections.abc import Mapping


def upstream(operation: Operation) -> Part:
    """Give the upstream gradient of a reduction so that it fits to what was reduced."""
    axes = operation.axes()
    return operation.dh if operation.constants.get("keepdims") else with_axes(operation.dh, axes, operation.x)


def again(operation: Operation, function: str = "", **more: object) -> Part:
    """Write the reduction once more so that it fits to what was reduced: ``max(x, axis=1, keepdims=True)``."""
    axes, x = operation.axes(), operation.x
    if axes is None and not function:
        return operation.out
    if axes is None or x.ndim == 1:
        return call(function or operation.name, x, **more, shape=())
    shape = tuple(1 if axis in axes else size for axis, size in enumerate(x.shape))
    return call(function or operation.name, x, axis=operation.axis, **more, keepdims="True", shape=shape)


def _sum(operation: Operation) -> Part:
    return upstream(operation)


def _nansum(operation: Operation) -> Part:
    return call("where", like("isnan", operation.x), "0", upstream(operation), shape=operation.x.shape)


def _nanmean(operation: Operation) -> Part:
    x = operation.x
    there = compared(x, "==", x)  # nan is no number's equal, not even its own
    kept = None if operation.axes() is None else "True"
    count = call("sum", there, axis=operation.axis, keepdims=kept, shape=_kept(x, operation.axes()))
    return masked(upstream(operation) / count, there)


def _mean(operation: Operation) -> Part:
    return averaged(upstream(operation), operation.x, operation.axes())


def _average(operation: Operation) -> Part | None:
    if "weights" not in operation.values:
        return _mean(operation)
    x, weights, axes = operation["a"], operation["weights"], operation.axes()
    if x.shape != weights.shape:
        weights = with_axes(weights, tuple(a for a in range(x.ndim) if a not in (axes or ())), x)
    whole = total(weights, operation.axis, _kept(weights, axes), keepdims=True)
    dh = upstream(operation)
    if operation.wanted == "a":
        return dh * weights / whole
    if x.shape != operation["weights"].shape:
        raise operation.refused()
    kept = None if axes is None else "True"
    mean = call("average", x, axis=operation.axis, weights=weights.text, keepdims=kept, shape=_kept(x, axes))
    return dh * (x - mean) / whole


def _kept(x: Part, axes: tuple[int, ...] | None) -> tuple[int | None, ...]:
    return () if axes is None else tuple(1 if axis in axes else size for axis, size in enumerate(x.shape))


def _freedom(operation: Operation) -> Part:
    """``n - ddof``."""
    count = size_text(operation.x, operation.axes())
    ddof = operation.integer("ddof")
    return number(count.coefficient - ddof) if count.is_number else count - ddof


def _centred(operation: Operation) -> Part:
    return operation.x - again(operation, "mean")


def _variance(operation: Operation) -> Part:
    return 2 * upstream(operation) * _centred(operation) / _freedom(operation)


def _deviation(operation: Operation) -> Part:
    ddof = operation.constant("ddof") or None
    return upstream(operation) * _centred(operation) / (_freedom(operation) * again(operation, ddof=ddof))


def _extreme(operation: Operation) -> Part:
    return at_extreme(operation, operation.name)


def _range(operation: Operation) -> Part:
    return at_extreme(operation, "max") - at_extreme(operation, "min")


def at_extreme(operation: Operation, name: str) -> Part:
    """Give the upstream gradient to the cell that is the extreme one; equal ones share it."""
    x, axes = operation.x, operation.axes()
    mask = compared(x, "==", again(operation, name))
    kept = None if axes is None else "True"
    count = call("sum", mask, axis=operation.axis, keepdims=kept, shape=_kept(x, axes))
    return masked(upstream(operation) / count, mask)


RULES: Final[Mapping[str, Rule]] = {
    "sum": _sum,
    "nansum": _nansum,
    "mean": _mean,
    "nanmean": _nanmean,
    "average": _average,
    "var": _variance,
    "std": _deviation,
    "max": _extreme,
    "min": _extreme,
    "nanmax": _extreme,
    "nanmin": _extreme,
    "ptp": _range,
    **dict.fromkeys(
        ("any", "all", "argmin", "argmax", "count_nonzero", "argsort", "nanargmax", "nanargmin", "searchsorted"), flat
    ),
}
