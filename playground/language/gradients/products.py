"""Gradients of products: ``@``, ``dot``, ``outer``, ``einsum`` and their like, and of diagonals."""

from __future__ import annotations

from string import ascii_letters
from typing import TYPE_CHECKING, Final

from playground.language.gradients.indexing import padded
from playground.language.gradients.matrices import identity, outer, product, transposed
from playground.language.gradients.operation import Operation, Rule, axis_text, in_a_row, size_text, summed_back, total
from playground.language.gradients.shaping import indexed, reshaped, reshaped_to, with_axes
from playground.language.gradients.text import Part, call, linear

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.signature import Shape


def matrix_product(operation: Operation, left: Part, right: Part, *, first: bool) -> Part:
    """Write the gradient of one side of ``left @ right``."""
    if left.ndim == right.ndim == 1:
        return operation.dh * (right if first else left)
    alike = operation.dh.ndim < operation.out.ndim and max(left.ndim, right.ndim) == 2
    if alike or (not operation.dh.shape and right.ndim <= 2 and (right.ndim == 1 or first)):
        return _all_the_same(operation.dh, left, right, first=first)
    dh = operation.full
    if right.ndim == 1:
        return _times_vector(dh, left, right, first=first)
    if left.ndim == 1:
        return _vector_times(dh, left, right, first=first)
    found = product(dh, transposed(right)) if first else product(transposed(left), dh)
    return summed_back(found, found, (left if first else right).shape)


def _all_the_same(dh: Part, left: Part, right: Part, *, first: bool) -> Part:
    """The upstream gradient is one number, or one row for all rows: sums do what a product with ones would."""
    if dh.shape:
        return product(right, dh) if first else outer(_added_along(left, 0), dh)
    if first:
        return dh * (_added_along(right, 1) if right.ndim == 2 else right)
    summed = _added_along(left, 0) if left.ndim == 2 else left
    if left.ndim > 2:
        summed = total(left, axis_text(range(left.ndim - 1)), left.shape[-1:])
    return dh * (indexed(summed, [":", "None"], (*summed.shape, 1)) if right.ndim == 2 else summed)


def _added_along(matrix: Part, axis: int) -> Part:
    """Write the sums of a matrix along an axis; of a transpose, along the other axis of what it transposes."""
    turned = transposed(matrix)
    if len(turned.text) < len(matrix.text):
        matrix, axis = turned, 1 - axis
    return total(matrix, str(axis), (matrix.shape[1 - axis],))


def _times_vector(dh: Part, left: Part, right: Part, *, first: bool) -> Part:
    """Matrices times a vector."""
    if left.ndim == 2:
        return outer(dh, right) if first else product(transposed(left), dh)
    column = indexed(dh, ["...", "None"], (*dh.shape, 1))
    return column * right if first else total(left * column, axis_text(range(left.ndim - 1)), right.shape)


def _vector_times(dh: Part, left: Part, right: Part, *, first: bool) -> Part:
    """A vector times matrices."""
    if right.ndim == 2:
        return product(right, dh) if first else outer(left, dh)
    row = indexed(dh, ["...", "None", ":"], (*dh.shape[:-1], 1, dh.shape[-1]))
    if not first:
        return indexed(left, [":", "None"], (*left.shape, 1)) * row
    return total(right * row, axis_text([*range(right.ndim - 2), right.ndim - 1]), left.shape)


def _matmul(operation: Operation) -> Part:
    return matrix_product(operation, operation["x1"], operation["x2"], first=operation.wanted == "x1")


def _dot(operation: Operation) -> Part:
    a, b = operation["a"], operation["b"]
    first = operation.wanted == "a"
    if not a.shape or not b.shape:
        return summed_back(operation.dh * (b if first else a), operation.out, operation.x.shape)
    if b.ndim > 2 or (a.ndim > 2 and b.ndim == 2 and not first):
        raise operation.refused()
    return matrix_product(operation, a, b, first=first)


def _inner(operation: Operation) -> Part:
    a, b = operation["a"], operation["b"]
    if a.ndim > 2 or b.ndim > 2 or not a.shape or not b.shape:
        raise operation.refused()
    return _with_turned(operation, a, b, first=operation.wanted == "a")


def _with_turned(operation: Operation, a: Part, b: Part, *, first: bool) -> Part:
    """``inner(a, b)`` is ``a @ b.T``."""
    if b.ndim == 1:
        return matrix_product(operation, a, b, first=first)
    if a.ndim == 1:
        return matrix_product(operation, b, a, first=not first)
    return product(operation.full, b) if first else product(transposed(operation.full), a)


