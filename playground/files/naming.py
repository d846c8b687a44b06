"""Names for the arrays of a file that gives them none, or none that a formula could use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playground.language.names import name_problem

if TYPE_CHECKING:
    from collections.abc import Collection

_LONGEST = 40


def entry_name(text: str, taken: Collection[str] = ()) -> str:
    """Give a name for an entry that is as near to ``text`` as can be and isn't ``taken``.

    >>> entry_name("2024 sales (net)")
    '_2024_sales_net'
    """
    plain = re.sub(r"\W+", "_", text).strip("_")[:_LONGEST] or "A"
    if not plain.isidentifier():
        plain = f"_{plain}"
    name, number = plain, 2
    while name_problem(name, taken) is not None:
        name, number = f"{plain}_{number}", number + 1
    return name
