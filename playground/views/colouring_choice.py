"""Choosing how the numbers of an entry are coloured, in the window's menu and with the palette."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.record import replace
from playground.session.commands import Command
from playground.session.looks import with_colouring
from playground.translation import tr
from playground.views.announce import announce
from playground.views.at_hand import at_hand
from playground.views.grid.heat import MANY
from playground.views.grid.legend import Legend
from playground.workspace.colourings import SCHEMES, SCOPES, USUAL, Colouring, shows_legend

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from playground.session.snapshot import Snapshot
    from playground.views.main_window import MainWindow


def colouring_commands() -> tuple[Command[MainWindow], ...]:
    """All schemes, whose limits they have, and the legend, as the window's commands."""
    menu = f"{tr('View')}/{tr('Colours of numbers')}"
    return (
        *(
            Command(
                f"colours-{scheme}", title(), menu, partial(_choose, scheme=scheme), (),
                tr("How the numbers of the chosen entry are coloured."), _has_entry,
            )
            for scheme, title in SCHEMES.items()
        ),
        *(
            Command(
                f"colours-{scope}", title(), menu, partial(_choose, scope=scope), (),
                tr("Whose smallest and largest number have the strongest colours."), _has_entry,
            )
            for scope, title in SCOPES.items()
        ),
        Command(
            "colours-legend", tr("Show or hide the legend"), menu, _toggle_legend, (),
            tr("Which colour means which number in the chosen entry."), _has_entry,
        ),
    )  # fmt: skip


def announce_colouring(widget: QWidget, name: str, colouring: Colouring) -> None:
    """Say how an entry is coloured now, and what its legend says."""
    if colouring.scheme == "off":
        announce(widget, tr("{name} has no colours.", name=name))
        return
    scheme, scope = SCHEMES[colouring.scheme](), SCOPES[colouring.scope]()
    said = tr("{name}: {scheme}. {scope}.", name=name, scheme=scheme, scope=scope)
    for legend in widget.window().findChildren(Legend):
        if legend.is_wanted and legend.entry == name:
            said += " " + legend.words.sentence
    announce(widget, said)


def _choose(window: MainWindow, **choice: str) -> None:
    _colour(window, lambda before, _: replace(before, **choice))


def _toggle_legend(window: MainWindow) -> None:
    _colour(window, lambda before, cells: replace(before, legend=not shows_legend(before, many=cells >= MANY)))


def _colour(window: MainWindow, change: Callable[[Colouring, int], Colouring]) -> None:
    """Colour the entry at hand in another way, or say that it has no numbers."""
    name, dtype, cells = at_hand(window)
    if dtype is None:
        window.session.notify("colours", tr("{name} has no numbers yet.", name=name))
        return
    colourings = window.session.snapshot.colourings
    colouring = change(colourings.get(name, USUAL), cells)
    window.session.update(colourings=with_colouring(colourings, name, colouring))
    announce_colouring(window, name, colouring)


def _has_entry(snapshot: Snapshot) -> bool:
    return snapshot.selected is not None
