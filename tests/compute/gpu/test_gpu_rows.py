"""The books of parity: every row runs on the device in some parity test, or says why there is none for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playground.compute.cpu.device import NumpyBackend
from playground.compute.functions.targets import why_not_on_gpu
from playground.compute.outcome import Failure
from playground.compute.planning.plan import plan
from playground.language.functions import FUNCTIONS
from tests.compute import formulas_tables, pretended_cupy
from tests.compute.formulas import FORMULAS, MORE_FORMULAS, check_close, inferred, run, unfolded, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.compute.planning.steps import Plan

CPU = NumpyBackend()

ON_GPU = [name for name, row in FUNCTIONS.items() if row.cupy_target is not None]

NEVER_RUN = {"ndim"}
"""Known from the shape alone, so that no device is ever asked."""


def targets(made: Plan) -> Iterator[str]:
    for step in made.steps:
        yield step.target
        yield from (inner.target for inner in step.inner)


def test_every_row_of_the_gpu_is_run_by_a_parity_test() -> None:
    ran: set[str] = set()
    with unfolded():
        for source in [*FORMULAS, *MORE_FORMULAS, *(FUNCTIONS[name].example for name in ON_GPU)]:
            ran.update(targets(plan(inferred(source))))
        for source in formulas_tables.TABLE_FORMULAS:
            if source not in formulas_tables.CPU_ONLY:
                ran.update(targets(plan(inferred(source, formulas_tables.OPERANDS))))
    assert {name for name in ON_GPU if name not in ran} == NEVER_RUN


@pytest.mark.parametrize("name", ON_GPU)
def test_each_row_runs_on_a_pretended_device(name: str) -> None:
    source = FUNCTIONS[name].example
    with unfolded():
        check_close(value_of(source, pretended_cupy.backend()), value_of(source, CPU))


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in ON_GPU])
def test_a_row_without_the_gpu_says_why(name: str) -> None:
    assert why_not_on_gpu(name)
    with unfolded():
        outcome = run(FUNCTIONS[name].example, pretended_cupy.backend())
    assert isinstance(outcome, Failure)
    assert outcome.kind == "not-on-device"
    assert why_not_on_gpu(name) in outcome.message


def test_no_reason_is_left_of_a_row_that_has_come_to_the_gpu() -> None:
    assert not [name for name in ON_GPU if why_not_on_gpu(name)]
