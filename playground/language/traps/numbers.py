"""Traps of numbers: cells that wrap around, fractions that are cut off, floats that are compared for equality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.functions import FUNCTIONS
from playground.language.nodes import Binary, Call
from playground.language.traps.parts import Scene, Trap
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.language.nodes import Node
    from playground.language.signature import Signature

_NARROW: Final = 2
"""Bytes of the integers that overflow in everyday use."""

_GROW: Final = frozenset({"+", "-", "*", "**", "<<", "@"})
_EXACT: Final = frozenset({
    "max", "min", "round", "floor", "ceil", "trunc", "rint", "sign", "where", "sort", "zeros", "ones", "unique",
    "heaviside", "maximum", "minimum", "clip", "abs", "median",
})  # fmt: skip
"""Functions whose results are cells as they were, or whole numbers: comparing those is fine."""

_WHOLE: Final = frozenset({"round", "floor", "ceil", "trunc", "rint", "sign", "astype"})


def overflow(scene: Scene, node: Binary) -> Iterator[Trap]:
    """Arithmetic in int8, uint8, int16 or uint16, and differences of unsigned integers."""
    left, right, result = scene.array(node.left), scene.array(node.right), scene.array(node)
    if node.operator not in _GROW or left is None or right is None or result is None or result.dtype.kind not in "iu":
        return
    if result.size == 0 or _harmless(scene, node):
        return
    unsigned = node.operator == "-" and result.dtype.kind == "u"
    if result.dtype.itemsize > _NARROW and not unsigned:
        return
    limits = np.iinfo(result.dtype)
    known = {"dtype": result.dtype, "low": limits.min, "high": limits.max, "source": scene.text(node)}
    message = (
        tr("{source} stays {dtype}, which has nothing below 0: 1 - 2 gives {high}.", **known)
        if unsigned
        else tr("{source} stays {dtype}, which holds {low} to {high}; beyond, cells wrap around.", **known)
    )
    wide = node.left if not left.weak else node.right
    mended = scene.with_(wide, f"{scene.atom(wide)}.astype(int64)")
    yield Trap("overflow", message, node.span, tr("Convert first: .astype(int64)."), ((mended, tr("Work in int64")),))


def _harmless(scene: Scene, node: Binary) -> bool:
    """Tell whether a typed 0 or 1 changes no cell: ``u * 1``, ``u + 0``."""
    right = scene.constant(node.right)
    neutral = (0,) if node.operator in ("+", "-", "<<") else (0, 1)
    return isinstance(right, int) and right in neutral


def division(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``//`` rounds down, below 0 too; ``/`` of integers gives floats; integers have no infinity."""
    left, right = scene.array(node.left), scene.array(node.right)
    if node.operator not in ("/", "//", "%") or left is None or right is None or (left.weak and right.weak):
        return
    source, whole = scene.text(node), left.dtype.kind in "iu" and right.dtype.kind in "iu"
    if scene.constant(node.right) == 0:
        result = tr("0, since integers have no infinity") if whole and node.operator != "/" else tr("inf or nan")
        yield Trap("zero-division", tr("{source} divides by 0: every cell becomes {result}.",
                                       source=source, result=result), node.span)  # fmt: skip
    elif node.operator == "//" and "u" not in (left.dtype.kind, right.dtype.kind):
        yield Trap(
            "division",
            tr("{source} rounds down, not towards 0: -7 // 2 is -4.", source=source),
            node.span,
            tr("Towards 0 it is trunc({left} / {right}).", left=scene.outer(node.left), right=scene.outer(node.right)),
        )
    elif node.operator == "/" and whole and left.ndim and right.ndim:
        yield Trap(
            "division",
            tr("{source} gives floats, also where it comes out even.", source=source),
            node.span,
            tr("// stays whole and rounds down."),
            ((scene.instead(node.operator_span, "//"), tr("Stay whole, rounded down")),),
        )


def equality(scene: Scene, node: Binary) -> Iterator[Trap]:
    """Floats that were computed hardly ever hit each other exactly."""
    if node.operator not in ("==", "!=") or scene.text(node.left) == scene.text(node.right):
        return
    sides = [(node.left, scene.array(node.left)), (node.right, scene.array(node.right))]
    if not all(found is not None and _rounded(scene, side, found) for side, found in sides):
        return
    left, right = scene.text(node.left), scene.text(node.right)
    not_ = "~" if node.operator == "!=" else ""
    call = f"{not_}isclose({left}, {right})"
    repairs = ((scene.instead(node.span, call), tr("Ask whether they are close")),) if "isclose" in FUNCTIONS else ()
    yield Trap(
        "float-equality",
        tr(
            "{source} asks whether floats are equal to the last bit; 0.1 + 0.2 == 0.3 is false.",
            source=scene.text(node),
        ),
        node.span,
        tr("Ask whether they are close: isclose."),
        repairs,
    )


def _rounded(scene: Scene, node: Node, found: Signature) -> bool:
    """Tell whether the cells of a node may be off by rounding."""
    constant = scene.constant(node)
    if isinstance(constant, (bool, int)):
        return False
    if isinstance(constant, float):
        return not constant.is_integer() and constant == constant and abs(constant) != float("inf")
    return found.dtype.kind in "fc" and not (isinstance(node, Call) and node.function in _EXACT)


def conversion(scene: Scene, node: Call) -> Iterator[Trap]:
    """``.astype(int)`` cuts fractions off; a narrower integer keeps the last bits only."""
    if node.function != "astype" or not node.arguments:
        return
    operand = node.arguments[0]
    old, new = scene.array(operand), scene.array(node)
    if old is None or new is None:
        return
    if old.dtype.kind == "f" and new.dtype.kind in "iu":
        if isinstance(operand, Call) and operand.function in _WHOLE:
            return
        text = scene.instead(operand.span, f"round({scene.text(operand)})")
        yield Trap(
            "truncation",
            tr("{source} cuts fractions off: 2.9 becomes 2, -2.9 becomes -2.", source=scene.text(node)),
            node.span,
            tr("Round first for the nearest whole number."),
            ((text, tr("Round first")),),
        )
    elif old.dtype.kind == "c" and new.dtype.kind in "fiu":
        text = scene.instead(operand.span, f"{scene.atom(operand)}.real")
        yield Trap("truncation", tr("{source} drops the imaginary parts.", source=scene.text(node)), node.span,
                   tr("Say so with .real, or take abs."), ((text, tr("Take the real parts")),))  # fmt: skip
    elif old.dtype.kind in "iu" and new.dtype.kind in "iu" and not np.can_cast(old.dtype, new.dtype):
        limits = np.iinfo(new.dtype)
        yield Trap(
            "overflow",
            tr("{dtype} holds {low} to {high}; what doesn't fit wraps around.",
               dtype=new.dtype, low=limits.min, high=limits.max),
            node.span,
            tr("Limit the cells first: clip."),
        )  # fmt: skip
