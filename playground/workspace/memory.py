"""How many bytes one array or file may take before the person is told that it doesn't fit."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from playground.translation import tr

SHARE = 0.7
"""The part of the free memory that may be taken where nobody says otherwise."""
UNDO_AT_MOST = 512 * 1024**2
"""Bytes that undo may keep on any machine."""
_UNDO_SHARE = 0.1
"""The part of the machine's memory that undo may keep."""
_UNITS = ("B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB")


def budget_bytes(share: float = SHARE) -> int:
    """Bytes that may be allocated at once: this part of the memory that is free now."""
    return int(free_bytes() * share)


def free_bytes() -> int:
    """Bytes that the system can give now without swapping."""
    return _told_by_system("MemAvailable", "available")


@cache
def undo_budget() -> int:
    """Bytes of arrays that undo may keep beyond those of the document: a tenth of the machine's memory, or less."""
    return min(UNDO_AT_MOST, int(_told_by_system("MemTotal", "total") * _UNDO_SHARE))


def _told_by_system(line_name: str, field: str) -> int:
    """Bytes of a field of psutil's; on Linux from the line that it would read, as its import costs start-up time."""
    if sys.platform == "linux":
        with suppress(OSError), Path("/proc/meminfo").open("rb") as lines:
            for line in lines:
                if line.startswith(line_name.encode() + b":"):
                    return int(line.split()[1]) << 10
    import psutil

    return int(getattr(psutil.virtual_memory(), field))


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
        return f"{count} B"
    amount = count / 1000**power
    # 999.7 kB is "1000 kB" when it is rounded: the next unit says it better.
    if round(amount) >= 1000 and power < len(_UNITS) - 1:
        power, amount = power + 1, amount / 1000
    if amount >= 10_000:
        return f"{amount:.1e} {_UNITS[power]}"
    return f"{amount:.1f} {_UNITS[power]}".replace(".0 ", " ") if amount < 10 else f"{amount:.0f} {_UNITS[power]}"


def size_problem(nbytes: int) -> str | None:
    """Say with both figures why ``nbytes`` can't be held, None where they can."""
    budget = budget_bytes()
    if nbytes <= budget:
        return None
    return tr("This needs {needed} of memory, {free} may be used.", needed=bytes_text(nbytes), free=bytes_text(budget))
