"""An equation as parts in a row, which of them are full grids, and how large they may be. Pure."""

from __future__ import annotations

import itertools
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING

from playground.language.nodes import Binary, Node, children
from playground.record import Record, replace
from playground.views.expression.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playground.language.infer import Inference
    from playground.language.problems import Span
    from playground.session.snapshot import Snapshot

MOST_FULL = 3
"""Grids that are drawn full size, the result among them."""
_WHOLE = 12
"""Rows and columns that are shown of a large array where there is room."""


class Kind(Enum):
    """What a part of an equation is."""

    OPERAND = auto()
    TEXT = auto()
    OPERATOR = auto()
    RESULT = auto()
    STEP = auto()


class Part(Record):
    """One part: an operand's or a result's grid, or text as it is written; ``span`` is its place in the formula."""

    kind: Kind
    text: str
    span: Span | None = None


def equation_parts(name: str, inference: Inference, unfolded: str | None) -> tuple[Part, ...]:
    """The parts of ``name = formula``, the unfolded sub-expression's and the formula's own result at the end.

    Empty where the formula can't be parsed.
    """
    parts: list[Part] = []
    for token in tokens_of(inference):
        if token.name is not None:
            parts.append(Part(Kind.OPERAND, token.name, token.span))
        elif token.is_operator:
            parts.append(Part(Kind.OPERATOR, token.text, token.span))
        elif parts and parts[-1].kind is Kind.TEXT:
            last = parts.pop()
            blank = " " if last.text.endswith((",", ":")) else ""
            parts.append(Part(Kind.TEXT, f"{last.text}{blank}{token.text}", last.span))
        else:
            parts.append(Part(Kind.TEXT, token.text, token.span))
    if not parts:
        return ()
    if unfolded is not None:
        parts += [Part(Kind.OPERATOR, "→"), Part(Kind.STEP, unfolded)]
    return (*parts, Part(Kind.OPERATOR, "="), Part(Kind.RESULT, name))


def full_parts(parts: Sequence[Part], tree: Node, focus: Span | None, wanted: int | None) -> frozenset[int]:
    """Which parts are full grids; the other grids are thumbnails.

    Where there are more grids than ``MOST_FULL``: the operands on both sides of the sign at ``focus`` (of the
    formula's own sign where there is no focus), and the result of what is focused. ``wanted`` is a thumbnail that
    was clicked and so comes first.
    """
    grids = [k for k, part in enumerate(parts) if part.kind in (Kind.OPERAND, Kind.STEP, Kind.RESULT)]
    if len(grids) <= MOST_FULL:
        return frozenset(grids)
    steps = [k for k in grids if parts[k].kind is Kind.STEP]
    results = steps or grids[-1:]
    operands = [k for k in grids if parts[k].kind is Kind.OPERAND]
    sign = _sign_at(tree, focus)
    near = sorted(operands, key=lambda k: _distance(parts[k], sign, focus))
    if wanted in operands:
        near = [wanted, *(k for k in near if k != wanted)]
    return frozenset([*near[: MOST_FULL - 1], *results])


def _sign_at(tree: Node, focus: Span | None) -> Span:
    """Place of the sign that the focus is on: its own, else the last product's, else the first there is."""
    signs: list[Binary] = []
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, Binary):
            if node.span == focus:
                return node.operator_span
            signs.append(node)
        pending.extend(children(node))
    products = [node for node in signs if node.operator == "@"]
    chosen = (products or signs)[:1]
    return chosen[0].operator_span if chosen else tree.span


def _distance(part: Part, sign: Span, focus: Span | None) -> tuple[bool, int]:
    if part.span is None:
        return True, 0
    outside = focus is not None and not (focus.start <= part.span.start and part.span.end <= focus.end)
    return outside, min(abs(part.span.end - sign.start), abs(part.span.start - sign.end))


