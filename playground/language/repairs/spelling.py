"""Repairs of misspelt words: entries, attributes, keywords; modules, and functions that aren't called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.functions import FUNCTIONS, nearest
from playground.language.problems import Span
from playground.language.repairs import axes
from playground.language.repairs import words as elsewhere
from playground.language.repairs.ranking import Candidate
from playground.language.rewriting import replaced
from playground.language.signature import Signature
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem

_LOOK_ALIKE: Final = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧνορхАВЕКМНОРСТХасеоруі", "ABEZHIKMNOPTYXvopxABEKMHOPCTXaceopyi")
"""Greek and Cyrillic letters that look like Latin ones."""
_MOST_LETTERS: Final = 4
"""Letters that are read as so many entries."""
_RAISED: Final = re.compile(r"(?:\^|\*\*)\s*([\w.]+|\([^()]*\))")
"""``exp^x``."""
_ALONG_AXIS: Final = re.compile(
    r"\s*(?:np\.|numpy\.)?apply_(?:along_axis|over_axes)\(\s*([\w.]+)\s*,\s*(-?\d+)\s*,\s*(\w+)\s*\)\s*$"
)
"""``np.apply_along_axis(np.sum, 0, A)``."""
_BARE: Final = {"keepdims": "keepdims=True", "ddof": "ddof=1"}
"""Keywords that stand without their value, and the only one that anybody gives them."""
_LESS: Final = re.compile(r"\s*-\s*(\d{1,4})(?![\w.])")
"""What is taken from MATLAB's end."""


def meant(word: str) -> str:
    """Say as what a word is read."""
    return tr("Read it as {word}", word=word)


def ranked(source: str, span: Span, names: tuple[str, ...] | list[str], lead: str = "") -> Iterator[Candidate]:
    """Offer ``names`` in the place of a word, likeliest first."""
    for rank, name in enumerate(dict.fromkeys(names)):
        yield Candidate(replaced(source, (span, lead + name)), meant(name), "word", 0.5 * rank)


