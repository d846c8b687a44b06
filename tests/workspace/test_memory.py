"""Bytes as a person reads them, everywhere in the same units."""

from __future__ import annotations

import pytest

from playground.workspace.memory import bytes_text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (1536, "1.5 kB"),
        (999_600, "1 MB"),
        (16_000_000_000, "16 GB"),
        (10 * 10**12, "10 TB"),
        (2**64, "18 EB"),
        (10**30, "1.0e+06 YB"),
    ],
)
def test_bytes_text(count: int, text: str) -> None:
    assert bytes_text(count) == text
