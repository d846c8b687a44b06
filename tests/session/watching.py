"""An evaluator on an engine that is watched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.outcome import Failure
from playground.engine.messages import Result
from playground.session.evaluator import Evaluator
from playground.session.job import Answer, Formula, Job, Restart
from playground.workspace.arrays import Array
from tests.session.making import FakeEngine

if TYPE_CHECKING:
    from collections.abc import Callable

A = Array.of(np.array([[2.0, 1.0], [0.0, 3.0]]))
B = Array.of(np.array([[1.0, -1.0], [2.0, 2.0]]))


class Bench:
    """An evaluator on a fake engine; ``run`` gives the answers of one job by name."""

    def __init__(self) -> None:
        self.engine = FakeEngine()
        self.evaluator = Evaluator(self.engine)
        self.restarts: list[Restart] = []
        self.generation = 0
        self.last: Job = Job(0, {}, (), "cpu")

    def run(
        self,
        formulas: dict[str, str],
        arrays: dict[str, Array] | None = None,
        superseded: Callable[[], bool] = lambda: False,
        **fields: Any,
    ) -> dict[str, Answer]:
        self.generation += 1
        self.engine.calls.clear()
        arrays = {"A": A, "B": B} if arrays is None else arrays
        names = {*arrays, *formulas}
        made = tuple(
            Formula(name, source, tuple(n for n in sorted(names) if n in source.replace("linalg", "")))
            for name, source in formulas.items()
        )
        fields = {"device": "cpu", "kept": frozenset(formulas), **fields}
        self.last = Job(self.generation, arrays, made, **fields)
        return self.again(superseded)

    def again(self, superseded: Callable[[], bool] = lambda: False) -> dict[str, Answer]:
        """The last job once more."""
        answers: dict[str, Answer] = {}

        def emit(said: Answer | Restart) -> None:
            if isinstance(said, Restart):
                self.restarts.append(said)
            else:
                answers[said.name] = said

        self.evaluator.evaluate(self.last, emit, superseded)
        return answers

    def window(self, key: str) -> np.ndarray | None:
        return self.evaluator.window((key, 0, 9, 0, 9), lambda said: self.restarts.append(said))  # type: ignore[arg-type]


def value(answer: Answer) -> Any:
    assert isinstance(answer.outcome, Result), answer.outcome
    assert answer.outcome.value is not None
    return answer.outcome.value.tolist()


def failure(answer: Answer) -> Failure:
    assert isinstance(answer.outcome, Failure)
    return answer.outcome


def job(generation: int, *formulas: tuple[str, str, str], arrays: dict[str, Array] | None = None, **fields: Any) -> Job:
    """``job(1, ("C", "A + 1", "A"))``: name, text, names that it uses."""
    made = tuple(Formula(name, source, tuple(uses)) for name, source, uses in formulas)
    kept = frozenset(name for name, _, _ in formulas)
    return Job(generation, {"A": A} if arrays is None else arrays, made, "cpu", kept=kept, **fields)
