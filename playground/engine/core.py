"""The engine itself: holds arrays, evaluates formulas on a device, explains cells. In process, and in the server."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from playground.compute.cpu.device import NumpyBackend
from playground.compute.device_names import CPU, GPU, gpu_index, gpu_name
from playground.compute.outcome import LEAST_CONTEXT_S, Failure
from playground.compute.precision import DOUBLE
from playground.compute.summary import summarize
from playground.engine import messages
from playground.engine.evaluation import Evaluation
from playground.engine.explaining import Explainer
from playground.engine.gpus import open_gpu, open_known_gpu
from playground.engine.guarding import guarded
from playground.engine.messages import INLINE_BYTES, Memory, RefusedError, Request, Result
from playground.engine.store import Store
from playground.language.signature import Signature, TupleSignature
from playground.record import replace
from playground.translation import tr
from playground.workspace.memory import budget_bytes, bytes_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from playground.compute.backend import Backend
    from playground.compute.cpu.threads import ThreadControl, Threads
    from playground.compute.outcome import Computed, Peak, Race, Steady
    from playground.compute.precision import Comparison
    from playground.engine.messages import Request
    from playground.explain.why import Why
    from playground.workspace.arrays import Patch


class EngineCore:
    """Does in its caller's thread what `EngineClient` has done by a process; the methods are the same.

    One thread calls it; `cancel` and `abandon` may come from any other.

    Parameters
    ----------
    memory_limit
        Bytes that the arrays and a plan together may take on the host; None for 70 % of what is free now.
    stop
        Asked between steps beside `cancel` and `abandon`; True ends the evaluation.
    progress
        Told the part of an evaluation or a race that is done, between 0 and 1, as often as it is known.
    known_gpus
        What the doors call GPUs that can be used for sure; others are looked for when they are first asked for.
    """

    def __init__(
        self,
        memory_limit: int | None = None,
        stop: Callable[[], bool] = bool,
        progress: Callable[[float], object] | None = None,
        known_gpus: Sequence[str] = (),
    ) -> None:
        self._limit = memory_limit
        self._stop = stop
        self.progressed = progress
        self._cpu = NumpyBackend()
        self._backends: dict[str, Backend] = {"cpu": self._cpu}
        self._known_gpus = known_gpus
        self._first_gpu = GPU  # the backend that "gpu" means: another one where number 0 cannot be used
        self._context_s = 0.0
        self._threads: ThreadControl | None = None
        self._store = Store(self._backends)
        self._explainer = Explainer(self._store)
        self._serial = 0
        self._cancelled_serial = 0
        self._wanted_generation = 0

    @property
    def memory_limit(self) -> int:
        """Bytes that the arrays and a plan together may take on the host."""
        if self._limit is None:
            self._limit = budget_bytes()
        return self._limit

    @property
    def alive(self) -> bool:
        """True: what runs in process is always there."""
        return True

    def start(self) -> None:
        """There is nothing to start."""

    def close(self) -> None:
        """Forget everything."""
        self._store = Store(self._backends)
        self._explainer = Explainer(self._store)

    def cancel(self) -> None:
        """End the running evaluation between two of its steps. From any thread."""
        self._cancelled_serial = self._serial

    def abandon(self, generation: int | None = None) -> None:
        """End evaluations of requests below ``generation`` between two steps; None means the running one."""
        if generation is None:
            self.cancel()
        else:
            self._wanted_generation = max(self._wanted_generation, generation)

    def set_threads(self, count: int) -> Threads:
        """Compute with ``count`` threads on the CPU, 0 for as many as there were at first. What is held stays."""
        if self._threads is None:
            from playground.compute.cpu.threads import ThreadControl

            self._threads = ThreadControl(self._cpu)
        self._threads.set(count)
        return self._threads.threads()

    def set_memory_share(self, share: float) -> Memory:
        """Let arrays and a plan take this part of the host's memory that is free, or taken by arrays already."""
        self._limit = budget_bytes(share) + int(self._store.host_bytes() * share)
        return Memory(share, self._limit)

    def make_way(self) -> None:
        """Do nothing: who calls it in process waits for nothing else."""

    def check_room(self, nbytes: int) -> None:
        """Raise `RefusedError` where an array of ``nbytes`` would pass the memory limit."""
        held = self._store.host_bytes()
        if held + nbytes > self.memory_limit and self._store.evict(CPU, ()):
            held = self._store.host_bytes()
        if held + nbytes > self.memory_limit:
            raise RefusedError(too_large(nbytes, held, self.memory_limit))

    def put(self, key: str, array: np.ndarray, *, copy: bool = True) -> None:
        """Hold ``array`` under ``key``; an older value of that key is replaced.

        ``copy=False`` hands the array over: it is contiguous and nobody else uses it.

        Raises
        ------
        RefusedError
            Where the memory limit would be passed; nothing is replaced then.
        TypeError
            For an array that holds no numbers.
        """
        if array.dtype.kind not in "biufc":
            raise TypeError(f"an array of {array.dtype} holds no numbers")
        self.check_room(array.nbytes)
        if copy:
            array = np.array(array, dtype=array.dtype.newbyteorder("="), order="C")
        self._store.put(key, array)

    def attach(self, key: str, path: str, dtype: np.dtype, shape: tuple[int, ...]) -> None:
        """Hold the array whose bytes the file ``path`` holds, in C order; what is patched is not written to the file.

        Raises `RefusedError` where the memory limit would be passed, and ValueError where the file isn't that array.
        """
        nbytes = math.prod(shape) * dtype.itemsize
        self.check_room(nbytes)
        try:
            if Path(path).stat().st_size != nbytes:
                raise ValueError(f"{path} does not hold {nbytes} bytes")
            mapped = np.memmap(path, dtype, "c", shape=shape)
        except OSError as error:
            raise ValueError(f"{path} can't be mapped: {error}") from error
        self._store.put(key, mapped.view(np.ndarray))

    def patch(self, key: str, new_key: str, patches: Sequence[Patch]) -> None:
        """Write ``patches`` into the array ``key`` on every device that has it; it is called ``new_key`` then.

        Results that are views of it (``A.T``) go with the old key. Raises `MissingArrayError` for an unknown key and
        ValueError for a patch that doesn't fit; nothing is changed then.
        """
        views = self._store.patch(key, new_key, patches)
        self._explainer.forget([key, *views])

    def drop(self, keys: Iterable[str]) -> None:
        """Forget ``keys`` and the parts of results that had several; unknown keys are passed over."""
        keys = tuple(keys)
        self._store.drop(keys)
        self._explainer.forget(keys)

    def window(self, key: str, *place: int) -> np.ndarray:
        """Copy rows ``r0:r1`` and columns ``c0:c1`` (``place``) of the 2-D view of a value, or a range of each axis.

        What lies outside is cut off. Of a value on a GPU only these cells come. `MissingArrayError` for no such key.
        """
        return self._store.window(key, *place)

    def evaluate(self, request: Request) -> Result | Failure:
        """Evaluate one formula and keep its value under the request's result key.

        Raises `MissingArrayError` where an operand's key is unknown.
        """
        evaluation = self._begin(request)
        if isinstance(evaluation, Failure):
            return evaluation
        inference = evaluation.infer()
        context_s = self._context_s
        computed = evaluation.compute(inference, request.repeat)
        if isinstance(computed, Failure):
            return computed
        if context_s:
            timing = computed.timing
            timing = replace(timing, context_s=context_s, total_s=timing.total_s + context_s)
            computed = replace(computed, timing=timing)
        result = self._held(computed, evaluation, inference.signature)
        if isinstance(result, Failure):
            return result
        if request.cell is None or result.parts or result.timing.total_s > messages.EXPLAINED_WITHIN_S:
            return result
        why = self._explained(evaluation, request.cell)
        return result if isinstance(why, Failure) else replace(result, why=why)

    def why(self, request: Request) -> Why | Failure:
        """Explain the cell ``request.cell`` of the formula's result, which need not be held.

        Raises `MissingArrayError` where an operand's key is unknown, ValueError where no cell is given.
        """
        if request.cell is None:
            raise ValueError("which cell is to be explained?")
        evaluation = self._begin(request)
        if isinstance(evaluation, Failure):
            return evaluation
        return self._explained(evaluation, request.cell)

    def measure(self, request: Request) -> Steady | Failure:
        """Run the formula again, up to ``request.repeat`` times and for half a second; nothing is kept of it."""
        from playground.engine.measuring import steady_runs  # nothing is measured before the first picture

        evaluation = self._begin(request)
        return evaluation if isinstance(evaluation, Failure) else steady_runs(evaluation, request.repeat)

    def peak(self, request: Request, dtype: np.dtype) -> Peak | Failure:
        """Measure what the request's device reaches at best with numbers of ``dtype``."""
        from playground.engine.measuring import peak_of

        evaluation = self._begin(replace(request, operands={}))
        return evaluation if isinstance(evaluation, Failure) else peak_of(evaluation, dtype)

    def race(self, request: Request) -> Race | Failure:
        """Run the formula on every device there is, one after the other; nothing is kept of it."""
        from playground.engine.racing import race  # only who races needs it

        evaluation = self._begin(replace(request, device="cpu"))
        if isinstance(evaluation, Failure):
            return evaluation
        return guarded(lambda: race(evaluation, self._backend), evaluation.backend)

    def compare(self, request: Request) -> Comparison | Failure:
        """Compute the formula in its precision and in float64, and say how they differ; nothing is kept of it."""
        from playground.engine.comparing import compared  # only who computes with fewer digits needs it

        narrow, wide = self._begin(request), self._begin(replace(request, precision=DOUBLE))
        if isinstance(narrow, Failure):
            return narrow
        return wide if isinstance(wide, Failure) else guarded(lambda: compared(narrow, wide), wide.backend)

    def _begin(self, request: Request) -> Evaluation | Failure:
        self._serial = serial = self._serial + 1

        def stopped() -> bool:
            return self._cancelled_serial >= serial or request.generation < self._wanted_generation or self._stop()

        backend = self._backend(request.device)
        if isinstance(backend, Failure):
            return backend
        return Evaluation(request, self._store, backend, self.memory_limit, stopped, self.progressed)

    def _backend(self, device: str) -> Backend | Failure:
        """Give the device, made the first time that it is asked for; how long that took is kept."""
        self._context_s = 0.0
        index = gpu_index(device)
        name = CPU if index is None else self._first_gpu if device == GPU else gpu_name(index)
        if name not in self._backends:
            started = time.perf_counter()
            backend = open_known_gpu(device) if device in self._known_gpus else open_gpu(device)
            if isinstance(backend, Failure):
                return backend
            name = backend.name
            self._backends.setdefault(name, backend)
            if device == GPU:
                self._first_gpu = name
            took_s = time.perf_counter() - started
            self._context_s = took_s if took_s > LEAST_CONTEXT_S else 0.0
        return self._backends[name]

    def _explained(self, evaluation: Evaluation, cell: tuple[int, ...]) -> Why | Failure:
        return guarded(lambda: self._explainer.why(evaluation, cell), evaluation.backend)

    def _held(self, computed: Computed, evaluation: Evaluation, signature: object) -> Result | Failure:
        """Hold a value and describe it, or say what the machine lacks for that; nothing is held of it then."""
        key, backend = evaluation.request.result_key, evaluation.backend
        result = evaluation.insist(lambda: guarded(lambda: self._kept(computed, key, backend, signature), backend))
        if isinstance(result, Failure):
            self._store.drop([key])
        return result

    def _kept(self, computed: Computed, key: str, backend: Backend, signature: object) -> Result:
        """Hold a value where the device has it, and describe it."""
        if isinstance(computed.value, tuple):
            return self._kept_parts(computed, computed.value, key, backend, signature)
        with backend.session():
            value = backend.asarray(computed.value)
        self._store.keep(key, value, backend.name)
        timing, inline = computed.timing, None
        if value.nbytes <= INLINE_BYTES:
            started = time.perf_counter()
            inline = np.array(backend.to_host(value), order="C")
            if backend.copies:
                seconds = time.perf_counter() - started
                timing = replace(timing, download_s=seconds, total_s=timing.total_s + seconds)
        known = Signature(tuple(value.shape), np.dtype(value.dtype))
        summary = summarize(inline) if inline is not None else summarize(value, backend)
        return Result(
            key, known, tuple(value.strides), summary, timing, computed.flops, inline, notes=computed.notes
        )  # fmt: skip

    def _kept_parts(
        self, computed: Computed, values: tuple[object, ...], key: str, backend: Backend, signature: object
    ) -> Result:
        self._store.drop([key])
        keys = [f"{key}[{place}]" for place in range(len(values))]
        self._store.keep_parts(key, keys)  # first, so that all go with it where one of them can't be held
        parts = tuple(
            self._kept(replace(computed, value=value), part, backend, None)
            for part, value in zip(keys, values, strict=True)
        )
        names = signature.names if isinstance(signature, TupleSignature) else ()
        signatures = tuple(part.signature for part in parts if isinstance(part.signature, Signature))
        several = TupleSignature(signatures, names)
        return Result(
            key, several, (), None, computed.timing, computed.flops, parts=parts, notes=computed.notes
        )  # fmt: skip


def too_large(nbytes: int, held: int, limit: int) -> Failure:
    """Say with the figures why an array of ``nbytes`` can't be held beside ``held`` bytes."""
    return Failure(
        "memory",
        tr(
            "This array needs {needed}; {held} of {limit} are taken.",
            needed=bytes_text(nbytes),
            held=bytes_text(held),
            limit=bytes_text(limit),
        ),
        tr("Remove arrays that you don't need, or use a smaller dtype such as float32."),
    )
