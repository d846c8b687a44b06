"""A pasted error becomes the arrays that it tells of and the operation that failed, which can then be mended here.

The names come from the line of code in the traceback, where one is there and the operation in it fits the shapes.
"""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.dotted import dotted
from playground.language.foreign.read import numpy_text
from playground.language.infer import infer
from playground.language.names import free_name, name_problem
from playground.language.pasted.snippet_names import free, usable
from playground.language.pasted.traceback_clashes import SQUARE
from playground.language.pasted.traceback_lines import Line, code_lines
from playground.language.pasted.traceback_messages import clash_in
from playground.language.python_syntax import SYNTAX_ERRORS
from playground.language.signature import Signature, shape_text
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from playground.language.pasted.traceback_clashes import Clash

_MOST_CHARACTERS: Final = 200_000
_LIKE_AN_ERROR: Final = re.compile(r"error|exception|traceback|shape|size|index|tensor", re.IGNORECASE)
_MODULES: Final = frozenset({("np",), ("numpy",), ("jnp",), ("torch",), ("F",), ("tf",), ("linalg",), ("LA",)})
_PRODUCTS: Final = frozenset({"dot", "matmul", "mm", "bmm", "mv", "linear", "addmm", "inner"})
_CELLWISE: Final = {"add": "+", "subtract": "-", "sub": "-", "multiply": "*", "mul": "*", "divide": "/", "div": "/"}
_JOINS: Final = frozenset({"concatenate", "concat", "cat", "hstack", "vstack", "column_stack"})
_NUMBERS: Final = frozenset(
    (name,) for name in (
        "lr", "learning_rate", "alpha", "beta", "eta", "gamma", "lam", "lambda_", "eps", "epsilon", "step_size", "rate",
        "momentum", "weight_decay", "scale",
    )
)  # fmt: skip
"""What everybody calls numbers that scale arrays."""
_NOT_OF_SHAPES: Final = frozenset({"unknown-name", "unknown-function", "syntax", "unfinished"})
_SIGNS: Final[dict[type[ast.AST], str]] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip


class Retold(Record):
    """An error as entries.

    Attributes
    ----------
    shapes
        Name and signature of each operand, in their order.
    target, formula
        Name and text of the operation that failed.
    is_whole
        False where the error doesn't tell all sizes and some are made up.
    line
        The line of code that the names come from, empty for none.
    """

    shapes: Mapping[str, Signature]
    target: str
    formula: str
    is_whole: bool
    line: str = ""

    @property
    def sentence(self) -> str:
        """What was read, in one or two sentences."""
        told = ", ".join(f"{name} {shape_text(signature.shape)}" for name, signature in self.shapes.items())
        text = tr("Read from the error: {formula} with {shapes}.", formula=self.formula, shapes=told)
        if self.is_whole:
            return text
        return f"{text} {tr('It does not tell all sizes; the others are made up.')}"


class _Operation(Record):
    """An operation in a line of code: its kind, its text with ``{0}`` and ``{1}``, its operands, where its sign is."""

    node: ast.AST
    kind: str
    formula: str
    operands: tuple[ast.expr, ...]
    place: int

    @property
    def strangers(self) -> int:
        """How many operands have no name of their own; x - x.mean() seldom is what failed."""
        names = [{part.id for part in ast.walk(operand) if isinstance(part, ast.Name)} for operand in self.operands]
        shared = len(names) > 1 and not names[0].isdisjoint(names[1])
        numbers = sum(map(_is_number, self.operands))
        return sum(_operand(_scaled(operand)[1], ())[0] is None for operand in self.operands) + 2 * shared + 3 * numbers


def retold(text: str, taken: Collection[str] = ()) -> Retold | None:
    """Read an error of NumPy, PyTorch, JAX or TensorFlow that tells shapes; None where ``text`` is none.

    Parameters
    ----------
    text
        The whole traceback, as a terminal or a notebook shows it, or its last line alone.
    taken
        Names that the entries can't have.
    """
    if len(text) > _MOST_CHARACTERS or _LIKE_AN_ERROR.search(text) is None:
        return None
    clash = clash_in(text) or clash_in(" ".join(text.split()))  # a mail or a chat breaks long lines
    if clash is None:
        return None
    for line in code_lines(text):
        found = _from_line(line, clash, taken)
        if found is not None:
            return found
    names = _fresh_names(len(clash.shapes), taken)
    return _told(clash, clash.formula.format(*names), dict(zip(names, clash.shapes, strict=True)), "", "", taken)


