"""The dtype of a result: NumPy's own promotion, asked without any array."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from playground.language.mistake import Mistake
from playground.language.values import MISSING
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.language.arguments import Arguments
    from playground.language.values import Value

DtypeRule = Callable[["Arguments"], "np.dtype | tuple[np.dtype, ...]"]

BOOL: Final = np.dtype(bool)
INDEX: Final = np.dtype(np.intp)
DEFAULT_INTEGER: Final = np.dtype(np.int_)
DEFAULT_UNSIGNED: Final = np.dtype(np.uint)
FLOAT: Final = np.dtype(float)

UFUNCS: Final[dict[str, np.ufunc]] = {
    ufunc.__name__: ufunc
    for ufunc in (
        np.add, np.subtract, np.multiply, np.divide, np.floor_divide, np.remainder, np.power, np.matmul, np.vecdot,
        np.bitwise_and, np.bitwise_or, np.bitwise_xor, np.left_shift, np.right_shift, np.less, np.less_equal,
        np.greater, np.greater_equal, np.equal, np.not_equal, np.negative, np.positive, np.invert, np.absolute,
        np.sqrt, np.square, np.exp, np.log, np.log2, np.log10, np.sin, np.cos, np.tan, np.tanh, np.arctan2, np.sign,
        np.maximum, np.minimum, np.floor, np.ceil, np.isnan, np.isfinite, np.conjugate, np.rint, np.trunc, np.arcsin,
        np.arccos, np.arctan, np.sinh, np.cosh, np.arcsinh, np.arccosh, np.arctanh, np.deg2rad, np.rad2deg, np.hypot,
        np.exp2, np.expm1, np.log1p, np.cbrt, np.reciprocal, np.logaddexp, np.logaddexp2, np.float_power,
        np.heaviside, np.fmod, np.gcd, np.lcm, np.fabs, np.divmod, np.modf, np.frexp, np.ldexp, np.copysign,
        np.nextafter, np.spacing, np.logical_and, np.logical_or, np.logical_xor, np.logical_not, np.isinf, np.signbit,
        np.bitwise_count, np.fmax, np.fmin,
    )
}  # fmt: skip
"""The universal functions whose dtype rules are asked; never reached by a name that a person typed."""

_COMPARISONS: Final = frozenset({"less", "less_equal", "greater", "greater_equal", "equal", "not_equal"})


@lru_cache(maxsize=4096)
def _resolve(
    name: str, kinds: tuple[type | np.dtype, ...], given: np.dtype | None = None
) -> tuple[np.dtype, ...] | None:
    ufunc = UFUNCS[name]
    wanted = (*kinds, *(None,) * ufunc.nout)
    try:
        if given is None:
            return ufunc.resolve_dtypes(wanted)
        return ufunc.resolve_dtypes(wanted, signature=(*(None,) * ufunc.nin, *(given,) * ufunc.nout))
    except TypeError:
        return None


def _kind(value: Value, all_weak: bool) -> type | np.dtype:
    """Give what stands for ``value`` when dtypes are resolved: a Python type for a weak number."""
    assert value.signature is not None
    if not value.signature.weak or value.signature.dtype.kind == "b":
        return value.signature.dtype
    if all_weak:
        return np.asarray(value.constant).dtype if value.is_number else value.signature.dtype
    return {"i": int, "u": int, "f": float, "c": complex}[value.signature.dtype.kind]


def ufunc_dtype(name: str, values: Sequence[Value], shown: str = "") -> np.dtype:
    """Dtype of the universal function ``name`` of ``values``; raises ``Mistake`` where NumPy has no loop for them."""
    return ufunc_dtypes(name, values, shown)[-1]


def ufunc_dtypes(
    name: str, values: Sequence[Value], shown: str = "", given: np.dtype | None = None
) -> tuple[np.dtype, ...]:
    """Dtypes of all results of the universal function ``name``, computed in the dtype ``given`` if there is one.

    Raises as ``ufunc_dtype`` does.
    """
    all_weak = all(value.signature is not None and value.signature.weak for value in values)
    found = _resolve(name, tuple(_kind(value, all_weak) for value in values), given)
    if found is None:
        raise undefined(shown or name, values, given)
    if name not in _COMPARISONS:
        for value, dtype in zip(values, found, strict=False):
            check_fits(value, dtype)
    if name == "power" and found[-1].kind in "iu":
        _check_exponent(values)
    return found[len(values) :]


def squares_truths(base: Value, exponent: Value, *, is_entry: bool) -> bool:
    """Tell whether ``base ** exponent`` is what NumPy computes as ``square``: any array to the power of a typed 2.

    Only for truths does that give another dtype than ``power``. A single truth that was computed is no array.
    """
    signature = base.signature
    is_truth = signature is not None and signature.dtype is BOOL and not signature.weak
    return is_truth and type(exponent.constant) is int and exponent.constant == 2 and bool(base.axes or is_entry)


def _check_exponent(values: Sequence[Value]) -> None:
    base, exponent = values
    if base.signature is None or base.signature.size == 0:
        return
    if isinstance(exponent.constant, int) and exponent.constant < 0:
        raise Mistake(
            "integer-power",
            tr("Integers have no negative powers among the integers."),
            tr("Write the exponent with a point: {exponent}.0.", exponent=exponent.constant),
            span=exponent.span,
        )


def undefined(shown: str, values: Sequence[Value], given: np.dtype | None = None) -> Mistake:
    """Say that an operation isn't defined for the dtypes at hand, or doesn't compute them in the one ``given``."""
    dtypes = tr(" and ").join(dict.fromkeys(str(v.signature.dtype) for v in values if v.signature is not None))
    if given is not None:
        return Mistake(
            "dtype",
            tr("{operation} of {dtypes} doesn't give {given}.", operation=shown, dtypes=dtypes, given=given),
            tr("Leave dtype= out and convert the result: .astype({given}).", given=given),
        )
    hints = {"-": tr("Write ~A to negate truths, or A ^ B for a difference of truths."), "^": tr("A power is **.")}
    return Mistake(
        "dtype", tr("{operation} isn't defined for {dtypes}.", operation=shown, dtypes=dtypes), hints.get(shown, "")
    )


_WIDEST: Final = 8
"""Bytes of the integers that hold most."""


def check_fits(value: Value, dtype: np.dtype) -> None:
    """Raise ``Mistake`` where ``value`` is a typed integer that the integer ``dtype`` can't hold."""
    weak = value.signature is not None and value.signature.weak
    if not weak or dtype.kind not in "iu" or not isinstance(value.constant, int):
        return
    limits = np.iinfo(dtype)
    if not limits.min <= value.constant <= limits.max:
        raise Mistake(
            "integer-range",
            tr("{number} doesn't fit into {dtype}, which holds {low} to {high}.",
               number=value.text, dtype=dtype, low=limits.min, high=limits.max),
            tr("Convert the array first, such as A.astype(int64).")
            if dtype.itemsize < _WIDEST
            else tr("Write the number with a point, as a float."),
            span=value.span,
        )  # fmt: skip


