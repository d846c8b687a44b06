"""Traps of one operation written for another: ``^`` for a power, one seed for two draws, an axis left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language.nodes import Attribute, Binary, Call, Index, Literal, Slice
from playground.language.traps.parts import Scene, Trap
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playground.language.values import Step

_SEED: Final = re.compile(r"(?<=default_rng\()\s*\d+\s*(?=\))")
_MATRIX: Final = 2


def powered(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``i ^ 2`` of whole numbers is no power."""
    sides = [scene.array(side) for side in (node.left, node.right)]
    if any(side is None or side.dtype.kind not in "iu" for side in sides):
        return
    if type(scene.constant(node.right)) is not int or scene.text(node.right).startswith("0"):
        return
    yield Trap(
        "xor",
        tr("{source} is no power: ^ compares bit by bit, and 2 ^ 3 is 1.", source=scene.text(node)),
        node.span,
        tr("A power is **."),
        ((scene.instead(node.operator_span, "**"), tr("Take the power")),),
    )


def drawn_twice(scene: Scene, steps: Sequence[Step]) -> Iterator[Trap]:
    """``random.rand(3) - random.rand(3)`` is 0 in every cell: both begin with the same seed."""
    seen: dict[tuple[str, str], int] = {}
    for step in steps:
        node = step.node
        if not isinstance(node, Call) or not node.function.startswith("random.") or not node.function[7:]:
            continue
        seed = _seed(scene, node)
        count = seen[node.function, seed] = seen.get((node.function, seed), -1) + 1
        if count:
            yield Trap(
                "same-seed",
                tr("{source} draws the same random numbers again: it has the same seed as before.",
                   source=scene.text(node)),
                node.span,
                tr("Give each draw a seed of its own, such as seed=1."),
                _other_seed(scene, node, count),
            )  # fmt: skip


def _seed(scene: Scene, node: Call) -> str:
    if node.function.startswith("random.Generator."):
        found = _SEED.search(scene.text(node))
        return scene.text(node) if found is None else found[0].strip()
    return next((scene.text(value) for name, value in node.keywords if name == "seed"), "0")


def _other_seed(scene: Scene, node: Call, count: int) -> tuple[tuple[str, str], ...]:
    text, reason = scene.text(node), tr("Draw other numbers")
    if node.function.startswith("random.Generator."):
        found = _SEED.search(text)
        other = "" if found is None else _SEED.sub(str(int(found[0]) + count), text, count=1)
        return ((scene.instead(node.span, other), reason),) if other else ()
    if any(name == "seed" for name, _ in node.keywords):
        return ()
    lead = ", " if node.arguments or node.keywords else ""
    return ((scene.instead(node.span, f"{text[:-1]}{lead}seed={count})"), reason),)


def turned_not(scene: Scene, node: Call) -> Iterator[Trap]:
    """``A.transpose(0, 1)`` leaves every axis where it is; PyTorch's swaps the two."""
    if node.function != "transpose" or len(node.arguments) < _MATRIX:
        return
    found, axes = scene.array(node.arguments[0]), [scene.constant(axis) for axis in node.arguments[1:]]
    axes = list(axes[0]) if isinstance(axes[0], (tuple, list)) else axes
    if found is None or found.ndim < _MATRIX or axes != list(range(found.ndim)):
        return
    swapped = f"{scene.atom(node.arguments[0])}.{'T' if found.ndim == _MATRIX else 'mT'}"
    yield Trap(
        "transpose-none",
        tr("{source} leaves every axis in its place; NumPy lists all axes in their new order.",
           source=scene.text(node)),
        node.span,
        tr("To swap the last two write {swapped}.", swapped=swapped),
        ((scene.instead(node.span, swapped), tr("Transpose it")),),
    )  # fmt: skip


