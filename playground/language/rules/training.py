"""Shapes of what training computes: losses, labels, masks, iterations, windows over images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.rules.learning import at_least, count, single_numbers
from playground.language.rules.shapes import Shaped, broadcast, described, signature_of
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.axes import Axes
    from playground.language.rules.shapes import ShapeRule
    from playground.language.signature import Shape
    from playground.language.values import Value


def compared(first: str, second: str) -> ShapeRule:
    """Make the rule of a loss that compares cell with cell and averages.

    It is stricter than broadcasting: (n,) with (n, 1) would compare every cell with every other.
    """

    def rule(arguments: Arguments) -> Shaped:
        single_numbers(arguments, "delta")
        values = [arguments.array(first), arguments.array(second)]
        whole = broadcast(values, arguments.axes, arguments.shown).shape
        if not any(_same(whole, signature_of(value).shape) for value in values):
            raise Mistake(
                "loss-shapes",
                tr("{function} compares cell with cell, but {a} and {b} would be stretched to every pair.",
                   function=arguments.shown, a=described(values[0]), b=described(values[1])),
                tr("Give both the same shape, for example with .ravel()."),
            )  # fmt: skip
        return Shaped(())

    return rule


def summed(arguments: Arguments) -> Shaped:
    """Shape of a penalty: one number."""
    arguments.array("x")
    return Shaped(())


def _same(first: Shape, second: Shape) -> bool:
    return len(first) == len(second) and all(
        a is None or b is None or a == b for a, b in zip(first, second, strict=True)
    )


# -- labels ------------------------------------------------------------------------------------------------------


def whole_numbers(arguments: Arguments, name: str) -> Value:
    """Give an argument that holds whole numbers; raises ``Mistake`` for any other dtype."""
    value = arguments.array(name)
    if signature_of(value).dtype.kind not in "iu":
        raise Mistake(
            "dtype",
            tr("{name} of {function} must be whole numbers, not {dtype}.",
               name=name, function=arguments.shown, dtype=signature_of(value).dtype),
            tr("Convert first: .astype(int)."),
            span=value.span,
        )  # fmt: skip
    return value


def labelled(scores: str, *, likelihoods: bool = False, whole: bool = True) -> ShapeRule:
    """Make the rule of a loss of ``scores``, the classes along the last axis, and one label for each row of them.

    ``likelihoods`` allows labels of the shape of the scores, ``whole`` asks for labels of whole numbers.
    """

    def rule(arguments: Arguments) -> Shaped:
        value, labels = at_least(arguments, scores, 1), arguments.array("labels")
        shape, own = signature_of(value).shape, signature_of(labels).shape
        if likelihoods and len(own) == len(shape):
            _check_labels(arguments, value, labels, shape)
            return Shaped(())
        if whole:
            whole_numbers(arguments, "labels")
        _check_labels(arguments, value, labels, shape[:-1])
        if shape[-1] == 0 and 0 not in own:
            raise Mistake("empty", tr("{scores} has no classes.", scores=described(value)), span=value.span)
        return Shaped(())

    return rule


def _check_labels(arguments: Arguments, scores: Value, labels: Value, wanted: Shape) -> None:
    if not _same(signature_of(labels).shape, wanted):
        raise Mistake(
            "labels",
            tr("{function} needs one label for each row of {scores}; {labels} doesn't fit.",
               function=arguments.shown, scores=described(scores), labels=described(labels)),
            tr("The classes stand along the last axis, the labels have all axes before it."),
        )  # fmt: skip


def one_hot(arguments: Arguments) -> Shaped:
    """Shape of ``one_hot``: a row of zeros and a one for each label."""
    labels, classes = whole_numbers(arguments, "labels"), count(arguments, "num_classes", 1)
    shape = (*signature_of(labels).shape, classes)
    check_size(shape)
    return Shaped(shape, labels.axes + arguments.axes.fresh(1))


def dropped(arguments: Arguments) -> Shaped:
    """Shape of ``dropout``: its argument's."""
    single_numbers(arguments, "p")
    count(arguments, "seed")
    share = arguments.values["p"].constant if "p" in arguments.values else 0
    if isinstance(share, (int, float)) and not 0 <= share <= 1:
        raise Mistake(
            "argument",
            tr("p of dropout is how likely a cell becomes 0: a number from 0 to 1."),
            tr("For example dropout(x, 0.5)."),
            span=arguments.values["p"].span,
        )
    value = arguments.array("x")
    return Shaped(signature_of(value).shape, value.axes)


