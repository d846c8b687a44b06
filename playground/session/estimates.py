"""How long what is being computed will take: as it took before, or from its operations and what was reached. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.workspace.workspace import operands_of

if TYPE_CHECKING:
    from playground.session.snapshot import Snapshot


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

    def seconds(self, snapshot: Snapshot) -> float | None:
        """How long everything that isn't there yet takes; None where nothing tells.

        A formula is taken to need as long as with the same sizes before; with other sizes to reach what it reached;
        and one that is new to reach what a large product reaches here.
        """
        total = 0.0
        for name in snapshot.analysis.order:
            state = snapshot.results.get(name)
            if state is not None and (state.current or state.failure is not None):
                continue
            seconds = self._took.get(_sizes(snapshot, name)) or self._from_operations(snapshot, name)
            if seconds is None:
                return None
            total += seconds
        return total or None

    def _from_operations(self, snapshot: Snapshot, name: str) -> float | None:
        from playground.compute.planning.plan import plan  # asked for by long waits only

        flops = plan(snapshot.analysis.meanings[name].inference).flops
        source = snapshot.workspace.formulas[name]
        rate = self._of_formula.get((source, *snapshot.manner)) or self._of_device.get(snapshot.manner)
        if flops is None or (flops and rate is None):
            return None
        return flops / rate if rate else 0.0


def _sizes(snapshot: Snapshot, name: str) -> tuple[object, ...]:
    """A formula with the shapes and dtypes of what it uses, and how it is computed."""
    source = snapshot.workspace.formulas[name]
    used = tuple(snapshot.analysis.signatures.get(operand) for operand in operands_of(source))
    return source, used, *snapshot.manner
