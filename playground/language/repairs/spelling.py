"""Repairs of misspelt words: entries, functions, methods, attributes, keywords; and words of other libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.functions import FUNCTIONS, nearest
from playground.language.nodes import Binary, Call, Name, Unary
from playground.language.parse import plain
from playground.language.problems import Span
from playground.language.repairs.parts import prefix_of
from playground.language.repairs.ranking import Candidate
from playground.language.repairs.syntax import typographic
from playground.language.rewriting import atom, replaced, text_of
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.problems import Problem

_OTHER_NAMES: Final = {
    "true": "True", "false": "False", "none": "None", "null": "None", "PI": "pi", "Pi": "pi", "π": "pi",
    "Inf": "inf", "infinity": "inf", "Infinity": "inf", "NaN": "nan", "NAN": "nan", "E": "e",
}  # fmt: skip
_LOOK_ALIKE: Final = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧνορхАВЕКМНОРСТХасеоруі", "ABEZHIKMNOPTYXvopxABEKMHOPCTXaceopyi")
"""Greek and Cyrillic letters that look like Latin ones."""
_OTHER_KEYWORDS: Final = {
    "dim": "axis", "dims": "axis", "keepdim": "keepdims", "keep_dims": "keepdims", "axes": "axis", "size": "shape",
    "dtypes": "dtype", "type": "dtype",
}  # fmt: skip
_OTHER_ATTRIBUTES: Final = {
    "t": ("T",), "len": ("shape[0]", "size"), "length": ("shape[0]", "size"), "dim": ("ndim",), "dims": ("shape",),
    "type": ("dtype",), "rows": ("shape[0]",), "columns": ("shape[1]",), "count": ("size",), "numel": ("size",),
    "transposed": ("T",), "tr": ("T",), "Transpose": ("T",), "inv": (), "I": (),
}  # fmt: skip
_OTHER_FUNCTIONS: Final = {
    "average": "mean", "avg": "mean", "total": "sum", "cat": "concatenate", "inverse": "linalg.inv", "rank":
    "linalg.matrix_rank", "determinant": "linalg.det", "range": "arange", "magnitude": "linalg.norm", "length":
    "linalg.norm", "mm": "matmul", "bmm": "matmul", "unsqueeze": "expand_dims", "view": "reshape", "permute":
    "transpose", "ln": "log", "logistic": "sigmoid", "clamp": "clip", "matrix": "array", "list": "array", "mult":
    "matmul", "multiplied": "matmul", "randn": "random.randn", "rand": "random.rand", "tensor": "array", "zero":
    "zeros", "one": "ones", "append": "concatenate", "numel": "size", "fabs": "abs",
}  # fmt: skip
"""What the same is called elsewhere."""

_FORMS: Final = {
    "len": ("{0}.shape[0]", "{0}.size"), "int": ("{0}.astype(int)",), "float": ("{0}.astype(float)",),
    "bool": ("{0}.astype(bool)",), "complex": ("{0}.astype(complex)",), "divmod": ("{0} // {1}", "{0} % {1}"),
    "numel": ("{0}.size",), "inverse": ("linalg.inv({0})",), "t": ("{0}.T",), "str": (), "ndims": ("{0}.ndim",),
    "length": ("{0}.shape[0]",), "numcols": ("{0}.shape[1]",), "numrows": ("{0}.shape[0]",),
}  # fmt: skip
"""Calls of other languages, written in NumPy; {0} is the first argument."""


def _meant(word: str) -> str:
    return tr("Read it as {word}", word=word)


def _ranked(source: str, span: Span, names: tuple[str, ...] | list[str], lead: str = "") -> Iterator[Candidate]:
    for rank, name in enumerate(dict.fromkeys(names)):
        yield Candidate(replaced(source, (span, lead + name)), _meant(name), "word", 0.5 * rank)


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
    if plain(wrong) != wrong:
        yield from typographic(inference, problem, operands)
    other = _OTHER_NAMES.get(last)
    if other is not None:
        lead = head + dot if other in words.CONSTANTS else ""
        yield Candidate(replaced(source, (span, lead + other)), _meant(other), "word", -0.2)
    if source[span.end : span.end + 1] == ".":
        modules = nearest(wrong, [*words.SUBMODULES, *words.MODULE_PREFIXES])
        yield from _ranked(source, span, modules)
    yield from _ranked(source, span, _alike(wrong, operands))
    known = [*words.DTYPES, *words.CONSTANTS]
    yield from _ranked(source, span, _alike(last, known), head + dot)


def _alike(wrong: str, names: Collection[str]) -> tuple[str, ...]:
    """Give the nearest names; a single letter is like another only by case or as a look-alike of other alphabets."""
    if len(wrong) > 1:
        return nearest(wrong, names)
    folded = wrong.translate(_LOOK_ALIKE).lower()
    return tuple(name for name in names if name != wrong and name.translate(_LOOK_ALIKE).lower() == folded)


def not_called(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Call a function on the entry beside it."""
    node, source = inference.failed, inference.source
    if not isinstance(node, Name) or node.name not in FUNCTIONS or problem.kind != "not-called":
        return
    for rank, name in enumerate(list(operands)[:2]):
        text = replaced(source, (node.span, f"{text_of(source, node)}({name})"))
        yield Candidate(text, tr("Call it"), "call", 0.2 * rank)


