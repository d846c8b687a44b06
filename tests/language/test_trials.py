"""What a mistake may cost: how much is inferred for its repairs, what is inferred again, and what is left behind."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.language import infer as inferring
from playground.language.infer import Inference, infer
from playground.language.parse import parse
from playground.language.repairs.trials import Trials
from playground.language.signature import Signature
from tests.language.expressions import NAMES, arrays, formulas, signatures

if TYPE_CHECKING:
    from collections.abc import Mapping

_FLOAT = np.dtype(np.float64)
OPERANDS = {
    name: Signature(shape, _FLOAT)
    for name, shape in {"x": (32, 784), "W": (784, 100), "b": (100,), "V": (100, 10), "u": (3,)}.items()
} | {"k": Signature((3,), np.dtype(np.uint8))}
LONG = {
    "the last part doesn't fit": " + ".join(["x@W"] * 100) + "+V",
    "the first part doesn't fit": "V + " + " + ".join(["x@W"] * 100),
    "a name of nothing": " + ".join(["x@W"] * 100) + "+VV",
    "sums that lose their axis": "+".join(["x.sum(axis=1)"] * 35) + "+W",
    "the same mistake again and again": "@".join(["x"] * 100),
    "a surprise again and again": " + ".join(["k"] * 100),
    "two mistakes": "relu(x@W)@V + relu(x@W).T@V + softmax(relu(x@W)@V) + b",
}
MOST_CHARACTERS = 3200
"""Of all trials: those for the problem, and those for the second mistake of two."""


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_however_long_a_text_is_its_repairs_cost_no_more(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    bare = inferring._bare

    def counting(source: str, *given: Mapping[str, Signature]) -> Inference:
        counted.append(len(source))
        return bare(source, *given)

    monkeypatch.setattr(inferring, "_bare", counting)
    inferring._infer.cache_clear()
    found = infer(text, OPERANDS)
    assert found.problems or found.warnings
    assert sum(counted[1:]) <= MOST_CHARACTERS


@given(st.lists(arrays(), min_size=4, max_size=4), formulas(), formulas())
def test_what_is_known_of_parts_changes_no_answer(drawn: list[np.ndarray], first: str, second: str) -> None:
    operands = signatures(dict(zip(NAMES, drawn, strict=True)))
    trials = Trials(inferring._bare(first, operands), lambda text, parts: inferring._bare(text, operands, parts))
    for text in (f"({first}) * ({second})", f"({second})[..., None] + ({first})", f"stack([{first}, {second}])"):
        known, anew = trials.infer(text), inferring._bare(text, operands)
        assert known.signature == anew.signature
        assert known.problems == anew.problems
        assert known.clash == anew.clash


def test_a_part_that_is_known_isnt_looked_into_again() -> None:
    first = inferring._bare("(x @ W) + V", OPERANDS)
    trials = Trials(first, lambda text, parts: inferring._bare(text, OPERANDS, parts))
    assert [step.source for step in trials.infer("(x @ W) + b").steps] == ["x @ W", "b", "(x @ W) + b"]


@pytest.mark.parametrize("text", ["softmax(x @ W + b).sum(axis=0)[:9]", "x @ W + V", "[u, u] + u", "x[:, 0] +"])
def test_nothing_is_left_for_the_garbage_collection(text: str) -> None:
    infer(text, OPERANDS)  # what is loaded at the first is made of cycles
    inferring._infer.cache_clear()
    parse.cache_clear()
    gc.collect()
    gc.disable()
    try:
        infer(text, OPERANDS)
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.logs("nobody foresaw")
def test_a_repair_that_nobody_foresaw_takes_no_problem_away(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = inferring._bare

    def failing(source: str, *given: Mapping[str, Signature]) -> Inference:
        if ".T" in source:
            raise ZeroDivisionError
        return bare(source, *given)

    inferring._infer.cache_clear()
    expected = infer("W @ W", OPERANDS)
    inferring._infer.cache_clear()
    monkeypatch.setattr(inferring, "_bare", failing)
    found = infer("W @ W", OPERANDS)
    inferring._infer.cache_clear()
    assert found.problems[0].message == expected.problems[0].message
    assert not found.problems[0].repairs
