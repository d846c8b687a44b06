"""Errors that people were shown, as they pasted them into public threads, and what is read from them.

Paths are shortened. A thread is named by repository and number.
"""
# ruff: noqa: E501 - an error is as long as it is

from __future__ import annotations

from tests.language.real_error import RealError, framed
from tests.language.real_errors_libraries import LIBRARY_ERRORS

_CORE = "ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size {} is different from {})"
_BROADCAST = "ValueError: operands could not be broadcast together with shapes "

# fmt: off
REAL_ERRORS = (
    # NumPy: products
    RealError(
        framed("emb_cost = det_embs @ trk_embs.T", _CORE.format(3, 512)),
        "det_embs @ trk_embs.T", "det_embs=2x512 trk_embs=512x3", "Deep-OC-SORT #4", is_whole=False,
    ),
    RealError(_CORE.format(3, 4).removeprefix("ValueError: "), "A @ B", "A=2x4 B=3x4", "deepdrr #53", is_whole=False),
    RealError(
        'Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\n  File "/lib/python3.11/site-packages/'
        'multiscale_phate/visualize.py", line 144, in build_condensation_tree\n    tree_phate = Ps[l] @ tree_phate_1\n'
        "                 ~~~~~~^~~~~~~~~~~~~~\n" + _CORE.format(77566, 77565),
        "A @ tree_phate_1", "A=2x77565 tree_phate_1=77566x77565", "Multiscale_PHATE #14", is_whole=False,
    ),
    RealError(
        "---------------------------------------------------------------------------\nValueError      Traceback (most "
        "recent call last)\nCell In[28], [line 33](vscode-notebook-cell:?line=33)\n     31 # ---- ctrl computation\n"
        "     32 P = 2 * AM.T @ AM\n---> [33](vscode-notebook-cell:?line=33) k = AM @ bias - (qfrc / qfrc_scaler)\n"
        "     34 q = 2 * k @ AM\n\n" + _CORE.format(39, 63),
        "AM @ bias", "AM=2x63 bias=39x63", "myosuite #347", is_whole=False,
    ),
    RealError(
        "~\\aima-python\\learning.py in LinearLearner(dataset, learning_rate, epochs)\n    528         for example in "
        "examples:\n    529             x = [1] + example\n--> 530             y = np.dot(w, x)\n    531             t = 1\n"
        "\n<__array_function__ internals> in dot(*args, **kwargs)\n\n"
        "ValueError: shapes (5,) and (6,) not aligned: 5 (dim 0) != 6 (dim 0)",
        "dot(w, x)", "w=5 x=6", "aima-python #1254",
    ),
    RealError(
        framed("z = np.dot(w, activation)+b", "ValueError: shapes (15,728) and (784,1) not aligned: 728 (dim 1) != 784 (dim 0)"),
        "dot(w, activation)", "w=15x728 activation=784x1", "DeepLearningPython #27",
    ),
    RealError(
        'Traceback (most recent call last):\n  File "w2veclite.py", line 4, in <module>\n    W1, W2, loss = cbow.run()\n'
        '  File "D:\\word2veclite.py", line 47, in cbow\n    h = np.dot(W1.T, x)\n'
        "ValueError: shapes (2,7) and (2,7) not aligned: 7 (dim 1) != 2 (dim 0)",
        "dot(W1.T, x)", "W1=7x2 x=2x7", "word2veclite #2",
    ),
    RealError(
        'ValueError: shapes (20670,300) and (10,1) not aligned: 300 (dim 1) != 10 (dim 0)',
        "dot(A, B)", "A=20670x300 B=10x1", "AvatarCap #21",
    ),
    RealError(
        "ValueError: shapes (96,86) and (85,) not aligned: 86 (dim 1) != 85 (dim 0)",
        "dot(A, B)", "A=96x86 B=85", "SigProfilerAssignment #154",
    ),
    RealError(
        '  File "e:\\site-packages\\dbn\\models.py", line 183, in _compute_hidden_units_matrix\n    '
        "np.dot(self.W, np.transpose(matrix_visible_units)) + self.c[:, np.newaxis]))\n\n  File "
        '"<__array_function__ internals>", line 6, in dot\n\n'
        "ValueError: shapes (256,33626) and (33227,800) not aligned: 33626 (dim 1) != 33227 (dim 0)",
        "dot(A, B)", "A=256x33626 B=33227x800", "deep-belief-network #47",
    ),
    # NumPy: cell by cell
    RealError(
        framed("self.window * self.window_penalty", _BROADCAST + "(256,) (1024,) "),
        "window * window_penalty", "window=256 window_penalty=1024", "TransT #148",
    ),
    RealError(
        framed("rwm = (f2 - f1) / alpha", _BROADCAST + "(38,401,3) (1444,1080,3)"),
        "f2 - f1", "f2=38x401x3 f1=1444x1080x3", "BlindWaterMark #8",
    ),
    RealError(
        framed("cross_mul_sum=((A-A.mean())*(B-B.mean())).sum()", _BROADCAST + "(49,223) (64,64)"),
        "A * B", "A=49x223 B=64x64", "BlindWatermark #39",
    ),
    RealError(_BROADCAST + "(88,23) (88,24)", "A + B", "A=88x23 B=88x24", "WSHP #10"),
    RealError(_BROADCAST + "(5305,10) (18027,) (5305,10)", "A + B", "A=5305x10 B=18027", "flowsig #15"),
    RealError(
        framed("copes = np.where(inds == txt2img[index])[0]", _BROADCAST + "(1014,)(2,)"),
        "inds == A", "inds=1014 A=2", "ALBEF #138",
    ),
    RealError(_BROADCAST + "(672,294,3) (3,3)", "A + B", "A=672x294x3 B=3x3", "AgentCPM-GUI #5"),
    RealError(
        "ValueError                                Traceback (most recent call last)\n<ipython-input-67-9e546835689c> in "
        "<module>()\n----> 1 xx + yy\n\n" + _BROADCAST + "(2,4) (2,)",
        "xx + yy", "xx=2x4 yy=2", "jax #12305",
    ),
    # NumPy: shapes, joins, masks
    RealError(
        framed("confusionMatrix = count.reshape(self.numClass, self.numClass)",
               "ValueError: cannot reshape array of size 5 into shape (2,2)"),
        "count.reshape(2, 2)", "count=5", "YOLOP #59",
    ),
    RealError(
        framed("anomaly_map = score_patches[:,0].reshape((28,28))",
               "ValueError: cannot reshape array of size 1288 into shape (28,28)"),
        "A.reshape(28, 28)", "A=1288", "CAReg #6",
    ),
    RealError(
        framed("truthful = np.array(truthful).reshape(len(prompts), -1)",
               "ValueError: cannot reshape array of size 2 into shape (70,newaxis)"),
        "A.reshape(70, -1)", "A=2", "automatic-prompt-engineer #1",
    ),
    RealError(
        "COncatenate context windows error: all the input array dimensions except for the concatenation axis must match "
        "exactly, but along dimension 0, the array at index 0 has size 736 and the array at index 1 has size 981",
        "concatenate([A, B], axis=1)", "A=736x3 B=981x3", "Comfyui-In-Context-Lora-Utils #8", is_whole=False,
    ),
    RealError(
        framed("new_pos = np.concatenate((a, b), axis=0)",
               "ValueError: all the input array dimensions except for the concatenation axis must match exactly, but "
               "along dimension 1, the array at index 0 has size 3 and the array at index 1 has size 2"),
        "concatenate([a, b], axis=0)", "a=2x3 b=2x2", "asked: concatenate", is_whole=False,
    ),
    RealError(
        framed("data = np.concatenate((v, k), axis=0)",
               "ValueError: all the input arrays must have same number of dimensions, but the array at index 0 has 1 "
               "dimension(s) and the array at index 1 has 2 dimension(s)"),
        "concatenate([v, k], axis=0)", "v=3 k=2x3", "SciPy-User 2012", is_whole=False,
    ),
    RealError(
        "ValueError: could not broadcast input array from shape (400,160) into shape (160,400)",
        "broadcast_to(A, (160, 400))", "A=400x160", "IPNV2_pytorch #10",
    ),
    RealError(
        framed("bboxes_i = bboxes_i[scores_i > score_threshold]",
               "IndexError: boolean index did not match indexed array along dimension 0; dimension is 2704 but "
               "corresponding boolean dimension is 80"),
        "bboxes_i[A]", "bboxes_i=2704 A=80", "ImageAnalysisService #11",
    ),
    RealError(
        "IndexError: boolean index did not match indexed array along dimension 1; dimension is 640 but corresponding "
        "boolean dimension is 28", "A[B]", "A=2x640 B=2x28", "person-blocker #16", is_whole=False,
    ),
    RealError(
        framed("x = self_col.wrapper.index[mask]",
               "IndexError: boolean index did not match indexed array along axis 0; size of axis is 357 but size of "
               "corresponding boolean axis is 360"),
        "index[mask]", "index=357 mask=360", "vectorbt #62",
    ),
    # NumPy: in place, three shapes, einsum
    RealError(
        "ValueError: non-broadcastable output operand with shape (3,1) doesn't match the broadcast shape (3,3)",
        "broadcast_to(A + B, A.shape)", "A=3x1 B=3x3", "asked: output alone", is_whole=False,
    ),
    RealError(
        framed("grad += delta", "ValueError: non-broadcastable output operand with shape (3,1) doesn't match the "
               "broadcast shape (3,3)"),
        "broadcast_to(grad + delta, grad.shape)", "grad=3x1 delta=3x3", "asked: output", is_whole=False,
    ),
    RealError(
        framed("W -= lr * dW", _BROADCAST + "(784,100) (100,784) (784,100) "),
        "W - lr * dW", "W=784x100 lr= dW=100x784", "asked: descent in place",
    ),
    RealError(
        framed("W = W - 0.1 * dW.T", _BROADCAST + "(784,100) (100,784) "),
        "W - 0.1 * dW.T", "W=784x100 dW=784x100", "asked: descent",
    ),
    RealError(_BROADCAST + "(2,3) (2,3) (4,) ", "where(A, B, C)", "A=2x3 B=2x3 C=4", "asked: three shapes"),
    RealError(
        framed("z = np.where(m, p, q)", _BROADCAST + "(2,3) (2,3) (4,) "),
        "where(m, p, q)", "m=2x3 p=2x3 q=4", "asked: where",
    ),
    RealError(
        "ValueError: shape mismatch: value array of shape (3,) could not be broadcast to indexing result of shape (2,)",
        "broadcast_to(A, (2,))", "A=3", "asked: assigned to an index",
    ),
    RealError(
        framed("C = np.einsum('ij,jk->ik', P, Q)", "ValueError: operands could not be broadcast together with remapped "
               "shapes [original->remapped]: (2,3)->(2,newaxis,3) (4,5)->(5,4) "),
        "einsum('ij,jk->ik', P, Q)", "P=2x3 Q=4x5", "asked: einsum",
    ),
    RealError(
        "ValueError: operands could not be broadcast together with remapped shapes [original->remapped]: "
        "(7,2,3)->(7,2,newaxis,3) (7,4,5)->(7,newaxis,5,4) ",
        "einsum('ijk,ikl', A, B)", "A=7x2x3 B=7x4x5", "asked: einsum alone",
    ),
    *LIBRARY_ERRORS,
)
# fmt: on
