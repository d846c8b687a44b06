"""Shapes of reductions that may pass over cells (``where=``) and start from a value (``initial=``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.language.mistake import Mistake
from playground.language.rules.dtypes import check_fits
from playground.language.rules.layout import check_broadcast_to
from playground.language.rules.shapes import Shaped, described, reduced, signature_of
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.rules.shapes import ShapeRule
    from playground.language.values import Value


def reduced_where(parameter: str = "a", *, identity: bool = True, lenient: bool = True) -> ShapeRule:
    """Make the rule of a reduction of ``parameter`` with ``where=``, and ``initial=`` where its row has it.

    ``identity`` and ``lenient`` are those of ``shapes.reduced``. Without an identity no cells, and a choice of cells,
    need ``initial=``.
    """
    of_none = reduced(parameter, identity=False, lenient=lenient)
    of_some, of_any = (reduced(parameter, identity=known, lenient=lenient) for known in (identity, True))

    def rule(arguments: Arguments) -> Shaped:
        values = arguments.values
        started = "initial" in values and arguments.given("initial")
        masked = "where" in values and _is_masked(arguments, parameter)
        known = identity and (started or "initial" not in values)  # initial=None takes the identity away
        if masked and not known and not started:
            raise Mistake(
                "argument",
                tr("{function} of chosen cells needs to know what it gives where none is chosen.",
                   function=arguments.shown),
                tr("Add initial=, such as initial=0."),
                span=values["where"].span,
            )  # fmt: skip
        if started:
            _check_initial(arguments)
        if "correction" in values:
            _check_correction(arguments)
        found = (of_any if started else of_some if known else of_none)(arguments)
        assert isinstance(found, Shaped)
        return found

    return rule


def _is_masked(arguments: Arguments, parameter: str) -> bool:
    """Tell whether ``where`` chooses; raises ``Mistake`` where it isn't truths, or doesn't stretch to the array."""
    where = arguments.values["where"]
    if where.constant is True:
        return False
    if where.constant is None:
        raise Mistake("argument", tr("where of {function} is a truth for each cell.", function=arguments.shown),
                      tr("Leave it out to take all cells."), span=where.span)  # fmt: skip
    mask, value = arguments.array("where"), arguments.array(parameter)
    signature = signature_of(mask)
    if signature.dtype != np.bool_ and not signature.weak:
        raise Mistake(
            "dtype",
            tr("where of {function} is truths; {mask} holds {dtype}.",
               function=arguments.shown, mask=described(mask), dtype=signature.dtype),
            tr("Compare, such as {mask} != 0.", mask=mask.text),
            span=where.span,
        )  # fmt: skip
    check_broadcast_to(mask, signature.shape, signature_of(value).shape)
    _unite(arguments, mask, value)
    return True


def _unite(arguments: Arguments, mask: Value, value: Value) -> None:
    sizes, whole = signature_of(mask).shape, signature_of(value).shape
    for place in range(-len(sizes), 0):
        if sizes[place] == whole[place]:
            arguments.axes.unite(mask.axes[place], value.axes[place])


def _check_correction(arguments: Arguments) -> None:
    """Raise ``Mistake`` where ``correction``, the newer word for ``ddof``, isn't one number, or both are given."""
    correction = arguments.array("correction")
    if signature_of(correction).ndim or signature_of(correction).dtype.kind == "c":
        raise Mistake("argument", tr("correction of {function} is one number.", function=arguments.shown),
                      span=correction.span)  # fmt: skip
    if "ddof" in arguments.values and arguments.values["ddof"].constant != 0:
        raise Mistake("argument", tr("{function} takes ddof or correction, not both.", function=arguments.shown),
                      span=correction.span)  # fmt: skip


def _check_initial(arguments: Arguments) -> None:
    """Raise ``Mistake`` where ``initial`` isn't one number that the result can hold."""
    initial = arguments.array("initial")
    signature, dtype = signature_of(initial), arguments.function.dtype(arguments)
    assert isinstance(dtype, np.dtype)
    if signature.ndim:
        raise Mistake("argument", tr("initial of {function} is one number.", function=arguments.shown),
                      span=initial.span)  # fmt: skip
    if signature.dtype.kind == "c" and dtype.kind not in "cb":
        raise Mistake(
            "dtype",
            tr("{function} gives {dtype}, which holds no complex number to start from.",
               function=arguments.shown, dtype=dtype),
            span=initial.span,
        )  # fmt: skip
    check_fits(initial, dtype)


def cumulative(arguments: Arguments) -> Shaped:
    """Shape of ``cumulative_sum`` and ``cumulative_prod``: the array's own, one longer with ``include_initial``."""
    value = arguments.array("x")
    shape = signature_of(value).shape or (1,)
    if len(shape) > 1 and not arguments.given("axis"):
        raise Mistake(
            "missing-argument",
            tr("{function} of {operand} needs its axis.", function=arguments.shown, operand=described(value)),
            tr("Add axis=0."),
            span=value.span,
        )
    axis = arguments.axis("axis", len(shape)) if arguments.given("axis") else 0
    axes = value.axes or arguments.axes.fresh(1)
    if not arguments.flag("include_initial"):
        return Shaped(shape, axes)
    size = shape[axis]
    longer = (*shape[:axis], None if size is None else size + 1, *shape[axis + 1 :])
    return Shaped(longer, (*axes[:axis], *arguments.axes.fresh(1), *axes[axis + 1 :]))
