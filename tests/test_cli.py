"""The command line, as a shell sees it: what is printed where, and the exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground import api, cli
from playground.compute.devices import GpuReport

if TYPE_CHECKING:
    from pathlib import Path


class Answer:
    """Exit code and both streams of one command."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        try:
            self.code = cli.main(arguments)
        except SystemExit as end:
            self.code = end.code
        self.out, self.err = capsys.readouterr()

    def json(self) -> dict[str, Any]:
        """The one object on standard output."""
        document = json.loads(self.out)
        assert isinstance(document, dict)
        return document


# --- shape


def test_shape_draws_the_ribbon_and_says_what_the_whole_gives(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer(capsys, "shape", "x @ W + b", "x=32x784", "W=784x10:float32", "b=()")
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "x         @ W         + b",
        "(32, 784)   (784, 10)   ()",
        "└───── (32, 10) ────┘",
        "└─────── (32, 10) ───────┘",
        "",
        "(32, 10) float64 · 2.6 kB · 502 kFLOP",
    ]
    assert answer.err == ""


def test_a_ribbon_that_is_too_wide_becomes_a_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    answer = Answer(capsys, "shape", "x @ W", "x=32x784", "W=784x10:float32")
    assert answer.out.splitlines()[:3] == [
        "x      (32, 784) float64",
        "W      (784, 10) float32",
        "x @ W  (32, 10) float64",
    ]


