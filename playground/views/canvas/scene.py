"""What the canvas shows at one moment, in pixels: arrows, the pair's angle and projection, room for names."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from playground.explain.geometry.pair import PairGeometry, compare
from playground.record import Record, field
from playground.views import theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from playground.views.canvas.vector import Vector
    from playground.views.canvas.viewport import Point, Viewport

HANDLE = 11
"""Radius of a tip's disc."""
_TURNS = (35, -35, 0, 70, -70, 110, -110, 150)
"""Directions tried for a name, in degrees from where its arrow points."""


class Arrow(Record):
    """One vector placed on screen; ``reach`` is its length in pixels."""

    vector: Vector
    tail: QPointF
    tip: QPointF
    reach: float
    main: bool
    ring: float
    """Radius of the ring that stands for a zero vector; the second of two has a wider one."""


class Angle(Record):
    """The chosen pair where both start at one point: the angle between them and the projection of the first."""

    pair: PairGeometry
    apex: QPointF
    first: Arrow
    second: Arrow
    foot: QPointF
    """Where the perpendicular from the first one's tip meets the line of the second."""


class Scene(Record, eq=False):
    """All that is painted over the plane."""

    arrows: tuple[Arrow, ...]
    angle: Angle | None = None
    names: list[tuple[Arrow, QRectF]] = field(default_factory=list)


def place(vectors: Iterable[Vector], pair: tuple[str, str] | None, view: Viewport) -> Scene:
    """Place the vectors on screen: the chosen pair last and so on top, short ones over long ones."""
    chosen = pair or ()
    listed = sorted((v for v in vectors if v.is_finite), key=lambda v: (v.name in chosen, -math.hypot(v.x, v.y)))
    arrows = []
    zeros = 0
    for vector in listed:
        tail, tip = view.to_pixels(vector.tail), view.to_pixels(vector.tip)
        zeros += vector.is_zero
        ring = theme.px(7 + 6 * max(0, zeros - 1)) if vector.is_zero else 0
        arrows.append(Arrow(vector, QPointF(*tail), QPointF(*tip), math.dist(tail, tip), vector.name in chosen, ring))
    return Scene(tuple(arrows), _angle(arrows, chosen, view))


def _angle(arrows: Sequence[Arrow], chosen: Sequence[str], view: Viewport) -> Angle | None:
    found = {arrow.vector.name: arrow for arrow in arrows}
    if len(chosen) != 2 or chosen[0] == chosen[1] or any(name not in found for name in chosen):
        return None
    first, second = (found[name] for name in chosen)
    u, v = first.vector, second.vector
    if u.tail != v.tail or u.shadow or v.shadow:
        return None
    pair = compare((u.x, u.y), (v.x, v.y))
    if pair.radians is None:
        return None
    foot = view.to_pixels((u.tail[0] + pair.projection[0], u.tail[1] + pair.projection[1]))
    return Angle(pair, first.tail, first, second, QPointF(*foot))


def spread_names(scene: Scene, sizes: dict[str, tuple[float, float]], taken: Iterable[QRectF], area: QRectF) -> None:
    """Give each name in ``sizes`` (width and height) a box that covers no number, disc, arrow or other name.

    A name of the pair takes the least bad place where none is free; another is left out.
    """
    boxes = list(taken)
    boxes.extend(box for arrow in scene.arrows if arrow.main for box in _footprint(arrow))
    for arrow in reversed(scene.arrows):
        size = sizes.get(arrow.vector.name)
        if size is None or not area.contains(arrow.tip):
            continue
        box = next((c for c in _candidates(arrow, size, area) if not any(map(c.intersects, boxes))), None)
        if box is None and arrow.main:
            box = next(_candidates(arrow, size, area), None)
        if box is not None:
            boxes.append(box)
            scene.names.append((arrow, box))


def _candidates(arrow: Arrow, size: tuple[float, float], area: QRectF) -> Iterator[QRectF]:
    return (box for turn in _TURNS if area.contains(box := _beside(arrow, turn, size)))


def _beside(arrow: Arrow, turn: int, size: tuple[float, float]) -> QRectF:
    along = math.atan2(arrow.tip.y() - arrow.tail.y(), arrow.tip.x() - arrow.tail.x()) if arrow.reach else -0.9
    angle = along + math.radians(turn if math.cos(along) < 0 else -turn)
    radius = max(theme.px(HANDLE if arrow.main else 4), arrow.ring) + theme.px(2)
    dx, dy = math.cos(angle), math.sin(angle)
    # The box touches the disc along its direction: half its extent along that direction is added.
    across = min(size[0] / 2 / max(abs(dx), 1e-9), size[1] / 2 / max(abs(dy), 1e-9))
    middle = arrow.tip + QPointF(dx, dy) * (radius + across)
    return QRectF(middle.x() - size[0] / 2, middle.y() - size[1] / 2, size[0], size[1])


def _footprint(arrow: Arrow) -> list[QRectF]:
    """Boxes inside the tip's disc and, in short pieces, along the shaft."""
    radius = 0.7 * max(theme.px(HANDLE), arrow.ring)
    boxes = [QRectF(arrow.tip.x() - radius, arrow.tip.y() - radius, 2 * radius, 2 * radius)]
    pieces = min(12, int(arrow.reach // theme.px(14)))
    half = theme.px(3)
    for k in range(pieces):
        point = arrow.tail + (arrow.tip - arrow.tail) * (k / pieces)
        boxes.append(QRectF(point.x() - half, point.y() - half, 2 * half, 2 * half))
    return boxes


def nearest(scene: Scene, point: Point, selected: str) -> tuple[str, str] | None:
    """Return the name and the part, ``"tip"`` or ``"tail"``, that a hand at ``point`` takes hold of, or None.

    Tips before tails, then the nearest; what is selected, and what is of the pair, counts as a little nearer.
    """
    found: list[tuple[bool, float, str, str]] = []
    for arrow in scene.arrows:
        name = arrow.vector.name
        favour = theme.px(8) * (name == selected) + theme.px(4) * arrow.main
        tip = math.dist((arrow.tip.x(), arrow.tip.y()), point)
        if tip <= theme.px(16) + arrow.ring:
            found.append((False, tip - favour, name, "tip"))
        tail = math.dist((arrow.tail.x(), arrow.tail.y()), point)
        if tail <= theme.px(9) and arrow.reach > theme.px(30):
            found.append((True, tail - favour, name, "tail"))
    return min(found)[2:] if found else None
