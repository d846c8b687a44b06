"""The engine's process: a thread that reads frames, and the main thread that serves them one after the other.

The reader takes wishes to stop as they come, whatever the main thread is doing, and ends the process when the pipe
closes, so that no engine outlives its window.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

import numpy as np

from playground.engine.core import EngineCore
from playground.engine.frames import FrameError, read_frame, write_frame
from playground.engine.messages import MissingArrayError, RefusedError, Request
from playground.engine.protocol import EXIT_PROTOCOL, VERSION, ProtocolError, decode, encode
from playground.engine.watchdog import Watchdog

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import FileIO

_FIRST_REPORT_S = 0.4
_REPORT_EVERY_S = 0.1

_Call = tuple[int, str, tuple[Any, ...]]
"""Number of the call, its operation, its arguments."""


class Server:
    """Serves one client over two pipes; the process ends with it.

    Parameters
    ----------
    incoming, outgoing
        Buffered for reading, unbuffered for writing.
    """

    def __init__(self, incoming: BinaryIO, outgoing: FileIO) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._calls: SimpleQueue[_Call] = SimpleQueue()
        self._serving = 0
        self._stop_through = 0
        self._late_failure = ""
        self._core = EngineCore(stop=self._stopped)
        self._saying = threading.Lock()
        self._next_report = self._reported = 0.0

    def run(self) -> NoReturn:
        """Greet the client, then serve until the pipe closes."""
        self._say("hello", VERSION, os.getpid())
        match self._next():
            case _, "hello", (int(version), int(limit), tuple(gpus)) if version == VERSION:
                self._core = EngineCore(limit, self._stopped, self._report, gpus)
            case call:
                _leave(EXIT_PROTOCOL, f"not the greeting of version {VERSION}: {call}")
        Watchdog(lambda: self._core.memory_limit).start()
        threading.Thread(target=self._read, name="engine-reader", daemon=True).start()
        while True:
            self._serve(*self._calls.get())

    def _stopped(self) -> bool:
        return self._stop_through >= self._serving

    def _read(self) -> None:
        """Life of the reader thread."""
        try:
            while True:
                match self._next():
                    case _, "stop", (int(through),):
                        self._stop_through = max(self._stop_through, through)
                    case call:
                        self._calls.put(call)
        except BaseException:  # whatever it was: without a reader the process must not live on
            traceback.print_exc()
            _leave(EXIT_PROTOCOL, "the reader failed")

    def _next(self) -> _Call:
        """Read one call; the process ends where the pipe closes or says nothing known."""
        try:
            frame = read_frame(self._incoming, self._core.memory_limit)
            if frame is None:
                _leave(0)
            match decode(*frame):
                case int(number), str(operation), tuple(arguments):
                    return number, operation, arguments
        except (FrameError, ProtocolError) as error:
            _leave(EXIT_PROTOCOL, str(error))
        _leave(EXIT_PROTOCOL, "a frame that is no call")

    def _serve(self, number: int, operation: str, arguments: tuple[Any, ...]) -> None:
        """Do one call and answer it, whatever comes of it; a call with the number 0 wants no answer."""
        if number == 0:
            self._do_quietly(operation, arguments)
            return
        self._serving = number
        self._next_report, self._reported = time.monotonic() + _FIRST_REPORT_S, 0.0
        try:
            if self._late_failure:
                raise RuntimeError(self._late_failure)
            self._say(number, "done", _do(self._core, operation, arguments))
        except MissingArrayError as error:
            self._say(number, "missing", str(error.args[0]))
        except RefusedError as error:
            self._say(number, "refused", error.failure)
        except (TypeError, ValueError) as error:
            self._say(number, "TypeError" if isinstance(error, TypeError) else "ValueError", str(error))
        except Exception:  # a bug: the client shows it, the engine goes on
            self._say(number, "bug", traceback.format_exc(limit=-20))
        self._late_failure = ""

    def _do_quietly(self, operation: str, arguments: tuple[Any, ...]) -> None:
        try:
            _do(self._core, operation, arguments)
        except Exception:  # the client checked it, so this is a bug, told with the next answer
            self._late_failure = traceback.format_exc(limit=-20)

    def _report(self, part: float) -> None:
        """Say how far the call that is served is; from any thread, and not more often than anybody would look."""
        now = time.monotonic()
        if now < self._next_report or not self._saying.acquire(blocking=False):
            return
        try:
            if part > self._reported:  # of two threads the one that is behind may come last
                self._next_report, self._reported = now + _REPORT_EVERY_S, part
                self._write(self._serving, "progress", part)
        finally:
            self._saying.release()

    def _say(self, *message: object) -> None:
        with self._saying:
            self._write(*message)

    def _write(self, *message: object) -> None:
        arrays: list[Any] = []
        said = encode(message, arrays)
        try:
            write_frame(self._outgoing, said, arrays)
        except OSError:
            _leave(0)  # nobody listens any more


def _do(core: EngineCore, operation: str, arguments: tuple[Any, ...]) -> object:
    if operation not in _OPERATIONS:
        raise ValueError(f"there is no operation {operation}")
    types, method = _OPERATIONS[operation]
    if len(arguments) != len(types) or not all(map(isinstance, arguments, types)):
        raise TypeError(f"{operation} does not take these arguments")
    return method(core, *arguments)


_OPERATIONS: dict[str, tuple[tuple[type, ...], Callable[..., object]]] = {
    "room": ((int,), EngineCore.check_room),
    "put": ((str, np.ndarray), lambda core, key, array: core.put(key, array, copy=False)),
    "attach": ((str, str, np.dtype, tuple), EngineCore.attach),
    "patch": ((str, str, list), EngineCore.patch),
    "drop": ((list,), EngineCore.drop),
    "threads": ((int,), EngineCore.set_threads),
    "memory": ((float,), EngineCore.set_memory_share),
    "compare": ((Request,), EngineCore.compare),
    "evaluate": ((Request,), EngineCore.evaluate),
    "why": ((Request,), EngineCore.why),
    "measure": ((Request,), EngineCore.measure),
    "peak": ((Request, np.dtype), EngineCore.peak),
    "race": ((Request,), EngineCore.race),
    "window": ((str, tuple), lambda core, key, place: core.window(key, *place)),
}
"""What a client may ask for: the types of the arguments, and what is called."""


def _leave(code: int, reason: str = "") -> NoReturn:
    """End the process now, whatever its other threads are in the middle of."""
    if reason:
        sys.stderr.write(f"engine: {reason}\n")
        sys.stderr.flush()
    os._exit(code)
