"""Chains on the CPU: cell-by-cell steps over pieces that fit into a core's cache, by all cores at once.

NumPy's universal functions use one core, and each writes an array as large as its result to memory and the next reads
it back. Here every step of a chain is done for one piece before the next piece is begun. Each cell goes through the
same loops of NumPy's, so that the results are the same bits.
"""

from __future__ import annotations

import contextvars
import itertools
import math
import threading
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from playground.compute.backend import StepError, StoppedError
from playground.compute.functions.targets import numpy_function

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playground.compute.planning.steps import PlanStep

PIECE_CELLS: Final = 1 << 15
"""Cells of one piece: 256 KiB of float64, several of which fit into a core's second cache."""

_LARGEST_ITEM: Final = np.dtype(np.clongdouble).itemsize

_OPERATORS: Final = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.true_divide, "//": np.floor_divide, "%": np.remainder,
    "==": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
    "&": np.bitwise_and, "and": np.bitwise_and, "|": np.bitwise_or, "^": np.bitwise_xor, ">>": np.right_shift,
}  # fmt: skip
"""Not ``**``: for some exponents Python's operator takes other ways than ``power``."""

_UNARY: Final = {"-": np.negative, "+": np.positive, "~": np.invert}


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
        self._universal = [_universal(inner) for inner in step.inner]
        self._last_use = {slot: at for at, inner in enumerate(step.inner) for slot in inner.slots}
        self._threads = threads
        self._stop = stop

    def __call__(self, *arguments: Any) -> Any:  # noqa: ANN401 - arrays and scalars
        """Give the chain's result."""
        signature = self._step.signature
        shape: tuple[int, ...] = signature.shape  # type: ignore[union-attr, assignment] # a chain's shape is known
        arrays = [argument for argument in arguments if isinstance(argument, np.ndarray) and argument.ndim]
        if not all(array.flags.c_contiguous for array in arrays if array.shape == shape):
            # NumPy would give the result the order of its operands; piece by piece it would be another.
            return self.piece(list(arguments), None, None)
        out = self._room(arguments, shape, signature.dtype)  # type: ignore[union-attr]
        if all(array.shape == shape for array in arrays):
            views = [_flat(argument) for argument in arguments]
            pieces = _Pieces((out.size,))
        else:
            views = [_stretched(argument, shape) for argument in arguments]
            pieces = _Pieces(shape)
        flat = out.reshape(pieces.shape)
        self._share(pieces, views, flat)
        return out

    def _room(self, arguments: Sequence[Any], shape: tuple[int, ...], dtype: np.dtype) -> np.ndarray:
        """The memory of the result: that of an argument which nobody needs any more, or new."""
        given = arguments[self._step.donor] if self._step.donor is not None else None
        if isinstance(given, np.ndarray) and given.flags.owndata and given.flags.writeable and given.shape == shape:
            return given
        return np.empty(shape, dtype)

    def _share(self, pieces: _Pieces, views: list[Any], out: np.ndarray) -> None:
        """Let every core take the next piece until there is none."""
        work = _Work(self, pieces, views, out)
        # A thread has error states of its own; these are the caller's.
        contexts = [contextvars.copy_context() for _ in range(min(self._threads, pieces.count) - 1)]
        helpers = [threading.Thread(target=context.run, args=(work.run,), name="chain") for context in contexts]
        for helper in helpers:
            helper.start()
        work.run()
        for helper in helpers:
            helper.join()
        if work.error is not None:
            raise work.error

    def piece(self, values: list[Any], out: np.ndarray | None, buffers: _Buffers | None) -> Any:  # noqa: ANN401
        """Run the steps on ``values``, which grows by their results; the last one goes into ``out``, if there is one.

        ``buffers`` give room for the others; without them each step makes its own.
        """
        first, last = len(values), len(self._step.inner) - 1
        for at, inner in enumerate(self._step.inner):
            if self._stop():  # a long chain takes a tenth of a second for one piece
                raise StoppedError
            room = out if at == last or out is None or buffers is None else buffers.take(inner, out)
            try:
                values.append(self._call(at, inner, values, room))
            except Exception as error:
                raise StepError(inner) from error
            for slot in inner.slots:
                if self._last_use[slot] == at:
                    if buffers is not None and slot >= first:
                        buffers.give_back(values[slot])
                    values[slot] = None
        if out is not None and values[-1] is not out:
            out[...] = values[-1]
        return values[-1]

    def _call(self, at: int, inner: PlanStep, values: list[Any], room: np.ndarray | None) -> Any:  # noqa: ANN401
        arguments = [values[slot] for slot in inner.arguments]
        universal = self._universal[at]
        if room is not None and universal is not None:
            return universal(*arguments, out=room)
        return self._functions[at](*arguments, **{name: values[slot] for name, slot in inner.keywords})


