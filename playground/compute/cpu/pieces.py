"""Pieces of a chain: cut so that they fit into a core's cache, and shared by the threads that get a core to run on."""

from __future__ import annotations

import contextvars
import itertools
import math
import threading
import time
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PIECE_CELLS: Final = 1 << 15
"""Cells of one piece: 256 KiB of float64, several of which fit into a core's second cache."""

LEAST_S: Final = 5e-4
"""Seconds of work from which it is shared: starting a thread takes a tenth of that."""

_SLOW_S_PER_BYTE: Final = 0.4e-9
"""Seconds for each byte read and written, new memory's first touch included, from which cores are what is short.
Faster work waits for memory, which all cores share; measured with one core more: 1.0 to 1.2 times NumPy's time at
0.3 (``tanh`` of float64, ``X * 2 + 1``), 0.7 from 0.5 on (``hypot``, ``log``)."""

_TRIED: Final = 3
"""Pieces that the calling thread does before it decides; the first one alone may meet memory never touched before."""

_SHARES: Final = 4
"""Into how many pieces a thread's part is cut where they may be joined; what is left then is cut again."""


class Work:
    """The pieces of one result, which piece is next, and the first error.

    Parameters
    ----------
    shape
        Of the cells.
    runner
        Makes what does a piece, for one thread.
    """

    def __init__(self, shape: tuple[int, ...], runner: Callable[[], Callable[[Any], None]]) -> None:
        self._runner = runner
        self._pieces = Pieces(shape)
        self._next = iter(self._pieces)
        self._left = self._pieces.count
        self._lock = threading.Lock()
        self._fastest = math.inf
        self._shares = 0
        self.error: Exception | None = None

    def run(self, threads: int, moved_bytes: int, *, joined: bool) -> None:
        """Do all pieces, with helpers where that pays; raises the first error.

        Parameters
        ----------
        threads
            Most threads.
        moved_bytes
            Bytes that the whole work reads and writes.
        joined
            Whether pieces of a single axis that follow one another may be done as one: a work of one step has no use
            for the cache, and each piece less is a moment less in which a thread that loses its core stops the others.
        """
        run = self._runner()
        for _ in range(_TRIED):
            started = time.perf_counter()
            if not self._do_next(run):
                break
            self._fastest = min(self._fastest, time.perf_counter() - started)
        slow = self._fastest * self._pieces.count > moved_bytes * _SLOW_S_PER_BYTE
        helpers = min(threads, self._left) - 1 if slow and self._fastest * self._left > LEAST_S else 0
        if joined:
            self._shares = _SHARES * (helpers + 1) if helpers > 0 else 1
        if helpers > 0:
            self._share(run, helpers)
        while self._do_next(run):
            pass
        if self.error is not None:
            raise self.error

    def _share(self, run: Callable[[Any], None], count: int) -> None:
        # A thread has error states of its own; these are the caller's.
        contexts = [contextvars.copy_context() for _ in range(count)]
        helpers = [threading.Thread(target=context.run, args=(self._help,), name="chain") for context in contexts]
        for helper in helpers:
            helper.start()
        while self._do_next(run):
            pass
        for helper in helpers:
            helper.join()

    def _help(self) -> None:
        """Do pieces, but leave the last ones to the caller where others need the core: it would wait for them."""
        run = self._runner()
        waited = 0.0
        while self._left * self._fastest >= waited:
            started, began = time.perf_counter(), time.thread_time()
            if not self._do_next(run):
                return
            waited = max(waited, time.perf_counter() - started - (time.thread_time() - began))

    def _do_next(self, run: Callable[[Any], None]) -> bool:
        """Do the next piece; gives whether there was one, and no error yet."""
        with self._lock:
            piece = self._taken() if self.error is None else None
        return piece is not None and self._try(run, piece)

    def _taken(self) -> Any:  # noqa: ANN401 - an index, or None
        """The next piece, or several as one: a share of what is left, so that they get smaller towards the end."""
        count = max(1, self._left // self._shares) if self._shares else 1
        pieces = list(itertools.islice(self._next, count))
        self._left -= len(pieces)
        if len(pieces) < 2:
            return pieces[0] if pieces else None
        return (slice(pieces[0][0].start, pieces[-1][0].stop),)

    def _try(self, run: Callable[[Any], None], piece: Any) -> bool:  # noqa: ANN401 - an index
        try:
            run(piece)
        except Exception as error:
            self.error = self.error or error
            return False
        return True


class Pieces:
    """Cuts a shape into indices of at most ``PIECE_CELLS`` cells that lie together."""

    def __init__(self, shape: tuple[int, ...]) -> None:
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


class Rooms:
    """Memory for what lies between two steps, taken again for each piece of one thread.

    Parameters
    ----------
    registers
        Bytes of one cell of each.
    dtypes
        For each step its register and dtype, None where it needs no room.
    """

    def __init__(self, registers: tuple[int, ...], dtypes: list[tuple[int, np.dtype] | None]) -> None:
        self._memory = [np.empty(PIECE_CELLS * itemsize, np.uint8) for itemsize in registers]
        self._dtypes = dtypes
        self._shape: tuple[int, ...] | None = None
        self._rooms: list[np.ndarray | None] = []

    def of(self, shape: tuple[int, ...]) -> list[np.ndarray | None]:
        """Give the room of each step for a piece of that shape."""
        if shape != self._shape:
            self._shape, cells = shape, math.prod(shape)
            self._rooms = [
                None if found is None else self._memory[found[0]].view(found[1])[:cells].reshape(shape)
                for found in self._dtypes
            ]
        return self._rooms
