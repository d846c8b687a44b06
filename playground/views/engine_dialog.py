"""How the engine computes: its threads and the memory it may take, shown as it says them, changed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout

from playground.compute.cpu.device import usable_cores
from playground.translation import tr
from playground.views import theme
from playground.views.choice import Choice
from playground.workspace.memory import SHARE, bytes_text

if TYPE_CHECKING:
    from playground.compute.cpu.threads import Threads
    from playground.engine.messages import Memory
    from playground.session.snapshot import Snapshot
    from playground.views.main_window import MainWindow

_FEW_CORES = 16
_SHARES = (0.3, 0.5, 0.6, 0.7, 0.8, 0.9)


def open_engine_dialog(window: MainWindow) -> None:
    """Open the dialog, or bring the one that is open to the front."""
    dialog = window.findChild(EngineDialog) or EngineDialog(window)
    dialog.show()
    dialog.activateWindow()


class EngineDialog(QDialog):
    """Two choices, and what the engine says of them now. Doesn't block the window's own work."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("engineDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Threads and memory"))
        self._window = window
        self._count = Choice()
        self._count.setObjectName("threadsChoice")
        self._count.setAccessibleName(tr("Threads of the CPU"))
        for count in _choices(usable_cores(), window.session.snapshot.threads or 0):
            self._count.addItem(str(count) if count else tr("as they are"), count)
        self._share = Choice()
        self._share.setObjectName("memoryChoice")
        self._share.setAccessibleName(tr("Memory that computing may take"))
        chosen = window.session.snapshot.memory_share or SHARE
        for share in sorted({*_SHARES, chosen}):
            self._share.addItem(tr("{percent} % of what is free", percent=round(share * 100)), share)
        self._facts = {key: QLabel("…") for key in _captions()}
        self._lay_out()
        session = window.session
        self._count.setCurrentIndex(self._count.findData(session.snapshot.threads or 0))
        self._share.setCurrentIndex(self._share.findData(chosen))
        self._count.currentIndexChanged.connect(lambda: self._choose("threads", "threads", self._count.currentData()))
        self._share.currentIndexChanged.connect(
            lambda: self._choose("memory_share", "memory_fraction", self._share.currentData())
        )
        session.snapshotChanged.connect(self._on_snapshot_changed)
        session.compute_with(threads=self._count.currentData(), memory_share=chosen)  # the engine says what there is
        self._show_threads(session.snapshot.threads_found)
        self._show_memory(session.snapshot.memory)

    def _lay_out(self) -> None:
        explanation = QLabel(
            tr(
                "More threads help large arrays; one leaves the other cores to other programs. "
                "A formula that needs more memory than it may take isn't begun."
            )
        )
        explanation.setProperty("kind", "soft")
        explanation.setWordWrap(True)
        rows = QFormLayout()
        rows.setHorizontalSpacing(theme.px(18))
        rows.setVerticalSpacing(theme.px(8))
        rows.addRow(tr("&Threads"), self._count)
        for key, caption in _captions().items():
            if key == "memory":
                rows.addRow(tr("&Memory"), self._share)
            label = QLabel(caption)
            label.setProperty("kind", "soft")
            self._facts[key].setObjectName(f"engine_{key}")
            self._facts[key].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            rows.addRow(label, self._facts[key])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setObjectName("closeEngineButton")
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        margin = theme.px(18)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.px(14))
        column.addWidget(explanation)
        column.addLayout(rows)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.px(420))

    def _choose(self, manner: str, setting: str, value: object) -> None:
        self._window.session.compute_with(**{manner: value})
        self._window.settingChosen.emit(setting, value)

    def _on_snapshot_changed(self, old: Snapshot, new: Snapshot) -> None:
        if new.threads_found is not old.threads_found:
            self._show_threads(new.threads_found)
        if new.memory is not old.memory:
            self._show_memory(new.memory)

    def _show_threads(self, threads: Threads | None) -> None:
        if threads is not None:
            self._say(_facts(threads))

    def _show_memory(self, memory: Memory | None) -> None:
        if memory is not None:
            self._say({"memory": tr("{bytes} now", bytes=bytes_text(memory.limit_bytes))})

    def _say(self, facts: dict[str, str]) -> None:
        for key, text in facts.items():
            self._facts[key].setText(text)
            self._facts[key].setAccessibleName(f"{_captions()[key]}: {text}")
        self.adjustSize()


def _choices(cores: int, chosen: int) -> list[int]:
    """As they are, then every number of cores where they are few, else the powers of two; and what was chosen."""
    counts = range(1, cores + 1) if cores <= _FEW_CORES else (1 << power for power in range(cores.bit_length()))
    return sorted({0, *counts, cores, chosen})


def _captions() -> dict[str, str]:
    return {
        "blas": tr("Products, linear algebra"),
        "chains": tr("Chains of cell-by-cell steps"),
        "cores": tr("Cores of this machine to use"),
        "memory": tr("Arrays and a formula together"),
    }


def _facts(threads: Threads) -> dict[str, str]:
    library = " ".join(filter(None, (threads.blas, threads.version))) or tr("a library that doesn't say its name")
    return {
        "blas": tr("{library}, does not say its threads", library=library)
        if threads.blas_threads is None
        else tr("{threads} · {library}", threads=_counted(threads.blas_threads), library=library),
        "chains": _counted(threads.chain_threads),
        "cores": str(threads.cores),
    }


def _counted(threads: int) -> str:
    return tr("1 thread") if threads == 1 else tr("{count} threads", count=threads)
