"""How far a written word is from the one that may have been meant: the keys that went wrong between them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEYS_PER_SLIP: Final = 3
"""Letters that a word has for each wrong key that is forgiven."""
_SURE: Final = 3
"""Letters up to which a word is like another only by a key too many, too few, or two swapped: ``cot`` isn't ``cos``."""
_STEM: Final = 4
"""Letters that a longer and a shorter form of one word begin with at least."""
_ENDING: Final = 3
"""Letters that a word may have more than its shorter form: the ``ed`` of ``sorted``."""


def strangeness(word: str, other: str) -> float | None:
    """Give how strange it would be to write ``word`` for ``other``: 0 for case alone; None where nobody would.

    ``other`` counts as a whole, and as what stands behind its last dot.
    """
    wrong = word.lower().replace("_", "")
    letters = set(wrong)
    most = max(1, len(wrong) // _KEYS_PER_SLIP)
    found = [
        score
        for form, its in _forms(other)
        if ((len(letters - its) <= most and len(its - letters) <= most) or form[:_STEM] == wrong[:_STEM])
        and (score := _between(wrong, form, most)) is not None
    ]
    return min(found, default=None)


@lru_cache(maxsize=2048)
def _forms(name: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Give a name without case and underscores, as a whole and behind its last dot, each with its letters."""
    bare = name.lower().replace("_", "")
    return tuple((form, frozenset(form)) for form in dict.fromkeys((bare, bare.rpartition(".")[2])))


def _between(wrong: str, right: str, most: int) -> float | None:
    if wrong == right:
        return 0.0
    if not wrong or not right:
        return None
    keys = _keys(wrong, right, most) if abs(len(wrong) - len(right)) <= most else None
    if keys is not None and (wrong[0] == right[0] or len(wrong) > _STEM + 1) and not _is_another(wrong, right):
        return keys / len(wrong)
    if len(right) > len(wrong) >= _STEM and right.startswith(wrong):
        return 0.5 + (len(right) - len(wrong)) / 100
    if len(wrong) > len(right) > 2 and wrong.startswith(right) and len(wrong) - len(right) <= _ENDING < len(wrong):
        return 0.6 + (len(wrong) - len(right)) / 100
    return None


_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
"""Keys beside each other, in most of Europe and America."""


def slips(word: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Give the names of three letters that a finger beside its key makes ``word``; then what it shortens.

    ``sun`` is ``sum``, ``eya`` is ``eye`` (a vowel for a vowel), ``ary`` is ``array``.
    """
    if len(word) != _SURE or not word.isalpha():
        return ()
    names = [name for name in candidates if "." not in name]
    near = [(far, name) for name in names if len(name) == _SURE and (far := _finger(word, name)) is not None]
    found = [name for _, name in sorted(near, key=lambda each: each[0])]
    letters = ".*".join(map(re.escape, word))
    longer = (name for name in names if _SURE < len(name) <= _SURE + 2)
    return tuple(found[:3]) or tuple(name for name in longer if re.fullmatch(letters, name))[:1]


def _finger(word: str, name: str) -> int | None:
    """Tell how far the one wrong key lies from the right one: 1 beside it, 2 for a vowel; None for other words."""
    wrong = [(key, right) for key, right in zip(word, name, strict=True) if key != right]
    if len(wrong) != 1:
        return None
    pair = "".join(wrong[0])
    if any(pair in row or pair[::-1] in row for row in _ROWS):
        return 1
    return 2 if set(pair) <= set("aeiou") else None


def _is_another(wrong: str, right: str) -> bool:
    """Tell whether a short word is more likely one of its own: of equal length, other letters."""
    if len(wrong) == 1 or len(right) == 1:
        return len(wrong) + len(right) == 2
    return len(wrong) <= _SURE and len(wrong) == len(right) and sorted(wrong) != sorted(right)


def _keys(wrong: str, right: str, most: int) -> int | None:
    """Count the keys between two words: one too many, too few, another one, or two swapped; None for over ``most``.

    The optimal string alignment distance (Damerau, "A technique for computer detection and correction of spelling
    errors", CACM 7(3), 1964).
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, key in enumerate(wrong, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(right, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (key != other))
            if i > 1 and j > 1 and key == right[j - 2] and wrong[i - 2] == other:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None
