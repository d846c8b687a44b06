"""Whether there is a GPU to compute on, and if not, which part is missing and what mends it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playground.compute.device_names import AMPERE, GPU, gpu_name
from playground.compute.gpu.reasons import INSTALL, reason_of, version_text
from playground.compute.outcome import Failure
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping


class GpuDevice(Record):
    """One usable GPU.

    Attributes
    ----------
    index
        Its number for CUDA.
    name
        ``"NVIDIA H100 80GB HBM3"``.
    total_bytes
        All of its memory.
    capability
        Compute capability, ``"9.0"``.
    double_ratio
        How many times slower float64 is than float32, None where the driver doesn't say.
    watchdog
        True where the system ends a kernel that takes some seconds, because a screen hangs on this GPU.
    free_bytes
        What was free of its memory when it was looked for, None where nobody knows.
    """

    index: int
    name: str
    total_bytes: int
    capability: str
    double_ratio: int | None = None
    watchdog: bool = False
    free_bytes: int | None = None

    @property
    def has_tf32(self) -> bool:
        """Whether it has TF32: from Ampere (compute capability 8.0) on."""
        return int(self.capability.partition(".")[0]) >= AMPERE


class GpuReport(Record):
    """What was found.

    Attributes
    ----------
    code
        Stable keyword: ``"ok"``, ``"platform"``, ``"no-cupy"``, ``"two-cupys"``, ``"import"``, ``"no-driver"``,
        ``"old-driver"``, ``"no-device"``, ``"cuda-error"``, ``"unusable:context"`` (``:nvrtc :cublas :cusolver``),
        ``"timeout"`` or ``"crash"``.
    sentence
        One sentence for a person: which GPU, or which part is missing.
    cure
        What to do, empty where nothing is to be done.
    devices
        The usable GPUs, empty unless ``code`` is ``"ok"``.
    details
        The library's own words, for a report to copy.
    unusable
        Where there are usable GPUs: why each of the others is not, a sentence with its cure.
    driver_cuda, cupy_cuda
        Versions of CUDA that the driver serves at most and that CuPy was made for, ``"13.2"``; empty where unknown.
    """

    code: str
    sentence: str
    cure: str = ""
    devices: tuple[GpuDevice, ...] = ()
    details: str = ""
    unusable: tuple[str, ...] = ()
    driver_cuda: str = ""
    cupy_cuda: str = ""

    @property
    def ok(self) -> bool:
        """Whether a plan can run on a GPU."""
        return self.code == "ok"

    def device(self, name: str) -> GpuDevice | None:
        """The usable GPU that the doors call ``name``; ``"gpu"`` is the first of them, whatever its number is."""
        if name == GPU:
            return self.devices[0] if self.devices else None
        return next((device for device in self.devices if f"{GPU}:{device.index}" == name), None)

    def label(self, device: GpuDevice) -> str:
        """The name of a GPU; where several are called so, with what the doors call it."""
        alike = sum(other.name == device.name for other in self.devices)
        return f"{device.name} ({gpu_name(device.index)})" if alike > 1 else device.name

    def trouble(self, name: str) -> Failure | None:
        """Why nothing can be computed on the GPU that the doors call ``name``; None where it can."""
        if not self.ok:
            return Failure("device", self.sentence, self.cure)
        if self.device(name) is not None:
            return None
        known = ", ".join(f"{gpu_name(device.index)} ({device.name})" for device in self.devices)
        return Failure(
            "device",
            tr("There is no GPU {device} that can be used.", device=name),
            " ".join([tr("There is {known}.", known=known), *self.unusable]),
        )


PROBE_COMMAND = (sys.executable, "-P", "-m", "playground.compute.gpu.probe")
"""The child process that looks for a GPU; `interpret` reads what it prints.

``-P``: a file named ``json.py`` in the current folder must not become the library of that name.
"""

TIMEOUT_S = 20.0
"""How long the child may take: a driver that hangs must not hang anybody else."""


def probe_environment() -> dict[str, str]:
    """Environment of the child: a checkout that is not installed has to be found wherever it is started from."""
    environment = dict(os.environ)
    package_parent = str(Path(__file__).resolve().parents[2])
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (package_parent, environment.get("PYTHONPATH"))))
    return environment


def detect(timeout_s: float = TIMEOUT_S) -> GpuReport:
    """Look for a GPU in a child process; gives an answer within ``timeout_s`` whatever the driver does."""
    try:
        child = subprocess.run(
            PROBE_COMMAND,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout_s,
            env=probe_environment(),
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return interpret("", None)
    except OSError as error:
        return interpret(str(error), -1)
    report = interpret(child.stdout.decode(errors="replace"), child.returncode)
    if report.code != "crash":
        return report
    return interpret(child.stderr.decode(errors="replace")[-2000:], child.returncode)


def interpret(stdout: str, returncode: int | None) -> GpuReport:
    """Turn what the probe printed into a report. Pure.

    ``returncode`` is None where the probe did not end in time.
    """
    if returncode is None:
        return GpuReport(
            "timeout",
            tr("Looking for a GPU took too long."),
            tr("The driver may be stuck: restart the machine, then look again."),
        )
    answer = _answer_in(stdout)
    if answer is None:
        return GpuReport(
            "crash",
            tr("Looking for a GPU ended the process that did it (exit code {code}).", code=returncode),
            tr("Reinstall the GPU driver and CuPy: {command}", command=INSTALL),
            details=stdout.strip(),
        )
    code = str(answer["code"])
    details = str(answer.get("why") or "")
    if answer.get("ok"):
        return _usable(answer)
    sentence, cure = reason_of(answer)
    return GpuReport(code, sentence, cure, details=details, **_versions(answer))


def _answer_in(stdout: str) -> Mapping[str, Any] | None:
    """Find the last line that is the probe's object; libraries may have printed before it."""
    for line in reversed(stdout.splitlines()):
        try:
            answer = json.loads(line)
        except ValueError:
            continue
        if isinstance(answer, dict) and "code" in answer:
            return answer
    return None


def _usable(answer: Mapping[str, Any]) -> GpuReport:
    devices = tuple(
        GpuDevice(
            index=int(found["index"]),
            name=str(found["name"]),
            total_bytes=int(found["total_bytes"]),
            capability=str(found["capability"]),
            double_ratio=found.get("double_ratio"),
            watchdog=bool(found.get("watchdog")),
            free_bytes=found.get("free_bytes"),
        )
        for found in answer.get("devices", ())
    )
    names = ", ".join(device.name for device in devices)
    sentence = tr("{names} is ready.", names=names) if len(devices) == 1 else tr("{names} are ready.", names=names)
    return GpuReport("ok", sentence, devices=devices, unusable=_others(answer), **_versions(answer))


def _versions(answer: Mapping[str, Any]) -> dict[str, Any]:
    driver = answer.get("driver_version") or (answer.get("driver") or {}).get("version")
    found = {"driver_cuda": driver, "cupy_cuda": answer.get("runtime")}
    return {name: version_text(int(version)) for name, version in found.items() if version}


def _others(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """Why each device that can't be used beside those that can is none of them."""
    found = answer.get("unusable", ())
    reasons = [(trouble["index"], *reason_of({**answer, **trouble})) for trouble in found]
    return tuple(f"{gpu_name(index)}: {sentence} {cure}" for index, sentence, cure in reasons)
