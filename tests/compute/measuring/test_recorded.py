"""Recordings: found for the same formula, shapes and dtype only; whatever else lies there is passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from playground.compute.measuring.recorded import FOLDER, Recording, recording_of
from playground.compute.measuring.sweep import Sweep
from playground.compute.measuring.sweep_shapes import shapes_in
from playground.compute.measuring.sweep_table import csv_text, point_fields
from playground.paths import resource
from tests.compute.measuring.recordings import NAME, document, gpu_point, keep

if TYPE_CHECKING:
    from pathlib import Path


def asked(
    expression: str = "A @ B", shapes: str = "A=n×n B=n×n", dtype: str = "float64", sizes: tuple[int, ...] = (64, 1024)
) -> Sweep:
    return Sweep(expression, shapes_in(shapes), sizes, dtype)


def test_the_gpu_of_a_recording_is_found_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, monkeypatch, one=document())
    found = recording_of(asked())
    assert found == Recording(NAME, (gpu_point(64), gpu_point(256), gpu_point(1024)))
    assert found.label == "Made-up GPU, recorded"
    assert found.sentence == "Made-up GPU, recorded: measured on another machine, not here."


@pytest.mark.parametrize(
    "same",
    [
        asked("A@B"),
        asked("C = ( A @ B )"),
        asked(shapes="B=n×n A=n×n"),
        asked(shapes="A=n×n:float64 B=n×n"),
        asked(shapes="A=n×n:float64 B=n×n:float64", dtype="float32"),
    ],
)
def test_the_same_is_found_however_it_is_written(same: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, monkeypatch, one=document())
    assert recording_of(same) is not None


@pytest.mark.parametrize(
    "other",
    [
        asked("B @ A"),
        asked("A @ B + 1"),
        asked("A @"),
        asked(dtype="float32"),
        asked(shapes="A=n×n B=n×n:int64"),
        asked(shapes="A=n×n B=n×64"),
        asked(shapes="A=n×n B=n×n C=n"),
        asked(sizes=(128, 200)),
    ],
)
def test_anything_else_is_not(other: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, monkeypatch, one=document())
    assert recording_of(other) is None


def test_one_and_one_point_zero_are_two_formulas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, monkeypatch, one=document(expression="A @ B + 1.0"))
    assert recording_of(asked("A @ B + 1")) is None
    assert recording_of(asked("A @ B+1.0")) is not None


def test_the_points_lie_within_the_sizes_that_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, monkeypatch, one=document())
    found = recording_of(asked(sizes=(512, 100)))
    assert found is not None
    assert [point.size for point in found.points] == [256]


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "no JSON",
        "[]",
        "[" * 10_000,
        "null",
        {},
        document(points={}),
        document(points=[{"size": 64}]),
        document(points=[point_fields(gpu_point(64, -1.0))]),
        document(points=[point_fields(gpu_point(64)) | {"median_s": "fast"}]),
        document(points=[point_fields(gpu_point(64)) | {"high_s": float("nan")}]),
        document(points=[point_fields(gpu_point(64)) | {"upload_s": float("inf")}]),
        document(devices=["cpu", "gpu"]),
        document(devices={"cpu": "CPU", "gpu": 5}),
        document(devices={"cpu": "CPU", "gpu": " "}),
        document(devices={"cpu": "CPU"}),
        document(operands={"A": "n×m", "B": "n×n"}),
        document(operands=["A", "B"]),
        document(expression=["A @ B"]),
        document(expression="A @"),
    ],
)
def test_bad_files_are_passed_over(bad: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, monkeypatch, a=bad)
    assert recording_of(asked()) is None
    keep(tmp_path, monkeypatch, b=document())
    assert recording_of(asked()) is not None


def test_what_is_no_text_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, monkeypatch, b=document())
    (tmp_path / "a.json").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "aa.json").mkdir()
    assert recording_of(asked()) is not None


def test_the_folder_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path / "none", monkeypatch)
    assert recording_of(asked()) is None


def test_nothing_that_is_shipped_is_made_up() -> None:
    assert not [path for path in resource(FOLDER).glob("*.json") if NAME in path.read_text(encoding="utf-8")]


def test_csv_says_recorded_where_a_device_stands() -> None:
    lines = csv_text([gpu_point(64)], Recording(NAME, (gpu_point(256),))).splitlines()
    assert lines[1].startswith("64,gpu,0.0001,")
    assert lines[2].startswith('256,"Made-up GPU, recorded",0.0001,')
