"""The order of a plan's slots: what is needed at all, when each value is needed last, and the memory that takes."""

from __future__ import annotations

from types import EllipsisType
from typing import TYPE_CHECKING, Final

import numpy as np

from playground.compute.functions.operators import BUILDERS
from playground.compute.planning import steps as layout
from playground.compute.planning.estimates import scratch_bytes, shares_memory, value_bytes
from playground.compute.planning.steps import ORDERED, Plan, PlanStep
from playground.language.functions import FUNCTIONS
from playground.language.signature import Signature
from playground.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playground.language.problems import Span
    from playground.language.signature import TupleSignature

    Value = Signature | TupleSignature | None

_LOOKING_BYTES: Final = 1 << 20
"""What looking at the numbers of an ordered product takes at most, piece by piece."""


class Operand(Record):
    """A name of the workspace."""

    name: str
    signature: Signature | TupleSignature | None = None


class Constant(Record, eq=False):
    """A value that is known before running."""

    value: object


class Operation(Record):
    """A call on earlier references; the fields are those of ``PlanStep``."""

    target: str
    arguments: tuple[int, ...]
    keywords: tuple[tuple[str, int], ...]
    span: Span
    text: str
    signature: Signature | TupleSignature | None
    flops: int | None
    inner: tuple[Operation, ...] = ()
    donor: int | None = None

    @property
    def references(self) -> tuple[int, ...]:
        """Everything that it needs."""
        return (*self.arguments, *(reference for _, reference in self.keywords))


Reference = Operand | Constant | Operation


def arrange(
    source: str, references: list[Reference], result: int, signature: Signature | TupleSignature
) -> Plan:  # fmt: skip
    """Make the plan of what ``references[result]`` needs: operands first, then constants, then calls in order."""
    used = needed(references, result)
    operands = [(at, found) for at, found in enumerate(references) if at in used and isinstance(found, Operand)]
    constants = [(at, found) for at, found in enumerate(references) if at in used and isinstance(found, Constant)]
    calls = [(at, found) for at, found in enumerate(references) if at in used and isinstance(found, Operation)]
    slots = {at: slot for slot, (at, _) in enumerate([*operands, *constants, *calls])}
    last_use = {reference: at for at, call in calls for reference in call.references}
    values = [_signature_of(found) for found in references]
    memory = _Memory()
    steps = []
    for at, call in calls:
        last_used = (reference for reference in dict.fromkeys(call.references) if last_use[reference] == at)
        ended = tuple(at for at in last_used if at != result and isinstance(references[at], Operation))
        step = _step(call, slots, [values[reference] for reference in call.references], ended, references)
        held = _held(call, references, values)
        step = replace(step, nbytes=0) if held else step
        memory.step(at, step, held, ended)
        steps.append(step)
    return Plan(
        source=source,
        names=tuple(found.name for _, found in operands),
        constants=tuple(found.value for _, found in constants),
        steps=tuple(steps),
        result=slots[result],
        signature=signature,
        flops=sum_of_counts(step.flops for step in steps),
        peak_bytes=memory.peak,
        # Operators, "op:@", are no functions; asking for one would read the whole table.
        may_warn=any(":" not in step.target and step.target in FUNCTIONS for step in steps),
        moved_bytes=sum_of_counts(_moved_bytes(call, references, values) for _, call in calls),
    )


def _step(
    call: Operation, slots: dict[int, int], operands: list[Value], ended: tuple[int, ...], references: list[Reference]
) -> PlanStep:
    return PlanStep(
        call.target,
        tuple(slots[reference] for reference in call.arguments),
        tuple((name, slots[reference]) for name, reference in call.keywords),
        call.span,
        call.text,
        call.signature,
        call.flops,
        value_bytes(call.signature, operands),
        _scratch(call, operands, references),
        tuple(slots[reference] for reference in ended),
        tuple(_inner_step(inner) for inner in call.inner),
        call.donor,
    )


def _scratch(call: Operation, operands: list[Value], references: list[Reference]) -> int:
    """Bytes that a call takes while it runs, beside its result."""
    if call.target == ORDERED:
        return _ordered_scratch(call, operands, references)
    size = call.signature.size if isinstance(call.signature, Signature) else None
    if call.inner and size is not None and size < layout.LEAST_PIECES:
        return _between_bytes(call)
    first = references[call.arguments[0]] if call.arguments else None
    return scratch_bytes(call.target, call.signature, operands, first.value if isinstance(first, Constant) else None)


