"""Mended formulas for a problem: each is inferred first, and only what then fits is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem


def repaired(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Problem:
    """Give ``problem`` with its repairs, likeliest first."""
    return problem
