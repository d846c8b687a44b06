"""What holds for every repair: its reason is about its source, and what "Did you mean" names infers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from playground.language.infer import infer
from playground.language.repairs.keywords import WITHOUT_MEANING
from playground.language.signature import Signature
from tests.language.mistakes_of_calls import OF_TWO
from tests.language.real_mistakes import REAL_MISTAKES
from tests.language.test_mistakes import ROWS, operands

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.language.problems import Repair

_TEXTS: Final = tuple(
    dict.fromkeys([
        *((text, names) for text, names, *_ in (*ROWS, *OF_TWO)),
        *((row.text, row.operands) for row in REAL_MISTAKES),
        # where the nearest word doesn't fit, or fits only after another change
        ("relu(x @ W + c)", "x=32x784 W=784x100 C=2x4"), ("mx.array([1])", "M=3x3"), ("x₁", "X=32x784"),
        ("random.RandomState(0).rand(3)", ""), ("np.random.wald(2, 1, 5)", ""), ("wieghts @ A", "weights=3x4 A=3x2"),
        ("A.det()", "A=3x2"), ("inv(A)", "A=3x2"), ("A*B'", "A=3x2 B=4x2"), ("A.*B", "A=3x2 B=2x4"),
        ("A[1 2]", "A=2x2"), ("A[:,-3]", "A=3x2"), ("A.I", "A=3x2"), ("A == A.T", "A=3x2"),
        ("A @ B == B @ A", "A=3x2 B=2x3"), ("swapaxes(v, 0, 1)", "v=3"), ("x @ W + W", "x=32x784 W=784x100"),
        ("softmax(A, axis=2)", "A=3x2"), ("relu(x @ W + c)", "x=32x784 W=784x100 C=2x4 b=100"),
        ("A{0}", "A=3x2"),
    ])
)  # fmt: skip

_CLAIMS: Final[tuple[tuple[str, Callable[[re.Match[str], str, str], bool]], ...]] = (
    (r"Read it as (?!PyTorch)(.+)", lambda said, old, new: said[1].removesuffix("()") in new),
    (r"Write \.T for a transpose", lambda said, old, new: ".T" in new or new.count(".T") < old.count("'")),
    (r"Write (linalg\.\w+|log\d+|vdot|abs|arange|~|@|\*\*|==)", lambda said, old, new: said[1] in new),
    (r"Put a (.) between", lambda said, old, new: new.count(said[1]) > old.count(said[1])),
    (r"Call the function (\S+)", lambda said, old, new: f"{said[1]}(" in new),
    (r"Take the last one", lambda said, old, new: re.search(r"\[.*(\d|-1)", new) is not None),
    (r"Take the first one", lambda said, old, new: re.search(r"\b0\b", new) is not None),
    (r"Take axis (\d)", lambda said, old, new: said[1] in new),
    (r"Take all cells", lambda said, old, new: "softmax" not in new and "l2_normalize" not in new),
    (r"Go along axis (\d)", lambda said, old, new: said[1] in new),
    (r"Join along axis (\d)", lambda said, old, new: said[1] in new),
    (r"Take the inverse", lambda said, old, new: "inv(" in new or "pinv(" in new),
    (r"Take the pseudo-inverse.*", lambda said, old, new: "pinv(" in new),
    (r"Transpose (?!both|each|all)(.+)", lambda said, old, new: new.count("T") != old.count("T")),
    (r"Keep the (axis|axes)", lambda said, old, new: "keepdims=True" in new),
    (r"Compute (.+) first", lambda said, old, new: f"({said[1]})" in new),
    (r"Multiply as matrices.*", lambda said, old, new: "@" in new),
    (r"Multiply (cell by cell|every cell)", lambda said, old, new: "*" in new),
    (r"Make it square with (.+)", lambda said, old, new: said[1] in new),
    (r"Make (.+) a (column|vector|row|matrix)", lambda said, old, new: "[" in new or "ravel" in new),
    (r"Leave (\S+) out", lambda said, old, new: new.count(said[1]) < old.count(said[1])),
    (r"Remove (.+)", lambda said, old, new: new.count(said[1]) <= old.count(said[1])),
    (r"Take the entry (\w+)", lambda said, old, new: said[1] in new),
    (r"Write the letters (\S+)", lambda said, old, new: said[1] in new),
)
"""What a reason promises of the old and the new text."""


_OVERRULING: Final = re.compile(r"Multiply as matrices|Take the pseudo-inverse|Transpose ")
"""Steps that change what one before them wrote: ``pinv`` for the ``inv`` that was read, ``@`` for the ``*``."""


def steps(repair: Repair) -> list[str]:
    return [step.strip() for step in repair.reason.split(";")]


@pytest.mark.parametrize(("text", "names"), _TEXTS, ids=[f"{text} | {names}" for text, names in _TEXTS])
def test_a_reason_is_about_its_source(text: str, names: str) -> None:
    (problem,) = infer(text, operands(names)).problems
    for repair in problem.repairs:
        told = steps(repair)
        for place, step in enumerate(told):
            if any(_OVERRULING.match(later) for later in told[place + 1 :]):
                continue
            for claim, holds in _CLAIMS if len(told) == 1 or not _OVERRULING.match(step) else ():
                said = re.fullmatch(claim, step)
                assert said is None or holds(said, text, repair.source), (text, repair.source, step)


@pytest.mark.parametrize(("text", "names"), _TEXTS, ids=[f"{text} | {names}" for text, names in _TEXTS])
def test_what_did_you_mean_names_infers(text: str, names: str) -> None:
    (problem,) = infer(text, operands(names)).problems
    named = re.fullmatch(r"Did you mean (.+)\?", problem.hint)
    if named is not None:
        assert infer(named[1], operands(names)).ok, named[1]


@pytest.mark.parametrize(("text", "names"), _TEXTS, ids=[f"{text} | {names}" for text, names in _TEXTS])
def test_a_repair_of_several_steps_names_each(text: str, names: str) -> None:
    """What puts in a transpose, an inverse or an index says so, whatever came before it."""
    (problem,) = infer(text, operands(names)).problems
    for repair in problem.repairs:
        new = repair.source
        if ".T" in new and not set(".T'′ᵀ^") & set(text) and "transpose" not in text.lower():
            assert "ranspose" in repair.reason or "Make it square" in repair.reason or "T" in repair.reason, repair
        if "pinv(" in new and "pinv" not in text:
            assert re.search("pseudo-inverse|nearest solution|pinv|ginv", repair.reason), repair
        if "keepdims" in new and "keep" not in text:
            assert "Keep" in repair.reason, repair


@pytest.mark.parametrize(
    ("text", "names", "reason"),
    [
        ("inv(A)", "A=3x2", "Read it as linalg.inv; Take the pseudo-inverse: A isn't square"),
        ("A.det()", "A=3x2", "Write linalg.det(A); Make it square with A.T @ A"),
        ("A*B'", "A=3x2 B=2x4", "Write .T for a transpose; Multiply as matrices, B.T transposed"),
        ("A[1 2]", "A=2x2", "Put a , between; Take the last one"),
        ("A[:,-3]", "A=3x2", "Take the first one"),
    ],
)
def test_each_step_is_told(text: str, names: str, reason: str) -> None:
    (problem,) = infer(text, operands(names)).problems
    assert reason in [repair.reason for repair in problem.repairs]


@pytest.mark.parametrize(
    ("text", "names", "silly"),
    [
        ("A == A.T", "A=3x2", "A==A"),
        ("A @ B == B @ A", "A=3x2 B=2x3", "B==B"),
        ("swapaxes(v, 0, 1)", "v=3", "0,0"),
        ("A > 0 == True", "A=3x2", "0==True"),
        ("x @ W + W", "x=32x784 W=784x100", "(W+W)"),
        ("mat1 @ mat2", "mat1=64x3136 mat2=784x128", "reshape"),
        ("linalg.inv((3, 4))", "", "stack"),
    ],
)
def test_what_says_nothing_is_not_offered(text: str, names: str, silly: str) -> None:
    (problem,) = infer(text, operands(names)).problems
    assert not [repair.source for repair in problem.repairs if silly in repair.source.replace(" ", "")]


def test_a_hint_is_about_what_was_typed() -> None:
    known = operands("A=3x2 B=2x4 M=3x3 v=3 w=3")
    hints = {text: infer(text, known).problems[0].hint for text in (
        "log(A, 10)", "A.dot(B, A)", "<v, v>", "v**2.sum()", "A.sum(axis=1, keepdims)", "scipy.linalg.inv(M)",
        "la.norm(v)", "[1, 2, 3] [4, 5, 6]", "angle(v, w)", "A @ B;", "A == A.T",
    )}  # fmt: skip
    assert hints["log(A, 10)"] == "For another base: log10(A)."
    assert "list" not in hints["A.dot(B, A)"]
    assert "vdot(v, v)" in hints["<v, v>"]
    assert "(v**2).sum()" in hints["v**2.sum()"]
    assert hints["A.sum(axis=1, keepdims)"] == "Write keepdims=True."
    assert hints["scipy.linalg.inv(M)"] == "Write linalg.inv(M)."
    assert hints["la.norm(v)"] == "Write linalg.norm(v)."
    assert "comma" in hints["[1, 2, 3] [4, 5, 6]"]
    assert "arccos" in hints["angle(v, w)"]
    assert hints["A @ B;"] == "Remove it."
    assert "square" in hints["A == A.T"]


@pytest.mark.parametrize(("text", "names"), _TEXTS, ids=[f"{text} | {names}" for text, names in _TEXTS])
def test_no_keyword_is_left_out_that_says_something(text: str, names: str) -> None:
    """``sort(x, reverse=True)`` isn't ``sort(x)``: what asks for something else has another repair, or none."""
    (problem,) = infer(text, operands(names)).problems
    for repair in problem.repairs:
        for keyword in re.findall(r"Leave (\w+) out", repair.reason):
            value = re.search(rf"\b{keyword}\s*=\s*(\w+)", text)
            says_nothing = keyword in WITHOUT_MEANING or (value is not None and value[1] in ("None", "False"))
            assert value is None or says_nothing, repair


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (text.format(axis=axis), "X=9x5 C=3x5")
        for text in (
            "sum(X - C, axis={axis})",
            "linalg.norm(C - X, axis={axis})",
            "argmin(abs(X - C), axis={axis})",
            "((X - C) ** 2).sum(axis={axis})",
            "(2 * (X - C)).mean(axis={axis})",
        )
        for axis in (-1, 1)
    ],
)
def test_an_axis_goes_over_the_same_cells_after_a_new_axis_was_put_in(text: str, names: str) -> None:
    """The size of the axis that is gone over stays what it was: 5 features, whatever stands before them."""
    (problem,) = infer(text, operands(names)).problems
    for repair in problem.repairs[:2]:
        if "None" not in repair.source:
            continue
        found = infer(repair.source, operands(names))
        axis = int(repair.source.partition("axis=")[2][:-1])
        difference = next(step.signature for step in found.steps if " - " in step.source)
        assert isinstance(difference, Signature)
        assert difference.shape[axis] == 5
