"""Reductions that pass over cells or start from a value, orders of cells, dtypes of universal functions: as NumPy."""

from __future__ import annotations

import numpy as np
import pytest

import playground
from playground.language.gradients.gradient import gradient
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.language.comparing import DTYPES, SHAPES, check_all

REDUCED = ["sum", "prod", "mean", "std", "var", "any", "all"]


@pytest.mark.parametrize("name", REDUCED)
def test_cells_are_passed_over_as_in_numpy(name: str) -> None:
    check_all(f"{name}(A, where=A > 2)", SHAPES, ("int32", "float16"))
    check_all(f"{name}(A, axis=0, where=K)")
    check_all(f"{name}(A, axis=-1, keepdims=True, where=[True, False, True])")
    check_all(f"{name}(A, where=V)")


@pytest.mark.parametrize("name", ["sum", "prod", "min", "max"])
@pytest.mark.parametrize("initial", ["3", "2.5", "J", "V", "-1", "1j"])
def test_a_reduction_starts_from_a_number_that_its_dtype_holds(name: str, initial: str) -> None:
    check_all(f"{name}(A, initial={initial})", [(3,), (0,), (2, 3), ()], DTYPES)
    check_all(f"{name}(A, axis=0, initial={initial}, where=A > 1)", [(3,), (0,), (2, 3)], DTYPES)


def test_without_an_identity_a_choice_needs_a_start() -> None:
    check_all("min(A, where=A > 1)")
    (problem,) = infer("min(A, where=A > 1)", {"A": Signature((3,), np.dtype(float))}).problems
    assert "initial=" in problem.hint


@pytest.mark.parametrize("text", ["exp(A, dtype={})", "add(A, 2, dtype={})", "equal(A, V, dtype={})",
                                  "abs(A, dtype={})", "divide(A, V, dtype={})",
                                  "negative(A, None, dtype={})"])  # fmt: skip
@pytest.mark.parametrize("dtype", ["float32", "int8", "bool", "complex64", "None"])
def test_universal_functions_compute_in_the_dtype_asked_for(text: str, dtype: str) -> None:
    check_all(text.format(dtype), [(), (3,), (2, 3)], DTYPES)


@pytest.mark.parametrize("limits", ["0, 300", "-5, 300", "300, 400", "0, -1", "None, 255", "2.5, 300", "-(2**31), 9",
                                    "0", "min=0", "min=-1, max=300"])  # fmt: skip
def test_limits_beyond_the_dtype_limit_nothing(limits: str) -> None:
    check_all(f"clip(A, {limits})", [(), (3,)], [*DTYPES, "uint8"])
    check_all(f"A.clip({limits})", [(), (3,)], [*DTYPES, "uint8"])


@pytest.mark.parametrize("text", ["A.reshape(3, 2, order={})", "reshape(A, (6,), {})", "A.ravel({})",
                                  "A.flatten(order={})", "A.copy({})", "array(A, order={})", "zeros((2, 3), order={})",
                                  "zeros_like(A, order={})"])  # fmt: skip
@pytest.mark.parametrize("order", ["'C'", "'F'", "'f'", "None", "'X'"])
def test_the_order_is_numpys(text: str, order: str) -> None:
    check_all(text.format(order))
    array = np.arange(6).reshape(2, 3)
    if infer(text.format(order), {"A": Signature((2, 3), array.dtype)}).ok:
        found = playground.evaluate(text.format(order), {"A": array}).value
        np.testing.assert_array_equal(found, eval(text.format(order), {**vars(np), "A": array}))


def test_columns_first_and_chosen_cells_have_no_gradient() -> None:
    operands = {"A": Signature((2, 3), np.dtype(float))}
    for text in ("A.reshape(3, 2, order='F')", "sum(A, where=A > 1)", "max(A, initial=2)"):
        (problem,) = gradient(text, operands, "A").problems
        assert problem.kind == "no-gradient"


def test_a_universal_function_leaves_no_cell_out() -> None:
    (problem,) = infer("sqrt(A, where=A > 0)", {"A": Signature((3,), np.dtype(float))}).problems
    assert problem.hint == "Write where(mask, sqrt(x), 0)."


@pytest.mark.parametrize("name", ["add", "multiply", "maximum", "minimum", "logical_or", "bitwise_and", "hypot", "gcd"])
def test_universal_functions_reduce_accumulate_and_combine(name: str) -> None:
    for text in ("reduce(A, axis=1)", "reduce(A, None, keepdims=True)", "reduce(A, where=K)", "reduce(A, initial=2)",
                 "reduce(A, dtype=float32)", "accumulate(A, axis=-1)", "outer(A, V)",
                 "outer(A, 2)", "outer(3, A, dtype=float32)"):  # fmt: skip
        check_all(f"{name}.{text}", [(), (3,), (0,), (2, 3)], ["bool", "int8", "float16", "complex64"])


def test_what_changes_an_array_is_refused_with_a_way_out() -> None:
    operands = {"A": Signature((3,), np.dtype(float))}
    for text in ("np.add.at(A, 0, 1)", "np.add.reduceat(A, [0, 1])"):
        (problem,) = infer(text, operands).problems
        assert problem.kind == "not-allowed"
        assert problem.hint
    assert infer("np.mod.outer(A, A)", operands).ok
    assert not infer("A.outer(A)", operands).ok
