"""What goes wrong beside the steps of a plan: lack of memory and trouble of a device in words, not as a bug."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from playground.compute.outcome import Failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.compute.backend import Backend

Done = TypeVar("Done")

_OF_THE_MACHINE: Final = frozenset({"memory", "device", "device-lost", "system", "not-on-device"})
"""Kinds that are nobody's mistake. A wrong value or type outside of a plan is ours, and stays a bug."""


def guarded(work: Callable[[], Done], backend: Backend) -> Done | Failure:
    """Do ``work`` on ``backend``; a ``Failure`` where the machine could not, and its memory is given back then."""
    try:
        return work()
    except Exception as error:
        trouble = backend.classify(error)
        if trouble is None or trouble.kind not in _OF_THE_MACHINE:
            raise
        error.__traceback__ = None  # its frames hold arrays, and memory is what may be missing
    if trouble.kind == "memory":
        backend.recover()
    return Failure(trouble.kind, trouble.message, trouble.hint)
