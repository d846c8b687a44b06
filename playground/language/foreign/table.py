"""How PyTorch, JAX and TensorFlow spell what NumPy has: one row for each word, with the NumPy that it stands for.

In a row's NumPy ``<x>`` is an argument, ``<*x>`` all that are left, ``<#x>`` the same as one shape; ``{...}`` is left
out where an argument in it isn't given; ``<!x>`` stands for nothing and asks that ``x`` is True, ``<?x>`` that it is
False. Of several texts the first that has all its arguments is taken. An empty one is NumPy's function of that name.
"""

from __future__ import annotations

from typing import Final

from playground.record import Record


class ForeignWord(Record):
    """One function or method of another library.

    Attributes
    ----------
    parameters
        Names in their order, ``"x, dim=None"``; what has no default must be given. A method's first is its array.
    texts
        The NumPy that it stands for.
    """

    parameters: str
    texts: tuple[str, ...]


def _rows(*rows: tuple[str, str, str]) -> dict[str, ForeignWord]:
    return {
        name: ForeignWord(parameters, tuple(text.split(" || ")))
        for names, parameters, text in rows
        for name in names.split()
    }


_NORM: Final = (
    "linalg.norm(<x>, ord=<p>, axis=<dim>{, keepdims=<keepdim>}) || linalg.norm(<x>.ravel(), ord=<p>)"
    " || linalg.norm(<x>{, axis=<dim>}{, keepdims=<keepdim>})"
)

_FLOAT32: Final = tuple(
    (name, "shape, dtype=None", f"{name}(<shape>, dtype=<dtype>) || {name}(<shape>, dtype=float32)")
    for name in ("zeros", "ones", "empty")
)
"""Constructors of TensorFlow and of JAX, whose floats have 32 bits."""

_CHANNELS: Final = ".reshape((-1,) + (1,) * (<x>.ndim - 2))"
"""One number for each channel, which is the second axis."""

