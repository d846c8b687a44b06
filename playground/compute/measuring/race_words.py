"""What came of a race, in plain words. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.translation import tr
from playground.workspace.memory import bytes_text

if TYPE_CHECKING:
    from playground.compute.outcome import Lane, Race

_CLOSE: Final = 1.1
"""Times that differ by less are called the same."""

_ROUNDING: Final = 1e-12


def verdict(race: Race) -> str:
    """Say in one sentence which device to use for this; never claims what was not measured."""
    done = [lane for lane in race.lanes if lane.whole is not None]
    if not done:
        return tr("No device could compute this.")
    base, others = done[0], done[1:]
    if not others:
        return tr("{device} ran alone: there is nothing to compare it with.", device=base.label)
    others = [lane for lane in others if lane.device != base.device] or others
    best = min(others, key=lambda lane: lane.whole.median_s if lane.whole is not None else 0.0)
    return _compared(best, base)


def speed_up(lane: Lane, base: Lane, *, whole: bool) -> float | None:
    """How many times as fast as ``base`` a lane is, with transfers or without; None where one has no times."""
    mine, other = (lane.whole, base.whole) if whole else (lane.compute, base.compute)
    return None if mine is None or other is None or not mine.median_s else other.median_s / mine.median_s


def times_text(ratio: float) -> str:
    """Write a ratio as people say it: ``40×``, ``2.4×``."""
    return f"{ratio:.1f}×" if ratio < 10 else f"{ratio:.0f}×"


def pace_text(ratio: float) -> str:
    """Write a speed-up in the direction that reads best: ``40× as fast``, ``2.0× as long``."""
    if ratio >= 1:
        return tr("{times} as fast", times=times_text(ratio))
    return tr("{times} as long", times=times_text(1 / ratio))


def difference_text(lane: Lane) -> str:
    """Say how far a result is from the first device's; empty where nothing can be said."""
    if lane.difference is None:
        return ""
    if lane.difference == 0:
        return tr("the same cell for cell")
    if lane.scale and lane.difference / lane.scale < _ROUNDING:
        return tr("the same but for rounding: {difference}", difference=f"{lane.difference:.1e}")
    apart, scale = f"{lane.difference:.1e}", f"{lane.scale:.2g}"
    return tr("{difference} apart at most, cells reach {scale}", difference=apart, scale=scale)


def _compared(lane: Lane, base: Lane) -> str:
    computing, whole = speed_up(lane, base, whole=False) or 1.0, speed_up(lane, base, whole=True) or 1.0
    words = {
        "device": lane.label,
        "base": base.label,
        "computing": times_text(computing),
        "whole": times_text(whole),
        "slower": times_text(1 / whole),
        "slower_computing": times_text(1 / computing),
        "bytes": bytes_text(lane.moved_bytes),
    }
    if computing <= 1 / _CLOSE:
        return tr("{base} is the faster one: {device} takes {slower_computing} as long to compute this.", **words)
    if computing < _CLOSE:
        return tr("{device} and {base} compute this about equally fast.", **words)
    if not lane.moved_bytes:
        return tr("{device} computes this {computing} as fast as {base}.", **words)
    if whole >= _CLOSE:
        return tr(
            "{device} computes {computing} as fast as {base}; with {bytes} moved there and back, {whole} as fast.",
            **words,
        )
    if whole > 1 / _CLOSE:
        return tr("{device} computes {computing} as fast as {base}, but moving {bytes} takes all that away.", **words)
    return tr(
        "{device} computes {computing} as fast as {base}, but moving {bytes} costs more than it saves: "
        "altogether it takes {slower} as long.",
        **words,
    )  # fmt: skip
