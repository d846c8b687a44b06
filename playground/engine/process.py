"""The child process of the engine as its owner sees it: pipes, captured errors, and why it ended."""

from __future__ import annotations

import io
import signal
import subprocess
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from playground.engine.death import sentence_for
from playground.engine.frames import Outbox, StreamEndedError, read_frame
from playground.engine.protocol import EXIT_MEMORY, EXIT_PROTOCOL, decode
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

_ERRORS_KEPT = 16 << 10
_PIPE_BYTES = 1 << 20
_ENDS_WITHIN_S = 2.0


class EngineProcess:
    """A running engine, taken over from `launch`."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        assert isinstance(self._process.stdin, io.FileIO)
        assert isinstance(self._process.stdout, io.FileIO)
        self.outgoing = Outbox(self._process.stdin)
        self.incoming = io.BufferedReader(self._process.stdout, 1 << 16)
        for pipe in (self._process.stdin, self._process.stdout):
            _widen(pipe)
        self.killed_for: str | None = None
        self._errors = b""
        self._collector = threading.Thread(target=self._collect, name="engine-errors", daemon=True)
        self._collector.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def kill(self, reason: str) -> None:
        """End it now, whatever it is doing; ``reason`` becomes the reason of its death. From any thread."""
        if self.killed_for is None:
            self.killed_for = reason
        self._process.kill()

    def reply(self, progressed: Callable[[float], object] | None) -> object:
        """Wait for the next answer; ``progressed`` is told how far the call is until then.

        Raises StreamEndedError where the process ends meanwhile, `FrameError` and `ProtocolError` for what isn't said.
        """
        while (frame := read_frame(self.incoming)) is not None:
            match decode(*frame):
                case int(), "progress", float(part):
                    if progressed is not None:
                        progressed(part)
                case answer:
                    return answer
        raise StreamEndedError

    def end(self) -> None:
        """Let it go: close its pipes, wait, and end it where that isn't enough."""
        with suppress(OSError):
            self.outgoing.close()
        try:
            self._process.wait(_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.kill("protocol")
            with suppress(subprocess.TimeoutExpired):  # stuck in a driver: the system keeps it, we go on
                self._process.wait(_ENDS_WITHIN_S)
        self._collector.join(_ENDS_WITHIN_S)
        with suppress(OSError):
            self.incoming.close()

    def cause(self) -> tuple[str, str]:
        """Say why an ended process ended: the keyword of `EngineDied.reason`, and a sentence for a person."""
        if self.killed_for is not None:
            return self.killed_for, sentence_for(self.killed_for)
        code = self._process.returncode
        if code == EXIT_MEMORY:
            return "memory", sentence_for("memory")
        if code == EXIT_PROTOCOL:
            return "protocol", sentence_for("protocol")
        return "crashed", _crash_sentence(code)

    def errors(self) -> str:
        """Give the last 16 KiB that it wrote to its standard error, for a report."""
        return self._errors.decode(errors="replace")

    def _collect(self) -> None:
        stream = self._process.stderr
        assert stream is not None
        with stream:
            while piece := stream.read(_ERRORS_KEPT):
                self._errors = (self._errors + piece)[-_ERRORS_KEPT:]


def _crash_sentence(code: int | None) -> str:
    described = _CRASHES.get(code if code is not None and code < 0 else (code or 0) & 0xFFFFFFFF)
    if described == "memory":
        return tr("The system ended the computing process, most likely because memory ran out.")
    if described is not None:
        return tr("The computing process crashed inside a library: {what}.", what=tr(described))
    return tr("The computing process ended unexpectedly (exit code {code}).", code=code)


_ACCESS = "it touched memory that isn't its own"
_INSTRUCTION = "it used an instruction that this processor doesn't have"
_CRASHES: dict[int, str] = {
    # What Windows gives instead of signals.
    0xC0000005: _ACCESS,
    0xC000001D: _INSTRUCTION,
    0xC00000FD: "its stack overflowed",
    0xC0000409: "it gave up after an internal error",
} | {
    -number: text
    for name, text in (
        ("SIGSEGV", _ACCESS),
        ("SIGBUS", _ACCESS),
        ("SIGILL", _INSTRUCTION),
        ("SIGFPE", "an arithmetic fault"),
        ("SIGABRT", "it gave up after an internal error"),
        ("SIGKILL", "memory"),
    )
    if (number := getattr(signal, name, None)) is not None
}


def _widen(pipe: io.FileIO) -> None:
    """Give a pipe more room, where the system can: large arrays then travel in fewer pieces."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl  # Unix only

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
