"""Products of several matrices: what another order may change is rounding, whatever the numbers are."""

from __future__ import annotations

import functools
import itertools
import operator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.compute.cpu.device import NumpyBackend
from playground.compute.execute import download, execute
from playground.compute.measuring.steady import gflops
from playground.compute.ordered import safe_limits
from playground.compute.outcome import Computed, Failure
from playground.compute.planning import plan as planning
from playground.compute.planning import product_order
from playground.compute.planning.plan import plan
from playground.compute.planning.steps import ORDERED
from tests.compute import pretended_cupy
from tests.compute.formulas import inferred

BACKENDS = {"cpu": NumpyBackend, "gpu": pretended_cupy.backend}
ROWS = 240


def computed(source: str, operands: dict[str, Any], device: str = "cpu") -> Computed:
    backend = BACKENDS[device]()
    made = plan(inferred(source, operands))
    assert any(step.target == ORDERED for step in made.steps)
    outcome = execute(made, operands, backend)
    assert isinstance(outcome, Computed), outcome
    return download(outcome, backend)


def factors(a: object, b: object, v: object, dtype: object = np.float64) -> dict[str, Any]:
    """Matrices of ones but for one cell each, which meet in the first cell of the product."""
    made = {"A": np.ones((ROWS, ROWS), dtype), "B": np.ones((ROWS, ROWS), dtype), "v": np.ones(ROWS, dtype)}
    for array, value in zip(made.values(), (a, b, v), strict=True):
        array.flat[0] = value
    return made


@pytest.mark.parametrize("device", BACKENDS)
@pytest.mark.parametrize("dtype", ["f4", "f8", "c8", "c16"])
@pytest.mark.parametrize("share", [1, 1j])
@pytest.mark.parametrize(
    "exponents",
    [(-0.7, 0.7, 0.7), (0.7, -0.7, -0.7), (0.7, 0.7, -0.7), (-0.7, -0.7, 0.7), (0.9, 0, 0.2), (0, 0.2, -0.95)],
)
def test_what_overflows_or_underflows_on_the_way_does_so_as_written(
    device: str, dtype: str, share: complex, exponents: tuple[float, ...]
) -> None:
    if share.imag and dtype[0] == "f":
        share = 1
    limits = np.finfo(dtype)
    large = [share * 2.0 ** int(limits.maxexp * exponent) for exponent in exponents]
    operands = factors(*large, dtype=dtype)
    for name in operands:  # the others are 0: what happens in the first cell is seen in the result
        operands[name][..., 1:] = 0
    found = computed("A @ B @ v", operands, device)
    with np.errstate(all="ignore"):
        expected = operands["A"] @ operands["B"] @ operands["v"]
    np.testing.assert_array_equal(found.value, expected, strict=True)
    assert not found.notes


@pytest.mark.parametrize(("dtype", "size"), [("f8", 1e200), ("f4", 1e25)])
def test_numbers_whose_written_product_is_finite(dtype: str, size: float) -> None:
    operands = {
        "A": np.full((300, 300), 1 / size, dtype), "B": np.full((300, 300), size, dtype), "v": np.full(300, size, dtype)
    }  # fmt: skip
    found = computed("A @ B @ v", operands)
    assert np.isfinite(found.value).all()
    np.testing.assert_array_equal(found.value, operands["A"] @ operands["B"] @ operands["v"], strict=True)


