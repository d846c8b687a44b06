"""Formulas for every function that has a gradient, with the shapes that they are tried on."""

from __future__ import annotations

from typing import Final

Shapes = dict[str, tuple[int, ...]]

M: Final[Shapes] = {"x": (3, 4)}
V: Final[Shapes] = {"x": (4,)}
SQUARE: Final[Shapes] = {"x": (3, 3)}
CUBE: Final[Shapes] = {"x": (2, 3, 4)}
PAIR: Final[Shapes] = {"x": (3, 4), "y": (3, 4)}
ROW: Final[Shapes] = {"x": (3, 4), "y": (4,)}
COLUMN: Final[Shapes] = {"x": (3, 4), "y": (3, 1)}
CROSSED: Final[Shapes] = {"x": (3, 1), "y": (1, 4)}
NUMBER: Final[Shapes] = {"x": (3, 4), "y": ()}


def _words(text: str) -> list[str]:
    return text.split()


_UNARY = _words(
    "positive negative conj real abs fabs square reciprocal sqrt cbrt exp exp2 expm1 log log2 log10 log1p sin cos tan "
    "arctan sinh cosh tanh arcsinh deg2rad rad2deg nan_to_num copy relu sigmoid softplus leaky_relu silu "
    "gelu softsign erf elu selu mish"
)
_SMALL = ("arcsin", "arccos", "arctanh")
_BINARY = _words(
    "add subtract multiply divide power float_power maximum minimum fmax fmin arctan2 hypot remainder fmod logaddexp "
    "logaddexp2"
)
_REDUCTIONS = _words("sum prod mean std var max min nansum nanmean ptp logsumexp")

CELLWISE: Final = [
    *((f"{name}(x)", shapes) for name in _UNARY for shapes in (M, {"x": ()})),
    *((f"{name}({name}(x))", M) for name in _UNARY if name not in ("log", "log2", "log10", "tan")),
    *((f"{name}(x / 4)", M) for name in _SMALL),
    ("arccosh(x + 1)", M),
    *((f"{name}(x, y)", shapes) for name in _BINARY for shapes in (PAIR, ROW, COLUMN, CROSSED, NUMBER)),
    ("copysign(x, y)", PAIR),
    ("leaky_relu(x, 0.2)", M),
    ("gelu(x, approximate='tanh')", M),
    ("x.astype(float64)", M),
    ("array(x)", M),
    *((f"x {sign} y", s) for sign in ("+", "-", "*", "/", "**") for s in (PAIR, ROW, COLUMN, CROSSED, NUMBER)),
    ("-x", M), ("+x", M), ("x**2", M), ("x**3", M), ("x**-1", M), ("x**0.5", M), ("x**(1 / 3)", M), ("2**x", M),
    ("2 * x - x / 3", M), ("1 / x", M), ("x % y", PAIR), ("3 - x", V),
    ("where(x > 1, x, y)", ROW), ("where(x > y, x * y, x - y)", COLUMN), ("x * (x > 1)", M),
    ("clip(x, 0.7, 1.2)", M), ("clip(x, y, 2.5)", ROW), ("x.clip(min=0.7)", M), ("clip(x, None, y)", ROW),
    ("clip_by_value(x, 0.7, 1.2)", M),
]  # fmt: skip

