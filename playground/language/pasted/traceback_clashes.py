"""What the words of an error say: the operation that failed, and the shapes of its operands.

Several errors tell one size of each operand and no more. The other sizes are then made up, small and all different, so
that the picture shows which axes clash.
"""

from __future__ import annotations

import re
from typing import Final

from playground.record import Record, replace

Sizes = tuple[int | None, ...]

SQUARE: Final = frozenset({"inv", "pinv", "det", "eig", "eigh", "eigvals", "eigvalsh", "cholesky", "slogdet"})
"""Functions of ``linalg`` that need square matrices, or at least matrices."""
_MOST_AXES: Final = 8
_LONGEST_SIZE: Final = 12


class Clash(Record):
    """An operation that failed.

    Attributes
    ----------
    kind
        ``"product"``, ``"cells"`` (sizes are paired cell by cell), ``"output"`` (the same, into one of them),
        ``"joined"``, ``"reshaped"``, ``"chosen"`` (an index of truths), ``"choice"`` (``where``), ``"einsum"``, or
        ``"call"`` for any other.
    formula
        The operation as NumPy has it; ``{0}`` and ``{1}`` are its operands.
    shapes
        Shapes of the operands.
    is_whole
        False where some sizes are made up.
    dtypes
        Names of the operands' dtypes where they matter.
    in_place
        Whether the result was to go into the first operand, as ``x += y`` has it.
    """

    kind: str
    formula: str
    shapes: tuple[tuple[int, ...], ...]
    is_whole: bool = True
    dtypes: tuple[str, ...] = ("float64", "float64")
    in_place: bool = False


def sizes_in(text: str) -> Sizes:
    """Read ``(3, 4)``, ``[3,4]`` or ``3 x 4`` with ``?``, ``None`` and ``-1`` for a size that isn't told."""
    return tuple(int(word) if word.isdigit() else None for word in re.findall(r"-?\d+|\?|None|newaxis", text))


def _completed(*shapes: Sizes) -> tuple[tuple[int, ...], ...] | None:
    """Make up the sizes that aren't told; None for what no array can be."""
    if any(len(shape) > _MOST_AXES or any(len(str(size)) > _LONGEST_SIZE for size in shape) for shape in shapes):
        return None
    known = {size for shape in shapes for size in shape}
    fresh = iter(size for size in range(2, 100) if size not in known)
    return tuple(tuple(next(fresh) if size is None else size for size in shape) for shape in shapes)


def _lined_up(first: Sizes, second: Sizes) -> tuple[Sizes, Sizes]:
    """Of shapes that are paired cell by cell, what isn't told is the other's size at its place, or 2."""
    width = max(len(first), len(second))
    padded = [(0,) * (width - len(shape)) + shape for shape in (first, second)]
    filled = [
        tuple((other or 2) if size is None else size for size, other in zip(mine, others, strict=True))
        for mine, others in (padded, padded[::-1])
    ]
    return filled[0][width - len(first) :], filled[1][width - len(second) :]


def clash_of(kind: str, formula: str, *shapes: Sizes, dtypes: tuple[str, ...] = ("float64", "float64")) -> Clash | None:
    """Make a clash of the shapes as they are told; None for what no array can be."""
    whole = _completed(*(_lined_up(*shapes) if kind == "cells" else shapes))
    told = all(size is not None for shape in shapes for size in shape)
    return None if whole is None else Clash(kind, formula, whole, told, dtypes)


def product(match: re.Match[str], text: str) -> Clash | None:
    """Read the two shapes of a matrix product; TensorFlow says beside them which operand it turns."""
    first, second = sizes_in(match["a"]), sizes_in(match["b"])
    lead = "{0}.T" if "transpose_a=true" in text else "{0}"
    tail = "{1}.T" if "transpose_b=true" in text else "{1}"
    return clash_of("product", f"{lead} @ {tail}", first, second)


