"""Asks in the palette with respect to which operand a gradient is wanted; nothing is modal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from playground.session.gradient_entries import add_gradient, differentiable, no_gradient
from playground.translation import tr

if TYPE_CHECKING:
    from playground.views.main_window import MainWindow


def ask_gradient(window: MainWindow) -> None:
    """Add the gradient of the shown formula; asks with respect to which operand where there are several."""
    session = window.session
    names = differentiable(session.snapshot)
    if not names:
        no_gradient(session)
    elif len(names) == 1:
        add_gradient(session, names[0])
    else:
        selected = session.snapshot.selected
        ordered = sorted(names, key=lambda name: name != selected)  # what is chosen comes first
        choices = [_choice(window, name) for name in ordered]
        window.command_palette.open_over(choices, tr("With respect to which entry?"))


def _choice(window: MainWindow, name: str) -> QAction:
    known = window.findChild(QAction, f"gradient_{name}")
    if known is None:
        known = QAction(tr("with respect to {name}", name=name), window)
        known.setObjectName(f"gradient_{name}")
        known.triggered.connect(lambda _checked=False: add_gradient(window.session, name))
    known.setProperty("entry", name)
    shown = window.session.snapshot.shown
    known.setProperty("menu", tr("Gradient of {name}", name=shown))
    known.setStatusTip(tr("Add how {shown} changes with {name}, as a formula.", shown=shown, name=name))
    return known
