"""``numpy.linalg``: shapes, dtypes and refusals over many shapes, orders and modes."""

from __future__ import annotations

import numpy as np
import pytest

from playground.language.infer import infer
from playground.language.signature import Signature, TupleSignature
from tests.language.comparing import DTYPES, SHAPES, check_all

ORDERS = ["None", "1", "-1", "2", "-2", "inf", "-inf", "0", "3", "1.5", "'fro'", "'nuc'", "'x'"]
DEEP = [*SHAPES, (2, 3, 3, 3), (0, 3, 3), (2, 1, 0, 3), (3, 0, 0)]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    "text",
    ["linalg.norm(A, {})", "linalg.norm(A, {}, axis=0)", "linalg.norm(A, {}, (0, 1))",
     "linalg.norm(A, {}, (-1, 0), True)", "linalg.vector_norm(A, ord={})",
     "linalg.vector_norm(A, ord={}, axis=(0, 1))", "linalg.matrix_norm(A, ord={})",
     "linalg.vector_norm(A, ord={}, axis=-1, keepdims=True)", "linalg.matrix_norm(A, ord={}, keepdims=True)",
     "linalg.cond(A, {})"],
)  # fmt: skip
def test_norms(text: str, order: str) -> None:
    check_all(text.format(order), DEEP, dtypes=("float32",))


@pytest.mark.parametrize(
    "text",
    [
        "linalg.eig(A)", "linalg.eigvals(A)", "linalg.svdvals(A)", "linalg.cond(A)", "linalg.qr(A, 'raw')",
        "linalg.qr(A, 'complete')", "linalg.qr(A, 'r')", "linalg.cholesky(A, upper=True)", "linalg.trace(A)",
        "linalg.trace(A, offset=1)", "linalg.trace(A, dtype=float32)", "linalg.diagonal(A)", "linalg.svd(A).S",
        "linalg.diagonal(A, offset=-1)", "linalg.diagonal(A, offset=7)", "linalg.matrix_transpose(A)",
        "linalg.lstsq(A, A)", "linalg.lstsq(A, V)", "linalg.lstsq(A, 2)", "linalg.lstsq(A, A, 'x')",
        "linalg.lstsq(A, A, rcond=1e-3)", "linalg.lstsq(A, zeros((A.shape[0], 0)))",
        "linalg.lstsq(A, ones(A.shape[0]))",
        "linalg.tensorsolve(A, ones(A.shape[:1]))", "linalg.tensorsolve(A, A)", "linalg.tensorsolve(A, 1.5)",
        "linalg.tensorsolve(A, V)", "linalg.tensorsolve(A, ones(A.shape[-1:]), axes=(0,))",
        "linalg.tensorinv(A)", "linalg.tensorinv(A, ind=1)", "linalg.tensorinv(A, ind=0)", "linalg.tensorinv(A, 9)",
        "linalg.svd(A, full_matrices=False)", "linalg.svd(A, compute_uv=False)", "linalg.slogdet(A)",
        "linalg.matrix_rank(A)", "linalg.matrix_rank(A, rtol=0.1)", "linalg.matrix_rank(A, 0.1, rtol=0.1)",
         "linalg.pinv(A)", "linalg.solve(A, A)", "linalg.solve(A, V)",
    ],
)  # fmt: skip
def test_decompositions_and_equations(text: str) -> None:
    check_all(text, DEEP, dtypes=("float64",))


@pytest.mark.parametrize(
    "text",
    ["linalg.eig(A)", "linalg.eigvals(A)", "linalg.svdvals(A)", "linalg.cond(A)", "linalg.cond(A, 1)",
     "linalg.lstsq(A, A)", "linalg.lstsq(A, M)", "linalg.tensorsolve(A, V)", "linalg.tensorinv(A, 1)",
     "linalg.trace(A)", "linalg.diagonal(A)", "linalg.vector_norm(A)", "linalg.vector_norm(A, ord=inf)",
     "linalg.matrix_norm(A)", "linalg.matrix_norm(A, ord=1)", "linalg.matrix_norm(A, ord=2)", "linalg.qr(A, 'raw')",
     "linalg.cholesky(A, upper=True)"],
)  # fmt: skip
def test_dtypes(text: str) -> None:
    check_all(text, [(3, 3), (2, 3, 3)], DTYPES)


def test_tensors_are_solved() -> None:
    check_all("linalg.tensorsolve(eye(24).reshape(6, 4, 2, 3, 4), ones((6, 4)))", [()])
    check_all("linalg.tensorsolve(eye(24).reshape(2, 3, 4, 6, 4), ones((6, 4)), axes=(0, 1))", [()])
    check_all("linalg.tensorinv(eye(24).reshape(6, 4, 2, 3, 4))", [()])


def test_residuals_are_known_where_shapes_tell() -> None:
    known = {"A": Signature((5, 2), np.dtype(float)), "b": Signature((5,), np.dtype(float))}
    tall, wide = infer("linalg.lstsq(A, b)", known).signature, infer("linalg.lstsq(A.T, b[:2])", known).signature
    assert isinstance(tall, TupleSignature)
    assert isinstance(wide, TupleSignature)
    assert [item.shape for item in tall.items] == [(2,), (None,), (), (2,)]
    assert [item.shape for item in wide.items] == [(5,), (0,), (), (2,)]


def test_operations() -> None:
    known = {"A": Signature((6, 6), np.dtype(float))}
    assert infer("linalg.tensorinv(A, ind=1)", known).flops == 2 * 6**3
    assert infer("linalg.tensorsolve(A, ones(6))", known).flops == 2 * 6**3 // 3 + 2 * 36
    assert infer("linalg.eig(A)", known).flops == 25 * 6**3
