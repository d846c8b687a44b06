"""One request on one device: what its text means for the operands at hand, and computing it or a part of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.execute import execute
from playground.compute.outcome import Failure
from playground.compute.planning.plan import plan
from playground.compute.precision import AS_WRITTEN, TF32, cast, cast_dtype, precision_notes
from playground.engine.guarding import Done, guarded
from playground.engine.messages import MissingArrayError
from playground.language.infer import infer
from playground.language.signature import Signature
from playground.record import replace
from playground.translation import tr
from playground.workspace.memory import bytes_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playground.compute.backend import Backend
    from playground.compute.outcome import Computed
    from playground.compute.planning.steps import Plan
    from playground.engine.messages import Request
    from playground.engine.store import Store
    from playground.language.infer import Inference

_LEAST_FLOPS_WATCHED = 100_000_000
"""Plans of less work are done before anybody could look how far they are."""


class Evaluation:
    """A request with the operands that the store holds for it.

    Parameters
    ----------
    memory_limit
        Bytes that the arrays held and the plan may take on the host together.
    stop
        Asked between steps; True ends the evaluation.
    progress
        Told the part that is done where the plan has steps or pieces; None where nobody listens.

    Raises
    ------
    MissingArrayError
        Where an operand's key is unknown.
    """

    def __init__(
        self,
        request: Request,
        store: Store,
        backend: Backend,
        memory_limit: int,
        stop: Callable[[], bool],
        progress: Callable[[float], object] | None = None,
    ) -> None:
        self.request = request
        self.backend = backend
        self._store = store
        self._limit = memory_limit
        self.stop = stop
        self.progress = progress
        self._inference: Inference | None = None
        self._signatures = {
            name: _signature(store.any_copy(key), request.precision) for name, key in request.operands.items()
        }

    def also_of(self, operands: Mapping[str, str]) -> Evaluation:
        """Give the same request with further operands, of which nothing is told while it is computed."""
        request = replace(self.request, operands={**self.request.operands, **operands})
        return Evaluation(request, self._store, self.backend, self._limit, self.stop)

    def infer(self, source: str | None = None) -> Inference:
        """Infer the request's text, or that of a part, for these operands."""
        if source is not None:
            return infer(source, self._signatures)
        if self._inference is None:
            self._inference = infer(self.request.source, self._signatures)
        return self._inference

    def compute(self, inference: Inference, repeat: int = 1) -> Computed | Failure:
        """Compute what was inferred; the time that operands took to reach the device is in ``upload_s``.

        The value is of the request's precision.
        """
        if inference.problems:
            return self.failure_of(inference)
        planned = plan(inference)
        if self.request.precision == AS_WRITTEN:
            return self.insist(lambda: self._run(planned, repeat))
        self.backend.tf32 = self.request.precision == TF32
        try:
            return self.insist(lambda: self._run_as(self.request.precision, planned, repeat))
        finally:
            self.backend.tf32 = False

    def insist(self, work: Callable[[], Done | Failure]) -> Done | Failure:
        """Do ``work``; once more where memory was lacking and something could be given up."""
        outcome = work()
        if _lacks_memory(outcome) and self._store.evict(self.backend.name, self.request.operands.values()):
            self.backend.recover()
            outcome = work()
        return outcome

    def _run_as(self, precision: str, planned: Plan, repeat: int) -> Computed | Failure:
        outcome = self._run(planned, repeat)
        if isinstance(outcome, Failure):
            return outcome
        value = guarded(lambda: self._cast(outcome.value, precision), self.backend)
        if isinstance(value, Failure):
            return value
        notes = precision_notes(outcome.value, value, precision, self.backend)
        return replace(outcome, value=value, notes=(*outcome.notes, *notes))

    def _cast(self, computed: Any, precision: str) -> Any:  # noqa: ANN401 - arrays of the device, or a tuple of them
        """Give a result in ``precision``; MemoryError where both would pass the limit."""
        room, parts = self.room_for_plan(), computed if isinstance(computed, tuple) else (computed,)
        wanted = [(part, cast_dtype(part.dtype, precision)) for part in parts]
        needed = sum(part.size * dtype.itemsize for part, dtype in wanted if part.dtype != dtype)
        if room is not None and needed and needed + sum(part.nbytes for part in parts) > room:
            raise MemoryError(tr(
                "The result as {dtype} needs {needed} beside the {taken} that it has taken; the limit is {room}.",
                dtype=wanted[0][1], needed=bytes_text(needed),
                taken=bytes_text(sum(part.nbytes for part in parts)), room=bytes_text(room),
            ))  # fmt: skip
        with self.backend.session():
            return cast(computed, precision)

    def planned_on_host(self) -> tuple[Plan, dict[str, Any]] | Failure:
        """Give the plan of the request's formula, begun on the CPU, and its operands on the host."""
        inference = self.infer()
        if inference.problems:
            return self.failure_of(inference)
        planned = plan(inference)
        arrays = self._operands(planned)
        return arrays if isinstance(arrays, Failure) else (planned, arrays)

    def failure_of(self, inference: Inference) -> Failure:
        """Give the first problem of an inference as the reason why nothing was computed."""
        problem = inference.problems[0]
        blamed = inference.source[problem.span.start : problem.span.end]
        hint = problem.hint
        if problem.kind == "dtype" and self.request.precision != AS_WRITTEN:
            hint = tr("It works as float32 or as written: Compute ▸ Compute as.")
        return Failure(problem.kind, problem.message, hint, problem.span, blamed)

    def _run(self, planned: Plan, repeat: int) -> Computed | Failure:
        started = time.perf_counter()
        arrays = self._operands(planned)
        if isinstance(arrays, Failure):
            return arrays
        outcome = execute(
            planned, arrays, self.backend,
            stop=self._watched(planned), repeat=repeat, memory_limit=self.room_for_plan(),
        )  # fmt: skip
        if not self.backend.copies or isinstance(outcome, Failure):
            return outcome
        timing = outcome.timing
        brought_s = time.perf_counter() - started - timing.total_s
        timing = replace(timing, upload_s=timing.upload_s + brought_s, total_s=timing.total_s + brought_s)
        return replace(outcome, timing=timing)

    def _watched(self, planned: Plan) -> Callable[[], bool]:
        """``stop``, which also tells how far the plan is, where it takes long enough for anybody to look."""
        if self.progress is None or (planned.flops or 0) < _LEAST_FLOPS_WATCHED:
            return self.stop
        from playground.compute.progress import watched

        return watched(planned, self.stop, self.progress)

    def _operands(self, planned: Plan) -> dict[str, Any] | Failure:
        arrays: dict[str, Any] = {}
        for name in planned.names:
            brought = self._brought(name)
            if isinstance(brought, Failure):
                return brought
            arrays[name] = brought
        return arrays

    def operand(self, name: str, device: str) -> Any:  # noqa: ANN401 - an array of the device
        """Give an operand on ``device`` in the dtype that it is computed in; raises `MissingArrayError`."""
        key = self.request.operands[name]
        if self.request.precision == AS_WRITTEN:
            return self._store.on(key, device)
        return self._store.cast(key, device, self._signatures[name].dtype)

    def _brought(self, name: str) -> Any:  # noqa: ANN401 - an array of the device, or a Failure
        try:
            self._check_cast(name)
            return self.operand(name, self.backend.name)
        except MissingArrayError:
            raise
        except Exception as error:
            trouble = self.backend.classify(error)
            if trouble is None:
                raise
            return Failure(trouble.kind, trouble.message, trouble.hint)

    def _check_cast(self, name: str) -> None:
        """Raise MemoryError where what an operand is cast to would pass the limit; a device of its own raises it."""
        signature, room = self._signatures[name], self.room_for_plan()
        key = self.request.operands[name]
        if room is None or self._store.any_copy(key).dtype == signature.dtype:
            return
        needed = signature.nbytes or 0
        if needed > room and not self._store.has_cast(key, self.backend.name, signature.dtype):
            raise MemoryError(tr(
                "{name} as {dtype} needs {needed}; {room} are left.",
                name=name, dtype=signature.dtype, needed=bytes_text(needed), room=bytes_text(room),
            ))  # fmt: skip

    def room_for_plan(self) -> int | None:
        """Bytes beside what is held; a device of its own is asked itself."""
        return None if self.backend.copies else max(0, self._limit - self._store.host_bytes())


def _signature(value: Any, precision: str) -> Signature:  # noqa: ANN401
    return Signature(tuple(value.shape), cast_dtype(np.dtype(value.dtype), precision))


def _lacks_memory(outcome: object) -> bool:
    return isinstance(outcome, Failure) and outcome.kind == "memory"
