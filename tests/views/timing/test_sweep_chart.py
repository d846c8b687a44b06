"""The chart of a sweep: every point by mouse and by keys, in words, and painted in both themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.compute.measuring.recorded import Recording
from playground.compute.measuring.sweep import Point
from playground.record import replace
from playground.views import theme
from playground.views.timing.sweep_chart import SweepChart, in_words, point_text
from playground.views.timing.sweep_picture import save_picture
from playground.views.timing.sweep_plot import SweepPlot, curves_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("qapp")  # fonts need one

KEY = Qt.Key
SIZES = (64, 256, 1024)


def point(size: int, device: str, seconds: float, transfer_s: float = 0.0, runs: int = 5) -> Point:
    rate = 2 * size**3 / seconds / 1e9 if size > 64 else None
    return Point(
        size, device, seconds, seconds * 0.9, seconds * 1.2, runs, seconds, transfer_s / 2, transfer_s / 2, rate
    )


CPU = [point(64, "cpu", 1e-5), point(256, "cpu", 1e-3), point(1024, "cpu", 1e-1)]
ELSEWHERE = Recording("Made-up GPU", (point(64, "gpu", 2e-5, 1e-4), point(1024, "gpu", 1e-3, 1e-2)))
GPU = [point(64, "gpu", 1e-4, 1e-4), point(256, "gpu", 1e-4, 1e-3), point(1024, "gpu", 1e-3, 1e-2)]


@pytest.fixture
def chart(qtbot: QtBot) -> Iterator[SweepChart]:
    theme.apply(QApplication.instance(), "light")
    made = SweepChart()
    qtbot.addWidget(made)
    made.resize(820, 400)
    made.show()
    made.show_points([*CPU, *GPU], SIZES)
    yield made
    theme.apply(QApplication.instance(), "light")


def test_a_device_that_copies_has_a_second_curve() -> None:
    assert [curve.label for curve in curves_of([*GPU, *CPU])] == ["CPU", "GPU", "GPU with transfers"]
    assert [curve.label for curve in curves_of(CPU)] == ["CPU"]


def test_a_recording_has_curves_of_its_own_after_the_others() -> None:
    labels = [curve.label for curve in curves_of(CPU, ELSEWHERE)]
    assert labels == ["CPU", "Made-up GPU, recorded", "Made-up GPU with transfers, recorded"]
    assert [curve.end_label for curve in curves_of(CPU, ELSEWHERE)][2] == "with transfers, recorded"
    assert len({curve.key for curve in curves_of([*CPU, *GPU], ELSEWHERE)}) == 5


def test_a_recording_is_told_apart_and_compared_with_nothing(chart: SweepChart) -> None:
    chart.show_points(CPU, SIZES, ELSEWHERE)
    assert chart.accessibleDescription() == (
        "CPU: 10 µs at n = 64 to 100 ms at n = 1024. "
        "Made-up GPU, recorded: 20 µs at n = 64 to 1 ms at n = 1024. "
        "Made-up GPU with transfers, recorded: 120 µs at n = 64 to 11 ms at n = 1024."
    )
    QTest.keyClick(chart, KEY.Key_Right)
    QTest.keyClick(chart, KEY.Key_Down)
    assert chart.chosen_text.startswith("n = 64 · Made-up GPU, recorded 20 µs · half of 5 runs")


def test_a_recording_is_dashed(chart: SweepChart) -> None:
    alone = tuple(replace(measured, upload_s=0.0, download_s=0.0) for measured in ELSEWHERE.points)
    colour = theme.current().negative.name()

    def columns_with_line() -> int:
        """Count those between the two points in which the full colour is."""
        image, plot = chart.grab().toImage(), chart._plot()
        left, right = (round(plot.across.at(measured.size)) for measured in alone)
        rows = range(round(plot.frame.top()), round(plot.frame.bottom()))
        return sum(any(image.pixelColor(x, y).name() == colour for y in rows) for x in range(left + 20, right - 20))

    chart.show_points(alone, SIZES)
    solid = columns_with_line() / chart._plot().frame.width()
    chart.show_points((), SIZES, Recording("GPU", alone))
    assert 0.2 * solid < columns_with_line() / chart._plot().frame.width() < 0.85 * solid


def test_a_long_name_leaves_room_for_the_curves() -> None:
    long = Recording("A GPU with a very long name that its maker likes " * 3, ELSEWHERE.points)
    area = QRectF(0, 0, 800, 400)
    assert SweepPlot(CPU, SIZES, area, long).frame.width() > area.width() / 3


def test_larger_is_right_and_slower_is_up() -> None:
    plot = SweepPlot([*CPU, *GPU], SIZES, QRectF(0, 0, 800, 400))
    places = [plot.place(plot.curves[0], measured) for measured in CPU]
    assert places[0].x() < places[1].x() < places[2].x()
    assert places[0].y() > places[1].y() > places[2].y()
    assert all(plot.frame.contains(place) for place in places)
    assert plot.place(plot.curves[2], GPU[0]).y() < plot.place(plot.curves[1], GPU[0]).y()


def test_a_single_point_has_a_place_too() -> None:
    plot = SweepPlot(CPU[:1], (64,), QRectF(0, 0, 800, 400))
    assert plot.frame.contains(plot.place(plot.curves[0], CPU[0]))
    assert SweepPlot([], (), QRectF(0, 0, 800, 400)).curves == []


def test_pointing_at_a_point_tells_it(chart: SweepChart) -> None:
    plot = chart._plot()
    QTest.mouseMove(chart, plot.place(plot.curves[0], CPU[1]).toPoint())
    assert chart.chosen_text == "n = 256 · CPU 1 ms · half of 5 runs within 900 µs to 1.2 ms · 33.6 GFLOP/s"
    QTest.mouseMove(chart, QPoint(3, 3))
    assert chart.chosen_text == ""


def test_the_arrow_keys_reach_every_point(chart: SweepChart) -> None:
    said = []
    for key in (KEY.Key_Right, KEY.Key_Right, KEY.Key_Right, KEY.Key_Right, KEY.Key_Down, KEY.Key_Left, KEY.Key_Down):
        QTest.keyClick(chart, key)
        said.append(chart.chosen_text.split(" · ")[:2])
    assert [f"{size} {curve}" for size, curve in said] == [
        "n = 64 CPU 10 µs",
        "n = 256 CPU 1 ms",
        "n = 1024 CPU 100 ms",
        "n = 1024 CPU 100 ms",
        "n = 1024 GPU 1 ms",
        "n = 256 GPU 100 µs",
        "n = 256 GPU with transfers 1.1 ms",
    ]
    QTest.keyClick(chart, KEY.Key_Up)
    assert chart.chosen_text.startswith("n = 256 · GPU 100 µs")


def test_other_keys_are_left_to_the_dialog(chart: SweepChart) -> None:
    QTest.keyClick(chart, KEY.Key_Home)
    assert chart.chosen_text == ""


def test_transfers_and_single_runs_are_told(chart: SweepChart) -> None:
    curves = {curve.label: curve for curve in curves_of([*CPU, *GPU])}
    assert point_text(curves["GPU with transfers"], GPU[0]) == (
        "n = 64 · GPU with transfers 200 µs · up 50 µs, down 50 µs"
    )
    assert point_text(curves["CPU"], point(64, "cpu", 1e-5, runs=1)) == "n = 64 · CPU 10 µs · one run"


def test_the_plot_is_told_in_words(chart: SweepChart) -> None:
    assert chart.accessibleDescription() == in_words([*CPU, *GPU])
    assert "CPU: 10 µs at n = 64 to 100 ms at n = 1024." in chart.accessibleDescription()
    assert "The GPU is faster from about n = " in chart.accessibleDescription()
    chart.show_points((), SIZES)
    assert chart.accessibleDescription() == "No times yet."


def test_a_choice_goes_with_its_points(chart: SweepChart) -> None:
    QTest.keyClick(chart, KEY.Key_Right)
    chart.show_points(CPU[:1], SIZES)
    assert chart.chosen_text.startswith("n = 64")
    chart.show_points(CPU[1:], SIZES)
    assert chart.chosen_text == ""


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("points", [[], CPU[:1], CPU, [*CPU, *GPU]])
def test_it_is_painted_in_the_colours_of_now(chart: SweepChart, look: theme.Choice, points: list[Point]) -> None:
    theme.apply(QApplication.instance(), look)
    chart.show_points(points, SIZES)
    image = chart.grab().toImage()
    assert image.pixelColor(image.width() // 2, 4) == theme.current().panel
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert (theme.current().positive.name() in colours) == bool(points)
    assert (theme.current().negative.name() in colours) == (len(points) > len(CPU))


def test_a_picture_that_cannot_be_written_is_an_error(chart: SweepChart, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="can't be written"):
        save_picture(tmp_path / "no" / "a.png", CPU, "A @ B", "A n×n")
    save_picture(tmp_path / "a.png", [*CPU, *GPU], "A @ B", "A n×n", ELSEWHERE)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
