"""How long what is being computed will take: as it took before, or from its operations and what was reached. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.compute.planning.steps import ORDERED
from playground.record import Record
from playground.workspace.workspace import operands_of

if TYPE_CHECKING:
    from playground.compute.planning.steps import Plan
    from playground.session.snapshot import Snapshot

_PRODUCTS: Final = frozenset(
    {
        "op:@", ORDERED, "matmul", "linalg.matmul", "dot", "inner", "tensordot", "linalg.tensordot", "einsum",
        "linalg.multi_dot", "linalg.matrix_power",
    }
)  # fmt: skip
"""Steps that reach what a large product does; factorizations reach a tenth of it or half, sorting next to nothing."""


class Expected(Record):
    """How long something takes.

    Attributes
    ----------
    seconds
        As long as is known.
    at_least
        Whether it takes longer rather than shorter: the operations are counted, and how fast they go isn't known.
    """

    seconds: float
    at_least: bool = False


class Estimates:
    """Learns from every result what a formula takes and reaches, and from measurements what a device reaches."""

    def __init__(self) -> None:
        self._took: dict[tuple[object, ...], float] = {}
        self._of_formula: dict[tuple[object, ...], float] = {}
        self._of_device: dict[tuple[object, ...], float] = {}

    def learn(self, snapshot: Snapshot) -> None:
        """Look at what has been computed and measured."""
        sources, manner = snapshot.workspace.formulas, snapshot.manner
        for name, state in snapshot.results.items():
            if state.current and state.result is not None and name in sources:
                timing = state.result.timing
                self._took[_sizes(snapshot, name)] = timing.total_s
                if timing.gflops is not None:
                    self._of_formula[(sources[name], *manner)] = timing.gflops * 1e9
        measured = snapshot.measured
        if measured is None:
            return
        if measured.timing.gflops is not None:
            self._of_formula[(sources.get(measured.name), *manner)] = measured.timing.gflops * 1e9
        if measured.peak is not None and measured.peak.gflops is not None:
            self._of_device[manner] = measured.peak.gflops * 1e9

    def expected(self, snapshot: Snapshot) -> Expected | None:
        """How long everything that isn't there yet takes; None where nothing tells.

        A formula is taken to need as long as with the same sizes before; with other sizes to reach what it reached;
        and one that is new to reach what a large product reaches here, if it consists of products, or less.
        """
        total, at_least = 0.0, False
        for name in snapshot.analysis.order:
            state = snapshot.results.get(name)
            if state is not None and (state.current or state.failure is not None):
                continue
            took = self._took.get(_sizes(snapshot, name))
            found = self._from_operations(snapshot, name) if took is None else Expected(took)
            if found is None:
                return None
            total, at_least = total + found.seconds, at_least or found.at_least
        return Expected(total, at_least) if total else None

    def _from_operations(self, snapshot: Snapshot, name: str) -> Expected | None:
        from playground.compute.planning.plan import plan  # asked for by long waits only

        planned = plan(snapshot.analysis.meanings[name].inference)
        if not planned.flops:
            return None if planned.flops is None else Expected(0.0)
        reached = self._of_formula.get((snapshot.workspace.formulas[name], *snapshot.manner))
        if reached:
            return Expected(planned.flops / reached)
        best = self._of_device.get(snapshot.manner)
        return Expected(planned.flops / best, not _is_of_products(planned)) if best else None


def _is_of_products(planned: Plan) -> bool:
    """Whether most of the operations are those of products."""
    counted = [(step.target in _PRODUCTS, step.flops or 0) for step in planned.steps]
    return 2 * sum(count for is_product, count in counted if is_product) >= sum(count for _, count in counted)


def _sizes(snapshot: Snapshot, name: str) -> tuple[object, ...]:
    """A formula with the shapes and dtypes of what it uses, and how it is computed."""
    source = snapshot.workspace.formulas[name]
    used = tuple(snapshot.analysis.signatures.get(operand) for operand in operands_of(source))
    return source, used, *snapshot.manner
