"""Rows of the function table: ``numpy.fft``."""

from __future__ import annotations

from typing import Final

from playground.language.rules import dtypes, fft
from playground.language.rules.axes import shifted
from playground.language.table.row import Function

_ONE = "a, n=None, axis=-1, norm=None, out=None"
_PLANE = "a, s=None, axes=(-2, -1), norm=None, out=None"
_ALL = "a, s=None, axes=None, norm=None, out=None"


def _transform(
    name: str, help_: str, passes: fft.Passes, signature: str, argument: str, *, rare: bool = False
) -> Function:
    return Function(f"fft.{name}", signature, fft.shape_of(passes), fft.dtype_of(passes), "fourier", help_,
                    f"fft.{name}({argument})", flops=fft.flops_of(passes), rare=rare)  # fmt: skip


_COMPLEX, _TO_HALF, _FROM_HALF = (fft.one_axis(kind) for kind in (fft.COMPLEX, fft.TO_HALF, fft.FROM_HALF))
_COMPLEX_N, _TO_HALF_N, _FROM_HALF_N = (fft.several_axes(kind) for kind in (fft.COMPLEX, fft.TO_HALF, fft.FROM_HALF))

_V, _M = "[0.0, 1.0, 0.0, -1.0]", "[[1.0, 0.0], [0.0, 1.0]]"

ROWS: Final = (
    _transform("fft", "The frequencies of a signal along an axis.", _COMPLEX, _ONE, _V),
    _transform("ifft", "The signal that has these frequencies.", _COMPLEX, _ONE, _V),
    _transform("rfft", "The frequencies of a real signal: the half that says all.", _TO_HALF, _ONE, _V),
    _transform("irfft", "The real signal whose half of frequencies this is.", _FROM_HALF, _ONE, "[1.0, 2.0, 1.0]"),
    _transform("fft2", "The frequencies of an image: along the last two axes.", _COMPLEX_N, _PLANE, _M),
    _transform("ifft2", "The image that has these frequencies.", _COMPLEX_N, _PLANE, _M),
    Function("fft.fftfreq", "n, d=1.0, device=None", fft.frequencies(half=False), fft.frequency_dtype, "fourier",
             "The frequency of each place of fft's result.", "fft.fftfreq(4)"),
    Function("fft.rfftfreq", "n, d=1.0, device=None", fft.frequencies(half=True), fft.frequency_dtype, "fourier",
             "The frequency of each place of rfft's result.", "fft.rfftfreq(4)"),
    Function("fft.fftshift", "x, axes=None", shifted, dtypes.of("x"), "fourier",
             "The frequency 0 goes to the middle.", "fft.fftshift([0.0, 1.0, -2.0, -1.0])"),
    Function("fft.ifftshift", "x, axes=None", shifted, dtypes.of("x"), "fourier",
             "The frequency 0 goes back to the front.", "fft.ifftshift([-2.0, -1.0, 0.0, 1.0])"),
    _transform("fftn", "The frequencies along all axes.", _COMPLEX_N, _ALL, _M, rare=True),
    _transform("ifftn", "The array that has these frequencies.", _COMPLEX_N, _ALL, _M, rare=True),
    _transform("rfft2", "The frequencies of a real image.", _TO_HALF_N, _PLANE, _M, rare=True),
    _transform("irfft2", "The real image whose half of frequencies this is.", _FROM_HALF_N, _PLANE, _M, rare=True),
    _transform("rfftn", "The frequencies of a real array along all axes.", _TO_HALF_N, _ALL, _M, rare=True),
    _transform("irfftn", "The real array whose half of frequencies this is.", _FROM_HALF_N, _ALL, _M, rare=True),
    _transform("hfft", "The real frequencies of half a Hermitian signal.", _FROM_HALF, _ONE, "[1.0, 2.0, 1.0]",
               rare=True),
    _transform("ihfft", "Half the Hermitian signal that has these real frequencies.", _TO_HALF, _ONE, _V, rare=True),
)  # fmt: skip
