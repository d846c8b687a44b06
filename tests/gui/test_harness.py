"""Hand and eye themselves, on a window of three widgets: if these fail, no other real-window test tells anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.gui.hand import Program

PLAIN = "tests.gui.plain_window"


def test_what_is_typed_arrives(start: Callable[..., Program]) -> None:
    program = start(module=PLAIN)
    program.click(program.centre("edit"))
    program.type("A @ B.T")
    program.wait_until(lambda: program.read("edit", "text") == "A @ B.T", "the text")
    program.keys("ctrl+a", "BackSpace")
    program.wait_until(lambda: program.read("edit", "text") == "", "the text to go")


def test_a_drag_arrives(start: Callable[..., Program]) -> None:
    program = start(module=PLAIN)
    x, y = program.centre("pad")
    program.drag((x, y), (x + 60, y - 30))
    program.wait_until(lambda: program.read("pad", "text") == "60 -30", "the drag")


def test_the_screen_is_seen(start: Callable[..., Program], tmp_path: Path) -> None:
    program = start(module=PLAIN)
    picture = QImage(str(program.picture(tmp_path / "screen.png")))
    assert (picture.width(), picture.height()) == (2560, 1440)
    assert picture.pixelColor(105, 105).getRgb()[:3] == (200, 30, 30)


def test_a_closed_program_says_its_exit_code(start: Callable[..., Program]) -> None:
    program = start(module=PLAIN)
    assert program.close() == 0


def test_a_question_without_an_answer_is_an_error(start: Callable[..., Program]) -> None:
    program = start(module=PLAIN)
    with pytest.raises(LookupError, match="no widget nothing"):
        program.read("nothing", "text")