REDUCTIONS: Final = [
    *((f"{name}(x)", shapes) for name in _REDUCTIONS for shapes in (M, V)),
    *((f"{name}(x, axis={axis})", M) for name in _REDUCTIONS for axis in (0, 1, -1)),
    *((f"{name}(x, axis={axis}, keepdims=True)", M) for name in _REDUCTIONS for axis in (0, 1)),
    *((f"{name}(x, axis=1)", CUBE) for name in _REDUCTIONS),
    *((f"{name}(x, axis=(0, 2))", CUBE) for name in ("sum", "mean", "var", "max")),
    ("-max(x)", M), ("-sum(relu(x - 1))", M), ("1 - ptp(x)", V), ("x.sum(0)", M),
    ("x.mean(axis=1, keepdims=True)", M), ("sum(x, keepdims=True)", M), ("sum(x, axis=0)", {"x": ()}),
    ("cumsum(x, axis=0)", {"x": ()}),
    ("std(x, ddof=1)", M), ("var(x, axis=0, ddof=1)", M), ("x - x.mean(axis=1, keepdims=True)", M),
    ("average(x)", M), ("average(x, axis=0)", M), ("average(x, axis=1, weights=y)", PAIR),
    ("average(x, weights=y)", PAIR), ("sum(x) * x", M), ("mean(sum(x, axis=0) * y)", ROW),
    ("cumsum(x, axis=0)", M), ("cumsum(x)", M), ("x.cumsum(axis=1)", M), ("cumprod(x, axis=1)", M),
    ("diff(x)", V), ("diff(x, axis=0)", M), ("diff(x)", M), ("sum(x + y)", ROW), ("sum(y - x, axis=0)", CROSSED),
    ("mean(x * y)", CROSSED), ("sum([x, y])", {"x": (3,), "y": (3,)}), ("max([x, y * x], axis=0)", PAIR),
]  # fmt: skip

LAYOUT: Final = [
    ("x.T", M), ("x.T @ y", {"x": (3, 4), "y": (3, 2)}), ("x.T", CUBE), ("x.mT", CUBE), ("x.real", M),
    ("transpose(x)", M), ("transpose(x, (2, 0, 1))", CUBE), ("transpose(x)", CUBE), ("matrix_transpose(x)", CUBE),
    ("swapaxes(x, 0, 2)", CUBE), ("swapaxes(x, 0, 1)", M), ("x.swapaxes(1, 2)", CUBE),
    ("moveaxis(x, 0, -1)", CUBE), ("moveaxis(x, (0, 1), (2, 0))", CUBE),
    ("flip(x)", M), ("flip(x, axis=1)", M), ("flip(x, (0, 1))", CUBE), ("fliplr(x)", M), ("flipud(x)", M),
    ("rot90(x)", M), ("rot90(x, 2)", M), ("rot90(x, 1, (1, 2))", CUBE),
    ("roll(x, 1)", M), ("roll(x, 2, axis=1)", M), ("roll(x, (1, 2), axis=(0, 1))", M),
    ("reshape(x, (2, 6))", M), ("x.reshape(-1)", M), ("ravel(x)", M), ("x.flatten()", M),
    ("expand_dims(x, 1)", M), ("squeeze(x)", {"x": (1, 3, 1)}), ("squeeze(x, axis=0)", {"x": (1, 3, 1)}),
    ("atleast_1d(x)", {"x": ()}), ("atleast_2d(x)", V), ("atleast_3d(x)", M),
    ("broadcast_to(x, (3, 4))", V), ("broadcast_to(x, (2, 3, 4))", {"x": (3, 1)}),
    ("full((2, 3), x)", {"x": ()}), ("full((2, 3), x)", {"x": (3,)}), ("full_like(x, y)", NUMBER),
    ("tile(x, 2)", V), ("tile(x, (2, 1))", M), ("tile(x, (2, 3))", M), ("tile(x, 3)", M),
    ("repeat(x, 2)", M), ("repeat(x, 3, axis=1)", M), ("repeat(x, 2, axis=0)", V),
    ("pad(x, 1)", M), ("pad(x, (1, 2))", V), ("pad(x, ((1, 0), (0, 2)))", M),
    ("tril(x)", M), ("tril(x)", V), ("triu(x, 1)", V), ("triu(x, 1)", M), ("trace(x)", SQUARE), ("trace(x)", M),
    ("trace(x, 1)", SQUARE),
    ("diag(x)", V), ("diag(x, 1)", V), ("diag(x)", SQUARE), ("diag(x, -1)", SQUARE), ("diagonal(x)", SQUARE),
]  # fmt: skip

