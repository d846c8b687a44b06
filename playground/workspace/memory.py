"""How many bytes one array or file may take before the person is told that it doesn't fit."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from playground.translation import tr

_SHARE = 0.7
_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")


def budget_bytes() -> int:
    """Bytes that may be allocated at once: 70 % of the memory that is free now."""
    return int(free_bytes() * _SHARE)


def free_bytes() -> int:
    """Bytes that the system can give now without swapping."""
    if sys.platform == "linux":  # the line that psutil reads: the first window needn't wait for the import of psutil
        with suppress(OSError), Path("/proc/meminfo").open("rb") as lines:
            for line in lines:
                if line.startswith(b"MemAvailable:"):
                    return int(line.split()[1]) << 10
    import psutil

    return int(psutil.virtual_memory().available)


def bytes_text(count: int) -> str:
    """Write a number of bytes with three digits and a unit: ``7.28 TiB``."""
    step = min(max(count.bit_length() - 1, 0) // 10, len(_UNITS) - 1)
    return f"{count} bytes" if step == 0 else f"{count / 1024**step:.3g} {_UNITS[step]}"


def size_problem(nbytes: int) -> str | None:
    """Say with both figures why ``nbytes`` can't be held, None where they can."""
    budget = budget_bytes()
    if nbytes <= budget:
        return None
    return tr("This needs {needed} of memory, {free} may be used.", needed=bytes_text(nbytes), free=bytes_text(budget))
