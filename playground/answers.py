"""What the Python door answers with: frozen values, and the errors that it raises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.record import Record

if TYPE_CHECKING:
    from playground.compute.outcome import Failure, Timing
    from playground.language.problems import Repair


class Problem(Record):
    """A mistake or, among ``warnings``, a trap that runs but surprises.

    Attributes
    ----------
    kind
        Stable keyword, ``"inner-sizes"``.
    message, hint
        One sentence each: what is wrong, what to do (may be empty).
    start, end
        The place in the expression, counted in characters.
    repairs
        Mended expressions (``source``, ``shape``, ``reason``), likeliest first; each infers without a problem.
    """

    kind: str
    message: str
    hint: str
    start: int
    end: int
    repairs: tuple[Repair, ...] = ()


class Step(Record):
    """One sub-expression: its text, its place, and what it gives (as in ``Inference``)."""

    source: str
    start: int
    end: int
    shape: tuple[Any, ...]
    dtype: Any


class Inference(Record):
    """What an expression gives, known without computing it.

    Attributes
    ----------
    ok
        Whether the expression can be evaluated.
    shape
        One size per axis, ``None`` for a size that only the data decides; ``None`` as a whole where ``ok`` is False.
        Functions with several results (``linalg.svd``) give one shape each.
    dtype
        The NumPy dtype, or one each; ``None`` where ``ok`` is False.
    steps
        Every sub-expression in order of evaluation, up to the first mistake.
    problems, warnings
        What is wrong, and what runs but surprises.
    """

    ok: bool
    shape: tuple[Any, ...] | None
    dtype: Any
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


class Outcome(Record, eq=False):
    """A computed value.

    Attributes
    ----------
    value
        NumPy array or scalar on the host, a tuple of them for functions with several results. Like NumPy's own views
        it may share memory with an operand (``A.T``).
    shape, dtype
        Of the value, or one each.
    device
        ``"cpu"``, ``"gpu"`` or ``"gpu:1"``: where it was computed.
    timing
        Where the time went, in seconds.
    notes
        Sentences that say what was computed in another way than it is written (``A @ B @ v`` as ``A @ (B @ v)``).
    """

    value: Any
    shape: tuple[Any, ...]
    dtype: Any
    device: str
    timing: Timing
    notes: tuple[str, ...] = ()


class Gradient(Record, eq=False):
    """How an expression changes with one operand.

    Attributes
    ----------
    source
        NumPy text of the gradient, ``"x.T @ dh"``.
    shape
        That of the operand.
    value
        The gradient as an array, ``None`` where an operand was given as a shape.
    dtype
        Its NumPy dtype.
    upstream
        Name of the gradient that flows in where ``source`` has it, else ``None``.
    """

    source: str
    shape: tuple[Any, ...]
    value: Any
    dtype: Any
    upstream: str | None = None


class ExpressionError(ValueError):
    """The text or the shapes are wrong; ``problems`` tells where and how to mend it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(filter(None, (problems[0].message, problems[0].hint))))
        self.problems = problems


class ComputationError(RuntimeError):
    """The computation failed while it ran.

    Attributes
    ----------
    kind
        Stable keyword, ``"singular"``, ``"memory"``.
    node
        The text of the part that failed, or empty.
    hint
        What to do next, or empty.
    start, end
        The place of that part in the expression, ``None`` where it is no part in particular.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.kind = failure.kind
        self.node = failure.node
        self.hint = failure.hint
        self.start = failure.span.start if failure.span else None
        self.end = failure.span.end if failure.span else None


class DeviceUnavailable(ComputationError):  # noqa: N818 - a name that others rely on
    """The device isn't there; ``missing`` is the stable keyword of the part that is missing (``"no-driver"``)."""

    def __init__(self, failure: Failure, missing: str) -> None:
        super().__init__(failure)
        self.missing = missing
