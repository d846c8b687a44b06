"""The terminal's ribbon: every part over its shape, clashes crossed, one colour per axis."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.language.infer import infer
from playground.language.signature import Signature
from playground.ribbon import display_width, ribbon
from tests.language.expressions import NAMES, arrays, formulas, signatures

SHAPES = {"x": (32, 784), "W": (784, 100), "b": (100,), "数": (2, 3)}
OPERANDS = {name: Signature(shape, np.dtype(np.float64)) for name, shape in SHAPES.items()}


def drawn(text: str, *, colour: bool = False) -> list[str]:
    return ribbon(infer(text, OPERANDS), colour=colour).splitlines()


def test_each_part_stands_over_its_shape() -> None:
    assert drawn("relu(x @ W + b)") == [
        "relu(x         @ W          + b     )",
        "     (32, 784)   (784, 100)   (100,)",
        "     └───── (32, 100) ────┘",
        "     └───────── (32, 100) ─────────┘",
        "└──────────── (32, 100) ────────────┘",
    ]


def test_sizes_that_clash_have_a_cross() -> None:
    assert drawn("x @ W.T + b") == [
        "x          @ W.T             + b",
        "(32, ✗784)   (784, 100)",
        "             └ (✗100, 784) ┘",
    ]


def test_several_results_and_unknown_sizes() -> None:
    assert drawn("linalg.qr(b[:, None])")[-1] == "└── (100, 1) (1, 1) ──┘"
    assert "(?,)" in drawn("b[b > 0]")[-1]


def test_a_text_that_says_nothing_is_given_back() -> None:
    assert drawn("x @@") == ["x @@"]
    assert drawn("1 + 2") == ["1 + 2"]


def test_equal_axes_have_one_colour_and_only_those() -> None:
    pieces = re.findall(r"\x1b\[(\d+)m(\d+)", drawn("x @ W", colour=True)[1])
    codes, sizes = zip(*pieces, strict=True)
    assert sizes == ("32", "784", "784", "100")
    assert codes[1] == codes[2]
    assert len(set(codes)) == 3


def test_colour_changes_nothing_but_colour() -> None:
    for text in ("relu(x @ W + b)", "x @ W.T", "x + 数"):
        plain = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(drawn(text, colour=True)))
        assert plain.splitlines() == drawn(text)


def test_wide_characters_take_two_columns() -> None:
    first, second, _ = drawn("数 + 1")
    assert display_width(first) == len("(2, 3) + 1")
    assert second == "(2, 3)"


def test_an_index_an_attribute_and_a_method_stay_with_what_they_are_of() -> None:
    assert drawn("b[:, None] @ b[None].mT.sum(axis=0)[:1]")[0].split(" @ ")[0].rstrip() == "b[:, None]"
    for text in ("b[:, None]", "x.T", "x[0][1:]", "x.sum(axis=1)[:, None].T"):
        assert drawn(text)[0] == text
        assert drawn(text)[1].startswith("(")
    assert drawn("x[b[:32].argsort()]")[0].startswith("x        [b[:32].argsort()"), "there is a part inside"


@settings(max_examples=100)
@given(formulas(), st.fixed_dictionaries({name: arrays() for name in NAMES}))
def test_no_two_labels_ever_touch(text: str, operands: dict[str, np.ndarray]) -> None:
    lines = ribbon(infer(text, signatures(operands))).splitlines()
    assert re.sub(r"\s", "", lines[0]) == re.sub(r"\s", "", text)
    for line in lines[1:]:
        assert ")(" not in line
        assert "┘└" not in line
        assert line.count("└") == line.count("┘")
