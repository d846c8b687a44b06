"""A pytest plugin (``-p no:pytest-qt -p tests.without_qt``): PySide6 can't be imported, as where it isn't installed."""

from __future__ import annotations

import sys

for _name in ("PySide6", "shiboken6", "pyqtgraph"):
    sys.modules[_name] = None  # type: ignore[assignment]  # the import system's own way to say "not there"
