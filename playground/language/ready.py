"""Reads beforehand what only the first function, mistake, paste and gradient need, a little at a time.

Nothing of it is read before the first picture, which it would hold up; read at once when somebody mistypes, it would
hold up the answer for longer than a frame.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Final

from playground.language.functions import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDERS: Final = (".rules", ".table", ".foreign", ".repairs", "", ".traps", ".pasted", ".gradients")
"""Folders of the language, those first of which a first mistake may need any file."""


def steps() -> Iterator[None]:
    """Read one file after another; each step takes a few milliseconds at most."""
    package = __name__.rpartition(".")[0]
    for folder in _FOLDERS:
        inside = import_module(package + folder)
        for module in pkgutil.iter_modules(inside.__path__, f"{inside.__name__}."):
            if not module.ispkg:
                import_module(module.name)
                yield
    len(FUNCTIONS)
