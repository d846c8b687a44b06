"""Chains on the GPU: cell-by-cell steps compiled into one kernel, which reads and writes the GPU's memory once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.compute.backend import StepError, StoppedError
from playground.compute.functions.operators import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playground.compute.planning.steps import PlanStep


class FusedChain:
    """A chain, ready to run; what CuPy can't fuse runs step by step. Keep it: it compiles its kernel once.

    Parameters
    ----------
    cupy
        The array module.
    step, functions
        The chain and what its inner steps call, in order.
    """

    def __init__(
        self,
        cupy: Any,  # noqa: ANN401 - CuPy ships no types
        step: PlanStep,
        functions: Sequence[Callable[..., Any]],
    ) -> None:
        self._cupy = cupy
        self.step = step
        self._functions = functions
        fusable = all(map(self._is_fusable, step.inner, functions))
        self._kernel = cupy.fuse(kernel_name="chain")(self._all) if fusable else None

    def run(self, stop: Callable[[], bool], *arguments: Any) -> Any:  # noqa: ANN401
        """Give the chain's result; ``stop`` is asked before each step that runs by itself."""
        if self._kernel is not None:
            try:
                result = self._kernel(*arguments)
            except (NotImplementedError, TypeError, ValueError):  # there are operations that fusion doesn't know
                result = None
            if result is not None and result.dtype == self.step.signature.dtype:  # type: ignore[union-attr]
                return result
            self._kernel = None
        return self._one_by_one(stop, *arguments)

    def _is_fusable(self, inner: PlanStep, function: Callable[..., Any]) -> bool:
        # What evens a difference out looks at its arguments' values, which a kernel that is being made hasn't got.
        return not inner.keywords and (
            isinstance(function, self._cupy.ufunc) or function is SHARED.get(inner.target) is not None
        )

    def _all(self, *arguments: Any) -> Any:  # noqa: ANN401
        values = list(arguments)
        for inner, function in zip(self.step.inner, self._functions, strict=True):
            values.append(function(*(values[slot] for slot in inner.arguments)))
        return values[-1]

    def _one_by_one(self, stop: Callable[[], bool], *arguments: Any) -> Any:  # noqa: ANN401
        values = list(arguments)
        last_use = {slot: at for at, inner in enumerate(self.step.inner) for slot in inner.slots}
        for at, (inner, function) in enumerate(zip(self.step.inner, self._functions, strict=True)):
            if stop():
                raise StoppedError
            try:
                named = {name: values[slot] for name, slot in inner.keywords}
                values.append(function(*(values[slot] for slot in inner.arguments), **named))
            except Exception as error:
                raise StepError(inner) from error
            for slot in inner.slots:
                if last_use[slot] == at:
                    values[slot] = None
        return values[-1]
