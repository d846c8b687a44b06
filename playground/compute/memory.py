"""Bytes: writing them for people, and refusing what can't fit before it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.compute.backend import Trouble
from playground.translation import tr

if TYPE_CHECKING:
    from playground.compute.backend import Backend

SHARE = 0.7
"""The part of the free memory that one plan may take when no limit is given."""

ALWAYS_FITS = 8 * 2**20
"""Plans below this many bytes aren't measured against the free memory: asking costs more than a small product."""

_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB")


def bytes_text(count: int) -> str:
    """Write a number of bytes in decimal units with two significant figures or whole: ``16 GB``, ``1.2 MB``.

    >>> bytes_text(16_000_000_000)
    '16 GB'
    """
    power, scaled = 0, count
    while scaled >= 1000 and power < len(_UNITS) - 1:
        scaled //= 1000
        power += 1
    if power == 0:
        return tr("{count} bytes", count=count)
    amount = count / 1000**power
    # 999.7 kB is "1000 kB" when it is rounded: the next unit says it better.
    if round(amount) >= 1000 and power < len(_UNITS) - 1:
        power, amount = power + 1, amount / 1000
    if amount >= 10_000:
        return f"{amount:.1e} {_UNITS[power]}"
    return f"{amount:.1f} {_UNITS[power]}".replace(".0 ", " ") if amount < 10 else f"{amount:.0f} {_UNITS[power]}"


def refuse(needed: int, backend: Backend, limit: int | None) -> Trouble | None:
    """Say why a plan that takes ``needed`` bytes at its peak must not run, or None where it may.

    ``limit`` is in bytes; None means 70 % of what is free on the device now.
    """
    if limit is None and needed <= ALWAYS_FITS:
        return None
    hint = tr("Use smaller arrays or a smaller dtype such as float32, or take the result in parts.")
    if limit is not None:
        if needed <= limit:
            return None
        return Trouble(
            "memory",
            tr("This needs {needed}; the limit is {limit}.", needed=bytes_text(needed), limit=bytes_text(limit)),
            hint,
        )
    free = backend.free_bytes()
    if needed <= SHARE * free:
        return None
    return Trouble(
        "memory",
        tr(
            "This needs {needed}; {free} are free on the {device}.",
            needed=bytes_text(needed),
            free=bytes_text(free),
            device=backend.label,
        ),
        hint,
    )
