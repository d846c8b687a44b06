"""What assistive tools are told of what happens, in whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from playground.language.signature import Signature, shape_text
from playground.session.shape_only import would_be
from playground.translation import tr
from playground.views.announce import announce
from playground.views.why_strip import spoken

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from playground.session.snapshot import Snapshot

PAUSE_MS = 400
"""Results are spoken once, so long after the last change."""


class Voice(QObject):
    """Speaks the shown result when it has come to rest."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(lambda: announce(self._widget, self._text))

    def show_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Prepare to say what the shown result is now."""
        if new.results is old.results and new.why is old.why and new.analysis is old.analysis:
            return
        text = result_sentence(new)
        if text and text != self._text:
            self._text = text
            self._timer.start()


def result_sentence(snapshot: Snapshot) -> str:
    """The shown result in a sentence, or what it would be; empty while there is none that is true."""
    if snapshot.shown in snapshot.analysis.shapes_only:
        return would_be(snapshot, snapshot.shown)
    state = snapshot.results.get(snapshot.shown or "")
    if state is None:
        return ""
    if state.failure is not None:
        return f"{state.failure.message} {state.failure.hint}".strip()
    if not state.current or state.result is None or not isinstance(state.result.signature, Signature):
        return ""
    shape = shape_text(state.result.signature.shape)
    sentence = tr("{name} has shape {shape}.", name=snapshot.shown, shape=shape)
    return f"{sentence} {spoken(snapshot.why)}" if snapshot.why is not None else sentence
