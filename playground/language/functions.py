"""The functions that the language knows, by canonical name; completion and nearest names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from playground.language import vocabulary as words
from playground.language.table.common import FUNCTION_PLACES, MEMBER_PLACES
from playground.language.table.row import Function, Parameter
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["FUNCTIONS", "Completion", "Function", "Parameter", "complete", "help_of", "nearest"]


class _Table(Mapping[str, Function]):
    """Reads the files of the table when somebody first asks for a function: a first product needs none of them."""

    @cached_property
    def _rows(self) -> dict[str, Function]:
        from playground.language.table import (
            basics,
            builders,
            cells,
            fft,
            layout,
            learning,
            linalg,
            numeric,
            products,
            random,
            search,
            series,
            statistics,
            training,
            ufunc_methods,
        )

        files = (
            basics,
            cells,
            statistics,
            search,
            random,
            numeric,
            series,
            learning,
            training,
            products,
            layout,
            linalg,
            fft,
            builders,
            ufunc_methods,
        )
        return {row.name: row for file in files for row in file.ROWS}

    def __getitem__(self, name: str) -> Function:
        return self._rows[name]

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


FUNCTIONS: Final[Mapping[str, Function]] = _Table()
"""Every row by its canonical name."""

_FAR: Final = 0.12
"""How much stranger a further guess may be than the first; beside a name that is the same nothing else is offered."""
_SHORT: Final = 40
"""Characters up to which help shows what an addition stands for."""


class Completion(Record):
    """One offer while typing: the whole word, a line about it, and its kind.

    The kind is ``"name"``, ``"function"``, ``"constant"``, ``"method"`` or ``"attribute"``.
    """

    text: str
    help: str
    kind: str


_ATTRIBUTE_HELP: Final[Mapping[str, str]] = MappingProxyType({
    "T": "Rows become columns: the axes in reverse order.",
    "shape": "Length of every axis.",
    "dtype": "What kind of number each cell holds.",
    "ndim": "How many axes there are.",
    "size": "How many cells there are.",
    "real": "Real part of every cell.",
    "imag": "Imaginary part of every cell.",
    "mT": "The last two axes change places.",
    "H": "Transposed, each cell conjugated.",
    "nbytes": "Bytes that all cells take.",
    "itemsize": "Bytes that one cell takes.",
    "strides": "Bytes from one cell to the next along every axis.",
})  # fmt: skip
"""What every array has after a dot, what learners use first."""

_NO_ARRAYS: Final = words.ATTRIBUTES - words.RESULT_FIELDS - {"T", "mT", "H", "real", "imag"}
"""Attributes that are numbers, tuples or a dtype; nothing is offered after them."""

_METHODS_ONLY: Final = frozenset({"view"})
"""What NumPy has as a method of arrays alone: as a function it isn't offered."""
_LIBRARIES: Final = frozenset({"torch", "F", "nn", "tf", "tensorflow", "jax"})
"""What other libraries are called: behind their dots stands what is read of them."""
_ENOUGH: Final = 3
"""Letters that a word must have more than, so that it is looked for in other languages and in the lines of help."""
_NOT_IN_NUMPY: Final = frozenset({"float", "int", "complex"})
"""Dtypes that NumPy has no longer under these names: ``np.float``."""
_GENERATOR_MADE: Final = "random.default_rng("


def complete(prefix: str, names: Collection[str] = ()) -> tuple[Completion, ...]:
    """List what may follow ``prefix``: entries first, then functions, the commonest before all others, then constants.

    After a dot behind an array these are its methods and attributes. An addition to NumPy is offered without the
    prefix ``np.``, since NumPy doesn't have it.

    Parameters
    ----------
    prefix
        The word before the cursor, with its dots: ``linalg.no``, ``np.su``, ``A.re``; ``.re`` after a bracket.
    names
        Names of the entries.
    """
    first, dot, rest = prefix.partition(".")
    lead = f"{first}{dot}" if dot and first in words.MODULE_PREFIXES else ""
    word = rest if lead else prefix
    if dot and not lead and (not first or first in names):
        return _members(prefix)
    if word.startswith(_GENERATOR_MADE):
        return _draws(lead, word)
    if dot and not lead and first in _LIBRARIES:
        from playground.language.foreign.offered import offered  # most people never type these

        return tuple(Completion(text, line, "function") for text, line in offered(prefix))
    found = [Completion(name, tr("entry"), "name") for name in names if name.startswith(word) and not lead]
    rows = _rows(word)
    rows.sort(key=lambda row: (row.name.rpartition(".")[2] != word, *_order(row, word)))
    functions = [Completion(("" if row.addition else lead) + _written(row), help_of(row), "function") for row in rows]
    constants = (*words.CONSTANTS, *words.SOFT_CONSTANTS, *(w for w in words.DTYPES if not w.endswith("_")))
    gone = _NOT_IN_NUMPY if lead else frozenset()
    others = [Completion(lead + name, tr("constant"), "constant") for name in constants
              if name.startswith(word) and name not in gone]  # fmt: skip
    is_dtype = len(word) > _ENOUGH and any(name.startswith(word) for name in words.DTYPES)
    return (*found, *others, *functions) if is_dtype else (*found, *functions, *others)


