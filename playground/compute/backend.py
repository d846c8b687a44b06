"""What a device has to offer so that a plan can run on it: the protocol that every backend keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from playground.compute.planning.steps import PlanStep


class UnavailableError(LookupError):
    """A function that this device doesn't have; the arguments are its name, and why where that is known."""


class StepError(Exception):
    """A step of a chain failed, as ``__cause__`` says; the argument is its ``PlanStep``."""


class StoppedError(Exception):
    """``stop`` said that nobody wants the result any more."""


class Trouble(Record):
    """An exception put into words: the stable keyword of ``Failure.kind``, a sentence, and what to do next."""

    kind: str
    message: str
    hint: str = ""


class Timer(Protocol):
    """A stopwatch of the device's own clock; it can be started again."""

    def start(self) -> None:
        """Begin: what was asked of the device before is not counted."""

    def stop(self) -> float:
        """Wait until the device is done and give the seconds since ``start``."""


class Backend(Protocol):
    """A device that computes. Everything but ``name`` and ``label`` belongs to the one thread that computes.

    Values of a backend ("device arrays") go back into ``execute``, ``to_host`` or ``summarize`` of the same backend.
    Whoever slices them or writes into them does so within ``session``, where the device's stream is the current one.
    """

    name: str
    """The device as the doors call it: ``"cpu"``, ``"gpu"``, ``"gpu:1"``."""

    label: str
    """The device as a person calls it: ``"CPU"``, ``"NVIDIA H100"``."""

    copies: bool
    """Whether host arrays have to be copied to get there."""

    pinned: bool | None
    """Whether they are copied from page-locked memory; None where they aren't copied."""

    has_tf32: bool
    """Whether its products of float32 can be of TF32."""

    tf32: bool
    """Whether they are: true between two evaluations of a thread only where that was asked for."""

    @property
    def module(self) -> Any:  # noqa: ANN401 - an array module has no type
        """The array module, for code that is written once for all devices."""

    def session(self, *, quiet: bool = True) -> AbstractContextManager[None]:
        """Set what belongs to the thread (stream, error state) while a plan runs; ``quiet`` mutes all warnings."""

    def owns(self, value: object) -> bool:
        """Whether ``value`` is an array of this device already."""

    def asarray(self, value: object) -> Any:  # noqa: ANN401
        """Bring a host array or nested list to the device; a device array comes back as it is."""

    def to_host(self, value: object) -> Any:  # noqa: ANN401
        """Give a value as NumPy gives it: ndarray, scalar where there are no axes, tuple of those; may wait."""

    def synchronize(self) -> None:
        """Wait until everything asked of the device is done."""

    def timer(self) -> Timer:
        """Give a new stopwatch."""

    def resolve(self, target: str) -> Callable[..., Any]:
        """Find the callable of a target (``"linalg.norm"``, ``"op:@"``, ``WITHIN``); raises ``UnavailableError``."""

    def chain(
        self, step: PlanStep, functions: Sequence[Callable[..., Any]], stop: Callable[[], bool]
    ) -> Callable[..., Any]:
        """Make one callable of a chain, whose inner steps call ``functions``.

        Called, it raises ``StepError`` where an inner step fails, and ``StoppedError`` where ``stop`` said True.
        """

    def free_bytes(self) -> int:
        """Bytes that a plan may still take on this device."""

    def classify(self, exception: BaseException) -> Trouble | None:
        """Put an exception of the array library into words; None means that it is a bug of ours."""

    def recover(self) -> None:
        """Give cached memory back after an allocation failed. Call it when the exception is no longer referenced."""
