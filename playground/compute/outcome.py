"""What comes out of a computation: a value with its timing, or a failure that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import Record

if TYPE_CHECKING:
    import numpy as np

    from playground.language.problems import Span


LEAST_CONTEXT_S = 1e-3
"""What took less was no making of a context, which takes some tenths of a second, but finding what is there."""


class Timing(Record):
    """Where the time of one evaluation went, in seconds.

    Attributes
    ----------
    upload_s, compute_s, download_s
        Host to device, the computation itself (median of the steady runs), device to host. On the CPU the first
        and the last are 0. A large result stays on its device; then the last is 0 there too, until it is measured with
        further runs, for all of it.
    first_call_s
        The first run of all, which on a GPU compiles kernels; equal to ``compute_s`` where there was one run.
    total_s
        Wall time of the whole evaluation as the caller saw it, first run and ``context_s`` included.
    runs
        How many runs ``compute_s`` is the median of.
    spread_s
        How far apart the middle half of those runs lies (the interquartile range), None where there was one run.
    moved_bytes
        Bytes that the plan's steps read and write at least, None where only the data decides a size.
    pinned
        Whether operands came from page-locked memory; None where nothing is copied to get to the device.
    gflops
        Billions of floating-point operations per second, None under 1 MFLOP or where no count is agreed on.
    context_s
        Looking for the GPU and making its context, which the first evaluation on it waits for; 0 from then on.
    """

    upload_s: float
    compute_s: float
    download_s: float
    first_call_s: float
    total_s: float
    runs: int = 1
    gflops: float | None = None
    spread_s: float | None = None
    moved_bytes: int | None = None
    pinned: bool | None = None
    context_s: float = 0.0


class Failure(Record):
    """A computation that could not be done, in plain words.

    Attributes
    ----------
    kind
        Stable keyword: ``"singular"``, ``"memory"``, ``"cancelled"``, ``"device"``, ``"engine-died"``, ...
    message
        One sentence that says what happened, with the figures.
    hint
        What to do next, or empty.
    span
        The part of the formula that failed, None where it is no part in particular.
    node
        The text of that part.
    """

    kind: str
    message: str
    hint: str = ""
    span: Span | None = None
    node: str = ""


class Computed(Record):
    """What ``execute`` gives: the value where the device keeps it, its timing, the FLOPs, and what to say of how."""

    value: object
    timing: Timing
    flops: int | None
    notes: tuple[str, ...] = ()


class Steady(Record):
    """Median and interquartile range of ``runs`` runs, in seconds.

    ``download_s`` is what bringing a result that lies on a device of its own to the host took, None where none was.
    """

    median_s: float
    spread_s: float | None
    runs: int
    download_s: float | None = None


class Peak(Record):
    """What one device reached.

    Attributes
    ----------
    gflops
        Billions of floating-point operations a second of a large product; None for whole numbers, which have none.
    gbytes_s
        10⁹ bytes a second that a large copy reads and writes together.
    """

    gflops: float | None
    gbytes_s: float

    def bound(self, flops: int | None, moved_bytes: int | None) -> tuple[float, bool] | None:
        """Give the least seconds that this work can take here, and whether memory sets them.

        None where neither count is known.
        """
        computing = flops / (self.gflops * 1e9) if flops and self.gflops else 0.0
        moving = moved_bytes / (self.gbytes_s * 1e9) if moved_bytes else 0.0
        return (max(computing, moving), moving > computing) if computing or moving else None


class Lane(Record):
    """What one device did.

    Attributes
    ----------
    device, label
        As the doors and as a person call it.
    first_call_s
        The first run of all, apart from the rest: on a GPU it compiles and makes ready.
    compute, whole
        The steady runs: computing alone, and with all operands brought there and the result brought back.
    moved_bytes
        What was brought there and back in each run, 0 where nothing has to be.
    difference
        The largest difference of a cell from the first device's result, None for that itself and where none can be
        said; ``scale`` is the largest magnitude of a cell there.
    failure
        Why the device has no times; then all of them are None.
    """

    device: str
    label: str
    first_call_s: float | None = None
    compute: Steady | None = None
    whole: Steady | None = None
    moved_bytes: int = 0
    difference: float | None = None
    scale: float = 0.0
    failure: Failure | None = None


class Race(Record):
    """All lanes, the CPU's first; ``missing`` says which device could not take part and why, or is empty."""

    source: str
    lanes: tuple[Lane, ...]
    missing: str = ""


class Summary(Record):
    """What a view needs to know of a whole array that it never sees whole.

    Attributes
    ----------
    low, high
        Smallest and largest finite value (magnitude for complex), None where there is none.
    nans, infinities
        How many cells are NaN, and infinite.
    thumbnail
        At most 8×8 float64 cells that stand for the array's last two axes, spread evenly, true data.
    """

    low: float | None
    high: float | None
    nans: int
    infinities: int
    thumbnail: np.ndarray
