"""How answers and mistakes are written: lines for a terminal, one JSON object for programs."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.outcome import Timing
from playground.language.rules.flops import flops_text
from playground.language.signature import Signature, TupleSignature, shape_text, shapes_text
from playground.record import fields
from playground.ribbon import display_width
from playground.ribbon_stages import staged
from playground.translation import tr
from playground.workspace.memory import bytes_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.answers import ComputationError, Gradient, Inference, Outcome, Problem
    from playground.language import infer as language

_LEAST_SOURCE = 12
"""Columns that a formula has in a table however narrow the terminal is."""
_SLOWEST_IN_MS = 1.0
"""From here on times are written in seconds."""


def shapes(inference: language.Inference, columns: int, *, colour: bool) -> str:
    """Draw the ribbon, in stages where it is wider than ``columns``; what the whole gives comes last.

    Where even its parts are too wide, a table of the steps says it.
    """
    drawn = staged(inference, columns, colour=colour) or _table(inference.steps, columns)
    return "\n".join([drawn, *(["", _whole(inference)] if inference.ok else [])])


def _whole(inference: language.Inference) -> str:
    """Shape, dtype, bytes and operations of the whole formula."""
    signature = inference.signature
    assert signature is not None
    facts = [_signature_text(signature)]
    if isinstance(signature, Signature) and signature.nbytes is not None:
        facts.append(bytes_text(signature.nbytes))
    if inference.flops:
        facts.append(flops_text(inference.flops))
    return " · ".join(facts)


def _signature_text(signature: Signature | TupleSignature) -> str:
    """``(3, 4) float64``; several one after another."""
    items = signature.items if isinstance(signature, TupleSignature) else (signature,)
    return "  ".join(f"{shape_text(item.shape, item.axis_names)} {item.dtype}" for item in items)


def _table(steps: Sequence[language.Step], columns: int) -> str:
    """Write one line for every sub-expression in order of evaluation, the middle of long ones left out."""
    rows = {(step.source, _signature_text(step.signature)): None for step in steps}
    room = max(_LEAST_SOURCE, columns - 2 - max(display_width(text) for _, text in rows))
    shown = [(_cut(source, room), text) for source, text in rows]
    width = max(display_width(source) for source, _ in shown)
    return "\n".join(f"{source}{' ' * (width - display_width(source))}  {text}" for source, text in shown)


def _cut(source: str, room: int) -> str:
    """Leave out the middle of a text that takes more than ``room`` columns."""
    kept = len(source)
    found = source
    while display_width(found) > room and kept > 1:
        kept -= 1
        found = f"{source[: kept - kept // 2]}…{source[len(source) - kept // 2 :]}"
    return found


def with_caret(expression: str, start: int, end: int) -> str:
    """Write the expression with carets under ``[start, end)``."""
    line = "".join(" " if character.isspace() else character for character in expression)
    carets = "^" * max(1, display_width(line[start:end]))
    return f"{line}\n{' ' * display_width(line[:start])}{carets}"


def mistake(expression: str, problem: Problem) -> str:
    """Write a mistake as a person reads it: place, sentence, what to do, repairs."""
    lines = [with_caret(expression, problem.start, problem.end), problem.message]
    lines += [problem.hint] if problem.hint else []
    lines += [
        tr("Try: {source}  → {shape}  ({reason})", source=fix.source, shape=shapes_text(fix.shape), reason=fix.reason)
        for fix in problem.repairs
    ]
    return "\n".join(lines)


def failure(expression: str, error: ComputationError) -> str:
    """Write a computation that failed: place where there is one, sentence, what to do."""
    place = [with_caret(expression, error.start, error.end)] if error.start is not None and error.end else []
    return "\n".join([*place, str(error), *([error.hint] if error.hint else [])])


def outcome(result: Outcome) -> str:
    """Write the value and one line on it: shape, dtype, device, time."""
    values = result.value if isinstance(result.value, tuple) else (result.value,)
    last = f"{shapes_text(result.shape)} {_dtypes(result.dtype)} · {result.device.upper()} {_time(result.timing)}"
    return "\n".join([*(np.array2string(np.asarray(value)) for value in values), last, *result.notes])


def _time(timing: Timing) -> str:
    """The time of one run, or the median of several with the width of their middle half."""
    if timing.spread_s is None:
        return duration(timing.compute_s)
    return tr(
        "{time}, median of {runs} runs, the middle half within {spread}",
        time=duration(timing.compute_s), runs=timing.runs, spread=duration(timing.spread_s),
    )  # fmt: skip


def gradient(found: Gradient) -> str:
    """Write the gradient's text, its value where there is one, and its shape."""
    value = [] if found.value is None else [np.array2string(np.asarray(found.value))]
    return "\n".join([found.source, *value, f"{shape_text(found.shape)} {found.dtype}"])


