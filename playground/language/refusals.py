"""Sentences for words that mean nothing here, and for values that can't be used as one array."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.functions import FUNCTIONS
from playground.language.mistake import Mistake
from playground.language.rewriting import text_of
from playground.language.rules.shapes import described, shown, signature_of
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Container

    from playground.language.nodes import Call, Name
    from playground.language.values import Value


def unknown_name(node: Name) -> Mistake:
    """Say that no entry has this name."""
    row = FUNCTIONS.get(node.name)
    if row is not None:
        return Mistake(
            "not-called", tr("{name} is a function.", name=node.name), tr("Call it: {example}", example=row.example)
        )
    return Mistake("unknown-name", tr("There is no entry named {name}.", name=node.name))


def no_function(node: Call, source: str, entries: Container[str]) -> Mistake:
    """Say that what is called isn't a function, or not a method."""
    name = node.function
    if node.is_method and name in FUNCTIONS:
        return Mistake(
            "unknown-function",
            tr("{name} is a function, not a method.", name=name),
            tr("Write {name}({operand}).", name=name, operand=text_of(source, node.arguments[0])),
            span=node.name_span,
        )
    if name in entries:
        return Mistake(
            "not-a-function",
            tr("{name} is an entry, not a function.", name=name),
            tr("Write * or @ for a product, or [...] for an index."),
            span=node.name_span,
        )
    return Mistake("unknown-function", tr("There is no function named {name}.", name=name), span=node.name_span)


def ragged(first: Value, other: Value) -> Mistake:
    """Say that the parts of a list differ in shape."""
    return Mistake(
        "ragged",
        tr("The parts of a list must have one shape: {first} and {other} differ.",
           first=described(first), other=described(other)),
        span=other.span,
    )  # fmt: skip


def check_one_truth(left: Value, right: Value) -> None:
    """Raise ``Mistake`` where a link of a chain of comparisons isn't one truth."""
    one, other = signature_of(left), signature_of(right)
    if one.size != 1:
        raise Mistake(
            "truth",
            tr("A chain of comparisons asks for one truth, and {link} has one for each cell.", link=described(left)),
            tr("Write (a < b) & (b < c)."),
        )
    if one.shape != other.shape:
        raise Mistake(
            "truth",
            tr("{left} and {right} differ in shape: which one the chain gives is up to the numbers.",
               left=described(left), right=described(right)),
            tr("Write (a < b) & (b < c)."),
        )  # fmt: skip


def several(value: Value) -> Mistake:
    """Say that several results can't be used as one array."""
    count = len(value.several.items) if value.several is not None else 0
    return Mistake(
        "several-results",
        tr("{operand} gives {n} arrays.", operand=shown(value), n=count),
        tr("Take one of them: {operand}[0].", operand=shown(value)),
        span=value.span,
    )