JOINING: Final = [
    ("concatenate([x, y])", PAIR), ("concatenate((x, y, x), axis=1)", PAIR),
    ("concatenate([x * y, y], axis=-1)", PAIR),
    ("stack([x, y])", PAIR), ("stack([x, y], axis=1)", PAIR), ("stack([x, y], axis=-1)", PAIR),
    ("vstack([x, y])", PAIR), ("vstack([x, y])", {"x": (3,), "y": (3,)}), ("hstack([x, y])", PAIR),
    ("hstack([x, y])", {"x": (3,), "y": (2,)}), ("column_stack([x, y])", {"x": (3,), "y": (3,)}),
    ("dstack([x, y])", PAIR), ("dstack([x, y])", {"x": (2, 3, 2), "y": (2, 3, 1)}),
    ("column_stack([x, y])", PAIR), ("[x, y]", {"x": (3,), "y": (3,)}), ("array([x, 2 * x])", V),
    ("split(x, 2)[1]", V), ("split(x, [1, 3], axis=1)[1]", M), ("array_split(x, 2)[0]", M), ("hsplit(x, 2)[1]", M),
    ("vsplit(x, 3)[1]", M), ("dsplit(x, 2)[0]", CUBE), ("unstack(x)[1]", M), ("unstack(x)[1]", V),
    ("unstack(x, axis=1)[2]", M),
    ("x[0]", M), ("x[-1]", V), ("x[1, 2]", M), ("x[:, 1]", M), ("x[..., -1]", CUBE), ("x[1:3]", M), ("x[:, :-1]", M),
    ("x[1:, 1:3]", M), ("x[::-1]", M), ("x[:, ::-1]", CUBE), ("x[::2]", M), ("x[:, ::3]", M), ("x[::-2]", V),
    ("x[None]", M), ("x[:, None]", M), ("x[:, newaxis, 0]", M), ("x[0, ..., 1:]", CUBE), ("x[...]", M),
    ("x[[0, 2, 0]]", M), ("x[:, [1, 1]]", M), ("x[[1, 1, 3]]", V), ("x[[0, 2, 2], [1, 1, 1]]", M),
    ("sum(x[x > 1])", M), ("sum(x[x > 1] * 2)", M), ("x[arange(3), [0, 1, 1]]", M), ("sum(x[0] * x[1])", M),
    ("take(x, [0, 2], axis=0)", M), ("take(x, [1, 1])", V), ("append(x, y, axis=1)", PAIR),
    ("append(x, y)", {"x": (3,), "y": (2,)}),
]  # fmt: skip

PRODUCTS: Final = [
    *(
        (text, {"x": left, "y": right})
        for text in ("x @ y", "matmul(x, y)")
        for left, right in [
            ((3, 4), (4, 2)), ((3, 4), (4,)), ((4,), (4, 2)), ((4,), (4,)), ((2, 3, 4), (4, 2)), ((2, 3, 4), (2, 4, 2)),
            ((3, 4), (2, 4, 2)), ((2, 3, 4), (4,)), ((4,), (2, 4, 3)), ((1, 3, 4), (2, 4, 2)),
            ((2, 1, 3, 4), (3, 4, 2)),
        ]
    ),
    *(
        ("dot(x, y)", {"x": left, "y": right})
        for left, right in [((3, 4), (4, 2)), ((3, 4), (4,)), ((4,), (4, 2)), ((4,), (4,)), ((), (4,)), ((3, 4), ())]
    ),
    ("x.dot(y)", {"x": (3, 4), "y": (4, 2)}), ("dot(x, y)", {"x": (2, 3, 4), "y": (4,)}),
    *(("inner(x, y)", {"x": left, "y": right}) for left, right in [((4,), (4,)), ((3, 4), (2, 4)), ((3, 4), (4,)),
                                                                  ((4,), (3, 4))]),
    ("outer(x, y)", {"x": (3,), "y": (4,)}), ("vdot(x, y)", {"x": (4,), "y": (4,)}), ("vdot(x, y)", PAIR),
    ("outer(x, y)", {"x": (2, 3), "y": (2, 2)}), ("outer(x, y)", NUMBER), ("outer(y, x)", NUMBER),
    ("diag(x)", M), ("diag(x, 2)", M), ("diag(x, -1)", {"x": (4, 3)}), ("sum(diag(x))", M),
    ("vecdot(x, y)", PAIR), ("kron(x, y)", {"x": (2, 3), "y": (2, 2)}), ("cross(x, y)", {"x": (3,), "y": (3,)}),
    ("cross(x, y)", {"x": (2, 3), "y": (2, 3)}),
    ("einsum('ij,jk->ik', x, y)", {"x": (3, 4), "y": (4, 2)}), ("einsum('ij,jk', x, y)", {"x": (3, 4), "y": (4, 2)}),
    ("einsum('bij,bjk->bik', x, y)", {"x": (2, 3, 4), "y": (2, 4, 2)}), ("einsum('ij->j', x)", M),
    ("einsum('ij->', x)", M), ("einsum('ij->ji', x)", M), ("einsum('ij,ij->', x, y)", PAIR),
    ("einsum('i,j->ij', x, y)", {"x": (3,), "y": (4,)}), ("einsum('ij,k->i', x, y)", {"x": (3, 4), "y": (2,)}),
    ("einsum('ij,ij->i', x, y)", PAIR),
    ("convolve(x, y)", {"x": (5,), "y": (3,)}), ("convolve(x, y)", {"x": (2,), "y": (3,)}),
    ("correlate(x, y)", {"x": (5,), "y": (3,)}),
    *((f"{name}(x, y, '{mode}')", {"x": (left,), "y": (right,)}) for name in ("convolve", "correlate")
      for mode in ("full", "same", "valid") for left, right in [(6, 3), (6, 4), (3, 5), (4, 7)]
      if (name, mode) != ("correlate", "valid") or left > right),
    ("kron(x, y)", {"x": (3,), "y": (2,)}), ("einsum('...ij,...jk->...ik', x, y)", {"x": (2, 3, 4), "y": (2, 4, 2)}),
    ("einsum('...i->...', x)", CUBE), ("linalg.matrix_power(x, -2)", SQUARE),
    ("tensordot(x, y, 1)", {"x": (3, 4), "y": (4, 2)}), ("tensordot(x, y)", {"x": (2, 3, 4), "y": (3, 4, 2)}),
    ("tensordot(x, y, axes=([0], [1]))", {"x": (3, 4), "y": (2, 3)}), ("tensordot(x, y, 0)", {"x": (3,), "y": (2,)}),
]  # fmt: skip

