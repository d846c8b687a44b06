"""What is compared with float64 while nobody edits, where formulas are computed as something else. Knows no Qt."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from playground.compute.device_names import CPU
from playground.compute.outcome import Failure
from playground.compute.precision import AS_WRITTEN
from playground.session.job import Compared
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.compute.precision import Comparison
    from playground.engine.messages import Request, Result
    from playground.session.held import Engine
    from playground.session.job import Job

_LONGEST_S: Final = 0.25
_LONGEST_ON_GPU_S: Final = 0.05
"""What took longer isn't computed in float64 beside; on many GPUs that takes 32 or 64 times as long as float32."""

_KEPT: Final = 64


class Comparisons:
    """What is known of results by their keys; each is compared once, whatever came of it."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Comparison | Failure] = OrderedDict()

    def take(self, engine: Engine, request: Request, result: Result) -> Iterator[Compared]:
        """Give what the request's precision changes in ``result``; nothing where it is computed as written."""
        if request.precision == AS_WRITTEN:
            return
        if result.key not in self._known:
            longest = _LONGEST_S if request.device == CPU else _LONGEST_ON_GPU_S
            found = _too_long() if result.timing.compute_s > longest else engine.compare(request)
            if isinstance(found, Failure) and found.kind == "cancelled":
                return
            self._learn(result.key, found)
        yield Compared(request.generation, request.name, result.key, self._known[result.key])

    def taken(self, job: Job, result: Result, found: Comparison | Failure | None) -> Compared:
        """What a person asked for; where it was ended, what is known stays."""
        if found is not None and getattr(found, "kind", "") != "cancelled":
            self._learn(result.key, found)
        return Compared(job.generation, job.shown or "", result.key, self._known.get(result.key, _too_long()))

    def _learn(self, key: str, found: Comparison | Failure) -> None:
        self._known[key] = found
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)


def _too_long() -> Failure:
    return Failure("long", tr("Not compared with float64 yet: that takes longer."))
