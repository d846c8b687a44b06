"""Slots in order, released as early as can be, and the memory that they take at most."""

from __future__ import annotations

import numpy as np

from playground.compute.planning.lifetimes import Constant, Operand, Operation, Reference, arrange
from playground.language.problems import Span
from playground.language.signature import Signature

MEGA = Signature((1000, 1000), np.dtype(np.float64))
BYTES = 8_000_000


def call(target: str, *arguments: int, signature: Signature = MEGA, flops: int | None = 1) -> Operation:
    return Operation(target, arguments, (), Span(0, 1), target, signature, flops)


def test_a_chain_holds_two_at_once() -> None:
    references: list[Reference] = [Operand("A"), call("unary:-", 0), call("unary:-", 1), call("unary:-", 2)]
    plan = arrange("---A", references, 3, MEGA)
    assert [step.releases for step in plan.steps] == [(), (1,), (2,)]
    assert plan.peak_bytes == 2 * BYTES
    assert plan.flops == 3


def test_what_is_not_needed_is_left_out() -> None:
    references: list[Reference] = [Operand("A"), Operand("B"), call("unary:-", 1), Constant(2), call("op:*", 3, 0)]
    plan = arrange("2 * A", references, 4, MEGA)
    assert plan.names == ("A",)
    assert plan.constants == (2,)
    assert [step.arguments for step in plan.steps] == [(1, 0)]
    assert plan.result == 2


def test_a_view_keeps_what_it_looks_at() -> None:
    # (-A).T + (-(-A)): the transpose needs the memory of -A until the sum.
    references: list[Reference] = [
        Operand("A"),
        call("unary:-", 0),
        call("attr:T", 1),
        call("unary:-", 1),
        call("op:+", 2, 3),
    ]
    plan = arrange("", references, 4, MEGA)
    assert [step.nbytes for step in plan.steps] == [BYTES, 0, BYTES, BYTES]
    assert plan.steps[2].releases == (1,)
    assert plan.peak_bytes == 3 * BYTES


def test_an_unknown_count_makes_the_sum_unknown() -> None:
    references: list[Reference] = [Operand("A"), call("unary:-", 0), call("linalg.inv", 1, flops=None)]
    plan = arrange("", references, 2, MEGA)
    assert plan.flops is None
    # The negative, its inverse, and LAPACK's copy, workspace and buffer of the result.
    assert plan.peak_bytes == 5 * BYTES


def test_sizes_beyond_every_machine() -> None:
    vast = Signature((10**12, 10**12), np.dtype(np.float64))
    plan = arrange("", [Operand("A"), call("op:@", 0, 0, signature=vast)], 1, vast)
    assert plan.peak_bytes == 8 * 10**24
    assert plan.largest_step() is plan.steps[0]


def test_an_operand_alone_needs_no_steps() -> None:
    plan = arrange("A", [Operand("A")], 0, MEGA)
    assert (plan.steps, plan.result, plan.peak_bytes, plan.flops) == ((), 0, 0, 0)
    assert plan.largest_step() is None