# fmt: off
TORCH_ONLY: Final = _rows(
    ("view", "x, *shape", "<x>.reshape(<*shape>) || <x>"),
    ("view_as reshape_as", "x, other", "<x>.reshape(<other>.shape)"),
    ("permute", "x, *dims", "<x>.transpose(<*dims>)"),
    ("unsqueeze", "x, dim", "expand_dims(<x>, <dim>)"),
    ("matmul mm bmm mv", "x, other", "<x> @ <other>"),
    ("t", "x", "<x>.T"),
    ("adjoint", "x", "<x>.mT"),
    ("size", "x, dim", "<x>.shape[<dim>]"),
    ("dim ndimension", "x", "<x>.ndim"),
    ("numel", "x", "<x>.size"),
    ("float", "x", "<x>.astype(float32)"),
    ("half", "x", "<x>.astype(float16)"),
    ("double", "x", "<x>.astype(float64)"),
    ("long", "x", "<x>.astype(int64)"),
    ("int", "x", "<x>.astype(int32)"),
    ("short", "x", "<x>.astype(int16)"),
    ("bool", "x", "<x>.astype(bool)"),
    ("contiguous detach cpu numpy clone", "x", "<x>"),
    ("cuda requires_grad_", "x, how=None", "<x>"),
    ("to type", "x, dtype", "<x>.astype(<dtype>)"),
    ("mul multiply", "x, other", "<x> * <other>"),
    ("add", "x, other, alpha=None", "<x> + <alpha> * <other> || <x> + <other>"),
    ("sub subtract", "x, other, alpha=None", "<x> - <alpha> * <other> || <x> - <other>"),
    ("div divide true_divide", "x, other", "<x> / <other>"),
    ("pow", "x, exponent", "<x> ** <exponent>"),
    ("neg", "x", "-<x>"),
    ("eq", "x, other", "<x> == <other>"),
    ("ne", "x, other", "<x> != <other>"),
    ("lt", "x, other", "<x> < <other>"),
    ("le", "x, other", "<x> <= <other>"),
    ("gt", "x, other", "<x> > <other>"),
    ("ge", "x, other", "<x> >= <other>"),
    ("expand", "x, *shape", "broadcast_to(<x>, <#shape>)"),
    ("expand_as", "x, other", "broadcast_to(<x>, <other>.shape)"),
    ("norm", "x, p=None, dim=None, keepdim=None", _NORM),
    ("masked_fill", "x, mask, value", "where(<mask>, <value>, <x>)"),
    ("masked_select", "x, mask", "<x>[<mask>]"),
    ("repeat_interleave", "x, repeats, dim=None", "repeat(<x>, <repeats>{, axis=<dim>})"),
    ("movedim", "x, source, destination", "moveaxis(<x>, <source>, <destination>)"),
    ("swapdims", "x, dim0, dim1", "<x>.swapaxes(<dim0>, <dim1>)"),
    ("tensor_split", "x, indices, dim=None", "array_split(<x>, <indices>{, axis=<dim>})"),
    ("clamp", "x, min=None, max=None", "clip(<x>{, min=<min>}{, max=<max>})"),
    ("softmax", "x, dim, dtype=None", "softmax(<x>, axis=<dim>)"),
    ("log_softmax", "x, dim, dtype=None", "log_softmax(<x>, axis=<dim>)"),
    ("logsumexp", "x, dim, keepdim=None", "logsumexp(<x>, axis=<dim>{, keepdims=<keepdim>})"),
    ("index_select", "x, dim, index", "take(<x>, <index>, axis=<dim>)"),
    ("gather", "x, dim, index", "take_along_axis(<x>, <index>, axis=<dim>)"),
    ("chunk", "x, chunks, dim=None", "array_split(<x>, <chunks>{, axis=<dim>})"),
    ("unbind", "x, dim=None", "unstack(<x>{, axis=<dim>})"),
    ("topk", "x, k, dim=None, largest=None, sorted=None",
     "take(sort(<x>, axis=<dim>), arange(<k>), axis=<dim>)<?largest> || sort(<x>)[..., :<k>]<?largest>"
     " || take(flip(sort(<x>, axis=<dim>), axis=<dim>), arange(<k>), axis=<dim>)"
     " || flip(sort(<x>), axis=-1)[..., :<k>]"),
    ("diag", "x, diagonal=None", "diag(<x>{, <diagonal>})"),
    ("relu sigmoid erf", "x", ""),
)
"""Methods that PyTorch's tensors have and NumPy's arrays don't; its functions of the same names do the same."""

TORCH_TOO: Final = _rows(
    ("transpose", "x, dim0, dim1", "<x>.swapaxes(<dim0>, <dim1>)"),
    ("repeat", "x, *sizes", "tile(<x>, <#sizes>)"),
    ("size", "x", "<x>.shape"),
    ("nonzero", "x", "argwhere(<x>)"),
    *((name, "x, dim=None, descending=None, stable=None",
       f"{sign}{name}(-<x>{{, axis=<dim>}})<!descending> || {name}(<x>{{, axis=<dim>}})<?descending>"
       f" || {name}(<x>{{, axis=<dim>}})") for name, sign in (("sort", "-"), ("argsort", ""))),
    *((name, "x, diagonal=None", f"{name}(<x>{{, <diagonal>}})") for name in ("triu", "tril")),
    ("median", "x, dim=None, keepdim=None",
     "quantile(<x>, 0.5{, axis=<dim>}, method='lower'{, keepdims=<keepdim>})"),
    ("tanh exp sqrt abs log log2 log10 log1p expm1 sin cos tan floor ceil sign square reciprocal isnan isinf isfinite "
     "maximum minimum", "x, *rest", ""),
    *((name, "x, dim=None, unbiased=None, keepdim=None, correction=None",
       f"{name}(<x>{{, axis=<dim>}}, ddof=<correction>{{, keepdims=<keepdim>}})"
       f" || {name}(<x>{{, axis=<dim>}}{{, keepdims=<keepdim>}})<?unbiased>"
       f" || {name}(<x>{{, axis=<dim>}}, ddof=1{{, keepdims=<keepdim>}})") for name in ("std", "var")),
)
"""Methods that mean something else in NumPy, or are functions there that anyone may take for methods; they are read as
PyTorch's only in a text that is PyTorch's."""

