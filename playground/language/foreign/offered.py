"""What may follow ``torch.``, ``F.`` or ``tf.`` while it is typed: the words that are read, with their NumPy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language.foreign.libraries import LIBRARIES
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.foreign.table import ForeignWord

_OFFERED: Final = tuple(path for path in LIBRARIES if path[-1] not in ("jnp", "numpy"))
"""Modules whose words are offered; those of ``jax.numpy`` are NumPy's."""
_LEFT_OUT: Final = re.compile(r"\{[^{}]*\}|<[!?]\w+>")
_HOLE: Final = re.compile(r"<[*#]?(\w+)>")
_COMMON: Final = (
    "relu", "softmax", "linear", "cross_entropy", "tensor", "zeros", "ones", "randn", "rand", "matmul", "cat", "stack",
    "sum", "mean", "max", "min", "argmax", "arange", "eye",
)  # fmt: skip
"""What learners use most, in order."""


def offered(prefix: str) -> list[tuple[str, str]]:
    """List the words of another library that begin with ``prefix``, each with its NumPy; none behind other dots."""
    head = next((path for path in _OFFERED if prefix.startswith(".".join(path) + ".")), None)
    if head is None:
        return []
    begun = prefix[len(".".join(head)) + 1 :]
    rows: dict[str, ForeignWord] = {}
    for found in LIBRARIES[head][1]:
        rows = {**found, **rows}
    names = sorted(
        (name for name in rows if name.startswith(begun)),
        key=lambda name: (_COMMON.index(name) if name in _COMMON else len(_COMMON), name),
    )
    return [
        (f"{'.'.join(head)}.{name}", tr("In NumPy's words: {text}", text=_shown(name, rows[name]))) for name in names
    ]


def _shown(name: str, row: ForeignWord) -> str:
    last = name.rpartition(".")[2]
    text = row.texts[-1] or f"{last}({', '.join(part.partition('=')[0] for part in row.parameters.split(', ')[:1])})"
    return _HOLE.sub(r"\1", _LEFT_OUT.sub("", text))
