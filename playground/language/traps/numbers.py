"""Traps of numbers: fractions that are cut off, floats that are compared for equality, results that are complex."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.nodes import Binary, Call
from playground.language.traps.parts import Scene, Trap
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.language.nodes import Node
    from playground.language.signature import Signature

_EXACT: Final = frozenset({
    "max", "min", "round", "floor", "ceil", "trunc", "rint", "sign", "where", "sort", "zeros", "ones", "unique",
    "heaviside", "maximum", "minimum", "clip", "abs", "median",
})  # fmt: skip
"""Functions whose results are cells as they were, or whole numbers: comparing those is fine."""

_WHOLE: Final = frozenset(
    {"round", "floor", "ceil", "trunc", "rint", "sign", "astype", "one_hot", "eye", "zeros", "ones"}
)

_ROUNDED: Final = frozenset({
    "sum", "mean", "average", "prod", "cumsum", "cumprod", "dot", "inner", "vdot", "vecdot", "matmul", "trace",
    "einsum", "linalg.det", "linalg.inv", "linalg.solve", "var", "std", "linalg.norm", "exp", "log", "sin", "cos",
    "tan", "sqrt", "softmax",
})  # fmt: skip
"""Functions whose results are off by rounding, so that they hardly ever are a whole number exactly."""
_EXACT_AT_ZERO: Final = frozenset({"var", "std", "linalg.norm", "sqrt", "sin", "log", "sum", "mean", "exp", "softmax"})
"""Those of them for which 0 isn't a matter of rounding as a rule: of a vector of zeros, or of equal cells."""


