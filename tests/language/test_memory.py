"""Texts are answered from memory, and memory stays small."""

from __future__ import annotations

from playground.language.memory import Remembered


def test_the_same_text_is_answered_once_until_all_is_forgotten() -> None:
    asked: list[str] = []

    @Remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    for text in ("A @ B", "A @ B", "A" * 400, "A" * 400):
        assert length(text) == len(text)
    assert asked == ["A @ B", "A" * 400]
    length.cache_clear()
    assert length("A @ B") == 5
    assert len(asked) == 3


def test_few_long_texts_are_kept_and_they_drive_out_no_short_one() -> None:
    asked: list[str] = []
    kept = Remembered(asked.append)
    kept("A @ B")
    for size in range(200, 300):
        kept("A" * size)
    kept("A @ B")
    kept("A" * 299)
    assert len(asked) == 101
    kept("A" * 200)
    assert len(asked) == 102
