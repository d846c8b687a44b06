"""``infer`` and ``evaluate``: every way to give an operand, every way to be wrong."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import playground as mp
from playground import api
from playground.compute.cpu.device import NumpyBackend
from playground.compute.devices import GpuDevice, GpuReport

A, B = np.arange(6.0).reshape(3, 2), np.arange(8.0).reshape(2, 4)


@pytest.mark.parametrize(
    ("operand", "dtype"),
    [
        ((3, 2), "float64"),
        (((3, 2), "float32"), "float32"),
        (((3, 2), np.float32), "float32"),
        (((3, 2), np.dtype("int8")), "int8"),
        (((3, 2), "float"), "float64"),
        (A, "float64"),
        (A.astype(np.float16), "float16"),
        ([[1, 2], [3, 4], [5, 6]], "int64"),
        ([[1.5, 2], [3, 4], [5, 6]], "float64"),
        (np.broadcast_to(np.int8(1), (3, 2)), "int8"),
        ("(3, 2)", "float64"),
        ("(B=3, d=2) float16", "float16"),
    ],
)
def test_an_operand_may_be_a_shape_a_pair_or_an_array(operand: Any, dtype: str) -> None:
    inference = mp.infer("X", {"X": operand})
    assert inference.ok
    assert inference.shape == (3, 2)
    assert inference.dtype == np.dtype(dtype)


@pytest.mark.parametrize(
    "operand",
    [
        "text",
        None,
        object(),
        {},
        {1, 2},
        [[1, 2], [3]],
        [["a"]],
        (-1, 2),
        (1.5, 2),
        ("a", 2),
        ((2, 3), "nonsense"),
        ((2, 3), "O"),
        ((2, 3), "f8,(1000000)f8"),
        ((2, 3), object),
        ((2, 3), 7),
        (1,) * 65,
        np.array(["a"]),
        np.array([None]),
        np.zeros(2, dtype=[("a", "f8")]),
        [10**400],
    ],
)
def test_what_is_no_array_is_a_problem_and_no_exception(operand: Any) -> None:
    inference = mp.infer("1 + X", {"X": operand})
    assert not inference.ok
    assert (inference.shape, inference.dtype, inference.steps) == (None, None, ())
    (problem,) = inference.problems
    assert problem.kind == "operand"
    assert (problem.start, problem.end) == (4, 5)
    assert problem.message.startswith("X can't be read as an array of numbers")
    if not isinstance(operand, tuple):
        with pytest.raises(mp.ExpressionError):
            mp.evaluate("1 + X", {"X": operand})


def test_none_is_no_operand_and_said_to_be_none() -> None:
    (problem,) = mp.infer("A + 1", {"A": None}).problems
    assert problem.message.endswith("None holds no numbers.")


def test_a_repair_with_several_results_has_a_shape_for_each() -> None:
    (problem,) = mp.infer("svd(A)", {"A": (3, 2)}).problems
    repair = problem.repairs[0]
    assert repair.shape == mp.infer(repair.source, {"A": (3, 2)}).shape == ((3, 3), (2,), (2, 2))


def test_steps_tell_text_place_shape_and_dtype() -> None:
    inference = mp.infer("relu(x @ W + b)", {"x": (32, 784), "W": ((784, 10), "float32"), "b": (10,)})
    steps = {step.source: step for step in inference.steps}
    assert list(steps) == ["x", "W", "x @ W", "b", "x @ W + b", "relu(x @ W + b)"]
    assert steps["x @ W"].shape == (32, 10)
    assert steps["W"].dtype == np.float32
    for step in inference.steps:
        assert "relu(x @ W + b)"[step.start : step.end] == step.source


def test_places_count_characters() -> None:
    inference = mp.infer("größe @ nichts", {"größe": (2, 2)})
    (problem,) = inference.problems
    assert "größe @ nichts"[problem.start : problem.end] == "nichts"


def test_a_mismatch_offers_repairs_that_infer() -> None:
    shapes = {"A": (764, 100), "B": (764, 200)}
    inference = mp.infer("A @ B", shapes)
    assert not inference.ok
    assert inference.problems[0].repairs
    for repair in inference.problems[0].repairs:
        mended = mp.infer(repair.source, shapes)
        assert mended.ok
        assert mended.shape == repair.shape
    with pytest.raises(mp.ExpressionError, match="A @ B") as caught:
        mp.evaluate("A @ B", {"A": np.zeros((764, 100)), "B": np.zeros((764, 200))})
    assert caught.value.problems == inference.problems


def test_several_results_have_a_shape_each() -> None:
    inference = mp.infer("linalg.svd(A)", {"A": (3, 3)})
    assert inference.shape == ((3, 3), (3,), (3, 3))
    outcome = mp.evaluate("linalg.svd(A)", {"A": np.eye(3)})
    assert outcome.shape == inference.shape
    np.testing.assert_allclose(outcome.value[1], 1)


def test_evaluate_gives_value_shape_dtype_device_and_timing() -> None:
    outcome = mp.evaluate("A @ B", {"A": A, "B": B}, repeat=3)
    np.testing.assert_array_equal(outcome.value, A @ B)
    assert (outcome.shape, outcome.dtype, outcome.device) == ((3, 4), np.float64, "cpu")
    assert outcome.timing.runs == 3
    assert outcome.timing.upload_s == outcome.timing.download_s == 0
    assert 0 < outcome.timing.compute_s <= outcome.timing.total_s


def test_a_scalar_has_no_axes() -> None:
    outcome = mp.evaluate("sum(A)", {"A": [[1, 2], [3, 4]]})
    assert outcome.value == 10
    assert outcome.shape == ()


def test_operands_are_never_written_to() -> None:
    operand = A.copy()
    mp.evaluate("A + 1", {"A": operand})
    mp.evaluate("A.T @ A", {"A": operand})
    np.testing.assert_array_equal(operand, A)


def test_a_singular_matrix_is_a_computation_that_failed() -> None:
    with pytest.raises(mp.ComputationError) as caught:
        mp.evaluate("1 + linalg.inv(A)", {"A": [[1.0, 2.0], [2.0, 4.0]]})
    error = caught.value
    assert (error.kind, error.node) == ("singular", "linalg.inv(A)")
    assert error.hint
    assert error.start == 4


def test_what_does_not_fit_is_refused_before_it_runs() -> None:
    big = np.broadcast_to(np.float64(1), (1_000_000, 1))
    with pytest.raises(mp.ComputationError) as caught:
        mp.evaluate("A @ A.T", {"A": big})
    assert caught.value.kind == "memory"
    with pytest.raises(mp.ComputationError):
        mp.evaluate("A + 1", {"A": np.zeros(1000)}, memory_limit=100)


@pytest.mark.parametrize("arguments", [{"device": "tpu"}, {"repeat": 0}])
def test_wrong_arguments_are_value_errors(arguments: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"tpu|repeat"):
        mp.evaluate("A", {"A": [1]}, **arguments)


def test_without_a_gpu_the_reason_is_told_and_auto_takes_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    report = GpuReport("no-driver", "No NVIDIA driver was found.", "Install its driver.")
    monkeypatch.setattr(api, "_gpu_report", lambda *, afresh: report)
    with pytest.raises(mp.DeviceUnavailable, match="No NVIDIA driver") as caught:
        mp.evaluate("A", {"A": [1]}, device="gpu")
    assert (caught.value.missing, caught.value.hint) == ("no-driver", "Install its driver.")
    assert mp.evaluate("A", {"A": [1]}, device="auto").device == "cpu"


def test_gpus_are_chosen_by_number_and_a_cure_works_without_a_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    two = tuple(GpuDevice(index, f"GPU {index}", 1 << 30, "9.0") for index in (0, 1))
    reports = [GpuReport("no-driver", "No NVIDIA driver was found."), GpuReport("ok", "Ready.", devices=two)]
    opened: list[int] = []

    def open_gpu(index: int) -> NumpyBackend:
        opened.append(index)
        return NumpyBackend()

    monkeypatch.setattr(api, "_found", [])
    monkeypatch.setattr(api, "_gpu", open_gpu)
    monkeypatch.setattr("playground.compute.devices.detect", lambda: reports.pop(0))
    with pytest.raises(mp.DeviceUnavailable, match="No NVIDIA driver"):
        mp.evaluate("A", {"A": [1]}, device="gpu:1")
    mp.evaluate("A", {"A": [1]}, device="gpu:1")
    mp.evaluate("A", {"A": [1]}, device="auto")
    assert opened == [1, 0]
    with pytest.raises(mp.DeviceUnavailable, match="gpu:2") as caught:
        mp.evaluate("A", {"A": [1]}, device="gpu:2")
    assert caught.value.missing == "no-device"
    with pytest.raises(ValueError, match="no device"):
        mp.evaluate("A", {"A": [1]}, device="gpu:x")


def test_auto_does_not_look_for_a_gpu_at_every_call(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [GpuReport("no-driver", "No NVIDIA driver was found.")] * 3
    monkeypatch.setattr(api, "_found", [])
    monkeypatch.setattr("playground.compute.devices.detect", reports.pop)
    for _ in range(3):
        assert mp.evaluate("A", {"A": [1]}, device="auto").device == "cpu"
    assert len(reports) == 2
    with pytest.raises(mp.DeviceUnavailable):
        mp.evaluate("A", {"A": [1]}, device="gpu")
    assert len(reports) == 1, "who asks for the GPU may have just mended it"
    monkeypatch.setattr(api, "_NO_GPU_FOR_S", 0.0)
    mp.evaluate("A", {"A": [1]}, device="auto")
    assert not reports


@pytest.mark.gpu
def test_the_gpu_gives_what_the_cpu_gives() -> None:
    generator = np.random.default_rng(0)
    left, right = generator.standard_normal((64, 32)), generator.standard_normal((32, 48))
    outcome = mp.evaluate("A @ B", {"A": left, "B": right}, device="gpu")
    assert outcome.device == "gpu"
    assert outcome.timing.download_s > 0
    np.testing.assert_allclose(outcome.value, left @ right, rtol=1e-12)
    assert mp.evaluate("A", {"A": [1]}, device="auto").device == "gpu"


def test_making_the_gpu_ready_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = [0.02, 0.0]

    def slowly(_device: str) -> NumpyBackend:
        end = time.perf_counter() + waits.pop(0)
        while time.perf_counter() < end:
            pass
        return NumpyBackend()

    monkeypatch.setattr(api, "_backend", slowly)
    first = mp.evaluate("A + 1", {"A": [1.0]}, device="gpu").timing
    assert first.context_s >= 0.02
    assert first.first_call_s < first.context_s < first.total_s
    assert mp.evaluate("A + 1", {"A": [1.0]}, device="gpu").timing.context_s == 0


SIGNS = st.sampled_from(list("@+*()[],:.='#\\\n\0→é01-"))
WORDS = st.sampled_from(["A", "B", "x", "**", ".T", "1e", "sum(", "linalg.svd(", "axis=", "lambda", "__class__"])
PARTS = SIGNS | WORDS
SIZES = st.lists(st.none() | st.integers(0, 4) | st.sampled_from([2**31, 2**63, 10**30]), max_size=4).map(tuple)


@given(st.lists(PARTS, max_size=12).map(" ".join) | st.lists(PARTS, max_size=8).map("".join) | st.text(), SIZES, SIZES)
def test_infer_never_raises(text: str, first: Any, second: Any) -> None:
    inference = mp.infer(text, {"A": first, "B": second, "x": (second, "float32")})
    assert inference.ok == (not inference.problems)
    for problem in inference.problems:
        assert problem.message
        assert 0 <= problem.start <= problem.end <= len(text)


def test_shapes_may_stand_in_the_expression_itself() -> None:
    text = "(764, 100) @ (764, 200)"
    found = mp.infer(text, {})
    problem = found.problems[0]
    assert (problem.kind, text[problem.start : problem.end]) == ("inner-sizes", text)
    assert [(step.start, step.end, step.shape) for step in found.steps] == [(0, 10, (764, 100)), (13, 23, (764, 200))]
    assert problem.repairs[0].source == "(764, 100).T @ (764, 200)"
    assert all(mp.infer(repair.source, {}).shape == repair.shape for repair in problem.repairs)


def test_shapes_alone_are_never_computed() -> None:
    with pytest.raises(mp.ExpressionError) as raised:
        mp.evaluate("(3, 4) @ (4, 2)", {})
    assert raised.value.problems[0].kind == "no-numbers"


def test_names_of_sizes_are_said() -> None:
    problem = mp.infer("x @ W", {"x": "(B=32, d=784)", "W": "(k=100, 10) float32"}).problems[0]
    assert "d = 784" in problem.message
    assert "k = 100" in problem.message


@pytest.mark.parametrize("operands", [None, 3, "x", ["x"], [("x", (2,))], {2}])
def test_operands_that_are_no_mapping_are_a_problem(operands: Any) -> None:
    found = mp.infer("x + 1", operands)
    assert not found.ok
    assert found.problems[0].kind == "operand"
    with pytest.raises(mp.ExpressionError):
        mp.evaluate("x + 1", operands)


@pytest.mark.parametrize("expression", [None, 3, b"x", ["x"]])
def test_an_expression_that_is_no_text_is_a_problem(expression: Any) -> None:
    found = mp.infer(expression, {"x": (2,)})
    assert not found.ok
    assert found.problems[0].kind == "expression"
    with pytest.raises(mp.ExpressionError):
        mp.evaluate(expression, {"x": [1]})
