"""Why there is no GPU to compute on, as a sentence, and what mends it; from what the probe found. Pure."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PIP = f'"{sys.executable}" -m pip' if " " in sys.executable else f"{sys.executable} -m pip"
"""The pip of the Python that runs this: another one would install elsewhere."""

INSTALL = f'{PIP} install "cupy-cuda13x[ctk]>=14.2,<15"'
"""What the extra ``cuda13`` brings; for drivers and cards before the 580 series and the GTX 16, ``cuda12``."""

_INSTALL_OLD = f'{PIP} install "cupy-cuda12x[ctk]>=14.2,<15"'

_CUDA_13 = 13000
_CUDA_12 = 12000
_NO_DEVICE = 100
_OUT_OF_MEMORY = 2
_BUSY = 46

_TOO_OLD_FOR_THIS = ("INVALID_OPTION", "gpu-architecture", "NoKernelImage")
"""What compilers and kernels say on a GPU that this build of CuPy doesn't know any more."""

_NO_ROOM = ("out of memory", "OutOfMemory", "ALLOC_FAILED")


def reason_of(answer: Mapping[str, Any]) -> tuple[str, str]:
    """Give the sentence for a person and the cure; ``answer`` is the probe's, and it isn't a usable GPU."""
    return _REASONS.get(str(answer["code"]).partition(":")[0], _cuda_error)(answer)


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
    if driver.get("cuInit") == _NO_DEVICE:
        return _no_device(answer)  # nothing that could be installed would find one
    version = int(driver.get("version") or 0)
    if version < _CUDA_12:
        return (
            tr("An NVIDIA driver for CUDA {version} was found; GPU support needs 12.0.", version=version_text(version)),
            tr("Update the NVIDIA driver, then {command}", command=INSTALL),
        )
    return (
        tr(
            "An NVIDIA driver (CUDA {version}) was found, but GPU support (CuPy) is not installed.",
            version=version_text(version),
        ),
        tr("Install it: {command}", command=_command_for_driver(answer)),
    )


def _two_cupys(answer: Mapping[str, Any]) -> tuple[str, str]:
    wheels = [str(wheel) for wheel in answer.get("wheels", ())]
    names = " ".join(wheel.split()[0] for wheel in wheels)
    return (
        tr("Two versions of CuPy are installed and overwrite each other: {wheels}.", wheels=", ".join(wheels)),
        tr(
            "Remove both and install one: {pip} uninstall {names}, then {command}",
            pip=PIP,
            names=names,
            command=_command_for_driver(answer),
        ),
    )


def _import(answer: Mapping[str, Any]) -> tuple[str, str]:
    return (
        tr("CuPy is installed but can't be loaded."),
        tr("Install it afresh: {command}", command=f"{_command_for(answer)} --force-reinstall"),
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
            "Update the driver to 580 or newer, or change CuPy: {pip} uninstall {names}, then {command}",
            pip=PIP,
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
    if answer.get("status") in (_BUSY, _OUT_OF_MEMORY):
        return _taken(answer)
    return (
        tr("The NVIDIA driver answers with an error: {why}.", why=_plain(answer)),
        tr("Restart the machine; if it stays, reinstall the NVIDIA driver."),
    )


def _unusable(answer: Mapping[str, Any]) -> tuple[str, str]:
    part = str(answer["code"]).partition(":")[2]
    why = str(answer.get("why") or "")
    if part == "context" or any(words in why for words in _NO_ROOM):
        return _taken(answer)
    if any(words in why for words in _TOO_OLD_FOR_THIS):
        return _old_device(answer)
    library = {"nvrtc": "NVRTC", "cublas": "cuBLAS", "cusolver": "cuSOLVER"}.get(part, part)
    return (
        tr("There is a GPU, but NVIDIA's library {library} is missing or broken.", library=library),
        tr("Bring the libraries: {command}", command=_command_for(answer)),
    )


def _taken(answer: Mapping[str, Any]) -> tuple[str, str]:
    return (
        tr("There is a GPU, but it can't be used: {why}.", why=_plain(answer)),
        tr("Close other programs that use the GPU, or restart the machine."),
    )


def _old_device(answer: Mapping[str, Any]) -> tuple[str, str]:
    sentence = tr("This GPU is too old for the installed CuPy.")
    if _command_for(answer) == _INSTALL_OLD:
        return sentence, tr("There is no CuPy for older ones: compute on the CPU.")
    names = " ".join(str(wheel).split()[0] for wheel in answer.get("wheels", ()))
    return sentence, tr(
        "Change CuPy: {pip} uninstall {names}, then {command}", pip=PIP, names=names, command=_INSTALL_OLD
    )


def _plain(answer: Mapping[str, Any]) -> str:
    """Give the library's words without the name of Python's exception and the full stop."""
    why = str(answer.get("why") or "?")
    name, _, rest = why.partition(": ")
    return (rest if rest and name.isidentifier() and name.endswith(("Error", "Exception")) else why).rstrip(".")


def _command_for(answer: Mapping[str, Any]) -> str:
    """Give the install command of the CuPy that is there already."""
    return _INSTALL_OLD if any("cuda12" in str(wheel) for wheel in answer.get("wheels", ())) else INSTALL


def _command_for_driver(answer: Mapping[str, Any]) -> str:
    """Give the install command of the CuPy that the driver serves; the newer one where it doesn't say."""
    version = int((answer.get("driver") or {}).get("version") or _CUDA_13)
    return INSTALL if version >= _CUDA_13 else _INSTALL_OLD


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
