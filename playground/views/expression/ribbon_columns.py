"""What the shape ribbon says: the columns of a meaning, what fits or clashes in it, and what comes of it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.nodes import Binary
from playground.language.problems import Span
from playground.language.signature import AxisNames, Shape, Signature
from playground.record import Record
from playground.translation import tr
from playground.views import theme
from playground.views.expression.tokens import Token, tokens_of

if TYPE_CHECKING:
    from playground.language.infer import Inference
    from playground.session.analysis import Meaning
    from playground.views.shape_caption import Run

    Column = tuple[tuple[Run, ...], tuple[Run, ...], Span | None]


class Fullness(Record):
    """How much is said: which axes show their names, how long the verdict is, and the pixels between two columns.

    ``names`` is ``"all"``, ``"first"`` (an axis says its name once, its colour afterwards) or ``"result"``.
    """

    names: str
    inner: bool
    gap: int


FULLNESSES: Final = (
    Fullness("all", True, 9),
    Fullness("first", True, 9),
    Fullness("first", True, 6),
    Fullness("result", True, 6),
    Fullness("result", False, 5),
)
"""From the fullest to the shortest: the first one that fits is shown."""


def columns_of(
    name: str, meaning: Meaning | None, *, quiet: bool, fullness: Fullness = FULLNESSES[0]
) -> tuple[list[Column], int]:
    """Give the columns of a formula, and how many of them come before the verdict.

    A column is an upper and a lower line, and the sub-expression that both stand for. ``name`` is the entry that the
    formula is of; ``quiet`` leaves a problem unmarked.
    """
    if meaning is None or meaning.inference.tree is None:
        return [], 0
    colours = theme.current()
    inference, tree = meaning.inference, meaning.inference.tree
    clashing = set() if quiet else _clashing(inference)
    columns: list[Column] = []
    said: set[int] = set()
    for token in _bracketed(tokens_of(inference)):
        colour = colours.ink if token.name is not None else colours.soft
        is_root = token.whole == tree.span and token.name is None
        shape = None if is_root and meaning.problem is None else token.shape
        lower: tuple[Run, ...] = ()
        if shape is not None:
            names = _names_said(token, clashing, said, fullness.names)
            lower = _shape_runs(shape, token.axes, token.whole, clashing, names)
        columns.append((((token.text, colour, False),), lower, token.whole))
    before = len(columns)
    note = _note(meaning, quiet=quiet)[: None if fullness.inner else 1]
    if note:
        columns.append(((*note,), (), None))
    if meaning.problem is None and isinstance(inference.signature, Signature):
        columns.append(((("→", colours.soft, False),), (), None))
        axes = inference.steps[-1].axes if inference.steps else ()
        result = _shape_runs(inference.signature.shape, axes, None, set(), inference.signature.axis_names)
        columns.append((((name or tr("result"), colours.ink, False),), result, tree.span))
    return columns, before


def _names_said(token: Token, clashing: set[tuple[Span | None, int]], said: set[int], fullness: str) -> AxisNames:
    """Leave out names of axes that were said already, by ``said``; those that clash always stand."""
    if fullness == "all" or not token.axis_names:
        return token.axis_names
    names: list[str | None] = []
    for axis, name in enumerate(token.axis_names):
        number = token.axes[axis] if axis < len(token.axes) else None
        is_new = fullness == "first" and number is not None and number not in said
        names.append(name if is_new or (token.whole, axis) in clashing else None)
        said |= set() if number is None else {number}
    return tuple(names)


def _bracketed(tokens: tuple[Token, ...]) -> list[Token]:
    """Join opening brackets to what follows a name and lone signs of punctuation to what stands before them."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        glued = last is not None and token.span.start == last.span.end and token.name is None
        if glued and last is not None and token.shape is None and not token.is_operator and last.name is None:
            joined[-1] = Token(
                last.text + token.text, Span(last.span.start, token.span.end), None, last.shape, last.axes, last.whole,
                axis_names=last.axis_names,
            )  # fmt: skip
        else:
            joined.append(token)
    return joined


def _shape_runs(
    shape: Shape,
    axes: tuple[int, ...],
    whole: Span | None,
    clashing: set[tuple[Span | None, int]],
    names: AxisNames = (),
) -> tuple[Run, ...]:
    """``(3, 2)``, or ``(B 3, d 2)``, with every size in the colour of its axis, the clashing ones red and bold."""
    colours = theme.current()
    runs: list[Run] = [("(", colours.soft, False)]
    for axis, size in enumerate(shape):
        number = axes[axis] if axis < len(axes) else None
        bad = (whole, axis) in clashing
        if names and names[axis] is not None:
            runs.append((f"{names[axis]} ", colours.soft, False))
        runs.append(("?" if size is None else str(size), colours.bad if bad else colours.axis(number), bad))
        if axis < len(shape) - 1:
            runs.append((", ", colours.soft, False))
    runs.append((",)" if len(shape) == 1 else ")", colours.soft, False))
    return tuple(runs)


def _clashing(inference: Inference) -> set[tuple[Span | None, int]]:
    return {(span, axis) for span, axis in inference.clash}


def _note(meaning: Meaning, *, quiet: bool) -> list[Run]:
    """``✓ inner 2 = 2`` after a product that fits, ``✗ 2 ≠ 4`` after what doesn't."""
    colours = theme.current()
    inference = meaning.inference
    if meaning.problem is not None:
        if quiet or meaning.problem.unfinished:
            return []
        sizes = [_size_at(inference, span, axis) for span, axis in inference.clash]
        text = tr("✗ inner {sizes}", sizes=" ≠ ".join(sizes)) if meaning.problem.kind == "inner-sizes" else ""
        if not text:
            text = f"✗ {' ≠ '.join(sizes)}" if sizes else "✗"
        return [(text, colours.bad, True)]
    root = inference.tree
    if not isinstance(root, Binary) or root.operator != "@":
        return [("✓", colours.good, True)]
    left = next((s for s in inference.steps if s.node is root.left), None)
    if left is None or not isinstance(left.signature, Signature) or not left.signature.shape:
        return [("✓", colours.good, True)]
    size, axis = left.signature.shape[-1], left.axes[-1]
    return [
        ("✓", colours.good, True),
        (tr(" inner "), colours.soft, False),
        (f"{size} = {size}", colours.axis(axis), False),
    ]


def _size_at(inference: Inference, span: Span, axis: int) -> str:
    for step in inference.steps:
        if step.span == span and isinstance(step.signature, Signature):
            name = step.signature.axis_names[axis] if step.signature.axis_names else None
            size = str(step.signature.shape[axis])
            return size if name is None else f"{name} {size}"
    return "?"
