"""Every row that the array standard covers, through the real path on array-api-strict, against NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from playground.compute.cpu.device import NumpyBackend
from playground.language.functions import FUNCTIONS
from tests.compute.formulas import check_close, inferred, unfolded, value_of
from tests.compute.strict_device import StrictBackend, standard_function

COVERED = [name for name in FUNCTIONS if standard_function(name) is not None]

_WHOLE = "[[1.0, 2.0], [3.0, 4.0]]"
STANDARD = {
    **{name: f"{name}({_WHOLE})" for name in ("sum", "prod", "mean", "std", "var", "min", "max")},
    "any": "any([True, False])", "all": "all([True, False])", "ones": "ones((2, 3))", "round": "round([0.126, 1.875])",
    "divide": "divide([1.0, 3.0], [2.0, 4.0])", "logical_and": "logical_and([True, False], [True, True])",
    "logical_or": "logical_or([True, False], [False, False])", "logical_not": "logical_not([True, False])",
    "logical_xor": "logical_xor([True, False], [True, True])", "nextafter": "nextafter([1.0, 3.0], [2.0, 2.0])",
    "flip": f"flip({_WHOLE})",
    "mse": "mse([0.9, 0.2], [1.0, 0.0])", "mae": "mae([0.9, 0.2], [1.0, 0.0])",
    "huber": "huber([0.9, 0.2], [1.0, 0.0])", "hinge": "hinge([0.8, -0.5], [1.0, -1.0])",
    "binary_cross_entropy": "binary_cross_entropy([0.9, 0.2], [1.0, 0.0])",
    "binary_cross_entropy_with_logits": "binary_cross_entropy_with_logits([2.0, -1.0], [1.0, 0.0])",
    "conv2d": "conv2d(eye(4), [[1.0, 0.0], [0.0, 1.0]])", "ogrid": "ogrid[0:2, 0:3]",
    "take_along_axis": "take_along_axis([[3, 1], [2, 4]], [[1, 0], [0, 1]], axis=1)",
    **{f"fft.{name}": f"fft.{name}([1 + 0j, 2 - 1j, 1 + 1j])" for name in ("fft", "ifft", "irfft", "hfft")},
    **{f"fft.{name}": f"fft.{name}([[1 + 0j, 2j], [1 - 1j, 1 + 0j]])" for name in ("fftn", "ifftn", "irfftn")},
}  # fmt: skip
"""In place of examples that NumPy reads more generously: mixed dtypes, real numbers for complex ones, axis by place."""

BEYOND = {
    "astype": "a dtype has no name in the standard",
    "view": "the standard reads no bytes as other numbers",
    "clip": "its limits have other names in the standard",
    "moveaxis": "NumPy's parameters have names, the standard's have none",
    "squeeze": "the standard wants to be told the axis",
    "cumulative_sum": "atleast_1d is beyond the standard",
    "cumulative_prod": "atleast_1d is beyond the standard",
    "mgrid": "meshgrid has no copy= in the standard",
    "r_": "concatenate is called concat in the standard",
    "c_": "concatenate is called concat in the standard",
    "roots": "a dtype has no kind in the standard",
    "vecmat": "a dtype has no kind in the standard",
}
"""Rows whose name the standard knows, and why they are compared on other modules only."""


@pytest.mark.parametrize("name", [name for name in COVERED if name not in BEYOND])
def test_the_strict_device_gives_numpys_values(name: str) -> None:
    source = STANDARD.get(name, FUNCTIONS[name].example)
    assert not inferred(source).problems
    with unfolded():
        check_close(value_of(source, StrictBackend()), value_of(source, NumpyBackend()))


@pytest.mark.parametrize("name", BEYOND)
def test_what_is_beyond_the_standard_still_is(name: str) -> None:
    """A row that has come within it is to be run above."""
    with unfolded(), pytest.raises((AssertionError, AttributeError, TypeError)), np.errstate(all="ignore"):
        value_of(STANDARD.get(name, FUNCTIONS[name].example), StrictBackend())


def test_much_of_the_table_is_covered() -> None:
    assert len(COVERED) > 200
    assert set(BEYOND) | set(STANDARD) <= set(COVERED)