LINALG: Final = [
    ("linalg.inv(x)", SQUARE), ("linalg.inv(x)", {"x": (2, 3, 3)}), ("linalg.det(x)", SQUARE),
    ("linalg.det(x)", {"x": (2, 3, 3)}), ("linalg.slogdet(x).logabsdet", SQUARE), ("linalg.slogdet(x)[1]", SQUARE),
    ("linalg.solve(x, y)", {"x": (3, 3), "y": (3,)}), ("linalg.solve(x, y)", {"x": (3, 3), "y": (3, 2)}),
    ("linalg.norm(x)", V), ("linalg.norm(x)", M), ("linalg.norm(x, axis=1)", M), ("linalg.norm(x, 2, 0, True)", M),
    ("linalg.norm(x, 1)", V), ("linalg.norm(x, 'fro')", M), ("linalg.norm(x, axis=1, keepdims=True)", M),
    ("linalg.vector_norm(x)", V), ("linalg.vector_norm(x, axis=1)", M), ("linalg.matrix_norm(x)", M),
    ("linalg.matrix_norm(x)", CUBE), ("linalg.matrix_norm(x, keepdims=True)", CUBE), ("linalg.vector_norm(x)", M),
    ("linalg.matmul(x, y)", {"x": (3, 4), "y": (4, 2)}), ("linalg.outer(x, y)", {"x": (3,), "y": (4,)}),
    ("linalg.vecdot(x, y)", PAIR), ("linalg.vecdot(x, y, axis=0)", PAIR),
    ("linalg.cross(x, y)", {"x": (2, 3), "y": (2, 3)}),
    ("linalg.tensordot(x, y, axes=1)", {"x": (3, 4), "y": (4, 2)}), ("linalg.trace(x)", SQUARE),
    ("linalg.diagonal(x)", SQUARE), ("linalg.matrix_transpose(x)", CUBE),
    ("linalg.matrix_power(x, 1)", SQUARE), ("linalg.matrix_power(x, 3)", SQUARE),
    ("linalg.multi_dot([x, y, x])", {"x": (3, 2), "y": (2, 3)}), ("linalg.svdvals(x)", M),
]  # fmt: skip

_TALL: Final[Shapes] = {"x": (4, 3)}
_STACK: Final[Shapes] = {"x": (2, 3, 4)}

