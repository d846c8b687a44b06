"""The GPU's backend: against a pretended CuPy everywhere, name resolution where CuPy is, parity where a GPU is."""

from __future__ import annotations

import importlib.util
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.compute.backend import UnavailableError
from playground.compute.gpu.differences import evened_out
from tests.compute import pretended_cupy
from tests.compute.pretended_cupy import CALLS

if TYPE_CHECKING:
    from playground.compute.gpu.device import CupyBackend


class CUDARuntimeError(RuntimeError):
    """As CuPy's: the status is an attribute."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class CUBLASError(RuntimeError):
    """As CuPy's, known by its name."""


class CompileException(Exception):  # noqa: N818 - CuPy's name
    """As CuPy's, known by its name."""


@pytest.fixture
def backend() -> CupyBackend:
    return pretended_cupy.backend()


def test_the_session_sets_device_stream_and_errors(backend: CupyBackend) -> None:
    CALLS.clear()
    with backend.session():
        assert CALLS == ["enter device 1", "enter stream", "linalg raise"]
    assert CALLS[-2:] == ["leave stream", "leave device 1"]
    assert backend.label == "Pretended GPU"


def test_arrays_travel_once(backend: CupyBackend) -> None:
    there = backend.asarray([[1.0, 2.0]])
    CALLS.clear()
    assert backend.owns(there)
    assert backend.asarray(there) is there
    assert CALLS == []
    backend.asarray([1.0])
    # The copy goes to the stream that computes: another one wouldn't wait for it.
    assert CALLS == ["enter device 1", "enter stream", "upload", "leave stream", "leave device 1"]
    host = backend.to_host(there)
    assert type(host) is np.ndarray
    assert host.tolist() == [[1.0, 2.0]]


def test_no_axes_become_a_scalar_and_tuples_stay(backend: CupyBackend) -> None:
    value, pair = backend.asarray(np.float32(3)), (backend.asarray([1]), 2)
    assert isinstance(backend.to_host(value), np.float32)
    first, second = backend.to_host(pair)
    assert (first.tolist(), second) == ([1], 2)


def test_tf32_is_set_within_a_session_only(backend: CupyBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    routines = SimpleNamespace(
        COMPUTE_TYPE_TF32="tf32",
        get_compute_type=lambda dtype: "as it was" if dtype == np.float32 else None,
        set_compute_type=lambda dtype, kind: told.append(f"{dtype} {kind}"),
    )
    monkeypatch.setitem(sys.modules, "cupy._core._routines_linalg", routines)
    assert not backend.has_tf32, "the pretended GPU tells no compute capability"
    backend.tf32 = True
    with backend.session():
        assert told == []
    backend.has_tf32 = True
    with backend.session():
        assert told == ["float32 tf32"]
    assert told == ["float32 tf32", "float32 as it was"]


def test_events_time_in_seconds(backend: CupyBackend) -> None:
    CALLS.clear()
    timer = backend.timer()
    timer.start()
    assert timer.stop() == pytest.approx(2.5e-3)
    assert CALLS == ["enter device 1", "leave device 1", "record stream", "record stream", "wait event"]


def test_memory(backend: CupyBackend) -> None:
    assert backend.free_bytes() == 100_005_000
    CALLS.clear()
    backend.recover()
    assert [call for call in CALLS if " " in call and "device" not in call] == [
        "free blocks",
        "free pinned",
        "clear plans",
    ]


RELAUNCHED = (226, 700, 702, 710, 714, 715, 716, 717, 718, 719, 721, 810, 911)
"""Of which CUDA 13.0's documentation says that the process must be terminated and relaunched."""

BROKEN = (46, 214, 220, 304, 709, 999)
"""After which the device, its memory or its context can't be relied on."""

GOES_ON = (1, 98, 209, 217, 222, 400, 600, 701, 704, 705, 720, 801, 912)
"""What one call did wrong, or can't be done here: the process is as good as before."""


@pytest.mark.parametrize(
    ("status", "kind"),
    [*((status, "device-lost") for status in (*RELAUNCHED, *BROKEN)), *((status, "device") for status in GOES_ON)],
)
def test_a_poisoned_process_is_given_up(backend: CupyBackend, status: int, kind: str) -> None:
    trouble = backend.classify(CUDARuntimeError(status, f"cudaError: number {status}"))
    assert trouble is not None
    assert trouble.kind == kind


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (CUDARuntimeError(2, "cudaErrorMemoryAllocation: out of memory"), "memory"),
        (CUBLASError("CUBLAS_STATUS_ALLOC_FAILED"), "memory"),
        (MemoryError("Out of memory allocating 8 bytes"), "memory"),
        (CUDARuntimeError(700, "cudaErrorIllegalAddress: an illegal memory access was encountered"), "device-lost"),
        (CUDARuntimeError(702, "cudaErrorLaunchTimeout: the launch timed out and was terminated"), "device-lost"),
        (CUDARuntimeError(719, "cudaErrorLaunchFailure: unspecified launch failure"), "device-lost"),
        (CUDARuntimeError(209, "cudaErrorNoKernelImageForDevice"), "device"),
        (CUBLASError("CUBLAS_STATUS_EXECUTION_FAILED"), "device"),
        (CompileException("nvrtc: error"), "device"),
        (ImportError('Failure finding "libcublasLt.so.13"'), "device"),
        (RuntimeError("geev is not available"), "not-on-device"),
        (np.linalg.LinAlgError("Error reported by gesv in cuSOLVER. devInfo = 2."), "singular"),
        (np.linalg.LinAlgError("Error reported by potrf in cuSOLVER. devInfo = 2."), "not-positive-definite"),
        (np.linalg.LinAlgError("Error reported by syevd in cuSOLVER. devInfo = 2."), "not-converged"),
    ],
)
def test_each_error_has_a_kind(backend: CupyBackend, error: Exception, kind: str) -> None:
    trouble = backend.classify(error)
    assert trouble is not None
    assert trouble.kind == kind
    assert trouble.message
    assert trouble.hint


