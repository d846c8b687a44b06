from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.language.typography import SIGNS, plain, readings


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("√2", "sqrt(2)"), ("2√x", "2 * sqrt(x)"), ("√(x + 1)", "sqrt(x + 1)"), ("√(√x + 1)", "sqrt(sqrt(x) + 1)"),
        ("√A[0]", "sqrt(A[0])"), ("∛x", "cbrt(x)"), ("∑x", "sum(x)"), ("x² + y³", "x**2 + y**3"), ("x²y", "x**2 * y"),
        ("x⁻²", "x**-2.0"), ("(x + 1)²", "(x + 1)**2"), ("sin²(x)", "sin(x)**2"), ("f(x)²", "f(x)**2"),
        ("Aᵀ", "A.T"), ("AᵀB", "A.T @ B"), ("(AB)ᵀ", "(AB).T"), ("Aᴴ", "A.H"), ("A⁻¹", "linalg.inv(A)"),
        ("A⁻¹b", "linalg.inv(A) @ b"), ("A⁻ᵀ", "linalg.inv(A).T"), ("(AᵀA)⁻¹", "linalg.inv(A.T @ A)"),
        ("⌊x⌋ + ⌈y⌉", "floor(x) + ceil(y)"), ("‖x‖₂", "linalg.norm(x)"), ("⟨u, v⟩", "vdot(u, v)"),
        ("x ∈ v", "isin(x, v)"), ("a ⊗ b", "kron(a, b)"), ("x ≤ ½", "x <= 0.5"), ("¬m ∧ k ∨ n", "~m & k | n"),
        ("x ÷ 2 − 1", "x / 2 - 1"), ("A × B", "A * B"), ("“a”", '"a"'), ("y = √x", "y = sqrt(x)"), ("A @ B", "A @ B"),
    ],
)  # fmt: skip
def test_a_printed_sign_is_typed(printed: str, typed: str) -> None:
    assert plain(printed) == typed


def test_a_cross_may_be_either_product_and_an_inverse_a_power() -> None:
    assert readings("A × B") == ("A * B", "A @ B")
    assert readings("A⁻¹") == ("linalg.inv(A)", "A**-1.0")


@given(st.text(alphabet="".join(SIGNS) + "Ax1 ()[]+,.", max_size=30))
def test_nothing_printed_is_left_and_nothing_hangs(text: str) -> None:
    for reading in readings(text):
        assert not set(reading) & set(SIGNS)
