"""The table of what a person can ask of the document; menus, shortcuts and the palette are made from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from playground.compute.device_names import CPU
from playground.compute.precision import AS_WRITTEN, TF32
from playground.language.names import free_name
from playground.language.signature import Signature
from playground.record import Record
from playground.translation import tr
from playground.workspace.arrays import Array
from playground.workspace.edits import AddArray, AddFormula, Remove
from playground.workspace.workspace import ArrayEntry, ShapeEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.session.session import Session
    from playground.session.snapshot import Snapshot
    from playground.workspace.shape_edits import Content

Target = TypeVar("Target")

_NEW_SHAPE = (32, 784)


def _always(_: Snapshot) -> bool:
    return True


class Command(Record, Generic[Target]):
    """One thing that a person can ask for.

    Attributes
    ----------
    name
        Stable keyword.
    title
        Text of the menu entry.
    menu
        Title of the menu it stands in; a path ``"Insert/Array"`` makes a submenu.
    run
        Does it, to the session or to the window.
    keys
        Shortcuts in Qt's portable spelling, the first one shown.
    help
        One sentence.
    enabled
        Whether it can be done now.
    """

    name: str
    title: str
    menu: str
    run: Callable[[Target], object]
    keys: tuple[str, ...] = ()
    help: str = ""
    enabled: Callable[[Snapshot], bool] = _always


def document_commands() -> tuple[Command[Session], ...]:
    """All commands on the document, in the order of their menus."""
    return (*_edit_commands(tr("Edit")), *_insert_commands(tr("Insert")), *_compute_commands(tr("Compute")))


def _edit_commands(menu: str) -> tuple[Command[Session], ...]:
    return (
        Command(
            "undo", tr("Undo"), menu, lambda s: s.undo(), ("Ctrl+Z",), tr("Take the last change back."),
            lambda snapshot: bool(snapshot.undo_label),
        ),
        Command(
            "redo", tr("Redo"), menu, lambda s: s.redo(), ("Ctrl+Y", "Ctrl+Shift+Z"), tr("Make it again."),
            lambda snapshot: bool(snapshot.redo_label),
        ),
        *_shape_commands(menu),
        Command(
            "remove-entry", tr("Remove entry"), menu, remove_selected, (),
            tr("Remove the chosen entry from the workspace."), lambda snapshot: snapshot.selected is not None,
        ),
    )  # fmt: skip


def _shape_commands(menu: str) -> tuple[Command[Session], ...]:
    return (
        *(
            Command(
                f"fill-{content}", tr("Fill with {numbers}", numbers=title), f"{menu}/{tr('Fill shape')}",
                partial(fill_selected, content=content), (),
                tr("Make an array of the chosen shape."), lambda snapshot: _is_a(snapshot, ShapeEntry),
            )
            for content, title in filling_titles()
        ),
        Command(
            "keep-shape", tr("Keep only the shape"), menu, keep_shape_of_selected, (),
            tr("Give up the numbers of the chosen array."), lambda snapshot: _is_a(snapshot, ArrayEntry),
        ),
    )  # fmt: skip


def _is_a(snapshot: Snapshot, kind: type[ArrayEntry | ShapeEntry]) -> bool:
    return isinstance(snapshot.workspace.get(snapshot.selected or ""), kind)


def _insert_commands(menu: str) -> tuple[Command[Session], ...]:
    return (
        Command(
            "new-matrix", tr("Matrix 3×3"), menu, lambda s: add_array(s, np.zeros((3, 3))), ("Ctrl+N",),
            tr("A new matrix of zeros to type into."),
        ),
        Command(
            "new-vector", tr("Vector of 2"), menu, lambda s: add_array(s, np.array([1.0, 0.0])), (),
            tr("A new vector, as an arrow and as cells."),
        ),
        Command(
            "new-identity", tr("Identity 2×2"), menu, lambda s: add_array(s, np.eye(2)), (),
            tr("The matrix that changes nothing."),
        ),
        Command(
            "new-random", tr("Random 4×4"), menu, lambda s: add_array(s, random_whole(4, 4)), (),
            tr("Whole numbers between −9 and 9."),
        ),
        Command(
            "new-shape", tr("Shape without numbers"), menu, add_shape, (),
            tr("Enough for shapes, problems and costs; type x: (32, 784) float16 for one of your own."),
        ),
        Command(
            "new-formula", tr("Formula"), menu, add_formula, ("Ctrl+Shift+N",),
            tr("A new formula to change in the formula bar."),
        ),
    )  # fmt: skip


def _compute_commands(menu: str) -> tuple[Command[Session], ...]:
    return (
        Command(
            "recalculate", tr("Compute again"), menu, lambda s: s.recompute(), ("F9",),
            tr("Compute what failed or was cancelled once more."),
        ),
        Command(
            "cancel", tr("Cancel"), menu, lambda s: s.cancel(), ("Ctrl+.",), tr("End what is being computed."),
            lambda snapshot: snapshot.computing,
        ),
        *_precision_commands(f"{menu}/{tr('Compute as')}"),
    )  # fmt: skip


def _precision_commands(menu: str) -> tuple[Command[Session], ...]:
    """One command for each precision; TF32 only where the GPU in use has it."""
    return tuple(
        Command(
            f"compute-as-{precision or 'written'}", title, menu, partial(compute_as, precision=precision), (), said,
            has_tf32 if precision == TF32 else _always,
        )
        for precision, title, said in precision_titles()
    )  # fmt: skip


def precision_titles() -> tuple[tuple[str, str, str], ...]:
    """Every precision, how a menu says it, and what it means."""
    return (
        (AS_WRITTEN, tr("As written"), tr("Every formula in the dtypes of its operands.")),
        ("float32", "float32", tr("Operands and results in float32: half the bytes, about 7 digits.")),
        ("float16", "float16", tr("Operands and results in float16: a quarter of the bytes, about 3 digits.")),
        (TF32, "TF32", tr("float32, whose products keep about 3 digits of each factor on the GPU's tensor cores.")),
    )


def compute_as(session: Session, precision: str) -> None:
    """Compute every formula as ``precision`` from now on."""
    session.compute_with(precision=precision)


def has_tf32(snapshot: Snapshot) -> bool:
    """Whether formulas are computed on a GPU that has TF32."""
    device = snapshot.gpu.device(snapshot.device) if snapshot.gpu is not None and snapshot.device != CPU else None
    return device is not None and device.has_tf32


def add_array(session: Session, values: np.ndarray) -> None:
    """Append an array under the next free name and choose it."""
    name = free_name(session.snapshot.workspace.names)
    session.edit(AddArray(name, Array.of(values)), select=name)


def add_shape(session: Session) -> None:
    """Append a shape under the next free name; the formula bar then shows how one is written."""
    from playground.workspace.shape_edits import AddShape  # no menu waits for what it does

    name = free_name(session.snapshot.workspace.names)
    session.edit(AddShape(name, Signature(_NEW_SHAPE, np.dtype(np.float64))), select=name)


def filling_titles() -> tuple[tuple[Content, str], ...]:
    """What a shape can be filled with, and how a menu says it."""
    return (
        ("zeros", tr("zeros")),
        ("ones", tr("ones")),
        ("counting", tr("0, 1, 2, … row by row")),
        ("random", tr("random numbers")),
    )


def fill_selected(session: Session, content: Content) -> None:
    """Fill the chosen shape with numbers."""
    from playground.workspace.shape_edits import FillShape

    if session.snapshot.selected is not None:
        session.edit(FillShape(session.snapshot.selected, content))


def keep_shape_of_selected(session: Session) -> None:
    """Give up the numbers of the chosen array."""
    from playground.workspace.shape_edits import KeepShape

    if session.snapshot.selected is not None:
        session.edit(KeepShape(session.snapshot.selected))


def add_formula(session: Session) -> None:
    """Append a formula that means something at once."""
    snapshot = session.snapshot
    name = free_name(snapshot.workspace.names)
    session.edit(AddFormula(name, starting_formula(snapshot)), select=name)


def starting_formula(snapshot: Snapshot) -> str:
    """A formula to begin with: the chosen entry transposed, or ``eye(2)`` in an empty workspace."""
    return f"{snapshot.selected}.T" if snapshot.selected is not None else "eye(2)"


def remove_selected(session: Session) -> None:
    """Remove the chosen entry."""
    if session.snapshot.selected is not None:
        session.edit(Remove(session.snapshot.selected))


def random_whole(rows: int, columns: int) -> np.ndarray:
    """Whole numbers from −9 to 9 as float64."""
    return np.random.default_rng().integers(-9, 10, (rows, columns)).astype(np.float64)
