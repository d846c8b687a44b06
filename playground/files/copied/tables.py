"""Tables of texts: the shortest ones that read back to the same numbers, parted by tabs or commas, and as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 4096  # cells that are written at once: a few milliseconds


def real_texts(values: np.ndarray) -> list[str]:
    """Write real numbers, whole floats with their point: ``2.0``, ``-0.0``, ``nan``, ``inf``; True and False.

    Python writes float64 as NumPy does, and faster; narrower floats are shorter in NumPy's own texts.
    """
    if values.dtype in (np.float16, np.float32):
        return values.astype("U32").tolist()  # type: ignore[no-any-return]
    return [str(value) for value in values.tolist()]


def cell_texts(values: np.ndarray) -> list[str]:
    """Write one row as cells are typed: ``2``, ``-0``, ``0.1``, ``1+2j``."""
    if values.dtype.kind == "c":
        real, imaginary = _whole_short(real_texts(values.real)), _whole_short(real_texts(values.imag))
        return [f"{a}{b if b.startswith('-') else '+' + b}j" for a, b in zip(real, imaginary, strict=True)]
    return _whole_short(real_texts(values)) if values.dtype.kind == "f" else real_texts(values)


def _whole_short(texts: list[str]) -> list[str]:
    return [text.removesuffix(".0") for text in texts]


def lines(block: np.ndarray, separator: str) -> Iterator[str]:
    """Write the rows of a 2-D block one by one, a long row in parts, so that a window beside it stays alive."""
    for row in block:
        parts = [separator.join(cell_texts(row[at : at + _PIECE])) for at in range(0, len(row), _PIECE)]
        yield separator.join(parts)


def tsv(block: np.ndarray) -> str:
    """Write the rows of a 2-D block with tabs between the cells, as spreadsheets paste them."""
    return "\n".join(lines(block, "\t"))


def html(block: np.ndarray) -> str:
    """Write a 2-D block as a table of HTML: numbers need no escapes."""
    rows = (f"<tr><td>{line}</td></tr>" for line in lines(block, "</td><td>"))
    return f'<meta charset="utf-8"><table>{"".join(rows)}</table>'