def _between_bytes(call: Operation) -> int:
    """Bytes of what a chain over whole arrays holds at once, beside its result."""
    last_use = {slot: at for at, inner in enumerate(call.inner) for slot in inner.references}
    alive: dict[int, int] = {}
    peak = 0
    for at, inner in enumerate(call.inner):
        alive[len(call.arguments) + at] = value_bytes(inner.signature)
        peak = max(peak, sum(alive.values()))
        for slot in inner.references:
            if last_use[slot] == at:
                alive.pop(slot, None)
    return max(0, peak - value_bytes(call.signature))


def _ordered_scratch(call: Operation, operands: list[Value], references: list[Reference]) -> int:
    """Bytes that an ordered product takes beside its result, in whichever order needs more."""
    factors = [
        references[at] if isinstance(references[at], Constant) else Operand(str(at), signature)
        for at, signature in zip(call.arguments, operands, strict=True)
    ]
    half = len(call.inner) // 2
    assert call.signature is not None
    peaks = [
        arrange(call.text, [*factors, *order], len(factors) + half - 1, call.signature).peak_bytes
        for order in (call.inner[:half], call.inner[half:])
    ]
    return max(peaks) - value_bytes(call.signature) + _LOOKING_BYTES


def _inner_step(call: Operation) -> PlanStep:
    """One step of a chain; its slots are the chain's arguments, then its steps."""
    return PlanStep(call.target, call.arguments, call.keywords, call.span, call.text, call.signature, call.flops, 0)


class _Memory:
    """The bytes alive while steps run in order; a view keeps alive what it looks at."""

    def __init__(self) -> None:
        self.peak = 0
        self._alive = 0
        self._bytes: dict[int, int] = {}
        self._holders: dict[int, int] = {}
        self._holds: dict[int, frozenset[int]] = {}

    def step(self, at: int, step: PlanStep, viewed: tuple[int, ...], ended: tuple[int, ...]) -> None:
        """Run one step: take its bytes, hold what ``viewed`` hold, let go of what has ``ended``."""
        self._bytes[at] = step.nbytes
        held = frozenset({at}).union(*(self._holds.get(reference, frozenset()) for reference in viewed))
        self._holds[at] = held
        for block in held:
            self._holders[block] = self._holders.get(block, 0) + 1
        self._alive += step.nbytes
        self.peak = max(self.peak, self._alive + step.scratch_bytes)
        for reference in ended:
            self._release(reference)

    def _release(self, reference: int) -> None:
        for block in self._holds.pop(reference):
            self._holders[block] -= 1
            if self._holders[block] == 0:
                self._alive -= self._bytes[block]


def needed(references: list[Reference], result: int) -> set[int]:
    """Give everything that ``references[result]`` is made of, itself included."""
    found_so_far, pending = set(), [result]
    while pending:
        at = pending.pop()
        if at in found_so_far:
            continue
        found_so_far.add(at)
        found = references[at]
        if isinstance(found, Operation):
            pending.extend(found.references)
    return found_so_far


def _signature_of(found: Reference) -> Value:
    """Shape and dtype, None for the numbers, texts and slices among the constants."""
    if not isinstance(found, Constant):
        return found.signature
    return Signature(found.value.shape, found.value.dtype) if isinstance(found.value, np.ndarray) else None


def _held(call: Operation, references: list[Reference], values: list[Value]) -> tuple[int, ...]:
    """Give the references whose memory the result of ``call`` lies in; nothing where it has its own."""
    if call.donor is not None:
        return (call.arguments[call.donor],)
    return call.references if call.target in BUILDERS or _is_view(call, references, values) else ()


def _moved_bytes(call: Operation, references: list[Reference], values: list[Value]) -> int | None:
    """Bytes that a call reads and writes at least; None where only the data decides a size."""
    operands = [values[reference] for reference in dict.fromkeys(call.references)]
    if call.target in BUILDERS or _is_view(call, references, values):
        return 0
    if any(isinstance(value, Signature) and value.size is None for value in (call.signature, *operands)):
        return None
    written = value_bytes(call.signature)
    if call.target == "index":  # of what it picks from it reads only what it picks
        operands = operands[1:]
        written *= 2
    return written + sum(value_bytes(operand) for operand in operands)


def _is_view(call: Operation, references: list[Reference], values: list[Value]) -> bool:
    """Whether a call gives a view; an index does where it is made of known integers, slices, None and ... only."""
    items = [references[reference] for reference in call.arguments[1:]]
    basic = all(
        isinstance(item, Constant) and (item.value is None or isinstance(item.value, int | slice | EllipsisType))
        for item in items
    )
    return shares_memory(call.target, [values[reference] for reference in call.references], basic_index=basic)


def sum_of_counts(counts: Iterable[int | None]) -> int | None:
    """Add FLOPs; None where a count isn't known."""
    total = 0
    for count in counts:
        if count is None:
            return None
        total += count
    return total