def is_true(snapshot: Snapshot) -> bool:
    """Whether what stands left of the sign is what gave the result: a formula that failed has that of an older one."""
    name = snapshot.shown or ""
    meaning, state = snapshot.analysis.meanings.get(name), snapshot.results.get(name)
    if meaning is None or name in snapshot.analysis.shapes_only:
        return True
    return meaning.problem is None and state is not None and state.current


def focus_of(snapshot: Snapshot) -> Span | None:
    """Place of the unfolded sub-expression."""
    meaning = snapshot.analysis.meanings.get(snapshot.shown or "")
    if meaning is None or snapshot.unfolded is None:
        return None
    return next((s.span for s in meaning.inference.steps if s.source == snapshot.unfolded), None)


Size = tuple[int, int]


class Placed(Record):
    """Where a part stands, in pixels."""

    x: int
    y: int
    width: int
    height: int


def break_lines(sizes: Sequence[Size], may_break: Sequence[bool], width: int, gap: int) -> list[list[int]]:
    """Fill lines of at most ``width``; a new one begins only at a part that ``may_break``."""
    groups: list[list[int]] = []
    for index in range(len(sizes)):
        if may_break[index] or not groups:
            groups.append([index])
        else:
            groups[-1].append(index)
    lines: list[list[int]] = []
    used = 0
    for group in groups:
        wide = sum(sizes[k][0] for k in group) + gap * (len(group) - 1)
        if lines and used + gap + wide <= width:
            lines[-1].extend(group)
            used += gap + wide
        else:
            lines.append(list(group))
            used = wide
    return lines


def line_width(line: Sequence[int], sizes: Sequence[Size], gap: int) -> int:
    """Width of a line with its gaps."""
    return sum(sizes[k][0] for k in line) + gap * (len(line) - 1)


def total_height(lines: Sequence[Sequence[int]], sizes: Sequence[Size], gap: int) -> int:
    """Height of all lines with the gaps between them."""
    return sum(max(sizes[k][1] for k in line) for line in lines) + gap * (len(lines) - 1)


