"""Chains of cell-by-cell steps: NumPy's own bits and strides, by pieces and threads, and in memory that is free."""

from __future__ import annotations

import itertools
import operator
import tracemalloc
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.compute.backend import StepError
from playground.compute.cpu import chains as cpu_chains
from playground.compute.cpu import pieces
from playground.compute.cpu.device import NumpyBackend
from playground.compute.execute import download, execute
from playground.compute.outcome import Computed, Failure
from playground.compute.planning import chains, steps
from playground.compute.planning import plan as planning
from playground.compute.planning.chains import CHAIN, OWN_CELLWISE
from playground.language.functions import FUNCTIONS
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.compute import pretended_cupy
from tests.compute.formulas import FORMULAS, OPERANDS, check_close, inferred

if TYPE_CHECKING:
    from playground.compute.planning.steps import Plan

EVERYTHING = [*FORMULAS, *(row.example for row in FUNCTIONS.values())]


def make_tiny(patch: pytest.MonkeyPatch, cells: int) -> None:
    """Everything that can is a chain, in pieces of so many cells that all threads share."""
    patch.setattr(planning, "LEAST_WORK", 1)
    patch.setattr(chains, "LEAST_CELLS", 1)
    patch.setattr(chains, "LEAST_ALONE", 1)
    patch.setattr(steps, "LEAST_PIECES", 1)
    patch.setattr(pieces, "PIECE_CELLS", cells)
    patch.setattr(pieces, "LEAST_S", 0)
    patch.setattr(pieces, "_SLOW_S_PER_BYTE", 0)
    patch.setattr(pieces, "_TRIED", 1)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that can is a chain, in pieces of three cells."""
    make_tiny(monkeypatch, 3)


def planned(source: str, operands: dict[str, Any] = OPERANDS) -> Plan:
    return planning._make(inferred(source, operands))  # not from the cache: it may have been made without chains


def outcome(source: str, operands: dict[str, Any] = OPERANDS, backend: Any = None) -> Computed | Failure:
    device = backend or NumpyBackend(threads=3)
    found = execute(planned(source, operands), operands, device)
    return found if isinstance(found, Failure) else download(found, device)


def inner(source: str, operands: dict[str, Any] = OPERANDS) -> list[list[str]]:
    """The targets of every chain of a formula's plan."""
    return [[step.target for step in found.inner] for found in planned(source, operands).steps if found.inner]


def check_same(found: Any, expected: Any) -> None:
    if isinstance(expected, tuple):
        for one, other in zip(found, expected, strict=True):
            check_same(one, other)
        return
    np.testing.assert_array_equal(found, expected, strict=True)
    if isinstance(expected, np.ndarray):
        assert found.tobytes() == expected.tobytes()  # the sign of 0, the bits of nan
        # An axis of one cell has no stride that anybody would notice.
        strides = [
            [part.strides[axis] for axis, size in enumerate(part.shape) if size > 1] for part in (found, expected)
        ]
        assert strides[0] == strides[1]


@pytest.mark.parametrize("source", EVERYTHING)
def test_a_chain_gives_the_same_bits(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = outcome(source)
    make_tiny(monkeypatch, 3)
    found = outcome(source)
    if isinstance(expected, Failure):
        assert found == expected
    else:
        check_same(found.value, expected.value)


@pytest.mark.usefixtures("tiny")
def test_what_becomes_a_chain() -> None:
    assert inner("exp(-A * A) + sin(A) * 2") == [["unary:-", "op:*", "exp", "sin", "op:*", "op:+"]]
    assert inner("A + 1") == [], "alone, memory is what it waits for"
    assert inner("exp(A)") == [["exp"]]
    assert inner("sum(exp(A) * 2) + exp(A) * 2") == [["exp", "op:*"]], "what two need is computed once"
    assert inner("(A + 1) * sum(A + 1)") == [], "and what is also needed elsewhere is no part of it"
    assert inner("exp(A + v)") == [["op:+", "exp"]]
    assert inner("exp(A * (v + 1))") == [["op:*", "exp"]], "a step of another shape stands outside"
    assert inner("A[A > 0] * 2 + 1") == [], "a size that the data decides isn't known"
    assert inner("A.T @ A @ A.T") == []


@pytest.mark.usefixtures("tiny")
def test_small_arrays_are_no_chains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chains, "LEAST_CELLS", 7)
    assert inner("exp(A) * 2 + 1") == []


@pytest.mark.usefixtures("tiny")
def test_the_places_and_counts_of_what_it_is_made_of() -> None:
    (step,) = planned("1 + exp(A) * 2").steps
    assert step.target == CHAIN
    assert (step.text, step.flops) == ("1 + exp(A) * 2", 18)
    assert [(part.text, part.span.start) for part in step.inner] == [
        ("exp(A)", 4),
        ("exp(A) * 2", 4),
        ("1 + exp(A) * 2", 0),
    ]