DECOMPOSITIONS: Final = [
    *((f"linalg.{text}", SQUARE) for text in (
        "eigh(x + x.T).eigenvalues", "eigh(x + x.T)[1]", "eigvalsh(x + x.T)", "eigvalsh(x @ x.T, UPLO='U')[0]",
        "svd(x).U", "svd(x)[1]", "svd(x).Vh", "qr(x).Q", "qr(x)[1]", "qr(x, 'complete').Q", "pinv(x)",
        "cholesky(x @ x.T)", "cholesky(x @ x.T, upper=True)",
    )),
    *((f"linalg.{text}", shapes) for shapes in (M, _TALL, _STACK) for text in (
        "svd(x, full_matrices=False).U", "svd(x, full_matrices=False)[2]", "svd(x).S", "svd(x, compute_uv=False)",
        "svdvals(x)", "pinv(x)",
    )),
    *((f"linalg.{text}", shapes) for shapes in (M, _TALL) for text in ("qr(x).Q", "qr(x).R", "qr(x, 'r')")),
    ("linalg.qr(x)[0]", {"x": (2, 4, 3)}), ("sum(linalg.eigvalsh(x + x.T))", SQUARE), ("sum(linalg.svdvals(x))", M),
    ("linalg.eigh(x @ x.mT).eigenvectors", {"x": (2, 3, 3)}), ("linalg.eigvalsh(x + x.mT)", {"x": (2, 3, 3)}),
    ("linalg.cholesky(x @ x.mT)", {"x": (2, 3, 3)}), ("sum(log(diag(linalg.cholesky(x @ x.T))))", M),
    ("linalg.pinv(x.T @ x)", M), ("linalg.pinv(x[[0, 1, 1]])", M),
    ("sum(linalg.pinv(x))", _TALL), ("linalg.svd(x).U", M), ("linalg.svd(x).Vh", _TALL),
]  # fmt: skip
"""Where a matrix must be symmetric it is made so: then it doesn't matter which triangle NumPy reads."""

ORDER: Final = [
    ("sort(x)", V), ("sort(x)", M), ("sort(x, axis=0)", M), ("sort(x, axis=None)", M), ("sum(sort(x))", V),
    ("sort(x)[-1]", V), ("sum(sort(x)[-2:]**2)", V), ("sort(x, axis=1)", CUBE), ("x[argsort(x)]", V),
    ("median(x)", V), ("median(x)", {"x": (3,)}), ("median(x, axis=1)", M), ("median(x, axis=0)", M), ("median(x)", M),
    ("median(x, axis=1, keepdims=True)", M), ("median(x)", SQUARE),
    ("take_along_axis(x, argsort(x, axis=1), axis=1)", M), ("take_along_axis(x, argsort(x, axis=0)[:2], axis=0)", M),
    ("take_along_axis(x, argmax(x, axis=1, keepdims=True), axis=1)", M), ("take_along_axis(x, [0, 0, 1], 0)", V),
]  # fmt: skip

PICKED: Final = [
    ("x[x > 1]", V), ("x[x > 1]", M), ("x[x > 9]", V), ("x[x > 1]**2 * 3", M), ("sum(x[x > 1]**2)", M),
    ("x[x[:, 0] > 1]", M), ("x[:, x[0] > 1]", M), ("x[..., x[0, 0] > 1]", CUBE), ("x[x[:, :, 0] > 1]", CUBE),
    ("sum(x[x[:, 0] > 1])", M), ("sum(x[:, x[0] > 1])", M), ("sum(log(x[x > 1]))", M), ("softmax(x[x > 1])", V),
    ("x[[True, False, True, True]]", V), ("y[x[0] > 1]", ROW),
    ("x[[0, 1, 1]]", CUBE), ("x[:, [0, 2]]", CUBE), ("x[..., [0, 2, 2]]", CUBE), ("x[[[0, 1], [2, 2]]]", M),
    ("x[:, [[0, 1], [2, 2]]]", M), ("x[[0, 1], :, [1, 1]]", CUBE), ("x[[0, 1], [1, 2]]", CUBE),
    ("x[0, [1, 2]]", CUBE), ("x[0, :, [1, 2]]", CUBE), ("x[:, 1, [1, 2]]", CUBE), ("x[[0, 1, 1], 1:]", M),
    ("x[::2, [1, 2]]", CUBE), ("x[[0, 1], [0, 1], [2, 3]]", CUBE), ("x[[0, 2], 1]", M), ("x[:, ::2, 0]", CUBE),
    ("x[[[0, 1], [2, 2]]]", V), ("take(x, [0, 2], axis=1)", CUBE), ("x[x.argmax()]", V), ("x[-1, [0, 1]]", M),
    ("x[argmax(x, axis=0)[0], 1]", M), ("embedding([[0, 1], [2, 2]], x)", M), ("x[[2, 0]][:, [1, 1]]", M),
]  # fmt: skip
"""Cells taken by truths and by arrays of places, with a gradient that flows in."""

