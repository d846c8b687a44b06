"""How long what is being computed will take: from its operations, and what this machine was seen to reach. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.engine.protocol import Result

if TYPE_CHECKING:
    from playground.session.snapshot import Snapshot


class Estimates:
    """Learns from every result what a formula reaches, and from measurements what a device reaches."""

    def __init__(self) -> None:
        self._of_formula: dict[tuple[object, ...], float] = {}
        self._of_device: dict[tuple[object, ...], float] = {}

    def learn(self, snapshot: Snapshot) -> None:
        """Look at what has been computed and measured."""
        for name, state in snapshot.results.items():
            if state.current and isinstance(state.result, Result) and state.result.timing.gflops is not None:
                source = snapshot.workspace.formulas.get(name)
                self._of_formula[(source, *snapshot.manner)] = state.result.timing.gflops * 1e9
        measured = snapshot.measured
        if measured is None:
            return
        if measured.timing.gflops is not None:
            source = snapshot.workspace.formulas.get(measured.name)
            self._of_formula[(source, *snapshot.manner)] = measured.timing.gflops * 1e9
        if measured.peak is not None and measured.peak.gflops is not None:
            self._of_device[snapshot.manner] = measured.peak.gflops * 1e9

    def seconds(self, snapshot: Snapshot) -> float | None:
        """How long everything that isn't there yet takes; None where nothing tells.

        A formula is taken to reach what it reached before, with other sizes too, and one that is new what a large
        product reaches here.
        """
        from playground.compute.plan import plan  # asked for by long waits only

        total = 0.0
        for name in snapshot.analysis.order:
            state = snapshot.results.get(name)
            if state is not None and (state.current or state.failure is not None):
                continue
            flops = plan(snapshot.analysis.meanings[name].inference).flops
            source = snapshot.workspace.formulas.get(name)
            rate = self._of_formula.get((source, *snapshot.manner)) or self._of_device.get(snapshot.manner)
            if flops is None or (flops and rate is None):
                return None
            total += flops / rate if rate else 0.0
        return total or None
