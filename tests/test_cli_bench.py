"""``matrix-playground bench``: the table, the files, the exit codes, and what Ctrl+C leaves."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from playground import bench, cli
from playground.compute.cpu.device import NumpyBackend
from playground.compute.measuring import sweep
from playground.compute.outcome import Failure
from tests.compute import pretended_cupy
from tests.compute.measuring.recordings import NAME, document, keep
from tests.conftest import HAS_QT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NO_GPU = Failure("device", "There is no GPU here.", "Take the CPU.")

Run = tuple[int, str, str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """``run(arguments..., gpu=...)`` gives exit code and both streams; without a GPU unless one is given."""

    def bench_command(*arguments: str, gpu: object = NO_GPU) -> Run:
        monkeypatch.setattr(bench, "open_gpu", lambda _device: gpu)
        try:
            code = cli.main(["bench", *arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        streams = capsys.readouterr()
        return code, streams.out, streams.err

    return bench_command


def rows(out: str) -> list[list[str]]:
    """The cells of the table below its head."""
    lines = out.split("\n\n")[1].splitlines()[1:]
    return [[cell for cell in line.split("  ") if cell.strip()] for line in lines]


def test_the_table_has_a_line_for_each_size(run: Callable[..., Run]) -> None:
    code, out, err = run("x @ W", "x=nx4", "W=4xn", "--sizes", "640,8", "--dtype", "float32")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "x @ W    x n×4, W 4×n, float32"
    assert "threads: " in out.splitlines()[1]
    small, large = rows(out)
    assert [small[0].strip(), small[1].strip()] == ["8", "CPU"]
    assert small[2].strip().endswith("µs")
    assert (small[4].strip(), small[5].strip()) == ("–", "–")
    assert large[0].strip() == "640"
    assert float(large[4]) > 0
    assert out.endswith("\nNo times of a GPU: There is no GPU here. Take the CPU.\n")


def test_both_devices_are_compared(run: Callable[..., Run]) -> None:
    code, out, _ = run("A @ B", "--sizes", "8,16", gpu=pretended_cupy.backend())
    assert code == 0
    assert [row[1].strip() for row in rows(out)] == ["CPU", "GPU:1", "CPU", "GPU:1"]
    assert rows(out)[1][2].strip() == "2.5 ms"
    assert rows(out)[1][5].strip() != "–"
    assert out.splitlines()[-1] == "The CPU is faster at every size measured, transfers counted or not."


def test_the_devices_are_a_choice(run: Callable[..., Run]) -> None:
    assert [row[1].strip() for row in rows(run("A @ B", "--sizes", "8", "--devices", "cpu")[1])] == ["CPU"]
    found = run("A @ B", "--sizes", "8", "--devices", "GPU:1,gpu:1", gpu=pretended_cupy.backend())
    assert [row[1].strip() for row in rows(found[1])] == ["GPU:1"]


def test_json_is_one_object(run: Callable[..., Run]) -> None:
    code, out, err = run("A @ b", "b=n:float32", "--sizes", "8,1000000", "--json", gpu=pretended_cupy.backend())
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert document["ok"] is True
    assert (document["expression"], document["dtype"]) == ("A @ b", "float64")
    assert document["operands"] == {"b": "n:float32", "A": "n×n"}
    assert document["cpu"]
    assert [(point["size"], point["device"]) for point in document["points"]] == [(8, "cpu"), (8, "gpu:1")]
    assert {"median_s", "low_s", "high_s", "runs", "first_call_s", "gflops"} < set(document["points"][0])
    assert [skipped["kind"] for skipped in document["skipped"]] == ["memory", "memory"]
    (crossing,) = document["crossovers"]
    assert (crossing["devices"], crossing["with_transfers"]) == (["cpu", "gpu:1"], {"faster": "cpu", "sizes": []})
    assert document["sentence"].startswith("The CPU is faster")


def test_a_mistake_is_said_once_with_its_caret(run: Callable[..., Run]) -> None:
    code, out, err = run("relu(A @ B)", "A=nx3", "--sizes", "64,128")
    assert (code, out) == (1, "")
    assert err.splitlines()[:2] == ["relu(A @ B)", "     ^^^^^"]
    assert err.count("A @ B needs") == 1
    assert err.splitlines()[-1] == "This is so for n = 64 with A n×3, B n×n, float64."
    code, out, _ = run("relu(A @ B)", "A=nx3", "--sizes", "64,128", "--json")
    assert code == 1
    assert json.loads(out)["error"]["kind"] == "inner-sizes"


@pytest.mark.parametrize("operand", ["A", "A=", "A=m", "A=nx3:text", "=n", "A=[[1, 2]]"])
def test_a_shape_that_cannot_be_read_is_one_sentence(run: Callable[..., Run], operand: str) -> None:
    code, out, err = run("A", operand, "--sizes", "8")
    assert (code, out) == (1, "")
    assert err.strip()
    assert json.loads(run("A", operand, "--sizes", "8", "--json")[1])["error"]["kind"] == "operand"


@pytest.mark.parametrize(
    "wrong",
    [("--sizes", "8,x"), ("--sizes", "0"), ("--sizes", ""), ("--devices", "tpu"), ("--dtype", "text"), ("-o", "a.txt")],
)
def test_wrong_usage(run: Callable[..., Run], wrong: tuple[str, str]) -> None:
    code, out, err = run("A", *wrong)
    assert (code, out) == (2, "")
    assert wrong[0] in err


def test_a_device_that_was_asked_for_and_is_not_there(run: Callable[..., Run]) -> None:
    code, out, err = run("A @ B", "--sizes", "8", "--devices", "cpu,gpu")
    assert (code, out) == (3, "")
    assert err == "There is no GPU here.\nTake the CPU.\n"
    document = json.loads(run("A @ B", "--sizes", "8", "--devices", "gpu", "--json")[1])
    assert (document["ok"], document["error"]["kind"]) == (False, "device")


def test_nothing_measured_is_a_failure(run: Callable[..., Run]) -> None:
    code, out, err = run("A @ B", "--sizes", "1000000")
    assert code == 4
    assert "skipped: This needs 24 TB" in out
    assert "This needs 24 TB" in err


def test_sizes_that_fail_are_said_and_the_rest_is_done(run: Callable[..., Run]) -> None:
    code, out, _ = run("A @ B", "--sizes", "8,1000000", "--devices", "cpu")
    assert code == 0
    assert "1000000  CPU     skipped: This needs 24 TB" in out
    assert rows(out)[-1][0].strip() == "8"


def test_points_as_csv(run: Callable[..., Run], tmp_path: Path) -> None:
    file = tmp_path / "times.csv"
    assert run("A + A", "--sizes", "8,16", "-o", str(file))[0] == 0
    lines = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [(line["size"], line["device"]) for line in lines] == [("8", "cpu"), ("16", "cpu")]


@pytest.mark.skipif(not HAS_QT, reason="a plot is painted by Qt")
def test_points_as_a_plot(run: Callable[..., Run], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("qapp")
    file = tmp_path / "times.png"
    assert run("A + A", "--sizes", "8,16", "-o", str(file), gpu=pretended_cupy.backend())[0] == 0
    assert file.read_bytes().startswith(b"\x89PNG")


def test_a_folder_that_is_not_there_is_said_before_anything_runs(run: Callable[..., Run], tmp_path: Path) -> None:
    code, out, err = run("A + A", "--sizes", "8", "-o", str(tmp_path / "no" / "times.csv"))
    assert (code, out) == (1, "")
    assert "no such folder" in err


def test_ctrl_c_leaves_what_is_done(run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupted(loads: Any, backends: Any) -> Iterator[object]:
        yield from sweep.measure(loads[:1], [NumpyBackend()])
        raise KeyboardInterrupt

    monkeypatch.setattr(bench, "measure", interrupted)
    file = tmp_path / "times.csv"
    code, out, _ = run("A + A", "--sizes", "8,16", "-o", str(file))
    assert code == 130
    assert "Stopped." in out
    assert len(file.read_text(encoding="utf-8").splitlines()) == 2
    document = json.loads(run("A + A", "--sizes", "8,16", "--json")[1])
    assert [point["size"] for point in document["points"]] == [8]


def test_a_document_is_a_recording_where_there_is_no_gpu(
    run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keep(tmp_path, monkeypatch)
    gpu = pretended_cupy.backend()
    gpu.label = NAME
    written = tmp_path / "made-up.json"
    code, out, _ = run("A @ B", "--sizes", "8,16", "-o", str(written), gpu=gpu)
    assert code == 0
    assert "recorded" not in out, "the GPU is here"
    there = json.loads(written.read_text(encoding="utf-8"))
    assert there["devices"] == {"cpu": "CPU", "gpu:1": NAME}
    assert there["recorded"] is None

    code, out, _ = run("A@B", "--sizes", "8,16", "-o", str(tmp_path / "times.csv"))
    assert code == 0
    _, _, missing, below = out.split("\n\n")
    assert missing == "No times of a GPU: There is no GPU here. Take the CPU."
    said, *lines = below.splitlines()
    assert said == "Made-up GPU, recorded: measured on another machine, not here."
    assert [line.split()[:2] for line in lines] == [["8", "GPU:1"], ["16", "GPU:1"]]
    devices = [line["device"] for line in csv.DictReader((tmp_path / "times.csv").read_text("utf-8").splitlines())]
    assert devices == ["cpu", "cpu", "Made-up GPU, recorded", "Made-up GPU, recorded"]


def test_what_is_recorded_stands_apart_in_the_document(
    run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keep(tmp_path, monkeypatch, one=document())
    here = json.loads(run("A @ B", "--sizes", "64,128", "--json")[1])
    assert [(point["size"], point["device"]) for point in here["points"]] == [(64, "cpu"), (128, "cpu")]
    assert (here["devices"], here["crossovers"]) == ({"cpu": "CPU"}, [])
    assert here["recorded"]["device"] == NAME
    assert [point["size"] for point in here["recorded"]["points"]] == [64]
    alone = json.loads(run("A @ B", "--sizes", "64", "--json", "--devices", "cpu")[1])
    assert alone["recorded"] is None, "nobody asked for a GPU"


def test_help_tells_how_shapes_are_written(run: Callable[..., Run]) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert "nx784" in out