@pytest.mark.usefixtures("tiny")
def test_it_writes_where_nobody_needs_anything_any_more() -> None:
    product, chain = planned("relu(A @ B + 1)").steps
    assert (chain.donor, chain.nbytes) == (0, 0)
    assert planned("relu(A @ B + 1)").peak_bytes == product.nbytes
    assert [step.donor for step in planned("exp(A @ B + 1) + sum(A @ B)").steps if step.inner] == [None]
    assert [step.donor for step in planned("exp(A * 2 + 1)").steps] == [None], "an operand is somebody's"
    assert [step.donor for step in planned("exp((A @ B) > 1)").steps if step.inner] == [None], "another dtype"


def test_a_layer_takes_the_memory_of_one_array() -> None:
    generator = np.random.default_rng(0)
    operands = {"x": generator.normal(size=(1000, 40)), "W": generator.normal(size=(40, 500)), "b": np.ones(500)}
    operands |= {"c": operands["b"]}
    plan, device = planned("relu(x @ W + b)", operands), NumpyBackend(threads=1)
    tracemalloc.start()
    found = execute(plan, operands, device)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found, Computed)
    np.testing.assert_array_equal(found.value, np.maximum(operands["x"] @ operands["W"] + operands["b"], 0))
    room = pieces.PIECE_CELLS * np.dtype(np.clongdouble).itemsize
    assert peak < 1.2 * 8 * 1000 * 500 + 2 * room


@pytest.mark.usefixtures("tiny")
def test_a_part_that_fails_is_named() -> None:
    found = outcome("A * (v ** -v) + 1")
    assert isinstance(found, Failure)
    assert (found.node, found.span.start if found.span else None) == ("v ** -v", 5)
    operands = {"n": np.arange(12), "m": -np.arange(12)}
    found = outcome("abs(n ** m) + 1", operands)
    assert isinstance(found, Failure)
    assert found.node == "n ** m"
    assert "negative" in found.message


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("threads", [1, 3])
def test_it_keeps_the_caller_s_error_state(threads: int) -> None:
    device, operands = NumpyBackend(threads), {"x": np.arange(30.0)}
    (step,) = planned("exp(1 / x)", operands).steps
    run = device.chain(step, [device.resolve(part.target) for part in step.inner], lambda: False)
    one = planned("exp(1 / x)", operands).constants[0]
    with np.errstate(divide="raise"), pytest.raises(StepError) as caught:
        run(*(operands["x"] if slot == 0 else one for slot in step.arguments))
    assert isinstance(caught.value.__cause__, FloatingPointError)
    assert caught.value.args[0].text == "1 / x"
    with np.errstate(all="ignore"):
        assert np.isinf(run(*(operands["x"] if slot == 0 else one for slot in step.arguments))[0])


@pytest.mark.usefixtures("tiny")
def test_it_stops_between_two_pieces() -> None:
    asked = itertools.count()
    found = execute(planned("exp(A) * 2"), OPERANDS, NumpyBackend(threads=2), stop=lambda: next(asked) >= 2)
    assert isinstance(found, Failure)
    assert found.kind == "cancelled"
    assert next(asked) <= 5


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("sign", ["+", "-", "*", "/", "//", "%", "**", "==", "!=", "<", "<=", ">", ">="])
def test_every_operator_of_numbers(sign: str) -> None:
    x, y = np.linspace(-2, 5, 24).reshape(4, 6), np.linspace(3, -1, 6)
    found = outcome(f"(x {sign} y) * 1 + x", {"x": x, "y": y})
    assert isinstance(found, Computed)
    with np.errstate(all="ignore"):
        check_same(found.value, OPERATORS[sign](x, y) * 1 + x)


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("sign", ["&", "|", "^", "<<", ">>"])
def test_every_operator_of_bits(sign: str) -> None:
    x, y = np.arange(24).reshape(4, 6), np.arange(6)
    found = outcome(f"-(x {sign} y) + ~x", {"x": x, "y": y})
    assert isinstance(found, Computed)
    check_same(found.value, -OPERATORS[sign](x, y) + ~x)


OPERATORS = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod, "**": operator.pow, "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
    ">": operator.gt, ">=": operator.ge, "&": operator.and_, "|": operator.or_, "^": operator.xor,
    "<<": operator.lshift, ">>": operator.rshift,
}  # fmt: skip


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("part", [np.s_[:, :], np.s_[:, ::2], np.s_[::2, :]])
def test_turned_operands_are_done_in_pieces_too(part: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpu_chains.Chain, "_whole", None)
    square = np.arange(48.0).reshape(6, 8)
    for x in (square[part].T, np.asfortranarray(square)[part], square[part]):
        row = np.arange(float(x.shape[1]))
        for source, expected in (("exp(-x) * 2", np.exp(-x) * 2), ("x * row + (x - 1) * 3", x * row + (x - 1) * 3)):
            found = outcome(source, {"x": x, "row": row})
            assert isinstance(found, Computed)
            check_same(found.value, expected)
            assert found.value.flags.owndata


