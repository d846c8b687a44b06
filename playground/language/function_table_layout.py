"""Rows of the function table: the same cells in another shape, and arrays put together or taken apart."""

from __future__ import annotations

from typing import Final

from playground.language import dtype_rules as dtypes
from playground.language import shape_rules_layout as layout
from playground.language.function_row import Function

_M = "[[1, 2], [3, 4]]"


def _parts(name: str) -> dtypes.DtypeRule:
    return lambda arguments: arguments.dtype("dtype") or dtypes.promoted_strong(arguments.arrays(name))


LAYOUT: Final = (
    Function("transpose", "a, axes=None", layout.transposed, dtypes.of("a"), "layout",
             "Rows become columns; the axes in reverse or another order.", f"transpose({_M})", method=True),
    Function("swapaxes", "a, axis1, axis2", layout.swapped, dtypes.of("a"), "layout",
             "Two axes change places.", f"swapaxes({_M}, 0, 1)", method=True),
    Function("reshape", "a, /, shape, order='C', *, copy=None", layout.reshaped, dtypes.of("a"), "layout",
             "The same cells in another shape; -1 finds a size.", "reshape([1, 2, 3, 4], (2, -1))", method=True),
    Function("ravel", "a, order='C'", layout.flattened, dtypes.of("a"), "layout",
             "All cells in one row.", f"ravel({_M})", method=True),
    Function("squeeze", "a, axis=None", layout.squeezed, dtypes.of("a"), "layout",
             "Axes of size 1 go.", "squeeze([[1, 2, 3]])", method=True),
    Function("expand_dims", "a, axis", layout.expanded, dtypes.of("a"), "layout",
             "A new axis of size 1.", "expand_dims([1, 2, 3], 0)"),
    Function("broadcast_to", "array, shape", layout.broadcast_to, dtypes.of("array"), "layout",
             "Stretched to a larger shape.", "broadcast_to([1, 2, 3], (2, 3))"),
    Function("concatenate", "arrays, /, axis=0, out=None, *, dtype=None", layout.concatenated, _parts("arrays"), "join",
             "Arrays joined along an axis.", f"concatenate([{_M}, [[5, 6]]])"),
    Function("stack", "arrays, axis=0, out=None, *, dtype=None", layout.stacked, _parts("arrays"), "join",
             "Arrays stacked along a new axis.", "stack([[1, 2], [3, 4]])"),
    Function("vstack", "tup, *, dtype=None", layout.RuleOfStack(0, 2), _parts("tup"), "join",
             "Arrays on top of each other.", "vstack([[1, 2], [3, 4]])"),
    Function("hstack", "tup, *, dtype=None", layout.RuleOfStack(1, 1), _parts("tup"), "join",
             "Arrays side by side.", f"hstack([{_M}, [[5], [6]]])"),
)  # fmt: skip


ROWS: Final = (*LAYOUT,)
