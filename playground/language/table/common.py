"""What learners use most, in order: completion offers it first, all else by how it begins and how long it is."""

from __future__ import annotations

from typing import Final

_FUNCTIONS: Final = """
array zeros ones dot reshape sum mean arange transpose concatenate eye linspace matmul exp max min argmax where
random.rand random.randn random.randint relu softmax sqrt log abs linalg.norm linalg.inv stack maximum sigmoid std tanh
var sort full expand_dims argsort clip outer sin cos linalg.solve linalg.det linalg.eig linalg.svd random.normal
random.uniform argmin minimum einsum cross_entropy mse vstack hstack squeeze cumsum median unique trace diag power round
zeros_like ones_like one_hot split any all meshgrid tile repeat ravel swapaxes linalg.qr linalg.eigh linalg.pinv
linalg.matrix_rank linalg.lstsq linalg.cholesky broadcast_to cov corrcoef cross kron tan floor ceil sign square log2
log10 prod isnan percentile flip roll pad count_nonzero nonzero identity attention layer_norm batch_norm gelu silu
leaky_relu random.choice random.default_rng(0).normal random.permutation random.random full_like
"""

_MEMBERS: Final = "T shape reshape sum mean max min argmax dtype astype ndim size std transpose flatten dot copy round"

FUNCTION_PLACES: Final = {name: place for place, name in enumerate(_FUNCTIONS.split())}
"""The place of a function in that order, by its name as it is typed."""

MEMBER_PLACES: Final = {name: place for place, name in enumerate(_MEMBERS.split())}
"""The same for methods and attributes of an array."""
