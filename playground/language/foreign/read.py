"""Reads the spellings of PyTorch, JAX and TensorFlow as NumPy's, and knows which place of one is which of the other.

A formula is parsed first, so that names, texts and brackets are what they are; then each word of another library gives
way to the NumPy in ``foreign.table``, around its arguments as they were written. Everything else stays as it is.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.dotted import dotted
from playground.language.foreign import table
from playground.language.foreign.clue import has_number_as_text
from playground.language.foreign.filling import Filling, Part, as_tuple, filled, parenthesized
from playground.language.foreign.libraries import LIBRARIES, OWN, TORCHS, given_to, is_torchs, library_of
from playground.language.foreign.special import gives_two, is_one_number, no_order, number_in, special
from playground.language.problems import Span
from playground.language.python_syntax import LINE_BREAKS, SYNTAX_ERRORS, expression
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playground.language.foreign.table import ForeignWord

_TARGET: Final = re.compile(r"\s*[^\W\d]\w*\s*=(?!=)")
_METHODS: Final = "|".join(sorted({*table.TORCH_ONLY, *table.EITHER}, key=len, reverse=True))
_MAYBE: Final = re.compile(
    rf"\b(?:torch|tf|tensorflow|jnp|jax|nn|F)\s*\.|\b(?:dims?|keepdim|keep_dims|descending)\s*=(?!=)|\.\s*(?:{_METHODS})_?\s*\("
    r"|\.\s*transpose\s*\("
)


class Reading(Record):
    """A text with words of another library, and the NumPy that it stands for.

    Attributes
    ----------
    source, numpy
        As it was written, and in NumPy's words.
    changes
        What was read as what: pairs of texts.
    parts
        The pieces of ``numpy`` in order, each with its place in ``source``.
    remarks
        What the other library gives beside.
    """

    source: str
    numpy: str
    changes: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    remarks: tuple[str, ...] = ()

    def place(self, span: Span) -> Span:
        """Find what was written for a place in ``numpy``; what a word stands for lies where the whole word does."""
        begin, starts, ends = 0, [], []
        for part in self.parts:
            end = begin + len(part.text)
            if (begin < span.end and span.start < end) or (begin <= span.start <= end and span.start == span.end):
                starts.append(part.start + max(0, span.start - begin) if part.kept else part.start)
                ends.append(part.end - max(0, end - span.end) if part.kept else part.end)
            begin = end
        start = min(starts)
        return Span(start, start if span.start == span.end else max(ends))

    @property
    def sentence(self) -> str:
        """What was read as what, in one line."""
        shown = ", ".join(tr("{theirs} as {numpy}", theirs=theirs, numpy=numpy) for theirs, numpy in self.changes)
        return " ".join([tr("Read in NumPy's words: {changes}.", changes=shown), *self.remarks])


def numpy_words(source: str, *, is_torch: bool = False) -> Reading | None:
    """Read the words of other libraries in ``source``; None where there are none, or it can't be read. Never raises.

    ``is_torch`` says that it stands among PyTorch's code, and so are the words that NumPy has in another sense.

    >>> numpy_words("F.softmax(x.view(2, -1), dim=-1)").numpy
    'softmax(x.reshape(2, -1), axis=-1)'
    """
    if is_torch or _MAYBE.search(source) or has_number_as_text(source):
        return _read(source, is_torch)
    return None


def numpy_text(source: str, *, is_torch: bool = False) -> str:
    """Write ``source`` in NumPy's words; as it is where it has no others."""
    reading = numpy_words(source, is_torch=is_torch)
    return source if reading is None else reading.numpy


@lru_cache(maxsize=256)
def _read(source: str, is_torch: bool) -> Reading | None:
    if len(source) > words.MAX_LITERAL_CHARACTERS:
        return None
    found = _TARGET.match(source)
    offset = found.end() if found else 0
    body = source[offset:]
    offset += len(body) - len(body.lstrip())
    try:
        tree = expression(source[offset:].rstrip().translate(LINE_BREAKS))
        reader = _Reader(source, offset, is_torch)
        parts = [*reader.kept(0, offset), *reader.whole(tree)]
    except SYNTAX_ERRORS:
        return None
    if not reader.changes:
        return None
    changes, remarks = tuple(dict.fromkeys(reader.changes)), tuple(dict.fromkeys(reader.halves.values()))
    return Reading(source, "".join(part.text for part in parts), changes, tuple(parts), remarks)


