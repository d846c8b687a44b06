"""The text of an entry that pasted code makes: names as they are called here, one line, numbers as an array."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from playground.language.foreign.read import numpy_text
from playground.language.infer import infer
from playground.language.literal import literal_value
from playground.language.names import names_in
from playground.language.nodes import Call, Literal, Sequence
from playground.language.parse import parse
from playground.language.pasted.snippet_lines import one_line
from playground.language.problems import Span
from playground.language.rewriting import replaced
from playground.language.signature import Signature
from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np

    from playground.language.infer import Inference, Operand
    from playground.language.pasted.snippet_lines import Statement

_SIGNS: Final[dict[type[ast.operator], str]] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>",
}  # fmt: skip
_PLAIN: Final = (ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript, ast.List)


_SIZE_OF: Final = re.compile(r"[\w.]+\.(?:shape\[-?\d\]|size|ndim)")
"""A size that is known before running, though its name isn't."""


class SnippetEntry(Record):
    """One entry.

    Attributes
    ----------
    name, source
        Its name and its formula.
    line
        Where it was written.
    values, dtype
        The numbers that are written out, a number or nested lists, and the dtype that NumPy gives them; None for a
        formula.
    is_assigned
        True where the code names it, False for a result that was only shown.
    """

    name: str
    source: str
    line: int
    values: object = None
    dtype: np.dtype | None = None
    is_assigned: bool = True


class Names:
    """What the names of the code are called in formulas.

    Attributes
    ----------
    modules
        What imports brought: a name, and what formulas call it; None for what isn't known here.
    renamed
        A name of the code, and the entry that holds its present value.
    constants
        Names that stand for a text, None, a dtype or several arrays, which no entry can hold, with their texts.
    numbers, tables
        Entries of one cell, and of several axes.
    is_torch
        Whether the code is PyTorch's.
    """

    def __init__(self, operands: Mapping[str, Operand], *, is_torch: bool = False) -> None:
        self.is_torch = is_torch
        self.modules: dict[str, str | None] = {"math": "np"}  # everybody knows it, also in a snippet without its import
        self.renamed: dict[str, str] = {}
        self.constants: dict[str, str] = {}
        self.numbers: set[str] = set()
        self.tables: set[str] = set()
        self._numbers: dict[str, str] = {}
        for name, operand in operands.items():
            if isinstance(operand, Signature):
                self.note(name, operand)

    def current(self, name: str) -> str:
        """The entry that holds the present value of ``name``."""
        return self.renamed.get(name, name)

    def note(self, name: str, signature: Signature) -> None:
        """Remember how many axes an entry has."""
        for names, is_one in ((self.numbers, not signature.shape), (self.tables, len(signature.shape) > 1)):
            (names.add if is_one else names.discard)(name)

    def strangers(self, node: ast.AST) -> list[str]:
        """Names in ``node`` from modules that aren't known here."""
        used = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
        return [name for name in dict.fromkeys(used) if name in self.modules and self.modules[name] is None]

    def used_in(self, text: str) -> tuple[str, ...]:
        """Names of entries that a formula uses."""
        return names_in(parse(text).tree)

    def keep_constant(self, name: str, text: str) -> bool:
        """Remember what no entry can hold but a formula can: a text, None, a dtype, a generator of random numbers.

        False for all else.
        """
        tree = parse(text).tree
        is_constant = isinstance(tree, Literal) and (isinstance(tree.value, str) or tree.value is None)
        is_constant = is_constant or is_generator(text)
        if is_constant:
            self.constants[name] = text
        elif _is_size(text) or _SIZE_OF.fullmatch(text):
            self._numbers[name] = text
        else:
            self._numbers.pop(name, None)
        return is_constant

    def whole_number(self, node: ast.expr) -> int | None:
        """The whole number that is written there, or that stands for a name: ``SEED = 42``."""
        text = self._number(node) if isinstance(node, ast.Name) else ast.unparse(node)
        return int(text) if text.isdecimal() and len(text) < 12 else None

    def is_size(self, node: ast.expr) -> bool:
        """Tell whether a name stands for the size of something, ``n = x.shape[0]``."""
        return _SIZE_OF.fullmatch(self._number(node)) is not None

    def is_number(self, node: ast.expr) -> bool:
        """Tell whether a name stands for one number that only the data tells."""
        return isinstance(node, ast.Name) and self.current(node.id) in self.numbers

    def written_tuple(self, node: ast.expr) -> ast.expr | None:
        """The tuple that a name stands for, ``(2, 3)``; None for anything else."""
        text = self._number(node)
        return ast.parse(text, mode="eval").body if text.startswith("(") else None

    def _number(self, node: ast.expr) -> str:
        return self._numbers.get(self.current(node.id), "") if isinstance(node, ast.Name) else ""

    def inferred(self, text: str, operands: Mapping[str, Operand]) -> tuple[str, Inference]:
        """Infer a formula in NumPy's words; where it needs whole numbers as such, they take their names' places."""
        source = numpy_text(text, is_torch=self.is_torch)
        found = infer(source, operands)
        if found.problems and found.tree is not None and found.problems[0].kind != "unknown-name":
            numbers = {name: number for name, number in self._numbers.items() if name in names_in(found.tree)}
            other = with_texts(source, numbers)
            mended = infer(other, operands)
            if numbers and not mended.problems:
                return other, mended
        return source, found

    def replacement(self, name: str) -> str | None:
        """What stands for ``name`` in a formula, None where it stays."""
        if name in self.constants and name not in self.renamed:
            return self.constants[name]
        current = self.renamed.get(name)
        if current is not None:
            return self.constants.get(current, current)
        return self.modules.get(name)


