"""Holds what inference says of a formula against what NumPy gives, over arrays of many shapes and dtypes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.language.infer import infer
from tests.language.expressions import DataDecides, by_numpy, fits, signatures

if TYPE_CHECKING:
    from collections.abc import Iterable

SHAPES = [(), (1,), (3,), (4,), (0,), (2, 3), (3, 3), (0, 3), (3, 0), (1, 3), (2, 3, 4), (3, 3, 3), (2, 0, 2)]
DTYPES = ["bool", "int8", "uint64", "float16", "float32", "complex64", "complex128"]
OTHERS = {
    "M": np.ones((3, 3), np.float32),
    "V": np.arange(3),
    "I": np.array([0, 2]),
    "J": np.array(1),
    "K": np.array([True, False, True]),
}


def array(shape: tuple[int, ...], dtype: str) -> np.ndarray:
    """A small array of tame numbers."""
    size = int(np.prod(shape))
    return ((np.arange(size) * 7 + 1) % 5 + 1).astype(dtype).reshape(shape)


def check(text: str, operands: dict[str, np.ndarray]) -> None:
    """Assert that ``text`` has the signature that NumPy's value has, or that both refuse it."""
    found = infer(text, signatures(operands))
    try:
        real = by_numpy(text, operands)
    except DataDecides:
        return
    shown = {name: (value.shape, str(value.dtype)) for name, value in operands.items()}
    assert fits(found.signature, real), (text, shown, found.signature, real, found.problems)


def check_all(text: str, shapes: Iterable[tuple[int, ...]] = SHAPES, dtypes: Iterable[str] = ("int32",)) -> None:
    """Check ``text`` with ``A`` of each shape and dtype, beside the arrays ``OTHERS``."""
    for dtype in dtypes:
        for shape in shapes:
            check(text, {"A": array(shape, dtype), **OTHERS})
