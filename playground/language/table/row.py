"""One row of the function table, and how a call's arguments find its parameters."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.mistake import Mistake
from playground.language.nodes import Literal, Unary
from playground.language.values import Value
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.gradients.operation import Rule as GradientRule
    from playground.language.nodes import Call
    from playground.language.rules.dtypes import DtypeRule
    from playground.language.rules.shapes import FlopRule, ShapeRule

REQUIRED: Final = ...
"""Default of a parameter that has none."""


class Parameter(Record):
    """One parameter.

    Attributes
    ----------
    name, default
        As NumPy has them; ``REQUIRED`` where there is no default.
    by_position, by_name
        How it may be given.
    variadic
        True for ``*operands``.
    """

    name: str
    default: object = REQUIRED
    by_position: bool = True
    by_name: bool = True
    variadic: bool = False

    @property
    def required(self) -> bool:
        """True where a call must give it."""
        return self.default is REQUIRED and not self.variadic


class Function(Record):
    """A row: all that is known of one function.

    Attributes
    ----------
    name
        Canonical name, ``linalg.norm``.
    signature
        Its parameters as Python writes them: ``"a, axis=None, *, keepdims=False"``.
    shape, dtype
        Rules for the result; for several results each gives a tuple.
    category, help, example
        Where and how it is shown. The example runs as it stands.
    method
        True where arrays have it as a method: ``A.sum()``.
    results
        Field names where there are several results.
    flops
        Rule for the count of floating-point operations.
    numpy_target, cupy_target
        What runs it: a dotted name within NumPy and CuPy, or ``own:softmax``. The name itself where empty;
        ``cupy_target`` is None where a GPU can't.
    addition
        True where NumPy doesn't have it.
    rare
        True for what a learner seldom needs; completion offers it last.
    plain
        What NumPy has for an addition, which ``as_numpy`` writes in its place: a formula of its parameters, perhaps
        after lines that name parts of it, or a whole ``def`` where no formula says it.
    """

    name: str
    signature: str
    shape: ShapeRule
    dtype: DtypeRule
    category: str
    help: str
    example: str
    method: bool = False
    results: tuple[str, ...] = ()
    flops: FlopRule | None = None
    numpy_target: str = ""
    cupy_target: str | None = ""
    addition: bool = False
    rare: bool = False
    plain: str = ""

    def __post_init__(self) -> None:
        target = self.numpy_target or self.name
        object.__setattr__(self, "numpy_target", target)
        if self.cupy_target == "":
            object.__setattr__(self, "cupy_target", target)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its parameters in order."""
        return _parameters(self.signature)

    @property
    def method_name(self) -> str | None:
        """Name of the array method, None where there is none."""
        return self.name if self.method else None

    @property
    def gradient(self) -> GradientRule | None:
        """Rule of its gradient; None where it has none, or where that of its ``plain`` formula serves."""
        from playground.language.gradients.rules import RULES  # the first gradient waits for the rules, no start does

        return RULES.get(self.name)

    def parameter(self, name: str) -> Parameter:
        """Give a parameter by name; raises KeyError for none such."""
        return _by_name(self.signature)[name]


_EXAMPLE: Final = "[[-1.0, 2.0], [0.5, 3.0]]"


def added(
    name: str,
    signature: str,
    help_: str,
    plain: str,
    shape: ShapeRule,
    dtype: DtypeRule,
    count: FlopRule | None,
    example: str = _EXAMPLE,
    *,
    category: str = "learning",
    results: tuple[str, ...] = (),
    rare: bool = False,
) -> Function:
    """Make the row of an addition to NumPy, which runs our own function of that name; ``example`` is its arguments."""
    return Function(name, signature, shape, dtype, category, help_, f"{name}({example})", results=results,
                    flops=count, numpy_target=f"own:{name}", addition=True, rare=rare, plain=plain)  # fmt: skip


@cache
def _by_name(signature: str) -> dict[str, Parameter]:
    return {parameter.name: parameter for parameter in _parameters(signature)}


@cache
def _parameters(signature: str) -> tuple[Parameter, ...]:
    arguments = ast.parse(f"lambda {signature}: 0", mode="eval").body.args  # type: ignore[attr-defined]
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [REQUIRED] * (len(positional) - len(arguments.defaults)) + [
        words.DTYPES[default.id] if isinstance(default, ast.Name) else ast.literal_eval(default)
        for default in arguments.defaults
    ]
    found = [
        Parameter(argument.arg, default, by_name=index >= len(arguments.posonlyargs))
        for index, (argument, default) in enumerate(zip(positional, defaults, strict=True))
    ]
    if arguments.vararg is not None:
        found.append(Parameter(arguments.vararg.arg, by_name=False, variadic=True))
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        value = REQUIRED if default is None else ast.literal_eval(default)
        found.append(Parameter(argument.arg, value, by_position=False))
    return tuple(found)


UNSUPPORTED: Final = frozenset({
    "out", "copy", "retstep", "casting", "subok", "device", "overwrite_input", "returned", "fweights", "aweights",
    "return_indices", "equal_nan", "full", "cov",
})  # fmt: skip
"""Parameters that are in the table to keep NumPy's positions; only their default may be given."""


_BY_PLACE_BEHIND_A_DOT: Final = frozenset({"reshape", "transpose", "swapaxes", "conj"})
"""Methods of NumPy's arrays that know no names for what their functions do."""


