"""A formula as code: NumPy's names with their prefix, our additions as the plain NumPy that they stand for."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.brackets import is_range
from playground.language.foreign.read import numpy_text
from playground.language.functions import FUNCTIONS
from playground.language.literal import post_order
from playground.language.nodes import (
    Attribute,
    Binary,
    Call,
    Choice,
    Index,
    Literal,
    Name,
    Node,
    Sequence,
    Slice,
    Starred,
    Truth,
    Unary,
    walk,
)  # fmt: skip
from playground.language.parse import parse
from playground.language.piece import ATOM, BINDS, CHOSEN, COMPARED, UNARY, Piece
from playground.language.python_tuples import is_count

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from playground.language.table.row import Function, Parameter

_BUILT_IN: Final = frozenset({"bool", "int", "float", "complex"})
_RANDOM: Final = "random."
_NO_LISTS: Final = frozenset({"take_along_axis"})
"""Functions of NumPy's that want arrays where all others take lists too."""

_OTHERWISE: Final = {"empty": "zeros", "empty_like": "zeros_like"}
"""Functions that give something definite here, and NumPy's name for that."""

_SIMPLE: Final = re.compile(r"-?[\w.]{1,20}(\[[\w, :]{1,10}\])?|\([-\d, ]{1,20}\)")
"""Text that may stand in a formula several times and leave it readable."""

_FIELDS: Final = {field: place for row in FUNCTIONS.values() if row.addition for place, field in enumerate(row.results)}
"""Results of additions, whose plain NumPy gives a tuple without names."""


_MISSING: Final = Piece("None", missing=True)


def as_numpy(source: str, names: Collection[str] = (), target: str | None = None) -> str:
    """Write ``source`` as NumPy code that runs with nothing but ``import numpy as np`` before it.

    An addition such as ``relu`` becomes the formula it stands for, or a ``def`` before the line where a formula would
    have to say something twice. On whole numbers of less than 64 bits that formula may give another dtype than the
    addition, which computes in float64. A text that can't be read comes back as it is. Nothing is run, and nothing
    raised.

    Parameters
    ----------
    source
        A formula, with or without ``name =`` before it.
    names
        Names of the entries: ``e`` is Euler's number only where no entry has that name.
    target
        What the result is called, where ``source`` doesn't say it.
    """
    parsed = parse(numpy_text(source))
    if parsed.tree is None:
        return source
    definitions = _Definitions()
    piece = _Writer(parsed.source, {name: Piece(name) for name in names}, definitions).write(parsed.tree)
    name = parsed.target or target
    line = f"{name} = {piece.text}" if name else piece.text
    if piece.is_list:
        line = line.replace(piece.text, piece.array().text)
    imports = ["import math\n"] if any("math." in text for text in definitions.texts.values()) else []
    return "\n\n".join([*imports, *(f"{text}\n" for text in definitions.texts.values()), line])


class _Definitions:
    """The functions that have to stand before the line, by name, in order."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._names: dict[tuple[str, frozenset[str]], str] = {}

    def whole(self, row: Function) -> str:
        """Name of the function of a row whose plain NumPy is a function."""
        self.texts[row.name] = row.plain
        return row.name

    def of_formula(self, row: Function, left_out: frozenset[str]) -> str:
        """Name of a function around a row's formula, without the parameters that are ``left_out``."""
        key = (row.name, left_out)
        if key not in self._names:
            taken = sum(name == row.name for name, _ in self._names)
            self._names[key] = f"{row.name}_{taken + 1}" if taken else row.name
            kept = [parameter for parameter in row.parameters if parameter.name not in left_out]
            body = _lines(
                row, {p.name: _MISSING if p.name in left_out else Piece(p.name) for p in row.parameters}, self
            )
            head = f"def {self._names[key]}({', '.join(map(_parameter_text, kept))}):"
            lines = [f"{name} = {piece.text}" if name else f"return {piece.text}" for name, piece in body]
            self.texts[self._names[key]] = "\n    ".join([head, *lines])
        return self._names[key]


def _parameter_text(parameter: Parameter) -> str:
    return parameter.name if parameter.required else f"{parameter.name}={parameter.default!r}"


def _lines(row: Function, names: dict[str, Piece], definitions: _Definitions) -> list[tuple[str, Piece]]:
    """Write the lines of a row's formula: the name of a part and its code, at last the result without a name."""
    found = []
    for line in row.plain.splitlines():
        parsed = parse(line)
        assert parsed.tree is not None, line
        found.append((parsed.target or "", _Writer(line, names, definitions, own=True).write(parsed.tree)))
        if parsed.target:
            names[parsed.target] = Piece(parsed.target)
    return found


