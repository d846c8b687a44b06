"""A cell explained through what it needs of its operands is explained as through whole operands, and at little cost."""

from __future__ import annotations

import math
import random
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.compute.cpu.device import NumpyBackend
from playground.engine import explaining
from playground.engine.core import EngineCore
from playground.engine.evaluation import Evaluation
from playground.engine.messages import Request, Result
from playground.engine.store import Store
from playground.explain.why import MAX_TERMS, Why
from playground.language.infer import infer
from playground.language.signature import Signature
from playground.record import Record, fields
from tests.engine.test_devices import PretendedGpu

if TYPE_CHECKING:
    from playground.language.infer import Inference

LIMIT = 1 << 30
_CHANCE = np.random.default_rng(5)
OPERANDS: dict[str, np.ndarray] = {
    "A": _CHANCE.integers(-4, 5, (4, 5)).astype(float),
    "B": _CHANCE.integers(-4, 5, (5, 4)).astype(float),
    "C": _CHANCE.integers(-4, 5, (4, 5)),
    "X": _CHANCE.integers(-4, 5, (2, 4, 5)).astype(float),
    "Z": _CHANCE.integers(-4, 5, (4, 5)) * (1 + 1j),
    "b": _CHANCE.integers(-4, 5, 5).astype(float),
    "c": _CHANCE.integers(-4, 5, (4, 1)).astype(float),
    "s": np.array(2.5),
}
SIGNATURES = {name: Signature(array.shape, array.dtype) for name, array in OPERANDS.items()}
OPERATIONS = [
    "({a} @ {b})", "({a} @ {b})", "({a} @ {b})", "dot({a}, {b})", "inner({a}, {b})", "matmul({a}, {b})",
    "({a} + {b})", "({a} - {b})", "({a} * {b})", "({a} > {b})", "({a} / 4)", "(3 - {a})", "(-{a})", "({a} ** 2)",
    "({a} * [1, 2, 3, 4, 5])", "({a} / {a}.shape[0])", "({a} * ({b} @ {b}))",
    "relu({a})", "abs({a})", "maximum({a}, {b})", "where({a} > 0, {a}, {b})", "clip({a}, -3, 3)", "round({a}, 1)",
    "clip({a}, -3, a_max={b})", "{a}.T", "{a}.mT", "transpose({a})", "transpose({a}, (1, 0))", "{a}.conj()",
    "sum({a}, axis=0)", "{a}.sum(-1, keepdims=True)", "mean({a}, axis=1)", "max({a}, axis=(0, 1))", "{a}.std()",
    "argmax({a}, axis=0)", "linalg.norm({a}, axis=-1)", "prod({a})", "sum({a}, axis=1)", "any({a}, axis=0)",
    "softmax({a})", "softmax({a}, axis=0)", "sort({a}, axis=0)", "cumsum({a}, axis=0)", "log_softmax({a}, -1)",
    "{a}[1]", "{a}[:, ::2]", "{a}[::-1]", "{a}[..., 0]", "{a}[None]", "{a}[[1, 0]]", "{a}[{a} > 0]",
    "{a}.reshape(-1)", "reshape({a}, (2, -1))", "ravel({a}, order='F')", "squeeze({a})", "expand_dims({a}, 0)",
    "concatenate([{a}, {b}])", "linalg.svd({a})[1]", "outer({a}, {b})", "linalg.pinv({a})",
]  # fmt: skip


def formula(chance: random.Random) -> str:
    """Make a formula by joining, some times, what fits."""
    pool = list(OPERANDS)
    for _ in range(40):
        text = chance.choice(OPERATIONS).format(a=chance.choice(pool[-9:]), b=chance.choice(pool))
        inference = infer(text, SIGNATURES)
        signature = inference.signature
        if len(text) > 120 or not isinstance(signature, Signature) or (signature.size or 0) > 500:
            continue
        if len(signature.shape) > 1 or chance.random() < 0.2:  # of vectors and numbers there would be too many
            pool.append(text)
    return pool[-1]


def core(**operands: np.ndarray) -> EngineCore:
    engine = EngineCore(LIMIT)
    for name, array in operands.items():
        engine.put(name, array)
    return engine


def request(source: str, cell: tuple[int, ...] | None = None, *, device: str = "cpu") -> Request:
    return Request(source, {name: name for name in infer(source, SIGNATURES).operand_axes}, "=1", device, cell=cell)


def explained(source: str, cell: tuple[int, ...], quick: int, *, held: bool = True) -> Why:
    engine = core(**OPERANDS)
    if held:
        assert isinstance(engine.evaluate(request(source)), Result)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(explaining, "_QUICK", quick)
        found = engine.why(request(source, cell))
    assert isinstance(found, Why), found
    return found


def same(one: Any, other: Any) -> bool:
    """Whether two explanations say the same but for rounding."""
    if isinstance(one, Record):
        return type(one) is type(other) and all(same(getattr(one, f), getattr(other, f)) for f in fields(type(one)))
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, str):
        number = r"(?<![\w.])[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?"
        numbers = [[float(found) for found in re.findall(number, text.replace("−", "-"))] for text in (one, other)]
        return re.sub(number, "", one) == re.sub(number, "", other) and numbers[0] == pytest.approx(numbers[1], 1e-4)
    if isinstance(one, float | complex):
        return type(one) is type(other) and one == pytest.approx(other, rel=1e-9, abs=1e-11, nan_ok=True)
    return type(one) is type(other) and bool(one == other)


