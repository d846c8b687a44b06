"""The table of what a person can ask of the window itself: files, views, help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.session.commands import Command
from playground.translation import tr
from playground.views.canvas.mode import VECTORS, mode_rows, vectors_title
from playground.views.copy_commands import copy_commands

if TYPE_CHECKING:
    from playground.session.snapshot import Snapshot
    from playground.views.main_window import MainWindow


def window_commands() -> tuple[Command[MainWindow], ...]:
    """All commands on the window, in the order of their menus."""
    return (
        *_file_commands(tr("File")),
        *_edit_commands(tr("Edit")),
        *_view_commands(tr("View")),
        *_device_commands(tr("Compute")),
        *_help_commands(tr("Help")),
    )


def insert_commands() -> tuple[Command[MainWindow], ...]:
    """What stands at the end of the menu of what can be inserted."""
    return (
        Command(
            "gradient", tr("Gradient…"), tr("Insert"), _ask_gradient, ("Ctrl+Shift+G",),
            tr("Add how the chosen formula changes with one of its operands, as a formula."), _shows_formula,
        ),
    )  # fmt: skip


def _ask_gradient(window: MainWindow) -> None:
    from playground.views.gradient_choice import ask_gradient  # the rules of gradients are no part of the start

    ask_gradient(window)


def _shows_formula(snapshot: Snapshot) -> bool:
    return (snapshot.shown or "") in snapshot.analysis.meanings


def _file_commands(menu: str) -> tuple[Command[MainWindow], ...]:
    return (
        Command("open", tr("Open…"), menu, lambda w: w.dialogs.open_files(), ("Ctrl+O",), tr("Open files.")),
        Command(
            "save", tr("Save workspace…"), menu, lambda w: w.dialogs.save_workspace(), ("Ctrl+S",),
            tr("Keep all entries in one file."),
        ),
        Command(
            "export", tr("Export chosen array…"), menu, lambda w: w.dialogs.export_selected(), ("Ctrl+E",),
            tr("Write the chosen array as .npy, .csv or .json."), lambda snapshot: snapshot.selected is not None,
        ),
        Command("quit", tr("Quit"), menu, lambda w: w.close(), ("Ctrl+Q",), tr("Close the window.")),
    )  # fmt: skip


def _edit_commands(menu: str) -> tuple[Command[MainWindow], ...]:
    return (
        Command(
            "copy-code", tr("Copy as NumPy"), menu, lambda w: w.copy_code(), ("Ctrl+Shift+C",),
            tr("Copy the chosen entry as a line of NumPy."), lambda snapshot: snapshot.selected is not None,
        ),
        *copy_commands(menu),
        Command(
            "paste-code", tr("Paste code"), menu, _paste_code, ("Ctrl+Shift+V", "Ctrl+V"),
            tr("Make entries of the lines of NumPy, the numbers or the error message on the clipboard."),
        ),
        Command(
            "change-dtype", tr("Dtype of the chosen entry…"), menu, _choose_dtype, (),
            tr("Convert the chosen entry, with what that loses."), lambda snapshot: snapshot.selected is not None,
        ),
        *(_repair(number, menu) for number in (1, 2, 3)),
    )  # fmt: skip


def _choose_dtype(window: MainWindow) -> None:
    from playground.views.entry_menu import open_dtype_menu

    open_dtype_menu(window)


def _paste_code(window: MainWindow) -> None:
    from playground.views.paste_report import paste_from_clipboard  # no code is pasted before the first picture

    paste_from_clipboard(window)


def _canvas_commands(menu: str) -> tuple[Command[MainWindow], ...]:
    ways = [(VECTORS, vectors_title(), tr("Arrows of the chosen cell's row and column, and what they measure"))]
    ways += [(row.key, row.title, row.tip) for row in mode_rows()]
    return tuple(_canvas_command(menu, *way) for way in ways)


def _canvas_command(menu: str, key: str, title: str, tip: str) -> Command[MainWindow]:
    return Command(f"canvas-{key}", title, menu, lambda w: w.canvas_panel.show_mode(key), (), tip)


def _view_commands(menu: str) -> tuple[Command[MainWindow], ...]:
    return (
        *_colour_commands(f"{menu}/{tr('Colours')}"),
        Command(
            "projector", tr("Projector"), menu, lambda w: w.toggle_projector(), ("F11",),
            tr("Everything bigger, for a room to read."),
        ),
        Command(
            "canvas", tr("Show or hide the canvas"), menu, lambda w: w.toggle_canvas(), ("F8",),
            tr("Fold the right side away."),
        ),
        *_canvas_commands(f"{menu}/{tr('Canvas')}"),
        Command(
            "next-region", tr("Next region"), menu, lambda w: w.next_region(1), ("F6",),
            tr("Move the focus to the next part of the window."),
        ),
        Command(
            "previous-region", tr("Previous region"), menu, lambda w: w.next_region(-1), ("Shift+F6",),
            tr("Move the focus to the part before."),
        ),
        Command(
            "formula", tr("Go to the formula"), menu, lambda w: w.formula_bar.edit.setFocus(), ("Ctrl+L",),
            tr("Type into the formula bar."),
        ),
    )  # fmt: skip


def _colour_commands(menu: str) -> tuple[Command[MainWindow], ...]:
    return (
        Command("light", tr("Light"), menu, lambda w: w.set_look("light"), (), tr("Dark ink on light ground.")),
        Command("dark", tr("Dark"), menu, lambda w: w.set_look("dark"), (), tr("Light ink on dark ground.")),
        Command("system", tr("As the system"), menu, lambda w: w.set_look("system"), (), tr("Follow the system.")),
    )


def _device_commands(menu: str) -> tuple[Command[MainWindow], ...]:
    return (
        Command("use-cpu", tr("On the CPU"), menu, lambda w: w.gpu_search.request("cpu"), (), tr("Use the CPU.")),
        Command(
            "use-gpu", tr("On the GPU"), menu, lambda w: w.gpu_search.request("gpu"), (),
            tr("Compute on the GPU, or say why not."),
        ),
        Command(
            "race", tr("Race the devices"), menu, _open_race, ("Ctrl+R",),
            tr("Run the shown formula on every device, side by side."), _shows_formula,
        ),
        Command(
            "sweep", tr("Sweep…"), menu, _open_sweep, ("Ctrl+Shift+B",),
            tr("Measure a formula over sizes, on the CPU and the GPU."),
        ),
        Command(
            "threads", tr("Threads and memory…"), menu, _open_engine_dialog, (),
            tr("How many threads the CPU computes with, and how much memory."),
        ),
    )  # fmt: skip


def _open_engine_dialog(window: MainWindow) -> None:
    from playground.views.engine_dialog import open_engine_dialog  # no dialog is opened before the first picture

    open_engine_dialog(window)


def _open_sweep(window: MainWindow) -> None:
    from playground.views.timing.sweep_dialog import open_sweep  # nothing is measured before the first picture

    open_sweep(window)


def _open_race(window: MainWindow) -> None:
    from playground.views.timing.race import open_race  # nobody races before the first picture

    open_race(window)


def _help_commands(menu: str) -> tuple[Command[MainWindow], ...]:
    return (
        Command(
            "palette", tr("All commands…"), menu, lambda w: w.command_palette.open_over(), ("Ctrl+Shift+P",),
            tr("Find any command by typing."),
        ),
        Command(
            "explain", tr("Explain this"), menu, lambda w: w.explain_focus(), ("F1",),
            tr("What the part with the focus is for."),
        ),
        Command("about", tr("About"), menu, lambda w: w.dialogs.about(), (), tr("Version and licence.")),
    )  # fmt: skip


def _repair(number: int, menu: str) -> Command[MainWindow]:
    return Command(
        f"repair-{number}",
        tr("Apply repair {number}", number=number),
        menu,
        lambda w: w.problem_bar.choose(number),
        (f"Alt+{number}",),
        tr("Mend the formula with the offered repair."),
        lambda snapshot: _repairs(snapshot) >= number,
    )


def _repairs(snapshot: Snapshot) -> int:
    """How many repairs are offered, of a problem or else of a trap."""
    if snapshot.meaning is None:
        return 0
    shown = snapshot.meaning.problem or next(iter(snapshot.meaning.inference.warnings), None)
    return len(shown.repairs) if shown is not None else 0
