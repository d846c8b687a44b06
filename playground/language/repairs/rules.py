"""Which rules look for the repairs of which kind of problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from playground.language.repairs import (
    assigned,
    bias,
    books,
    called,
    calls,
    cells,
    foreign,
    given_shapes,
    indices,
    intended,
    joins,
    keywords,
    letters,
    products,
    shapes_meant,
    signs,
    spelling,
    stretching,
    syntax,
)

if TYPE_CHECKING:
    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem
    from playground.language.repairs.ranking import Candidate

Rule = Callable[["Inference", "Problem", "Mapping[str, Operand]"], "Iterable[Candidate]"]

RULES: Final[Mapping[str, tuple[Rule, ...]]] = {
    "inner-sizes": (
        products.inner_sizes,
        shapes_meant.as_shapes,
        stretching.parenthesized,
        foreign.as_pytorch,
        intended.flattened,
        intended.last_axes,
        intended.rows_meant,
        intended.other_entry,
        books.powers,
    ),
    "matmul-scalar": (products.scalar_product, stretching.parenthesized, books.powers),
    "broadcast": (
        stretching.broadcasting,
        joins.stretched_to,
        given_shapes.fitted,
        given_shapes.cut,
        shapes_meant.as_shapes,
        bias.meant_as_bias,
        indices.crossed,
        stretching.parenthesized,
        stretching.other_axis,
        foreign.as_pytorch,
        intended.on_both_sides,
        intended.stretches_itself,
        intended.last_axes,
        intended.other_entry,
        books.powers,
    ),
    "not-square": (joins.not_square, stretching.parenthesized),
    "loss-shapes": (intended.as_vectors,),
    "cross": (intended.as_vectors,),
    "several-results": (intended.choices_of_results,),
    "ndim": (joins.too_few_axes,),
    "reshape": (joins.reshaping,),
    "one-cell": (cells.one_cell,),
    "view": (cells.as_numbers,),
    "parts": (joins.joining,),
    "split": (joins.splitting,),
    "squeeze": (joins.squeezing,),
    "no-value": (spelling.quoted,),
    "axis": (calls.axis, foreign.as_pytorch),
    "einsum": (letters.einsum,),
    "index-range": (indices.index_range,),
    "index": (indices.index,),
    "mask": (indices.mask,),
    "integer-range": (indices.integer_range,),
    "integer-power": (indices.integer_power, books.powers),
    "dtype": (indices.dtype, syntax.bound_closer, stretching.parenthesized, intended.swapped, books.powers),
    "argument": (calls.argument,),
    "argument-order": (joins.swapped_arguments,),
    "missing-argument": (calls.argument,),
    "not-constant": (letters.without_letters, calls.argument),
    "ragged": (calls.argument, joins.ragged),
    "truth": (syntax.truth, syntax.bound_closer),
    "not-allowed": (syntax.one_truth,),
    "not-called": (spelling.not_called,),
    "unknown-name": (spelling.unknown_name, books.powers),
    "other-module": (spelling.other_module,),
    "not-a-function": (called.not_a_function, signs.product, books.powers),
    "unknown-function": (foreign.parts_of_size, called.unknown_function, foreign.as_pytorch),
    "unknown-attribute": (spelling.unknown_attribute,),
    "unknown-keyword": (keywords.unknown_keyword,),
    "typographic": (syntax.typographic,),
    "statement": (syntax.statement,),
    "syntax": (
        assigned.to_cells,
        signs.gaps,
        signs.elsewhere,
        signs.brackets,
        books.enclosed,
        books.left_out,
        books.powers,
    ),
    "bracket": (signs.elsewhere, signs.brackets),
    "unfinished": (signs.elsewhere, signs.brackets),
}
