"""A screen of our own for the real window, and programs on it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.gui.hand import Program, Screen, missing_programs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a screen."""
    for item in items:
        if "/gui/" in item.path.as_posix():
            item.add_marker("gui")


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    """An X server, large enough for the largest window that is looked at."""
    missing = missing_programs()
    if missing:
        reason = f"a real window needs {' and '.join(missing)}: apt install xvfb xdotool"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    server = Screen(2560, 1440)
    yield server
    server.close()


@pytest.fixture
def start(screen: Screen, own_folders: Path) -> Iterator[Callable[..., Program]]:
    """``start("--example", "layer")`` opens the program's window; it is closed after the test."""
    del own_folders  # set before the program starts, so that its settings are this test's own
    programs: list[Program] = []

    def start_program(*arguments: str, module: str = "playground.cli") -> Program:
        program = Program(screen, module, list(arguments))
        programs.append(program)
        program.appear()
        return program

    yield start_program
    for program in programs:
        program.close()
