"""Computing as another dtype: chosen for all formulas, known again, and compared with float64 while nobody edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.compute.devices import GpuDevice, GpuReport
from playground.compute.outcome import Failure
from playground.compute.precision import Comparison
from playground.engine.messages import Request, Result
from playground.record import replace
from playground.session.commands import document_commands
from playground.session.comparing import Comparisons

if TYPE_CHECKING:
    from playground.session.session import Session
    from tests.session.making import FakeEngine


def dtype(session: Session, name: str = "C") -> np.dtype:
    result = session.snapshot.results[name].result
    assert result is not None
    return result.signature.dtype  # type: ignore[union-attr]


def run(session: Session, name: str) -> None:
    next(command for command in document_commands() if command.name == name).run(session)


def test_all_formulas_are_computed_as_what_was_chosen(session: Session, engine: FakeEngine) -> None:
    engine.calls.clear()
    run(session, "compute-as-float32")
    assert dtype(session) == np.float32
    assert session.snapshot.precision == "float32"
    assert engine.count("put") == 0
    run(session, "compute-as-written")
    assert dtype(session) == np.float64


def test_the_difference_comes_while_nobody_edits(session: Session) -> None:
    session.compute_with(precision="float32")
    session._worker._again.measure(session._worker.answered.emit)
    compared = session.snapshot.compared
    result = session.snapshot.results["C"].result
    assert compared is not None
    assert result is not None
    assert compared.key == result.key
    assert isinstance(compared.outcome, Comparison)
    assert compared.outcome.largest == 0


def test_as_written_nothing_is_compared(session: Session) -> None:
    session._worker._again.measure(session._worker.answered.emit)
    assert session.snapshot.compared is None


@pytest.mark.parametrize(("device", "report", "enabled"), [
    ("cpu", None, False),
    ("gpu", "9.0", True),
    ("gpu", "7.5", False),
])  # fmt: skip
def test_tf32_is_offered_where_the_gpu_in_use_has_it(
    session: Session, device: str, report: str | None, enabled: bool
) -> None:
    command = next(command for command in document_commands() if command.name == "compute-as-tf32")
    gpu = GpuReport("ok", "", devices=(GpuDevice(0, "GPU", 1, report),)) if report else None
    assert command.enabled(replace(session.snapshot, device=device, gpu=gpu)) == enabled


def test_each_result_is_compared_once_and_a_long_one_never(engine: FakeEngine) -> None:
    engine.start()
    engine.put("A", np.ones((3, 3)))
    request = Request("A @ A", {"A": "A"}, "=1", precision="float32")
    result = engine.evaluate(request)
    assert isinstance(result, Result)
    asked: list[str] = []

    def compare(request: Request) -> Comparison | Failure:
        asked.append(request.source)
        return Failure("cancelled", "") if len(asked) == 1 else Comparison("float32", 0.0, 3.0, 0, 1.0, 2.0)

    engine.compare = compare  # type: ignore[method-assign]
    comparisons = Comparisons()
    assert list(comparisons.take(engine, request, result)) == [], "what was cancelled is tried again"
    first = list(comparisons.take(engine, request, result))
    assert list(comparisons.take(engine, request, result)) == first
    assert len(asked) == 2
    assert list(comparisons.take(engine, replace(request, precision=""), result)) == []
    long = replace(result, key="=2", timing=replace(result.timing, compute_s=3.0))
    (told,) = comparisons.take(engine, request, long)
    assert isinstance(told.outcome, Failure)
    assert told.outcome.kind == "long"
    assert len(asked) == 2
