"""What the workspace means: every formula's shapes and problems, and the order to compute them in. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from playground.language.infer import Inference, infer
from playground.language.problems import Problem, Span
from playground.language.signature import Signature, TupleSignature
from playground.record import Record
from playground.translation import tr
from playground.workspace.workspace import operands_of, order_of_formulas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.workspace.workspace import Workspace


class Meaning(Record):
    """What one formula means in the present workspace.

    ``problem`` is the first thing that keeps it from being computed, None where nothing does.
    """

    inference: Inference
    problem: Problem | None


class Analysis(Record):
    """The meaning of a whole workspace.

    Attributes
    ----------
    signatures
        Shape and dtype of every entry that has one: all arrays, and the formulas without a problem.
    meanings
        One for every formula, by name.
    order
        Names of the formulas that can be computed, operands before what uses them.
    shapes_only
        Names of what has a shape and no numbers: the shapes, and the formulas that use one and have no problem.
    """

    signatures: Mapping[str, Signature]
    meanings: Mapping[str, Meaning]
    order: tuple[str, ...]
    shapes_only: frozenset[str] = frozenset()


def analyse(workspace: Workspace) -> Analysis:
    """Infer every formula of ``workspace`` from its arrays and shapes, in order of dependency.

    The same object comes back as long as only numbers change, so that views see that nothing else did.
    """
    given, formulas = tuple(workspace.signatures.items()), tuple(workspace.formulas.items())
    return _analysed(given, formulas, frozenset(workspace.shapes))


@lru_cache(maxsize=16)
def _analysed(
    given: tuple[tuple[str, Signature], ...], formulas: tuple[tuple[str, str], ...], shapes: frozenset[str]
) -> Analysis:
    signatures, sources = dict(given), dict(formulas)
    order = order_of_formulas(formulas)
    shapes_only = set(shapes)
    meanings: dict[str, Meaning] = {}
    for name in order.formulas:
        meaning = meaning_of(sources[name], signatures, broken=set(meanings) - set(signatures) | set(order.cycles))
        if meaning.problem is not None and meaning.inference.clash:
            from playground.session.size_repairs import with_size_repairs  # the first window has no clash

            own = {entry for entry, _ in given}
            meaning = Meaning(meaning.inference, with_size_repairs(meaning.problem, meaning.inference, signatures, own))
        meanings[name] = meaning
        if meaning.problem is None and isinstance(meaning.inference.signature, Signature):
            signatures[name] = meaning.inference.signature
            if meaning.inference.shapes or not shapes_only.isdisjoint(operands_of(sources[name])):
                shapes_only.add(name)
    for name, cycle in order.cycles.items():
        meanings[name] = Meaning(infer(sources[name], signatures), cycle_problem(name, cycle, sources[name]))
    computable = tuple(name for name in order.formulas if name in signatures and name not in shapes_only)
    return Analysis(signatures, meanings, computable, frozenset(shapes_only))


def meaning_of(
    source: str, signatures: Mapping[str, Signature], broken: set[str] | frozenset[str] = frozenset()
) -> Meaning:
    """Meaning of one formula's text; ``broken`` names the formulas that have a problem of their own."""
    inference = infer(source, signatures)
    if inference.problems:
        first = inference.problems[0]
        if first.kind == "unknown-name" and (culprit := source[first.span.start : first.span.end]) in broken:
            return Meaning(inference, _upstream_problem(culprit, first.span))
        return Meaning(inference, first)
    if not isinstance(inference.signature, TupleSignature):
        return Meaning(inference, None)
    from playground.language.repairs.single_result import single_result_problem  # the first window has no such formula

    return Meaning(inference, single_result_problem(inference))


def _upstream_problem(name: str, span: Span) -> Problem:
    return Problem(
        kind="upstream",
        message=tr("{name} can't be computed yet: it has a problem of its own.", name=name),
        hint=tr("Choose {name} in the list and mend it first.", name=name),
        span=span,
    )


def cycle_problem(name: str, cycle: tuple[str, ...], source: str) -> Problem:
    """The whole text is the problem: it uses ``cycle``, which leads back to ``name``."""
    path = " → ".join((*cycle, cycle[0]))
    message = (
        tr("{name} uses itself.", name=name)
        if len(cycle) == 1
        else tr("{name} goes round in a circle: {path}.", name=name, path=path)
    )
    return Problem(
        kind="cycle", message=message, hint=tr("Let one of them not use the other."), span=Span(0, len(source))
    )
