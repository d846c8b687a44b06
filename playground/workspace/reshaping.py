"""Arrays of another shape or order from the cells of an array: resized, with lines inserted, deleted or moved."""

from __future__ import annotations

import numpy as np


def resized(values: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Give a fresh array of ``shape`` with the cells that both shapes have in common, zeros elsewhere.

    Axes are matched from the last; an axis that only one of the shapes has counts as its first line.
    """
    result = np.zeros(shape, values.dtype)
    axes = max(values.ndim, len(shape))
    source = values.reshape((1,) * (axes - values.ndim) + values.shape)
    target = result.reshape((1,) * (axes - len(shape)) + shape)
    common = tuple(slice(0, min(a, b)) for a, b in zip(source.shape, target.shape, strict=True))
    target[common] = source[common]
    return result


def with_lines(values: np.ndarray, axis: int, at: int, count: int) -> np.ndarray:
    """Give a fresh array with ``count`` lines of zeros before line ``at`` of ``axis``."""
    sizes = [*values.shape]
    sizes[axis] += count
    result = np.zeros(sizes, values.dtype)
    before = (slice(None),) * axis
    result[(*before, slice(0, at))] = values[(*before, slice(0, at))]
    result[(*before, slice(at + count, None))] = values[(*before, slice(at, None))]
    return result


def without_lines(values: np.ndarray, axis: int, at: int, count: int) -> np.ndarray:
    """Give a fresh array without the ``count`` lines of ``axis`` from line ``at`` on."""
    before = (slice(None),) * axis
    return np.concatenate([values[(*before, slice(0, at))], values[(*before, slice(at + count, None))]], axis=axis)


def moved_lines(values: np.ndarray, axis: int, at: int, count: int, to: int) -> np.ndarray:
    """Give a fresh array whose ``count`` lines of ``axis`` from ``at`` on begin at ``to``; the others close up."""
    low, high = min(at, to), max(at, to) + count
    between = (at + count, high) if at < to else (low, at)  # what makes room for them
    own = (at, at + count)
    before = (slice(None),) * axis
    result = values.copy()
    place = low
    for start, stop in (between, own) if at < to else (own, between):
        result[(*before, slice(place, place + stop - start))] = values[(*before, slice(start, stop))]
        place += stop - start
    return result
