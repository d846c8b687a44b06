"""What stands after a dot: ``A.T``, ``A.shape``. A closed list; no attribute of a live object is ever looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.mistake import Mistake
from playground.language.rules.dtypes import DEFAULT_INTEGER, real_of
from playground.language.rules.layout import permuted
from playground.language.rules.shapes import Shaped, described, shown, signature_of
from playground.language.signature import Signature
from playground.language.values import Value, scalar_signature
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    import numpy as np

    from playground.language.signature import Shape


def attribute(value: Value, name: str, blank: Value) -> Value:
    """Give ``value.name``.

    Parameters
    ----------
    value
        An array.
    name
        One of ``vocabulary.ATTRIBUTES``.
    blank
        The result without its signature: its text, its place, and one new axis for ``shape``.

    Raises
    ------
    Mistake
        Where the array has no such attribute.
    """
    signature = signature_of(value)
    if isinstance(value.constant, (int, float, complex)) and name in ("real", "imag"):
        number = value.constant.real if name == "real" else value.constant.imag
        return replace(blank, signature=scalar_signature(type(number)), axes=(), constant=number)
    if signature.weak:
        raise Mistake("attribute", tr("{number} is a number, not an array.", number=shown(value)), span=value.span)
    ndim = signature.ndim
    if name in ("T", "mT", "H"):
        return _view(blank, permuted(value, _turned(value, name, ndim)), signature.dtype)
    if name in ("real", "imag"):
        return _view(blank, Shaped(signature.shape, value.axes), real_of(signature.dtype))
    if name == "dtype":
        return replace(blank, constant=signature.dtype, axes=())
    if name == "shape":
        return sizes_value(blank, signature.shape)
    if name == "strides":  # how an array lies in memory is no part of its signature
        return sizes_value(blank, (None,) * ndim)
    numbers = {"ndim": ndim, "size": signature.size, "itemsize": signature.dtype.itemsize, "nbytes": signature.nbytes}
    if name not in numbers:
        raise Mistake(
            "unknown-attribute",
            tr("{operand} has no part named {name}.", operand=shown(value), name=name),
            tr("Several results come from functions such as linalg.svd, linalg.qr and linalg.eigh."),
        )
    return whole_number(blank, numbers[name])


def _turned(value: Value, name: str, ndim: int) -> tuple[int, ...]:
    if name == "T":
        return tuple(range(ndim))[::-1]
    if ndim < 2:
        message = tr("{name} swaps the last two axes; {operand} has fewer.", name=name, operand=described(value))
        raise Mistake("ndim", message)
    return (*range(ndim - 2), ndim - 1, ndim - 2)


def _view(blank: Value, shaped: Shaped, dtype: np.dtype) -> Value:
    return replace(blank, signature=Signature(shaped.shape, dtype), axes=shaped.axes or ())


def whole_number(blank: Value, number: int | None) -> Value:
    """Give a whole number of Python's; None where the data decides it."""
    found = replace(blank, signature=scalar_signature(int), axes=())
    return found if number is None else replace(found, constant=number)


def sizes_value(blank: Value, sizes: Shape) -> Value:
    """Give a tuple of Python's whole numbers, None for what the data decides; ``blank`` brings its one axis."""
    items = tuple(whole_number(replace(blank, text=f"{blank.text}[{i}]"), size) for i, size in enumerate(sizes))
    found = replace(blank, signature=Signature((len(sizes),), DEFAULT_INTEGER), items=items, is_tuple=True)
    return found if None in sizes else replace(found, constant=sizes)