@pytest.mark.usefixtures("tiny")
def test_two_light_steps_take_the_memory_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpu_chains.Chain, "_in_pieces", None)
    x = np.ones((300, 400))
    plan = planned("x * 2 + 1", {"x": x})
    tracemalloc.start()
    found = execute(plan, {"x": x}, NumpyBackend())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found, Computed)
    check_same(found.value, x * 2 + 1)
    assert peak < 1.1 * x.nbytes


def test_a_small_chain_writes_over_what_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    x, rooms = np.ones((200, 200)), []
    ending = cpu_chains.Chain._ending
    monkeypatch.setattr(cpu_chains.Chain, "_ending", lambda *given: rooms.append(ending(*given)) or rooms[-1])
    found = outcome("(x - 1) * (x + 1) / 2 + 1", {"x": x})
    assert isinstance(found, Computed)
    assert [room is not None for room in rooms] == [False, False, True, True, True]
    assert found.value is rooms[-1]


SHAPES = st.sampled_from([(3, 4), (1, 4), (4,), (3, 1), (), (2, 3, 4), (2, 1, 1), (1, 3, 4), (2, 3, 1), (0, 4)])
ORDERS = st.sampled_from(["C", "F"])
DTYPES = st.sampled_from(["float64", "float32", "int8", "bool", "complex64", "float16", "uint64"])


@st.composite
def arrays(draw: st.DrawFn) -> np.ndarray:
    shape, dtype = draw(SHAPES), draw(DTYPES)
    values = np.random.default_rng(draw(st.integers(0, 9))).integers(-3, 4, size=shape)
    array = np.asarray(values).astype(dtype, order=draw(ORDERS))
    if not array.ndim:
        return array
    parts = {"all": array, "backwards": array[::-1], "every second": np.repeat(array, 2, axis=-1)[..., ::2]}
    if array.ndim == 3:
        parts["other axes"] = np.ascontiguousarray(array.transpose(1, 0, 2)).transpose(1, 0, 2)
    return parts[draw(st.sampled_from(list(parts)))]


TEXTS = st.sampled_from(
    ["exp(x * y) + 1", "(x + y) * (x + y) + x", "where(x > y, x, y * 2)", "abs(x + y) + y", "relu(x * y) + y",
     "sqrt(abs(x)) ** 2 * y", "(x == y) & (x * 1 > y)", "x * y * x * y + x", "1j * x + y", "maximum(x + 1, y + 1)",
     "sigmoid(x * 1.0 + y) * 2", "(x + y) / (x * x + 1)", "-(x * y) + 3", "~(x > y) | (y > x * 2)"]
)  # fmt: skip


@given(TEXTS, arrays(), arrays(), st.integers(1, 3), st.integers(1, 14), st.booleans())
def test_any_shapes_and_orders_are_as_without_chains(
    source: str, x: np.ndarray, y: np.ndarray, threads: int, piece: int, whole: bool
) -> None:
    operands = {"x": x, "y": y}
    if infer(source, {name: Signature(value.shape, value.dtype) for name, value in operands.items()}).problems:
        return
    expected = outcome(source, operands)
    with pytest.MonkeyPatch.context() as patch:
        make_tiny(patch, piece)
        if whole:
            patch.setattr(steps, "LEAST_PIECES", 1000)
        found = outcome(source, operands, NumpyBackend(threads))
    assert isinstance(found, Computed)
    assert isinstance(expected, Computed)
    check_same(found.value, expected.value)


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("source", EVERYTHING)
def test_a_gpu_s_chain_gives_the_same(source: str) -> None:
    expected = outcome(source)
    found = outcome(source, backend=pretended_cupy.backend())
    if isinstance(expected, Failure):
        assert isinstance(found, Failure)
    else:
        check_close(found.value, expected.value)


@pytest.mark.usefixtures("tiny")
def test_a_gpu_fuses_what_it_can() -> None:
    device = pretended_cupy.backend()
    plan = planned("exp(-A * A) + sin(A) * 2")
    for times in (1, 2):
        assert isinstance(execute(plan, OPERANDS, device), Computed)
        assert pretended_cupy.CALLS.count("fused chain") == times
    assert pretended_cupy.CALLS.count("fuse") == 1, "it is compiled once"
    outcome("sigmoid(A) + 1", backend=device)
    assert pretended_cupy.CALLS.count("fused chain") == 3, "a function of our own is made of universal ones"


def test_every_own_function_is_one_of_the_table_and_works_cell_by_cell() -> None:
    grid = np.linspace(-3, 3, 12).reshape(3, 4)
    for name in OWN_CELLWISE - {"where"}:
        whole = outcome(f"{name}(x)", {"x": grid})
        part = outcome(f"{name}(x)", {"x": grid[1:, 2:].copy()})
        assert isinstance(whole, Computed)
        assert isinstance(part, Computed)
        np.testing.assert_array_equal(whole.value[1:, 2:], part.value)
