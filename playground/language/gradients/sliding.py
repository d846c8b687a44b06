"""Gradients of what slides one row of numbers, or a kernel, along another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.gradients.text import Part, call, linear

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.gradients.operation import Operation, Rule


def _lengths(operation: Operation) -> tuple[int, int]:
    """Give how long the two rows are; raises ``Mistake`` where only the data tells."""
    a, v = operation["a"], operation["v"]
    if None in (*a.shape, *v.shape) or a.ndim != 1 or v.ndim != 1:
        raise operation.refused()
    return a.shape[0] or 0, v.shape[0] or 0


def _in_full(operation: Operation, given: Part) -> Part:
    """Write zeros around a gradient, so that it is as long as all places where the rows touch."""
    first, second = _lengths(operation)
    less = {"full": 0, "same": min(first, second) - 1, "valid": 2 * (min(first, second) - 1)}[_mode(operation)]
    if not less:
        return given
    before = less // 2
    if _mode(operation) == "same" and operation.name == "correlate" and first < second:
        before = less - before
    width = str(before) if 2 * before == less else f"({before}, {less - before})"
    return call("pad", given, width, shape=(first + second - 1,))


def _mode(operation: Operation) -> str:
    return str(operation.constant("mode"))


def _convolve(operation: Operation) -> Part:
    """Each side's gradient is what ``dh`` has in common with the other side."""
    other = operation["v" if operation.wanted == "a" else "a"]

    def common(inside: Part) -> Part:
        return call("correlate", _in_full(operation, inside), other, shape=operation.x.shape)

    return linear(operation.full, common)


def _correlate(operation: Operation) -> Part:
    a, v = operation["a"], operation["v"]
    first, second = _lengths(operation)
    if _mode(operation) == "valid" and first >= second:
        if operation.wanted == "a":
            return linear(operation.full, lambda inside: call("convolve", inside, v, shape=a.shape))
        return linear(operation.full, lambda inside: call("correlate", a, inside, shape=v.shape))
    if _mode(operation) == "valid":
        raise operation.refused()

    def slid(inside: Part) -> Part:
        full = _in_full(operation, inside)
        if operation.wanted == "a":
            return call("convolve", full, v, "'valid'", shape=a.shape)
        return call("flip", call("correlate", full, a, shape=v.shape), shape=v.shape)

    return linear(operation.full, slid)


def _convolved(operation: Operation) -> Part:
    """Backwards the kernel slides turned round; the kernel's gradient is what ``dh`` sees of ``x``."""
    x, kernel, dh = operation["x"], operation["kernel"], operation.full
    if x.ndim != kernel.ndim or None in kernel.shape:
        raise operation.refused()
    if operation.wanted == "kernel":
        return linear(dh, lambda inside: call(operation.name, x, inside, shape=kernel.shape))
    margins = [(size or 1) - 1 for size in kernel.shape]
    width = str(margins[0]) if len(set(margins)) == 1 else str(tuple((m, m) for m in margins))
    turned = call("flip", kernel, shape=kernel.shape)
    wide = tuple((size or 0) + 2 * m for size, m in zip(dh.shape, margins, strict=True))
    return linear(
        dh, lambda inside: call(operation.name, call("pad", inside, width, shape=wide), turned, shape=x.shape)
    )


RULES: Final[Mapping[str, Rule]] = {
    "convolve": _convolve,
    "correlate": _correlate,
    "conv1d": _convolved,
    "conv2d": _convolved,
}
