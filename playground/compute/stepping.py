"""Running the inner steps of a step one after another, each value let go of when nothing needs it any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.compute.backend import StepError, StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playground.compute.planning.steps import PlanStep


def one_by_one(
    steps: Sequence[tuple[PlanStep, Callable[..., Any]]], arguments: Sequence[Any], stop: Callable[[], bool]
) -> Any:  # noqa: ANN401 - an array of some device
    """Give the value of the last of ``steps``, each with what it calls; slots count ``arguments``, then results.

    Raises
    ------
    StoppedError
        ``stop``, asked before each step, said True.
    StepError
        A step failed.
    """
    values = list(arguments)
    last_use = {slot: at for at, (inner, _) in enumerate(steps) for slot in inner.slots}
    for at, (inner, function) in enumerate(steps):
        if stop():
            raise StoppedError
        try:
            named = {name: values[slot] for name, slot in inner.keywords}
            values.append(function(*(values[slot] for slot in inner.arguments), **named))
        except Exception as error:
            raise StepError(inner) from error
        for slot in inner.slots:
            if last_use[slot] == at:
                values[slot] = None
    return values[-1]
