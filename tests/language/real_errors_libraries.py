"""Errors that people were shown by PyTorch, JAX and TensorFlow, as they pasted them into public threads, and the
operations that several libraries refuse alike.
"""
# ruff: noqa: E501 - an error is as long as it is

from __future__ import annotations

from tests.language.real_error import LINEAR, RealError, framed

# fmt: off
LIBRARY_ERRORS = (
    # PyTorch: products
    RealError(
        framed("return F.linear(input, self.weight, self.bias)",
               "RuntimeError: mat1 and mat2 shapes cannot be multiplied (192721x92 and 103x64)", LINEAR),
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
    RealError(
        framed("y += x @ W", "RuntimeError: output with shape [3, 1] doesn't match the broadcast shape [3, 3]"),
        "broadcast_to(y + A, y.shape)", "y=3x1 A=3x3", "asked: torch in place", is_whole=False,
    ),
    RealError(
        "RuntimeError: Function MmBackward0 returned an invalid gradient at index 0 - got [3, 4] but expected shape "
        "compatible with [4, 3]", "A - B", "A=4x3 B=3x4", "asked: backward of mm",
    ),
    RealError(
        "RuntimeError: Function MmBackward returned an invalid gradient at index 0 - got [3, 4] but expected [4, 3]",
        "A - B", "A=4x3 B=3x4", "asked: backward of mm, older",
    ),
    RealError(
        "RuntimeError: Given groups=1, weight of size [16, 3, 3, 3], expected input[1, 1, 28, 28] to have 3 channels, but "
        "got 1 channels instead",
        "tensordot(lib.stride_tricks.sliding_window_view(A, (3, 3), (2, 3)), B, ((1, 4, 5), (1, 2, 3)))",
        "A=1x1x28x28 B=16x3x3x3", "asked: channels",
    ),
    RealError(
        "ValueError: Shapes (None, 1) and (None, 10) are incompatible", "cross_entropy(A, B)", "A=2x10 B=2x1",
        "asked: Keras's labels", is_whole=False,
    ),
    RealError(
        "ValueError: Shapes (None, 3, 8) and (None, 4, 8) are incompatible", "A + B", "A=2x3x8 B=2x4x8",
        "asked: Keras's batches", is_whole=False,
    ),
)
# fmt: on
