"""Connects the wishes of the window's parts to the session."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication

from playground.language.signature import shape_text
from playground.session.arrows import moved
from playground.session.drafts import array_text
from playground.translation import tr
from playground.workspace.edits import Remove, Rename
from playground.workspace.workspace import ArrayEntry, FormulaEntry, ShapeEntry

if TYPE_CHECKING:
    from playground.session.arrows import Arrow
    from playground.views.main_window import MainWindow
    from playground.workspace.edits import Edit

_CUSTOM_MENU = Qt.ContextMenuPolicy.CustomContextMenu


class Hands(QObject):
    """Everything that a person does outside the formula bar and the grids."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = session = window.session
        entries = window.side.entries
        entries.entryChosen.connect(session.select)
        entries.renameRequested.connect(lambda old, new: session.edit(Rename(old, new), select=new))
        entries.removeRequested.connect(lambda name: session.edit(Remove(name)))
        entries.setContextMenuPolicy(_CUSTOM_MENU)
        entries.customContextMenuRequested.connect(self._on_entry_menu)
        window.side.add_button.clicked.connect(self._on_add)
        window.formula_bar.codePasted.connect(lambda: window.menus.action("paste-code").trigger())
        canvas = window.canvas_panel
        canvas.vectorMoved.connect(self._on_vector_moved)
        canvas.vectorMoveFinished.connect(self._on_vector_move_finished)
        canvas.vectorMoveCancelled.connect(lambda _name: session.cancel_move())
        canvas.pinRequested.connect(session.pin)
        canvas.cellsMoved.connect(self._on_cells_moved)
        canvas.moveFinished.connect(session.finish_move)
        canvas.moveCancelled.connect(session.cancel_move)
        canvas.editRequested.connect(lambda edit, name: session.edit(edit, select=name))
        window.tool_row.device_switch.deviceRequested.connect(lambda device: window.gpu_search.request(device))
        window.busy.cancelRequested.connect(session.cancel)

    def copy_code(self) -> None:
        """Copy the chosen entry as NumPy code."""
        from playground.language.as_numpy import as_numpy  # here, so that the first window needn't wait for it

        workspace = self._session.snapshot.workspace
        entry = workspace.get(self._session.snapshot.selected or "")
        if isinstance(entry, FormulaEntry):
            text = as_numpy(entry.source, workspace.names, entry.name)
        elif isinstance(entry, ShapeEntry):
            shape = shape_text(entry.signature.shape)
            text = f"{entry.name} = np.empty({shape}, dtype=np.{entry.signature.dtype})"
        elif isinstance(entry, ArrayEntry) and entry.array.size <= 10_000:
            array = entry.array
            numbers = re.sub(r"\b(inf|nan)\b", r"np.\1", array_text(array.to_numpy()))
            text = f"{entry.name} = np.array({numbers}, dtype=np.{array.dtype})"
        else:
            self._session.notify("copy", tr("This array is too large to write out. Export it instead."))
            return
        QGuiApplication.clipboard().setText(text)
        self._session.notify("copy", tr("Copied as NumPy."))

    def _on_entry_menu(self, place: QPoint) -> None:
        from playground.views.entry_menu import open_entry_menu  # no menu is opened before the first picture

        on_row = self._window.side.entries.indexAt(place).isValid()
        open_entry_menu(self._window, place if on_row else None)

    def _on_add(self) -> None:
        button = self._window.side.add_button
        menu = self._window.tool_row.new_menu(button)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _arrow(self, name: str) -> Arrow | None:
        arrows = self._session.snapshot.arrows
        return next((arrow for arrow in arrows.arrows if arrow.name == name), None) if arrows else None

    def _on_cells_moved(self, edits: tuple[Edit, ...]) -> None:
        for edit in edits:
            self._session.move(edit)

    def _on_vector_moved(self, name: str, tip: tuple[float, float]) -> None:
        arrow = self._arrow(name)
        if arrow is not None and arrow.cells:
            for edit in moved(arrow, tip):
                self._session.move(edit)

    def _on_vector_move_finished(self, name: str) -> None:
        arrow = self._arrow(name)
        source = arrow.source if arrow is not None else name
        self._session.finish_move(tr("Move {source}", source=source))
