"""Traps: what is legal and surprises is said, with what was probably meant; what is ordinary isn't."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.language.infer import infer
from playground.language.signature import Signature, result_shape
from tests.language.expressions import NAMES, arrays, formulas, signatures


def sig(*shape: int, dtype: str = "float64") -> Signature:
    return Signature(shape, np.dtype(dtype))


OPERANDS = {
    "A": sig(3, 3), "B": sig(3, 3), "X": sig(100, 3), "v": sig(3), "x": sig(3), "c": sig(3, 1),
    "u": sig(3, dtype="uint8"), "w": sig(3, dtype="uint8"), "k": sig(3, dtype="uint32"),
    "i": sig(3, dtype="int64"), "j": sig(3, dtype="int64"),
    "n": sig(3, dtype="int32"), "h": sig(3, dtype="float16"), "l": sig(3, dtype="uint64"),
    "m": sig(3, 3, dtype="bool"), "z": sig(3, 3, dtype="complex128"), "b": sig(3, 3, dtype="int8"),
    "P": sig(100, 100), "Q": sig(100, 100), "p": sig(100), "grad": sig(3, 3), "mask": sig(3, 3), "S": sig(4, 3, 3),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "repair"),
    [
        ("v.T", "vector-transpose", "v[:, None]"),
        ("v.T @ A", "vector-transpose", "v @ A"),
        ("transpose(v)", "vector-transpose", "v"),
        ("v - c", "grew", "v - c.ravel()"),
        ("c * v", "grew", "c.ravel() * v"),
        ("A.T.reshape(9)", "reshape-after-transpose", "A.reshape(9)"),
        ("X.reshape(3, 100)", "reshape-no-transpose", "X.T"),
        ("reshape(X, (3, 100))", "reshape-no-transpose", "X.T"),
        ("max(A, 0)", "axis-not-number", "maximum(A, 0)"),
        ("np.max(A, 0)", "axis-not-number", "np.maximum(A, 0)"),
        ("i & j == 1", "precedence", "i & (j == 1)"),
        ("A * B", "cell-by-cell", "A @ B"),
        ("A * A.T", "cell-by-cell", "A @ A.T"),
        ("grad * mask.T", "cell-by-cell", "grad @ mask.T"),
        ("A * linalg.inv(A)", "cell-by-cell", "A @ linalg.inv(A)"),
        ("A * x", "cell-by-cell", "A @ x"),
        ("A ** -1", "reciprocal", "linalg.inv(A)"),
        ("linalg.inv(A) @ v", "inverse", "linalg.solve(A, v)"),
        ("np.linalg.inv(A) @ (v + 1)", "inverse", "np.linalg.solve(A, v + 1)"),
        ("u * w", "overflow", "u.astype(int64) * w"),
        ("u + 200", "overflow", "u.astype(int64) + 200"),
        ("b @ b", "overflow", "b.astype(int64) @ b"),
        ("k - k[::-1]", "overflow", "k.astype(int64) - k[::-1]"),
        ("i.astype(int8)", "overflow", None),
        ("i // 2", "division", None),
        ("i / j", "division", "i // j"),
        ("i % 0", "zero-division", None),
        ("v / 0", "zero-division", None),
        ("A @ v == x", "float-equality", "isclose(A @ v, x)"),
        ("A != 0.1", "float-equality", "~isclose(A, 0.1)"),
        ("v.astype(int)", "truncation", "round(v).astype(int)"),
        ("z.astype(float)", "truncation", "z.real.astype(float)"),
        ("n * 100000", "overflow", "n.astype(int64) * 100000"),
        ("n ** 5", "overflow", "n.astype(int64) ** 5"),
        ("n << 25", "overflow", "n.astype(int64) << 25"),
        ("i ** 20", "overflow", "i.astype(float64) ** 20"),
        ("arange(30) ** 20", "overflow", "arange(30).astype(float64) ** 20"),
        ("2 ** i", "overflow", "2 ** i.astype(float64)"),
        ("10 ** arange(30)", "overflow", "10 ** arange(30).astype(float64)"),
        ("-u", "overflow", "-u.astype(int64)"),
        ("h * 70000", "overflow", "h.astype(float32) * 70000"),
        ("h / 70000", "overflow", "h.astype(float32) / 70000"),
        ("h + 1e300", "overflow", "h.astype(float64) + 1e300"),
        ("m + m", "added-truths", "m.astype(int64) + m"),
        ("m + (v > 0)", "added-truths", "m | (v > 0)"),
        ("l - i", "mixed-integers", "l.astype(int64) - i"),
        ("A.sum() == 1", "float-equality", "isclose(A.sum(), 1)"),
        ("linalg.det(A) != 0", "float-equality", "~isclose(linalg.det(A), 0)"),
        ("A @ v == 0", "float-equality", "isclose(A @ v, 0)"),
        ("A == A", "with-itself", "~isnan(A)"),
        ("i == i", "with-itself", None),
        ("nan == nan", "nan", "isnan(nan)"),
        ("A == np.nan", "nan", "isnan(A)"),
        ("nan != v", "nan", "~isnan(v)"),
        ("linalg.eig(A)", "complex-result", "linalg.eigh(A)"),
        ("np.linalg.eigvals(A)", "complex-result", "np.linalg.eigvalsh(A)"),
        ("roots(v)", "complex-result", "roots(v).real"),
        ("sum(linalg.qr(A))", "stacked", "sum(linalg.qr(A)[0])"),
        ("1 + maximum(modf(v), 0)", "stacked", "1 + maximum(modf(v)[0], 0)"),
        ("np.relu(A)", "addition", "relu(A)"),
        ("1 + numpy.softmax(A, axis=0)", "addition", "1 + softmax(A, axis=0)"),
        ("np.float(2)", "given-up", "np.float64(2)"),
        ("A.astype(np.int)", "given-up", "A.astype(np.int64)"),
        ("zeros(3, dtype=np.complex)", "given-up", "zeros(3, dtype=np.complex128)"),
        ("z.H", "addition", "z.conj().T"),
        ("S.H @ S", "addition", "S.conj().mT @ S"),
        ("P @ Q @ p", "costly-order", "P @ (Q @ p)"),
        ("i ^ 2", "xor", "i ** 2"),
        ("float16(70000)", "overflow", None),
        ("2 ^ 3", "xor", "2 ** 3"),
        ("random.rand(3) - random.rand(3)", "same-seed", "random.rand(3) - random.rand(3, seed=1)"),
        ("random.rand() * random.rand()", "same-seed", "random.rand() * random.rand(seed=1)"),
        (
            "v * random.default_rng(7).random(3) - random.default_rng(7).random(3)",
            "same-seed",
            "v * random.default_rng(7).random(3) - random.default_rng(8).random(3)",
        ),
        ("X.transpose(0, 1)", "transpose-none", "X.T"),
        ("transpose(S, (0, 1, 2))", "transpose-none", "S.mT"),
        ("mean(argmax(A) == i)", "axis-missing", "mean(argmax(A, axis=1) == i)"),
        ("mean(i == A.argmax())", "axis-missing", "mean(i == A.argmax(axis=1))"),
        ("exp(X) / sum(exp(X))", "axis-missing", "exp(X) / sum(exp(X), axis=-1, keepdims=True)"),
        ("exp(X) / exp(X).sum()", "axis-missing", "exp(X) / exp(X).sum(axis=-1, keepdims=True)"),
        (
            "cross_entropy(softmax(X @ A), argmax(X, axis=1))",
            "softmax-twice",
            "cross_entropy(X @ A, argmax(X, axis=1))",
        ),
        ("layer_norm(X, 3)", "size-as-factor", "layer_norm(X)"),
        ("linalg.eigh(A)[1][0]", "row-of-vectors", "linalg.eigh(A)[1][:, 0]"),
        ("linalg.eigh(A).eigenvectors[-1]", "row-of-vectors", "linalg.eigh(A).eigenvectors[:, -1]"),
        ("v[5:10]", "empty-slice", None),
        ("A[0, 3:]", "empty-slice", None),
        ("x * A", "cell-by-cell", "x @ A"),
        ("A.view(float32)", "view", "A.astype(float32)"),
        ("1 + A.T.view(dtype=int64)", "view", "1 + A.T.astype(int64)"),
        ("(1, 2) * 2", "tuple", "array((1, 2)) * 2"),
        ("2 * A.shape", "tuple", "2 * array(A.shape)"),
        ("[1, 2] * 2", "list", "array([1, 2]) * 2"),
        ("[1, 2] * 2", "list", "tile([1, 2], 2)"),
        ("3 * [[1, 2]]", "list", "tile([[1, 2]], (3, 1))"),
        ("[1, 2] + [3, 4]", "list", "array([1, 2]) + [3, 4]"),
        ("[1, 2] + [3, 4]", "list", "concatenate(([1, 2], [3, 4]))"),
        ("X[:, :2] @ (2, 10)", "shape-as-numbers", "X[:, :2] @ zeros((2, 10))"),
        ("(3, 4) * (3, 4)", "shape-as-numbers", "zeros((3, 4)) * zeros((3, 4))"),
        ("(32, 1) + (784,)", "shape-as-numbers", "zeros((32, 1)) + zeros((784,))"),
    ],
)
def test_a_trap_is_said_with_what_was_meant(text: str, kind: str, repair: str | None) -> None:
    found = infer(text, OPERANDS)
    assert found.ok
    trap = next(trap for trap in found.warnings if trap.kind == kind)
    assert trap.message.endswith(".")
    assert 0 <= trap.span.start < trap.span.end <= len(text)
    if repair is not None:
        assert repair in [one.source for one in trap.repairs]


@pytest.mark.parametrize(
    "text",
    [
        "A.view(float64)", "z.view(float64)", "ones((2,) * A.ndim)", "A.shape[0] * 2", "(2, 3, 1) * A",
        "A @ B", "A @ v", "v + v", "A.T", "A - v", "A * 2", "A * A", "grad * mask", "A * m", "X * x", "u * 1", "u / 2",
        "i * j", "i + 1", "i << -1", "i ** 2", "n ** 3", "n * 1000", "i * 10 ** 6", "2 ** arange(10)",
        "arange(30) ** 5", "1 << k",
        "h * 100", "h * inf", "l + k", "m | m", "m * m", "-i", "A.size * 10 ** 10", "v.sum() == 0",
        "m.sum() == 1", "i.sum() == 1", "A == 1", "linalg.norm(v) == 0", "linalg.eigh(A)", "linalg.eig(z)", "relu(A)",
        "np.maximum(A, 0)", "np.float64(2)", "z.real", "A == 0",
        "concatenate(modf(v))", "stack(divmod(v, 2))", "modf(v)[0]",
        "v == max(v)", "i == j", "v != v", "A > 0", "round(v).astype(int)",
        "i.astype(float)",
        "A.reshape(-1)", "X.reshape(10, 30)", "A ** 2", "v ** -1", "max(A, axis=0)", "A @ B @ v", "P @ (Q @ p)",
        "P @ Q @ P", "linalg.solve(A, v)", "v.size // 2", "sum(u)", "mean(u)", "u.astype(int)", "i & j", "(i & j) == 1",
        "softmax(X @ A)", "i ^ j", "i ^ 0xff", "m ^ True", "random.rand(3) - random.rand(3, seed=1)",
        "random.rand(3) - random.randn(3)", "A.transpose(1, 0)", "S.transpose(0, 2, 1)", "mean(argmax(A, axis=1) == i)",
        "exp(v) / sum(exp(v))", "exp(X) / sum(exp(X), axis=1, keepdims=True)", "layer_norm(X)", "layer_norm(X, 2)",
        "linalg.eigh(A)[1][:, 0]", "linalg.eigh(A)[0][0]", "v[:0]", "v[3::-1]", "v[:5]", "A[None, 2:]",
        "v[:, None] - v", "one_hot(i, 3).astype(int)", "float16(60000)", "float32(inf)",
    ],
)  # fmt: skip
def test_what_is_ordinary_is_not_remarked_on(text: str) -> None:
    found = infer(text, OPERANDS)
    assert found.ok
    assert found.warnings == ()


def test_a_costly_chain_tells_both_counts() -> None:
    (trap,) = infer("P @ Q @ p", OPERANDS).warnings
    space = "\N{NARROW NO-BREAK SPACE}"
    assert f"P @ Q @ p takes 2{space}020{space}000 FLOP" in trap.message
    assert f"P @ (Q @ p) takes 40{space}000." in trap.message
    for text in ("P @ Q @ p", "P @ (Q @ p)"):
        assert f"{infer(text, OPERANDS).flops:,}".replace(",", space) in trap.message


@given(st.lists(st.integers(1, 60), min_size=4, max_size=8))
def test_the_order_that_is_offered_costs_what_it_says(sizes: list[int]) -> None:
    names = "ABCDEFG"[: len(sizes) - 1]
    operands = {name: sig(*sizes[place : place + 2]) for place, name in enumerate(names)}
    found = infer(" @ ".join(names), operands)
    for trap in found.warnings:
        (repair,) = trap.repairs
        cheaper = infer(repair.source, operands)
        assert cheaper.flops is not None
        assert found.flops is not None
        assert cheaper.flops * 1.5 <= found.flops
        assert not [trap for trap in cheaper.warnings if trap.kind == "costly-order"]


@settings(max_examples=200)
@given(st.fixed_dictionaries({name: arrays() for name in NAMES}), formulas(depth=2))
def test_every_repair_of_a_trap_fits(operands: dict[str, np.ndarray], text: str) -> None:
    known = signatures(operands)
    for trap in infer(text, known).warnings:
        assert trap.message
        assert 0 <= trap.span.start <= trap.span.end <= len(text)
        for repair in trap.repairs:
            mended = infer(repair.source, known)
            assert mended.signature is not None
            assert result_shape(mended.signature) == repair.shape
