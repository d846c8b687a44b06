"""Chains on the CPU: cell-by-cell steps over pieces that fit into a core's cache, by all cores at once.

NumPy's universal functions use one core, and each writes an array as large as its result to memory and the next reads
it back. Here every step of a chain is done for one piece before the next piece is begun. Each cell goes through the
same loops of NumPy's, so that the results are the same bits.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.backend import StepError, StoppedError
from playground.compute.cpu.axes import common_order, turned
from playground.compute.cpu.cells import cells_of
from playground.compute.cpu.pieces import Rooms, Work
from playground.compute.planning import steps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playground.compute.cpu.cells import Cell
    from playground.compute.planning.steps import PlanStep


class Chain:
    """A chain, ready to be called with its arguments.

    Parameters
    ----------
    step
        The chain's step; its result has a known shape.
    functions
        What its inner steps call, in order.
    threads
        How many cores may compute.
    stop
        Asked before each step of each piece; once it says True, ``StoppedError`` is raised.
    """

    def __init__(
        self, step: PlanStep, functions: Sequence[Callable[..., Any]], threads: int, stop: Callable[[], bool]
    ) -> None:
        self._step = step
        self._functions = functions
        self._cells = cells_of(step)
        self._threads = threads
        self._stop = stop
        self._shape: tuple[int, ...] = step.signature.shape  # type: ignore[union-attr, assignment] # it is known
        self._dtype: np.dtype = step.signature.dtype  # type: ignore[union-attr]

    def __call__(self, *arguments: Any) -> Any:  # noqa: ANN401 - arrays and scalars
        """Give the chain's result."""
        order = None
        if math.prod(self._shape) >= steps.LEAST_PIECES and not self._cells.is_light:
            order = common_order(self._step, arguments, self._shape)
        if order is None:  # NumPy decides step by step how the results lie in memory
            return self._whole(list(arguments))
        result = self._room(arguments, order)
        if order != tuple(range(len(order))):
            arguments = tuple(turned(argument, order) for argument in arguments)
        self._in_pieces(arguments, result.transpose(order))
        return result

    def _room(self, arguments: Sequence[Any], order: tuple[int, ...]) -> np.ndarray:
        """The memory of the result: that of an argument which nobody needs any more, or new."""
        given: np.ndarray | None = arguments[self._step.donor] if self._step.donor is not None else None
        if given is not None and self._is_free(given) and given.transpose(order).flags.c_contiguous:
            return given
        if order == tuple(range(len(order))):
            return np.empty(self._shape, self._dtype)
        like = next(argument for argument in arguments if getattr(argument, "shape", None) == self._shape)
        return np.empty_like(like, self._dtype)  # in the order of its axes

    def _is_free(self, array: Any) -> bool:  # noqa: ANN401
        """Whether ``array``, which nobody needs any more, can hold the result."""
        return (
            isinstance(array, np.ndarray) and array.flags.owndata and array.flags.writeable
            and array.shape == self._shape and array.dtype == self._dtype
        )  # fmt: skip

    def _in_pieces(self, arguments: Sequence[Any], out: np.ndarray) -> None:
        arrays = [argument for argument in arguments if isinstance(argument, np.ndarray) and argument.ndim]
        flat = all(array.shape == out.shape and array.flags.c_contiguous for array in arrays)
        if flat:
            views = [_flat(argument) for argument in arguments]
            out = out.reshape(-1)
        else:
            views = [_stretched(argument, out.shape) for argument in arguments]
        work = Work(out.shape, lambda: self._runner(views, out))
        moved = out.nbytes + sum(array.nbytes for array in arrays)
        work.run(self._threads, moved, joined=flat and len(self._cells.steps) == 1)

    def _runner(self, views: list[Any], out: np.ndarray) -> Callable[[Any], None]:
        """What one thread does with each piece."""
        cells = self._cells
        rooms = Rooms(
            cells.registers,
            [None if cell.register is None else (cell.register, cell.inner.signature.dtype) for cell in cells.steps],  # type: ignore[union-attr]
        )

        def run(piece: Any) -> None:  # noqa: ANN401 - an index
            values = [view[piece] if isinstance(view, np.ndarray) and view.ndim else view for view in views]
            place = out[piece]
            room = [*rooms.of(place.shape)[:-1], place]
            for at, cell in enumerate(cells.steps):
                self._do(at, cell, values, room[at])
            if values[-1] is not place:
                place[...] = values[-1]

        return run

    def _whole(self, values: list[Any]) -> Any:  # noqa: ANN401
        """Run the steps on whole arrays, each written over one that ends with it, as NumPy does where it can."""
        donor = self._step.donor
        made = set() if donor is None or not self._is_free(values[donor]) else {donor}
        for at, cell in enumerate(self._cells.steps):
            slot = len(values)
            self._do(at, cell, values, self._ending(cell, values, made))
            if cell.universal is not None:  # other functions may give back what they were given
                made.add(slot)
        return values[-1]

    def _ending(self, cell: Cell, values: list[Any], made: set[int]) -> np.ndarray | None:
        """An array that ends with this step and lies in memory as the step's result will."""
        if cell.universal is None:
            return None
        operands = [values[slot] for slot in cell.inner.arguments if getattr(values[slot], "ndim", 0)]
        for slot in cell.ends:
            array = values[slot]
            dtype = cell.inner.signature.dtype  # type: ignore[union-attr] # the steps of a chain have one
            if (
                slot not in made
                or not isinstance(array, np.ndarray)
                or (array.shape, array.dtype) != (self._shape, dtype)
            ):
                continue
            if array.flags.c_contiguous or all(operand.strides == array.strides for operand in operands):
                return array
        return None

    def _do(self, at: int, cell: Cell, values: list[Any], room: np.ndarray | None) -> None:
        """Run a step on ``values``, which grows by its result, in ``room`` where there is one."""
        if self._stop():  # a long chain takes a tenth of a second for one piece
            raise StoppedError
        inner = cell.inner
        arguments = [values[slot] for slot in inner.arguments]
        universal = cell.universal(arguments) if room is not None and cell.universal is not None else None
        try:
            if universal is not None:
                values.append(universal(*arguments, out=room))
            else:
                values.append(self._functions[at](*arguments, **{name: values[slot] for name, slot in inner.keywords}))
        except Exception as error:
            raise StepError(inner) from error
        for slot in cell.ends:
            values[slot] = None


def _flat(argument: Any) -> Any:  # noqa: ANN401
    return argument.reshape(-1) if isinstance(argument, np.ndarray) and argument.ndim else argument


def _stretched(argument: Any, shape: tuple[int, ...]) -> Any:  # noqa: ANN401
    return np.broadcast_to(argument, shape) if isinstance(argument, np.ndarray) and argument.ndim else argument
