"""Repairs of sizes that clash by resizing an operand: ``A @ B`` fits again once B has as many rows as A has columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.infer import infer
from playground.language.problems import Repair
from playground.language.signature import Signature, shape_text
from playground.record import Record, replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from playground.language.infer import Inference
    from playground.language.problems import Problem

MOST = 3
"""Repairs that are shown at once."""


class NewShape(Record):
    """An entry and the shape that it would have."""

    name: str
    signature: Signature


class SizeRepair(Repair):
    """Resizes entries and leaves the formula as it is; ``source`` says so in words."""

    resized: tuple[NewShape, ...] = ()


def with_size_repairs(
    problem: Problem, inference: Inference, signatures: Mapping[str, Signature], own: Collection[str]
) -> Problem:
    """``problem`` with repairs that resize an operand, behind those of the text, of which two stay in sight.

    ``own`` names the entries whose sizes are their own. Each repair infers without a problem.
    """
    if len(inference.clash) != 2:
        return problem
    mends = [mend for side in (0, 1) if (mend := _mend(inference, side, signatures, own)) is not None]
    if not mends:
        return problem
    mends.sort(key=lambda mend: _lost(mend, signatures))
    least = min(len(mends), max(1, MOST - len(problem.repairs)))
    kept = problem.repairs[: MOST - least]
    return replace(problem, repairs=(*kept, *mends[:least], *problem.repairs[len(kept) :]))


def _mend(
    inference: Inference, side: int, signatures: Mapping[str, Signature], own: Collection[str]
) -> SizeRepair | None:
    """Give the axis on one side of the clash the other's size, and with it all that is one axis with it."""
    number, _ = _class_of(inference, side)
    _, size = _class_of(inference, 1 - side)
    if number is None or size is None:
        return None
    changed: dict[str, Signature] = {}
    for name, axes in inference.operand_axes.items():
        places = [k for k, theirs in enumerate(axes) if theirs == number]
        if places and (name not in own or name not in signatures):
            return None
        if places:
            shape = tuple(size if k in places else old for k, old in enumerate(signatures[name].shape))
            changed[name] = replace(signatures[name], shape=shape)
    if not changed:
        return None
    found = infer(inference.source, {**signatures, **changed})
    if found.problems or not isinstance(found.signature, Signature):
        return None
    each = [tr("resize {name} to {shape}", name=name, shape=_short(new)) for name, new in changed.items()]
    reason = [
        tr("{name}: {old} becomes {new}; new cells are 0", name=name, old=shape_text(signatures[name].shape),
           new=shape_text(new.shape))
        for name, new in changed.items()
    ]  # fmt: skip
    resized = tuple(NewShape(name, new) for name, new in changed.items())
    return SizeRepair(", ".join(each), found.signature.shape, "; ".join(reason), resized=resized)


def _class_of(inference: Inference, side: int) -> tuple[int | None, int | None]:
    """Class number and size of the axis on one side of the clash."""
    span, axis = inference.clash[side]
    step = next((step for step in inference.steps if step.span == span), None)
    if step is None or not isinstance(step.signature, Signature) or axis >= len(step.axes):
        return None, None
    return step.axes[axis], step.signature.shape[axis]


def _lost(mend: SizeRepair, signatures: Mapping[str, Signature]) -> int:
    """How many cells a repair drops: those that only add come first."""
    return sum(max(0, (signatures[new.name].size or 0) - (new.signature.size or 0)) for new in mend.resized)


def _short(signature: Signature) -> str:
    shape = signature.shape
    return "×".join(map(str, shape)) if len(shape) > 1 else shape_text(shape)
