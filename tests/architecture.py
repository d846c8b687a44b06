"""The rules of the house as functions from a file's tree to the faults in it; ``test_architecture.py`` applies them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PACKAGE = "playground"

ORDER = (
    "paths",
    "translation",
    "record",
    "settings",
    "language",
    "workspace",
    "files",
    "compute",
    "explain",
    "engine",
    "session",
    "views",
    "answers",
    "api",
    "gradients",
    "display",
    "doctor",
    "sources",
    "ribbon",
    "ribbon_stages",
    "printing",
    "exits",
    "bench",
    "app",
    "cli",
    "__main__",
)
"""Each stage may import those before it. The package itself (``playground/__init__``) re-exports ``api`` lazily."""

QT_STAGES = ("session", "views", "app")
WIDGET_STAGES = ("views", "app")
LAZY = ("cupy", "cupyx", "pyqtgraph")
"""Imported inside functions only: slow, or not there on most machines."""

FORBIDDEN_CALLS = ("eval", "exec", "compile", "__import__")
COMPILING_STAGE = "record"
"""May call ``exec``: it compiles the ``__init__`` of our own classes, as ``dataclasses`` does."""
FORBIDDEN_MODULES = ("pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib")

FILE_LINES = 350
FUNCTION_LINES = 40


class Import(NamedTuple):
    """One imported module, as written in full, and where."""

    module: str
    line: int
    at_module_level: bool


def stage_of(module: str) -> str:
    """``"language"`` for ``"playground.language.parse"``, ``""`` for the package itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def imports(tree: ast.Module) -> Iterator[Import]:
    """All imports of a file, those inside functions and for annotations included.

    ``from playground import paths`` counts as ``playground.paths``: everything in the package is a module.
    """
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            source = node.module or "." * node.level
            names = [f"{source}.{alias.name}" for alias in node.names] if source in (PACKAGE, "PySide6") else [source]
        else:
            continue
        for name in names:
            yield Import(name, node.lineno, id(node) not in inside)


def upward_imports(stage: str, tree: ast.Module) -> Iterator[str]:
    """Imports of a later stage."""
    for item in imports(tree):
        if item.module.split(".")[0] != PACKAGE:
            continue
        target = stage_of(item.module)
        if target not in ORDER:
            yield f"line {item.line}: {item.module} has no place in the order of stages"
        elif stage and ORDER.index(target) > ORDER.index(stage):
            yield f"line {item.line}: {stage} imports {target}, which comes after it"


def misplaced_qt(stage: str, tree: ast.Module) -> Iterator[str]:
    """Qt below the session, more of Qt than QtCore in the session, heavy or optional modules at module level."""
    for item in imports(tree):
        root = item.module.split(".")[0]
        if root in LAZY and item.at_module_level:
            yield f"line {item.line}: {root} is imported at module level"
        if root == "pyqtgraph" and stage not in WIDGET_STAGES:
            yield f"line {item.line}: {root} outside the views"
        if root in ("PySide6", "shiboken6"):
            if stage not in QT_STAGES:
                yield f"line {item.line}: Qt in {stage or PACKAGE}"
            elif stage not in WIDGET_STAGES and not item.module.startswith("PySide6.QtCore"):
                yield f"line {item.line}: {item.module} in {stage}, which may use QtCore only"


def dangerous(stage: str, tree: ast.Module) -> Iterator[str]:
    """Anything that could run what a person typed or a file contains."""
    for item in imports(tree):
        if item.module.split(".")[0] in FORBIDDEN_MODULES:
            yield f"line {item.line}: {item.module}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            if stage == COMPILING_STAGE and node.func.id == "exec":
                continue
            yield f"line {node.lineno}: {node.func.id}()"
        if isinstance(node, ast.keyword) and node.arg == "allow_pickle" and getattr(node.value, "value", True):
            yield f"line {node.lineno}: allow_pickle"


def untitled(stage: str, tree: ast.Module) -> Iterator[str]:
    """A file whose first line isn't a docstring."""
    del stage
    if ast.get_docstring(tree) is None or tree.body[0].lineno != 1:
        yield "line 1: no docstring that says what the file owns"


def long_functions(stage: str, tree: ast.Module) -> Iterator[str]:
    """Functions of more than 40 lines; their docstring and what lies nested in them don't count."""
    del stage
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        lines = _length(node) - (_length(node.body[0]) if ast.get_docstring(node) else 0)
        lines -= sum(_length(part) for part in node.body if isinstance(part, ast.FunctionDef | ast.ClassDef))
        if lines > FUNCTION_LINES:
            yield f"line {node.lineno}: {node.name} has {lines} lines"


def _length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


RULES: dict[str, Callable[[str, ast.Module], Iterator[str]]] = {
    "imports go down only": upward_imports,
    "Qt only where it belongs": misplaced_qt,
    "nothing runs what a person typed": dangerous,
    "every file says what it owns": untitled,
    "functions stay short": long_functions,
}
