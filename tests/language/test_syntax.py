"""Everything that a NumPy expression may hold: each text is inferred and computed as NumPy has it."""

from __future__ import annotations

import numpy as np
import pytest

import playground as mp
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.language.expressions import namespace, signatures

OPERANDS = {
    "A": np.arange(1.0, 7.0).reshape(3, 2),
    "B": np.arange(24.0).reshape(2, 3, 4) % 7 - 2,
    "v": np.array([0.5, -1.5, 2.5]),
    "i": np.array([0, 2, 1]),
    "m": np.array([True, False, True]),
    "M": np.arange(6).reshape(2, 3) % 2 == 0,
    "s": np.array(2),
    "one": np.array([0.5]),
    "z": np.array([[1 + 2j, 3], [4, 5 - 1j]]),
    "u": np.array([1, 2, 3], dtype=np.uint8),
}

TEXTS = [
    # comparisons in a chain, for single numbers
    "0 < s < 5", "0 < 3 < 5", "5 < 3 < 1", "0 < A.ndim < 3 < 9", "0 < one < 1", "1 < one < 2", "s == 2 != 3",
    "0 < sum(A) <= 21", "5 < 3 < s",
    # indices
    "B[(0, 1), :]", "B[(0, 1),]", "B[0, (0, 1)]", "B[[0, 1], [1, 2]]", "B[[[0], [1]], [1, 2]]", "B[0, :, [0, 1]]",
    "B[[0, 1], :, 0]", "B[:, [0, 1], [2, 3]]", "B[:, i, :]", "B[..., i]", "B[None, ..., 0]", "B[newaxis]",
    "B[::-1, ::2, -1:0:-2]", "B[M]", "B[M, 0]", "B[:, m]", "B[0, m, 1:]", "B[s - 1]", "A[i[0], s - 1]", "A[-1]",
    "A[...]", "A[i, None]", "v[m]", "v[v > 0]", "A[argmax(v)]", "B[1, 2][3]", "A[1:, 0][::-1]", "B[..., None, :, 0]",
    "A[True]", "A[[]]", "A[s - 1, ...]", "B[[True, False]]", "B[0:2, (2, 0, 1), None]", "A[A.shape[1],]", "B[:, :, s]",
    "v[::-1]", "v[5:]", "v[-2:10]", "A[[-1, 0]][:, [1, 0]]",
    # attributes
    "z.H", "z.H @ z", "A.H", "B.H", "B.mT", "A.strides", "A.strides[0]", "A.T.strides",
    "A.itemsize * A.size == A.nbytes", "z.real + z.imag", "u.itemsize", "A.dtype == float32", "A.dtype == np.float64",
    "A.dtype != B.dtype", "u.dtype == 'u1'",
    # literals
    "2**70 % 7", "2**70 // 2**68", "A * 2**70", "i < 2**70", "2.0 * 2**80", "0x1F + 0b11 + 0o7", "1_000 * A", "A + 1j",
    "3e-2 * v", "(1 + 2j) * (1 - 2j)", "1e3j * v", "-(2**63) + i", "2**64 - 2**64 + v",
    # dtypes that are called
    "float32(3)", "np.float32(A)", "A * np.float32(2)", "int8(3.7)", "np.int64([1, 2])", "np.bool_(2)", "complex64(v)",
    "np.uint8(v + 2)", "A.astype(np.int32)", "A.astype('f4')", "zeros(3, dtype=np.float16)",
    "np.sum(A, dtype=np.float32)",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_inferred_and_computed_as_numpy_has_it(text: str) -> None:
    names = {**namespace(OPERANDS), "np": np}
    expected = eval(text.replace(".H", ".mT.conj()"), names)
    found = infer(text, signatures(OPERANDS))
    assert found.ok, found.problems
    signature = found.signature
    assert isinstance(signature, Signature)
    array = np.asarray(expected)
    assert signature.dtype == array.dtype
    assert len(signature.shape) == array.ndim
    assert all(known in (None, real) for known, real in zip(signature.shape, array.shape, strict=True))
    value = mp.evaluate(text, OPERANDS, device="cpu").value
    np.testing.assert_array_equal(np.asarray(value), array)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0 < A < 1", "truth"),
        ("A < v[:2] < 1", "truth"),
        ("2**70", "integer-size"),
        ("2**70 * i", "integer-range"),
        ("[2**70]", "integer-size"),
        ("m + 2**70", "integer-range"),
        ("A * 2**1030", "integer-range"),
        ("zeros(2**70)", "integer-size"),
        ("v.H", "ndim"),
        ("uint8(300)", "integer-range"),
        ("array([1, 300], dtype=int8)", "integer-range"),
        ("full(3, 300, dtype=uint8)", "integer-range"),
        ("full_like(u, -1)", "integer-range"),
        ("int(v)", "unknown-function"),
        ("A[(0, 9), :]", "index-range"),
        ("A[(0, 1), (0, 1, 0)]", "broadcast"),
        ("B[:, M]", "mask"),
        ("A['a']", "index"),
        ("A[0.5]", "index"),
    ],
)
def test_what_numpy_refuses_is_a_problem(text: str, kind: str) -> None:
    try:
        value = eval(text.replace(".H", ".mT.conj()"), namespace(OPERANDS))
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        value = None
    assert np.asarray(value).dtype == object
    (problem,) = infer(text, signatures(OPERANDS)).problems
    assert problem.kind == kind
    assert problem.message
