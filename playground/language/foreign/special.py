"""Words of other libraries whose NumPy depends on what their arguments are, each with the row that then fits."""

from __future__ import annotations

import ast
from functools import partial
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.dotted import dotted
from playground.language.foreign import table, windows
from playground.language.foreign.libraries import reads_bytes
from playground.language.foreign.padding import padding
from playground.language.foreign.table import ForeignWord

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    Given: TypeAlias = Sequence[ast.expr]
    Found: TypeAlias = tuple[ForeignWord, Given] | None

_TWO_AXES: Final = frozenset({(0, 1), (1, 0), (0, -1), (-1, 0), (1, -2), (-2, 1), (-2, -1), (-1, -2)})
"""What NumPy's ``transpose(i, j)`` can mean: an order of two axes."""
_WRITTEN: Final = (ast.List, ast.Tuple, ast.Constant, ast.UnaryOp, ast.USub, ast.UAdd, ast.Load)
_PREFIXES: Final = words.MODULE_PREFIXES | {"torch", "jnp", "tf"}
_OF_ALL_CELLS: Final = frozenset({
    "sum", "mean", "max", "min", "prod", "std", "var", "median", "any", "all", "argmax", "argmin", "ptp", "norm",
})  # fmt: skip
"""Functions and methods that come down to one number where no axis is given."""
_NO_ROW: Final = ForeignWord("", ())
_FLOATS: Final = {"inf": "inf", "+inf": "inf", "-inf": "-inf", "infinity": "inf", "-infinity": "-inf", "nan": "nan"}


def special(name: str, node: ast.Call, given: Given, *, is_torch: bool = True) -> Found:
    """Give the row of a PyTorch call, and its arguments by place as that row counts them; None for the table's row.

    ``given`` begins with the array. A row without texts stands for none: the call is left as it is. Of other libraries
    than PyTorch only what makes floats has rules.
    """
    rule = (_RULES if is_torch else _FLOATS_OF_OTHERS).get(name)
    return None if rule is None else rule(node, given)


def number_in(node: ast.Call) -> str | None:
    """``float("-inf")``, which is how Python writes NumPy's ``-inf``; None for any other call."""
    if not (isinstance(node.func, ast.Name) and node.func.id == "float" and len(node.args) == 1):
        return None
    value = getattr(node.args[0], "value", None)
    return _FLOATS.get(value.strip().lower()) if isinstance(value, str) else None


def is_one_number(node: ast.expr) -> bool:
    """Whether it is the sum, the mean and so on of all cells, which is a number already."""
    if not isinstance(node, ast.Call) or node.keywords:
        return False
    path = dotted(node.func)
    is_function = len(path) == 1 or (bool(path) and path[0] in _PREFIXES)
    name = node.func.attr if isinstance(node.func, ast.Attribute) else "".join(path)
    return name in _OF_ALL_CELLS and len(node.args) == int(is_function)


def gives_two(name: str, node: ast.Call, given: Given) -> bool:
    """Whether PyTorch gives values and their places: ``sort``, ``topk``, and ``max(x, dim)`` but not ``max(a, b)``."""
    if name not in ("max", "min", "median", "sort", "topk") or special(name, node, given) is not None:
        return False
    return (
        name in ("sort", "topk") or len(given) > 1 or any(keyword.arg in ("dim", "axis") for keyword in node.keywords)
    )


def no_order(node: ast.Call) -> bool:
    """Whether ``transpose(i, j)`` names two axes that can't be all: NumPy would refuse it."""
    axes = tuple(_whole(argument) for argument in node.args)
    return len(axes) == 2 and None not in axes and axes not in _TWO_AXES


def _whole(node: ast.expr) -> int | None:
    """The whole number that is written there."""
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
    return value if type(value) is int else None