def check_cells_fit(value: Value, dtype: np.dtype) -> None:
    """Raise ``Mistake`` where a typed number or list holds a whole number that ``dtype`` can't."""
    constant = value.constant
    if (
        dtype.kind not in "iu"
        or constant is MISSING
        or value.signature is None
        or value.signature.dtype.kind not in "iu"
    ):
        return
    cells = np.asarray(constant)
    for number in (int(cells.min()), int(cells.max())) if cells.size else ():
        check_fits(replace(value, signature=replace(value.signature, weak=True), constant=number), dtype)


@lru_cache(maxsize=1024)
def _promoted(kinds: tuple[type | np.dtype, ...]) -> np.dtype:
    return np.result_type(*(kind(0) if isinstance(kind, type) else kind for kind in kinds))


def promoted(values: Sequence[Value]) -> np.dtype:
    """Give the common dtype of ``values``, typed numbers counting as weak (NEP 50)."""
    return _promoted(tuple(_kind(value, False) for value in values))


def promoted_strong(values: Sequence[Value]) -> np.dtype:
    """Give the common dtype of ``values``, typed numbers counting as int64, float64 or complex128."""
    return _promoted(tuple(value.signature.dtype for value in values if value.signature is not None))


def as_array(value: Value) -> Value:
    """Give a typed number as the array that NumPy makes of it: it no longer takes the dtype of what it meets."""
    if value.signature is None or not value.signature.weak:
        return value
    return replace(value, signature=replace(value.signature, weak=False), constant=MISSING)


def of_dtype(value: Value, dtype: np.dtype) -> Value:
    """Give ``value`` as an array of another dtype."""
    assert value.signature is not None
    return replace(value, signature=replace(value.signature, dtype=dtype, weak=False), constant=MISSING)


def inexact(dtype: np.dtype) -> np.dtype:
    """``dtype`` itself where it holds fractions, else float64."""
    return dtype if dtype.kind in "fc" else FLOAT


def real_of(dtype: np.dtype) -> np.dtype:
    """Dtype of the absolute values."""
    return {"complex64": np.dtype("float32"), "complex128": FLOAT}.get(dtype.name, dtype)


def summed(dtype: np.dtype) -> np.dtype:
    """Dtype of a sum: integers narrower than the default one are widened to it."""
    if dtype.kind in "bi" and dtype.itemsize < DEFAULT_INTEGER.itemsize:
        return DEFAULT_INTEGER
    if dtype.kind == "u" and dtype.itemsize < DEFAULT_UNSIGNED.itemsize:
        return DEFAULT_UNSIGNED
    return dtype


