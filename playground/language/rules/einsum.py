"""Shape, dtype and operations of ``einsum``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.language.arguments import check_size
from playground.language.mistake import Mistake
from playground.language.rules.dtypes import promoted_strong
from playground.language.rules.shapes import Shaped, described, signature_of
from playground.language.subscripts import Label, Subscripts, cost, read
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.signature import Signature
    from playground.language.values import Value


class _Axis(Record):
    """The axis that a label's size comes from: its operand, that one's number, which axis, its size and number."""

    operand: Value
    place: int
    axis: int
    size: int | None
    number: int


def _operands(arguments: Arguments) -> list[Value]:
    return arguments.arrays("operands") if "operands" in arguments.values else []


def _subscripts(arguments: Arguments) -> Subscripts:
    text = arguments.constant("subscripts")
    if not isinstance(text, str):
        raise Mistake("argument", tr("einsum begins with its letters, such as 'ij,jk->ik'."))
    operands = _operands(arguments)
    try:
        return read(text, [signature_of(value).ndim for value in operands])
    except Mistake as mistake:
        # Only here is it known what the person calls the operand, and where it stands.
        if not mistake.clash:
            raise
        operand = operands[mistake.clash[0][0] - 1]
        raise Mistake(
            mistake.kind, mistake.message, mistake.hint or tr("It is {operand}.", operand=described(operand)),
            span=operand.span,
        ) from None  # fmt: skip


def einsum(arguments: Arguments) -> Shaped:
    """Shape of ``einsum``, read from its letters; axes with the same letter become the same."""
    arguments.choice("optimize", (False, True, "greedy", "optimal"))
    subscripts = _subscripts(arguments)
    axes = _axes(arguments, subscripts)
    shape = tuple(axes[label].size for label in subscripts.result)
    check_size(shape)
    return Shaped(shape, tuple(axes[label].number for label in subscripts.result))


def _axes(arguments: Arguments, subscripts: Subscripts) -> dict[Label, _Axis]:
    known: dict[Label, _Axis] = {}
    for place, (term, operand) in enumerate(zip(subscripts.terms, _operands(arguments), strict=True)):
        own: dict[Label, _Axis] = {}
        for axis, (label, size) in enumerate(zip(term, signature_of(operand).shape, strict=True)):
            found = _Axis(operand, place, axis, size, operand.axes[axis])
            own[label] = _agreed(arguments, label, own.get(label), found)
        for label, found in own.items():
            known[label] = _agreed(arguments, label, known.get(label), found)
    return known


def _agreed(arguments: Arguments, label: Label, first: _Axis | None, second: _Axis) -> _Axis:
    """Give the axis that decides a label's size; raises ``Mistake`` where two disagree. A size of 1 stretches."""
    if first is None:
        return second
    a, b = first.size, second.size
    stretches = 1 in (a, b) and first.place != second.place
    if a is not None and b is not None and a != b and not stretches:
        raise _disagreement(label, first, second)
    if a == b or None in (a, b):
        arguments.axes.unite(first.number, second.number)
    return second if a in (1, None) and b != 1 and b is not None else first


def _disagreement(label: Label, first: _Axis, second: _Axis) -> Mistake:
    where = (
        tr("The letter {letter} stands for axis {i} of {left} and axis {j} of {right}, of sizes {a} and {b}.",
           letter=label, i=first.axis, left=described(first.operand), a=first.size,
           j=second.axis, right=described(second.operand), b=second.size)
        if isinstance(label, str)
        else tr("The three dots line up axis {i} of {left} with axis {j} of {right}, of sizes {a} and {b}.",
                i=first.axis, left=described(first.operand), a=first.size,
                j=second.axis, right=described(second.operand), b=second.size)
    )  # fmt: skip
    return Mistake(
        "einsum",
        where,
        tr("Equal letters need equal sizes.") if isinstance(label, str) else tr("Only equal sizes or a 1 fit."),
        span=second.operand.span,
        clash=((first.place + 1, first.axis), (second.place + 1, second.axis)),
    )


def einsum_dtype(arguments: Arguments) -> np.dtype:
    """Dtype of ``einsum``: what the operands have in common, or ``dtype`` where it is given and holds that."""
    common = promoted_strong(_operands(arguments))
    given = arguments.dtype("dtype")
    if given is not None and not np.can_cast(common, given, "safe"):
        raise Mistake(
            "dtype",
            tr("einsum adds up in a dtype that holds its operands; {dtype} doesn't hold {common}.",
               dtype=given, common=common),
            span=arguments.values["dtype"].span,
        )  # fmt: skip
    return given or common


def einsum_flops(arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    """Operations of ``einsum``, its operands multiplied in pairs; None where the data decides a size."""
    subscripts = _subscripts(arguments)
    sizes = {label: axis.size for label, axis in _axes(arguments, subscripts).items()}
    known = {label: size for label, size in sizes.items() if size is not None}
    return None if len(known) < len(sizes) else cost(subscripts, known).flops
