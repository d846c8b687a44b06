"""Matrix Playground for other programs: ``import playground as mp``.

>>> mp.infer("A @ B", {"A": (3, 2), "B": (2, 4)}).shape
(3, 4)
>>> mp.evaluate("A @ B", {"A": [[1, 2]], "B": [[3], [4]]}).value
array([[11]])

The names below are all that others may rely on. Each is imported when it is first used, so that the import alone
costs nothing: neither Qt nor CuPy nor NumPy. Inside the package nobody imports from here.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.answers import (
        ComputationError,
        DeviceUnavailable,
        ExpressionError,
        Gradient,
        Inference,
        Outcome,
        Problem,
        Step,
    )
    from playground.api import evaluate, infer
    from playground.compute.outcome import Timing
    from playground.files.errors import FileError
    from playground.files.load import Loaded, load
    from playground.files.save import save
    from playground.gradients import gradient
    from playground.language.problems import Repair

__all__ = [
    "ComputationError",
    "DeviceUnavailable",
    "ExpressionError",
    "FileError",
    "Gradient",
    "Inference",
    "Loaded",
    "Outcome",
    "Problem",
    "Repair",
    "Step",
    "Timing",
    "evaluate",
    "gradient",
    "infer",
    "load",
    "save",
]

_ELSEWHERE = {
    "evaluate": "playground.api",
    "gradient": "playground.gradients",
    "infer": "playground.api",
    "FileError": "playground.files.errors",
    "Loaded": "playground.files.load",
    "Repair": "playground.language.problems",
    "Timing": "playground.compute.outcome",
    "load": "playground.files.load",
    "save": "playground.files.save",
}


if not TYPE_CHECKING:  # a type checker reads the imports above, and finds a name that isn't there

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(_ELSEWHERE.get(name, "playground.answers")), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
