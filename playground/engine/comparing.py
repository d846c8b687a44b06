"""What computing with fewer digits changes: one formula in its precision and in float64, values and times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from playground.compute.outcome import Failure
from playground.compute.precision import Comparison, differences
from playground.translation import tr

if TYPE_CHECKING:
    from playground.compute.outcome import Computed
    from playground.engine.evaluation import Evaluation

RUNS: Final = 5
"""How often each is timed, where the first run was short."""

_SHORT_S: Final = 0.1


def compared(narrow: Evaluation, wide: Evaluation) -> Comparison | Failure:
    """Compare two evaluations of one formula, of which ``wide`` is in float64; a failure where one of them fails.

    Operands that are results in few digits themselves are taken as they are: what is compared is this formula.
    """
    # The first call of each is apart: on a GPU it compiles kernels.
    few = _timed(narrow)
    if isinstance(few, Failure):
        return few
    many = _timed(wide)
    if isinstance(many, Failure):
        return many
    if _shapes(few.value) != _shapes(many.value):
        return Failure("shape", tr("In float64 other cells are chosen: {shape}.", shape=_shapes(many.value)))
    with wide.backend.session():
        largest, scale, lost = differences(few.value, many.value, wide.backend)
    seconds, float64_s = few.timing.compute_s, many.timing.compute_s
    return Comparison(narrow.request.precision, largest, scale, lost, seconds, float64_s)


def _shapes(value: Any) -> Any:  # noqa: ANN401 - arrays of some device, or a tuple of them
    return tuple(map(_shapes, value)) if isinstance(value, tuple) else tuple(value.shape)


def _timed(evaluation: Evaluation) -> Computed | Failure:
    inference = evaluation.infer()
    first = evaluation.compute(inference)
    if isinstance(first, Failure) or first.timing.compute_s > _SHORT_S:
        return first
    return evaluation.compute(inference, RUNS)
