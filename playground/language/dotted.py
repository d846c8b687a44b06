"""Names joined by dots, and the generator of random numbers that may be made in the middle of them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from playground.language import vocabulary as words
from playground.language.mistake import Mistake
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.language.problems import Span


def dotted(node: ast.AST) -> tuple[str, ...]:
    """``np.linalg.norm`` as its words; empty for anything but names joined by dots."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return (node.id, *reversed(parts)) if isinstance(node, ast.Name) else ()


def generator_seed(function: ast.expr, span: Callable[[ast.expr], Span]) -> ast.expr | None:
    """Give the seed of ``random.default_rng(7).normal``, None for any other function.

    Raises
    ------
    Mistake
        For a generator without a seed, which would give other numbers each time.
    """
    made = function.value if isinstance(function, ast.Attribute) else None
    if not isinstance(made, ast.Call):
        return None
    path = dotted(made.func)
    if path[:1] and path[0] in words.MODULE_PREFIXES:
        path = path[1:]
    if path != ("random", "default_rng"):
        return None
    seeds = [*made.args, *(keyword.value for keyword in made.keywords if keyword.arg == "seed")]
    if len(seeds) != 1 or len(made.args) + len(made.keywords) != 1:
        raise Mistake(
            "missing-argument",
            tr("default_rng needs one seed here: a formula gives the same numbers each time."),
            tr("Write random.default_rng(0)."),
            span=span(made),
        )
    return seeds[0]
