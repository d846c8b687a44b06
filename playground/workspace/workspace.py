"""The document: an ordered list of named entries (arrays, formulas, shapes), and who depends on whom."""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from playground.language.names import names_in
from playground.language.parse import parse
from playground.language.signature import Signature
from playground.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.language.signature import AxisNames
    from playground.workspace.arrays import Array


class ArrayEntry(Record):
    """Numbers that a person edits; ``axis_names`` as in ``Signature``."""

    name: str
    array: Array
    axis_names: AxisNames = ()

    @property
    def signature(self) -> Signature:
        """Shape, dtype and names of the axes."""
        return Signature(self.array.shape, self.array.dtype, axis_names=self.axis_names)


class FormulaEntry(Record):
    """A text in NumPy syntax whose value follows from other entries; it may be unfinished or wrong."""

    name: str
    source: str


class ShapeEntry(Record):
    """Shape and dtype of an array without its numbers: enough for shapes, problems and costs. Nothing is allocated."""

    name: str
    signature: Signature


Entry = ArrayEntry | FormulaEntry | ShapeEntry


class Workspace(Record):
    """All entries in the order of the list; names are unique. Immutable, so that a snapshot is a reference."""

    entries: tuple[Entry, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all entries, in their order."""
        return tuple(entry.name for entry in self.entries)

    @property
    def arrays(self) -> dict[str, Array]:
        """Name to array, in the order of the list."""
        return {entry.name: entry.array for entry in self.entries if isinstance(entry, ArrayEntry)}

    @property
    def formulas(self) -> dict[str, str]:
        """Name to text of the formulas, in the order of the list."""
        return {entry.name: entry.source for entry in self.entries if isinstance(entry, FormulaEntry)}

    @property
    def signatures(self) -> dict[str, Signature]:
        """Name to shape and dtype of all entries but the formulas, in the order of the list."""
        return {entry.name: entry.signature for entry in self.entries if not isinstance(entry, FormulaEntry)}

    @property
    def shapes(self) -> dict[str, Signature]:
        """Name to signature of the entries without numbers, in the order of the list."""
        return {entry.name: entry.signature for entry in self.entries if isinstance(entry, ShapeEntry)}

    def get(self, name: str) -> Entry | None:
        """Find the entry called ``name``, None where there is none."""
        return next((entry for entry in self.entries if entry.name == name), None)

    def position(self, name: str) -> int:
        """Place of the entry in the list; ValueError where there is none."""
        return self.names.index(name)

    def replaced(self, name: str, entry: Entry) -> Workspace:
        """Give the workspace with ``entry`` in the place of the one called ``name``."""
        return Workspace(tuple(entry if old.name == name else old for old in self.entries))

    def inserted(self, entry: Entry, position: int | None = None) -> Workspace:
        """Give the workspace with ``entry`` before ``position``, at the end where that is None."""
        at = len(self.entries) if position is None else position
        return Workspace((*self.entries[:at], entry, *self.entries[at:]))

    def without(self, name: str) -> Workspace:
        """Give the workspace without the entry called ``name``."""
        return Workspace(tuple(entry for entry in self.entries if entry.name != name))


class Order(NamedTuple):
    """How the formulas can be evaluated.

    Attributes
    ----------
    formulas
        Names of the formulas that are on no cycle, each after all that it uses.
    cycles
        For each formula that depends on itself the shortest way round, beginning with itself: ``("C", "D")`` says
        that C uses D and D uses C.
    """

    formulas: tuple[str, ...]
    cycles: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1024)
def operands_of(source: str) -> tuple[str, ...]:
    """Names that a formula's text uses, in order of first use; none where it can't be parsed."""
    tree = parse(source).tree
    return () if tree is None else tuple(names_in(tree))


def order_of(workspace: Workspace) -> Order:
    """Order the formulas for evaluation and find the cycles; never hangs, a reference to itself included."""
    return order_of_formulas(tuple(workspace.formulas.items()))


def dependents(workspace: Workspace, name: str) -> tuple[str, ...]:
    """Formulas that change when the entry ``name`` does, in order of evaluation, those on cycles last."""
    uses = {formula: operands_of(source) for formula, source in workspace.formulas.items()}
    reached: set[str] = set()
    pending = [name]
    while pending:
        current = pending.pop()
        for formula, operands in uses.items():
            if current in operands and formula not in reached:
                reached.add(formula)
                pending.append(formula)
    order = order_of(workspace)
    return tuple(formula for formula in (*order.formulas, *order.cycles) if formula in reached and formula != name)


def _uses(formulas: tuple[tuple[str, str], ...]) -> dict[str, tuple[str, ...]]:
    """For each formula the formulas that it uses."""
    names = {name for name, _ in formulas}
    return {name: tuple(used for used in operands_of(source) if used in names) for name, source in formulas}


@lru_cache(maxsize=16)
def order_of_formulas(formulas: tuple[tuple[str, str], ...]) -> Order:
    """Order pairs of a formula's name and its text, as ``order_of`` does."""
    uses = _uses(formulas)
    ready, waiting = _peeled(uses, list(uses))
    # What is left is on a cycle or behind one. Only the former has a way back to itself.
    cycles = {name: cycle for name in waiting if (cycle := _way_round(name, uses)) is not None}
    behind, _ = _peeled(uses, [name for name in waiting if name not in cycles])
    return Order((*ready, *behind), cycles)


def _peeled(uses: Mapping[str, tuple[str, ...]], names: list[str]) -> tuple[list[str], list[str]]:
    """Split ``names`` into those that can be put in order among themselves, ordered, and the rest."""
    among = set(names)
    missing = {name: {used for used in uses[name] if used in among} for name in names}
    users: dict[str, list[str]] = {name: [] for name in names}
    for name, used_names in missing.items():
        for used in used_names:
            users[used].append(name)
    ready = deque(name for name in names if not missing[name])
    ordered = []
    while ready:
        name = ready.popleft()
        ordered.append(name)
        for user in users[name]:
            missing[user].discard(name)
            if not missing[user]:
                ready.append(user)
    done = set(ordered)
    return ordered, [name for name in names if name not in done]


def _way_round(start: str, uses: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """Find the shortest chain of uses from ``start`` back to itself."""
    came_from: dict[str, str] = {}
    pending = deque([start])
    while pending:
        current = pending.popleft()
        for used in uses[current]:
            if used == start:
                chain = [current]
                while chain[-1] != start:
                    chain.append(came_from[chain[-1]])
                return tuple(reversed(chain))
            if used not in came_from:
                came_from[used] = current
                pending.append(used)
    return None
