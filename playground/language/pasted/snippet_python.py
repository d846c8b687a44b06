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
    "float": lambda call: _converted(call, float),
    "int": lambda call: _converted(call, int),
    "bool": lambda call: _converted(call, bool),
    "complex": lambda call: " + 1j * ".join(map(_factor, call.args)),
    "tuple": lambda call: ast.unparse(call.args[0]),
    "list": lambda call: ast.unparse(call.args[0]),
    "min": lambda call: _nested("np.minimum", call.args),
    "max": lambda call: _nested("np.maximum", call.args),
}
"""Functions of Python's, as NumPy has them."""
_COUNTS: Final = {"range": (1, 2, 3), "complex": (1, 2), "min": range(2, 20), "max": range(2, 20)}
"""How many arguments each is read with; the others with one."""
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
    has_text = any(isinstance(argument, ast.Constant) and isinstance(argument.value, str) for argument in node.args)
    return is_plain and not has_text and len(node.args) in _COUNTS.get(node.func.id, (1,))


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


def _converted(call: ast.Call, kind: type[float]) -> str:
    """``int(2.7)`` is a number already; ``int(x)`` is ``x.astype(int)``."""
    try:
        return repr(kind(ast.literal_eval(call.args[0])))
    except (ValueError, TypeError, SyntaxError, OverflowError, RecursionError):
        return f"{_operand(call.args[0])}.astype({kind.__name__})"


def _nested(name: str, operands: list[ast.expr]) -> str:
    """``max(a, b, c)`` as ``np.maximum(np.maximum(a, b), c)``."""
    text = ast.unparse(operands[0])
    for operand in operands[1:]:
        text = f"{name}({text}, {ast.unparse(operand)})"
    return text


def _factor(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if isinstance(node, (ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript)) else f"({text})"


def _operand(node: ast.expr) -> str:
    """The text of ``node`` so that a dot may follow."""
    text = ast.unparse(node)
    is_plain = isinstance(node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript))
    if isinstance(node, (ast.List, ast.Tuple)):
        return f"np.array({text})"
    return text if is_plain else f"({text})"


def _np(name: str) -> ast.Attribute:
    return ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load())