def _sides(operation: Operation) -> tuple[Part, Part, bool]:
    """The two arrays, ``a`` and ``b`` or ``x1`` and ``x2``, and whether the first one's gradient is asked for."""
    first, second = ("a", "b") if "a" in operation.values else ("x1", "x2")
    return operation[first], operation[second], operation.wanted == first


def _outer(operation: Operation) -> Part:
    a, b, first = _sides(operation)
    given = operation.full
    found = product(given, in_a_row(b)) if first else product(in_a_row(a), given)
    return reshaped(found, operation.x)


def _vdot(operation: Operation) -> Part:
    other = operation["b" if operation.wanted == "a" else "a"]
    if other.shape != operation.x.shape:
        raise operation.refused()
    return operation.dh * other


def _vecdot(operation: Operation) -> Part:
    axis = operation.axes()
    dh = with_axes(operation.full, axis, operation.x) if operation.dh.shape else operation.dh
    other = operation["x2" if operation.wanted == "x1" else "x1"]
    if other.shape != operation.x.shape:
        raise operation.refused()
    return dh * other


def _kron(operation: Operation) -> Part:
    a, b = operation["a"], operation["b"]
    if a.ndim == b.ndim == 1 and None not in (*a.shape, *b.shape):
        outside = reshaped_to(operation.full, (*a.shape, *b.shape))
        return product(outside, b) if operation.wanted == "a" else product(transposed(outside), a)
    if a.ndim != 2 or b.ndim != 2 or None in (*a.shape, *b.shape):
        raise operation.refused()
    (rows, columns), (height, width) = a.shape, b.shape
    blocks = reshaped_to(operation.full, (rows, height, columns, width))
    terms, other = ("'ijkl,jl->ik'", b) if operation.wanted == "a" else ("'ijkl,ik->jl'", a)
    return linear(blocks, lambda inside: call("einsum", terms, inside, other, shape=operation.x.shape))


def _einsum(operation: Operation) -> Part:
    """Swap the operand's letters with those of the result; letters that only it has are stretched."""
    subscripts = operation.constant("subscripts")
    assert isinstance(subscripts, str)
    inputs, _, output = subscripts.replace(" ", "").partition("->")
    parts = operation.values["operands"]
    terms, output = _spelled_out(inputs.split(","), output, parts)
    if "->" not in subscripts:
        joined = "".join(terms)
        output = "".join(sorted(letter for letter in set(joined) if joined.count(letter) == 1))
    mine = terms[operation.place]
    if terms == ["ii"] and output in ("", "i"):
        found = _diagonal(operation.full, None, operation.x.shape) if output else None
        return found or operation.dh * identity(size_text(operation.x, (0,)), operation.x.shape)
    if "." in "".join(terms) or any(len(set(term)) != len(term) for term in terms):
        raise operation.refused()
    others = [
        (term, part) for place, (term, part) in enumerate(zip(terms, parts, strict=True)) if place != operation.place
    ]
    return spread_einsum(operation, mine, output, others)


def _spelled_out(terms: list[str], output: str, parts: tuple[Part, ...]) -> tuple[list[str], str]:
    """Write letters for the axes of ``...``, where it stands for as many in every operand that has it."""
    counts = {part.ndim - len(term) + 3 for term, part in zip(terms, parts, strict=True) if "..." in term}
    sizes = {part.shape[: part.ndim - len(term) + 3] for term, part in zip(terms, parts, strict=True) if "..." in term}
    if len(counts) != 1 or len(sizes) != 1:
        return terms, output  # one is stretched to another
    free = [letter for letter in "BHNCGUVWXYZ" if letter not in "".join(terms)]
    letters = "".join(free[: counts.pop()])
    return [term.replace("...", letters) for term in terms], output.replace("...", letters)


def spread_einsum(operation: Operation, mine: str, output: str, others: list[tuple[str, Part]]) -> Part:
    """Write ``einsum`` of the upstream gradient with the other operands, in the axes of the one that is wanted."""
    known = set(output).union(*(term for term, _ in others))
    kept = "".join(letter for letter in mine if letter in known)
    missing = tuple(axis for axis, letter in enumerate(mine) if letter not in known)
    shape = tuple(size for size, letter in zip(operation.x.shape, mine, strict=True) if letter in known)
    found = _swapped(operation, kept, output, others, shape)
    return with_axes(found, missing, operation.x) if missing else found


def _swapped(operation: Operation, kept: str, output: str, others: list[tuple[str, Part]], shape: Shape) -> Part:
    """Write the product whose axes are ``kept``."""
    if not others and kept == output:
        return operation.dh
    if not output and len(others) == 1 and others[0][0] == kept:
        return operation.dh * others[0][1]
    texts = [other.text for _, other in others]
    terms = ",".join(term for term, _ in others)
    if not output:
        return operation.dh * call("einsum", f"'{terms}->{kept}'", *texts, shape=shape)
    terms = ",".join(filter(None, (output, terms)))
    return linear(operation.full, lambda inside: call("einsum", f"'{terms}->{kept}'", inside, *texts, shape=shape))


