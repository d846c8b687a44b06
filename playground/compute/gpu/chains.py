"""Chains on the GPU: cell-by-cell steps compiled into one kernel, which reads and writes the GPU's memory once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.compute.gpu.fusing import Cell, Kernel, UnfusableError, bound_slots, traced
from playground.compute.stepping import one_by_one

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    from playground.compute.planning.steps import PlanStep

_NUMBERS = (int, float, complex)

_RAISED = frozenset({"CUDARuntimeError", "CUDADriverError"})
"""Errors of the GPU that running step by step wouldn't mend."""


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
        self._bound_slots = bound_slots(step.inner)
        # Beside them the dtype of a number is its own, which it has where its value is part of the kernel.
        self._has_whole = any(_is_whole(inner.signature.dtype) for inner in step.inner)  # type: ignore[union-attr]
        self._bound: dict[int, Any] = {}
        self._kernel: Callable[..., Any] | None = None
        self._is_fusable = True

    def run(self, stop: Callable[[], bool], *arguments: Any) -> Any:  # noqa: ANN401
        """Give the chain's result; ``stop`` is asked before each step that runs by itself."""
        if self._is_fusable:
            try:
                return self._fused(arguments)
            except MemoryError:
                raise
            except Exception as error:  # there are operations that fusion doesn't know, and compilers that fail
                if type(error).__name__ in _RAISED:
                    raise
                self._is_fusable, self._kernel = False, None
        return one_by_one(list(zip(self.step.inner, self._functions, strict=True)), arguments, stop)

    def _fused(self, arguments: Sequence[Any]) -> Any:  # noqa: ANN401
        arrays = [value for value in arguments if isinstance(value, self._cupy.ndarray)]
        whole = self._has_whole or any(_is_whole(array.dtype) for array in arrays)
        bound = {
            slot: value
            for slot, value in enumerate(arguments)
            if not isinstance(value, self._cupy.ndarray)
            and (whole or slot in self._bound_slots or not isinstance(value, _NUMBERS))
        }
        if self._kernel is None or bound != self._bound:
            self._bound, self._kernel = bound, self._made(bound, len(arguments))
        result = self._kernel(*(value for slot, value in enumerate(arguments) if slot not in bound))
        if result.dtype != self.step.signature.dtype:  # type: ignore[union-attr] # a chain's result has one
            raise UnfusableError
        return result

    def _made(self, bound: dict[int, Any], count: int) -> Callable[..., Any]:
        """Give the kernel, which is compiled for the dtypes of the arguments that it first meets."""
        kernel, refused = Kernel(self._cupy), list[bool]()

        def all_steps(*cells: Any) -> Any:  # noqa: ANN401
            if refused:  # CuPy has a second way of fusing for what the first one refuses: it isn't known as well
                raise UnfusableError
            refused.append(True)
            given = iter(cells)
            values = [bound[slot] if slot in bound else Cell(kernel, next(given)) for slot in range(count)]
            for inner, function in zip(self.step.inner, self._functions, strict=True):
                named = {name: values[slot] for name, slot in inner.keywords}
                values.append(traced(kernel, inner, function, [values[slot] for slot in inner.arguments], named))
            refused.clear()
            return values[-1].value

        made: Callable[..., Any] = self._cupy.fuse(kernel_name="chain")(all_steps)
        return made


def _is_whole(dtype: np.dtype) -> bool:
    return dtype.kind in "bui"
