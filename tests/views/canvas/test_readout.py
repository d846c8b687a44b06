"""The readout's figures, words and tips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from playground.explain.geometry.pair import compare
from playground.views.canvas.readout import CanvasReadout

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def readout(qtbot: QtBot) -> CanvasReadout:
    widget = CanvasReadout()
    qtbot.addWidget(widget)
    return widget


def figure(readout: CanvasReadout, key: str) -> QLabel:
    return readout.findChild(QLabel, f"readout_{key}")


def test_the_first_example(readout: CanvasReadout) -> None:
    readout.set_pair(compare((2, 1), (-1, 2)), ("u", "v"))
    texts = [figure(readout, key).text() for key in ("dot", "angle", "length_u", "length_v", "walk_u", "cosine")]
    assert texts == ["0", "90°", "2.236", "2.236", "3", "0"]
    assert figure(readout, "dot").toolTip() == "u · v = 2·(−1) + 1·2 = 0"
    assert "1.5707963" in figure(readout, "angle").toolTip()
    assert figure(readout, "dot").accessibleName() == "u · v = 0"
    assert readout.accessibleDescription() == "⟂ orthogonal — the projection of u on v is (0, 0)"


def test_no_pair_and_no_angle_have_dashes(readout: CanvasReadout) -> None:
    readout.set_pair(None, ("", ""))
    assert figure(readout, "dot").text() == "–"
    assert figure(readout, "dot").accessibleName() == "u · v = –"
    assert "u · v" in [label.text() for label in readout.findChildren(QLabel)]
    readout.set_pair(compare((0, 0), (1, 1)))
    assert (figure(readout, "dot").text(), figure(readout, "angle").text()) == ("0", "–")
    assert figure(readout, "angle").toolTip() == ""


def test_nothing_jumps_when_numbers_change_width(readout: CanvasReadout) -> None:
    readout.resize(336, 140)
    readout.set_pair(compare((2, 1), (-1, 2)))
    readout.show()
    places = [figure(readout, key).geometry() for key in ("dot", "angle", "cosine")]
    height = readout.sizeHint().height()
    readout.set_pair(compare((-123456.789, 1e-7), (-1.23456, 2e5)))
    readout.layout().activate()
    assert [figure(readout, key).geometry() for key in ("dot", "angle", "cosine")] == places
    assert readout.sizeHint().height() == height
    readout.hide()
