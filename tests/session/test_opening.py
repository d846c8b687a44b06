"""Files into the document: arrays beside what is there, workspaces in its place, and a sentence for anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.files.errors import FileError
from playground.files.save import save
from playground.session.opening import read, take
from playground.workspace.workspace import Workspace
from tests.session.making import PRODUCT, is_current, value_of

if TYPE_CHECKING:
    from pathlib import Path

    from playground.session.session import Session


def test_an_array_is_added_under_the_files_name_and_chosen(session: Session, tmp_path: Path) -> None:
    numbers = np.arange(6, dtype=np.int32).reshape(2, 3)
    np.save(tmp_path / "numbers.npy", numbers)
    assert take(session, read(tmp_path / "numbers.npy"))
    assert session.snapshot.selected == session.snapshot.shown == "numbers"
    array = session.snapshot.workspace.arrays["numbers"].to_numpy()
    assert array.dtype == np.int32
    np.testing.assert_array_equal(array, numbers)
    assert take(session, read(tmp_path / "numbers.npy"))
    assert len(session.snapshot.workspace.names) == 5, "the same file again is another entry"
    session.undo()
    session.undo()
    assert session.snapshot.workspace.names == ("A", "B", "C")
    assert session.snapshot.selected == "C"


@pytest.mark.parametrize("stem", ["A", "2nd layer", "lambda", "sum", "Größe", "…"])
def test_any_file_name_becomes_a_name(session: Session, tmp_path: Path, stem: str) -> None:
    np.save(tmp_path / f"{stem}.npy", np.eye(2))
    assert take(session, read(tmp_path / f"{stem}.npy"))
    name = session.snapshot.selected
    assert name is not None
    assert name.isidentifier()
    assert name not in PRODUCT


def test_several_arrays_of_one_file_are_one_step(session: Session, tmp_path: Path) -> None:
    np.savez(tmp_path / "layer.npz", W=np.eye(3), b=np.ones(3), A=np.zeros(2))
    assert take(session, read(tmp_path / "layer.npz"))
    names = session.snapshot.workspace.names
    assert names[:5] == ("A", "B", "C", "W", "b")
    assert len(names) == 6
    assert session.snapshot.selected == names[-1]
    session.undo()
    assert session.snapshot.workspace.names == ("A", "B", "C")


def test_a_workspace_takes_the_place_of_the_document(session: Session, tmp_path: Path) -> None:
    save(tmp_path / "lesson.mplay", arrays={"X": np.array([[1.0, 2.0]])}, formulas={"Y": "X.T"})
    before = session.snapshot.workspace
    content = read(tmp_path / "lesson.mplay")
    assert isinstance(content, Workspace)
    assert take(session, content)
    assert session.snapshot.workspace.names == ("X", "Y")
    assert is_current(session, "Y")
    assert value_of(session, "Y").tolist() == [[1.0], [2.0]]
    session.undo()
    assert session.snapshot.workspace is before


def _broken(path: Path, kind: str) -> Path:
    match kind:
        case "missing":
            return path / "missing.npy"
        case "folder":
            (path / "folder.npy").mkdir()
            return path / "folder.npy"
        case "objects":
            np.save(path / "objects.npy", np.array([{}], dtype=object), allow_pickle=True)
            return path / "objects.npy"
        case "texts":
            np.save(path / "texts.npy", np.array(["a"]))
            return path / "texts.npy"
        case "long double":
            np.save(path / "long.npy", np.ones(2, np.longdouble))
            return path / "long.npy"
        case "cut":
            np.save(path / "whole.npy", np.ones(100))
            (path / "cut.npy").write_bytes((path / "whole.npy").read_bytes()[:200])
            return path / "cut.npy"
        case "no zip":
            (path / "no.mplay").write_text("not a zip")
            return path / "no.mplay"
        case "no arrays":
            np.savez(path / "none.npz")
            return path / "none.npz"
    (path / "unknown.xyz").write_text("?")
    return path / "unknown.xyz"


@pytest.mark.parametrize(
    "kind", ["missing", "folder", "objects", "texts", "long double", "cut", "no zip", "no arrays", "unknown"]
)
def test_a_file_that_cannot_be_read_is_a_sentence_and_nothing_changes(
    session: Session, tmp_path: Path, kind: str
) -> None:
    before = session.snapshot.workspace
    content = read(_broken(tmp_path, kind))
    assert not take(session, content)
    assert isinstance(content, FileError)
    assert session.snapshot.workspace is before
    assert session.snapshot.notice is not None
    assert session.snapshot.notice.key == "file"
    assert len(session.snapshot.notice.text) > 20


def test_a_file_of_code_becomes_entries_and_is_never_run(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "lesson.py"
    path.write_text(f"import os\nx = np.ones(3)\nopen({str(tmp_path / 'made')!r}, 'w')\ny = x * 2\n", encoding="utf-8")
    assert take(session, read(path))
    assert session.snapshot.workspace.formulas == {"C": "A @ B", "x": "np.ones(3)", "y": "x * 2"}
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"#" * 600_000])
def test_a_file_of_code_that_cannot_be_read_is_said(session: Session, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "lesson.py").write_bytes(data)
    content = read(tmp_path / "lesson.py")
    assert isinstance(content, FileError)
    assert not take(session, content)
