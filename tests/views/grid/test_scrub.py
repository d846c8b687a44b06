from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.views.grid.scrub import COARSE, FINE, Scrub, can_scrub

FLOAT, INT, BYTE = np.dtype("float64"), np.dtype("int64"), np.dtype("uint8")


def test_ten_pixels_are_a_step_and_keys_change_it() -> None:
    assert Scrub(2.0, FLOAT, 100).moved(129) == 4
    assert Scrub(2.0, FLOAT, 100).moved(71) == 0
    assert Scrub(2.0, FLOAT, 100).moved(130, COARSE) == 32
    assert Scrub(0.1, FLOAT, 100).moved(130, FINE) == 0.4  # exactly: no 0.4000000000000001


def test_changing_the_step_never_jumps() -> None:
    scrub = Scrub(0.0, FLOAT, 0)
    assert scrub.moved(50) == 5
    assert scrub.moved(50, FINE) == 5
    assert scrub.moved(60, FINE) == 5.1
    assert scrub.moved(60) == 5.1
    assert scrub.moved(70) == 6.1


def test_integers_stay_whole_and_in_range() -> None:
    assert Scrub(5, INT, 0).moved(100, FINE) == 6
    assert Scrub(250, BYTE, 0).moved(1000) == 255
    assert Scrub(2**62, INT, 0).moved(10) == 2**62 + 1


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int8", "uint64", "complex64"])
@given(there=st.integers(-300, 300))
def test_back_where_it_began_is_the_same_number(dtype: str, there: int) -> None:
    start = np.dtype(dtype).type(3)
    scrub = Scrub(start, np.dtype(dtype), 0)
    scrub.moved(there)
    assert scrub.moved(0) == start
    assert scrub.value.dtype == np.dtype(dtype)


def test_what_has_no_steps_can_not_be_dragged() -> None:
    assert can_scrub(1.0, FLOAT)
    assert not can_scrub(np.nan, FLOAT)
    assert not can_scrub(True, np.dtype(bool))
