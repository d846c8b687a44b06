"""What stands behind ``NAME=`` on the command line: a literal, a file, one array of a file, or a shape."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playground.language.declaration import declared
from playground.language.literal import literal_value
from playground.language.parse import parse
from playground.language.vocabulary import DTYPES
from playground.translation import tr

_SHAPE = re.compile(r"(?P<sizes>\d+(?:[x×]\d+)*|\(\))(?::(?P<dtype>\w+))?")


class SourceError(ValueError):
    """A source that can't be read; the text is one sentence, ``hint`` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def split(argument: str) -> tuple[str, str]:
    """Split ``"A=[[1, 2]]"`` into name and source; raises ``SourceError`` where there is no ``=``."""
    name, sign, source = argument.partition("=")
    if not sign or not name.strip().isidentifier():
        raise SourceError(
            tr("'{argument}' gives no operand a value.", argument=argument),
            tr("Write NAME=SOURCE, such as 'A=[[1, 2], [3, 4]]' or A=numbers.npy."),
        )
    return name.strip(), source.strip()


def shape_of(source: str) -> Any:  # noqa: ANN401
    """Read ``2x3``, ``2x3:float32``, ``(B=2, d=3) float32`` as what ``infer`` takes for an operand.

    Anything else is read as ``array_of`` reads it, two whole numbers in parentheses included.

    Raises
    ------
    SourceError
        It is neither.
    """
    found = _SHAPE.fullmatch(source)
    if found is None:
        declaration = declared(source, name="x")
        is_named = declaration is not None and literal_value(parse(source).tree) is None
        return declaration.signature if is_named and declaration and declaration.signature else array_of(source)
    sizes = () if found["sizes"] == "()" else tuple(map(int, re.split("[x×]", found["sizes"])))
    dtype = found["dtype"] or "float64"
    if dtype not in DTYPES:
        raise SourceError(tr("{dtype} is no dtype.", dtype=dtype), tr("Known are {names}.", names=", ".join(DTYPES)))
    return sizes, dtype


def array_of(source: str) -> Any:  # noqa: ANN401
    """Read a literal (``[[1, 2], [3, 4]]``), a file, or one array of a file (``FILE:KEY``).

    Raises
    ------
    SourceError
        It is none of these, or the file holds several arrays and none was chosen.
    FileError
        The file isn't what it says it is.
    """
    literal = literal_value(parse(source).tree)
    if literal is not None:
        return literal
    path, key = _file_and_key(source)
    from playground.files.load import load

    arrays = load(path, key).arrays
    if len(arrays) == 1:
        return next(iter(arrays.values()))
    names = ", ".join(arrays)
    raise SourceError(
        tr("{path} holds several arrays: {names}.", path=path, names=names)
        if arrays
        else tr("{path} holds no array.", path=path),
        tr("Choose one: {path}:{key}", path=path, key=next(iter(arrays), "")) if arrays else "",
    )


def _file_and_key(source: str) -> tuple[Path, str | None]:
    """Find the file; a colon may also be part of its name, or follow a drive's letter."""
    whole = Path(source)
    if whole.is_file():
        return whole, None
    path, colon, key = source.rpartition(":")
    if colon and Path(path).is_file():
        return Path(path), key
    looks_like_numbers = source[:1] in "[(-+.0123456789" and source[:1] != ""
    if looks_like_numbers:
        raise SourceError(
            tr("'{source}' can't be read as numbers.", source=source),
            tr("Write nested lists, such as [[1, 2], [3, 4]]."),
        )
    raise SourceError(
        tr("There is no file '{source}'.", source=source), tr("A literal is written as [[1, 2], [3, 4]].")
    )