def division(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``//`` rounds down, below 0 too; ``/`` of integers gives floats; integers have no infinity."""
    left, right = scene.array(node.left), scene.array(node.right)
    if node.operator not in ("/", "//", "%") or left is None or right is None or (left.weak and right.weak):
        return
    source, whole = scene.text(node), left.dtype.kind in "iu" and right.dtype.kind in "iu"
    if scene.constant(node.right) == 0:
        result = tr("nan") if node.operator == "%" else tr("inf or nan")
        result = tr("0, since integers have no infinity") if whole and node.operator != "/" else result
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
    """Floats that were computed hardly ever hit each other exactly, and nan equals nothing."""
    if node.operator not in ("==", "!="):
        return
    left, right = scene.text(node.left), scene.text(node.right)
    if _is_nan(scene, node.left) or _is_nan(scene, node.right):
        yield _never_equal(scene, node, right if _is_nan(scene, node.left) else left)
    elif left == right:
        yield from _with_itself(scene, node)
    elif _is_inexact(scene, node.left, node.right) and _is_inexact(scene, node.right, node.left):
        call = f"{'~' if node.operator == '!=' else ''}isclose({left}, {right})"
        close = ((scene.instead(node.span, call), tr("Ask whether they are close")),)
        yield Trap(
            "float-equality",
            tr(
                "{source} asks whether floats are equal to the last bit; 0.1 + 0.2 == 0.3 is false.",
                source=scene.text(node),
            ),
            node.span,
            tr("Ask whether they are close: isclose."),
            close,
        )


def _is_nan(scene: Scene, node: Node) -> bool:
    constant = scene.constant(node)
    return isinstance(constant, float) and constant != constant


def _never_equal(scene: Scene, node: Binary, other: str) -> Trap:
    """``A == nan`` is False in every cell."""
    call = f"{'~' if node.operator == '!=' else ''}isnan({other})"
    return Trap(
        "nan",
        tr("{source}: nan equals nothing, not even itself.", source=scene.text(node)),
        node.span,
        tr("Ask with isnan."),
        ((scene.instead(node.span, call), tr("Ask where it is nan")),),
    )


def _with_itself(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``A == A`` is True but where it is nan; ``A != A`` is how that is asked for."""
    found, text = scene.array(node.left), scene.text(node.left)
    if node.operator == "!=" or found is None or found.weak:
        return
    floats, known = found.dtype.kind in "fc", {"source": scene.text(node), "operand": text}
    yield Trap(
        "with-itself",
        tr("{source} compares {operand} with itself: True in every cell but nan.", **known)
        if floats
        else tr("{source} compares {operand} with itself: True in every cell.", **known),
        node.span,
        tr("To find nan write isnan.") if floats else "",
        ((scene.instead(node.span, f"~isnan({text})"), tr("Ask where it is no nan")),) if floats else (),
    )


def _is_inexact(scene: Scene, node: Node, other: Node) -> bool:
    """Tell whether the cells of a node may be off by rounding, beside a whole number only if they were computed."""
    number, found = scene.constant(node), scene.array(node)
    if _is_whole(number):
        return _is_computed(scene, other, number)
    return found is not None and _rounded(scene, node, found)


def _is_whole(number: object) -> bool:
    return (isinstance(number, int) and not isinstance(number, bool)) or (
        isinstance(number, float) and number.is_integer()
    )


def _is_computed(scene: Scene, node: Node, number: object) -> bool:
    """Tell whether a node is a sum, a product and so on, which rounding keeps from being ``number`` exactly."""
    if isinstance(node, Binary):
        return node.operator == "@" or (node.operator == "/" and number != 0)
    return isinstance(node, Call) and node.function in _ROUNDED - (_EXACT_AT_ZERO if number == 0 else frozenset())


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


def beyond(scene: Scene, node: Call) -> Iterator[Trap]:
    """``float16(70000)`` is inf."""
    if node.function not in ("astype", "array") or not node.arguments:
        return
    number, new = scene.constant(node.arguments[0]), scene.array(node)
    if new is None or new.dtype.kind != "f" or not isinstance(number, (int, float)) or abs(number) == float("inf"):
        return
    most = float(np.finfo(new.dtype).max)
    if abs(number) > most:
        yield Trap(
            "overflow",
            tr("{dtype} holds numbers up to {most}; {source} is inf.",
               dtype=new.dtype, most=f"{most:g}", source=scene.text(node)),
            node.span,
            tr("float64 holds numbers up to 1.8e308."),
        )  # fmt: skip


def reinterpreted(scene: Scene, node: Call) -> Iterator[Trap]:
    """``.view(float32)`` of float64 gives the halves of each number as numbers, and twice as many."""
    if node.function != "view" or not node.arguments:
        return
    old, new = scene.array(node.arguments[0]), scene.array(node)
    if old is None or new is None or old.dtype == new.dtype or "c" in (old.dtype.kind, new.dtype.kind):
        return  # a complex number is two floats, and seen as such
    text = scene.text(node)
    place = node.name_span.start - node.span.start
    converted = f"{text[:place]}astype{text[node.name_span.end - node.span.start :]}"
    yield Trap(
        "view",
        tr("{source} reads the same bytes as {dtype}: these are other numbers.", source=text, dtype=new.dtype),
        node.span,
        tr("To keep the numbers write astype."),
        ((scene.instead(node.span, converted.replace("(dtype=", "(")), tr("Keep the numbers")),),
    )


def complex_results(scene: Scene, node: Call) -> Iterator[Trap]:
    """Eigenvalues and zeros of polynomials, which NumPy gives as floats where all of them happen to be real."""
    if node.function not in ("linalg.eig", "linalg.eigvals", "roots") or not node.arguments:
        return
    operand = scene.array(node.arguments[0])
    if operand is not None and operand.dtype.kind == "c":
        return
    symmetric = {"linalg.eig": "linalg.eigh", "linalg.eigvals": "linalg.eigvalsh"}.get(node.function)
    yield Trap(
        "complex-result",
        tr(
            "{name} is always complex here; NumPy before 2.5 gives floats where all results are real.",
            name=node.function,
        ),
        node.span,
        tr("If they are, write .real; for a symmetric matrix write {name}.", name=symmetric)
        if symmetric
        else tr("If they are, write .real."),
        ((scene.instead(node.name_span, _renamed(scene, node, symmetric)), tr("Take it as symmetric")),)
        if symmetric
        else ((scene.instead(node.span, f"{scene.text(node)}.real"), tr("Take the real parts")),),
    )


def _renamed(scene: Scene, node: Call, name: str) -> str:
    """Give the name of another function with the prefix that this one was written with."""
    written = scene.source[node.name_span.start : node.name_span.end]
    return written.removesuffix(node.function) + name