CHOSEN: Final = [
    ("select([x > 1.5, x > 1], [x**2, 3 * y], -x)", PAIR), ("select([x > 1, y > 1], [x * y, y])", ROW),
    ("select([[True, False, True, False]], [y], x[1])", ROW), ("choose([[0, 1, 1, 0]], [x, y**2])", PAIR),
    ("choose([2, 0], [x, x**2, y])", {"x": (2,), "y": ()}),
    ("block([[x, y], [y, x**2]])", PAIR), ("block([x, y])", {"x": (3,), "y": (2,)}), ("block([[x], [y]])", ROW),
    ("block([[x, y]])", COLUMN), ("sum(block([[x, x]]))", M), ("block([[x, x], [y, 1]])", {"x": (1, 1), "y": ()}),
    ("block([x, x])", CUBE), ("block(x)", M),
    ("cumulative_sum(x, axis=0)", M), ("cumulative_sum(x, include_initial=True)", V),
    ("cumulative_sum(x, axis=1, include_initial=True)", M), ("cumulative_prod(x, axis=1)", M),
    ("cumulative_prod(x, axis=0, include_initial=True)", M), ("sum(cumulative_sum(x, include_initial=True)**2)", V),
    ("interp(x, [0.2, 0.9, 1.4], [2, 3, 1])", M), ("interp(x, [0.2, 0.9, 1.4], y)", {"x": (5,), "y": (3,)}),
    ("interp(x, arange(4) / 2, y**2)", {"x": (2, 3), "y": (4,)}), ("interp(x, [0, 3], y)", {"x": (), "y": (2,)}),
    ("vander(x)", V), ("vander(x, 3)", V), ("vander(x, 2, increasing=True)", V), ("vander(x, increasing=True)", V),
    ("gradient(x)", V), ("gradient(x, 0.5)", V), ("gradient(x)", {"x": (2,)}), ("sum(gradient(x)**2)", {"x": (7,)}),
    ("gradient(x, axis=0)", M), ("gradient(x, axis=-1)", M), ("gradient(x)[0]", M), ("gradient(x, 2.0, 0.5)[1]", M),
    ("gradient(x, [0, 1, 3, 7], axis=1)", {"x": (2, 4)}), ("gradient(x, [0, 1, 3, 7])", {"x": (4,)}),
    ("gradient(x, axis=0, edge_order=2)", {"x": (4, 2)}), ("gradient(x, axis=1)", {"x": (2, 3, 4)}),
    ("gradient(x, 0.5, axis=0)", {"x": (3, 2, 2)}), ("sum(gradient(x)[0] * gradient(x)[1])", {"x": (3, 4)}),
    ("bincount([0, 2, 0, 1], weights=x)", V), ("sum(bincount([0, 2, 0, 1], x, 5))", V),
]  # fmt: skip
"""Arrays that are chosen from, joined in blocks, and known at some places only."""

