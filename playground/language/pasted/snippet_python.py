"""Python's own words in pasted code: those that NumPy writes otherwise, and methods that change an array in place."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

_FUNCTIONS: Final[dict[str, Callable[[ast.Call], str]]] = {
    "len": lambda call: f"{_operand(call.args[0])}.shape[0]",
    "range": lambda call: f"np.arange({', '.join(map(ast.unparse, call.args))})",
    "sorted": lambda call: f"np.sort({ast.unparse(call.args[0])})",
    "float": lambda call: f"{_operand(call.args[0])}.astype(float)",
    "int": lambda call: f"{_operand(call.args[0])}.astype(int)",
}
"""Functions of Python's, as NumPy has them."""
_SAME: Final = {"sort": "sort", "partition": "partition", "fill": "full_like"}
_OF_LISTS: Final = {"append": "append", "reverse": "flip", "sort": "sort"}
_CHANGING: Final = frozenset({"resize", "itemset", "put", "setflags", "setfield", "shuffle"})
_CHANGING_LISTS: Final = frozenset({"extend", "insert", "pop", "remove", "clear"})


def numpy_call(call: ast.Call) -> ast.expr | None:
    """``len(X)`` is ``X.shape[0]``; None for a call of anything else."""
    if not is_python(call) or not isinstance(call.func, ast.Name):
        return None
    return ast.parse(_FUNCTIONS[call.func.id](call), mode="eval").body


def is_python(node: ast.AST) -> bool:
    """Tell whether ``node`` calls a function of Python's that NumPy writes otherwise."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS):
        return False
    is_plain = not node.keywords and not any(isinstance(argument, ast.Starred) for argument in node.args)
    if node.func.id == "range":
        return is_plain and 0 < len(node.args) < 4
    is_number = node.func.id in ("float", "int") and len(node.args) == 1 and isinstance(node.args[0], ast.Constant)
    return is_plain and len(node.args) == 1 and not is_number


def in_place(node: ast.stmt, lists: frozenset[str]) -> ast.Assign | None:
    """``a.sort()`` alone in a line as ``a = np.sort(a)``; ``lists`` are the names of lists, which have methods too."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name) as target, attr=method)) as call):
            pass
        case _:
            return None
    function = _OF_LISTS.get(method) if name in lists else _SAME.get(method)
    if function is not None:
        made: ast.expr = ast.Call(_np(function), [target, *call.args], call.keywords)
    elif method.endswith("_") and method.strip("_"):  # PyTorch's
        made = ast.Call(ast.Attribute(target, method.rstrip("_"), ast.Load()), call.args, call.keywords)
        made = ast.Call(_np("zeros_like"), [target], []) if method == "zero_" else made
    else:
        return None
    return ast.Assign([ast.Name(name, ast.Store())], made)


def changed_by(node: ast.expr, lists: frozenset[str]) -> tuple[str, str] | None:
    """Name of what a call changes in place, and why that can't be read; None for what changes nothing."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="backward")):
            return "", tr("Here gradients are entries: choose {name}, then Insert ▸ Gradient….", name=name)
        case (
            ast.Call(func=ast.Attribute(attr="shuffle"), args=[ast.Name(id=name)])
            | ast.Call(func=ast.Attribute(value=ast.Name(id=name)))
        ) if node.func.attr in (_CHANGING | _CHANGING_LISTS if name in lists else _CHANGING):  # type: ignore[attr-defined]
            method = node.func.attr  # type: ignore[attr-defined]
            return name, tr("{method} changes {name} in place; an entry has one value. Write {name} = … for a new one.",
                            method=method, name=name)  # fmt: skip
    return None


def gradient_in(node: ast.AST) -> str | None:
    """Say of ``W.grad`` where gradients are; None where there is none."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and part.attr == "grad" and isinstance(part.value, ast.Name):
            return tr("Here gradients are entries: choose what is minimized, then Insert ▸ Gradient… with respect to "
                      "{name}.", name=part.value.id)  # fmt: skip
    return None


def _operand(node: ast.expr) -> str:
    """The text of ``node`` so that a dot may follow."""
    text = ast.unparse(node)
    is_plain = isinstance(node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript))
    if isinstance(node, (ast.List, ast.Tuple)):
        return f"np.array({text})"
    return text if is_plain else f"({text})"


def _np(name: str) -> ast.Attribute:
    return ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load())
