"""One error as people paste it, and what is to be read from it."""

from __future__ import annotations

from typing import NamedTuple


class RealError(NamedTuple):
    """One error; ``shapes`` is written ``"A=2x3 v=4 s="``."""

    text: str
    formula: str
    shapes: str
    seen: str
    is_whole: bool = True


_FRAME = 'Traceback (most recent call last):\n  File "{path}", line 3, in forward\n    {code}\n{error}'


def framed(code: str, error: str, path: str = "model.py") -> str:
    """A traceback of one frame."""
    return _FRAME.format(path=path, code=code, error=error)


LINEAR = "/usr/lib/python3.9/site-packages/torch/nn/modules/linear.py"
