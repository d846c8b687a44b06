"""Rows of the function table: what machine learning uses, as additions to NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.language import dtype_rules as dtypes
from playground.language import flop_rules as flops
from playground.language import shape_rules as shapes
from playground.language.function_row import Function

if TYPE_CHECKING:
    import numpy as np

    from playground.language.arguments import Arguments


def _own(name: str, help_: str, shape: shapes.ShapeRule, signature: str, each: int) -> Function:
    return Function(name, signature, shape, dtypes.floating, "learning", help_, f"{name}([[-1.0, 2.0], [0.5, 3.0]])",
                    numpy_target=f"own:{name}", flops=flops.reads("x", each), addition=True)  # fmt: skip


def _activation(arguments: Arguments) -> shapes.Shaped:
    value = arguments.array("x")
    signature = shapes.signature_of(value)
    arguments.axis("axis", signature.ndim)
    return shapes.Shaped(signature.shape, value.axes)


def _relu(arguments: Arguments) -> np.dtype:
    dtypes.floating(arguments)
    found = arguments.dtype_of("x")
    return dtypes.DEFAULT_INTEGER if found.kind == "b" else found


ROWS: Final = (
    Function("relu", "x", shapes.like("x"), _relu, "learning", "Negative cells become 0.", "relu([[-1.0, 2.0]])",
             numpy_target="own:relu", flops=flops.reads("x"), addition=True),
    _own("sigmoid", "Squeezes each cell into 0 to 1.", shapes.like("x"), "x", 4),
    _own("softmax", "Weights that are positive and sum to 1 along an axis.", _activation, "x, axis=-1", 5),
    _own("log_softmax", "The logarithm of softmax, computed without overflow.", _activation, "x, axis=-1", 5),
)  # fmt: skip
