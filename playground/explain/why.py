"""Why a number is what it is: the cells that make one cell of a result, and how they are joined."""

from __future__ import annotations

import operator
from itertools import islice
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from playground.explain.recipe import Kind, Part, Recipe, recipe_of
from playground.explain.region import Places, index_text
from playground.explain.text import MINUS, factor_text, number_text
from playground.language.nodes import Binary, Call, Index, Node, Unary
from playground.language.nodes import Literal as Constant
from playground.record import Record, replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.explain.origin import CellRef
    from playground.language.infer import Inference

Number = int | float | complex | bool

MAX_TERMS = 64


class Values(Protocol):
    """Gives values of parts of a formula (an operand, an argument of the top operation, the whole) on the host."""

    def count(self, part: Part) -> int:
        """How many cells a part has."""

    def cells(self, part: Part, first: int | None = None) -> np.ndarray:
        """Values of a part's cells, in C order on one axis; with ``first`` at most so many."""

    def joined(self, part: Part, start: int, how: Joining) -> object:
        """What a part's cells come to together, from the cell ``start`` on; no cell of them is looked at."""


Joining = Literal["sum", "squares", "prod"]
"""Added, their squares added, or multiplied."""


class Term(Record):
    """One part of the sum (or product, or comparison) that gives the cell.

    Attributes
    ----------
    text
        As it is shown: ``2·(−1)``; it reads ``left_text + operator + right_text``.
    value
        What it comes to; None where it is no number (a text) or stands in no sum.
    left_text, operator, right_text
        The pieces of ``text``, so that each factor can have its own colour; empty where there is one part only.
    left, right
        The cells that the factors stand in, None where a factor is computed or a constant.
    left_value, right_value
        The factors of a product at full precision; None in every other term.
    """

    text: str
    value: Number | None
    left_text: str = ""
    operator: str = ""
    right_text: str = ""
    left: CellRef | None = None
    right: CellRef | None = None
    left_value: Number | None = None
    right_value: Number | None = None


class Region(Record):
    """Cells of one operand that take part, as a half-open rectangle.

    Attributes
    ----------
    source
        The operand as it is written: ``A.T``.
    label
        In words: ``row 0 of A``.
    role
        ``"left"`` or ``"right"``: which of the two vector colours it has.
    name
        The entry that holds the cells, None where the operand is itself computed.
    rows, columns
        Half-open ranges of the entry's 2-D view (see `CellRef`), None where ``name`` is None.
    """

    source: str
    label: str
    role: str
    name: str | None = None
    rows: tuple[int, int] | None = None
    columns: tuple[int, int] | None = None


class Why(Record):
    """The reason of one cell of a result.

    Only texts, numbers, None and tuples of them, so that it travels as JSON.

    Attributes
    ----------
    result
        The cell as NumPy writes it: ``C[0, 1]``.
    value, value_text
        What stands there, and as it is shown.
    before, joiner, after
        What stands around and between the terms: ``""``, ``" + "``, ``""``; a mean has ``"("`` and ``") / 3"``.
    terms
        At most 64; empty where the whole of an operand decides.
    more
        How many further terms there are, summed in ``rest``; 0 where all are listed.
    rest
        What the further terms come to, None where there are none or they can't be joined.
    operands
        The cells that take part.
    sentence
        In words: ``row 0 of A · column 1 of B``.
    """

    result: str
    value: Number | None
    value_text: str
    sentence: str
    terms: tuple[Term, ...] = ()
    before: str = ""
    joiner: str = " + "
    after: str = ""
    more: int = 0
    rest: Number | None = None
    operands: tuple[Region, ...] = ()