EITHER: Final = _rows(
    ("item", "x, place=None, other=None",
     "<x>[<place>, <other>].reshape(()) || <x>.reshape(-1)[<place>] || <x>.reshape(())"),
    ("flatten", "x, start_dim", "<x>.reshape(<x>.shape[0], -1)"),
)
"""Methods that both have, and that say nothing of whose text it is."""

TORCH: Final = _rows(
    ("cat concat concatenate", "tensors, dim=None", "concatenate(<tensors>{, axis=<dim>})"),
    ("stack", "tensors, dim=None", "stack(<tensors>{, axis=<dim>})"),
    ("tensor as_tensor asarray", "data, dtype=None", "array(<data>{, dtype=<dtype>})"),
    ("Tensor FloatTensor", "data", "array(<data>, dtype=float32)"),
    ("LongTensor", "data", "array(<data>, dtype=int64)"),
    ("from_numpy", "x", "<x>"),
    ("Size", "sizes", "<sizes>"),
    *((name, "*size, dtype=None", f"{name}(<#size>, dtype=<dtype>) || {name}(<#size>, dtype=float32)")
      for name in ("zeros", "ones", "empty")),
    ("eye", "n, m=None, dtype=None", "eye(<n>{, <m>}, dtype=<dtype>) || eye(<n>{, <m>}, dtype=float32)"),
    *((name, "*size, dtype=None, seed=None",
       f"random.{numpys}(<#size>{{, seed=<seed>}}).astype(<dtype>)"
       f" || random.{numpys}(<#size>{{, seed=<seed>}}).astype(float32)")
      for name, numpys in (("rand", "random"), ("randn", "standard_normal"))),
    ("randint", "low, high=None, size=None, dtype=None, seed=None",
     "random.randint(<low>, <high>, <size>{, seed=<seed>}) || random.randint(<low>, size=<size>{, seed=<seed>})"
     " || random.randint(<low>, size=<high>{, seed=<seed>})"),
    ("randperm", "n, seed=None", "random.permutation(<n>{, seed=<seed>})"),
    ("linspace", "start, end, steps, dtype=None", "linspace(<start>, <end>, <steps>, dtype=<dtype>)"
     " || linspace(<start>, <end>, <steps>, dtype=float32)"),
    ("logspace", "start, end, steps, base=None", "logspace(<start>, <end>, <steps>{, base=<base>})"),
    ("meshgrid", "*tensors, indexing=None",
     "meshgrid(<*tensors>, indexing=<indexing>) || meshgrid(<*tensors>, indexing='ij')"),
    ("tensordot", "a, b, dims=None", "tensordot(<a>, <b>{, axes=<dims>})"),
    ("dot", "x, other", "<x> @ <other>"),
    ("ger", "x, other", "outer(<x>, <other>)"),
    ("addmm addmv baddbmm", "b, x, W", "<b> + <x> @ <W>"),
    ("addbmm", "b, x, W", "<b> + (<x> @ <W>).sum(axis=0)"),
    ("lerp", "a, b, weight", "<a> + <weight> * (<b> - <a>)"),
    ("linalg.vector_norm", "x, p=None, dim=None, keepdim=None", _NORM),
    ("inverse", "x", "linalg.inv(<x>)"),
    ("det", "x", "linalg.det(<x>)"),
)
"""Functions of ``torch``, beside those that the methods are."""