def gradient_json(found: Gradient) -> dict[str, Any]:
    """Give the fields of a ``Gradient``; the value as nested lists, null where there is none."""
    return {
        "ok": True,
        "source": found.source,
        "shape": found.shape,
        "dtype": str(found.dtype),
        "value": None if found.value is None else _plain(np.asarray(found.value).tolist()),
        "upstream": found.upstream,
    }


def duration(seconds: float) -> str:
    """Write seconds with four digits at most: ``0.004 ms``, ``12.5 ms``, ``2.31 s``."""
    if seconds >= _SLOWEST_IN_MS:
        return f"{seconds:.3g} s"
    return f"{seconds * 1000:.3g} ms" if seconds >= 1e-5 else f"{seconds * 1000:.1g} ms"


def inference_json(inference: Inference) -> dict[str, Any]:
    """Give the fields of an ``Inference`` that is fine."""
    return {
        "ok": True,
        "shape": inference.shape,
        "dtype": _dtype_json(inference.dtype),
        "steps": [
            {
                "source": step.source,
                "start": step.start,
                "end": step.end,
                "shape": step.shape,
                "dtype": _dtype_json(step.dtype),
            }
            for step in inference.steps
        ],
        "problems": [],
        "warnings": [problem_json(warning) for warning in inference.warnings],
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """Give the fields of a ``Problem``."""
    return {
        "kind": problem.kind,
        "message": problem.message,
        "hint": problem.hint,
        "start": problem.start,
        "end": problem.end,
        "repairs": [{"source": fix.source, "shape": fix.shape, "reason": fix.reason} for fix in problem.repairs],
    }


def failure_json(error: ComputationError) -> dict[str, Any]:
    """Give the fields of a problem for a computation that failed."""
    return {
        "kind": error.kind,
        "message": str(error),
        "hint": error.hint,
        "start": error.start,
        "end": error.end,
        "repairs": [],
        "node": error.node,
    }


def plain_json(kind: str, message: str, hint: str = "") -> dict[str, Any]:
    """Give the fields of a problem that has no place in the expression: a file, an operand."""
    return {"kind": kind, "message": message, "hint": hint, "start": None, "end": None, "repairs": []}


def outcome_json(result: Outcome) -> dict[str, Any]:
    """Give the fields of an ``Outcome``; the value as nested lists."""
    timing = result.timing
    values = result.value if isinstance(result.value, tuple) else (result.value,)
    nested = [_plain(np.asarray(value).tolist()) for value in values]
    return {
        "ok": True,
        "value": nested if isinstance(result.value, tuple) else nested[0],
        "shape": result.shape,
        "dtype": _dtype_json(result.dtype),
        "device": result.device,
        "timing": {name: getattr(timing, name) for name in fields(Timing)},
        "notes": result.notes,
    }


def dumps(document: dict[str, Any]) -> str:
    """Write one line of JSON that every reader takes."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Write what JSON has no number for as text: ``"nan"``, ``"inf"``, ``"1+2j"``."""
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, complex):
        return str(value).strip("()")
    return value if not isinstance(value, float) or math.isfinite(value) else str(value)


def _dtypes(dtype: Any) -> str:  # noqa: ANN401
    return ", ".join(map(str, dtype)) if isinstance(dtype, tuple) else str(dtype)


def _dtype_json(dtype: Any) -> Any:  # noqa: ANN401
    return [str(part) for part in dtype] if isinstance(dtype, tuple) else str(dtype)
