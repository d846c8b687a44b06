"""Puts the arguments of a call of another library into the NumPy that stands for it."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from playground.language.foreign import table
from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from playground.language.foreign.table import ForeignWord

_HOLE: Final = re.compile(r"<([*#!?]?)(\w+)>")
_GROUP: Final = re.compile(r"\{([^{}]*)\}")
_SIGN_BEFORE: Final = re.compile(r"(?:(?<!\w)-|[-+*/@<>=]\s)$")
_SIGN_BEHIND: Final = re.compile(r"\s(?:\*\*|[-+*/@<>=!]=?)\s|[.\[]")
_SIGNS: Final[tuple[tuple[type[ast.AST], ...], ...]] = (
    (ast.IfExp,), (ast.Or,), (ast.And,), (ast.Not,), (ast.Compare,), (ast.BitOr,), (ast.BitXor,), (ast.BitAnd,),
    (ast.LShift, ast.RShift), (ast.Add, ast.Sub), (ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.MatMult),
    (ast.USub, ast.UAdd, ast.Invert), (ast.Pow,),
)  # fmt: skip
_BINDS: Final = {kind: strength for strength, kinds in enumerate(_SIGNS) for kind in kinds}
_ATOM: Final = len(_SIGNS)


class Part(Record):
    """A piece of the NumPy text and the place in the written text that it stands for.

    ``kept`` is true where it is that very text, character by character.
    """

    text: str
    start: int
    end: int
    kept: bool = False


class Filling(Record, eq=False):
    """A call and the row that it is read by.

    Attributes
    ----------
    row, name
        The row, and the last part of the function's name.
    given, keywords
        Arguments by place and by name.
    place
        Where the call stands.
    pieces
        Writes one argument.
    """

    row: ForeignWord
    name: str
    given: Sequence[ast.expr]
    keywords: Mapping[str, ast.expr]
    place: tuple[int, int]
    pieces: Callable[[ast.expr], list[Part]]


def filled(filling: Filling) -> list[Part] | None:
    """Give the NumPy of a call; None where its arguments aren't those of the row."""
    if filling.row.texts == ("",):
        return _same_name(filling)
    bound = _bound(filling)
    if bound is None or any(isinstance(value, ast.Starred) for values in bound.values() for value in values):
        return None
    for text in filling.row.texts:
        plain = _GROUP.sub(lambda group: group[1] if _complete(group[1], bound) else "", text)
        if _complete(plain, bound):
            return list(_written(plain, bound, filling))
    return None


def parenthesized(
    parts: list[Part], start: int, end: int, around: ast.AST | None = None, *, right: bool = False
) -> list[Part]:
    """Put parentheses around an operation that becomes an operand, where it must have them.

    ``around`` is the operation whose operand it becomes, its right one where ``right`` is true; None for any.
    """
    inner = _strength(ast.parse("".join(part.text for part in parts), mode="eval").body)
    closer = right or isinstance(around, ast.Compare) or isinstance(getattr(around, "op", None), ast.Pow)
    outer = _ATOM if around is None else _strength(around) + closer
    if inner >= outer:
        return parts
    return [Part("(", start, end), *parts, Part(")", start, end)]


def as_tuple(parts: list[Part], value: ast.expr) -> list[Part]:
    """Write a list of axes, which NumPy's functions refuse, as a tuple of them."""
    if not isinstance(value, ast.List) or not value.elts:
        return parts
    first, last = parts[0], parts[-1]
    end = ",)" if len(value.elts) == 1 else ")"
    return [Part("(", first.start, first.end), *parts[1:-1], Part(end, last.start, last.end)]


def _strength(node: ast.AST) -> int:
    """How tightly the outermost operator of ``node`` binds; its parts, where it is no operator, may be anything."""
    if isinstance(node, (ast.BinOp, ast.UnaryOp, ast.BoolOp)):
        return _BINDS[type(node.op)]
    return _BINDS.get(type(node), _ATOM)


def _same_name(filling: Filling) -> list[Part] | None:
    """NumPy's function of the same name with the same arguments, an axis by its own keyword."""
    parts = [Part(f"{filling.name}(", *filling.place)]
    for number, value in enumerate(filling.given):
        parts += [Part(", ", *filling.place)] if number else []
        parts += filling.pieces(value)
    for name, value in filling.keywords.items():
        lead = ", " if len(parts) > 1 else ""
        parts += [Part(f"{lead}{table.KEYWORDS.get(name, name)}=", *filling.place), *filling.pieces(value)]
    return [*parts, Part(")", *filling.place)]


def _bound(filling: Filling) -> dict[str, tuple[ast.expr, ...]] | None:
    """Pair the arguments with the row's parameters; None where they don't fit."""
    by_place, by_name, rest, required = _parameters(filling.row.parameters)
    bound: dict[str, tuple[ast.expr, ...]] = {
        name: (value,) for name, value in zip(by_place, filling.given, strict=False)
    }
    more = tuple(filling.given[len(by_place) :])
    if rest is not None:
        bound[rest] = more
    elif more:
        return None
    names = {*by_place, *by_name, *([rest] if rest is not None and not more else [])}
    for written, value in filling.keywords.items():
        same = (written, table.KEYWORDS.get(written, ""), *(n for n, axis in table.KEYWORDS.items() if axis == written))
        name = next((name for name in same if name in names), None)
        if name is None or bound.get(name):
            return None
        bound[name] = (value,)
    given = {name: values for name, values in bound.items() if values and not _is(values[0], None)}
    return given if required <= set(given) else None


def _parameters(text: str) -> tuple[list[str], list[str], str | None, set[str]]:
    """Names that may be given by place, all others, the one that takes the rest, and what must be given."""
    by_place: list[str] = []
    by_name: list[str] = []
    rest, required = None, set()
    for parameter in text.split(", "):
        name, equals, _ = parameter.partition("=")
        if name.startswith("*"):
            rest = name[1:]
            continue
        (by_place if rest is None else by_name).append(name)
        if not equals:
            required.add(name)
    return by_place, by_name, rest, required


def _is(value: ast.expr, constant: object) -> bool:
    return isinstance(value, ast.Constant) and value.value is constant


def _complete(text: str, bound: Mapping[str, tuple[ast.expr, ...]]) -> bool:
    for kind, name in _HOLE.findall(text):
        values = bound.get(name)
        if values is None or (kind in ("!", "?") and not _is(values[0], kind == "!")):
            return False
    return True


def _written(text: str, bound: Mapping[str, tuple[ast.expr, ...]], filling: Filling) -> Iterator[Part]:
    last = 0
    for hole in _HOLE.finditer(text):
        yield from _part(text[last : hole.start()], filling)
        last = hole.end()
        kind, values = hole[1], bound[hole[2]]
        if kind in ("!", "?"):
            continue
        if kind == "#" and len(values) > 1:
            yield from _part("(", filling)
        for number, value in enumerate(values):
            yield from _part(", " if number else "", filling)
            parts = filling.pieces(value)
            parts = as_tuple(parts, value) if hole[2] in ("dim", "axis") else parts
            is_operand = _SIGN_BEFORE.search(text[: hole.start()]) or _SIGN_BEHIND.match(text, hole.end())
            yield from parenthesized(parts, *filling.place) if is_operand else parts
        if kind == "#" and len(values) > 1:
            yield from _part(")", filling)
    yield from _part(text[last:], filling)


def _part(text: str, filling: Filling) -> Iterator[Part]:
    if text:
        yield Part(text, *filling.place)
