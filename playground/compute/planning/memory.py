"""Refusing what can't fit before it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.compute.backend import Trouble
from playground.translation import tr
from playground.workspace.memory import SHARE, bytes_text

if TYPE_CHECKING:
    from playground.compute.backend import Backend

ALWAYS_FITS = 8 * 2**20
"""Plans below this many bytes aren't measured against the free memory: asking costs more than a small product."""


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
    allowed = int(SHARE * free)
    if needed <= allowed:
        return None
    return Trouble(
        "memory",
        tr(
            "This needs {needed}; {allowed} of the {free} that are free on the {device} may be used.",
            needed=bytes_text(needed),
            allowed=bytes_text(allowed),
            free=bytes_text(free),
            device=backend.label,
        ),
        hint,
    )