def _told(
    clash: Clash, formula: str, shapes: Mapping[str, tuple[int, ...]], target: str, line: str, taken: Collection[str]
) -> Retold:
    dtypes = dict(zip(shapes, clash.dtypes, strict=False))
    signatures = {name: Signature(shape, np.dtype(dtypes.get(name, "float64"))) for name, shape in shapes.items()}
    used = {*taken, *signatures}
    name = free(target, used) if target and name_problem(target) is None else free_name(used)
    return Retold(signatures, name, formula, clash.is_whole, line)


def _fresh_names(count: int, taken: Collection[str]) -> list[str]:
    names: list[str] = []
    for _ in range(count):
        names.append(free_name((*taken, *names)))
    return names


def _from_line(line: Line, clash: Clash, taken: Collection[str]) -> Retold | None:
    """The operation in a line of code that failed as the error says; None where none did."""
    tree = _tree(line.code)
    if tree is None:
        return None
    operations = [found for found in _operations(tree, clash) if found.kind == clash.kind]
    operations.sort(
        key=lambda found: (
            clash.in_place and not isinstance(found.node, ast.AugAssign),
            abs(found.place - line.caret) if line.caret is not None else 0,
            found.strangers,
        )
    )
    targets = getattr(tree, "targets", [])
    target = targets[0].id if len(targets) == 1 and isinstance(targets[0], ast.Name) else ""
    for operation in operations:
        named = _named(operation, clash, taken)
        if named is None:
            continue
        formula, shapes = named
        is_whole = operation.node is getattr(tree, "value", None)
        found = _told(clash, formula, shapes, target if is_whole else "", line.code, taken)
        problems = infer(formula, found.shapes).problems
        if problems and problems[0].kind not in _NOT_OF_SHAPES:
            return found
    return None