def test_a_bug_is_not_a_failure(backend: CupyBackend) -> None:
    assert backend.classify(AttributeError("x")) is None
    assert backend.classify(RuntimeError("x")) is None


def test_what_is_missing_is_said(backend: CupyBackend) -> None:
    with pytest.raises(UnavailableError):
        backend.resolve("linalg.no_such")


class TestDifferences:
    """What evens CuPy out; NumPy stands in for it, so that the answers must be NumPy's own."""

    functions = evened_out(np)

    def test_index_arrays_out_of_range_raise(self) -> None:
        index, array = self.functions["index"], np.arange(12).reshape(3, 4)
        assert index(array, np.array([0, -3])).shape == (2, 4)
        assert index(array, slice(None), [3]).shape == (3, 1)
        assert index(array, Ellipsis, np.array([3])).shape == (3, 1)
        assert index(array, None, np.array([2])).shape == (1, 1, 4)
        assert index(array, array > 3).size == 8
        assert index(array, np.array([], int)).shape == (0, 4)
        for items in [(np.array([3]),), (np.array([-4]),), (slice(None), [4]), (Ellipsis, np.array([4])), (0, [0, 9])]:
            # NumPy would raise too: it must be our own check that does.
            with pytest.raises(IndexError, match=r"is out of bounds for axis . with size"):
                index(SimpleNamespace(shape=(3, 4)), *items)

    def test_powers_go_numpy_s_way(self) -> None:
        raised, power = self.functions["op:**"], self.functions["power"]
        truths, halves = np.array([True, False]), np.array([0.1, 0.7], np.float32)
        for exponent in (1, 2, 2.0, 0.5):
            assert raised(truths, exponent).dtype == (truths**exponent).dtype, exponent
            assert power(truths, exponent).dtype == np.power(truths, exponent).dtype, exponent
        for exponent in (2, 1, 0.5, -1, 3, 2.5):
            np.testing.assert_array_equal(raised(halves, exponent), halves**exponent)
        np.testing.assert_array_equal(power(halves, 2), halves * halves)
        with pytest.raises(ValueError, match="negative"):
            raised(np.array([2]), -1)

    def test_take(self) -> None:
        take, array = self.functions["take"], np.arange(12).reshape(3, 4)
        assert take(array, [11]).tolist() == [11]
        assert take(array, [-1, 0], axis=1).shape == (3, 2)
        with pytest.raises(IndexError, match="index 4"):
            take(array, [4], axis=1)
        with pytest.raises(IndexError, match="index -13"):
            take(array, [-13])

    def test_clip_with_one_limit(self) -> None:
        clip, array = self.functions["clip"], np.array([-2.0, 0.5, 3.0])
        assert clip(array, 0).tolist() == [0, 0.5, 3]
        assert clip(array, None, 1).tolist() == [-2, 0.5, 1]
        assert clip(array, a_min=0, a_max=1).tolist() == [0, 0.5, 1]

    @pytest.mark.parametrize("dtype", ["f4", "f8", "i8"])
    def test_pinv_cuts_off_where_numpy_does(self, dtype: str) -> None:
        array = np.array([[1, 2, 3], [2, 4, 6]], dtype)
        expected = np.linalg.pinv(array)
        np.testing.assert_allclose(self.functions["linalg.pinv"](array), expected, rtol=1e-4)

    def test_solve_broadcasts(self) -> None:
        a, b = np.eye(2) * np.arange(1, 4).reshape(3, 1, 1), np.ones((2, 1))
        assert np.array_equal(self.functions["linalg.solve"](a, b), np.linalg.solve(a, b))
        assert np.array_equal(self.functions["linalg.solve"](a[1], np.ones(2)), np.linalg.solve(a[1], np.ones(2)))

    def test_the_upper_factor(self) -> None:
        own = self.functions["linalg.cholesky"]
        for matrix in (np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([[2, 1j], [-1j, 3]])):
            np.testing.assert_allclose(own(matrix, upper=True), np.linalg.cholesky(matrix, upper=True))
            np.testing.assert_allclose(own(matrix), np.linalg.cholesky(matrix))

    def test_least_squares_have_one_dtype(self) -> None:
        a, b = np.array([[1, 0], [1, 1], [1, 2]], np.float32), np.array([1, 2, 2])
        for found, expected in zip(self.functions["linalg.lstsq"](a, b), np.linalg.lstsq(a, b), strict=True):
            assert found.dtype == expected.dtype
            np.testing.assert_allclose(found, expected)

    def test_rank_by_a_relative_limit(self) -> None:
        a = np.array([[[1.0, 0.0], [0.0, 1e-5]], [[1.0, 0.0], [0.0, 1.0]]])
        assert self.functions["linalg.matrix_rank"](a, rtol=1e-3).tolist() == [1, 2]
        assert self.functions["linalg.matrix_rank"](a).tolist() == [2, 2]

    def test_condition_numbers_are_real(self) -> None:
        assert self.functions["linalg.cond"](np.array([[2, 1j], [-1j, 3]]), 1).dtype == np.float64

    def test_fourier(self) -> None:
        half, image = np.ones(3, np.float16), np.arange(6.0).reshape(2, 3)
        assert self.functions["fft.irfft"](half).dtype == np.fft.irfft(half).dtype == np.float16
        for axes in ((0, 1), (1, 0)):
            expected = np.fft.fftn(image, (4, -1), axes=axes)
            np.testing.assert_allclose(self.functions["fft.fftn"](image, (4, -1), axes=axes), expected)

    def test_places_from_the_device(self) -> None:
        array = np.arange(6).reshape(2, 3)
        assert np.array_equal(self.functions["roll"](array, np.array(1), axis=1), np.roll(array, 1, 1))
        assert np.array_equal(self.functions["repeat"](array, np.array([2, 1]), axis=0), np.repeat(array, [2, 1], 0))
        with pytest.raises(ValueError, match="invalid entry"):
            self.functions["ravel_multi_index"](([5], [5]), (2, 3))


