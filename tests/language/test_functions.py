from __future__ import annotations

import pytest

from playground.language.functions import FUNCTIONS, complete, nearest
from playground.language.table.common import FUNCTION_PLACES, MEMBER_PLACES
from playground.language.vocabulary import ATTRIBUTES, METHOD_ALIASES, RESULT_FIELDS


def test_completion_offers_entries_first_then_functions_by_their_beginning() -> None:
    offers = complete("s", ["scores", "A"])
    assert offers[0].text == "scores"
    assert {"sum", "sqrt", "softmax"} <= {offer.text for offer in offers}
    assert [offer.text for offer in complete("linalg.no")] == ["linalg.norm"]
    texts = [offer.text for offer in complete("s")]
    assert texts.index("sum") < texts.index("signbit"), "what learners use comes before what is rare"
    assert "np.sum" in [offer.text for offer in complete("np.su")]
    assert "linalg.norm" in [offer.text for offer in complete("nor")]


def texts(prefix: str, *names: str) -> list[str]:
    return [offer.text for offer in complete(prefix, names)]


def test_after_a_dot_stand_the_methods_and_attributes_of_an_array() -> None:
    every = texts("x.", "x")
    assert every[:5] == ["x.T", "x.shape", "x.reshape", "x.sum", "x.mean"]
    assert {f"x.{name}" for name in ATTRIBUTES - RESULT_FIELDS} < set(every)
    assert {f"x.{row.name}" for row in FUNCTIONS.values() if row.method} < set(every)
    assert all(offer.help for offer in complete("x.", ["x"]))
    assert texts("x.re", "x") == ["x.reshape", "x.repeat", "x.real"]
    assert texts("x.T.tr", "x") == ["x.T.transpose", "x.T.trace"]
    assert ".flatten" in texts(".fl")
    assert texts("x.shape.", "x") == []
    assert texts("nothing.", "x") == []


def test_after_the_dot_of_a_module_or_a_generator_stand_its_functions() -> None:
    assert "linalg.norm" in texts("linalg.", "x")
    assert texts("np.linalg.no") == ["np.linalg.norm"]
    assert texts("random.default_rng(42).norm") == ["random.default_rng(42).normal"]


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [("inv", "linalg.inv", "invert"), ("norm", "linalg.norm", "random.normal"),
     ("np.inv", "np.linalg.inv", "np.invert"), *(("re", name, "remainder") for name in ("relu", "reshape", "real"))],
)  # fmt: skip
def test_what_is_meant_comes_before_what_also_begins_so(typed: str, first: str, second: str) -> None:
    offered = texts(typed)
    assert offered.index(first) < offered.index(second)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("", ["array", "zeros", "ones", "dot", "reshape", "sum", "mean"]), ("np.", ["np.array", "np.zeros", "np.ones"]),
     ("tra", ["transpose", "trace"]), ("con", ["concatenate"]), ("li", ["linspace", "linalg.norm", "linalg.inv"]),
     ("st", ["stack", "std"]), ("no", ["linalg.norm"]),
     ("np.soft", ["softmax"]), ("x.s", ["x.shape", "x.sum", "x.size"])],
)  # fmt: skip
def test_what_learners_use_most_comes_first_whatever_its_length(typed: str, first: list[str]) -> None:
    offered = [text for text in texts(typed, "x") if text != "x"]
    assert offered[: len(first)] == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [("inver", "linalg.inv"), ("eigen", "linalg.eig"), ("determinant", "linalg.det"), ("Mea", "mean"), ("SUM", "sum"),
     ("np.float", "np.float32"), ("float", "float16"), ("np.inver", "np.linalg.inv"), ("pseudo", "linalg.pinv"),
     ("F.", "F.relu"), ("F.soft", "F.softmax"), ("torch.", "torch.tensor"), ("tf.nn.r", "tf.nn.relu")],
)  # fmt: skip
def test_words_of_elsewhere_lead_to_what_is_meant(typed: str, first: str) -> None:
    offered = complete(typed, ["A"])
    assert first in [offer.text for offer in offered[:3]]
    assert all(offer.help for offer in offered)
    assert "np.float" not in [offer.text for offer in offered], "NumPy has it no more"


def test_an_entry_called_f_has_its_methods() -> None:
    assert "F.sum" in texts("F.", "F")
    assert "F.relu" not in texts("F.", "F")


def test_the_commonest_names_are_names_of_the_table() -> None:
    written = {name.replace("random.Generator.", "random.default_rng(0).") for name in FUNCTIONS}
    assert FUNCTION_PLACES.keys() <= written
    assert MEMBER_PLACES.keys() <= ATTRIBUTES | {row.name for row in FUNCTIONS.values() if row.method} | {
        *METHOD_ALIASES
    }


def test_every_function_is_offered_with_its_help() -> None:
    offered = {offer.text: offer.help for offer in complete("") if offer.kind == "function"}
    written = {name.replace("random.Generator.", "random.default_rng(0).") for name in FUNCTIONS}
    assert offered.keys() == written - {"view"}, "a method alone"
    assert all(offered.values())


def test_help_tells_what_is_an_addition_to_numpy() -> None:
    offered = {offer.text: offer.help for offer in complete("")}
    assert offered["relu"] == "Negative cells become 0. Not in NumPy: maximum(x, 0)."
    assert offered["softmax"].endswith(" Not in NumPy: copied as plain NumPy.")
    assert "NumPy" not in offered["sum"]


def test_nearest_names() -> None:
    assert nearest("summ", FUNCTIONS)[0] == "sum"
    assert nearest("norm", FUNCTIONS)[0] == "linalg.norm"
    assert nearest("qqqq", FUNCTIONS) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("inv", "linalg.inv"), ("randn", "random.randn"), ("eig", "linalg.eig"), ("Sum", "sum"),
     ("LeakyReLU", "leaky_relu"),
     ("is_nan", "isnan"), ("mutliply", "multiply"), ("arrgmax", "argmax"), ("concatnate", "concatenate"),
     ("sqr", "sqrt"),
     ("hist", "histogram"), ("chol", "linalg.cholesky"), ("sorted", "sort"), ("transposed", "transpose"),
     ("meen", "mean"), ("maen", "mean"), ("zeros_lik", "zeros_like"), ("rehsape", "reshape")],
)  # fmt: skip
def test_a_slip_leads_to_the_function_that_was_meant(typed: str, meant: str) -> None:
    assert nearest(typed, FUNCTIONS)[0] == meant


@pytest.mark.parametrize(
    "word",
    ["foo", "foo_bar", "foobar", "print", "int", "map", "str", "open", "list", "magic", "lu", "cot", "f", "x", "", "_"],
)
def test_what_is_like_nothing_is_offered_nothing(word: str) -> None:
    assert nearest(word, FUNCTIONS) == ()


def test_beside_a_name_that_is_the_same_nothing_else_is_offered() -> None:
    assert nearest("norm", FUNCTIONS) == ("linalg.norm",)
    assert nearest("squeze", FUNCTIONS) == ("squeeze",)


def test_a_method_that_is_no_function_is_offered_behind_a_dot_only() -> None:
    assert "view" not in [found.text for found in complete("vie", ())]
    assert "A.view" in [found.text for found in complete("A.vie", ("A",))]
