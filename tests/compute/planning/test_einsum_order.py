"""``einsum`` of several operands: pair by pair, the same numbers, and said so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.compute.cpu.device import NumpyBackend
from playground.compute.execute import execute
from playground.compute.outcome import Computed
from playground.compute.planning.plan import plan
from playground.compute.planning.steps import ORDERED
from tests.compute import pretended_cupy
from tests.compute.formulas import inferred

GENERATOR = np.random.default_rng(0)
OPERANDS: dict[str, Any] = {
    "A": GENERATOR.normal(size=(60, 50)), "B": GENERATOR.normal(size=(50, 40)), "v": GENERATOR.normal(size=40),
    "a": np.ones((2, 3)), "b": np.ones((3, 2)), "c": np.ones(2),
}  # fmt: skip
THREE = "einsum('ij,jk,k->i', A, B, v)"


@pytest.mark.parametrize("backend", [NumpyBackend(), pretended_cupy.backend()])
def test_three_large_operands_are_multiplied_pair_by_pair_and_it_is_said(backend: Any) -> None:
    made = plan(inferred(THREE, OPERANDS))
    found = execute(made, OPERANDS, backend)
    assert isinstance(found, Computed)
    assert found.notes == ("einsum multiplies its 3 operands pair by pair, in the cheapest order.",)
    expected = OPERANDS["A"] @ (OPERANDS["B"] @ OPERANDS["v"])
    np.testing.assert_allclose(backend.to_host(found.value), expected)


@pytest.mark.parametrize(
    "source",
    [
        "einsum('ij,jk->ik', A, B)",
        "einsum('ij,jk,k->i', a, b, c)",
        "einsum('ij,jk,k->i', A, B, v, optimize=False)",
        "einsum('ij,jk,k->i', A, B, v, optimize=True)",
        "einsum('ij,jk,k->i', A, B, v, dtype=complex128)",
        "einsum('ij,jk,k->i', A, B, astype(v, float32))",
        "A @ B",
    ],
)
def test_what_is_computed_as_written_is_not_spoken_of(source: str) -> None:
    made = plan(inferred(source, OPERANDS))
    assert all(step.target != ORDERED for step in made.steps)
    found = execute(made, OPERANDS, NumpyBackend())
    assert isinstance(found, Computed)
    assert found.notes == ()


@pytest.mark.parametrize("backend", [NumpyBackend(), pretended_cupy.backend()])
@pytest.mark.parametrize("sizes", [(1e-200, 1e200, 1e200), (1e200, 1e-200, 1e-200), (np.inf, 0, 1), (1, np.nan, 1)])
def test_what_another_order_would_change_is_computed_as_written(backend: Any, sizes: tuple[float, ...]) -> None:
    operands = {name: array * 0 + size for (name, array), size in zip(list(OPERANDS.items())[:3], sizes, strict=True)}
    found = execute(plan(inferred(THREE, operands)), operands, backend)
    assert isinstance(found, Computed)
    with np.errstate(all="ignore"):
        expected = np.einsum("ij,jk,k->i", *operands.values())
    np.testing.assert_array_equal(backend.to_host(found.value), expected)
    assert found.notes == ()


def test_the_memory_of_whichever_order_needs_more_is_expected() -> None:
    made = plan(inferred(THREE, OPERANDS))
    assert made.peak_bytes >= OPERANDS["A"].shape[0] * 8
    assert made.steps[0].text == THREE


def test_it_stands_beside_other_notes_and_other_uses() -> None:
    operands = {**OPERANDS, "C": GENERATOR.normal(size=(300, 300)), "w": GENERATOR.normal(size=300)}
    made = plan(inferred(f"sum({THREE}) + sum(exp({THREE})) + sum(C @ C @ w)", operands))
    assert sum(step.inner[0].target == "einsum" for step in made.steps if step.target == ORDERED) == 1
    found = execute(made, operands, NumpyBackend())
    assert isinstance(found, Computed)
    assert len(found.notes) == 2
