"""What to do next, said once the repairs are known: with the likeliest of them, or without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.nodes import Call, Index, Sequence
from playground.language.rewriting import text_of
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playground.language.infer import Inference
    from playground.language.problems import Problem, Repair

_TWO: Final = 2


def hinted(inference: Inference, problem: Problem, repairs: tuple[Repair, ...]) -> Problem:
    """Give ``problem`` with its repairs, and with what to do next where that can be said better now."""
    hint = _HINTS[problem.kind](inference, problem, repairs) if problem.kind in _HINTS else ""
    return replace(problem, hint=hint or problem.hint, repairs=repairs)


def _unknown(inference: Inference, problem: Problem, repairs: tuple[Repair, ...]) -> str:
    """Name what a word may have been meant as: only a formula that infers is asked about."""
    if problem.hint:
        return ""
    if repairs:
        fitting = next((repair for repair in repairs if not repair.leaves_mistake), None)
        if fitting is not None:
            return tr("Did you mean {text}?", text=fitting.source)
        return tr("The nearest is {text}, where another mistake remains.", text=repairs[0].source)
    if problem.kind == "unknown-function":
        return tr("Type how a word begins to see the functions that there are.")
    name = inference.source[problem.span.start : problem.span.end]
    if name.isidentifier():
        return tr("Write {name}: (784, 10) to say its shape, or give it numbers first.", name=name)
    return ""


def _other_module(inference: Inference, problem: Problem, repairs: tuple[Repair, ...]) -> str:
    return tr("Write {text}.", text=repairs[0].source) if repairs else tr("Write the function's name alone: sqrt(x).")


def _argument(inference: Inference, problem: Problem, repairs: tuple[Repair, ...]) -> str:
    """Say it with the likeliest repair where the call is one that others write with another meaning."""
    node = inference.failed
    if not isinstance(node, Call):
        return ""
    if repairs and len(node.arguments) == _TWO and node.function == "angle":
        return tr("angle is that of complex numbers; between two vectors it is {text}.", text=repairs[0].source)
    if repairs and len(node.arguments) == _TWO and node.function == "log":
        return tr("For another base: {text}.", text=repairs[0].source)
    axis = dict(node.keywords).get("axis") or next(iter(node.arguments[1:_TWO]), None)
    is_word = axis is not None and axis.span == problem.span and text_of(inference.source, axis)[0] in "'\""
    if is_word and repairs and "axis" in repairs[0].reason:
        return tr("An axis is a number: the first is 0, the last is -1.")
    return ""


def _not_constant(inference: Inference, problem: Problem, repairs: tuple[Repair, ...]) -> str:
    """Ask for the letters of an einsum, which come first."""
    node = inference.failed
    if isinstance(node, Call) and node.function == "einsum":
        return tr("The letters of the axes come first, as a text: einsum('ij,jk->ik', A, B).")
    return ""


def _axis(inference: Inference, problem: Problem, repairs: tuple[Repair, ...]) -> str:
    """Say what ``transpose`` of two axes is called that PyTorch swaps."""
    node = inference.failed
    if repairs and isinstance(node, Call) and node.function == "transpose" and "swapaxes(" in repairs[0].source:
        return tr("PyTorch swaps two axes so; in NumPy's words: {text}", text=repairs[0].source)
    return ""


def _index(inference: Inference, problem: Problem, repairs: tuple[Repair, ...]) -> str:
    """Ask for the comma between two typed lists, of which the second looks like an index of the first."""
    node = inference.failed
    if repairs and isinstance(node, Index) and isinstance(node.value, Sequence):
        return tr("Is a comma missing: {text}?", text=repairs[0].source)
    return ""


def _shapes(inference: Inference, problem: Problem, repairs: tuple[Repair, ...]) -> str:
    """Say that a tuple is read as numbers, or why nothing can be mended."""
    if problem.kind != "ndim" and not inference.clash:
        return ""
    from playground.language.repairs.bias import bias_hint  # nothing is wrong at the start
    from playground.language.repairs.shapes_meant import not_a_shape

    found = not_a_shape(inference) or (bias_hint(inference, repairs) if problem.kind == "broadcast" else "")
    return found or ("" if repairs or problem.hint else _never_equal(inference))


def _never_equal(inference: Inference) -> str:
    """Say why ``A == A.T`` can't be asked."""
    from playground.language.repairs.parts import pair, without_transpose

    sides = pair(inference)
    if sides is None or sides[0].shape != sides[1].shape[::-1] or sides[0].shape == sides[1].shape:
        return ""
    one, other = (text_of(inference.source, without_transpose(side.node)) for side in sides)
    return tr("Only a square matrix has the shape of its transpose.") if one == other else ""


def _einsum(inference: Inference, problem: Problem, repairs: tuple[Repair, ...]) -> str:
    """Say which sizes would do, where no other order of the letters fits."""
    node = inference.failed
    if repairs or len(inference.clash) != _TWO or not isinstance(node, Call):
        return ""
    from playground.language.repairs.parts import signature_of

    found = {argument.span: signature_of(inference, argument) for argument in node.arguments}
    (left, i), (right, j) = inference.clash
    first, second = found.get(left), found.get(right)
    if first is None or second is None or left == right:
        return ""
    return tr(
        "No other order of the letters fits. Give axis {j} of {right} the size {a}, or axis {i} of {left} the size "
        "{b}.",
        i=i, j=j, a=first.shape[i], b=second.shape[j], left=inference.source[left.start : left.end],
        right=inference.source[right.start : right.end],
    )  # fmt: skip


_HINTS: Final[Mapping[str, Callable[[Inference, Problem, tuple[Repair, ...]], str]]] = {
    "unknown-name": _unknown,
    "unknown-function": _unknown,
    "other-module": _other_module,
    "argument": _argument,
    "axis": _axis,
    "not-constant": _not_constant,
    "index": _index,
    "einsum": _einsum,
    "inner-sizes": _shapes,
    "broadcast": _shapes,
    "ndim": _shapes,
}
"""What says more about each kind of problem."""
