"""The additions of machine learning: their numbers, at the edges too, and the same on a strict array module."""

from __future__ import annotations

import math
from typing import Any

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from hypothesis.extra.numpy import arrays as numpy_arrays

from playground.compute.functions import learning, training
from playground.compute.functions.erf import erf, erfc
from playground.compute.functions.own import bind

A = np.array([[-1000.0, 0.0, 1.0, 1000.0], [0.5, -0.25, 2.0, 2.0], [3.0, 0.125, -2.0, 7.0], [1.0, 1.0, 0.25, -5.0]])
P = np.array([[0.5, 0.25, 0.25, 0.0], [0.1, 0.2, 0.3, 0.4], [1.0, 0.0, 0.0, 0.0], [0.25, 0.25, 0.25, 0.25]])
LABELS = np.array([3, 0, 1, 2])
MORE: dict[str, tuple[Any, ...]] = {
    "accuracy": (LABELS,), "attention": (A, A, A < 3), "cdist": (A + 1,), "clip_by_norm": (2.0,),
    "clip_by_value": (-1.0, 2.0), "conv1d": (A[0],), "conv2d": (A[:2, :2],), "cosine_similarity": (A[::-1],),
    "cross_entropy": (LABELS,), "angle_between": (A[::-1],), "euclidean_distance": (A[::-1],), "hinge": (A[0],),
    "huber": (A[::-1],), "layer_norm": (A[1], A[2]), "batch_norm": (A[1], A[2]), "mae": (A[::-1],), "mse": (A[::-1],),
    "nll_loss": (LABELS,), "projection": (A[::-1],), "rms_norm": (A[1],), "one_hot": (5,),
    "binary_cross_entropy": (P[::-1],), "binary_cross_entropy_with_logits": (P,), "kl_divergence": (P[::-1],),
}  # fmt: skip
FIRST: dict[str, Any] = {
    "binary_cross_entropy": P, "entropy": P, "kl_divergence": P, "one_hot": LABELS, "embedding": LABELS,
    "causal_mask": 4, "positional_encoding": 4,
}  # fmt: skip
MORE["embedding"], MORE["positional_encoding"] = (A,), (5,)
NAMES = [*learning.FUNCTIONS, *training.FUNCTIONS]


def call(name: str, *arguments: Any, **options: Any) -> Any:
    function = bind(name, np)
    assert function is not None
    with np.errstate(all="ignore"):
        return function(*arguments, **options)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_strict_arrays_give_the_same(name: str, dtype: str) -> None:
    given_ = [FIRST.get(name, A), *MORE.get(name, ())]
    own = [x.astype(dtype) if isinstance(x, np.ndarray) and x.dtype.kind == "f" else x for x in given_]
    strict = [array_api_strict.asarray(x) if isinstance(x, np.ndarray) else x for x in own]
    strictly = bind(name, array_api_strict)
    assert strictly is not None
    with np.errstate(all="ignore"):
        found, expected = strictly(*strict), call(name, *own)
    for one, other in zip(as_tuple(found), as_tuple(expected), strict=True):
        assert np.asarray(one).dtype == np.asarray(other).dtype
        np.testing.assert_array_equal(np.asarray(one), other)


def as_tuple(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


@given(st.floats(-30, 30))
def test_erf_is_right_to_two_units_in_the_last_place(x: float) -> None:
    found = float(erf(np, np.array(x)))
    assert abs(found - math.erf(x)) <= 2 * math.ulp(math.erf(x))
    assert float(erfc(np, np.array(x))) == pytest.approx(math.erfc(x), rel=2e-15, abs=1e-300)


def test_erf_at_the_edges() -> None:
    edges = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 5e-324])
    found = call("erf", edges)
    np.testing.assert_array_equal(found, [math.erf(x) for x in edges])
    np.testing.assert_array_equal(np.signbit(found[:2]), [False, True])
    assert call("erf", edges.astype("f2")).dtype == np.float16
    assert call("erf", np.ones((2, 0))).shape == (2, 0)


FINITE = numpy_arrays(np.float64, array_shapes(max_dims=3, max_side=4), elements=st.floats(-1e4, 1e4))


