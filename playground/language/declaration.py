"""Declarations: ``x: (B=32, d=784) float16`` says the shape and the dtype of an array without its numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language import vocabulary as words
from playground.language.arguments import check_size
from playground.language.error_message import is_error_message
from playground.language.mistake import Mistake
from playground.language.names import name_problem
from playground.language.problems import Problem, Span
from playground.language.signature import Signature, shape_text
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_AXES: Final = 32

_NAME = re.compile(r"\s*([^\W\d]\w*)\s*:(?!=)")
_TOKEN = re.compile(r"\d[\w.]*|[^\W\d][\w.]*|\S")
_TIMES = re.compile(r"\d+(?:\s*[x×*]\s*\d+)+(?!\w)")  # 32x784, as lists and the command line write it
_PREFIXES: Final = ("np.", "numpy.", "cp.", "cupy.", "torch.", "jnp.")
_DEFAULT: Final = np.dtype(np.float64)
_MOST_DIGITS: Final = 20


class Declaration(Record):
    """What a declaration says.

    Attributes
    ----------
    source
        The text as it was given; spans count its characters.
    name
        What stands before the colon.
    signature
        Shape, dtype (float64 where none is written) and names of the axes; None where ``problem`` says why not.
    problem
        What is wrong with the text, None where nothing is.
    """

    source: str
    name: str
    signature: Signature | None
    problem: Problem | None = None


def declared(source: str, sizes: Mapping[str, int] | None = None, *, name: str = "") -> Declaration | None:
    """Read ``source`` as a declaration; None where it isn't one. Never raises.

    Parameters
    ----------
    source
        ``x: (32, 784) float16``, ``x: (B=32, d=784)``, ``x: 32×784``, ``v: (3,)``, ``s: ()``.
    sizes
        Sizes of axes that have a name already: ``W: (d, 10)`` after ``x: (B=32, d=784)`` needs no number for ``d``.
    name
        Whose shape is read where no name and colon stand before it: ``(32, 784) float16`` alone.

    >>> declared("x: (B=32, d=784) float16").signature.axis_names
    ('B', 'd')
    """
    found = None if is_error_message(source) else _NAME.match(source)
    if found is None and not (name and source.lstrip().startswith("(")):
        return None
    name, start = (found[1], found.end()) if found else (name, 0)
    try:
        sentence = name_problem(name) if found else None
        if found and sentence is not None:
            raise Mistake("name", sentence, tr("Choose another name."), span=Span(*found.span(1)))
        return Declaration(source, name, _Reader(source, start, sizes or {}).signature())
    except Mistake as mistake:
        place = mistake.span or Span(start, len(source))
        unfinished = mistake.kind == "unfinished"
        problem = Problem(mistake.kind, mistake.message, place, mistake.hint, unfinished=unfinished)
        return Declaration(source, name, None, problem)


def declaration_text(signature: Signature) -> str:
    """Write shape, names and dtype so that ``declared`` reads them back: ``(B=32, 784) float16``.

    >>> declaration_text(Signature((3,), np.dtype("float32")))
    '(3,) float32'
    """
    return f"{shape_text(signature.shape, signature.axis_names)} {signature.dtype}"


class _Reader:
    """Reads what stands after the colon, token by token; raises ``Mistake``, of kind ``"unfinished"`` at the end."""

    def __init__(self, source: str, start: int, sizes: Mapping[str, int]) -> None:
        self._source = source
        self._known = sizes
        self._start = start + len(source[start:]) - len(source[start:].lstrip())
        self._tokens: Iterator[re.Match[str]] = _TOKEN.finditer(source, self._start)
        self._shape: list[int] = []
        self._names: list[str | None] = []
        self._text, self._span = "", Span(start, start)
        self._next()

    def signature(self) -> Signature:
        """Read all of it."""
        times = _TIMES.match(self._source, self._start)
        if times is not None:
            for size in re.finditer(r"\d+", times[0]):
                self._add(None, self._size(size[0], Span(self._start + size.start(), self._start + size.end())))
            self._tokens = _TOKEN.finditer(self._source, times.end())
            self._next()
        else:
            self._read_sizes()
        dtype = self._dtype()
        try:
            check_size(self._shape, dtype.itemsize)
        except Mistake as mistake:
            raise Mistake(mistake.kind, mistake.message, span=Span(self._start, len(self._source))) from None
        names = tuple(self._names) if any(self._names) else ()
        return Signature(tuple(self._shape), dtype, axis_names=names)

    def _next(self) -> None:
        found = next(self._tokens, None)
        end = len(self._source)
        self._text, self._span = ("", Span(end, end)) if found is None else (found[0], Span(*found.span()))

    def _expect(self, sign: str, message: str, hint: str) -> None:
        if not self._text:
            raise self._unfinished()
        if self._text != sign:
            raise Mistake("declaration", message, hint, span=self._span)
        self._next()

    def _unfinished(self) -> Mistake:
        return Mistake("unfinished", tr("The shape isn't complete yet."), tr("Write x: (32, 784) float16."))

    def _read_sizes(self) -> None:
        self._expect("(", tr("A shape stands in parentheses."), tr("Write (32, 784), or (3,) for one axis."))
        while self._text != ")":
            self._read_axis()
            if self._text != ")":
                self._expect(",", tr("Here a comma is missing."), tr("Sizes are written (32, 784)."))
        self._next()

    def _read_axis(self) -> None:
        text, span = self._text, self._span
        if not text:
            raise self._unfinished()
        name: str | None = None
        if text.isidentifier():
            name = text
            self._next()
            if self._text in ("=", ":"):
                self._next()
                text, span = self._text, self._span
        if not text:
            raise self._unfinished()
        if name is not None and text == name:
            self._add(name, self._known_size(name, span))
            return
        self._add(name, self._size(text, span))
        self._next()

    def _known_size(self, name: str, span: Span) -> int:
        if name in self._known:
            return self._known[name]
        if not self._text:
            raise self._unfinished()
        raise Mistake(
            "no-size",
            tr("How large is the axis {name}?", name=name),
            tr("Write its size after it: {name}=32. Another array that names {name} then needs no number.", name=name),
            span=span,
        )

    def _size(self, text: str, span: Span) -> int:
        digits = text.replace("_", "")
        if digits.isdecimal() and len(digits) <= _MOST_DIGITS:
            return int(digits)
        if digits.isdecimal():
            raise Mistake("too-large", tr("No computer can hold an array this large."), span=span)
        hint = tr("Write {size}.", size=_whole(text)) if _whole(text) else tr("Write (32, 784).")
        raise Mistake("declaration", tr("A size is a whole number, 0 or more."), hint, span=span)

    def _add(self, name: str | None, size: int) -> None:
        if len(self._shape) == MAX_AXES:
            raise Mistake("too-large", tr("An array has at most {count} axes.", count=MAX_AXES))
        if name is not None and name in self._names:
            raise Mistake("declaration", tr("Two axes are called {name}.", name=name), tr("Give one another name."))
        self._names.append(name)
        self._shape.append(size)

    def _dtype(self) -> np.dtype:
        if self._text == ",":
            self._next()
        if not self._text:
            return _DEFAULT
        text, span = self._text, self._span
        bare = next((text[len(prefix) :] for prefix in _PREFIXES if text.startswith(prefix)), text)
        self._next()
        if bare not in words.DTYPES:
            if not self._text and any(name.startswith(bare) for name in words.DTYPES):
                raise self._unfinished()
            raise Mistake("dtype", tr("{text} is no dtype.", text=text), tr("Write float32, for example."), span=span)
        if self._text:
            raise Mistake(
                "declaration", tr("The shape ends before this."), span=Span(self._span.start, len(self._source))
            )
        return np.dtype(words.DTYPES[bare])


def _whole(text: str) -> int | None:
    """``1e3`` and ``32.0`` as whole numbers; None for what is none, or too large to be a size."""
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() and 0 <= number < 10**15 else None
