"""Words of PyTorch, JAX and TensorFlow are read as NumPy's, and what is found stands where they were written."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import playground as mp
from playground.language.as_numpy import as_numpy
from playground.language.foreign import clue, table
from playground.language.foreign.read import numpy_text, numpy_words
from playground.language.functions import FUNCTIONS
from playground.language.infer import infer
from playground.language.nodes import walk
from playground.language.parse import parse
from playground.language.problems import Span
from playground.language.signature import Signature
from playground.language.vocabulary import ALIASES

# fmt: off
READ_AS = [
    ("x.view(2, -1)", "x.reshape(2, -1)"),
    ("x.view((2, 6))", "x.reshape((2, 6))"),
    ("x.view(float32).unsqueeze(0)", "expand_dims(x.view(float32), 0)"),
    ("x.view(torch.int32)", "x.view(int32)"),
    ("x.view_as(y)", "x.reshape(y.shape)"),
    ("x.permute(0, 2, 1)", "x.transpose(0, 2, 1)"),
    ("x.unsqueeze(0)", "expand_dims(x, 0)"),
    ("x.unsqueeze(dim=-1)", "expand_dims(x, -1)"),
    ("x.squeeze(dim=1)", "x.squeeze(axis=1)"),
    ("x.matmul(W)", "x @ W"),
    ("x.mm(W) + b", "x @ W + b"),
    ("a.bmm(b)", "a @ b"),
    ("x.t()", "x.T"),
    ("x.size(0)", "x.shape[0]"),
    ("x.size(-1) ** 0.5", "x.shape[-1] ** 0.5"),
    ("x.view(x.size(0), -1)", "x.reshape(x.shape[0], -1)"),
    ("x.pow(2) ** 3", "(x ** 2) ** 3"),
    ("x.numel()", "x.size"),
    ("x.dim()", "x.ndim"),
    ("x.float()", "x.astype(float32)"),
    ("x.half()", "x.astype(float16)"),
    ("x.double()", "x.astype(float64)"),
    ("x.long()", "x.astype(int64)"),
    ("x.to(torch.float16)", "x.astype(float16)"),
    ("x.to('cuda')", "x"),
    ("x.contiguous().view(4, 3)", "x.reshape(4, 3)"),
    ("loss.detach().cpu().numpy()", "loss"),
    ("x.sum().item()", "x.sum()"),
    ("np.sum(x).item()", "np.sum(x)"),
    ("np.trunc(x).item()", "np.trunc(x).reshape(())"),
    ("x.sum(axis=0).item()", "x.sum(axis=0).reshape(())"),
    ("x.item(3)", "x.reshape(-1)[3]"),
    ("x.item(1, 2)", "x[1, 2].reshape(())"),
    ("a.mul(b)", "a * b"),
    ("2 * a.add(b)", "2 * (a + b)"),
    ("(a + b).div(c)", "(a + b) / c"),
    ("a.sub(b, alpha=2)", "a - 2 * b"),
    ("a.sub(b).pow(2).sum()", "((a - b) ** 2).sum()"),
    ("q @ k.transpose(-2, -1) / q.size(-1) ** 0.5", "q @ k.swapaxes(-2, -1) / q.shape[-1] ** 0.5"),
    ("x.transpose(1, 2)", "x.swapaxes(1, 2)"),
    ("torch.transpose(x, 0, 1)", "x.swapaxes(0, 1)"),
    ("x.expand(3, 4)", "broadcast_to(x, (3, 4))"),
    ("x.expand_as(y)", "broadcast_to(x, y.shape)"),
    ("x.unsqueeze(0).repeat(2, 1, 1)", "tile(expand_dims(x, 0), (2, 1, 1))"),
    ("x.norm(dim=1)", "linalg.norm(x, axis=1)"),
    ("x.norm(dim=1, keepdim=True)", "linalg.norm(x, axis=1, keepdims=True)"),
    ("x.norm(p=1, dim=1)", "linalg.norm(x, ord=1, axis=1)"),
    ("x.norm(p=1)", "linalg.norm(x.ravel(), ord=1)"),
    ("sum(A, dim=1)", "sum(A, axis=1)"),
    ("np.sum(A, axis=2, keepdim=True)", "np.sum(A, axis=2, keepdims=True)"),
    ("x.mean(dim=-1, keepdim=True)", "x.mean(axis=-1, keepdims=True)"),
    ("sum(x, axis=1, keep_dims=True)", "sum(x, axis=1, keepdims=True)"),
    ("x.std(dim=0)", "std(x, axis=0, ddof=1)"),
    ("x.var(dim=0, unbiased=False)", "var(x, axis=0)"),
    ("np.std(x, dim=0)", "np.std(x, axis=0)"),
    ("x.max(dim=1).values", "x.max(axis=1)"),
    ("x.max(dim=1)[1]", "x.argmax(axis=1)"),
    ("torch.max(x, dim=1).indices", "argmax(x, axis=1)"),
    ("x.argmax(dim=1).eq(y).float().mean()", "(x.argmax(axis=1) == y).astype(float32).mean()"),
    ("scores.masked_fill(mask == 0, -inf)", "where(mask == 0, -inf, scores)"),
    ("x.clamp(min=0)", "clip(x, min=0)"),
    ("torch.clamp(x, 0, 1)", "clip(x, min=0, max=1)"),
    ("x.relu().exp()", "exp(relu(x))"),
    ("x.softmax(dim=-1)", "softmax(x, axis=-1)"),
    ("x.flatten(1)", "x.reshape(x.shape[0], -1)"),
    ("x.gather(1, y)", "take_along_axis(x, y, axis=1)"),
    ("F.linear(x, W, b)", "x @ W.T + b"),
    ("F.linear(x, W)", "x @ W.T"),
    ("relu(F.linear(x, W, b)).T", "relu(x @ W.T + b).T"),
    ("F.linear(x, W).T", "(x @ W.T).T"),
    ("F.softmax(x, dim=-1)", "softmax(x, axis=-1)"),
    ("F.softmax(x @ W, -1)", "softmax(x @ W, axis=-1)"),
    ("nn.functional.log_softmax(x, dim=1)", "log_softmax(x, axis=1)"),
    ("torch.nn.functional.gelu(x)", "gelu(x)"),
    ("F.relu(x, inplace=True)", "relu(x)"),
    ("F.leaky_relu(x, 0.1)", "leaky_relu(x, negative_slope=0.1)"),
    ("F.cross_entropy(logits, labels)", "cross_entropy(logits, labels)"),
    ("F.mse_loss(x, y)", "mse(x, y)"),
    ("F.layer_norm(x, (4,), w, b)", "layer_norm(x, w, b)"),
    ("F.layer_norm(x, (3, 4), w, b)", "layer_norm(x, w, b, axis=(-2, -1))"),
    ("F.layer_norm(x, normalized_shape=[3, 4], eps=0.1)", "layer_norm(x, eps=0.1, axis=(-2, -1))"),
    ("F.layer_norm(x, x.shape[-2:])", "layer_norm(x, axis=(-2, -1))"),
    ("nn.LayerNorm(4)(x)", "layer_norm(x)"),
    ("nn.ReLU(inplace=True)(x @ W)", "relu(x @ W)"),
    ("torch.nn.Softmax(dim=-1)(x)", "softmax(x, axis=-1)"),
    ("nn.CrossEntropyLoss()(logits, labels)", "cross_entropy(logits, labels)"),
    ("F.pad(x, (1, 2))", "pad(x, ((0, 0),) * (x.ndim - 1) + ((1, 2),))"),
    ("F.pad(x + y, (1, 2, k, 3), value=-1.5)",
     "pad(x + y, ((0, 0),) * ((x + y).ndim - 2) + ((k, 3), (1, 2)), constant_values=-1.5)"),
    ("F.pad(x, [0, 1], 'constant', 7)", "pad(x, ((0, 0),) * (x.ndim - 1) + ((0, 1),), constant_values=7)"),
    ("nn.functional.pad(x, (0, 1), mode='replicate')", "pad(x, ((0, 0),) * (x.ndim - 1) + ((0, 1),), mode='edge')"),
    ("F.normalize(x, dim=1)", "l2_normalize(x, axis=1)"),
    ("torch.triu(x, diagonal=1)", "triu(x, 1)"),
    ("torch.tril(x, -1)", "tril(x, -1)"),
    ("x.diag()", "diag(x)"),
    ("torch.sort(x, descending=True)", "-sort(-x)"),
    ("x.sort(dim=1, descending=True).values", "-sort(-x, axis=1)"),
    ("torch.sort(x, descending=True).indices", "argsort(-x)"),
    ("x.argsort(descending=True)", "argsort(-x)"),
    ("2 ** torch.sort(x, descending=True)[0]", "2 ** (-sort(-x))"),
    ("torch.sort(x, descending=True)[0] ** 2", "(-sort(-x)) ** 2"),
    ("torch.zeros(torch.Size([2, 3]))", "zeros([2, 3], dtype=float32)"),
    ("F.kl_div(p, q)", "mean(q * (log(q) - p))"),
    ("jnp.zeros((2, 3))", "zeros((2, 3), dtype=float32)"),
    ("jnp.zeros((2, 3), dtype=int)", "zeros((2, 3), dtype=int)"),
    ("jnp.array([1.5])", "array([1.5], dtype=float32)"),
    ("jnp.array([1, 2])", "array([1, 2])"),
    ("tf.ones([2])", "ones([2], dtype=float32)"),
    ("tf.constant([1.5, 2])", "array([1.5, 2], dtype=float32)"),
    ("tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=z)",
     "-take_along_axis(log_softmax(z), y[..., None], axis=-1)[..., 0]"),
    ("F.one_hot(labels, 10)", "one_hot(labels, 10).astype(int64)"),
    ("F.scaled_dot_product_attention(q, k, v)", "attention(q, k, v)"),
    ("torch.cat([a, b], dim=1)", "concatenate([a, b], axis=1)"),
    ("torch.cat((a, b))", "concatenate((a, b))"),
    ("torch.stack([a, b])", "stack([a, b])"),
    ("torch.einsum('ij,jk->ik', a, b)", "einsum('ij,jk->ik', a, b)"),
    ("torch.einsum('ij,jk->ik', [a, b])", "einsum('ij,jk->ik', a, b)"),
    ("torch.topk(x, 2)", "flip(sort(x), axis=-1)[..., :2]"),
    ("x.topk(2).values", "flip(sort(x), axis=-1)[..., :2]"),
    ("x.topk(2).indices", "flip(argsort(x), axis=-1)[..., :2]"),
    ("torch.topk(x, 2, largest=False)[0]", "sort(x)[..., :2]"),
    ("x.topk(k=2, dim=1)[1]", "take(flip(argsort(x, axis=1), axis=1), arange(2), axis=1)"),
    ("torch.tensor([[1., 2.]], requires_grad=True)", "array([[1., 2.]], dtype=float32)"),
    ("torch.tensor([[1, -2]])", "array([[1, -2]])"),
    ("torch.tensor([1., 2.], dtype=torch.float64)", "array([1., 2.], dtype=float64)"),
    ("torch.tensor(a * 2.)", "array(a * 2.)"),
    ("torch.full((2, 3), 0.5)", "full((2, 3), 0.5, dtype=float32)"),
    ("torch.full((2, 3), 7)", "full((2, 3), 7)"),
    ("torch.arange(0, 1, 0.25)", "arange(0, 1, 0.25, dtype=float32)"),
    ("torch.LongTensor([1, 2])", "array([1, 2], dtype=int64)"),
    ("torch.randn(2, 3)", "random.standard_normal((2, 3)).astype(float32)"),
    ("torch.zeros(2, 3)", "zeros((2, 3), dtype=float32)"),
    ("torch.ones((2, 3), dtype=torch.float16)", "ones((2, 3), dtype=float16)"),
    ("torch.zeros(3)", "zeros(3, dtype=float32)"),
    ("torch.eye(3)", "eye(3, dtype=float32)"),
    ("torch.arange(12).view(3, 4)", "arange(12).reshape(3, 4)"),
    ("torch.linspace(0, 1, steps=5)", "linspace(0, 1, 5, dtype=float32)"),
    ("torch.matmul(a, b)", "a @ b"),
    ("torch.addmm(b, x, W)", "b + x @ W"),
    ("torch.linalg.inv(A)", "linalg.inv(A)"),
    ("torch.exp(x) + torch.pi", "exp(x) + pi"),
    ("torch.sum(x, dim=0)", "sum(x, axis=0)"),
    ("jnp.dot(a, b)", "dot(a, b)"),
    ("jax.numpy.sum(x, axis=0)", "sum(x, axis=0)"),
    ("jnp.linalg.norm(x)", "linalg.norm(x)"),
    ("jax.nn.softmax(x, axis=-1)", "softmax(x, axis=-1)"),
    ("tf.matmul(a, b)", "a @ b"),
    ("tf.matmul(a, b, transpose_b=True)", "a @ b.mT"),
    ("tf.reduce_sum(x, axis=1)", "sum(x, axis=1)"),
    ("tf.reduce_mean(x, 0, keepdims=True)", "mean(x, axis=0, keepdims=True)"),
    ("tf.transpose(x, perm=[0, 2, 1])", "transpose(x, [0, 2, 1])"),
    ("tf.concat([a, b], axis=1)", "concatenate([a, b], axis=1)"),
    ("tf.nn.softmax(x)", "softmax(x)"),
    ("tf.math.exp(x)", "exp(x)"),
    ("tf.cast(x, tf.float32)", "x.astype(float32)"),
    ("h = F.relu(x @ W)  ", "h = relu(x @ W)  "),
    ("π.view(2, 3) @ F.relu(W)", "π.reshape(2, 3) @ relu(W)"),
]
LEFT_ALONE = [
    "A.transpose(0, 1)", "A.transpose(-2, -1)", "A.T @ B", "x.repeat(2, 1)", "F @ F.T", "F.sum(axis=0)", "x.size",
    "x.sum(1)", "np.add(a, b)", "np.matmul(a, b)", "linalg.norm(x, 1)", "float(3)", "A.size()", "A.exp()",
    "lingalg.norm(v)", "torch.compile(x)", "F.layer_norm(x, x.shape[1:])",
    "nn.Linear(3, 4)(x)", "'x.view(2)'", "x.view(2", "x.view(2) +", "x.view\\(2)", "F.view",
]
# fmt: on


@pytest.mark.parametrize(("theirs", "numpy"), READ_AS, ids=lambda text: text)
def test_a_word_of_another_library_is_numpys(theirs: str, numpy: str) -> None:
    assert numpy_text(theirs) == numpy
    assert parse(numpy).problems == ()
    assert numpy_words(numpy) is None


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_numpys_own_words_stay(text: str) -> None:
    assert numpy_words(text) is None


def test_every_row_stands_for_functions_that_are_there() -> None:
    rows = {**table.TORCH_ONLY, **table.TORCH_TOO, **table.FUNCTIONAL, **table.TORCH, **table.TENSORFLOW, **table.JAX}
    for name, row in rows.items():
        if row.texts == ("",):
            last = name.rpartition(".")[2]
            assert last in FUNCTIONS or last in ALIASES, name
        for text in filter(None, row.texts):
            plain = re.sub(r"<[*#]?(\w+)>", r"\1", re.sub(r"<[!?]\w+>|[{}]", "", text))
            tree = parse(plain).tree
            assert tree is not None, (name, plain)
            called = {node.function for node in walk(tree) if hasattr(node, "function")}
            assert all(word in FUNCTIONS for word in called), (name, called)


def test_pytorch_means_swapaxes_by_transpose() -> None:
    x = np.arange(24.0).reshape(2, 3, 4)
    assert mp.evaluate("x.transpose(1, 2)", {"x": x}).shape == (2, 4, 3)
    assert mp.evaluate("x[0].transpose(0, 1)", {"x": x}).shape == (3, 4)  # NumPy's: as it was
    assert mp.evaluate("torch.tensor([[1, 2, 3]]).transpose(0, 1)", {}).shape == (3, 1)


def test_infer_answers_at_the_places_that_were_written() -> None:
    found = mp.infer("F.softmax(x.view(2, 3), dim=-1)", {"x": (3, 2)})
    assert (found.ok, found.shape) == (True, (2, 3))
    by_source = {step.source: (step.start, step.end) for step in found.steps}
    assert by_source["x"] == (10, 11)
    assert by_source["x.reshape(2, 3)"] == (10, 22)
    assert by_source["softmax(x.reshape(2, 3), axis=-1)"] == (0, 31)


def test_a_problem_speaks_numpy_and_points_at_what_was_written() -> None:
    text = "1 + F.linear(x, W)"
    problem = mp.infer(text, {"x": (32, 764), "W": (764, 10)}).problems[0]
    assert "W.T" in problem.message
    assert text[problem.start : problem.end] == "F.linear(x, W)"
    assert problem.repairs[0].source == "1 + x @ W"
    text = "F.relu(x @ W)"
    problem = mp.infer(text, {"x": (32, 764), "W": (100, 10)}).problems[0]
    assert text[problem.start : problem.end] == "x @ W"


def test_evaluate_gradient_and_copy_take_them_too() -> None:
    x, weights = np.array([[1.0, 2.0]]), np.array([[3.0, 4.0]])
    assert mp.evaluate("F.linear(x, W).sum(dim=-1)", {"x": x, "W": weights}).value.tolist() == [11.0]
    assert mp.gradient("F.linear(x, W)", {"x": (2, 3), "W": (4, 3)}, "x").source == "dh @ W"
    assert as_numpy("x.unsqueeze(0)") == "np.expand_dims(x, 0)"


def test_a_sentence_says_what_was_read_as_what() -> None:
    reading = numpy_words("F.relu(x.view(2, -1)) + x.sum(dim=0)")
    assert reading is not None
    assert reading.changes == (("F.relu(x.view(2, -1))", "relu(x.reshape(2, -1))"), ("dim=", "axis="))
    assert "F.relu(x.view(2, -1)) as relu(x.reshape(2, -1))" in reading.sentence


@given(
    st.lists(st.sampled_from([text for text, _ in READ_AS if "=" not in text.split("(")[0]]), min_size=1, max_size=4)
)
def test_every_place_in_the_numpy_text_has_one_in_the_other(texts: list[str]) -> None:
    source = " + ".join(text.strip() for text in texts)
    reading = numpy_words(source)
    assert reading is not None
    tree = parse(reading.numpy).tree
    assert tree is not None
    for node in walk(tree):
        place = reading.place(node.span)
        assert 0 <= place.start <= place.end <= len(source)
    assert reading.place(Span(0, len(reading.numpy))).start == 0


@given(st.text(alphabet="xWF.view(dim=0), -1@+*[]torch_permute'T1\\\n\tµ", max_size=40))
def test_nothing_raises(text: str) -> None:
    numpy_words(text)
    infer(text, {"x": Signature((2, 3), np.dtype(float)), "W": Signature((3, 2), np.dtype(float))})


@pytest.mark.parametrize("theirs", [theirs for theirs, _ in READ_AS], ids=lambda text: text)
def test_what_looks_for_a_clue_finds_one(theirs: str) -> None:
    assert clue.numpy_words(theirs) == numpy_words(theirs)
    assert clue.numpy_words(re.sub(r"\bx\b", "x2", theirs)) is not None


@pytest.mark.parametrize("ndim", [2, 3])
def test_what_only_pytorch_can_mean_is_the_first_repair(ndim: int) -> None:
    shape = (2, 5, 8)[3 - ndim :]
    problem = mp.infer("q @ k.transpose(-2, -1)", {"q": shape, "k": shape}).problems[0]
    assert problem.repairs[0].source == "q @ k.swapaxes(-2, -1)"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("nn.Conv2d(3, 16, 3)(x)", "keeps weights"),
        ("F.max_pool2d(x, 2, padding=1) + 1", "slides a window"),
        ("F.pad(x, (-1, 1))", "begin with the last axis"),
        ("F.pad(x, widths)", "begin with the last axis"),
        ("relu(nn.Linear(4, 5)(x))", "keeps weights of its own"),
        ("torch.nn.LSTM(3, 4)(x)", "keeps weights of its own"),
        ("nn.Sequential(x)", "makes a module"),
        ("torch.compile(x)", "torch.compile isn't read"),
        ("torch.softmax(*x, dim=0)", "with its arguments one by one"),
        ("F.softmax(x, *x, dim=-1)", "with its arguments one by one"),
    ],
)
def test_what_is_not_read_is_said_by_its_name(source: str, words: str) -> None:
    (problem,) = infer(source, {"x": Signature((2, 4), np.dtype(np.float32))}).problems
    assert words in problem.message
    assert problem.hint
    assert problem.message.startswith(source[problem.span.start : problem.span.end])


def test_an_entry_may_have_a_library_s_name() -> None:
    x = Signature((2, 4), np.dtype(np.float32))
    (problem,) = infer("F.conv(x)", {"F": x, "x": x}).problems
    assert problem.kind != "not-read"


@pytest.mark.parametrize(
    ("text", "said"),
    [("torch.split(x, 2)", "size of a part"), ("torch.svd(A)", "transpose"), ("torch.manual_seed(0)", "same here")],
)
def test_a_word_that_means_something_else_in_numpy_says_so(text: str, said: str) -> None:
    (problem,) = infer(text, {}).problems
    assert said in problem.message
    assert problem.hint


def test_pytorchs_transpose_of_two_axes_is_named_in_numpys_words() -> None:
    (problem,) = infer("Q.transpose(0, 1)", {"Q": Signature((2, 3, 4), np.dtype(float))}).problems
    assert problem.hint == "PyTorch swaps two axes so; in NumPy's words: Q.swapaxes(0, 1)"
