"""PyTorch's windows over images give what PyTorch's do, and operands of other axes are refused as there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import playground as mp
from playground.language.foreign.read import numpy_text
from playground.language.infer import infer
from playground.language.signature import Signature

RANDOM = np.random.default_rng(3)
IMAGES, WEIGHTS, BIAS = RANDOM.normal(size=(2, 3, 9, 8)), RANDOM.normal(size=(4, 3, 3, 2)), RANDOM.normal(size=4)


def slid(x: np.ndarray, weights: np.ndarray, stride: tuple[int, int], padding: tuple[int, int]) -> np.ndarray:
    """What ``F.conv2d`` is said to give, window by window."""
    (down, right), (rows, columns) = stride, padding
    x = np.pad(x, ((0, 0), (0, 0), (rows, rows), (columns, columns)))
    height, width = weights.shape[2:]
    return np.array([
        [[[np.sum(image[:, i : i + height, j : j + width] * kernel)
           for j in range(0, image.shape[2] - width + 1, right)]
          for i in range(0, image.shape[1] - height + 1, down)] for kernel in weights]
        for image in x
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "stride", "padding", "bias"),
    [
        ("x, w", (1, 1), (0, 0), 0),
        ("x, w, b", (1, 1), (0, 0), 1),
        ("x, w, bias=b, stride=2, padding=1", (2, 2), (1, 1), 1),
        ("x, w, None, (2, 3), (0, 1)", (2, 3), (0, 1), 0),
    ],
)
def test_a_convolution_gives_its_sums(
    arguments: str, stride: tuple[int, int], padding: tuple[int, int], bias: int
) -> None:
    found = mp.evaluate(f"F.conv2d({arguments})", {"x": IMAGES, "w": WEIGHTS, "b": BIAS}).value
    np.testing.assert_allclose(found, slid(IMAGES, WEIGHTS, stride, padding) + bias * BIAS[:, None, None])


@pytest.mark.parametrize(
    ("arguments", "widths", "options"),
    [
        ("(1, 2)", ((0, 0), (0, 0), (0, 0), (1, 2)), {}),
        ("(1, 2, 0, w.ndim), value=0.5", ((0, 0), (0, 0), (0, 4), (1, 2)), {"constant_values": 0.5}),
        ("[1, 1, 2, 2], mode='reflect'", ((0, 0), (0, 0), (2, 2), (1, 1)), {"mode": "reflect"}),
        ("(0, 3), 'circular'", ((0, 0), (0, 0), (0, 0), (0, 3)), {"mode": "wrap"}),
    ],
)
def test_padding_begins_with_the_last_axis(
    arguments: str, widths: tuple[tuple[int, int], ...], options: dict[str, Any]
) -> None:
    text, operands = f"F.pad(x, {arguments})", {"x": IMAGES, "w": WEIGHTS}
    expected = np.pad(IMAGES, widths, **options)
    found = infer(text, {name: Signature(array.shape, array.dtype) for name, array in operands.items()}).signature
    assert isinstance(found, Signature)
    assert found.shape == expected.shape
    np.testing.assert_array_equal(mp.evaluate(text, operands).value, expected)


# fmt: off
READ_AS = [
    ("F.max_pool2d(x, 2)", "max_pool2d(x, 2)"),
    ("F.avg_pool2d(x, (2, 2))", "avg_pool2d(x, 2)"),
    ("nn.MaxPool2d(2)(x)", "max_pool2d(x, 2)"),
    ("nn.AvgPool2d(kernel_size=2, stride=2)(x)", "avg_pool2d(x, 2)"),
    ("nn.Flatten()(x)", "x.reshape(x.shape[0], -1)"),
    ("F.max_pool2d(x, 3, stride=2)",
     "lib.stride_tricks.sliding_window_view(x, (3, 3), (-2, -1))[..., ::2, ::2, :, :].max(axis=(-2, -1))"),
]
# fmt: on


@pytest.mark.parametrize(("theirs", "numpy"), READ_AS)
def test_pools_are_read(theirs: str, numpy: str) -> None:
    assert numpy_text(theirs) == numpy
    assert infer(theirs, {"x": Signature((2, 3, 9, 8), np.dtype(float))}).ok


def test_overlapping_windows_give_the_largest_of_each() -> None:
    found = mp.evaluate("F.max_pool2d(x, 3, stride=2)", {"x": IMAGES}).value
    assert np.shape(found) == (2, 3, 4, 3)
    assert found[1, 2, 3, 2] == IMAGES[1, 2, 6:9, 4:7].max()


@pytest.mark.parametrize("theirs", ["F.conv2d(x, w, groups=3)", "F.conv2d(x, w, dilation=2)", "F.max_pool2d(x, n)"])
def test_other_arguments_are_not_read(theirs: str) -> None:
    known = {name: Signature((4, 3, 3, 3), np.dtype(float)) for name in ("x", "w", "n")}
    (problem,) = infer(theirs, known).problems
    assert problem.kind == "not-read"


@pytest.mark.parametrize(
    ("source", "operands", "said"),
    [
        ("torch.dot(A, A.T)", "two vectors", "A is (5, 3)"),
        ("torch.bmm(A, A.T)", "two stacks of matrices", "A is (5, 3)"),
        ("h = A.bmm(A.T)", "two stacks of matrices", "A is (5, 3)"),
        ("torch.mm(A, v)", "two matrices", "v is (3,)"),
        ("torch.mv(A, A.T)", "a matrix and a vector", "A.T is (3, 5)"),
        ("torch.nn.functional.conv2d(x, k)", "images (N, C, H, W)", "k is (3, 3)"),
    ],
)
def test_what_pytorch_refuses_is_refused(source: str, operands: str, said: str) -> None:
    shapes = {"A": (5, 3), "v": (3,), "x": (1, 1, 6, 6), "k": (3, 3)}
    (problem,) = infer(source, {name: Signature(shape, np.dtype(float)) for name, shape in shapes.items()}).problems
    assert operands in problem.message
    assert said in problem.message
    start = source.index("=") + 2 if source.startswith("h") else 0
    assert (problem.span.start, problem.span.end) == (start, len(source))
    assert all(infer(repair.source, {"A": Signature((5, 3), np.dtype(float)), "v": Signature((3,), np.dtype(float))}).ok
               for repair in problem.repairs)  # fmt: skip


def test_what_pytorch_takes_is_taken() -> None:
    vector = Signature((3,), np.dtype(float))
    stack = Signature((2, 3, 3), np.dtype(float))
    assert infer("torch.dot(v, v)", {"v": vector}).ok
    assert infer("torch.bmm(s, s) @ v", {"s": stack, "v": vector}).ok
    assert infer("np.dot(s, v)", {"s": stack, "v": vector}).ok
