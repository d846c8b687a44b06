"""Layout, joining and splitting: the shapes that NumPy gives, and its refusals, over many shapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.language.infer import infer
from playground.language.signature import Signature
from tests.language.comparing import DTYPES, array, check, check_all

A = {"A": Signature((2, 3), array((), "float32").dtype), "B": Signature((2, 4), array((), "float32").dtype)}


@pytest.mark.parametrize(
    "text",
    [
        "moveaxis(A, 0, -1)", "moveaxis(A, (0, 1), (1, 0))", "moveaxis(A, [0, -1], [-1, 0])", "moveaxis(A, 0, (0, 1))",
        "moveaxis(A, (0, 0), (1, 2))", "moveaxis(A, 2, 0)", "rollaxis(A, 0)", "rollaxis(A, 1)", "rollaxis(A, 2, 1)",
        "rollaxis(A, 0, 2)", "rollaxis(A, -1, -1)", "rollaxis(A, 0, 7)", "flip(A, 0)", "flip(A, (0, 1))",
        "flip(A, (0, 0))", "flip(A, 2)", "rot90(A)", "rot90(A, 2)", "rot90(A, -1, (0, 2))", "rot90(A, 1, (0, -2))",
        "rot90(A, 1, (0,))", "rot90(A, axes=(1, 1))", "roll(A, 1)", "roll(A, (1, 2))", "roll(A, 1, (0, 1))",
        "roll(A, (1, 2), axis=(0, 1))", "roll(A, (1, 2), axis=0)", "roll(A, (1, 2, 3), (0, 1))", "roll(A, V)",
        "roll(A, J, 0)", "roll(A, 1, 2)", "expand_dims(A, (0, -1))", "squeeze(A, (0,))", "swapaxes(A, 0, -1)",
        "tile(A, 2)", "tile(A, (2, 3))", "tile(A, (2, 1, 2, 1))", "tile(A, ())", "tile(A, 0)", "tile(A, [2, 2])",
        "repeat(A, 2)", "repeat(A, 2, axis=0)", "repeat(A, [1, 2, 0], axis=-1)", "repeat(A, [2])",
        "repeat(A, [1, 2])", "repeat(A, V)", "repeat(A, V, 0)", "repeat(A, J, 1)", "A.repeat(2, 0)",
        "repeat(A, True)", "resize(A, (2, 5))", "resize(A, 7)", "resize(A, (0, 3))", "resize(A, -1)",
        "pad(A, 1)", "pad(A, (1, 2))", "pad(A, ((1, 2), (0, 1)))", "pad(A, [[1], [2]])", "pad(A, 0, 'edge')",
        "pad(A, 1, mode='edge')", "pad(A, 2, 'reflect')", "pad(A, 4, 'wrap')", "pad(A, 1, 'symmetric')",
        "pad(A, 1, 'empty')", "pad(A, -1)", "pad(A, 1.0)", "pad(A, 1, 'zeros')", "pad(A, 1, constant_values=3)",
        "pad(A, 1, 'edge', constant_values=3)", "pad(A, (1, 2, 3))", "pad(A, 1, 'maximum', stat_length=1)",
        "pad(A, 1, 'reflect', reflect_type='odd')", "pad(A, 1, 'linear_ramp', end_values=5)", "pad(A, ((1, 2),))",
        "atleast_1d(A, 2)", "atleast_2d(A, V)", "atleast_3d(A, V, M)", "atleast_1d([1, 2])", "copy(A)", "A.copy()",
        "broadcast_arrays(A, V)", "broadcast_arrays(A)", "broadcast_arrays(A, [[1], [2]], 3.5)",
        "ndim(A) + 1", "size(A) + 1", "size(A, 0) + 1", "size(A, 1) + 1", "zeros(shape(A))", "shape(A)[0] + 1",
        "zeros(broadcast_shapes(A.shape, (3,)))", "zeros(broadcast_shapes(A.shape, 1, (3, 1)))", "A.flatten()",
        "lib.stride_tricks.sliding_window_view(A, 2)", "lib.stride_tricks.sliding_window_view(A, (2, 1))",
        "lib.stride_tricks.sliding_window_view(A, 2, axis=-1)", "lib.stride_tricks.sliding_window_view(A, 0, 0)",
        "lib.stride_tricks.sliding_window_view(A, (2, 2), axis=(0, 0))", "lib.stride_tricks.sliding_window_view(A, -1)",
    ],
)  # fmt: skip
def test_layout(text: str) -> None:
    check_all(text)


@pytest.mark.parametrize(
    "text",
    [
        "insert(A, 1, 5)", "insert(A, 0, [7, 8, 9])", "insert(A, -1, V, axis=0)", "insert(A, 1, V, axis=1)",
        "insert(A, 1, [[1], [2]], axis=1)", "insert(A, [0, 1], 5)", "insert(A, [0, 1], V, axis=0)",
        "insert(A, [1], V, axis=0)", "insert(A, [0, 2], [[1], [2]], axis=-1)", "insert(A, 9, 1)", "insert(A, 3, 1)",
        "insert(A, -4, 1, 0)", "insert(A, [[0]], 1)", "insert(A, 1.0, 1)",
        "insert(A, 0, M, axis=0)", "insert(A, 1, A, axis=0)", "insert(A, [], 1)",
        "delete(A, 0)", "delete(A, 1, axis=0)", "delete(A, -1, axis=1)", "delete(A, [0, 0, -1], axis=-1)",
        "delete(A, 7)", "delete(A, [7], 0)", "delete(A, [True, False, True], 0)", "delete(A, K, -1)",
        "delete(A, [], 0)", "delete(A, 1.0)", "delete(A, [[0, 1]], 0)", "delete(A, True)",
        "append(A, 1)", "append(A, V)", "append(A, M, axis=0)", "append(A, A, axis=1)", "append(A, [[1, 2, 3]], 0)",
        "append(A, 1.5)", "trim_zeros(A)", "trim_zeros(A, 'f')", "trim_zeros(A, 'x')",
    ],
)  # fmt: skip
def test_adding_and_taking_away(text: str) -> None:
    check_all(text)


@pytest.mark.parametrize("text", ["insert(A, I, 1)", "insert(A, J, V, 0)", "delete(A, I, 0)", "delete(A, J, 0)"])
def test_computed_places(text: str) -> None:
    check_all(text, [(3,), (3, 3), (3, 2, 3)])


@pytest.mark.parametrize(
    "text",
    [
        "dstack([A, A])", "dstack((A, V))", "dstack(A)", "column_stack([A, V])", "column_stack([A, A])",
        "column_stack([V, V])", "column_stack(A)", "column_stack([A, 2])", "row_stack([A, V])",
        "block([[A, A], [A, A]])", "block([A, V])", "block(A)", "block([[A], [V]])", "block([A, 1])",
        "block([[A, V], 1])", "block([[A, zeros((A.shape[0], 2))], [ones((1, A.shape[-1])), [[5, 6]]]])",
        "block([])", "block([[[A]], [[A]]])", "block((A, A))", "concatenate([A, M], axis=None)",
        "concatenate([A, A], axis=1, dtype=float32)", "stack([A, A], -1)",
    ],
)  # fmt: skip
def test_joining(text: str) -> None:
    check_all(text.replace("row_stack", "vstack"), dtypes=("int8", "float32"))


@pytest.mark.parametrize(
    "text",
    [
        "split(A, 3)", "split(A, 2, axis=1)", "split(A, [1, 2])", "split(A, (1, -1), axis=-1)", "split(A, [5, 1])",
        "split(A, 0)", "split(A, -1)", "split(A, [])", "split(A, I)", "array_split(A, 2)", "array_split(A, 4, axis=1)",
        "array_split(A, [0, 1, 9])", "hsplit(A, 3)", "hsplit(A, [1])", "vsplit(A, 2)", "vsplit(A, [1])",
        "dsplit(A, 2)", "dsplit(A, [1])", "unstack(A)", "unstack(A, axis=1)", "unstack(A, axis=-1)",
    ],
)  # fmt: skip
def test_splitting(text: str) -> None:
    shapes = [(), (3,), (4,), (2, 3), (3, 3), (2, 3, 4), (1, 3)]
    check_all(text, shapes)


@pytest.mark.parametrize(
    "text",
    [
        *(f"{name}({n}, {k}, {m})" for name in ("tril_indices", "triu_indices")
          for n in (0, 1, 3, 5) for k in (-7, -2, 0, 1, 3, 8) for m in (0, 2, 4, None)),
        "diag_indices(3)", "diag_indices(2, 3)", "diag_indices(0)", "unravel_index(5, (2, 3))",
        "unravel_index([0, 5], (2, 3))", "unravel_index(6, (2, 3))", "unravel_index(-1, (2, 3))", "unravel_index(I, 3)",
        "unravel_index(1.0, (2, 3))", "unravel_index([[0], [1]], (2, 3, 4))", "unravel_index(K, (2, 3))",
        "ravel_multi_index(([1, 0], [2, 1]), (2, 3))", "ravel_multi_index((1, 2), (2, 3))",
        "ravel_multi_index((I, [[0], [1]]), (3, 3))", "ravel_multi_index((1, 2), (2, 3, 4))",
        "ravel_multi_index((I, V), (3, 3))", "ravel_multi_index((I, I), (3, 3), mode='clip')",
        "ravel_multi_index((I, 1.0), (3, 3))", "ravel_multi_index((9, 9), (3, 3), mode='wrap')",
    ],
)  # fmt: skip
def test_places(text: str) -> None:
    check_all(text, shapes=[()])


@pytest.mark.parametrize(
    "text",
    [
        "flip(A)", "rot90(A)", "roll(A, 1)", "tile(A, 2)", "repeat(A, 2)", "pad(A, 1)", "pad(A, 1, 'mean')", "copy(A)",
        "atleast_2d(A)", "atleast_1d(A, 2.5)", "broadcast_arrays(A, 2)", "moveaxis(A, 0, 1)", "matrix_transpose(A)",
        "split(A, 2)", "unstack(A)", "resize(A, 3)", "insert(A, 1, 2.5)", "append(A, 2)", "append(A, 2.5)",
        "delete(A, 0)", "dstack([A, 2.5])", "column_stack([A, 1j])", "block([A, 2])", "block([[A, M[:2]]])",
        "trim_zeros(A)", "broadcast_arrays(A, V[0], 2)",
    ],
)  # fmt: skip
def test_dtypes(text: str) -> None:
    check_all(text, [(2, 3)], DTYPES)


_LISTS = st.lists(st.integers(-5, 5), max_size=3)


@given(
    st.lists(st.integers(0, 4), max_size=4),
    st.sampled_from(["moveaxis(A, {0}, {1})", "roll(A, {0}, {1})", "tile(A, {0})", "flip(A, {0})", "split(A, {0}, 0)",
                     "array_split(A, {0}, -1)", "delete(A, {0}, 0)", "insert(A, {0}, 1, 0)", "repeat(A, {0}, 0)",
                     "pad(A, {0})", "transpose(A, {0})", "squeeze(A, {0})"]),
    _LISTS,
    _LISTS,
)  # fmt: skip
def test_typed_axes_and_places_are_as_numpy_reads_them(
    shape: list[int], text: str, first: list[int], second: list[int]
) -> None:
    check(text.format(tuple(first), tuple(second)), {"A": array(tuple(shape), "int32")})


def test_problems_name_operand_and_axis() -> None:
    assert infer("split(A, 2, axis=1)", A).problems[0].message == (
        "split makes equal parts: axis 1 of A (2, 3) has size 3, which 2 doesn't divide."
    )
    assert "array_split" in infer("split(A, 2, axis=1)", A).problems[0].hint
    assert "axis 1: A has 3, B has 4" in infer("append(A, B, axis=0)", A).problems[0].message
    assert "axis 0: A has 2" in infer("block([A, A.T])", A).problems[0].message


def test_what_follows_from_shapes_is_known() -> None:
    found = infer("zeros(shape(A))", A)
    assert isinstance(found.signature, Signature)
    assert found.signature.shape == (2, 3)
    assert infer("reshape(A, size(A))", A).ok
    assert infer("arange(ndim(A))", A).signature == infer("arange(2)", A).signature


def test_sizes_that_data_decides_stay_open() -> None:
    found = infer("array_split(A[A > 0], 2)[0]", A).signature
    assert isinstance(found, Signature)
    assert found.shape == (None,)
    for text in ("tile(A[A > 0], 2)", "pad(A[A > 0], 1)", "repeat(A[A > 0], 2)", "delete(A[A > 0], 0)",
                 "shape(A[A > 0])[0] + 1", "broadcast_shapes(A[A > 0].shape, (3, 1))"):  # fmt: skip
        assert infer(text, A).ok, text
