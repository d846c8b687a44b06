"""Sentences for the lines of pasted code that can't become an entry: what they are, and what to do instead."""

from __future__ import annotations

import ast
import keyword
import re
from typing import TYPE_CHECKING, Final

from playground.language.functions import FUNCTIONS, nearest
from playground.language.infer import infer
from playground.language.nodes import Call, walk
from playground.language.parse import parse
from playground.language.signature import Signature
from playground.language.unreadable import bracket_state
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.infer import Operand
    from playground.language.nodes import Node
    from playground.language.pasted.snippet_lines import Statement
    from playground.language.problems import Problem

_BLOCKS: Final = {
    "for": ("A loop can't be an entry.", "Functions such as sum and arange work on all cells at once."),
    "while": ("A loop can't be an entry.", "Functions such as sum and arange work on all cells at once."),
    "if": ("if can't be an entry.", "where(condition, a, b) chooses cell by cell."),
    "elif": ("elif can't be an entry.", "where(condition, a, b) chooses cell by cell."),
    "else": ("else can't be an entry.", "where(condition, a, b) chooses cell by cell."),
    "def": ("A function can't be an entry.", "Paste the lines inside it by themselves."),
    "async": ("A function can't be an entry.", "Paste the lines inside it by themselves."),
    "class": ("A class can't be an entry.", "Paste the lines inside its functions by themselves."),
    "@": ("A decorator belongs to a function, which can't be an entry.", ""),
    "with": ("with has nothing to do here; the lines inside are read.", ""),
    "match": ("match can't be an entry.", "where(condition, a, b) chooses cell by cell."),
}
_STATEMENTS: Final[dict[type[ast.AST], tuple[str, str]]] = {
    ast.Subscript: (
        "This changes cells of an array; an entry has one value.",
        "Type into the cell, or make a new entry with where(...).",
    ),
    ast.Attribute: ("An attribute can't be set here.", "Give the value a name of its own."),
    ast.Starred: ("* in an assignment takes what is left over; an entry has one value.", "Take the parts by index."),
    ast.Assert: ("assert gives nothing to show.", "Paste its condition by itself."),
    ast.Return: ("return belongs to a function.", "Paste what it returns by itself."),
    ast.Delete: ("del removes a name.", "Remove the entry in the list."),
    ast.Global: ("All names are known everywhere here.", ""),
    ast.Raise: ("An error can't be an entry.", ""),
    ast.AnnAssign: ("This says what a name is meant to be and gives it no value.", ""),
}

_SETTING: Final = re.compile(r"\b(?:seed|manual_seed|set_printoptions|seterr)$")


def refusal_of(node: ast.AST) -> str:
    """Say why a statement, or what is assigned to, can't be an entry."""
    target = getattr(node, "target", node)
    texts = _STATEMENTS.get(type(target)) or _STATEMENTS.get(type(node)) or ("This line can't be an entry.", "")
    return _joined(*texts)


def sentence_of(
    statement: Statement,
    problem: Problem | None = None,
    source: str = "",
    operands: Mapping[str, Operand] | None = None,
) -> str:
    """Say why a statement can't be an entry; ``problem`` is what is wrong with its formula ``source``."""
    if problem is not None:
        return _of_problem(problem, source, operands or {})
    if statement.kind in ("block", "function"):
        word = re.match(r"@|\w+", statement.text)
        return _joined(*_BLOCKS.get(word[0] if word else "", ("This line can't be an entry.", "")))
    if statement.kind == "inside":
        return tr("It stands inside the lines above, which can't be read.")
    if statement.kind == "command":
        return tr("This is a command to a notebook, not NumPy.")
    return f"{tr('This is not Python.')} {_why_broken(statement.text)}".strip()


def because_of(node: ast.stmt | None, first: int) -> str:
    """Say for which statement a function that begins in line ``first`` can't be read; nothing for none."""
    if node is None:
        return ""
    word = {ast.For: "for", ast.While: "while", ast.If: "if", ast.Try: "try", ast.With: "with", ast.Raise: "raise",
            ast.Assert: "assert", ast.FunctionDef: "def", ast.Delete: "del"}.get(type(node))  # fmt: skip
    line = first + node.lineno - 1
    if word is None:
        return tr("Line {line} keeps it from being read.", line=line)
    return tr("Line {line} keeps it from being read: {word}.", line=line, word=word)


def _why_broken(text: str) -> str:
    word = re.match(r"(\w+)\s*=(?!=)", text)
    if word is not None and keyword.iskeyword(word[1]):
        return tr("{name} is a word of Python itself.", name=word[1])
    problems = parse(text).problems
    if problems and problems[0].unfinished:
        stray, missing = bracket_state(text)
        if stray is None and missing:
            last = missing[-1]
            return tr("Not all of its brackets are closed: is a {bracket} missing in the lines below?", bracket=last)
        return tr("Is a bracket or a sign missing?")
    if problems and problems[0].kind == "bracket" and text[:1] in ("[", "("):
        return tr("It goes on with the lines above, whose brackets aren't all closed.")
    return _joined(problems[0].message, problems[0].hint) if problems else ""


def missing_name(name: str, lost: int | None, *, is_entry: bool) -> str:
    """Say why ``name`` has no value; ``lost`` is the line that couldn't be read, None for none."""
    if lost is not None:
        return tr("{name} is missing: line {line} couldn't be read.", name=name, line=lost)
    if is_entry:
        return tr("{name} has a problem of its own.", name=name)
    return tr("It waits for {name}. Add that, for example {name}: (3, 4).", name=name)


def no_array(name: str, *, is_generator: bool) -> str:
    """Say what becomes of a name that stands for a text, None, a dtype or a generator of random numbers."""
    if is_generator:
        return tr("Each formula that uses {name} has a seed of its own, counted up from this one.", name=name)
    return tr("{name} is no array: it stands where it is used.", name=name)


def unknown_function(tree: Node) -> str | None:
    """Say that a formula calls what isn't there, wherever that stands in it; None where it doesn't."""
    name = next(
        (node.function for node in walk(tree) if isinstance(node, Call) and node.function not in FUNCTIONS), None
    )
    if name is None:
        return None
    if _SETTING.search(name):
        return tr("Nothing needs to be set: a formula gives the same numbers each time.")
    last = name.rpartition(".")[2]
    close = [other for other in nearest(last, FUNCTIONS, limit=1) if other.rpartition(".")[2][0] == last[0]]
    hint = tr("Is {name} meant?", name=close[0]) if close else ""
    return _joined(tr("There is no function named {name}.", name=name), hint)


def _of_problem(problem: Problem, source: str, operands: Mapping[str, Operand]) -> str:
    if problem.kind == "no-value" and source.endswith(".dtype"):
        signature = infer(source.removesuffix(".dtype"), operands).signature
        if isinstance(signature, Signature):
            return tr("{source} is {dtype}. It is no array; the list shows it beside the shape.",
                      source=source, dtype=signature.dtype)  # fmt: skip
    if problem.kind == "no-value":
        return _joined(problem.message, "Only arrays and numbers can be entries.")
    return _joined(problem.message, problem.hint)


def _joined(message: str, hint: str) -> str:
    return " ".join(tr(text) for text in (message, hint) if text)
