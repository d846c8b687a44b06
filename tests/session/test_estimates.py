"""Estimates of time: from what the formula or the device reached, and none where nothing tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.compute.outcome import Peak, Timing
from playground.record import replace
from playground.session.estimates import Estimates
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
    assert estimates.seconds(pending(snapshot)) is None
    estimates.learn(snapshot)
    result = snapshot.results["C"].result
    assert result is not None
    assert estimates.seconds(pending(snapshot)) == result.timing.total_s
    assert estimates.seconds(snapshot) is None, "everything is there"


def test_with_other_sizes_it_reaches_what_it_reached() -> None:
    estimates = Estimates()
    estimates.learn(computed("X @ X", 2.0))
    assert estimates.seconds(pending(computed("X @ X", size=200))) == pytest.approx(2 * 200**3 / 2e9)


def test_a_new_formula_is_taken_to_reach_the_best() -> None:
    estimates, snapshot = Estimates(), computed("X @ X @ X + 1")
    timing = Timing(0.0, 0.1, 0.0, 0.1, 0.1)
    estimates.learn(replace(snapshot, results={}, measured=Measured(1, "other", "=9", timing, Peak(4.0, 1.0))))
    assert estimates.seconds(pending(snapshot)) == pytest.approx((4 * 300**3 + 300**2) / 4e9)
    other = replace(pending(snapshot), device="gpu")
    assert estimates.seconds(other) is None, "of that device nothing is known"


def test_what_nobody_counts_has_no_estimate() -> None:
    estimates, snapshot = Estimates(), computed("linalg.svd(X).S")
    measured = Measured(1, "C", "=9", Timing(0, 1, 0, 1, 1), Peak(4.0, 1.0))
    estimates.learn(replace(snapshot, measured=measured, results={}))
    assert estimates.seconds(pending(snapshot)) is None
