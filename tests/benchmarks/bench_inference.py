"""What inference takes for texts that it has never seen; every keystroke waits for it."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground import app
from playground.language import ready
from playground.language.infer import _infer, infer
from playground.language.nodes import walk
from playground.language.parse import parse
from playground.language.signature import Signature
from tests.benchmarks.measure import judge, percentile, seconds
from tests.language.test_hostile import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

SIZES = {"x": (32, 784), "W": (784, 100), "b": (100,), "V": (100, 10), "c": (10,), "mask": (32,), "T": (8, 9, 10, 11)}
OPERANDS = {name: Signature(shape, np.dtype(np.float64)) for name, shape in SIZES.items()} | {
    "huge": Signature((10**7, 10**7), np.dtype(np.float32)),
    "mask": Signature((32,), np.dtype(np.bool_)),
    "order": Signature((5,), np.dtype(np.int64)),
}
COLD = """
import sys, time
import numpy as np
from playground.language.infer import infer
from playground.language.signature import Signature
operands = {"x": Signature((32, 784), np.dtype(float)), "V": Signature((100, 10), np.dtype(float))}
began = time.perf_counter()
assert not infer(sys.argv[1], operands).ok
print(1000 * (time.perf_counter() - began))
"""
"""A process that prints how long its first mistake took."""
FRESH = itertools.count(1000)
"""A number that makes each text a new one, so that no cache knows it."""

for _ in ready.steps():
    pass
app._collect_garbage()
"""As the program does once its window stands: what it is made of isn't looked through for garbage again."""

TWENTY = "softmax(maximum(x @ W + b, 0) @ V + c - huge[0, 0] * {}, axis=-1).sum()"
FANCY = "(x @ W)[mask][:, order] * {} + T[0, order, :, None].sum(axis=(1, 2, 3))"
LONG = " + ".join(["(x @ W * 2 - b).T[:10].sum(axis=0)[:9]"] * 30) + " + {}"
CLASH = "maximum(x @ W.T + b, 0) @ V + c - {}"
ORDINARY = {
    "a clash": CLASH,
    "a product": "x @ V * {}",
    "a misspelling": "sotfmax(x @ W, axis=1) * {}",
    "a name of nothing": "x @ Wq + {}",
    "two mistakes": "relu(x @ W) @ V + relu(x @ W).T @ V + softmax(relu(x @ W) @ V) + b * {}",
}
"""Mistakes of the length that formulas have."""
LONGEST = {
    "a clash at the end": " + ".join(["x@W"] * 98) + "+V*{}",
    "a clash at the beginning": "V*{} + " + " + ".join(["x@W"] * 98),
    "a name of nothing": " + ".join(["x@W"] * 98) + "+VV*{}",
    "an axis that sums lose": "+".join(["x.sum(axis=1)"] * 42) + "+W*{}",
    "functions": " + ".join(["relu(x@W).sum(axis=1)"] * 24) + "+x@W*{}",
    "mistakes in a row": "@".join(["x"] * 200) + "*{}",
    "a bracket": "+".join(["x@W"] * 140) + " + (x@W*{}",
}
"""Mistakes in about 600 characters, the most that anyone types."""


def nodes(text: str) -> int:
    """How many parts the tree of ``text`` has."""
    tree = parse(text.format(0)).tree
    assert tree is not None
    return sum(1 for _ in walk(tree))


def milliseconds(name: str, text: str, *, ok: bool = True, turns: int = 200) -> float:
    """Print how long a new text takes; the 95th percentile."""

    def once() -> None:
        assert infer(text.format(next(FRESH)), OPERANDS).ok is ok

    return percentile(f"{name} ({nodes(text)} nodes)", once, turns=turns) * 1000


def test_twenty_nodes() -> None:
    assert nodes(TWENTY) >= 20
    judge("milliseconds for 20 nodes", milliseconds("a layer and softmax", TWENTY), 1)


def test_fancy_indexing() -> None:
    assert nodes(FANCY) >= 20
    judge("milliseconds for 20 nodes with fancy indexing", milliseconds("masks and index arrays", FANCY), 2)


def test_five_hundred_nodes() -> None:
    assert nodes(LONG) >= 500
    judge("milliseconds for 500 nodes", milliseconds("a long sum", LONG, turns=40), 20)


def test_a_mistake_and_its_repairs() -> None:
    for name, text in ORDINARY.items():
        judge("milliseconds for a mistake with its repairs", slowness_of_mistake(name, text, turns=60), 5)


def test_a_mistake_in_a_long_text() -> None:
    for name, text in LONGEST.items():
        judge("milliseconds for a mistake in 600 characters", slowness_of_mistake(name, text, turns=20), 16)


def slowness_of_mistake(name: str, text: str, turns: int) -> float:
    """Print how many milliseconds a new text with a mistake takes; the 95th percentile."""

    def once() -> None:
        assert not infer(text.format(next(FRESH)), OPERANDS).ok

    return percentile(f"{name} ({len(text)} characters)", once, turns=turns) * 1000


def test_the_slowest_hostile_text() -> None:
    times = {text: unseen(text) for text in HOSTILE}
    worst = max(times, key=lambda text: times[text])
    print(f"\nslowest of {len(times)} hostile texts: {worst[:40]!r}…")
    judge("milliseconds for the slowest hostile text", times[worst] * 1000, 50)


@pytest.mark.parametrize("text", ["x @ V", "sotfmax(x)", "x.__class__"])
def test_the_first_mistake_of_a_process(text: str, tmp_path: Path) -> None:
    """Its files are read and nothing is known; the window reads them beforehand, a terminal doesn't."""
    written = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", COLD, text]
    for _ in range(2):  # the first run compiles the files
        found = subprocess.run(
            command, env={**written, "PYTHONPYCACHEPREFIX": str(tmp_path)}, capture_output=True, text=True, check=True
        )
    judge(f"milliseconds for the first mistake of a process, {text}", float(found.stdout), 50)


def unseen(text: str) -> float:
    """Seconds of the quicker of two readings that no cache helps: the first may meet a pause of the machine."""
    times = []
    for _ in range(2):
        parse.cache_clear()
        _infer.cache_clear()
        times.append(seconds(lambda: infer(text, OPERANDS)))
    return min(times)
