"""Ends the engine's process when its resident memory passes the limit, before the system starts to swap.

A plan is refused by its predicted size; this catches what was predicted wrongly.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

from playground.engine.protocol import EXIT_MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable

_PERIOD_S = 0.05
_FIRST_PAUSE_S = 0.2
SLACK_BYTES = 256 << 20
"""The interpreter, the libraries, and buffers that they keep."""
_GPU_SLACK_BYTES = 3 << 30
"""What CUDA keeps on the host."""


class Watchdog(threading.Thread):
    """Looks at the process's resident memory twenty times a second.

    Parameters
    ----------
    limit_bytes
        Gives what arrays and plans may take together, now.
    """

    def __init__(self, limit_bytes: Callable[[], int]) -> None:
        super().__init__(name="engine-watchdog", daemon=True)
        self._limit_bytes = limit_bytes

    def run(self) -> None:
        """Watch until the process ends."""
        pause = threading.Event()
        pause.wait(_FIRST_PAUSE_S)
        import psutil  # only now: its import would take turns with the first answer

        process = psutil.Process()
        while not pause.wait(_PERIOD_S):
            slack = SLACK_BYTES + (_GPU_SLACK_BYTES if "cupy" in sys.modules else 0)
            if process.memory_info().rss > self._limit_bytes() + slack:
                os._exit(EXIT_MEMORY)
