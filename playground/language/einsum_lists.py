"""``einsum(A, [0, 1], B, [1, 2], [0, 2])``: axes told by numbers, read as letters."""

from __future__ import annotations

from string import ascii_letters
from typing import TYPE_CHECKING

from playground.language.mistake import Mistake
from playground.language.nodes import Literal, Sequence
from playground.language.problems import Span
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.nodes import Node


def lettered(arguments: tuple[Node, ...]) -> tuple[Node, ...]:
    """Give the arguments of ``einsum`` with its letters first, as they are where they have letters already.

    Raises
    ------
    Mistake
        Where axes are no whole numbers from 0 to 51, as NumPy wants them.
    """
    if len(arguments) < 2 or not isinstance(arguments[1], Sequence) or _is_text(arguments[0]):
        return arguments
    operands, lists = arguments[: len(arguments) // 2 * 2 : 2], arguments[1::2]
    text = ",".join(map(_letters, lists))
    if len(arguments) % 2:
        text += "->" + _letters(arguments[-1])
    place = arguments[0].span.start
    return (Literal(Span(place, place), text), *operands)


def _is_text(node: Node) -> bool:
    return isinstance(node, Literal) and isinstance(node.value, str)


def _letters(node: Node) -> str:
    found = [_letter(item) for item in node.items] if isinstance(node, Sequence) else [None]
    if None in found:
        raise Mistake(
            "einsum",
            tr("einsum names the axes of each array by a list of numbers from 0 to 51."),
            tr("Or write letters: einsum('ij,jk->ik', A, B)."),
            span=node.span,
        )
    return "".join(letter or "" for letter in found)


def _letter(node: Node) -> str | None:
    if not isinstance(node, Literal) or isinstance(node.value, bool):
        return None
    if node.value is ...:
        return "..."
    number = node.value
    return ascii_letters[number] if isinstance(number, int) and 0 <= number < len(ascii_letters) else None
