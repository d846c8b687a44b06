"""Repairs of cells that are assigned to: ``where(A < 0, 0, A)`` for ``A[A < 0] = 0``, which makes a new array."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from playground.language.evaluator import Evaluator
from playground.language.mistake import Mistake
from playground.language.nodes import Binary, Sequence, Unary
from playground.language.parse import parse
from playground.language.python_syntax import SYNTAX_ERRORS, expression
from playground.language.repairs.ranking import PER_CHARACTER, Candidate
from playground.language.signature import Signature
from playground.language.unreadable import ASSIGNED_CELLS, LONGEST
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem


class _Known(NamedTuple):
    """A piece of the text: how it is written beside a sign or before a bracket, and what it gives."""

    atom: str
    signature: Signature


def to_cells(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``where(A < 0, 0, A)``; ``where(arange(A.shape[1]) == 0, 1, A)`` for ``A[:, 0] = 1``."""
    source = inference.source
    found = ASSIGNED_CELLS.fullmatch(source) if len(source) <= LONGEST else None
    array = operands.get(found[1]) if found is not None else None
    if found is None or not isinstance(array, Signature):
        return
    name, index, sign, value = (text.strip() for text in found.groups())
    condition = _condition(name, index, array, operands, "np." if "np." in source else "")
    given = _known(value, operands)
    if condition is None or given is None:
        return
    chosen, alone = condition
    if "isin(" in chosen and given.signature.ndim:
        return  # a cell for each place, in the order of the list
    text = f"{name} {sign} {given.atom}" if sign else _aligned(value, given, alone)
    mended = f"{'np.' if 'np.' in source else ''}where({chosen}, {text}, {name})"
    yield Candidate(mended, tr("Choose for each cell"), "sign", -1.0 - PER_CHARACTER * len(mended))


def _condition(
    name: str, index: str, array: Signature, operands: Mapping[str, Operand], lead: str
) -> tuple[str, tuple[bool, ...]] | None:
    """Give which cells are meant, and of each axis whether one place of it is; None for an index of another kind."""
    items = _items(index)
    if not items:
        return None
    found = _known(items[0], operands) if len(items) == 1 else None
    if found is not None and found.signature.dtype.kind == "b" and 0 < found.signature.ndim <= array.ndim:
        behind = array.ndim - found.signature.ndim
        text = f"{found.atom}[{':, ' * found.signature.ndim}{', '.join(['None'] * behind)}]" if behind else items[0]
        return text, (False,) * array.ndim
    parts: list[str] = []
    for axis, item in enumerate(items):
        behind = array.ndim - axis - 1
        places = f"{lead}arange({name}.shape[{axis}])" + (f"[:{', None' * behind}]" if behind > 0 else "")
        part = _along(places, item, array.shape[axis : axis + 1])
        part = _listed(places, item, operands, lead) if part is None and axis < array.ndim else part
        if part is None:
            return None
        parts += part
    alone = tuple(axis < len(items) and ":" not in items[axis] for axis in range(array.ndim))
    joined = parts[0] if len(parts) == 1 else " & ".join(f"({part})" for part in parts)
    return (joined, alone) if parts else None


def _items(index: str) -> list[str]:
    try:
        tree = expression(f"_[{index}]")
    except SYNTAX_ERRORS:
        return []
    if not isinstance(tree, ast.Subscript) or not isinstance(tree.value, ast.Name):
        return []  # A[0][1]
    items = tree.slice.elts if isinstance(tree.slice, ast.Tuple) else [tree.slice]
    return [ast.unparse(item) if isinstance(item, ast.Slice) else ast.get_source_segment(f"_[{index}]", item) or ""
            for item in items]  # fmt: skip


def _along(places: str, item: str, sizes: tuple[int | None, ...]) -> list[str] | None:
    """Give the comparisons of ``places`` that an index or a slice stands for, none for ``:``; None for others."""
    if not sizes or sizes[0] is None:
        return None
    start, colon, stop = item.partition(":")
    numbers = [_place(text, sizes[0]) for text in (start, stop) if text]
    if ":" in stop or None in numbers:
        return None
    if not colon and numbers[0] not in range(sizes[0]):
        return None  # there is no such place
    if not colon:
        return [f"{places} == {numbers[0]}"]
    return [f"{places} {sign} {number}" for sign, text in ((">=", start), ("<", stop)) if text
            for number in [_place(text, sizes[0])]]  # fmt: skip


def _listed(places: str, item: str, operands: Mapping[str, Operand], lead: str) -> list[str] | None:
    """Give the comparison that a list of places stands for; None for what is none."""
    found = _known(item, operands)
    if found is None or found.signature.ndim != 1 or found.signature.dtype.kind not in "iu":
        return None
    return [f"{lead}isin({places}, {item})"]


def _place(text: str, size: int) -> int | None:
    try:
        number = int(text)
    except ValueError:
        return None
    return number if number >= 0 else max(number + size, -1)


def _known(text: str, operands: Mapping[str, Operand]) -> _Known | None:
    """Find what a piece of the text gives; None where it can't be read, or fits nothing."""
    tree = parse(text).tree
    try:
        found = None if tree is None else Evaluator(text, operands).run(tree)
    except Mistake:
        return None
    if not isinstance(found, Signature):
        return None
    return _Known(f"({text})" if isinstance(tree, (Binary, Unary, Sequence)) else text, found)


def _aligned(text: str, given: _Known, alone: tuple[bool, ...]) -> str:
    """Give the value with a new axis for each that one place was chosen of: ``w[:, None]`` for ``A[:, 0] = w``."""
    behind = alone[alone.index(False) :] if False in alone else ()
    if given.signature.ndim != alone.count(False) or True not in behind:
        return text
    return f"{given.atom}[{', '.join('None' if one else ':' for one in behind)}]"
