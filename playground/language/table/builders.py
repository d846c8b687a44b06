"""Rows of the function table: what NumPy builds in square brackets, and the places of rows and columns together."""

from __future__ import annotations

from typing import Final

from playground.language.rules import builders
from playground.language.table.row import Function

ROWS: Final = (
    Function("r_", "*items", builders.joined(1, 0), builders.joined_dtype, "join",
             "Numbers, ranges and arrays joined along the first axis.", "r_[1:4, 0, [7, 8]]", numpy_target="own:r_",
             rare=True),
    Function("c_", "*items", builders.joined(2, -1), builders.joined_dtype, "join",
             "Vectors as columns side by side.", "c_[[1, 2, 3], [4, 5, 6]]", numpy_target="own:c_", rare=True),
    Function("mgrid", "*items", builders.grid, builders.grid_dtype, "create",
             "The coordinates of every point of a grid, from ranges.", "mgrid[0:2, 0:3]", numpy_target="own:mgrid",
             rare=True),
    Function("ogrid", "*items", builders.open_grid, builders.open_grid_dtype, "create",
             "The coordinates of a grid, each along its own axis.", "ogrid[0:2, 0:1:5j]", numpy_target="own:ogrid",
             rare=True),
    Function("ix_", "*args", builders.crossed, builders.crossed_dtypes, "places",
             "The index of chosen rows and columns: A[ix_(rows, columns)].", "ix_([0, 2], [1, 3])", rare=True),
)  # fmt: skip
