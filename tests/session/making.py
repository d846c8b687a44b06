"""Workspaces from plain values, and an engine that can be watched, killed and made to refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.outcome import Failure
from playground.engine.core import EngineCore
from playground.engine.death import EngineDied
from playground.engine.messages import RefusedError
from playground.session.session import Session
from playground.session.worker import InlineWorker
from playground.workspace.arrays import Array
from playground.workspace.edits import SetBlock
from playground.workspace.workspace import ArrayEntry, FormulaEntry, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from playground.engine.messages import Request, Result
    from playground.session.held import Engine
    from playground.session.snapshot import Snapshot
    from playground.workspace.arrays import Patch

LIMIT = 1 << 30
"""Bytes that an engine under test may take."""


def workspace(**entries: Any) -> Workspace:
    """``workspace(A=[[1, 2]], C="A.T")``: texts are formulas, lists arrays of float64, arrays stay as they are."""
    return Workspace(tuple(_entry(name, value) for name, value in entries.items()))


def _entry(name: str, value: Any) -> ArrayEntry | FormulaEntry:
    if isinstance(value, str):
        return FormulaEntry(name, value)
    return ArrayEntry(name, Array.of(value if isinstance(value, np.ndarray) else np.array(value, np.float64)))


PRODUCT = {"A": [[2, 1], [0, 3], [-1, 2]], "B": [[1, -1, 3, 0], [2, 2, -1, 4]], "C": "A @ B"}


class FakeEngine(EngineCore):
    """Computes as `EngineCore` does, notes every call, and fails as it is told.

    Attributes
    ----------
    calls
        ``(method, argument)`` in order: the new key of a put or a patch, the text of an evaluation...
    dies
        Texts of formulas whose evaluation ends the engine, with the reason, as often as the list is long.
    limit
        Bytes above which an array is refused, None for never.
    """

    def __init__(self) -> None:
        super().__init__(LIMIT)
        self.calls: list[tuple[str, str]] = []
        self.dies: dict[str, list[str]] = {}
        self.limit: int | None = None
        self.running = False
        self.before_evaluate: Callable[[Request], None] = lambda request: None

    def count(self, method: str) -> int:
        """How often ``method`` was called since ``calls`` was last cleared."""
        return sum(name == method for name, _ in self.calls)

    def told(self, method: str) -> list[str]:
        """What ``method`` was called with."""
        return [argument for name, argument in self.calls if name == method]

    def kill(self) -> None:
        """The process is gone, with all that it held."""
        self.running = False
        super().close()

    @property
    def alive(self) -> bool:
        return self.running

    def start(self) -> None:
        self._note("start", "", needed=False)
        if self.dies.get("start"):
            raise EngineDied(self.dies["start"].pop())
        self.running = True

    def put(self, key: str, array: np.ndarray, *, copy: bool = True) -> None:
        self._note("put", key)
        if self.limit is not None and array.nbytes > self.limit:
            raise RefusedError(Failure("memory", f"{array.nbytes} bytes are too many."))
        super().put(key, array, copy=copy)

    def patch(self, key: str, new_key: str, patches: Sequence[Patch]) -> None:
        self._note("patch", new_key)
        super().patch(key, new_key, patches)

    def drop(self, keys: Iterable[str]) -> None:
        keys = tuple(keys)
        self._note("drop", ",".join(keys))
        super().drop(keys)

    def evaluate(self, request: Request) -> Result | Failure:
        self._note("evaluate", request.source)
        self.before_evaluate(request)
        if request.generation < self._wanted_generation:
            return Failure("cancelled", "Another is wanted.")
        if self.dies.get(request.source):
            self.kill()
            raise EngineDied(self.dies[request.source].pop())
        return super().evaluate(request)

    def why(self, request: Request) -> Any:
        self._note("why", request.source)
        if request.generation < self._wanted_generation:
            return Failure("cancelled", "Another is wanted.")  # as the client answers
        return super().why(request)

    def window(self, key: str, *place: int) -> np.ndarray:
        self._note("window", key)
        return super().window(key, *place)

    def close(self) -> None:
        self.running = False
        super().close()

    def _note(self, method: str, argument: str, *, needed: bool = True) -> None:
        self.calls.append((method, argument))
        if needed and not self.running:
            raise EngineDied("crashed")


def session_of(document: Workspace, engine: Engine | None = None) -> Session:
    """A session that computes in this process and at once, started."""
    session = Session(document, InlineWorker(engine if engine is not None else EngineCore(LIMIT)))
    session.start()
    return session


def cell(name: str, row: int, column: int, value: float) -> SetBlock:
    """The edit of one cell."""
    return SetBlock(name, row, column, np.array([[value]]))


def value_of(session: Session, name: str) -> np.ndarray:
    """The result that is shown for a formula, current or not."""
    result = session.snapshot.results[name].result
    assert result is not None
    assert result.value is not None
    return result.value


def is_current(session: Session, name: str) -> bool:
    """Whether a formula's result belongs to the document as it is."""
    state = session.snapshot.results.get(name)
    return state is not None and state.current


def failure_of(session: Session, name: str) -> Failure:
    """Why a formula has no result."""
    failure = session.snapshot.results[name].failure
    assert failure is not None
    return failure


def snapshots(session: Session) -> list[tuple[Snapshot, Snapshot]]:
    """Every change from now on."""
    seen: list[tuple[Snapshot, Snapshot]] = []
    session.snapshotChanged.connect(lambda old, new: seen.append((old, new)))
    return seen


def numbers(session: Session, name: str) -> Any:
    """Cells of an array as lists."""
    return session.snapshot.workspace.arrays[name].to_numpy().tolist()


def choice(session: Session) -> tuple[object, ...]:
    """What is chosen."""
    now = session.snapshot
    return now.selected, now.shown, now.cell
