"""Sentences for words that mean nothing here, and for values that can't be used as one array."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language import vocabulary as words
from playground.language.functions import FUNCTIONS
from playground.language.mistake import Mistake
from playground.language.rewriting import text_of
from playground.language.rules.shapes import described, shown, signature_of
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Container

    from playground.language.nodes import Call, Name
    from playground.language.problems import Span
    from playground.language.values import Value


MODULES: Final = frozenset({
    "math", "cmath", "scipy", "sp", "special", "sc", "statistics", "operator", "sklearn", "pd", "pandas", "plt",
    "matplotlib", "sympy", "torch", "tf", "jax", "jnp", "mx", "la", "LA", "npl", "nplinalg", "Math", "builtins",
})  # fmt: skip
"""Modules whose functions are NumPy's here."""


_SHOWN: Final = frozenset({"print", "disp", "display", "show", "plot"})
"""What programs do with a result, and a formula needn't."""
_CONVERTING: Final = frozenset({"int", "float", "bool", "complex"})


def unknown_name(node: Name) -> Mistake:
    """Say that no entry has this name."""
    name = words.ALIASES.get(node.name, node.name)
    if name in FUNCTIONS:
        return not_called(node.name, node.span)
    if node.name in MODULES:
        return other_module(node.name, node.span)
    return Mistake("unknown-name", tr("There is no entry named {name}.", name=node.name))


def not_called(name: str, span: Span) -> Mistake:
    """Say that a function stands alone, without its parentheses."""
    row = FUNCTIONS[words.ALIASES.get(name, name)]
    return Mistake(
        "not-called",
        tr("{name} is a function: it works on what stands in parentheses behind it.", name=name),
        tr("For example: {example}", example=row.example),
        span=span,
    )


_IN_PLACE: Final = frozenset({"sort", "resize", "partition"})
"""Methods of arrays that the table has as functions: these give a new array."""


def other_module(name: str, span: Span) -> Mistake:
    """Say that a module of Python's isn't needed: NumPy's functions stand for themselves."""
    return Mistake(
        "other-module",
        tr("There is no module {name} here: NumPy's functions stand for themselves and work on every cell.", name=name),
        span=span,
    )


def no_attribute(name: str, span: Span) -> Mistake:
    """Say that arrays have nothing of this name after a dot; a method lacks its parentheses."""
    row = FUNCTIONS.get(words.METHOD_ALIASES.get(name, name))
    if row is not None and row.method:
        message = tr("{name} is a method: it is called, with parentheses behind it.", name=name)
        return Mistake("unknown-attribute", message, tr("Write .{name}().", name=name), span=span)
    if row is not None:
        message = tr("{name} is a function, and stands before the array.", name=name)
        return Mistake("unknown-attribute", message, tr("For example: {example}", example=row.example), span=span)
    if name == "grad":
        message = tr("Arrays have no grad: gradients are entries of their own.")
        return Mistake("unknown-attribute", message, tr("Insert ▸ Gradient… makes them."), span=span)
    return Mistake(
        "unknown-attribute",
        tr("Arrays have no attribute {name}.", name=name),
        tr("There are T, mT, H, shape, ndim, size, dtype, real, imag, itemsize, nbytes and strides."),
        span=span,
    )


def no_word(word: str, span: Span) -> Mistake:
    """Say that ``np.word`` is no number and no dtype; a function lacks its parentheses."""
    if words.ALIASES.get(word, word) in FUNCTIONS:
        return not_called(word, span)
    return Mistake("unknown-name", tr("{name} is no number, no dtype and no function here.", name=word), span=span)


def no_function(node: Call, source: str, entries: Container[str]) -> Mistake:
    """Say that what is called isn't a function, or not a method."""
    name = node.function
    if node.is_method and name in words.ATTRIBUTES:
        operand = text_of(source, node.arguments[0])
        return Mistake(
            "unknown-function",
            tr("{name} of an array isn't called: it has no parentheses.", name=name),
            tr("Write {operand}.{name}.", operand=operand, name=name),
            span=node.name_span,
        )
    if node.is_method and name in FUNCTIONS:
        message = tr("{name} is a function, not a method.", name=name)
        if name in _IN_PLACE:
            message = tr("The method {name} changes its array and gives nothing; the function makes a new one.",
                         name=name)  # fmt: skip
        hint = tr("Write {name}({operands}).", name=name,
                  operands=", ".join(text_of(source, a) for a in node.arguments))  # fmt: skip
        if name == "split":
            hint = tr("The number says how many parts; PyTorch's split is told the size of one.")
        return Mistake(
            "unknown-function",
            message,
            hint,
            span=node.name_span,
        )
    if name in entries and not node.is_method:
        return Mistake(
            "not-a-function",
            tr("{name} is an entry, not a function.", name=name),
            tr("Write * or @ for a product, or [...] for an index."),
            span=node.name_span,
        )
    message = tr("There is no function named {name}.", name=name)
    if name in _SHOWN:
        message = tr("{name} isn't needed: what a formula gives is shown by itself.", name=name)
    elif name == "backward":
        message = tr("Gradients are entries here: Insert ▸ Gradient… makes them.")
    elif name in _CONVERTING:
        message = tr("{name} is Python's, and converts one number; arrays have .astype({name}).", name=name)
    return Mistake("unknown-function", message, span=node.name_span)


def no_array(value: Value) -> Mistake:
    """Say that a dtype, a text or None can't be computed with."""
    found, text = value.constant, shown(value)
    message, hint = tr("{text} isn't an array.", text=text), ""
    if isinstance(found, np.dtype):
        message = tr("{text} is a dtype, {dtype}, and no array.", text=text, dtype=found)
        hint = tr("Convert with it: B.astype({text}); or compare: {text} == float32.", text=text)
    elif found is None:
        message, hint = tr("None is no array: there is nothing to compute with."), tr("Leave it out.")
    elif text[:1] in ("'", '"'):
        message = tr("{text} is a text, and no array.", text=text)
        hint = tr("An entry is named without quotes.")
    elif isinstance(found, str):
        message = tr("{text} is a dtype, and no array.", text=text)
        hint = tr("Convert with it: A.astype({text}).", text=text)
    return Mistake("no-value", message, hint, span=value.span)


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
        tr("{operand} gives {n} arrays, and one is needed here.", operand=shown(value), n=count),
        tr("Take one of them: {operand}[0].", operand=shown(value)),
        span=value.span,
    )
