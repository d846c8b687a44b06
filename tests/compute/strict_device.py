"""A device of array-api-strict: a second array module with nothing beyond the standard, that runs anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import array_api_strict
import numpy as np

from playground.compute.backend import UnavailableError
from playground.compute.cpu.device import NumpyBackend
from playground.compute.functions import own
from playground.compute.functions.operators import SHARED
from playground.compute.functions.targets import OWN
from playground.language.functions import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

STRICT = type(array_api_strict.asarray(0))


class StrictBackend(NumpyBackend):
    """Runs plans with the functions of the standard, and our own that are written against any array module."""

    name = "strict"
    label = "array-api-strict"
    copies = True

    @property
    def module(self) -> Any:
        return array_api_strict

    def owns(self, value: object) -> bool:
        return isinstance(value, STRICT)

    def asarray(self, value: object) -> Any:
        return value if self.owns(value) else array_api_strict.asarray(np.asarray(value))

    def to_host(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self.to_host(item) for item in value)
        return np.asarray(value)[()] if self.owns(value) else value

    def resolve(self, target: str) -> Callable[..., Any]:
        if target in SHARED:
            return SHARED[target]
        found = standard_function(target)
        if found is None:
            raise UnavailableError(target)
        return found

    def chain(self, step: Any, functions: Any, stop: Any) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            values = list(arguments)
            for inner, function in zip(step.inner, functions, strict=True):
                keywords = {name: values[slot] for name, slot in inner.keywords}
                values.append(function(*(values[slot] for slot in inner.arguments), **keywords))
            return values[-1]

        return run


def standard_function(target: str) -> Callable[..., Any] | None:
    """The function of a row: our own over the strict module, or the standard's of the same name."""
    row = FUNCTIONS.get(target)
    if row is None:
        return None
    if row.numpy_target.startswith(OWN):
        return own.bind(row.numpy_target.removeprefix(OWN), array_api_strict)
    found: Any = array_api_strict
    for part in row.numpy_target.split("."):
        found = getattr(found, part, None)
    return found if callable(found) else None
