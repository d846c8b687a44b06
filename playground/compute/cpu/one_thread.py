"""The CPU with one thread, for comparisons: what more of them bring."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from threadpoolctl import ThreadpoolController

from playground.compute.cpu.device import NumpyBackend
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator


class OneThread(NumpyBackend):
    """NumPy whose BLAS and chains use one thread, while a plan of it runs; all else keeps its threads."""

    def __init__(self) -> None:
        super().__init__(threads=1)
        self.label = tr("CPU (1 thread)")
        self._libraries = ThreadpoolController().select(user_api="blas")

    @contextmanager
    def session(self, *, quiet: bool = True) -> Iterator[None]:
        """As of the CPU, with one thread."""
        with self._libraries.limit(limits=1), super().session(quiet=quiet):
            yield
