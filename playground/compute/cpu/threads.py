"""How many threads the CPU computes with: those of BLAS, which NumPy calls for products and linalg, and our chains'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.cpu.device import usable_cores
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from playground.compute.cpu.device import NumpyBackend

_NAMES = {
    "openblas": "OpenBLAS",
    "scipy-openblas": "OpenBLAS",
    "mkl": "Intel MKL",
    "blis": "BLIS",
    "flexiblas": "FlexiBLAS",
    "accelerate": "Accelerate",
}


class Threads(Record):
    """What computes on the CPU, and with how many threads.

    Attributes
    ----------
    count
        What was asked for; 0 for the threads as they are.
    cores
        Cores that this process may run on.
    blas, version
        The library of products and linalg, ``"OpenBLAS"``; empty where it doesn't say.
    blas_threads
        Its threads, None where they can't be asked for (Accelerate on macOS).
    chain_threads
        Threads that share a chain of cell-by-cell steps.
    """

    count: int
    cores: int
    blas: str
    version: str
    blas_threads: int | None
    chain_threads: int

    @property
    def sentence(self) -> str:
        """All of it in one sentence, as the doctor and the window say it."""
        library = " ".join(filter(None, (self.blas or tr("unknown"), self.version)))
        if self.blas_threads is None:
            return tr(
                "BLAS: {library}, which does not tell its threads; chains of cell-by-cell steps: {chains}; "
                "usable cores: {cores}",
                library=library, chains=self.chain_threads, cores=self.cores,
            )  # fmt: skip
        return tr(
            "BLAS: {library}, threads: {blas}; chains of cell-by-cell steps: {chains}; usable cores: {cores}",
            library=library, blas=self.blas_threads, chains=self.chain_threads, cores=self.cores,
        )  # fmt: skip


class ThreadControl:
    """Shows and sets the threads of this process. Make it where somebody asks: it looks through loaded libraries."""

    def __init__(self, backend: NumpyBackend) -> None:
        from threadpoolctl import ThreadpoolController  # an engine that is never asked does without

        self._backend = backend
        self._own_chain_threads = backend.threads
        self._libraries = ThreadpoolController().select(user_api="blas")
        self._limit: Any = None
        self._count = 0

    def set(self, count: int) -> None:
        """Compute with ``count`` threads, at most as many as there are usable cores; 0 for as it was before."""
        if self._limit is not None:
            self._limit.restore_original_limits()
            self._limit = None
        self._count = count
        threads = min(count, usable_cores())
        self._backend.threads = threads or self._own_chain_threads
        if threads:
            self._limit = self._libraries.limit(limits=threads)

    def threads(self) -> Threads:
        """What there is now."""
        found = self._libraries.info()
        blas, version = _built_with()
        if found:  # NumPy's comes first: it was loaded first
            blas, version = found[0]["internal_api"], str(found[0]["version"] or version)
        return Threads(
            self._count,
            usable_cores(),
            _NAMES.get(blas, blas),
            version,
            max(library["num_threads"] for library in found) if found else None,
            self._backend.threads,
        )


def _built_with() -> tuple[str, str]:
    """Name and version of the BLAS that NumPy was built with, empty where it doesn't say."""
    config: Any = np.show_config(mode="dicts")
    blas = config.get("Build Dependencies", {}).get("blas", {})
    return str(blas.get("name", "")), str(blas.get("version", ""))
