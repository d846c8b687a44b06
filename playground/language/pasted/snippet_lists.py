"""Python's lists in pasted code: there ``+`` joins them and ``*`` repeats them, where arrays add and multiply."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection

    from playground.language.pasted.snippet_text import Names

_MOST_WRITTEN_OUT: Final = 200
"""Numbers of a repeated list that are written one by one."""
_MOST_JOINED: Final = 50
_MAKE_LISTS: Final = frozenset({"list", "sorted"})
_COUNTS: Final = frozenset({"size", "ndim"})


def is_list(node: ast.expr, lists: Collection[str]) -> bool:
    """Tell whether ``node`` is a list in Python; ``lists`` are the names of lists."""
    match node:
        case ast.List():
            return True
        case ast.Name(id=name):
            return name in lists
        case ast.Call(func=ast.Name(id=name)):
            return name in _MAKE_LISTS
        case ast.Call(func=ast.Attribute(attr="tolist")):
            return True
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return is_list(left, lists) and is_list(right, lists)
        case ast.BinOp(op=ast.Mult(), left=left, right=right):
            pair = (left, right) if is_list(left, lists) else (right, left)
            return is_list(pair[0], lists) and _is_count(pair[1])
    return False


def is_of_lists(node: ast.AST, lists: Collection[str]) -> bool:
    """Tell whether ``node`` may join or repeat lists or tuples."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, (ast.Add, ast.Mult)):
        return False
    sides = (node.left, node.right)
    return any(is_list(side, lists) or isinstance(side, ast.Tuple) for side in sides)


def grown(node: ast.stmt, lists: Collection[str]) -> ast.Assign | None:
    """Write ``names += [4]`` as an assignment; None for anything else."""
    match node:
        case ast.AugAssign(target=ast.Name(id=name), op=ast.Add() | ast.Mult() as sign) if name in lists:
            joined = ast.BinOp(ast.Name(name, ast.Load()), sign, node.value)
            return ast.Assign([ast.Name(name, ast.Store())], joined)
    return None


def in_numpy(node: ast.BinOp, lists: Collection[str], names: Names) -> ast.expr | None:
    """Write ``[0] * 3`` as ``[0, 0, 0]`` and ``a + b`` as ``np.concatenate((a, b))``; None for no operation on lists.

    Names of tuples give way to the tuples, which formulas join and repeat as Python does.

    Raises ``ValueError`` with a sentence where it can't be written.
    """
    left, right = node.left, node.right
    tuples = [names.written_tuple(side) for side in (left, right)]
    if isinstance(node.op, (ast.Add, ast.Mult)) and any(tuples):
        return ast.BinOp(tuples[0] or left, node.op, tuples[1] or right)
    if isinstance(node.op, ast.Add) and is_list(left, lists) and is_list(right, lists):
        if isinstance(left, ast.List) and isinstance(right, ast.List):
            return ast.List([*left.elts, *right.elts], ast.Load())
        return _call("concatenate", ast.Tuple([left, right], ast.Load()))
    if isinstance(node.op, ast.Mult) and is_list(left, lists) != is_list(right, lists):
        repeated, count = (left, right) if is_list(left, lists) else (right, left)
        times = names.whole_number(count)
        if times is not None or _is_count(count) or names.is_size(count):
            return _repeated(repeated, count, times)
        if names.is_number(count):
            raise ValueError(_sentence())
    return None


def _repeated(repeated: ast.expr, count: ast.expr, times: int | None) -> ast.expr:
    if isinstance(repeated, ast.List):
        if times is not None and len(list(ast.walk(repeated))) * times <= _MOST_WRITTEN_OUT:
            return ast.List(repeated.elts * times, ast.Load())
        ones = [ast.Constant(1)] * (_depth(repeated) - 1)
        return _call("tile", repeated, ast.Tuple([count, *ones], ast.Load()) if ones else count)
    if times is None or not 0 < times <= _MOST_JOINED:
        raise ValueError(_sentence())
    return _call("concatenate", ast.Tuple([repeated] * times, ast.Load()))


def _sentence() -> str:
    return tr("This repeats a list, as Python does, so often as only the data tells. Write it with np.tile.")


def _is_count(node: ast.expr) -> bool:
    """Tell whether a whole number is written there: a size, or what is counted from sizes."""
    match node:
        case ast.Constant(value=value):
            return type(value) is int
        case ast.Subscript(value=ast.Attribute(attr="shape")) | ast.Call(func=ast.Name(id="len")):
            return True
        case ast.Attribute(attr=name):
            return name in _COUNTS
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.FloorDiv(), left=left, right=right):
            return _is_count(left) and _is_count(right)
    return False


def _depth(node: ast.expr) -> int:
    """How deep lists stand in lists."""
    return 1 + (_depth(node.elts[0]) if node.elts else 0) if isinstance(node, ast.List) else 0


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load()), [*arguments], [])
