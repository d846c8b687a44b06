"""Choosing how the numbers of an entry are written: with keys and in the window's menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from playground.session.commands import Command
from playground.session.looks import with_format
from playground.translation import tr
from playground.views.announce import announce
from playground.views.at_hand import at_hand
from playground.workspace.number_formats import (
    GENERAL,
    KINDS,
    NumberFormat,
    format_of,
    kinds_for,
    stepped,
    suited,
    suits,
    title_of,
)

if TYPE_CHECKING:
    from playground.session.snapshot import Snapshot
    from playground.views.main_window import MainWindow

# Where spreadsheets have a key, it is theirs; powers of 10**3, four bits a digit and eight bits say the others.
_KEYS: Final = {
    "general": "Ctrl+Shift+0", "full": "Ctrl+Shift+9", "fixed": "Ctrl+Shift+1", "scientific": "Ctrl+Shift+6",
    "engineering": "Ctrl+Shift+3", "percent": "Ctrl+Shift+5", "fraction": "Ctrl+Shift+7",
    "hexadecimal": "Ctrl+Shift+4", "bits": "Ctrl+Shift+8",
}  # fmt: skip


def format_commands() -> tuple[Command[MainWindow], ...]:
    """All formats, and more and fewer digits, as the window's commands."""
    menu = f"{tr('View')}/{tr('Number format')}"
    chosen = tuple(
        Command(
            f"format-{kind}", title_of(kind), menu, partial(_choose, kind=kind), (_KEYS[kind],),
            tr("How the numbers of the chosen entry are written; they keep all their digits."), _has_entry,
        )
        for kind in KINDS
    )  # fmt: skip
    return (
        *chosen,
        Command(
            "format-more", tr("More digits"), menu, partial(_step, by=1), ("Alt+.",),
            tr("Show one digit more of the chosen entry."), _has_entry,
        ),
        Command(
            "format-fewer", tr("Fewer digits"), menu, partial(_step, by=-1), ("Alt+,",),
            tr("Show one digit less of the chosen entry."), _has_entry,
        ),
    )  # fmt: skip


def _choose(window: MainWindow, kind: str) -> None:
    """Write the entry at hand in another format, or say which ones suit its dtype."""
    name, dtype = at_hand(window)[:2]
    if dtype is None:
        window.session.notify("format", tr("{name} has no numbers yet.", name=name))
        return
    if not suits(format_of(kind), dtype):
        those = ", ".join(title_of(found) for found in kinds_for(dtype))
        said = tr("{name} is {dtype}; its numbers can be shown as: {formats}.", name=name, dtype=dtype, formats=those)
        window.session.notify("format", said)
        return
    now = window.session.snapshot.formats.get(name, GENERAL)
    _show(window, name, now if kind == now.kind else format_of(kind))


def _step(window: MainWindow, by: int) -> None:
    name, dtype = at_hand(window)[:2]
    number = suited(window.session.snapshot.formats.get(name), dtype) if dtype is not None else GENERAL
    more = stepped(number, dtype, by) if dtype is not None else None
    if more is None:
        said = tr("{name} has no more digits to show.", name=name) if by > 0 else tr("No fewer digits can be shown.")
        window.session.notify("format", said)
        return
    _show(window, name, more)


def _show(window: MainWindow, name: str, number: NumberFormat) -> None:
    window.session.update(formats=with_format(window.session.snapshot.formats, name, number))
    announce(window, tr("{name} is shown as: {format}.", name=name, format=title_of(number.kind)))


def _has_entry(snapshot: Snapshot) -> bool:
    return snapshot.selected is not None
