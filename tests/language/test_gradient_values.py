"""Every gradient against central differences: row by row, composed, and over generated formulas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from playground.language.gradients.gradient import gradient
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.language.differences import by_differences, check, computed, numbers
from tests.language.gradient_cases import ALL, Shapes

SHAPES: Shapes = {"x": (2, 3), "y": (3,), "A": (3, 3)}
FLAT = {("copysign(x, y)", "y"), ("full_like(x, y)", "x"), ("y[x[0] > 1]", "x")}
"""Only the sign counts, only the shape."""
ARRAYS = numbers(SHAPES)
SIGNATURES = {name: Signature(array.shape, array.dtype) for name, array in ARRAYS.items()}


@pytest.mark.parametrize(("source", "shapes"), ALL, ids=lambda value: value if isinstance(value, str) else str(value))
def test_the_gradient_is_what_central_differences_give(source: str, shapes: Shapes) -> None:
    arrays = numbers(shapes)
    for wrt in shapes:
        if (source, wrt) in FLAT:
            continue
        check(source, arrays, wrt)


@pytest.mark.parametrize(
    ("source", "x", "expected"),
    [
        ("where(x > 0, log(x), 0)", [0.0, 2], [0, 0.5]),
        ("where(x > 0, sqrt(x), 0)", [0.0, 4], [0, 0.25]),
        ("where(x != 0, 1 / x, 0)", [0.0, 2], [0, -0.25]),
        ("sum(where(x > 0, x * log(x), 0))", [0.0, 1], [0, 1]),
        ("binary_cross_entropy(sigmoid(x), [1, 0])", [40.0, -800], [0, 0]),
        ("-mean([1, 0] * log(sigmoid(x)) + [0, 1] * log(1 - sigmoid(x)))", [40.0, 40], [0, 0.5]),
        ("-log(softmax(x)[1:])", [0.0, -800], [1, -1]),
    ],
)
def test_no_gradient_is_lost_where_a_part_is_0_or_inf(source: str, x: list[float], expected: list[float]) -> None:
    array = np.array(x)
    found = gradient(source, {"x": Signature(array.shape, array.dtype)}, "x")
    assert found.source is not None
    given = {"x": array, "dh": np.ones(np.shape(computed(source, {"x": array})))}
    np.testing.assert_allclose(computed(found.source, given), expected, atol=1e-12)


def test_equal_extremes_share_the_gradient() -> None:
    x = np.array([[3.0, 3.0], [1.0, 3.0]])
    np.testing.assert_allclose(computed("(x == max(x)) / sum(x == max(x))", {"x": x}), [[1 / 3, 1 / 3], [0, 1 / 3]])
    found = gradient("max([x, x], axis=0)", {"x": Signature((2, 2), x.dtype)}, "x")
    assert found.source is not None
    np.testing.assert_allclose(computed(found.source, {"x": x, "dh": np.ones((2, 2))}), np.ones((2, 2)))


@pytest.mark.parametrize("source", ["prod(x)", "prod(x, axis=0)", "prod(x, axis=1)", "prod(x, axis=1, keepdims=True)",
                                    "cumprod(x)", "cumprod(x, axis=0)", "cumprod(x, axis=1)"])  # fmt: skip
@pytest.mark.parametrize("zeros", [[(0, 1)], [(0, 1), (0, 2)], [(0, 1), (1, 1), (2, 3)]], ids=["one", "row", "column"])
def test_products_are_differentiated_where_cells_are_zero(source: str, zeros: list[tuple[int, int]]) -> None:
    x = numbers({"x": (3, 4)})["x"]
    for place in zeros:
        x[place] = 0
    check(source, {"x": x}, "x")
    check(source.replace("axis=1", "axis=0").replace("x", "x[0]", 1), {"x": x}, "x")


@pytest.mark.parametrize("source", ["linalg.eigvalsh(x)", "linalg.eigh(x).eigenvectors", "linalg.cholesky(x)"])
def test_a_symmetric_matrix_that_stays_symmetric_has_a_symmetric_gradient(source: str) -> None:
    half = numbers({"x": (3, 3)})["x"]
    x = half @ half.T
    found = gradient(source, {"x": Signature(x.shape, x.dtype)}, "x")
    assert found.source is not None
    dh = numbers({"dh": computed(source, {"x": x}).shape}, 1)["dh"]
    value = computed(found.source, {"x": x, "dh": dh})
    expected = by_differences(source.replace("x)", "(x + x.T) / 2)"), {"x": x}, "x", dh)
    np.testing.assert_allclose(value, value.T, atol=1e-12)
    np.testing.assert_allclose(value, expected, atol=2e-7)


_LEAVES = st.sampled_from(["x", "x", "y", "x.T", "A", "2", "0.5"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    unary = st.sampled_from(["exp(-({}))", "tanh({})", "({}).T", "sigmoid({})", "-({})", "sum({}, axis=0)", "({})[0]",
                             "softmax({})", "({})**2", "({})[..., None]", "log(1 + ({})**2)", "cumsum({}, axis=0)",
                             "mean({}, axis=-1, keepdims=True)", "layer_norm({})", "({}).reshape(-1)", "({}).mT",
                             "({}) - mean({}, axis=-1, keepdims=True)", "({}) @ ({}).T", "({}).T @ ({})", "({}) / 3",
                             "0.5 * ({})", "({})[:, None]", "squeeze(({})[None])", "1 / (1 + ({})**2)", "trace({})",
                             "prod({}, axis=0)", "sqrt(1 + ({})**2)", "expand_dims({}, 0)", "sum(({})[({}) > 1])",
                             "exp({}) / sum(exp({}), axis=-1, keepdims=True)"])  # fmt: skip
    binary = st.sampled_from(["({}) + ({})", "({}) - ({})", "({}) * ({})", "({}) @ ({})", "({}) / (1 + ({})**2)",
                              "where(A > 1, {}, {})", "stack([{}, {}])", "outer({}, {})"])  # fmt: skip
    return st.one_of(
        st.builds(lambda form, a: form.replace("{}", a), unary, inner),
        st.builds(lambda form, a, b: form.format(a, b), binary, inner, inner),
    )


@given(st.recursive(_LEAVES, _grown, max_leaves=4))
def test_what_is_composed_at_random_is_right_too(source: str) -> None:
    found = infer(source, SIGNATURES)
    assume(found.ok and gradient(source, SIGNATURES, "x").source is not None)
    value = computed(source, ARRAYS)
    assume(value.size and np.all(np.isfinite(value)) and np.max(np.abs(value)) < 1e3)
    check(source, ARRAYS, "x")
