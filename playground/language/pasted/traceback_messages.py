"""The errors of NumPy, PyTorch, JAX and TensorFlow that tell shapes, as patterns, each with what reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.language.pasted import traceback_clashes as clashes
from playground.language.pasted import traceback_layers as layers

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.language.pasted.traceback_clashes import Clash


def clash_in(text: str) -> Clash | None:
    """Find the last error in ``text`` that tells shapes; None where there is none. Never raises."""
    found = [(match.start(), number, match) for number, (pattern, _) in enumerate(_MESSAGES)
             for match in pattern.finditer(text)]  # fmt: skip
    for _, number, match in sorted(found, key=lambda item: (item[0], -item[1]), reverse=True):
        clash = _MESSAGES[number][1](match, text)
        if clash is not None:
            return clash
    return None


_S = r"[\[(][\d,\s?None]*[\])]"
_MOVED = r"[\[(][\w,\s]*[\])]"
_A, _B = rf"(?P<a>{_S})", rf"(?P<b>{_S})"
_NA, _NB = r"(?P<a>\d{1,12})", r"(?P<b>\d{1,12})"
# fmt: off
_MESSAGES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Clash | None]], ...]] = tuple(
    (re.compile(pattern), build) for pattern, build in (
        # NumPy
        (rf"(?<!indexing arrays )could not be broadcast together with (?:remapped )?shapes (?:\[[^\]]*\]: )?"
         rf"{_A}\s*{_B}(?:\s*(?P<c>{_S}))?", clashes.cells),
        (rf"remapped shapes \[[^\]]*\]: {_A}->(?P<moved_a>{_MOVED})\s*{_B}->(?P<moved_b>{_MOVED})",
         clashes.summed),
        (rf"output (?:operand )?with shape {_A} doesn't match the broadcast shape {_B}", clashes.output),
        (rf"value array of shape {_A} could not be broadcast to indexing result of shape {_B}", clashes.broadcast),
        (rf"indexing arrays could not be broadcast together with shapes {_A}\s*{_B}", clashes.indices),
        (rf"remapped shapes \[[^\]]*\]: {_A}\s+and requested shape {_B}", clashes.broadcast),
        (r"matmul: Input operand (?P<operand>\d) does not have enough dimensions \(has 0", clashes.scalar),
        (r"Last 2 dimensions of the array must be square", clashes.square),
        (r"(?P<ndim>[01])-dimensional array given\. Array must be (?:at least )?two-dimensional", clashes.square),
        (rf"arg \d+ with shape {_A} and arg \d+ with shape {_B}", clashes.cells),
        (rf"shapes {_A} and {_B} not aligned", clashes.dot),
        (r"(?P<name>\w+): Input operand (?P<operand>\d) has a mismatch in its core dimension \d, with gufunc signature "
         rf"\S+ \(size {_NA} is different from {_NB}\)", clashes.core),
        (rf"must have same first dimension, but have shapes {_A} and {_B}", clashes.cells),
        (rf"inconsistent numbers of samples: \[{_NA}, {_NB}\]", layers.samples),
        (r"cannot reshape array of size (?P<a>\d{1,12}) into shape (?P<b>[\[(][-\d,\s\w]*[\])])", clashes.reshaped),
        (r"along dimension (?P<axis>\d), the array at index \d+ has size "
         rf"{_NA} and the array at index \d+ has size {_NB}", clashes.joined),
        (r"the array at index \d+ has (?P<a>\d) dimension\(s\) and the array at index \d+ has (?P<b>\d) dimension",
         clashes.ranks),
        (rf"could not broadcast input array from shape {_A} into shape {_B}", clashes.broadcast),
        (r"boolean index did not match indexed array along dimension (?P<axis>\d); dimension is "
         rf"{_NA} but corresponding boolean dimension is {_NB}", clashes.chosen),
        (r"boolean index did not match indexed array along axis (?P<axis>\d); size of axis is "
         rf"{_NA} but size of corresponding boolean axis is {_NB}", clashes.chosen),
        # PyTorch
        (r"shapes cannot be multiplied \((?P<a>\d{1,12}x\d{1,12}) and (?P<b>\d{1,12}x\d{1,12})\)", clashes.product),
        (r"size mismatch, m1: \[(?P<a>[\d x]{1,40})\], m2: \[(?P<b>[\d x]{1,40})\]", clashes.product),
        (r"size mismatch, got (?:input \()?\d+\)?, (?:mat \()?(?P<rows>\d{1,12})x(?P<columns>\d{1,12})\)?,\s*"
         r"(?:vec \()?(?P<size>\d{1,12})", clashes.vector),
        (r"size of tensor a \((?P<a>\d{1,12})\) must match the size of tensor b \((?P<b>\d{1,12})\) at non-singleton "
         r"dimension (?P<axis>\d)", clashes.one_axis),
        (rf"batch1 and batch2 must have same number of batches, but got {_NA} and {_NB}", clashes.stacks),
        (rf"expand\([\w.]+\{{{_A}\}}, size={_B}\)", clashes.broadcast),
        (rf"cannot reshape tensor of {_NA} elements to shape (?P<b>\[[-\d, ]+\])", clashes.reshaped),
        (rf"first two dimensions of batch2 tensor to be: {_A} but got: {_B}", clashes.batches),
        (r"shape '(?P<b>\[[-\d, ]+\])' is invalid for input of size (?P<a>\d{1,12})", clashes.reshaped),
        (r"must match except in dimension (?P<join>\d)\. Expected size "
         rf"{_NA} but got size {_NB}", clashes.joined),
        (rf"must match except in dimension (?P<join>\d)\. Got {_NA} and {_NB}(?: in dimension (?P<axis>\d))?",
         clashes.joined),
        (r"Tensors must have same number of dimensions: got (?P<a>\d) and (?P<b>\d)", clashes.ranks),
        (r"inconsistent tensor size, expected tensor (?P<a>\[\d+\]) and src (?P<b>\[\d+\])", clashes.dot),
        (rf"existing size \(\d+\) at non-singleton dimension \d+\.\s+Target sizes: {_B}\.\s+Tensor sizes: {_A}",
         clashes.broadcast),
        (rf"equal size, but got {_A} at entry \d+ and {_B} at entry", clashes.stacked),
        (rf"shape of the mask (?P<shape_b>{_S}) at index \d+ does not match the shape of the indexed tensor "
         rf"(?P<shape_a>{_S})", clashes.chosen),
        (r"Expected input batch_size \((?P<a>\d{1,12})\) to match target batch_size \((?P<b>\d{1,12})\)",
         layers.labels),
        (rf"target size \((?:torch\.Size\()?{_A}\)?\) (?:that is|is) different to the input size "
         rf"\((?:torch\.Size\()?{_B}\)?\)", layers.loss),
        (rf"(?:linalg[._](?P<name>\w+): )?A must be batches of square matrices, but they are {_NA} by {_NB} matrices",
         clashes.square),
        (rf"Given normalized_shape={_B}, expected input with shape \[[^\]]*\], but got input of size ?{_A}",
         layers.normalized),
        (rf"Expected tensor to have size {_NA} at dimension (?P<axis>[01]), but got size {_NB} for argument #2 "
         "'batch2'", clashes.argument),
        (rf"weight of size {_B}, expected input ?{_A} to have \d+ channels", layers.convolved),
        (rf"invalid gradient at index \d+ - got {_A} but expected (?:shape compatible with )?{_B}", layers.gradient),
        # JAX
        (r"requires contracting dimensions to have the same shape, got [\[(](?P<a>\d{1,12}),?[\])] and "
         r"[\[(](?P<b>\d{1,12}),?[\])]", clashes.inner),
        (rf"requires (?:lhs batch dimensions and rhs )?batch dimensions to have the same shape, got {_A} and {_B}",
         clashes.stacks),
        (rf"(?P<op>\w+) got incompatible shapes for broadcasting: {_A}, {_B}", clashes.cells),
        (rf"Incompatible shapes for broadcasting: (?:shapes=)?[\[(]{_A}, {_B}", clashes.cells),
        (rf"Incompatible shapes for broadcasting: {_A} and (?:requested shape )?{_B}", clashes.cells),
        (rf"[Ii]ncompatible shapes for (?:dot|matmul)\D*?{_A} and {_B}", clashes.dot),
        (r"concatenating along dimension (?P<join>\d) for shapes "
         rf"(?P<shape_a>{_S}), (?P<shape_b>{_S})", clashes.joined),
        (rf"cannot reshape array of shape {_A} \(size \d+\) into shape (?P<b>[\[(][-\d, ]*[\])])", clashes.reshaped),
        # TensorFlow and Keras
        (rf"Matrix size-incompatible: In\[0\]: {_A}, In\[1\]: {_B}", clashes.product),
        (rf"In\[0\] mismatch In\[1\] shape: [^:]*: {_A} {_B}", clashes.product),
        (rf"Incompatible shapes: {_A} vs\. {_B}", clashes.cells),
        (rf"must be equal, but are \d+ and \d+ for \S+ \(op: ?['‘](?P<op>\w+)['’]\) with input shapes: {_A}, {_B}",
         clashes.cells),
        (r"must be equal, but are \d+ and \d+ for ['‘]\{\{node [^}\s]*\}\} = (?P<op>\w+)\[[^']*['’] with input shapes: "
         rf"{_A}, {_B}", clashes.cells),
        (rf"Input to reshape is a tensor with {_NA} values, but the requested shape (?:has|(?P<multiple>requires a "
         rf"multiple of)) {_NB}", clashes.counted),
        (r"Dimensions? (?:\d+ )?in both shapes must be equal: shape\[0\] = "
         rf"(?P<shape_a>{_S}) vs\. shape\[1\] = (?P<shape_b>{_S})", clashes.joined),
        (r"Dimensions of inputs should match: shape\[0\] = "
         rf"(?P<shape_a>{_S}) vs\. shape\[1\] = (?P<shape_b>{_S})", clashes.joined),
        (rf"Dimension \d+ in both shapes must be equal, but are \d+ and \d+\. Shapes are {_A} and {_B}", clashes.cells),
        (rf"`?logits`? and `?labels`? must have the same shape, received \({_A} vs {_B}\)", layers.incompatible),
        (rf"Shapes {_A} and {_B} are incompatible", layers.incompatible),
        (rf"expected axis -1 of input shape to have value (?P<b>\d{{1,12}}),? but received input with shape {_A}",
         layers.layer),
    )
)
# fmt: on