class _Reader:
    """Writes one tree anew; ``changes`` are the outermost words that gave way, ``halves`` says what is left out."""

    def __init__(self, source: str, offset: int, is_torch: bool) -> None:
        self._source = source
        self._is_torch = is_torch
        self._columns = [offset + k for k, char in enumerate(source[offset:]) for _ in char.encode("utf-8", "replace")]
        self._columns.append(len(source))
        self.changes: list[tuple[str, str]] = []
        self.halves: dict[ast.Call, str] = {}
        self._depth = 0

    def whole(self, tree: ast.expr) -> list[Part]:
        """Give the pieces of the text from ``tree`` to the end."""
        self._is_torch = self._is_torch or any(map(is_torchs, ast.walk(tree)))
        start, end = self._span(tree)
        before = self._columns[0]
        return [*self.kept(before, start), *self._node(tree), *self.kept(end, len(self._source))]

    def kept(self, start: int, end: int) -> list[Part]:
        """Give a piece of the text as it is."""
        return [Part(self._source[start:end], start, end, kept=True)] if start < end else []

    def _span(self, node: ast.AST) -> tuple[int, int]:
        return self._columns[node.col_offset], self._columns[node.end_col_offset]  # type: ignore[attr-defined]

    def _node(self, node: ast.AST, around: ast.AST | None = None) -> list[Part]:
        """Give the pieces of one sub-expression; ``around`` is what it is an operand of."""
        self._depth += 1
        parts = self._changed(node)
        self._depth -= 1
        if parts is None:
            return self._same(node)
        start, end = self._span(node)
        if not self._depth:
            self.changes.append((self._source[start:end], "".join(part.text for part in parts)))
        if parts and isinstance(around, (ast.BinOp, ast.UnaryOp, ast.Compare, ast.Attribute, ast.Subscript)):
            parts = parenthesized(parts, start, end, around, right=getattr(around, "right", None) is node)
        return parts

    def _same(self, node: ast.AST) -> list[Part]:
        """Keep ``node``, and change what is in it."""
        start, end = self._span(node)
        parts: list[Part] = []
        children = [child for child in _located(node) if hasattr(child, "col_offset")]
        for child in sorted(children, key=lambda child: self._span(child)):
            place = self._span(child)
            parts += self.kept(start, place[0])
            parts += self._keyword(child) if isinstance(child, ast.keyword) else self._node(child, node)
            start = place[1]
        return [*parts, *self.kept(start, end)]

    def _keyword(self, keyword: ast.keyword) -> list[Part]:
        start = self._span(keyword)[0]
        name = table.KEYWORDS.get(keyword.arg or "")
        value = self._span(keyword.value)[0]
        if name is None or keyword.arg is None:
            return [*self.kept(start, value), *self._node(keyword.value)]
        end = start + len(keyword.arg)
        if not self._depth:
            self.changes.append((f"{keyword.arg}=", f"{name}="))
        return [Part(name, start, end), *self.kept(end, value), *as_tuple(self._node(keyword.value), keyword.value)]

    def _changed(self, node: ast.AST) -> list[Part] | None:
        """Give what stands for ``node`` in NumPy, None where it is NumPy already."""
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Attribute):
            return self._word(node) or self._one_of_two(node, node.attr)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and self._is_torch:
            return self._one_of_two(node, {0: "values", 1: "indices"}.get(node.slice.value))  # type: ignore[arg-type]
        return None

    def _word(self, node: ast.Attribute) -> list[Part] | None:
        """``torch.float32`` and ``jnp.pi``."""
        path = dotted(node)
        library = library_of(path)
        if library is None or len(path) - len(library) != 1:
            return None
        name = path[-1]
        known = table.DTYPES.get(name) if "torch" in library else words.DTYPES.get(name)
        if known is None and name in {**words.CONSTANTS, **words.SOFT_CONSTANTS}:
            known = name
        return None if known is None else [Part(known, *self._span(node))]

    def _one_of_two(self, node: ast.Attribute | ast.Subscript, field: str | None) -> list[Part] | None:
        """``x.max(dim=1).values`` and ``.indices``: PyTorch gives both, NumPy has a function for each."""
        call = node.value
        if field not in ("values", "indices") or not isinstance(call, ast.Call):
            return None
        func = call.func
        if not isinstance(func, ast.Attribute) or not gives_two(func.attr, call, given_to(call, func)):
            return None
        parts = self._node(call)
        self.halves.pop(call, None)
        if field == "values":
            return parts
        if func.attr == "median":
            return None
        word = "sort" if func.attr == "topk" else func.attr
        place = next(k for k, part in enumerate(parts) if word in part.text)
        part = parts[place]
        begin = part.text.rindex(word)
        start, end = self._span(node)
        lead = part.text[:begin].removesuffix("-")  # places of -sort(-x) are those of sort(-x)
        around = [Part(text, start, end) for text in (lead, f"arg{part.text[begin:]}") if text]
        return [*parts[:place], *around, *parts[place + 1 :]]

    def _call(self, node: ast.Call) -> list[Part] | None:
        number = number_in(node)
        if number is not None:
            return [Part(number, *self._span(node))]
        module = self._module(node)
        if module is not None:
            return module
        path = dotted(node.func)
        library = library_of(path)
        if library is not None:
            return self._function(node, library, ".".join(path[len(library) :]))
        if not isinstance(node.func, ast.Attribute) or (path[:1] and path[0] in OWN):
            return None
        name, given = node.func.attr, given_to(node, node.func)
        self._note_half(node, name, given)
        found = special(name, node, given) if name not in ("max", "min") or self._is_torch else None
        if found is not None:
            return self._filled(node, *found, name)
        row = self._method(node, name)
        return None if row is None else self._filled(node, row, given, name)

    def _module(self, node: ast.Call) -> list[Part] | None:
        """``nn.Softmax(dim=-1)(x)`` is ``softmax(x, axis=-1)``."""
        made = node.func
        path = dotted(made.func) if isinstance(made, ast.Call) else ()
        word = table.MODULES.get(path[-1]) if path[:-1] in (("nn",), ("torch", "nn")) else None
        if word is None or not isinstance(made, ast.Call):
            return None
        given, call = [*node.args, *made.args], ast.Call(node.func, node.args, [*node.keywords, *made.keywords])
        ast.copy_location(call, node)
        row = special(word, call, given) or (table.FUNCTIONAL[word], given)
        return self._filled(call, *row, word)

    def _note_half(self, node: ast.Call, name: str, given: Sequence[ast.expr]) -> None:
        """Say of ``torch.max(x, dim=1)`` that only its values are read."""
        if self._is_torch and gives_two(name, node, given):
            self.halves[node] = tr("{name} gives the values alone; PyTorch gives their places too.", name=name)

    def _method(self, node: ast.Call, name: str) -> ForeignWord | None:
        if name == "norm" and not all(isinstance(argument, ast.Constant) for argument in node.args):
            return None  # lingalg.norm(v) is a slip of the pen
        if name == "item" and isinstance(node.func, ast.Attribute) and is_one_number(node.func.value):
            return table.ForeignWord("x", ("<x>",))  # loss.mean().item()
        never = name == "transpose" and no_order(node)
        if name in table.TORCH_TOO and (self._is_torch or never) and (name != "size" or not node.args):
            return table.TORCH_TOO[name]
        return table.TORCH_ONLY.get(name.removesuffix("_")) or table.TORCH_ONLY.get(name) or table.EITHER.get(name)

    def _function(self, node: ast.Call, library: tuple[str, ...], name: str) -> list[Part] | None:
        if library[0] in TORCHS:
            self._note_half(node, name, node.args)
        found = special(name, node, node.args, is_torch=library[0] in TORCHS) if node.args else None
        if found is not None:
            return self._filled(node, *found, name)
        for rows in LIBRARIES[library][1]:
            if name in rows:
                return self._filled(node, rows[name], node.args, name.rpartition(".")[2])
        if name in table.OTHERWISE[LIBRARIES[library][0]] or name.startswith("random."):
            return None
        from playground.language.functions import FUNCTIONS  # the table's rules import the parser's folder

        last = name.rpartition(".")[2]
        known = next((n for n in (name, last, f"linalg.{last}") if n in FUNCTIONS or n in words.ALIASES), None)
        if known is None:
            return None
        start, end = self._span(node.func)
        return [Part(known, start, end), *self._arguments(node, end)]

    def _arguments(self, node: ast.Call, start: int) -> list[Part]:
        """Give what follows the function's name, from ``start`` on."""
        parts: list[Part] = []
        for child in sorted([*node.args, *node.keywords], key=lambda child: self._span(child)):
            place = self._span(child)
            parts += self.kept(start, place[0])
            parts += self._keyword(child) if isinstance(child, ast.keyword) else self._node(child)
            start = place[1]
        return [*parts, *self.kept(start, self._span(node)[1])]

    def _filled(self, node: ast.Call, row: ForeignWord, given: Sequence[ast.expr], name: str) -> list[Part] | None:
        keywords = {
            keyword.arg: keyword.value
            for keyword in node.keywords
            if keyword.arg is not None
            and keyword.arg not in table.WITHOUT_MEANING
            and not (keyword.arg == "reduction" and getattr(keyword.value, "value", None) == "mean")
        }
        return filled(Filling(row, name, given, keywords, self._span(node), self._node))


def _located(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of ``node`` that have a place, with those of parts that have none."""
    for child in ast.iter_child_nodes(node):
        if hasattr(child, "col_offset"):
            yield child
        else:
            yield from _located(child)
