"""Traps of cells too narrow for what comes out: whole numbers that wrap around, floats that become inf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.nodes import Binary, Call
from playground.language.traps.parts import Scene, Trap
from playground.language.values import MISSING
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.language.nodes import Node, Unary
    from playground.language.signature import Signature

_NARROW: Final = 2
"""Bytes of the integers that overflow in everyday use, whatever they meet."""
_WIDE: Final = 4
"""Bytes of the integers for which wider ones remain."""
_MOST_OF_FLOAT32: Final = float(np.finfo(np.float32).max)
_EVERYDAY: Final = 100
"""A cell that nobody is surprised to find: where its power doesn't fit, the power is a trap."""

_GROW: Final = frozenset({"+", "-", "*", "**", "<<", "@"})


def overflow(scene: Scene, node: Binary) -> Iterator[Trap]:
    """Say where ``node`` is likely to leave what the dtype of its result holds."""
    left, right, result = scene.array(node.left), scene.array(node.right), scene.array(node)
    if left is None or right is None or result is None or result.size == 0 or _is_number(scene, node, result):
        return
    kind = result.dtype.kind
    if kind == "b":
        yield from _added_truths(scene, node)
    elif kind == "f":
        yield from _beyond_floats(scene, node, result)
        yield from _mixed(scene, node, left, right)
    elif kind in "iu" and node.operator in _GROW and not _harmless(scene, node):
        yield from _wrapped(scene, node, left, result)


def negated(scene: Scene, node: Unary) -> Iterator[Trap]:
    """``-u`` of unsigned integers."""
    result = scene.array(node)
    if node.operator == "-" and result is not None and result.dtype.kind == "u" and result.size != 0:
        message = _no_negatives(scene, node, result, "-1")
        mended = scene.with_(node.operand, f"{scene.atom(node.operand)}.astype(int64)")
        yield _wider(message, node, mended, "int64")


def _is_number(scene: Scene, node: Node, result: Signature) -> bool:
    """Tell whether a node is a number of Python's, which is exact."""
    return result.weak or scene.constant(node) is not MISSING


def _wrapped(scene: Scene, node: Binary, left: Signature, result: Signature) -> Iterator[Trap]:
    wide = node.left if not left.weak else node.right
    dtype = "int64" if result.dtype.itemsize <= _WIDE else "float64"
    if node.operator == "-" and result.dtype.kind == "u":
        message, dtype = _no_negatives(scene, node, result, "1 - 2"), "int64"
    elif result.dtype.itemsize <= _NARROW or _is_large(scene, node, result):
        limits = np.iinfo(result.dtype)
        message = tr(
            "{source} stays {dtype}, which holds {low} to {high}; beyond, cells wrap around.",
            source=scene.text(node), dtype=result.dtype, low=limits.min, high=limits.max,
        )  # fmt: skip
    else:
        return
    yield _wider(message, node, scene.with_(wide, f"{scene.atom(wide)}.astype({dtype})"), dtype)


def _wider(message: str, node: Node, mended: str, dtype: str) -> Trap:
    hint = tr("Convert first: .astype({dtype}).", dtype=dtype)
    return Trap("overflow", message, node.span, hint, ((mended, tr("Work in {dtype}", dtype=dtype)),))


def _no_negatives(scene: Scene, node: Node, result: Signature, example: str) -> str:
    return tr(
        "{source} stays {dtype}, which has nothing below 0: {example} gives {high}.",
        source=scene.text(node), dtype=result.dtype, example=example, high=np.iinfo(result.dtype).max,
    )  # fmt: skip


def _harmless(scene: Scene, node: Binary) -> bool:
    """Tell whether a typed 0 or 1 changes no cell: ``u * 1``, ``u + 0``."""
    right = scene.constant(node.right)
    neutral = (0,) if node.operator in ("+", "-", "<<") else (0, 1)
    return isinstance(right, int) and right in neutral


def _is_large(scene: Scene, node: Binary, result: Signature) -> bool:
    """Tell whether the typed number beside wide integers is so large that ordinary cells don't fit any more."""
    most = int(np.iinfo(result.dtype).max)
    left, right = scene.constant(node.left), scene.constant(node.right)
    if node.operator in ("**", "<<") and isinstance(right, int) and right >= 0:
        cell = _largest(scene, node.left)
        return right > _EVERYDAY or bool((cell << right if node.operator == "<<" else cell**right) > most)
    if node.operator == "**" and isinstance(left, int) and abs(left) > 1:
        bits = 8 * result.dtype.itemsize
        return bool(abs(left) ** min(_largest(scene, node.right), bits) > most)
    number = right if isinstance(right, int) else left
    if not isinstance(number, int):
        return False
    return number**2 > most if node.operator == "*" else node.operator in ("+", "-") and 2 * abs(number) > most


def _largest(scene: Scene, node: Node) -> int:
    """Give the largest cell of a typed range, else one that nobody is surprised to find."""
    if isinstance(node, Call) and node.function == "arange" and not node.keywords:
        limits = [scene.constant(argument) for argument in node.arguments]
        if limits and all(isinstance(limit, int) for limit in limits):
            return max(1, *(abs(limit) for limit in limits[:2] if isinstance(limit, int)))
    return _EVERYDAY


def _added_truths(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``m + n`` of truths is a truth."""
    if node.operator != "+":
        return
    count = scene.with_(node.left, f"{scene.atom(node.left)}.astype(int64)")
    yield Trap(
        "added-truths",
        tr("{source} stays bool: True + True is True, as with |.", source=scene.text(node)),
        node.span,
        tr("To count, convert first: .astype(int64)."),
        (
            (count, tr("Count them")),
            (scene.instead(node.operator_span, "|"), tr("Say that either is enough")),
        ),
    )


def _beyond_floats(scene: Scene, node: Binary, result: Signature) -> Iterator[Trap]:
    """``f * 70000`` in float16, which ends at 65504."""
    most = float(np.finfo(result.dtype).max)
    for number, other in ((node.left, node.right), (node.right, node.left)):
        value = scene.constant(number)
        if isinstance(value, (int, float)) and most < abs(value) < float("inf"):
            dtype = "float32" if result.dtype.itemsize == _NARROW and abs(value) < _MOST_OF_FLOAT32 else "float64"
            yield Trap(
                "overflow",
                tr("{source} stays {dtype}, which ends at {high}: {number} is inf there.",
                   source=scene.text(node), dtype=result.dtype, high=f"{most:g}", number=scene.text(number)),
                node.span,
                tr("Convert first: .astype({dtype}).", dtype=dtype),
                ((scene.with_(other, f"{scene.atom(other)}.astype({dtype})"), tr("Work in {dtype}", dtype=dtype)),),
            )  # fmt: skip


def _mixed(scene: Scene, node: Binary, left: Signature, right: Signature) -> Iterator[Trap]:
    """``u - i`` of uint64 and signed integers, which only float64 has in common."""
    if node.operator == "/" or {left.dtype.kind, right.dtype.kind} != {"i", "u"} or left.weak or right.weak:
        return
    unsigned = node.left if left.dtype.kind == "u" else node.right
    yield Trap(
        "mixed-integers",
        tr("{source} is float64, which has whole numbers exactly only up to 2**53: no integer dtype holds both.",
           source=scene.text(node)),
        node.span,
        tr("Convert the unsigned side: .astype(int64)."),
        ((scene.with_(unsigned, f"{scene.atom(unsigned)}.astype(int64)"), tr("Work in int64")),),
    )  # fmt: skip
