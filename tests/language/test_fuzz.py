"""Texts bred from every worked example and every hostile text: nothing but an answer ever comes back.

A text that infers is also computed, where it is small: what inference promised is what comes.
"""

from __future__ import annotations

import os
import random
import re
import string
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import playground as mp
from playground.language.functions import FUNCTIONS
from playground.language.infer import infer
from playground.language.signature import Signature, TupleSignature
from tests.language.expressions import fits
from tests.language.test_hostile import HOSTILE

if TYPE_CHECKING:
    from playground.language.functions import Function
    from playground.language.infer import Inference

TEXTS = int(os.environ.get("MATRIX_PLAYGROUND_TEXTS", "1500"))
"""How many texts; ask for a hundred thousand to look for what is rare."""

ARRAYS = {
    "A": np.arange(6.0).reshape(3, 2) - 2,
    "B": np.arange(8, dtype=np.float32).reshape(2, 4),
    "v": np.array([2, -1, 3]),
    "m": np.array([True, False, True]),
    "z": np.array([1 + 2j, 3]),
    "T": np.ones((2, 3, 2), np.float16),
    "n": np.array(2),
    "o": np.zeros((0, 3)),
}
OPERANDS = {name: Signature(array.shape, array.dtype) for name, array in ARRAYS.items()}
SEEDS = [row.example for row in FUNCTIONS.values()] + [text for text in HOSTILE if len(text) < 200]
EXAMPLES = [row.example for row in FUNCTIONS.values()]
PLACES = re.compile(r"\[\[.*?\]\]|\[[^][]*\]|-?\b\d+(?:\.\d+)?\b")
"""Lists and numbers of an example."""
WORDS = [
    *FUNCTIONS, *ARRAYS, *(f".{row.name}" for row in FUNCTIONS.values() if row.method), ".T", ".shape", ".real",
    "*A, ", "0 * (A, A)", "(A, 0) * 0", "torch.softmax(", "F.", "axis=",
    "keepdims=True", "dtype=float32", "None", "...", "True", "1j", "1e308", "nan", "inf", "-1", "0", "2",
    "10**9", "(", ")", "[", "]", ",", ":", "@", "*", "**", "//", "%", "&", "~", "<", "==", "'ij'", "(2, 3)", "[0, 1]",
]  # fmt: skip
COMPUTED_CELLS = 10_000


def bred(random_: random.Random) -> str:
    """A worked example grown by others in the place of its lists and numbers, or any text with some changes."""
    if random_.random() < 0.5:
        return grown(random_)
    text = random_.choice(SEEDS)
    for _ in range(random_.randint(1, 4)):
        text = changed(text, random_)
    return text[:2000]


def grown(random_: random.Random) -> str:
    """Examples inside each other: most are read, many infer."""
    text = random_.choice(EXAMPLES)
    for _ in range(random_.randint(1, 3)):
        places = list(PLACES.finditer(text))
        if places:
            place = random_.choice(places)
            part = random_.choice(
                [*ARRAYS, "A.T", "v[:, None]", "-1", "0", "1.5", "(2, 3)", *random_.sample(EXAMPLES, 3)]
            )
            text = text[: place.start()] + part + text[place.end() :]
    return text


def changed(text: str, random_: random.Random) -> str:
    """``text`` with something put in, taken out, put around it or after it."""
    at = random_.randint(0, len(text))
    match random_.randrange(7):
        case 0:
            return text[:at] + random_.choice(WORDS) + text[at:]
        case 1:
            return text[:at] + random_.choice(WORDS) + text[at + random_.randint(1, 3) :]
        case 2:
            return text[:at] + text[at + random_.randint(1, 4) :]
        case 3:
            return text[:at] + random_.choice(SEEDS) + text[at:]
        case 4:
            return text[:at] + random_.choice(string.printable + "é→А⊗\u200b\ud800") + text[at:]
        case 5:
            return f"{random_.choice(WORDS)}({text})"
        case _:
            return f"({text}) {random_.choice(['@', '*', '+', '<', '**'])} {random_.choice([*ARRAYS])}"


def check(text: str) -> None:
    """Hold everything that is promised of any text against ``text``."""
    found = infer(text, OPERANDS)
    assert found.ok == (found.signature is not None)
    for problem in (*found.problems, *found.warnings):
        assert problem.message
        assert problem.kind != "bug"
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        for repair in problem.repairs:
            assert infer(repair.source, OPERANDS).ok is not repair.leaves_mistake, repair
    if found.ok and not found.shapes and _is_small(found):
        compute(text, found)


def _is_small(found: Inference) -> bool:
    """Whether it is quickly computed; sizes that only the data decides are small where all others are."""
    sizes = [
        item.size or 0
        for step in found.steps
        for item in (step.signature.items if isinstance(step.signature, TupleSignature) else (step.signature,))
    ]
    return max(sizes, default=0) <= COMPUTED_CELLS and (found.flops or 0) <= 10**6


def compute(text: str, found: Inference) -> None:
    """Compute ``text``: it may fail in a sentence, and else it is what was inferred."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", np.exceptions.ComplexWarning)
        try:
            value = mp.evaluate(text, ARRAYS, memory_limit=1 << 30).value
        except mp.ComputationError:
            return
    assert fits(found.signature, _signature(value)), (text, found.signature, _signature(value))


def _signature(value: Any) -> Signature | TupleSignature:
    if isinstance(value, tuple):
        return TupleSignature(tuple(Signature(item.shape, item.dtype) for item in value))
    return Signature(value.shape, value.dtype)


@pytest.mark.parametrize("part", range(4))
def test_any_text_is_answered(part: int) -> None:
    """MATRIX_PLAYGROUND_TEXTS asks for more of them."""
    random_ = random.Random(part)
    failures = []
    for _ in range(TEXTS // 4):
        text = bred(random_)
        try:
            check(text)
        except Exception as error:
            failures.append(f"{text!r}: {error!r}"[:500])
    assert not failures, "\n".join(failures[:20])


ODD = ["", "None", "None, None", "[]", "[], []", "2**63", "-(2**63)", "'x'", "A", "A, None", "A, A", "T, A", "m", "o",
       "True", "(), ()", "z", "nan", "A, 1.5", "A, [0, 1]", "n", "n, n", "v, -1", "(2, 3)", "A, axis=5"]  # fmt: skip


@pytest.mark.parametrize("row", FUNCTIONS.values(), ids=lambda row: row.name)
def test_every_function_answers_odd_arguments(row: Function) -> None:
    written = row.name.replace("random.Generator.", "random.default_rng(1).")
    for odd in ODD:
        try:
            check(f"{written}({odd})")
        except Exception as error:
            raise AssertionError(f"{written}({odd}): {error!r}"[:400]) from error
