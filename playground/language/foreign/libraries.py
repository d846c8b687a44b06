"""Which library a dotted name belongs to, and which words are PyTorch's alone."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.dotted import dotted
from playground.language.foreign import table

if TYPE_CHECKING:
    from playground.language.foreign.table import ForeignWord

TORCHS: Final = frozenset({"torch", "nn", "F"})
OWN: Final = words.MODULE_PREFIXES | words.SUBMODULES | {"math", "scipy"}
LIBRARIES: Final[dict[tuple[str, ...], tuple[str, tuple[dict[str, ForeignWord], ...]]]] = {
    ("torch", "nn", "functional"): ("PyTorch", (table.FUNCTIONAL,)),
    ("nn", "functional"): ("PyTorch", (table.FUNCTIONAL,)),
    ("F",): ("PyTorch", (table.FUNCTIONAL,)),
    ("torch",): ("PyTorch", (table.TORCH, table.TORCH_ONLY, table.TORCH_TOO, table.EITHER)),
    ("jax", "numpy"): ("JAX", (table.JAX_NUMPY,)),
    ("jnp",): ("JAX", (table.JAX_NUMPY,)),
    ("jax",): ("JAX", (table.JAX,)),
    ("tf", "math"): ("TensorFlow", (table.TENSORFLOW,)),
    ("tf",): ("TensorFlow", (table.TENSORFLOW,)),
    ("tensorflow",): ("TensorFlow", (table.TENSORFLOW,)),
}


def library_of(path: tuple[str, ...]) -> tuple[str, ...] | None:
    """The library that a dotted name begins with; ``F`` is one only before a function of its own."""
    for size in (3, 2, 1):
        head = tuple(path[:size])
        if len(path) > size and head in LIBRARIES and (head != ("F",) or path[1] in table.FUNCTIONAL):
            return head
    return None


def is_torchs(node: ast.AST) -> bool:
    """Tell whether only PyTorch has this word."""
    if not isinstance(node, ast.Call):
        return False
    path = dotted(node.func)
    library = library_of(path)
    if library is not None:
        return LIBRARIES[library][0] == "PyTorch"
    if not isinstance(node.func, ast.Attribute) or (path[:1] and path[0] in OWN):
        return False
    if any(keyword.arg in ("dim", "keepdim", "descending") for keyword in node.keywords):
        return True
    if (node.func.attr == "size" and not node.args) or (node.func.attr == "view" and reads_bytes(node)):
        return False
    return node.func.attr in table.TORCH_ONLY and (node.func.attr != "norm" or bool(node.keywords))


def reads_bytes(node: ast.Call) -> bool:
    """Tell whether a call of ``view`` is given a dtype, as NumPy has it too, and no sizes."""
    kinds = [*node.args, *(keyword.value for keyword in node.keywords)]
    if len(kinds) != 1:
        return False
    if isinstance(kinds[0], ast.Constant):
        return isinstance(kinds[0].value, str)
    name = dotted(kinds[0])[-1:]
    return bool(name) and (name[0] in table.DTYPES or name[0] in words.DTYPES)


def given_to(call: ast.Call, func: ast.Attribute) -> list[ast.expr]:
    """The arguments by place, of which a method's first is its array."""
    return [*([func.value] if library_of(dotted(func)) is None else []), *call.args]