def _to(node: ast.Call, given: Given) -> tuple[ForeignWord, Given]:
    """``x.to(torch.float16)`` makes another dtype, ``x.to("cuda")`` is where it lies, which changes no number."""
    kinds = [*given[1:], *(keyword.value for keyword in node.keywords if keyword.arg == "dtype")]
    if not kinds:
        return ForeignWord("x, dtype=None", ("<x>",)), given
    is_dtype = [dotted(kind)[-1:] != () and dotted(kind)[-1] in {*table.DTYPES, *words.DTYPES} for kind in kinds]
    if any(is_dtype):
        chosen = kinds[is_dtype.index(True)]
        return ForeignWord("x, kind, dtype=None", ("<x>.astype(<kind>)",)), [given[0], chosen]
    return (ForeignWord("x, place", ("<x>",)) if len(kinds) == 1 else _NO_ROW), given


def _view(node: ast.Call, given: Given) -> Found:
    """``x.view(float32)`` is NumPy's already; sizes make it a reshape."""
    return (_NO_ROW, given) if reads_bytes(node) else None


def _type(node: ast.Call, given: Given) -> Found:
    """``x.type(torch.float32)``; without a dtype it asks for the name of one."""
    row, bound = _to(node, given)
    return (row, bound) if "kind" in row.parameters else (_NO_ROW, given)


def _flatten(node: ast.Call, given: Given) -> Found:
    """``x.flatten(start, end)`` makes one axis of several; NumPy's ``flatten()`` and ``flatten("F")`` stay."""
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    ends = [*given[1:3]]
    first = ends[0] if ends else named.get("start_dim")
    last = ends[1] if len(ends) > 1 else named.get("end_dim")
    start, end = 0 if first is None else _whole(first), -1 if last is None else _whole(last)
    if first is None and last is None and given[0] is not getattr(node.func, "value", None):
        return ForeignWord("x", ("<x>.ravel()",)), given
    if start is None or end is None or first is last is None:
        return _NO_ROW, given
    parameters = "x, start_dim=None, end_dim=None"
    if (start, end) == (1, -1):
        return ForeignWord(parameters, ("<x>.reshape(<x>.shape[0], -1)",)), given
    before = f"<x>.shape[:{start}] + " if start else ""
    behind = f" + <x>.shape[{end + 1}:]" if end != -1 else ""
    shape = f"{before}(-1,){behind}" if before or behind else "-1"
    return ForeignWord(parameters, (f"<x>.reshape({shape})",)), given


def _expand(node: ast.Call, given: Given) -> Found:
    """``x.expand(4, -1)``: -1 is the size that the axis has, which ``broadcast_to`` must be told."""
    sizes = given[1].elts if len(given) == 2 and isinstance(given[1], (ast.Tuple, ast.List)) else given[1:]
    if node.keywords or all(_whole(size) != -1 for size in sizes):
        return None
    names = [f"size{number}" for number in range(len(sizes))]
    texts = [
        f"<x>.shape[{number - len(sizes)}]" if _whole(size) == -1 else f"<{names[number]}>"
        for number, size in enumerate(sizes)
    ]
    inside = f"{', '.join(texts)}{',' * (len(texts) == 1)}"
    return ForeignWord(", ".join(["x", *names]), (f"broadcast_to(<x>, ({inside}))",)), [given[0], *sizes]


def _extreme(name: str) -> Callable[[ast.Call, Given], Found]:
    def rule(node: ast.Call, given: Given) -> Found:
        """``torch.max(a, b)`` of two arrays is cell by cell; a number or ``dim`` in that place is an axis."""
        if len(given) != 2 or node.keywords or _whole(given[1]) is not None:
            return None
        is_axis = isinstance(given[1], (ast.Tuple, ast.List)) or getattr(given[1], "id", "") in ("dim", "axis")
        return None if is_axis else (ForeignWord("a, b", (f"{name}(<a>, <b>)",)), given)

    return rule