STANDING: Final = [
    ("corrcoef(x)", M), ("corrcoef(x, rowvar=False)", {"x": (4, 3)}), ("diagflat(x)", M), ("diagflat(x, 1)", V),
    ("ediff1d(x)", M), ("extract(x > 1, x)", M), ("linalg.cond(x)", SQUARE), ("linalg.cond(x)", CUBE),
    ("linalg.lstsq(x, y)[0]", {"x": (4, 3), "y": (4,)}), ("nanprod(x, axis=1)", M), ("nanprod(x)", V),
    ("nancumsum(x, axis=1)", M), ("nancumprod(x, axis=0)", M), ("nanvar(x, axis=0)", M), ("nanstd(x)", M),
    ("nanmax(x, axis=1)", M), ("nanmin(x)", M), ("sinc(x)", M), ("sinc(x - x[0])", M), ("ascontiguousarray(x)", M),
    ("linalg.norm(x, 'nuc')", M), ("linalg.norm(x, 2)", M), ("linalg.norm(x, inf)", V),
    ("quantile(x, 0.3)", V), ("quantile(x, 0.3, axis=1)", M), ("percentile(x, 25, axis=0)", M), ("quantile(x, 0.8)", M),
    ("polyval(x, y)", {"x": (3,), "y": (2, 2)}), ("polyval(x, [2, 3.0])", {"x": (1,)}),
    ("polyval(x, y)", {"x": (3,), "y": (4,)}), ("polyval(x, y)", {"x": (3,), "y": ()}),
    ("avg_pool2d(x)", {"x": (4, 6)}), ("max_pool2d(x)", {"x": (4, 6)}), ("max_pool2d(x, 3)", {"x": (2, 3, 6)}),
    ("sum(avg_pool2d(x, 3))", {"x": (3, 6)}), ("sum(max_pool2d(x)**2)", {"x": (4, 4)}),
]  # fmt: skip
"""What stands for a formula of others, and what NumPy offers besides."""

RUNNING: Final = [
    ("prod(x)", CUBE), ("prod(x, axis=(0, 2))", CUBE), ("prod(x * 2, axis=0)", M), ("sum(cumprod(x))", V),
    ("cumprod(x)", M), ("cumprod(x)", V), ("cumprod(x, axis=0)", M), ("cumprod(x, axis=1)", CUBE),
    ("cumprod(x, axis=0)", CUBE), ("sum(cumprod(x, axis=1))", M),
    ("trapezoid(x)", V), ("trapezoid(x)", M), ("trapezoid(x, axis=0)", M), ("trapezoid(x, dx=0.5)", V),
    ("trapezoid(x, y)", {"x": (4,), "y": (4,)}), ("trapezoid(x, y, axis=0)", {"x": (3, 2), "y": (3,)}),
    ("cov(x)", M), ("cov(x, rowvar=False)", M), ("cov(x)", V), ("cov(x, bias=True)", M), ("cov(x, ddof=2)", M),
    ("trace(cov(x))", M), ("cov(x[:1])", M),
]  # fmt: skip

LEARNING: Final = [
    ("softmax(x)", M), ("softmax(x)", V), ("softmax(x, axis=0)", M), ("log_softmax(x)", M),
    ("log_softmax(x, axis=0)", M),
    ("leaky_relu(x, y)", NUMBER),
    ("layer_norm(x)", M), ("layer_norm(x, y, z)", {"x": (3, 4), "y": (4,), "z": (4,)}), ("layer_norm(x, axis=0)", M),
    ("batch_norm(x, y, z)", {"x": (3, 4), "y": (4,), "z": (4,)}), ("batch_norm(x, eps=0.1)", M),
    ("rms_norm(x)", M), ("rms_norm(x, axis=0)", M), ("cosine_similarity(x, y, axis=0)", PAIR),
    ("rms_norm(x, y)", ROW), ("l2_normalize(x)", M), ("l2_normalize(x, axis=0)", M),
    ("standardize(x)", M), ("minmax_scale(x)", M), ("cosine_similarity(x, y)", PAIR), ("angle_between(x, y)", PAIR),
    ("projection(x, y)", PAIR), ("euclidean_distance(x, y)", PAIR), ("cdist(x, y)", {"x": (3, 4), "y": (2, 4)}),
    ("clip_by_norm(x, 1.5)", M), ("mse(x, y)", PAIR), ("mae(x, y)", PAIR), ("huber(x, y)", PAIR),
    ("hinge(x, y)", PAIR),
    ("binary_cross_entropy(x / 4, y)", PAIR), ("binary_cross_entropy_with_logits(x, y)", PAIR),
    ("cross_entropy(x, [0, 3, 1])", M), ("cross_entropy(x, 2)", V), ("cross_entropy(x, y)", PAIR),
    ("cross_entropy(x, one_hot([0, 3, 1], 4))", M), ("nll_loss(log_softmax(x), [0, 3, 1])", M),
    ("entropy(x)", M), ("kl_divergence(x, y)", PAIR), ("l1_penalty(x)", M), ("l2_penalty(x)", M),
    ("attention(x, y, z)", {"x": (3, 4), "y": (5, 4), "z": (5, 2)}),
    ("attention(x, y, z, tri(3, 5) > 0)", {"x": (3, 4), "y": (5, 4), "z": (5, 2)}),
    ("attention(x, y, z)", {"x": (2, 3, 4), "y": (2, 5, 4), "z": (2, 5, 2)}),
    ("dropout(x, 0.3, seed=4)", M), ("dropout(x)", V), ("embedding([0, 2, 0], x)", M),
    ("conv1d(x, y)", {"x": (6,), "y": (3,)}), ("conv2d(x, y)", {"x": (5, 4), "y": (2, 3)}),
]  # fmt: skip

