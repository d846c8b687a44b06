from __future__ import annotations

from playground.language.functions import FUNCTIONS, complete, nearest


def test_completion_offers_entries_first_then_functions_by_their_beginning() -> None:
    offers = complete("s", ["scores", "A"])
    assert offers[0].text == "scores"
    assert {"sum", "sqrt", "softmax"} <= {offer.text for offer in offers}
    assert [offer.text for offer in complete("linalg.no")] == ["linalg.norm"]
    texts = [offer.text for offer in complete("s")]
    assert texts.index("sum") < texts.index("signbit"), "what learners use comes before what is rare"
    assert "np.sum" in [offer.text for offer in complete("np.su")]
    assert "linalg.norm" in [offer.text for offer in complete("nor")]


def test_every_function_is_offered_with_its_help() -> None:
    offered = {offer.text: offer.help for offer in complete("") if offer.kind == "function"}
    written = {name.replace("random.Generator.", "random.default_rng(0).") for name in FUNCTIONS}
    assert offered.keys() == written
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
