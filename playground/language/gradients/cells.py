"""Gradients of what works cell by cell: arithmetic, NumPy's ufuncs, ``where`` and ``clip``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.gradients.operation import Operation, Rule, flat, summed_back
from playground.language.gradients.sums import chosen
from playground.language.gradients.text import Part, both, call, compared, constant, masked, number, part

if TYPE_CHECKING:
    from collections.abc import Mapping

Derivative = Callable[[Part, Part, Part], Part]
"""From the upstream gradient, the argument and the result."""


def like(function: str, x: Part) -> Part:
    """Write a function that works cell by cell."""
    return call(function, x, shape=x.shape)


def _cellwise(derivative: Derivative) -> Rule:
    return lambda operation: derivative(operation.dh, operation.x, operation.out)


_LOG_2 = part("log(2)", ())
_LOG_10 = part("log(10)", ())
_PI = part("pi", ())


def _sinc_slope(x: Part, y: Part) -> Part:
    """``(cos(pi x) - sinc(x)) / x``, and 0 where x is 0."""
    zero = compared(x, "==", 0)
    slope = (like("cos", _PI * x) - y) / call("where", zero, "1", x, shape=x.shape)
    return call("where", zero, "0", slope, shape=x.shape)


ONE_ARGUMENT: Final[Mapping[str, Derivative]] = {
    "positive": lambda dh, x, y: dh,
    "negative": lambda dh, x, y: -dh,
    "conj": lambda dh, x, y: dh,
    "real": lambda dh, x, y: dh,
    "abs": lambda dh, x, y: dh * like("sign", x),
    "fabs": lambda dh, x, y: dh * like("sign", x),
    "square": lambda dh, x, y: 2 * dh * x,
    "reciprocal": lambda dh, x, y: -dh / x**2,
    "sqrt": lambda dh, x, y: dh / (2 * y),
    "cbrt": lambda dh, x, y: dh / (3 * y**2),
    "exp": lambda dh, x, y: dh * y,
    "exp2": lambda dh, x, y: dh * y * _LOG_2,
    "expm1": lambda dh, x, y: dh * like("exp", x),
    "log": lambda dh, x, y: dh / x,
    "log2": lambda dh, x, y: dh / (x * _LOG_2),
    "log10": lambda dh, x, y: dh / (x * _LOG_10),
    "log1p": lambda dh, x, y: dh / (1 + x),
    "sin": lambda dh, x, y: dh * like("cos", x),
    "cos": lambda dh, x, y: -dh * like("sin", x),
    "sinc": lambda dh, x, y: dh * _sinc_slope(x, y),
    "tan": lambda dh, x, y: dh * (1 + y**2),
    "arcsin": lambda dh, x, y: dh / like("sqrt", 1 - x**2),
    "arccos": lambda dh, x, y: -dh / like("sqrt", 1 - x**2),
    "arctan": lambda dh, x, y: dh / (1 + x**2),
    "sinh": lambda dh, x, y: dh * like("cosh", x),
    "cosh": lambda dh, x, y: dh * like("sinh", x),
    "tanh": lambda dh, x, y: dh * (1 - y**2),
    "arcsinh": lambda dh, x, y: dh / like("sqrt", 1 + x**2),
    "arccosh": lambda dh, x, y: dh / like("sqrt", x**2 - 1),
    "arctanh": lambda dh, x, y: dh / (1 - x**2),
    "deg2rad": lambda dh, x, y: dh * _PI / 180,
    "rad2deg": lambda dh, x, y: 180 * dh / _PI,
    "nan_to_num": lambda dh, x, y: masked(dh, like("isfinite", x)),
    "relu": lambda dh, x, y: masked(dh, compared(y if y.is_name else x, ">", 0)),
    "sigmoid": lambda dh, x, y: dh * y * (1 - y),
    "softplus": lambda dh, x, y: dh * like("sigmoid", x),
}
"""Derivatives of functions of one array."""


def _sum(operation: Operation) -> Part:
    return operation.dh


def _difference(operation: Operation) -> Part:
    return operation.dh if operation.wanted == "x1" else -operation.dh


def _product(operation: Operation) -> Part:
    return operation.dh * operation["x2" if operation.wanted == "x1" else "x1"]


def _quotient(operation: Operation) -> Part:
    if operation.wanted == "x1":
        return operation.dh / operation["x2"]
    return -operation.dh * operation["x1"] / operation["x2"] ** 2


def _power(operation: Operation) -> Part:
    base, exponent = operation["x1"], operation["x2"]
    if operation.wanted == "x2":
        return operation.dh * operation.out * like("log", base)
    known = operation.constants.get("x2")
    if type(known) not in (int, float) or len(exponent.text.lstrip("-")) > len(repr(known)) + 1:
        return operation.dh * exponent * base ** (exponent - 1)
    if known == 0:
        return number(0) * operation.dh * base
    lower = constant(known - 1)  # type: ignore[operator]
    return constant(known) * operation.dh * base**lower  # type: ignore[arg-type]


def _chooses(sign: str) -> Rule:
    """Rule of ``maximum`` and ``minimum``: the gradient goes to the one that was taken, to the second of two equals."""

    def rule(operation: Operation) -> Part:
        first, second = operation["x1"], operation["x2"]
        if operation.wanted == "x1":
            return masked(operation.dh, compared(first, sign, second))
        return masked(operation.dh, compared(second, f"{sign}=", first))

    return rule


def _angle(operation: Operation) -> Part:
    y, x = operation["x1"], operation["x2"]
    return (operation.dh * x if operation.wanted == "x1" else -operation.dh * y) / (x**2 + y**2)


def _remainder(operation: Operation) -> Part:
    if operation.wanted == "x1":
        return operation.dh
    quotient = operation["x1"] / operation["x2"]
    return -operation.dh * like("trunc" if operation.name == "fmod" else "floor", quotient)


def _log_sum(operation: Operation) -> Part:
    base = {"logaddexp": "exp", "logaddexp2": "exp2"}[operation.name]
    return operation.dh * like(base, operation.x - operation.out)


def _copied_sign(operation: Operation) -> Part | None:
    x, y = operation["x1"], operation["x2"]
    return operation.dh * like("sign", x) * like("sign", y) if operation.wanted == "x1" else None


def _where(operation: Operation) -> Part | None:
    if operation.wanted == "condition":
        return None
    condition, dh = operation["condition"], operation.dh
    first, second = (dh, number(0)) if operation.wanted == "x" else (number(0), dh)
    return chosen(condition.text, first, second, (dh * condition).shape)


def _clip(operation: Operation) -> Part | None:
    a = operation["a"]
    low = next((operation[name] for name in ("a_min", "min") if name in operation.values), None)
    high = next((operation[name] for name in ("a_max", "max") if name in operation.values), None)
    if operation.wanted in ("a_min", "min"):
        return masked(operation.dh, compared(a, "<", operation.x))
    if operation.wanted in ("a_max", "max"):
        return masked(operation.dh, compared(a, ">", operation.x))
    masks = [compared(a, sign, limit) for sign, limit in ((">", low), ("<", high)) if limit is not None]
    if not masks:
        return operation.dh
    return masked(operation.dh, both(*masks) if len(masks) == 2 else masks[0])


def _converted(operation: Operation) -> Part | None:
    """Whole numbers and truths move in jumps."""
    dtype = operation.constants.get("dtype")
    whole = isinstance(dtype, (str, np.dtype)) and np.dtype(dtype).kind in "iub"
    return None if whole else operation.dh


def broadcasting(rule: Rule) -> Rule:
    """Rule of an operation that stretches its arguments to one shape: what was stretched is summed back."""

    def summed(operation: Operation) -> Part | None:
        found = rule(operation)
        return None if found is None else summed_back(found, operation.out, operation.x.shape)

    return summed


_SMOOTH: Final[Mapping[str, Rule]] = {
    **{name: _cellwise(derivative) for name, derivative in ONE_ARGUMENT.items()},
    "add": _sum,
    "subtract": _difference,
    "multiply": _product,
    "divide": _quotient,
    "power": _power,
    "float_power": _power,
    "maximum": _chooses(">"),
    "fmax": _chooses(">"),
    "minimum": _chooses("<"),
    "fmin": _chooses("<"),
    "arctan2": _angle,
    "hypot": lambda operation: operation.dh * operation.x / operation.out,
    "remainder": _remainder,
    "fmod": _remainder,
    "logaddexp": _log_sum,
    "logaddexp2": _log_sum,
    "copysign": _copied_sign,
    "where": _where,
    "clip": _clip,
    "astype": _converted,
    "array": _converted,
    "copy": _converted,
    "ascontiguousarray": _converted,
}

RULES: Final[Mapping[str, Rule]] = {
    **{name: broadcasting(rule) for name, rule in _SMOOTH.items()},
    **dict.fromkeys(
        (
            "sign", "floor", "ceil", "round", "rint", "trunc", "fix", "isnan", "isfinite", "isinf", "signbit",
            "floor_divide", "heaviside", "less", "less_equal", "greater", "greater_equal", "equal", "not_equal",
            "logical_and", "logical_or", "logical_not", "logical_xor", "bitwise_and", "bitwise_or",
            "bitwise_xor", "left_shift", "right_shift", "invert", "imag",
            "isposinf", "isneginf", "isreal", "iscomplex", "spacing", "bitwise_count",
        ),
        flat,
    ),
}  # fmt: skip
"""By the name of the function; an operator has the rule of its function."""