def place(lines: Sequence[Sequence[int]], sizes: Sequence[Size], room: Size, gap: int) -> dict[int, Placed]:
    """Centre the lines in ``room``, and every part in the height of its line."""
    placed: dict[int, Placed] = {}
    y = max(0, (room[1] - total_height(lines, sizes, gap)) // 2)
    for line in lines:
        height = max(sizes[k][1] for k in line)
        x = max(0, (room[0] - line_width(line, sizes, gap)) // 2)
        for k in line:
            placed[k] = Placed(x, y + (height - sizes[k][1]) // 2, *sizes[k])
            x += sizes[k][0] + gap
        y += height + gap
    return placed


class Scale(Record):
    """How large an equation is drawn.

    Attributes
    ----------
    factor
        Of the design's cell size.
    rows, columns
        How many lines of a large array are shown at most.
    tight
        Columns are no wider than some five digits need; numbers with more are shown shorter.
    """

    factor: float
    rows: int
    columns: int
    tight: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether room is so short that large arrays are cut to a window."""
        return self.rows < _WHOLE

    @property
    def ghost_factor(self) -> float:
        """How large the outline of an array without numbers is; it shrinks where others are cut to a window."""
        return self.factor * (0.4 + 0.6 * min(self.rows, self.columns) / _WHOLE)

    @property
    def gap(self) -> float:
        """Pixels between two parts, closer together where room is short."""
        return 26 * min(1.0, self.factor) ** 2


_FACTORS = (2.0, 1.75, 1.5, 1.35, 1.2, 1.1, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.45)
_LEAST = 0.7
"""A cell of the design times this is the smallest that is drawn, in pixels of the screen: a projector's may shrink."""
_WINDOWS = ((10, 8), (10, 6), (8, 6), (6, 5), (5, 4), (5, 3), (4, 3), (4, 2), (3, 3), (3, 2))
"""Rows and columns of the windows that large arrays are cut to where room is short."""
_TALLER = (24, 20, 16, 14, 12, 10, 8, 6, 5, 4)
"""Rows of those windows where there is room below."""


@cache
def _attempts(unit: float) -> tuple[tuple[int, tuple[Scale, ...]], ...]:
    """Lines that are allowed, and scales from the largest on.

    Small matrices grow to fill their place; what is too large shows fewer digits, then breaks into two lines, and
    only then is cut to a window.
    """
    factors = [factor for factor in _FACTORS if factor >= min(_LEAST, max(_FACTORS[-1], _LEAST / unit))]
    whole = tuple(Scale(factor, _WHOLE, _WHOLE) for factor in factors)
    tight = tuple(Scale(factor, _WHOLE, _WHOLE, tight=True) for factor in factors)
    windows = tuple(
        Scale(factor, rows, columns, tight=True)
        for factor, (rows, columns) in itertools.chain(
            itertools.product((0.8,), _WINDOWS[:5]), itertools.product((factors[-1],), _WINDOWS)
        )
    )
    return (1, whole), (1, tight), (2, whole), (2, tight), (1, windows), (2, windows), (9, (*tight, *windows))


def best_scale(measure: Callable[[Scale], Sequence[Size]], may_break: Sequence[bool], room: Size, unit: float) -> Scale:
    """The first scale of `_attempts` at which everything fits ``room``; the smallest where none does.

    ``unit`` is how many pixels a pixel of the design is.
    """
    for lines_allowed, scales in _attempts(unit):
        for scale in scales:
            sizes = measure(scale)
            gap = round(scale.gap * unit)
            lines = break_lines(sizes, may_break, room[0], gap)
            widest = max(line_width(line, sizes, gap) for line in lines)
            if len(lines) <= lines_allowed and widest <= room[0] and total_height(lines, sizes, gap) <= room[1]:
                return scale
    return _attempts(unit)[-1][1][-1]


def widened(
    measure: Callable[[int, Scale], Size],
    scale: Scale,
    lines: Sequence[Sequence[int]],
    sizes: list[Size],
    width: int,
    gap: int,
) -> dict[int, Scale]:
    """Let grids that ``scale`` cuts show more columns where their line has room, and put that into ``sizes``.

    ``measure`` gives the size of one part. The scale of a part that isn't named stays.
    """
    found: dict[int, Scale] = {}
    if not scale.is_cut:
        return found
    for line in lines:
        height = max(sizes[k][1] for k in line)
        for k in sorted(line, key=lambda k: measure(k, replace(scale, columns=_WHOLE))[0]):  # the short ones whole
            free = width - line_width(line, sizes, gap)
            for columns in (_WHOLE, *dict.fromkeys(columns for _, columns in _WINDOWS if columns > scale.columns)):
                wider = replace(scale, columns=columns)
                size = measure(k, wider)
                if sizes[k][0] < size[0] <= sizes[k][0] + free and size[1] <= height:
                    found[k], sizes[k] = wider, size
                    break
    return found


def heightened(
    measure: Callable[[int, Scale], Size],
    scales: list[Scale],
    lines: Sequence[Sequence[int]],
    sizes: list[Size],
    height: int,
    gap: int,
) -> list[Scale]:
    """Let grids that are cut show more rows, all the same number, where the lines leave room below.

    ``scales`` and ``sizes`` are those of each part; what fits is put into ``sizes``. No part grows wider.
    """
    for rows in _TALLER:
        taller = [replace(scale, rows=rows) if scale.is_cut and scale.rows < rows else scale for scale in scales]
        if taller == scales:
            break
        found = [measure(k, scale) for k, scale in enumerate(taller)]
        wider = [new[0] > old[0] for new, old in zip(found, sizes, strict=True)]
        taller = [old if grew else new for old, new, grew in zip(scales, taller, wider, strict=True)]
        found = [old if grew else new for old, new, grew in zip(sizes, found, wider, strict=True)]
        if total_height(lines, found, gap) <= height:
            sizes[:] = found
            return taller
    return scales
