from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from playground.workspace.workspace import Workspace


@pytest.fixture
def sit(qtbot: QtBot, qapp: object) -> Callable[..., Person]:
    """``sit(workspace, size)`` opens the window and sits a person in front of it."""

    def down(document: Workspace | None = None, size: tuple[int, int] = (1280, 800), look: str = "light") -> Person:
        return Person(qtbot, document, size, look)

    return down


@pytest.fixture
def person(sit: Callable[..., Person]) -> Person:
    """A person in front of the first example: C = A @ B."""
    return sit()
