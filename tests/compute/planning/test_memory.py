"""The refusal of what can't fit."""

from __future__ import annotations

from playground.compute.cpu.device import NumpyBackend
from playground.compute.planning.memory import ALWAYS_FITS, refuse


class Small(NumpyBackend):
    """A machine with 16 GB free."""

    def free_bytes(self) -> int:
        return 16 * 10**9


def test_both_figures() -> None:
    trouble = refuse(10 * 10**12, Small(), None)
    assert trouble is not None
    assert trouble.message == "This needs 10 TB; 11 GB of the 16 GB that are free on the CPU may be used."
    assert trouble.hint


def test_what_is_refused_is_more_than_what_the_sentence_allows() -> None:
    trouble = refuse(15 * 10**9, Small(), None)
    assert trouble is not None
    assert trouble.message == "This needs 15 GB; 11 GB of the 16 GB that are free on the CPU may be used."


def test_seventy_per_cent_of_what_is_free() -> None:
    assert refuse(11 * 10**9, Small(), None) is None
    assert refuse(12 * 10**9, Small(), None) is not None


def test_a_limit_of_the_caller() -> None:
    assert refuse(1000, Small(), 1000) is None
    trouble = refuse(1001, Small(), 1000)
    assert trouble is not None
    assert trouble.message == "This needs 1 kB; the limit is 1 kB."


def test_small_plans_do_not_ask_the_system() -> None:
    class Asked(NumpyBackend):
        def free_bytes(self) -> int:
            raise AssertionError

    assert refuse(ALWAYS_FITS, Asked(), None) is None