_NETWORK: Final[Shapes] = {"x": (5, 3), "W1": (3, 4), "b1": (4,), "W2": (4, 2), "b2": (2,)}
_HEADS: Final[Shapes] = {"Q": (3, 4), "K": (5, 4), "V": (5, 6)}

COMPOSED: Final = [
    ("cross_entropy(relu(x @ W1 + b1) @ W2 + b2, [0, 1, 1, 0, 1])", _NETWORK),
    ("-mean(log_softmax(tanh(x @ W1 + b1) @ W2 + b2)[arange(5), [0, 1, 1, 0, 1]])", _NETWORK),
    ("-sum(one_hot([0, 1, 1, 0, 1], 2) * log_softmax(gelu(x @ W1 + b1) @ W2 + b2)) / 5", _NETWORK),
    ("mean((sigmoid(x @ W1 + b1) @ W2 + b2 - 1)**2)", _NETWORK),
    ("softmax(Q @ K.T / sqrt(Q.shape[-1])) @ V", _HEADS),
    ("sum(attention(Q, K, V)**2)", _HEADS),
    ("x + attention(x @ Q, x @ K, x @ V)", {"x": (3, 4), "Q": (4, 4), "K": (4, 4), "V": (4, 4)}),
    ("layer_norm(x + relu(x @ W1) @ W2, g, b)", {"x": (3, 4), "W1": (4, 5), "W2": (5, 4), "g": (4,), "b": (4,)}),
    ("(x - mean(x, axis=-1, keepdims=True)) / sqrt(var(x, axis=-1, keepdims=True) + 1e-5) * g + b",
     {"x": (3, 4), "g": (4,), "b": (4,)}),
    ("sum((A @ x - b)**2) + 0.1 * sum(x**2)", {"A": (5, 3), "x": (3,), "b": (5,)}),
    ("x.T @ A @ x / (x.T @ x)", {"A": (3, 3), "x": (3,)}),
    ("linalg.slogdet(A @ A.T + eye(3))[1]", {"A": (3, 4)}),
    ("trace(linalg.inv(A) @ B)", {"A": (3, 3), "B": (3, 3)}),
    ("A @ A.T @ A", {"A": (3, 4)}), ("x / 2 + x / 2 - y / 3 + 2 * y / 3", PAIR),
    ("x / linalg.norm(x, axis=1, keepdims=True)", M),
    ("mean(y + log(sum(exp(x[0]))), axis=-1, keepdims=True)", ROW), ("cumprod(median(x[0], axis=0))", M),
    ("log(sum(exp(x - max(x, axis=1, keepdims=True)), axis=1)) + max(x, axis=1)", M),
]  # fmt: skip
"""Networks, attention, norms: what a chain of rules gives."""

ALL: Final = [
    *CELLWISE,
    *REDUCTIONS,
    *LAYOUT,
    *JOINING,
    *PRODUCTS,
    *LINALG,
    *DECOMPOSITIONS,
    *ORDER,
    *PICKED,
    *CHOSEN,
    *STANDING,
    *RUNNING,
    *LEARNING,
    *COMPOSED,
]
