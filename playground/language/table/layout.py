"""Rows of the function table: the same cells in another shape, arrays joined and taken apart, places of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.rules import axes, cells, dtypes, join, layout, places, shapes, split
from playground.language.table.row import Function

if TYPE_CHECKING:
    import numpy as np

    from playground.language.arguments import Arguments

_M = "[[1, 2], [3, 4]]"
_R = "[[1, 2, 3], [4, 5, 6]]"


def _parts(name: str) -> dtypes.DtypeRule:
    def rule(arguments: Arguments) -> np.dtype:
        common, given = dtypes.promoted_strong(arguments.arrays(name)), arguments.dtype("dtype")
        if given is not None:
            dtypes.check_same_kind(common, given, arguments)
        return given or common

    return rule


def _joined(name: str) -> dtypes.DtypeRule:
    return lambda arguments: dtypes.promoted_strong(arguments.arrays(name))


def _each(name: str) -> dtypes.DtypeRule:
    def rule(arguments: Arguments) -> np.dtype | tuple[np.dtype, ...]:
        found = tuple(shapes.signature_of(value).dtype for value in arguments.arrays(name))
        return found[0] if len(found) == 1 and name == "arys" else found

    return rule


def _block(arguments: Arguments) -> np.dtype:
    return dtypes.promoted_strong(join.blocks(arguments.values["arrays"], arguments))


def _seen_as(arguments: Arguments) -> np.dtype:
    return arguments.dtype("dtype") or arguments.dtype_of("a")


_WHOLE = dtypes.fixed(dtypes.DEFAULT_INTEGER)
_PLACES = dtypes.fixed(dtypes.INDEX)

LAYOUT: Final = (
    Function("transpose", "a, axes=None", layout.transposed, dtypes.of("a"), "layout",
             "Rows become columns; the axes in reverse or another order.", f"transpose({_M})", method=True),
    Function("reshape", "a, /, shape, order='C', *, copy=None", layout.reshaped, dtypes.of("a"), "layout",
             "The same cells in another shape; -1 finds a size.", "reshape([1, 2, 3, 4], (2, -1))", method=True),
    Function("ravel", "a, order='C'", layout.flattened, dtypes.of("a"), "layout",
             "All cells in one row.", f"ravel({_M})", method=True),
    Function("expand_dims", "a, axis", layout.expanded, dtypes.of("a"), "layout",
             "A new axis of size 1.", "expand_dims([1, 2, 3], 0)"),
    Function("squeeze", "a, axis=None", layout.squeezed, dtypes.of("a"), "layout",
             "Axes of size 1 go.", "squeeze([[1, 2, 3]])", method=True),
    Function("broadcast_to", "array, shape", layout.broadcast_to, dtypes.of("array"), "layout",
             "Stretched to a larger shape.", "broadcast_to([1, 2, 3], (2, 3))"),
    Function("swapaxes", "a, axis1, axis2", layout.swapped, dtypes.of("a"), "layout",
             "Two axes change places.", f"swapaxes({_M}, 0, 1)", method=True),
    Function("moveaxis", "a, source, destination", axes.moved, dtypes.of("a"), "layout",
             "One axis goes to another place, the others keep their order.", "moveaxis(zeros((2, 3, 4)), 0, -1)"),
    Function("matrix_transpose", "x, /", axes.matrix_transposed, dtypes.of("x"), "layout",
             "The last two axes change places, as .mT does.", f"matrix_transpose({_R})"),
    Function("flip", "m, axis=None", axes.flipped, dtypes.of("m"), "layout",
             "The cells in reverse along all axes, or along the ones given.", f"flip({_R}, axis=1)"),
    Function("fliplr", "m", axes.unchanged("m", 2), dtypes.of("m"), "layout",
             "The columns in reverse.", f"fliplr({_R})"),
    Function("flipud", "m", axes.unchanged("m", 1), dtypes.of("m"), "layout",
             "The rows in reverse.", f"flipud({_R})"),
    Function("rot90", "m, k=1, axes=(0, 1)", axes.turned, dtypes.of("m"), "layout",
             "Turned by a quarter, k times, against the clock.", f"rot90({_R})"),
    Function("roll", "a, shift, axis=None", axes.rolled, dtypes.of("a"), "layout",
             "Cells move on by so many places; those at the end come back in front.", "roll([1, 2, 3, 4], 1)"),
    Function("tile", "A, reps", cells.tiled, dtypes.of("A"), "layout",
             "The whole array laid side by side so many times.", f"tile({_M}, (1, 2))"),
    Function("repeat", "a, repeats, axis=None", cells.repeated, dtypes.of("a"), "layout",
             "Each cell so many times in a row.", f"repeat({_M}, 2, axis=0)", method=True),
    Function("pad", "array, pad_width, mode='constant', *, constant_values=0, end_values=0, reflect_type='even', "
             "stat_length=None", cells.padded, dtypes.of("array"), "layout",
             "Cells added around: zeros, the edge again, a mirror image.", f"pad({_M}, 1)"),
    Function("atleast_1d", "*arys", axes.lifted(1), _each("arys"), "layout",
             "A number becomes a vector of one; arrays stay.", "atleast_1d(5)"),
    Function("atleast_2d", "*arys", axes.lifted(2), _each("arys"), "layout",
             "A vector becomes a matrix of one row; matrices stay.", "atleast_2d([1, 2, 3])"),
    Function("copy", "a, order='K', subok=False", shapes.like("a"), dtypes.of("a"), "layout",
             "The same cells in memory of their own.", f"copy({_M})", method=True),
    Function("view", "a, dtype", layout.reinterpreted, _seen_as, "layout",
             "The same bytes read as another dtype; astype keeps the numbers.", "array([1.0, 2.0]).view(int64)",
             method=True, numpy_target="own:view", rare=True),
    Function("ndim", "a", axes.axis_count, _WHOLE, "layout", "How many axes there are, as .ndim.", f"ndim({_M})"),
    Function("shape", "a", axes.sizes, _WHOLE, "layout", "The sizes of all axes, as .shape.", f"shape({_R})"),
    Function("size", "a, axis=None", axes.cell_count, _WHOLE, "layout",
             "How many cells there are, as .size.", f"size({_R})"),
    Function("broadcast_arrays", "*args, subok=False", axes.broadcast_together, _each("args"), "layout",
             "Arrays stretched to the shape they have together.", "broadcast_arrays([[1], [2]], [1, 2, 3])", rare=True),
    Function("broadcast_shapes", "*args", axes.broadcast_sizes, _WHOLE, "layout",
             "The shape that arrays of these shapes have together.", "broadcast_shapes((2, 1), (3,))", rare=True),
    Function("atleast_3d", "*arys", axes.lifted(3), _each("arys"), "layout",
             "At least three axes: new ones around those there are.", f"atleast_3d({_M})", rare=True),
    Function("rollaxis", "a, axis, start=0", axes.rolled_axis, dtypes.of("a"), "layout",
             "One axis goes before another; moveaxis says it better.", "rollaxis(zeros((2, 3, 4)), 2)", rare=True),
    Function("resize", "a, new_shape", cells.resized, dtypes.of("a"), "layout",
             "Another shape, its cells repeated or left out to fill it.", f"resize({_M}, (3, 2))", rare=True),
    Function("trim_zeros", "filt, trim='fb'", cells.trimmed, dtypes.of("filt"), "layout",
             "Zeros at the front and the back go.", "trim_zeros([0, 0, 1, 2, 0])", rare=True),
    Function("lib.stride_tricks.sliding_window_view", "x, window_shape, axis=None, *, subok=False, writeable=False",
             split.windows, dtypes.of("x"), "layout", "All windows of one size, sliding over the array.",
             "lib.stride_tricks.sliding_window_view([1, 2, 3, 4], 2)", rare=True),
)  # fmt: skip

JOINING: Final = (
    Function("concatenate", "arrays, /, axis=0, out=None, *, dtype=None", join.concatenated, _parts("arrays"), "join",
             "Arrays joined along an axis.", f"concatenate([{_M}, [[5, 6]]])"),
    Function("stack", "arrays, axis=0, out=None, *, dtype=None", join.stacked, _parts("arrays"), "join",
             "Arrays stacked along a new axis.", "stack([[1, 2], [3, 4]])"),
    Function("vstack", "tup, *, dtype=None", join.RuleOfStack(0, 2), _parts("tup"), "join",
             "Arrays on top of each other.", "vstack([[1, 2], [3, 4]])"),
    Function("hstack", "tup, *, dtype=None", join.RuleOfStack(1, 1), _parts("tup"), "join",
             "Arrays side by side.", f"hstack([{_M}, [[5], [6]]])"),
    Function("column_stack", "tup", join.stacked_as_columns, _joined("tup"), "join",
             "Vectors as the columns of a matrix.", "column_stack([[1, 2, 3], [4, 5, 6]])"),
    Function("dstack", "tup", join.stacked_in_depth, _joined("tup"), "join",
             "Arrays joined along the third axis.", f"dstack([{_M}, {_M}])"),
    Function("block", "arrays", join.assembled, _block, "join",
             "A matrix put together from blocks, as written.", "block([[eye(2), ones((2, 1))], [zeros((1, 3))]])",
             cupy_target="own:block"),
    Function("append", "arr, values, axis=None", join.appended, dtypes.strong("arr", "values"), "add or remove",
             "Values joined to the end.", "append([1, 2], [3])"),
    Function("insert", "arr, obj, values, axis=None", cells.inserted, dtypes.of("arr"), "add or remove",
             "Values put in before a place.", "insert([1, 2, 4], 2, 3)", cupy_target="own:insert"),
    Function("delete", "arr, obj, axis=None", cells.deleted, dtypes.of("arr"), "add or remove",
             "Cells, rows or columns taken away.", f"delete({_R}, 1, axis=1)"),
)  # fmt: skip


def _split(name: str, help_: str, rule: shapes.ShapeRule, example: str, signature: str = "") -> Function:
    return Function(name, f"ary, indices_or_sections{signature}", rule, dtypes.of("ary"), "split", help_,
                    f"{name}({example})")  # fmt: skip


SPLITTING: Final = (
    _split("split", "Equal parts along an axis, or parts between places.", split.split, "arange(4), 2", ", axis=0"),
    _split("array_split", "Parts that may differ by one.", split.split_unequally, "arange(5), 2", ", axis=0"),
    _split("hsplit", "Parts side by side.", split.split_along(1, 1), "eye(4), 2"),
    _split("vsplit", "Parts on top of each other.", split.split_along(0, 2), "eye(4), 2"),
    _split("dsplit", "Parts along the third axis.", split.split_along(2, 3), "zeros((2, 2, 4)), 2"),
    Function("unstack", "x, /, *, axis=0", split.unstacked, dtypes.of("x"), "split",
             "The parts along an axis, each without it: the opposite of stack.", "unstack(eye(2))"),
)  # fmt: skip


def _indices(name: str, signature: str, rule: shapes.ShapeRule, help_: str, example: str) -> Function:
    return Function(name, signature, rule, _PLACES, "places", help_, f"{name}({example})", rare=True)


PLACES: Final = (
    _indices("tril_indices", "n, k=0, m=None", places.lower_indices, "Rows and columns of the lower triangle.", "3"),
    _indices("triu_indices", "n, k=0, m=None", places.upper_indices, "Rows and columns of the upper triangle.", "3"),
    _indices("diag_indices", "n, ndim=2", places.diagonal_indices, "Rows and columns of the diagonal.", "3"),
    _indices("unravel_index", "indices, shape, order='C'", places.unravelled,
             "Row and column of a cell counted along the rows.", "5, (2, 3)"),
    _indices("ravel_multi_index", "multi_index, dims, mode='raise', order='C'", places.ravelled,
             "Number of a cell counted along the rows, from row and column.", "([1, 0], [2, 1]), (2, 3)"),
)  # fmt: skip

ROWS: Final = (*LAYOUT, *JOINING, *SPLITTING, *PLACES)
