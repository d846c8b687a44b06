"""Chains: cell-by-cell steps that feed one another, found in a plan so that a device can run each chain as one step.

``exp(-X * X) + sin(X) * 2`` is six steps and five arrays as large as ``X`` that nobody sees. As one chain it goes over
``X`` once, piece by piece, and only the result is ever as large; every cell is computed by the same operations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from playground.compute.functions.targets import numpy_function
from playground.compute.planning.lifetimes import Constant, Operation, needed, sum_of_counts
from playground.compute.planning.steps import ORDERED
from playground.language.signature import Signature

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.compute.planning.lifetimes import Reference

CHAIN: Final = "chain"
"""Target of a step that stands for several; its ``inner`` steps say which."""

LEAST_CELLS: Final = 1 << 15
"""Cells of a result from which a chain pays: from 256 KiB on NumPy too writes over what a formula won't need again."""

LEAST_ALONE: Final = 1 << 17
"""Cells from which a step alone is worth a chain: below, starting threads takes as long as what they would save."""

OWN_CELLWISE: Final = frozenset(
    {"relu", "leaky_relu", "elu", "selu", "sigmoid", "silu", "gelu", "mish", "softplus", "softsign", "erf", "where"}
)
"""Functions that are no universal functions of NumPy's but compute each cell by itself all the same."""

COSTLY: Final = frozenset(
    {
        "op:**", "op://", "op:%", "power", "float_power", "floor_divide", "remainder", "mod", "fmod",
        "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "logaddexp", "logaddexp2", "cbrt", "hypot",
        "sin", "cos", "tan", "arcsin", "arccos", "arctan", "arctan2", "sinh", "cosh", "tanh", "arcsinh", "arccosh",
        "arctanh", "heaviside", "nextafter", "spacing",
        "sigmoid", "silu", "gelu", "mish", "softplus", "softsign", "erf", "leaky_relu",
    }
)  # fmt: skip
"""What computing is slower than memory for, as measured: alone, anything else is no faster on more cores."""

_CHEAP_POWERS: Final = (-1, 0.5, 1, 2)

_FRESH: Final = frozenset({"op:@", ORDERED, "matmul", "dot", "linalg.inv", "linalg.solve"})
"""Steps whose result is memory of its own, so that a chain that alone needs it may write into it."""


def with_chains(references: list[Reference], result: int) -> list[Reference]:
    """Give ``references`` with the last step of each chain replaced by the chain; the others are no longer needed.

    Parameters
    ----------
    references, result
        As ``arrange`` takes them.
    """
    cellwise = {at for at, found in enumerate(references) if isinstance(found, Operation) and _is_cellwise(found)}
    if not cellwise:
        return references
    users = _users(references, result)
    made, taken = list(references), set[int]()
    for root in sorted(cellwise & users.keys(), reverse=True):
        if root in taken:
            continue
        members = _members(root, references, cellwise - taken - {result}, users)
        chain = _chain(sorted(members), references, users)
        if len(members) > 1 or chain.donor is not None or _is_costly(references[root], references):
            made[root] = chain
            taken |= members
    return made


def _is_costly(step: Reference, references: list[Reference]) -> bool:
    """Whether a step alone is worth a chain; some powers are a square, a square root, a reciprocal."""
    if not isinstance(step, Operation) or step.target not in COSTLY:
        return False
    if not isinstance(step.signature, Signature) or (step.signature.size or 0) < LEAST_ALONE:
        return False
    last = references[step.arguments[-1]]
    exponent = last.value if isinstance(last, Constant) else None
    return not (step.target == "op:**" and isinstance(exponent, int | float) and exponent in _CHEAP_POWERS)


def _is_cellwise(call: Operation) -> bool:
    signature = call.signature
    if not isinstance(signature, Signature) or (signature.size or 0) < LEAST_CELLS:
        return False
    kind, colon, sign = call.target.partition(":")
    if colon:
        return kind == "unary" or (kind == "op" and sign != "@")
    if call.target in OWN_CELLWISE:
        return True
    function = numpy_function(call.target)
    return isinstance(function, np.ufunc) and function.nout == 1 and not function.signature and not call.keywords


def _users(references: list[Reference], result: int) -> dict[int, set[int]]:
    """Which operations use each reference, of all that the result needs."""
    users: dict[int, set[int]] = {at: set() for at in needed(references, result)}
    for at in users:
        found = references[at]
        if isinstance(found, Operation):
            for reference in found.references:
                users[reference].add(at)
    return users


def _members(
    root: int, references: list[Reference], free: set[int], users: Mapping[int, set[int]]
) -> set[int]:  # fmt: skip
    """The steps that nobody but ``root`` needs in the end, and that have its shape."""
    members, pending = {root}, [root]
    while pending:
        call = references[pending.pop()]
        assert isinstance(call, Operation)
        for at in call.references:
            if at in free and at not in members and users[at] <= members and _shape(references[at]) == _shape(call):
                members.add(at)
                pending.append(at)
    return members


def _chain(members: list[int], references: list[Reference], users: Mapping[int, set[int]]) -> Operation:
    calls = [found for found in (references[at] for at in members) if isinstance(found, Operation)]
    outside = list(dict.fromkeys(at for call in calls for at in call.references if at not in members))
    places = {at: place for place, at in enumerate([*outside, *members])}
    inner = tuple(
        Operation(
            call.target,
            tuple(places[at] for at in call.arguments),
            tuple((name, places[at]) for name, at in call.keywords),
            call.span,
            call.text,
            call.signature,
            call.flops,
        )
        for call in calls
    )
    last = calls[-1]
    flops = sum_of_counts(call.flops for call in calls)
    donor = next((place for place, at in enumerate(outside) if _gives(at, last, references, users, members)), None)
    return Operation(CHAIN, tuple(outside), (), last.span, last.text, last.signature, flops, inner, donor)


def _gives(
    at: int, last: Operation, references: list[Reference], users: Mapping[int, set[int]], members: list[int]
) -> bool:
    """Whether the chain may write its result into the memory of reference ``at``."""
    found = references[at]
    return (
        isinstance(found, Operation)
        and found.target in _FRESH
        and found.signature == last.signature
        and users[at] <= set(members)
    )


def _shape(found: Reference) -> object:
    return found.signature.shape if isinstance(found, Operation) and isinstance(found.signature, Signature) else None
