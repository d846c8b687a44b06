"""How the numbers of an entry are coloured in grids: a scheme, whose limits, whether a legend explains it, and names.

A colouring is what is seen, never what is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SCHEMES: Final[Mapping[str, Callable[[], str]]] = {
    "automatic": lambda: tr("Automatic colours"),
    "sequential": lambda: tr("One colour, from smallest to largest"),
    "diverging": lambda: tr("Two colours around 0"),
    "off": lambda: tr("No colours"),
}
"""All schemes and their names, in the order of the menus."""

SCOPES: Final[Mapping[str, Callable[[], str]]] = {
    "array": lambda: tr("Limits of the whole array"),
    "row": lambda: tr("Limits of each row"),
    "column": lambda: tr("Limits of each column"),
}
"""Whose smallest and largest value have the strongest colours, and their names, in the order of the menus."""

_LEGENDS: Final[Mapping[str, bool | None]] = {"auto": None, "shown": True, "hidden": False}


class Colouring(Record):
    """One way to colour numbers.

    Attributes
    ----------
    scheme
        One of `SCHEMES`.
    scope
        One of `SCOPES`.
    legend
        Whether the legend shows; None where that is left to the grid, which shows it where it says something.
    """

    scheme: str = "automatic"
    scope: str = "array"
    legend: bool | None = None


USUAL: Final = Colouring()


def shows_legend(colouring: Colouring | None, *, many: bool) -> bool:
    """Whether numbers that are coloured so, too ``many`` to read them all or not, have a legend."""
    colouring = colouring or USUAL
    if colouring.legend is not None:
        return colouring.legend
    if colouring.scheme == "off":
        return False
    return many or (colouring.scheme, colouring.scope) != (USUAL.scheme, USUAL.scope)


def spelled(colouring: Colouring) -> str:
    """Write a colouring as files keep it.

    >>> spelled(Colouring("diverging", "row"))
    'diverging row auto'
    """
    legend = next(word for word, shown in _LEGENDS.items() if shown is colouring.legend)
    return f"{colouring.scheme} {colouring.scope} {legend}"


def read_colouring(text: object) -> Colouring | None:
    """Read what `spelled` wrote, None for anything else."""
    words = text.split(" ") if isinstance(text, str) else []
    if len(words) != 3 or words[0] not in SCHEMES or words[1] not in SCOPES or words[2] not in _LEGENDS:
        return None
    return Colouring(words[0], words[1], _LEGENDS[words[2]])