def _tensordot(operation: Operation) -> Part:
    a, b, is_first = _sides(operation)
    axes = operation.constant("axes")
    if isinstance(axes, int):
        axes = (tuple(range(a.ndim - axes, a.ndim)), tuple(range(axes)))
    assert isinstance(axes, tuple)
    first, second = (pair if isinstance(pair, tuple) else (pair,) for pair in axes)
    of_a = list(ascii_letters[8 : 8 + a.ndim])
    of_b = list(ascii_letters[8 + a.ndim : 8 + a.ndim + b.ndim])
    for one, other in zip(first, second, strict=True):
        of_b[other] = of_a[one]
    shared = set(of_a) & set(of_b)
    output = "".join(letter for letter in of_a + of_b if letter not in shared)
    if is_first:
        return spread_einsum(operation, "".join(of_a), output, [("".join(of_b), b)])
    return spread_einsum(operation, "".join(of_b), output, [("".join(of_a), a)])


def _cross(operation: Operation) -> Part:
    """Vectors of 3 along the last axis of both."""
    a, b, first = _sides(operation)
    given = {name: axis for name, axis in operation.constants.items() if name.startswith("axis")}
    moved = any(axis not in (None, -1, a.ndim - 1) for axis in given.values())
    if moved or a.shape != b.shape or a.shape[-1] != 3:
        raise operation.refused()
    arguments = (b, operation.full) if first else (operation.full, a)
    return call("cross", *arguments, shape=a.shape)


def _trace(operation: Operation) -> Part:
    x = operation.x
    if x.ndim != 2:
        raise operation.refused()
    rows, columns = (size_text(x, (axis,)) for axis in (0, 1))
    offset = operation.integer("offset") or None
    sizes = (rows,) if rows.text == columns.text or x.shape[0] == x.shape[1] else (rows, columns)
    if offset is None and x.shape[0] == x.shape[1]:
        return operation.dh * identity(rows, x.shape)
    return operation.dh * call("eye", *sizes, k=offset, shape=x.shape)


def _diag(operation: Operation) -> Part:
    name = "k" if operation.name == "diag" else "offset"
    x, offset = operation.x, operation.integer(name) or None
    if x.ndim > 2:
        raise operation.refused()
    if x.ndim == 2 and x.shape[0] != x.shape[1]:
        return _on_diagonal(operation, offset or 0)
    return linear(operation.full, lambda inside: _diagonal(inside, offset, x.shape))


def _on_diagonal(operation: Operation, offset: int) -> Part:
    """Put the diagonal of a matrix that isn't square in its place: a number for each row of ones and zeros."""
    x, (rows, columns) = operation.x, (size or 0 for size in operation.sizes())
    ones = call("eye", size_text(x, (0,)), size_text(x, (1,)), k=offset or None, shape=x.shape)
    if not operation.dh.shape:
        return operation.dh * ones
    before = max(-offset, 0)
    after = rows - before - max(min(rows - before, columns - max(offset, 0)), 0)
    column = padded(operation.full, [(before, after)], Part((rows,)))
    return indexed(column, [":", "None"], (rows, 1)) * ones


def _diagonal(inside: Part, offset: int | None, shape: Shape) -> Part:
    """Write the diagonal, or a diagonal matrix; that of a product needs its sums of cells only."""
    one = inside.factor()
    if len(shape) == 1 and not offset and len(one.chain) == 2 and inside.ndim == 2:
        left, right = (Part(factor.shape, (factor,)) for factor in one.chain)
        return total(left * transposed(right), "1", shape)
    return call("diag", inside, k=offset, shape=shape)


def _triangle(operation: Operation) -> Part:
    k = operation.integer("k") or None
    found = linear(operation.full, lambda inside: call(operation.name, inside, k=k, shape=operation.out.shape))
    return summed_back(found, operation.out, operation.x.shape)


RULES: Final[Mapping[str, Rule]] = {
    "matmul": _matmul,
    "dot": _dot,
    "inner": _inner,
    "outer": _outer,
    "vdot": _vdot,
    "vecdot": _vecdot,
    "kron": _kron,
    "einsum": _einsum,
    "tensordot": _tensordot,
    "cross": _cross,
    "linalg.matmul": _matmul,
    "linalg.outer": _outer,
    "linalg.vecdot": _vecdot,
    "linalg.tensordot": _tensordot,
    "linalg.cross": _cross,
    "linalg.trace": _trace,
    "linalg.diagonal": _diag,
    "trace": _trace,
    "diag": _diag,
    "diagonal": _diag,
    "tril": _triangle,
    "triu": _triangle,
}