def largest_of_all(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``argmax(scores) == labels`` compares the labels with one place among all cells."""
    for side, other in ((node.left, node.right), (node.right, node.left)):
        if not isinstance(side, Call) or side.function not in ("argmax", "argmin") or len(side.arguments) != 1:
            continue
        scores, labels = scene.array(side.arguments[0]), scene.array(other)
        if side.keywords or scores is None or labels is None or scores.ndim != _MATRIX or labels.ndim != 1:
            continue
        if scores.shape[0] == labels.shape[0]:
            text = scene.text(side)
            axis = f"{text[:-1]}{'' if text.endswith('()') else ', '}axis=1)"
            yield Trap(
                "axis-missing",
                tr("{source} is one place among all cells, not one in each row.", source=text),
                side.span,
                tr("Add axis=1."),
                ((scene.instead(side.span, axis), tr("Take the place in each row")),),
            )


def softmax_of_all(scene: Scene, node: Binary) -> Iterator[Trap]:
    """``exp(x) / sum(exp(x))`` of several rows adds up all of them."""
    above, below = node.left, node.right
    if not isinstance(above, Call) or above.function != "exp" or not isinstance(below, Call):
        return
    found = scene.array(above)
    alone = below.function == "sum" and len(below.arguments) == 1 and not below.keywords
    if not alone or found is None or found.ndim < _MATRIX or scene.text(below.arguments[0]) != scene.text(above):
        return
    text = scene.text(below)
    along = f"{text[:-1]}{'' if text.endswith('()') else ', '}axis=-1, keepdims=True)"
    yield Trap(
        "axis-missing",
        tr("{source} adds up all rows, so that all cells together make 1.", source=text),
        below.span,
        tr("For a softmax of each row add axis=-1, keepdims=True."),
        ((scene.instead(below.span, along), tr("Add up each row")),),
    )


def softmax_twice(scene: Scene, node: Call) -> Iterator[Trap]:
    """``cross_entropy(softmax(z), labels)``: the loss takes the softmax itself."""
    first = node.arguments[0] if node.arguments else None
    if node.function != "cross_entropy" or not isinstance(first, Call) or first.function != "softmax":
        return
    yield Trap(
        "softmax-twice",
        tr("cross_entropy takes the softmax itself; here it is taken twice."),
        first.span,
        tr("Give it the scores as they are."),
        ((scene.instead(first.span, scene.text(first.arguments[0])), tr("Leave softmax out")),),
    )


def scaled_by_size(scene: Scene, node: Call) -> Iterator[Trap]:
    """``layer_norm(x, 784)``, as PyTorch writes it, multiplies by 784 here."""
    if node.function not in ("layer_norm", "batch_norm") or len(node.arguments) < _MATRIX:
        return
    x, gamma = scene.array(node.arguments[0]), scene.constant(node.arguments[1])
    if x is not None and type(gamma) is int and gamma > 1 and gamma in x.shape:
        plain = f"{scene.source[node.name_span.start : node.name_span.end]}({scene.text(node.arguments[0])})"
        yield Trap(
            "size-as-factor",
            tr("{source} multiplies by {number}: the second argument is gamma, not a size.",
               source=scene.text(node), number=gamma),
            node.arguments[1].span,
            tr("The axis is known from x; leave the size out."),
            ((scene.instead(node.span, plain), tr("Leave it out")),),
        )  # fmt: skip


def row_of_vectors(scene: Scene, node: Index) -> Iterator[Trap]:
    """``linalg.eig(M)[1][0]`` is a row; the vectors are the columns."""
    inner = node.value
    call = inner.value if isinstance(inner, (Index, Attribute)) else None
    if not isinstance(call, Call) or call.function not in ("linalg.eig", "linalg.eigh") or len(node.items) != 1:
        return
    is_vectors = (isinstance(inner, Attribute) and inner.name == "eigenvectors") or (
        isinstance(inner, Index) and len(inner.items) == 1 and scene.constant(inner.items[0]) == 1
    )
    if is_vectors and type(scene.constant(node.items[0])) is int:
        column = f"{scene.text(inner)}[:, {scene.text(node.items[0])}]"
        yield Trap(
            "row-of-vectors",
            tr("{source} is a row of the matrix; each eigenvector is a column.", source=scene.text(node)),
            node.span,
            tr("Write [:, 0]."),
            ((scene.instead(node.span, column), tr("Take the column")),),
        )


def past_the_end(scene: Scene, node: Index) -> Iterator[Trap]:
    """``v[5:10]`` of three cells is empty, and nothing is said of it."""
    found = scene.array(node.value)
    for place, item in enumerate(node.items if found is not None else ()):
        if not isinstance(item, Slice):
            if not isinstance(item, Literal) or item.value is None or item.value is ...:
                return  # which axis the next one is for isn't plain
            continue
        size = found.shape[place] if found is not None and place < found.ndim else None
        start = None if item.start is None else scene.constant(item.start)
        is_forward = item.step is None
        if size and is_forward and type(start) is int and start >= size:
            yield Trap(
                "empty-slice",
                tr("{source} is empty: axis {axis} of {operand} has {n} cells, numbered 0 to {last}.",
                   source=scene.text(node), axis=place, operand=scene.text(node.value), n=size, last=size - 1),
                node.span,
                tr("Begin at {last} or before.", last=size - 1),
            )  # fmt: skip
            return
