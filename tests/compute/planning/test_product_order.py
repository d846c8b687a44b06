"""Products in their cheapest order: the same numbers but for rounding, fewer operations, and said so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.compute.cpu.device import NumpyBackend
from playground.compute.execute import execute
from playground.compute.outcome import Computed
from playground.compute.planning.plan import plan
from tests.compute.formulas import inferred

GENERATOR = np.random.default_rng(0)
A, B, v = GENERATOR.normal(size=(300, 200)), GENERATOR.normal(size=(200, 400)), GENERATOR.normal(size=400)
OPERANDS: dict[str, Any] = {
    "A": A, "B": B, "v": v, "C": GENERATOR.normal(size=(400, 3)), "u": GENERATOR.normal(size=300),
    "I": GENERATOR.integers(-9, 9, size=(300, 300)), "i": GENERATOR.integers(-9, 9, size=300),
    "h": A.astype(np.float16), "f": A.astype(np.float32), "T": GENERATOR.normal(size=(5, 200, 300)),
}  # fmt: skip


def texts(source: str) -> list[str]:
    return [step.text for step in plan(inferred(source, OPERANDS)).steps]


def computed(source: str) -> Computed:
    found = execute(plan(inferred(source, OPERANDS)), OPERANDS, NumpyBackend())
    assert isinstance(found, Computed)
    return found


@pytest.mark.parametrize(
    ("source", "steps", "note"),
    [
        ("A @ B @ v", ["B @ v", "A @ (B @ v)"], "Computed as A @ (B @ v): 280 kFLOP instead of 48.2 MFLOP."),
        ("A @ B @ C", ["B @ C", "A @ (B @ C)"], "Computed as A @ (B @ C): 840 kFLOP instead of 48.7 MFLOP."),
        ("u @ (A @ B)", ["u @ A", "(u @ A) @ B"], "Computed as (u @ A) @ B: 280 kFLOP instead of 48.2 MFLOP."),
        ("u @ (A @ B) @ v", None, "Computed as"),
        ("A @ B @ (v + 1)", ["v + 1", "B @ (v + 1)", "A @ (B @ (v + 1))"], "Computed as A @ (B @ (v + 1))"),
        ("sum(A @ B @ v)", ["B @ v", "A @ (B @ v)", "sum(A @ B @ v)"], "Computed as A @ (B @ v)"),
        ("I @ I @ i", ["I @ i", "I @ (I @ i)"], "Computed as I @ (I @ i)"),
    ],
)
def test_a_cheaper_order_is_taken_and_said(source: str, steps: list[str] | None, note: str) -> None:
    made = plan(inferred(source, OPERANDS))
    if steps is not None:
        assert [step.text for step in made.steps] == steps
    (said,) = made.notes
    assert said.startswith(note)
    assert made.flops is not None
    assert made.flops < 2_000_000
    assert made.flops == sum(step.flops or 0 for step in made.steps)
    expected = eval(source, {"__builtins__": {}}, {**OPERANDS, "sum": np.sum})
    np.testing.assert_allclose(computed(source).value, expected, rtol=1e-9)


@pytest.mark.parametrize(
    "source",
    [
        "A @ (B @ v)",  # already cheap
        "A @ B",
        "(A @ B @ v) + sum(A @ B)",  # A @ B is needed anyway
        "h.T @ h @ h.T @ h[:, 0]",  # float16 overflows: another order may be infinite
        "f @ B @ v",  # the dtype between them would be another
        "T @ A @ B @ v",  # stacks
        "A[:3, :2] @ B[:2, :9] @ v[:9]",  # too small to matter
        "v @ B.T @ B",  # left to right is best
    ],
)
def test_anything_else_stays_as_it_is_written(source: str) -> None:
    made = plan(inferred(source, OPERANDS))
    assert made.notes == ()


def test_whole_numbers_are_exactly_the_same_though_they_wrap() -> None:
    operands = {"I": GENERATOR.integers(-128, 127, size=(300, 300)).astype(np.int8), "i": np.arange(300, dtype=np.int8)}
    made = plan(inferred("I @ I @ i", operands))
    assert made.notes
    found = execute(made, operands, NumpyBackend())
    assert isinstance(found, Computed)
    np.testing.assert_array_equal(found.value, operands["I"] @ operands["I"] @ operands["i"], strict=True)
