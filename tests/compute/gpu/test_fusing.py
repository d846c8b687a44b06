"""What becomes one kernel on a GPU: typical chains do, with the same values; what can't runs step by step."""

from __future__ import annotations

import importlib.util
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from playground.compute.cpu.device import NumpyBackend
from playground.compute.execute import execute
from playground.compute.functions.operators import SHARED
from playground.compute.functions.targets import cupy_function
from playground.compute.gpu.chains import FusedChain
from playground.compute.gpu.differences import evened_out
from playground.compute.outcome import Computed, Failure
from playground.compute.planning.plan import plan
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.compute import pretended_cupy
from tests.compute.pretended_cupy import CALLS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.compute.planning.steps import Plan, PlanStep

LEARNING = [
    "relu(x @ W + b)", "sigmoid(X) * 2", "gelu(X) + 1", "gelu(X, 'tanh') + 1", "silu(X) + 1", "softplus(X) + 1",
    "elu(X) * 2", "elu(X, 0.5) + 1", "selu(X) + 1", "mish(X) + 1", "softsign(X) + 1", "erf(X) + 1",
    "leaky_relu(X, 0.1) + 1", "leaky_relu(X, negative_slope=0.2) + 1",
]  # fmt: skip
CELLWISE = [
    "exp(-X * X) + sin(X) * 2", "X ** 2 + 1", "mean((X - Y) ** 2)", "sqrt(X ** 2 + Y ** 2)", "X ** 3 + 1",
    "X ** 0.5 + 1", "X ** -1 + 1", "2 ** X + 1", "power(X, 2) + 1", "X ** Y + 1", "square(X) + 1",
    "where(X > 0, X, 0) + 1", "where(X > 0, 1, 0) * X", "where(X, X, Y) + 1", "where(X > 0, 1.0, -1) + 1",
    "logical_and(X > 0, Y > 0) | (X > 1)", "logical_not(X) | (Y > 1)", "~(X > 0) & (Y < 1)", "X * (X > 0)",
    "+X * 2 - 1", "abs(X) % 2 + 1", "isnan(X) | isinf(Y)",
]  # fmt: skip
STEP_BY_STEP = ["deg2rad(X) + 1", "(X > 0) ** 2 + 1"]

SHAPE = (400, 400)
CELLS = np.random.default_rng(1).uniform(0.5, 3, (5, *SHAPE))


def operands(dtype: str) -> dict[str, np.ndarray]:
    x, y, left, right, row = (cells.astype(dtype) for cells in CELLS)
    return {"X": x, "Y": y, "x": left, "W": right, "b": row[0]}


def planned(source: str, arrays: dict[str, np.ndarray]) -> Plan:
    inference = infer(source, {name: Signature(value.shape, value.dtype) for name, value in arrays.items()})
    assert inference.ok, inference.problems
    return plan(inference)


def value(source: str, arrays: dict[str, np.ndarray], backend: Any = None) -> Any:
    backend = backend or NumpyBackend(threads=1)
    found = execute(planned(source, arrays), arrays, backend)
    assert isinstance(found, Computed), found
    return backend.to_host(found.value)


@pytest.mark.parametrize("dtype", ["f4", "f8"])
@pytest.mark.parametrize("source", [*LEARNING, *CELLWISE])
def test_typical_chains_are_one_kernel(source: str, dtype: str) -> None:
    arrays = operands(dtype)
    device = pretended_cupy.backend()
    found = value(source, arrays, device)
    assert "fused chain" in CALLS
    expected = value(source, arrays)
    assert found.dtype == expected.dtype
    np.testing.assert_allclose(found, expected, rtol=4 * np.finfo(dtype).eps)
    (chain,) = device._chains.values()
    assert chain._is_fusable, "it gave up and ran step by step"


@pytest.mark.parametrize("source", STEP_BY_STEP)
def test_the_rest_runs_step_by_step(source: str) -> None:
    arrays = operands("f8")
    device = pretended_cupy.backend()
    found, expected = value(source, arrays, device), value(source, arrays)
    assert found.dtype == expected.dtype
    np.testing.assert_allclose(found, expected)
    (chain,) = device._chains.values()
    assert not chain._is_fusable


@pytest.mark.parametrize("dtype", ["u1", "i4", "i8", "?"])
@pytest.mark.parametrize(
    "source", ["X * 0.1 > 0.15", "X * 2 + 1", "relu(X) + 1", "X ** 2 - 1", "sigmoid(X) + 1", "where(X > 1, X, 0) + 1"]
)
def test_whole_numbers_and_truths_keep_numpy_s_dtypes(source: str, dtype: str) -> None:
    arrays = operands(dtype)
    found, expected = value(source, arrays, pretended_cupy.backend()), value(source, arrays)
    assert found.dtype == expected.dtype
    np.testing.assert_allclose(found, expected)