@given(FINITE)
def test_activations_are_finite_where_their_input_is(x: np.ndarray) -> None:
    for name in ("relu", "leaky_relu", "elu", "selu", "softplus", "softsign", "sigmoid", "gelu", "silu", "mish",
                 "softmax", "log_softmax", "logsumexp", "layer_norm", "batch_norm", "rms_norm",
                 "l2_normalize"):  # fmt: skip
        assert np.isfinite(call(name, x)).all(), name
    assert call("softmax", x).sum(axis=-1) == pytest.approx(np.ones(x.shape[:-1]))
    np.testing.assert_allclose(np.exp(call("log_softmax", x)), call("softmax", x), rtol=1e-9, atol=1e-300)
    np.testing.assert_allclose(call("logsumexp", x, axis=-1), np.logaddexp.reduce(x, axis=-1), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "x", "expected"),
    [
        ("relu", [-1e4, 0, 1e4, np.inf, -np.inf, np.nan], [0, 0, 1e4, np.inf, 0, np.nan]),
        ("leaky_relu", [-1e4, 1e4, np.inf, np.nan], [-100, 1e4, np.inf, np.nan]),
        ("sigmoid", [-1e4, 0, 1e4, np.inf, -np.inf, np.nan], [0, 0.5, 1, 1, 0, np.nan]),
        ("elu", [-1e4, 0, 2, np.inf, -np.inf], [-1, 0, 2, np.inf, -1]),
        ("softplus", [-1e4, 0, 1e4, np.inf, -np.inf], [0, math.log(2), 1e4, np.inf, 0]),
        ("gelu", [-1e4, -10, 0, 1, 1e4], [0, -10 * math.erfc(10 / 2**0.5) / 2, 0, 0.8413447460685429, 1e4]),
        ("silu", [-1e4, 0, 1e4], [0, 0, 1e4]),
        ("mish", [-1e4, 0, 1e4], [0, 0, 1e4]),
        ("softmax", [1e4, 1e4], [0.5, 0.5]),
        ("softmax", [-np.inf, 0], [0, 1]),
        ("log_softmax", [-1e4, 0, 1e4], [-2e4, -1e4, 0]),
        ("logsumexp", [-np.inf, -np.inf], -np.inf),
        ("logsumexp", [np.inf, 0], np.inf),
        ("logsumexp", [1e4, 1e4], 1e4 + math.log(2)),
        ("logsumexp", [], -np.inf),
        ("l2_normalize", [0, 0], [0, 0]),
        ("l2_normalize", [3, 4], [0.6, 0.8]),
        ("standardize", [1, 3], [-1, 1]),
        ("minmax_scale", [2, 4, 3], [0, 1, 0.5]),
        ("rms_norm", [3, 3], [3 / math.sqrt(9 + 1e-5)] * 2),
        ("entropy", [0.5, 0.5, 0], math.log(2)),
        ("softmax", np.array([250, 251], np.uint8), [0.26894142136999510, 0.7310585786300049]),
        ("rms_norm", np.array([300, -300], np.float16), np.array([1, -1], np.float16)),
    ],
)  # fmt: skip
def test_values(name: str, x: Any, expected: Any) -> None:
    found = call(name, x)
    np.testing.assert_allclose(found, expected, rtol=1e-13, atol=1e-300)


def test_gelu_by_tanh_is_pytorchs() -> None:
    assert call("gelu", [1.0, -1.0], "tanh") == pytest.approx([0.8411919906082768, -0.15880800939172324])


def test_whole_numbers_become_float64_and_narrow_floats_stay() -> None:
    for name in ("sigmoid", "softmax", "layer_norm", "gelu", "standardize", "mse", "huber", "projection"):
        more = ([2, 2],) if name in ("mse", "huber", "projection") else ()
        assert call(name, [1, 2], *more).dtype == np.float64
        for dtype in (np.float16, np.float32):
            assert call(name, np.array([1, 2], dtype), *(np.array(x, dtype) for x in more)).dtype == dtype
    assert call("relu", [True, False]).dtype == np.int64


def test_nearly_parallel_vectors_have_a_small_angle() -> None:
    assert call("angle_between", [1.0, 0.0], [1.0, 1e-12]) == pytest.approx(1e-12)
    assert call("angle_between", [1, 0], [-2, 0]) == pytest.approx(math.pi)
    assert call("angle_between", [0, 0], [0, 0]) == pytest.approx(math.pi / 2)
    assert call("angle_between", [0, 0], [1, 0]) == pytest.approx(math.pi / 2)


