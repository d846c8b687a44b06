"""What an engine does, the same in process and through the pipes: every test runs on both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.compute.outcome import Failure
from playground.engine.messages import INLINE_BYTES, MissingArrayError, Request, Result
from playground.explain.why import Why
from playground.language.signature import Signature, TupleSignature
from playground.workspace.arrays import Patch

if TYPE_CHECKING:
    from playground.engine.client import EngineClient
    from playground.engine.core import EngineCore

    Engine = EngineClient | EngineCore

A = np.array([[2.0, 1], [0, 3], [-1, 2]])
B = np.array([[1.0, -1, 3, 0], [2, 2, -1, 4]])


def evaluated(engine: Engine, source: str, key: str = "=1", **operands: str) -> Result:
    result = engine.evaluate(Request(source, operands, key))
    assert isinstance(result, Result), result
    return result


def failed(engine: Engine, source: str, **operands: str) -> Failure:
    failure = engine.evaluate(Request(source, operands, "=1"))
    assert isinstance(failure, Failure), failure
    return failure


def put_both(engine: Engine) -> None:
    engine.put("A#1", A)
    engine.put("B#1", B)


def test_a_product(engine: Engine) -> None:
    put_both(engine)
    result = evaluated(engine, "A @ B", A="A#1", B="B#1")
    assert result.key == "=1"
    assert result.signature == Signature((3, 4), np.dtype("f8"))
    assert result.strides == (32, 8)
    assert result.flops == 2 * 3 * 2 * 4
    np.testing.assert_array_equal(result.value, A @ B)
    assert result.summary is not None
    assert (result.summary.low, result.summary.high) == ((A @ B).min(), (A @ B).max())
    assert result.why is None
    assert result.timing.runs == 1
    assert result.timing.total_s > 0


def test_a_chosen_cell_is_explained_with_the_result(engine: Engine) -> None:
    put_both(engine)
    result = engine.evaluate(Request("A @ B", {"A": "A#1", "B": "B#1"}, "=1", cell=(0, 1), name="C"))
    assert isinstance(result, Result)
    assert result.why is not None
    assert result.why.result == "C[0, 1]"
    assert result.why.value == (A @ B)[0, 1]
    assert [term.value for term in result.why.terms] == [-2.0, 2.0]


def test_cells_are_explained_afterwards_and_through_parts_of_the_formula(engine: Engine) -> None:
    put_both(engine)
    for cell in ((0, 0), (2, 3)):
        why = engine.why(Request("(A * 2) @ B + 1", {"A": "A#1", "B": "B#1"}, "=1", cell=cell))
        assert isinstance(why, Why)
        assert why.value == ((A * 2) @ B + 1)[cell]


def test_explanations_follow_a_patch(engine: Engine) -> None:
    put_both(engine)
    engine.why(Request("(A * 2).sum()", {"A": "A#1"}, "=1", cell=()))
    engine.patch("A#1", "A#2", [Patch(0, 0, np.array([[100.0]]))])
    why = engine.why(Request("(A * 2).sum()", {"A": "A#2"}, "=1", cell=()))
    assert isinstance(why, Why)
    assert why.value == (A * 2).sum() + 196


@pytest.mark.parametrize("cell", [(3, 0), (0,), (-1, 0), (0, 0, 0)])
def test_a_cell_that_is_not_there_is_no_crash(engine: Engine, cell: tuple[int, ...]) -> None:
    put_both(engine)
    request = Request("A @ B", {"A": "A#1", "B": "B#1"}, "=1", cell=cell)
    failure = engine.why(request)
    assert isinstance(failure, Failure)
    assert failure.kind == "index"
    result = engine.evaluate(request)
    assert isinstance(result, Result)
    assert result.why is None


def test_why_wants_a_cell(engine: Engine) -> None:
    with pytest.raises(ValueError, match="cell"):
        engine.why(Request("1", {}, "=1"))


def test_results_are_operands_of_others(engine: Engine) -> None:
    put_both(engine)
    evaluated(engine, "A @ B", "=C", A="A#1", B="B#1")
    result = evaluated(engine, "C.T", "=D", C="=C")
    np.testing.assert_array_equal(result.value, (A @ B).T)
    assert result.strides == (8, 32)


@pytest.mark.parametrize(
    "array",
    [
        np.array(3.5),
        np.zeros((0, 3)),
        np.zeros((2, 0, 3), dtype=np.int16),
        np.arange(24).reshape(2, 3, 4),
        np.arange(24).reshape(2, 3, 4).T,
        np.array([1 + 2j, np.nan]),
        np.array([True, False]),
        np.array([[np.inf, -np.inf]], dtype=np.float16),
        np.arange(4, dtype=np.dtype("i4").newbyteorder("S")),
        np.arange(10.0)[::-2],
    ],
    ids=lambda array: f"{array.dtype.name}{array.shape}",
)
def test_arrays_of_every_kind_come_back(engine: Engine, array: np.ndarray) -> None:
    engine.put("X", array)
    result = evaluated(engine, "X", X="X")
    assert result.value is not None
    assert result.value.dtype == array.dtype.newbyteorder("=")
    np.testing.assert_array_equal(result.value, array)
    rows = int(np.prod(array.shape[:-1]))
    window = engine.window("X", 0, 100, 0, 100)
    np.testing.assert_array_equal(window, array.reshape(rows, array.shape[-1] if array.shape else 1))


def test_what_holds_no_numbers_is_refused(engine: Engine) -> None:
    with pytest.raises(TypeError, match="no numbers"):
        engine.put("X", np.array([object()]))
    put_both(engine)
    evaluated(engine, "A @ B", A="A#1", B="B#1")


def test_what_was_put_is_a_copy(engine: Engine) -> None:
    mine = A.copy()
    engine.put("A#1", mine)
    mine[:] = 0
    engine.patch("A#1", "A#2", [Patch(0, 0, np.array([[7.0]]))])
    assert not mine.any()
    np.testing.assert_array_equal(engine.window("A#2", 1, 3, 0, 2), A[1:])


def test_inline_values_can_not_be_written(engine: Engine) -> None:
    put_both(engine)
    value = evaluated(engine, "A @ B", A="A#1", B="B#1").value
    assert value is not None
    assert not value.flags.writeable


def test_a_patch_makes_the_next_version_and_the_old_one_is_gone(engine: Engine) -> None:
    put_both(engine)
    engine.patch("A#1", "A#2", [Patch(0, 1, np.array([[5.0], [6.0]])), Patch(2, 0, np.array([[7.0, 8.0]]))])
    expected = np.array([[2.0, 5], [0, 6], [7, 8]])
    np.testing.assert_array_equal(evaluated(engine, "A", A="A#2").value, expected)
    with pytest.raises(MissingArrayError):
        engine.evaluate(Request("A", {"A": "A#1"}, "=1"))


def test_patches_of_more_axes_go_by_the_2d_view(engine: Engine) -> None:
    cube = np.arange(24.0).reshape(2, 3, 4)
    engine.put("X", cube)
    engine.patch("X", "Y", [Patch(4, 1, np.array([[-1.0, -2.0]]))])
    cube[1, 1, 1:3] = [-1, -2]
    np.testing.assert_array_equal(evaluated(engine, "X", X="Y").value, cube)


@pytest.mark.parametrize("patch", [Patch(3, 0, np.ones((1, 1))), Patch(0, 0, np.ones((1, 1), np.int8))])
def test_a_patch_that_does_not_fit_changes_nothing(engine: Engine, patch: Patch) -> None:
    put_both(engine)
    with pytest.raises(ValueError, match="patch"):
        engine.patch("A#1", "A#2", [Patch(0, 0, np.zeros((1, 1))), patch])
    np.testing.assert_array_equal(engine.window("A#1", 0, 3, 0, 2), A)


def test_only_arrays_that_were_put_are_patched(engine: Engine) -> None:
    put_both(engine)
    evaluated(engine, "A + 1", "=C", A="A#1")
    for key in ("=C", "nothing"):
        with pytest.raises(MissingArrayError):
            engine.patch(key, "new", [])
    evaluated(engine, "B + 1", "A#1", B="B#1")
    with pytest.raises(MissingArrayError):
        engine.patch("A#1", "A#2", [])


def test_results_do_not_change_under_a_patch(engine: Engine) -> None:
    put_both(engine)
    evaluated(engine, "A.T", "=view", A="A#1")
    evaluated(engine, "A * 1", "=copy", A="A#1")
    evaluated(engine, "V[0]", "=view of view", V="=view")
    engine.patch("A#1", "A#2", [Patch(0, 0, np.array([[100.0]]))])
    np.testing.assert_array_equal(engine.window("=copy", 0, 3, 0, 2), A)
    for key in ("=view", "=view of view"):
        with pytest.raises(MissingArrayError):
            engine.window(key, 0, 1, 0, 1)


def test_dropped_keys_are_gone_and_unknown_ones_are_no_fault(engine: Engine) -> None:
    put_both(engine)
    engine.drop(key for key in ("A#1", "never", "A#1"))
    with pytest.raises(MissingArrayError):
        engine.window("A#1", 0, 1, 0, 1)
    with pytest.raises(MissingArrayError):
        engine.evaluate(Request("A @ B", {"A": "A#1", "B": "B#1"}, "=1"))
    with pytest.raises(MissingArrayError):
        engine.patch("A#1", "A#2", [])


def test_large_results_stay_and_are_read_by_windows(engine: Engine) -> None:
    side = int((INLINE_BYTES / 8) ** 0.5)
    for size, inline in ((side, True), (side + 1, False)):
        X = np.arange(float(size * size)).reshape(size, size)
        engine.put("X", X)
        result = evaluated(engine, "X.T + 1", "=Y", X="X")
        assert (result.value is not None) == inline
        np.testing.assert_array_equal(engine.window("=Y", 3, 5, 7, 17), (X.T + 1)[3:5, 7:17])


def test_windows_end_at_the_edges(engine: Engine) -> None:
    put_both(engine)
    np.testing.assert_array_equal(engine.window("A#1", 2, 9, 1, 9), A[2:, 1:])
    assert engine.window("A#1", 3, 9, 0, 2).shape == (0, 2)
    assert engine.window("A#1", 2, 1, 0, 2).shape == (0, 2)
    np.testing.assert_array_equal(engine.window("A#1", -2, 1, -1, 1), A[:1, :1])


def test_windows_of_results_that_are_not_contiguous(engine: Engine) -> None:
    X = np.arange(4 * 50 * 60.0).reshape(4, 50, 60)
    engine.put("X", X)
    evaluated(engine, "X.transpose(2, 0, 1)", "=Y", X="X")
    expected = X.transpose(2, 0, 1).reshape(240, 50)
    np.testing.assert_array_equal(engine.window("=Y", 5, 9, 2, 4), expected[5:9, 2:4])
    np.testing.assert_array_equal(engine.window("=Y", 0, 240, 0, 50), expected)


def test_several_values_lie_under_keys_of_their_own(engine: Engine) -> None:
    put_both(engine)
    result = evaluated(engine, "linalg.svd(A)", A="A#1")
    assert isinstance(result.signature, TupleSignature)
    assert result.signature.names == ("U", "S", "Vh")
    assert [part.key for part in result.parts] == ["=1[0]", "=1[1]", "=1[2]"]
    assert (result.value, result.summary) == (None, None)
    np.testing.assert_allclose(result.parts[1].value, np.linalg.svd(A)[1])
    assert engine.window("=1[0]", 0, 9, 0, 9).shape == (3, 3)
    engine.drop(["=1"])
    with pytest.raises(MissingArrayError):
        engine.window("=1[0]", 0, 1, 0, 1)


def test_repeats_are_timed(engine: Engine) -> None:
    put_both(engine)
    result = engine.evaluate(Request("A @ B", {"A": "A#1", "B": "B#1"}, "=1", repeat=5))
    assert isinstance(result, Result)
    assert result.timing.runs == 5


def test_a_mistake_in_the_text_is_a_failure_with_its_place(engine: Engine) -> None:
    put_both(engine)
    failure = failed(engine, "1 + B @ A", A="A#1", B="B#1")
    assert failure.kind == "inner-sizes"
    assert failure.span is not None
    assert failure.message
    assert isinstance(engine.why(Request("B @ A", {"A": "A#1", "B": "B#1"}, "=1", cell=(0, 0))), Failure)


def test_a_computation_that_fails_is_a_failure_with_its_part(engine: Engine) -> None:
    engine.put("Z", np.zeros((2, 2)))
    failure = failed(engine, "1 + linalg.inv(Z)", Z="Z")
    assert failure.kind == "singular"
    assert failure.node == "linalg.inv(Z)"


def test_a_failure_leaves_the_older_result(engine: Engine) -> None:
    put_both(engine)
    evaluated(engine, "A + 1", A="A#1")
    failed(engine, "A + B", A="A#1", B="B#1")
    np.testing.assert_array_equal(engine.window("=1", 0, 3, 0, 2), A + 1)


def test_an_unknown_device_is_told(engine: Engine) -> None:
    with pytest.raises(ValueError, match="tpu"):
        engine.evaluate(Request("1", {}, "=1", device="tpu"))


def test_an_abandoned_generation_is_not_computed(engine: Engine) -> None:
    put_both(engine)
    engine.abandon(5)
    for generation in (4, 5):
        outcome = engine.evaluate(Request("A @ B", {"A": "A#1", "B": "B#1"}, "=1", generation=generation))
        assert isinstance(outcome, Failure) == (generation < 5)
    engine.abandon(3)
    assert isinstance(engine.evaluate(Request("A + 1", {"A": "A#1"}, "=1", generation=5)), Result)


def test_cancel_where_nothing_runs_does_nothing(engine: Engine) -> None:
    put_both(engine)
    engine.cancel()
    engine.abandon()
    assert engine.alive
    evaluated(engine, "A @ B", A="A#1", B="B#1")


def test_closing_twice_and_starting_again(engine: Engine) -> None:
    put_both(engine)
    engine.close()
    engine.close()
    engine.start()
    engine.start()
    with pytest.raises(MissingArrayError):
        engine.window("A#1", 0, 1, 0, 1)