def dot(match: re.Match[str], text: str) -> Clash | None:
    """``shapes (2,3) and (2,3) not aligned``: NumPy's ``dot``."""
    return clash_of("product", "dot({0}, {1})", sizes_in(match["a"]), sizes_in(match["b"]))


def core(match: re.Match[str], text: str) -> Clash | None:
    """``matmul: Input operand 1 has a mismatch in its core dimension 0 ... (size 764 is different from 100)``."""
    size, other = int(match["a"]), int(match["b"])
    if match["name"].startswith("solve"):
        return clash_of("call", "linalg.solve({0}, {1})", (other, other), (size,))
    return _of_inner_sizes(size, other) if match["operand"] == "0" else _of_inner_sizes(other, size)


def inner(match: re.Match[str], text: str) -> Clash | None:
    """``contracting dimensions to have the same shape, got (784,) and (100,)``."""
    return _of_inner_sizes(int(match["a"]), int(match["b"]))


def _of_inner_sizes(columns: int, rows: int) -> Clash | None:
    """Of a product only the inner sizes are told; a second operand that lies the wrong way is the commonest mistake."""
    clash = clash_of("product", "{0} @ {1}", (None, columns), (rows, columns))
    return clash and replace(clash, is_whole=False)


def vector(match: re.Match[str], text: str) -> Clash | None:
    """``size mismatch, got 3, 3x4, 5``: a matrix times a vector."""
    return clash_of("product", "{0} @ {1}", (int(match["rows"]), int(match["columns"])), (int(match["size"]),))


def batches(match: re.Match[str], text: str) -> Clash | None:
    """``batch2 tensor to be: [10, 360] but got: [10, 264]``."""
    wanted, got = sizes_in(match["a"]), sizes_in(match["b"])
    if len(wanted) != 2 or len(got) != 2:
        return None
    return clash_of("product", "{0} @ {1}", (wanted[0], None, wanted[1]), (*got, None))


_SIGNS: Final = {
    "add": "+", "biasadd": "+", "sub": "-", "mul": "*", "div": "/", "truediv": "/", "realdiv": "/",
    "equal": "==", "eq": "==", "less": "<", "lt": "<", "greater": ">", "gt": ">", "pow": "**", "maximum": "max",
    "squareddifference": "-",
}  # fmt: skip


def _sign(text: str) -> str:
    sign = _SIGNS.get(text.lower(), "+")
    return "+" if sign == "max" else sign


def cells(match: re.Match[str], text: str) -> Clash | None:
    """Read the two shapes of an operation cell by cell, and its name where one is told."""
    groups = match.groupdict()
    op = groups.get("op") or next(iter(re.findall(r"\[Op:(\w+)\]|/(\w+?)(?:_\d+)?\}\}", text)), ("", ""))
    name = re.sub(r"V\d$", "", op if isinstance(op, str) else op[0] or op[1])
    if name.lower().endswith("matmul"):
        return product(match, text)
    if groups.get("c"):
        return _of_three(sizes_in(match["a"]), sizes_in(match["b"]), sizes_in(match["c"]))
    return clash_of("cells", f"{{0}} {_sign(name)} {{1}}", sizes_in(match["a"]), sizes_in(match["b"]))


def _of_three(first: Sizes, second: Sizes, third: Sizes) -> Clash | None:
    """NumPy tells the result's shape last where that is there already (``x -= y``), else ``where`` has three parts."""
    if not _fit(first, second):
        clash = clash_of("cells", "{0} + {1}", first, second)
        return clash and replace(clash, in_place=first == third)
    if _fit(first, third) and _fit(second, third):
        return None
    return clash_of("choice", "where({0}, {1}, {2})", first, second, third, dtypes=("bool", "float64", "float64"))


def _fit(first: Sizes, second: Sizes) -> bool:
    return all(1 in pair or pair[0] == pair[1] for pair in zip(reversed(first), reversed(second), strict=False))


