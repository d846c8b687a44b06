"""Traps of what is written as NumPy's and isn't: additions of this program, names that NumPy gave up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.functions import FUNCTIONS
from playground.language.problems import Span
from playground.language.traps.parts import Scene, Trap
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.language.nodes import Attribute, Call

_GIVEN_UP: Final = re.compile(r"(?<![\w.])(np|numpy)\.(int|float|complex)(?!\w)")
"""Python's own types, which NumPy 1.24 no longer has under its name."""


def turned(scene: Scene, node: Attribute) -> Iterator[Trap]:
    """``A.H`` is PyTorch's and the old matrix class's; NumPy's arrays have none."""
    if node.name == "H":
        operand, found = scene.atom(node.value), scene.array(node.value)
        plain = f"{operand}.conj().{'mT' if found is not None and found.ndim > 2 else 'T'}"
        yield Trap(
            "addition",
            tr("{source} is an addition of this program; NumPy's arrays have no .H.", source=scene.text(node)),
            node.span,
            tr("In NumPy write {plain}.", plain=plain),
            ((scene.instead(node.span, plain), tr("Write it as NumPy has it")),),
        )


def addition(scene: Scene, node: Call) -> Iterator[Trap]:
    """``np.relu(x)``: the function is here, but not in NumPy."""
    row = FUNCTIONS.get(node.function)
    if row is None or not row.addition:
        return
    written = scene.source[node.name_span.start : node.name_span.end]
    module, dot, rest = written.partition(".")
    if not dot or module not in words.MODULE_PREFIXES:
        return
    yield Trap(
        "addition",
        tr("NumPy has no {name}; it is an addition of this program.", name=rest),
        node.name_span,
        tr("Copy as NumPy writes it out in NumPy's functions."),
        ((scene.instead(node.name_span, rest), tr("Leave {module} out", module=f"{module}.")),),
    )


def given_up(scene: Scene) -> Iterator[Trap]:
    """``np.float``, ``np.int`` and ``np.complex``, anywhere in the text."""
    if "np." not in scene.source and "numpy." not in scene.source:
        return
    for found in _GIVEN_UP.finditer(scene.source):
        span, dtype = Span(*found.span()), words.DTYPES[found[2]]
        yield Trap(
            "given-up",
            tr("NumPy has no {name} any more; it was Python's {word}.", name=found[0], word=found[2]),
            span,
            tr("Write {module}.{dtype}.", module=found[1], dtype=dtype),
            ((scene.instead(span, f"{found[1]}.{dtype}"), tr("Write it as NumPy has it")),),
        )
