"""The code of a part of a formula, and how tightly its operators bind."""

from __future__ import annotations

from typing import Final

from playground.record import Record

_SIGNS: Final = (("<", "<=", ">", ">=", "==", "!="), ("|",), ("^",), ("&",), ("<<", ">>"), ("+", "-"),
                 ("*", "/", "//", "%", "@"))  # fmt: skip
CHOSEN: Final = -4
"""How tightly ``a if b else c`` binds."""
UNARY: Final = 7
ATOM: Final = 9
COMPARED: Final = 0
BINDS: Final = {
    **{sign: strength for strength, signs in enumerate(_SIGNS) for sign in signs},
    "**": 8, "not": -1, "and": -2, "or": -3,
}  # fmt: skip
"""How tightly each operator binds."""


class Piece(Record):
    """The code of a part of a formula.

    Attributes
    ----------
    text
        Python code.
    strength
        How tightly its outermost operator binds.
    is_list, is_tuple
        True for a list or tuple of Python's, with which operators do something else than with arrays.
    missing
        True for an argument that isn't given and has no value of its own.
    """

    text: str
    strength: int = ATOM
    is_list: bool = False
    is_tuple: bool = False
    missing: bool = False

    def within(self, strength: int) -> str:
        """Give the code with parentheses where something that binds so tightly stands around it."""
        return self.text if self.strength >= strength else f"({self.text})"

    def array(self) -> Piece:
        """Give it as an array."""
        return Piece(f"np.array({self.text})") if self.is_list or self.is_tuple else self