def test_shapes_alone_are_read_as_operands(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer(capsys, "shape", "(764, 100) @ (764, 200)")
    assert answer.code == 1
    assert "(764, 100) @ (764, 200) needs as many rows on the right (764)" in answer.err
    assert "Try: (764, 100).T @ (764, 200)  → (100, 200)" in answer.err
    assert Answer(capsys, "shape", "(2, 3) @ (3, 4)").out.splitlines()[-1].startswith("(2, 4) float64")


def test_shapes_alone_are_counted_and_mended_in_the_text_that_was_written(capsys: pytest.CaptureFixture[str]) -> None:
    error = Answer(capsys, "shape", "(764, 100) @ (764, 200)", "--json").json()["error"]
    assert (error["start"], error["end"]) == (0, 23)
    assert error["repairs"][0]["source"] == "(764, 100).T @ (764, 200)"


def test_words_of_pytorch_are_drawn_as_numpys(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer(capsys, "shape", "F.linear(x, W)", "x=32x784", "W=10x784")
    assert answer.out.startswith("x         @ W.T\n")


def test_sizes_with_names_keep_them(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer(capsys, "shape", "x @ W", "x=(B=32, d=784) float16", "W=784x10:float16")
    assert answer.out.splitlines()[1].split("  ")[0] == "(B 32, d 784)"
    assert answer.out.splitlines()[-1].startswith("(B=32, 10) float16")


def test_shape_points_at_the_mistake_and_offers_repairs(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer(capsys, "shape", "relu(A @ B)", "A=764x100", "B=764x200")
    assert answer.code == 1
    first, second, sentence, *_ = answer.err.splitlines()
    assert first == "relu(A @ B)"
    assert second == "     ^^^^^"
    assert "A @ B" in sentence
    assert "764" in sentence
    assert "Try: relu(A.T @ B)  → (100, 200)" in answer.err
    assert answer.out.splitlines() == ["relu(A           @ B          )", "     (764, ✗100)   (✗764, 200)"]


def test_shape_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    document = Answer(capsys, "shape", "A @ B", "A=3x2", "B=2x4", "--json").json()
    assert document["ok"] is True
    assert (document["shape"], document["dtype"]) == ([3, 4], "float64")
    assert document["steps"][2] == {"source": "A @ B", "start": 0, "end": 5, "shape": [3, 4], "dtype": "float64"}
    assert document["problems"] == []
    assert document["warnings"] == []


def test_a_mistake_as_json_has_the_fields_of_a_problem(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer(capsys, "shape", "A @ C", "A=3x2", "--json")
    assert answer.code == 1
    document = answer.json()
    assert document["ok"] is False
    error = document["error"]
    assert (error["kind"], error["start"], error["end"]) == ("unknown-name", 4, 5)
    assert set(error) == {"kind", "message", "hint", "start", "end", "repairs"}
    assert error["message"] in answer.err


@pytest.mark.parametrize(
    "argument", ["A", "A=", "=2x3", "1A=2x3", "A=2x-3", "A=2x3:text", "A=no-such-file.npy", "A=[1, [2]]", "A=[1, 2"]
)
def test_an_operand_that_cannot_be_read_is_one_sentence(capsys: pytest.CaptureFixture[str], argument: str) -> None:
    answer = Answer(capsys, "shape", "A", argument)
    assert answer.code == 1
    assert answer.out == ""
    assert answer.err.strip()
    assert "Traceback" not in answer.err
    document = Answer(capsys, "shape", "A", argument, "--json").json()
    assert document["error"]["kind"] == "operand"


def test_a_shape_may_be_a_literal_or_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    np.save(tmp_path / "b.npy", np.zeros((2, 5), np.float32))
    answer = Answer(capsys, "shape", "A @ B", "A=[[1, 2]]", f"B={tmp_path / 'b.npy'}")
    assert answer.out.splitlines()[-1] == "(1, 5) float64 · 40 B · 20 FLOP"


# --- eval


def test_eval_prints_value_shape_device_and_time(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer(capsys, "eval", "A @ B", "A=[[1, 2], [3, 4]]", "B=[[1/2], [0]]")
    assert answer.code == 0
    *value, last = answer.out.splitlines()
    assert value == ["[[0.5]", " [1.5]]"]
    assert last.startswith("(2, 1) float64 · CPU ")


def test_eval_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    document = Answer(capsys, "eval", "A / B", "A=[1, -1, 0]", "B=[2, 0, 0]", "--json", "--repeat", "3").json()
    assert document["ok"] is True
    assert document["value"] == [0.5, "-inf", "nan"]
    assert (document["shape"], document["dtype"], document["device"]) == ([3], "float64", "cpu")
    assert document["timing"]["runs"] == 3
    fields = {"upload_s", "compute_s", "download_s", "first_call_s", "total_s", "runs", "gflops"}
    assert set(document["timing"]) == fields | {"spread_s", "moved_bytes", "pinned", "context_s"}
    assert document["timing"]["moved_bytes"] == 3 * 3 * 8
    assert document["timing"]["spread_s"] >= 0
    assert document["timing"]["pinned"] is None
    assert document["timing"]["context_s"] == 0
    assert document["notes"] == []


def test_what_is_computed_otherwise_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    source = "sum(ones((300, 300)) @ ones((300, 300)) @ ones(300))"
    answer = Answer(capsys, "eval", source, "--repeat", "3")
    *_, time, note = answer.out.splitlines()
    assert "median of 3 runs, the middle half within " in time
    assert note.startswith("Computed as ones((300, 300)) @ (ones((300, 300)) @ ones(300))")
    assert Answer(capsys, "eval", source, "--json").json()["notes"] == [note]


def test_complex_numbers_are_text_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert Answer(capsys, "eval", "A * 2", "A=[1+2j]", "--json").json()["value"] == ["2+4j"]


def test_several_results_are_lists_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    document = Answer(capsys, "eval", "linalg.svd(A)", "A=[[1.0, 0.0], [0.0, 1.0]]", "--json").json()
    assert document["shape"] == [[2, 2], [2], [2, 2]]
    assert document["value"][1] == [1, 1]


def test_eval_reads_and_writes_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    np.savez(tmp_path / "two.npz", first=np.eye(2), second=np.full((2, 2), 3.0))
    answer = Answer(capsys, "eval", "D = A * 2", f"A={tmp_path / 'two.npz'}:second", "-o", str(tmp_path / "out.npy"))
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    np.testing.assert_array_equal(np.load(tmp_path / "out.npy"), np.full((2, 2), 6.0))
    several = Answer(capsys, "eval", "A", f"A={tmp_path / 'two.npz'}")
    assert several.code == 1
    assert "first, second" in several.err
    unknown = Answer(capsys, "eval", "A", f"A={tmp_path / 'two.npz'}:third")
    assert unknown.code == 1
    assert "third" in unknown.err


def test_several_results_are_saved_under_their_names(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "svd.npz"
    assert Answer(capsys, "eval", "linalg.svd(A)", "A=[[2.0, 0.0], [0.0, 1.0]]", "-o", str(out)).code == 0
    with np.load(out) as saved:
        assert list(saved) == ["U", "S", "Vh"]


@pytest.mark.parametrize("name", ["no-such-folder/out.npy", "out.docx", ""])
def test_a_result_that_cannot_be_saved_is_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    answer = Answer(capsys, "eval", "A", "A=[1]", "-o", str(tmp_path / name))
    assert answer.code == 1
    assert answer.err.strip()
    assert "Traceback" not in answer.err


def test_a_file_that_is_broken_is_one_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "broken.npy"
    path.write_bytes(b"\x93NUMPY\x01\x00\xff\xff((((")
    answer = Answer(capsys, "eval", "A", f"A={path}")
    assert answer.code == 1
    assert "broken.npy" in answer.err


def test_a_computation_that_fails_has_its_own_exit_code_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("eval", "1 + linalg.inv(A)", "A=[[1.0, 2.0], [2.0, 4.0]]")
    answer = Answer(capsys, *arguments)
    assert answer.code == 4
    assert answer.err.splitlines()[1] == "    ^^^^^^^^^^^^^"
    error = Answer(capsys, *arguments, "--json").json()["error"]
    assert (error["kind"], error["node"], error["start"]) == ("singular", "linalg.inv(A)", 4)


def test_a_device_that_is_not_there_has_its_own_exit_code(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = GpuReport("no-driver", "No NVIDIA driver was found.", "Install its driver.")
    monkeypatch.setattr(api, "_gpu_report", lambda *, afresh: report)
    answer = Answer(capsys, "eval", "A", "A=[1]", "--device", "gpu")
    assert answer.code == 3
    assert answer.err.splitlines() == ["No NVIDIA driver was found.", "Install its driver."]
    assert Answer(capsys, "eval", "A", "A=[1]", "--device", "auto").code == 0


# --- doctor, usage, the window


def test_doctor_tells_versions_window_and_devices(capsys: pytest.CaptureFixture[str]) -> None:
    document = Answer(capsys, "doctor", "--json").json()
    assert document["ok"] is True
    assert document["versions"]["numpy"] == np.__version__
    assert document["qt"] == {"platform": "offscreen", "problem": document["qt"]["problem"]}
    assert document["devices"][0]["name"] == "cpu"
    assert all(item["sentence"] for item in document["missing"])
    rows = [line.split(maxsplit=1) for line in Answer(capsys, "doctor").out.splitlines()]
    assert ["numpy", np.__version__] in rows
    assert {"window", "CPU", "GPU"} <= {name for name, _ in rows}


@pytest.mark.parametrize(
    "arguments",
    [
        ["shape"],
        ["eval"],
        ["eval", "A", "--device", "tpu"],
        ["eval", "A", "--repeat", "0"],
        ["doctor", "--nonsense"],
        ["--nonsense"],
        ["screenshot"],
        ["screenshot", "a.png", "--size", "big"],
        ["screenshot", "a.png", "b.mplay", "--example", "layer"],
    ],
)
def test_wrong_usage_is_exit_code_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    answer = Answer(capsys, *arguments)
    assert answer.code == 2
    assert "usage: matrix-playground" in answer.err


@pytest.mark.parametrize("command", [[], ["shape"], ["eval"], ["doctor"], ["screenshot"]])
def test_every_command_has_help(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    answer = Answer(capsys, *command, "--help")
    assert answer.code == 0
    assert answer.out.startswith(" ".join(["usage: matrix-playground", *command]))


def test_a_file_or_example_that_is_not_there_is_said_before_any_window(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer(capsys, "shapes")
    assert (answer.code, answer.out) == (1, "")
    assert "'shapes'" in answer.err
    answer = Answer(capsys, "--example", "nothing")
    assert answer.code == 1
    assert "Choose one of: " in answer.err
    assert Answer(capsys, "screenshot", "out.png", "no-such.mplay").code == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen to ask")
@pytest.mark.parametrize(
    ("screen", "sentence"),
    [({}, "There is no screen to open a window on"), ({"DISPLAY": ":4711"}, "DISPLAY=:4711 doesn't answer")],
)
def test_a_window_that_cannot_open_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, screen: dict[str, str], sentence: str
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    child = subprocess.run(
        [sys.executable, "-m", "playground"], capture_output=True, text=True, check=False, env={**os.environ, **screen}
    )
    assert child.returncode == 1
    assert sentence in child.stderr
    assert len(child.stderr.splitlines()) == 1


def test_the_module_is_the_command_and_shapes_need_no_qt() -> None:
    program = (
        "import sys; from playground.cli import main\n"
        "code = main(['shape', 'A @ B', 'A=3x2', 'B=2x4'])\n"
        "assert not {'PySide6', 'cupy', 'playground.compute.gpu.device'} & set(sys.modules)\n"
        "sys.exit(code)"
    )
    light = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    command = [sys.executable, "-m", "playground", "shape", "A @ B", "A=3x2", "B=2x4"]
    assert subprocess.run(command, capture_output=True, check=True).stdout == light.stdout != b""


def test_a_reader_that_stops_early_is_no_error() -> None:
    command = [sys.executable, "-m", "playground", "eval", "A", f"A={list(range(900))}", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        errors = child.stderr.read()
    assert (child.returncode, errors) == (0, b"")


def test_a_console_without_unicode_shows_question_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    command = [sys.executable, "-m", "playground", "eval", "A", "A=[1]"]
    child = subprocess.run(command, capture_output=True, check=False)
    assert child.returncode == 0, child.stderr
    assert b"(1,) int64 ? CPU" in child.stdout
