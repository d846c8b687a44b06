"""Estimates of time: from what the formula or the device reached, and none where nothing tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.compute.outcome import Peak, Timing
from playground.record import replace
from playground.session.estimates import Estimates, Expected
from playground.session.job import Measured
from tests.session.making import session_of, workspace

if TYPE_CHECKING:
    from playground.session.snapshot import Snapshot


def computed(source: str, gflops: float | None = None, size: int = 300) -> Snapshot:
    """A snapshot whose formula has been computed, at so many GFLOP/s."""
    session = session_of(workspace(X=np.ones((size, size)), C=source))
    snapshot = session.snapshot
    session.stop()
    state = snapshot.results["C"]
    assert state.result is not None
    timing = replace(state.result.timing, gflops=gflops)
    return replace(snapshot, results={"C": replace(state, result=replace(state.result, timing=timing))})


def pending(snapshot: Snapshot) -> Snapshot:
    """The same before it has been computed."""
    return replace(snapshot, results={"C": replace(snapshot.results["C"], current=False)})


def test_a_formula_takes_as_long_as_it_did() -> None:
    estimates, snapshot = Estimates(), computed("linalg.svd(X).S")
    assert estimates.expected(pending(snapshot)) is None
    estimates.learn(snapshot)
    result = snapshot.results["C"].result
    assert result is not None
    assert estimates.expected(pending(snapshot)) == Expected(result.timing.total_s)
    assert estimates.expected(snapshot) is None, "everything is there"


def test_with_other_sizes_it_reaches_what_it_reached() -> None:
    estimates = Estimates()
    estimates.learn(computed("X @ X", 2.0))
    assert estimates.expected(pending(computed("X @ X", size=200))) == Expected(2 * 200**3 / 2e9)


def test_a_new_formula_is_taken_to_reach_the_best() -> None:
    estimates, snapshot = Estimates(), computed("X @ X @ X + 1")
    timing = Timing(0.0, 0.1, 0.0, 0.1, 0.1)
    estimates.learn(replace(snapshot, results={}, measured=Measured(1, "other", "=9", timing, Peak(4.0, 1.0))))
    assert estimates.expected(pending(snapshot)) == Expected((4 * 300**3 + 300**2) / 4e9)
    other = replace(pending(snapshot), device="gpu")
    assert estimates.expected(other) is None, "of that device nothing is known"


def test_a_new_formula_of_anything_but_products_takes_longer_than_a_large_product_would() -> None:
    estimates, snapshot = measured("linalg.svd(X).S")
    assert estimates.expected(pending(snapshot)) == Expected(21 * 300**3 / 4e9, at_least=True)
    estimates, snapshot = measured("linalg.svd(X @ X).S + sum(X)")
    found = estimates.expected(pending(snapshot))
    assert found is not None
    assert found.at_least
    estimates.learn(computed("linalg.svd(X @ X).S + sum(X)", 1.0))
    known = estimates.expected(pending(computed("linalg.svd(X @ X).S + sum(X)", size=200)))
    assert known is not None
    assert not known.at_least


def test_what_nobody_counts_has_no_estimate() -> None:
    estimates, snapshot = measured("power_iteration(X).eigenvalue")
    assert estimates.expected(pending(snapshot)) is None


def measured(source: str) -> tuple[Estimates, Snapshot]:
    """Who knows what the device reaches, and nothing of ``source``."""
    estimates, snapshot = Estimates(), computed(source)
    peak = Measured(1, "other", "=9", Timing(0, 1, 0, 1, 1), Peak(4.0, 1.0))
    estimates.learn(replace(snapshot, measured=peak, results={}))
    return estimates, snapshot
