"""One PySide6 lost references of ``None`` and aborted the interpreter after a few thousand calls; ours must not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CALLS = 3000


class _Sender(QObject):
    changed = Signal()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_calls_that_return_nothing_keep_the_references_of_none(qtbot: QtBot) -> None:
    label, sender = QLabel(), _Sender()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setText(str(number))
        label.update()
        label.setGeometry(0, 0, 10, 10)
        sender.changed.emit()
    assert abs(sys.getrefcount(None) - before) < CALLS // 10
