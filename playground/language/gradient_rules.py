"""The rule for the gradient of every function that has one, by name; `Function.gradient` reads it here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language import (
    gradient_cells,
    gradient_joining,
    gradient_layout,
    gradient_learning,
    gradient_linalg,
    gradient_products,
    gradient_reductions,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.gradient_operation import Rule

RULES: Final[Mapping[str, Rule]] = {
    **gradient_cells.RULES,
    **gradient_reductions.RULES,
    **gradient_layout.RULES,
    **gradient_joining.RULES,
    **gradient_products.RULES,
    **gradient_linalg.RULES,
    **gradient_learning.RULES,
}
"""Also of what is no function of the table: ``T``, ``mT``, ``"[]"`` (an index), ``"list"`` (a list of arrays)."""
