"""Times and counts in figures that read well, and never one that says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playground.language.rules.flops import flops_text
from playground.views.timing_panel import seconds_text

if TYPE_CHECKING:
    from tests.person import Person


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


def test_a_failure_has_no_time(person: Person) -> None:
    person.click(person.find("timingDetails"))
    person.enter("linalg.inv(zeros((2, 2)))")
    assert person.find("timingPanel").accessibleDescription() == ""
    assert {label.text() for label in person.window.timing._account._values.values()} == {"–"}
