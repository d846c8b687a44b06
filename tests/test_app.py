"""The composition root: a window with a real engine behind it, pictures without a screen, and the whole program."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication

from playground import app, settings
from playground.app import build_window, screenshot
from playground.language import ready
from playground.session.gpu_search import GpuSearch
from playground.views import theme
from playground.views.main_window import MainWindow
from tests.person import workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


def test_it_opens_with_the_first_example_or_what_it_is_given(qtbot: QtBot) -> None:
    for document, names in ((None, ("A", "B", "C")), (workspace(x=[1.0]), ("x",)), (workspace(), ())):
        window = build_window(document, inline=True)
        qtbot.addWidget(window)
        assert window.session.snapshot.workspace.names == names


def test_inline_has_its_result_when_it_is_shown(qtbot: QtBot) -> None:
    window = build_window(inline=True)
    qtbot.addWidget(window)
    window.show()
    assert window.session.snapshot.results["C"].current


def test_a_real_engine_computes_and_ends_with_the_window(qtbot: QtBot) -> None:
    window = build_window(workspace(A=[[1.0, 2], [3, 4]], C="A @ A"))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: _value(window, "C") == [[7, 10], [15, 22]], timeout=20_000)
    window.close()


def test_a_window_that_was_never_shown_closes_too(qtbot: QtBot) -> None:
    window = build_window()
    qtbot.addWidget(window)
    window.close()


# -- pictures ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "look"), [((1280, 800), "light"), ((2560, 1440), "dark")])
def test_a_picture_has_its_size_and_its_colours(tmp_path: Path, size: tuple[int, int], look: str) -> None:
    assert screenshot(tmp_path / "a.png", example="product", size=size, theme=look) == 0
    picture = QImage(str(tmp_path / "a.png"))
    assert picture.size().toTuple() == size
    assert (picture.pixelColor(size[0] // 2, size[1] // 2).lightness() < 128) == (look == "dark")


def test_a_picture_has_the_fonts_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    at_building: list[QFont] = []

    def built(*arguments: object, **keywords: object) -> MainWindow:
        at_building.append(qapp.font())
        return build_window(*arguments, **keywords)  # type: ignore[arg-type]

    qapp.setFont(QFont("serif", 30))
    monkeypatch.setattr(app, "build_window", built)
    assert screenshot(tmp_path / "a.png", size=(800, 600)) == 0
    assert at_building == [theme.sans()]


def test_a_picture_of_a_saved_workspace(tmp_path: Path) -> None:
    from playground.files.save import save

    save(tmp_path / "w.mplay", arrays={"x": np.eye(2)}, formulas={"y": "x @ x"})
    assert screenshot(tmp_path / "a.png", tmp_path / "w.mplay", size=(800, 600)) == 0
    assert QImage(str(tmp_path / "a.png")).width() == 800


def test_what_can_t_be_pictured_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert screenshot(tmp_path / "a.png", tmp_path / "missing.mplay") == 1
    assert "missing.mplay" in capsys.readouterr().err
    assert screenshot(tmp_path / "nowhere" / "a.png", size=(400, 300)) == 1
    assert "can't be written" in capsys.readouterr().err


# -- the program -------------------------------------------------------------------------------------------------


@pytest.fixture
def during(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[list[Callable[[MainWindow], None]]]:
    """What happens while the program runs; its event loop is replaced by these steps, then the window is closed."""
    steps: list[Callable[[MainWindow], None]] = []

    def run(*_: object) -> int:
        (window,) = (found for found in QApplication.topLevelWidgets() if isinstance(found, MainWindow))
        qtbot.waitUntil(lambda: not window.session.snapshot.computing, timeout=20_000)
        for step in steps:
            step(window)
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return 0

    hook = sys.excepthook
    monkeypatch.setattr(app, "display_problem", lambda: None)
    monkeypatch.setattr(QApplication, "exec", run)
    yield steps
    assert sys.excepthook == hook
    threshold = gc.get_threshold()
    app._collect_garbage()
    gc.unfreeze()
    gc.set_threshold(*threshold)


def test_the_program_opens_computes_and_ends(during: list[Callable[[MainWindow], None]]) -> None:
    seen: list[object] = []
    during.append(lambda window: seen.append(_value(window, "C")))
    assert app.main([]) == 0
    assert seen == [[[4, 0, 5, 4], [6, 6, -3, 12], [3, 5, -5, 8]]]


def test_files_and_a_formula_of_the_command_line(
    during: list[Callable[[MainWindow], None]], tmp_path: Path, qtbot: QtBot
) -> None:
    np.save(tmp_path / "numbers.npy", np.eye(2) * 3)
    seen: list[object] = []

    def step(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: _value(window, "A") == [[9, 0], [0, 9]], timeout=20_000)
        seen.append(window.session.snapshot.workspace.names)

    during.append(step)
    assert app.main([tmp_path / "numbers.npy"], formula="numbers @ numbers") == 0
    assert seen == [("numbers", "A")]


def test_threads_and_device_are_those_of_the_last_time(
    during: list[Callable[[MainWindow], None]], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    during.append(lambda window: window.settingChosen.emit("threads", 1))
    during.append(lambda window: window.session.show_device("gpu:1"))
    assert app.main([]) == 0
    assert (settings.load().threads, settings.load().device) == (1, "gpu:1")
    monkeypatch.setattr(app, "_SETTLED_MS", 0)
    asked: list[str] = []
    monkeypatch.setattr(GpuSearch, "request", lambda _search, device: asked.append(device))
    seen: list[int | None] = []
    during[:] = [
        lambda window: seen.append(window.session.snapshot.threads),
        lambda _window: qtbot.waitUntil(lambda: bool(asked)),
    ]
    assert app.main([]) == 0
    assert seen == [1]
    assert asked == ["gpu:1"]
    assert settings.load().device == "gpu:1", "a GPU that isn't there today may be there tomorrow"


def test_a_chosen_look_is_remembered(during: list[Callable[[MainWindow], None]]) -> None:
    during.append(lambda window: window.set_look("dark"))
    during.append(lambda window: window.toggle_projector())
    app.main([], example="rotation")
    assert (settings.load().theme, settings.load().projector) == ("dark", True)
    seen: list[float] = []
    during[:] = [lambda _window: seen.append(theme.scale())]
    app.main([])
    assert seen == [settings.load().projector_scale]
    assert theme.current().dark


def test_without_a_display_there_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(app, "display_problem", lambda: "There is no screen.")
    assert app.main([]) == 1
    assert capsys.readouterr().err == "There is no screen.\n"


def test_a_window_that_stands_makes_ready_for_mistakes_a_step_after_each_event(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    done: list[str] = []

    def steps() -> Iterator[None]:
        for step in ("first", "second"):
            done.append(step)
            yield

    monkeypatch.setattr(ready, "steps", steps)
    monkeypatch.setattr(app, "_collect_garbage", lambda: done.append("garbage"))
    window = QObject()
    app._settle(window)
    assert done == ["first"]
    qtbot.waitUntil(lambda: done == ["first", "second", "garbage"])


def _value(window: MainWindow, name: str) -> object:
    state = window.session.snapshot.results.get(name)
    return state.result.value.tolist() if state is not None and state.current and state.result is not None else None
