"""Times and rates as the timing shows them: few digits, the unit that reads best, nothing that says nothing. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.rules.flops import digits, flops_text
from playground.translation import tr
from playground.workspace.memory import bytes_text

if TYPE_CHECKING:
    from playground.compute.outcome import Peak, Timing

_LEAST_BYTES_FOR_RATE = 1_000_000
_UNSTEADY = 0.5
_WHOLE = 0.995
"""From this part on a peak is reached."""


def seconds_text(seconds: float) -> str:
    """``4.1 µs``, ``310 µs``, ``12 ms``, ``1.8 s``: two or three digits in the unit that reads best."""
    for factor, unit in ((1.0, "s"), (1e3, "ms"), (1e6, "µs")):
        value = seconds * factor
        # What would be rounded to 1000 is 1 of the next unit.
        if value >= 0.9995 or unit == "µs":
            return f"{digits(value, 2)} {unit}"
    raise AssertionError


def elapsed_text(seconds: float) -> str:
    """``12 s``, ``3 min 20 s``: whole seconds, as a clock that runs."""
    minutes, rest = divmod(round(seconds), 60)
    return tr("{minutes} min {seconds} s", minutes=minutes, seconds=rest) if minutes else tr("{n} s", n=rest)


def runs_text(timing: Timing) -> str:
    """How many runs a time is of, and how far their middle half lies apart."""
    if timing.runs > 1 and timing.spread_s is not None:
        return spread_text(timing.runs, timing.compute_s, timing.spread_s)
    return tr("one run") if timing.compute_s == timing.first_call_s else tr("one run after the first")


def spread_text(runs: int, median_s: float, spread_s: float) -> str:
    """How far the middle half of some runs lies apart; where that is far, it is said."""
    words = {"runs": runs, "spread": seconds_text(spread_s)}
    if spread_s > _UNSTEADY * median_s:
        return tr("median of {runs} runs that differ much: the middle half within {spread}", **words)
    return tr("median of {runs} runs, the middle half within {spread}", **words)


def rate_text(timing: Timing) -> str:
    """Operations a second; empty where there were too few to say."""
    return f"{flops_text(timing.gflops * 1e9)}/s" if timing.gflops is not None else ""


def work_text(timing: Timing, flops: int | None) -> str:
    """Operations, and how many a second."""
    return " · ".join(filter(None, (flops_text(flops), rate_text(timing)))) if flops else tr("no agreed count")


def moved_text(timing: Timing) -> str:
    """Bytes read and written, and how many a second where they are many."""
    if timing.moved_bytes is None:
        return tr("only the data tells")
    if timing.moved_bytes < _LEAST_BYTES_FOR_RATE or timing.compute_s <= 0:
        return bytes_text(timing.moved_bytes)
    return f"{bytes_text(timing.moved_bytes)} · {bytes_text(round(timing.moved_bytes / timing.compute_s))}/s"


def upload_text(timing: Timing) -> str:
    """Time to the device, and from what kind of memory."""
    if not timing.upload_s:
        return tr("none: same memory") if timing.pinned is None else tr("none: it was there")
    kind = {None: "", True: tr("pinned memory"), False: tr("pageable memory")}[timing.pinned]
    return f"{seconds_text(timing.upload_s)} ({kind})" if kind else seconds_text(timing.upload_s)


def download_text(timing: Timing, *, stays: bool) -> str:
    """Time back from the device; a large result ``stays`` there, and what is shown of it is fetched then."""
    if timing.download_s:
        time = seconds_text(timing.download_s)
        return tr("{time} for all of it, which stays on the GPU", time=time) if stays else time
    return tr("none: same memory") if timing.pinned is None else tr("stays on the GPU; what is shown is fetched")


def first_text(timing: Timing) -> str:
    """Time of the first run; apart from it, what making the GPU ready took, where this evaluation waited for that."""
    first = seconds_text(timing.first_call_s)
    if not timing.context_s:
        return first
    return tr("{first}, after {context} to make the GPU ready", first=first, context=seconds_text(timing.context_s))


def peak_text(timing: Timing, flops: int | None, peak: Peak | None) -> str:
    """Which part of the best that was measured here this is; empty where that says nothing."""
    bound = peak.bound(flops, timing.moved_bytes) if peak is not None else None
    if peak is None or bound is None or timing.compute_s <= 0:
        return ""
    least_s, by_memory = bound
    part = least_s / timing.compute_s
    if by_memory:
        rate = f"{bytes_text(round(peak.gbytes_s * 1e9))}/s"
        if part >= _WHOLE:
            return tr("at least the {rate} that a large copy reaches here", rate=rate)
        return tr("{part} % of the {rate} that a large copy reaches here", part=digits(100 * part, 2), rate=rate)
    rate = f"{flops_text((peak.gflops or 0.0) * 1e9)}/s"
    if part >= _WHOLE:
        return tr("the {rate} that a large product reaches here", rate=rate)
    return tr("{part} % of the {rate} that a large product reaches here", part=digits(100 * part, 2), rate=rate)
