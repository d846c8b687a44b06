"""Made-up recordings for tests, in a folder of the test's own: none of these times was ever measured."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from playground.compute.measuring import recorded
from playground.compute.measuring.sweep import Point
from playground.compute.measuring.sweep_table import point_fields

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NAME = "Made-up GPU"


def gpu_point(size: int, seconds: float = 1e-4) -> Point:
    """Give a point with 1 ms of transfers."""
    return Point(size, "gpu", seconds, seconds * 0.9, seconds * 1.2, 5, 0.5, 5e-4, 5e-4, 1.5)


def document(**changes: Any) -> dict[str, Any]:
    """What ``bench "A @ B" -o FILE.json`` writes for n = 64, 256, 1024, as far as a recording needs it."""
    sizes = (64, 256, 1024)
    return {
        "expression": "A @ B",
        "operands": {"A": "n×n", "B": "n×n"},
        "dtype": "float64",
        "devices": {"cpu": "CPU", "gpu": NAME},
        "points": [
            *(point_fields(Point(size, "cpu", 0.1, 0.1, 0.1, 5, 0.1)) for size in sizes),
            *(point_fields(gpu_point(size)) for size in sizes),
        ],
    } | changes


def keep(folder: Path, monkeypatch: pytest.MonkeyPatch, **files: object) -> None:
    """Let the files of ``folder`` be all recordings that there are; a text is written as it is, the rest as JSON."""
    monkeypatch.setattr(recorded, "resource", lambda _: folder)
    for name, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