def failing(error: Exception) -> Any:
    def fuse(**_options: Any) -> Callable[..., Any]:
        def kernel(*_arguments: Any) -> Any:
            raise error

        return lambda _function: kernel

    made = pretended_cupy.backend()
    made.module.fuse = fuse
    return made


def named(name: str) -> Exception:
    return type(name, (RuntimeError,), {"status": 700})("from CUDA")


@pytest.mark.parametrize("error", [named("CompileException"), named("NVRTCError"), TypeError("x"), OverflowError("x")])
def test_a_kernel_that_can_t_be_made_is_none(error: Exception) -> None:
    arrays = operands("f8")
    np.testing.assert_allclose(value("X * 2 + 1", arrays, failing(error)), arrays["X"] * 2 + 1)


@pytest.mark.parametrize(
    ("error", "kind"), [(MemoryError("Out of memory"), "memory"), (named("CUDARuntimeError"), "device-lost")]
)
def test_running_out_and_a_lost_device_are_told(error: Exception, kind: str) -> None:
    arrays = operands("f8")
    found = execute(planned("X * 2 + 1", arrays), arrays, failing(error))
    assert isinstance(found, Failure)
    assert found.kind == kind


# -- CuPy's own fusion, as far as it goes without a GPU -------------------------------------------------------------


class Traced(Exception):  # noqa: N818 - what was to be seen, not an error
    """A kernel that CuPy made; without a GPU it can't be compiled."""


def _kernel_of(step: PlanStep, arrays: list[Any]) -> Any:
    """Let CuPy trace a chain, and give the kernel that it would compile."""
    import cupy
    from cupy._core import fusion

    class Module:
        ufunc, ndarray = cupy.ufunc, cupy.ndarray

        def __getattr__(self, name: str) -> Any:
            return getattr(cupy, name)

        def fuse(self, **_options: Any) -> Any:
            return lambda function: lambda *given: self.traced(function, given)

        def traced(self, function: Callable[..., Any], given: Any) -> Any:
            state = fusion._thread_local
            state.history = history = fusion._FusionHistory()
            state.is_old_fusing = True
            try:
                made = history.get_fusion(function, given, "chain")
            finally:
                state.history, state.is_old_fusing = None, False
            raise Traced(made[0])

    own = {**SHARED, **evened_out(cupy)}
    functions = [own.get(inner.target) or cupy_function(inner.target, cupy) for inner in step.inner]
    chain = FusedChain(Module(), step, functions)  # type: ignore[arg-type] # CuPy ships no types
    with pytest.raises(Traced) as seen:
        chain._fused(arrays)
    return seen.value.args[0]


def _nowhere(array: np.ndarray) -> Any:
    """An array of CuPy's whose memory isn't there: enough to ask for its dtype."""
    import cupy

    memory = cupy.cuda.UnownedMemory(1 << 20, array.nbytes, None, 0)
    return cupy.ndarray(array.shape, array.dtype, memptr=cupy.cuda.MemoryPointer(memory, 0))


@pytest.mark.skipif(importlib.util.find_spec("cupy") is None, reason="CuPy is not installed")
@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
@pytest.mark.parametrize("source", [*LEARNING, *CELLWISE])
def test_cupy_s_fusion_takes_them(source: str, dtype: str) -> None:
    arrays = operands(dtype)
    made = planned(source, arrays)
    (step,) = [step for step in made.steps if step.inner]
    slots: list[Any] = [*(arrays[name] for name in made.names), *made.constants]
    before = [slots[slot] if slot < len(slots) else arrays["X"] for slot in step.arguments]
    kernel = _kernel_of(step, [_nowhere(item) if isinstance(item, np.ndarray) else item for item in before])
    (result,) = kernel.out_params
    assert result.dtype == step.signature.dtype  # type: ignore[union-attr] # a chain's result has one
    if dtype != "f2":
        assert not re.search(r"\bcupy_(multiply|square)\(", kernel.operation), "a product that a sum could swallow"


@pytest.mark.skipif(importlib.util.find_spec("cupy") is None, reason="CuPy is not installed")
def test_no_number_goes_by_way_of_float16_on_cupy() -> None:
    arrays = operands("u1")
    made = planned("X * 0.1 > 0.15", arrays)
    (step,) = [step for step in made.steps if step.inner]
    slots: list[Any] = [*(arrays[name] for name in made.names), *made.constants]
    kernel = _kernel_of(
        step,
        [_nowhere(item) if isinstance(item, np.ndarray) else item for item in (slots[slot] for slot in step.arguments)],
    )
    assert "const double v" in kernel.operation
    assert "float16" not in kernel.operation
