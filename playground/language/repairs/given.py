"""Repairs of what a call was given: an ``out`` to write to, numbers as texts, None as a size, MATLAB's order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.functions import FUNCTIONS
from playground.language.nodes import Call, Literal, Name, Sequence, walk
from playground.language.repairs.parts import part, prefix_of
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import replaced, text_of
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.language.infer import Inference
    from playground.language.nodes import Node

_FILLED: Final = {"zeros_like": "0", "zeros": "0", "ones_like": "1", "ones": "1", "empty_like": "0", "empty": "0"}
"""What the array holds that NumPy's idiom ``divide(a, b, out=zeros_like(a), where=b != 0)`` writes to."""
_ORDERS: Final = {"l1": "1", "l2": "2", "euclidean": "2", "inf": "inf", "linf": "inf", "max": "inf", "-inf": "-inf"}
"""Norms by the names that books give them."""
_LIKE: Final = {"zeros_like": "zeros", "ones_like": "ones", "empty_like": "empty"}


def given(inference: Inference, node: Call) -> Iterator[Candidate]:
    """All repairs of this file."""
    yield from _chosen(inference, node)
    yield from _texts(inference, node)
    yield from _unknown_sizes(inference, node)
    yield from _sizes(inference, node)
    yield from _counted_from_one(inference, node)
    yield from _two_of_a_list(inference, node)


def _chosen(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``where(b != 0, divide(a, b), 0)`` for ``divide(a, b, out=zeros_like(a), where=b != 0)``."""
    source, named = inference.source, dict(node.keywords)
    row = FUNCTIONS.get(node.function)
    if row is None or node.is_method or not {"where", "out"} & set(named):
        return
    kept = [text_of(source, argument) for argument in node.arguments]
    kept += [f"{name}={text_of(source, value)}" for name, value in node.keywords if name not in ("where", "out")]
    lead = prefix_of(source, node)
    call = f"{source[node.name_span.start : node.name_span.end]}({', '.join(kept)})"
    if "where" in named:
        call = f"{lead}where({text_of(source, named['where'])}, {call}, {_fill(source, named.get('out'))})"
        yield Candidate(replaced(source, (node.span, call)), tr("Choose for each cell"), "call", -1.0)
    elif not isinstance(named["out"], Name):
        yield Candidate(replaced(source, (node.span, call)), tr("Leave {name} out", name="out"), "call")


def _fill(source: str, out: Node | None) -> str:
    if isinstance(out, Call) and out.function in ("full", "full_like") and len(out.arguments) > 1:
        return text_of(source, out.arguments[1])
    if isinstance(out, Call):
        return _FILLED.get(out.function, text_of(source, out))
    return "0" if out is None else text_of(source, out)


def _texts(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``round(A, 2)`` for ``round(A, '2')``, ``norm(v, 2)`` for ``norm(v, 'L2')``."""
    for value in (*node.arguments, *(value for _, value in node.keywords)):
        word = value.value.strip() if isinstance(value, Literal) and isinstance(value.value, str) else ""
        number = word if word.lstrip("+-").replace(".", "", 1).isdigit() else ""
        if node.function == "linalg.norm":
            number = number or _ORDERS.get(word.lower(), "")
        if number:
            yield Candidate(replaced(inference.source, (value.span, number)), tr("Write a number"), "sign")


def _unknown_sizes(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``x.reshape(-1, 784)`` for ``x.reshape(None, 784)``."""
    if node.function != "reshape":
        return
    for item in (found for value in node.arguments[1:] for found in walk(value)):
        if isinstance(item, Literal) and item.value is None:
            text = replaced(inference.source, (item.span, "-1"))
            yield Candidate(text, tr("Let reshape find a size"), "find a size")
            return


def _sizes(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``ones((3, 4))`` for ``ones_like(3, 4)``; ``linspace(0, 10)`` for ``linspace(10)``."""
    source = inference.source
    numbers = all(isinstance(value, Literal) and type(value.value) is int for value in node.arguments)
    if not numbers or node.is_method or node.keywords:
        return
    inside = ", ".join(text_of(source, value) for value in node.arguments)
    other = _LIKE.get(node.function)
    if other is not None and len(node.arguments) > 1:
        call = f"{prefix_of(source, node)}{other}(({inside}))"
        yield Candidate(replaced(source, (node.span, call)), tr("Write {name}", name=other), "call")
    if node.function == "linspace" and len(node.arguments) == 1:
        call = f"{prefix_of(source, node)}linspace(0, {inside})"
        yield Candidate(replaced(source, (node.span, call)), tr("Begin with {number}", number=0), "call")


def _counted_from_one(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``max(A, 0)`` for MATLAB's ``max(A, [], 1)``, whose axes begin with 1."""
    if len(node.arguments) != 3 or node.is_method:
        return
    first, second, third = node.arguments
    is_empty = isinstance(second, Sequence) and not second.items
    if is_empty and isinstance(third, Literal) and type(third.value) is int and third.value > 0:
        source = inference.source
        lead = source[node.name_span.start : node.name_span.end]
        text = f"{lead}({text_of(source, first)}, {third.value - 1})"
        yield Candidate(replaced(source, (node.span, text)), tr("Count the axes from 0"), "call", -0.5)


def _two_of_a_list(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``concatenate([A, B])`` for ``concatenate(A, axis=B)``, as PyTorch's ``cat(A, B)`` is read."""
    second = dict(node.keywords).get("axis")
    if node.function not in ("concatenate", "stack") or len(node.arguments) != 1 or second is None:
        return
    found = part(inference, second)
    if found is not None and found.ndim:
        text = f"{text_of(inference.source, node.arguments[0])}, {found.text}"
        lead = inference.source[node.name_span.start : node.name_span.end]
        mended = replaced(inference.source, (node.span, f"{lead}([{text}])"))
        yield Candidate(mended, tr("Give them as one list"), "brackets")


def joined(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``concatenate([A, B], 0)`` for MATLAB's ``cat(1, A, B)``."""
    first = node.arguments[0] if node.arguments else None
    if node.function.rpartition(".")[2] != "cat" or node.is_method or len(node.arguments) < 3:
        return
    if isinstance(first, Literal) and type(first.value) is int and first.value > 0:
        parts = ", ".join(text_of(inference.source, each) for each in node.arguments[1:])
        text = f"{prefix_of(inference.source, node)}concatenate([{parts}], {first.value - 1})"
        yield Candidate(replaced(inference.source, (node.span, text)), tr("Count the axes from 0"), "word", -1.0)
