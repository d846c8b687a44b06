"""Times and counts in figures that read well, and never one that says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.compute.outcome import Peak, Timing
from playground.language.rules.flops import flops_text
from playground.record import replace
from playground.session.job import Measured
from playground.views.timing.history import Evaluated
from playground.views.timing.texts import (
    download_text,
    elapsed_text,
    first_text,
    moved_text,
    peak_text,
    runs_text,
    seconds_text,
    upload_text,
)  # fmt: skip
from tests.person import KEY, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.person import Person

TIMING = Timing(0.0, 0.01, 0.0, 0.02, 0.03, 5, 100.0, 0.001, 80_000_000)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0 µs"),
        (0.4e-6, "0.4 µs"),
        (4.13e-6, "4.1 µs"),
        (0.0000997, "100 µs"),
        (0.000310, "310 µs"),
        (0.0009996, "1 ms"),
        (0.012, "12 ms"),
        (0.0996, "100 ms"),
        (0.9996, "1 s"),
        (1.84, "1.8 s"),
        (250.0, "250 s"),
    ],
)
def test_seconds_in_the_unit_that_reads_best(seconds: float, text: str) -> None:
    assert seconds_text(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 FLOP"), (48, "48 FLOP"), (999_999, "1 MFLOP"), (17_179_869_184, "17.2 GFLOP"), (3.2e15, "3.2 PFLOP"),
     (5e18, "5000 PFLOP")],
)  # fmt: skip
def test_operations_in_the_unit_that_reads_best(count: float, text: str) -> None:
    assert flops_text(count) == text


def test_the_line_has_device_time_and_count_but_no_rate_of_a_small_product(person: Person) -> None:
    said = person.find("timingPanel").accessibleDescription()
    assert said.startswith("CPU ")
    assert said.endswith("48 FLOP")
    assert "/s" not in said
    person.click(person.find("timingDetails"))
    assert "/s" not in person.window.timing._account._values["work"].text()


def test_a_large_product_has_a_rate(person: Person) -> None:
    person.enter("ones((400, 400)) @ ones((400, 400))")
    assert "FLOP/s" in person.find("timingPanel").accessibleDescription()
    assert "128 MFLOP" in person.find("timingPanel").accessibleDescription()


def test_the_account_unfolds_and_adds_up(person: Person) -> None:
    panel = person.window.timing
    person.click(person.find("timingDetails"))
    assert panel._account.isVisible()
    assert panel._account._values["upload"].text() == panel._account._values["download"].text() == "none: same memory"
    assert "one run" in panel._account._values["compute"].text()
    person.click(person.find("timingDetails"))
    assert not panel._account.isVisible()


def text_of(person: Person, key: str) -> str:
    return person.find(f"timing_{key}").text()


def measured(person: Person, peak: Peak | None = None) -> Measured:
    state = person.snapshot.results["C"]
    assert state.result is not None
    return Measured(1, "C", state.result.key, TIMING, peak)


def test_a_measurement_shows_the_steady_time_and_its_spread(person: Person) -> None:
    person.click(person.find("timingDetails"))
    grids = person.shown("resultGrid")
    person.window.session.update(measured=measured(person))
    assert person.find("timingPanel").accessibleDescription().startswith("CPU 10 ms")
    assert text_of(person, "compute") == "10 ms (median of 5 runs, the middle half within 1 ms)"
    assert text_of(person, "first") == "20 ms"
    assert not person.find("timing_peak").isVisible()
    assert person.shown("resultGrid") == grids


def test_a_measurement_of_another_result_is_not_shown(person: Person) -> None:
    person.window.session.update(measured=replace(measured(person), key="=99"))
    assert "10 ms" not in person.find("timingPanel").accessibleDescription()


def test_the_best_of_the_device_is_compared_with(person: Person) -> None:
    person.click(person.find("timingDetails"))
    person.window.session.update(measured=measured(person, Peak(None, 16.0)))
    assert text_of(person, "peak") == "50 % of the 16 GB/s that a large copy reaches here"
    assert person.find("timing_peak").isVisible()


@pytest.mark.parametrize(
    ("flops", "peak", "text"),
    [
        (10**9, None, ""),
        (None, Peak(200.0, 16.0), "50 % of the 16 GB/s that a large copy reaches here"),
        (10**9, Peak(200.0, 16.0), "50 % of the 200 GFLOP/s that a large product reaches here"),
        (10**9, Peak(100.0, 16.0), "the 100 GFLOP/s that a large product reaches here"),
        (None, Peak(200.0, 4.0), "at least the 4 GB/s that a large copy reaches here"),
    ],
)
def test_what_binds_is_what_is_compared(flops: int | None, peak: Peak | None, text: str) -> None:
    assert peak_text(TIMING, flops, peak) == text


def test_words_for_runs_transfers_and_bytes() -> None:
    assert runs_text(replace(TIMING, runs=1, spread_s=None)) == "one run after the first"
    assert runs_text(replace(TIMING, spread_s=0.009)).startswith("median of 5 runs that differ much")
    assert upload_text(replace(TIMING, upload_s=0.5, pinned=False)) == "500 ms (pageable memory)"
    assert upload_text(replace(TIMING, upload_s=0.5, pinned=True)) == "500 ms (pinned memory)"
    assert upload_text(replace(TIMING, pinned=False)) == "none: it was there"
    assert download_text(TIMING, stays=True) == "none: same memory"
    there = replace(TIMING, pinned=False)
    assert download_text(there, stays=True) == "stays on the GPU; what is shown is fetched"
    assert download_text(replace(there, download_s=0.25), stays=True) == "250 ms for all of it, which stays on the GPU"
    assert download_text(replace(there, download_s=0.25), stays=False) == "250 ms"
    assert first_text(TIMING) == "20 ms"
    assert first_text(replace(TIMING, context_s=1.5)) == "20 ms, after 1.5 s to make the GPU ready"
    assert moved_text(TIMING) == "80 MB · 8 GB/s"
    assert moved_text(replace(TIMING, moved_bytes=800)) == "800 B"
    assert moved_text(replace(TIMING, moved_bytes=None)) == "only the data tells"
    assert elapsed_text(12.3) == "12 s"
    assert elapsed_text(200) == "3 min 20 s"


def test_what_is_computed_otherwise_is_said(sit: Callable[..., Person]) -> None:
    person = sit(workspace(A=np.ones((300, 300)), v=np.ones(300), C="A @ A @ v"))
    person.click(person.find("timingDetails"))
    assert text_of(person, "notes").startswith("Computed as A @ (A @ v)")


def test_the_history_brings_an_entry_back(person: Person) -> None:
    person.enter("D = A.T")
    person.click(person.find("timingDetails"))
    chart = person.find("timingHistory")
    assert [(found.name, found.source) for found in person.window.timing.history] == [("C", "A @ B"), ("D", "A.T")]
    person.point_at(chart, chart.bar_position(0))
    assert chart.accessibleDescription().startswith("C = A @ B: ")
    person.click(chart, chart.bar_position(0))
    assert person.snapshot.shown == "C"
    assert person.snapshot.draft is None


def test_the_history_brings_a_formula_back_that_was_changed(person: Person) -> None:
    person.enter("A @ B + 1")
    person.click(person.find("timingDetails"))
    chart = person.find("timingHistory")
    chart.setFocus()
    person.key(KEY.Key_Left)
    person.key(KEY.Key_Left)
    assert chart.accessibleDescription().startswith("C = A @ B: ")
    person.key(KEY.Key_Return)
    assert person.bar.text() == "A @ B"
    assert "Enter brings this one back" in person.snapshot.notice.text
    person.key(KEY.Key_Return)
    assert person.snapshot.workspace.formulas["C"] == "A @ B"


def test_an_entry_that_is_gone_is_made_again(person: Person) -> None:
    person.enter("D = A.T")
    person.window.menus.actions["remove-entry"].trigger()
    assert "D" not in person.snapshot.workspace.names
    person.click(person.find("timingDetails"))
    chart = person.find("timingHistory")
    person.click(chart, chart.bar_position(1))
    assert person.bar.text() == "D = A.T"
    person.key(KEY.Key_Return)
    assert person.snapshot.workspace.formulas["D"] == "A.T"


def test_what_a_gpu_computed_looks_otherwise_and_is_told(person: Person) -> None:
    person.click(person.find("timingDetails"))
    person.window.timing.history.add(Evaluated("=99", "C", "A @ B", "H100", 0.5, on_cpu=False))
    chart = person.find("timingHistory")
    assert chart._caption() == "Last evaluations: filled on the CPU, hollow on a GPU"
    assert chart.sentence(1) == "C = A @ B: 500 ms on H100"
    before = chart.grab().toImage()
    person.point_at(chart, chart.bar_position(1))
    assert chart.grab().toImage() != before


def test_race_and_sweep_stand_beside_the_details(person: Person) -> None:
    pressed: list[str] = []
    for name in ("race", "sweep"):
        action = person.window.menus.actions[name]
        action.triggered.disconnect()
        action.triggered.connect(lambda _checked=False, name=name: pressed.append(name))
    assert not person.shown("raceButton")
    person.click(person.find("timingDetails"))
    person.click(person.find("raceButton"))
    person.click(person.find("sweepButton"))
    assert pressed == ["race", "sweep"]
    person.click(person.find("timingDetails"))
    assert not person.shown("raceButton")


def test_a_failure_has_no_time(person: Person) -> None:
    person.click(person.find("timingDetails"))
    person.enter("linalg.inv(zeros((2, 2)))")
    assert person.find("timingPanel").accessibleDescription() == ""
    assert {label.text() for label in person.window.timing._account._values.values()} == {"–"}
