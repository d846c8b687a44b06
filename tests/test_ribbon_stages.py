"""A ribbon wider than the terminal is drawn in stages; where that can't be, a table that fits says it."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import printing
from playground.language.infer import infer
from playground.language.signature import Signature
from playground.ribbon import display_width, ribbon
from playground.ribbon_stages import staged
from tests.language.expressions import NAMES, arrays, formulas, signatures

SHAPES = {"x": (32, 784), "W": (784, 100), "b": (100,), "V": (100, 10), "c": (10,), "y": (32, 10)}
OPERANDS = {name: Signature(shape, np.dtype(np.float64)) for name, shape in SHAPES.items()}
LOSS = "-mean(sum(y * log(softmax(relu(x @ W + b) @ V + c)), axis=1)) + 0.001 * (sum(W**2) + sum(V**2))"


def test_what_fits_is_drawn_in_one() -> None:
    found = infer("relu(x @ W + b)", OPERANDS)
    assert staged(found, 80) == ribbon(found)


def test_a_two_layer_loss_fits_into_80_columns_part_by_part() -> None:
    drawn = staged(infer(LOSS, OPERANDS), 80)
    assert drawn is not None
    parts = drawn.split("\n\n")
    assert [part[0] for part in parts] == ["①", "②", "-"]
    assert parts[0].startswith("① = log(softmax(relu(x         @ W          + b     ) @ V         + c    ))")
    assert parts[-1].splitlines()[:3] == [
        "-mean(sum(y        * ①       , axis=1)) + ②",
        "          (32, 10)   (32, 10)             ()",
        "          └──── (32, 10) ───┘",
    ]
    assert max(map(display_width, drawn.splitlines())) <= 80


def test_where_even_parts_are_too_wide_a_table_fits() -> None:
    found = infer(LOSS, OPERANDS)
    assert staged(found, 34) is None
    lines = printing.shapes(found, 34, colour=False).split("\n\n")[0].splitlines()
    assert max(map(display_width, lines)) <= 34
    assert any("…" in line for line in lines)


def test_a_mistake_is_crossed_in_its_stage() -> None:
    found = infer("relu(x @ W + b) @ V + relu(x @ W + b) @ V @ W", OPERANDS)
    assert not found.ok
    assert "✗" in (staged(found, 60) or "")


@settings(max_examples=60)
@given(formulas(), st.fixed_dictionaries({name: arrays() for name in NAMES}), st.integers(16, 90))
def test_stages_fit_and_their_labels_never_touch(text: str, operands: dict[str, np.ndarray], columns: int) -> None:
    drawn = staged(infer(text, signatures(operands)), columns)
    if drawn is None:
        return
    assert all(display_width(line) <= columns for line in drawn.splitlines())
    assert not re.search(r"┘└|\)\(", re.sub(r"^.*[^─└┘(),?✗ \d].*$", "", drawn, flags=re.MULTILINE))
