"""Numbers in brackets: lists, JSON, NumPy's, PyTorch's and JAX's texts, and MATLAB's matrices, to rows of cells."""

from __future__ import annotations

import re

from playground.files.pasted.table import Candidate, Table, written_lines
from playground.translation import tr

_PROMPT = re.compile(r"\s*(?:(?:In|Out)\s?\[\d+\]:|>>>)\s*")
_BEFORE = re.compile(r"\s*(?:[A-Za-z_]\w*\s*=\s*)?(?:[\w.]+\s*\(\s*)*")
_BEHIND = re.compile(r"\s*(?:,[^\[\]]*)?[\s);,]*")
_INNER = re.compile(r"\[([^\[\]]*)\]")
_LIBRARY = re.compile(r"\b(?:np|numpy|cp|cupy|torch|jnp|math)\.(?=nan|inf|NaN|Inf|NAN)")
_COMPLEX_CALL = re.compile(r"complex\(\s*([^\s,()]+)\s*,\s*([^\s,()]+)\s*\)")
_FLOAT_CALL = re.compile(r"float\(\s*['\"]([+-]?\w+)['\"]\s*\)")
_HEX = re.compile(r"0[xX]([0-9a-fA-F]+)([su])(8|16|32|64)")
_CONTINUED = re.compile(r"\.\.\.[^\n]*\n")


def bracketed(text: str) -> list[Candidate] | str | None:
    """List the ways to read a text in brackets, the likeliest first; a sentence why not; None where it is none."""
    prompt = _PROMPT.match(text)
    text = text[prompt.end() :] if prompt else text
    first, last = text.find("["), text.rfind("]")
    if first < 0 or not _BEFORE.fullmatch(text, 0, first):
        return None
    if last < first:
        return tr("A bracket is missing in the list.")
    if not _BEHIND.fullmatch(text, last + 1):
        return None
    body = text[first : last + 1]
    if ";" in body:
        body = _CONTINUED.sub(" ", body)
    if "..." in body or "…" in body:
        return tr("The text leaves cells out (…): print the whole array, or save it as .npy.")
    rows = _rows(body)
    if isinstance(rows, str):
        return rows
    if body.count("[") > 1:
        return [_listed([row.replace("\n", " ") for row in rows])] if rows else []
    return _single(rows[0]) if rows else []


def _rows(body: str) -> list[str] | str:
    """Texts of the innermost lists of a list that is at most two deep."""
    rows: list[str] = []
    end = depth = 0
    for match in _INNER.finditer(body):
        between = body[end : match.start()]
        depth += between.count("[") - between.count("]")
        if between.strip(" ,\n\t[]"):
            return tr("There is something between the rows of the list: {text}", text=between.strip(" ,\n\t[]")[:20])
        if depth > 1:
            return tr("The list is nested more than two deep.")
        if depth < 1 and rows:
            return tr("A bracket is missing in the list.")
        rows.append(match[1])
        end = match.end()
    depth += body.count("[", end) - body.count("]", end)
    return tr("A bracket is missing in the list.") if depth else rows


def _single(inner: str) -> list[Candidate]:
    """One pair of brackets: a vector, or MATLAB's rows at semicolons or line ends."""
    lines = written_lines(inner)
    if ";" in inner:
        rows = [row for line in lines for row in line.split(";") if row.strip()]
        return [_matlab(rows)] if rows else []
    vector = _listed([" ".join(lines)])
    if len(lines) < 2 or any(line.rstrip().endswith(",") for line in lines):
        return [vector]
    matrix = _matlab(lines)
    # NumPy breaks a long vector into lines without a sign; lines of different lengths can be nothing else.
    equal = len({len(matrix.table.cells(row)) for row in range(len(lines))}) == 1
    return [matrix, vector] if equal else [vector]


def _listed(rows: list[str]) -> Candidate:
    commas = any("," in row for row in rows)
    rows = [_without_calls(row).strip().removesuffix(",") for row in rows]
    if commas:
        if any("(" in row for row in rows):
            return Candidate(Table([_outer_cells(row) for row in rows]), "list", "cell")
        return Candidate(Table(rows if any(rows) else [], ","), "list", "cell")
    return Candidate(Table(rows if any(rows) else []), "list", "cell")


def _outer_cells(row: str) -> list[str]:
    """Cut at the commas that stand in no parentheses: ``pow(2, 3)`` is one cell."""
    cells, depth = [""], 0
    for character in row:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            cells.append("")
        else:
            cells[-1] += character
    return cells


def _matlab(rows: list[str]) -> Candidate:
    return Candidate(Table([_matlab_row(row) for row in rows]), "matlab", "cell")


def _matlab_row(row: str) -> str:
    row = _HEX.sub(_of_hex, row) if "0x" in row.lower() else row
    return _without_calls(row).replace(",", " ").strip()


def _of_hex(match: re.Match[str]) -> str:
    """``0xFFs8`` is −1: the bits of a signed whole number."""
    number, bits = int(match[1], 16), int(match[3])
    return str(number - (1 << bits) if match[2] == "s" and number >> (bits - 1) else number)


def _without_calls(row: str) -> str:
    """Write ``np.nan``, ``float("nan")`` and ``complex(np.nan, 1.0)`` as cells are typed."""
    if "." in row and ("nan" in row.lower() or "inf" in row.lower()):
        row = _LIBRARY.sub("", row)
    if "(" not in row:
        return row
    row = _FLOAT_CALL.sub(r"\1", row)
    return _COMPLEX_CALL.sub(lambda match: f"{match[1]}{_signed(match[2])}j", row)


def _signed(text: str) -> str:
    return text if text[0] in "+-" else f"+{text}"
