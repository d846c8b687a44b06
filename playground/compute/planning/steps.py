"""What a plan is made of: calls in order over numbered slots, with their bytes and FLOPs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.record import Record

if TYPE_CHECKING:
    from playground.language.problems import Span
    from playground.language.signature import Signature, TupleSignature

ORDERED: Final = "ordered"
"""Target of a product of several arrays that is computed in its cheapest order, or as written where it has to be."""

LEAST_PIECES: Final = 1 << 17
"""Cells from which the CPU does a chain piece by piece; smaller arrays lie in the cache anyway."""


class PlanStep(Record):
    """One call.

    Attributes
    ----------
    target
        What is called: the canonical name of a function (``"linalg.norm"``), ``"op:@"``, ``"attr:T"``, ``"index"``...
        A backend turns it into a callable.
    arguments, keywords
        Numbers of the slots that are passed. Slots count the plan's names, then its constants, then its steps.
    releases
        Slots that nothing needs after this step.
    span, text
        Where the step stands in the formula.
    signature
        Shape and dtype of the result, None for the lists, tuples and slices that only serve a later step.
    flops
        Floating-point operations, None where no count is agreed on.
    nbytes
        New memory that the result takes, 0 for a view.
    scratch_bytes
        Memory that is taken only while the step runs.
    inner
        The steps that a chain (target ``"chain"``) runs as one. Their slots are the chain's arguments, counted from 0,
        and then their own results; the last one's is the chain's. Of an ordered product (target ``ORDERED``) the first
        half is its cheapest order and the second half what is written, each with slots of its own.
    donor
        Place of the argument of a chain that the result may be written into, since nothing else needs it.
    """

    target: str
    arguments: tuple[int, ...]
    keywords: tuple[tuple[str, int], ...]
    span: Span
    text: str
    signature: Signature | TupleSignature | None
    flops: int | None
    nbytes: int
    scratch_bytes: int = 0
    releases: tuple[int, ...] = ()
    inner: tuple[PlanStep, ...] = ()
    donor: int | None = None

    @property
    def slots(self) -> tuple[int, ...]:
        """Every slot that the step reads, each once."""
        return tuple(dict.fromkeys((*self.arguments, *(slot for _, slot in self.keywords))))


class Plan(Record):
    """A formula, ready to run on any device.

    Attributes
    ----------
    source
        The formula's text.
    names
        The operands that are needed, in order of first use; slots 0 and on.
    constants
        Values known before running, the next slots: Python numbers, tuples of them, ndarrays, texts.
    steps
        Calls in order; the next slots.
    result
        Slot of the formula's value.
    signature
        Shape and dtype of the value.
    flops
        Sum over the steps, None where one of them has no agreed count.
    peak_bytes
        The most memory that results and scratch take at once, operands not counted.
    may_warn
        Whether a step calls a function that may speak through ``warnings``; operators don't.
    moved_bytes
        Bytes that the steps read and write at least: what each uses once, and its result. None where only the data
        decides a size.
    """

    source: str
    names: tuple[str, ...]
    constants: tuple[object, ...]
    steps: tuple[PlanStep, ...]
    result: int
    signature: Signature | TupleSignature
    flops: int | None
    peak_bytes: int
    may_warn: bool
    moved_bytes: int | None = None

    @property
    def is_constant(self) -> bool:
        """Whether the value is known before running."""
        return len(self.names) <= self.result < len(self.names) + len(self.constants)

    def largest_step(self) -> PlanStep | None:
        """Give the step that takes most memory, to be named where there is too little; None without steps."""
        return max(self.steps, key=lambda step: step.nbytes + step.scratch_bytes, default=None)
