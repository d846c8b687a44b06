"""Which function ties its value to its arguments how. A function without a row here, and not cellwise, is unsayable."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.explain.tie_folds import alone, fold, line, power, running, solved
from playground.explain.tie_joins import append, array, column_stack, concatenate, hstack, stack, vstack
from playground.explain.tie_moves import (
    diagonal,
    diff,
    flip,
    matrix_transpose,
    moveaxis,
    pad,
    repeat,
    reshape,
    roll,
    rot90,
    same,
    swapaxes,
    tile,
    transpose,
)
from playground.explain.tie_products import dot, einsum, kron, matmul, matvec, outer, tensordot, vdot, vecdot

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.explain.carrying import Tie
    from playground.explain.ties import Formula
    from playground.language.nodes import Call

    Rule = Callable[[Call, Formula], tuple[Tie, ...]]

FOLDS = (
    "sum prod mean std var min max any all argmin argmax count_nonzero nansum nanprod nanmean nanstd nanvar "
    "nanmin nanmax nanargmin nanargmax median nanmedian ptp logsumexp linalg.vector_norm"
)
REDUCED = (
    "add multiply maximum minimum fmax fmin logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor "
    "logaddexp hypot gcd"
)
RUNNING = "cumsum cumprod cumulative_sum cumulative_prod nancumsum nancumprod"
LINES = "softmax log_softmax sort argsort l2_normalize layer_norm rms_norm fft.fft fft.ifft fft.rfft fft.irfft"
KEPT_ORDER = "reshape ravel squeeze expand_dims atleast_1d atleast_2d"
WHOLE = (
    "mse mae huber hinge binary_cross_entropy binary_cross_entropy_with_logits kl_divergence entropy l1_penalty "
    "l2_penalty array_equal array_equiv allclose cosine_similarity angle_between euclidean_distance"
)
OUTER = (
    "add subtract multiply divide floor_divide remainder power maximum minimum hypot arctan2 equal not_equal less "
    "less_equal greater greater_equal logical_and logical_or bitwise_and bitwise_or bitwise_xor gcd lcm"
)

RULES: dict[str, Rule] = {
    **dict.fromkeys(FOLDS.split(), fold),
    **dict.fromkeys((f"{name}.reduce" for name in REDUCED.split()), partial(fold, default=0)),
    **dict.fromkeys(RUNNING.split(), running),
    **dict.fromkeys((f"{name}.accumulate" for name in REDUCED.split()), partial(running, default=0)),
    **dict.fromkeys(LINES.split(), line),
    **dict.fromkeys(("standardize", "minmax_scale"), partial(line, default=0)),
    **dict.fromkeys(KEPT_ORDER.split(), reshape),
    **dict.fromkeys(("linalg.inv", "linalg.det", "linalg.pinv", "fft.fft2", "fft.ifft2"), partial(alone, batched=True)),
    **dict.fromkeys(WHOLE.split(), alone),
    **dict.fromkeys(("matmul", "linalg.matmul"), matmul),
    **dict.fromkeys(("vecdot", "linalg.vecdot"), vecdot),
    **dict.fromkeys(("copy", "ascontiguousarray", "asfortranarray", "broadcast_to"), same),
    **dict.fromkeys(("outer", "linalg.outer"), outer),
    **dict.fromkeys((f"{name}.outer" for name in OUTER.split()), outer),
    **dict.fromkeys(("diag", "diagonal", "linalg.diagonal"), diagonal),
    **dict.fromkeys(("trace", "linalg.trace"), partial(diagonal, summed=True)),
    **dict.fromkeys(("matrix_transpose", "linalg.matrix_transpose"), matrix_transpose),
    "linalg.norm": fold,
    "linalg.solve": solved,
    "linalg.matrix_power": power,
    "dot": dot,
    "inner": partial(dot, inner=True),
    "vdot": vdot,
    "matvec": matvec,
    "vecmat": partial(matvec, row=True),
    "kron": kron,
    "einsum": einsum,
    "tensordot": tensordot,
    "linalg.tensordot": tensordot,
    "transpose": transpose,
    "swapaxes": swapaxes,
    "moveaxis": moveaxis,
    "flip": flip,
    "flipud": partial(flip, axis=0),
    "fliplr": partial(flip, axis=1),
    "rot90": rot90,
    "roll": roll,
    "tile": tile,
    "repeat": repeat,
    "pad": pad,
    "diff": diff,
    "concatenate": concatenate,
    "append": append,
    "stack": stack,
    "vstack": vstack,
    "hstack": hstack,
    "column_stack": column_stack,
    "array": array,
}
