"""PyTorch's ``pad``, whose pairs begin with the last axis, as NumPy has it: a pair for each axis, in order."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from playground.language.foreign.table import ForeignWord

if TYPE_CHECKING:
    from collections.abc import Sequence

    Given = Sequence[ast.expr]

_UNREAD: Final = ForeignWord("", ())
_NAMES: Final = ("x", "pad", "mode", "value")
_MODES: Final = {
    "constant": "",
    "reflect": ", mode='reflect'",
    "replicate": ", mode='edge'",
    "circular": ", mode='wrap'",
}


def padding(node: ast.Call, given: Given) -> tuple[ForeignWord, Given]:
    """``F.pad(x, (1, 2))`` makes the last axis longer, ``F.pad(x, (1, 2, 3, 4))`` that and the one before it.

    How many axes ``x`` has isn't known when the text is read, so ``x.ndim`` says how many keep their size. Negative
    widths, which cut cells off, are left unread: NumPy's ``pad`` refuses them.
    """
    named = dict(zip(_NAMES, given, strict=False))
    named |= {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg is not None}
    widths, mode = named.get("pad"), _mode(named.get("mode"))
    if not isinstance(widths, (ast.Tuple, ast.List)) or mode is None or set(named) - set(_NAMES):
        return _UNREAD, given
    if not widths.elts or len(widths.elts) % 2 or any(_is_negative(width) for width in widths.elts):
        return _UNREAD, given
    count = len(widths.elts) // 2
    pairs = ", ".join(f"(<w{2 * axis}>, <w{2 * axis + 1}>)" for axis in reversed(range(count)))
    behind = f"({pairs},)" if count == 1 else f"({pairs})"
    value = named.get("value")
    filled = ", constant_values=<value>" if value is not None and not _is_none(value) and not mode else ""
    text = f"pad(<x>, ((0, 0),) * (<x>.ndim - {count}) + {behind}{mode}{filled})"
    places = ", ".join(f"w{place}" for place in range(2 * count))
    parameters = f"x, {places}, value=None, pad=None, mode=None"
    return ForeignWord(parameters, (text,)), [given[0], *widths.elts, *given[3:]]


def _mode(node: ast.expr | None) -> str | None:
    """NumPy's argument for the mode; None for one that isn't known."""
    return "" if node is None else _MODES.get(str(getattr(node, "value", None)))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_negative(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
