"""What the engine's process costs: an edit until its answer, a start until the first answer, a start after a cancel."""

from __future__ import annotations

import itertools
import subprocess
import sys

import numpy as np

from playground.engine.client import EngineClient
from playground.engine.core import EngineCore
from playground.engine.messages import Request
from playground.explain.why import Why
from playground.record import replace
from playground.workspace.arrays import Patch
from tests.benchmarks.measure import compare, judge, percentile

ECHO = "import sys\nfor line in sys.stdin.buffer: sys.stdout.buffer.write(line); sys.stdout.buffer.flush()"
NUMPY = "import numpy; numpy.eye(4) @ numpy.eye(4)"


class Edit:
    """Changes one cell of A and asks for A @ B with the reason of one cell, as a person's edit does."""

    def __init__(self, engine: EngineClient | EngineCore) -> None:
        self._engine = engine
        self._versions = itertools.count()
        self._version = next(self._versions)
        engine.put("A#0", np.eye(4))
        engine.put("B", np.ones((4, 4)))

    def __call__(self) -> None:
        old, self._version = self._version, next(self._versions)
        key = f"A#{self._version}"
        self._engine.patch(f"A#{old}", key, [Patch(0, 0, np.array([[float(old)]]))])
        outcome = self._engine.evaluate(Request("A @ B", {"A": key, "B": "B"}, "C", cell=(0, 0), name="C"))
        assert getattr(outcome, "why", None) is not None


def test_an_edit_until_its_answer() -> None:
    with (
        EngineClient() as client,
        subprocess.Popen(
            [sys.executable, "-c", ECHO], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        ) as child,
    ):
        assert child.stdin is not None
        assert child.stdout is not None
        write, read = child.stdin.write, child.stdout.readline

        def echo() -> None:
            write(b"x" * 200 + b"\n")
            read()

        edit = Edit(client)
        result = compare("patch, 4×4 product, why; against a bare echo", edit, echo, turns=2000, warm=100)
        percentile("the same", edit, turns=2000)
        child.stdin.close()
    judge("against a bare echo", result.ratio, 20)


def test_a_tiny_product_through_the_engine() -> None:
    with EngineClient() as client:
        client.put("A", np.eye(2))
        client.put("B", np.ones((2, 2)))
        request = Request("A @ B", {"A": "A", "B": "B"}, "C")
        half = percentile("A @ B, 2x2, by the engine", lambda: client.evaluate(request), turns=1000, share=0.5)
    judge("a small product by the engine, the median in ms", half * 1000, 1.5)


def test_what_the_process_adds() -> None:
    with EngineClient() as client:
        compare("the process; against the same in process", Edit(client), Edit(EngineCore()), turns=1000, warm=100)


def test_a_start_until_the_first_answer() -> None:
    def start() -> None:
        with EngineClient() as client:
            Edit(client)()

    def numpy() -> None:
        subprocess.run([sys.executable, "-c", NUMPY], check=True)

    result = compare("start until the first answer; against python with numpy", start, numpy, turns=10, warm=2)
    judge("against python with numpy", result.ratio, 4)


if __name__ == "__main__":
    test_an_edit_until_its_answer()
    test_a_tiny_product_through_the_engine()
    test_what_the_process_adds()
    test_a_start_until_the_first_answer()


def test_a_click_on_a_cell_of_a_large_result() -> None:
    chance, cells = np.random.default_rng(0), itertools.count()
    engine, names = EngineCore(), {name: name for name in "XWb"}
    for name in names:
        engine.put(name, chance.standard_normal((3500, 3500)[: 1 if name == "b" else 2]))
    formula = Request("relu(X @ W + b)", names, "C")
    engine.evaluate(formula)

    def click() -> None:
        place = next(cells)
        assert isinstance(engine.why(replace(formula, cell=(37 * place % 3500, 11 * place % 3500))), Why)

    took_s = percentile("why a cell of relu(X @ W + b) is what it is, 3500 × 3500", click, turns=100)
    judge("milliseconds of a click on a cell", took_s * 1000, 20)
