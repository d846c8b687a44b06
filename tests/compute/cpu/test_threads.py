"""Threads of the CPU: shown as they are, set for BLAS and chains at once, and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playground.compute.cpu import threads
from playground.compute.cpu.device import NumpyBackend, usable_cores
from playground.compute.cpu.threads import ThreadControl, Threads

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def control() -> Iterator[ThreadControl]:
    made = ThreadControl(NumpyBackend())
    yield made
    made.set(0)


def test_threads_are_shown_as_they_are(control: ThreadControl) -> None:
    found = control.threads()
    assert (found.count, found.cores, found.chain_threads) == (0, usable_cores(), usable_cores())
    assert found.blas
    assert found.blas in found.sentence
    assert str(usable_cores()) in found.sentence


def test_one_thread_is_one_for_blas_and_for_chains_and_is_given_back() -> None:
    backend = NumpyBackend()
    control = ThreadControl(backend)
    before = control.threads()
    control.set(1)
    found = control.threads()
    assert (found.count, found.chain_threads, backend.threads) == (1, 1, 1)
    assert found.blas_threads in (1, None)
    assert ThreadControl(NumpyBackend()).threads().blas_threads in (1, None), "the library itself was told"
    control.set(0)
    assert control.threads() == before


def test_a_change_after_a_change_still_knows_how_it_was(control: ThreadControl) -> None:
    before = control.threads()
    control.set(1)
    control.set(2)
    control.set(1)
    control.set(0)
    assert control.threads() == before


def test_more_threads_than_cores_are_as_many_as_there_are_cores(control: ThreadControl) -> None:
    control.set(10_000)
    found = control.threads()
    assert found.count == 10_000
    assert found.chain_threads == usable_cores()
    assert found.blas_threads is None or found.blas_threads <= usable_cores()


def test_a_library_that_does_not_tell_its_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        def select(self, **_: object) -> Nothing:
            return self

        def info(self) -> list[dict[str, object]]:
            return []

        def limit(self, **_: object) -> Nothing:
            return self

        def restore_original_limits(self) -> None:
            pass

    monkeypatch.setattr("threadpoolctl.ThreadpoolController", Nothing)
    monkeypatch.setattr(threads, "_built_with", lambda: ("accelerate", ""))
    control = ThreadControl(NumpyBackend())
    control.set(1)
    found = control.threads()
    assert found == Threads(1, usable_cores(), "Accelerate", "", None, 1)
    assert "does not tell" in found.sentence
