"""That an engine's process is no more: the event, and what is said of it."""

from __future__ import annotations

from playground.translation import tr


class EngineDied(Exception):  # noqa: N818 - an event, not a mistake of the caller
    """The engine's process is no more; `start` makes a new one, which holds nothing.

    Attributes
    ----------
    reason
        ``"cancelled"``, ``"crashed"``, ``"memory"``, ``"device-lost"``, ``"protocol"``, ``"version"``, ``"start"``
        or ``"closed"``.
    sentence
        The same for a person.
    details
        What it last wrote to its standard error, for a report.
    """

    def __init__(self, reason: str, sentence: str = "", details: str = "") -> None:
        self.reason = reason
        self.sentence = sentence or sentence_for(reason)
        self.details = details
        super().__init__(self.sentence)


def sentence_for(reason: str) -> str:
    """Say in words why an engine is no more."""
    sentences = {
        "cancelled": tr("The computation was cancelled."),
        "memory": tr("The computation took more memory than its limit, so it was ended."),
        "protocol": tr("The computing process and the window did not understand each other, so it was ended."),
        "version": tr("The computing process belongs to another version of this program."),
        "start": tr("The computing process could not be started."),
        "closed": tr("The computing process is not running."),
    }
    return sentences.get(reason) or tr("The computing process ended unexpectedly.")
