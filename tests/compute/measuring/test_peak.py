"""The best of a device: measured by the library itself, ended when nobody wants it, put beside what a formula took."""

from __future__ import annotations

import numpy as np
import pytest

from playground.compute.cpu.device import NumpyBackend
from playground.compute.measuring import peak
from playground.compute.measuring.peak import measure_peak
from playground.compute.outcome import Peak
from tests.compute import pretended_cupy
from tests.compute.pretended_cupy import CALLS


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small sizes: what is tested isn't this machine."""
    for name, value in (("_SMALLEST", 16), ("_LARGEST", 64), ("_COPY_BYTES", 1 << 20)):
        monkeypatch.setattr(peak, name, value)


@pytest.mark.parametrize("dtype", ["f4", "f8", "c16"])
def test_a_product_and_a_copy_are_measured(dtype: str) -> None:
    found = measure_peak(np.dtype(dtype), NumpyBackend(), lambda: False)
    assert found is not None
    assert found.gflops is not None
    assert 0 < found.gflops < 1e6
    assert 0 < found.gbytes_s < 1e5


def test_whole_numbers_have_no_product_to_compare_with() -> None:
    found = measure_peak(np.dtype(np.int64), NumpyBackend(threads=3), lambda: False)
    assert found is not None
    assert found.gflops is None


def test_on_a_gpu_its_own_clock_counts() -> None:
    found = measure_peak(np.dtype(np.float32), pretended_cupy.backend(), lambda: False)
    assert found is not None
    assert found.gflops == pytest.approx(2 * 64**3 / 2.5e-3 / 1e9)
    assert found.gbytes_s == pytest.approx(2 * (1 << 20) / 2.5e-3 / 1e9)
    assert "copyto" in CALLS
    assert CALLS[-1] == "leave device 1"


def test_it_ends_when_nobody_wants_it() -> None:
    answers = iter([False, True])
    assert measure_peak(np.dtype(np.float64), NumpyBackend(), lambda: next(answers, True)) is None


def test_a_copy_by_many_copies_all() -> None:
    source, target = np.arange(1001, dtype=np.uint8), np.zeros(1001, np.uint8)
    peak._copy(np.copyto, target, source, 4)
    np.testing.assert_array_equal(source, target)


@pytest.mark.parametrize(
    ("flops", "moved", "bound"),
    [
        (10**9, 10**6, (0.01, False)),
        (10**6, 10**9, (0.1, True)),
        (None, 10**9, (0.1, True)),
        (None, None, None),
        (0, 0, None),
    ],
)
def test_what_takes_longer_at_best_binds(flops: int | None, moved: int | None, bound: object) -> None:
    assert Peak(100.0, 10.0).bound(flops, moved) == bound


def test_without_a_product_memory_binds() -> None:
    assert Peak(None, 10.0).bound(10**9, 10**9) == (0.1, True)
