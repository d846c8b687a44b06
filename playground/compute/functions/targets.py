"""From a row of the function table to the callable of an array library."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.functions import own
from playground.language.functions import FUNCTIONS
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

OWN = "own:"
"""Prefix of the targets that ``own`` holds."""


def why_not_on_gpu(name: str) -> str:
    """Say why the row ``name`` has no function on the GPU; empty where it has one."""
    reasons = {
        "geomspace": tr("CuPy has no such function; logspace, or exp(linspace(log(a), log(b), n)), is on the GPU too"),
        "nanpercentile": tr("CuPy has no such function; percentile(A[~isnan(A)], q) is on the GPU too"),
        "nanquantile": tr("CuPy has no such function; quantile(A[~isnan(A)], q) is on the GPU too"),
        "spacing": tr("CuPy has no such function; nextafter(A, inf) - A is on the GPU too"),
    }
    return reasons.get(name, "")


def numpy_function(name: str) -> Callable[..., Any] | None:
    """Give the NumPy callable of the row ``name``, None where there is no such row or NumPy lacks it."""
    row = FUNCTIONS.get(name)
    return None if row is None else _found(row.numpy_target, np, np)


def cupy_function(name: str, cupy: Any) -> Callable[..., Any] | None:  # noqa: ANN401 - CuPy ships no types
    """Give the CuPy callable of the row ``name``: CuPy's own, else array-api-compat's, else None."""
    row = FUNCTIONS.get(name)
    if row is None or row.cupy_target is None:
        return None
    found = _found(row.cupy_target, cupy, cupy)
    if found is None and cupy.__name__ == "cupy":
        found = _found(row.cupy_target, cupy, importlib.import_module("array_api_compat.cupy"))
    return found


def _found(target: str, xp: Any, module: Any) -> Callable[..., Any] | None:  # noqa: ANN401
    if target.startswith(OWN):
        return own.bind(target.removeprefix(OWN), xp)
    value = module
    for part in target.split("."):
        value = getattr(value, part, None)
    return value if callable(value) else None
