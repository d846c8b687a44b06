"""Words of Python, MATLAB, R, Julia and older NumPy, and how the same is said here."""

from __future__ import annotations

from typing import Final

# fmt: off
NAMES: Final = {
    "true": "True", "false": "False", "TRUE": "True", "FALSE": "False", "none": "None", "null": "None", "nil": "None",
    "NULL": "None", "PI": "pi", "Pi": "pi", "π": "pi", "Inf": "inf", "infty": "inf", "infinity": "inf",
    "Infinity": "inf", "NaN": "nan", "NAN": "nan", "NA": "nan", "E": "e", "Nan": "nan", "INF": "inf", "end": "-1",
}
"""What stands for a number or a truth elsewhere."""

KEYWORDS: Final = {
    "dim": "axis", "dims": "axis", "keepdim": "keepdims", "keep_dims": "keepdims", "axes": "axis", "size": "shape",
    "dtypes": "dtype", "type": "dtype", "ax": "axis", "steps": "num", "n": "num", "diagonal": "k",
}

ATTRIBUTES: Final = {
    "t": ("T",), "len": ("shape[0]", "size"), "length": ("shape[0]", "size"), "dim": ("ndim",), "dims": ("shape",),
    "type": ("dtype",), "rows": ("shape[0]",), "columns": ("shape[1]",), "cols": ("shape[1]",), "nrow": ("shape[0]",),
    "ncol": ("shape[1]",), "nrows": ("shape[0]",), "ncols": ("shape[1]",), "height": ("shape[0]",),
    "width": ("shape[1]",), "count": ("size",), "numel": ("size",), "transposed": ("T",), "tr": ("T",),
    "Transpose": ("T",), "A1": ("ravel()",), "flat": ("ravel()",), "re": ("real",), "im": ("imag",),
    "conj": ("conj()",), "adjoint": ("H",),
}
"""What stands after a dot elsewhere."""

NO_ATTRIBUTES: Final = frozenset({"values", "data", "base", "array", "A", "iloc", "loc", "at"})
"""What stands after a dot elsewhere and changes nothing: the array itself."""