def unknown_function(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the nearest functions; a method that is only a function is called as one."""
    node = inference.failed
    if not isinstance(node, Call):
        return
    yield from _other_forms(inference, node)
    if node.is_method:
        yield from _methods(inference, node)
        return
    source, lead = inference.source, prefix_of(inference.source, node)
    yield from _ranked(source, node.name_span, _functions(node.function), lead)
    if node.name_span.start == node.span.start:
        yield from _ranked(source, node.name_span, nearest(node.function, operands))


def _other_forms(inference: Inference, node: Call) -> Iterator[Candidate]:
    source = inference.source
    name = node.function.rpartition(".")[2]
    texts = [atom(source, argument) for argument in node.arguments]
    for rank, form in enumerate(_FORMS.get(name, ())):
        if form.count("{") <= len(texts) or "{1}" not in form:
            try:
                text = form.format(*texts)
            except IndexError:
                continue
            yield Candidate(replaced(source, (node.span, text)), tr("Write {text}", text=text), "word", 0.3 * rank)
    if node.is_method and name in words.ATTRIBUTES and texts:
        rest = ", ".join(text_of(source, argument) for argument in node.arguments[1:])
        text = f"{texts[0]}.{name}" + (f"[{rest}]" if rest else "")
        yield Candidate(replaced(source, (node.span, text)), tr("It isn't called"), "word", -0.2)


def _methods(inference: Inference, node: Call) -> Iterator[Candidate]:
    source, word = inference.source, node.function
    if not node.arguments:
        return
    first, *rest = (text_of(source, argument) for argument in node.arguments)
    named = [f"{name}={text_of(source, value)}" for name, value in node.keywords]
    for rank, name in enumerate(_functions(word)):
        if FUNCTIONS[name].method:
            yield Candidate(replaced(source, (node.name_span, name)), _meant(name), "word", 0.5 * rank)
        call = f"{name}({', '.join([first, *rest, *named])})"
        reason = tr("Call the function {name}", name=name)
        yield Candidate(replaced(source, (node.span, call)), reason, "word", 0.5 * rank + 0.2)
    attributes = nearest(word, words.ATTRIBUTES - words.RESULT_FIELDS)
    if not rest:
        for rank, name in enumerate(attributes):
            text = f"{atom(source, node.arguments[0])}.{name}"
            yield Candidate(replaced(source, (node.span, text)), _meant(name), "word", 0.5 * rank + 0.3)


def _functions(word: str) -> tuple[str, ...]:
    same = [word] if word in FUNCTIONS else []
    other = _OTHER_FUNCTIONS.get(word.lower())
    rows = [name for name in (other,) if name in FUNCTIONS]
    last = word.rpartition(".")[2]
    moved = [name for name in FUNCTIONS if name.rpartition(".")[2] == last and name != word]
    close = nearest(word, FUNCTIONS) or nearest(last, FUNCTIONS)
    return tuple(name for name in dict.fromkeys([*same, *rows, *moved, *close]) if name is not None)


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


def unknown_attribute(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the nearest attribute, or the method that lacks its parentheses."""
    source, span = inference.source, problem.span
    word = source[span.start : span.end].rpartition(".")[2]
    place = Span(span.end - len(word), span.end)
    called = source[place.end :].lstrip().startswith("(")
    if word in FUNCTIONS and FUNCTIONS[word].method and not called:
        yield Candidate(replaced(source, (place, f"{word}()")), tr("Call it"), "word")
    yield from _ranked(source, place, _OTHER_ATTRIBUTES.get(word, ()))
    close = nearest(word, words.ATTRIBUTES - words.RESULT_FIELDS)
    for rank, name in enumerate(close):
        yield Candidate(replaced(source, (place, name)), _meant(name), "word", 0.3 + 0.5 * rank)
    for rank, name in enumerate(nearest(word, [name for name, row in FUNCTIONS.items() if row.method])):
        yield Candidate(replaced(source, (place, f"{name}()")), _meant(f"{name}()"), "word", 0.4 + 0.5 * rank)
    yield from _as_function(source, place, word)


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


def unknown_keyword(inference: Inference, problem: Problem, operands: Mapping[str, Operand]) -> Iterator[Candidate]:
    """Offer the nearest parameter; or leave the keyword out."""
    node = inference.failed
    if not isinstance(node, Call):
        return
    source = inference.source
    known = [parameter.name for parameter in FUNCTIONS[node.function].parameters if parameter.by_name]
    wrong = next(((name, value) for name, value in node.keywords if name not in known), None)
    start = -1 if wrong is None else source.rfind(wrong[0], 0, problem.span.start)
    if wrong is None or start < 0:
        return
    other = _OTHER_KEYWORDS.get(wrong[0])
    names = [*([other] if other in known and other is not None else []), *nearest(wrong[0], known)]
    yield from _ranked(source, Span(start, start + len(wrong[0])), names)
    before = source[:start].rstrip()
    cut = before[:-1].rstrip() if before.endswith(",") else before
    text = cut + source[wrong[1].span.end :]
    yield Candidate(text, tr("Leave {name} out", name=wrong[0]), "other word")
