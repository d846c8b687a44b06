"""Signs of printed mathematics, and how the same is typed: ``√2``, ``Aᵀ``, ``x²``, ``A⁻¹``, ``⌊x⌋``, ``x ≤ 2``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

PRODUCTS: Final = dict.fromkeys("×·⋅∙∗∘⊙⨯", "*")
"""Signs of products: between matrices they are ``@`` as often."""

_SUPERSCRIPT: Final = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n", strict=True))

_CALLS: Final = {
    "√": "sqrt", "∛": "cbrt", "∑": "sum", "∏": "prod", "⌊": "floor", "⌋": "floor", "⌈": "ceil", "⌉": "ceil",
    "‖": "linalg.norm", "∥": "linalg.norm", "⟨": "vdot", "⟩": "vdot", "⊗": "kron", "∈": "isin", "≈": "isclose",
    "∩": "intersect1d", "∪": "union1d",
}  # fmt: skip
"""Signs that stand for a function, before, around or between its operands."""

SIGNS: Final = PRODUCTS | {
    "−": "-", "–": "-", "—": "-", "÷": "/", "∕": "/", "⁄": "/", "≤": "<=", "≥": ">=", "⩽": "<=", "⩾": ">=", "≠": "!=",
    "≡": "==", "∧": "&", "∨": "|", "¬": "~", "⊕": "+", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "ᵀ": ".T",
    "⊤": ".T", "ᴴ": ".H", "†": ".H", "∞": "inf", "…": "...", "（": "(", "）": ")", "，": ",", "［": "[", "］": "]",
    "＋": "+", "＝": "=", "＊": "*", "½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "(1/3)",
    "⁻": "linalg.inv(...) or **-1.0", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u3000": " ", "\u200b": "",
    "\ufeff": "", "\u2060": "",
    **dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)),
    **{char: f"**{digit}" for char, digit in _SUPERSCRIPT.items() if digit not in "-+"},
    **{char: f"{function}(...)" for char, function in _CALLS.items()},
}  # fmt: skip
"""Each sign, and what is typed for it."""

ANY: Final = re.compile("[" + re.escape("".join(SIGNS)) + "]")
INSIDE_NAMES: Final = re.compile("[ᵀᴴ·ⁿ]")
"""Signs that Python takes for letters of a name."""

_LONGEST: Final = 300
"""Characters up to which a formula's operands are looked for; in a longer one signs are written one by one."""

_PREFIX: Final = re.compile(r"(?:[√∛∑∏]|[ΣΠ](?=\())\s*")
_SUMS: Final = {"∑": "sum", "∏": "prod", "Σ": "sum", "Π": "prod"}
"""What is raised behind these is raised before it is summed: ``∑(x − y)²``."""

_PAIRS: Final = (
    (re.compile("⌊([^⌊⌋]+)⌋"), r"floor(\1)"), (re.compile("⌈([^⌈⌉]+)⌉"), r"ceil(\1)"),
    (re.compile("[‖∥]([^‖∥]+)[‖∥](?:₂|_2)?"), r"linalg.norm(\1)"), (re.compile("⟨([^⟨⟩]+)⟩"), r"vdot(\1)"),
)  # fmt: skip
_BETWEEN: Final = tuple(re.compile(rf"\s*{sign}\s*") for sign in "∈≈∩∪⊗")
_RAISED: Final = re.compile(f"[{''.join(_SUPERSCRIPT)}ᵀᴴ†⊤]+")
_WORD: Final = re.compile(r"[\w.]+")
_WORD_BEFORE: Final = re.compile(r"[\w.]+$")
_OPENING: Final = {")": "(", "]": "["}
_CLOSING: Final = {"(": ")", "[": "]"}
_FUNCTION: Final = re.compile(r"(?<![\w.])(?:a?(?:sin|cos|tan)h?|arc(?:sin|cos|tan)h?|log(?:2|10)?|exp)$")


def plain(source: str, *, inverse: str = "linalg.inv") -> str:
    """Write ``source`` with the characters of a keyboard; ``A⁻¹`` calls ``inverse``, or is a power where that is empty.

    >>> plain("2√x + Aᵀ")
    '2 * sqrt(x) + A.T'
    """
    text = _with_operands(source, inverse) if len(source) <= _LONGEST else source
    return ANY.sub(lambda found: _single(found[0]), text)


def readings(source: str) -> tuple[str, ...]:
    """Give what printed signs may mean, likeliest first: a cross is ``*`` or ``@``, ``A⁻¹`` an inverse or a power."""
    crossed = re.sub(f"[{''.join(PRODUCTS)}]", "@", source)
    return tuple(dict.fromkeys((plain(source), plain(crossed), plain(source, inverse=""))))