FUNCTIONS: Final = {
    "avg": ("average", "mean"), "total": ("sum",), "inverse": ("linalg.inv",),
    "invert_matrix": ("linalg.inv",), "rank": ("linalg.matrix_rank",), "determinant": ("linalg.det",),
    "magnitude": ("linalg.norm",), "length": (), "mm": ("matmul",), "bmm": ("matmul",), "mmul": ("matmul",),
    "mult": ("matmul", "multiply"), "times": ("multiply",), "plus": ("add",), "minus": ("subtract",),
    "unsqueeze": ("expand_dims",), "view": ("reshape",), "permute": ("transpose",), "ln": ("log",), "lg": ("log10",),
    "ld": ("log2",), "logistic": ("sigmoid",), "expit": ("sigmoid",), "clamp": ("clip",), "zero": ("zeros",),
    "one": ("ones",), "fabs": ("fabs", "abs"), "tr": ("trace",), "variance": ("var",), "stdev": ("std",),
    "sd": ("std",), "stddev": ("std",), "pstdev": ("std",), "signum": ("sign",), "sgn": ("sign",),
    "ceiling": ("ceil",), "rem": ("fmod",), "idivide": ("floor_divide",), "fdiv": ("floor_divide",),
    "tg": ("tan",), "arctg": ("arctan",), "sh": ("sinh",), "ch": ("cosh",), "th": ("tanh",),
    "sine": ("sin",), "cosine": ("cos",), "tangent": ("tan",), "exponential": ("exp",), "squared": ("square",),
    "sqr": ("square", "sqrt"), "root": ("sqrt",), "squareroot": ("sqrt",), "square_root": ("sqrt",),
    "circshift": ("roll",), "ndgrid": ("meshgrid",), "trapz": ("trapezoid",),
    "histc": ("histogram",), "hist": ("histogram",), "conv": ("convolve",), "xcorr": ("correlate",),
    "ifelse": ("where",), "iif": ("where",), "if_else": ("where",), "which": ("flatnonzero", "nonzero"),
    "find": ("flatnonzero", "nonzero"), "isnull": ("isnan",), "isna": ("isnan",), "eigen": ("linalg.eig",),
    "eigs": ("linalg.eigvals",), "eigenvalues": ("linalg.eigvals",), "eigenvectors": ("linalg.eig",),
    "chol": ("linalg.cholesky",), "backslash": ("linalg.solve",), "mldivide": ("linalg.solve",),
    "linsolve": ("linalg.solve",), "lsqr": ("linalg.lstsq",), "pseudo_inverse": ("linalg.pinv",),
    "pseudoinverse": ("linalg.pinv",), "ginv": ("linalg.pinv",), "product": ("prod",), "cumulative_sum": ("cumsum",),
    "alltrue": ("all",), "sometrue": ("any",), "every": ("all",), "some": ("any",), "maximum_value": ("max",),
    "largest": ("max",), "smallest": ("min",), "argmaximum": ("argmax",), "which_max": ("argmax",),
    "dotproduct": ("dot",), "dot_product": ("dot",), "scalar_product": ("dot",), "inner_product": ("inner",),
    "outer_product": ("outer",), "crossproduct": ("cross",), "cross_product": ("cross",), "hadamard": ("multiply",),
    "kronecker": ("kron",), "elementwise_multiply": ("multiply",), "concatenation": ("concatenate",),
    "identity_matrix": ("identity", "eye"), "unit_matrix": ("eye",), "diagm": ("diag",), "spdiags": ("diag",),
    "randi": ("random.randint",), "shuffle": ("random.permutation",), "sample": ("random.permutation",),
    "gaussian": ("random.normal",), "randu": ("random.rand",), "reverse": ("flip",), "rev": ("flip",),
    "reversed": ("flip",), "setdiff": ("setdiff1d",), "intersect": ("intersect1d",),
    "union": ("union1d",), "ismember": ("isin",), "in1d": ("isin",), "accumarray": ("bincount",),
    "tabulate": ("bincount",), "linear_interpolation": ("interp",), "interp1": ("interp",),
    "approx": ("interp",), "prctile": ("percentile",), "euclidean": ("linalg.norm",),
    "distance": ("linalg.norm",), "l2norm": ("linalg.norm",), "vecnorm": ("linalg.norm",), "unit": ("l2_normalize",),
    "normalise": ("l2_normalize",), "standardise": ("standardize",), "zscore": ("standardize",),
    "scale": ("standardize",), "cossim": ("cosine_similarity",), "crossentropy": ("cross_entropy",),
    "Σ": ("sum",), "Π": ("prod",), "Δ": ("diff",), "relu6": (), "lrelu": ("leaky_relu",), "onehot": ("one_hot",),
    "to_categorical": ("one_hot",), "deg": ("rad2deg",),
    "rad": ("deg2rad",), "todegrees": ("rad2deg",), "toradians": ("deg2rad",), "arg": ("angle",), "phase": ("angle",),
    "re": ("real",), "im": ("imag",), "flatten": ("ravel",), "flat": ("ravel",), "fill": ("full",),
    "constant": ("full",), "blank": ("zeros",), "ndarray": ("array",), "matrix": ("array",),
    "mat": ("array",), "tensor": ("array",), "vector": ("array",), "list": ("array",), "tuple": ("array",),
    "range": ("arange",), "sorted": ("sort",),
    "cat": ("concatenate",), "horzcat": ("hstack",), "vertcat": ("vstack",), "cbind": ("column_stack",),
    "rbind": ("vstack",), "hcat": ("hstack",), "vcat": ("vstack",), "join": ("concatenate",), "numel": (),
    "rep": ("repeat",), "gamma": (), "beta": (), "polymul": (), "polyadd": (), "polydiv": (), "proj": (),
    "projection": (), "transposed": ("transpose",), "sec": (), "csc": (), "cot": (), "mode": (),
    "histogram2d": (), "histogramdd": (), "apply_along_axis": (), "apply_over_axes": (), "piecewise": (),
    "fill_diagonal": (),
}
"""Functions of other languages, and those that do the same here, likeliest first; none where nothing does."""

