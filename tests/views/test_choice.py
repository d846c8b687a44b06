"""The arrow of a list of choices: seen in both themes, fainter where nothing can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from playground.views import theme
from playground.views.choice import Choice

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot


def contrast(image: QImage) -> int:
    """How far the darkest and the lightest pixel of the right end lie apart."""
    lights = [
        image.pixelColor(x, y).lightness()
        for x in range(image.width() - 22, image.width() - 4)
        for y in range(6, image.height() - 6)
    ]
    return max(lights) - min(lights)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_arrow_is_seen(qtbot: QtBot, look: theme.Choice) -> None:
    theme.apply(QApplication.instance(), look)
    choice = Choice()
    qtbot.addWidget(choice)
    choice.addItems(["float64", "float32"])
    choice.show()
    enabled = contrast(choice.grab().toImage())
    choice.setEnabled(False)
    assert enabled > 80
    assert contrast(choice.grab().toImage()) > 40
    theme.apply(QApplication.instance(), "light")
