"""Names in pasted code: what imports call things, and what results are called that nobody named."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.dotted import dotted
from playground.language.names import name_problem

if TYPE_CHECKING:
    from collections.abc import Collection

_LONGEST_LABEL: Final = 24
_MODULES: Final = {
    "numpy": "np", "cupy": "np", "numpy.linalg": "linalg", "numpy.fft": "fft", "numpy.random": "random",
    "cupy.linalg": "linalg", "math": "np", "cmath": "np", "torch": "torch", "torch.nn": "nn",
    "torch.nn.functional": "F", "jax": "jax", "jax.numpy": "jnp", "jax.nn": "jax.nn", "tensorflow": "tf",
}  # fmt: skip
"""Modules whose words are known, and how a formula calls them."""


def imported(node: ast.Import | ast.ImportFrom) -> dict[str, str | None]:
    """What each name of an import is called in a formula; None for what isn't known here.

    >>> imported(ast.parse("from numpy.linalg import norm as length").body[0])
    {'length': 'linalg.norm'}
    """
    found: dict[str, str | None] = {}
    for alias in node.names:
        if isinstance(node, ast.Import):
            if alias.asname is None:
                root = alias.name.partition(".")[0]
                found[root] = _MODULES.get(root)
            else:
                found[alias.asname] = _MODULES.get(alias.name)
            continue
        whole = f"{node.module}.{alias.name}"
        module = _MODULES.get(node.module or "")
        known = _MODULES.get(whole)
        if known is None and module is not None:
            known = alias.name if module == "np" else f"{module}.{alias.name}"
        if alias.name == "*" and module == "np":
            found["sum"] = "sum"  # of the names that come, this one alone means something else in Python
        if alias.name != "*":
            found[alias.asname or alias.name] = known
    return found


def free(wanted: str, taken: Collection[str]) -> str:
    """Give ``wanted``, with a number behind it where it is taken."""
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name


def usable(name: str) -> str:
    """Give ``name``, with an underscore behind it where it is a function's or a constant's."""
    return name if name_problem(name) is None else f"{name}_"


def label_name(label: str) -> str | None:
    """``"L1 norm: "`` as ``L1_norm``; None where no name can be made of it."""
    name = re.sub(r"\W+", "_", label).strip("_")
    return name if 0 < len(name) <= _LONGEST_LABEL and name_problem(name) is None else None


def result_name(node: ast.expr, taken: Collection[str]) -> str:
    """A name for a result that nobody named: ``a.ndim`` is ``a_ndim``, ``np.dot(u, w)`` is ``dot_u_w``, others r1."""
    parts: list[str] = []
    if isinstance(node, ast.Attribute):
        parts = list(dotted(node))
    elif isinstance(node, ast.Call):
        path = list(dotted(node.func))
        is_function = path[:1] and path[0] in words.MODULE_PREFIXES | words.SUBMODULES
        operands = [argument.id for argument in node.args if isinstance(argument, ast.Name)][:2]
        parts = [*path[-1:], *operands] if is_function or len(path) == 1 else path
    wanted = "_".join(parts)
    if len(parts) > 1 and name_problem(wanted) is None and len(wanted) <= _LONGEST_LABEL:
        return free(wanted, taken)
    number = 1
    while f"r{number}" in taken:
        number += 1
    return f"r{number}"