@given(st.integers(0, 1 << 32), st.booleans())
def test_a_part_of_the_work_gives_the_same_reason(seed: int, held: bool) -> None:
    chance = random.Random(seed)
    source = formula(chance)
    engine = core(**OPERANDS)
    result = engine.evaluate(request(source))
    if not isinstance(result, Result) or not isinstance(result.signature, Signature) or not result.signature.size:
        return
    cell = tuple(chance.randrange(size or 1) for size in result.signature.shape)
    known = infer(source, SIGNATURES).signature
    held = held or None in getattr(known, "shape", (None,))  # nobody knows the cells of what is nowhere
    narrowed, whole = explained(source, cell, -1, held=held), explained(source, cell, 1 << 60, held=held)
    assert same(narrowed, whole), f"{source} {cell}\n{narrowed}\n{whole}"
    assert result.value is not None
    if held:
        shown = result.value[cell].item()
        assert narrowed.value == shown or shown != shown


LARGE = {
    "X": _CHANCE.standard_normal((300, 300)),
    "W": _CHANCE.standard_normal((300, 300)),
    "b": _CHANCE.standard_normal(300),
}


def large(source: str, cell: tuple[int, ...] | None = None, device: str = "cpu") -> Request:
    return Request(source, {name: name for name in LARGE if name in source}, "=1", device, cell=cell)


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts of formulas that are computed to explain a cell, where 300 × 300 cells are many."""
    texts: list[str] = []
    infer_as_ever = Evaluation.infer

    def noted(self: Evaluation, source: str | None = None) -> Inference:
        if source is not None:
            texts.append(source)
        return infer_as_ever(self, source)

    monkeypatch.setattr(Evaluation, "infer", noted)
    monkeypatch.setattr(explaining, "_QUICK", 1000)
    return texts


def test_a_cell_takes_one_row_and_one_column(computed: list[str]) -> None:
    engine = core(**LARGE)
    engine.evaluate(large("relu(X @ W + b)"))
    found = engine.why(large("relu(X @ W + b)", (7, 9)))
    assert isinstance(found, Why)
    assert found.value == max(0.0, found.value)  # type: ignore[type-var]
    assert computed == ["X[7:8, :] @ W[:, 9:10] + b[9:10]", "relu(X[7:8, :] @ W[:, 9:10] + b[9:10])"]


@pytest.mark.parametrize(
    ("source", "cell", "texts"),
    [
        ("X @ W", (7, 9), []),
        ("(X @ W).T", (7, 9), []),
        ("X.T @ (W + 1)", (7, 9), ["X.T", "W[:, 9:10] + 1"]),
        ("relu(X @ W) @ X", (7, 9), ["relu(X[7:8, :] @ W)", "relu(X[7:8, :] @ W) @ X[:, 9:10]"]),
        ("max(X * 2, axis=0)", (9,), ["X[0:64, 9:10] * 2"]),
        ("softmax(X @ W)", (7, 9), []),
    ],
)
def test_only_what_is_needed_is_computed(
    source: str, cell: tuple[int, ...], texts: list[str], computed: list[str]
) -> None:
    engine = core(**LARGE)
    engine.evaluate(large(source))
    assert isinstance(engine.why(large(source, cell)), Why)
    assert computed == texts


def test_what_is_needed_as_a_whole_is_computed_once(computed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explaining, "_KEPT_BYTES", 0)
    engine = core(**LARGE)
    engine.evaluate(large("linalg.inv(X) @ W"))
    for column in range(3):
        assert isinstance(engine.why(large("linalg.inv(X) @ W", (7, column))), Why)
    assert computed.count("linalg.inv(X)") == 1
    engine.why(large("linalg.inv(W) @ X", (7, 9)))
    engine.why(large("linalg.inv(X) @ W", (7, 9)))
    assert computed.count("linalg.inv(X)") == 2


def test_where_the_parts_do_not_give_the_cell_they_are_computed_as_a_whole(computed: list[str]) -> None:
    engine = core(**LARGE)
    engine.evaluate(large("relu(X @ W + b)"))
    engine._store.keep("=1", np.full((300, 300), 1234.5), "cpu")  # as if rounding had made another number
    found = engine.why(large("relu(X @ W + b)", (7, 9)))
    assert isinstance(found, Why)
    assert found.value == 1234.5
    assert computed[-1] == "X @ W + b"


def test_what_is_kept_for_the_next_click_goes_where_memory_is_needed() -> None:
    engine = core(**LARGE)
    before = engine._store.host_bytes()
    assert isinstance(engine.why(large("linalg.inv(X) @ W", (7, 9))), Why)
    assert engine._store.host_bytes() == before + LARGE["X"].nbytes
    engine._limit = engine._store.host_bytes() + 8
    engine.put("Y", np.zeros(5))
    assert engine._store.host_bytes() == before + 40


@pytest.mark.parametrize("source", ["relu(X @ W + b)", "X @ W", "(X * W).T", "sum(X * 2, axis=0)", "X.sum() + b"])
def test_of_a_device_only_what_is_said_comes_to_the_host(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    gpu = PretendedGpu()
    monkeypatch.setattr("playground.engine.core.open_gpu", lambda _: gpu)
    engine = core(**LARGE)
    result = engine.evaluate(large(source, device="gpu"))
    assert isinstance(result, Result)
    assert isinstance(result.signature, Signature)
    gpu.downloads.clear()
    host = engine._store.host_bytes()
    cell = (7, 9)[: result.signature.ndim]
    found = engine.why(large(source, cell, "gpu"))
    assert isinstance(found, Why)
    assert len(found.terms) <= MAX_TERMS
    assert max(math.prod(shape) for shape in gpu.downloads) <= 300
    assert engine._store.host_bytes() == host


def test_values_kept_to_spare_go_first() -> None:
    store = Store({"cpu": NumpyBackend()})
    store.put("A", np.ones(3))
    store.keep_spare("part", np.ones(5), "cpu")
    assert not store.evict("cpu", ["part"])
    assert store.evict("cpu", [])
    assert "part" not in store
    assert "A" in store
