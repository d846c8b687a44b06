"""What this installation has and lacks: versions, the window, the devices."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from importlib.util import find_spec
from typing import Any, Final

from playground import display
from playground.compute.cpu.device import NumpyBackend, usable_cores
from playground.compute.cpu.threads import ThreadControl
from playground.compute.device_names import gpu_name
from playground.compute.devices import GpuDevice, GpuReport, detect
from playground.translation import tr

_MODULES: Final = {
    "numpy": "numpy", "PySide6-Essentials": "PySide6", "pyqtgraph": "pyqtgraph", "ndindex": "ndindex",
    "array-api-compat": "array_api_compat", "psutil": "psutil", "threadpoolctl": "threadpoolctl",
    "platformdirs": "platformdirs",
}  # fmt: skip
"""What each package that the program needs brings. None of them may be needed here: it says which are missing."""

_CUPY = "cupy-cuda"


def examine() -> dict[str, Any]:
    """Look at everything; takes as long as looking for a GPU in a child process does (20 s at most).

    Returns
    -------
    dict
        ``versions`` (package to text, ``None`` where not installed), ``qt`` (``platform``, ``problem`` or ``None``),
        ``cuda`` (the version that the ``driver`` serves and that ``cupy`` was made for, or ``None``),
        ``devices`` (each ``name, label, memory_bytes``, the CPU with its ``blas`` and threads) and ``missing`` (each
        ``part, sentence, cure``). What only a package that is missing could tell is left out.
    """
    gpu = detect()
    problem = display.problem()
    devices = [{"name": "cpu", **_cores_and_memory(), **_threads()}, *map(_gpu, gpu.devices)]
    return {
        "ok": True,
        "versions": versions(),
        "system": platform.platform(),
        "qt": {"platform": display.platform_name(os.environ), "problem": problem},
        "cuda": {"driver": gpu.driver_cuda or None, "cupy": gpu.cupy_cuda or None},
        "devices": devices,
        "missing": _missing(gpu, problem),
    }


def _cores_and_memory() -> dict[str, Any]:
    """What the CPU is called, and the bytes of its memory where they can be told."""
    if find_spec("psutil") is None:
        return {"label": tr("CPU, {cores} cores", cores=os.cpu_count() or 1)}
    import psutil

    memory = psutil.virtual_memory()
    cores = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    return {
        "label": tr("CPU, {cores} cores", cores=cores),
        "memory_bytes": memory.total,
        "free_bytes": memory.available,
    }


def _gpu(device: GpuDevice) -> dict[str, Any]:
    """One GPU, with what makes it fast or slow."""
    return {
        "name": gpu_name(device.index),
        "label": device.name,
        "memory_bytes": device.total_bytes,
        "free_bytes": device.free_bytes,
        "capability": device.capability,
        "double_ratio": device.double_ratio,
        "watchdog": device.watchdog,
        "tf32": device.has_tf32,
    }


def _threads() -> dict[str, Any]:
    """What computes on the CPU, and with how many threads where that can be told."""
    if find_spec("threadpoolctl") is None:
        return {"usable_cores": usable_cores()}
    found = ThreadControl(NumpyBackend()).threads()
    return {
        "usable_cores": found.cores,
        "blas": " ".join(filter(None, (found.blas, found.version))),
        "blas_threads": found.blas_threads,
        "chain_threads": found.chain_threads,
        "threads": found.sentence,
    }


def versions() -> dict[str, str | None]:
    """Versions of Python, of what the program needs, and of every CuPy that is installed."""
    found: dict[str, str | None] = {"python": platform.python_version()}
    for name in ("matrix-playground", *_MODULES):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = None
    for distribution in metadata.distributions():
        name = distribution.metadata["Name"] or ""
        if name.lower().startswith(_CUPY):
            found[name] = distribution.version
    return found


def as_text(report: dict[str, Any]) -> str:
    """Write the report for a person."""
    installed = [(name, version or tr("not installed")) for name, version in report["versions"].items()]
    rows = [*installed, (tr("system"), report["system"]), (tr("window"), _window_text(report["qt"]))]
    rows += [("CUDA", _cuda_text(report["cuda"]))] if any(report["cuda"].values()) else []
    rows += [(device["name"].upper(), _device_text(device)) for device in report["devices"]]
    rows += [("threads", device["threads"]) for device in report["devices"] if "threads" in device]
    rows += [
        (item["part"], " ".join(filter(None, (item["sentence"], item["cure"]))))
        for item in report["missing"]
        if item["part"] != "window"
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {text}" for name, text in rows)


def _device_text(device: dict[str, Any]) -> str:
    """A device in one line, with what makes it fast or slow."""
    said = [device["label"]]
    if "memory_bytes" in device:
        said.append(f"{device['memory_bytes'] / 2**30:.1f} GiB")
    if device.get("free_bytes") is not None:
        said.append(tr("{free} free", free=f"{device['free_bytes'] / 2**30:.1f} GiB"))
    if device.get("capability"):
        said.append(tr("compute capability {capability}", capability=device["capability"]))
    if device.get("double_ratio"):
        said.append(tr("float64 {ratio}× slower than float32", ratio=device["double_ratio"]))
    if device.get("tf32"):
        said.append("TF32")
    if device.get("watchdog"):
        said.append(tr("a screen hangs on it: the system ends what takes some seconds"))
    return ", ".join(said)


def _cuda_text(cuda: dict[str, str | None]) -> str:
    driver, cupy = cuda["driver"], cuda["cupy"]
    said = [
        tr("the driver serves {version}", version=driver) if driver else tr("no driver"),
        tr("CuPy was made for {version}", version=cupy) if cupy else "",
    ]
    return ", ".join(filter(None, said))


def _window_text(qt: dict[str, str | None]) -> str:
    return qt["problem"] or tr("can open (Qt platform: {platform})", platform=qt["platform"])


def _missing(gpu: GpuReport, problem: str | None) -> list[dict[str, str]]:
    missing = [{"part": "window", "sentence": problem, "cure": ""}] if problem else []
    missing += [
        {"part": name, "sentence": tr("{name} is not installed.", name=name), "cure": f"pip install {name}"}
        for name, module in _MODULES.items()
        if find_spec(module) is None
    ]
    missing += [{"part": "GPU", "sentence": reason, "cure": ""} for reason in gpu.unusable]
    if not gpu.ok:
        missing.append({"part": "GPU", "sentence": gpu.sentence, "cure": gpu.cure, "details": gpu.details})
    return missing
