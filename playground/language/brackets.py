"""What NumPy builds in square brackets, ``r_[1:4, 0]`` and ``mgrid[0:3, 0:4]``, read as calls on ranges."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from playground.language import vocabulary as words
from playground.language.dotted import dotted
from playground.language.mistake import Mistake
from playground.language.nodes import Call, Literal
from playground.language.problems import Span
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.language.nodes import Node


def builder_name(node: ast.expr) -> str | None:
    """Give the name of what takes square brackets, ``np.r_``; None for anything else."""
    path = dotted(node)
    if len(path) == 2 and path[0] in words.MODULE_PREFIXES:
        path = path[1:]
    return path[0] if len(path) == 1 and path[0] in words.BUILDERS else None


def built(node: ast.Subscript, name: str, convert: Callable[[ast.AST], Node], span: Callable[[ast.AST], Span]) -> Call:
    """Read ``np.r_[...]`` as a call of ``name``; raises ``Mistake`` where a range has no end."""
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    items = (_range(part, convert, span) if isinstance(part, ast.Slice) else convert(part) for part in parts)
    return Call(span(node), name, tuple(items), (), span(node.value))


def _range(node: ast.Slice, convert: Callable[[ast.AST], Node], span: Callable[[ast.AST], Span]) -> Call:
    """Read ``0:3`` as ``arange(0, 3)``, ``0:1:5j`` as ``linspace(0, 1, 5)``; what nobody wrote has an empty place."""
    place = span(node)
    nowhere = Span(place.start, place.start)
    if node.upper is None:
        raise Mistake("index", tr("A range needs its end."), tr("Write 0:3."), span=place)
    start = Literal(nowhere, 0) if node.lower is None else convert(node.lower)
    stop, step = convert(node.upper), node.step
    if isinstance(step, ast.Constant) and isinstance(step.value, complex):
        return Call(place, "linspace", (start, stop, Literal(nowhere, int(abs(step.value)))), (), nowhere)
    steps = () if step is None else (convert(step),)
    return Call(place, "arange", (start, stop, *steps), (), nowhere)


def is_range(node: Node) -> bool:
    """Tell whether a call was written as a range, ``0:3``."""
    return isinstance(node, Call) and node.name_span.start == node.name_span.end
