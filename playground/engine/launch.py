"""Starts the engine's process. Only the standard library, so that it can start before anything else is imported."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMAND = (sys.executable, "-P", "-m", "playground.engine")
"""``-P``: a file named ``random.py`` in the current folder must not become the library of that name."""


def launch(command: Sequence[str] = COMMAND) -> subprocess.Popen[bytes]:
    """Start an engine and don't wait until it is ready. It ends when its pipes close. Raises OSError."""
    return subprocess.Popen(
        command,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        # A group of its own: Ctrl+C in the terminal of the window doesn't reach the engine.
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def _environment() -> dict[str, str]:
    """Give the environment in which the child finds this package however the parent found it."""
    environment = dict(os.environ)
    root = str(Path(__file__).resolve().parents[2])
    if root not in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, environment.get("PYTHONPATH"))))
    return environment
