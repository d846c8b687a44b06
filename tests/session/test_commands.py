"""The command table: every command does what it says and can be done when it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.session.commands import Command, document_commands, random_whole, starting_formula
from playground.workspace.edits import SetFormula
from playground.workspace.workspace import Workspace
from tests.session.making import PRODUCT, FakeEngine, cell, is_current, session_of, value_of, workspace

if TYPE_CHECKING:
    from playground.session.session import Session

COMMANDS: dict[str, Command[Session]] = {command.name: command for command in document_commands()}
NEW = {"new-matrix": (3, 3), "new-vector": (2,), "new-identity": (2, 2), "new-random": (4, 4)}


def test_names_and_shortcuts_are_unique_and_everything_is_described() -> None:
    commands = document_commands()
    keys = [key for command in commands for key in command.keys]
    assert len(COMMANDS) == len(commands)
    assert len(set(keys)) == len(keys)
    for command in commands:
        assert command.title
        assert command.menu
        assert command.help.endswith(".")


@pytest.mark.parametrize(
    "document", [Workspace(), workspace(**PRODUCT), workspace(A=np.zeros((0, 3))), workspace(C="A @")]
)
@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_runs_on_every_document_and_can_be_undone(name: str, document: Workspace) -> None:
    session = session_of(document)
    COMMANDS[name].run(session)
    while session.snapshot.undo_label:
        session.undo()
    assert session.snapshot.workspace == document
    session.stop()


@pytest.mark.parametrize("name", list(NEW))
def test_a_new_array_is_chosen_and_has_its_shape(name: str) -> None:
    session = session_of(workspace(**PRODUCT))
    COMMANDS[name].run(session)
    assert session.snapshot.selected == "D"
    array = session.snapshot.workspace.arrays["D"]
    assert array.shape == NEW[name]
    assert array.dtype == np.float64
    session.stop()


def test_a_shape_is_made_filled_and_made_again() -> None:
    session = session_of(Workspace())
    COMMANDS["new-shape"].run(session)
    assert session.snapshot.workspace.shapes["A"].shape == (32, 784)
    assert COMMANDS["fill-ones"].enabled(session.snapshot)
    assert not COMMANDS["keep-shape"].enabled(session.snapshot)
    COMMANDS["fill-ones"].run(session)
    assert session.snapshot.workspace.arrays["A"].to_numpy().sum() == 32 * 784
    assert not COMMANDS["fill-ones"].enabled(session.snapshot)
    COMMANDS["keep-shape"].run(session)
    assert session.snapshot.workspace.shapes["A"].shape == (32, 784)
    session.stop()


def test_a_new_formula_means_something_at_once() -> None:
    session = session_of(Workspace())
    COMMANDS["new-formula"].run(session)
    COMMANDS["new-formula"].run(session)
    assert session.snapshot.workspace.formulas == {"A": "eye(2)", "B": "A.T"}
    assert is_current(session, "B")
    assert starting_formula(session.snapshot) == "B.T"
    session.stop()


def test_a_command_is_enabled_where_it_can_be_done() -> None:
    def enabled() -> set[str]:
        return {name for name, command in COMMANDS.items() if command.enabled(session.snapshot)}

    session = session_of(workspace(**PRODUCT))
    assert not enabled() & {"undo", "redo", "cancel"}
    COMMANDS["remove-entry"].run(session)
    assert "undo" in enabled()
    COMMANDS["undo"].run(session)
    assert "redo" in enabled()
    session.open_workspace(Workspace())
    assert "remove-entry" not in enabled()
    session.stop()


def test_compute_again_and_cancel_reach_the_worker() -> None:
    engine = FakeEngine()
    session = session_of(workspace(**PRODUCT), engine)
    session.edit(cell("A", 0, 0, 4.0))
    engine.dies["A + 1"] = ["memory"]
    session.edit(SetFormula("C", "A + 1"))
    assert not is_current(session, "C")
    COMMANDS["recalculate"].run(session)
    assert value_of(session, "C")[0, 0] == 5.0
    COMMANDS["cancel"].run(session)
    assert is_current(session, "C")
    session.stop()


def test_random_numbers_are_whole_and_small() -> None:
    numbers = random_whole(50, 50)
    assert np.array_equal(numbers, np.round(numbers))
    assert (numbers.min(), numbers.max()) == (-9, 9)
