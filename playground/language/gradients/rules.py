"""The rule for the gradient of every function that has one, by name; `Function.gradient` reads it here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.gradients import (
    cells,
    choosing,
    decompositions,
    indexing,
    joining,
    layout,
    learning,
    linalg,
    order,
    pooling,
    products,
    reductions,
    running,
    sampled,
    sliding,
    softmax,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.gradients.operation import Rule

RULES: Final[Mapping[str, Rule]] = {
    **cells.RULES,
    **reductions.RULES,
    **running.RULES,
    **sliding.RULES,
    **order.RULES,
    **layout.RULES,
    **indexing.RULES,
    **joining.RULES,
    **products.RULES,
    **linalg.RULES,
    **decompositions.RULES,
    **learning.RULES,
    **softmax.RULES,
    **pooling.RULES,
    **choosing.RULES,
    **sampled.RULES,
}
"""Also of what is no function of the table: ``T``, ``mT``, ``"[]"`` (an index), ``"list"`` (a list of arrays)."""