def unknown_name(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the entries with the nearest names."""
    source, span = inference.source, problem.span
    wrong = source[span.start : span.end]
    if wrong in ("T", "t", "H") and source[: span.start].rstrip().endswith(("^", "**")):
        cut = source[: span.start].rstrip().rstrip("^*").rstrip()
        text = f"{cut}.T{source[span.end :]}"
        yield Candidate(text, tr("Write .T for a transpose"), "sign", -1.0)
    head, dot, last = wrong.rpartition(".")
    if last in operands and head in words.MODULE_PREFIXES:
        yield Candidate(replaced(source, (span, last)), tr("{name} is an entry", name=last), "word")
    other = elsewhere.NAMES.get(last)
    if other is not None:
        lead = head + dot if other in words.CONSTANTS else ""
        yield Candidate(replaced(source, (span, lead + other)), meant(other), "word", -0.2)
    if source[span.end : span.end + 1] == ".":
        modules = nearest(wrong, [*words.SUBMODULES, *words.MODULE_PREFIXES])
        yield from ranked(source, span, modules)
    behind = source[span.end :].lstrip()
    if wrong in words.MODULE_PREFIXES and behind.startswith(","):
        text = f"{source[: span.end]}.{behind[1:].lstrip()}"
        yield Candidate(text, tr("Write {sign}", sign="."), "sign")
    if wrong in ("end", *_BARE):
        yield from _ends(source, span) if wrong == "end" else _said(source, span)
    call = None if inference.failed is None else axes.call_along(inference, inference.failed)
    if call is None:
        yield from _sizes(source, span, operands)
    else:
        for candidate in axes.named_axis(inference, call):
            yield candidate._replace(change="word")
    together = list(_run_together(source, span, wrong, operands))
    yield from together
    for candidate in ranked(source, span, _alike(wrong, operands)):
        yield candidate._replace(doubt=candidate.doubt + 0.8 * bool(together))
    known = [*words.DTYPES, *words.CONSTANTS]
    yield from ranked(source, span, _alike(last, known), head + dot)


def _sizes(source: str, span: Span, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``x.reshape(x.shape[0], -1)`` for ``x.reshape(B, -1)`` where ``x: (B=32, d=784)`` gives its axes names."""
    wrong = source[span.start : span.end]
    holders = {
        name: operand.axis_names.index(wrong)
        for name, operand in operands.items()
        if isinstance(operand, Signature) and wrong in operand.axis_names
    }
    used = (name for name in holders if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", source))
    name = next(used, next(iter(holders), None))
    if name is not None:
        text = replaced(source, (span, f"{name}.shape[{holders[name]}]"))
        yield Candidate(text, tr("{size} is the size of an axis", size=wrong), "word", -1.0)


def _said(source: str, span: Span) -> Iterator[Candidate]:
    """``sum(x, 0, keepdims=True)`` for ``sum(x, 0, keepdims)``."""
    if source[span.end :].lstrip()[:1] in (",", ")"):
        text = _BARE[source[span.start : span.end]]
        yield Candidate(replaced(source, (span, text)), tr("Write {text}", text=text), "sign")


def _ends(source: str, span: Span) -> Iterator[Candidate]:
    """``A[:, 1:]`` for ``A[:, 1:end]``, whose end MATLAB counts in; ``A[-2]`` for ``A[end - 1]``."""
    less = _LESS.match(source, span.end)
    end, count = (less.end(), int(less[1])) if less is not None else (span.end, 0)
    before = source[: span.start].rstrip()
    if before.endswith(":"):
        text = f"{before}{f'-{count}' if count else ''}{source[end:]}"
        yield Candidate(text, tr("Leave {name} out", name="end"), "word", -0.4)
    elif count:
        yield Candidate(f"{source[: span.start]}-{count + 1}{source[end:]}", meant(f"-{count + 1}"), "word", -0.4)


def _run_together(source: str, span: Span, wrong: str, operands: Collection[str]) -> Iterator[Candidate]:
    """``sin(x)`` for ``sinx``, ``A @ B`` for ``AB``: words that books write without anything between."""
    for name in operands:
        function = wrong.removesuffix(name)
        if function != wrong and function in FUNCTIONS:
            yield Candidate(replaced(source, (span, f"{function}({name})")), tr("Call it"), "word", 0.1)
    if 1 < len(wrong) <= _MOST_LETTERS and all(letter in operands for letter in wrong):
        for doubt, sign in enumerate((" @ ", " * ")):
            text = replaced(source, (span, sign.join(wrong)))
            yield Candidate(text, tr("Put a {sign} between", sign=sign.strip()), "word", 0.3 * doubt - 0.2)


def _alike(wrong: str, names: Collection[str]) -> tuple[str, ...]:
    """Give the nearest names; a single letter is like another only by case or as a look-alike of other alphabets.

    Of two letters the first is the same, case included: ``x1`` isn't ``X``.
    """
    if len(wrong) > 1:
        return tuple(name for name in nearest(wrong, names) if len(wrong) > 2 or wrong[0] == name[0])
    folded = wrong.translate(_LOOK_ALIKE).lower()
    return tuple(name for name in names if name != wrong and name.translate(_LOOK_ALIKE).lower() == folded)


def not_called(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Parentheses for the brackets behind a function; or a call of it on the first entries."""
    source, span = inference.source, problem.span
    rest = source[span.end :].lstrip()
    if rest.startswith("[") and rest.endswith("]"):
        text = f"{source[: span.end]}({rest[1:-1]})"
        yield Candidate(text, tr("Call it"), "sign")
    along = _ALONG_AXIS.match(source)
    if along is not None:
        yield Candidate(f"{along[1]}({along[3]}, axis={along[2]})", tr("Tell it the axis"), "sign")
    raised = _RAISED.match(rest)
    if raised is not None:
        text = f"{source[: span.end]}({raised[1].strip('()')}){rest[raised.end() :]}"
        yield Candidate(text, tr("Call it"), "sign")
    for rank, name in enumerate(list(operands)[:3]):
        text = f"{source[: span.end]}({name}){source[span.end :]}"
        yield Candidate(text, tr("Call it"), "call", 0.2 * rank)
    row = FUNCTIONS.get(source[span.start : span.end].rpartition("np.")[2])
    if row is not None and not rest and re.fullmatch(rf"{row.name}\([\d, ()]+\)", row.example):
        text = f"{source[: span.end]}{row.example.removeprefix(row.name)}{source[span.end :]}"
        yield Candidate(text, tr("Write {text}", text=row.example), "call", 1.0)


def quoted(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``A`` for ``'A'``: an entry is named without quotes."""
    name = inference.source[problem.span.start : problem.span.end].strip("'\"")
    if name in operands:
        yield Candidate(replaced(inference.source, (problem.span, name)), tr("{name} is an entry", name=name), "sign")


def unknown_attribute(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the nearest attribute, or the method that lacks its parentheses."""
    source, span = inference.source, problem.span
    word = source[span.start : span.end].rpartition(".")[2]
    place = Span(span.end - len(word), span.end)
    called = source[place.end :].lstrip().startswith("(")
    row = FUNCTIONS.get(words.METHOD_ALIASES.get(word, word))
    if row is not None and row.method and not called:
        yield Candidate(replaced(source, (place, f"{word}()")), tr("Call it"), "word")
        for rank, name in enumerate(list(operands)[:_MOST_LETTERS]):
            text = replaced(source, (place, f"{word}({name})"))
            yield Candidate(text, tr("Call it"), "call", 0.2 * rank)
    if source[: place.start].endswith(".shape."):
        if word in ("len", "length", "size"):
            yield Candidate(f"{source[: place.start - 6]}ndim{source[place.end :]}", meant("ndim"), "word")
        return
    yield from ranked(source, place, elsewhere.ATTRIBUTES.get(word, ()))
    before = source[: place.start].rstrip()
    if word in operands and before.endswith("."):
        text = f"{before[:-1].rstrip()} @ {source[place.start :]}"
        yield Candidate(text, tr("Write {sign}", sign="@"), "sign")
    if word in elsewhere.NO_ATTRIBUTES and source[place.start - 1 : place.start] == ".":
        text = source[: place.start - 1] + source[place.end :]
        yield Candidate(text, tr("Leave {name} out", name=f".{word}"), "word", 0.1)
    close = nearest(word, words.ATTRIBUTES - words.RESULT_FIELDS)
    for rank, name in enumerate(close):
        yield Candidate(replaced(source, (place, name)), meant(name), "word", 0.3 + 0.5 * rank)
    for rank, name in enumerate(nearest(word, [name for name, row in FUNCTIONS.items() if row.method])):
        yield Candidate(replaced(source, (place, f"{name}()")), meant(f"{name}()"), "word", 0.4 + 0.5 * rank)
    yield from _as_function(source, place, word)


def other_module(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """``sqrt(x)`` for ``math.sqrt(x)``, ``linalg.inv(A)`` for ``scipy.linalg.inv(A)``, everywhere in the formula."""
    source = inference.source
    word = re.escape(source[problem.span.start : problem.span.end])
    for rank, path in enumerate((rf"\b{word}\.(?=[^\W\d])", rf"\b{word}\.\w+\.(?=[^\W\d])")):
        text = re.sub(path, "", source)
        yield Candidate(text, tr("Take NumPy's, which works on every cell"), "word", 0.2 * rank)


def _as_function(source: str, place: Span, word: str) -> Iterator[Candidate]:
    """``A.inv`` and ``A.I`` as ``linalg.inv(A)``."""
    name = {"I": "linalg.inv"}.get(word) or next((n for n in FUNCTIONS if n.rpartition(".")[2] == word), None)
    start = place.start - 1
    while start > 0 and (source[start - 1].isalnum() or source[start - 1] == "_"):
        start -= 1
    operand = source[start : place.start - 1]
    if name is not None and operand:
        text = f"{source[:start]}{name}({operand}){source[place.end :]}"
        yield Candidate(text, tr("Call the function {name}", name=name), "word", 0.1)