def expression_text(
    statement: Statement, node: ast.expr, names: Names, before: tuple[ast.operator, ast.expr] | None = None
) -> str:
    """Write ``node`` as a formula; ``before`` is what ``x += node`` adds it to, and how."""
    text = one_line(_with_names(statement, node, names))
    if before is None:
        return text
    operator, target = before
    right = text if isinstance(node, _PLAIN) else f"({text})"
    return f"{_with_names(statement, target, names)} {_SIGNS[type(operator)]} {right}"


def with_texts(source: str, texts: Mapping[str, str]) -> str:
    """Write ``source`` with a text for each name."""
    tree = parse(source).tree
    if tree is None:
        return source
    from playground.language.nodes import Name, walk

    edits = [(node.span, texts[node.name]) for node in walk(tree) if isinstance(node, Name) and node.name in texts]
    return replaced(source, *edits)


def entry_of(name: str, source: str, line: int, found: Inference, *, is_assigned: bool) -> SnippetEntry:
    """Make the entry of a formula: an array to edit where its numbers are written out."""
    if isinstance(found.signature, Signature) and (values := _written_out(found)) is not None:
        return SnippetEntry(name, source, line, values, found.signature.dtype, is_assigned)
    return SnippetEntry(name, source, line, is_assigned=is_assigned)


def _written_out(found: Inference) -> object:
    """The numbers of ``np.array([[1, 2], [3, 4]])`` and of a list; None for anything else."""
    tree = found.tree
    if isinstance(tree, Call) and tree.function == "array" and not tree.is_method and len(tree.arguments) == 1:
        only_dtype = all(name == "dtype" for name, _ in tree.keywords)
        return literal_value(tree.arguments[0]) if only_dtype else None
    return literal_value(tree) if isinstance(tree, Sequence) and not tree.is_tuple else None


def _with_names(statement: Statement, node: ast.expr, names: Names) -> str:
    start, end = statement.segment(node)
    edits = []
    for part in _names_of(node):
        new = names.replacement(part.id)
        if new is not None and new != part.id:
            place = statement.segment(part)
            edits.append((Span(place[0] - start, place[1] - start), new))
    return replaced(statement.text[start:end], *edits)


def _names_of(node: ast.AST) -> Iterator[ast.Name]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part


def is_generator(text: str) -> bool:
    """Tell whether ``text`` makes a generator of random numbers and takes none from it yet."""
    tree = parse(text).tree
    return isinstance(tree, Call) and tree.function == "random.default_rng"


def _is_size(text: str) -> bool:
    """Whole numbers, alone or in a tuple, which a shape or an axis may be made of."""
    try:
        value = ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return False
    return all(type(item) is int for item in (value if isinstance(value, tuple) else (value,)))
