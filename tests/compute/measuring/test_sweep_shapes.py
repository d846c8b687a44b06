"""Shapes with n in them: reading and writing them, and the ones that a sweep begins with."""

from __future__ import annotations

import numpy as np
import pytest

from playground.compute.measuring.sweep_shapes import (
    SQUARE,
    default_shapes,
    default_sizes,
    fits,
    growing_shape,
    shapes_in,
    sizes_in,
    with_squares,
)
from playground.language.infer import infer
from playground.language.signature import Signature


def entry(*shape: int, dtype: str = "float64") -> Signature:
    return Signature(shape, np.dtype(dtype))


def texts(expression: str, **entries: Signature) -> dict[str, str]:
    return {name: str(shape) for name, shape in default_shapes(expression, entries).items()}


@pytest.mark.parametrize(
    ("text", "written", "at_8"),
    [
        ("nx64", "n×64", (8, 64)),
        ("n×n", "n×n", (8, 8)),
        ("n", "n", (8,)),
        ("(n, 3)", "n×3", (8, 3)),
        ("(n,)", "n", (8,)),
        ("2nx3", "2n×3", (16, 3)),
        ("5", "5", (5,)),
        ("()", "()", ()),
        (" n x n : int8 ", "n×n:int8", (8, 8)),
    ],
)
def test_shapes_are_read_and_written(text: str, written: str, at_8: tuple[int, ...]) -> None:
    shape = growing_shape(text)
    assert (str(shape), shape.at(8, "float32").shape) == (written, at_8)
    assert growing_shape(written) == shape
    assert shape.at(8, "float32").dtype == (np.int8 if "int8" in text else np.float32)


@pytest.mark.parametrize("text", ["", "x", "nxx3", "m", "n*n", "-3", "n²", "1.5", "nn", "n:complex999", "n,,n"])
def test_what_is_no_shape_is_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"no shape|no dtype"):
        growing_shape(text)


def test_a_line_of_shapes_is_read() -> None:
    assert shapes_in(" A=n×n  b=(n,64):int64 ") == {"A": SQUARE, "b": growing_shape("n×64:int64")}
    assert shapes_in("A=n, B=n") == {"A": growing_shape("n"), "B": growing_shape("n")}
    assert shapes_in("") == {}


@pytest.mark.parametrize("text", ["A", "A:n", "=n", "1A=n", "A = n"])
def test_a_line_that_is_none_is_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no (name with a )?shape"):
        shapes_in(text)


def test_values_of_n_are_read_smallest_first() -> None:
    assert sizes_in("256, 64,128 64") == (64, 128, 256)
    for wrong in ("", "0", "-4", "1.5", "64;128", "many"):
        with pytest.raises(ValueError, match="whole numbers"):
            sizes_in(wrong)


def test_a_name_without_a_shape_is_square_and_numbers_have_none() -> None:
    shapes = with_squares("relu(x @ W) * e + pi", {"x": growing_shape("nx3")})
    assert shapes == {"x": growing_shape("nx3"), "W": SQUARE}


class TestDefaults:
    def test_all_axes_of_the_entries_grow(self) -> None:
        assert texts("A @ B", A=entry(3, 2), B=entry(2, 4)) == {"A": "n×n", "B": "n×n"}
        assert texts("x @ W + b", x=entry(32, 784), W=entry(784, 10), b=entry(10)) == {
            "x": "n×n",
            "W": "n×n",
            "b": "n",
        }

    def test_axes_of_size_1_stay(self) -> None:
        assert texts("A + b", A=entry(3, 2), b=entry(3, 1)) == {"A": "n×n", "b": "n×1"}

    def test_only_some_grow_where_the_formula_asks_for_it(self) -> None:
        assert texts("A.reshape(-1, 4)", A=entry(6, 4)) == {"A": "n×n"}
        assert texts("cross(a, b)", a=entry(7, 3), b=entry(7, 3)) == {"a": "n×3", "b": "n×3"}

    def test_whole_numbers_stay_whole(self) -> None:
        assert texts("take(A, i)", A=entry(5, dtype="float32"), i=entry(3, dtype="int32")) == {
            "A": "n",
            "i": "n:int32",
        }

    def test_a_formula_that_cannot_grow_keeps_its_mistake(self) -> None:
        assert texts("A @ B", A=entry(3, 2), B=entry(3, 2)) == {"A": "n×n", "B": "n×n"}
        assert texts("A @", A=entry(3, 2)) == {}

    def test_names_of_no_entry_are_square(self) -> None:
        assert texts("A @ Z", A=entry(3, 2)) == {"A": "n×n", "Z": "n×n"}


class TestDefaultSizes:
    @pytest.mark.parametrize("expression", ["A @ B", "A + B", "linalg.svd(A)", "sum(A)", "A"])
    def test_they_are_powers_of_two_and_few(self, expression: str) -> None:
        sizes = default_sizes(expression, with_squares(expression, {}))
        assert 2 <= len(sizes) <= 8
        assert all(size & (size - 1) == 0 and size >= 64 for size in sizes)
        assert list(sizes) == sorted(set(sizes))

    def test_more_work_means_smaller_sizes(self) -> None:
        product, total = (default_sizes(text, with_squares(text, {})) for text in ("A @ B", "sum(A)"))
        assert product[-1] == 2048
        assert total[-1] > product[-1]
        found = infer("A @ B", {name: SQUARE.at(product[-1], "float64") for name in "AB"})
        assert found.flops is not None
        assert found.flops <= 2e10

    def test_a_formula_that_does_not_fit_still_has_sizes(self) -> None:
        assert default_sizes("A @", {}) == (64, 128)


def test_what_fits_at_one_size_only_does_not_fit() -> None:
    assert not fits("A @ B", {"A": growing_shape("nx64"), "B": growing_shape("nxn")})
    assert fits("A @ B", {"A": growing_shape("nx64"), "B": growing_shape("64xn")})