def why(inference: Inference, index: tuple[int, ...], values: Values, name: str = "") -> Why:
    """Say why the cell ``index`` of a formula's result is what it is, by its top operation only.

    Parameters
    ----------
    inference
        Of a formula without problems.
    index
        One number per axis of the result, none negative, within its shape.
    values
        Of the formula's parts. The cell's own is the result's: it is never computed from the terms.
    name
        What the result is called; where empty the formula's target, or its text.
    """
    tree = inference.tree
    assert tree is not None
    places = Places(inference)
    recipe = recipe_of(tree, index, places.shape_of)
    made = _MAKERS[recipe.kind](tree, recipe, index, places, values)
    value = _plain(made.value)
    return Why(
        result=(name or inference.target or places.text(tree, alone=not index)) + index_text(index),
        value=value,
        value_text="" if value is None else number_text(value),
        sentence=_sentence(tree, recipe, places),
        terms=made.terms,
        before=made.before,
        joiner=made.joiner,
        after=made.after,
        more=made.more,
        rest=_plain(made.rest),
        operands=_regions(recipe, places),
    )


class _Made(Record):
    """What the kind of operation decides of a `Why`; see there."""

    value: object
    terms: tuple[Term, ...] = ()
    before: str = ""
    joiner: str = " + "
    after: str = ""
    more: int = 0
    rest: object = None


def _product(tree: Node, recipe: Recipe, index: tuple[int, ...], places: Places, values: Values) -> _Made:
    (left, left_refs), (right, right_refs) = (_taken(part, places, values) for part in recipe.parts)
    value = _own(tree, index, values)
    with np.errstate(all="ignore"):
        products = left[:MAX_TERMS] * right[:MAX_TERMS]
        rest = np.dot(left[MAX_TERMS:], right[MAX_TERMS:])
    terms = tuple(
        replace(
            _pair_term(factor_text(a), "·", factor_text(b), product, left_ref, right_ref),
            left_value=_plain(a),
            right_value=_plain(b),
        )
        for a, b, product, left_ref, right_ref in zip(
            left[:MAX_TERMS], right[:MAX_TERMS], products, left_refs, right_refs, strict=True
        )
    )
    more = max(0, left.size - MAX_TERMS)
    return _Made(value, terms, after=_wrapped(left, right, value), more=more, rest=rest if more else None)


def _wrapped(left: np.ndarray, right: np.ndarray, value: np.generic) -> str:
    """What the sum really is, where the dtype is too small for it; empty where the sum is right."""
    if value.dtype.kind not in "iu":
        return ""
    exact = sum(map(operator.mul, left.tolist(), right.tolist()))
    return "" if exact == value else tr(" = {exact}, in {dtype}", exact=exact, dtype=value.dtype)


def _fold(tree: Node, recipe: Recipe, index: tuple[int, ...], places: Places, values: Values) -> _Made:
    assert isinstance(tree, Call)
    part = recipe.parts[0]
    function = tree.function
    count = values.count(part)
    before, joiner, after = {
        "sum": ("", " + ", ""),
        "prod": ("", " · ", ""),
        "mean": ("(", " + ", f") / {count}"),
        "linalg.norm": ("√(", " + ", ")"),
    }.get(function, (f"{function}(", ", ", ")"))
    squared = function == "linalg.norm"
    sums = joiner == " + "
    write = number_text if joiner == ", " else factor_text
    more, rest = max(0, count - MAX_TERMS), None
    if more and (sums or function == "prod"):
        rest = values.joined(part, MAX_TERMS, "squares" if squared else "sum" if sums else "prod")
    cells, refs = _taken(part, places, values, MAX_TERMS)
    terms = tuple(
        Term(write(cell) + "²" * squared, _plain(abs(cell) ** 2 if squared else cell if sums else None), left=ref)
        for cell, ref in zip(cells, refs, strict=True)
    )
    return _Made(_own(tree, index, values), terms, before, joiner, after, more, rest)


