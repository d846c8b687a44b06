"""Limits, counts and thumbnails against NumPy on whole arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from playground.compute import summary
from playground.compute.cpu.device import NumpyBackend
from playground.compute.summary import summarize
from tests.compute import pretended_cupy

DTYPES = st.sampled_from(["?", "i1", "i8", "u8", "f2", "f4", "f8", "c8", "c16"])


@given(DTYPES.flatmap(lambda code: arrays.arrays(code, arrays.array_shapes(min_dims=0, max_dims=4, min_side=0))))
def test_it_agrees_with_numpy(array: np.ndarray) -> None:
    found = summarize(array)
    same = summarize(array, NumpyBackend())
    assert np.array_equal(found.thumbnail, same.thumbnail, equal_nan=True)
    assert (found.low, found.high, found.nans, found.infinities) == (same.low, same.high, same.nans, same.infinities)
    with np.errstate(all="ignore"):
        cells = np.abs(array).astype("f8") if array.dtype.kind == "c" else array.astype("f8")
    nan = np.isnan(array)
    finite = cells[~nan & np.isfinite(cells)]
    assert found.nans == nan.sum()
    assert found.low == (pytest.approx(finite.min(), rel=1e-6) if finite.size else None)
    assert found.high == (pytest.approx(finite.max(), rel=1e-6) if finite.size else None)
    assert found.nans + found.infinities == cells.size - finite.size


def test_thumbnail_is_evenly_spread_true_data() -> None:
    array = np.arange(2 * 15 * 22.0).reshape(2, 15, 22)
    found = summarize(array)
    assert np.array_equal(found.thumbnail, array[0][::2][:, ::3])
    assert summarize(np.float32(3)).thumbnail.tolist() == [[3.0]]
    assert summarize(np.array([1, 2, 3])).thumbnail.tolist() == [[1.0, 2.0, 3.0]]
    assert summarize(np.array([[3 + 4j]])).thumbnail.tolist() == [[5.0]]
    assert summarize(np.ones((0, 3))).thumbnail.shape == (0, 0)
    assert found.thumbnail.dtype == np.float64


@pytest.mark.parametrize("order", ["C", "F"])
def test_pieces_cover_every_cell_once_and_are_small(monkeypatch: pytest.MonkeyPatch, order: str) -> None:
    monkeypatch.setattr(summary, "PIECE_BYTES", 64)
    array = np.array(np.arange(7 * 11 * 3.0).reshape(7, 11, 3), order=order)[:, ::-1]
    pieces = list(summary._pieces(array, 64))
    assert max(piece.nbytes for piece in pieces) <= 64
    assert sorted(value for piece in pieces for value in piece.ravel()) == list(range(7 * 11 * 3))
    found = summarize(array)
    assert (found.low, found.high) == (0, 7 * 11 * 3 - 1)


@pytest.mark.parametrize(("limit", "waits"), [("PIECE_BYTES", 2), ("DEVICE_PIECE_BYTES", 16)])
def test_a_device_is_waited_for_seldom(monkeypatch: pytest.MonkeyPatch, limit: str, waits: int) -> None:
    monkeypatch.setattr(summary, limit, 1 << 10)
    array = np.arange(1024.0).reshape(32, 32)
    device = pretended_cupy.backend()
    asked: list[int] = []
    figures = summary._figures

    def counted(piece: Any, xp: Any) -> Any:
        asked.extend((piece.nbytes, piece.nbytes))
        return figures(piece, xp)

    monkeypatch.setattr(summary, "_figures", counted)
    found = summarize(device.asarray(array), device)
    assert (found.low, found.high) == (0, 1023)
    assert len(asked) == waits


def test_no_copy_of_the_whole() -> None:
    # A zero-stride array: 80 MB are read, 8 bytes are held.
    array = np.broadcast_to(np.float64(2.0), (5000, 2000))
    found = summarize(array)
    assert (found.low, found.high, found.nans, found.infinities) == (2.0, 2.0, 0, 0)
