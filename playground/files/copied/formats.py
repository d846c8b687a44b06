"""Arrays as code and markup: NumPy, CuPy, PyTorch, JAX, LaTeX, Markdown, CSV, MATLAB, JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from playground.files.copied.tables import cell_texts, lines, real_texts
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

_SPECIAL = re.compile(r"nan|inf")
_EXPONENT = re.compile(r"e([+-]?)0*(\d+)")
_EXACT_IN_MATLAB = 2**53  # larger whole numbers in an array are rounded to doubles before they are converted
_MATLAB_TYPES = {"float32": "single", "float16": "single", "bool": "logical", "complex64": "single"}


class Format(Record):
    """A way to copy: its stable name, its title in menus, and what writes an array of any shape."""

    name: str
    title: str
    write: Callable[[np.ndarray], str]


class UnwritableError(ValueError):
    """The format has no text for such numbers; the message is for a person."""


def numpy_text(values: np.ndarray) -> str:
    """Write a line of NumPy."""
    return _library(values, "np", "array")


def cupy_text(values: np.ndarray) -> str:
    """Write a line of CuPy."""
    return _library(values, "cp", "array")


def torch_text(values: np.ndarray) -> str:
    """Write a line of PyTorch."""
    return _library(values, "torch", "tensor")


def jax_text(values: np.ndarray) -> str:
    """Write a line of JAX."""
    return _library(values, "jnp", "array")


def _library(values: np.ndarray, module: str, maker: str) -> str:
    dtype = values.dtype.name
    name = f"{module}.bool" if (dtype == "bool" and module == "torch") else f"{module}.{dtype}"
    name = "bool" if dtype == "bool" and module != "torch" else name
    if values.size == 0:
        return f"{module}.zeros({values.shape!r}, dtype={name})"
    indent = " " * len(f"{module}.{maker}(")
    return f"{module}.{maker}({_nested(values, module, indent)}, dtype={name})"


def _nested(values: np.ndarray, module: str, indent: str = "") -> str:
    """Write nested lists, a row on a line of its own."""
    if values.ndim == 0:
        return _code_texts(values.reshape(1), module)[0]
    if values.ndim == 1:
        return f"[{', '.join(_code_texts(values, module))}]"
    separator = ",\n" + "\n" * (values.ndim - 2) + indent + " "
    return f"[{separator.join(_nested(part, module, indent + ' ') for part in values)}]"


def _code_texts(values: np.ndarray, module: str) -> list[str]:
    if values.dtype.kind == "c":
        real, imaginary = _code_texts(values.real, module), _code_texts(values.imag, module)
        return [_complex(a, b) for a, b in zip(real, imaginary, strict=True)]
    texts = real_texts(values)
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        return [_SPECIAL.sub(rf"{module}.\g<0>", text) for text in texts]
    return texts


def _complex(real: str, imaginary: str) -> str:
    """Write ``1.0+2.0j``; where a sum would lose a sign or isn't a number, the call that keeps it."""
    if real == "-0.0" or imaginary == "-0.0" or "." not in real or "n" in real + imaginary:
        return f"complex({real}, {imaginary})"
    return f"{real}{imaginary if imaginary.startswith('-') else '+' + imaginary}j"


def csv_text(values: np.ndarray) -> str:
    """Write the rows of a table with commas between the cells; matrices of a stack stand below each other."""
    return "\n\n".join("\n".join(lines(block, ",")) for block in _blocks(values))


def markdown_text(values: np.ndarray) -> str:
    """Write a table of Markdown with empty headings."""
    return "\n\n".join(_markdown_table(block) for block in _blocks(values))


def _markdown_table(block: np.ndarray) -> str:
    width = block.shape[1]
    head = ["|" + "   |" * width, "|" + "--:|" * width]
    return "\n".join([*head, *(f"| {line} |" for line in lines(block, " | "))])


