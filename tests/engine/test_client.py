"""The engine's process: killed, crashed, too greedy, orphaned; the caller is told and can go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest

import playground
from playground.engine.client import EngineClient
from playground.engine.death import EngineDied
from playground.engine.launch import COMMAND
from playground.engine.messages import EngineBugError, Request
from playground.workspace.arrays import Patch
from tests.engine.long_work import ONE_STEP, meanwhile, put_long, works

WITH_PACKAGE = {**os.environ, "PYTHONPATH": str(Path(playground.__file__).parents[1])}
"""The environment of a program that finds the package."""

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send")


def fake(code: str) -> EngineClient:
    """A client whose engine runs ``code`` instead."""
    return EngineClient(1 << 30, command=[sys.executable, "-c", code])


HELLO = """
import io, os, sys
import playground.engine.server as server
from playground.engine.frames import read_frame, write_frame
from playground.engine.protocol import VERSION, decode, encode
incoming, outgoing = io.BufferedReader(io.FileIO(0, closefd=False)), io.FileIO(1, "w", closefd=False)
def say(*message):
    write_frame(outgoing, encode(message, []), [])
say("hello", VERSION, os.getpid())
read_frame(incoming)
"""
"""The beginning of an engine that behaves well, up to here."""


ECHO_GPUS = """
import io, os, signal
from playground.engine.frames import read_frame, write_frame
from playground.engine.protocol import VERSION, decode, encode
incoming, outgoing = io.BufferedReader(io.FileIO(0, closefd=False)), io.FileIO(1, "w", closefd=False)
def say(*message):
    write_frame(outgoing, encode(message, []), [])
say("hello", VERSION, os.getpid())
_, _, (_, _, gpus) = decode(*read_frame(incoming))
while True:
    number, operation, _ = decode(*read_frame(incoming))
    if operation == "window":
        os._exit(1)
    say(number, "done", list(gpus))
"""
"""An engine that gives the GPUs that it was told of for every result, and crashes where a window is wanted."""


# -- death ------------------------------------------------------------------------------------------------------------


def test_a_new_engine_is_told_of_the_gpus_that_were_used_unless_the_last_one_crashed() -> None:
    with fake(ECHO_GPUS) as client:

        def told(device: str) -> object:
            return client.evaluate(Request("1", {}, "=1", device))

        assert told("gpu:1") == []
        assert client._process is not None
        client._process.kill("cancelled")
        with pytest.raises(EngineDied):
            told("cpu")
        client.start()
        assert told("cpu") == ["gpu:1"]
        with pytest.raises(EngineDied):
            client.window("=1", 0, 1, 0, 1)
        client.start()
        assert told("cpu") == []


@needs_signals
@pytest.mark.parametrize(
    ("number", "word"), [("SIGKILL", "memory"), ("SIGSEGV", "library"), ("SIGABRT", "library"), ("SIGTERM", "ended")]
)
def test_a_death_in_the_middle_is_told_in_words(client: EngineClient, number: str, word: str) -> None:
    put_long(client)
    pid = client.pid
    assert pid is not None
    with meanwhile(client, lambda: os.kill(pid, getattr(signal, number))), pytest.raises(EngineDied) as died:
        client.evaluate(ONE_STEP)
    assert died.value.reason == "crashed"
    assert word in died.value.sentence
    assert ("Segmentation fault" in died.value.details) == (number == "SIGSEGV")
    client.start()
    assert works(client)


def test_a_death_while_nobody_looks_is_noticed_by_the_next_call(client: EngineClient) -> None:
    process = psutil.Process(client.pid)
    process.kill()
    process.wait(5)
    assert not client.alive
    with pytest.raises(EngineDied):
        client.window("X", 0, 1, 0, 1)
    client.start()
    assert works(client)


def test_calls_without_a_process_say_so() -> None:
    client = EngineClient()
    assert not client.alive
    assert client.pid is None
    with pytest.raises(EngineDied) as died:
        client.drop([])
    assert died.value.reason == "closed"
    client.cancel()
    client.close()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (HELLO + "read_frame(incoming); sys.exit(3)", "crashed"),
        (HELLO + "read_frame(incoming); os.write(1, b'MPE1')", "crashed"),
        (HELLO + "read_frame(incoming); os.write(1, b'Hello, I am a print'); read_frame(incoming)", "protocol"),
        (HELLO + "read_frame(incoming); write_frame(outgoing, ['z']); read_frame(incoming)", "protocol"),
        (HELLO + "os._exit(83)", "memory"),
        (HELLO + "os._exit(84)", "protocol"),
        ("import sys; print('not the engine', flush=True); sys.stdin.buffer.read(1)", "protocol"),
        ("import no_such_module", "start"),
        ("raise SystemExit(2)", "start"),
        (HELLO.replace("VERSION, os", "VERSION + 1, os"), "version"),
    ],
    ids=lambda value: value[-40:],
)
def test_an_engine_that_misbehaves_is_ended_and_told(code: str, reason: str) -> None:
    client = fake(code)

    def use() -> None:
        client.start()
        client.window("X", 0, 1, 0, 1)

    with pytest.raises(EngineDied) as died:
        use()
    assert died.value.reason == reason
    assert died.value.sentence
    assert not client.alive
    client.close()


def test_why_it_did_not_start_is_in_the_details() -> None:
    with pytest.raises(EngineDied) as died:
        fake("import no_such_module").start()
    assert "no_such_module" in died.value.details
    with pytest.raises(EngineDied) as died:
        EngineClient(command=["/no/such/program"]).start()
    assert died.value.reason == "start"


def test_a_lost_gpu_takes_a_new_process() -> None:
    lost = "say(1, 'done', Failure('device-lost', 'The GPU stopped working.'))"
    client = fake(
        f"{HELLO}\nfrom playground.compute.outcome import Failure\nread_frame(incoming)\n{lost}\nread_frame(incoming)"
    )
    client.start()
    with pytest.raises(EngineDied, match="stopped working") as died:
        client.evaluate(Request("1", {}, "=1"))
    assert died.value.reason == "device-lost"
    assert not client.alive


def test_a_bug_in_the_engine_is_raised_with_its_traceback_and_the_engine_goes_on(client: EngineClient) -> None:
    with pytest.raises(EngineBugError, match="Traceback"):
        client.evaluate(Request(5, {}, "=1"))  # type: ignore[arg-type]
    assert works(client)


def test_a_flood_of_standard_error_does_no_harm() -> None:
    code = """
