"""Who takes part in a race: the CPU with its threads and with one, and every GPU there is."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from playground.compute.cpu.device import NumpyBackend
from playground.compute.device_names import gpu_name
from playground.compute.measuring.race import run_race
from playground.compute.outcome import Failure
from playground.compute.precision import TF32
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.compute.backend import Backend
    from playground.compute.outcome import Race
    from playground.engine.evaluation import Evaluation


def race(evaluation: Evaluation, device: Callable[[str], Backend | Failure]) -> Race | Failure:
    """Race the formula of an evaluation on the CPU; ``device`` gives a GPU by its name, or says what is missing."""
    job = evaluation.planned_on_host()
    if isinstance(job, Failure):
        return job
    planned, arrays = job
    gpus, missing = _gpus(device)
    cpus = _cpus(evaluation.backend)
    try:
        for gpu in gpus:
            gpu.tf32 = evaluation.request.precision == TF32
        raced = run_race(
            planned, arrays, [*cpus, *gpus],
            stop=evaluation.stop, progress=evaluation.progress, memory_limit=evaluation.room_for_plan(),
        )  # fmt: skip
    finally:
        for gpu in gpus:
            gpu.tf32 = False
    if isinstance(raced, Failure):
        return raced
    lanes = raced.lanes
    if len(cpus) > 1:
        threads = tr("CPU ({count} threads)", count=getattr(cpus[0], "threads", 1))
        lanes = (replace(lanes[0], label=threads), *lanes[1:])
    return replace(raced, lanes=lanes, missing=missing)


def _cpus(cpu: Backend) -> list[Backend]:
    """The CPU as it is, and with one thread where it has more."""
    if not isinstance(cpu, NumpyBackend) or cpu.threads == 1:
        return [cpu]
    from playground.compute.cpu.one_thread import OneThread  # looks through the loaded libraries

    return [cpu, OneThread()]


def _gpus(device: Callable[[str], Backend | Failure]) -> tuple[list[Backend], str]:
    """All GPUs in their order; where there is none, what is missing and what mends it."""
    found: list[Backend] = []
    for index in itertools.count():
        gpu = device(gpu_name(index))
        if isinstance(gpu, Failure):
            return found, "" if found else f"{gpu.message} {gpu.hint}".strip()
        if gpu not in found:  # "gpu" may be number 1, where number 0 can't be used
            found.append(gpu)
    raise AssertionError
