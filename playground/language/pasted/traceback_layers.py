"""What errors of layers and losses say: each is read as the operation that the layer does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.pasted.traceback_clashes import Clash, clash_of, sizes_in
from playground.record import replace

if TYPE_CHECKING:
    import re


def loss(match: re.Match[str], text: str) -> Clash | None:
    """``target size ([4]) that is different to the input size ([4, 1])``: a loss subtracts one from the other."""
    return clash_of("cells", "{1} - {0}", sizes_in(match["a"]), sizes_in(match["b"]))


def samples(match: re.Match[str], text: str) -> Clash | None:
    """``inconsistent numbers of samples: [100, 80]``: one row of numbers for each is what is told."""
    clash = clash_of("cells", "{0} - {1}", sizes_in(match["a"]), sizes_in(match["b"]))
    return clash and replace(clash, is_whole=False)


def labels(match: re.Match[str], text: str) -> Clash | None:
    """``Expected input batch_size (32) to match target batch_size (16)``; the number of classes isn't told."""
    shapes = ((int(match["a"]), 10), (int(match["b"]),))
    return Clash("call", "cross_entropy({0}, {1})", shapes, is_whole=False, dtypes=("float64", "int64"))


def layer(match: re.Match[str], text: str) -> Clash | None:
    """Keras tells what the last axis of a layer's input must be."""
    return clash_of("product", "{0} @ {1}", sizes_in(match["a"]), (int(match["b"]), None))


def normalized(match: re.Match[str], text: str) -> Clash | None:
    """``Given normalized_shape=[8], ... but got input of size[4, 6]``: the weights of ``layer_norm`` are (8,)."""
    weights = sizes_in(match["b"])
    return clash_of("call", "layer_norm({0}, {1})", sizes_in(match["a"]), weights) if len(weights) == 1 else None


def convolved(match: re.Match[str], text: str) -> Clash | None:
    """``weight of size [16, 3, 3, 3], expected input[1, 1, 28, 28] to have 3 channels``: windows times weights."""
    weights, images = sizes_in(match["b"]), sizes_in(match["a"])
    if len(weights) != 4 or len(images) != 4:
        return None
    windows = f"lib.stride_tricks.sliding_window_view({{0}}, ({weights[2]}, {weights[3]}), (2, 3))"
    return clash_of("call", f"tensordot({windows}, {{1}}, ((1, 4, 5), (1, 2, 3)))", images, weights)


def gradient(match: re.Match[str], text: str) -> Clash | None:
    """``an invalid gradient at index 0 - got [3, 4] but expected shape compatible with [4, 3]``."""
    return clash_of("cells", "{0} - {1}", sizes_in(match["b"]), sizes_in(match["a"]))


def incompatible(match: re.Match[str], text: str) -> Clash | None:
    """``Shapes (None, 1) and (None, 10) are incompatible``; what would stretch are Keras's labels and scores."""
    first, second = sizes_in(match["a"]), sizes_in(match["b"])
    labels, scores = (first, second) if first[-1:] == (1,) else (second, first)
    rows = {size for size in (*labels[:1], *scores[:1]) if size is not None}
    if len(labels) == len(scores) == 2 and labels[1] == 1 and scores[1] not in (1, None) and len(rows) < 2:
        batch = next(iter(rows), None)
        clash = clash_of("call", "cross_entropy({0}, {1})", (batch, scores[1]), (1,))
        return clash and replace(
            clash, shapes=(clash.shapes[0], (clash.shapes[0][0], 1)), is_whole=None not in (*first, *second)
        )
    return clash_of("cells", "{0} + {1}", first, second)
