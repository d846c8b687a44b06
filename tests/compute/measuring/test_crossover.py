"""Where curves cross, and the sentence about it; the points' text for other programs."""

from __future__ import annotations

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.compute.measuring.crossover import crossover, pairs, rounded, sentence
from playground.compute.measuring.sweep import Point, Skipped
from playground.compute.measuring.sweep_table import csv_text, point_fields, point_of, skipped_fields, skipped_of
from playground.compute.outcome import Failure
from playground.record import fields


def point(size: int, device: str, seconds: float, transfer_s: float = 0.0) -> Point:
    return Point(size, device, seconds, seconds * 0.9, seconds * 1.1, 5, seconds, transfer_s / 2, transfer_s / 2)


def curves(cpu: dict[int, float], gpu: dict[int, float], transfer_s: float = 0.0) -> list[Point]:
    return [point(size, "cpu", time) for size, time in cpu.items()] + [
        point(size, "gpu", time, transfer_s) for size, time in gpu.items()
    ]


@given(st.floats(70, 3000), st.floats(0.5, 3.5))
def test_straight_lines_cross_where_they_do(place: float, steepness: float) -> None:
    sizes = [64, 200, 500, 4000]
    points = curves({size: 1e-6 * (size / place) ** steepness for size in sizes}, dict.fromkeys(sizes, 1e-6))
    found = crossover(points, "cpu", "gpu", transfers=False)
    assert found is not None
    assert found.faster == "gpu"
    assert found.sizes == pytest.approx((place,), rel=1e-6)
    assert found.seconds == pytest.approx((1e-6,), rel=1e-6)


def test_sizes_of_one_device_alone_do_not_count() -> None:
    assert crossover(curves({64: 1.0}, {128: 1.0}), "cpu", "gpu", transfers=False) is None
    assert sentence(curves({64: 1.0}, {128: 1.0})) == ""
    assert sentence(curves({64: 1.0}, {})) == ""


RISING = {64: 1.0, 256: 16.0, 1024: 256.0}


@pytest.mark.parametrize(
    ("gpu", "transfer_s", "said"),
    [
        ({64: 4.0, 256: 4.0, 1024: 4.0}, 0.0, "The GPU is faster from about n = 130, transfers counted or not."),
        (
            {64: 4.0, 256: 4.0, 1024: 4.0},
            60.0,
            "The GPU is faster from about n = 130; with transfers counted, from about n = 510.",
        ),
        (
            {64: 4.0, 256: 4.0, 1024: 4.0},
            999.0,
            "The GPU is faster from about n = 130; with transfers counted, the CPU is faster at every size measured.",
        ),
        (
            {64: 0.5, 256: 4.0, 1024: 4.0},
            0.0,
            "The GPU is faster at every size measured, transfers counted or not.",
        ),
        (
            {64: 0.5, 256: 4.0, 1024: 512.0},
            0.0,
            "The CPU is faster from about n = 650, transfers counted or not.",
        ),
        (
            {64: 0.5, 256: 32.0, 1024: 4.0},
            0.0,
            "The GPU is faster from about n = 310, and below it they take turns, transfers counted or not.",
        ),
    ],
)
def test_one_sentence_says_it(gpu: dict[int, float], transfer_s: float, said: str) -> None:
    assert sentence(curves(RISING, gpu, transfer_s)) == said


def test_each_other_device_has_a_sentence() -> None:
    points = [*curves(RISING, {64: 0.5, 256: 4.0, 1024: 4.0}), *(point(size, "gpu:1", 999.0) for size in RISING)]
    assert pairs(points) == [("cpu", "gpu"), ("cpu", "gpu:1")]
    assert sentence(points) == (
        "CPU and GPU: The GPU is faster at every size measured, transfers counted or not. "
        "CPU and GPU:1: The CPU is faster at every size measured, transfers counted or not."
    )


@pytest.mark.parametrize(("size", "text"), [(64.4, 64), (703.2, 700), (1549, 1500), (9.6, 10), (99.7, 100)])
def test_two_digits_are_enough(size: float, text: int) -> None:
    assert rounded(size) == text


def test_csv_has_a_column_for_each_figure() -> None:
    lines = list(csv.DictReader(csv_text([point(64, "cpu", 0.25)]).splitlines()))
    assert set(lines[0]) == set(fields(Point))
    assert (lines[0]["size"], lines[0]["device"], lines[0]["median_s"], lines[0]["gflops"]) == ("64", "cpu", "0.25", "")


def test_points_and_skipped_sizes_travel_as_json() -> None:
    there, lost = point(64, "gpu", 0.25, 0.5), Skipped(9, "cpu", Failure("memory", "Too much.", "Take less."))
    assert point_of(json.loads(json.dumps(point_fields(there)))) == there
    assert skipped_of(json.loads(json.dumps(skipped_fields(lost)))) == lost
