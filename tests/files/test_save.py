"""Saving: what comes back is what was saved, and a failure leaves the old file and nothing beside it."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from playground.files.atomic import replacing
from playground.files.load import FileError, load
from playground.files.save import save
from playground.workspace.casting import SUPPORTED

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("ending", [".npy", ".npz", ".mplay"])
@given(
    values=st.sampled_from(SUPPORTED).flatmap(lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, min_side=0)))
)
def test_binary_formats_give_back_the_bits(ending: str, values: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("save") / f"data{ending}"
    save(path, arrays={"data": values})
    (again,) = load(path).arrays.values()
    assert (again.shape, again.dtype, again.tobytes()) == (values.shape, values.dtype, values.tobytes())


@pytest.mark.parametrize("ending", [".csv", ".tsv"])
@given(
    values=st.sampled_from(["bool", "int64", "float64", "complex128"]).flatmap(
        lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=2, max_dims=2, max_side=5))
    )
)
def test_tables_give_back_every_number_exactly(
    ending: str, values: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("save") / f"data{ending}"
    save(path, arrays={"A": values})
    again = load(path).arrays["data"]
    assert again.dtype == values.dtype
    np.testing.assert_array_equal(again, values)


def test_json_and_what_it_cannot_hold(tmp_path: Path) -> None:
    path = tmp_path / "data.json"
    save(path, arrays={"A": [[1.5, 2.0], [3.0, 4.0]]})
    assert path.read_text() == "[[1.5, 2.0], [3.0, 4.0]]\n"
    assert load(path).arrays["data"].tolist() == [[1.5, 2.0], [3.0, 4.0]]
    for values in ([np.nan], [1j]):
        with pytest.raises(FileError, match="JSON has no"):
            save(path, arrays={"A": values})
    for text in ("{", "[[1], [2, 3]]", '{"a": 1}', '["x"]', "[" * 100_000, "null"):
        path.write_text(text)
        with pytest.raises(FileError, match=r"data\.json"):
            load(path)


def test_formulas_are_saved_with_a_workspace(tmp_path: Path) -> None:
    path = tmp_path / "work.mplay"
    save(path, arrays={"A": np.eye(2)}, formulas={"C": "A @ A"})
    assert load(path).formulas == {"C": "A @ A"}


REFUSED = {
    "two in one": ("a.npy", {"A": 1, "B": 2}, None), "none": ("a.csv", {}, None),
    "formulas": ("a.npz", {"A": 1}, {"C": "A"}),
    "texts": ("a.npz", {"A": ["x"]}, None), "ending": ("a.xyz", {"A": 1}, None), "no ending": ("a", {"A": 1}, None),
    "three axes": ("a.csv", {"A": np.ones((2, 2, 2))}, None), "no cells": ("a.csv", {"A": np.ones((0, 2))}, None),
    "keyword": ("a.mplay", {"lambda": 1}, None), "one name twice": ("a.mplay", {"A": 1}, {"A": "1"}),
    "no folder": ("missing/a.npy", {"A": 1}, None), "long name": ("x" * 300 + ".npy", {"A": 1}, None),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_saved_leaves_the_folder_as_it_was(name: str, tmp_path: Path) -> None:
    file, arrays, formulas = REFUSED[name]
    path = tmp_path / file
    old = len(file) < 200 and path.parent.exists()
    if old:
        path.write_bytes(b"old")
    with pytest.raises(FileError):
        save(path, arrays=arrays, formulas=formulas)
    assert [child.read_bytes() for child in tmp_path.iterdir()] == ([b"old"] if old else [])


def _write_half(path: Path) -> None:
    with replacing(path) as stream:
        stream.write(b"half")
        raise RuntimeError("stop")


def test_a_failure_in_the_middle_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.npy"
    save(path, arrays={"A": [1.0]})
    before = path.read_bytes()
    for name in ("fsync", "replace"):
        with monkeypatch.context() as patch:

            def full(*_args: object, **_kwargs: object) -> None:
                raise OSError(28, "No space left on device")

            patch.setattr(os, name, full)
            if name == "replace":
                patch.setattr("pathlib.Path.replace", full)
            with pytest.raises(FileError, match="disk is full") as error:
                save(path, arrays={"A": [2.0]})
            assert error.value.hint
    with pytest.raises(RuntimeError, match="stop"):
        _write_half(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")
def test_permissions_stay_and_links_are_followed(tmp_path: Path) -> None:
    path, link = tmp_path / "data.npy", tmp_path / "link.npy"
    save(path, arrays={"A": [1.0]})
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask
    path.chmod(0o640)
    link.symlink_to(path)
    save(link, arrays={"A": [2.0]})
    assert link.is_symlink()
    assert load(path).arrays["data"].tolist() == [2.0]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
