"""Laying out an equation: parts from text, which are full, and the largest scale that fits. No window."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.language.infer import infer
from playground.language.signature import Signature
from playground.views.expression.equation_parts import (
    MOST_FULL,
    Kind,
    Scale,
    best_scale,
    break_lines,
    equation_parts,
    full_parts,
    heightened,
    line_width,
    place,
    total_height,
    widened,
)
from playground.views.expression.tokens import tokens_of

SQUARE = Signature((2, 2), np.dtype(float))
NAMES = dict.fromkeys("ABCDE", SQUARE)


def written(source: str) -> str:
    return " ".join(part.text for part in equation_parts("R", infer(source, NAMES), None))


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("A @ B", "A @ B = R"),
        ("relu(A @ B + C)", "relu( A @ B + C ) = R"),
        ("(A + B) @ C", "( A + B ) @ C = R"),
        ("linalg.solve(A, B)", "linalg.solve( A , B ) = R"),
        ("A[0, 1:]", "A [0, 1: ] = R"),
        ("A.T @ -B", "A .T @ - B = R"),
        ("eye(3)", "eye(3) = R"),
        ("A @", "A @"),
    ],
)
def test_an_equation_is_laid_out_as_it_is_written(source: str, parts: str) -> None:
    shown = written(source).replace(" ", "")
    assert shown == (parts.replace(" ", "") if not source.endswith("@") else "")


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("A[:, None] @ B", ["A", "[:, None]", "@", "B"]),
        ("A[0][..., -1]", ["A", "[0]", "[..., -1]"]),
        ("(A + B)[0, 1:]", ["(", "A", "+", "B", ")", "[0, 1:]"]),
        ("A[[0, 1], ::-1]", ["A", "[[0, 1], ::-1]"]),
        ("A[B > 0]", ["A", "[", "B", ">", "0]"]),
        ("A[:, arange(2)]", ["A", "[:,", "arange(2)]"]),
        ("A[[0, 1, 0, 1, 0, 1, 0]]", ["A", "[[0, 1, 0, 1, 0, …"]),
    ],
)
def test_an_index_stays_with_its_brackets(source: str, texts: list[str]) -> None:
    tokens = tokens_of(infer(source, NAMES))
    assert [token.text for token in tokens] == texts
    index = tokens[1]
    assert source[index.span.start] == "[" or index.name is not None


@pytest.mark.parametrize("source", ["A @ B + C", "relu(A)[0]", "concatenate((A, B), axis=1)", "[[1, 2], [3, 4]] @ A"])
def test_tokens_are_the_text_from_left_to_right(source: str) -> None:
    tokens = tokens_of(infer(source, NAMES))
    assert [token.span.start for token in tokens] == sorted(token.span.start for token in tokens)
    assert "".join(source[token.span.start : token.span.end] for token in tokens) == source.replace(" ", "") or any(
        " " in source[token.span.start : token.span.end] for token in tokens
    )


def test_an_unfolded_step_stands_before_the_result() -> None:
    parts = equation_parts("R", infer("A @ B + C", NAMES), "A @ B")
    assert [part.kind for part in parts[-4:]] == [Kind.OPERATOR, Kind.STEP, Kind.OPERATOR, Kind.RESULT]


@pytest.mark.parametrize("wanted", [None, 0, 2, 4, 6, 8])
def test_at_most_three_grids_are_full_and_the_wanted_one_is(wanted: int | None) -> None:
    inference = infer("A @ B + C @ D - E", NAMES)
    parts = equation_parts("R", inference, None)
    assert inference.tree is not None
    full = full_parts(parts, inference.tree, None, wanted)
    assert len(full) == MOST_FULL
    assert len(parts) - 1 in full
    assert wanted is None or wanted in full


def test_the_operands_of_the_focus_are_full() -> None:
    inference = infer("A @ B + C @ D", NAMES)
    parts = equation_parts("R", inference, "C @ D")
    assert inference.tree is not None
    focus = next(step.span for step in inference.steps if step.source == "C @ D")
    full = full_parts(parts, inference.tree, focus, None)
    assert {parts[k].text for k in full} == {"C", "D", "C @ D"}


_sizes = st.lists(st.tuples(st.integers(1, 300), st.integers(1, 200)), min_size=1, max_size=12)


@given(_sizes, st.data(), st.integers(50, 900), st.integers(0, 30))
def test_lines_hold_every_part_once_in_order_and_nothing_overlaps(
    sizes: list[tuple[int, int]], data: st.DataObject, width: int, gap: int
) -> None:
    breaks = data.draw(st.lists(st.booleans(), min_size=len(sizes), max_size=len(sizes)))
    lines = break_lines(sizes, breaks, width, gap)
    assert [k for line in lines for k in line] == list(range(len(sizes)))
    assert all(breaks[line[0]] for line in lines[1:])
    room = (max(width, *(line_width(line, sizes, gap) for line in lines)), total_height(lines, sizes, gap))
    spots = place(lines, sizes, room, gap)
    for line in lines:
        for left, right in itertools.pairwise(line):
            assert spots[left].x + spots[left].width + gap == spots[right].x
    for upper, lower in itertools.pairwise(lines):
        assert max(spots[k].y + spots[k].height for k in upper) <= min(spots[k].y for k in lower)
    assert all(spot.x >= 0 and spot.x + spot.width <= room[0] for spot in spots.values())


@pytest.mark.parametrize("unit", [1.0, 1.6])
def test_the_largest_scale_that_fits_is_chosen(unit: float) -> None:
    def measure(scale: Scale) -> list[tuple[int, int]]:
        side = round(100 * scale.factor * unit)
        return [(side, side)] * 3

    def chosen(width: int, height: int = 2000) -> Scale:
        return best_scale(measure, [False, True, False], (width, height), unit)

    assert chosen(5000).factor == 2.0
    factors = [chosen(width).factor for width in range(300, 3000, 50)]
    assert factors[-1] == 2.0
    assert min(factors) >= 0.7 / unit - 0.01
    smallest = chosen(1, 1)
    assert (smallest.rows, smallest.columns) == (3, 2)


def test_a_cut_grid_shows_more_columns_where_its_line_has_room() -> None:
    columns_of = {0: 40, 1: 3, 2: 40}

    def measure(k: int, scale: Scale) -> tuple[int, int]:
        return 10 + 60 * min(scale.columns, columns_of[k]), 50

    cut = Scale(0.5, 3, 2, tight=True)
    sizes = [measure(k, cut) for k in range(3)]
    found = widened(measure, cut, [[0, 1], [2]], sizes, 400, 20)
    assert sizes == [(190, 50), (190, 50), (370, 50)]
    assert {k: scale.columns for k, scale in found.items()} == {0: 3, 1: 12, 2: 6}
    assert line_width([0, 1], sizes, 20) <= 400
    assert widened(measure, Scale(1.0, 12, 12), [[0]], [(10, 50)], 400, 20) == {}


def test_cut_grids_show_more_rows_where_there_is_room_below() -> None:
    rows_of = {0: 784, 1: 7, 2: 784}

    def measure(k: int, scale: Scale) -> tuple[int, int]:
        wider = 30 if k == 2 and scale.rows > 3 else 0  # such as an outline, which grows both ways
        return 100 + wider, 20 + 24 * min(scale.rows, rows_of[k])

    cut = [Scale(0.5, 3, 2, tight=True)] * 3
    sizes = [measure(k, scale) for k, scale in enumerate(cut)]
    found = heightened(measure, cut, [[0, 1, 2]], sizes, 20 + 24 * 10, 20)
    assert [scale.rows for scale in found] == [10, 10, 3]
    assert sizes == [(100, 260), (100, 188), (100, 92)]
    whole = [Scale(1.0, 12, 12)]
    assert heightened(measure, whole, [[0]], [(100, 50)], 5000, 20) == whole
    assert heightened(measure, cut, [[0, 1, 2]], [(100, 92)] * 3, 92, 20) == cut
