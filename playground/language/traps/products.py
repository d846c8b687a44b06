"""Traps of products: ``*`` for ``@``, a reciprocal for an inverse, a chain in its costliest order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.matrix_chain import cheapest
from playground.language.nodes import Binary, Call, Name, Node
from playground.language.traps.parts import Scene, Trap, is_transposed
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.language.matrix_chain import Chain
    from playground.language.signature import Signature

_SQUARES: Final = frozenset({"linalg.inv", "linalg.pinv", "eye", "identity", "linalg.matrix_power"})
"""Functions whose results are hardly ever multiplied cell by cell."""

_FAR_MORE: Final = 1.5
_WORTH_SAYING: Final = 10_000
"""Operations that another order must save; below, nobody waits."""

_MOST_FACTORS: Final = 12


def starred(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``A * B`` of square matrices, where the way it is written speaks for ``A @ B``."""
    left, right = scene.array(node.left), scene.array(node.right)
    if node.operator != "*" or left is None or right is None or not _one_square(left, right):
        return
    if "b" in (left.dtype.kind, right.dtype.kind) or scene.text(node.left) == scene.text(node.right):
        return
    sides = ((node.left, node.right, right), (node.right, node.left, left))
    named = any(_capital(square) and _mathematical(other, signature) for square, other, signature in sides)
    if not (_speaks(node.left) or _speaks(node.right) or named):
        return
    product = scene.instead(node.operator_span, "@")
    yield Trap(
        "cell-by-cell",
        tr("{source} multiplies cell by cell.", source=scene.text(node)),
        node.span,
        tr("The matrix product is {left} @ {right}.", left=scene.outer(node.left), right=scene.outer(node.right)),
        ((product, tr("Multiply as matrices")),),
    )


def _one_square(left: Signature, right: Signature) -> bool:
    """Two squares of one size, or a square and a vector as long."""
    n = left.shape[0] if left.ndim == 2 else None
    n = right.shape[0] if n is None and right.ndim == 2 else n
    shapes = {left.shape, right.shape}
    return n is not None and n > 1 and (n, n) in shapes and shapes <= {(n, n), (n,)}


def _speaks(node: Node) -> bool:
    return is_transposed(node) or (isinstance(node, Call) and node.function in _SQUARES)


def _capital(node: Node) -> bool:
    """Tell whether a node is named as books name a matrix."""
    return isinstance(node, Name) and len(node.name) == 1 and node.name.isupper()


def _mathematical(node: Node, signature: Signature) -> bool:
    """Tell whether a node is named as books name a matrix or a vector."""
    if signature.ndim == 1:
        return isinstance(node, Name) and node.name in ("x", "v", "u", "b")
    return _capital(node)


def reciprocal(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``A ** -1`` is 1 divided by each cell."""
    found = scene.array(node.left)
    if node.operator != "**" or scene.constant(node.right) != -1 or found is None or found.ndim != 2:
        return
    if found.shape[0] == found.shape[1]:
        yield Trap(
            "reciprocal",
            tr("{source} divides 1 by each cell.", source=scene.text(node)),
            node.span,
            tr("The inverse of a matrix is linalg.inv."),
            ((scene.instead(node.span, f"linalg.inv({scene.text(node.left)})"), tr("Take the inverse")),),
        )


def inverted(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``linalg.inv(A) @ b`` where ``linalg.solve(A, b)`` is faster and nearer to the truth."""
    left = node.left
    if node.operator != "@" or not (isinstance(left, Call) and left.function == "linalg.inv"):
        return
    found = scene.array(node.right)
    if found is None or found.ndim > 2 or len(left.arguments) != 1 or left.is_method:
        return
    lead = scene.source[left.name_span.start : left.name_span.end].removesuffix("inv")
    call = f"{lead}solve({scene.text(left.arguments[0])}, {scene.text(node.right)})"
    yield Trap(
        "inverse",
        tr("{source} is rounded twice and costs more than solving the equations.", source=scene.text(node)),
        node.span,
        tr("linalg.solve needs no inverse."),
        ((scene.instead(node.span, call), tr("Solve the equations")),),
    )


def costly_order(scene: Scene, node: Binary, inner: bool) -> Iterator[Trap]:
    """``A @ B @ v`` where ``A @ (B @ v)`` costs far less; ``inner`` tells that a longer chain holds this one."""
    if node.operator != "@" or inner:
        return
    factors = _factors(node)
    if not 2 < len(factors) <= _MOST_FACTORS:
        return
    sizes = _sizes([scene.array(factor) for factor in factors])
    if sizes is None:
        return
    written = _written(node, sizes, {id(factor): place for place, factor in enumerate(factors)})[0]
    order = cheapest(sizes)
    best, text = 2 * order.multiplications, _text(order, [scene.outer(factor) for factor in factors])
    if written < best * _FAR_MORE or written - best < _WORTH_SAYING:
        return
    yield Trap(
        "costly-order",
        tr("{source} takes {written} FLOP from left to right, as NumPy does it; {text} takes {best}.",
           source=scene.text(node), written=_grouped(written), text=text, best=_grouped(best)),
        node.span,
        tr("The result is the same but for rounding; large products are computed so here."),
        ((scene.instead(node.span, text), tr("Multiply in the cheaper order")),),
    )  # fmt: skip


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _factors(node: Node) -> list[Node]:
    found: list[Node] = []
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, Binary) and current.operator == "@":
            pending += [current.right, current.left]
        else:
            found.insert(len(found), current)
    return found


def _sizes(factors: list[Signature | None]) -> list[int] | None:
    """Give m, k, ..., n of a chain ``(m, k) @ ... @ (., n)``; a vector only at the ends; None for any other chain."""
    sizes: list[int | None] = []
    for place, factor in enumerate(factors):
        first, last = place == 0, place == len(factors) - 1
        if factor is None or factor.ndim not in ((1, 2) if first or last else (2,)):
            return None
        rows, columns = factor.shape if factor.ndim == 2 else (1, factor.shape[0]) if first else (factor.shape[0], 1)
        sizes += [rows, columns] if first else [columns]
    return None if None in sizes else [size or 0 for size in sizes]


def _written(node: Node, sizes: list[int], places: dict[int, int]) -> tuple[int, int, int]:
    """Give the FLOPs of a chain as it is written, and the range of its factors; 2 m k n for each product."""
    if not (isinstance(node, Binary) and node.operator == "@"):
        place = places[id(node)]
        return 0, place, place + 1
    one, start, middle = _written(node.left, sizes, places)
    other, _, end = _written(node.right, sizes, places)
    return one + other + 2 * sizes[start] * sizes[middle] * sizes[end], start, end


def _text(order: Chain, texts: list[str]) -> str:
    """Write a product of ``texts`` with the parentheses of ``order``."""
    if order.split is None or order.left is None or order.right is None:
        return texts[0]
    count = order.left.factors
    left, right = _text(order.left, texts[:count]), _text(order.right, texts[count:])
    return _joined(left, right, count > 1, order.right.factors > 1)


def _joined(left: str, right: str, left_is_chain: bool, right_is_chain: bool) -> str:
    return f"{f'({left})' if left_is_chain else left} @ {f'({right})' if right_is_chain else right}"