def _rows(word: str) -> list[Function]:
    """List the functions that begin with ``word``, in capitals too; those that other languages or the help call so."""
    lower = word.lower()
    found = [row for row in FUNCTIONS.values() if _matches(row.name, word)]
    if lower != word and not found:
        found = [row for row in FUNCTIONS.values() if _matches(row.name.lower(), lower)]
    if len(word) > _ENOUGH and "." not in word:
        from playground.language.repairs.words import FUNCTIONS as ELSEWHERE

        meant = {name for theirs, ours in ELSEWHERE.items() if theirs.startswith(lower) for name in ours[:1]}
        found += [FUNCTIONS[name] for name in meant if name in FUNCTIONS and FUNCTIONS[name] not in found]
        found = found or [row for row in FUNCTIONS.values() if f" {lower}" in f" {row.help.lower()}"]
    return [row for row in found if row.name not in _METHODS_ONLY]


def _order(row: Function, word: str) -> tuple[int, bool, bool, int]:
    """Sort what learners need first, rare things last; then what begins so and not after its dot, then by length."""
    place = FUNCTION_PLACES.get(_written(row), len(FUNCTION_PLACES))
    return place, row.rare, not row.name.startswith(word), len(row.name)


def _members(prefix: str) -> tuple[Completion, ...]:
    """Methods and attributes of the array before the last dot of ``prefix``; nothing where that is no array."""
    head, dot, word = prefix.rpartition(".")
    if head.rpartition(".")[2] in _NO_ARRAYS and "." in head:
        return ()
    rows = [row for row in FUNCTIONS.values() if row.method]
    found = [(row.name, help_of(row), "method") for row in rows if not row.rare]
    found += [(name, tr(text), "attribute") for name, text in _ATTRIBUTE_HELP.items()]
    found += [(alias, help_of(FUNCTIONS[name]), "method") for alias, name in words.METHOD_ALIASES.items()]
    found += [(row.name, help_of(row), "method") for row in rows if row.rare]
    found.sort(key=lambda item: MEMBER_PLACES.get(item[0], len(MEMBER_PLACES)))
    return tuple(Completion(f"{head}{dot}{name}", text, kind) for name, text, kind in found if name.startswith(word))


def _draws(lead: str, word: str) -> tuple[Completion, ...]:
    """What a generator of random numbers draws, after ``random.default_rng(7).``."""
    head, dot, begun = word.rpartition(".")
    start = words.GENERATOR + begun
    rows = [row for row in FUNCTIONS.values() if row.name.startswith(start)]
    return tuple(
        Completion(f"{lead}{head}{dot}{row.name.rpartition('.')[2]}", help_of(row), "function") for row in rows
    )


def _written(row: Function) -> str:
    """Name of a function as it is typed; a generator of random numbers is made first."""
    return row.name.replace(words.GENERATOR, "random.default_rng(0).")


def help_of(row: Function) -> str:
    """Give the line of help; an addition to NumPy says so, and what it stands for where that is short."""
    if not row.addition:
        return tr(row.help)
    if "\n" in row.plain or len(row.plain) > _SHORT:
        return tr("{help} Not in NumPy: copied as plain NumPy.", help=tr(row.help))
    return tr("{help} Not in NumPy: {plain}.", help=tr(row.help), plain=row.plain)


def _matches(name: str, word: str) -> bool:
    return name.startswith(word) or name.rpartition(".")[2].startswith(word)


def nearest(word: str, candidates: Collection[str], limit: int = 3) -> tuple[str, ...]:
    """Give the candidates that ``word`` may be a slip of, likeliest first; none is better than a silly one.

    First what is the same but for case and underscores, as a whole or behind its last dot (``inv`` is ``linalg.inv``);
    then what a few wrong keys lead to, fewer in a shorter word; then longer or shorter forms of the same word
    (``hist`` is ``histogram``, ``sorted`` is ``sort``).
    """
    from playground.language.wrong_keys import strangeness  # only a mistake needs it

    scored = ((strangeness(word, candidate), candidate) for candidate in candidates if candidate != word)
    found = sorted(
        (score, abs(len(candidate) - len(word)), candidate) for score, candidate in scored if score is not None
    )
    return tuple(candidate for score, _, candidate in found[:limit] if score <= (found[0][0] and found[0][0] + _FAR))
