"""What many runs tell: the median, the width of the middle half, and no rate that says nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.compute.measuring.steady import gflops, steady, with_steady
from playground.compute.outcome import Steady, Timing

SECONDS = st.floats(1e-9, 1e3)


def test_one_run_has_no_spread() -> None:
    assert steady([0.25]) == Steady(0.25, None, 1)


def test_the_spread_is_that_of_the_middle_half() -> None:
    assert steady([3.0, 1.0, 2.0, 500.0, 4.0]) == Steady(3.0, 2.0, 5)


@given(st.lists(SECONDS, min_size=2, max_size=30))
def test_it_lies_between_the_fastest_and_the_slowest(seconds: list[float]) -> None:
    found = steady(seconds)
    assert found.runs == len(seconds)
    assert found.median_s == pytest.approx(float(np.median(seconds)))
    assert found.spread_s is not None
    assert 0 <= found.spread_s <= max(seconds) - min(seconds) + 1e-12


def test_the_first_call_stays_and_the_rate_follows() -> None:
    first = Timing(0.1, 2.0, 0.2, 2.0, 2.5, moved_bytes=80, pinned=False)
    found = with_steady(first, Steady(0.5, 0.1, 4), 10**9)
    assert found == Timing(0.1, 0.5, 0.2, 2.0, 2.5, 4, 2.0, 0.1, 80, False)


def test_what_was_brought_back_with_the_result_stays_and_else_it_is_that_of_the_later_runs() -> None:
    later = Steady(0.5, 0.1, 4, download_s=0.7)
    assert with_steady(Timing(0.1, 2.0, 0.2, 2.0, 2.5), later, None).download_s == 0.2
    assert with_steady(Timing(0.1, 2.0, 0.0, 2.0, 2.5), later, None).download_s == 0.7
    assert with_steady(Timing(0.1, 2.0, 0.0, 2.0, 2.5), Steady(0.5, 0.1, 4), None).download_s == 0


@pytest.mark.parametrize(("flops", "seconds"), [(None, 1.0), (999_999, 1.0), (10**9, 0.0)])
def test_no_rate_that_says_nothing(flops: int | None, seconds: float) -> None:
    assert gflops(flops, seconds) is None