def _tree(code: str) -> ast.stmt | None:
    for text in (code, code.rstrip(",:"), re.sub(r"^(?:el)?if\s+(.*):$", r"\1", code)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                body = ast.parse(text).body
        except SYNTAX_ERRORS:
            continue
        return body[0] if body else None
    return None


def _operations(tree: ast.AST, clash: Clash) -> Iterator[_Operation]:
    """Every operation in a line that may have failed so, the innermost last."""
    for node in ast.walk(tree):
        place = getattr(node, "col_offset", 0)
        match node:
            case (
                ast.BinOp(left=left, op=op, right=right)
                | ast.AugAssign(target=left, op=op, value=right)
                | ast.Compare(left=left, ops=[op], comparators=[right])
            ) if type(op) in _SIGNS:
                kind = "product" if isinstance(op, ast.MatMult) else "cells"
                sign_place, text = left.end_col_offset or place, f"{{0}} {_SIGNS[type(op)]} {{1}}"
                if clash.kind == "output" and isinstance(node, ast.AugAssign):
                    kind, text = "output", f"broadcast_to({text}, {{0}}.shape)"
                yield _Operation(node, kind, text, (left, right), sign_place)
            case ast.Subscript(value=value, slice=ast.Tuple(elts=[first, second])):
                yield _Operation(node, "indexed", "{0}[{1}, {2}]", (value, first, second), place)
            case ast.Subscript(value=value, slice=ast.expr() as index):
                yield _Operation(node, "chosen", "{0}[{1}]", (value, index), place)
            case ast.Call():
                yield from _called(node, place, clash)


def _called(node: ast.Call, place: int, clash: Clash) -> Iterator[_Operation]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    values = list(node.args)
    module = dotted(node.func)[:-1]
    is_function = not isinstance(node.func, ast.Attribute) or module[:1] in _MODULES
    if not is_function and isinstance(node.func, ast.Attribute):
        values.insert(0, node.func.value)
    if name in _PRODUCTS and len(values) >= 2:
        if name == "addmm":
            values = values[1:]
        form = {"linear": "{0} @ {1}.T", "dot": "dot({0}, {1})", "inner": "inner({0}, {1})"}.get(name, "{0} @ {1}")
        yield _Operation(node, "product", form, tuple(values[:2]), place)
    elif name in _CELLWISE and len(values) == 2:
        yield _Operation(node, "cells", f"{{0}} {_CELLWISE[name]} {{1}}", tuple(values), place)
    elif name in _JOINS and node.args and isinstance(node.args[0], (ast.List, ast.Tuple)):
        parts = node.args[0].elts
        if len(parts) == 2:
            form = f"{name}([{{0}}, {{1}}])" if name.endswith("stack") else _join_form(node, clash)
            yield _Operation(node, "joined", form, tuple(parts), place)
    elif name in {*SQUARE, "inverse"} and len(values) == 1:
        form = f"linalg.{'inv' if name == 'inverse' else name}({{0}})"
        yield _Operation(node, "square", form, tuple(values), place)
    elif name in ("reshape", "view") and values:
        yield _Operation(node, "reshaped", clash.formula, (values[0],), place)
    elif len(values) == 3:
        yield from _of_three(node, name, values)


def _of_three(node: ast.Call, name: str, values: list[ast.expr]) -> Iterator[_Operation]:
    if name == "where":
        yield _Operation(node, "choice", "where({0}, {1}, {2})", tuple(values), node.col_offset)
    elif name == "einsum" and isinstance(values[0], ast.Constant):
        text = f"einsum({values[0].value!r}, {{0}}, {{1}})"
        yield _Operation(node, "einsum", text, tuple(values[1:]), node.col_offset)


def _join_form(node: ast.Call, clash: Clash) -> str:
    """The axis as the code has it, where that can be read and the shapes have it."""
    axes = [keyword.value for keyword in node.keywords if keyword.arg in ("axis", "dim")] or node.args[1:2]
    try:
        axis = ast.literal_eval(axes[0]) if axes else 0
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return clash.formula
    ndim = max(map(len, clash.shapes))
    is_axis = type(axis) is int and -ndim <= axis < ndim
    return f"concatenate([{{0}}, {{1}}], axis={axis})" if is_axis else clash.formula


def _named(
    operation: _Operation, clash: Clash, taken: Collection[str]
) -> tuple[str, dict[str, tuple[int, ...]]] | None:
    """Write the operation with a name for each operand, and tell the shape of each; None where it doesn't fit."""
    shapes: dict[str, tuple[int, ...]] = {}
    texts: list[str] = []
    if len(operation.operands) != len(clash.shapes):
        return None
    is_linear = operation.formula.endswith("{1}.T")
    for number, (operand, shape) in enumerate(zip(operation.operands, clash.shapes, strict=True)):
        written = shape[::-1] if is_linear and number else shape
        factor, scaled = _scaled(operand)
        if factor.isidentifier():
            factor = free(usable(factor), (*taken, *shapes))
            shapes[factor] = ()
        name, tail, own = _operand(scaled, written)
        if name is None or name in shapes:
            name, tail, own = free_name((*taken, *shapes)), "", written
        else:
            name = free(usable(name), (*taken, *shapes))
        shapes[name] = own
        texts.append(f"{factor} * {name}{tail}" if factor else name + tail)
    return numpy_text(operation.formula.format(*texts)), shapes


def _scaled(node: ast.expr) -> tuple[str, ast.expr]:
    """``lr * dW`` as the number and the array, which has the shape of both; the number is empty for anything else."""
    match node:
        case (
            ast.BinOp(left=number, op=ast.Mult(), right=ast.Name() | ast.Attribute() as array)
            | ast.BinOp(left=ast.Name() | ast.Attribute() as array, op=ast.Mult(), right=number)
        ) if _is_number(number):
            path = dotted(number)
            return path[-1] if path else ast.unparse(number), array
    return "", node


def _is_number(node: ast.expr) -> bool:
    """A written number, or what everybody calls one: ``lr``, ``self.alpha``."""
    is_written = isinstance(node, ast.Constant) and isinstance(node.value, (int, float))
    return is_written or dotted(node)[-1:] in _NUMBERS


def _operand(node: ast.expr, shape: tuple[int, ...]) -> tuple[str | None, str, tuple[int, ...]]:
    """Name of an operand, what stands behind it, and the shape of what is named: ``W.T`` is of a turned ``W``."""
    match node:
        case ast.Name(id=name):
            return name, "", shape
        case (
            ast.Attribute(value=value, attr="T")
            | ast.Call(func=ast.Attribute(value=value, attr=("t" | "transpose")), args=[], keywords=[])
        ):
            inner, tail, own = _operand(value, shape[::-1])
            return (inner, ".T", own) if not tail else (None, "", shape)
        case ast.Attribute(attr=name):
            return name, "", shape
    return None, "", shape
