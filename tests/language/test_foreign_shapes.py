"""The words of other libraries give the shapes that those libraries give, which are written here by hand."""

from __future__ import annotations

import numpy as np
import pytest

import playground as mp
from playground.language.foreign.read import numpy_words
from playground.language.infer import infer
from playground.language.signature import Signature


def signatures_of(text: str) -> dict[str, Signature]:
    """Read ``"x=2x3 t=4:int64"``."""
    found = {}
    for part in text.split():
        name, _, written = part.partition("=")
        shape, _, dtype = written.partition(":")
        found[name] = Signature(tuple(map(int, filter(None, shape.split("x")))), np.dtype(dtype or "float64"))
    return found


# fmt: off
SHAPES = [
    ("x.view(2, -1)", "x=2x6", (2, 6)),
    ("x.view(-1)", "x=2x6", (12,)),
    ("x.view((3, 4))", "x=2x6", (3, 4)),
    ("x.view(x.size(0), -1)", "x=2x3x4", (2, 12)),
    ("x.permute(0, 2, 1)", "x=2x3x4", (2, 4, 3)),
    ("x.permute((2, 0, 1))", "x=2x3x4", (4, 2, 3)),
    ("x.unsqueeze(0)", "x=2x3x4", (1, 2, 3, 4)),
    ("x.unsqueeze(dim=-1)", "x=2x3x4", (2, 3, 4, 1)),
    ("x.squeeze(1)", "x=2x1x4", (2, 4)),
    ("x.squeeze(dim=1)", "x=2x1x4", (2, 4)),
    ("x.squeeze()", "x=2x1x4", (2, 4)),
    ("x.matmul(y)", "x=2x3 y=3x4", (2, 4)),
    ("x.mm(y)", "x=2x3 y=3x4", (2, 4)),
    ("x.bmm(y)", "x=5x2x3 y=5x3x4", (5, 2, 4)),
    ("x.mv(y)", "x=2x3 y=3", (2,)),
    ("x.t()", "x=2x3", (3, 2)),
    ("x.size(0)", "x=2x3x4", ()),
    ("x.size(-1)", "x=2x3x4", ()),
    ("x.size(dim=1)", "x=2x3x4", ()),
    ("x.numel()", "x=2x3x4", ()),
    ("x.dim()", "x=2x3x4", ()),
    ("x.float()", "x=2x3x4", (2, 3, 4)),
    ("x.half()", "x=2x3x4", (2, 3, 4)),
    ("x.double()", "x=2x3x4", (2, 3, 4)),
    ("x.long()", "x=2x3x4", (2, 3, 4)),
    ("x.int()", "x=2x3x4", (2, 3, 4)),
    ("x.bool()", "x=2x3x4", (2, 3, 4)),
    ("x.to(torch.float16)", "x=2x3x4", (2, 3, 4)),
    ("x.to(dtype=torch.float16)", "x=2x3x4", (2, 3, 4)),
    ("x.to('cuda')", "x=2x3x4", (2, 3, 4)),
    ("x.to(device)", "x=2x3x4", (2, 3, 4)),
    ("x.type(torch.float32)", "x=2x3x4", (2, 3, 4)),
    ("x.contiguous().view(-1)", "x=2x3x4", (24,)),
    ("x.detach().cpu().numpy()", "x=2x3x4", (2, 3, 4)),
    ("x.cuda()", "x=2x3x4", (2, 3, 4)),
    ("x.clone()", "x=2x3x4", (2, 3, 4)),
    ("x.requires_grad_()", "x=2x3x4", (2, 3, 4)),
    ("x.requires_grad_(True)", "x=2x3x4", (2, 3, 4)),
    ("x.sum().item()", "x=2x3x4", ()),
    ("x.mul(y)", "x=2x3 y=3", (2, 3)),
    ("x.add(y)", "x=2x3 y=3", (2, 3)),
    ("x.add(y, alpha=2)", "x=2x3 y=3", (2, 3)),
    ("x.sub(y)", "x=2x3 y=3", (2, 3)),
    ("x.div(y)", "x=2x3 y=3", (2, 3)),
    ("x.pow(2)", "x=2x3", (2, 3)),
    ("x.add(y).mul(x)", "x=2x3 y=3", (2, 3)),
    ("x.transpose(1, 2)", "x=2x3x4", (2, 4, 3)),
    ("x.unsqueeze(0).transpose(0, 1)", "x=2x3", (2, 1, 3)),
    ("torch.softmax(q @ k.transpose(-2, -1) / 8**0.5, dim=-1)", "q=2x5x4 k=2x6x4", (2, 5, 6)),
    ("x.expand(5, 3)", "x=1x3", (5, 3)),
    ("x.expand(4, -1)", "x=1x3", (4, 3)),
    ("x.expand(4, -1, -1)", "x=1x2x3", (4, 2, 3)),
    ("x.unsqueeze(0).expand(4, -1, -1)", "x=2x3", (4, 2, 3)),
    ("x.expand_as(y)", "x=1x3 y=5x3", (5, 3)),
    ("torch.relu(x).repeat(2, 1)", "x=2x3", (4, 3)),
    ("x.unsqueeze(0).repeat(4, 1, 1)", "x=2x3", (4, 2, 3)),
    ("x.norm(dim=1)", "x=2x3", (2,)),
    ("x.norm(dim=1, keepdim=True)", "x=2x3", (2, 1)),
    ("x.norm()", "x=2x3", ()),
    ("x.norm(2, dim=-1)", "x=2x3", (2,)),
    ("x.norm(p=2, dim=-1)", "x=2x3", (2,)),
    ("x.sum(dim=1, keepdim=True)", "x=2x3", (2, 1)),
    ("x.mean(dim=(1, 2))", "x=2x3x4", (2,)),
    ("np.sum(x, dim=1)", "x=2x3", (2,)),
    ("x.sum(1, keepdim=True)", "x=2x3", (2, 1)),
    ("torch.cat([x, y], dim=0)", "x=2x3 y=4x3", (6, 3)),
    ("torch.cat((x, y), 1)", "x=2x3 y=2x5", (2, 8)),
    ("torch.cat([x, y])", "x=2x3 y=4x3", (6, 3)),
    ("torch.stack([x, x], dim=1)", "x=2x3", (2, 2, 3)),
    ("torch.einsum('bij,bjk->bik', x, y)", "x=5x2x3 y=5x3x4", (5, 2, 4)),
    ("torch.tensor([1, 2, 3])", "", (3,)),
    ("torch.tensor([1., 2], dtype=torch.float32)", "", (2,)),
    ("torch.randn(2, 3)", "", (2, 3)),
    ("torch.randn((2, 3))", "", (2, 3)),
    ("torch.rand(2, 3)", "", (2, 3)),
    ("torch.zeros(2, 3)", "", (2, 3)),
    ("torch.zeros((2, 3))", "", (2, 3)),
    ("torch.zeros(3)", "", (3,)),
    ("torch.ones(2, 3, dtype=torch.float16)", "", (2, 3)),
    ("torch.eye(3)", "", (3, 3)),
    ("torch.arange(5)", "", (5,)),
    ("torch.arange(0, 10, 2)", "", (5,)),
    ("torch.linspace(0, 1, 5)", "", (5,)),
    ("torch.linspace(0, 1, steps=5)", "", (5,)),
    ("torch.matmul(x, y)", "x=2x3 y=3x4", (2, 4)),
    ("torch.mm(x, y)", "x=2x3 y=3x4", (2, 4)),
    ("torch.bmm(x, y.transpose(1, 2))", "x=5x2x3 y=5x4x3", (5, 2, 4)),
    ("torch.dot(x, x)", "x=3", ()),
    ("torch.outer(x, y)", "x=3 y=4", (3, 4)),
    ("torch.softmax(x, dim=1)", "x=2x3", (2, 3)),
    ("torch.sigmoid(x)", "x=2x3", (2, 3)),
    ("torch.tanh(x)", "x=2x3", (2, 3)),
    ("torch.exp(x)", "x=2x3", (2, 3)),
    ("torch.clamp(x, min=0)", "x=2x3", (2, 3)),
    ("torch.clamp(x, 0, 1)", "x=2x3", (2, 3)),
    ("x.clamp(min=0)", "x=2x3", (2, 3)),
    ("x.clamp(0, 1)", "x=2x3", (2, 3)),
    ("torch.where(x > 0, x, 0)", "x=2x3", (2, 3)),
    ("torch.argmax(x, dim=1)", "x=2x3", (2,)),
    ("x.argmax(dim=-1)", "x=2x3", (2,)),
    ("torch.max(x, dim=1).values", "x=2x3", (2,)),
    ("torch.max(x, 1)[0]", "x=2x3", (2,)),
    ("x.max(dim=1)[1]", "x=2x3", (2,)),
    ("x.max(dim=1).indices", "x=2x3", (2,)),
    ("torch.max(x)", "x=2x3", ()),
    ("torch.max(x, y)", "x=2x3 y=2x3", (2, 3)),
    ("torch.triu(x)", "x=3x3", (3, 3)),
    ("F.batch_norm(x, running_mean=m, running_var=v)", "x=8x3 m=3 v=3", (8, 3)),
    ("F.batch_norm(x, m, v, g, b, eps=1e-3)", "x=8x3x5x5 m=3 v=3 g=3 b=3", (8, 3, 5, 5)),
    ("torch.tril(torch.ones(4, 4))", "", (4, 4)),
    ("torch.norm(x, dim=1)", "x=2x3", (2,)),
    ("torch.linalg.norm(x, dim=1)", "x=2x3", (2,)),
    ("torch.cdist(x, y)", "x=2x3 y=4x3", (2, 4)),
    ("torch.allclose(x, x)", "x=2x3", ()),
    ("torch.flatten(x, 1)", "x=2x3x4", (2, 12)),
    ("x.flatten(1)", "x=2x3x4", (2, 12)),
    ("torch.flatten(x, start_dim=1)", "x=2x3x4", (2, 12)),
    ("torch.flatten(x)", "x=2x3x4", (24,)),
    ("torch.unsqueeze(x, 1)", "x=2x3", (2, 1, 3)),
    ("torch.permute(x, (1, 0))", "x=2x3", (3, 2)),
    ("torch.transpose(x, 0, 1)", "x=2x3", (3, 2)),
    ("torch.full((2, 3), 7)", "", (2, 3)),
    ("torch.zeros_like(x)", "x=2x3", (2, 3)),
    ("x.type(torch.float)", "x=2x3", (2, 3)),
    ("F.linear(x, W, b)", "x=2x3 W=5x3 b=5", (2, 5)),
    ("F.linear(x, W)", "x=2x3 W=5x3", (2, 5)),
    ("F.softmax(x, dim=-1)", "x=2x3", (2, 3)),
    ("nn.functional.softmax(x, -1)", "x=2x3", (2, 3)),
    ("torch.nn.functional.log_softmax(x, dim=1)", "x=2x3", (2, 3)),
    ("F.relu(F.linear(x, W, b))", "x=2x3 W=5x3 b=5", (2, 5)),
    ("F.gelu(x)", "x=2x3", (2, 3)),
    ("F.silu(x)", "x=2x3", (2, 3)),
    ("F.leaky_relu(x, 0.2)", "x=2x3", (2, 3)),
    ("F.elu(x)", "x=2x3", (2, 3)),
    ("F.softplus(x)", "x=2x3", (2, 3)),
    ("F.mse_loss(x, y)", "x=2x3 y=2x3", ()),
    ("F.l1_loss(x, y)", "x=2x3 y=2x3", ()),
    ("F.layer_norm(x, (3,), w, b)", "x=2x3 w=3 b=3", (2, 3)),
    ("F.layer_norm(x, x.shape[-1:])", "x=2x3", (2, 3)),
    ("F.layer_norm(x, (3, 4), w, b)", "x=2x3x4 w=3x4 b=3x4", (2, 3, 4)),
    ("nn.LayerNorm((3, 4))(x)", "x=2x3x4", (2, 3, 4)),
    ("torch.topk(x, 2, dim=0).values", "x=4x3", (2, 3)),
    ("x.topk(2).indices", "x=4x3", (4, 2)),
    ("F.normalize(x, dim=1)", "x=2x3", (2, 3)),
    ("F.cosine_similarity(x, y, dim=1)", "x=2x3 y=2x3", (2,)),
    ("F.scaled_dot_product_attention(q, k, v)", "q=2x4x8 k=2x5x8 v=2x5x8", (2, 4, 8)),
    ("F.dropout(x, 0.5)", "x=2x3", (2, 3)),
    ("F.one_hot(t, 4)", "t=3:int64", (3, 4)),
    ("F.one_hot(t, num_classes=4)", "t=3:int64", (3, 4)),
    ("F.cross_entropy(x, t)", "x=3x4 t=3:int64", ()),
    ("F.nll_loss(x, t)", "x=3x4 t=3:int64", ()),
    ("jnp.dot(x, y)", "x=2x3 y=3x4", (2, 4)),
    ("jnp.linalg.norm(x, axis=1)", "x=2x3", (2,)),
    ("jax.numpy.sum(x, axis=0)", "x=2x3", (3,)),
    ("jax.nn.relu(x)", "x=2x3", (2, 3)),
    ("jax.nn.softmax(x, axis=-1)", "x=2x3", (2, 3)),
    ("jax.nn.gelu(x)", "x=2x3", (2, 3)),
    ("jax.nn.one_hot(t, 4)", "t=3:int64", (3, 4)),
    ("tf.matmul(x, y)", "x=2x3 y=3x4", (2, 4)),
    ("tf.matmul(x, y, transpose_b=True)", "x=2x3 y=4x3", (2, 4)),
    ("tf.reduce_sum(x, axis=1)", "x=2x3", (2,)),
    ("tf.reduce_mean(x, axis=1, keepdims=True)", "x=2x3", (2, 1)),
    ("tf.reduce_max(x, 1)", "x=2x3", (2,)),
    ("tf.transpose(x, perm=[0, 2, 1])", "x=2x3x4", (2, 4, 3)),
    ("tf.concat([x, y], axis=0)", "x=2x3 y=4x3", (6, 3)),
    ("tf.cast(x, tf.float32)", "x=2x3", (2, 3)),
    ("tf.nn.relu(x)", "x=2x3", (2, 3)),
    ("tf.nn.softmax(x)", "x=2x3", (2, 3)),
    ("tf.expand_dims(x, 0)", "x=2x3", (1, 2, 3)),
    ("tf.constant([1, 2])", "", (2,)),
    ("tf.reshape(x, [3, 2])", "x=2x3", (3, 2)),
    ("tf.squeeze(x, 1)", "x=2x1", (2,)),
    ("tf.einsum('ij,jk->ik', x, y)", "x=2x3 y=3x4", (2, 4)),
    ("tf.math.exp(x)", "x=2x3", (2, 3)),
    ("tf.zeros([2, 3])", "", (2, 3)),
    ("tf.random.normal([2, 3])", "", (2, 3)),
    ("x.masked_fill(m, 0)", "x=2x3 m=2x3:bool", (2, 3)),
    ("x.std(dim=1, unbiased=False)", "x=2x3", (2,)),
    ("x.std(dim=1)", "x=2x3", (2,)),
    ("torch.addmm(b, x, y)", "b=4 x=2x3 y=3x4", (2, 4)),
    ("x.reshape(2, -1).unsqueeze(1)", "x=2x3x4", (2, 1, 12)),
    ("x.T.contiguous()", "x=2x3", (3, 2)),
    ("-x.pow(2)", "x=2x3", (2, 3)),
    ("(x - y).pow(2).sum(dim=1).sqrt()", "x=2x3 y=3", (2,)),
    ("x.softmax(dim=-1)", "x=2x3", (2, 3)),
    ("x.relu()", "x=2x3", (2, 3)),
    ("x.masked_fill(m == 0, float('-inf'))", "x=2x3 m=2x3:int64", (2, 3)),
    ("x.flatten(2)", "x=2x3x4x5", (2, 3, 20)),
    ("x.flatten(0, 1)", "x=2x3x4", (6, 4)),
    ("torch.flatten(x, 0, -2)", "x=2x3x4", (6, 4)),
    ("x.flatten(-2)", "x=2x3x4", (2, 12)),
    ("torch.addbmm(b, x, W)", "b=2x4 x=5x2x3 W=5x3x4", (2, 4)),
    ("x.mean(dim=[2, 3])", "x=2x3x4x5", (2, 3)),
    ("tf.reduce_mean(x, axis=[1])", "x=2x3", (2,)),
    ("tf.argmax(x)", "x=2x3", (3,)),
    ("tf.math.argmax(x, 1)", "x=2x3", (2,)),
    ("tf.cumsum(x)", "x=2x3", (2, 3)),
    ("tf.math.reduce_sum(x, axis=0)", "x=2x3", (3,)),
    ("torch.tensordot(x, y, dims=1)", "x=2x3 y=3x4", (2, 4)),
    ("torch.tensordot(x, y, dims=([1], [0]))", "x=2x3 y=3x4", (2, 4)),
    ("torch.randint(10, (2, 3))", "", (2, 3)),
    ("torch.randint(0, 10, (2, 3))", "", (2, 3)),
    ("torch.randint(10, size=(2, 3))", "", (2, 3)),
    ("jax.random.normal(key, (2, 3))", "", (2, 3)),
    ("tf.random.normal((2, 3), mean=1.0, stddev=2.0)", "", (2, 3)),
    ("tf.fill([2, 3], 7)", "", (2, 3)),
    ("x.repeat_interleave(2, dim=0)", "x=2x3", (4, 3)),
    ("torch.movedim(x, 0, 2)", "x=2x3x4", (3, 4, 2)),
    ("x.add_(y)", "x=2x3 y=3", (2, 3)),
    ("torch.sort(x, dim=1).indices", "x=2x3", (2, 3)),
    ("torch.sort(x)[0]", "x=2x3", (2, 3)),
    ("torch.median(x, dim=1)[0]", "x=2x3", (2,)),
    ("F.cross_entropy(x, t, reduction='mean')", "x=3x4 t=3:int64", ()),
    ("where(m, x, float('-inf'))", "m=2x3:bool x=2x3", (2, 3)),
]
# fmt: on


