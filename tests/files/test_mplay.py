"""The workspace's own format: whole round trips, mappable members, and no trust in what is read."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.files.load import FileError, load
from playground.files.mplay import VERSION, Document, read_document, write_document
from playground.files.save import save, save_document
from playground.language.signature import Signature
from playground.workspace.arrays import Array
from playground.workspace.casting import SUPPORTED
from playground.workspace.workspace import ArrayEntry, FormulaEntry, ShapeEntry, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path


def sample() -> Workspace:
    arrays = [ArrayEntry(f"x{i}", Array.of(np.ones((i % 3, 4), dtype))) for i, dtype in enumerate(SUPPORTED)]
    edited = Array.of(np.zeros((300, 300))).with_block(2, 2, np.array([[np.nan]]))
    return Workspace((
        FormulaEntry("C", "A @ A.T"), ArrayEntry("A", edited), FormulaEntry("unfinished", "A @"), *arrays,
        ArrayEntry("scalar", Array.of(2.5)), ArrayEntry("θ", Array.of(np.arange(3))),
    ))  # fmt: skip


def test_a_round_trip_keeps_order_bits_dtypes_and_formulas(tmp_path: Path) -> None:
    path = tmp_path / "work.mplay"
    workspace = sample()
    save_document(path, Document(workspace, {"selected": "C"}))
    document = read_document(path)
    assert document.workspace.names == workspace.names
    assert document.workspace.formulas == workspace.formulas
    assert document.view == {"selected": "C"}
    for name, array in workspace.arrays.items():
        again = document.workspace.arrays[name].to_numpy()
        assert (again.shape, again.dtype, again.tobytes()) == (array.shape, array.dtype, array.to_numpy().tobytes())
    loaded = load(path)
    assert loaded.formulas == workspace.formulas
    assert list(loaded.arrays) == list(workspace.arrays)
    assert list(load(path, "θ").arrays) == ["θ"]
    with pytest.raises(FileError, match="no array C"):
        load(path, "C")


def test_members_are_stored_and_their_numbers_can_be_mapped(tmp_path: Path) -> None:
    path = tmp_path / "work.mplay"
    save_document(path, Document(sample()))
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for info in archive.infolist():
            assert info.compress_type == zipfile.ZIP_STORED
            start = info.header_offset
            data = (
                start
                + 30
                + int.from_bytes(raw[start + 26 : start + 28], "little")
                + int.from_bytes(raw[start + 28 : start + 30], "little")
            )
            assert data % 64 == 0
            assert raw[data : data + info.file_size] == archive.read(info)
    workspace = sample()
    with np.load(path, allow_pickle=False) as arrays:
        np.testing.assert_array_equal(arrays["arrays/A"], workspace.arrays["A"].to_numpy())


def test_equal_workspaces_give_equal_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_document(first, Document(sample()))
    write_document(second, Document(sample()))
    assert first.getvalue() == second.getvalue()


def rewritten(path: Path, change: Callable[[dict[str, Any]], object], drop: Collection[str] = ()) -> Path:
    """Write the file anew with its manifest changed."""
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    manifest = json.loads(members.pop("workspace.json"))
    changed = change(manifest)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("workspace.json", changed if isinstance(changed, (bytes, str)) else json.dumps(manifest))
        for name, data in members.items():
            if name not in drop:
                archive.writestr(name, data)
    return path


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "work.mplay"
    entries = (ArrayEntry("A", Array.of(np.eye(2))), FormulaEntry("C", "A @ A"))
    save_document(path, Document(Workspace(entries)))
    return path


def test_unknown_fields_survive_a_round_trip(saved: Path) -> None:
    def change(manifest: dict[str, Any]) -> None:
        manifest["palette"] = {"of": ["a", "later", 1]}
        manifest["entries"][1]["note"] = "why"

    document = read_document(rewritten(saved, change))
    save_document(saved, document)
    again = read_document(saved)
    assert again.extra == {"palette": {"of": ["a", "later", 1]}}
    assert again.entry_extra == {"C": {"note": "why"}}


def test_a_newer_version_is_refused_by_a_sentence(saved: Path) -> None:
    def change(manifest: dict[str, Any]) -> None:
        manifest["version"] = VERSION + 1

    with pytest.raises(FileError, match="newer version") as error:
        read_document(rewritten(saved, change))
    assert "Update" in error.value.hint


CHANGES = {
    "no JSON": lambda m: b"{",
    "not UTF-8": lambda m: b"\xff\xfe",
    "deep": lambda m: "[" * 100_000,
    "a list": lambda m: "[]",
    "another program's": lambda m: m.update(format="other"),
    "no version": lambda m: m.pop("version") and None,
    "version of text": lambda m: m.update(version="1"),
    "version true": lambda m: m.update(version=True),
    "no entries": lambda m: m.pop("entries") and None,
    "entries of numbers": lambda m: m.update(entries=[1, 2]),
    "no name": lambda m: m["entries"][0].pop("name") and None,
    "evil name": lambda m: m["entries"][0].update(name="../../evil"),
    "keyword": lambda m: m["entries"][1].update(name="lambda"),
    "one name twice": lambda m: m["entries"][1].update(name="A"),
    "unknown kind": lambda m: m["entries"][1].update(kind="chart"),
    "formula without text": lambda m: m["entries"][1].pop("source") and None,
    "array without numbers": lambda m: m["entries"][0].update(name="B"),
    "long digits": lambda m: '{"version": ' + "9" * 5000 + "}",
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_manifest_that_is_wrong_is_one_sentence(name: str, saved: Path) -> None:
    with pytest.raises(FileError, match=r"work\.mplay.*\.$"):
        load(rewritten(saved, CHANGES[name]))


def test_a_zip_of_something_else_and_numbers_that_are_gone(saved: Path) -> None:
    with pytest.raises(FileError, match="numbers of A are missing"):
        load(rewritten(saved, lambda m: None, drop={"arrays/A.npy"}))
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(FileError, match="isn't a workspace"):
        load(saved)


SHAPES = Workspace((
    ShapeEntry("x", Signature((32, 784), np.dtype(np.float16), axis_names=("B", None))),
    ShapeEntry("s", Signature((), np.dtype(np.int8))),
    ArrayEntry("A", Array.of(np.zeros((2, 3))), ("rows", "d")),
    FormulaEntry("C", "x.T"),
))  # fmt: skip


def test_shapes_without_numbers_and_names_of_axes_come_back(tmp_path: Path) -> None:
    path = tmp_path / "work.mplay"
    save_document(path, Document(SHAPES, entry_extra={"x": {"colour": "blue"}}))
    document = read_document(path)
    assert document.workspace.signatures == SHAPES.signatures
    assert document.workspace.names == SHAPES.names
    assert document.entry_extra == {"x": {"colour": "blue"}}
    assert load(path).shapes == {"x": "(B=32, 784) float16", "s": "() int8"}


def test_only_a_workspace_with_shapes_needs_the_newer_version(tmp_path: Path) -> None:
    for workspace, version in ((SHAPES, VERSION), (sample(), 1)):
        save_document(tmp_path / "work.mplay", Document(workspace))
        with zipfile.ZipFile(tmp_path / "work.mplay") as archive:
            assert json.loads(archive.read("workspace.json"))["version"] == version


def test_shapes_are_saved_as_they_are_declared(tmp_path: Path) -> None:
    path = tmp_path / "work.mplay"
    shapes = {"x": "(B=32, d=784) float16", "y": "(3,) float64"}
    save(path, arrays={}, shapes=shapes, formulas={"C": "x.T"})
    loaded = load(path)
    assert (loaded.shapes, loaded.formulas, loaded.arrays) == (shapes, {"C": "x.T"}, {})
    with pytest.raises(FileError, match="can't be read"):
        save(path, arrays={}, shapes={"x": "(3, B)"})
    with pytest.raises(FileError, match="can't hold shapes"):
        save(tmp_path / "work.npz", arrays={}, shapes=shapes)


@pytest.mark.parametrize(
    "fields",
    [
        {"shape": "32"}, {"shape": [3.5]}, {"shape": [True]}, {"shape": [-1]}, {"shape": [2**70]}, {"shape": [1] * 40},
        {"shape": None}, {"dtype": "O"}, {"dtype": ["f8"]}, {"dtype": None}, {"axes": "B"}, {"axes": ["B"]},
        {"axes": [1, 2]}, {"axes": ["a b", None]}, {"name": "sum"},
    ],
)  # fmt: skip
def test_a_shape_that_can_t_be_is_a_damaged_file(fields: dict[str, Any], tmp_path: Path) -> None:
    record = {"name": "x", "kind": "shape", "shape": [2, 3], "dtype": "float32", "axes": ["B", None], **fields}
    manifest = {"format": "matrix-playground", "version": 2, "entries": [record]}
    path = tmp_path / "work.mplay"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("workspace.json", json.dumps(manifest))
    with pytest.raises(FileError, match="damaged"):
        read_document(path)
