"""The CPU/GPU switch: the reason in its place, the cure with it, and nothing pushed apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from playground.compute.devices import GpuDevice, GpuReport, interpret
from tests.compute.test_devices import LINUX, REASONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.person import Person

MISSING = GpuReport(
    "no-cupy",
    "An NVIDIA driver (CUDA 12.4) was found, but GPU support (CuPy) is not installed.",
    'Install it: pip install "matrix-playground[cuda12]"',
)
READY = GpuReport("ok", "NVIDIA H100 is ready.", "", devices=(GpuDevice(0, "NVIDIA H100", 80 << 30, "9.0"),))


def test_the_gpu_segment_asks_and_the_switch_stays_until_there_is_one(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(person.window.gpu_search, "request", asked.append)
    person.click(person.find("gpuButton"))
    person.window.session.update(looking_for_gpu=True)
    assert asked == ["gpu"]
    assert person.find("deviceChip").text() == "Looking for a GPU…"
    assert person.find("cpuButton").isChecked()


def test_why_there_is_none_stands_beside_the_switch_with_its_cure(person: Person) -> None:
    chip = person.find("deviceChip")
    assert not chip.isVisible()
    person.window.session.update(gpu=MISSING)
    assert chip.isVisible()
    assert chip.text() == MISSING.sentence
    assert MISSING.cure in chip.toolTip()
    assert MISSING.cure in chip.accessibleDescription()
    assert person.find("cpuButton").isChecked()
    assert "CPU" in person.find("timingPanel").accessibleDescription()


@pytest.mark.parametrize("size", [(1280, 800), (760, 600)])
def test_a_long_reason_is_cut_and_pushes_nothing(sit: Callable[..., Person], size: tuple[int, int]) -> None:
    person = sit(None, size)
    person.window.session.update(gpu=MISSING)
    person.settle()
    assert person.window.size().toTuple() == size
    row, chip = person.window.tool_row, person.find("deviceChip")
    assert row.width() == size[0]
    assert chip.mapTo(row, chip.rect().topLeft()).x() > person.find("examplesButton").geometry().right()
    assert chip.mapTo(row, chip.rect().topRight()).x() < person.find("cpuButton").mapTo(row, chip.pos()).x() + size[0]


def test_the_gpu_in_use_is_named(person: Person) -> None:
    person.window.session.update(gpu=READY, device="gpu")
    assert person.find("deviceChip").text() == "NVIDIA H100"
    assert person.find("gpuButton").isChecked()
    person.window.session.update(device="cpu")
    assert not person.find("deviceChip").isVisible()


TWINS = GpuReport(
    "ok", "Both are ready.", devices=tuple(GpuDevice(index, "NVIDIA H100", 80 << 30, "9.0") for index in (0, 1))
)


def test_with_one_gpu_or_none_there_is_no_menu(person: Person) -> None:
    for report in (MISSING, READY):
        person.window.session.update(gpu=report)
        assert person.find("gpuButton").menu() is None
        assert person.find("gpuButton").text() == "GPU"


def test_of_several_gpus_one_is_chosen_by_its_name(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(person.window.gpu_search, "request", asked.append)
    person.window.session.update(gpu=TWINS)
    menu = person.find("gpuButton").menu()
    assert [action.text() for action in menu.actions()] == ["NVIDIA H100 (gpu)", "NVIDIA H100 (gpu:1)"]
    menu.actions()[1].trigger()
    assert asked == ["gpu:1"]
    person.window.session.update(device="gpu:1")
    assert [action.isChecked() for action in menu.actions()] == [False, True]
    assert person.find("gpuButton").isChecked()
    assert person.find("deviceChip").text() == "NVIDIA H100 (gpu:1)"
    person.window.session.update(gpu=READY, device="cpu")
    assert person.find("gpuButton").menu() is None


def test_every_reason_stands_there_with_its_cure_and_is_gone_after_it(person: Person) -> None:
    chip = person.find("deviceChip")
    for code, answer, *_ in REASONS:
        report = interpret(json.dumps({**LINUX, "code": code, **answer}), 0)
        person.window.session.update(gpu=report)
        assert chip.text() == report.sentence
        assert report.cure in chip.toolTip()
        assert person.find("cpuButton").isChecked()
        assert person.find("gpuButton").isEnabled(), "the next press looks again"
        person.window.session.update(gpu=READY)
        assert not chip.isVisible()


def test_a_cure_works_without_a_restart(person: Person) -> None:
    person.window.session.update(gpu=MISSING)
    person.window.session.update(gpu=READY, device="gpu")
    assert person.find("gpuButton").isChecked()
    assert person.find("deviceChip").text() == "NVIDIA H100"
