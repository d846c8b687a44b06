"""Explains cells where the data is: computes the parts of a formula that an explanation looks into, and keeps some."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np

from playground.compute.outcome import Failure
from playground.explain.why import why
from playground.language.nodes import Name
from playground.language.signature import Signature
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playground.engine.evaluation import Evaluation
    from playground.engine.store import Store
    from playground.explain.why import Why
    from playground.language.infer import Inference
    from playground.language.nodes import Node

_KEPT_BYTES = 64 << 20
"""Parts of formulas kept for the next click, all together."""

_PartKey = tuple[str, str, tuple[tuple[str, str], ...]]
"""Text of the part, device and precision, names of the formula's operands with their keys."""


class _PartFailedError(Exception):
    """A part could not be computed; ``failure`` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class Explainer:
    """Explains cells of formulas over the arrays of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._parts: OrderedDict[_PartKey, np.ndarray] = OrderedDict()

    def why(self, evaluation: Evaluation, cell: tuple[int, ...]) -> Why | Failure:
        """Explain one cell; a Failure where the formula has no such cell, or a part of it can't be computed."""
        inference = evaluation.infer()
        if inference.problems:
            return evaluation.failure_of(inference)
        shape = self._shape(evaluation, inference)
        if len(cell) != len(shape) or not all(0 <= place < size for place, size in zip(cell, shape, strict=True)):
            return Failure("index", tr("The result has no cell {cell}.", cell=list(cell)))
        try:
            return why(inference, cell, lambda node: self._value(node, evaluation), evaluation.request.name)
        except _PartFailedError as error:
            return error.failure

    def _shape(self, evaluation: Evaluation, inference: Inference) -> tuple[int, ...]:
        """Shape of the result: as it is held, or as it was inferred where the sizes are known."""
        key = evaluation.request.result_key
        if key in self._store:
            return tuple(self._store.any_copy(key).shape)
        signature = inference.signature
        if not isinstance(signature, Signature):
            return ()
        return tuple(0 if size is None else size for size in signature.shape)

    def forget(self, keys: Iterable[str]) -> None:
        """Let go of every part that was computed from one of ``keys``."""
        gone = set(keys)
        for part in [part for part in self._parts if any(key in gone for _, key in part[2])]:
            del self._parts[part]

    def _value(self, node: Node, evaluation: Evaluation) -> np.ndarray:
        """Value of one part of the formula on the host."""
        request = evaluation.request
        if isinstance(node, Name):
            held: np.ndarray = evaluation.operand(node.name, "cpu")
            return held
        if node is evaluation.infer().tree and request.result_key in self._store:
            whole: np.ndarray = self._store.on(request.result_key, "cpu")
            return whole
        text = request.source[node.span.start : node.span.end]
        key = (text, f"{request.device} {request.precision}", tuple(request.operands.items()))
        if key not in self._parts:
            self._parts[key] = self._computed(text, evaluation)
        self._parts.move_to_end(key)
        value = self._parts[key]
        while sum(part.nbytes for part in self._parts.values()) > _KEPT_BYTES:
            self._parts.popitem(last=False)
        return value

    def _computed(self, text: str, evaluation: Evaluation) -> np.ndarray:
        computed = evaluation.compute(evaluation.infer(text))
        if isinstance(computed, Failure):
            raise _PartFailedError(computed)
        return np.asarray(evaluation.backend.to_host(computed.value))