class _Work:
    """What the threads share: which piece is next, and the first error."""

    def __init__(self, chain: Chain, pieces: _Pieces, views: list[Any], out: np.ndarray) -> None:
        self._chain = chain
        self._views = views
        self._out = out
        self._pieces = iter(pieces)
        self._lock = threading.Lock()
        self.error: Exception | None = None

    def run(self) -> None:
        """Take pieces until there is none, or one has failed."""
        buffers = _Buffers()
        try:
            while (piece := self._next()) is not None:
                values = [view[piece] if isinstance(view, np.ndarray) and view.ndim else view for view in self._views]
                self._chain.piece(values, self._out[piece], buffers)
        except Exception as error:
            self.error = self.error or error

    def _next(self) -> tuple[Any, ...] | None:
        with self._lock:
            return next(self._pieces, None) if self.error is None else None


class _Pieces:
    """Cuts a shape into indices of at most ``PIECE_CELLS`` cells that lie together."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape
        axis = len(shape) - 1
        while axis > 0 and math.prod(shape[axis:]) <= PIECE_CELLS:
            axis -= 1
        self._before = shape[:axis]
        self._size = shape[axis]
        self._length = max(1, PIECE_CELLS // max(1, math.prod(shape[axis + 1 :])))
        self.count = math.prod(self._before) * -(-self._size // self._length)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for before in itertools.product(*map(range, self._before)):
            for start in range(0, self._size, self._length):
                yield (*before, slice(start, start + self._length))


class _Buffers:
    """Memory for what lies between two steps, taken again and again by one thread."""

    def __init__(self) -> None:
        self._free: list[np.ndarray] = []
        self._memory: dict[int, np.ndarray] = {}

    def take(self, inner: PlanStep, like: np.ndarray) -> np.ndarray:
        """Give room for the result of ``inner`` over a piece of the shape of ``like``."""
        dtype: np.dtype = inner.signature.dtype  # type: ignore[union-attr] # the steps of a chain have one
        memory = self._free.pop() if self._free else np.empty(PIECE_CELLS * _LARGEST_ITEM, np.uint8)
        room = memory.view(dtype)[: like.size].reshape(like.shape)
        self._memory[id(room)] = memory
        return room

    def give_back(self, room: object) -> None:
        """Let the memory of ``room`` be taken again, where it came from here."""
        memory = self._memory.pop(id(room), None)
        if memory is not None:
            self._free.append(memory)


def _universal(inner: PlanStep) -> np.ufunc | None:
    """The universal function that can write its result where it is told to; None where the step is none."""
    kind, colon, sign = inner.target.partition(":")
    if colon:
        return _OPERATORS.get(sign) if kind == "op" else _UNARY.get(sign)
    function = numpy_function(inner.target)
    return function if isinstance(function, np.ufunc) else None


def _flat(argument: Any) -> Any:  # noqa: ANN401
    return argument.reshape(-1) if isinstance(argument, np.ndarray) and argument.ndim else argument


def _stretched(argument: Any, shape: tuple[int, ...]) -> Any:  # noqa: ANN401
    return np.broadcast_to(argument, shape) if isinstance(argument, np.ndarray) and argument.ndim else argument
