"""Gradients in reverse mode over the tree, as formulas that a person can read: ``x.T @ dh``, ``sum(dh, axis=0)``."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.foreign.read import numpy_words
from playground.language.gradients.operation import stretched
from playground.language.gradients.reading import entry_part
from playground.language.gradients.text import Part, number, part
from playground.language.gradients.walk import Walk
from playground.language.infer import infer
from playground.language.mistake import Mistake
from playground.language.names import names_in
from playground.language.placing import Placing
from playground.language.problems import Problem, Span
from playground.language.signature import Signature, TupleSignature
from playground.record import Record, replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.signature import Shape


_log: Final = logging.getLogger(__name__)


class Gradient(Record):
    """The gradient of a formula.

    Attributes
    ----------
    source
        A formula for it, None where ``problems`` says why there is none.
    signature
        Its shape, which is that of the operand, and its dtype.
    upstream
        Signature of the upstream gradient that ``source`` names; None where it names none.
    problems
        What is wrong; places count the characters of the formula.
    """

    source: str | None
    signature: Signature | None = None
    upstream: Signature | None = None
    problems: tuple[Problem, ...] = ()


def gradient(
    source: str, operands: Mapping[str, Operand], wrt: str, upstream: str = "dh", result: str | None = None
) -> Gradient:
    """Differentiate ``source``. Never raises; what is wrong is in ``problems``.

    Parameters
    ----------
    source
        A formula, with or without ``name =`` before it.
    operands
        Signature of each entry that may be named in it.
    wrt
        The entry with respect to which.
    upstream
        Name of the gradient that flows in, which has the shape of the result. A formula that gives one number has
        the gradient 1 of itself, and this isn't used.
    result
        Name of the entry that holds the formula's value, so that the gradient needn't compute it again.
    """
    foreign = numpy_words(source)
    if foreign is not None:
        plain = gradient(foreign.numpy, operands, wrt, upstream, result)
        return replace(plain, problems=Placing(foreign.place).moved(plain.problems))
    found = infer(source, operands)
    if not found.ok:
        return Gradient(None, problems=found.problems)
    try:
        return _differentiated(found, operands, wrt, upstream, result)
    except Mistake as mistake:
        span = mistake.span or (found.tree.span if found.tree is not None else Span(0, len(source)))
        return Gradient(None, problems=(Problem(mistake.kind, mistake.message, span, mistake.hint),))
    except Exception:  # whatever nobody foresaw may not reach the hand that asks
        _log.exception("A gradient met an error that nobody foresaw: %r with respect to %s", source, wrt)
        sentence = tr("The program made a mistake in differentiating this; it is not yours.")
        hint = tr("Give an inner part an entry of its own; the log has the details.")
        return Gradient(None, problems=(Problem("bug", sentence, Span(0, len(source)), hint),))


def _differentiated(
    found: Inference, operands: Mapping[str, Operand], wrt: str, upstream: str, name: str | None
) -> Gradient:
    signature, target = _checked(found, operands, wrt)
    if signature.shape and upstream in (names := names_in(found.tree)):
        raise Mistake(
            "upstream",
            tr("{name} is in the formula already, so the gradient that flows in needs another name.", name=upstream),
            tr("Choose one that isn't among {names}.", names=", ".join(names)),
        )
    entries = {name: entry_part(name, s) for name, s in operands.items() if isinstance(s, Signature)}
    flowing = part(upstream, signature.shape) if signature.shape else number(1)
    named = None if name is None else entry_part(name, signature)
    gradients = Walk(found, entries, {wrt}, named).run(flowing)
    whole = _whole(gradients.get(wrt), entries[wrt], found)
    dtype = signature.dtype if signature.dtype.kind == "f" else np.dtype(np.float64)
    flows_in = Signature(signature.shape, dtype)
    known = {**operands, **({upstream: flows_in} if signature.shape else {}), **({name: signature} if name else {})}
    result = infer(whole.text, known)
    if not isinstance(result.signature, Signature) or not _fits(result.signature.shape, target.shape):
        raise _unwritten(found, result)
    used = signature.shape and upstream in names_in(result.tree)
    return Gradient(whole.text, replace(result.signature, shape=target.shape), flows_in if used else None)


def _unwritten(found: Inference, written: Inference) -> Mistake:
    """Say why the formula that was written for a gradient isn't one."""
    if any(problem.kind == "too-long" for problem in written.problems):
        message = tr("This gradient would have more parts than a formula may have.")
        return Mistake(
            "too-long",
            message,
            tr("Give an inner part an entry of its own, and take the gradients one after the other."),
        )
    if any(isinstance(step.signature, Signature) and None in step.signature.shape for step in found.steps):
        message = tr("Only the data tells some of the shapes here, and the gradient needs to know them.")
        return Mistake("no-gradient", message, tr("Give every entry a shape without ?."))
    message = tr("The gradient of this formula can't be written as one formula here.")
    return Mistake("no-gradient", message, tr("Give an inner part an entry of its own."))


def _fits(shape: Shape, other: Shape) -> bool:
    """Tell whether two shapes may be the same; a size that only the data decides is any."""
    return len(shape) == len(other) and all(
        None in pair or pair[0] == pair[1] for pair in zip(shape, other, strict=True)
    )


def _checked(found: Inference, operands: Mapping[str, Operand], wrt: str) -> tuple[Signature, Signature]:
    """Signatures of the result and of the operand; raises ``Mistake`` where there is nothing to differentiate."""
    target = operands.get(wrt)
    if found.shapes:
        raise Mistake(
            "unknown-name",
            tr("Shapes that stand for arrays have no names to differentiate with respect to."),
            tr("Write names, and give their shapes."),
        )
    if wrt not in names_in(found.tree):
        raise Mistake(
            "unknown-name",
            tr("{name} isn't in the formula, so it has no gradient there: it is 0.", name=wrt),
            tr("The formula has {names}.", names=", ".join(names_in(found.tree)) or tr("no names")),
        )
    if isinstance(found.signature, TupleSignature) or found.signature is None:
        raise Mistake(
            "several-results", tr("This formula gives several arrays."), tr("Take one of them: {first}.", first="[0]")
        )
    if not isinstance(target, Signature) or target.dtype.kind not in "fiu":
        kind = target.dtype if isinstance(target, Signature) else tr("several arrays")
        raise Mistake(
            "dtype",
            tr("{name} is {kind}; a gradient is with respect to real numbers.", name=wrt, kind=kind),
            tr("Make it float64."),
        )
    if found.signature.dtype.kind == "c":
        raise Mistake("dtype", tr("This formula gives complex numbers; gradients are of real ones here."))
    return found.signature, target


def _whole(given: Part | None, entry: Part, found: Inference) -> Part:
    if given is None or not given.coefficient:
        raise Mistake(
            "flat",
            tr("Where {name} changes a little, this formula doesn't change: the gradient is 0.", name=entry.text),
            tr("Comparisons, rounding, counting and places of cells move in jumps only."),
        )
    return stretched(given, entry)