FORMS: Final[dict[str, tuple[str, ...]]] = {
    "len": ("<0.>.shape[0]", "<0.>.size"), "length": ("<0.>.shape[0]", "linalg.norm(<0>)"), "numel": ("<0.>.size",),
    "nrow": ("<0.>.shape[0]",), "ncol": ("<0.>.shape[1]",), "nrows": ("<0.>.shape[0]",), "ncols": ("<0.>.shape[1]",),
    "numrows": ("<0.>.shape[0]",), "numcols": ("<0.>.shape[1]",), "rows": ("<0.>.shape[0]",),
    "columns": ("<0.>.shape[1]",), "ndims": ("<0.>.ndim",), "rank": ("linalg.matrix_rank(<0>)", "<0.>.ndim"),
    "type": ("<0.>.shape",), "class": (), "id": (), "isempty": ("<0.>.size == 0",), "isinstance": (),
    "int": ("<0.>.astype(int)",), "float": ("<0.>.astype(float)",), "bool": ("<0.>.astype(bool)",),
    "complex": ("<0.>.astype(complex)", "<0.> + 1j * <1.>"), "str": (), "double": ("<0.>.astype(float64)",),
    "single": ("<0.>.astype(float32)",), "logical": ("<0.>.astype(bool)",), "as_numeric": ("<0.>.astype(float)",),
    "print": ("<0>",), "disp": ("<0>",), "display": ("<0>",), "show": ("<0>",), "plot": ("<0>",), "repr": ("<0>",),
    "copy": ("<0>",), "deepcopy": ("<0>",), "numpy": ("<0>",), "tolist": ("<0>",), "item": (),
    "input": (), "open": (), "iter": (), "next": (), "zip": ("column_stack([<*>])",), "map": (), "enumerate": (),
    "exec": (), "help": (), "dir": (), "vars": (), "hash": (), "getattr": (), "lambda": (), "apply": (), "sapply": (),
    "lapply": (), "vectorize": (), "reduce": (), "cellfun": (), "arrayfun": (), "expm": (), "logm": (), "sqrtm": (),
    "lu": (), "null": (), "null_space": (), "orth": (), "magic": (), "head": ("<0.>[:5]",), "tail": ("<0.>[-5:]",),
    "first": ("<0.>[0]",), "last": ("<0.>[-1]",), "push": ("append(<*>)",), "extend": ("append(<*>)",),
    "append": ("append(<*>)",), "t": ("<0.>.T",), "inverse": ("linalg.inv(<0>)",),
    "transpose": ("<0.>.T",), "reciprocal": ("1 / <0.>",), "matvec": ("<0.> @ <1.>",),
    "vecmat": ("<0.> @ <1.>",), "mmult": ("<0.> @ <1.>",), "mtimes": ("<0.> @ <1.>",), "mul": ("<0.> * <1.>",),
    "sub": ("<0.> - <1.>",), "div": ("<0.> / <1.>",), "rdivide": ("<0.> / <1.>",), "eq": ("<0.> == <1.>",),
    "ne": ("<0.> != <1.>",), "lt": ("<0.> < <1.>",), "gt": ("<0.> > <1.>",), "le": ("<0.> <= <1.>",),
    "ge": ("<0.> >= <1.>",), "and_": ("<0.> & <1.>",), "or_": ("<0.> | <1.>",), "not_": ("~<0.>",),
    "divmod": ("<0.> // <1.>", "<0.> % <1.>"), "hypotenuse": ("hypot(<0>, <1>)",), "crossprod": ("<0.>.T @ <0.>",),
    "c": ("array([<*>])",), "repmat": ("tile(<0>, (<1>, <2>))", "tile(<0>, <1>)"),
    "rowSums": ("sum(<0>, axis=1)",), "colSums": ("sum(<0>, axis=0)",), "rowMeans": ("mean(<0>, axis=1)",),
    "colMeans": ("mean(<0>, axis=0)",), "sum2": ("sum(<0>)",), "mean2": ("mean(<0>)",), "std2": ("std(<0>)",),
    "rnorm": ("random.standard_normal(<0>)",), "runif": ("random.random(<0>)",), "randperm":
    ("random.permutation(<0>)",), "colon": ("arange(<0>, <1> + 1)",), "seq": ("arange(<0>, <1> + 1)",),
    "seq_len": ("arange(1, <0> + 1)",), "sec": ("1 / cos(<0>)",), "csc": ("1 / sin(<0>)",),
    "cosine": ("cosine_similarity(<0>, <1>)",), "cot": ("1 / tan(<0>)",),
    "ctg": ("1 / tan(<0>)",), "rms": ("sqrt(mean(square(<0>)))",), "relu6": ("clip(<0>, 0, 6)",),
    "iqr": ("percentile(<0>, 75) - percentile(<0>, 25)",), "unsqueeze": ("expand_dims(<0>, <1>)",),
    "adjoint": ("<0.>.H",), "ctranspose": ("<0.>.H",), "dagger": ("<0.>.H",), "hermitian": ("<0.>.H",),
    "size": ("<0.>.shape[<1>]",), "dim": ("<0.>.shape",), "nnz": ("count_nonzero(<0>)",), "det": ("linalg.det(<0>)",),
    "proj": ("(<0.> @ <1.>) / (<1.> @ <1.>) * <1.>",), "projection": ("(<0.> @ <1.>) / (<1.> @ <1.>) * <1.>",),
    "polymul": ("convolve(<0>, <1>)",), "rmse": ("sqrt(mse(<0>, <1>))",), "factorial": ("prod(arange(1, <0.> + 1))",),
    "lerp": ("<0.> + <2.> * (<1.> - <0.>)",), "cos_sim": ("cosine_similarity(<0>, <1>)",),
    "logit": ("log(<0> / (1 - <0>))",), "fill_diagonal": (
        "where(eye(<0.>.shape[0]), <1>, <0>)", "where(eye(<0.>.shape[0], <0.>.shape[1]), <1>, <0>)",
    ),
}
"""Calls of other languages, written in NumPy.

``<0>`` is the first argument, ``<0.>`` the same so that a sign may stand beside it, ``<*>`` all of them. A form is
taken where the call has as many arguments as it names; an empty row says that nothing here does that.
"""
# fmt: on
