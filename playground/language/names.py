"""The names in a formula: which it uses, renaming them, and which are allowed."""

from __future__ import annotations

import keyword
import re
from string import ascii_uppercase
from typing import TYPE_CHECKING

from playground.language import vocabulary as words
from playground.language.nodes import Name, walk
from playground.language.parse import parse
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection

    from playground.language.nodes import Node

_MAX_NAME = 64


def names_in(tree: Node | None) -> tuple[str, ...]:
    """List the names that ``tree`` refers to, in order of first use.

    ``pi``, ``inf``, ``nan`` and dtype names are never among them; ``e`` is, since an entry may have that name.
    """
    if tree is None:
        return ()
    return tuple(dict.fromkeys(node.name for node in walk(tree) if isinstance(node, Name)))


def rename(source: str, old: str, new: str) -> str:
    """Write ``source`` with every reference to ``old`` (and its target) as ``new``; functions keep their names."""
    parsed = parse(source)
    if parsed.tree is None:
        # Half a formula is renamed by its words: not after a dot, not a call, not a keyword's name.
        return re.sub(rf"(?<![\w.]){re.escape(old)}(?!\w)(?!\s*\()(?!\s*=(?!=)(?<!^))", new, source)
    places = sorted(node.span.start for node in walk(parsed.tree) if isinstance(node, Name) and node.name == old)
    spans = {node.span.start: node.span.end for node in walk(parsed.tree) if isinstance(node, Name)}
    if parsed.target == old:
        start = source.index(old)
        places.insert(0, start)
        spans[start] = start + len(old)
    parts, last = [], 0
    for start in places:
        parts += [source[last:start], new]
        last = spans[start]
    return "".join([*parts, source[last:]])


def name_problem(name: str, taken: Collection[str] = ()) -> str | None:
    """Say in a sentence why ``name`` can't be an entry's, or give None where it can."""
    if not name:
        return tr("A name is missing.")
    if not name.isidentifier():
        return tr("{name} isn't a name: letters, digits and _ only, and no digit first.", name=name)
    if len(name) > _MAX_NAME:
        return tr("A name has at most {limit} characters.", limit=_MAX_NAME)
    if keyword.iskeyword(name):
        return tr("{name} is a word of Python itself.", name=name)
    if name in taken:
        return tr("There is already an entry named {name}.", name=name)
    return _reserved(name)


def _reserved(name: str) -> str | None:
    from playground.language.functions import FUNCTIONS  # the table's rules import the parser's folder

    if name in words.CONSTANTS:
        return tr("{name} is a constant.", name=name)
    if name in words.DTYPES:
        return tr("{name} is a dtype.", name=name)
    if name in words.MODULE_PREFIXES or name in words.SUBMODULES or name.startswith("__"):
        return tr("{name} is a name of Python's or NumPy's.", name=name)
    if name in FUNCTIONS:
        return tr("{name} is a function.", name=name)
    return None


def next_name(name: str, taken: Collection[str]) -> str:
    """Give the name that follows ``name`` and isn't taken.

    >>> next_name("W", ("W", "W2")), next_name("h9", ("h9",))
    ('W3', 'h10')
    """
    stem = name.rstrip("0123456789")
    number = int(name[len(stem) :] or 1) + 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def free_name(taken: Collection[str]) -> str:
    """Give the first unused of A, B, ... Z, A1, B1, ..."""
    number = 0
    while True:
        for letter in ascii_uppercase:
            name = f"{letter}{number}" if number else letter
            if name not in taken:
                return name
        number += 1
