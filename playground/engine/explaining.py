"""Explains cells where the data is: computes of a formula's parts what a cell needs, and keeps what it needs whole."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from playground.compute.outcome import Failure
from playground.explain.narrowed import Narrowing, is_view, lengths, rounds, window_of
from playground.explain.region import Places, index_text
from playground.explain.text import number_text
from playground.explain.why import why
from playground.language.nodes import Name
from playground.language.signature import Signature, TupleSignature
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playground.engine.evaluation import Evaluation
    from playground.engine.store import Store
    from playground.explain.narrowed import Window
    from playground.explain.recipe import Part
    from playground.explain.why import Joining, Why
    from playground.language.infer import Inference
    from playground.language.nodes import Node

_KEPT_BYTES = 64 << 20
"""Parts of formulas kept for the next click, beside those that the last one needed."""

_QUICK = 1 << 21
"""Operations up to which a part is computed as a whole: that takes less than to think about what of it is needed."""

_DEAREST = 32
"""Operations of a decomposition of n × n cells, in n³."""

_JOININGS: dict[Joining, str] = {"sum": "sum({})", "squares": "sum(abs({}) ** 2)", "prod": "prod({})"}


class _PartFailedError(Exception):
    """A part could not be computed; ``failure`` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class Explainer:
    """Explains cells of formulas over the arrays of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._parts: dict[str, frozenset[str]] = {}  # keys of what is kept, the latest last, with those it is made of

    def why(self, evaluation: Evaluation, cell: tuple[int, ...]) -> Why | Failure:
        """Explain one cell; a Failure where the formula has no such cell, or a part of it can't be computed.

        What is said of the cell's value is read from the result where that is held. The parts are computed for this
        cell alone; a sum's last digits may differ by that. Where it shows in the cell, they are computed as a whole.
        """
        inference = evaluation.infer()
        if inference.problems:
            return evaluation.failure_of(inference)
        shape = self._shape(evaluation, inference)
        if len(cell) != len(shape) or not all(0 <= place < size for place, size in zip(cell, shape, strict=True)):
            return Failure("index", tr("The result has no cell {cell}.", cell=list(cell)))
        parts = _Parts(self._store, self._parts, evaluation)
        try:
            found = why(inference, cell, parts, evaluation.request.name)
            if not parts.agree(cell, found.value_text):
                parts = _Parts(self._store, self._parts, evaluation, narrowed=False)
                found = why(inference, cell, parts, evaluation.request.name)
        except _PartFailedError as error:
            return error.failure
        finally:
            self._let_go(parts.used)
        return found

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
        gone = frozenset(keys)
        self._drop([part for part, sources in self._parts.items() if sources & gone])

    def _let_go(self, used: set[str]) -> None:
        """Drop the oldest of what the last explanation had no use for, until little is kept."""
        for part in [part for part in self._parts if part not in self._store]:
            del self._parts[part]
        nbytes = {part: self._store.any_copy(part).nbytes for part in self._parts}
        for part in [part for part in nbytes if part not in used]:
            if sum(nbytes.values()) <= _KEPT_BYTES:
                return
            del nbytes[part]
            self._drop([part])

    def _drop(self, parts: Iterable[str]) -> None:
        for part in parts:
            del self._parts[part]
            self._store.drop([part])


class _Parts:
    """The values of one formula's parts, for one explanation; on a device only what is looked at leaves it.

    Parameters
    ----------
    kept
        Keys of the parts that the store keeps, and the keys of what each is made of; it is added to.
    narrowed
        Whether parts may be computed for some of their cells only.
    """

    def __init__(
        self, store: Store, kept: dict[str, frozenset[str]], evaluation: Evaluation, *, narrowed: bool = True
    ) -> None:
        inference = evaluation.infer()
        assert inference.tree is not None
        self.used: set[str] = set()
        self._store = store
        self._kept = kept
        self._evaluation = evaluation.also_of({})
        self._names: dict[str, str] = {}
        self._request = evaluation.request
        self._inference = inference
        self._tree = inference.tree
        self._places = Places(inference)
        self._narrowing = Narrowing(self._places, self._whole_text)
        self._narrowed = narrowed
        self._rounded = False

    def count(self, part: Part) -> int:
        """How many cells a part has; as `Values` wants it."""
        return math.prod(lengths(window_of(self._actual_shape(part.node), part.where)))

    def cells(self, part: Part, first: int | None = None) -> np.ndarray:
        """Values of a part's cells, or of the first of them; as `Values` wants it."""
        window = window_of(self._actual_shape(part.node), part.where, first)
        return self._values(part.node, window).reshape(-1)[:first]

    def joined(self, part: Part, start: int, how: Joining) -> object:
        """What a part's cells come to from ``start`` on, computed where they are; as `Values` wants it."""
        if self._is_narrow(part.node):
            text = self._narrowing.text(part.node, window_of(self._actual_shape(part.node), part.where))
        else:
            text = f"({self._whole_text(part.node)}){index_text(part.where)}"
        joined = self._computed(_JOININGS[how].format(f"ravel({text})[{start}:]"))
        value: object = self._evaluation.backend.to_host(joined)
        return value

    def agree(self, cell: tuple[int, ...], value_text: str) -> bool:
        """Whether the parts as they were computed give what is said of the result's cell."""
        if not self._rounded or self._request.result_key not in self._store:
            return True
        again = self._narrowed_values(self._tree, tuple((at, at + 1) for at in cell))
        return again is not None and number_text(again.reshape(-1)[0]) == value_text

    def _actual_shape(self, node: Node) -> tuple[int, ...]:
        """Shape of a part; of one whose sizes only the data decides once it is computed."""
        shape = self._places.shape_of(node)
        if shape is not None and None not in shape:
            return tuple(size for size in shape if size is not None)
        return tuple(self._store.any_copy(self._held(node)).shape)

    def _values(self, node: Node, window: Window) -> np.ndarray:
        """Cells of a part on the host, from where the part is held, or computed for them alone."""
        if self._is_narrow(node):
            found = self._narrowed_values(node, window)
            if found is not None:
                self._rounded = self._rounded or rounds(node)
                return found
        values = self._store.cells(self._held(node), tuple(slice(*ends) for ends in window))
        signature = self._signature(node)
        if isinstance(node, Name) and signature is not None:
            return values.astype(signature.dtype, copy=False)  # operands are held as they were put
        return values

    def _narrowed_values(self, node: Node, window: Window) -> np.ndarray | None:
        """Compute some cells of a part; None where that can't be done or would not give the part's own cells."""
        inference = self._evaluation.infer(self._narrowing.text(node, window))
        own, found = self._signature(node), inference.signature
        if (
            own is None
            or not isinstance(found, Signature)
            or (found.shape, found.dtype) != (lengths(window), own.dtype)
        ):
            return None
        computed = self._evaluation.compute(inference)
        if isinstance(computed, Failure):
            if computed.kind == "cancelled":
                raise _PartFailedError(computed)
            return None
        return np.asarray(self._evaluation.backend.to_host(computed.value))

    def _is_narrow(self, node: Node) -> bool:
        """Whether a part isn't there, and takes long enough to be computed for some cells only."""
        if not self._narrowed or is_view(node) or self._is_result(node) or self._key(node) in self._store:
            return False
        shape = self._places.shape_of(node)
        return shape is not None and None not in shape and not self._is_quick(node)

    def _is_quick(self, node: Node) -> bool:
        work = 0
        for step in self._inference.steps:
            if step.span.start < node.span.start or step.span.end > node.span.end or is_view(step.node):
                continue
            several = step.signature.items if isinstance(step.signature, TupleSignature) else (step.signature,)
            sizes = [0 if signature is None else signature.size for signature in several]
            if None in sizes:
                return False
            size = sum(size or 0 for size in sizes)
            # What nobody can foresee is at most some decomposition of a matrix.
            work += max(step.flops if step.flops is not None else _DEAREST * math.isqrt(size) ** 3, size)
        return work <= _QUICK

    def _is_result(self, node: Node) -> bool:
        return node is self._tree and self._request.result_key in self._store

    def _signature(self, node: Node) -> Signature | None:
        signature = next((step.signature for step in self._inference.steps if step.node is node), None)
        return signature if isinstance(signature, Signature) else None

    def _whole_text(self, node: Node) -> str:
        """Text that a part is computed from as a whole: its own, or the name of its value where that takes long."""
        text = self._places.text(node, alone=True)
        if is_view(node) or self._is_quick(node):
            return text
        key = self._held(node)
        if key not in self._names:
            name = f"part{len(self._names)}"
            while name in self._request.source:
                name += "_"
            self._names[key] = name
            self._evaluation = self._evaluation.also_of({name: key})
        return self._names[key]

    def _held(self, node: Node) -> str:
        """Key of a part's value as a whole, which is computed if need be."""
        if isinstance(node, Name) and node.name in self._request.operands:
            return self._request.operands[node.name]
        if self._is_result(node):
            return self._request.result_key
        key, backend = self._key(node), self._evaluation.backend
        self.used.add(key)
        if key not in self._store:
            value = self._computed(self._places.text(node, alone=True))
            with backend.session():
                self._store.keep_spare(key, backend.asarray(value), backend.name)
        self._kept.pop(key, None)
        self._kept[key] = frozenset(self._request.operands.values())
        return key

    def _key(self, node: Node) -> str:
        """Key of what is kept of a part: its text, and all that its value depends on."""
        request = self._request
        text, operands = self._places.text(node, alone=True), sorted(request.operands.items())
        return f"part {text!r} {request.device} {request.precision} {operands}"

    def _computed(self, text: str) -> object:
        """Compute a text where its operands are; raises `_PartFailedError`."""
        computed = self._evaluation.compute(self._evaluation.infer(text))
        if isinstance(computed, Failure):
            raise _PartFailedError(computed)
        return computed.value
