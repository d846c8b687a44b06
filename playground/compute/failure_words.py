"""NumPy's own words for what only the data decides, and plain ones for each: what is wrong, and what to do."""

from __future__ import annotations

import re
from typing import Final

from playground.compute.backend import Trouble
from playground.translation import tr

_S: Final = r"(\([\d,]*\))"
_EMPTY: Final = "Check what chooses the cells, or add one that always counts: append(A, 0)."
_FILTER: Final = "Look at the shape of what the data chooses, such as A[A > 0]."

# fmt: off
_ROWS: Final[tuple[tuple[str, str, str], ...]] = (
    # places
    (r"kth\(=(-?\d+)\) out of bounds \((\d+)\)",
     "There is no place {p0} to sort to: there are {p1} cells along that axis, numbered from 0.",
     "Take a smaller place, or sort them all with sort."),
    (r"index \[?(-?\d+)\]? is out of bounds for axis (\d+) with size 0",
     "Axis {p1} has no cells, so there is none numbered {p0}.", "Check what chooses the cells, such as A[A > 0]."),
    (r"index \[?(-?\d+)\]? is out of bounds for axis (\d+) with size (\d+)",
     "There is no place {p0} along axis {p1}: it has {p2}, numbered from 0.",
     "Indices count from 0; negative ones count from the end."),
    (r"index (-?\d+) is out of bounds for array with size (\d+)",
     "There is no cell {p0}: there are {p1}, numbered from 0.", "Indices count from 0."),
    (r"boolean array argument obj to (\w+) must be one dimensional and match the axis length of (\d+)",
     "{p0} needs one truth for each of the {p1} places along the axis.", "Make the mask of the same array: A > 2."),
    (r"invalid entry in choice array", "A number chooses none of the arrays that choose was given.",
     "They are numbered from 0; mode='clip' takes the nearest."),
    (r"invalid entry in coordinates array", "One of the places lies outside the shape.",
     "Each index counts from 0 to the size of its axis less one; mode='clip' takes the nearest."),
    # shapes
    (rf"could not broadcast input array from shape {_S} into shape {_S}",
     "What is put in has the shape {p0}, and {p1} is needed.", "A single number fits everywhere."),
    (rf"could not be broadcast together with remapped shapes [^:]*: {_S}\s+and requested shape {_S}",
     "The shape {p0} doesn't stretch to {p1}.", "From the right, each size must be equal or 1."),
    (rf"could not be broadcast together with remapped shapes [^:]*: {_S}->\S+ {_S}->",
     "Equal letters need equal sizes: the operands have the shapes {p0} and {p1}.", _FILTER),
    (rf"(?<!indexing arrays )could not be broadcast together with shapes {_S} {_S}",
     "The shapes {p0} and {p1} don't line up from the right: only equal sizes or a 1 fit.", _FILTER),
    (r"core dimension \d+, with gufunc signature \S+ \(size (\d+) is different from (\d+)\)",
     "The inner sizes of the product differ: {p1} and {p0}.", _FILTER),
    (rf"shapes {_S} and {_S} not aligned: (\d+) \(dim \d\) != (\d+)",
     "The inner sizes of the product of {p0} and {p1} differ: {p2} and {p3}.", _FILTER),
    (r"along dimension (\d+), the array at index \d+ has size (\d+) and the array at index \d+ has size (\d+)",
     "What is joined must be equally long along axis {p0}; the sizes are {p1} and {p2}.", _FILTER),
    (r"all input arrays must have the same shape", "What is stacked must have one shape, and these differ.", _FILTER),
    (r"shape-mismatch for sum", "The axes that are summed over together differ in size.", _FILTER),
    (r"cannot reshape array of size (\d+) into shape \(\)", "item gives one cell, and there are {p0}.",
     "Choose one: A[0]."),
    (rf"cannot reshape array of size (\d+) into shape {_S}", "{p0} cells don't fill the shape {p1}.",
     "One size may be left open: reshape(-1, 2)."),
    (r"cannot select an axis to squeeze out which has size not equal to one",
     "Only an axis of size 1 can be dropped, and this one has another size.", "Drop it with an index: A[0]."),
    (r"array split does not result in an equal division", "The cells can't be split into equally many.",
     "array_split makes parts of nearly the same size."),
    (r"last 2 dimensions of the array must be square", "The matrix isn't square, and it must be.", _FILTER),
    (r"incompatible dimensions for cross product", "cross needs vectors of 2 or 3 numbers.", _FILTER),
    (r"fp and xp are not of the same length", "interp needs one height for each known place.", _FILTER),
    (r"expected x and y to have same length", "polyfit needs one height for each place.", _FILTER),
    (r"incompatible dimensions", "The sizes of the two arrays don't fit.", _FILTER),
    # nothing there
    (r"zero-size array to reduction operation f?(max|min)", "There are no cells, so there is no {p0}.",
     "Check what chooses the cells, or give initial= for where there are none."),
    (r"attempt to get arg(max|min) of an empty sequence", "There are no cells, so there is no {p0}.", _EMPTY),
    (r"array of sample points is empty", "interp needs at least one known place.", _EMPTY),
    (r"invalid number of fft data points \((\d+)\)", "A Fourier transform needs at least one number.", _EMPTY),
    (r"(?:array argument|^[av]) cannot be empty", "One of the two rows has no numbers.", _EMPTY),
    (r"expected non-empty vector for x", "polyfit needs at least one place.", _EMPTY),
    (r"all-nan slice encountered", "There are only NaN to choose from.", "Replace them: nan_to_num(A)."),
    # numbers that can't be
    (r"integers to negative integer powers", "Integers have no negative powers among the integers.",
     "Make the base a float: A.astype(float) ** -1."),
    (r"must have no negative elements", "bincount counts whole numbers from 0, and one is negative.",
     "Shift them: A - A.min()."),
    (r"repeats may not contain negative values", "A cell can't be repeated a negative number of times.",
     "Use clip(counts, 0)."),
    (r"percentiles must be in the range", "A percentile lies between 0 and 100.", "For a part of 1 use quantile."),
    (r"quantiles must be in the range", "A quantile lies between 0 and 1.", "For 0 to 100 use percentile."),
    (r"autodetected range of .* is not finite", "A histogram needs finite numbers, and these have NaN or infinity.",
     "Leave them out: A[isfinite(A)]."),
    (r"bins.* must (?:be monotonically increasing|increase monotonically)",
     "The limits between the bins must go up from one to the next.", "Sort them: sort(bins)."),
    (r"weights sum to zero", "The weights add up to 0, so there is no average.", "Check the weights."),
    # random numbers
    (r"probabilities do not sum to 1", "The probabilities don't add up to 1.",
     "Divide them by their sum: p / p.sum()."),
    (r"probabilities are not non-negative", "A probability is negative.", "Use clip(p, 0, 1)."),
    (r"sum\(pvals(?:\[:-1\])?.*\) > 1", "The probabilities add up to more than 1.",
     "Divide them by their sum: p / p.sum()."),
    (r"^low >= high|^high <= 0", "There is no whole number from the lower limit to below the upper one.",
     "The upper limit must be larger."),
    (r"^scale < 0", "The width of the distribution is negative.", "Use its absolute value."),
    (r"^(lam|p|n|a|b|shape|df|mean|alpha)(?: <=? 0|\[\w\] <)",
     "The parameter {p0} of the distribution can't be that number.",
     "Probabilities lie between 0 and 1, the others are larger than 0."),
    (r"larger sample than population", "More are drawn than there are, and each may be drawn only once.",
     "Draw fewer, or with replace=True."),
    (r"x must be an integer or at least 1-dimensional", "permutation needs a row, or a number written out.",
     "Write the number itself: random.permutation(9)."),
)
"""Patterns (texts, which ``re`` compiles when something fails first), and the words with what they found in place."""
# fmt: on


def plain_words(text: str, kind: str) -> Trouble | None:
    """Put the message of an exception into plain words; None for one that isn't known."""
    for pattern, message, hint in _ROWS:
        found = re.search(pattern, text, re.IGNORECASE)
        if found is not None:
            parts = {f"p{number}": _readable(part) for number, part in enumerate(found.groups())}
            return Trouble(kind, tr(message, **parts), tr(hint))
    return None


def _readable(text: str | None) -> str:
    """Write ``(3,4)`` as ``(3, 4)``."""
    return re.sub(r",(?=\d)", ", ", text or "")
