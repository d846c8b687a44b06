"""Looks for a usable GPU, in a process of its own: ``python -m playground.compute.gpu.probe`` prints one JSON object.

A broken driver can hang or kill the process that touches it, so that nobody else does this. It imports nothing of the
package and puts nothing into words; ``devices`` does.
"""

from __future__ import annotations

import ctypes
import importlib.metadata
import json
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = dict[str, Any]

_STATUS_INSUFFICIENT_DRIVER = 35
_STATUS_NO_DEVICE = 100


def driver_answer() -> Answer:
    """Ask NVIDIA's driver for its version, without CuPy: it tells "there is a GPU, only the package is missing"."""
    name = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    try:
        library = ctypes.CDLL(name)
        version = ctypes.c_int(0)
        library.cuDriverGetVersion(ctypes.byref(version))
        return {"loaded": True, "version": version.value, "cuInit": library.cuInit(0)}
    except (OSError, AttributeError) as error:
        return {"loaded": False, "error": str(error)}


def installed_wheels() -> list[str]:
    """Installed CuPy distributions, each as ``name version``."""
    found = set()
    for distribution in importlib.metadata.distributions():
        name = distribution.metadata["Name"] or ""
        if name.lower() == "cupy" or name.lower().startswith("cupy-"):
            found.add(f"{name} {distribution.version}")
    return sorted(found)


def probe() -> Answer:
    """Find out whether CuPy can compute here; ``code`` says how far it came, ``ok`` whether all of it worked."""
    answer: Answer = {
        "ok": False,
        "platform": sys.platform,
        "visible": os.environ.get("CUDA_VISIBLE_DEVICES"),
    }
    if sys.platform == "darwin":
        return {**answer, "code": "platform", "why": "CuPy has no macOS build"}
    answer["wheels"] = installed_wheels()
    answer["driver"] = driver_answer()
    if not answer["wheels"]:
        return {**answer, "code": "no-cupy", "why": "CuPy is not installed"}
    if len(answer["wheels"]) > 1:
        return {**answer, "code": "two-cupys", "why": ", ".join(answer["wheels"])}
    try:
        import cupy
    except Exception as error:
        return {**answer, "code": "import", "why": _text(error)}
    return _ask_cuda(cupy, answer)


def _ask_cuda(cupy: Any, answer: Answer) -> Answer:  # noqa: ANN401 - CuPy ships no types
    """Count the devices and try on each of them what every computation needs; one that works is enough."""
    runtime = cupy.cuda.runtime
    answer = {**answer, "runtime": runtime.runtimeGetVersion(), "driver_version": runtime.driverGetVersion()}
    try:
        count = runtime.getDeviceCount()
    except Exception as error:
        status = getattr(error, "status", None)
        code = "cuda-error"
        if status == _STATUS_INSUFFICIENT_DRIVER:
            code = "old-driver" if answer["driver_version"] else "no-driver"
        elif status == _STATUS_NO_DEVICE:
            code = "no-device"
        return {**answer, "code": code, "status": status, "why": _text(error)}
    if count == 0:
        return {**answer, "code": "no-device", "why": "device count is 0"}
    tried = {index: _tried(cupy, index) for index in range(count)}
    unusable = [{"index": index, **trouble} for index, trouble in tried.items() if trouble is not None]
    if len(unusable) == count:
        return {**answer, **unusable[0]}
    devices = [_describe(cupy, index) for index, trouble in tried.items() if trouble is None]
    return {**answer, "ok": True, "code": "ok", "devices": devices, "unusable": unusable}


def _tried(cupy: Any, index: int) -> Answer | None:  # noqa: ANN401
    """Use each library once on one device; None where all of them work."""
    part = "context"
    try:
        with cupy.cuda.Device(index):
            for name, attempt in _attempts(cupy):
                part = name
                attempt()
    except Exception as error:
        return {"code": f"unusable:{part}", "status": getattr(error, "status", None), "why": _text(error)}
    return None


def _attempts(cupy: Any) -> tuple[tuple[str, Callable[[], object]], ...]:  # noqa: ANN401
    """Give the smallest use of each library; ``eye`` and ``ones`` compile a kernel for this very GPU."""
    return (
        ("context", cupy.cuda.runtime.memGetInfo),
        ("nvrtc", lambda: int(cupy.ones(8).sum())),
        ("cublas", lambda: float((cupy.eye(8, dtype="f4") @ cupy.eye(8, dtype="f4")).sum())),
        ("cusolver", lambda: cupy.linalg.solve(cupy.eye(3), cupy.ones(3)).get()),
    )


def _describe(cupy: Any, index: int) -> Answer:  # noqa: ANN401
    """Name, bytes and compute capability of one device, and how much slower its float64 is than its float32.

    What is free of its memory is said beside this process's own context, as it will be beside the engine's.
    """
    properties = cupy.cuda.runtime.getDeviceProperties(index)
    name = properties["name"]
    attributes = cupy.cuda.Device(index).attributes
    with cupy.cuda.Device(index):
        free, _total = cupy.cuda.runtime.memGetInfo()
    return {
        "index": index,
        "name": name.decode() if isinstance(name, bytes) else str(name),
        "total_bytes": int(properties["totalGlobalMem"]),
        "free_bytes": int(free),
        "capability": f"{properties['major']}.{properties['minor']}",
        "double_ratio": attributes.get("SingleToDoublePrecisionPerfRatio"),
        "watchdog": bool(attributes.get("KernelExecTimeout", 0)),
    }


def _text(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(probe()) + "\n")
