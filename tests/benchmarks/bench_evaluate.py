"""What ``evaluate`` costs around NumPy: nothing that can be felt, for a large product and for a tiny one."""

from __future__ import annotations

import numpy as np

import playground as mp
from tests.benchmarks.measure import compare, judge, percentile


def test_a_large_product_costs_what_numpy_costs() -> None:
    generator = np.random.default_rng(0)
    A, B = (generator.standard_normal((2048, 2048), dtype=np.float32) for _ in range(2))
    operands = {"A": A, "B": B}
    result = compare(
        "evaluate A @ B, float32 2048²", lambda: mp.evaluate("A @ B", operands), lambda: A @ B, turns=15, warm=3
    )
    judge("against NumPy", result.ratio, 1.05)


def test_a_tiny_product_is_a_matter_of_microseconds() -> None:
    operands = {"A": np.eye(2), "B": np.ones((2, 2))}
    took = percentile("evaluate A @ B, 2x2", lambda: mp.evaluate("A @ B", operands), turns=500)
    judge("a small product, ms", took * 1000, 0.3)