def bind(function: Function, call: Call, values: tuple[Value, ...], keywords: dict[str, Value]) -> dict[str, Value]:
    """Pair arguments with parameters as Python does.

    Returns
    -------
    dict
        Values of the parameters that were given; ``*operands`` as one value with ``items``.

    Raises
    ------
    Mistake
        For an argument too many, one missing, or a keyword that doesn't exist.
    """
    bound = _by_position(function, call, values)
    for name, value in keywords.items():
        parameter = next((p for p in function.parameters if p.name == name and p.by_name), None)
        if call.is_method and function.name in _BY_PLACE_BEHIND_A_DOT and parameter is not None and name != "order":
            raise Mistake(
                "unknown-keyword",
                tr("Behind a dot {function} takes no {name}=.", function=function.name, name=name),
                tr("Write the value alone, or {function}(x, {name}=…).", function=function.name, name=name),
                span=value.span,
            )
        if parameter is None:
            names = ", ".join(p.name for p in function.parameters if p.by_name and p.name not in UNSUPPORTED)
            raise Mistake(
                "unknown-keyword",
                tr("{function} has no parameter {name}.", function=function.name, name=name),
                tr("It has: {names}.", names=names) if names else "",
                span=value.span,
            )
        if name in bound:
            raise Mistake(
                "argument", tr("{name} of {function} is given twice.", name=name, function=function.name),
                span=value.span,
            )  # fmt: skip
        bound[name] = value
    _check(function, call, bound)
    return bound


def _by_position(function: Function, call: Call, values: tuple[Value, ...]) -> dict[str, Value]:
    bound: dict[str, Value] = {}
    places = [parameter for parameter in function.parameters if parameter.by_position]
    for index, value in enumerate(values):
        parameter = places[min(index, len(places) - 1)] if places else None
        if parameter is not None and parameter.variadic:
            first = values[index]
            bound[parameter.name] = Value(first.text, first.span, items=values[index:], is_tuple=True)
            break
        if index >= len(places):
            raise Mistake(
                "argument",
                tr(
                    "{function} takes {limit}, and here are {n}.",
                    function=function.name,
                    limit=_at_most(len(places)),
                    n=len(values),
                ),
                span=value.span,
            )
        assert parameter is not None
        bound[parameter.name] = value
    return bound


def _at_most(limit: int) -> str:
    if not limit:
        return tr("no arguments")
    return tr("one argument") if limit == 1 else tr("at most {limit} arguments", limit=limit)


def _check(function: Function, call: Call, bound: dict[str, Value]) -> None:
    for parameter in function.parameters:
        value = bound.get(parameter.name)
        if value is None and parameter.required:
            raise Mistake(
                "missing-argument",
                tr("{function} needs its argument {name}.", function=function.name, name=parameter.name),
                tr("For example: {example}", example=function.example),
                span=call.name_span,
            )
        if value is None:
            continue
        if parameter.name == "order":
            _check_order(function, parameter, value)
        if isinstance(parameter.default, bool) and parameter.name != "where":
            _check_truth(function, parameter, value)
        if parameter.name in UNSUPPORTED and parameter.default not in (REQUIRED, value.constant):
            raise _not_offered(function, call, parameter, value)


def _not_offered(function: Function, call: Call, parameter: Parameter, value: Value) -> Mistake:
    """Say that a parameter can't be given here; who gave it by its place alone meant something else."""
    if any(value.span == argument.span for argument in call.arguments):
        places = [each.name for each in function.parameters if each.by_position]
        offered = places[: places.index(parameter.name)]
        return Mistake(
            "argument",
            tr(
                "{function} takes {limit}: {names}. Here are {n}.",
                function=function.name,
                limit=_at_most(len(offered)),
                names=", ".join(offered),
                n=len(call.arguments),
            ),
            _too_many_hint(function, call),
            span=value.span,
        )
    return Mistake(
        "argument",
        tr("{name} of {function} isn't offered here.", name=parameter.name, function=function.name),
        tr("Leave it out."),
        span=value.span,
    )


def _too_many_hint(function: Function, call: Call) -> str:
    """Say what may be meant by arguments that are too many: only numbers beside each other are one list."""
    numbers = all(isinstance(argument, (Literal, Unary)) for argument in call.arguments)
    if numbers and function.name != "log":
        return tr("Put what belongs together into a list: [3, 2, 1].")
    return tr("For example: {example}", example=function.example)


def _check_truth(function: Function, parameter: Parameter, value: Value) -> None:
    """Raise ``Mistake`` for many truths where one is asked for."""
    if value.signature is not None and value.signature.ndim and value.signature.size != 1:
        raise Mistake(
            "argument",
            tr("{name} of {function} is one truth, and {value} has many cells.",
               name=parameter.name, function=function.name, value=value.text),
            tr("Write {name}=True or leave it out.", name=parameter.name),
            span=value.span,
        )  # fmt: skip


def _check_order(function: Function, parameter: Parameter, value: Value) -> None:
    """Raise ``Mistake`` for an order that NumPy doesn't have here, or that how an array lies in memory decides."""
    choices = ("C", "F", "A", "K") if parameter.default == "K" else ("C", "F")
    given = value.constant
    if given is None or (isinstance(given, str) and given.upper() in choices):
        return
    raise Mistake(
        "argument",
        tr("order of {function} is 'C', row after row, or 'F', column after column.", function=function.name),
        span=value.span,
    )