def embedded(arguments: Arguments) -> Shaped:
    """Shape of ``embedding``: a row of the table for each index."""
    indices, table = whole_numbers(arguments, "indices"), at_least(arguments, "table", 1)
    own, rows = signature_of(indices).shape, signature_of(table).shape
    if rows[0] == 0 and 0 not in own:
        raise Mistake("empty", tr("{table} has no rows to take.", table=described(table)), span=table.span)
    shape = own + rows[1:]
    check_size(shape)
    return Shaped(shape, indices.axes + table.axes[1:])


def grid(rows: str, columns: str) -> ShapeRule:
    """Make the rule of a new matrix of so many rows and columns."""

    def rule(arguments: Arguments) -> Shaped:
        shape = (count(arguments, rows), count(arguments, columns))
        check_size(shape)
        return Shaped(shape)

    return rule


# -- iterations --------------------------------------------------------------------------------------------------


def orthonormal(arguments: Arguments) -> Shaped:
    """Shape of ``gram_schmidt``: its argument's; more columns than rows can't be independent."""
    value = at_least(arguments, "A", 2)
    rows, columns = signature_of(value).shape[-2:]
    if rows is not None and columns is not None and columns > rows:
        raise Mistake(
            "argument",
            tr("{A} has more columns than rows, so that they can't be independent.", A=described(value)),
            tr("gram_schmidt works on the columns; perhaps {A}.mT is meant.", A=value.text),
            span=value.span,
        )
    return Shaped(signature_of(value).shape, value.axes)


def iterated(arguments: Arguments) -> tuple[Shaped, Shaped]:
    """Shapes of ``power_iteration``: an eigenvalue and an eigenvector for each square matrix."""
    value = at_least(arguments, "A", 2)
    count(arguments, "steps")
    shape = signature_of(value).shape
    rows, columns = shape[-2:]
    if rows is not None and columns is not None and rows != columns:
        raise Mistake(
            "square", tr("{function} needs a square matrix, not {A}.", function=arguments.shown, A=described(value)),
            span=value.span,
        )  # fmt: skip
    if 0 in (rows, columns):
        raise Mistake("empty", tr("A matrix without cells has no eigenvalue."), span=value.span)
    arguments.axes.unite(value.axes[-2], value.axes[-1])
    return Shaped(shape[:-2], value.axes[:-2]), Shaped(shape[:-1], value.axes[:-1])


# -- windows -----------------------------------------------------------------------------------------------------


def slid(ndim: int) -> ShapeRule:
    """Make the rule of a convolution over the last ``ndim`` axes, only where the kernel lies inside ("valid")."""

    def rule(arguments: Arguments) -> Shaped:
        value, kernel = at_least(arguments, "x", ndim), arguments.array("kernel")
        shape, window = signature_of(value).shape, signature_of(kernel).shape
        if len(window) != ndim:
            raise Mistake(
                "ndim",
                tr("{function} needs a kernel with as many axes as it slides along ({n}), not {kernel}.",
                   function=arguments.shown, n=ndim, kernel=described(kernel)),
                span=kernel.span,
            )  # fmt: skip
        if 0 in window:
            raise Mistake("empty", tr("{kernel} has no cells.", kernel=described(kernel)), span=kernel.span)
        sizes = [None if a is None or b is None else a - b + 1 for a, b in zip(shape[-ndim:], window, strict=True)]
        if any(size is not None and size < 1 for size in sizes):
            raise Mistake(
                "window", tr("{kernel} is larger than {x}.", kernel=described(kernel), x=described(value)),
                span=kernel.span,
            )  # fmt: skip
        return _windowed(arguments, value, tuple(sizes))

    return rule


def pooled(arguments: Arguments) -> Shaped:
    """Shape of ``max_pool2d`` and ``avg_pool2d``: tiles of ``size`` by ``size`` cells, what is left over left out."""
    value, size = at_least(arguments, "x", 2), count(arguments, "size", 1)
    shape = signature_of(value).shape
    return _windowed(arguments, value, tuple(None if s is None else s // size for s in shape[-2:]))


def _windowed(arguments: Arguments, value: Value, sizes: Shape) -> Shaped:
    kept = len(value.axes) - len(sizes)
    new: Axes = arguments.axes.fresh(len(sizes))
    return Shaped(signature_of(value).shape[:kept] + sizes, value.axes[:kept] + new)
