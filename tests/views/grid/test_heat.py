"""Colours of values: monotone, centred where they should be, never lost in an overflow, and readable before all."""

from __future__ import annotations

import itertools
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtGui import QColor

from playground.views import theme
from playground.views.grid.heat import NAN, STEPS, Ramp, colours_of, heat_image, ramp_between, ramp_of
from playground.views.grid.heat_marks import hatch_brush
from playground.workspace.colourings import SCHEMES, Colouring
from playground.workspace.limits import finite_limits

BASE = (255, 255, 255)
TABLE = colours_of(theme.LIGHT, QColor(*BASE))
PLACES = np.arange(2 * STEPS + 4, dtype=np.uint32)
"""A table in which every colour is its own place."""
F8 = np.dtype(np.float64)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
AROUND_0 = Ramp(0.0, 3.0)

Rgb = tuple[int, int, int]


def colour(value: object, ramp: Ramp = AROUND_0, dtype: str = "float64") -> Rgb:
    return split(int(heat_image(np.array([[value]], dtype), ramp, TABLE)[0, 0]))


def split(word: int) -> Rgb:
    assert word >> 24 == 0xFF
    return word >> 16 & 255, word >> 8 & 255, word & 255


def place(value: object, ramp: Ramp, dtype: object = F8) -> int:
    return int(heat_image(np.array([[value]], dtype), ramp, PLACES)[0, 0]) - STEPS


def test_colours_of_the_mock() -> None:
    # rgba(11, 102, 173, 0.28) over white
    assert colour(3.0) == (187, 212, 232)
    assert colour(-3.0) == (244, 204, 188)
    assert colour(0.0) == BASE


def test_not_finite_values_have_their_own() -> None:
    assert colour(np.nan) == BASE
    assert colour(np.inf) not in (colour(3.0), colour(-np.inf))
    assert colour(np.inf, Ramp()) == colour(np.inf)
    assert colour(complex(-np.inf, 0), dtype="complex128") == colour(np.inf), "an infinite magnitude"
    assert colour(complex(np.inf, np.nan), dtype="complex128") == colour(np.nan)


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", "uint64", "float16", "float32", "complex64"])
def test_every_dtype_is_coloured(dtype: str) -> None:
    assert colour(1, Ramp(0.0, 1.0), dtype) == colour(3.0)
    assert colour(0, Ramp(0.0, 1.0), dtype) == BASE


