"""``import playground as mp``: the names that others rely on, and what the import costs."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

import playground as mp


@pytest.mark.parametrize("name", mp.__all__)
def test_every_door_opens(name: str) -> None:
    assert name in dir(mp)
    door = getattr(mp, name)
    assert door.__module__.startswith("playground.")
    assert door.__doc__


def test_other_names_are_an_ordinary_mistake() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = mp.nothing  # type: ignore[attr-defined]
    with pytest.raises(ImportError):
        importlib.import_module("playground.nothing")


def test_errors_are_what_callers_may_catch() -> None:
    assert issubclass(mp.ExpressionError, ValueError)
    assert issubclass(mp.ComputationError, RuntimeError)
    assert issubclass(mp.DeviceUnavailable, mp.ComputationError)
    assert issubclass(mp.FileError, OSError)


def test_the_import_brings_neither_qt_nor_cupy_nor_numpy() -> None:
    program = (
        "import sys; before = set(sys.modules); import playground\n"
        "print(*sorted({name.split('.')[0] for name in set(sys.modules) - before}))"
    )
    brought = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"PySide6", "cupy", "numpy", "pyqtgraph", "psutil"} & set(brought)
    assert "playground" in brought


def test_infer_and_evaluate_bring_neither_qt_nor_cupy() -> None:
    program = (
        "import sys, playground as mp\n"
        "assert mp.infer('A @ B', {'A': (3, 2), 'B': (2, 4)}).shape == (3, 4)\n"
        "assert mp.evaluate('A + 1', {'A': [1]}).value == 2\n"
        "print(*[name for name in ('PySide6', 'cupy', 'pyqtgraph') if name in sys.modules])"
    )
    brought = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert brought == []
