"""Formulas whose purpose tells the repair: layers, labels, images, books' signs; the text, the shapes, the repair."""

from __future__ import annotations

# fmt: off
MEANING = (
    ("img @ D", "img=32x28x28 D=784x10", "img.reshape(32, -1) @ D", "32x10"),
    ("img @ D + b", "img=32x28x28 D=784x10 b=10", "img.reshape(32, -1) @ D + b", "32x10"),
    ("img @ D", "img=28x28 D=784x10", "img.reshape(-1) @ D", "10"),
    ("M^-1", "M=3x3", "linalg.inv(M)", "3x3"),
    ("M**-1", "M=3x3:int64", "linalg.inv(M)", "3x3"),
    ("(A.T @ A)^-1 @ A.T @ v", "A=5x3 v=5", "linalg.inv(A.T @ A) @ A.T @ v", "3"),
    ("M^T", "M=3x2 T=3x4", "M.T", "2x3"),
    ("A^T", "A=3x2 T=3x2", "A.T", "2x3"),
    ("A^T @ v", "A=3x2 v=3 T=3x4", "A.T @ v", "2"),
    ("||v||", "v=3", "linalg.norm(v)", ""),
    ("||M @ v|| + 1", "M=3x3 v=3", "linalg.norm(M @ v) + 1", ""),
    ("||v||**2", "v=3", "linalg.norm(v)**2", ""),
    ("<v, w>", "v=3 w=3", "vdot(v, w)", ""),
    ("mse(y, Y)", "y=32 Y=32x1", "mse(y, Y.ravel())", ""),
    ("F.mse_loss(y, Y)", "y=32 Y=32x1", "mse(y, Y.ravel())", ""),
    ("Q @ K.transpose()", "Q=2x4x5x8 K=2x4x5x8", "Q @ K.mT", "2x4x5x5"),
    ("Q @ transpose(K)", "Q=2x4x5x8 K=2x4x5x8", "Q @ K.mT", "2x4x5x5"),
    ("relu(x @ W1 + b1) @ W2 + b1", "x=32x784 W1=784x128 b1=128 W2=128x10 b2=10",
     "relu(x @ W1 + b1) @ W2 + b2", "32x10"),
    ("x @ W + W", "x=32x784 W=784x100 b=100", "x @ W + b", "32x100"),
    ("argmax(p, axis=1) == y", "p=100x10 y=100x10", "argmax(p, axis=1) == argmax(y, axis=1)", "100"),
    ("np.mean(np.argmax(p, 1) == y)", "p=100x10 y=100x10", "np.mean(np.argmax(p, 1) == np.argmax(y, 1))", ""),
    ("p.argmax(1) == y", "p=100x10 y=100x10", "p.argmax(1) == y.argmax(1)", "100"),
    ("tile(b, 32) + x", "b=10 x=32x10", "b + x", "32x10"),
    ("np.repeat(b, 32) + x", "b=10 x=32x10", "b + x", "32x10"),
    ("a[:, None] - b[:, None]", "a=5 b=4", "a[:, None] - b", "5x4"),
    ("att @ v", "att=4x8x10 v=10x4x16", "att @ v.swapaxes(0, 1)", "4x8x16"),
    ("lab @ W", "lab=32:int64 W=784x128", "W[lab]", "32x128"),
    ("x[:, 0] @ W", "x=32x784 W=784x128", "x @ W", "32x128"),
    ("one_hot(v, 3)", "v=5", "one_hot(v.astype(int), 3)", "5x3"),
    ("cross_entropy(lab, x @ W)", "lab=32:int64 x=32x784 W=784x10", "cross_entropy(x @ W, lab)", ""),
    ("linalg.eig(M) @ v", "M=3x3 v=3", "linalg.eig(M)[1] @ v", "3"),
    ("np.dot(v, u)", "v=3 u=4", "np.outer(v, u)", "3x4"),
)
# fmt: on
