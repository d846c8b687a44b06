"""What the errors of NumPy, PyTorch, JAX and TensorFlow say: which operation failed, on which shapes.

Several of them tell one size of each operand and no more. The other sizes are then made up, small and all different, so
that the picture shows which axes clash.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable

Sizes = tuple[int | None, ...]

_MOST_AXES: Final = 8
_LONGEST_SIZE: Final = 12


class Clash(Record):
    """An operation that failed.

    Attributes
    ----------
    kind
        ``"product"``, ``"cells"`` (sizes are paired cell by cell), ``"joined"``, ``"reshaped"``, ``"chosen"`` (an index
        of truths), or ``"call"`` for any other.
    formula
        The operation as NumPy has it; ``{0}`` and ``{1}`` are its operands.
    shapes
        Shapes of the operands.
    is_whole
        False where some sizes are made up.
    dtypes
        Names of the operands' dtypes where they matter.
    """

    kind: str
    formula: str
    shapes: tuple[tuple[int, ...], ...]
    is_whole: bool = True
    dtypes: tuple[str, ...] = ("float64", "float64")


def clash_in(text: str) -> Clash | None:
    """Find the last error in ``text`` that tells shapes; None where there is none. Never raises."""
    found = [(match.start(), number, match) for number, (pattern, _) in enumerate(_MESSAGES)
             for match in pattern.finditer(text)]  # fmt: skip
    for _, number, match in sorted(found, key=lambda item: (item[0], -item[1]), reverse=True):
        clash = _MESSAGES[number][1](match, text)
        if clash is not None:
            return clash
    return None


def sizes_in(text: str) -> Sizes:
    """Read ``(3, 4)``, ``[3,4]`` or ``3 x 4`` with ``?``, ``None`` and ``-1`` for a size that isn't told."""
    return tuple(int(word) if word.isdigit() else None for word in re.findall(r"-?\d+|\?|None|newaxis", text))


def _completed(*shapes: Sizes) -> tuple[tuple[int, ...], ...] | None:
    """Make up the sizes that aren't told, the same one for the same place; None for what no array can be."""
    if any(len(shape) > _MOST_AXES or any(len(str(size)) > _LONGEST_SIZE for size in shape) for shape in shapes):
        return None
    known = {size for shape in shapes for size in shape}
    fresh = iter(size for size in range(2, 100) if size not in known)
    return tuple(tuple(next(fresh) if size is None else size for size in shape) for shape in shapes)


def _clash(kind: str, formula: str, *shapes: Sizes, dtypes: tuple[str, ...] = ("float64", "float64")) -> Clash | None:
    whole = _completed(*shapes)
    told = all(size is not None for shape in shapes for size in shape)
    return None if whole is None else Clash(kind, formula, whole, told, dtypes)


def _product(match: re.Match[str], text: str) -> Clash | None:
    first, second = sizes_in(match["a"]), sizes_in(match["b"])
    lead = "{0}.T" if "transpose_a=true" in text else "{0}"
    tail = "{1}.T" if "transpose_b=true" in text else "{1}"
    return _clash("product", f"{lead} @ {tail}", first, second)


def _dot(match: re.Match[str], text: str) -> Clash | None:
    return _clash("product", "dot({0}, {1})", sizes_in(match["a"]), sizes_in(match["b"]))


def _core(match: re.Match[str], text: str) -> Clash | None:
    """``matmul: Input operand 1 has a mismatch in its core dimension 0 ... (size 764 is different from 100)``."""
    size, other = int(match["a"]), int(match["b"])
    if match["name"].startswith("solve"):
        return _clash("call", "linalg.solve({0}, {1})", (other, other), (size,))
    return _of_inner_sizes(size, other) if match["operand"] == "0" else _of_inner_sizes(other, size)


def _inner(match: re.Match[str], text: str) -> Clash | None:
    return _of_inner_sizes(int(match["a"]), int(match["b"]))


def _of_inner_sizes(columns: int, rows: int) -> Clash | None:
    """Of a product only the inner sizes are told; a second operand that lies the wrong way is the commonest mistake."""
    clash = _clash("product", "{0} @ {1}", (None, columns), (rows, columns))
    return clash and Clash(clash.kind, clash.formula, clash.shapes, is_whole=False)


