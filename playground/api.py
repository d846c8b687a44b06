"""The Python door: ``infer`` and ``evaluate`` for scripts and notebooks, in the caller's own process."""

from __future__ import annotations

import importlib
import operator
import time
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.answers import ComputationError, DeviceUnavailable, ExpressionError, Inference, Outcome, Problem, Step
from playground.compute.device_names import GPU, gpu_index
from playground.compute.outcome import LEAST_CONTEXT_S, Failure
from playground.language import infer as language
from playground.language.declaration import declared
from playground.language.signature import Signature, TupleSignature
from playground.language.vocabulary import DTYPES
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from playground.compute.backend import Backend
    from playground.compute.devices import GpuReport
    from playground.language import problems as language_problems

AUTO = "auto"
"""The first GPU where there is one, else the CPU."""

_NUMBERS = "biufc"
"""NumPy's kinds of dtype that hold numbers."""

_MOST_AXES = 64


def infer(expression: str, operands: Mapping[str, Any]) -> Inference:
    """Find the shape and dtype of ``expression`` without computing it. Never raises for any text and any shapes.

    Parameters
    ----------
    expression
        NumPy syntax, ``"relu(x @ W + b)"``; a name may stand before it (``"h = x @ W"``).
    operands
        For each name a shape ``(32, 784)`` (float64), a pair ``((32, 784), "float32")``, an array or nested lists, or
        a text that names sizes, ``"(B=32, d=784) float32"``. Shapes may stand in the expression itself:
        ``"(764, 100) @ (764, 200)"``.
    """
    try:
        return _shown(inferred(expression, operands))
    except ExpressionError as error:
        return Inference(False, None, None, (), error.problems, ())


def inferred(expression: str, operands: Mapping[str, Any]) -> language.Inference:
    """Infer as ``infer`` does, with all that the language knows. Raises ExpressionError for an operand that is none."""
    return language.infer(expression, signatures_of(expression, operands))


def signatures_of(expression: str, operands: Mapping[str, Any]) -> dict[str, Signature]:
    """Read what ``infer`` takes for operands. Raises ExpressionError for one that is none."""
    signatures: dict[str, Signature] = {}
    for name, value in _named(expression, operands):
        try:
            signatures[name] = _signature(value)
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            raise ExpressionError((_operand_problem(expression, name, error),)) from error
    return signatures


def evaluate(
    expression: str,
    operands: Mapping[str, Any],
    *,
    device: str = "cpu",
    repeat: int = 1,
    memory_limit: int | None = None,
) -> Outcome:
    """Compute ``expression`` in this process.

    Parameters
    ----------
    expression
        As for ``infer``.
    operands
        An array or nested lists for each name; a CuPy array stays where it is with ``device="gpu"``.
    device
        ``"cpu"``; ``"gpu"`` for the first GPU that can be used, ``"gpu:1"`` for CUDA's number 1; or ``"auto"``: as
        ``"gpu"`` where there is one, else the CPU.
    repeat
        How often to run it; the timing is the median of the runs after the first.
    memory_limit
        Bytes that the plan may need at its peak; by default what the device has free.

    Raises
    ------
    ExpressionError
        The text, an operand or the shapes are wrong.
    DeviceUnavailable
        ``device="gpu"`` where there is none that can be used.
    ComputationError
        A singular matrix, too little memory and the like.
    """
    from playground.compute.execute import execute  # infer alone, as the command line uses it, doesn't wait for these
    from playground.compute.planning.plan import plan

    if repeat < 1:
        raise ValueError(tr("repeat counts the runs, so it is at least 1."))
    began = time.perf_counter()
    arrays = _arrays(expression, operands)
    signatures = {name: Signature(array.shape, array.dtype) for name, array in arrays.items()}
    inference = language.infer(expression, signatures)
    if not inference.ok or inference.shapes:
        raise ExpressionError(_shown(inference).problems or (_no_numbers(expression),))
    asked = time.perf_counter()
    backend = _backend(device)
    context_s = time.perf_counter() - asked
    if context_s < LEAST_CONTEXT_S:
        context_s = 0.0
    result = execute(plan(inference), arrays, backend, repeat=repeat, memory_limit=memory_limit)
    if isinstance(result, Failure):
        raise ComputationError(result)
    computed = time.perf_counter()
    value = backend.to_host(result.value)
    ended = time.perf_counter()
    download_s = ended - computed if backend.name != "cpu" else 0.0
    timing = replace(result.timing, download_s=download_s, total_s=ended - began, context_s=context_s)
    shape, dtype = _both(value)
    return Outcome(value, shape, dtype, backend.name, timing, result.notes)


