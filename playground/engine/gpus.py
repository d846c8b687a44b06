"""Opening a GPU for an engine: looked for in a child process first, or at once where it has just been used."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from playground.compute.device_names import GPU, gpu_index
from playground.compute.outcome import Failure
from playground.translation import tr

if TYPE_CHECKING:
    from playground.compute.backend import Backend


def open_gpu(device: str = GPU) -> Backend | Failure:
    """Make the backend of ``"gpu"`` or ``"gpu:1"``, or say which part is missing and what mends it.

    ``"gpu"`` is the first GPU that can be used.
    """
    # Both are loaded when a GPU is first asked for: an engine that never is starts sooner.
    from playground.compute.devices import detect
    from playground.compute.gpu.device import CupyBackend

    importlib.invalidate_caches()  # what was missing when this process began may have been installed since
    report = detect()
    trouble, found = report.trouble(device), report.device(device)
    if trouble is not None or found is None:
        return trouble or _not_opened(report.sentence, report.cure)
    try:
        return CupyBackend(found.index)
    except Exception as error:  # CuPy and CUDA raise many kinds, and each means that there is no GPU to use
        return _not_opened(str(error), report.cure)


def open_known_gpu(device: str) -> Backend | Failure:
    """Make the backend of a GPU that an engine of the same window used before; it is looked for where that fails.

    The child process that looks takes a second or more, and an engine that follows a cancelled one is waited for.
    """
    from playground.compute.gpu.device import CupyBackend

    try:
        return CupyBackend(gpu_index(device) or 0)
    except Exception:
        return open_gpu(device)


def _not_opened(reason: str, cure: str) -> Failure:
    return Failure("device", tr("The GPU could not be opened: {reason}.", reason=reason.rstrip(".")), cure)
