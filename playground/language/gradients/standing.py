"""Formulas that functions of NumPy stand for, to differentiate them by; and why the others have no gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping


class Standing(Record):
    """What a function stands for where some arguments are as given.

    Attributes
    ----------
    plain
        A formula of its parameters.
    only
        The values that parameters must have, by name, their defaults among them; others may have any.
    result
        Of several results, the one that this is.
    """

    plain: str
    only: Mapping[str, tuple[object, ...]] = {}
    result: int = 0


STANDING: Final[Mapping[str, Standing]] = {
    "corrcoef": Standing(
        "cov(x, rowvar=rowvar) / sqrt(outer(diag(cov(x, rowvar=rowvar)), diag(cov(x, rowvar=rowvar))))", {"y": (None,)}
    ),
    "diagflat": Standing("diag(ravel(v), k)"),
    "ediff1d": Standing("diff(ravel(ary))", {"to_end": (None,), "to_begin": (None,)}),
    "extract": Standing("arr[condition]"),
    "linalg.cond": Standing("linalg.svdvals(x)[..., 0] / linalg.svdvals(x)[..., -1]", {"p": (None, 2)}),
    "linalg.lstsq": Standing("linalg.pinv(a) @ b"),
    "nancumprod": Standing("cumprod(where(isnan(a), 1, a), axis=axis)"),
    "nancumsum": Standing("cumsum(where(isnan(a), 0, a), axis=axis)"),
    "nanprod": Standing("prod(where(isnan(a), 1, a), axis=axis, keepdims=keepdims)"),
    "nanstd": Standing(
        "sqrt(nanmean((a - nanmean(a, axis=axis, keepdims=True))**2, axis=axis, keepdims=keepdims))", {"ddof": (0,)}
    ),
    "nanvar": Standing(
        "nanmean((a - nanmean(a, axis=axis, keepdims=True))**2, axis=axis, keepdims=keepdims)", {"ddof": (0,)}
    ),
}


def reason(name: str) -> tuple[str, str]:
    """Give the sentence that says why a function has no gradient, and what to write instead; that may be empty."""
    match name:
        case "linalg.eig" | "linalg.eigvals":
            why = tr("{function} gives complex numbers, and gradients are of real ones here.", function=name)
            return why, tr("Write linalg.eigh or linalg.eigvalsh, if the matrix is symmetric.")
        case "gram_schmidt":
            return _in_steps(name), tr("Write linalg.qr(A).Q: it is the same up to signs, and has a gradient.")
        case "power_iteration":
            return _in_steps(name), tr("Write linalg.eigh(A), if the matrix is symmetric.")
        case "polyfit":
            return _in_steps(name), tr("Write linalg.pinv(vander(x, n)) @ y.")
        case "i0":
            return tr("The derivative of i0 is the function i1, which isn't in the language."), ""
    if name.startswith("fft."):
        return tr("{function} has complex numbers in it, and gradients are of real ones here.", function=name), ""
    if name.startswith("random."):
        return tr("{function} draws numbers; they don't follow a formula.", function=name), ""
    if name in _PICKING:
        why = tr("{function} decides by comparing cells which ones come out, and that moves in jumps.", function=name)
        return why, tr("Take the cells by an index, and differentiate that.")
    return tr("{function} has no gradient here.", function=name), ""


def _in_steps(name: str) -> str:
    return tr("{function} is computed in several steps, so its gradient is no single formula.", function=name)


_PICKING: Final = frozenset(
    ("unique", "intersect1d", "union1d", "setdiff1d", "setxor1d", "nonzero", "argwhere", "partition", "trim_zeros")
)
