"""Palettes keep their contrast, and a switch reaches every widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from playground.views import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QColor
    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, "light")


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_texts_are_readable_on_every_surface(palette: theme.Palette) -> None:
    texts = (palette.ink, palette.soft, palette.faint, palette.accent, palette.bad, palette.good)
    for surface in (palette.background, palette.panel, palette.raised):
        for text in (*texts, *palette.axes, *palette.vectors):
            assert contrast(text, surface) >= 4.5, (text.name(), surface.name())
    assert contrast(palette.bad, palette.bad_soft) >= 4.5
    assert contrast(palette.accent, palette.accent_soft) >= 4.5
    assert contrast(palette.soft, palette.accent_soft) >= 4.5


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_axis_and_arrow_colours_are_all_different(palette: theme.Palette) -> None:
    names = [colour.name() for colour in (*palette.axes, *palette.vectors)]
    assert len(set(names)) == len(names)
    assert palette.axis(None) == palette.axis(99) == palette.soft
    assert palette.axis(1) == palette.axes[1]


def test_a_switch_reaches_a_widget_and_the_next_paint(qtbot: QtBot, qapp: QApplication) -> None:
    class Seen(QWidget):
        changes = 0

        def changeEvent(self, event: QEvent) -> None:
            self.changes += event.type() == QEvent.Type.PaletteChange
            super().changeEvent(event)

    theme.apply(qapp, "light")
    widget = Seen()
    qtbot.addWidget(widget)
    widget.show()
    qapp.processEvents()
    before = widget.changes
    theme.apply(qapp, "dark")
    qapp.processEvents()
    assert widget.changes > before
    assert theme.current() is theme.DARK
    assert widget.palette().window().color() == theme.DARK.background


def test_projector_scale_multiplies_fonts_and_lengths(qapp: QApplication) -> None:
    theme.apply(qapp, "system", scale=1.5)
    assert theme.scale() == 1.5
    assert theme.px(16) == theme.mono(16).pixelSize() == 24
    assert qapp.font().pixelSize() == round(13 * 1.5)
    assert theme.px(0.1) == 1


def test_numbers_are_as_wide_as_each_other(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(theme.mono(16))
    assert len({round(metrics.horizontalAdvance(digit), 3) for digit in "0123456789−"}) == 1
