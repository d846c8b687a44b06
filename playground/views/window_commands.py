"""The table of what a person can ask of the window itself: files, views, help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.session.commands import Command
from playground.translation import tr

if TYPE_CHECKING:
    from playground.views.main_window import MainWindow


def window_commands() -> tuple[Command[MainWindow], ...]:
    """All commands on the window, in the order of their menus."""
    file, view, compute, help_menu = tr("File"), tr("View"), tr("Compute"), tr("Help")
    return (
        Command("open", tr("Open…"), file, lambda w: w.dialogs.open_files(), ("Ctrl+O",), tr("Open arrays from files.")),
        Command(
            "save", tr("Save workspace…"), file, lambda w: w.dialogs.save_workspace(), ("Ctrl+S",),
            tr("Keep all entries in one file."),
        ),
        Command(
            "export", tr("Export chosen array…"), file, lambda w: w.dialogs.export_selected(), ("Ctrl+E",),
            tr("Write the chosen array as .npy, .csv or .json."), lambda s: s.selected is not None,
        ),
        Command("quit", tr("Quit"), file, lambda w: w.close(), ("Ctrl+Q",), tr("Close the window.")),
        Command(
            "light", tr("Light"), f"{view}/{tr('Colours')}", lambda w: w.set_look(theme_choice="light"), (),
            tr("Dark ink on light ground."),
        ),
        Command(
            "dark", tr("Dark"), f"{view}/{tr('Colours')}", lambda w: w.set_look(theme_choice="dark"), (),
            tr("Light ink on dark ground."),
        ),
        Command(
            "system", tr("As the system"), f"{view}/{tr('Colours')}", lambda w: w.set_look(theme_choice="system"), (),
            tr("Follow the system's choice."),
        ),
        Command(
            "projector", tr("Projector"), view, lambda w: w.toggle_projector(), ("F11",),
            tr("Everything bigger, for a room to read."),
        ),
        Command(
            "canvas", tr("Show or hide the canvas"), view, lambda w: w.toggle_canvas(), ("F8",),
            tr("Fold the right side away."),
        ),
        Command(
            "next-region", tr("Next region"), view, lambda w: w.next_region(1), ("F6",),
            tr("Move the focus to the next part of the window."),
        ),
        Command(
            "previous-region", tr("Previous region"), view, lambda w: w.next_region(-1), ("Shift+F6",),
            tr("Move the focus to the part before."),
        ),
        Command(
            "formula", tr("Go to the formula"), view, lambda w: w.formula_bar.edit.setFocus(), ("Ctrl+L",),
            tr("Type into the formula bar."),
        ),
        Command("use-cpu", tr("On the CPU"), compute, lambda w: w.gpu_search.request("cpu"), (), tr("Compute on the CPU.")),
        Command(
            "use-gpu", tr("On the GPU"), compute, lambda w: w.gpu_search.request("gpu"), (),
            tr("Compute on the GPU, or say why not."),
        ),
        Command(
            "copy-code", tr("Copy as NumPy"), tr("Edit"), lambda w: w.copy_code(), ("Ctrl+Shift+C",),
            tr("Copy the chosen entry as a line of NumPy."), lambda s: s.selected is not None,
        ),
        *(
            Command(
                f"repair-{number}", tr("Apply repair {number}", number=number), tr("Edit"),
                lambda w, number=number: w.problem_bar.choose(number), (f"Alt+{number}",),
                tr("Mend the formula with the offered repair."),
            )
            for number in (1, 2, 3)
        ),
        Command(
            "palette", tr("All commands…"), help_menu, lambda w: w.palette.open(), ("Ctrl+Shift+P",),
            tr("Find any command by typing."),
        ),
        Command(
            "explain", tr("Explain this"), help_menu, lambda w: w.explain_focus(), ("F1",),
            tr("What the part with the focus is for."),
        ),
        Command("about", tr("About"), help_menu, lambda w: w.dialogs.about(), (), tr("Version and licence.")),
    )
