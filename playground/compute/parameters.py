"""How arguments are passed on: which parameters take Python's own values, which take arrays."""

from __future__ import annotations

from typing import Final

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