def _vector(match: re.Match[str], text: str) -> Clash | None:
    return _clash("product", "{0} @ {1}", (int(match["rows"]), int(match["columns"])), (int(match["size"]),))


def _batches(match: re.Match[str], text: str) -> Clash | None:
    """``batch2 tensor to be: [10, 360] but got: [10, 264]``."""
    wanted, got = sizes_in(match["a"]), sizes_in(match["b"])
    if len(wanted) != 2 or len(got) != 2:
        return None
    return _clash("product", "{0} @ {1}", (wanted[0], None, wanted[1]), (*got, None))


_SIGNS: Final = {
    "add": "+", "addv2": "+", "biasadd": "+", "sub": "-", "mul": "*", "div": "/", "truediv": "/", "realdiv": "/",
    "equal": "==", "eq": "==", "less": "<", "lt": "<", "greater": ">", "gt": ">", "pow": "**", "maximum": "max",
    "squareddifference": "-",
}  # fmt: skip


def _sign(text: str) -> str:
    sign = _SIGNS.get(text.lower(), "+")
    return "+" if sign == "max" else sign


def _cells(match: re.Match[str], text: str) -> Clash | None:
    groups = match.groupdict()
    op = groups.get("op") or next(iter(re.findall(r"\[Op:(\w+)\]|/(\w+?)(?:_\d+)?\}\}", text)), ("", ""))
    name = op if isinstance(op, str) else op[0] or op[1]
    if name.lower().endswith("matmul"):
        return _product(match, text)
    return _clash("cells", f"{{0}} {_sign(name)} {{1}}", sizes_in(match["a"]), sizes_in(match["b"]))


def _one_axis(match: re.Match[str], text: str) -> Clash | None:
    """``The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1``."""
    axis = int(match["axis"])
    if axis >= _MOST_AXES:
        return None
    lead = tuple(range(2, 2 + axis))
    clash = _clash("cells", "{0} + {1}", (*lead, int(match["a"])), (*lead, int(match["b"])))
    return None if clash is None else Clash(clash.kind, clash.formula, clash.shapes, is_whole=axis == 0)


def _loss(match: re.Match[str], text: str) -> Clash | None:
    return _clash("cells", "{1} - {0}", sizes_in(match["a"]), sizes_in(match["b"]))


