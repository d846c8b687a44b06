"""Shape and dtype of every part of a formula, before anything runs; what is wrong with it, and how to mend it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from playground.language.bare_shapes import parse_shapes, read_shapes
from playground.language.choices import decided
from playground.language.evaluator import Evaluator
from playground.language.foreign.clue import numpy_words
from playground.language.memory import Remembered
from playground.language.mistake import Mistake
from playground.language.nodes import Name
from playground.language.problems import Problem, Span
from playground.language.repairs.trials import Trials
from playground.language.signature import Signature, TupleSignature
from playground.language.traps.find import traps
from playground.language.values import MISSING, Step
from playground.record import Record, field, replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.foreign.read import Reading
    from playground.language.nodes import Node
    from playground.language.parse import Parsed

__all__ = ["MISSING", "Inference", "Operand", "Step", "infer"]

Operand = Signature | TupleSignature


class Inference(Record):
    """What is known of a formula before it runs.

    Attributes
    ----------
    source, target, tree
        As in ``Parsed``.
    signature
        Of the result; None where there is a problem.
    steps
        One for each sub-expression that has a value, in order of evaluation; up to the mistake where there is one.
    problems, warnings
        What keeps it from running, and what runs but may surprise.
    operand_axes
        Class numbers of the axes of each operand, the same numbers as in the steps.
    clash
        The axes that disagree: pairs of a sub-expression's place and its axis.
    failed
        The node that the problem is about, None where there is none or the text couldn't be read.
    shapes
        Signatures of the shapes that stand for arrays, ``(764, 100) @ (764, 200)``: there are no numbers to compute
        with. In ``tree`` they are names that only this mapping knows.
    """

    source: str
    target: str | None
    tree: Node | None
    signature: Signature | TupleSignature | None
    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    operand_axes: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))
    clash: tuple[tuple[Span, int], ...] = ()
    failed: Node | None = None
    shapes: Mapping[str, Signature] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def ok(self) -> bool:
        """True where it can run."""
        return not self.problems

    @property
    def flops(self) -> int | None:
        """Floating-point operations of all steps, None where one of them has no agreed count."""
        counts = [step.flops for step in self.steps]
        return None if self.problems or None in counts else sum(count or 0 for count in counts)


def infer(source: str | Parsed, operands: Mapping[str, Operand]) -> Inference:
    """Find shape and dtype of every part of ``source``. Never raises; what is wrong is in ``problems``.

    Parameters
    ----------
    source
        A formula, with or without ``name =`` before it.
    operands
        Signature of each entry that may be named in it.
    """
    text = source if isinstance(source, str) else source.source
    try:
        return _infer(text, tuple(operands.items()))
    except Exception:  # whatever nobody foresaw may not reach the hand that types
        import logging  # here, so that the first window needn't wait for it

        logging.getLogger(__name__).exception("A formula met an error that nobody foresaw: %r", text)
        sentence = tr("The program made a mistake in reading this; it is not yours.")
        problem = Problem("bug", sentence, Span(0, len(text)), tr("Write it another way; the log has the details."))
        return Inference(text, None, None, None, problems=(problem,))


@Remembered
def _infer(source: str, operands: tuple[tuple[str, Operand], ...]) -> Inference:
    foreign = numpy_words(source)
    if foreign is not None:
        return _refused(_placed(_infer(foreign.numpy, operands), foreign), foreign, dict(operands))
    found = _bare(source, dict(operands))
    names = dict(operands)
    trial = Trials(found, lambda text, parts: _bare(text, names, parts)).infer
    if found.ok:
        warnings = traps(source, found.steps, trial)
        return replace(found, warnings=warnings) if warnings else found
    from playground.language.crossed_shapes import with_tuples  # as long as nothing is wrong, no window waits for it

    crossed = with_tuples(source, names) if found.tree is None else None
    if crossed is not None:
        return _placed(_infer(crossed.numpy, operands), crossed)
    from playground.language.foreign.unread import unread  # as long as nothing is wrong, no window waits for it
    from playground.language.repairs.search import repaired

    told = [unread(problem, source, names) for problem in found.problems]
    return replace(found, problems=tuple(repaired(found, problem, names, trial) for problem in told))


def _placed(found: Inference, foreign: Reading) -> Inference:
    """What was found of the NumPy text, at the places of the text that was written.

    Messages, repairs and the texts of steps are NumPy's.
    """
    from playground.language.placing import Placing  # most formulas have no words of other libraries

    moved = Placing(foreign.place).moved
    in_numpy = tr("In NumPy's words: {text}", text=foreign.numpy)
    problems = tuple(replace(problem, hint=problem.hint or in_numpy) for problem in moved(found.problems))
    return replace(
        found, source=foreign.source, tree=moved(found.tree), steps=moved(found.steps), problems=problems,
        warnings=moved(found.warnings), clash=tuple((moved(span), axis) for span, axis in found.clash),
        failed=moved(found.failed),
    )  # fmt: skip


def _refused(found: Inference, foreign: Reading, operands: Mapping[str, Operand]) -> Inference:
    """What PyTorch refuses though NumPy's words for it take it has a problem here too."""
    from playground.language.foreign.ranks import ranks_problem

    problem = ranks_problem(found, foreign.numpy, operands)
    return found if problem is None else replace(found, signature=None, problems=(problem,), warnings=())


