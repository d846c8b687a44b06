"""What the command line prints: carets under a place, durations."""

from __future__ import annotations

import pytest

from playground import printing


@pytest.mark.parametrize(
    ("text", "start", "end", "carets"),
    [
        ("A @ B", 2, 3, "  ^"),
        ("A @ B", 5, 5, "     ^"),
        ("行列 @ B", 0, 2, "^^^^"),
        ("行列 @ B", 5, 6, "       ^"),
        ("A\t@\nB", 2, 3, "  ^"),
        ("a\u0301 @ B", 3, 4, "  ^"),
    ],
)
def test_carets_stand_under_the_place_in_any_script(text: str, start: int, end: int, carets: str) -> None:
    first, second = printing.with_caret(text, start, end).split("\n")
    assert "\t" not in first
    assert second == carets


@pytest.mark.parametrize(
    ("seconds", "text"), [(4e-6, "0.004 ms"), (0.0125, "12.5 ms"), (2.311, "2.31 s"), (123.4, "123 s")]
)
def test_durations_have_three_digits(seconds: float, text: str) -> None:
    assert printing.duration(seconds) == text
