"""In which plane vectors of more than two components are drawn, and why one of them can't be dragged there. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.explain.geometry.plane import Plane, principal, spanned
from playground.explain.text import number_text
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.session.arrows import Arrow

_OFF = 1e-9
"""Part of a vector that may stand off a plane in which it is called to lie."""
_BETTER = 0.02
"""Part of the squared lengths that another plane must see more, for the picture to turn into it."""
_NOWHERE = (float("nan"), float("nan"))


def in_one_plane(pair: tuple[Arrow, Arrow], before: Sequence[Arrow]) -> tuple[Arrow, ...]:
    """Draw two vectors with their true lengths and their true angle, whatever dimension they have.

    The plane of ``before``, the same two vectors a moment ago, stays while both lie in it: nothing turns under a hand.
    """
    u, v = pair
    n = len(u.values)
    if n == 2:
        return pair
    if n == 1:
        return on_axis(pair)
    if not np.isfinite((u.values, v.values)).all():
        return tuple(replace(arrow, tip=_NOWHERE) for arrow in pair)
    known = before[0].plane if before else None
    plane = known if known is not None and _holds(known, pair) else spanned(u.values, v.values)
    note = tr("{n} components, drawn in the plane of {u} and {v}", n=n, u=u.name, v=v.name)
    return tuple(_drawn(arrow, plane, note) for arrow in pair)


def on_axis(arrows: tuple[Arrow, ...]) -> tuple[Arrow, ...]:
    """Draw vectors of one component along the first axis."""
    why = tr("One component: edit its cell.")
    return tuple(replace(a, tip=(a.values[0], 0.0), fixed_because=a.fixed_because or why) for a in arrows)


def in_nearest_plane(arrows: tuple[Arrow, ...], before: Sequence[Arrow]) -> tuple[tuple[Arrow, ...], str]:
    """Draw any number of vectors of three components and more as their shadows in the plane that shows most of them.

    Gives what isn't seen in words too. The plane of ``before`` stays while another one shows little more.
    """
    values = np.array([arrow.values for arrow in arrows])
    if not np.isfinite(values).all():
        return tuple(replace(arrow, tip=_NOWHERE) for arrow in arrows), tr("a number isn't finite")
    plane = principal(values)
    known = before[0].plane if before else None
    if (
        known is not None
        and known.axes.shape == plane.axes.shape
        and (lost := _lost(known, values)) < plane.lost + _BETTER
    ):
        plane = known if lost == known.lost else Plane(known.axes, lost)
    part = number_text(round(100 * plane.lost, 1), 3)
    seen = tr("{part} % of their squared length isn't seen", part=part) if plane.lost else tr("all is seen")
    note = tr("{n} components, seen from where most of all vectors shows", n=values.shape[1])
    return tuple(_drawn(arrow, plane, note) for arrow in arrows), seen


def _drawn(arrow: Arrow, plane: Plane, note: str) -> Arrow:
    x, y = plane.flat(arrow.values)
    why = arrow.fixed_because
    if not why and arrow.integer:
        why = tr(
            "{source} holds integers, which can't follow a drag in this plane: edit its cells.", source=arrow.source
        )
    return replace(arrow, tip=(x, y), plane=plane, note=note, fixed_because=why)


def _holds(plane: Plane, pair: tuple[Arrow, Arrow]) -> bool:
    if plane.axes.shape[0] != len(pair[0].values):
        return False
    for arrow in pair:
        values = np.array(arrow.values)
        size = float(np.abs(values).max())
        if size and float(np.abs(values - plane.axes @ np.array(plane.flat(values))).max()) > _OFF * size:
            return False
    return True


def _lost(plane: Plane, values: np.ndarray) -> float:
    size = float(np.abs(values).max())
    if size == 0:
        return 0.0
    unit = values / size
    seen, whole = float(((unit @ plane.axes) ** 2).sum()), float((unit**2).sum())
    return max(0.0, 1 - seen / whole) if seen < whole * (1 - _OFF) else 0.0
