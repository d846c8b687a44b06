"""The history of evaluations: in order, a drag once, a measurement no second time, and not without end."""

from __future__ import annotations

from playground.views.timing.history import MOST, Evaluated, History


def one(key: str, seconds: float = 1.0, name: str = "C") -> Evaluated:
    return Evaluated(key, name, "A @ B", "CPU", seconds)


def keys(history: History) -> list[str]:
    return [found.key for found in history]


def test_they_stand_in_order_and_the_oldest_go() -> None:
    history = History()
    for number in range(MOST + 5):
        assert history.add(one(f"={number}"))
    assert len(history) == MOST
    assert (history[0].key, history[-1].key) == ("=5", f"={MOST + 4}")


def test_a_later_measurement_corrects_and_adds_nothing() -> None:
    history = History()
    history.add(one("=1", 2.0))
    history.add(one("=2", 3.0))
    assert history.add(one("=1", 1.5))
    assert not history.add(one("=1", 1.5))
    assert [found.seconds for found in history] == [1.5, 3.0]


def test_the_frames_of_a_drag_are_one() -> None:
    history = History()
    history.add(one("=1"))
    for number in (2, 3, 4):
        history.add(one(f"={number}"), moving=True)
    history.add(one("=5"))
    history.add(one("=6"))
    assert keys(history) == ["=1", "=5", "=6"]


def test_another_entry_is_no_frame_of_a_drag() -> None:
    history = History()
    history.add(one("=1"), moving=True)
    history.add(one("=2", name="D"), moving=True)
    assert keys(history) == ["=1", "=2"]