def output(match: re.Match[str], text: str) -> Clash | None:
    """``output operand with shape (3,1) doesn't match the broadcast shape (3,3)``: ``x += y`` can't make x larger."""
    clash = clash_of("output", "broadcast_to({0} + {1}, {0}.shape)", sizes_in(match["a"]), sizes_in(match["b"]))
    return clash and replace(clash, is_whole=False, in_place=True)


def summed(match: re.Match[str], text: str) -> Clash | None:
    """Read ``(2,3)->(2,newaxis,3) (4,5)->(5,4)``: where each axis of an ``einsum`` went tells its letters."""
    letters: dict[int, str] = {}
    words, shapes = [], []
    for name in ("a", "b"):
        shape, moved = sizes_in(match[name]), list(sizes_in(match[f"moved_{name}"]))
        word = ""
        for size in shape:
            if size is None or size not in moved or len(letters) > _MOST_AXES:
                return None
            place = moved.index(size) - len(moved)  # both are lined up at their right ends
            moved[place] = None
            word += letters.setdefault(place, "ijklmnopqrst"[len(letters)])
        words.append(word)
        shapes.append(shape)
    return clash_of("einsum", f"einsum('{','.join(words)}', {{0}}, {{1}})", *shapes)


def one_axis(match: re.Match[str], text: str) -> Clash | None:
    """``The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1``."""
    axis = int(match["axis"])
    if axis >= _MOST_AXES:
        return None
    lead = tuple(range(2, 2 + axis))
    clash = clash_of("cells", "{0} + {1}", (*lead, int(match["a"])), (*lead, int(match["b"])))
    return None if clash is None else Clash(clash.kind, clash.formula, clash.shapes, is_whole=axis == 0)


