"""Plans: what is shared, folded, refused and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.compute.planning.plan import plan
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.compute.formulas import FORMULAS, inferred

if TYPE_CHECKING:
    from playground.compute.planning.steps import Plan


def planned(source: str) -> Plan:
    return plan(inferred(source))


def targets(source: str) -> list[str]:
    return [step.target for step in planned(source).steps]


def test_shared_sub_expressions_run_once() -> None:
    assert targets("(A @ B).T @ (A @ B)") == ["op:@", "attr:T", "op:@"]
    assert targets("(A + 1) * (A + 1.0)") == ["op:+", "op:+", "op:*"], "1 and 1.0 are two numbers"
    assert targets("sum(A) + sum(A, axis=0)") == ["sum", "sum", "op:+"]


def test_constants_are_folded() -> None:
    assert targets("A * (2 + 3) / sqrt(2)") == ["op:*", "op:/"]
    assert targets("zeros(A.shape[0]) + 1") == []
    assert targets("A.reshape(-1, 2)") == ["reshape"]
    assert targets("linalg.inv([[1, 2], [2, 4]])") == ["linalg.inv"], "what fails must fail when it runs, in its place"
    assert targets("zeros((1000, 1000))") == ["zeros"], "large arrays are the device's"


def test_equal_bytes_of_another_dtype_are_another_constant() -> None:
    assert len(planned("(v + [0, 0]) * (v + [0.0, 0.0])").constants) == 2
    assert len(planned("(v + [0, 0]) * (v - [0, 0])").constants) == 1


def test_only_what_is_needed_is_an_operand() -> None:
    assert planned("A.shape[0] * B").names == ("B",)
    assert planned("A @ M").names == ("A", "M")
    assert planned("A.size").names == ()


def test_places_and_texts() -> None:
    product, total = planned("1 + sum(A @ B)").steps[:2]
    assert (product.text, product.span.start, product.span.end) == ("A @ B", 8, 13)
    assert (total.text, total.span.start) == ("sum(A @ B)", 4)


@pytest.mark.parametrize(
    ("source", "moved"),
    [
        ("A @ B", 6 + 8 + 12),
        ("A + A", 6 + 6),
        ("A.T", 0),
        ("A[0]", 0),
        ("A.T + 1", 6 + 6),
        ("sum(A)", 6 + 1),
        ("A[[0, 1]]", 4 + 4 + 2),
        ("zeros((100, 100))", 10_000),
        ("A[A > 0]", None),
    ],
)
def test_bytes_moved_are_what_is_read_and_written(source: str, moved: int | None) -> None:
    assert planned(source).moved_bytes == (None if moved is None else moved * 8)


def test_flops_and_bytes() -> None:
    found = planned("A @ B")
    assert (found.flops, found.peak_bytes) == (2 * 3 * 2 * 4, 3 * 4 * 8)
    assert planned("power_iteration(M)").flops is None
    assert planned("A.T").peak_bytes == 0
    assert planned("A[1:, 0]").peak_bytes == 0
    assert planned("A[[0, 1]]").peak_bytes == 2 * 2 * 8
    assert planned("A[A > 0]").peak_bytes == 6 + 6 * 8, "a mask may keep everything"


def test_a_mixed_product_counts_the_converted_operand() -> None:
    assert planned("f @ M").peak_bytes == 4 * 8 + 4 * 8


def test_it_is_cached_by_inference() -> None:
    assert planned("A @ B") is planned("A @ B")


def test_many_plans_leave_the_cache_small() -> None:
    from playground.compute.planning.plan import _CACHED_PLANS, _cache

    for number in range(_CACHED_PLANS + 10):
        planned(f"A + {number}")
    assert len(_cache) == _CACHED_PLANS


def test_problems_cannot_be_planned() -> None:
    with pytest.raises(ValueError, match="has problems"):
        plan(infer("A @ A", {"A": Signature((2, 3), np.dtype(float))}))


def test_a_long_chain_is_no_danger() -> None:
    assert len(planned(" + ".join(f"A * {number}" for number in range(2, 120))).steps) == 118 + 117


@pytest.mark.parametrize("source", FORMULAS)
def test_slots_are_used_in_order_and_released_once(source: str) -> None:
    found = planned(source)
    base = len(found.names) + len(found.constants)
    released: set[int] = set()
    for place, step in enumerate(found.steps):
        used = [*step.arguments, *(slot for _, slot in step.keywords)]
        assert all(slot < base + place and slot not in released for slot in used)
        assert not released & set(step.releases)
        assert all(slot >= base for slot in step.releases)
        released.update(step.releases)
    assert found.result not in released
    assert found.peak_bytes >= 0