@pytest.mark.parametrize(("text", "operands", "shape"), SHAPES, ids=lambda value: str(value))
def test_a_word_of_another_library_has_its_shape(text: str, operands: str, shape: tuple[int, ...]) -> None:
    found = infer(text, signatures_of(operands))
    assert found.problems == ()
    assert isinstance(found.signature, Signature)
    assert found.signature.shape == shape


X = np.array([[3.0, 1.0, 2.0, 4.0], [8.0, 5.0, 7.0, 6.0]])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("torch.median(x)", 4.0),  # the lower of the two in the middle, as PyTorch has it
        ("torch.median(x, dim=1).values", [2.0, 6.0]),
        ("torch.std(x, dim=1)", np.std(X, axis=1, ddof=1)),
        ("torch.max(x, dim=1)[0]", [4.0, 8.0]),
        ("torch.max(x, dim=1)[1]", [3, 0]),
        ("torch.sort(x, dim=1)[0][0]", [1.0, 2.0, 3.0, 4.0]),
        ("torch.sort(x, dim=1).indices[0]", [1, 2, 0, 3]),
        ("torch.max(x, x[0])[1]", [8.0, 5.0, 7.0, 6.0]),
        ("torch.nonzero(x - 3)[0]", [0, 1]),
        ("tf.argmax(x)", [1, 1, 1, 1]),
        ("tf.cumsum(x)[1]", [11.0, 6.0, 9.0, 10.0]),
        ("F.relu6(x)[1]", [6.0, 5.0, 6.0, 6.0]),
        ("torch.addbmm(torch.zeros(2, 2), x.view(2, 2, 2), torch.eye(2).expand(2, 2, 2))", [[11.0, 6.0], [9.0, 10.0]]),
        ("torch.meshgrid(x[0], x[1])[0][0]", [3.0, 3.0, 3.0, 3.0]),
        ("x.flatten(0)[4]", 8.0),
        ("jax.nn.standardize(x)[1].sum()", 0.0),
    ],
)
def test_a_word_of_another_library_has_its_value(text: str, value: object) -> None:
    np.testing.assert_allclose(mp.evaluate(text, {"x": X}).value, value, atol=1e-12)


@pytest.mark.parametrize(
    "text",
    ["torch.split(x, 2)", "torch.svd(x)", "nn.functional.pad(x, widths)", "tf.split(x, [2, 3])", "tf.unique(x)",
     "tf.random.poisson((2, 3), 1.0)", "jax.random.gamma(key, 1.0)", "x.type()", "x.flatten('F')", "x.flatten()"],
)  # fmt: skip
def test_what_numpy_means_otherwise_is_left_as_it_is(text: str) -> None:
    assert numpy_words(text) is None


def test_of_two_results_it_says_that_one_is_read() -> None:
    for text, is_half in [
        ("torch.max(x, dim=1)", True), ("torch.sort(x)", True), ("x.float().min(1)", True),
        ("torch.max(x, dim=1).values", False), ("torch.max(x, y)", False), ("torch.max(x)", False),
    ]:  # fmt: skip
        reading = numpy_words(text)
        assert reading is not None
        assert ("places too" in reading.sentence) == is_half, text
