"""Repairs of a call's arguments: a tuple or a list that lacks its brackets, an axis that isn't there, a wrong one."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.functions import FUNCTIONS, nearest
from playground.language.nodes import Binary, Call, Literal, Sequence, Unary, walk
from playground.language.problems import Span
from playground.language.repairs import axes, given, intended
from playground.language.repairs.parts import part, prefix_of
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import atom, replaced, text_of
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.nodes import Node
    from playground.language.problems import Problem

_LISTS: Final = frozenset({"arrays", "tup", "object"})
"""First parameters that take a list."""

_TUPLES: Final = frozenset({"shape", "size", "axes"})
_TUPLES_TOO: Final = _TUPLES | {"axis", "shift", "source", "newshape", "sizes", "reps", "kernel_shape"}
_ELEMENTWISE: Final = {"max": "maximum", "min": "minimum"}
_OF_ONE_ARRAY: Final = frozenset(
    {"max", "min", "sum", "prod", "mean", "average", "median", "std", "var", "any", "all", "argmax", "argmin"}
)
"""Functions that take one array and then an axis, where people give several numbers."""
_ARRAYS: Final = frozenset({"a", "b", "x1", "x2", "x", "y"})
"""Parameters that are arrays of one kind: ``outer(v, v)``."""
_SIZES: Final = frozenset({"shape", "size", "N", "M", "num_classes", "num", "start", "stop", "newshape", "reps"})
"""Parameters that are sizes, which an array's shape may have been meant to give."""
_CHAINS: Final = frozenset({"dot", "matmul"})


