"""Our own functions on NumPy and on a strict array module, which stands in for every other one."""

from __future__ import annotations

from typing import Any

import array_api_strict
import numpy as np
import pytest

from playground.compute.functions.own import _FUNCTIONS, bind

ARRAY = np.array([[-1000.0, 0.0, 1.0, 1000.0], [0.5, -0.25, 2.0, 2.0]])


@pytest.mark.parametrize("name", _FUNCTIONS)
@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_strict_arrays_give_the_same(name: str, dtype: str) -> None:
    if name == "empty":
        pytest.skip("takes a shape, no array")
    if name == "astype":
        own, strict = (np.float32,), (array_api_strict.float32,)
    else:
        own, strict = (), ()
    array = ARRAY.astype(dtype)
    function, strictly = bind(name, np), bind(name, array_api_strict)
    assert function is not None
    assert strictly is not None
    with np.errstate(all="ignore"):
        expected = function(array, *own)
        found = np.asarray(strictly(array_api_strict.asarray(array), *strict))
    assert found.dtype == expected.dtype
    np.testing.assert_array_equal(found, expected)


def test_values() -> None:
    assert call("relu", [-1.5, 2.0]).tolist() == [0.0, 2.0]
    assert call("relu", [-1, 2]).tolist() == [0, 2]
    assert call("relu", [True, False]).dtype == np.int64
    assert np.isnan(call("relu", np.nan))
    assert call("sigmoid", [-1000.0, 0.0, 1000.0]).tolist() == [0.0, 0.5, 1.0]
    assert call("sigmoid", [0]).dtype == np.float64
    assert call("softmax", ARRAY).sum(axis=-1) == pytest.approx([1, 1])
    assert call("softmax", ARRAY, axis=0).sum(axis=0) == pytest.approx([1, 1, 1, 1])
    assert call("softmax", np.array([250, 251], np.uint8)) == pytest.approx([0.26894142, 0.73105858])
    assert call("log_softmax", ARRAY)[0].tolist() == [-2000, -1000, -999, 0]
    assert call("softmax", np.ones((3, 0))).shape == (3, 0)
    assert call("astype", [1.7, -2.2], "int64").tolist() == [1, -2]


def test_an_unknown_name() -> None:
    assert bind("no_such", np) is None


def call(name: str, *arguments: Any, **options: Any) -> Any:
    function = bind(name, np)
    assert function is not None
    with np.errstate(all="ignore"):
        return function(*arguments, **options)
