"""What layout, products, linear algebra and Fourier transforms compute, through the real path, against NumPy."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.compute.cpu.device import NumpyBackend
from playground.compute.functions.own import bind
from tests.compute.formulas import MORE_FORMULAS, OPERANDS, check_close, check_signature, inferred, value_of
from tests.language.expressions import namespace

RANDOM = np.random.default_rng(0)


@pytest.mark.parametrize("source", MORE_FORMULAS)
def test_values_are_numpys(source: str) -> None:
    found = value_of(source, NumpyBackend())
    check_signature(found, inferred(source).signature)
    expected = eval(source, namespace(OPERANDS))
    expected = tuple(map(np.asarray, expected)) if isinstance(expected, tuple) else np.asarray(expected)
    found = tuple(map(np.asarray, found)) if isinstance(found, tuple) else np.asarray(found)
    check_close(found, expected)


def call(name: str, *arguments: Any, **options: Any) -> np.ndarray:
    """Call our own function on NumPy, hold it against the strict module, and give its value."""
    function, strictly = bind(name, np), bind(name, array_api_strict)
    assert function is not None
    assert strictly is not None
    found = function(*arguments, **options)
    strict = np.asarray(strictly(*(strict_of(argument) for argument in arguments), **options))
    assert strict.dtype == found.dtype
    np.testing.assert_allclose(strict, found, rtol=1e-12)
    return np.asarray(found)


def strict_of(value: Any) -> Any:
    if isinstance(value, list):
        return [strict_of(item) for item in value]
    return array_api_strict.asarray(value) if isinstance(value, np.ndarray) else value


def test_blocks() -> None:
    one, row, column = np.ones((2, 2)), np.array([[3.0, 4.0]]), np.array([[5.0], [6.0]])
    corner = np.array([[7.0]])
    for arrays in ([[one, column], [row, corner]], [row, row], one, [[one]], [[[one]], [[one]]], [row[0], corner[0]]):
        assert np.array_equal(call("block", arrays), np.block(arrays))


@given(st.data())
def test_values_put_in_between(data: st.DataObject) -> None:
    arr = np.arange(float(np.prod(shape := tuple(data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))))))
    arr = arr.reshape(shape)
    axis = data.draw(st.one_of(st.none(), st.integers(-len(shape), len(shape) - 1)))
    size = arr.size if axis is None else shape[axis]
    place = st.integers(-size, size)
    obj = data.draw(st.one_of(place, st.lists(place, min_size=1, max_size=3)))
    values = np.array(data.draw(st.sampled_from([5.0, [7.0]])))
    found = call("insert", arr, np.array(obj), values, axis=axis)
    assert np.array_equal(found, np.insert(arr, obj, values, axis=axis))


@pytest.mark.parametrize("axis", [0, 1, -1, None])
@pytest.mark.parametrize("obj", [0, 1, [1], [0, 2], [2, 0]])
def test_whole_rows_and_columns_put_in_between(obj: Any, axis: int | None) -> None:
    arr = np.arange(9.0).reshape(3, 3)
    for values in (np.array([10.0, 11.0, 12.0]), np.array([[10.0], [11.0], [12.0]]), np.array([[10.0, 11.0, 12.0]])):
        try:
            expected = np.insert(arr, obj, values, axis=axis)
        except ValueError:
            continue
        assert np.array_equal(call("insert", arr, np.array(obj), values, axis=axis), expected)


def test_a_chain_is_the_product_in_any_order() -> None:
    sizes = [3, 7, 2, 9, 1, 5]
    arrays = [RANDOM.standard_normal(pair) for pair in pairwise(sizes)]
    np.testing.assert_allclose(call("multi_dot", arrays), np.linalg.multi_dot(arrays))
    first, last = RANDOM.standard_normal(3), RANDOM.standard_normal(5)
    for ends in ([first, *arrays], [*arrays, last], [first, *arrays, last], [first, first], arrays[:2]):
        found = call("multi_dot", ends)
        np.testing.assert_allclose(found, np.linalg.multi_dot(ends))
        assert found.shape == np.shape(np.linalg.multi_dot(ends))


def test_eigenvalues_are_complex_on_every_version() -> None:
    real, turned = np.array([[2.0, 1.0], [1.0, 2.0]]), np.array([[0.0, -1.0], [1.0, 0.0]], np.float32)
    for name in ("eig", "eigvals"):
        function = bind(name, np)
        assert function is not None
        values = [np.asarray(part) for matrix in (real, turned) for part in np.atleast_1d(function(matrix)[0])]
        assert values[0].dtype == np.complex128
        assert values[-1].dtype == np.complex64
    function = bind("eig", np)
    assert function is not None
    values, vectors = function(turned)
    np.testing.assert_allclose(turned @ vectors, vectors * values, atol=1e-6)