read_frame(incoming)
os.write(2, b"x" * 600_000 + b"y")
os._exit(1)
"""
    client = fake("import os; os.write(2, b'x' * 600_000)" + HELLO + code)
    client.start()
    with pytest.raises(EngineDied) as died:
        client.window("X", 0, 1, 0, 1)
    assert died.value.details.endswith("y")
    assert len(died.value.details) <= 20_000


# -- memory -----------------------------------------------------------------------------------------------------------


def test_an_engine_over_its_limit_ends_itself() -> None:
    code = """
import playground.engine.watchdog as watchdog, sys
watchdog.SLACK_BYTES = 0
from playground.engine.__main__ import main
main()
"""

    def work(client: EngineClient) -> None:
        while True:
            client.evaluate(Request("1 + 1", {}, "=1"))

    with EngineClient(1000, command=[sys.executable, "-c", code]) as client, pytest.raises(EngineDied) as died:
        work(client)
    assert died.value.reason == "memory"
    assert "memory" in died.value.sentence


# -- the window's end, the terminal, the folder ------------------------------------------------------------------------

PARENT = """
import sys, time
import numpy as np
from playground.engine.client import EngineClient
from playground.engine.messages import Request
client = EngineClient()
client.start()
client.put("X", np.random.default_rng(1).random((1500, 1500)))
print(client.pid, flush=True)
{then}
"""


@pytest.mark.parametrize(
    "then", ["time.sleep(60)", "client.evaluate(Request('linalg.svd(X)', {'X': 'X'}, '=1'))"], ids=["idle", "busy"]
)
def test_an_engine_ends_with_its_window(then: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.replace("{then}", then)], stdout=subprocess.PIPE, env=WITH_PACKAGE
    )
    assert parent.stdout is not None
    with parent:
        engine = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    _, still_there = psutil.wait_procs([engine], timeout=20)
    assert not still_there


@needs_signals
def test_ctrl_c_in_the_terminal_is_for_the_window(client: EngineClient) -> None:
    pid = client.pid
    assert pid is not None
    assert os.getpgid(pid) != os.getpgid(0)
    os.kill(pid, signal.SIGINT)
    assert works(client)


def test_a_script_without_a_main_guard_starts_one_engine(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("print('once', flush=True)\n" + PARENT.replace("{then}", "client.close()"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True, timeout=60, env=WITH_PACKAGE
    )
    assert done.stdout.count("once") == 1
    assert done.stderr == ""


def test_files_in_the_current_folder_are_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("numpy", "json", "random", "playground"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from the current folder')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with EngineClient() as client:
        assert works(client)


def test_started_by_hand_it_ends_by_itself() -> None:
    done = subprocess.run(COMMAND, input=b"", capture_output=True, check=False, timeout=60, env=WITH_PACKAGE)
    assert done.returncode == 0


# -- order ------------------------------------------------------------------------------------------------------------


def test_many_patches_in_a_row_do_not_jam(client: EngineClient) -> None:
    client.put("A#0", np.zeros((64, 64)))
    for version in range(3000):
        client.patch(f"A#{version}", f"A#{version + 1}", [Patch(0, 0, np.full((1, 1), float(version)))])
    assert client.window("A#3000", 0, 1, 0, 1) == [[2999.0]]


def test_large_arrays_travel_whole(client: EngineClient) -> None:
    large = np.arange(3_000_000.0).reshape(1000, 3000)
    client.put("X", large.T)
    np.testing.assert_array_equal(client.window("X", 0, 3000, 0, 1000), large.T)
