"""Running a formula again for its timing alone; its result stays what it is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from playground.compute.measuring.steady import steady
from playground.compute.outcome import Failure
from playground.translation import tr

if TYPE_CHECKING:
    import numpy as np

    from playground.compute.outcome import Peak, Steady
    from playground.engine.evaluation import Evaluation

BUDGET_S: Final = 0.5
"""How long all further runs may take together; one is made in any case."""


def steady_runs(evaluation: Evaluation, most: int) -> Steady | Failure:
    """Run up to ``most`` times, as many as the time allows; a ``Failure`` of kind ``"cancelled"`` where it is ended."""
    inference = evaluation.infer()
    seconds: list[float] = []
    started = time.perf_counter()
    while len(seconds) < most:
        outcome = evaluation.compute(inference)
        if isinstance(outcome, Failure):
            return outcome
        seconds.append(outcome.timing.compute_s)
        elapsed_s = time.perf_counter() - started
        if elapsed_s + elapsed_s / len(seconds) > BUDGET_S:
            break
    return steady(seconds)


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
