"""Formulas computed as float32, float16 and TF32: operands cast once, results of that dtype, compared with float64."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.compute.outcome import Failure
from playground.compute.precision import Comparison
from playground.engine import core
from playground.engine.core import EngineCore
from playground.engine.messages import Request, Result
from playground.workspace.arrays import Patch
from tests.engine.test_devices import PretendedGpu

if TYPE_CHECKING:
    from tests.engine.conftest import Engine

A = np.random.default_rng(0).standard_normal((40, 30))


def asked(source: str, precision: str, key: str = "=1", a: str = "A#1", **fields: Any) -> Request:
    return Request(source, {"A": a}, key, precision=precision, **fields)


def result(engine: Engine, *arguments: Any, **fields: Any) -> Result:
    outcome = engine.evaluate(asked(*arguments, **fields))
    assert isinstance(outcome, Result), outcome
    return outcome


@pytest.mark.parametrize(("precision", "dtype"), [("", "float64"), ("float32", "float32"), ("float16", "float16")])
def test_the_result_is_of_the_dtype_asked_for(engine: Engine, precision: str, dtype: str) -> None:
    engine.put("A#1", A)
    found = result(engine, "A @ A.T", precision)
    assert found.signature.dtype == dtype  # type: ignore[union-attr]
    assert found.value is not None
    cast = A.astype(dtype)
    np.testing.assert_array_equal(found.value, cast @ cast.T)
    assert found.notes == ()


def test_an_edit_reaches_what_was_cast(engine: Engine) -> None:
    engine.put("A#1", A)
    result(engine, "A * 2", "float32")
    engine.patch("A#1", "A#2", [Patch(3, 4, np.array([[7.0]]))])
    again = result(engine, "A * 2", "float32", a="A#2")
    assert again.value is not None
    assert again.value[3, 4] == 14


def test_whole_numbers_stay_and_what_numpy_makes_of_them_is_rounded_and_said(engine: Engine) -> None:
    engine.put("A#1", np.arange(6))
    assert result(engine, "A * 2", "float16").signature.dtype == np.int64  # type: ignore[union-attr]
    mean = result(engine, "mean(A)", "float32")
    assert mean.signature.dtype == np.float32  # type: ignore[union-attr]
    assert "float64 as written" in mean.notes[0]


def test_several_values_are_all_cast(engine: Engine) -> None:
    engine.put("A#1", A)
    found = result(engine, "linalg.svd(A)", "float32")
    assert {part.signature.dtype for part in found.parts} == {np.dtype(np.float32)}  # type: ignore[union-attr]


def test_the_explanation_is_of_the_numbers_that_were_computed(engine: Engine) -> None:
    engine.put("A#1", np.array([[0.1, 0.2], [0.3, 0.4]]))
    why = result(engine, "A * A", "float16", cell=(0, 0)).why
    assert why is not None
    assert why.value == np.float16(0.1) * np.float16(0.1)


def test_a_function_without_float16_says_what_to_choose(engine: Engine) -> None:
    engine.put("A#1", A[:5, :5])
    outcome = engine.evaluate(asked("linalg.inv(A)", "float16"))
    assert isinstance(outcome, Failure)
    assert outcome.kind == "dtype"
    assert "Compute as" in outcome.hint


def test_the_difference_from_float64_is_found(engine: Engine) -> None:
    engine.put("A#1", A)
    found = engine.compare(asked("A @ A.T", "float32"))
    assert isinstance(found, Comparison)
    narrow = A.astype(np.float32)
    assert found.largest == np.abs(narrow @ narrow.T - A @ A.T).max() > 0
    assert found.scale == np.abs(A @ A.T).max()
    assert found.lost == 0
    assert found.seconds > 0 < found.float64_s
    large = engine.compare(asked("exp(A * 10)", "float16"))
    assert isinstance(large, Comparison)
    assert large.lost > 0


def test_where_few_digits_choose_other_cells_that_is_said(engine: Engine) -> None:
    engine.put("A#1", np.array([1.0, 1.0001]))
    outcome = engine.compare(asked("A[A > 1]", "float16"))
    assert isinstance(outcome, Failure)
    assert outcome.kind == "shape"
    assert "(1,)" in outcome.message


def test_a_comparison_that_can_not_be_made_is_a_failure(engine: Engine) -> None:
    engine.put("A#1", A[:5, :5])
    assert isinstance(engine.compare(asked("linalg.inv(A)", "float16")), Failure)


# -- casting is done once, where the device has the array -------------------------------------------------------------


def test_operands_are_cast_once_and_dropped_with_their_array() -> None:
    engine = EngineCore(1 << 30)
    engine.put("A#1", A)
    alone = engine._store.host_bytes()
    result(engine, "A.sum()", "float32")
    assert engine._store.host_bytes() == alone + A.nbytes // 2 + 4
    first = engine._store.cast("A#1", "cpu", np.dtype(np.float32))
    result(engine, "A.max()", "float32")
    assert engine._store.cast("A#1", "cpu", np.dtype(np.float32)) is first
    engine.drop(["A#1", "=1"])
    assert engine._store.host_bytes() == 0


def test_on_a_gpu_nothing_is_brought_again_to_be_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    gpu = PretendedGpu()
    monkeypatch.setattr(core, "open_gpu", lambda _device: gpu)
    engine = EngineCore(1 << 30)
    engine.put("A#1", A)
    for key, precision in enumerate(("", "float32", "float16", "float32")):
        result(engine, "A + A", precision, key=f"={key}", device="gpu")
    assert gpu.uploads == [A.shape]


def test_what_is_cast_gives_way_to_what_needs_the_room() -> None:
    engine = EngineCore(A.nbytes * 5)
    engine.put("A#1", A)
    engine.put("B", A)
    result(engine, "A * 2", "float32")
    engine.drop(["=1"])
    outcome = engine.evaluate(Request("B + B", {"B": "B"}, "=2"))
    assert isinstance(outcome, Result)
    more = engine.evaluate(Request("concatenate((B, B))", {"B": "B"}, "=3"))
    assert isinstance(more, Result), more


def test_a_cast_beyond_the_limit_is_refused_with_both_figures() -> None:
    engine = EngineCore(A.nbytes + 100)
    engine.put("A#1", A)
    outcome = engine.evaluate(asked("A.max()", "float32"))
    assert isinstance(outcome, Failure)
    assert outcome.kind == "memory"
    assert "float32" in outcome.message


# -- TF32 -------------------------------------------------------------------------------------------------------------


def test_tf32_is_set_while_a_formula_of_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    gpu = PretendedGpu()
    gpu.has_tf32 = True
    monkeypatch.setattr(core, "open_gpu", lambda _device: gpu)
    seen: list[bool] = []
    session = gpu.session

    def watched(**options: Any) -> Any:
        seen.append(gpu.tf32)
        return session(**options)

    gpu.session = watched  # type: ignore[method-assign]
    engine = EngineCore(1 << 30)
    engine.put("A#1", A)
    assert result(engine, "A + A", "tf32", device="gpu").notes == ()
    assert True in seen
    assert not gpu.tf32
    seen.clear()
    result(engine, "A + A", "float32", device="gpu")
    assert True not in seen


def test_a_device_without_tf32_says_that_it_is_float32() -> None:
    engine = EngineCore(1 << 30)
    engine.put("A#1", A)
    found = result(engine, "A + A", "tf32")
    assert found.notes == ("CPU has no TF32: float32 instead.",)
    assert found.signature.dtype == np.float32  # type: ignore[union-attr]