def _backend(device: str) -> Backend:
    try:
        index = gpu_index(GPU if device == AUTO else device)
    except ValueError:
        said = tr("{device} is no device: say cpu, gpu, gpu:1 for the second GPU, or auto.", device=repr(device))
        raise ValueError(said) from None
    if index is None:
        return _cpu()
    report = _gpu_report(afresh=device != AUTO)
    found = report.device(GPU if device == AUTO else device)
    if found is not None:
        return _gpu(found.index)
    if device == AUTO:
        return _cpu()
    trouble = report.trouble(device)
    assert trouble is not None
    raise DeviceUnavailable(trouble, "no-device" if report.ok else report.code)


@cache
def _cpu() -> Backend:
    from playground.compute.cpu.device import NumpyBackend

    return NumpyBackend()


@cache
def _gpu(index: int) -> Backend:
    from playground.compute.gpu.device import CupyBackend

    return CupyBackend(index)


def _gpu_report(*, afresh: bool) -> GpuReport:
    """Look in a child process: a broken driver must not take the caller along.

    Once there is a GPU, it is there. That there is none is looked for again where it is asked ``afresh``, and after a
    minute.
    """
    from playground.compute.devices import detect

    if _found:
        report, looked_at = _found[0]
        if report.ok or (not afresh and time.monotonic() - looked_at < _NO_GPU_FOR_S):
            return report
    importlib.invalidate_caches()  # what was missing may have been installed since
    _found[:] = [(detect(), time.monotonic())]
    return _found[0][0]


_found: list[tuple[GpuReport, float]] = []
_NO_GPU_FOR_S = 60.0


def _signature(value: Any) -> Signature:  # noqa: ANN401
    """Signature of what a caller gave; raises TypeError, ValueError or OverflowError with a sentence."""
    if isinstance(value, Signature):
        return value
    if isinstance(value, str):
        return _declared(value)
    shape, dtype = getattr(value, "shape", None), getattr(value, "dtype", None)
    if isinstance(shape, tuple) and dtype is not None:
        return Signature(shape, _number_dtype(dtype))
    if not isinstance(value, tuple):
        array = _array(value)
        return Signature(array.shape, array.dtype)
    if len(value) == 2 and isinstance(value[0], tuple):
        return Signature(_shape(value[0]), _number_dtype(value[1]))
    return Signature(_shape(value), np.dtype(np.float64))


def _declared(text: str) -> Signature:
    declaration = declared(text, name="x")
    if declaration is None or declaration.signature is None:
        problem = declaration.problem if declaration is not None else None
        raise ValueError(problem.message if problem is not None else tr("a shape is written (32, 784) float32."))
    return declaration.signature


def _shape(sizes: tuple[Any, ...]) -> tuple[int | None, ...]:
    shape = tuple(None if size is None else operator.index(size) for size in sizes)
    if any(size is not None and size < 0 for size in shape):
        raise ValueError(tr("A size can't be negative: {shape}.", shape=shape))
    if len(shape) > _MOST_AXES:
        raise ValueError(tr("An array has at most {limit} axes.", limit=_MOST_AXES))
    return shape


