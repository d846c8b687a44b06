"""What an engine holds for the document: arrays in their present version, and the keys of results."""

from __future__ import annotations

import itertools
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from playground.compute.outcome import Failure
from playground.engine.messages import RefusedError
from playground.engine.spool import LEAST_BYTES
from playground.translation import tr
from playground.workspace.arrays import ArrayError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import numpy as np

    from playground.compute.cpu.threads import Threads
    from playground.compute.outcome import Peak, Race, Steady
    from playground.compute.precision import Comparison
    from playground.engine.messages import Memory, Request, Result
    from playground.engine.spool import Spool
    from playground.explain.why import Why
    from playground.workspace.arrays import Array, Patch


class Engine(Protocol):
    """What computes: `EngineClient` over a process, or `EngineCore` in this one; their methods are described there."""

    progressed: Callable[[float], object] | None
    """Told how far the running call is, between 0 and 1, in the thread that waits for it."""

    @property
    def alive(self) -> bool: ...  # noqa: D102
    def start(self) -> None: ...  # noqa: D102
    def put(self, key: str, array: np.ndarray) -> None: ...  # noqa: D102
    def check_room(self, nbytes: int) -> None: ...  # noqa: D102
    def attach(self, key: str, path: str, dtype: np.dtype, shape: tuple[int, ...]) -> None: ...  # noqa: D102
    def patch(self, key: str, new_key: str, patches: Sequence[Patch]) -> None: ...  # noqa: D102
    def drop(self, keys: Iterable[str]) -> None: ...  # noqa: D102
    def compare(self, request: Request) -> Comparison | Failure: ...  # noqa: D102
    def set_threads(self, count: int) -> Threads: ...  # noqa: D102
    def set_memory_share(self, share: float) -> Memory: ...  # noqa: D102
    def evaluate(self, request: Request) -> Result | Failure: ...  # noqa: D102
    def why(self, request: Request) -> Why | Failure: ...  # noqa: D102
    def measure(self, request: Request) -> Steady | Failure: ...  # noqa: D102
    def peak(self, request: Request, dtype: np.dtype) -> Peak | Failure: ...  # noqa: D102
    def race(self, request: Request) -> Race | Failure: ...  # noqa: D102
    def window(self, key: str, *place: int) -> np.ndarray: ...  # noqa: D102
    def cancel(self) -> None: ...  # noqa: D102
    def abandon(self, generation: int | None = None) -> None: ...  # noqa: D102
    def make_way(self) -> None: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


class Holdings:
    """Keeps one engine's store in step with the document and knows what is there. Calls may raise `EngineDied`.

    Large arrays are put into ``spool``, which outlives the engine.
    """

    def __init__(self, engine: Engine, spool: Spool, after: Holdings | None = None) -> None:
        self._engine = engine
        self._spool = spool
        self._serial: itertools.count[int] = itertools.count(1) if after is None else after._serial
        self._arrays: dict[str, tuple[str, Array]] = {}
        self._refused: dict[str, tuple[Failure, Array]] = {}
        self._results: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._results

    def new_key(self, name: str = "") -> str:
        """A key that was never used before: ``A#3`` of an array, ``=4`` of a result."""
        return f"{name}#{next(self._serial)}" if name else f"={next(self._serial)}"

    def add_result(self, key: str) -> None:
        """Know that the engine keeps a result under ``key``."""
        self._results.add(key)

    def drop_results(self, keys: Iterable[str | None]) -> bool:
        """Let the engine forget results; whether it held any of them."""
        gone = [key for key in keys if key is not None and key in self._results]
        if gone:
            self._results.difference_update(gone)
            self._engine.drop(gone)
        return bool(gone)

    def forget(self) -> None:
        """The engine's process has ended, and all that it held with it."""
        self._arrays.clear()
        self._refused.clear()
        self._results.clear()

    def array_key(self, name: str) -> str | Failure | None:
        """Key of an array, why the engine has no room for it, or None where there is no such array."""
        if name in self._refused:
            return self._refused[name][0]
        return self._arrays[name][0] if name in self._arrays else None

    def drop_arrays(self, arrays: Mapping[str, Array], *, other_limit: bool = False) -> bool:
        """Let the engine forget the arrays that are gone or were replaced; whether there may be room now.

        Those that were refused are tried again then, and where the engine's limit is another (``other_limit``).
        """
        gone = [name for name, (_, held) in self._arrays.items() if not _is_version(arrays.get(name), held)]
        if gone:
            self._engine.drop([self._arrays.pop(name)[0] for name in gone])
        if gone or other_limit:
            self._refused.clear()
        self._refused = {name: kept for name, kept in self._refused.items() if arrays.get(name) is kept[1]}
        return bool(gone) or other_limit

    def send_arrays(self, arrays: Mapping[str, Array]) -> None:
        """Bring the engine up to date with ``arrays``: only what differs is sent, nothing more once that is stopped."""
        with suppress(InterruptedError):
            for name, array in arrays.items():
                if name not in self._refused:
                    self._send(name, array)

    def _send(self, name: str, array: Array) -> None:
        key, old = self._arrays.get(name, ("", None))
        if old is array:
            return
        new_key = self.new_key(name)
        patches = None if old is None else array.changes_since(old)
        if patches is not None:
            self._engine.patch(key, new_key, patches)
        else:
            try:
                new_key = self._brought(name, new_key, array)
            except RefusedError as refusal:
                self._refused[name] = (refusal.failure, array)
                return
        self._arrays[name] = (new_key, array)

    def _brought(self, name: str, key: str, array: Array) -> str:
        """Give the whole ``array`` to the engine; returns its key."""
        path = self._path_of(array) if array.nbytes >= LEAST_BYTES else None
        if path is not None:
            self._engine.attach(key, str(path), array.dtype, array.shape)
            edits = array.changes_since(array.unedited)
            if not edits:
                return key
            edited = self.new_key(name)
            self._engine.patch(key, edited, edits)
            return edited
        self._engine.put(key, array.to_numpy())
        return key

    def _path_of(self, array: Array) -> Path | None:
        """A file of our own with the cells before any edit; None where the disk is full: then through the pipe."""
        self._engine.check_room(array.nbytes)
        try:
            return self._spool.path_of(array.base)
        except ArrayError as error:
            raise RefusedError(Failure("file", str(error))) from error
        except InterruptedError:
            raise
        except OSError as error:
            if array.stored is None:
                return None
            reason = {"name": array.stored.name, "reason": error.strerror or str(error)}
            raise RefusedError(
                Failure(
                    "file",
                    tr("{name} can't be copied for computing with it: {reason}.", **reason),
                    tr("Make room on the disk and open it again, or compute with a part of it."),
                )
            ) from error


def _is_version(array: Array | None, held: Array) -> bool:
    """Whether ``array`` is ``held``, or can be made of it by a patch."""
    return array is held or (array is not None and array.shares_base(held))
