"""``einsum``: every way of writing its letters against NumPy, its operations, and what is said of mistakes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.compute.cpu import products
from playground.language.infer import infer
from playground.language.signature import Signature
from tests.language.comparing import array, check

FLOAT = np.dtype(float)
KNOWN = {
    "A": Signature((3, 4), FLOAT),
    "B": Signature((4, 5), FLOAT),
    "C": Signature((5, 3), FLOAT),
    "T": Signature((2, 3, 4), FLOAT),
}
ARRAYS = {
    "A": np.ones((2, 3)), "B": np.ones((3, 4)), "M": np.ones((3, 3), np.float32), "v": np.ones(3, np.int8),
    "T": np.ones((2, 3, 4)), "o": np.ones((1, 3)), "s": np.float64(2).reshape(()), "t": np.ones((2, 1, 3), bool),
}  # fmt: skip


@pytest.mark.parametrize(
    "call",
    [
        "'ij,jk->ik', A, B", "'ij,jk', A, B", "'ii', M", "'ii->i', M", "'ii', A", "'ii', o", "'ii->i', o",
        "'ij->ji', A", "'ji', A", "'iI', A", "'ij->', A", "'i,j', v, v", "'ij,kl', A, B", "'i j -> j i', A",
        "'...i->i', A", "'...i->i', v", "'...i->...', A", "'...i,i', A, v", "'...ij,...jk', T, t", "'...,...', A, v",
        "'...ij,jk->...ik', T, ones((4, 2))", "'i...,i...->...', A, A", "'...a,b...->...ab', T, B", "'...', A",
        "'....i', A", "'..i', A", "'i..j', A", "'i...j...', A", "'ij->ijk', A", "'ij->ii', A", "'ij->j->i', A",
        "'ij->...ij', A", "'ij->...', A", "'...i->...ji', A", "'ij,', A, s", "'', s", "'->', s", "',', s, s",
        "'ij,jk->ik', A, o", "'ij,ij->ij', A, o", "'ijk,j->ik', T, ones(1)", "'iij,jk->ik', ones((2, 2, 3)), B",
        "'i,iij->j', v, ones((1, 3, 2))", "'iij,i->j', ones((1, 3, 2)), v", "'ij,jk,kl->il', A, B, B.T",
        "'ij,jk,kl,l->i', A, B, B.T, v", "'i,i,i->', v, ones(1), v", "'ij,jk->ik', A", "'ij', A, B", "1, A", "'i1', A",
        "'ij,jk->ik', A, T", "'ij,jk->ik', A, A", "'ijk', A", "'i', A", "'ij,jk->ik', A > 0, B > 0",
        "'ij,jk->ik', A, B, dtype=float32", "'ij,j->i', M, v, dtype=float64", "'ij,jk->ik', A, B, optimize=True",
        "'ij,jk->ik', A, B, optimize='optimal'", "'i,i->', v, v, dtype=bool",
        "'ij->i,j', A", "'a,b,c,d->abcd', v, v, v, v", "'bi,bj->bij', A, A", "'bqd,bkd->bqk', T, T",
    ],
)  # fmt: skip
def test_letters_are_read_as_numpy_reads_them(call: str) -> None:
    check(f"einsum({call})", ARRAYS)


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, np.ndarray]]:
    """Subscripts and operands that mostly fit; sizes of 1 stretch, letters may repeat, dots may stand anywhere."""
    sizes = dict(zip("abcd", draw(st.lists(st.integers(0, 3), min_size=4, max_size=4)), strict=True))
    hidden = draw(st.lists(st.integers(1, 3), max_size=2))
    terms, operands = [], {}
    for name in "ABC"[: draw(st.integers(1, 3))]:
        letters = draw(st.lists(st.sampled_from("abcd"), max_size=3))
        shape = [draw(st.sampled_from([sizes[letter], sizes[letter], sizes[letter], 1])) for letter in letters]
        if draw(st.integers(0, 2)) == 0:
            place, count = draw(st.integers(0, len(letters))), draw(st.integers(0, len(hidden)))
            letters.insert(place, "...")
            shape[place:place] = hidden[len(hidden) - count :]
        terms.append("".join(letters))
        operands[name] = array(tuple(shape), draw(st.sampled_from(["int8", "float32", "bool"])))
    result = "".join(draw(st.lists(st.sampled_from(["a", "b", "c", "..."]), max_size=3)))
    arrow = draw(st.sampled_from(["", f"->{result}"]))
    return f"einsum('{','.join(terms)}{arrow}', {', '.join(operands)})", operands


@given(calls())
def test_any_letters(call: tuple[str, dict[str, np.ndarray]]) -> None:
    check(*call)


@given(calls())
def test_what_infers_runs_in_either_order(call: tuple[str, dict[str, np.ndarray]]) -> None:
    text, operands = call
    found = infer(text, {name: Signature(value.shape, value.dtype) for name, value in operands.items()}).signature
    if not isinstance(found, Signature):
        return
    letters = text.split("'")[1]
    for optimize in (False, True):
        value = products.einsum(letters, *operands.values(), optimize=optimize)
        assert (value.shape, value.dtype) == (found.shape, found.dtype)


def test_operations_are_those_of_the_pairs() -> None:
    for text, flops in {
        "einsum('ij,jk->ik', A, B)": 2 * 3 * 4 * 5,
        "einsum('ij,kl->ijkl', A, B)": 3 * 4 * 4 * 5,
        "einsum('ij->ji', A)": 0,
        "einsum('ij->i', A)": 12,
        "einsum('tij,jk->tik', T, B)": 2 * 2 * 3 * 4 * 5,
        "einsum('...ij,jk->...ik', T, B)": 2 * 2 * 3 * 4 * 5,
        "einsum('ij,jk,kl->il', A, B, C)": 2 * 4 * 5 * 3 + 2 * 3 * 4 * 3,
        "einsum('ij,jk,k->i', A, B, C[:, 0])": 2 * 4 * 5 + 2 * 3 * 4,
        "einsum('ij,ij->', A, A)": 2 * 12,
    }.items():
        assert infer(text, KNOWN).steps[-1].flops == flops, text
    assert infer("einsum('i,i->', A[A > 0], A[A > 0])", KNOWN).flops is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "einsum('ij,jk->ik', A, C)",
            "The letter j stands for axis 1 of A (3, 4) and axis 0 of C (5, 3), of sizes 4 and 5.",
        ),
        ("einsum('ii', A)", "The letter i stands for axis 0 of A (3, 4) and axis 1 of A (3, 4), of sizes 3 and 4."),
        (
            "einsum('...ij,...jk->...ik', T, ones((3, 4, 5)))",
            "The three dots line up axis 0 of T (2, 3, 4) with axis 0 of ones((3, 4, 5)) (3, 4, 5), of sizes 2 and 3.",
        ),
        ("einsum('ijk,jk->ik', A, B)", "ijk has 3 letters, but operand 1 has 2 axes."),
        ("einsum('ij,jk->il', A, B)", "'ij,jk->il' asks for the letter l, which no array has."),
        ("einsum('ij,jk->ik', A)", "'ij,jk->ik' names 2 arrays; given: 1."),
        ("einsum('ij->ii', A)", "A letter stands twice behind the arrow of 'ij->ii'."),
        (
            "einsum('...i->i', A)",
            "The three dots of '...i->i' stand for axes that must be named behind the arrow too.",
        ),
    ],
)
def test_a_mistake_names_the_letter_and_both_axes(text: str, message: str) -> None:
    problem = infer(text, KNOWN).problems[0]
    assert problem.message == message.replace("'", "") or problem.message == message
    assert problem.kind == "einsum"


def test_both_axes_that_disagree_are_marked() -> None:
    found = infer("einsum('ij,jk->ik', A, C)", KNOWN)
    assert [(found.source[span.start : span.end], axis) for span, axis in found.clash] == [("A", 1), ("C", 0)]


def test_equal_letters_are_one_axis() -> None:
    found = infer("einsum('ij,jk->ik', A, B)", KNOWN)
    assert found.operand_axes["A"][1] == found.operand_axes["B"][0]
    assert found.steps[-1].axes == (found.operand_axes["A"][0], found.operand_axes["B"][1])
