"""The wish for a GPU: answered by a process of its own, with a switch, a reason, or a change of mind."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import psutil
import pytest

from playground.compute.devices import detect
from playground.session import gpu_search
from playground.session.gpu_search import GpuSearch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from playground.session.session import Session
    from playground.session.snapshot import Snapshot

FOREVER = "import time\nwhile True: time.sleep(1)"


@pytest.fixture
def search(session: Session, qtbot: QtBot) -> Iterator[GpuSearch]:
    del qtbot
    made = GpuSearch(session)
    yield made
    made.stop()


def looks_by(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the search run ``code`` instead of the real probe."""
    monkeypatch.setattr(gpu_search, "PROBE_COMMAND", (sys.executable, "-c", code))


def found(_: Snapshot, new: Snapshot) -> bool:
    return not new.looking_for_gpu and new.gpu is not None


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children()}


def test_the_real_search_agrees_with_the_doctor(session: Session, search: GpuSearch, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.snapshotChanged, timeout=40_000, check_params_cb=found):
        search.request("gpu")
        assert session.snapshot.looking_for_gpu
    report = session.snapshot.gpu
    assert report is not None
    assert report.code == detect().code
    assert session.snapshot.device == ("gpu" if report.code == "ok" else "cpu")
    if report.code != "ok":
        assert report.sentence
        assert report.cure


@pytest.mark.parametrize("code", ["1 / 0", "", "print('no json')", "import os; os.abort()", "print('{}')"])
def test_a_search_that_goes_wrong_says_so_and_stays_on_the_cpu(
    session: Session, search: GpuSearch, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    looks_by(monkeypatch, code)
    with qtbot.waitSignal(session.snapshotChanged, timeout=20_000, check_params_cb=found):
        search.request("gpu")
    assert session.snapshot.gpu is not None
    assert session.snapshot.gpu.sentence
    assert session.snapshot.device == "cpu"


def test_a_program_that_cannot_be_started_is_an_answer_too(
    session: Session, search: GpuSearch, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gpu_search, "PROBE_COMMAND", ("/no/such/program",))
    with qtbot.waitSignal(session.snapshotChanged, timeout=20_000, check_params_cb=found):
        search.request("gpu")
    assert session.snapshot.device == "cpu"
    assert not session.snapshot.looking_for_gpu


def test_a_search_that_takes_too_long_is_ended(
    session: Session, search: GpuSearch, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks_by(monkeypatch, FOREVER)
    before = children()
    search._limit.setInterval(300)
    with qtbot.waitSignal(session.snapshotChanged, timeout=20_000, check_params_cb=found):
        search.request("gpu")
    assert children() == before
    assert session.snapshot.gpu is not None
    assert session.snapshot.gpu.sentence


def test_a_second_wish_while_looking_starts_no_second_search(
    search: GpuSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks_by(monkeypatch, FOREVER)
    before = children()
    search.request("gpu")
    search.request("gpu")
    assert len(children() - before) <= 1
    search.stop()
    assert children() == before


def test_who_asks_for_the_cpu_meanwhile_stays_on_it(
    session: Session, search: GpuSearch, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A GPU that is found after the person changed their mind switches nothing."""
    looks_by(monkeypatch, FOREVER)
    before = children()
    search.request("gpu")
    search.request("cpu")
    assert children() == before
    assert not session.snapshot.looking_for_gpu
    assert session.snapshot.device == "cpu"
    looks_by(monkeypatch, "print('no json')")
    with qtbot.waitSignal(session.snapshotChanged, timeout=20_000, check_params_cb=found):
        search.request("gpu")  # every wish looks again


def answer(*indices: int) -> str:
    """Code that prints what the probe would where these GPUs can be used."""
    found = [{"index": index, "name": "GPU", "total_bytes": 1, "capability": "9.0"} for index in indices]
    return f"import json; print(json.dumps({{'ok': True, 'code': 'ok', 'devices': {found}}}))"


@pytest.mark.parametrize(
    ("wish", "there", "used"),
    [
        ("gpu", (0,), "gpu"),
        ("gpu", (1, 2), "gpu:1"),
        ("gpu:2", (1, 2), "gpu:2"),
        ("gpu:3", (0, 1), "gpu"),
    ],
)
def test_the_gpu_that_is_asked_for_is_used_or_the_first_there_is(
    session: Session,
    search: GpuSearch,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    wish: str,
    there: tuple[int, ...],
    used: str,
) -> None:
    looks_by(monkeypatch, answer(*there))
    with qtbot.waitSignal(
        session.snapshotChanged, timeout=20_000, check_params_cb=lambda old, new: new.device != old.device
    ):
        search.request(wish)
    assert session.snapshot.device == used
    notice = session.snapshot.notice
    assert (notice is not None and "gpu:3" in notice.text) == (wish == "gpu:3")


def test_after_a_cure_the_next_press_switches(
    session: Session, search: GpuSearch, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks_by(monkeypatch, 'print(\'{"code": "no-cupy"}\')')
    with qtbot.waitSignal(session.snapshotChanged, timeout=20_000, check_params_cb=found):
        search.request("gpu")
    assert session.snapshot.gpu is not None
    assert session.snapshot.gpu.code == "no-cupy"
    looks_by(monkeypatch, answer(0))
    with qtbot.waitSignal(
        session.snapshotChanged, timeout=20_000, check_params_cb=lambda old, new: new.device == "gpu"
    ):
        search.request("gpu")


def test_another_device_computes_the_document_there(session: Session) -> None:
    session.show_device("gpu")
    state = session.snapshot.results["C"]
    assert state.current or (state.failure is not None and state.failure.kind == "device")
    assert state.result is not None, "the picture from the CPU stays"
    session.show_device("cpu")
    assert session.snapshot.results["C"].current
