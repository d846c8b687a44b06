"""The GPU: CuPy behind the protocol of a backend. CuPy is imported when a backend is made, never before."""

from __future__ import annotations

import gc
import importlib
import warnings
from collections import OrderedDict
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute import failures
from playground.compute.backend import Trouble, UnavailableError
from playground.compute.device_names import AMPERE, gpu_name
from playground.compute.functions.operators import SHARED, WITHIN
from playground.compute.functions.targets import cupy_function, why_not_on_gpu
from playground.compute.gpu import differences, magnitudes
from playground.compute.gpu.chains import FusedChain
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playground.compute.planning.steps import PlanStep

_STATUS_MEMORY = 2
_LOST = frozenset(
    {
        46,  # cudaErrorDevicesUnavailable
        214, 220, 226,  # cudaErrorECCUncorrectable, NvlinkUncorrectable, Contained
        304,  # cudaErrorOperatingSystem
        700, 702,  # cudaErrorIllegalAddress, LaunchTimeout
        709, 710,  # cudaErrorContextIsDestroyed, Assert
        714, 715, 716,  # cudaErrorHardwareStackError, IllegalInstruction, MisalignedAddress
        717, 718,  # cudaErrorInvalidAddressSpace, InvalidPc
        719, 721,  # cudaErrorLaunchFailure, TensorMemoryLeak
        810,  # cudaErrorMpsClientTerminated
        911,  # cudaErrorExternalDevice
        999,  # cudaErrorUnknown
    }
)  # fmt: skip
"""CUDA statuses after which every later call of the process fails: only a new process helps.

Of most of them CUDA's documentation (``cudaError`` in the Runtime API, 13.0) says that "the process must be terminated
and relaunched". It doesn't of 46, 214, 220, 304, 709 and 999: memory or links of the device are broken or its context
is gone, and a new process costs a second where one that goes on may give wrong numbers.
"""

_LIBRARY_ERRORS = frozenset({"CUBLASError", "CUSOLVERError", "CUFFTError", "CURANDError", "CUDADriverError"})
_COMPILE_ERRORS = frozenset({"CompileException", "NVRTCError", "DynamicLibNotFoundError"})


_KEPT_CHAINS = 64
"""How many fused kernels are kept for the next run of their plan."""


class EventTimer:
    """Seconds on the GPU's own clock, between two events on one stream."""

    __slots__ = ("_begin", "_cuda", "_end", "_stream")

    def __init__(self, cuda: Any, stream: Any) -> None:  # noqa: ANN401 - CuPy ships no types
        self._cuda = cuda
        self._stream = stream
        # block=True waits asleep: a spinning wait would take a core away from whatever runs beside it.
        self._begin = cuda.Event(block=True)
        self._end = cuda.Event(block=True)

    def start(self) -> None:
        """Mark the beginning, after everything asked of the stream before."""
        self._begin.record(self._stream)

    def stop(self) -> float:
        """Mark the end, wait for it, and give the seconds between."""
        self._end.record(self._stream)
        self._end.synchronize()
        return float(self._cuda.get_elapsed_time(self._begin, self._end)) / 1e3


