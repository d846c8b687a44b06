"""Powers within chains are what Python's ``**`` gives, whichever universal function that is."""

from __future__ import annotations

import numpy as np
import pytest

from playground.compute.outcome import Computed, Failure
from playground.compute.planning import steps
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.compute.planning.test_chains import check_same, inner, make_tiny, outcome

POWERS = ["2", "0.5", "-1", "1", "2.0", "-1.0", "0", "3", "-2", "0.25", "True", "x", "y", "(2 + 0j)"]


@pytest.mark.parametrize("exponent", POWERS)
@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", "c8", "c16", "i1", "u1", "i8", "u8", "?"])
@pytest.mark.parametrize("whole", [False, True])
def test_powers_are_python_s(exponent: str, dtype: str, *, whole: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    make_tiny(monkeypatch, 3)
    if whole:
        monkeypatch.setattr(steps, "LEAST_PIECES", 1000)
    values = np.concatenate([np.linspace(0, 7, 9), [0, 1, 2, 3, 5, 6, 7]])
    x, y = values.reshape(4, 4).astype(dtype), np.arange(4).astype(dtype)
    if x.dtype.kind == "f" and "j" not in exponent:  # the sign of a complex nan is chance
        x[0, :3] = np.inf, np.nan, -0.0
    for source in (f"x ** {exponent}", f"-(x + x) ** {exponent} + x"):
        if infer(source, {"x": Signature(x.shape, x.dtype), "y": Signature(y.shape, y.dtype)}).problems:
            continue
        found = outcome(source, {"x": x, "y": y})
        try:
            with np.errstate(all="ignore"):
                expected = eval(source, {"x": x, "y": y})
        except (ValueError, OverflowError):
            assert isinstance(found, Failure)
            continue
        assert isinstance(found, Computed)
        check_same(found.value, expected)


def test_a_power_that_is_a_square_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    make_tiny(monkeypatch, 3)
    assert inner("A ** 2") == inner("A ** -1") == inner("A ** 0.5") == []
    assert inner("A ** 3") == inner("2 ** A") == [["op:**"]]
    assert inner("A ** 2 + 1") == [["op:**", "op:+"]]