@pytest.mark.parametrize("device", BACKENDS)
@pytest.mark.parametrize("special", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("place", ["A", "B", "v"])
def test_what_is_not_finite_spreads_as_written(device: str, special: float, place: str) -> None:
    operands = factors(0, 0, 0)
    operands[place].flat[-1] = special
    found = computed("A @ B @ v", operands, device)
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(found.value, operands["A"] @ operands["B"] @ operands["v"])
    assert not found.notes


@pytest.mark.parametrize("device", BACKENDS)
def test_usual_numbers_and_zeros_are_computed_in_the_cheapest_order_and_it_is_said(device: str) -> None:
    generator = np.random.default_rng(0)
    operands = {"A": generator.normal(size=(300, 300)), "v": generator.normal(size=300)}
    operands["B"] = np.maximum(generator.normal(size=(300, 300)), 0)
    found = computed("A @ B @ v", operands, device)
    np.testing.assert_allclose(found.value, operands["A"] @ operands["B"] @ operands["v"], rtol=1e-9)
    assert found.notes == ("Computed as A @ (B @ v): 360 kFLOP instead of 54.2 MFLOP.",)
    assert found.flops == 360_000


def test_what_is_computed_as_written_counts_its_own_operations() -> None:
    found = computed("A @ B @ v", factors(1, np.inf, 1))
    assert found.flops == 2 * ROWS**3 + 2 * ROWS**2
    assert found.timing.gflops == gflops(found.flops, found.timing.compute_s)


def test_it_can_be_stopped_between_two_products() -> None:
    asked: list[None] = []

    def third() -> bool:
        asked.append(None)
        return len(asked) == 3

    operands = factors(1, 1, 1)
    outcome = execute(plan(inferred("A @ B @ v", operands)), operands, NumpyBackend(), stop=third)
    assert isinstance(outcome, Failure)
    assert outcome.kind == "cancelled"
    assert len(asked) == 3


@pytest.mark.parametrize("dtype", ["f4", "f8", "g", "c8", "c16"])
@pytest.mark.parametrize(("count", "terms"), [(3, 1), (3, 4_000_000), (5, 10**8), (12, 12)])
def test_the_limits_are_as_wide_as_no_order_can_leave(dtype: str, count: int, terms: int) -> None:
    found = safe_limits(np.dtype(dtype), count, terms)
    assert found is not None
    least, most = found
    limits = np.finfo(dtype)
    assert least.dtype == most.dtype == limits.dtype
    parts = 1 if np.dtype(dtype).kind == "f" else 2 ** (count - 1)
    power = functools.reduce(operator.mul, [most] * count)
    assert np.isfinite(power * limits.dtype.type(terms) * limits.dtype.type(parts))
    assert functools.reduce(operator.mul, [least] * count) >= limits.tiny
    assert least < 1 <= most


def test_sums_so_long_that_ones_might_overflow_have_no_limits() -> None:
    assert safe_limits(np.dtype("f4"), 12, 10**40) is None


EXTREMES = st.sampled_from([0.0, -0.0, 1.0, -3.0, 2.0**-340, 2.0**340, 1e200, -1e-200, 1e308, 5e-324, np.inf, np.nan])


@st.composite
def chains(draw: st.DrawFn) -> list[np.ndarray]:
    """Three to five factors of 1 to 4 rows, most of their numbers usual ones, a vector at the end."""
    sizes = draw(st.lists(st.integers(2, 4), min_size=3, max_size=5))
    shapes = [*itertools.pairwise(sizes), sizes[-1:]]
    cells = st.one_of(st.floats(-4, 4), EXTREMES) if draw(st.booleans()) else st.floats(-4, 4)
    return [np.reshape(draw(st.lists(cells, min_size=(n := int(np.prod(shape))), max_size=n)), shape)
            for shape in shapes]  # fmt: skip


@given(chains())
def test_it_is_the_written_product_but_for_rounding(arrays: list[np.ndarray]) -> None:
    operands = dict(zip("ABCDE", arrays, strict=False))
    inference = inferred(" @ ".join(operands), operands)
    with pytest.MonkeyPatch.context() as patch:  # another order is taken for small products too
        patch.setattr(planning, "LEAST_WORK", 1)
        patch.setattr(product_order, "_LEAST_SAVED", 1)
        patch.setattr(product_order, "_SAVED_PER_CELL", 0)
        patch.setattr(product_order, "_LEAST_RATIO", 1)
        made = planning._make(inference)
    found = execute(made, operands, NumpyBackend())
    assert isinstance(found, Computed)
    with np.errstate(all="ignore"):
        expected = functools.reduce(operator.matmul, arrays)
        scale = functools.reduce(operator.matmul, map(abs, arrays))
    if found.notes:
        assert (np.abs(np.asarray(found.value) - expected) <= 64 * np.finfo(float).eps * scale).all()
    else:
        np.testing.assert_array_equal(found.value, expected)
