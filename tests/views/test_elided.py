"""A label that never widens the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.views import theme
from playground.views.elided import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def test_it_asks_for_no_room_and_keeps_its_text(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    label = ElidedLabel("a sentence that is much longer than the place it stands in")
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() == 0
    label.resize(80, 20)
    label.show()
    assert label.text().startswith("a sentence")
    assert label._shown_text().endswith("…")
    cut = label.grab().toImage()
    label.resize(label.sizeHint().width() + 2, 20)
    assert label._shown_text() == label.text()
    assert label.grab().toImage() != cut
