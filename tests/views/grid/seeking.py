"""What the tests of searching and counting share: keys, what is said, and cells that a thread must wait for."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from playground.views.grid.source import ArraySource
from tests.person import CTRL, KEY, Person

if TYPE_CHECKING:
    from playground.views.grid.grid import Grid


def at(grid: Grid) -> tuple[int, int]:
    return grid.selection.row, grid.selection.column


def find(person: Person, text: str) -> None:
    person.key(KEY.Key_F, CTRL)
    person.key(KEY.Key_A, CTRL)
    person.type(text)
    person.key(KEY.Key_Return)


def said(person: Person) -> str:
    return person.shown("findSaid")[0].text()


def notice(person: Person) -> str:
    return person.snapshot.notice.text if person.snapshot.notice is not None else ""


class Slow(ArraySource):
    """Cells that a thread gets only after ``let`` was set."""

    def __init__(self, array: np.ndarray) -> None:
        super().__init__(array)
        self.let, self.reading = threading.Event(), threading.Event()
        self.tall = False

    def reader(self, slicing: object = None) -> Slow:
        return self

    def read(self, r0: int, r1: int, c0: int, c1: int) -> np.ndarray:
        self.reading.set()
        self.let.wait(20)
        return self.block(r0, r1, c0, c1)

    def close(self) -> None:
        self.let.set()


LARGE = np.zeros((2000, 1000))
LARGE[1500, 7] = LARGE[1999, 999] = 5
