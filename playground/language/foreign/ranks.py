"""Products of PyTorch's that take operands of so many axes only, where ``@`` takes any: they are refused as there."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from playground.language.dotted import dotted
from playground.language.foreign.libraries import LIBRARIES, library_of
from playground.language.problems import Problem, Repair, Span
from playground.language.python_syntax import SYNTAX_ERRORS, expression
from playground.language.signature import Signature, shape_text
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.infer import Inference

_AXES: Final[dict[str, tuple[int, int]]] = {
    "dot": (1, 1), "ger": (1, 1), "mv": (2, 1), "mm": (2, 2), "bmm": (3, 3), "conv2d": (4, 4),
}  # fmt: skip
"""How many axes the two operands must have."""
_TAKEN: Final = {
    "dot": "two vectors", "ger": "two vectors", "mv": "a matrix and a vector", "mm": "two matrices",
    "bmm": "two stacks of matrices", "conv2d": "images (N, C, H, W) and weights (out, C, h, w)",
}  # fmt: skip


def ranks_problem(found: Inference, numpy: str, names: Mapping[str, object]) -> Problem | None:
    """Give the problem of a call in ``found.source`` whose operands have other axes than PyTorch takes; else None.

    ``numpy`` is the text that it is read as, which is the repair: ``@`` takes them all.
    """
    source = found.source
    if not source.isascii() or not any(f"{word}(" in source for word in _AXES):
        return None
    start = source.index("=") + 1 if found.target is not None else 0
    start += len(source[start:]) - len(source[start:].lstrip())
    try:
        tree = expression(source[start:].rstrip())
    except SYNTAX_ERRORS:
        return None
    shapes = {(step.span.start, step.span.end): step.signature for step in found.steps}
    for node in ast.walk(tree):
        operands = _operands(node, names)
        if operands is None or not isinstance(node, ast.Call):
            continue
        word, pair = operands
        if found.problems and word != "conv2d":
            continue  # what is said of the sizes helps more
        known = [shapes.get((start + part.col_offset, start + (part.end_col_offset or 0))) for part in pair]
        for part, signature, axes in zip(pair, known, _AXES[word], strict=False):
            if isinstance(signature, Signature) and signature.ndim != axes:
                place = Span(start + node.col_offset, start + (node.end_col_offset or 0))
                return _problem(word, ast.unparse(part), signature, place, found, numpy)
    return None


def _operands(node: ast.AST, names: Mapping[str, object]) -> tuple[str, list[ast.expr]] | None:
    """The word of PyTorch's that a call is, and its two operands."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in _AXES:
        return None
    path = dotted(node.func)
    library = library_of(path)
    if library is not None:
        is_torchs = LIBRARIES[library][0] == "PyTorch" and path[0] not in names
        return (node.func.attr, node.args[:2]) if is_torchs else None
    if node.func.attr in ("dot", "conv2d"):
        return None  # NumPy's own method takes any
    return node.func.attr, [node.func.value, *node.args[:1]]


def _problem(word: str, operand: str, signature: Signature, place: Span, found: Inference, numpy: str) -> Problem:
    result = found.signature
    repairs: tuple[Repair, ...] = ()
    if word != "conv2d" and isinstance(result, Signature):
        repairs = (Repair(numpy, result.shape, tr("As NumPy's @, which takes them")),)
    return Problem(
        "ndim",
        tr("PyTorch's {word} takes {operands}, and {operand} is {shape}.", word=word, operands=tr(_TAKEN[word]),
           operand=operand, shape=shape_text(signature.shape, signature.axis_names)),
        place,
        tr("torch.matmul takes any.") if word != "conv2d" else tr("One kernel over one image is conv2d(x, kernel)."),
        repairs,
    )  # fmt: skip
