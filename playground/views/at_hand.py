"""Which entry a command means: the one whose grid has the focus, else the one that is chosen in the list."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from playground.session.standing import known_signature
from playground.views.grid.grid import Grid

if TYPE_CHECKING:
    import numpy as np

    from playground.views.main_window import MainWindow


def at_hand(window: MainWindow) -> tuple[str, np.dtype | None, int]:
    """Its name, its dtype where it has numbers, and how many cells of it are looked at."""
    widget = QApplication.focusWidget()
    while widget is not None:
        if isinstance(widget, Grid) and widget.property("entryName"):
            source = widget.source
            return str(widget.property("entryName")), source.dtype, source.rows * source.columns
        widget = widget.parentWidget()
    snapshot = window.session.snapshot
    name = snapshot.selected or ""
    signature = snapshot.workspace.signatures.get(name) or known_signature(snapshot, name)
    if signature is None:
        return name, None, 0
    return name, signature.dtype, math.prod(size or 0 for size in signature.shape)
