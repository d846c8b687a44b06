"""Every reason why there is no GPU has a sentence and a cure; the probe's answers are recorded ones."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from playground.compute import devices
from playground.compute.devices import GpuDevice, GpuReport, detect, interpret
from playground.compute.gpu import reasons
from playground.compute.gpu.reasons import version_text

ROOT = Path(__file__).resolve().parents[2]
LINUX = {"ok": False, "platform": "linux", "visible": None}
CUPY_13 = {"wheels": ["cupy-cuda13x 14.2.0"], "runtime": 13020}
CUPY_12 = {"wheels": ["cupy-cuda12x 14.2.0"], "runtime": 12090}
DRIVER_13 = {"driver": {"loaded": True, "version": 13000, "cuInit": 0}, "driver_version": 13000}
INSUFFICIENT = (
    "CUDARuntimeError: cudaErrorInsufficientDriver: CUDA driver version is insufficient for CUDA runtime version"
)
NO_LIBRARY = 'ImportError: Failure finding "libcublasLt.so.13 or libcublasLt.so.12": No such file: libcublasLt.so.13'

# code, what the probe found, words of the sentence, words of the cure
REASONS: list[tuple[str, dict[str, Any], str, str]] = [
    ("platform", {"platform": "darwin"}, "macOS", "CPU"),
    (
        "no-cupy",
        {"driver": {"loaded": False, "error": "libcuda.so.1: no such file"}},
        "No NVIDIA driver",
        "cupy-cuda13x[ctk]",
    ),
    ("no-cupy", {"driver": {"loaded": True, "version": 13020}}, "(CUDA 13.2) was found", "cupy-cuda13x[ctk]"),
    ("no-cupy", {"driver": {"loaded": True, "version": 12040}}, "(CUDA 12.4) was found", "cupy-cuda12x[ctk]"),
    ("no-cupy", {"driver": {"loaded": True, "version": 11040}}, "CUDA 11.4", "Update the NVIDIA driver"),
    (
        "two-cupys",
        {"wheels": ["cupy-cuda12x 14.2.0", "cupy-cuda13x 14.2.0"]},
        "Two versions",
        "uninstall cupy-cuda12x cupy-cuda13x",
    ),
    (
        "two-cupys",
        {"wheels": ["cupy-cuda12x 14.2.0", "cupy-cuda13x 14.2.0"], "driver": {"loaded": True, "version": 12040}},
        "Two versions",
        "cupy-cuda12x[ctk]",
    ),
    ("no-cupy", {"driver": {"loaded": True, "version": 13000, "cuInit": 100}}, "shows no GPU", "laptop"),
    ("import", {**CUPY_12, "why": "ImportError: Failed to import CuPy."}, "can't be loaded", "cupy-cuda12x[ctk]"),
    ("import", {**CUPY_13, "why": "ImportError: Failed to import CuPy."}, "can't be loaded", "cupy-cuda13x[ctk]"),
    (
        "no-driver",
        {**CUPY_13, "driver_version": 0, "status": 35, "why": INSUFFICIENT},
        "libcuda.so.1 is missing",
        "install its driver",
    ),
    (
        "no-driver",
        {**CUPY_13, "platform": "win32", "driver_version": 0, "status": 35, "why": INSUFFICIENT},
        "nvcuda.dll",
        "driver",
    ),
    (
        "old-driver",
        {**CUPY_13, "driver_version": 12040, "status": 35, "why": INSUFFICIENT},
        "serves CUDA 12.4, this CuPy needs 13.0",
        "cupy-cuda12x[ctk]",
    ),
    (
        "old-driver",
        {**CUPY_12, "driver_version": 11080, "status": 35, "why": INSUFFICIENT},
        "serves CUDA 11.8, this CuPy needs 12.0",
        "Update the NVIDIA driver",
    ),
    ("no-device", {**CUPY_13, **DRIVER_13, "status": 100, "why": "cudaErrorNoDevice"}, "shows no GPU", "laptop"),
    (
        "no-device",
        {**CUPY_13, **DRIVER_13, "visible": "", "status": 100, "why": "x"},
        "CUDA_VISIBLE_DEVICES is set to “”",
        "Unset",
    ),
    (
        "cuda-error",
        {**CUPY_13, **DRIVER_13, "status": 999, "why": "cudaErrorUnknown: unknown error"},
        "cudaErrorUnknown: unknown error.",
        "Restart",
    ),
    (
        "cuda-error",
        {**CUPY_13, **DRIVER_13, "status": 803, "why": "cudaErrorSystemDriverMismatch: unsupported combination"},
        "cudaErrorSystemDriverMismatch",
        "Restart",
    ),
    ("cuda-error", {**CUPY_13, **DRIVER_13, "status": 46, "why": "devices are busy"}, "busy", "Close other programs"),
    (
        "unusable:cublas",
        {**CUPY_13, **DRIVER_13, "status": 2, "why": "CUDARuntimeError: cudaErrorMemoryAllocation: out of memory"},
        "out of memory",
        "Close other programs",
    ),
    (
        "unusable:nvrtc",
        {**CUPY_12, **DRIVER_13, "why": "CUDARuntimeError: cudaErrorNoKernelImageForDevice: no kernel image"},
        "too old",
        "compute on the CPU",
    ),
    (
        "unusable:context",
        {**CUPY_13, **DRIVER_13, "status": 46, "why": "devices are busy."},
        "devices are busy.",
        "Close other programs",
    ),
    (
        "unusable:nvrtc",
        {**CUPY_13, **DRIVER_13, "why": 'DynamicLibNotFoundError: Failure finding "libnvrtc.so.13"'},
        "NVRTC",
        "cupy-cuda13x[ctk]",
    ),
    (
        "unusable:nvrtc",
        {**CUPY_13, **DRIVER_13, "why": "CompileException: NVRTC_ERROR_INVALID_OPTION (5)"},
        "too old",
        "cupy-cuda12x[ctk]",
    ),
    ("unusable:cublas", {**CUPY_12, **DRIVER_13, "why": NO_LIBRARY}, "cuBLAS", "cupy-cuda12x[ctk]"),
    ("unusable:cusolver", {**CUPY_13, **DRIVER_13, "why": NO_LIBRARY}, "cuSOLVER", "cupy-cuda13x[ctk]"),
]


@pytest.mark.parametrize(("code", "found", "sentence", "cure"), REASONS)
def test_each_reason_has_a_sentence_and_a_cure(code: str, found: dict[str, Any], sentence: str, cure: str) -> None:
    report = interpret(json.dumps({**LINUX, "code": code, **found}), 0)
    assert report.code == code
    assert not report.ok
    assert sentence in report.sentence
    assert cure in report.cure
    assert report.sentence.endswith(".")
    assert report.details == found.get("why", "")
    assert report.devices == ()


def test_a_usable_gpu_is_described() -> None:
    found = {"index": 0, "name": "NVIDIA H100", "total_bytes": 85_000_000_000, "capability": "9.0", "double_ratio": 2}
    report = interpret(json.dumps({**LINUX, "ok": True, "code": "ok", "devices": [found]}), 0)
    assert report.ok
    assert report.sentence == "NVIDIA H100 is ready."
    assert report.devices[0].double_ratio == 2
    assert not report.devices[0].watchdog


TWO = GpuReport(
    "ok",
    "Both are ready.",
    devices=(GpuDevice(0, "NVIDIA H100", 80 << 30, "9.0"), GpuDevice(2, "NVIDIA T4", 16 << 30, "7.5")),
    unusable=("gpu:1: This GPU is too old for the installed CuPy.",),
)


def test_several_gpus_are_found_by_what_the_doors_call_them() -> None:
    assert TWO.trouble("gpu") is None
    found = TWO.device("gpu:2")
    assert found is not None
    assert (found.name, found.has_tf32) == ("NVIDIA T4", False)
    trouble = TWO.trouble("gpu:1")
    assert trouble is not None
    assert trouble.kind == "device"
    assert "gpu:1" in trouble.message
    assert "gpu:2 (NVIDIA T4)" in trouble.hint
    assert "too old" in trouble.hint


def test_gpu_alone_is_the_first_that_can_be_used() -> None:
    second = GpuReport(
        "ok",
        "T4 is ready.",
        devices=(GpuDevice(1, "NVIDIA T4", 16 << 30, "7.5"),),
        unusable=("gpu: This GPU is too old for the installed CuPy.",),
    )
    assert second.trouble("gpu") is None
    assert second.device("gpu") is second.device("gpu:1") is second.devices[0]
    trouble = second.trouble("gpu:0")
    assert trouble is not None
    assert "too old" in trouble.hint
    assert TWO.device("gpu:0") is TWO.device("gpu") is TWO.devices[0]
    assert GpuReport("no-cupy", "").device("gpu") is None
    assert TWO.device("cpu") is None


def test_gpus_of_one_name_are_told_apart() -> None:
    twins = GpuReport("ok", "", devices=tuple(GpuDevice(index, "NVIDIA H100", 1, "9.0") for index in (0, 1)))
    assert [twins.label(device) for device in twins.devices] == ["NVIDIA H100 (gpu)", "NVIDIA H100 (gpu:1)"]
    assert TWO.label(TWO.devices[0]) == "NVIDIA H100"


def test_no_answer_in_time() -> None:
    report = interpret("", None)
    assert report.code == "timeout"
    assert "too long" in report.sentence
    assert report.cure


@pytest.mark.parametrize("stdout", ["", "Segmentation fault", '{"no": "code"}', "[1]", '{"code": "o'])
def test_a_crash_of_the_probe(stdout: str) -> None:
    report = interpret(stdout, -11)
    assert report.code == "crash"
    assert "-11" in report.sentence
    assert report.cure


def test_what_a_library_prints_before_the_answer_is_skipped() -> None:
    answer = json.dumps({**LINUX, "code": "platform"})
    assert interpret(f"NVIDIA says hello\n{answer}\n", 0).code == "platform"


def test_a_code_of_a_newer_probe_still_says_something() -> None:
    report = interpret(json.dumps({**LINUX, "code": "new", "why": "a new thing."}), 0)
    assert report.code == "new"
    assert "a new thing." in report.sentence


def test_version_text() -> None:
    assert version_text(13000) == "13.0"
    assert version_text(12040) == "12.4"


def test_detect_gives_one_of_the_reasons_here() -> None:
    report = detect(timeout_s=60)
    assert report.code.partition(":")[0] in {*reasons._REASONS, "ok"}
    assert report.sentence


def test_files_in_the_current_folder_are_no_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json", "ctypes", "cupy", "playground"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert detect(timeout_s=60).code != "crash"


def test_detect_ends_a_probe_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    real = subprocess.run

    def hang(_command: list[str], **options: Any) -> Any:
        return real([sys.executable, "-c", "import time; time.sleep(60)"], **options)

    monkeypatch.setattr(subprocess, "run", hang)
    assert detect(timeout_s=0.2).code == "timeout"


def test_detect_survives_a_probe_that_dies(monkeypatch: pytest.MonkeyPatch) -> None:
    real = subprocess.run

    def die(_command: list[str], **options: Any) -> Any:
        code = "import os, sys; sys.stderr.write('driver!'); sys.stderr.flush(); os.abort()"
        return real([sys.executable, "-c", code], **options)

    monkeypatch.setattr(subprocess, "run", die)
    report = detect(timeout_s=60)
    assert report.code == "crash"
    assert "driver!" in report.details


def test_detect_without_an_interpreter_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "PROBE_COMMAND", ("/nowhere/python",))
    assert detect().code == "crash"


def test_the_command_brings_what_the_extras_bring() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for command, extra in ((reasons.INSTALL, extras["cuda13"]), (reasons._INSTALL_OLD, extras["cuda12"])):
        (wanted,) = extra
        assert f'"{wanted.partition(";")[0].strip()}"' in command
        assert command.startswith((sys.executable, f'"{sys.executable}"'))