class _Writer:
    """Writes one tree.

    Parameters
    ----------
    source
        The text of the tree.
    names
        What stands for a name, itself where it isn't here.
    definitions
        Takes the functions that the code needs.
    own
        True for the formula of a row, in which a keyword that says nothing new is left out.
    """

    def __init__(
        self, source: str, names: Mapping[str, Piece], definitions: _Definitions, *, own: bool = False
    ) -> None:
        self._source, self._names, self._definitions, self._own = source, names, definitions, own
        self._pieces: dict[int, Piece] = {}

    def write(self, tree: Node) -> Piece:
        """Give the code of ``tree``."""
        for node in post_order(tree):
            self._pieces[id(node)] = self._piece(node)
        return self._pieces[id(tree)]

    def _of(self, node: Node) -> Piece:
        return self._pieces[id(node)]

    def _text(self, node: Node) -> str:
        return self._source[node.span.start : node.span.end]

    def _piece(self, node: Node) -> Piece:
        match node:
            case Literal():
                return Piece(self._literal(node))
            case Name(name=name):
                soft = name in words.SOFT_CONSTANTS and name not in self._names
                return Piece(f"np.{name}") if soft else self._names.get(name, Piece(name))
            case Sequence():
                return self._sequence(node)
            case Unary() | Starred() | Truth() | Choice():
                return self._signed(node)
            case Binary():
                return self._binary(node)
            case Attribute():
                return self._attribute(node)
            case Slice():
                parts = ["" if part is None else self._of(part).text for part in (node.start, node.stop, node.step)]
                return Piece(":".join(parts if parts[2] else parts[:2]))
            case Index():
                return self._index(node)
            case Call():
                return self._call(node)
        return Piece(self._text(node))

    def _literal(self, node: Literal) -> str:
        text = self._text(node)
        if isinstance(node.value, str):
            if text[:1] in ("'", '"') or node.span.start == node.span.end:
                return repr(node.value)
            word = text.rpartition(".")[2]
            return word if word in _BUILT_IN else f"np.{word if word in words.DTYPES else node.value}"
        if not text:  # nobody wrote it
            return repr(node.value)
        word = text.rpartition(".")[2]
        return f"np.{word}" if word in words.CONSTANTS or word in words.SOFT_CONSTANTS else text

    def _signed(self, node: Unary | Starred | Truth | Choice) -> Piece:
        if isinstance(node, Unary):
            return Piece(node.operator + self._of(node.operand).array().within(UNARY), UNARY)
        if isinstance(node, Starred):
            return Piece(f"*{self._of(node.value).within(ATOM)}")
        if isinstance(node, Choice):
            yes, condition, no = (self._of(part) for part in (node.yes, node.condition, node.no))
            return Piece(f"{yes.within(CHOSEN + 1)} if {condition.within(CHOSEN + 1)} else {no.text}", CHOSEN)
        strength = BINDS[node.operator]
        texts = [self._of(operand).within(strength if node.operator == "not" else strength + 1)
                 for operand in node.operands]  # fmt: skip
        return Piece(f"not {texts[0]}" if node.operator == "not" else f" {node.operator} ".join(texts), strength)

    def _binary(self, node: Binary) -> Piece:
        left, right, sign = self._of(node.left), self._of(node.right), node.operator
        if left.missing or right.missing:
            return right if left.missing else left
        tuples = left.is_tuple and right.is_tuple and sign in ("+", "==", "!=")
        if sign == "*":
            tuples = (left.is_tuple and is_count(node.right)) or (right.is_tuple and is_count(node.left))
        if not tuples:
            left, right = left.array(), right.array()
        strength = BINDS[sign]
        # a < b < c would be a chain, and a power binds what stands right of it first, signs included.
        before = strength + 1 if strength == COMPARED or sign == "**" else strength
        after = UNARY if sign == "**" else strength + 1
        text = f"{left.within(before)} {sign} {right.within(after)}"
        return Piece(text, strength, is_tuple=tuples and sign in ("+", "*"))

    def _sequence(self, node: Sequence) -> Piece:
        inner = ", ".join(self._of(item).text for item in node.items)
        if node.is_tuple:
            return Piece(f"({inner},)" if len(node.items) == 1 else f"({inner})", is_tuple=True)
        return Piece(f"[{inner}]", is_list=True)

    def _index(self, node: Index) -> Piece:
        base = self._of(node.value)
        array = base if base.is_tuple else base.array()
        inner = ", ".join(self._of(item).text for item in node.items) or "()"
        sliced = base.is_tuple and any(isinstance(item, Slice) for item in node.items)
        return Piece(f"{array.within(ATOM)}[{inner}]", is_tuple=sliced)

    def _attribute(self, node: Attribute) -> Piece:
        base = self._of(node.value).array()
        if node.name in _FIELDS:
            return Piece(f"{base.within(ATOM)}[{_FIELDS[node.name]}]")
        return Piece(f"{base.within(ATOM)}.{node.name}", is_tuple=node.name == "shape")

    # -- calls -------------------------------------------------------------------------------------------------

    def _call(self, node: Call) -> Piece:
        row = FUNCTIONS.get(node.function)
        arguments = [self._of(argument) for argument in node.arguments]
        if is_range(node):
            *bounds, last = (piece.text for piece in arguments)
            return Piece(":".join([*bounds, f"{last}j" if node.function == "linspace" else last]))
        if node.function in words.BUILDERS:
            return Piece(f"np.{node.function}[{', '.join(piece.text for piece in arguments)}]")
        keywords = {name: self._of(value) for name, value in node.keywords}
        if row is not None and row.plain:
            return self._expanded(row, arguments, keywords)
        if node.function == "where" and arguments and arguments[0].missing:
            return arguments[1]
        if row is not None and self._own:
            # axis=None and keepdims=False say nothing; other defaults may be younger than NumPy 2.0.
            silent = {(p.name, repr(p.default)) for p in row.parameters if p.default is None or p.default is False}
            keywords = {name: piece for name, piece in keywords.items() if (name, piece.text) not in silent}
        if node.function.startswith(_RANDOM):
            seed = keywords.pop("seed", Piece("0")).text
            source = "default_rng" if node.function.startswith(words.GENERATOR) else "RandomState"
            name = node.function.rpartition(".")[2]
            return Piece(f"np.random.{source}({seed}).{name}({_arguments_text(arguments, keywords)})")
        if node.function in _NO_LISTS:
            arguments = [piece.array() for piece in arguments]
        # NumPy 2.0 has astype as a method only.
        is_method = node.is_method and row is not None and row.method and "correction" not in keywords
        head = f"np.{_OTHERWISE.get(node.function, node.function)}"
        if arguments and (is_method or node.function in ("astype", "view")):
            head = f"{arguments[0].array().within(ATOM)}.{node.function}"
            arguments = arguments[1:]
        return Piece(f"{head}({_arguments_text(arguments, keywords)})")

    def _expanded(self, row: Function, arguments: list[Piece], keywords: dict[str, Piece]) -> Piece:
        places = [parameter.name for parameter in row.parameters if parameter.by_position]
        given = dict(zip(places, arguments, strict=False)) | keywords
        optional = {parameter.name for parameter in row.parameters if parameter.default is None}
        given = {name: piece for name, piece in given.items() if piece.text != "None" or name not in optional}
        left_out = frozenset(optional - given.keys())
        if row.plain.startswith("def "):
            return _called(row, self._definitions.whole(row), given)
        if "\n" in row.plain or any(count > 1 and _is_long(given.get(name)) for name, count in _uses(row).items()):
            return _called(row, self._definitions.of_formula(row, left_out), given)
        names = {
            p.name: given.get(p.name, _MISSING if p.default is None else Piece(repr(p.default))) for p in row.parameters
        }
        return _lines(row, names, self._definitions)[-1][1]


def _uses(row: Function) -> Counter[str]:
    """How often the formula of a row names each of its parameters."""
    tree = parse(row.plain).tree
    return Counter(node.name for node in walk(tree) if isinstance(node, Name)) if tree is not None else Counter()


def _is_long(piece: Piece | None) -> bool:
    return piece is not None and not _SIMPLE.fullmatch(piece.text)


def _called(row: Function, name: str, given: Mapping[str, Piece]) -> Piece:
    """Call a function that was defined: by place what it needs, by name what else is given."""
    given = {key: piece if key == "axis" else piece.array() for key, piece in given.items()}
    required = [given[p.name] for p in row.parameters if p.required and p.name in given]
    others = {p.name: given[p.name] for p in row.parameters if not p.required and p.name in given}
    return Piece(f"{name}({_arguments_text(required, others)})")


def _arguments_text(arguments: list[Piece], keywords: Mapping[str, Piece]) -> str:
    return ", ".join([*(piece.text for piece in arguments), *(f"{name}={p.text}" for name, p in keywords.items())])
