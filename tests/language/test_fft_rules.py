"""``numpy.fft``: shapes, dtypes and refusals over many shapes, and the operations that are counted."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.language.infer import infer
from playground.language.signature import Signature
from tests.language.comparing import DTYPES, array, check, check_all

ONE = ["fft", "ifft", "rfft", "irfft", "hfft", "ihfft"]
SEVERAL = ["fft2", "ifft2", "rfft2", "irfft2", "fftn", "ifftn", "rfftn", "irfftn"]


@pytest.mark.parametrize("name", ONE)
@pytest.mark.parametrize("options", ["", ", 5", ", n=1", ", n=0", ", 4, 0", ", axis=1", ", norm='ortho'", ", norm='x'",
                                     ", None, -2", ", 2.5"])  # fmt: skip
def test_along_one_axis(name: str, options: str) -> None:
    check_all(f"fft.{name}(A{options})", dtypes=("float32",))


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize(
    "options",
    ["", ", (4,)", ", (4, 5)", ", axes=(0,)", ", axes=(0, 0)", ", axes=()", ", (4, -1), (0, 1)", ", (3, 2), (-1, -1)",
     ", s=3", ", axes=1", ", (3,), (0, 1)", ", axes=(0, 5)", ", norm='forward'", ", axes=[1, 0]", ", (0, 2)"],
)  # fmt: skip
def test_along_several_axes(name: str, options: str) -> None:
    check_all(f"fft.{name}(A{options})", dtypes=("float32",))


@pytest.mark.parametrize("name", [*ONE, *SEVERAL, "fftshift", "ifftshift"])
def test_dtypes(name: str) -> None:
    check_all(f"fft.{name}(A)", [(), (2, 3), (4,)], [*DTYPES, "int64", "float64"])


@pytest.mark.parametrize(
    "text",
    ["fft.fftfreq(5)", "fft.fftfreq(0)", "fft.fftfreq(-1)", "fft.fftfreq(4, 0)", "fft.fftfreq(4, 0.5)",
     "fft.fftfreq(4.0)", "fft.fftfreq(True)", "fft.fftfreq(4, A)", "fft.fftfreq(4, 1j)", "fft.rfftfreq(5)",
     "fft.rfftfreq(0)", "fft.rfftfreq(-3)", "fft.rfftfreq(-1)", "fft.rfftfreq(4, d=A)", "fft.fftshift(A, 0)",
     "fft.fftshift(A, (0, 1))", "fft.fftshift(A, (0, 0))", "fft.ifftshift(A, -1)", "fft.ifftshift(A, 2)"],
)  # fmt: skip
def test_frequencies_and_shifts(text: str) -> None:
    check_all(text, dtypes=("float32", "complex64"))


@given(
    st.sampled_from(SEVERAL),
    st.lists(st.integers(1, 4), max_size=4),
    st.one_of(st.none(), st.lists(st.integers(-1, 4), max_size=3)),
    st.one_of(st.none(), st.lists(st.integers(-3, 3), max_size=3)),
)
def test_any_sizes_and_axes(name: str, shape: list[int], sizes: list[int] | None, axes: list[int] | None) -> None:
    options = ("" if sizes is None else f", s={tuple(sizes)}") + ("" if axes is None else f", axes={tuple(axes)}")
    check(f"fft.{name}(A{options})", {"A": array(tuple(shape), "float16")})


def test_the_count_of_operations() -> None:
    known = {"x": Signature((8, 1024), np.dtype(float))}
    assert infer("fft.fft(x)", known).flops == 8 * 5 * 1024 * 10
    assert infer("fft.rfft(x)", known).flops == 8 * 5 * 1024 * 10 // 2
    assert infer("fft.fft2(x)", known).flops == 8 * 5 * 1024 * 10 + 1024 * 5 * 8 * 3
    assert infer("fft.fft(x, 1000)", known).flops == round(8 * 5 * 1000 * math.log2(1000))
    assert infer("fft.fft(x[x > 0])", known).flops is None


def test_nothing_to_transform_is_said() -> None:
    problem = infer("fft.irfft(x)", {"x": Signature((3, 1), np.dtype(float))}).problems[0]
    assert problem.message == "fft.irfft needs at least one point; along axis 1 of x (3, 1) there would be 0."