def _number_dtype(dtype: Any) -> np.dtype:  # noqa: ANN401
    """Return the dtype if it holds numbers.

    A text is looked up in our own table: NumPy's parser of dtype texts isn't made for what a stranger typed.
    """
    if isinstance(dtype, str):
        if dtype not in DTYPES:
            raise ValueError(tr("{dtype} is no dtype that holds numbers.", dtype=repr(dtype)))
        dtype = DTYPES[dtype]
    found: np.dtype[Any] = np.dtype(dtype)
    if found.kind not in _NUMBERS:
        raise ValueError(tr("{dtype} is no dtype that holds numbers.", dtype=found))
    return found


def _array(value: Any) -> Any:  # noqa: ANN401
    """Return ``value`` as an array of numbers, itself where it is one already (CuPy's included)."""
    if value is None:
        raise ValueError(tr("None holds no numbers."))
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        array = value
    else:
        try:
            array = np.asarray(value)
        except (TypeError, ValueError):
            raise ValueError(tr("its rows are not equally long, or not all of it are numbers.")) from None
    _number_dtype(array.dtype)
    return array


def _arrays(expression: str, operands: Mapping[str, Any]) -> dict[str, Any]:
    arrays = {}
    for name, value in _named(expression, operands):
        try:
            arrays[name] = _array(value)
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            raise ExpressionError((_operand_problem(expression, name, error),)) from None
    return arrays


def _named(expression: object, operands: object) -> list[tuple[str, Any]]:
    """Names and what they hold; raises ExpressionError where the text is no text, or the operands have no names."""
    if not isinstance(expression, str):
        message = tr("The expression must be a text, not {kind}.", kind=type(expression).__name__)
        raise ExpressionError((Problem("expression", message, tr('Write "A @ B".'), 0, 0),))
    if not isinstance(operands, Mapping):
        message = tr("The operands must be a mapping of names, not {kind}.", kind=type(operands).__name__)
        raise ExpressionError((Problem("operand", message, tr('Write {"A": (3, 2)}.'), 0, len(expression)),))
    return list(operands.items())


def _no_numbers(expression: str) -> Problem:
    message = tr("Shapes that stand for arrays have no numbers to compute with.")
    hint = tr("infer tells what they would give. Numbers are written in brackets: [3, 4].")
    return Problem("no-numbers", message, hint, 0, len(expression))


def _operand_problem(expression: str, name: str, error: Exception) -> Problem:
    """Name an operand that is no array; the place is where the expression first uses it, else all of it."""
    message = tr("{name} can't be read as an array of numbers: {why}", name=name, why=error)
    hint = tr("Give an array, or nested lists whose rows are equally long.")
    start = expression.find(str(name))
    found = (start, start + len(str(name))) if start >= 0 and name else (0, len(expression))
    return Problem("operand", message, hint, *found)


def _shown(inference: language.Inference) -> Inference:
    """Give the language's answer as the door promises it."""
    shape, dtype = _both_of_signature(inference.signature) if inference.ok else (None, None)
    return Inference(
        inference.ok,
        shape,
        dtype,
        tuple(
            Step(step.source, step.span.start, step.span.end, *_both_of_signature(step.signature))
            for step in inference.steps
        ),
        tuple(map(shown_problem, inference.problems)),
        tuple(map(shown_problem, inference.warnings)),
    )


def shown_problem(problem: language_problems.Problem) -> Problem:
    """Give a problem as the door promises it."""
    place = problem.span
    repairs = tuple(repair for repair in problem.repairs if not repair.leaves_mistake)  # a door: each one infers
    return Problem(problem.kind, problem.message, problem.hint, place.start, place.end, repairs)


def _both_of_signature(signature: Signature | TupleSignature | None) -> tuple[Any, Any]:
    if isinstance(signature, TupleSignature):
        return tuple(item.shape for item in signature.items), tuple(item.dtype for item in signature.items)
    return (None, None) if signature is None else (signature.shape, signature.dtype)


def _both(value: Any) -> tuple[Any, Any]:  # noqa: ANN401
    if isinstance(value, tuple):
        return tuple(np.shape(part) for part in value), tuple(np.asarray(part).dtype for part in value)
    return np.shape(value), np.asarray(value).dtype
