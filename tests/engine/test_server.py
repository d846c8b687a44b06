"""The server against a client that says anything at all: it answers or ends, and never hangs."""

from __future__ import annotations

import errno
import io
import os
import random
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import playground
from playground.engine import server as server_module
from playground.engine.frames import read_frame, write_frame
from playground.engine.launch import COMMAND
from playground.engine.messages import Request
from playground.engine.protocol import EXIT_PROTOCOL, VERSION, decode, encode
from playground.engine.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 1 << 28
GREETING = (0, "hello", (VERSION, LIMIT, ()))
WITHIN_S = 60


class Peer:
    """Speaks frames with a server, by hand."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(Path(playground.__file__).parents[1])}
        self.process = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.outgoing, self.incoming = self.process.stdin, self.process.stdout

    def say(self, message: object) -> None:
        arrays: list[np.ndarray] = []
        said = encode(message, arrays)
        write_frame(self.outgoing, said, arrays)
        self.outgoing.flush()

    def hear(self) -> Any:
        frame = read_frame(self.incoming)
        return None if frame is None else decode(*frame)

    def ask(self, *call: object) -> Any:
        self.say(call)
        return self.hear()


@contextmanager
def server(*, greeted: bool = True) -> Iterator[Peer]:
    peer = Peer()
    try:
        assert peer.hear()[:2] == ("hello", VERSION)
        if greeted:
            peer.say(GREETING)
        yield peer
    finally:
        peer.process.kill()
        peer.process.communicate()


def ended(peer: Peer, data: bytes) -> int:
    """Send ``data``, close, and give the exit code."""
    peer.process.communicate(data, timeout=WITHIN_S)
    return peer.process.returncode


def test_it_ends_when_the_pipe_closes() -> None:
    with server() as peer:
        assert ended(peer, b"") == 0


def framed(message: object, *arrays: np.ndarray) -> bytes:
    stream = io.BytesIO()
    write_frame(stream, message, arrays)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"MPE1",
        b"MPE1\xff\xff\xff\xff",
        b"MPE1\x02\x00\x00\x00{}",
        framed(encode((1, "window", ("X", (0, 1, 0, 1))), []))[:-3],
        framed("no call"),
        framed(["o", "Popen", "ls"]),
        framed(["t", 1, 2, 3]),
        framed(["t", 1, "put", ["t", "X", ["a", 7]]]),
        framed(1, np.zeros(3))[:-1],
        b'MPE1\x29\x00\x00\x00{"m":1,"a":[["<f8",[1000000000,1000000]]]}',
    ],
)
def test_bytes_that_are_no_call_end_it(data: bytes) -> None:
    with server() as peer:
        assert ended(peer, data) == EXIT_PROTOCOL


@pytest.mark.parametrize(
    "greeting", [(0, "hello", (VERSION + 1, LIMIT, ())), (0, "hello", (VERSION, None, ())), (1, "drop", ([],)), "hello"]
)
def test_another_greeting_ends_it(greeting: object) -> None:
    with server(greeted=False) as peer:
        assert ended(peer, framed(encode(greeting, []))) == EXIT_PROTOCOL


@pytest.mark.parametrize(
    "call",
    [
        ("no_such_operation", ()),
        ("__init__", ()),
        ("window", ()),
        ("window", ("X", (0, 1, 0))),
        ("window", ("X", (0.5, 1, 0, 1))),
        ("window", (1, (0, 1, 0, 1))),
        ("put", ("X", [1, 2])),
        ("put", (2, np.ones(2))),
        ("patch", ("X", "Y", ["no patch"])),
        ("patch", ("X", "Y", ())),
        ("drop", ("X",)),
        ("drop", ([1, []],)),
        ("evaluate", ("A @ B",)),
        ("evaluate", (Request(None, {}, "=1"),)),  # type: ignore[arg-type]
        ("evaluate", (Request("A", {"A": 3}, "=1"),)),  # type: ignore[dict-item]
        ("evaluate", (Request("1", [], "=1"),)),  # type: ignore[arg-type]
        ("evaluate", (Request("1", {}, "=1", cell="x"),)),  # type: ignore[arg-type]
        ("evaluate", (Request("1", {}, ("=1",), repeat=-5),)),  # type: ignore[arg-type]
        ("why", (Request("1", {}, "=1", cell=(1.5, None)),)),  # type: ignore[arg-type]
        ("room", (10**30,)),
    ],
    ids=str,
)
def test_calls_that_make_no_sense_are_answered(call: tuple[object, ...], shared_server: Peer) -> None:
    answer = shared_server.ask(5, *call)
    assert answer[0] == 5
    assert answer[1] in {"done", "missing", "refused", "TypeError", "ValueError", "bug"}
    assert shared_server.ask(6, "put", ("A", np.ones(2))) == (6, "done", None)


@pytest.fixture(scope="module")
def shared_server() -> Iterator[Peer]:
    with server() as peer:
        yield peer


def test_a_late_failure_is_told_with_the_next_answer() -> None:
    with server() as peer:
        peer.say((0, "patch", ("nothing", "new", [])))
        assert peer.ask(1, "drop", ([],))[1] == "bug"
        assert peer.ask(2, "drop", ([],)) == (2, "done", None)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``drop`` fail as a full disk does."""

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setitem(server_module._OPERATIONS, "drop", ((list,), full))


@pytest.mark.usefixtures("failing")
def test_what_the_system_refuses_while_computing_is_told() -> None:
    said = io.BytesIO()
    Server(io.BytesIO(), said)._serve(3, "drop", ([],))  # type: ignore[arg-type]
    said.seek(0)
    frame = read_frame(said)
    assert frame is not None
    number, outcome, details = decode(*frame)  # type: ignore[misc]
    assert (number, outcome) == (3, "bug")
    assert "No space left on device" in details


@pytest.mark.usefixtures("failing")
def test_only_an_answer_that_nobody_takes_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(code: int) -> None:
        raise SystemExit(code)

    monkeypatch.setattr(os, "_exit", leave)
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb", buffering=0) as outgoing, pytest.raises(SystemExit) as left:  # noqa: PTH123 - a descriptor
        Server(io.BytesIO(), outgoing)._serve(3, "drop", ([],))
    assert left.value.code == 0


def test_wishes_to_stop_an_older_call_are_too_late() -> None:
    with server() as peer:
        assert peer.ask(7, "drop", ([],))[1] == "done"
        peer.say((0, "stop", (7,)))
        assert peer.ask(8, "evaluate", (Request("1 + 1", {}, "=1"),))[2].value == 2
        peer.ask(9, "put", ("A", np.ones(2)))
        peer.say((0, "stop", (10,)))
        assert peer.ask(10, "evaluate", (Request("A + 1", {"A": "A"}, "=1"),))[2].kind == "cancelled"


def test_random_damage_never_hangs_it() -> None:
    """12 streams by default; MATRIX_PLAYGROUND_FUZZ asks for more."""
    chance = random.Random(3)
    calls = b"".join(
        framed(encode((number, *call), arrays := []), *arrays)
        for number, call in enumerate(
            [
                ("put", ("A", np.ones((3, 3)))),
                ("evaluate", (Request("A @ A", {"A": "A"}, "=1", cell=(0, 0)),)),
                ("window", ("=1", (0, 2, 0, 2))),
                ("drop", (["A"],)),
            ],
            start=1,
        )
    )
    for _ in range(int(os.environ.get("MATRIX_PLAYGROUND_FUZZ", "12"))):
        damaged = bytearray(calls)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with server() as peer:
            assert ended(peer, bytes(damaged)) in {0, EXIT_PROTOCOL}
