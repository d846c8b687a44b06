"""The points of a sweep as text: CSV for other programs, and plain fields for JSON and for another process."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from playground.compute.measuring.sweep import Point, Skipped
from playground.compute.outcome import Failure
from playground.record import fields, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playground.compute.measuring.recorded import Recording


def csv_text(points: Iterable[Point], recording: Recording | None = None) -> str:
    """Write a line of names and a line for each point; seconds in full, nothing where there is no figure.

    Points of a ``recording`` come last, and their device is its label.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = fields(Point)
    writer.writerow(names)
    beside = () if recording is None else [replace(point, device=recording.label) for point in recording.points]
    writer.writerows([getattr(point, name) for name in names] for point in (*points, *beside))
    return text.getvalue()


def point_fields(point: Point) -> dict[str, Any]:
    """Give a point as JSON can say it."""
    return {name: getattr(point, name) for name in fields(Point)}


def skipped_fields(skipped: Skipped) -> dict[str, Any]:
    """Give a skipped size as JSON can say it."""
    failure = skipped.failure
    return {
        "size": skipped.size,
        "device": skipped.device,
        "kind": failure.kind,
        "message": failure.message,
        "hint": failure.hint,
    }


def point_of(said: Mapping[str, Any]) -> Point:
    """Read what ``point_fields`` wrote; raises TypeError or KeyError for anything else."""
    return Point(*(said[name] for name in fields(Point)))


def skipped_of(said: Mapping[str, Any]) -> Skipped:
    """Read what ``skipped_fields`` wrote; raises KeyError for anything else."""
    return Skipped(said["size"], said["device"], Failure(said["kind"], said["message"], said["hint"]))
