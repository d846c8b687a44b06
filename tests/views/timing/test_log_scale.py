"""Logarithmic axes: values at their pixels, and round numbers beside them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.views.timing.log_scale import LogScale, around, ticks

TIMES = st.floats(1e-9, 1e4)


@given(TIMES, st.floats(1.1, 1e6), st.floats(0, 1))
def test_equal_factors_are_equally_far_apart(low: float, factor: float, share: float) -> None:
    scale = LogScale(low, low * factor, 400.0, 20.0)
    assert scale.at(low) == pytest.approx(400)
    assert scale.at(low * factor) == pytest.approx(20, abs=1e-6)
    assert scale.at(low * factor**share) == pytest.approx(400 - 380 * share, abs=1e-6)


@given(TIMES, st.floats(1, 1e6))
def test_limits_hold_what_they_are_around_and_have_round_marks(low: float, factor: float) -> None:
    below, above = around(low, low * factor)
    assert below <= low
    assert above >= low * factor
    assert above / below >= 9.9
    marks = ticks(below, above)
    assert 2 <= len(marks) <= 16
    assert marks == sorted(set(marks))
    assert all(f"{mark:.0e}"[0] in "125" for mark in marks)


def test_powers_of_ten_are_enough_over_a_wide_range() -> None:
    assert ticks(1e-6, 1e-1) == pytest.approx([1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1])
    assert ticks(1.0, 10.0) == pytest.approx([1, 2, 5, 10])
    assert math.isclose(around(3e-5, 3e-5)[1] / around(3e-5, 3e-5)[0], 10, rel_tol=0.7)
