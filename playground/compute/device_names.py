"""What the doors call a device: ``cpu``, ``gpu`` for the first GPU that can be used, ``gpu:1`` for CUDA's number 1."""

from __future__ import annotations

import re

CPU = "cpu"
GPU = "gpu"

AMPERE = 8
"""Compute capability of the first GPUs that have TF32."""

_GPU = re.compile(r"gpu(?::(\d{1,3}))?")


def gpu_index(device: str) -> int | None:
    """CUDA's number of the GPU that ``device`` names, None for the CPU; raises ValueError where it names none.

    ``"gpu"`` is the first that can be used, which is number 0 unless that one is broken: `GpuReport.device` knows.

    >>> gpu_index("gpu"), gpu_index("gpu:1"), gpu_index("cpu")
    (0, 1, None)
    """
    if device == CPU:
        return None
    found = _GPU.fullmatch(device)
    if found is None:
        raise ValueError(f"there is no device {device}")
    return int(found[1] or 0)


def gpu_name(index: int) -> str:
    """What the doors call the GPU with this number; ``gpu:0`` is understood too.

    >>> gpu_name(0), gpu_name(1)
    ('gpu', 'gpu:1')
    """
    return f"{GPU}:{index}" if index else GPU
