"""Times of a GPU that isn't here: what ``bench -o FILE.json`` wrote where there is one, found again for a sweep."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from playground.compute.device_names import CPU
from playground.compute.measuring.sweep_shapes import growing_shape
from playground.compute.measuring.sweep_table import point_of
from playground.language.parse import parse
from playground.language.placing import Placing
from playground.language.problems import Span
from playground.paths import resource
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.compute.measuring.sweep import Point, Sweep
    from playground.compute.measuring.sweep_shapes import GrowingShape

FOLDER = "recorded"
"""Where recordings lie among the resources; it may be missing."""

_UNREADABLE = (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading a file can end with that is no recording, whatever is wrong with it."""


class Recording(Record):
    """The ``points`` of one GPU, smallest n first; ``device`` is the name that its maker gave it."""

    device: str
    points: tuple[Point, ...]

    @property
    def label(self) -> str:
        """What its points are called wherever points that were measured here stand beside them."""
        return recorded_name(self.device)

    @property
    def sentence(self) -> str:
        """Say that nothing of it was measured here."""
        return tr("{recorded}: measured on another machine, not here.", recorded=self.label)


def recorded_name(name: str) -> str:
    """Mark the ``name`` of a curve as recorded."""
    return tr("{name}, recorded", name=name)


def recording_of(sweep: Sweep) -> Recording | None:
    """Find the recording of the same formula, shapes and dtype, from the smallest to the largest n of ``sweep``.

    Formulas are the same where they are read as the same, however they are spaced. Files come in the order of their
    names; one that can't be read is passed over.
    """
    for path in sorted(resource(FOLDER).glob("*.json")):
        try:
            found = _recording(json.loads(path.read_text(encoding="utf-8")), sweep)
        except _UNREADABLE:
            continue
        if found is not None:
            return found
    return None


def _recording(document: Mapping[str, Any], sweep: Sweep) -> Recording | None:
    """Read the first GPU of a document of ``bench``; raises one of ``_UNREADABLE`` where it is none."""
    shapes = {name: growing_shape(text) for name, text in document["operands"].items()}
    if _tree_text(document["expression"]) != _tree_text(sweep.expression):
        return None
    if _operands(shapes, document["dtype"]) != _operands(sweep.shapes, sweep.dtype):
        return None
    points = sorted(map(_point, document["points"]), key=lambda point: point.size)
    within = [point for point in points if min(sweep.sizes) <= point.size <= max(sweep.sizes)]
    for device, name in document["devices"].items():
        own = tuple(point for point in within if point.device == device)
        if device != CPU and own and name.strip():
            return Recording(name.strip(), own)
    return None


def _tree_text(expression: str) -> str:
    """The tree without its places; a text, in which 1, 1.0 and True are not the same."""
    return repr(Placing(lambda _: Span(0, 0)).moved(parse(expression).tree))


def _operands(shapes: Mapping[str, GrowingShape], dtype: str) -> dict[str, object]:
    return {name: (shape.lengths, shape.dtype or dtype) for name, shape in shapes.items()}


def _point(said: Mapping[str, Any]) -> Point:
    """Read a point; raises ValueError or TypeError where it has a figure that no clock gives."""
    point = point_of(said)
    positive = (point.size, point.runs, point.median_s, point.low_s, point.high_s)
    others = (point.first_call_s, point.upload_s, point.download_s, point.gflops or 0.0)
    if not all(0 < figure < math.inf for figure in positive) or not all(0 <= figure < math.inf for figure in others):
        raise ValueError("a figure is out of range")
    return point
