"""The check before Qt starts: each way in which no window can open is one sentence with its cure."""

from __future__ import annotations

import re
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from playground import display

if TYPE_CHECKING:
    from collections.abc import Mapping

X11 = {"DISPLAY": ":0"}


def sentence_of(environment: Mapping[str, str], **how: Any) -> str:
    """The problem that must be there."""
    sentence = display.problem(environment, **how)
    assert sentence is not None
    return sentence


def everything(_: str) -> bool:
    return True


def nothing(_: str) -> bool:
    return False


def test_a_reachable_x_server_and_all_libraries_are_no_problem() -> None:
    assert display.problem(X11, system="linux", loads=everything, reaches=everything) is None


def test_no_screen_is_said() -> None:
    sentence = sentence_of({}, system="linux", loads=everything, reaches=everything)
    assert sentence.startswith("There is no screen to open a window on")
    assert "xvfb-run" in sentence


def test_a_server_that_does_not_answer_is_named() -> None:
    sentence = sentence_of({"DISPLAY": ":7"}, system="linux", loads=everything, reaches=nothing)
    assert "DISPLAY=:7 doesn't answer" in sentence


@pytest.mark.parametrize("library", [*display._EVERY_WINDOW, *display._X11_WINDOW])
def test_each_missing_library_is_named_with_its_packages(library: str) -> None:
    sentence = sentence_of(X11, system="linux", loads=lambda name: name != library, reaches=everything)
    debian, fedora = (display._EVERY_WINDOW | display._X11_WINDOW)[library]
    assert f"without {library}. " in sentence
    assert f"'apt install {debian}'" in sentence
    assert f"'dnf install {fedora}'" in sentence


def test_a_package_that_brings_two_libraries_is_named_once() -> None:
    sentence = sentence_of(X11, system="linux", loads=lambda name: not name.startswith("libg"), reaches=everything)
    assert sentence.count("libglib2.0-0") == 1


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:fullscreen"])
def test_without_a_screen_asked_for_only_the_common_libraries_matter(platform: str) -> None:
    environment = {"QT_QPA_PLATFORM": platform}
    assert display.problem(environment, system="linux", loads=lambda name: "xcb" not in name, reaches=nothing) is None
    assert "libEGL" in sentence_of(environment, system="linux", loads=nothing, reaches=nothing)


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_are_left_to_qt(system: str) -> None:
    assert display.problem({}, system=system, loads=nothing, reaches=nothing) is None


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="Wayland's socket is a Unix one")
def test_a_wayland_compositor_is_a_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's address must be short
    environment = {"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"}
    assert display.problem(environment, system="linux", loads=everything)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("wayland-0")
        assert display.problem(environment, system="linux", loads=everything) is None
        forced = {**environment, "QT_QPA_PLATFORM": "xcb"}
        assert sentence_of(forced, system="linux", loads=everything).startswith("There is no screen")


def test_a_library_that_is_not_there_does_not_load() -> None:
    assert not display.loads("libnothing-of-this-name.so.9")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the platform plugin is Linux's")
def test_the_tables_name_all_that_qt_is_linked_to() -> None:
    spec = find_spec("PySide6") if sys.modules.get("PySide6", True) else None
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("PySide6 is not installed")
    qt = Path(spec.submodule_search_locations[0]) / "Qt"
    linked: set[str] = set()
    for name in ("plugins/platforms/libqxcb.so", "lib/libQt6XcbQpa.so.6", "lib/libQt6Gui.so.6", "lib/libQt6DBus.so.6"):
        strings = re.findall(rb"(?<=\0)lib[\w.+-]+\.so\.\d+(?=\0)", (qt / name).read_bytes())
        linked |= {string.decode() for string in strings}
    system = re.compile(r"lib(Qt6|icu|stdc\+\+|gcc_s|c\.|m\.|dl\.|pthread|rt\.)")
    needed = {name for name in linked if not system.match(name)}
    assert needed
    assert needed <= {*display._EVERY_WINDOW, *display._X11_WINDOW}
