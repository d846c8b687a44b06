"""The menu of an entry of the list: its name, its dtype with what another one loses, and its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from playground.language.signature import Signature
from playground.translation import tr
from playground.workspace.dtype_loss import OFFERED, loss_text, may_lose
from playground.workspace.edits import ChangeDtype, Remove, SetFormula
from playground.workspace.shape_edits import SetShape
from playground.workspace.workspace import ArrayEntry, FormulaEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.views.main_window import MainWindow
    from playground.workspace.edits import Edit
    from playground.workspace.workspace import Entry

_DELETE_ON_CLOSE = Qt.WidgetAttribute.WA_DeleteOnClose
_CONVERTED = re.compile(r"\((?P<source>.*)\)\.astype\((?P<dtype>\w+)\)")


def open_entry_menu(window: MainWindow, place: QPoint | None = None) -> None:
    """Open the menu of the chosen entry at a point of the list, under its row where there is none."""
    entries = window.side.entries
    menu = QMenu(window)
    menu.setObjectName("entryMenu")
    menu.setAttribute(_DELETE_ON_CLOSE)
    if _fill(menu, window):
        menu.popup(entries.viewport().mapToGlobal(place if place is not None else _under_row(window)))


def open_dtype_menu(window: MainWindow) -> None:
    """Open only the dtypes of the chosen entry."""
    snapshot = window.session.snapshot
    entry = snapshot.workspace.get(snapshot.selected or "")
    if entry is not None:
        menu = QMenu(window)
        menu.setAttribute(_DELETE_ON_CLOSE)
        _add_dtypes(menu, window, entry)
        menu.popup(window.side.entries.viewport().mapToGlobal(_under_row(window)))


def _under_row(window: MainWindow) -> QPoint:
    entries = window.side.entries
    return entries.visualRect(entries.currentIndex()).bottomLeft()


def _fill(menu: QMenu, window: MainWindow) -> bool:
    session, entries = window.session, window.side.entries
    entry = session.snapshot.workspace.get(session.snapshot.selected or "")
    if entry is None:
        return False
    _add(menu, tr("Rename"), lambda: entries.edit(entries.currentIndex()), "F2")
    _add_dtypes(menu.addMenu(tr("Dtype")), window, entry)
    menu.addAction(window.menus.actions["copy-code"])
    if isinstance(entry, ArrayEntry):
        menu.addAction(window.menus.actions["keep-shape"])
    menu.addSeparator()
    _add(menu, tr("Remove"), lambda: session.edit(Remove(entry.name)), "Del")
    return True


def _add_dtypes(menu: QMenu, window: MainWindow, entry: Entry) -> None:
    """One line for each dtype, the present one marked, with what it would lose."""
    menu.setObjectName("dtypeMenu")
    menu.setToolTipsVisible(True)
    own = _dtype_of(window, entry)
    for name in OFFERED:
        dtype = np.dtype(name)
        lost = _loss(entry, own, dtype) if own is not None and own != dtype else ""
        action = menu.addAction(f"{name}   {lost}" if lost else name)
        action.setObjectName(f"dtype_{name}")
        action.setCheckable(True)
        action.setChecked(own == dtype)
        edit = _edit(entry, dtype, own)
        action.setEnabled(own is not None)
        action.triggered.connect(lambda _checked=False, edit=edit: window.session.edit(edit))


def _dtype_of(window: MainWindow, entry: Entry) -> np.dtype | None:
    if isinstance(entry, ArrayEntry):
        return entry.array.dtype
    signature = window.session.snapshot.analysis.signatures.get(entry.name)
    return signature.dtype if isinstance(signature, Signature) else None


def _loss(entry: Entry, own: np.dtype, dtype: np.dtype) -> str:
    if not isinstance(entry, ArrayEntry) or entry.array.stored is not None:  # no menu waits for a disk
        return may_lose(own, dtype)
    return loss_text(entry.array.to_numpy(), dtype)


def _edit(entry: Entry, dtype: np.dtype, own: np.dtype | None) -> Edit:
    """The edit that converts: a formula says it in its text, so that nothing is converted behind it."""
    if isinstance(entry, ArrayEntry):
        return ChangeDtype(entry.name, dtype, force=True)
    if isinstance(entry, FormulaEntry):
        found = _CONVERTED.fullmatch(entry.source)
        source = found["source"] if found is not None and _balanced(found["source"]) else entry.source
        return SetFormula(entry.name, source if own == dtype else f"({source}).astype({dtype})")
    return SetShape(entry.name, Signature(entry.signature.shape, dtype, axis_names=entry.signature.axis_names))


def _balanced(text: str) -> bool:
    """Whether the brackets around ``text`` belong together: ``(a) + (b)`` is no text between brackets."""
    depth = 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if depth < 0:
            return False
    return depth == 0


def _add(menu: QMenu, text: str, run: Callable[[], object], shortcut: str) -> None:
    action = menu.addAction(text)
    action.setShortcut(shortcut)  # shown only: the key itself is the list's
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda: run())
