"""What pasted code changes without giving it a new name: in lines that can't be read, and under another name."""

from __future__ import annotations

import ast
import re
import warnings
from itertools import count
from typing import TYPE_CHECKING, Final

from playground.language.pasted.snippet_lists import is_list
from playground.language.pasted.snippet_python import changed_by, in_place
from playground.language.python_syntax import SYNTAX_ERRORS

if TYPE_CHECKING:
    from collections.abc import Iterator

_GOES_ON: Final = re.compile(r"(?:elif\b.*|else|try|except\b.*|finally)\s*:")
_SAME_CELLS: Final = frozenset({"reshape", "ravel", "view", "transpose", "squeeze", "swapaxes", "diagonal"})
_TURNED: Final = frozenset({"T", "mT", "real"})


def changed_in(block: str) -> tuple[str, ...]:
    r"""Names that the lines of a block bind or change; of a function or a class, which run later, none.

    >>> changed_in("for i in range(3):\n    b = b * 2\n    A[i] += 1")
    ('i', 'b', 'A')
    """
    header, _, rest = block.partition("\n")
    if _GOES_ON.match(header.strip()):
        start = _GOES_ON.match(header.strip()).end()  # type: ignore[union-attr]
        header = f"if 1:{header.strip()[start:]}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(f"{header.strip()}\n{rest}")
    except SYNTAX_ERRORS:
        return ()
    return tuple(dict.fromkeys(name for node in tree.body for name in _changed(node)))


def _changed(node: ast.AST) -> Iterator[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.ListComp)):
        return
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, (ast.Subscript, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
        name = _base(node)
        if name is not None:
            yield name
    elif isinstance(node, ast.Expr):
        lists = frozenset(_called_on(node.value))
        changed = changed_by(node.value, lists)
        name = changed_cells(node, lists) if changed is None else changed[0]
        if name:
            yield name
    for part in ast.iter_child_nodes(node):
        yield from _changed(part)


def _called_on(node: ast.expr) -> Iterator[str]:
    """The name whose method is called: it may be a list's, which has methods that change it."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name))):
            yield name


def _base(node: ast.expr) -> str | None:
    """The name that an index or an attribute is of."""
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


class SharedCells:
    """Which names stand for the same cells: ``y = x`` and ``row = A[0]`` copy nothing, so that one changes the other.

    ``lists`` are the names that stand for lists of Python's.
    """

    def __init__(self) -> None:
        self.lists: set[str] = set()
        self._cells: dict[str, int] = {}
        self._counted = count()

    def note(self, node: ast.stmt) -> None:
        """Remember whether a statement, now read, gives its names lists."""
        if isinstance(node, ast.Assign):
            names = {target.id for target in node.targets if isinstance(target, ast.Name)}
            self.lists = self.lists | names if is_list(node.value, self.lists) else self.lists - names

    def bind(self, name: str, value: ast.AST) -> None:
        """From here on ``name`` is ``value``."""
        base = seen_through(value)
        if base is None:
            self._cells.pop(name, None)
            return
        cells = self._cells.get(base)
        if cells is None:
            cells = self._cells[base] = next(self._counted)
        self._cells[name] = cells

    def touched(self, target: ast.AST) -> tuple[str, ...]:
        """Names that have another value once there is another one in ``target``, ``x`` or ``x[0]``."""
        if isinstance(target, ast.Name):
            return (target.id,)
        if isinstance(target, (ast.Subscript, ast.Attribute)):
            name = _base(target)
            return () if name is None else (name, *self.others(name))
        return tuple(name for part in ast.iter_child_nodes(target) for name in self.touched(part))

    def others(self, name: str | None) -> tuple[str, ...]:
        """The names that change with the cells of ``name``."""
        cells = self._cells.get(name or "")
        return tuple(other for other, same in self._cells.items() if same == cells and other != name)


def changed_cells(node: ast.stmt, lists: frozenset[str]) -> str | None:
    """The name whose cells a statement changes in place, ``x += 1`` and ``x.sort()``, though it can be read."""
    match node:
        case ast.AugAssign(target=ast.Name(id=name)):
            return name
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))) if in_place(node, lists):
            return name
    return None


def seen_through(node: ast.AST) -> str | None:
    """The name whose cells ``node`` shows, ``A`` for ``A[1:].T``; None for what has cells of its own."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attribute) if attribute in _TURNED:
            return seen_through(value)
        case ast.Subscript(value=value, slice=index) if _is_basic(index):
            return seen_through(value)
        case ast.Call(func=ast.Attribute(value=value, attr=method)) if method in _SAME_CELLS:
            return seen_through(value)
    return None


def _is_basic(index: ast.expr) -> bool:
    """Tell whether an index takes no copy: whole numbers, slices, new axes."""
    items = index.elts if isinstance(index, ast.Tuple) else [index]
    has_slice = any(isinstance(item, (ast.Slice, ast.Constant)) for item in items)
    return has_slice and all(isinstance(item, (ast.Slice, ast.Constant, ast.UnaryOp, ast.Attribute)) for item in items)