def _declared(source: str) -> Inference | None:
    """Read what is no formula: ``x: (32, 784) float16`` says a shape, and an error message says what failed."""
    from playground.language.declaration import declared
    from playground.language.error_message import error_problem, is_error_message

    if is_error_message(source):
        return Inference(source, None, None, None, problems=(error_problem(source),))
    found = declared(source) if ":" in source else None
    if found is None:
        return None
    if found.signature is None:
        return Inference(source, found.name, None, None, problems=(found.problem,) if found.problem else ())
    start = source.index(":") + 1
    place = Span(start + len(source[start:]) - len(source[start:].lstrip()), len(source.rstrip()))
    node = Name(place, source[place.start : place.end])
    step = Step(node, node.name, place, found.signature, tuple(range(found.signature.ndim)), MISSING, 0)
    shapes = MappingProxyType({node.name: found.signature})
    return Inference(source, found.name, node, found.signature, (step,), shapes=shapes)


def _bare(
    source: str, operands: Mapping[str, Operand], parts: Mapping[str, Signature] = MappingProxyType({})
) -> Inference:
    """Infer what a text says, without repairs and warnings; ``parts`` of it are known by their texts."""
    parsed = parse_shapes(source)
    if parsed.tree is None:
        return _declared(source) or Inference(source, parsed.target, None, None, problems=parsed.problems)
    tree, shapes = read_shapes(source, parsed.tree)
    known = {**operands, **shapes} if shapes else operands
    evaluator = Evaluator(source, known, {} if shapes else parts)
    signature: Operand | None = None
    problems: tuple[Problem, ...] = ()
    clash: tuple[tuple[Span, int], ...] = ()
    try:
        tree = decided(source, tree, known)
        signature = evaluator.run(tree)
    except Mistake as mistake:
        node = evaluator.node or tree
        problems = (Problem(mistake.kind, mistake.message, mistake.span or node.span, mistake.hint),)
        values = evaluator.operands
        clash = tuple((values[i].span, axis) for i, axis in mistake.clash if i < len(values))
    numbered = evaluator.classes.numbered(
        [*(step.axes for step in evaluator.steps), *(value.axes for value in evaluator.names.values())]
    )
    count = len(evaluator.steps)
    steps = tuple(
        Step(step.node, step.source, step.span, step.signature, axes, step.constant, step.flops)
        for step, axes in zip(evaluator.steps, numbered[:count], strict=True)
    )
    axes_of = dict(zip(evaluator.names, numbered[count:], strict=True))
    return Inference(
        source, parsed.target, tree, signature, steps, problems,
        operand_axes=MappingProxyType(axes_of), clash=clash, failed=evaluator.node if problems else None,
        shapes=MappingProxyType(shapes),
    )  # fmt: skip
