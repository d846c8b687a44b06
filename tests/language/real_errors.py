"""Errors that people were shown, as they pasted them into public threads, and what is read from them.

Paths are shortened. A thread is named by repository and number.
"""
# ruff: noqa: E501 - an error is as long as it is

from __future__ import annotations

from typing import NamedTuple


class RealError(NamedTuple):
    """One error; ``shapes`` is written ``"A=2x3 v=4 s="``."""

    text: str
    formula: str
    shapes: str
    seen: str
    is_whole: bool = True


_FRAME = 'Traceback (most recent call last):\n  File "{path}", line 3, in forward\n    {code}\n{error}'


def framed(code: str, error: str, path: str = "model.py") -> str:
    """A traceback of one frame."""
    return _FRAME.format(path=path, code=code, error=error)


_LINEAR = "/usr/lib/python3.9/site-packages/torch/nn/modules/linear.py"
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
    # PyTorch: products
    RealError(
        framed("return F.linear(input, self.weight, self.bias)",
               "RuntimeError: mat1 and mat2 shapes cannot be multiplied (192721x92 and 103x64)", _LINEAR),
        "input @ weight.T", "input=192721x92 weight=64x103", "RFdiffusion #384",
    ),
    RealError(
        framed("gamma = torch.mm(A_taskpair, self.gamma.t())",
               "RuntimeError: mat1 and mat2 shapes cannot be multiplied (1x2 and 6x64)"),
        "A_taskpair @ gamma.T", "A_taskpair=1x2 gamma=64x6", "MTPSL #3",
    ),
    RealError(
        "RuntimeError: mat1 and mat2 shapes cannot be multiplied (1x18 and 512x1024)",
        "A @ B", "A=1x18 B=512x1024", "datasetGAN_release #49",
    ),
    RealError(
        "│ ❱ 125 │   │   return F.linear(input, self.weight, self.bias)                                          │\n"
        "│   126                                                                                               │\n"
        "╰─────────────────────────────────────────────────────────────────────────────────────────────────────╯\n"
        "RuntimeError: mat1 and mat2 shapes cannot be multiplied (64x768 and 1152x1152)",
        "input @ weight.T", "input=64x768 weight=1152x1152", "sdnext #3969",
    ),
    RealError(
        "RuntimeError: size mismatch, m1: [2 x 64], m2: [18496 x 256] at C:/w/1/s/aten/src\\THC/generic/THCTensorMathBlas.cu:273",
        "A @ B", "A=2x64 B=18496x256", "HybridSN-pytorch #3",
    ),
    RealError(
        "--> 992         return torch.addmm(bias, input, weight.t())\n    993 \n    994     output = input.matmul(weight.t())\n\n"
        "RuntimeError: size mismatch, m1: [1 x 8192], m2: [2048 x 256] at c:\\aten\\src\\th\\generic/THTensorMath.c:2033",
        "input @ weight.T", "input=1x8192 weight=256x2048", "pytorch-book #134",
    ),
    RealError(
        framed("hidden = F.relu(torch.matmul(x_, w1) + b1) # b * t, 1, emb",
               "RuntimeError: Expected size for first two dimensions of batch2 tensor to be: [10, 360] but got: [10, 264]."),
        "x_ @ w1", "x_=10x2x360 w1=10x264x3", "hmp2g #10", is_whole=False,
    ),
    # PyTorch: cell by cell, shapes, joins
    RealError(
        "RuntimeError: The size of tensor a (16) must match the size of tensor b (10) at non-singleton dimension 1",
        "A + B", "A=2x16 B=2x10", "capsule-networks #28", is_whole=False,
    ),
    RealError(
        "RuntimeError: The size of tensor a (4) must match the size of tensor b (3) at non-singleton dimension 0",
        "A + B", "A=4 B=3", "ShapeMatchingGAN #23",
    ),
    RealError(
        "Exception has occurred: RuntimeError\nshape '[16, 34, 34, 512]' is invalid for input of size 8921088\n"
        '  File "/SAM.py", line 212, in forward\n    v = v.view(B, H, W, C)\n'
        "RuntimeError: shape '[16, 34, 34, 512]' is invalid for input of size 8921088",
        "v.reshape(16, 34, 34, 512)", "v=8921088", "PixelFormer #18",
    ),
    RealError(
        "RuntimeError: shape '[-1, 400]' is invalid for input of size 384", "A.reshape(-1, 400)", "A=384", "pytorch #38469",
    ),
    RealError(
        framed("cond_in = torch.cat([uncond, cond])",
               "RuntimeError: Sizes of tensors must match except in dimension 0. Expected size 77 but got size 154 for "
               "tensor number 1 in the list."),
        "concatenate([uncond, cond], axis=0)", "uncond=2x77 cond=2x154", "nataili #145", is_whole=False,
    ),
    RealError(
        framed("encoded = torch.cat((c, z), dim=1)",
               "RuntimeError: invalid argument 0: Sizes of tensors must match except in dimension 1. Got 32 and 3 in "
               "dimension 0 at /pytorch/aten/src/THC/generic/THCTensorMath.cu:83"),
        "concatenate([c, z], axis=1)", "c=32x3 z=3x3", "segan-pytorch #27", is_whole=False,
    ),
    RealError(
        framed("x = torch.cat((map1, map2), 1)",
               "RuntimeError: invalid argument 0: Sizes of tensors must match except in dimension 1. Got 26 and 24 in "
               "dimension 2 at /pytorch/aten/src/THC/generic/THCTensorMath.cu:71"),
        "concatenate([map1, map2], axis=1)", "map1=2x3x26 map2=2x3x24", "AlphaPose #667", is_whole=False,
    ),
    # JAX
    RealError(
        "TypeError: dot_general requires contracting dimensions to have the same shape, got (1041,) and (1029,).",
        "A @ B", "A=2x1041 B=1029x1041", "dreamerv3 #32", is_whole=False,
    ),
    RealError(
        "TypeError: add got incompatible shapes for broadcasting: (83,), (88,).", "A + B", "A=83 B=88",
        "lightweight_mmm #325",
    ),
    RealError(
        "~/.local/lib/python3.8/site-packages/transformers/models/vit/modeling_flax_vit.py in __call__(self, pixel_values)\n"
        "    146         embeddings = jnp.concatenate((cls_tokens, embeddings), axis=1)\n"
        "--> 147         embeddings = embeddings + self.position_embeddings\n"
        "    148         embeddings = self.dropout(embeddings, deterministic=deterministic)\n"
        "TypeError: add got incompatible shapes for broadcasting: (512, 50, 1024), (1, 145, 1024).",
        "embeddings + position_embeddings", "embeddings=512x50x1024 position_embeddings=1x145x1024", "clip-italian #19",
    ),
    RealError(
        "ValueError: Incompatible shapes for broadcasting: shapes=[(2, 4), (2,)]", "A + B", "A=2x4 B=2", "jax #12308",
    ),
    # TensorFlow and Keras
    RealError(
        "InvalidArgumentError (see above for traceback): Matrix size-incompatible: In[0]: [100,3136], In[1]: [784,500]\n"
        "\t [[{{node GPU_0/layer1/MatMul}} = MatMul[T=DT_FLOAT, transpose_a=false, transpose_b=false]]]",
        "A @ B", "A=100x3136 B=784x500", "tensorflow-tutorial #138",
    ),
    RealError(
        "InvalidArgumentError: Matrix size-incompatible: In[0]: [4,2048], In[1]: [512,1] [Op:MatMul] name: MatMul/",
        "A @ B", "A=4x2048 B=512x1", "SRGAN #150",
    ),
    RealError(
        "tensorflow.python.framework.errors_impl.InvalidArgumentError: 2 root error(s) found.\n  (0) INVALID_ARGUMENT: "
        "Matrix size-incompatible: In[0]: [204800,192], In[1]: [384,384]\n\t [[{{node model/MatMul}}]]\n"
        "  (1) INVALID_ARGUMENT: Matrix size-incompatible: In[0]: [204800,192], In[1]: [384,384]",
        "A @ B", "A=204800x192 B=384x384", "code2vec #174",
    ),
    RealError(
        "InvalidArgumentError (see above for traceback): Matrix size-incompatible: In[0]: [64,128], In[1]: [128,128]\n"
        "\t [[Node: similarity/MatMul = MatMul[T=DT_FLOAT, transpose_a=true, transpose_b=false]]]",
        "A.T @ B", "A=64x128 B=128x128", "PairCNN-Ranking #3",
    ),
    RealError(
        "InvalidArgumentError: Incompatible shapes: [7600] vs. [400,19]", "A + B", "A=7600 B=400x19", "keras #11893",
    ),
    RealError(
        "errors_impl.InvalidArgumentError: Incompatible shapes: [1,512,1024,3] vs. [1,512,1024,4,1]\n\t [[Node: "
        "model_builder/mul = Mul[T=DT_FLOAT]]]", "A + B", "A=1x512x1024x3 B=1x512x1024x4x1", "dwt #12",
    ),
    RealError(
        "ValueError: Dimensions must be equal, but are 900 and 300 for 'model_0/prepro/fw/while/basic_lstm_cell/MatMul_6' "
        "(op: 'MatMul') with input shapes: [?,900], [300,400].", "A @ B", "A=2x900 B=300x400", "bi-att-flow #109",
        is_whole=False,
    ),
    RealError(
        "ValueError: Dimensions must be equal, but are 32768 and 25088 for ‘MatMul’ (op: ‘MatMul’) with input shapes: "
        "[16,32768], [25088,4096]", "A @ B", "A=16x32768 B=25088x4096", "sidl #5",
    ),
    RealError(
        "InvalidArgumentError: Dimensions must be equal, but are 122904 and 12 for 'mul' (op: 'Mul') with input shapes: "
        "[122904], [12].", "A * B", "A=122904 B=12", "tensorflow #44699",
    ),
    RealError(
        "Dimensions must be equal, but are 4 and 2 for DQfD_0/eval_net/l1/MatMul (op:'Matmul') with input shapes: [?,4], "
        "[2,24].", "A @ B", "A=3x4 B=2x24", "DQfD #5", is_whole=False,
    ),
    RealError(
        "ValueError: Dimensions must be equal, but are 90601 and 92416 for '{{node Loss/mul_1}} = Mul[T=DT_FLOAT]"
        "(Loss/Pow_1, Loss/Pow_2)' with input shapes: [1,90601,1], [1,92416,1].",
        "A * B", "A=1x90601x1 B=1x92416x1", "models #8908",
    ),
    RealError(
        "ValueError: Dimensions must be equal, but are 37 and 18 for '{{node rpn_loss_cls_fixed_num/mul}} = "
        "Mul[T=DT_FLOAT](rpn_loss_cls_fixed_num/strided_slice_1, rpn_loss_cls_fixed_num/Log)' with input shapes: "
        "[1,37,50,9], [1,18,25,9].", "A * B", "A=1x37x50x9 B=1x18x25x9", "Faster_RCNN_for_Open_Images #74",
    ),
    RealError(
        "tensorflow.python.framework.errors_impl.InvalidArgumentError: Input to reshape is a tensor with 76800 values, but "
        "the requested shape has 768\n[[Node: train/gradients/AuxLogits/SpatialSqueeze_grad/Reshape = Reshape[T=DT_FLOAT]]]",
        "A.reshape(768)", "A=76800", "tensorflow #29623", is_whole=False,
    ),
    RealError(
        "InvalidArgumentError: Input to reshape is a tensor with 313600 values, but the requested shape requires a multiple "
        "of 4608", "A.reshape(-1, 4608)", "A=313600", "tensorflow #6249", is_whole=False,
    ),
    # Square matrices, indices, stacks, numbers
    RealError(
        framed("valm, vecm= np.linalg.eig(mm)",
               "numpy.linalg.linalg.LinAlgError: Last 2 dimensions of the array must be square"),
        "linalg.eig(mm)", "mm=2x3", "CosmoTransitions #26", is_whole=False,
    ),
    RealError(
        "numpy.linalg.LinAlgError: Last 2 dimensions of the array must be square", "linalg.inv(A)", "A=2x3",
        "imageprocessing #38", is_whole=False,
    ),
    RealError(
        '  File "D:\\CF-3DGS\\scene\\gaussian_model_cf.py", line 857, in render\n    camera_center = self.gaussians.get_RT('
        "fidx).inverse()[\n                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\nRuntimeError: linalg.inv: A must be batches "
        "of square matrices, but they are 6 by 4 matrices", "linalg.inv(A)", "A=6x4", "CF-3DGS #45",
    ),
    RealError(
        framed("actuator_moment_inv = np.linalg.pinv(self.data.actuator_moment)",
               "numpy.linalg.LinAlgError: 1-dimensional array given. Array must be at least two-dimensional"),
        "linalg.pinv(actuator_moment)", "actuator_moment=2", "MuJoCo-Example-Manipulation #2", is_whole=False,
    ),
    RealError(
        '  File "/mnt/pubtrends/pysrc/papers/analysis/topics.py", line 22, in compute_topics_similarity_matrix\n    '
        "mean_similarity = np.mean(cos_similarities[np.flatnonzero(cos_similarities[i_indx, j_indx])])\nIndexError: shape "
        "mismatch: indexing arrays could not be broadcast together with shapes (17778,) (10713,) ",
        "cos_similarities[i_indx, j_indx]", "cos_similarities=2x3 i_indx=17778 j_indx=10713", "pubtrends #287",
        is_whole=False,
    ),
    RealError(
        "IndexError: shape mismatch: indexing arrays could not be broadcast together with shapes (26153,3) (26153,) ",
        "A[B, C]", "A=2x4 B=26153x3 C=26153", "3D_multiview_reg #20", is_whole=False,
    ),
    RealError(
        framed("new_points = (homography @ new_points.T).T",
               "ValueError: matmul: Input operand 0 does not have enough dimensions (has 0, gufunc core with signature "
               "(n?,k),(k,m?)->(n?,m?) requires 1)"),
        "homography @ new_points.T", "homography= new_points=3x2", "SOLD2 #24", is_whole=False,
    ),
    RealError(
        "operands could not be broadcast together with remapped shapes [original->remapped]: (3,2)  and requested shape (4,2)",
        "broadcast_to(A, (4, 2))", "A=3x2", "insert-anything #16",
    ),
    RealError(
        '  File "/workspace/DAN/codes/config/DAN/models/modules/dan_arch.py", line 173, in __init__\n    self.init_kernel.view('
        "1, 1, self.ksize ** 2).matmul(self.encoder)[:, 0],\nRuntimeError: Expected tensor to have size 441 at dimension 1, "
        "but got size 121 for argument #2 'batch2' (while checking arguments for bmm)",
        "A @ encoder", "A=2x441 encoder=121x441", "DAN #9", is_whole=False,
    ),
    RealError(
        framed("post = s.float().view(-1) @ self.w + self.b",
               "RuntimeError: Expected tensor to have size 400 at dimension 1, but got size 4 for argument #2 'batch2' (while "
               "checking arguments for bmm)"),
        "A @ w", "A=2x400 w=4x400", "bindsnet #190", is_whole=False,
    ),
    RealError(
        "RuntimeError: Given normalized_shape=[1536], expected input with shape [*, 1536], but got input of size[1, 2166, "
        "3072]", "layer_norm(A, B)", "A=1x2166x3072 B=1536", "ComfyUI-DepthAnythingV3 #4",
    ),
    RealError(
        "dot_general requires lhs batch dimensions and rhs batch dimensions to have the same shape, got [128] and [25].",
        "A @ B", "A=128x2x3 B=25x3x4", "computation-thru-dynamics #4", is_whole=False,
    ),
)
# fmt: on