def axis(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the axes that there are, last first; or none, for all cells."""
    node, source = inference.failed, inference.source
    if not isinstance(node, Call) or not node.arguments:
        return
    if node.function == "transpose":
        turned = f"{prefix_of(source, node)}transpose({text_of(source, node.arguments[0])})"
        turned = f"{atom(source, node.arguments[0])}.T" if node.is_method else turned
        yield Candidate(replaced(source, (node.span, turned)), tr("Turn all axes round"), "axis")
    yield from _column_instead(inference, node)
    if problem.span == node.span:
        return
    yield from argument(inference, problem, operands)
    yield from axes.from_one(inference, node)
    first = node.arguments[0]
    listed = isinstance(first, Sequence) and bool(first.items)
    found = part(inference, first.items[0] if listed and isinstance(first, Sequence) else first)
    if found is None:
        return
    ndim = found.ndim + (node.function in ("stack", "expand_dims"))
    taken = {text_of(source, argument) for argument in node.arguments[1:] if argument.span != problem.span}
    for rank in range(min(ndim, 3)):
        last = ndim - 1 - rank
        if node.function in ("swapaxes", "moveaxis") and str(last) in taken:
            continue  # an axis doesn't change places with itself
        text = replaced(source, (problem.span, str(last)))
        yield Candidate(text, tr("Take axis {axis}", axis=last), "axis", 0.2 * rank)
    if len(node.arguments) == 1 and _takes_all(node):
        call = text_of(source, node.arguments[0])
        whole = f"{call}.{node.function}()" if node.is_method else f"{prefix_of(source, node)}{node.function}({call})"
        yield Candidate(replaced(source, (node.span, whole)), tr("Take all cells"), "axis", 0.5)


def _takes_all(node: Call) -> bool:
    """Tell whether a function without an axis looks at all cells, as ``softmax`` doesn't."""
    row = FUNCTIONS.get(node.function)
    return row is not None and any(each.name == "axis" and each.default is None for each in row.parameters)


def _column_instead(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``v[:, None]`` for ``swapaxes(v, 0, 1)``: a vector has one axis, and becomes a column with a new one."""
    found = part(inference, node.arguments[0])
    if node.function in ("swapaxes", "moveaxis", "transpose") and found is not None and found.ndim == 1:
        text = replaced(inference.source, (node.span, f"{found.atom}[:, None]"))
        yield Candidate(text, tr("Make {operand} a column", operand=found.text), "column")


def argument(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Put a tuple or a list around arguments that belong together; the function that takes two; whole division."""
    node = inference.failed
    if isinstance(node, Call):
        yield from _bracketed(inference, node)
        yield from _one_by_one(inference, node)
        yield from _two_arrays(inference, node)
        yield from _gathered(inference, node)
        yield from intended.logarithm(inference, node)
        yield from intended.between_vectors(inference, node)
        yield from axes.named_axis(inference, node)
        yield from _axes(inference, node)
        yield from _numbers(inference, node)
        yield from _shapes(inference, node, problem)
        yield from _dtypes(inference, node)
        yield from _truths(inference, node)
        yield from _completed(inference, node)
        yield from given.given(inference, node)


def _bracketed(inference: Inference, node: Call) -> Iterator[Candidate]:
    row = FUNCTIONS.get(node.function)
    source, count = inference.source, len(node.arguments)
    if row is None or not row.parameters or count < 2:
        return
    names = [parameter.name for parameter in row.parameters]
    for place in range(min(count, len(names))):
        opening, closing = ("[", "]") if names[place] in _LISTS else ("(", ")")
        if names[place] not in _LISTS | _TUPLES or place + 1 == count:
            continue
        for last in range(count, place + 1, -1):
            first, final = node.arguments[place], node.arguments[last - 1]
            inside = source[first.span.start : final.span.end]
            text = f"{source[: first.span.start]}{opening}{inside}{closing}{source[final.span.end :]}"
            reason = tr("Give the sizes as one tuple") if opening == "(" else tr("Give them as one list")
            yield Candidate(text, reason, "brackets", 0.2 * (count - last))


def _one_by_one(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``random.randn(3, 2)`` for ``random.randn((3, 2))``."""
    row = FUNCTIONS.get(node.function)
    takes_them = row is not None and any(parameter.variadic for parameter in row.parameters)
    if takes_them and len(node.arguments) == 1 and isinstance(node.arguments[0], Sequence):
        inside = text_of(inference.source, node.arguments[0])[1:-1]
        text = replaced(inference.source, (node.arguments[0].span, inside))
        yield Candidate(text, tr("Give the sizes one by one"), "brackets")


def _two_arrays(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``max(0, A)`` as ``maximum(0, A)``; ``dot(A, B, C)`` as a chain; ``sum(A, B)`` as a sum of two."""
    source, lead = inference.source, prefix_of(inference.source, node)
    texts = [text_of(source, argument) for argument in node.arguments]
    name = _ELEMENTWISE.get(node.function)
    if len(texts) == 2 and name is not None and not node.is_method:
        call = f"{lead}{name}({', '.join(texts)})"
        yield Candidate(replaced(source, (node.span, call)), tr("Take {name}, cell by cell", name=name), "call")
    sign = "@" if node.function in _CHAINS else "+" if node.function == "sum" else ""
    wanted = len(texts) > 2 if sign == "@" else len(texts) == 2 and not isinstance(node.arguments[1], Literal)
    if sign and wanted and (sign == "@" or not node.is_method):
        chain = f" {sign} ".join(atom(source, operand) for operand in node.arguments)
        text = replaced(source, (node.span, chain if node is inference.tree else f"({chain})"))
        yield Candidate(text, tr("Write {sign} between them", sign=sign), "call", 0.5)


def _axes(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``sum(A, 0, 1)`` and ``axis=[0, 1]`` as ``axis=(0, 1)``."""
    source = inference.source
    numbers = [place for place in node.arguments[1:] if isinstance(place, Literal) and isinstance(place.value, int)]
    if len(numbers) > 1 and len(numbers) == len(node.arguments) - 1:
        inside = source[numbers[0].span.start : numbers[-1].span.end]
        text = source[: numbers[0].span.start] + f"axis=({inside})" + source[numbers[-1].span.end :]
        yield Candidate(text, tr("Give the axes as one tuple"), "brackets")
    row = FUNCTIONS.get(node.function)
    takes_tuple = row is not None and any(parameter.name in _TUPLES_TOO for parameter in row.parameters)
    for value in (*node.arguments[1:], *(value for _, value in node.keywords)) if takes_tuple else ():
        if isinstance(value, Sequence) and not value.is_tuple:
            inside = text_of(source, value)[1:-1].rstrip(" ,")
            inside += "," * (len(value.items) == 1)
            yield Candidate(replaced(source, (value.span, f"({inside})")), tr("Write a tuple"), "sign")


def _gathered(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``min([3, 2, 1])`` for ``min(3, 2, 1)``; ``maximum(maximum(u, v), w)`` for arrays."""
    source = inference.source
    texts = [text_of(source, argument) for argument in node.arguments]
    if node.function not in _OF_ONE_ARRAY or node.is_method or len(texts) < 2:
        return
    name = _ELEMENTWISE.get(node.function)
    if name is not None and len(texts) > 2:
        lead = prefix_of(source, node)
        call = reduce(lambda done, text: f"{lead}{name}({done}, {text})", texts)
        doubt = 0.4 if all(isinstance(argument, (Literal, Unary)) for argument in node.arguments) else 0.0
        yield Candidate(replaced(source, (node.span, call)), tr("Take {name}, cell by cell", name=name), "call", doubt)
    inside = source[node.arguments[0].span.start : node.arguments[-1].span.end]
    text = replaced(source, (Span(node.arguments[0].span.start, node.arguments[-1].span.end), f"[{inside}]"))
    yield Candidate(text, tr("Give them as one list"), "brackets", 0.3)


def _numbers(inference: Inference, node: Call) -> Iterator[Candidate]:
    """Whole numbers where they are wanted: ``//`` for ``/``, ``5`` for ``5.0``."""
    values = (*node.arguments, *(value for _, value in node.keywords))
    yield from whole_divisions(inference, values)
    for value in (found for each in values for found in walk(each)):
        if isinstance(value, Literal) and isinstance(value.value, float) and value.value.is_integer():
            text = replaced(inference.source, (value.span, str(int(value.value))))
            yield Candidate(text, tr("Write a whole number"), "convert")


_LAST: Final = {"clip": "None", "where": "0", "heaviside": "0.5", "full": "0", "polyfit": "1"}
"""What is most often left out at the end of a call."""


def _completed(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``where(A > 0, 1, 0)`` for ``where(A > 0, 1)``; the same array twice where there are to be two."""
    row, source = FUNCTIONS.get(node.function), inference.source
    required = [parameter for parameter in row.parameters if parameter.required] if row is not None else []
    last = _LAST.get(node.function, "")
    if not last and len(node.arguments) == 1 and len(required) == 2 and {p.name for p in required} <= _ARRAYS:
        last = text_of(source, node.arguments[0])
    if last and node.arguments and not node.keywords and not node.is_method:
        end = node.arguments[-1].span.end
        yield Candidate(f"{source[:end]}, {last}{source[end:]}", tr("Give {text} as well", text=last), "call", 0.4)


def _truths(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``A.min(keepdims=True)`` for ``A.min(True)``."""
    row = FUNCTIONS.get(node.function)
    if row is None or not any(parameter.name == "keepdims" for parameter in row.parameters):
        return
    for value in node.arguments[1:]:
        if isinstance(value, Literal) and isinstance(value.value, bool):
            text = replaced(inference.source, (value.span, f"keepdims={value.value}"))
            yield Candidate(text, tr("Keep the axes"), "keepdims")


def _shapes(inference: Inference, node: Call, problem: Problem) -> Iterator[Candidate]:
    """``zeros(A.shape)`` for ``zeros(A)``; ``arange`` for a ``linspace`` with a step."""
    source, row = inference.source, FUNCTIONS.get(node.function)
    names = [] if row is None else [parameter.name for parameter in row.parameters]
    for name, value in zip(names, node.arguments, strict=False):
        asked = problem.kind == "not-constant" and value.span == problem.span and name in _SIZES
        found = part(inference, value) if asked else None
        if found is not None and found.ndim:
            sizes = (".shape", ".shape[0]") if node.function != "one_hot" else (f".shape[{found.ndim - 1}]",)
            for doubt, text in enumerate(f"{found.atom}{size}" for size in sizes):
                yield Candidate(replaced(source, (value.span, text)), tr("Take its shape"), "call", 0.1 * doubt)
    if node.function == "linspace" and not node.is_method and len(node.arguments) > 1:
        call = f"{prefix_of(source, node)}arange"
        yield Candidate(replaced(source, (node.name_span, call)), tr("Go in steps of this size"), "another function")


def _dtypes(inference: Inference, node: Call) -> Iterator[Candidate]:
    """``'float32'`` for ``'flaot32'``."""
    for value in (*node.arguments, *(value for _, value in node.keywords)):
        if isinstance(value, Literal) and isinstance(value.value, str) and value.value not in words.DTYPES:
            quote = inference.source[value.span.start]
            for rank, name in enumerate(nearest(value.value, words.DTYPES)):
                text = replaced(inference.source, (value.span, f"{quote}{name}{quote}"))
                yield Candidate(text, tr("Read it as {word}", word=name), "word", 0.5 * rank)


def whole_divisions(inference: Inference, nodes: tuple[Node, ...]) -> Iterator[Candidate]:
    """``//`` for ``/`` where a whole number is wanted: ``A[:n / 2]``, ``zeros(n / 2)``."""
    for node in nodes:
        for found in walk(node):
            if isinstance(found, Binary) and found.operator == "/":
                text = replaced(inference.source, (found.operator_span, "//"))
                yield Candidate(text, tr("Divide without a fraction"), "whole division")
