"""What a call gives: its row's rules put together into a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from playground.language.arguments import check_size
from playground.language.attributes import sizes_value, whole_number
from playground.language.rules import shapes
from playground.language.signature import Signature, TupleSignature
from playground.language.values import Value
from playground.record import replace

if TYPE_CHECKING:
    from playground.language.arguments import Arguments
    from playground.language.axes import Axes
    from playground.language.table.row import Function


def called(function: Function, arguments: Arguments, blank: Value) -> tuple[Value, int | None]:
    """Give the value of a call, and its floating-point operations.

    Parameters
    ----------
    function, arguments
        The row and what it is called with.
    blank
        The result without its signature: its text, its place, and one new axis.

    Raises
    ------
    Mistake
        Where the row's rules say no.
    """
    shaped, dtype = function.shape(arguments), function.dtype(arguments)
    if isinstance(shaped, shapes.Known):
        if isinstance(shaped.numbers, tuple):
            return sizes_value(blank, shaped.numbers), 0
        return whole_number(blank, shaped.numbers), 0
    if isinstance(shaped, shapes.Shaped):
        assert isinstance(dtype, np.dtype)
        check_size(shaped.shape, dtype.itemsize)
        signature = Signature(shaped.shape, dtype)
        value = replace(blank, signature=signature, axes=_axes(shaped, arguments))
        return value, _flops(function, arguments, (signature,))
    kinds = dtype if isinstance(dtype, tuple) else (dtype,) * len(shaped)
    results = tuple(Signature(part.shape, kind) for part, kind in zip(shaped, kinds, strict=True))
    for result in results:
        check_size(result.shape, result.dtype.itemsize)
    value = several(blank, TupleSignature(results, function.results), [_axes(part, arguments) for part in shaped])
    return value, _flops(function, arguments, results)


def several(blank: Value, signature: TupleSignature, axes: list[Axes]) -> Value:
    """Give several values at once, each named by its number."""
    items = tuple(Value(f"{blank.text}[{i}]", blank.span, item, axes[i]) for i, item in enumerate(signature.items))
    return replace(blank, items=items, several=signature, axes=())


def _axes(shaped: shapes.Shaped, arguments: Arguments) -> Axes:
    return arguments.axes.fresh(len(shaped.shape)) if shaped.axes is None else shaped.axes


def _flops(function: Function, arguments: Arguments, results: tuple[Signature, ...]) -> int | None:
    return 0 if function.flops is None else function.flops(arguments, results)
