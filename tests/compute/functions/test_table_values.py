"""What searching, choosing, statistics and numerics compute, through the real path, against NumPy."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from playground.compute.cpu.device import NumpyBackend
from playground.compute.gpu.differences import evened_out
from tests.compute import pretended_cupy
from tests.compute.formulas import check_close, check_signature, inferred, value_of
from tests.compute.formulas_tables import CPU_ONLY, OPERANDS, TABLE_FORMULAS
from tests.language.expressions import namespace


@pytest.mark.parametrize("source", TABLE_FORMULAS)
def test_values_are_numpys(source: str) -> None:
    found = value_of(source, NumpyBackend(), operands=OPERANDS)
    check_signature(found, inferred(source, OPERANDS).signature)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = eval(source, namespace(OPERANDS))
    check_close(as_arrays(found), as_arrays(expected))


@pytest.mark.parametrize("source", [source for source in TABLE_FORMULAS if source not in CPU_ONLY])
def test_a_device_that_is_strict_gives_the_same(source: str) -> None:
    found = value_of(source, pretended_cupy.backend(), operands=OPERANDS)
    check_close(found, value_of(source, NumpyBackend(), operands=OPERANDS))


def as_arrays(value: Any) -> Any:
    return tuple(map(np.asarray, value)) if isinstance(value, (tuple, list)) else np.asarray(value)


class TestDifferences:
    """What evens CuPy out is our own check where CuPy has none."""

    functions = evened_out(np)

    def test_places_out_of_range_raise(self) -> None:
        array = np.arange(6).reshape(2, 3)
        with pytest.raises(IndexError, match="index 3"):
            self.functions["take_along_axis"](array, np.array([[3]]), 1)
        with pytest.raises(IndexError, match="index 3"):
            self.functions["take_along_axis"](array, np.array([[3]]))
        with pytest.raises(IndexError, match="index 6"):
            self.functions["take"](array, np.array(6))

    def test_edges_that_rise_and_fall_raise(self) -> None:
        with pytest.raises(ValueError, match="monotonically"):
            self.functions["digitize"](np.array([1]), np.array([0, 2, 1]))