def _layer_norm(node: ast.Call, given: Given) -> Found:
    """``F.layer_norm(x, (3, 4))`` goes over the last axes, as many as there are sizes."""
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    sizes = given[1] if len(given) > 1 else named.get("normalized_shape")
    if isinstance(sizes, (ast.Tuple, ast.List)):
        count = len(sizes.elts)
    elif isinstance(sizes, ast.Subscript):  # x.shape[-2:]
        first = sizes.slice.lower if isinstance(sizes.slice, ast.Slice) and sizes.slice.upper is None else None
        count = -(_whole(first) or 0) if first is not None else 0
    else:
        return None  # one size, the row's
    if count < 1:
        return _NO_ROW, given
    if count == 1:
        return None
    axes = ", ".join(str(axis) for axis in range(-count, 0))
    text = f"layer_norm(<x>{{, <weight>}}{{, <bias>}}{{, eps=<eps>}}, axis=({axes}))"
    return ForeignWord("x, normalized_shape, weight=None, bias=None, eps=None", (text,)), given


def _einsum(node: ast.Call, given: Given) -> Found:
    """``torch.einsum("ij,jk", [A, B])``: the operands may be a list."""
    if len(given) != 2 or not isinstance(given[1], (ast.List, ast.Tuple)):
        return None
    return ForeignWord("equation, *operands", ("einsum(<equation>, <*operands>)",)), [given[0], *given[1].elts]


def _tensor(node: ast.Call, given: Given) -> Found:
    """``torch.tensor([1., 2.])`` is float32, since it is written with numbers that have a point."""
    if len(given) > 1 or not _is_float32(node, given):
        return None
    return ForeignWord("data", ("array(<data>, dtype=float32)",)), given


def _full(node: ast.Call, given: Given) -> Found:
    """``torch.full((2, 3), 1.5)`` is float32 as well."""
    if len(given) != 2 or not _is_float32(node, given[1:]):
        return None
    return ForeignWord("size, value", ("full(<size>, <value>, dtype=float32)",)), given


def _arange(node: ast.Call, given: Given) -> Found:
    """``torch.arange(0, 1, 0.1)`` is float32 as well."""
    return (ForeignWord("*ends", ("arange(<*ends>, dtype=float32)",)), given) if _is_float32(node, given) else None


def _is_float32(node: ast.Call, given: Given) -> bool:
    """Whether only numbers are written, one of them with a point, and no dtype."""
    parts = [part for value in given for part in ast.walk(value)]
    kinds = {type(part.value) for part in parts if isinstance(part, ast.Constant)}
    is_written = all(isinstance(part, _WRITTEN) for part in parts)
    has_dtype = any(keyword.arg not in table.WITHOUT_MEANING for keyword in node.keywords)
    return is_written and not has_dtype and float in kinds and complex not in kinds


_RULES: Final[dict[str, Callable[[ast.Call, Given], Found]]] = {
    "to": _to, "type": _type, "view": _view, "flatten": _flatten, "expand": _expand,
    "max": _extreme("maximum"), "min": _extreme("minimum"), "layer_norm": _layer_norm, "einsum": _einsum,
    "tensor": _tensor, "as_tensor": _tensor, "asarray": _tensor, "full": _full,
    "arange": _arange, "conv2d": windows.convolution, "max_pool2d": partial(windows.pool, "max_pool2d"),
    "avg_pool2d": partial(windows.pool, "avg_pool2d"), "flattening": windows.flattening, "pad": padding,
}  # fmt: skip

_FLOATS_OF_OTHERS: Final[dict[str, Callable[[ast.Call, Given], Found]]] = {
    "array": _tensor, "asarray": _tensor, "constant": _tensor, "convert_to_tensor": _tensor, "Variable": _tensor,
    "full": _full, "fill": _full, "arange": _arange, "range": _arange,
}  # fmt: skip
"""What TensorFlow and JAX make of numbers with a point has 32 bits as well."""