FUNCTIONAL: Final = _rows(
    ("linear", "x, W, b=None", "<x> @ <W>.T + <b> || <x> @ <W>.T"),
    ("bilinear", "x, y, W", "einsum('...i,oij,...j->...o', <x>, <W>, <y>)"),
    ("relu silu mish selu softsign sigmoid tanh", "x", ""),
    ("gelu", "x, approximate=None", "gelu(<x>{, approximate=<approximate>})"),
    ("relu6", "x", "clip(<x>, 0, 6)"),
    ("hardtanh", "x, min_val=None, max_val=None", "clip(<x>, <min_val>, <max_val>) || clip(<x>, -1, 1)"),
    ("elu", "x, alpha=None", "elu(<x>{, alpha=<alpha>})"),
    ("softplus", "x", "softplus(<x>)"),
    ("leaky_relu", "x, negative_slope=None", "leaky_relu(<x>{, negative_slope=<negative_slope>})"),
    ("softmax", "x, dim=None", "softmax(<x>{, axis=<dim>})"),
    ("log_softmax", "x, dim=None", "log_softmax(<x>{, axis=<dim>})"),
    ("cross_entropy", "input, target", "cross_entropy(<input>, <target>)"),
    ("nll_loss", "input, target", "nll_loss(<input>, <target>)"),
    ("mse_loss", "input, target", "mse(<input>, <target>)"),
    ("l1_loss", "input, target", "mae(<input>, <target>)"),
    ("huber_loss", "input, target, delta=None", "huber(<input>, <target>{, delta=<delta>})"),
    ("smooth_l1_loss", "input, target", "huber(<input>, <target>)"),
    ("binary_cross_entropy", "input, target", "binary_cross_entropy(<input>, <target>)"),
    ("binary_cross_entropy_with_logits", "input, target", "binary_cross_entropy_with_logits(<input>, <target>)"),
    ("layer_norm", "x, normalized_shape, weight=None, bias=None, eps=None",
     "layer_norm(<x>{, <weight>}{, <bias>}{, eps=<eps>})"),
    ("batch_norm", "x, running_mean, running_var, weight=None, bias=None, momentum=None, eps=None", " || ".join(
        f"(<x> - <running_mean>{_CHANNELS}) / sqrt(<running_var>{_CHANNELS} + {eps})"
        f"{{ * <weight>{_CHANNELS}}}{{ + <bias>{_CHANNELS}}}" for eps in ("<eps>", "1e-05"))),
    ("rms_norm", "x, normalized_shape, weight=None, eps=None", "rms_norm(<x>{, <weight>}{, eps=<eps>})"),
    ("normalize", "x, dim=None, eps=None", "l2_normalize(<x>, axis=<dim>{, eps=<eps>}) || "
     "l2_normalize(<x>, axis=1{, eps=<eps>})"),
    ("one_hot", "labels, num_classes", "one_hot(<labels>, <num_classes>).astype(int64)"),
    ("kl_div", "input, target", "mean(<target> * (log(<target>) - <input>))"),
    ("embedding", "labels, table", "embedding(<labels>, <table>)"),
    ("dropout", "x, p=None, training=None", "dropout(<x>{, p=<p>})"),
    ("cosine_similarity", "a, b, dim=None, eps=None", "cosine_similarity(<a>, <b>, axis=<dim>{, eps=<eps>}) || "
     "cosine_similarity(<a>, <b>, axis=1{, eps=<eps>})"),
    ("conv2d max_pool2d avg_pool2d", "x, window", ""),  # what they become depends on their arguments: foreign.windows
    ("pad", "x, pad", ""),  # as well: foreign.padding
    ("scaled_dot_product_attention", "q, k, v, attn_mask=None",
     "attention(<q>, <k>, <v>{, mask=<attn_mask>})"),
)
"""Functions of ``torch.nn.functional``."""

MODULES: Final = {
    "ReLU": "relu", "ReLU6": "relu6", "Sigmoid": "sigmoid", "Tanh": "tanh", "GELU": "gelu", "SiLU": "silu",
    "Mish": "mish", "SELU": "selu", "ELU": "elu", "Softsign": "softsign", "Softplus": "softplus",
    "Hardtanh": "hardtanh", "LeakyReLU": "leaky_relu", "Softmax": "softmax", "LogSoftmax": "log_softmax",
    "LayerNorm": "layer_norm", "RMSNorm": "rms_norm", "Dropout": "dropout", "CosineSimilarity": "cosine_similarity",
    "MSELoss": "mse_loss", "L1Loss": "l1_loss", "HuberLoss": "huber_loss", "SmoothL1Loss": "smooth_l1_loss",
    "CrossEntropyLoss": "cross_entropy", "NLLLoss": "nll_loss", "BCELoss": "binary_cross_entropy",
    "BCEWithLogitsLoss": "binary_cross_entropy_with_logits", "MaxPool2d": "max_pool2d", "AvgPool2d": "avg_pool2d",
    "Flatten": "flattening",
}  # fmt: skip
"""Modules of ``torch.nn`` that begin without weights that matter, and the function that they are."""

