"""How arguments are passed on: which parameters take Python's own values, which take arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.signature import Signature, TupleSignature

if TYPE_CHECKING:
    from playground.language.nodes import Call

PLAIN_PARAMETERS: Final = frozenset(
    {
        "shape", "axis", "axes", "dtype", "subscripts", "ord", "source", "destination", "shift", "reps", "repeats",
        "pad_width", "constant_values", "end_values", "stat_length", "indices_or_sections", "window_shape", "new_shape",
        "dims", "s", "dimensions", "kth",
    }
)  # fmt: skip
"""Parameters that take Python's own values: whole numbers, tuples, texts."""

LIST_PARAMETERS: Final = frozenset({"arrays", "tup", "multi_index", "choices", "condlist", "choicelist"})
"""Parameters that take a list of arrays."""

AS_WRITTEN: Final = frozenset({"block", "broadcast_shapes"})
"""Functions that take nested lists and tuples as they are written."""


def gives_back(node: Call, result: Signature | TupleSignature | None) -> bool:
    """Tell whether a call gives its argument back: of truths the method ``conj`` does; the function makes int8."""
    is_truth = isinstance(result, Signature) and result.dtype.kind == "b"
    return node.function == "conj" and node.is_method and is_truth
