"""Whether there is a GPU to compute on, and if not, which part is missing and what mends it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

INSTALL = 'pip install "matrix-playground[cuda13]"'
"""The command that brings CuPy; for drivers and cards before the 580 series and the GTX 16, ``cuda12``."""

_INSTALL_OLD = 'pip install "matrix-playground[cuda12]"'

_CUDA_13 = 13000
_CUDA_12 = 12000


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
    """

    index: int
    name: str
    total_bytes: int
    capability: str
    double_ratio: int | None = None
    watchdog: bool = False


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
    """

    code: str
    sentence: str
    cure: str = ""
    devices: tuple[GpuDevice, ...] = ()
    details: str = ""

    @property
    def ok(self) -> bool:
        """Whether a plan can run on a GPU."""
        return self.code == "ok"


PROBE_COMMAND = (sys.executable, "-m", "playground.compute.probe")
"""The child process that looks for a GPU; `interpret` reads what it prints."""

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
    sentence, cure = _REASONS.get(code.partition(":")[0], _cuda_error)(answer)
    return GpuReport(code, sentence, cure, details=details)


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
        )
        for found in answer.get("devices", ())
    )
    names = ", ".join(device.name for device in devices)
    return GpuReport("ok", tr("{names} is ready.", names=names), devices=devices)


def version_text(version: int) -> str:
    """Write CUDA's version number as people do.

    >>> version_text(12040)
    '12.4'
    """
    return f"{version // 1000}.{version % 1000 // 10}"


def _platform(_answer: Mapping[str, Any]) -> tuple[str, str]:
    return (
        tr("The GPU can't be used on macOS: CuPy has no build for it."),
        tr("Compute on the CPU here, or run this on Linux or Windows with an NVIDIA GPU."),
    )


def _no_cupy(answer: Mapping[str, Any]) -> tuple[str, str]:
    driver = answer.get("driver") or {}
    if not driver.get("loaded"):
        return (
            tr("No NVIDIA driver was found, and GPU support (CuPy) is not installed."),
            tr("With an NVIDIA GPU: install its driver, then {command}", command=INSTALL),
        )
    version = int(driver.get("version") or 0)
    if version < _CUDA_12:
        return (
            tr("An NVIDIA driver for CUDA {version} was found; GPU support needs 12.0.", version=version_text(version)),
            tr("Update the NVIDIA driver, then {command}", command=INSTALL),
        )
    command = INSTALL if version >= _CUDA_13 else _INSTALL_OLD
    return (
        tr(
            "An NVIDIA driver (CUDA {version}) was found, but GPU support (CuPy) is not installed.",
            version=version_text(version),
        ),
        tr("Install it: {command}", command=command),
    )


def _two_cupys(answer: Mapping[str, Any]) -> tuple[str, str]:
    wheels = [str(wheel) for wheel in answer.get("wheels", ())]
    names = " ".join(wheel.split()[0] for wheel in wheels)
    return (
        tr("Two versions of CuPy are installed and overwrite each other: {wheels}.", wheels=", ".join(wheels)),
        tr("Remove both and install one: pip uninstall {names}, then {command}", names=names, command=INSTALL),
    )


def _import(_answer: Mapping[str, Any]) -> tuple[str, str]:
    return (
        tr("CuPy is installed but can't be loaded."),
        tr("Install it afresh: {command}", command=f"{INSTALL} --force-reinstall"),
    )


def _no_driver(answer: Mapping[str, Any]) -> tuple[str, str]:
    library = "nvcuda.dll" if answer.get("platform") == "win32" else "libcuda.so.1"
    return (
        tr("No NVIDIA driver was found ({library} is missing).", library=library),
        tr("With an NVIDIA GPU: install its driver. Without one, compute on the CPU."),
    )


def _old_driver(answer: Mapping[str, Any]) -> tuple[str, str]:
    has = int(answer.get("driver_version") or 0)
    needs = int(answer.get("runtime") or _CUDA_13) // 1000 * 1000
    sentence = tr(
        "The NVIDIA driver is too old: it serves CUDA {has}, this CuPy needs {needs}.",
        has=version_text(has),
        needs=version_text(needs),
    )
    if needs >= _CUDA_13 and has >= _CUDA_12:
        names = " ".join(str(wheel).split()[0] for wheel in answer.get("wheels", ()))
        return sentence, tr(
            "Update the driver to 580 or newer, or change CuPy: pip uninstall {names}, then {command}",
            names=names,
            command=_INSTALL_OLD,
        )
    return sentence, tr("Update the NVIDIA driver.")


def _no_device(answer: Mapping[str, Any]) -> tuple[str, str]:
    visible = answer.get("visible")
    if visible is not None:
        return (
            tr("The NVIDIA driver shows no GPU: CUDA_VISIBLE_DEVICES is set to “{value}”.", value=visible),
            tr("Unset CUDA_VISIBLE_DEVICES and start again."),
        )
    return (
        tr("The NVIDIA driver is there but shows no GPU."),
        tr("On a laptop, switch the NVIDIA GPU on; in a container, start it with its GPUs."),
    )


def _cuda_error(answer: Mapping[str, Any]) -> tuple[str, str]:
    return (
        tr("The NVIDIA driver answers with an error: {why}.", why=_plain(answer)),
        tr("Restart the machine; if it stays, reinstall the NVIDIA driver."),
    )


def _unusable(answer: Mapping[str, Any]) -> tuple[str, str]:
    part = str(answer["code"]).partition(":")[2]
    why = str(answer.get("why") or "")
    if part == "context":
        return (
            tr("There is a GPU, but it can't be used: {why}.", why=_plain(answer)),
            tr("Close other programs that use the GPU, or restart the machine."),
        )
    library = {"nvrtc": "NVRTC", "cublas": "cuBLAS", "cusolver": "cuSOLVER"}.get(part, part)
    if "INVALID_OPTION" in why or "gpu-architecture" in why or "NoKernelImage" in why:
        names = " ".join(str(wheel).split()[0] for wheel in answer.get("wheels", ()))
        return (
            tr("This GPU is too old for the installed CuPy."),
            tr("Change CuPy: pip uninstall {names}, then {command}", names=names, command=_INSTALL_OLD),
        )
    return (
        tr("There is a GPU, but NVIDIA's library {library} is missing or broken.", library=library),
        tr("Bring the libraries: {command}", command=_command_for(answer)),
    )


def _plain(answer: Mapping[str, Any]) -> str:
    """Give the library's words without the name of Python's exception and the full stop."""
    why = str(answer.get("why") or "?")
    name, _, rest = why.partition(": ")
    return (rest if rest and name.isidentifier() and name.endswith(("Error", "Exception")) else why).rstrip(".")


def _command_for(answer: Mapping[str, Any]) -> str:
    """Give the install command of the CuPy that is there already."""
    return _INSTALL_OLD if any("cuda12" in str(wheel) for wheel in answer.get("wheels", ())) else INSTALL


_REASONS: dict[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
    "platform": _platform,
    "no-cupy": _no_cupy,
    "two-cupys": _two_cupys,
    "import": _import,
    "no-driver": _no_driver,
    "old-driver": _old_driver,
    "no-device": _no_device,
    "cuda-error": _cuda_error,
    "unusable": _unusable,
}