TENSORFLOW: Final = _rows(
    ("matmul linalg.matmul", "a, b, transpose_a=None, transpose_b=None",
     "<a>.mT @ <b>.mT<!transpose_a><!transpose_b> || <a> @ <b>.mT<!transpose_b> || <a>.mT @ <b><!transpose_a>"
     " || <a> @ <b>"),
    ("transpose", "a, perm=None", "transpose(<a>{, <perm>})"),
    *((f"reduce_{name} math.reduce_{name}", "x, axis=None, keepdims=None",
       f"{name}(<x>{{, axis=<axis>}}{{, keepdims=<keepdims>}})")
      for name in ("sum", "mean", "max", "min", "prod", "any", "all")),
    ("reduce_std math.reduce_std", "x, axis=None, keepdims=None", "std(<x>{, axis=<axis>}{, keepdims=<keepdims>})"),
    ("reduce_variance math.reduce_variance", "x, axis=None, keepdims=None",
     "var(<x>{, axis=<axis>}{, keepdims=<keepdims>})"),
    ("reduce_logsumexp", "x, axis=None, keepdims=None", "logsumexp(<x>{, axis=<axis>}{, keepdims=<keepdims>})"),
    ("concat", "values, axis", "concatenate(<values>, axis=<axis>)"),
    ("constant convert_to_tensor Variable", "value, dtype=None", "array(<value>{, dtype=<dtype>})"),
    ("cast", "x, dtype", "<x>.astype(<dtype>)"),
    ("shape", "x", "<x>.shape"),
    ("size", "x", "<x>.size"),
    ("rank", "x", "<x>.ndim"),
    ("range", "start, limit=None, delta=None", "arange(<start>{, <limit>}{, <delta>})"),
    ("norm", "x, ord=None, axis=None, keepdims=None",
     "linalg.norm(<x>{, ord=<ord>}{, axis=<axis>}{, keepdims=<keepdims>})"),
    ("gather", "x, indices, axis=None", "take(<x>, <indices>, axis=<axis>) || take(<x>, <indices>, axis=0)"),
    ("argmax", "x, axis=None", "argmax(<x>, axis=<axis>) || argmax(<x>, axis=0)"),
    ("argmin", "x, axis=None", "argmin(<x>, axis=<axis>) || argmin(<x>, axis=0)"),
    ("cumsum", "x, axis=None", "cumsum(<x>, axis=<axis>) || cumsum(<x>, axis=0)"),
    ("cumprod", "x, axis=None", "cumprod(<x>, axis=<axis>) || cumprod(<x>, axis=0)"),
    ("fill", "dims, value", "full(<dims>, <value>)"),
    ("reverse", "x, axis", "flip(<x>, axis=<axis>)"),
    ("random.normal", "shape, mean=None, stddev=None, seed=None",
     "random.normal(<mean>, <stddev>, <shape>{, seed=<seed>}) || random.standard_normal(<shape>{, seed=<seed>})"),
    ("random.uniform", "shape, minval=None, maxval=None, seed=None",
     "random.uniform(<minval>, <maxval>, <shape>{, seed=<seed>}) || random.random(<shape>{, seed=<seed>})"),
    ("clip_by_value", "x, low, high", "clip(<x>, <low>, <high>)"),
    ("nn.relu nn.sigmoid nn.tanh nn.elu nn.selu nn.silu nn.softplus nn.softsign sigmoid", "x", ""),
    ("nn.swish", "x", "silu(<x>)"),
    ("nn.gelu", "x, approximate=None", "gelu(<x>, approximate='tanh')<!approximate> || gelu(<x>)"),
    ("nn.relu6", "x", "clip(<x>, 0, 6)"),
    ("nn.leaky_relu", "x, alpha=None", "leaky_relu(<x>, <alpha>) || leaky_relu(<x>, 0.2)"),
    ("nn.softmax nn.log_softmax", "x, *rest", ""),
    ("nn.l2_normalize math.l2_normalize", "x, axis=None", "l2_normalize(<x>{, axis=<axis>})"),
    ("nn.bias_add", "x, b", "<x> + <b>"),
    ("one_hot", "labels, depth", "one_hot(<labels>, <depth>)"),
    ("nn.sparse_softmax_cross_entropy_with_logits", "labels, logits",
     "-take_along_axis(log_softmax(<logits>), <labels>[..., None], axis=-1)[..., 0]"),
    ("nn.softmax_cross_entropy_with_logits", "labels, logits", "-sum(<labels> * log_softmax(<logits>), axis=-1)"),
    *_FLOAT32,
)
"""Functions of ``tf``."""

