"""The Python door for gradients: what the language differentiates, computed where the operands are arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from playground.answers import ComputationError, ExpressionError, Gradient, Problem
from playground.api import evaluate, shown_problem, signatures_of
from playground.language.gradients.gradient import gradient as differentiated
from playground.language.names import names_in
from playground.language.parse import parse
from playground.language.signature import Signature, shape_text
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping


def gradient(expression: str, operands: Mapping[str, Any], wrt: str, *, upstream: str = "dh") -> Gradient:
    """Differentiate ``expression`` with respect to one operand, as NumPy text that a person can read.

    Parameters
    ----------
    expression, operands
        As for ``infer``. Where all that the expression names are arrays or nested lists, the value is computed too.
    wrt
        Name of the operand.
    upstream
        Name of the gradient that flows in where the expression gives more than one number. An operand of that name
        holds it, in the result's shape; without one it is ones.

    Raises
    ------
    ExpressionError
        The text, an operand or the shapes are wrong, or there is no such gradient.
    ComputationError
        The computation failed.
    """
    signatures = signatures_of(expression, operands)
    used = names_in(parse(expression).tree)
    given = signatures.pop(upstream, None) if upstream not in used else None
    found = differentiated(expression, signatures, wrt, upstream)
    if found.source is None or found.signature is None:
        raise ExpressionError(tuple(map(shown_problem, found.problems)))
    flows_in = found.upstream
    if flows_in is not None and given is not None and not _fits(given, flows_in):
        raise ExpressionError((_upstream_problem(expression, upstream, given, flows_in),))
    value = None
    if not any(_is_shape(operands[name]) for name in (*used, *([upstream] if given else [])) if name in operands):
        value = _value(expression, found.source, operands, upstream, flows_in)
    dtype = found.signature.dtype if value is None else np.asarray(value).dtype
    return Gradient(found.source, found.signature.shape, value, dtype, upstream if flows_in is not None else None)


def _fits(given: Signature, wanted: Signature) -> bool:
    """Tell whether an array may be the gradient that flows in; a size that only the data decides may be any."""
    return len(given.shape) == len(wanted.shape) and all(
        size in (None, one) for one, size in zip(given.shape, wanted.shape, strict=True)
    )


def _value(expression: str, source: str, operands: Mapping[str, Any], upstream: str, flows_in: Signature | None) -> Any:  # noqa: ANN401
    arrays = {name: operands[name] for name in names_in(parse(source).tree) if name in operands}
    if flows_in is not None and upstream not in arrays:
        shape: tuple[int | None, ...] = flows_in.shape
        if None in shape:  # of A[A > 0] the data decides
            used = names_in(parse(expression).tree)
            shape = np.shape(evaluate(expression, {name: operands[name] for name in used if name in operands}).value)
        arrays[upstream] = np.ones([size or 0 for size in shape], flows_in.dtype)
    try:
        return evaluate(source, arrays).value
    except ComputationError as error:
        error.start = error.end = None  # the place is one in the gradient, not in what the caller wrote
        raise


def _is_shape(operand: Any) -> bool:  # noqa: ANN401
    """Tell whether an operand is the shape of an array, not the array."""
    return isinstance(operand, (tuple, str, Signature))


def _upstream_problem(expression: str, name: str, given: Signature, wanted: Signature) -> Problem:
    message = tr("{name} has the shape {given}; the gradient that flows in has that of the result, {wanted}.",
                 name=name, given=shape_text(given.shape), wanted=shape_text(wanted.shape))  # fmt: skip
    return Problem("upstream", message, tr("Leave it out for ones."), 0, len(expression))