def _with_operands(source: str, inverse: str) -> str:
    """Write the signs that need to know their operands."""
    text = _products_after_raised(source)
    for find, call in _PAIRS:
        text = find.sub(call, text)
    text = _repeatedly(text, _PREFIX, _rooted)
    text = _repeatedly(text, _RAISED, lambda part, found: _raised(part, found, inverse))
    for find in _BETWEEN:
        text = _repeatedly(text, find, _called)
    return text


def _single(char: str) -> str:
    return SIGNS[char] if "(...)" not in SIGNS[char] else ""


def _repeatedly(text: str, find: re.Pattern[str], edit: Callable[[str, re.Match[str]], str | None]) -> str:
    """Apply ``edit`` to one place after the other, the last first: what is inside is written before what is around."""
    for _ in range(len(text)):
        places = list(find.finditer(text))
        new = edit(text, places[-1]) if places else None
        if new is None:
            break
        text = new
    return text


def _rooted(text: str, found: re.Match[str]) -> str | None:
    """``√x`` as ``sqrt(x)``, a factor before it with its sign."""
    sign, end = found[0].strip(), _operand_end(text, found.end())
    if end == found.end():
        return None
    raised = _RAISED.match(text, end) if sign in _SUMS else None
    end = raised.end() if raised else end
    inside = text[found.end() : end]
    inside = inside[1:-1] if inside.startswith("(") and _matching(text, found.end()) == end else inside
    before = text[: found.start()]
    times = " * " if re.search(r"[\w)\]]\s*$", before) else ""
    return f"{before.rstrip() if times else before}{times}{_SUMS.get(sign) or _CALLS[sign]}({inside}){text[end:]}"


def _raised(text: str, found: re.Match[str], inverse: str) -> str | None:
    """``x²``, ``Aᵀ``, ``A⁻¹`` and ``sin²(x)``."""
    start, sign, after = _operand_start(text, found.start()), found[0], text[found.end() :]
    base, before = text[start : found.start()], text[:start]
    function = _FUNCTION.search(base)
    if function and after.startswith("("):
        end = _matching(text, found.end())
        return f"{before}{base}{text[found.end() : end]}{_exponent(sign)}{text[end:]}"
    if not base:
        return None
    turned = {"ᵀ": ".T", "⊤": ".T", "ᴴ": ".H", "†": ".H"}.get(sign[-1], "")
    rest = "⁻¹" if turned and sign[:-1] == "⁻" else sign[:-1] if turned else sign
    if rest == "⁻¹" and inverse:
        inner = base[1:-1] if base.startswith("(") and base.endswith(")") else base
        return f"{before}{inverse}({inner}){turned}{after}"
    return f"{before}{base}{turned}{_exponent(rest)}{after}"


def _exponent(sign: str) -> str:
    digits = "".join(_SUPERSCRIPT.get(char, "") for char in sign)
    return f"**{digits}" + (".0" if digits.startswith("-") else "") if digits else ""


def _called(text: str, found: re.Match[str]) -> str | None:
    """``a ∈ b`` as ``isin(a, b)``."""
    start, end = _operand_start(text, found.start()), _operand_end(text, found.end())
    if start == found.start() or end == found.end():
        return None
    operands = f"{text[start : found.start()]}, {text[found.end() : end]}"
    return f"{text[:start]}{_CALLS[found[0].strip()]}({operands}){text[end:]}"


def _products_after_raised(source: str) -> str:
    """``AᵀB``, ``A⁻¹b`` and ``x²y`` are products without a sign."""
    text = re.sub(r"(?:(?<=[ᵀᴴ])|(?<=⁻¹))\s*(?=[^\W\d_]|\()(?![ᵀᴴⁿ]|(?:and|or|in|is|if|else|not|for)\b)", " @ ", source)
    return re.sub(r"(?<=[²³])(?=[^\W\d_])(?![ᵀᴴⁿ])", " * ", text)


def _operand_end(text: str, start: int) -> int:
    """Give where the operand that begins at ``start`` ends: a word with its brackets, or a parenthesis."""
    word = _WORD.match(text, start)
    end = word.end() if word else start
    while text[end : end + 1] in _CLOSING and (end > start or text[end] == "("):
        end = _matching(text, end)
    return end


def _matching(text: str, start: int) -> int:
    """Give the place behind the bracket that closes the one at ``start``; the end where none does."""
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] in _CLOSING) - (text[place] in _OPENING)
        if not depth:
            return place + 1
    return len(text)


def _operand_start(text: str, end: int) -> int:
    """Give where the operand that ends at ``end`` begins."""
    start = end
    while start and text[start - 1] in _OPENING:
        depth, place = 0, start
        while place:
            place -= 1
            depth += (text[place] in _OPENING) - (text[place] in _CLOSING)
            if not depth:
                break
        start = place
    word = _WORD_BEFORE.search(text, 0, start)
    return word.start() if word else start
