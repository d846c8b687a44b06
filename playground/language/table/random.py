"""Rows of the function table: random numbers, the same ones each time that a formula is computed.

``random.normal(...)`` gives what NumPy gives after ``random.seed(0)``, or the seed in ``seed=``, which is our addition;
``random.default_rng(7).normal(...)`` what NumPy's generator with that seed gives first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.mistake import Mistake
from playground.language.rules import dtypes, flops
from playground.language.rules import random as shapes
from playground.language.table.row import Function
from playground.language.vocabulary import GENERATOR
from playground.translation import tr

if TYPE_CHECKING:
    import numpy as np

    from playground.language.arguments import Arguments
    from playground.language.rules.shapes import ShapeRule

_FLOAT = dtypes.fixed(dtypes.FLOAT)
_WHOLE = dtypes.fixed(dtypes.DEFAULT_INTEGER)


def _whole_or_given(arguments: Arguments) -> np.dtype:
    dtype = arguments.dtype("dtype") or dtypes.DEFAULT_INTEGER
    if dtype.kind not in "biu":
        raise Mistake("dtype", tr("{function} gives whole numbers.", function=arguments.shown),
                      span=arguments.values["dtype"].span)  # fmt: skip
    return dtype


def _fraction_or_given(arguments: Arguments) -> np.dtype:
    dtype = arguments.dtype("dtype") or dtypes.FLOAT
    if dtype.name not in ("float32", "float64"):
        raise Mistake("dtype", tr("A generator makes float64 or float32."), span=arguments.values["dtype"].span)
    return dtype


def _picked(parameter: str) -> dtypes.DtypeRule:
    def rule(arguments: Arguments) -> np.dtype:
        signature = arguments.signature(parameter)
        return signature.dtype if signature.ndim else dtypes.DEFAULT_INTEGER

    return rule


def _row(
    name: str, signature: str, shape: ShapeRule, dtype: dtypes.DtypeRule, help_: str, example: str,
    *, rare: bool = False,
) -> Function:  # fmt: skip
    generator = name.startswith(GENERATOR)
    seed = "seed" if generator else "seed=0"
    tail = f", {seed}" if "*sizes" in signature else f", *, {seed}"
    return Function(name, f"{signature}{tail}", shape, dtype, "random", help_, example, numpy_target=f"own:{name}",
                    flops=flops.none, rare=rare or generator)  # fmt: skip


_SCALED = "loc=0.0, scale=1.0, size=None"
_BETWEEN = "low=0.0, high=1.0, size=None"
_UNIFORM, _NORMAL = "Numbers between low and high, all alike likely.", "Numbers around loc, as far from it as scale."

SEEDED: Final = (
    _row("random.rand", "*sizes", shapes.of_sizes, _FLOAT, "Numbers between 0 and 1; sizes one by one.",
         "random.rand(2, 3)"),
    _row("random.randn", "*sizes", shapes.of_sizes, _FLOAT, "Normally distributed numbers; sizes one by one.",
         "random.randn(2, 3)"),
    _row("random.random", "size=None", shapes.drawn(), _FLOAT, "Numbers between 0 and 1.", "random.random((2, 3))"),
    _row("random.standard_normal", "size=None", shapes.drawn(), _FLOAT, "Normally distributed numbers.",
         "random.standard_normal((2, 3))", rare=True),
    _row("random.normal", _SCALED, shapes.drawn("loc", "scale"), _FLOAT, _NORMAL, "random.normal(0, 0.1, (2, 3))"),
    _row("random.uniform", _BETWEEN, shapes.drawn("low", "high"), _FLOAT, _UNIFORM, "random.uniform(-1, 1, (2, 3))"),
    _row("random.randint", "low, high=None, size=None, dtype=int", shapes.drawn("low", "high"), _whole_or_given,
         "Whole numbers from low up to high, high left out.", "random.randint(0, 10, (2, 3))"),
    _row("random.choice", "a, size=None, replace=True, p=None", shapes.picked(along_first_axis=False), _picked("a"),
         "Numbers picked from a row, or below a number.", "random.choice([2, 3, 5], 4)"),
    _row("random.permutation", "x", shapes.permuted, _picked("x"), "The rows in another order, or numbers below x.",
         "random.permutation(5)"),
    _row("random.multivariate_normal", "mean, cov, size=None", shapes.drawn_together, _FLOAT,
         "Rows of numbers around mean that vary together as cov says.",
         "random.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], 4)", rare=True),
    _row("random.gamma", "shape, scale=1.0, size=None", shapes.drawn("shape", "scale"), _FLOAT,
         "Sums of waiting times, shape of them.", "random.gamma(2, 1.0, 4)", rare=True),
    _row("random.beta", "a, b, size=None", shapes.drawn("a", "b"), _FLOAT, "Shares between 0 and 1.",
         "random.beta(2, 3, 4)", rare=True),
    _row("random.laplace", _SCALED, shapes.drawn("loc", "scale"), _FLOAT,
         "Numbers around loc, with more of them far away than normal has.", "random.laplace(0, 1, 4)", rare=True),
    _row("random.exponential", "scale=1.0, size=None", shapes.drawn("scale"), _FLOAT,
         "Waiting times that are scale on average.", "random.exponential(2.0, 4)", rare=True),
    _row("random.poisson", "lam=1.0, size=None", shapes.drawn("lam"), _WHOLE, "Counts that are lam on average.",
         "random.poisson(3, 4)", rare=True),
    _row("random.binomial", "n, p, size=None", shapes.drawn("n", "p"), _WHOLE,
         "How often of n times something happens that is p likely.", "random.binomial(10, 0.5, 4)", rare=True),
)  # fmt: skip

_RNG = "random.default_rng(7)"

GENERATED: Final = (
    _row(f"{GENERATOR}random", "size=None, dtype=float", shapes.drawn(), _fraction_or_given,
         "Numbers between 0 and 1.", f"{_RNG}.random((2, 3))"),
    _row(f"{GENERATOR}standard_normal", "size=None, dtype=float", shapes.drawn(), _fraction_or_given,
         "Normally distributed numbers.", f"{_RNG}.standard_normal((2, 3))"),
    _row(f"{GENERATOR}normal", _SCALED, shapes.drawn("loc", "scale"), _FLOAT, _NORMAL, f"{_RNG}.normal(0, 1, (2, 3))"),
    _row(f"{GENERATOR}uniform", _BETWEEN, shapes.drawn("low", "high"), _FLOAT, _UNIFORM,
         f"{_RNG}.uniform(-1, 1, (2, 3))"),
    _row(f"{GENERATOR}integers", "low, high=None, size=None, dtype=int, endpoint=False", shapes.drawn("low", "high"),
         _whole_or_given, "Whole numbers from low up to high, high left out.", f"{_RNG}.integers(0, 10, 5)"),
    _row(f"{GENERATOR}choice", "a, size=None, replace=True, p=None", shapes.picked(along_first_axis=True), _picked("a"),
         "Numbers or rows picked from an array, or below a number.", f"{_RNG}.choice([2, 3, 5], 4)"),
    _row(f"{GENERATOR}permutation", "x", shapes.permuted, _picked("x"),
         "The rows in another order, or numbers below x.", f"{_RNG}.permutation(5)"),
    _row(f"{GENERATOR}exponential", "scale=1.0, size=None", shapes.drawn("scale"), _FLOAT,
         "Waiting times that are scale on average.", f"{_RNG}.exponential(2.0, 4)"),
    _row(f"{GENERATOR}poisson", "lam=1.0, size=None", shapes.drawn("lam"), _WHOLE, "Counts that are lam on average.",
         f"{_RNG}.poisson(3, 4)"),
    _row(f"{GENERATOR}binomial", "n, p, size=None", shapes.drawn("n", "p"), _WHOLE,
         "How often of n times something happens that is p likely.", f"{_RNG}.binomial(10, 0.5, 4)"),
)  # fmt: skip

ROWS: Final = (*SEEDED, *GENERATED)
