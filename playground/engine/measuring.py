"""Running a formula again for its timing alone; its result stays what it is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from playground.compute.measuring.steady import steady
from playground.compute.outcome import Failure
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    import numpy as np

    from playground.compute.backend import Backend
    from playground.compute.outcome import Peak, Steady
    from playground.engine.evaluation import Evaluation

BUDGET_S: Final = 0.5
"""How long all further runs may take together; one is made in any case."""

MOST_BROUGHT_BYTES: Final = 256 << 20
"""Up to here a result is brought to the host to see how long that takes."""


def steady_runs(evaluation: Evaluation, most: int) -> Steady | Failure:
    """Run up to ``most`` times, as many as the time allows; a ``Failure`` of kind ``"cancelled"`` where it is ended."""
    inference = evaluation.infer()
    seconds: list[float] = []
    value: object = None
    started = time.perf_counter()
    while len(seconds) < most:
        outcome = value = None  # the last result must not stand in the way of the next
        outcome = evaluation.compute(inference)
        if isinstance(outcome, Failure):
            return outcome
        value = outcome.value
        seconds.append(outcome.timing.compute_s)
        elapsed_s = time.perf_counter() - started
        if elapsed_s + elapsed_s / len(seconds) > BUDGET_S:
            break
    return replace(steady(seconds), download_s=_download_s(value, evaluation.backend))


def _download_s(value: object, backend: Backend) -> float | None:
    """What bringing a result to the host takes, where it isn't there and isn't too large to be brought for that."""
    parts = value if isinstance(value, tuple) else (value,)
    if not backend.copies or sum(getattr(part, "nbytes", 0) for part in parts) > MOST_BROUGHT_BYTES:
        return None
    started = time.perf_counter()
    backend.to_host(value)
    return time.perf_counter() - started


def peak_of(evaluation: Evaluation, dtype: np.dtype) -> Peak | Failure:
    """Measure the device of an evaluation, in words where it can't be done."""
    from playground.compute.measuring.peak import measure_peak  # asked for once in a while

    try:
        found = measure_peak(dtype, evaluation.backend, evaluation.stop)
    except Exception as error:
        trouble = evaluation.backend.classify(error)
        if trouble is None:
            raise
        return Failure(trouble.kind, trouble.message, trouble.hint)
    return Failure("cancelled", tr("Cancelled.")) if found is None else found
