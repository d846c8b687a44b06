"""What is said of another library's word that isn't read: why, and what can be written instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language.problems import Problem, Span
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD: Final = re.compile(
    r"(?<![\w.])(?:torch\.nn\.functional|torch\.nn|nn\.functional|nn|F|torch|tf|tensorflow|jax|jnp)"
    r"(?:\.[^\W\d]\w*)*\.(?P<word>[^\W\d]\w*)(?=\s*\()"
)
_KINDS: Final = frozenset({"unknown-name", "other-module", "not-a-function", "unknown-function", "unknown-attribute"})
_STARRED: Final = re.compile(r"\s*\((?:[^()]*,)?\s*\*\s*\w")
_SLIDES: Final = re.compile(r"(?i:conv|unfold|(?:max|avg|lp|adaptive)_?\w*pool)")
_OTHERWISE: Final = {
    "split": (
        "{name} is told the size of a part; NumPy's split is told how many parts.",
        "For the rows of x in parts of 16: split(x, x.shape[0] // 16).",
    ),
    "svd": (
        "{name} gives V, where NumPy's svd gives its transpose.",
        "Write torch.linalg.svd(A, full_matrices=False), or linalg.svd(A, full_matrices=False).",
    ),
    "manual_seed": (
        "{name} isn't needed: random numbers are the same here each time.",
        "For others give a draw its seed: random.rand(3, seed=1).",
    ),
}
"""Words that mean something else in NumPy, or nothing: a sentence, and what to do."""
_KEEPS: Final = re.compile(
    r"Linear|Bilinear|Embedding|BatchNorm|InstanceNorm|GroupNorm|RNN|LSTM|GRU|Multihead|Transformer|PReLU|Dense"
)


def unread(problem: Problem, source: str, names: Mapping[str, object]) -> Problem:
    """Say more of a ``problem`` that is about a word of another library; other problems are given back as they are."""
    if problem.kind not in _KINDS:
        return problem
    for found in _WORD.finditer(source):
        touches = problem.span.start < found.end() and found.start() < problem.span.end
        if touches and found[0].split(".")[0] not in names:
            is_starred = _STARRED.match(source, found.end()) is not None
            message, hint = _starred(found[0]) if is_starred else _sentences(found[0], found["word"])
            return replace(problem, kind="not-read", message=message, hint=hint, span=Span(*found.span()))
    return problem


def _starred(name: str) -> tuple[str, str]:
    message = tr("{name} is read with its arguments one by one, not with * before one of them.", name=name)
    return message, tr("Write the arguments one by one.")


def _sentences(name: str, word: str) -> tuple[str, str]:
    if word == "pad":
        return (
            tr("{name} is read where its widths are written out and not negative; they begin with the last axis.",
               name=name),
            tr("In NumPy's words, for an image x of two axes: pad(x, ((1, 1), (2, 2)))."),
        )  # fmt: skip
    if word in _OTHERWISE:
        message, hint = _OTHERWISE[word]
        return tr(message, name=name), tr(hint)
    if word == "Conv2d":
        return (
            tr("{name} keeps weights of its own; here they are entries that can be seen.", name=name),
            tr("Make entries W: (out, in, 3, 3) and b: (out,), and write F.conv2d(x, W, b)."),
        )
    if _SLIDES.match(word):
        return (
            tr("{name} slides a window over its input; with these arguments it isn't read.", name=name),
            tr("Read are F.conv2d(x, W, b, stride=1, padding=0), F.max_pool2d(x, 2) and F.avg_pool2d(x, 2)."),
        )
    if _KEEPS.match(word):
        hint = tr("Make entries of the weights, and write what it does as a formula of them.")
        if word in ("Linear", "Dense"):
            hint = tr("Make entries W: (out, in) and b: (out,), and write x @ W.T + b.")
        return tr("{name} keeps weights of its own; here they are entries that can be seen.", name=name), hint
    if name.startswith(("nn.", "torch.nn.")) and word[:1].isupper():
        return (
            tr("{name} makes a module; what is read here are arrays and functions of them.", name=name),
            tr("Write what it does to x as a formula."),
        )
    return (
        tr("{name} isn't read: NumPy has nothing of that name.", name=name),
        tr("Type how a word begins to see the functions that there are."),
    )
