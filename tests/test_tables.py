"""Laws over the whole function table: whatever row is added, these hold for it."""

from __future__ import annotations

import inspect
from functools import reduce

import numpy as np
import pytest

from playground.language.functions import FUNCTIONS, Function
from playground.language.infer import infer
from playground.language.signature import Signature, TupleSignature
from playground.language.table.row import REQUIRED
from tests.language.expressions import DataDecides, by_numpy, fits, signatures

ROWS = pytest.mark.parametrize("row", FUNCTIONS.values(), ids=lambda row: row.name)
NUMPY_ROWS = pytest.mark.parametrize("row", [r for r in FUNCTIONS.values() if not r.addition], ids=lambda row: row.name)

DTYPES = [
    "bool",
    "int8",
    "uint16",
    "int32",
    "int64",
    "uint64",
    "float16",
    "float32",
    "float64",
    "complex64",
    "complex128",
]
SHAPES = [(), (1,), (3,), (0,), (2, 3), (3, 3), (0, 3), (3, 0), (1, 3), (2, 3, 3), (2, 0, 0)]


def numpy_function(row: Function) -> object:
    return reduce(getattr, row.numpy_target.split("."), np)


@ROWS
def test_a_row_is_complete(row: Function) -> None:
    assert row.help.endswith(".")
    assert row.category
    assert len(row.help) < 90
    assert FUNCTIONS[row.name] is row


@ROWS
def test_the_example_infers(row: Function) -> None:
    result = infer(row.example, {})
    assert result.ok, result.problems


@NUMPY_ROWS
def test_the_example_gives_what_numpy_gives(row: Function) -> None:
    real = by_numpy(row.example, {})
    assert real is not None
    assert fits(infer(row.example, {}).signature, real)


@NUMPY_ROWS
def test_names_order_and_defaults_are_numpys(row: Function) -> None:
    if row.numpy_target.startswith("own:") or row.name in ("arange", "where"):
        pytest.skip("a method only, or its parameters depend on how many there are")
    try:
        real = inspect.signature(numpy_function(row)).parameters  # type: ignore[arg-type]
    except ValueError:
        pytest.skip("NumPy doesn't tell its parameters")
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in real.values()):
        pytest.skip("NumPy takes any number of arguments here")
    names = [name for name in real if name in {parameter.name for parameter in row.parameters}]
    own = [parameter for parameter in row.parameters if parameter.name in real]
    if all(parameter.kind is not parameter.VAR_KEYWORD for parameter in real.values()):
        assert own == list(row.parameters)
    assert names == [parameter.name for parameter in own]
    places = [p.name for p in real.values() if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    given = [parameter.name for parameter in row.parameters if parameter.by_position]
    assert given == places[: len(given)]
    for parameter in own:
        default = real[parameter.name].default
        assert (default is inspect.Parameter.empty) == (parameter.default is REQUIRED)
        if isinstance(default, (int, str)) or default is None:
            assert parameter.default in (default, True if parameter.name == "copy" else default)


@NUMPY_ROWS
def test_one_array_of_any_shape_and_dtype_is_as_numpy_has_it(row: Function) -> None:
    others = [parameter for parameter in row.parameters[1:] if parameter.required]
    special = row.category in ("create", "places", "random") or row.name in ("einsum", "astype")
    if others or special or row.parameters[0].variadic:
        pytest.skip("takes more than one array")
    text = f"{row.name}([A])" if row.category == "join" else f"{row.name}(A)"
    _compare(text)


@NUMPY_ROWS
def test_two_arrays_of_any_shape_and_dtype_are_as_numpy_has_them(row: Function) -> None:
    required = [parameter for parameter in row.parameters if parameter.required]
    if len(required) != 2 or row.category not in ("product", "cellwise", "linalg") or row.name in ("einsum", "astype"):
        pytest.skip("doesn't take two arrays")
    for second in ("A", "B", "2"):
        _compare(f"{row.name}(A, {second})")


def _compare(text: str) -> None:
    for shape in SHAPES:
        if text == "unstack(A)" and 0 in shape[:1]:
            continue  # nothing at all is no value
        if text == "gradient(A)" and not shape:
            continue  # nor are the slopes along no axis
        for dtype in DTYPES:
            size = int(np.prod(shape))
            array = ((np.arange(size) * 7 + 1) % 5 + 1).astype(dtype).reshape(shape)
            operands = {"A": array, "B": np.ones((3, 3), np.float32)}
            found = infer(text, signatures(operands))
            try:
                real = by_numpy(text, operands)
            except DataDecides:
                continue
            assert fits(found.signature, real), (text, shape, dtype, found.signature, real, found.problems)


@ROWS
def test_our_own_rows_say_so(row: Function) -> None:
    if row.addition:
        assert row.numpy_target.startswith("own:")
        assert row.plain
        assert isinstance(infer(row.example, {}).signature, TupleSignature if row.results else Signature)
