"""Gradients by central differences, to hold the formulas against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.cpu.device import NumpyBackend
from playground.compute.execute import execute
from playground.compute.outcome import Failure
from playground.compute.planning.plan import plan
from playground.language.gradients.gradient import gradient
from playground.language.infer import infer
from playground.language.signature import Signature

if TYPE_CHECKING:
    from collections.abc import Mapping

_CPU = NumpyBackend()
_STEP = 1e-6


def numbers(shapes: Mapping[str, tuple[int, ...]], seed: int = 0) -> dict[str, np.ndarray]:
    """Make arrays of different positive numbers, square ones far from singular."""
    random = np.random.default_rng(seed)
    arrays = {name: random.uniform(0.3, 2.0, shape) for name, shape in shapes.items()}
    return {name: a + 2 * np.eye(3) if a.shape[-2:] == (3, 3) else a for name, a in arrays.items()}


def computed(source: str, arrays: Mapping[str, Any]) -> np.ndarray:
    """Compute a formula with our own engine."""
    found = infer(source, {name: Signature(array.shape, array.dtype) for name, array in arrays.items()})
    assert found.ok, (source, found.problems)
    result = execute(plan(found), dict(arrays), _CPU)
    assert not isinstance(result, Failure), (source, result)
    return np.asarray(result.value)


def by_differences(source: str, arrays: Mapping[str, np.ndarray], wrt: str, dh: np.ndarray) -> np.ndarray:
    """Sum of ``dh * source``, differentiated by moving each number of ``wrt`` a little up and down."""
    found = np.zeros(arrays[wrt].shape)
    for place in np.ndindex(found.shape):
        ends = []
        for step in (_STEP, -_STEP):
            moved = arrays[wrt].copy()
            moved[place] += step
            ends.append(np.sum(dh * computed(source, {**arrays, wrt: moved})))
        found[place] = (ends[0] - ends[1]) / (2 * _STEP)
    return found


def check(source: str, arrays: Mapping[str, np.ndarray], wrt: str) -> str:
    """Hold the gradient of ``source`` against central differences; give its text."""
    signatures = {name: Signature(array.shape, array.dtype) for name, array in arrays.items()}
    found = gradient(source, signatures, wrt)
    assert found.source is not None, (source, wrt, found.problems)
    assert found.signature is not None
    assert found.signature.shape == arrays[wrt].shape
    result = computed(source, arrays)
    dh = np.random.default_rng(1).uniform(0.5, 1.5, result.shape) if result.shape else np.ones(())
    value = computed(found.source, {**arrays, "dh": dh})
    expected = by_differences(source, arrays, wrt, dh)
    scale = 1 + np.max(np.abs(expected), initial=0)
    np.testing.assert_allclose(value / scale, expected / scale, atol=2e-7, err_msg=f"{source} / {wrt}: {found.source}")
    assert value.shape == expected.shape
    return found.source
