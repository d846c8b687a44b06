"""Gradients of what machine learning adds to NumPy, in the forms that books have.

An addition that isn't here is differentiated as the plain NumPy that its row says it stands for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language.gradients.cells import broadcasting, like
from playground.language.gradients.factor import ATOM, POWER, broadcast
from playground.language.gradients.indexing import added_up, cell_numbers, is_small
from playground.language.gradients.matrices import product, transposed
from playground.language.gradients.operation import Operation, Rule, flat, size_text, summed_back
from playground.language.gradients.reductions import again, upstream
from playground.language.gradients.shaping import indexed, with_axes
from playground.language.gradients.softmax import kept, softmax_of
from playground.language.gradients.text import Part, call, compared, constant, linear, part, root

if TYPE_CHECKING:
    from collections.abc import Mapping


# -- activations -----------------------------------------------------------------------------------------------


def _leaky_relu(operation: Operation) -> Part:
    x = operation["x"]
    if operation.wanted != "x":
        return operation.dh * call("minimum", x, "0", shape=x.shape)
    slope = operation["negative_slope"]
    return operation.dh * call("where", compared(x, ">", 0), "1", slope, shape=x.shape)


def _silu(operation: Operation) -> Part:
    s = like("sigmoid", operation.x)
    return operation.dh * (s + operation.out * (1 - s))


def _gelu(operation: Operation) -> Part:
    """``x * Φ(x)`` has the derivative ``Φ(x) + x * φ(x)``; the approximation is differentiated as it is written."""
    x = operation.x
    half = constant(0.5)
    if operation.constant("approximate") == "tanh":
        scale = part("(2 / pi)**0.5", (), POWER)
        t = like("tanh", scale * (x + constant(0.044715) * x**3))
        return operation.dh * (half * (1 + t) + half * x * (1 - t**2) * scale * (1 + constant(0.134145) * x**2))
    below = half * (1 + like("erf", x / part("2**0.5", (), POWER)))
    return operation.dh * (below + x * like("exp", -(x**2) / 2) / part("(2 * pi)**0.5", (), POWER))


def _elu(operation: Operation) -> Part:
    x = operation["x"]
    grown = like("exp", call("minimum", x, "0", shape=x.shape))
    if operation.wanted != "x":
        return operation.dh * call("where", compared(x, ">", 0), "0", grown - 1, shape=x.shape)
    return operation.dh * call("where", compared(x, ">", 0), "1", operation["alpha"] * grown, shape=x.shape)


def _softsign(operation: Operation) -> Part:
    return operation.dh / (1 + like("abs", operation.x)) ** 2


def _erf(operation: Operation) -> Part:
    return 2 * operation.dh * like("exp", -(operation.x**2)) / root(part("pi", ()))


# -- along axes ------------------------------------------------------------------------------------------------


def _plainly(operation: Operation) -> Part:
    """The normalized cells, before ``gamma`` and ``beta``."""
    x = operation["x"]
    default = {"layer_norm": -1, "batch_norm": 0}[operation.name]
    axis = operation.constant("axis")
    eps = operation["eps"]
    return call(
        operation.name,
        x,
        eps=None if operation.constants.get("eps") == 1e-5 else eps.text,
        axis=None if axis == default else axis,
        shape=x.shape,
    )


def _normalized(operation: Operation) -> Part:
    x, dh = operation["x"], operation.full
    if operation.wanted == "beta":
        return summed_back(dh, operation.out, operation.x.shape)
    plain = _plainly(operation)
    if operation.wanted == "gamma":
        return summed_back(dh * plain, operation.out, operation.x.shape)
    if operation.wanted == "eps" or operation.out.shape != x.shape:
        raise operation.refused()
    dh = dh * operation["gamma"] if "gamma" in operation.values else dh
    spread = like("sqrt", again(operation, "var") + operation["eps"])
    return (dh - kept(operation, dh, "mean") - plain * kept(operation, dh * plain, "mean")) / spread


def _unit_length(operation: Operation) -> Part:
    """What changes the length goes; nothing is said of vectors shorter than ``eps``."""
    if operation.wanted != "x":
        raise operation.refused()
    y, dh = operation.out, operation.dh
    return (dh - y * kept(operation, dh * y, "sum")) / again(operation, "linalg.norm")


def _standardized(operation: Operation) -> Part:
    y, dh = operation.out, operation.full
    return (dh - kept(operation, dh, "mean") - y * kept(operation, dh * y, "mean")) / again(operation, "std")


def _cosine(operation: Operation) -> Part:
    """``(b / |b| - cos * a / |a|) / |a|``; nothing is said of vectors shorter than ``eps``."""
    a, b = operation.x, operation["b" if operation.wanted == "a" else "a"]
    if operation.wanted not in ("a", "b") or a.shape != b.shape or not a.ndim:
        raise operation.refused()
    axis = None if a.ndim == 1 else operation.axis
    kept, dh = None, operation.dh
    shape: tuple[int | None, ...] = ()
    cosine = operation.out
    if a.ndim > 1:
        axes = operation.axes()
        assert axes is not None
        kept, dh, cosine = "True", with_axes(dh, axes, a), with_axes(cosine, axes, a)
        shape = tuple(1 if place in axes else size for place, size in enumerate(a.shape))
    length, other = (call("linalg.norm", one, axis=axis, keepdims=kept, shape=shape) for one in (a, b))
    return dh * (b / other - cosine * a / length) / length


def _distances(operation: Operation) -> Part:
    """Of ``|a_i - b_j|``: each row goes away from the others, by the gradient over the distance."""
    x, others = operation.x, operation["b" if operation.wanted == "a" else "a"]
    if x.ndim < 2 or x.shape[:-2] != others.shape[:-2]:
        raise operation.refused()
    share = operation.full / operation.out
    share = share if operation.wanted == "a" else transposed(share)
    return x * call("sum", share, axis="-1", keepdims="True", shape=(*x.shape[:-1], 1)) - product(share, others)


def _log_sum_exp(operation: Operation) -> Part:
    axes, x = operation.axes(), operation.x
    if x.ndim == 1:
        return operation.dh * like("softmax", x)
    if axes is not None and len(axes) == 1:
        return upstream(operation) * softmax_of(operation, x)
    return upstream(operation) * like("exp", x - again(operation))


# -- losses ----------------------------------------------------------------------------------------------------


def _mean_of(operation: Operation, first: str, given: Part) -> Part:
    """Hand on the gradient of a loss that is the mean over all pairs of ``first`` and ``target``."""
    pair = [operation[first], operation["target"]]
    whole = next((one for one in pair if one.shape == broadcast(*(part.shape for part in pair))), None)
    if whole is None:
        raise operation.refused()
    return summed_back(operation.dh * given / size_text(whole, None), whole, operation.x.shape)


def _huber(operation: Operation) -> Part:
    p, t, delta = operation["predicted"], operation["target"], operation["delta"]
    if operation.wanted == "delta":
        raise operation.refused()
    away = p - t
    found = call("clip", away, -delta, delta, shape=away.shape)
    return _mean_of(operation, "predicted", found if operation.wanted == "predicted" else -found)


def _binary(operation: Operation) -> Part:
    p, t = operation["predicted"], operation["target"]
    found = (1 - t) / (1 - p) - t / p if operation.wanted == "predicted" else like("log", 1 - p) - like("log", p)
    return _mean_of(operation, "predicted", found)


def _binary_with_logits(operation: Operation) -> Part:
    z, t = operation["logits"], operation["target"]
    return _mean_of(operation, "logits", like("sigmoid", z) - t if operation.wanted == "logits" else -z)


def _classes(operation: Operation, scores: Part) -> tuple[Part, Part]:
    """The labels as rows of ones and zeros, and how many labels there are."""
    labels = operation["labels"]
    count = str(scores.shape[-1]) if scores.shape[-1] is not None else scores.sizes[-1].text
    count = scores.sizes[-1].text if scores.sizes else count
    return call("one_hot", labels, count, shape=scores.shape), size_text(labels, None)


def _cross_entropy(operation: Operation) -> Part:
    z, labels = operation["logits"], operation["labels"]
    s = like("softmax", z)
    if labels.ndim < z.ndim:
        ones, count = _classes(operation, z)
        return operation.dh * (s - ones) / count
    rows = tuple(range(z.ndim - 1))
    count = size_text(z, rows)
    if operation.wanted == "labels":
        found = -operation.dh * like("log_softmax", z) / count
    else:
        whole = labels.text.startswith(("one_hot(", "softmax("))
        weight = s if whole else s * call("sum", labels, axis="-1", keepdims="True", shape=(*labels.shape[:-1], 1))
        found = operation.dh * (weight - labels) / count
    return summed_back(found, z, operation.x.shape)


def _entropy(operation: Operation) -> Part:
    """``-(log(p) + 1)``; where p is 0 it grows without end."""
    return -upstream(operation) * (like("log", operation.x) + 1)


def _divergence(operation: Operation) -> Part:
    """Of ``sum(p * log(p / q))``."""
    p, q = operation["p"], operation["q"]
    if p.shape != q.shape or operation.wanted not in ("p", "q"):
        raise operation.refused()
    quotient = p / q
    return upstream(operation) * (like("log", quotient) + 1 if operation.wanted == "p" else -quotient)


def _nll_loss(operation: Operation) -> Part:
    ones, count = _classes(operation, operation["log_probabilities"])
    return -operation.dh * ones / count


# -- networks --------------------------------------------------------------------------------------------------


def _attention(operation: Operation) -> Part:
    """Masked scores have weight 0, so their gradient is 0 without more ado."""
    q, k, v, dh = operation["Q"], operation["K"], operation["V"], operation.full
    if max(q.ndim, k.ndim, v.ndim) > 2 and len({part.shape[:-2] for part in (q, k, v)}) > 1:
        raise operation.refused()
    scores = product(q, transposed(k))
    scale = part(f"{q.sizes[-1].factor().wrapped(ATOM)}**0.5", (), POWER)
    scores = scores / scale
    masked = scores
    if "mask" in operation.values:
        mask = operation["mask"]
        masked = call("where", mask, scores, "-inf", shape=scores.shape)
    s = like("softmax", masked)
    if operation.wanted == "V":
        return product(transposed(s), dh)
    if operation.wanted not in ("Q", "K"):
        raise operation.refused()
    ds = product(dh, transposed(v))
    summed = call("sum", ds * s, axis="-1", keepdims="True", shape=(*s.shape[:-1], 1))
    inner = s * (ds - summed) / scale
    return product(inner, k) if operation.wanted == "Q" else product(transposed(inner), q)


def _dropout(operation: Operation) -> Part:
    """The same seed lets the same cells through."""
    if operation.wanted != "x":
        raise operation.refused()
    x = operation.x
    kept = call("dropout", call("ones_like", x, shape=x.shape), operation["p"], operation["seed"], shape=x.shape)
    return operation.dh * kept


def _embedding(operation: Operation) -> Part:
    table, indices = operation["table"], operation["indices"]
    if not 1 <= indices.ndim <= 4 or table.ndim != 2:
        raise operation.refused()
    if not is_small(table, 0, indices.shape):
        places = indexed(cell_numbers(table), [indices.text], (*indices.shape, table.shape[1]))
        return added_up(operation, places)
    rows = call("one_hot", indices, table.sizes[0], shape=(*indices.shape, table.shape[0]))
    if indices.ndim == 1:
        return product(transposed(rows), operation.full)
    axes = "ijkl"[: indices.ndim]
    return linear(
        operation.full, lambda inside: call("einsum", f"'{axes}m,{axes}n->mn'", rows, inside, shape=table.shape)
    )


RULES: Final[Mapping[str, Rule]] = {
    "leaky_relu": broadcasting(_leaky_relu),
    "silu": _silu,
    "elu": broadcasting(_elu),
    "standardize": _standardized,
    "logsumexp": _log_sum_exp,
    "cdist": _distances,
    "huber": _huber,
    "binary_cross_entropy": _binary,
    "binary_cross_entropy_with_logits": _binary_with_logits,
    "gelu": _gelu,
    "softsign": _softsign,
    "erf": _erf,
    "cosine_similarity": _cosine,
    "layer_norm": _normalized,
    "batch_norm": _normalized,
    "l2_normalize": _unit_length,
    "cross_entropy": _cross_entropy,
    "entropy": _entropy,
    "kl_divergence": _divergence,
    "nll_loss": _nll_loss,
    "attention": _attention,
    "dropout": _dropout,
    "embedding": _embedding,
    **dict.fromkeys(("accuracy", "one_hot", "causal_mask", "positional_encoding"), flat),
}
