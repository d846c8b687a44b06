"""Products that another order makes cheaper: both orders in one step, and the memory that either may take."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.compute.cpu.device import NumpyBackend
from playground.compute.execute import execute
from playground.compute.outcome import Computed
from playground.compute.planning.chains import CHAIN
from playground.compute.planning.plan import plan
from playground.compute.planning.steps import ORDERED
from tests.compute.formulas import inferred

GENERATOR = np.random.default_rng(0)
A, B, v = GENERATOR.normal(size=(300, 200)), GENERATOR.normal(size=(200, 400)), GENERATOR.normal(size=400)
OPERANDS: dict[str, Any] = {
    "A": A, "B": B, "v": v, "C": GENERATOR.normal(size=(400, 3)), "u": GENERATOR.normal(size=300),
    "I": GENERATOR.integers(-9, 9, size=(300, 300)), "i": GENERATOR.integers(-9, 9, size=300),
    "h": A.astype(np.float16), "f": A.astype(np.float32), "T": GENERATOR.normal(size=(5, 200, 300)),
}  # fmt: skip


def computed(source: str) -> Computed:
    found = execute(plan(inferred(source, OPERANDS)), OPERANDS, NumpyBackend())
    assert isinstance(found, Computed)
    return found


@pytest.mark.parametrize(
    ("source", "cheapest", "written"),
    [
        ("A @ B @ v", ["B @ v", "A @ (B @ v)"], ["A @ B", "(A @ B) @ v"]),
        ("A @ B @ C", ["B @ C", "A @ (B @ C)"], ["A @ B", "(A @ B) @ C"]),
        ("u @ (A @ B)", ["u @ A", "(u @ A) @ B"], ["A @ B", "u @ (A @ B)"]),
        ("A @ B @ (v + 1)", ["B @ (v + 1)", "A @ (B @ (v + 1))"], ["A @ B", "(A @ B) @ (v + 1)"]),
        ("sum(A @ B @ v)", ["B @ v", "A @ (B @ v)"], ["A @ B", "(A @ B) @ v"]),
        ("I @ I @ i", ["I @ i", "I @ (I @ i)"], ["I @ I", "(I @ I) @ i"]),
    ],
)
def test_a_product_that_gets_cheaper_holds_both_orders(source: str, cheapest: list[str], written: list[str]) -> None:
    made = plan(inferred(source, OPERANDS))
    (step,) = [step for step in made.steps if step.target == ORDERED]
    assert [inner.text for inner in step.inner] == cheapest + written
    assert step.text == source.removeprefix("sum(").removesuffix(")" if source.startswith("sum") else "")
    assert step.flops == sum(inner.flops or 0 for inner in step.inner[: len(cheapest)])
    assert made.flops is not None
    assert made.flops < 2_000_000
    expected = eval(source, {"__builtins__": {}}, {**OPERANDS, "sum": np.sum})
    np.testing.assert_allclose(computed(source).value, expected, rtol=1e-9)


def test_either_order_of_many_factors_gives_the_product() -> None:
    source = "u @ (A @ B) @ v * 1"
    found, expected = computed(source), OPERANDS["u"] @ (A @ B) @ v
    np.testing.assert_allclose(found.value, expected, rtol=1e-9)
    assert found.notes[0].startswith("Computed as")


def test_the_memory_of_whichever_order_needs_more_is_expected() -> None:
    made = plan(inferred("A @ B @ v", OPERANDS))
    assert (A @ B).nbytes + v.nbytes <= made.peak_bytes <= (A @ B).nbytes + v.nbytes + 2**20 + 10_000
    both = plan(inferred("A @ B @ (v + 1) + 1", OPERANDS))
    assert both.peak_bytes >= (A @ B).nbytes + 2 * v.nbytes


def test_what_follows_may_write_into_the_product() -> None:
    operands = {"A": np.ones((500, 20)), "B": np.ones((20, 500)), "C": np.ones((500, 500))}
    made = plan(inferred("exp(A @ B @ C)", operands))
    assert [(step.target, step.donor) for step in made.steps] == [(ORDERED, None), (CHAIN, 0)]


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
    assert all(step.target != ORDERED for step in plan(inferred(source, OPERANDS)).steps)


def test_whole_numbers_are_exactly_the_same_though_they_wrap() -> None:
    operands = {"I": GENERATOR.integers(-128, 127, size=(300, 300)).astype(np.int8), "i": np.arange(300, dtype=np.int8)}
    found = execute(plan(inferred("I @ I @ i", operands)), operands, NumpyBackend())
    assert isinstance(found, Computed)
    assert found.notes
    np.testing.assert_array_equal(found.value, operands["I"] @ operands["I"] @ operands["i"], strict=True)
