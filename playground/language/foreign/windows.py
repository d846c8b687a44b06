"""PyTorch's functions that slide a window over images, as NumPy has them: each with the row that its arguments fit."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from playground.language.foreign.table import ForeignWord

if TYPE_CHECKING:
    from collections.abc import Sequence

    Given = Sequence[ast.expr]

_UNREAD: Final = ForeignWord("", ())
_WINDOWS: Final = "lib.stride_tricks.sliding_window_view"
_CONVOLUTION: Final = ("x", "weight", "bias", "stride", "padding", "dilation", "groups")
_POOL: Final = ("x", "kernel_size", "stride", "padding")


def convolution(node: ast.Call, given: Given) -> tuple[ForeignWord, Given]:
    """``F.conv2d(x, W, b, stride=2, padding=1)``: windows of the images times the weights, summed over channels too."""
    named = _by_name(_CONVOLUTION, node, given)
    stride, padding = _pair(named.get("stride"), 1), _pair(named.get("padding"), 0)
    plain = _pair(named.get("dilation"), 1) == (1, 1) and _pair(named.get("groups"), 1) == (1, 1)
    if stride is None or padding is None or not plain:
        return _UNREAD, given
    (down, right), (rows, columns) = stride, padding
    images = f"pad(<x>, ((0, 0), (0, 0), ({rows}, {rows}), ({columns}, {columns})))" if any(padding) else "<x>"
    steps = f"[:, :, ::{down}, ::{right}]" if stride != (1, 1) else ""
    windows = f"{_WINDOWS}({images}, <weight>.shape[2:], (2, 3)){steps}"
    text = f"moveaxis(tensordot({windows}, <weight>, ((1, 4, 5), (1, 2, 3))), -1, 1){{ + <bias>[:, None, None]}}"
    parameters = "x, weight, bias=None, stride=None, padding=None, dilation=None, groups=None"
    return ForeignWord(parameters, (text,)), given


def pool(name: str, node: ast.Call, given: Given) -> tuple[ForeignWord, Given]:
    """``F.max_pool2d(x, 2)`` and ``F.avg_pool2d(x, 3, stride=1)``; tiles where no window overlaps another."""
    named = _by_name(_POOL, node, given)
    size, padding = _pair(named.get("kernel_size"), None), _pair(named.get("padding"), 0)
    stride = _pair(named.get("stride"), size)
    if size is None or stride is None or padding != (0, 0):
        return _UNREAD, given
    parameters = "x, kernel_size, stride=None, padding=None"
    if stride == size and size[0] == size[1]:
        return ForeignWord(parameters, (f"{name}(<x>, {size[0]})",)), given
    windows = f"{_WINDOWS}(<x>, {size}, (-2, -1))[..., ::{stride[0]}, ::{stride[1]}, :, :]"
    reduce = "max" if name.startswith("max") else "mean"
    return ForeignWord(parameters, (f"{windows}.{reduce}(axis=(-2, -1))",)), given


def flattening(node: ast.Call, given: Given) -> tuple[ForeignWord, Given]:
    """``nn.Flatten()(x)`` keeps the first axis."""
    if len(given) != 1 or node.keywords:
        return _UNREAD, given
    return ForeignWord("x", ("<x>.reshape(<x>.shape[0], -1)",)), given


def _by_name(names: Sequence[str], node: ast.Call, given: Given) -> dict[str, ast.expr]:
    named = dict(zip(names, given, strict=False))
    return named | {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg is not None}


def _pair(node: ast.expr | None, default: int | tuple[int, int] | None) -> tuple[int, int] | None:
    """``2`` and ``(2, 2)`` as two whole numbers; None for what isn't written out."""
    value: object = default
    if node is not None and not (isinstance(node, ast.Constant) and node.value is None):
        try:
            value = ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            return None
    both = (value, value) if type(value) is int else value
    is_pair = isinstance(both, tuple) and len(both) == 2 and all(type(size) is int and size >= 0 for size in both)
    return (both[0], both[1]) if is_pair else None  # type: ignore[index]