def linear_algebra(dtype: np.dtype, shown: str) -> np.dtype:
    """Dtype in which LAPACK works; raises ``Mistake`` for float16, which it doesn't know."""
    if dtype == np.dtype("float16"):
        raise Mistake(
            "dtype",
            tr("{function} isn't defined for float16.", function=shown),
            tr("Convert first: .astype(float32)."),
        )
    return inexact(dtype)


# -- rules for the rows of the table ----------------------------------------------------------------------------


UFUNC_OPTIONS: Final = "out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True"
"""The parameters that universal functions have behind their operands."""


def of_ufunc(name: str, *parameters: str) -> DtypeRule:
    """Make the rule of a universal function of the named parameters, which may have ``UFUNC_OPTIONS``."""

    def rule(arguments: Arguments) -> np.dtype:
        values = [arguments.array(p) for p in parameters]
        if len(arguments.values) == len(values):
            return ufunc_dtype(name, values, arguments.shown)
        _check_all_cells(arguments)
        return ufunc_dtypes(name, values, arguments.shown, arguments.dtype("dtype"))[-1]

    return rule


def _check_all_cells(arguments: Arguments) -> None:
    """Raise ``Mistake`` where a universal function is to leave cells out: whatever lies in memory stays there."""
    where = arguments.values.get("where")
    if where is not None and where.constant is not True:
        call = f"{arguments.shown}({', '.join(p.name for p in arguments.function.parameters if p.required)})"
        raise Mistake(
            "argument",
            tr("where= of {function} leaves undefined what it doesn't choose.", function=arguments.shown),
            tr("Write where(mask, {call}, 0).", call=call),
            span=where.span,
        )


def of(parameter: str) -> DtypeRule:
    """Make the rule "the dtype of this argument"."""
    return lambda arguments: arguments.dtype_of(parameter)


def fixed(dtype: np.dtype) -> DtypeRule:
    """Make the rule "always this dtype"."""
    return lambda arguments: dtype


def given_or(default: Callable[[np.dtype], np.dtype], parameter: str = "a") -> DtypeRule:
    """Make the rule of a reduction: its ``dtype=``, or ``default`` of its argument's dtype."""

    def rule(arguments: Arguments) -> np.dtype:
        return arguments.dtype("dtype") or default(arguments.dtype_of(parameter))

    return rule


def spread(arguments: Arguments) -> np.dtype:
    """Dtype of ``std`` and ``var``: real, never an integer, but what is asked for."""
    return arguments.dtype("dtype") or real_of(inexact(arguments.dtype_of("a")))


def check_same_kind(old: np.dtype, new: np.dtype, arguments: Arguments) -> None:
    """Raise ``Mistake`` where ``dtype=`` would lose fractions, signs or imaginary parts, which NumPy refuses."""
    if not np.can_cast(old, new, "same_kind"):
        raise Mistake(
            "dtype",
            tr("{function} doesn't turn {old} into {new}.", function=arguments.shown, old=old, new=new),
            tr("Convert first: .astype({new}).", new=new),
            span=arguments.values["dtype"].span,
        )


def inexact_of_inexact(rule: DtypeRule) -> DtypeRule:
    """Make the rule of a reduction that passes nan over: fractions stay fractions, whatever ``dtype=`` says."""

    def checked(arguments: Arguments) -> np.dtype | tuple[np.dtype, ...]:
        given = arguments.dtype("dtype")
        if given is not None and given.kind not in "fc" and arguments.dtype_of("a").kind in "fc":
            raise Mistake(
                "dtype",
                tr("{function} of fractions gives fractions; {dtype} holds none.",
                   function=arguments.shown, dtype=given),
                tr("Leave dtype out."),
                span=arguments.values["dtype"].span,
            )  # fmt: skip
        return rule(arguments)

    return checked


def floating(arguments: Arguments) -> np.dtype:
    """Dtype of our own activations: integers become float64; complex numbers have no place."""
    dtype = inexact(arguments.dtype_of("x"))
    if dtype.kind == "c":
        raise undefined(arguments.shown, [arguments.array("x")])
    return dtype


def strong(*parameters: str) -> DtypeRule:
    """Make the rule of ``dot``, ``outer`` and their kin, which turn typed numbers into arrays first."""
    return lambda arguments: promoted_strong([arguments.array(p) for p in parameters])


def weak(*parameters: str) -> DtypeRule:
    """Make the rule of ``where`` and its kin: the common dtype, typed numbers being weak."""
    return lambda arguments: promoted([arguments.array(p) for p in parameters])


def lapack(parameter: str, *, real: bool = False) -> DtypeRule:
    """Make the rule of one result of linear algebra, ``real`` for singular values and norms."""

    def rule(arguments: Arguments) -> np.dtype:
        dtype = linear_algebra(arguments.dtype_of(parameter), arguments.shown)
        return real_of(dtype) if real else dtype

    return rule


def each(*rules: DtypeRule) -> DtypeRule:
    """Make the rule of several results from one rule for each."""
    return lambda arguments: tuple(rule(arguments) for rule in rules)  # type: ignore[misc]