@given(arrays(F8, (3, 4), elements=st.floats(width=64)), st.sampled_from(list(SCHEMES)))
def test_any_values_give_an_opaque_image_silently(values: np.ndarray, scheme: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        image = heat_image(values, ramp_of(finite_limits(values), F8, Colouring(scheme)), TABLE)
    assert image.shape == values.shape
    assert image.dtype == np.uint32
    assert image.flags.c_contiguous
    assert (image >> 24 == 0xFF).all()


@given(arrays(F8, 12, elements=FLOATS), st.sampled_from(list(SCHEMES)))
def test_a_greater_value_never_has_a_lesser_colour(values: np.ndarray, scheme: str) -> None:
    ramp = ramp_of(finite_limits(values), F8, Colouring(scheme))
    places = heat_image(np.sort(values)[None], ramp, PLACES)[0].astype(int)
    assert (np.diff(places) >= 0).all()


@given(FLOATS, FLOATS)
def test_0_is_the_middle_of_two_colours_and_the_farther_limit_their_end(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    ramp = ramp_of((low, high), F8, Colouring("diverging"))
    assert place(0.0, ramp) == 0
    assert max(abs(place(low, ramp)), abs(place(high, ramp))) == (STEPS if low or high else 0)
    assert place(-high, ramp) == -place(high, ramp)


@given(FLOATS, FLOATS)
def test_one_colour_reaches_from_limit_to_limit(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    ramp = ramp_of((low, high), F8, Colouring("sequential"))
    ends = place(low, ramp), place(high, ramp)
    if low == high:
        assert ends == (0, 0), "what is equal everywhere says nothing"
    else:
        assert ends == ((-STEPS, 0) if low < 0 and high <= 0 else (0, STEPS))


@pytest.mark.parametrize(
    ("limits", "scheme"),
    [((-1.0, 4.0), "diverging"), ((0.0, 4.0), "sequential"), ((-4.0, 0.0), "sequential"), ((2.0, 4.0), "sequential")],
)
def test_automatic_centres_on_0_what_changes_sign(limits: tuple[float, float], scheme: str) -> None:
    chosen, same = ramp_of(limits, F8), ramp_of(limits, F8, Colouring(scheme))
    assert (chosen.zero, chosen.span) == (same.zero, same.span)


def test_ranges_beyond_the_largest_float_and_below_the_smallest() -> None:
    wide = ramp_of((-1e308, 1.7e308), F8, Colouring("sequential"))
    assert [place(value, wide) for value in (-1e308, 0.35e308, 1.7e308)] == [0, STEPS // 2, STEPS]
    tiny = ramp_of((0.0, 5e-324), F8)
    assert [place(value, tiny) for value in (0.0, 5e-324)] == [0, STEPS]
    lines = ramp_between("rising", np.array([[-1e308], [0.0]]), np.array([[1e308], [1.0]]))
    assert heat_image(np.array([[0.0], [0.5]]), lines, PLACES).tolist() == [[STEPS + STEPS // 2]] * 2


def test_integers_beyond_2_to_the_53() -> None:
    most = np.iinfo(np.int64)
    ramp = ramp_of((float(most.min), float(most.max)), np.dtype(np.int64))
    assert [place(value, ramp, np.int64) for value in (most.min, 0, most.max)] == [-STEPS, 0, STEPS]
    ramp = ramp_of((0.0, float(2**64 - 1)), np.dtype(np.uint64))
    assert [place(value, ramp, np.uint64) for value in (0, 2**63, 2**64 - 1)] == [0, STEPS // 2, STEPS]


def test_a_magnitude_beyond_the_largest_float_is_finite_all_the_same() -> None:
    assert place(1e308 + 1.7e308j, ramp_of((0.0, 1.0), np.dtype(complex)), complex) == STEPS


def test_truths_have_two_colours_whatever_the_scheme() -> None:
    for scheme, limits in itertools.product(("automatic", "sequential", "diverging"), ((0, 1), (1, 1), (0, 0))):
        ramp = ramp_of((float(limits[0]), float(limits[1])), np.dtype(bool), Colouring(scheme))
        assert (place(False, ramp, bool), place(True, ramp, bool)) == (0, STEPS)
    assert place(True, ramp_of((0.0, 1.0), np.dtype(bool), Colouring("off")), bool) == 0


def test_where_nothing_is_finite_nothing_is_coloured() -> None:
    for scheme in SCHEMES:
        assert place(5.0, ramp_of(None, F8, Colouring(scheme))) == 0


@given(arrays(F8, (4, 3), elements=st.floats(width=64)), st.sampled_from(["rising", "falling", "diverging"]))
def test_each_line_is_coloured_as_if_it_stood_alone(values: np.ndarray, direction: str) -> None:
    low, high = (np.array([(finite_limits(row) or (np.nan, np.nan))[end] for row in values]) for end in (0, 1))
    together = heat_image(values, ramp_between(direction, low[:, None], high[:, None]), PLACES)
    for row, colours in zip(values, together, strict=True):
        limits = finite_limits(row)
        alone = Ramp() if limits is None else ramp_between(direction, *limits)
        # A line beside one that reaches to the end of the floats loses the last bits of numbers near 0.
        assert (np.abs(heat_image(row[None], alone, PLACES)[0].astype(int) - colours.astype(int)) <= 1).all()


def luminance(rgb: Rgb) -> float:
    """WCAG 2.2's relative luminance."""
    linear = [c / 3294.6 if (c := channel) <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for channel in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Rgb, other: Rgb) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def rgb(colour: QColor) -> Rgb:
    return colour.red(), colour.green(), colour.blue()


def mixed(under: Rgb, over: Rgb, opacity: float) -> Rgb:
    return tuple(round(o * opacity + u * (1 - opacity)) for u, o in zip(under, over, strict=True))  # type: ignore[return-value]


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK, theme.LIGHT.lit, theme.DARK.lit])
@pytest.mark.parametrize("ground", ["cell", "result"])
def test_numbers_keep_their_contrast_on_every_colour_selected_or_not(palette: theme.Palette, ground: str) -> None:
    table = colours_of(palette, getattr(palette, ground))
    ink, accent = rgb(palette.ink), rgb(palette.accent)
    hatched = mixed(split(int(table[NAN])), rgb(palette.faint), hatch_brush(palette).color().alphaF())
    for under in (*map(split, table.tolist()), hatched):
        assert contrast(ink, under) >= 4.5, under
        assert contrast(mixed(ink, accent, 0.16), mixed(under, accent, 0.16)) >= 4.5, ("selected", under)


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK])
def test_the_two_colours_differ_for_every_kind_of_eye(palette: theme.Palette) -> None:
    """By what is left of them for eyes without long, middle or short cones (Viénot, Brettel and Mollon 1999)."""
    table = colours_of(palette, palette.cell)
    strongest = np.array([split(int(table[k])) for k in (0, STEPS, 2 * STEPS)], float) / 255
    linear = np.where(strongest <= 0.04045, strongest / 12.92, ((strongest + 0.055) / 1.055) ** 2.4)
    for cones in (
        [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
        [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
    ):
        seen = np.clip(linear @ np.array(cones).T, 0, 1) ** (1 / 2.2) * 255
        negative, none, positive = seen
        for one, other in itertools.combinations((negative, none, positive), 2):
            assert np.abs(one - other).max() > 16