def latex_text(values: np.ndarray) -> str:
    """Write a matrix of LaTeX for ``amsmath``."""
    return "\n".join(_latex_matrix(block) for block in _blocks(values))


def _latex_matrix(block: np.ndarray) -> str:
    rows = (" & ".join(map(_latex_cell, cell_texts(row))) for row in block)
    return "\\begin{bmatrix}\n" + " \\\\\n".join(f"  {row}" for row in rows) + "\n\\end{bmatrix}"


def _latex_cell(text: str) -> str:
    text = text.replace("nan", r"\mathrm{NaN}").replace("inf", r"\infty ").strip()
    text = text.replace("True", "1").replace("False", "0")
    return _EXPONENT.sub(lambda match: rf" \times 10^{{{match[1].removeprefix('+')}{match[2]}}}", text).replace(
        "j", "i"
    )


def matlab_text(values: np.ndarray) -> str:
    """Write a matrix of MATLAB; more than two axes are given to ``reshape`` in MATLAB's order."""
    if values.ndim > 2:
        sizes = ", ".join(map(str, values.shape))
        return _matlab_typed(f"reshape({_matlab_rows(values.reshape(1, -1, order='F'))}, {sizes})", values.dtype)
    return _matlab_typed(_matlab_rows(np.atleast_2d(values)), values.dtype)


def _matlab_typed(text: str, dtype: np.dtype) -> str:
    name = dtype.name if dtype.kind in "iu" else _MATLAB_TYPES.get(dtype.name, "")
    return f"{name}({text})" if name else text


def _matlab_rows(block: np.ndarray) -> str:
    return f"[{'; '.join(' '.join(_matlab_cells(row)) for row in block)}]"


def _matlab_cells(row: np.ndarray) -> list[str]:
    if row.dtype.kind in "iu":
        return [_matlab_whole(value, row.dtype) for value in row.tolist()]
    if row.dtype.kind == "b":
        return [str(int(value)) for value in row]
    if row.dtype.kind == "c":
        parts = zip(_matlab_cells(row.real), _matlab_cells(row.imag), cell_texts(row), strict=True)
        return [
            f"complex({a}, {b})" if "N" in a + b or "I" in a + b else text.replace("j", "i") for a, b, text in parts
        ]
    return [text.replace("nan", "NaN").replace("inf", "Inf") for text in cell_texts(row)]


def _matlab_whole(value: int, dtype: np.dtype) -> str:
    """Write large whole numbers as their bits: MATLAB takes the decimal ones of an array through doubles."""
    if abs(value) <= _EXACT_IN_MATLAB:
        return str(value)
    bits = dtype.itemsize * 8
    return f"0x{value % (1 << bits):X}{'s' if dtype.kind == 'i' else 'u'}{bits}"


def json_text(values: np.ndarray) -> str:
    """Write nested lists of JSON; UnwritableError for what JSON has no text for."""
    if values.dtype.kind == "c" or not np.isfinite(values).all():
        raise UnwritableError(tr("JSON has no complex numbers, nan or inf: copy as NumPy or as CSV."))
    return _nested(values, "").replace("True", "true").replace("False", "false")


def _blocks(values: np.ndarray) -> list[np.ndarray]:
    """Cut an array into its matrices; a vector is one row."""
    if values.ndim < 3:
        return [np.atleast_2d(values)]
    return list(values.reshape(-1, *values.shape[-2:]))


def formats() -> tuple[Format, ...]:
    """List all formats in the order of the menus."""
    return (
        Format("numpy", tr("NumPy"), numpy_text),
        Format("cupy", tr("CuPy"), cupy_text),
        Format("torch", tr("PyTorch"), torch_text),
        Format("jax", tr("JAX"), jax_text),
        Format("latex", tr("LaTeX"), latex_text),
        Format("markdown", tr("Markdown"), markdown_text),
        Format("csv", tr("CSV"), csv_text),
        Format("matlab", tr("MATLAB"), matlab_text),
        Format("json", tr("JSON"), json_text),
    )
