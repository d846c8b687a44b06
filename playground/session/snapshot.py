"""The state of the program at one moment, as one frozen value that views compare field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.compute.device_names import CPU
from playground.compute.precision import AS_WRITTEN
from playground.record import Record, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.compute.cpu.threads import Threads
    from playground.compute.devices import GpuReport
    from playground.compute.outcome import Failure
    from playground.engine.messages import Memory, Result
    from playground.explain.why import Why
    from playground.session.analysis import Analysis, Meaning
    from playground.session.arrows import Arrows
    from playground.session.job import Compared, Measured
    from playground.workspace.colourings import Colouring
    from playground.workspace.number_formats import NumberFormat
    from playground.workspace.slicing import Slicing
    from playground.workspace.workspace import Workspace


class Draft(Record):
    """Text in the formula bar that isn't committed yet, with its meaning; ``target`` is the D of ``D = A.T``."""

    text: str
    target: str | None
    meaning: Meaning


class ResultState(Record, eq=False):
    """The last good result of a formula, and how it stands now.

    Attributes
    ----------
    result
        What was computed last, None before the first time.
    current
        True where ``result`` belongs to the workspace as it is; otherwise it is shown greyed.
    failure
        Why the present formula could not be computed, None where it could or is still running.
    """

    result: Result | None = None
    current: bool = False
    failure: Failure | None = None


class Unread(Record):
    """What the file of a workspace says that this version doesn't know: of all, of the view, of entries by name."""

    fields: Mapping[str, Any]
    view: Mapping[str, Any]
    entries: Mapping[str, Mapping[str, Any]]

    def renamed(self, old: str, new: str) -> Unread:
        """The same where an entry has a new name."""
        entries = {new if name == old else name: fields for name, fields in self.entries.items()}
        return Unread(self.fields, self.view, entries)


class Notice(Record):
    """One quiet line for the person; a later one with the same ``key`` replaces it."""

    key: str
    text: str


class Snapshot(Record, eq=False):
    """Everything that the window shows.

    Attributes
    ----------
    selected
        Name of the entry chosen in the list, None in an empty workspace.
    shown
        Name of the entry whose equation (or array) stands in the middle.
    cell
        Index of the chosen cell of the shown formula's result, None where it has none.
    why
        What the chosen cell is made of, None while it isn't known.
    slices
        Which picture of an array of more than two axes is looked at, by name; for one that isn't in it, the usual.
    formats
        In which format the numbers of an entry are shown, by its name; for one that isn't in it, the general one.
    colourings
        How the numbers of an entry are coloured, by its name; for one that isn't in it, the usual way.
    links
        Axes, by the name of their entry and their number, whose sizes go along with those that they must be equal to.
    unread
        What the file of the workspace says that this version doesn't know, None for nothing; it is saved as it was.
    draft
        What is being typed into the formula bar, None while the bar shows what is stored.
    unfolded
        Text of the sub-expression whose intermediate result is unfolded, None for none.
    device
        ``"cpu"``, ``"gpu"`` or ``"gpu:1"``: where formulas are computed.
    gpu
        What was found when the GPU was last looked for, None before that.
    threads
        How many threads the CPU computes with, 0 for as many as there are; None where nobody has asked yet.
    precision
        What formulas are computed as: one of ``PRECISIONS``.
    memory_share
        The part of the free memory that arrays and a formula may take together; None where nobody has asked yet.
    memory
        What the engine says of that, None before it was asked.
    compared
        What that changes in the shown result, None while it isn't known.
    threads_found
        What the engine says of them, None before it was asked.
    measured
        What was measured last of a result, by running its formula again; None before that.
    progress
        Which part of what runs is done, between 0 and 1, None where that isn't known.
    moving
        True in the middle of a drag, when nothing may jump.
    """

    workspace: Workspace
    analysis: Analysis
    selected: str | None
    shown: str | None
    cell: tuple[int, ...] | None = None
    why: Why | None = None
    slices: Mapping[str, Slicing] = field(default_factory=dict)
    formats: Mapping[str, NumberFormat] = field(default_factory=dict)
    colourings: Mapping[str, Colouring] = field(default_factory=dict)
    links: frozenset[tuple[str, int]] = frozenset()
    unread: Unread | None = None
    draft: Draft | None = None
    unfolded: str | None = None
    results: Mapping[str, ResultState] = field(default_factory=dict)
    intermediate: ResultState | None = None
    arrows: Arrows | None = None
    device: str = "cpu"
    gpu: GpuReport | None = None
    threads: int | None = None
    threads_found: Threads | None = None
    precision: str = AS_WRITTEN
    memory_share: float | None = None
    memory: Memory | None = None
    compared: Compared | None = None
    looking_for_gpu: bool = False
    computing: bool = False
    measured: Measured | None = None
    progress: float | None = None
    moving: bool = False
    notice: Notice | None = None
    undo_label: str = ""
    redo_label: str = ""

    @property
    def device_label(self) -> str:
        """The device as a person calls it: ``"CPU"``, the name of the GPU."""
        if self.device == CPU:
            return "CPU"
        found = self.gpu.device(self.device) if self.gpu is not None else None
        return self.gpu.label(found) if self.gpu is not None and found is not None else self.device.upper()

    @property
    def manner(self) -> tuple[object, ...]:
        """How formulas are computed: all that their results depend on beside the document."""
        return self.device, self.threads, self.precision

    @property
    def meaning(self) -> Meaning | None:
        """Meaning of the draft if there is one, else of the shown formula; None for an array."""
        if self.draft is not None:
            return self.draft.meaning
        return self.analysis.meanings.get(self.shown) if self.shown else None