def _joined(match: re.Match[str], text: str) -> Clash | None:
    groups = match.groupdict()
    if groups.get("shape_a"):
        first, second = sizes_in(match["shape_a"]), sizes_in(match["shape_b"])
        differing = next((k for k, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 1)
        axis = int(groups["join"]) if groups.get("join") else int(differing == 0)
        return _clash("joined", f"concatenate([{{0}}, {{1}}], axis={axis})", first, second)
    given = groups.get("join")
    differs = int(groups["axis"]) if groups.get("axis") else int(given == "0")
    joins = int(given) if given is not None and int(given) != differs else int(differs == 0)
    count = max(differs, joins, 1) + 1
    if count > _MOST_AXES:
        return None
    made_up = range(2, 2 + count)
    shapes = tuple((*made_up[:differs], int(match[name]), *made_up[differs + 1 :]) for name in ("a", "b"))
    return Clash("joined", f"concatenate([{{0}}, {{1}}], axis={joins})", shapes, is_whole=False)


def _ranks(match: re.Match[str], text: str) -> Clash | None:
    first, second = int(match["a"]), int(match["b"])
    if max(first, second) > _MOST_AXES:
        return None
    shape = tuple(range(2, 2 + max(first, second)))
    shapes = tuple(shape[len(shape) - count :] for count in (first, second))
    return Clash("joined", "concatenate([{0}, {1}])", shapes, is_whole=False)


def _reshaped(match: re.Match[str], text: str) -> Clash | None:
    wanted = ", ".join("-1" if size is None else str(size) for size in sizes_in(match["b"]))
    shape = sizes_in(match["a"])
    return _clash("reshaped", f"{{0}}.reshape({wanted})", shape) if wanted and None not in shape else None


def _broadcast(match: re.Match[str], text: str) -> Clash | None:
    wanted = sizes_in(match["b"])
    inside = f"{', '.join(map(str, wanted))}{',' * (len(wanted) == 1)}"
    return _clash("call", f"broadcast_to({{0}}, ({inside}))", sizes_in(match["a"])) if None not in wanted else None


def _chosen(match: re.Match[str], text: str) -> Clash | None:
    groups = match.groupdict()
    if groups.get("shape_a"):
        first, second = sizes_in(match["shape_a"]), sizes_in(match["shape_b"])
        return _clash("chosen", "{0}[{1}]", first, second, dtypes=("float64", "bool"))
    lead = tuple(range(2, 2 + int(match["axis"])))
    if len(lead) >= _MOST_AXES:
        return None
    shapes = ((*lead, int(match["a"])), (*lead, int(match["b"])))
    return Clash("chosen", "{0}[{1}]", shapes, is_whole=not lead, dtypes=("float64", "bool"))


def _stacked(match: re.Match[str], text: str) -> Clash | None:
    return _clash("call", "stack([{0}, {1}])", sizes_in(match["a"]), sizes_in(match["b"]))


def _labels(match: re.Match[str], text: str) -> Clash | None:
    shapes = ((int(match["a"]), 10), (int(match["b"]),))
    return Clash("call", "cross_entropy({0}, {1})", shapes, is_whole=False, dtypes=("float64", "int64"))


def _layer(match: re.Match[str], text: str) -> Clash | None:
    return _clash("product", "{0} @ {1}", sizes_in(match["a"]), (int(match["b"]), None))


_S = r"[\[(][\d,\s?None]*[\])]"
_A, _B = rf"(?P<a>{_S})", rf"(?P<b>{_S})"
_NA, _NB = r"(?P<a>\d{1,12})", r"(?P<b>\d{1,12})"
# fmt: off
_MESSAGES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Clash | None]], ...]] = tuple(
    (re.compile(pattern), build) for pattern, build in (
        # NumPy
        (rf"could not be broadcast together with (?:remapped )?shapes (?:\[[^\]]*\]: )?{_A}\s*{_B}", _cells),
        (rf"arg \d+ with shape {_A} and arg \d+ with shape {_B}", _cells),
        (rf"shapes {_A} and {_B} not aligned", _dot),
        (r"(?P<name>\w+): Input operand (?P<operand>\d) has a mismatch in its core dimension \d, with gufunc signature "
         rf"\S+ \(size {_NA} is different from {_NB}\)", _core),
        (r"cannot reshape array of size (?P<a>\d{1,12}) into shape (?P<b>[\[(][-\d,\s\w]*[\])])", _reshaped),
        (r"along dimension (?P<axis>\d), the array at index \d+ has size "
         rf"{_NA} and the array at index \d+ has size {_NB}", _joined),
        (r"the array at index \d+ has (?P<a>\d) dimension\(s\) and the array at index \d+ has (?P<b>\d) dimension",
         _ranks),
        (rf"could not broadcast input array from shape {_A} into shape {_B}", _broadcast),
        (r"boolean index did not match indexed array along dimension (?P<axis>\d); dimension is "
         rf"{_NA} but corresponding boolean dimension is {_NB}", _chosen),
        (r"boolean index did not match indexed array along axis (?P<axis>\d); size of axis is "
         rf"{_NA} but size of corresponding boolean axis is {_NB}", _chosen),
        # PyTorch
        (r"shapes cannot be multiplied \((?P<a>\d{1,12}x\d{1,12}) and (?P<b>\d{1,12}x\d{1,12})\)", _product),
        (r"size mismatch, m1: \[(?P<a>[\d x]{1,40})\], m2: \[(?P<b>[\d x]{1,40})\]", _product),
        (r"size mismatch, got (?:input \()?\d+\)?, (?:mat \()?(?P<rows>\d{1,12})x(?P<columns>\d{1,12})\)?,\s*"
         r"(?:vec \()?(?P<size>\d{1,12})", _vector),
        (r"size of tensor a \((?P<a>\d{1,12})\) must match the size of tensor b \((?P<b>\d{1,12})\) at non-singleton "
         r"dimension (?P<axis>\d)", _one_axis),
        (rf"first two dimensions of batch2 tensor to be: {_A} but got: {_B}", _batches),
        (r"shape '(?P<b>\[[-\d, ]+\])' is invalid for input of size (?P<a>\d{1,12})", _reshaped),
        (r"must match except in dimension (?P<join>\d)\. Expected size "
         rf"{_NA} but got size {_NB}", _joined),
        (rf"must match except in dimension (?P<join>\d)\. Got {_NA} and {_NB}(?: in dimension (?P<axis>\d))?", _joined),
        (r"Tensors must have same number of dimensions: got (?P<a>\d) and (?P<b>\d)", _ranks),
        (r"inconsistent tensor size, expected tensor (?P<a>\[\d+\]) and src (?P<b>\[\d+\])", _dot),
        (rf"existing size \(\d+\) at non-singleton dimension \d+\.\s+Target sizes: {_B}\.\s+Tensor sizes: {_A}",
         _broadcast),
        (rf"equal size, but got {_A} at entry \d+ and {_B} at entry", _stacked),
        (rf"shape of the mask (?P<shape_b>{_S}) at index \d+ does not match the shape of the indexed tensor "
         rf"(?P<shape_a>{_S})", _chosen),
        (r"Expected input batch_size \((?P<a>\d{1,12})\) to match target batch_size \((?P<b>\d{1,12})\)", _labels),
        (rf"target size \((?:torch\.Size\()?{_A}\)?\) (?:that is|is) different to the input size "
         rf"\((?:torch\.Size\()?{_B}\)?\)", _loss),
        # JAX
        (r"requires contracting dimensions to have the same shape, got [\[(](?P<a>\d{1,12}),?[\])] and "
         r"[\[(](?P<b>\d{1,12}),?[\])]", _inner),
        (rf"(?P<op>\w+) got incompatible shapes for broadcasting: {_A}, {_B}", _cells),
        (rf"Incompatible shapes for broadcasting: (?:shapes=)?[\[(]{_A}, {_B}", _cells),
        (rf"Incompatible shapes for broadcasting: {_A} and (?:requested shape )?{_B}", _cells),
        (rf"[Ii]ncompatible shapes for (?:dot|matmul)\D*?{_A} and {_B}", _dot),
        (r"concatenating along dimension (?P<join>\d) for shapes "
         rf"(?P<shape_a>{_S}), (?P<shape_b>{_S})", _joined),
        (rf"cannot reshape array of shape {_A} \(size \d+\) into shape (?P<b>[\[(][-\d, ]*[\])])", _reshaped),
        # TensorFlow and Keras
        (rf"Matrix size-incompatible: In\[0\]: {_A}, In\[1\]: {_B}", _product),
        (rf"In\[0\] mismatch In\[1\] shape: [^:]*: {_A} {_B}", _product),
        (rf"Incompatible shapes: {_A} vs\. {_B}", _cells),
        (rf"must be equal, but are \d+ and \d+ for \S+ \(op: ?['‘](?P<op>\w+)['’]\) with input shapes: {_A}, {_B}",
         _cells),
        (r"Dimensions? (?:\d+ )?in both shapes must be equal: shape\[0\] = "
         rf"(?P<shape_a>{_S}) vs\. shape\[1\] = (?P<shape_b>{_S})", _joined),
        (r"Dimensions of inputs should match: shape\[0\] = "
         rf"(?P<shape_a>{_S}) vs\. shape\[1\] = (?P<shape_b>{_S})", _joined),
        (rf"Dimension \d+ in both shapes must be equal, but are \d+ and \d+\. Shapes are {_A} and {_B}", _cells),
        (rf"Shapes {_A} and {_B} are incompatible", _cells),
        (rf"expected axis -1 of input shape to have value (?P<b>\d{{1,12}}),? but received input with shape {_A}",
         _layer),
    )
)
# fmt: on