def test_losses() -> None:
    logits = np.array([[2.0, 1.0, 0.1], [0.5, 2.5, 0.3]])
    expected = -np.mean([np.log(np.exp(2) / np.exp(logits[0]).sum()), np.log(np.exp(2.5) / np.exp(logits[1]).sum())])
    assert call("cross_entropy", logits, [0, 1]) == pytest.approx(expected)
    assert call("cross_entropy", logits, np.eye(3)[[0, 1]]) == pytest.approx(expected)
    assert call("nll_loss", call("log_softmax", logits), [0, 1]) == pytest.approx(expected)
    assert call("cross_entropy", [1e4, 0.0], 1) == 1e4
    assert call("binary_cross_entropy", [0.0, 1.0], [1, 0]) == 100
    assert call("binary_cross_entropy", [0.0, 1.0], [0, 1]) == 0
    assert call("binary_cross_entropy_with_logits", [1e4, -1e4], [1, 0]) == 0
    assert call("huber", [0.0, 0.0], [0.5, 3.0]) == pytest.approx((0.125 + 2.5) / 2)
    assert call("accuracy", logits, [0, 0]) == 0.5
    assert call("kl_divergence", [0.5, 0.5], [0.25, 0.75]) == pytest.approx(0.5 * math.log(2) + 0.5 * math.log(2 / 3))
    assert call("l2_penalty", [3, -4]) == 25


def test_labels_count_as_the_rows_of_a_table_do() -> None:
    assert call("one_hot", [2, 0, -1], 3).tolist() == np.eye(3)[[2, 0, -1]].tolist()
    for label in (3, -4):
        with pytest.raises(IndexError):
            call("one_hot", [label], 3)
    assert call("one_hot", np.array([200], np.uint8), 300)[0, 200] == 1
    assert call("embedding", [[1], [0]], [[1, 2], [3, 4]]).tolist() == [[[3, 4]], [[1, 2]]]
    with pytest.raises(IndexError):
        call("embedding", [2], [[1, 2], [3, 4]])


def test_a_seed_drops_the_same_cells_again() -> None:
    found = call("dropout", np.ones((50, 50)), 0.2, 7)
    np.testing.assert_array_equal(found, call("dropout", np.ones((50, 50)), 0.2, 7))
    assert set(np.unique(found)) == {0, 1.25}
    assert found.mean() == pytest.approx(1, abs=0.05)
    assert (found != call("dropout", np.ones((50, 50)), 0.2, 8)).any()


def test_attention_looks_only_where_it_may() -> None:
    x = np.array([[1.0, 0.0], [0.0, 1.0], [5.0, 5.0]])
    found = call("attention", x, x, x, call("causal_mask", 3))
    assert found[0].tolist() == [1, 0]
    weights = np.exp(x[1] @ x[:2].T / math.sqrt(2))
    assert found[1] == pytest.approx(weights / weights.sum() @ x[:2])
    assert np.isnan(call("attention", x, x, x, np.zeros((3, 3), bool))).all()
    assert call("attention", np.ones((2, 1, 4, 8)), np.ones((3, 5, 8)), np.ones((3, 5, 6))).shape == (2, 3, 4, 6)


def test_iterations() -> None:
    matrix = np.array([[2.0, -1.0], [-1.0, 2.0]])
    value, vector = call("power_iteration", matrix)
    assert value == pytest.approx(3)
    assert np.abs(vector) == pytest.approx([math.sqrt(0.5)] * 2)
    steep = np.array([[1, 1, 1], [1e-8, 0, 0], [0, 1e-8, 0], [0, 0, 1e-8]])
    basis = call("gram_schmidt", steep)
    assert basis.T @ basis == pytest.approx(np.eye(3), abs=1e-14)


def test_windows() -> None:
    assert call("conv1d", [1, 2, 4, 8], [-1, 1]).tolist() == [1, 2, 4]
    assert call("conv2d", np.arange(9).reshape(3, 3), [[1, 0], [0, -1]]).tolist() == [[-4, -4], [-4, -4]]
    assert call("max_pool2d", np.arange(20).reshape(4, 5)).tolist() == [[6, 8], [16, 18]]
    assert call("avg_pool2d", np.arange(16).reshape(4, 4)).tolist() == [[2.5, 4.5], [10.5, 12.5]]


def test_positions_are_told_apart_by_sines_and_cosines() -> None:
    found = call("positional_encoding", 3, 4)
    assert found[2] == pytest.approx([math.sin(2), math.cos(2), math.sin(0.02), math.cos(0.02)])
