from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.views.grid.heat import heat_image, heat_table

BASE, BLUE, ORANGE = (255, 255, 255), (11, 102, 173), (217, 72, 15)
TABLE = heat_table(BASE, BLUE, ORANGE)


def colour(value: object, magnitude: float, dtype: str = "float64") -> tuple[int, int, int]:
    word = int(heat_image(np.array([[value]], dtype), magnitude, TABLE)[0, 0])
    assert word >> 24 == 0xFF
    return word >> 16 & 255, word >> 8 & 255, word & 255


def test_colours_of_the_mock() -> None:
    # rgba(11, 102, 173, 0.28) over white
    assert colour(3.0, 3.0) == (187, 212, 232)
    assert colour(-3.0, 3.0) == (244, 204, 188)
    assert colour(0.0, 3.0) == BASE


def test_not_finite_values_have_their_own() -> None:
    assert colour(np.nan, 1.0) == BASE
    assert colour(np.inf, 1.0) not in (colour(1.0, 1.0), colour(-np.inf, 1.0))
    assert colour(np.inf, 0.0) == colour(np.inf, 5.0)


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", "uint64", "float16", "float32", "complex64"])
def test_every_dtype_is_coloured(dtype: str) -> None:
    assert colour(1, 1.0, dtype) == colour(1.0, 1.0)
    assert colour(0, 1.0, dtype) == BASE


@given(arrays(np.float64, (3, 4), elements=st.floats(width=64)), st.floats(0, 1.7e308))
def test_any_values_give_an_opaque_image_silently(values: np.ndarray, magnitude: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        image = heat_image(values, magnitude, TABLE)
    assert image.shape == values.shape
    assert image.dtype == np.uint32
    assert image.flags.c_contiguous
    assert (image >> 24 == 0xFF).all()
