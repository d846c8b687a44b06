"""The CPU/GPU switch, and the chip beside it that says why there is no GPU and what would mend it.

Where several GPUs are found, the segment of the GPU opens a menu of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from playground.compute.device_names import CPU, gpu_name
from playground.translation import tr
from playground.views.elided import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from playground.compute.devices import GpuDevice, GpuReport
    from playground.session.snapshot import Snapshot


class DeviceSwitch(QWidget):
    """Two segments; ``chip`` is the label that says why there is no GPU, for whoever places it.

    Signals
    -------
    deviceRequested
        ``"cpu"``, ``"gpu"``, or ``"gpu:1"`` for the second of several.
    """

    deviceRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("deviceSwitch")
        self.setAccessibleName(tr("Compute on"))
        self.chip = ElidedLabel()
        self.chip.setObjectName("deviceChip")
        self.chip.setProperty("kind", "chip")
        self.chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.chip.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.chip.setAccessibleName(tr("Device"))
        self.chip.hide()
        self._buttons = {"cpu": QPushButton("CPU"), "gpu": QPushButton("GPU")}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for device, button in self._buttons.items():
            button.setObjectName(f"{device}Button")
            button.setCheckable(True)
            button.setProperty("kind", "segment")
            button.setProperty("end", "left" if device == "cpu" else "right")
            button.setAccessibleName(tr("Compute on the {device}", device=device.upper()))
            button.clicked.connect(lambda _checked, device=device: self.deviceRequested.emit(device))
            group.addButton(button)
            row.addWidget(button)
        self._several: tuple[GpuDevice, ...] = ()
        self._buttons["cpu"].setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._buttons["cpu"])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click that is sent to the switch itself is one on the segment under it."""
        button = self.childAt(event.position().toPoint())
        if isinstance(button, QPushButton):
            button.click()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the device in use, or why the one that was asked for is not."""
        self._offer(snapshot)
        self._buttons["cpu" if snapshot.device == CPU else "gpu"].setChecked(True)
        text, cure = chip_texts(snapshot)
        self.chip.setText(text)
        self.chip.setToolTip(f"{text}\n{cure}" if cure else "")
        self.chip.setAccessibleDescription(f"{text} {cure}".strip())
        self.chip.setVisible(bool(text))
        self._buttons["gpu"].setToolTip(f"{text}\n{cure}".strip() if text else tr("Compute on the GPU"))

    def _offer(self, snapshot: Snapshot) -> None:
        """Let a GPU be chosen by its name where there are several."""
        report = snapshot.gpu
        devices = report.devices if report is not None and len(report.devices) > 1 else ()
        button = self._buttons["gpu"]
        if devices != self._several:
            self._several = devices
            old = button.menu()
            button.setMenu(self._menu(report) if devices and report is not None else None)  # type: ignore[arg-type]
            button.setText(tr("GPU ▾") if devices else "GPU")
            if old is not None:
                old.deleteLater()
        if devices:
            for action in button.menu().actions():
                action.setChecked(action.data() == snapshot.device)

    def _menu(self, report: GpuReport) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("gpuMenu")
        for device in report.devices:
            name = gpu_name(device.index)
            action = menu.addAction(report.label(device))
            action.setObjectName(f"use_{name}")
            action.setData(name)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, name=name: self.deviceRequested.emit(name))
        return menu


def chip_texts(snapshot: Snapshot) -> tuple[str, str]:
    """What the chip says, and the cure."""
    if snapshot.looking_for_gpu:
        return tr("Looking for a GPU…"), ""
    report = snapshot.gpu
    if report is None:
        return "", ""
    if report.code == "ok":
        return ("" if snapshot.device == CPU else snapshot.device_label), "\n".join(report.unusable)
    return report.sentence, report.cure