@pytest.mark.skipif(importlib.util.find_spec("cupy") is None, reason="CuPy is not installed")
def test_every_row_resolves_on_cupy() -> None:
    import cupy

    from playground.compute.functions.targets import cupy_function
    from playground.language.functions import FUNCTIONS

    own = evened_out(cupy)
    offered = [name for name, row in FUNCTIONS.items() if row.cupy_target is not None]
    missing = [name for name in offered if name not in own and cupy_function(name, cupy) is None]
    assert not missing


@pytest.mark.skipif(importlib.util.find_spec("cupy") is None, reason="CuPy is not installed")
def test_what_sets_tf32_is_there_on_cupy() -> None:
    from cupy._core import _routines_linalg as routines

    assert routines.get_compute_type(np.dtype(np.float32)) != routines.COMPUTE_TYPE_TF32
    assert callable(routines.set_compute_type)


@pytest.mark.skipif(importlib.util.find_spec("cupy") is None, reason="CuPy is not installed")
def test_universal_functions_have_numpys_dtypes_on_cupy() -> None:
    import cupy

    from playground.language.functions import FUNCTIONS

    own = evened_out(cupy)
    for name, row in FUNCTIONS.items():
        there, here = getattr(cupy, row.cupy_target or "", None), getattr(np, row.numpy_target, None)
        if name in own or not isinstance(there, cupy.ufunc) or not isinstance(here, np.ufunc):
            continue
        for dtype in map(np.dtype, "?bBhHiIlLqQefdFD"):
            try:
                wanted = here.resolve_dtypes((dtype,) * here.nin + (None,) * here.nout)[here.nin :]
            except TypeError:
                continue
            loops = (loop.split("->") for loop in there.types)
            fitting = (given for taken, given in loops if all(np.can_cast(dtype, one) for one in taken))
            assert tuple(map(np.dtype, next(fitting, ()))) == wanted, (name, dtype)