JAX: Final = _rows(
    ("nn.relu nn.sigmoid nn.tanh nn.elu nn.selu nn.silu nn.softplus nn.softmax nn.log_softmax nn.one_hot "
     "nn.leaky_relu nn.logsumexp", "x, *rest", ""),
    ("nn.swish", "x", "silu(<x>)"),
    ("lax.dot", "a, b", "<a> @ <b>"),
    ("nn.gelu", "x, approximate=None", "gelu(<x>)<?approximate> || gelu(<x>, approximate='tanh')"),
    ("nn.relu6", "x", "clip(<x>, 0, 6)"),
    ("nn.standardize", "x, axis=None", "standardize(<x>, axis=<axis>) || standardize(<x>, axis=-1)"),
    ("random.normal", "key, shape, seed=None", "random.standard_normal(<shape>{, seed=<seed>})"),
    ("random.uniform", "key, shape, seed=None", "random.random(<shape>{, seed=<seed>})"),
)
"""Functions of ``jax`` beside ``jax.numpy``, whose names are NumPy's."""
# fmt: on

JAX_NUMPY: Final = _rows(
    *_FLOAT32,
    ("eye", "N, M=None, dtype=None", "eye(<N>{, <M>}, dtype=<dtype>) || eye(<N>{, <M>}, dtype=float32)"),
    ("identity", "n, dtype=None", "identity(<n>, dtype=<dtype>) || identity(<n>, dtype=float32)"),
    (
        "linspace",
        "start, stop, num=None, dtype=None",
        "linspace(<start>, <stop>{, <num>}, dtype=<dtype>) || linspace(<start>, <stop>{, <num>}, dtype=float32)",
    ),
)
"""Functions of ``jax.numpy`` that make floats, of 32 bits; all others are NumPy's."""

DTYPES: Final = {
    "float": "float32", "half": "float16", "double": "float64", "long": "int64", "int": "int32", "short": "int16",
    "cfloat": "complex64", "cdouble": "complex128", "bool": "bool", "uint8": "uint8", "int8": "int8",
    "int16": "int16", "int32": "int32", "int64": "int64", "float16": "float16", "float32": "float32",
    "float64": "float64", "complex64": "complex64", "complex128": "complex128",
}  # fmt: skip
"""Dtypes as ``torch.`` has them; the same names mean others in NumPy."""

OTHERWISE: Final = {
    "PyTorch": frozenset(
        {"split", "svd", "solve", "eig", "lstsq", "cond", "nn.functional.pad", "functional.pad", "pad"}
    ),
    "TensorFlow": frozenset({"split", "unique", "linalg.svd", "svd"}),
    "JAX": frozenset({"lax.pad", "lax.cumsum", "lax.cumprod", "lax.argmax", "lax.argmin"}),
}
"""Functions that NumPy has under the same name with another meaning: they are left as they are."""

KEYWORDS: Final = {"dim": "axis", "dims": "axis", "keepdim": "keepdims", "keep_dims": "keepdims"}
"""Keywords of any function, and NumPy's."""

WITHOUT_MEANING: Final = frozenset(
    {"device", "requires_grad", "pin_memory", "memory_format", "non_blocking", "inplace", "name", "layout"}
)
"""Keywords that change no number."""