class CupyBackend:
    """Computes with CuPy on one GPU, on one non-blocking stream.

    Make it and use it in one thread only: stream, library handles and the error state belong to a thread. Raises
    ImportError where CuPy is not installed and CUDA's errors where there is no GPU; ``devices.detect`` asks first.
    """

    copies = True
    pinned: bool | None = False  # arrays lie where NumPy put them; CuPy takes them through a buffer of its own

    def __init__(self, index: int = 0, *, cupy: Any = None, cupyx: Any = None) -> None:  # noqa: ANN401
        """``index`` is CUDA's number of the GPU; ``cupy`` and ``cupyx`` stand in for the real modules in tests."""
        self._cupy = cupy if cupy is not None else importlib.import_module("cupy")
        self._cupyx = cupyx if cupyx is not None else importlib.import_module("cupyx")
        self.name = gpu_name(index)
        self._index = index
        self._device = self._cupy.cuda.Device(index)
        with self._device:
            self._stream = self._cupy.cuda.Stream(non_blocking=True)
        properties = self._cupy.cuda.runtime.getDeviceProperties(index)
        name = properties["name"]
        self.label: str = name.decode() if isinstance(name, bytes) else str(name)
        self.has_tf32 = properties.get("major", 0) >= AMPERE
        self.tf32 = False
        # By the step's identity, which a chain that is kept keeps.
        self._chains: OrderedDict[int, FusedChain] = OrderedDict()
        self._resolved: dict[str, Callable[..., Any]] = dict(SHARED)
        self._resolved.update(differences.evened_out(self._cupy))
        self._resolved[WITHIN] = partial(magnitudes.within, self._cupy)

    @property
    def module(self) -> Any:  # noqa: ANN401
        """CuPy."""
        return self._cupy

    @contextmanager
    def session(self, *, quiet: bool = True) -> Iterator[None]:
        """Make this GPU and the stream current, and singular matrices errors; CuPy ignores them by default.

        CuPy has no floating-point warnings; ``quiet`` mutes what it says about the speed of transfers.
        """
        with (
            self._device,
            self._stream,
            self._cupyx.errstate(linalg="raise"),
            np.errstate(all="ignore"),
            warnings.catch_warnings(),
        ):
            if quiet:
                warnings.simplefilter("ignore")
            with self._tf32_products() if self.tf32 and self.has_tf32 else nullcontext():
                yield

    @contextmanager
    def _tf32_products(self) -> Iterator[None]:
        """Let cuBLAS round the factors of float32 products to TF32; CuPy asks for each product what is set here."""
        routines = importlib.import_module("cupy._core._routines_linalg")
        single = np.dtype(np.float32)
        before = routines.get_compute_type(single)
        routines.set_compute_type(single, routines.COMPUTE_TYPE_TF32)
        try:
            yield
        finally:
            routines.set_compute_type(single, before)

    def owns(self, value: object) -> bool:
        """Whether ``value`` is a CuPy array on this GPU."""
        return isinstance(value, self._cupy.ndarray) and value.device.id == self._index

    def asarray(self, value: object) -> Any:  # noqa: ANN401
        """Copy a host array or another GPU's to this one, on the stream; its own array comes back as it is."""
        if self.owns(value):
            return value
        with self._device, self._stream:
            if isinstance(value, self._cupy.ndarray):
                value = value.get()  # by way of the host: not every pair of GPUs can reach each other's memory
            return self._cupy.asarray(np.asarray(value))

    def to_host(self, value: object) -> Any:  # noqa: ANN401
        """Copy a value to the host and wait for it; where there are no axes it becomes a scalar, as NumPy gives it."""
        if isinstance(value, tuple):
            return tuple(self.to_host(item) for item in value)
        if not self.owns(value):
            return value
        array: Any = value
        # The stream must be current: a view that isn't contiguous is gathered on the current one first.
        with self._device, self._stream:
            host = array.get(stream=self._stream)
        return host[()] if host.ndim == 0 else host

    def synchronize(self) -> None:
        """Wait for the stream."""
        self._stream.synchronize()

    def timer(self) -> EventTimer:
        """Give a stopwatch on the stream."""
        with self._device:  # its events belong to the GPU on which they are made
            return EventTimer(self._cupy.cuda, self._stream)

    def resolve(self, target: str) -> Callable[..., Any]:
        """Find the CuPy function of a step; raises ``UnavailableError``."""
        found = self._resolved.get(target)
        if found is None:
            found = cupy_function(target, self._cupy)
            if found is None:
                raise UnavailableError(target, why_not_on_gpu(target))
            self._resolved[target] = found
        return found

    def chain(
        self, step: PlanStep, functions: Sequence[Callable[..., Any]], stop: Callable[[], bool]
    ) -> Callable[..., Any]:
        """Make one kernel of a chain, where CuPy can fuse its steps."""
        found = self._chains.get(id(step))
        if found is None:
            found = self._chains[id(step)] = FusedChain(self._cupy, step, functions)
        self._chains.move_to_end(id(step))
        while len(self._chains) > _KEPT_CHAINS:
            self._chains.popitem(last=False)
        return partial(found.run, stop)

    def free_bytes(self) -> int:
        """Free memory of the GPU and what CuPy holds in reserve."""
        with self._device:
            free, _total = self._cupy.cuda.runtime.memGetInfo()
            return int(free) + int(self._cupy.get_default_memory_pool().free_bytes())

    def classify(self, exception: BaseException) -> Trouble | None:
        """Put an exception of CuPy or CUDA into words; None for a bug.

        Beside NumPy's kinds there are ``device-lost`` (only a new process helps) and ``device``.
        """
        status = getattr(exception, "status", None)
        kind, text = type(exception).__name__, str(exception)
        if kind == "CUDARuntimeError" or kind in _LIBRARY_ERRORS:
            return _cuda_trouble(status, text, self.label)
        if kind in _COMPILE_ERRORS or isinstance(exception, ImportError):
            return Trouble(
                "device",
                tr("A part of GPU support is missing or broken: {text}", text=text.splitlines()[0] if text else kind),
                tr("matrix-playground doctor says what to install; the CPU works meanwhile."),
            )
        if isinstance(exception, RuntimeError) and "not available" in text:
            return failures.trouble_of(UnavailableError(text.partition(" ")[0]))
        return failures.trouble_of(exception)

    def recover(self) -> None:
        """Give all cached blocks back, on the GPU and in pinned memory, and forget the plans of FFTs."""
        gc.collect()
        with self._device:
            self._cupy.get_default_memory_pool().free_all_blocks()
            self._cupy.get_default_pinned_memory_pool().free_all_blocks()
            self._cupy.fft.config.get_plan_cache().clear()


def _cuda_trouble(status: int | None, text: str, label: str) -> Trouble:
    if status == _STATUS_MEMORY or "ALLOC_FAILED" in text:
        return Trouble(
            "memory",
            tr("{device} has not enough memory for this.", device=label),
            tr("Use smaller arrays or float32, or switch to the CPU for this formula."),
        )
    if status in _LOST:
        return Trouble(
            "device-lost",
            tr("{device} stopped working: {text}.", device=label, text=text.rstrip(".")),
            tr("The computation is started afresh; your arrays are safe."),
        )
    return Trouble(
        "device",
        tr("{device} answers with an error: {text}.", device=label, text=text.rstrip(".")),
        tr("Switch to the CPU for this formula."),
    )
