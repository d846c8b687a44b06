"""How answers and mistakes are written: lines for a terminal, one JSON object for programs."""

from __future__ import annotations

import json
import math
import unicodedata
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.language.signature import shape_text
from playground.translation import tr

if TYPE_CHECKING:
    from playground.answers import ComputationError, Inference, Outcome, Problem, Step

_SLOWEST_IN_MS = 1.0
"""From here on times are written in seconds."""


def ribbon(steps: tuple[Step, ...]) -> str:
    """Write one line for every sub-expression in order of evaluation: text, shape, dtype, in columns."""
    rows = {(step.source, _shapes(step.shape), _dtypes(step.dtype)): None for step in steps}
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def with_caret(expression: str, start: int, end: int) -> str:
    """Write the expression with carets under ``[start, end)``."""
    line = "".join(" " if character.isspace() else character for character in expression)
    carets = "^" * max(1, display_width(line[start:end]))
    return f"{line}\n{' ' * display_width(line[:start])}{carets}"


def display_width(text: str) -> int:
    """Count the columns that ``text`` takes in a terminal: wide characters two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) > 0 for character in text)


def mistake(expression: str, problem: Problem) -> str:
    """Write a mistake as a person reads it: place, sentence, what to do, repairs."""
    lines = [with_caret(expression, problem.start, problem.end), problem.message]
    lines += [problem.hint] if problem.hint else []
    lines += [
        tr("Try: {source}  → {shape}  ({reason})", source=fix.source, shape=shape_text(fix.shape), reason=fix.reason)
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
    time = duration(result.timing.compute_s)
    last = f"{_shapes(result.shape)} {_dtypes(result.dtype)} · {result.device.upper()} {time}"
    return "\n".join([*(np.array2string(np.asarray(value)) for value in values), last])


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
    fields = ("upload_s", "compute_s", "download_s", "first_call_s", "total_s", "runs", "gflops")
    values = result.value if isinstance(result.value, tuple) else (result.value,)
    nested = [_plain(np.asarray(value).tolist()) for value in values]
    return {
        "ok": True,
        "value": nested if isinstance(result.value, tuple) else nested[0],
        "shape": result.shape,
        "dtype": _dtype_json(result.dtype),
        "device": result.device,
        "timing": {name: getattr(timing, name) for name in fields},
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


def _shapes(shape: Any) -> str:  # noqa: ANN401
    return ", ".join(map(shape_text, shape)) if _several(shape) else shape_text(shape)


def _dtypes(dtype: Any) -> str:  # noqa: ANN401
    return ", ".join(map(str, dtype)) if isinstance(dtype, tuple) else str(dtype)


def _dtype_json(dtype: Any) -> Any:  # noqa: ANN401
    return [str(part) for part in dtype] if isinstance(dtype, tuple) else str(dtype)


def _several(shape: tuple[Any, ...]) -> bool:
    return bool(shape) and isinstance(shape[0], tuple)
