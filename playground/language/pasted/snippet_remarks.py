"""What came of pasted code: its entries, and what is said of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.record import Record

if TYPE_CHECKING:
    from playground.language.pasted.snippet_text import SnippetEntry


class Remark(Record):
    """What is said of one line.

    Attributes
    ----------
    line, text
        Its number, from 1, and the line.
    sentence
        What became of it, or why nothing did and what to do.
    is_entry
        True where it became an entry all the same.
    """

    line: int
    text: str
    sentence: str
    is_entry: bool = False


class Snippet(Record):
    """What pasted code says: entries in their order, and remarks in the order of the lines."""

    entries: tuple[SnippetEntry, ...]
    remarks: tuple[Remark, ...]

    @property
    def refused(self) -> tuple[Remark, ...]:
        """The lines that became nothing."""
        return tuple(remark for remark in self.remarks if not remark.is_entry)
