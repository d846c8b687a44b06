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


def function_path(function: ast.expr, span: Span) -> tuple[str, ...]:
    """Give the words of a function's name without its module's, empty for a method or what has no name.

    ``np.linalg.norm`` is ``("linalg", "norm")``, ``np.mod.outer`` is ``("remainder", "outer")``.

    Raises
    ------
    Mistake
        For what no formula can call.
    """
    path = dotted(function)
    if path and path[0] in words.MODULE_PREFIXES:
        path = path[1:]
    elif len(path) > 1 and path[0] not in words.SUBMODULES and not _is_ufunc_method(path):
        path = ()
    if path[:1] and path[0] in words.BUILDERS:
        message = tr("{name} takes square brackets.", name=path[0])
        raise Mistake("not-a-function", message, tr("Write {name}[...].", name=path[0]), span=span)
    return _ufunc_method(path, span) if _is_ufunc_method(path) else path


def _is_ufunc_method(path: tuple[str, ...]) -> bool:
    """Tell whether a name is that of what a universal function does to whole arrays: ``add.reduce``."""
    return len(path) == 2 and path[1] in words.UFUNC_METHODS and path[0] in words.UFUNCS_OF_TWO


def _ufunc_method(path: tuple[str, ...], span: Span) -> tuple[str, ...]:
    """Give the name under which the table has it; raises ``Mistake`` for what changes an array or works in pieces."""
    name, method = path
    if method == "at":
        message = tr("{name}.at changes an array; a formula makes a new one.", name=name)
        raise Mistake("not-allowed", message, tr("bincount adds up weights by places."), span=span)
    if method == "reduceat":
        message = tr("{name}.reduceat isn't offered here.", name=name)
        raise Mistake("not-allowed", message, tr("Write {name}.reduce of each part.", name=name), span=span)
    return words.ALIASES.get(name, name), method