def joined(match: re.Match[str], text: str) -> Clash | None:
    """Read a concatenation, of which the shapes are told or one size of each."""
    groups = match.groupdict()
    if groups.get("shape_a"):
        first, second = sizes_in(match["shape_a"]), sizes_in(match["shape_b"])
        differing = next((k for k, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 1)
        axis = int(groups["join"]) if groups.get("join") else int(differing == 0)
        return clash_of("joined", f"concatenate([{{0}}, {{1}}], axis={axis})", first, second)
    given = groups.get("join")
    differs = int(groups["axis"]) if groups.get("axis") else int(given == "0")
    joins = int(given) if given is not None and int(given) != differs else int(differs == 0)
    count = max(differs, joins, 1) + 1
    if count > _MOST_AXES:
        return None
    made_up = range(2, 2 + count)
    shapes = tuple((*made_up[:differs], int(match[name]), *made_up[differs + 1 :]) for name in ("a", "b"))
    return Clash("joined", f"concatenate([{{0}}, {{1}}], axis={joins})", shapes, is_whole=False)


def ranks(match: re.Match[str], text: str) -> Clash | None:
    """``must have same number of dimensions: got 2 and 1``."""
    first, second = int(match["a"]), int(match["b"])
    if max(first, second) > _MOST_AXES:
        return None
    shape = tuple(range(2, 2 + max(first, second)))
    shapes = tuple(shape[len(shape) - count :] for count in (first, second))
    return Clash("joined", "concatenate([{0}, {1}])", shapes, is_whole=False)


def reshaped(match: re.Match[str], text: str) -> Clash | None:
    """``cannot reshape array of size 12 into shape (5,2)``."""
    wanted = ", ".join("-1" if size is None else str(size) for size in sizes_in(match["b"]))
    shape = sizes_in(match["a"])
    return clash_of("reshaped", f"{{0}}.reshape({wanted})", shape) if wanted and None not in shape else None


def broadcast(match: re.Match[str], text: str) -> Clash | None:
    """``could not broadcast input array from shape (3,) into shape (4,)``."""
    wanted = sizes_in(match["b"])
    inside = f"{', '.join(map(str, wanted))}{',' * (len(wanted) == 1)}"
    return clash_of("call", f"broadcast_to({{0}}, ({inside}))", sizes_in(match["a"])) if None not in wanted else None


def chosen(match: re.Match[str], text: str) -> Clash | None:
    """Read an index of truths, whose shape isn't that of what it chooses from."""
    groups = match.groupdict()
    if groups.get("shape_a"):
        first, second = sizes_in(match["shape_a"]), sizes_in(match["shape_b"])
        return clash_of("chosen", "{0}[{1}]", first, second, dtypes=("float64", "bool"))
    lead = tuple(range(2, 2 + int(match["axis"])))
    if len(lead) >= _MOST_AXES:
        return None
    shapes = ((*lead, int(match["a"])), (*lead, int(match["b"])))
    return Clash("chosen", "{0}[{1}]", shapes, is_whole=not lead, dtypes=("float64", "bool"))


def stacked(match: re.Match[str], text: str) -> Clash | None:
    """``stack expects each tensor to be equal size, but got [3] at entry 0 and [4] at entry 1``."""
    return clash_of("call", "stack([{0}, {1}])", sizes_in(match["a"]), sizes_in(match["b"]))


def square(match: re.Match[str], text: str) -> Clash | None:
    """``linalg.inv: A must be batches of square matrices, but they are 6 by 4 matrices``; NumPy tells no size."""
    groups = match.groupdict()
    name = groups.get("name") or ""
    formula = f"linalg.{name if name in SQUARE else 'inv'}({{0}})"
    if groups.get("a"):
        return clash_of("square", formula, (int(match["a"]), int(match["b"])))
    return Clash("square", formula, ((2, 3) if "square" in match[0] else (2,) * int(match["ndim"]),), is_whole=False)


def scalar(match: re.Match[str], text: str) -> Clash | None:
    """``Input operand 0 does not have enough dimensions (has 0``: a number has no place in a matrix product."""
    shapes = ((), (2, 3)) if match["operand"] == "0" else ((2, 3), ())
    return Clash("product", "{0} @ {1}", shapes, is_whole=False)


def indices(match: re.Match[str], text: str) -> Clash | None:
    """``indexing arrays could not be broadcast together with shapes (5,) (4,)``; what is indexed isn't told."""
    first, second = sizes_in(match["a"]), sizes_in(match["b"])
    return clash_of("indexed", "{0}[{1}, {2}]", (None, None), first, second, dtypes=("float64", "int64", "int64"))


def counted(match: re.Match[str], text: str) -> Clash | None:
    """``a tensor with 12 values, but the requested shape has 10`` or ``requires a multiple of 10``."""
    wanted = f"-1, {match['b']}" if match["multiple"] else match["b"]
    clash = clash_of("reshaped", f"{{0}}.reshape({wanted})", (int(match["a"]),))
    return clash and replace(clash, is_whole=False)


def stacks(match: re.Match[str], text: str) -> Clash | None:
    """``batch dimensions to have the same shape, got (2,) and (3,)``: of a product of stacks only these are told."""
    return _of_stacks(sizes_in(match["a"]), sizes_in(match["b"]))


def argument(match: re.Match[str], text: str) -> Clash | None:
    """``Expected tensor to have size 4 at dimension 1, but got size 5 for argument #2 'batch2'``."""
    first, second = int(match["a"]), int(match["b"])
    return _of_inner_sizes(first, second) if match["axis"] == "1" else _of_stacks((first,), (second,))


def _of_stacks(first: Sizes, second: Sizes) -> Clash | None:
    """Stacks of matrices that would fit, where NumPy doesn't stretch one to the other either."""
    differing = [pair for pair in zip(first, second, strict=False) if pair[0] != pair[1] and 1 not in pair]
    sizes = [size for size in range(2, 20) if size not in (*first, *second)]
    if not differing or len(first) != len(second) or len(first) > _MOST_AXES - 2:
        return None
    clash = clash_of("product", "{0} @ {1}", (*first, *sizes[:2]), (*second, *sizes[1:3]))
    return clash and replace(clash, is_whole=False)