def _cellwise(tree: Node, recipe: Recipe, index: tuple[int, ...], places: Places, values: Values) -> _Made:
    value = _own(tree, index, values)
    found = [_taken(part, places, values) for part in recipe.parts]
    texts = [factor_text(cells[0]) for cells, _ in found]
    refs = [next(iter(refs), None) for _, refs in found]
    match tree:
        case Binary(operator=operator):
            term = _pair_term(texts[0], f" {operator} ", texts[1], value, refs[0], refs[1])
            return _Made(value, (term,))
        case Unary(operator=operator):
            return _Made(value, (Term(operator.replace("-", MINUS) + texts[0], _plain(value), left=refs[0]),))
        case Call(function=function):
            bare = [number_text(cells[0]) for cells, _ in found]
            terms = tuple(Term(text, None, left=ref) for text, ref in zip(bare, refs, strict=True))
            return _Made(value, terms, f"{function}(", ", ", ")")
    return _Made(value)


def _moved(tree: Node, recipe: Recipe, index: tuple[int, ...], places: Places, values: Values) -> _Made:
    return _Made(_own(tree, index, values))


def _whole(tree: Node, recipe: Recipe, index: tuple[int, ...], places: Places, values: Values) -> _Made:
    """Too much takes part to be listed."""
    return _Made(_own(tree, index, values))


_MAKERS: dict[Kind, Callable[[Node, Recipe, tuple[int, ...], Places, Values], _Made]] = {
    "product": _product,
    "fold": _fold,
    "cellwise": _cellwise,
    "moved": _moved,
    "line": _whole,
    "whole": _whole,
}


def _own(tree: Node, index: tuple[int, ...], values: Values) -> np.generic:
    """Value of the cell itself."""
    value: np.generic = values.cells(Part(tree, index))[0]
    return value


def _taken(
    part: Part, places: Places, values: Values, first: int | None = None
) -> tuple[np.ndarray, tuple[CellRef | None, ...]]:
    """Values of a part's cells, in C order, and where the first 64 of them are kept."""
    cells = values.cells(part, first)
    refs = tuple(islice(places.refs(part), MAX_TERMS))
    # Where only the data decides how many there are, nothing says where they are kept.
    return cells, refs or (None,) * min(cells.size, MAX_TERMS)


def _pair_term(
    left_text: str, operator: str, right_text: str, value: object, left: CellRef | None, right: CellRef | None
) -> Term:
    text = left_text + operator + right_text
    return Term(text, _plain(value), left_text, operator, right_text, left, right)


def _plain(value: object) -> Number | None:
    """Return a NumPy scalar as the Python number that JSON can be made of."""
    number = value.item() if isinstance(value, np.generic | np.ndarray) else value
    return number if isinstance(number, bool | int | float | complex) else None


def _regions(recipe: Recipe, places: Places) -> tuple[Region, ...]:
    regions: list[Region] = []
    for number, part in enumerate(recipe.parts):
        if isinstance(part.node, Constant):
            continue
        source, label, role = places.text(part.node), places.label(part), "left" if number == 0 else "right"
        rectangles = places.rectangles(part)
        regions.extend(Region(source, label, role, box.name, box.rows, box.columns) for box in rectangles)
        if not rectangles:
            regions.append(Region(source, label, role))
    return tuple(regions)


def _sentence(tree: Node, recipe: Recipe, places: Places) -> str:
    labels = [places.label(part) for part in recipe.parts if places.shape_of(part.node) or len(recipe.parts) == 1]
    match recipe.kind:
        case "product":
            return " · ".join(labels)
        case "fold":
            name = tree.function.rpartition(".")[2] if isinstance(tree, Call) else ""
            return tr("{function} of {cells}", function=name, cells=labels[0])
        case "cellwise":
            return tr(" and ").join(labels)
        case "moved":
            if isinstance(tree, Index) and recipe.parts[0].node is tree:
                return tr("taken from {source} by its index", source=places.text(tree.value))
            return tr("the same as {cell}", cell=labels[0])
        case "line":
            return tr("every cell of {cells} has a part in it", cells=labels[0])
    if not labels:
        return tr("made by {source}, from no array", source=places.text(tree))
    return tr(
        "every cell of {cells} has a part in it",
        cells=tr(" and ").join(places.text(p.node, alone=True) for p in recipe.parts),
    )
