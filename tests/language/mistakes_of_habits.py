"""Habits of other libraries and of loops, whose repair keeps what was meant: the text, the shapes, the repair."""

from __future__ import annotations

# fmt: off
HABITS = (
    # what an axis means stays what it was
    ("np.linalg.norm(X - C, axis=1)", "X=100x5 C=4x5", "np.linalg.norm(X[:, None, :] - C, axis=2)", "100x4"),
    ("sqrt(((X - C)**2).sum(axis=1))", "X=100x5 C=4x5", "sqrt(((X[:, None, :] - C)**2).sum(axis=2))", "100x4"),
    ("((X - C)**2).sum(1).argmin(1)", "X=100x5 C=4x5", "((X[:, None, :] - C)**2).sum(2).argmin(1)", "100"),
    ("img.mean(axis=(2,3,4))", "img=32x3x28x28", "img.mean(axis=(1,2,3))", "32"),
    ("argmax(A, axis='1')", "A=3x4", "argmax(A, axis=1)", "3"),
    ("sum(A, 2)", "A=3x4", "sum(A, 1)", "3"),
    # a typed list has no shape and takes no new axis
    ("img / 255 - [0.4, 0.4, 0.4]", "img=8x3x28x28", "img / 255 - array([0.4, 0.4, 0.4])[:, None, None]",
     "8x3x28x28"),
    ("np.sum(A - [1, 2, 3])", "A=3x4", "np.sum(A - np.array([1, 2, 3])[:, None])", ""),
    ("len(A.shape)", "A=3x4", "A.ndim", ""),
    # keywords
    ("sort(x, reverse=True)", "x=5", "-sort(-x)", "5"),
    ("2 * np.sort(x, descending=True)", "x=5", "2 * (-np.sort(-x))", "5"),
    ("argsort(x + 1, descending=True)", "x=5", "argsort(-(x + 1))", "5"),
    ("sort(m, reverse=True)", "m=5:bool", "sort(m)[..., ::-1]", "5"),
    ("sorted(x, reverse=True)", "x=5", "-sort(-x)", "5"),
    ("sort(x, reverse=False)", "x=5", "sort(x)", "5"),
    ("tril(M, diagonal=-1)", "M=3x3", "tril(M, k=-1)", "3x3"),
    # sizes
    ("full((2, 2))", "", "full((2, 2), 0)", "2x2"),
    ("one_hot(y, p)", "y=32:int64 p=32x10", "one_hot(y, p.shape[1])", "32x10"),
    ("np.random.randn([3,4])", "", "np.random.randn(3,4)", "3x4"),
    ("np.fill_diagonal(M, 0)", "M=3x3", "np.where(np.eye(M.shape[0]), 0, M)", "3x3"),
    # rows of MATLAB's, words without their parentheses, letters
    ("[A; A]", "A=3x4", "vstack([A, A])", "6x4"),
    ("[A, B; B, A]", "A=3x4 B=3x4", "vstack([hstack([A, B]), hstack([B, A])])", "6x8"),
    ("[v w; w v]", "v=3 w=3", "vstack([hstack([v, w]), hstack([w, v])])", "2x6"),
    ("np.mat('1 2; 3 4')", "", "np.array([[1, 2], [3, 4]])", "2x2"),
    ("where x > 0", "x=5", "where(x > 0)", "? "),  # one result among several
    ("any x == y", "x=5 y=5", "any(x == y)", ""),
    ("x.sum axis=1", "x=3x4", "x.sum(axis=1)", "3"),
    ("sum(x, axis:1)", "x=3x4", "sum(x, axis=1)", "3"),
    ("einsum('ij,jk->il', A, B)", "A=3x4 B=4x5", "einsum('ij,jk->ik', A, B)", "3x5"),
    ("einsum('ij,jk-ik', A, B)", "A=3x4 B=4x5", "einsum('ij,jk->ik', A, B)", "3x5"),
    ("einsum('ij jk->ik', A, B)", "A=3x4 B=4x5", "einsum('ij,jk->ik', A, B)", "3x5"),
    ("np.einsum('ij,ij', A, B)", "A=3x4 B=4x5", "np.einsum('ij,jk', A, B)", "3x5"),
    ("einsum(A, v)", "A=3x4 v=4", "einsum('ij,j->i', A, v)", "3"),
    # PyTorch's words
    ("x.split(16)", "x=32x784", "split(x, 2)", "16x784 16x784"),
    ("x.split(10)", "x=32x7", "split(x, [10, 20, 30])", "10x7 10x7 10x7 2x7"),
    ("x.split(392, dim=1)", "x=32x784", "split(x, 2, axis=1)", "32x392 32x392"),
    # what a formula is for
    ("U @ np.diag(S) @ V", "U=5x5 S=3 V=3x3", "U[:, :3] @ np.diag(S) @ V", "5x3"),
    ("U @ diag(S) @ V", "U=3x3 S=3 V=5x5", "U @ diag(S) @ V[:3]", "3x5"),
    ("U * S @ V", "U=5x5 S=3 V=3x3", "U[:, :3] * S @ V", "5x3"),
    ("U @ S @ V", "U=5x3 S=3 V=3x3", "U @ diag(S) @ V", "5x3"),
    ("U @ S @ V", "U=5x5 S=3 V=3x3", "U[:, :3] @ diag(S) @ V", "5x3"),
    ("linalg.svd(A)[0] @ diag(linalg.svd(A)[1]) @ linalg.svd(A)[2]", "A=3x4",
     "linalg.svd(A, full_matrices=False)[0] @ diag(linalg.svd(A, full_matrices=False)[1])"
     " @ linalg.svd(A, full_matrices=False)[2]", "3x4"),
    ("cov(X) @ t", "X=100x5 t=5", "cov(X, rowvar=False) @ t", "5"),
    ("np.linalg.eigh(np.cov(X))[1] @ t", "X=100x5 t=5", "np.linalg.eigh(np.cov(X, rowvar=False))[1] @ t", "5"),
    ("np.mean(np.argmax(p, axis=0) == y)", "p=32x10 y=32:int64", "np.mean(np.argmax(p, axis=1) == y)", ""),
    ("p.argmax(0) == y", "p=32x10 y=32:int64", "p.argmax(1) == y", "32"),
    ("relu(x @ W2 + b2) @ W1 + b1", "x=32x784 W1=784x128 b1=128 W2=128x10 b2=10", "relu(x @ W1 + b1) @ W2 + b2",
     "32x10"),
    ("relu(x @ W + c) @ V + b", "x=32x784 W=784x128 b=128 V=128x10 c=10", "relu(x @ W + b) @ V + c", "32x10"),
    ("np.linalg.inv(X.T @ X) @ X.T @ y", "X=100x5 y=32 t=100", "np.linalg.inv(X.T @ X) @ X.T @ t", "5"),
    ("-np.sum(y * np.log(p))", "y=32:int64 p=32x10", "-np.sum(one_hot(y, 10) * np.log(p))", ""),
    ("accuracy(p, Y)", "p=32x10 Y=32x10", "accuracy(p, argmax(Y, axis=1))", ""),
    ("np.diff(A) + A", "A=3x4", "np.diff(A) + A[:, 1:]", "3x3"),
    ("np.diff(v) / v", "v=5", "np.diff(v) / v[1:]", "4"),
    ("tensordot(A, B)", "A=3x4 B=4x5", "tensordot(A, B, axes=1)", "3x5"),
    ("v.reshape(3, 1) @ q", "v=3 q=4", "v.reshape(3, 1) * q", "3x4"),
    # what a call was given
    ("np.divide(a, b, out=np.zeros_like(a), where=b != 0)", "a=5 b=5", "np.where(b != 0, np.divide(a, b), 0)", "5"),
    ("np.divide(a, b, where=b != 0)", "a=5 b=5", "np.where(b != 0, np.divide(a, b), 0)", "5"),
    ("np.log(a, out=np.full_like(a, -1), where=a > 0)", "a=5", "np.where(a > 0, np.log(a), -1)", "5"),
    ("p[np.arange(10), y]", "p=32x10 y=32:int64", "p[np.arange(32), y]", "32"),
    ("img.reshape(784) @ W", "img=32x28x28 W=784x128", "img.reshape(32, -1) @ W", "32x128"),
    ("img.reshape(-1, 28) @ W", "img=32x28x28 W=784x128", "img.reshape(32, -1) @ W", "32x128"),
    ("v & (w > 0)", "v=3 w=3", "(v != 0) & (w > 0)", "3"),
    ("ones_like(3, 4)", "", "ones((3, 4))", "3x4"),
    ("sum(x, 0, keepdims)", "x=3x4", "sum(x, 0, keepdims=True)", "1x4"),
    ("x.reshape(None, 784)", "x=32x28x28", "x.reshape(-1, 784)", "32x784"),
    ("A.sum()[0]", "A=3x4", "A.sum()", ""),
    ("round(A, '2')", "A=3x4", "round(A, 2)", "3x4"),
    ("linalg.norm(v, 'L2')", "v=5", "linalg.norm(v, 2)", ""),
    ("max(A, [], 1)", "A=3x4", "max(A, 0)", "4"),
    ("cat(1, A, A)", "A=3x4", "concatenate([A, A], 0)", "6x4"),
    ("linspace(10)", "", "linspace(0, 10)", "50"),
    ("np.apply_along_axis(np.sum, 0, A)", "A=3x4", "np.sum(A, axis=0)", "4"),
    ("_, p = torch.max(a, 1)", "a=32x10", "p = torch.max(a, 1)[1]", "32"),
)
# fmt: on
