"""What the engine and its client say to each other: requests, results, and what the engine refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import Record
from playground.workspace.arrays import shape_2d

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from playground.compute.outcome import Failure, Summary, Timing
    from playground.explain.why import Why
    from playground.language.signature import Signature, TupleSignature
    from playground.workspace.arrays import Patch

INLINE_BYTES = 256 << 10
"""Results up to this size travel with the answer; larger ones stay and are read by windows."""

EXPLAINED_WITHIN_S = 0.2
"""What took longer is answered without the explanation of a cell: that may compute as much again."""


class MissingArrayError(KeyError):
    """The engine doesn't hold the key (any more)."""


class RefusedError(Exception):
    """The engine can't take an array; ``failure`` says why, in words for a person."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class EngineBugError(RuntimeError):
    """The engine met an exception that nobody foresaw; the argument is its traceback. It goes on running."""


class Memory(Record):
    """What the engine may take: ``limit_bytes``, which is the part ``share`` of what was free when it was set."""

    share: float
    limit_bytes: int


class Request(Record):
    """One formula to evaluate.

    Attributes
    ----------
    source
        The formula's text.
    operands
        For each name in it the key of what it holds: an array, or the result of an earlier request.
    result_key
        Key that the result is kept under; an older value of that key is replaced.
    device
        ``"cpu"``, ``"gpu"``, or ``"gpu:1"`` for the second GPU.
    repeat
        How many steady runs are timed after the first one.
    cell
        Index of a cell of the result whose explanation is wanted, None for none.
    generation
        Counts what the person asked for; `abandon` stops all below one.
    name
        What the result is called in explanations (``C[0, 1]``); where empty the formula's target, or its text.
    precision
        One of ``PRECISIONS``: what floating operands and the result are cast to; empty for as written.
    """

    source: str
    operands: Mapping[str, str]
    result_key: str
    device: str = "cpu"
    repeat: int = 1
    cell: tuple[int, ...] | None = None
    generation: int = 0
    name: str = ""
    precision: str = ""


class Result(Record):
    """What came of a request.

    Attributes
    ----------
    key
        Where the engine keeps the value; `window` reads it there. A result that is a view of an operand
        (``A.T``) goes when that operand is patched.
    signature
        True shape and dtype of the value, known sizes only.
    strides
        Bytes from one cell to the next along each axis, as the device keeps the value.
    summary
        Limits, NaNs, thumbnail; None where there are several values.
    value
        The whole value on the host, read-only, where it has at most 256 KiB; otherwise None.
    why
        Explanation of the requested cell; None where none was asked for or none could be given, and where the
        evaluation took so long that it has to be asked for apart.
    parts
        One result for each of several values (``linalg.svd``), under the keys ``KEY[0]``, ``KEY[1]``...
    notes
        Sentences for the person: what was computed in another way than it is written.
    """

    key: str
    signature: Signature | TupleSignature
    strides: tuple[int, ...]
    summary: Summary | None
    timing: Timing
    flops: int | None
    value: np.ndarray | None = None
    why: Why | None = None
    parts: tuple[Result, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.value is not None:
            self.value.flags.writeable = False


def check_patch(shape: tuple[int, ...], dtype: np.dtype, patch: Patch) -> None:
    """Raise ValueError where ``patch`` doesn't fit an array of this shape and dtype."""
    rows, columns = shape_2d(shape)
    values = patch.values
    if values.ndim != 2 or values.dtype != dtype:
        raise ValueError(f"a patch of {values.ndim} axes and {values.dtype} does not fit an array of {dtype}")
    if not (0 <= patch.r0 <= rows - values.shape[0] and 0 <= patch.c0 <= columns - values.shape[1]):
        raise ValueError(f"a patch at {patch.r0}, {patch.c0} reaches over the edge of {rows} × {columns} cells")
