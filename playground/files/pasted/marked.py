"""Matrices in LaTeX and tables in Markdown, to rows of cells."""

from __future__ import annotations

import re

from playground.files.pasted.notation import notations
from playground.files.pasted.table import Candidate, Table, is_number, written_lines
from playground.record import replace

_ENVIRONMENT = re.compile(
    r"\\begin\{(\w*matrix\*?|array|tabular|aligned)\}(?:\[[^\]]*\])?(?:\{[^{}]*\})?(.*?)\\end\{\1\}", re.DOTALL
)
_ROW_END = re.compile(r"\\\\(?:\[[^\]]*\])?|\\cr\b|\\tabularnewline\b")
_NOISE = re.compile(r"\\(?:hline|toprule|midrule|bottomrule|phantom\{[^{}]*\}|displaystyle|left|right)\b|\\[;:!]|[$~]")
_WORDS = re.compile(r"\\(?:mathrm|text|mathbf|operatorname|mathit)\{([^{}]*)\}")
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\{([^{}]*)\}")
_POWER_OF_TEN = re.compile(r"\s*(?:\\times|\\cdot)\s*10\s*\^\s*(?:\{\s*([+-]?\d+)\s*\}|(\d))")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")


def latex(text: str) -> list[Candidate] | None:
    """Read the first matrix of a text of LaTeX; None where there is none."""
    if "\\" not in text:
        return None
    found = _ENVIRONMENT.search(text) if "\\end{" in text else None
    if found is None and not ("&" in text and "\\\\" in text):
        return None
    rows = [_noiseless(row) for row in _ROW_END.split(found[2] if found else text)]
    return _notated([[_latex_cell(cell) for cell in row.split("&")] for row in rows if row.strip()], "latex")


def _noiseless(row: str) -> str:
    return _NOISE.sub(" ", row.replace("{,}", ",").replace("\\%", "%").replace("\\,", "\u2009").replace("\\ ", " "))


def _latex_cell(cell: str) -> str:
    cell = _WORDS.sub(r"\1", cell)
    cell = _FRACTION.sub(r"\1/\2", cell)
    cell = _ROOT.sub(r"sqrt(\1)", cell)
    cell = _POWER_OF_TEN.sub(lambda match: f"e{match[1] or match[2]}", cell)
    cell = re.sub(r"\\infty\b(?:\s+(?=[ij]))?", "inf", cell).replace("\\pi", "pi")
    return re.sub(r"^\{(.*)\}$", r"\1", cell.strip()).strip()


def markdown(text: str) -> list[Candidate] | None:
    """Read a table of Markdown; its headings are left out, numbers among them are offered. None where it is none."""
    lines = written_lines(text)
    if not lines or "|" not in text:
        return None
    rule = next(
        (index for index, line in enumerate(lines[:3]) if "|" in line + "|" and _RULE.fullmatch(line.strip())), None
    )
    piped = all(line.strip().startswith("|") and line.strip().endswith("|") for line in lines)
    if not (piped or (rule is not None and all("|" in line for line in lines))):
        return None
    rows = [_markdown_row(line) for index, line in enumerate(lines) if index != rule]
    if rule != 1:
        return _notated(rows, "markdown")
    below = _notated(rows[1:], "markdown")
    numbers = [cell for cell in rows[0] if cell]
    if not numbers or not all(is_number(cell, "cell") for cell in numbers):
        return below
    return [*(replace(candidate, headed=True) for candidate in below), *_notated(rows, "markdown")]


def _markdown_row(line: str) -> list[str]:
    line = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().strip("*`_").replace("\\", "") for cell in line.split("|")]


def _notated(rows: list[list[str]], how: str) -> list[Candidate]:
    if not rows:
        return []
    return [
        Candidate(Table(rows), how, notation)  # type: ignore[arg-type]
        for notation in notations(cell for row in rows for cell in row)
    ]
