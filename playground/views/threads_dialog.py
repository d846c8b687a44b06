"""How many threads the CPU computes with: shown as the engine says it, changed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout

from playground.compute.cpu.device import usable_cores
from playground.translation import tr
from playground.views import theme
from playground.views.choice import Choice

if TYPE_CHECKING:
    from playground.compute.cpu.threads import Threads
    from playground.session.snapshot import Snapshot
    from playground.views.main_window import MainWindow

_FEW_CORES = 16


def open_threads(window: MainWindow) -> None:
    """Open the dialog, or bring the one that is open to the front."""
    dialog = window.findChild(ThreadsDialog) or ThreadsDialog(window)
    dialog.show()
    dialog.activateWindow()


class ThreadsDialog(QDialog):
    """A number to choose, and what computes with so many threads now. Doesn't block the window's own work."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("threadsDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Threads of the CPU"))
        self._window = window
        self._count = Choice()
        self._count.setObjectName("threadsChoice")
        self._count.setAccessibleName(tr("Threads of the CPU"))
        for count in _choices(usable_cores(), window.session.snapshot.threads or 0):
            self._count.addItem(str(count) if count else tr("as they are"), count)
        self._facts = {key: QLabel("…") for key in _captions()}
        self._lay_out()
        session = window.session
        self._count.setCurrentIndex(self._count.findData(session.snapshot.threads or 0))
        self._count.currentIndexChanged.connect(self._on_chosen)
        session.snapshotChanged.connect(self._on_snapshot_changed)
        session.compute_with(threads=self._count.currentData())  # the engine says what there is
        self._show(session.snapshot.threads_found)

    def _lay_out(self) -> None:
        explanation = QLabel(tr("More threads help large arrays; one leaves the other cores to other programs."))
        explanation.setProperty("kind", "soft")
        explanation.setWordWrap(True)
        rows = QFormLayout()
        rows.setHorizontalSpacing(theme.px(18))
        rows.setVerticalSpacing(theme.px(8))
        rows.addRow(tr("&Threads"), self._count)
        for key, caption in _captions().items():
            label = QLabel(caption)
            label.setProperty("kind", "soft")
            self._facts[key].setObjectName(f"threads_{key}")
            self._facts[key].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            rows.addRow(label, self._facts[key])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setObjectName("closeThreadsButton")
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        margin = theme.px(18)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.px(14))
        column.addWidget(explanation)
        column.addLayout(rows)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.px(420))

    def _on_chosen(self) -> None:
        count = self._count.currentData()
        self._window.session.compute_with(threads=count)
        self._window.settingChosen.emit("threads", count)

    def _on_snapshot_changed(self, old: Snapshot, new: Snapshot) -> None:
        if new.threads_found is not old.threads_found:
            self._show(new.threads_found)

    def _show(self, threads: Threads | None) -> None:
        if threads is None:
            return
        for key, text in _facts(threads).items():
            self._facts[key].setText(text)
            self._facts[key].setAccessibleName(f"{_captions()[key]}: {text}")


def _choices(cores: int, chosen: int) -> list[int]:
    """As they are, then every number of cores where they are few, else the powers of two; and what was chosen."""
    counts = range(1, cores + 1) if cores <= _FEW_CORES else (1 << power for power in range(cores.bit_length()))
    return sorted({0, *counts, cores, chosen})


def _captions() -> dict[str, str]:
    return {
        "blas": tr("Products, linear algebra"),
        "chains": tr("Chains of cell-by-cell steps"),
        "cores": tr("Cores of this machine to use"),
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
