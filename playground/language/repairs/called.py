"""Repairs of functions that aren't there: misspelt ones, those of other languages, and calls of what is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.functions import FUNCTIONS, nearest
from playground.language.nodes import Attribute, Binary, Call, Unary
from playground.language.repairs import given, rows
from playground.language.repairs import words as elsewhere
from playground.language.repairs.parts import factor, prefix_of
from playground.language.repairs.ranking import Candidate
from playground.language.repairs.spelling import meant, ranked
from playground.language.rewriting import atom, replaced, text_of
from playground.language.wrong_keys import slips
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem

_CALLED: Final = re.compile(r"(?<![\w.<>])([a-z][\w.]*\()")
"""A function in a form."""
_OLD_GENERATOR: Final = re.compile(r"random\.RandomState\([^()]*\)\.(?=[^\W\d])")
_FILLED: Final = re.compile(r"<([0-9*])(\.?)>")
"""An argument in a form of ``words.FORMS``."""
_MEANT_OTHERWISE: Final = frozenset({"split"})
"""Methods of PyTorch's whose numbers mean something else in the function of that name."""
_SHORT: Final = 3
"""Letters up to which a word isn't likened to those of other languages."""


def unknown_function(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the nearest functions; a method that is only a function is called as one."""
    node = inference.failed
    if not isinstance(node, Call):
        return
    forms = [*given.joined(inference, node), *_other_forms(inference, node)]
    yield from forms
    if _OLD_GENERATOR.search(inference.source):
        text = _OLD_GENERATOR.sub("random.", inference.source)
        yield Candidate(text, tr("Draw the numbers directly"), "word")
    matrix = rows.matrix_text(inference.source)
    if matrix is not None:
        yield Candidate(matrix, tr("Write a list for each row"), "word")
    names = _functions(node.function, guess=not forms)
    if node.is_method:
        yield from _methods(inference, node, names)
        return
    yield from ranked(inference.source, node.name_span, names, prefix_of(inference.source, node))
    if node.name_span.start == node.span.start and not names:
        yield from ranked(inference.source, node.name_span, nearest(node.function, operands))


def _other_forms(inference: Inference, node: Call) -> Iterator[Candidate]:
    """What other languages write as a call, and NumPy otherwise."""
    source, name = inference.source, node.function.rpartition(".")[2]
    if node.is_method and name in words.ATTRIBUTES and node.arguments:
        rest = ", ".join(text_of(source, argument) for argument in node.arguments[1:])
        text = f"{atom(source, node.arguments[0])}.{name}" + (f"[{rest}]" if rest else "")
        yield Candidate(replaced(source, (node.span, text)), tr("It isn't called"), "word", -0.2)
    first = node.arguments[0] if node.arguments else None
    if name in ("len", "length") and isinstance(first, Attribute) and first.name == "shape":
        text = f"{atom(source, first.value)}.ndim"
        yield Candidate(replaced(source, (node.span, text)), tr("Write {text}", text=text), "word")
        return
    forms = elsewhere.FORMS.get(name) or elsewhere.FORMS.get(name.lower(), ())
    for rank, form in enumerate(() if node.keywords else forms):
        places = {found[1] for found in _FILLED.finditer(form)}
        if len(places) == len(node.arguments) or ("*" in places and node.arguments):
            text = _form(source, _CALLED.sub(rf"{prefix_of(source, node)}\1", form), node)
            shown = tr("Write {text}", text=text)
            yield Candidate(replaced(source, (node.span, text)), shown, "word", 0.3 * rank)


def _form(source: str, form: str, node: Call) -> str:
    """Fill a form with the arguments of a call, in parentheses where an operator stands beside it."""

    def argument(found: re.Match[str]) -> str:
        if found[1] == "*":
            return ", ".join(text_of(source, each) for each in node.arguments)
        value = node.arguments[int(found[1])]
        if not found[2]:
            return text_of(source, value)
        return (atom if form[found.end() : found.end() + 1] in (".", "[") else factor)(source, value)

    text = _FILLED.sub(argument, form)
    bare = re.sub(r"\([^()]*\)", "", form)
    before, after = source[: node.span.start].rstrip(), source[node.span.end :].lstrip()
    alone = before[-1:] in ("", "(", "[", ",", "=") and after[:1] in ("", ")", "]", ",")
    return text if alone or " " not in bare else f"({text})"


def _methods(inference: Inference, node: Call, names: tuple[str, ...]) -> Iterator[Candidate]:
    source, word = inference.source, node.function
    if not node.arguments or word in _MEANT_OTHERWISE:
        return
    first, *rest = (text_of(source, argument) for argument in node.arguments)
    named = [f"{name}={text_of(source, value)}" for name, value in node.keywords]
    for rank, name in enumerate(names):
        if FUNCTIONS[name].method:
            yield Candidate(replaced(source, (node.name_span, name)), meant(name), "word", 0.5 * rank)
        call = f"{name}({', '.join([first, *rest, *named])})"
        reason = tr("Call the function {name}", name=name)
        yield Candidate(replaced(source, (node.span, call)), reason, "word", 0.5 * rank + 0.2)
    attributes = nearest(word, words.ATTRIBUTES - words.RESULT_FIELDS)
    if not rest:
        for rank, name in enumerate(attributes):
            text = f"{atom(source, node.arguments[0])}.{name}"
            yield Candidate(replaced(source, (node.span, text)), meant(name), "word", 0.5 * rank + 0.3)


def _functions(word: str, *, guess: bool) -> tuple[str, ...]:
    """Name the functions that may be meant: of that name elsewhere, behind another dot, or the nearest."""
    last = word.rpartition(".")[2]
    known = elsewhere.FUNCTIONS.get(last, elsewhere.FUNCTIONS.get(last.lower(), ()))
    moved = [name for name in FUNCTIONS if name.rpartition(".")[2] == last and name != word]
    found = [*([word] if word in FUNCTIONS else []), *(name for name in known if name in FUNCTIONS), *moved]
    if not found and guess and last not in elsewhere.FORMS and last not in elsewhere.FUNCTIONS:
        found = [*_nearest_functions(word, last)]
    return tuple(dict.fromkeys(name for name in found if not name.startswith(words.GENERATOR)))


def _nearest_functions(word: str, last: str) -> tuple[str, ...]:
    """Name the nearest functions, in the same module where it has one; then those a slip of a finger away."""
    head = word.removesuffix(last)
    if head:
        inside = [name for name in FUNCTIONS if name.startswith(head)]
        if inside:
            found = nearest(last, [name.removeprefix(head) for name in inside])
            return tuple(head + name for name in found)
    bare = last.removeprefix("np").lstrip("_")
    if last.startswith("np") and bare in FUNCTIONS:
        return (bare,)  # npsum, np_sum
    near = nearest(word, FUNCTIONS) or nearest(last, FUNCTIONS) or slips(last, FUNCTIONS)
    if near or len(last) <= _SHORT:
        return near
    return tuple(name for other in nearest(last, elsewhere.FUNCTIONS) for name in elsewhere.FUNCTIONS[other])


def not_a_function(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``A(B)``: a product or an index was meant."""
    node = inference.failed
    if not isinstance(node, Call) or node.is_method or not node.arguments or node.keywords:
        return
    source = inference.source
    inside = ", ".join(text_of(source, argument) for argument in node.arguments)
    lead = source[node.name_span.start : node.name_span.end]
    yield Candidate(replaced(source, (node.span, f"{lead}[{inside}]")), tr("Take it as an index"), "brackets")
    if len(node.arguments) > 1:
        return
    operand = f"({inside})" if isinstance(node.arguments[0], (Binary, Unary)) else inside
    for sign, reason in (("@", tr("Take it as a matrix product")), ("*", tr("Take it as a product, cell by cell"))):
        text = f"{lead} {sign} {operand}"
        text = text if node is inference.tree else f"({text})"
        yield Candidate(replaced(source, (node.span, text)), reason, "brackets", 0.1)
