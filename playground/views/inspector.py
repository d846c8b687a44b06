"""The inspector: what an ndarray is, in one line, and all of its attributes under "More"."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from playground.language.signature import Signature, shape_text
from playground.record import Record
from playground.translation import tr
from playground.views import theme
from playground.views.elided import ElidedLabel
from playground.workspace.memory import bytes_text
from playground.workspace.workspace import ArrayEntry

if TYPE_CHECKING:
    from playground.language.signature import Shape
    from playground.session.snapshot import Snapshot

_ATTRIBUTES = ("ndim", "shape", "size", "dtype", "itemsize", "nbytes", "strides")


class Subject(Record):
    """What is inspected: a name, its signature and strides; ``current`` is False for the last good result."""

    name: str
    signature: Signature
    strides: Shape
    current: bool = True


def subject_of(snapshot: Snapshot) -> Subject | None:
    """The chosen entry, where it has a value or at least a shape."""
    name = snapshot.selected
    entry = snapshot.workspace.get(name) if name else None
    if isinstance(entry, ArrayEntry) or name in snapshot.analysis.shapes_only:
        assert name is not None
        signature = snapshot.analysis.signatures[name]
        return Subject(name, signature, contiguous_strides(signature.shape, signature.dtype.itemsize))
    state = snapshot.results.get(name or "")
    if name is None or state is None or state.result is None or not isinstance(state.result.signature, Signature):
        return None
    current = state.current or (snapshot.computing and state.failure is None)
    return Subject(name, state.result.signature, state.result.strides, current)


def contiguous_strides(shape: Shape, itemsize: int) -> Shape:
    """Bytes from one element to the next along each axis of a C-contiguous array, None where a size isn't known."""
    if None in shape:
        return (None,) * len(shape)
    if 0 in shape:  # versions of NumPy differ here
        return np.empty([size or 0 for size in shape], f"V{itemsize}").strides
    strides, step = [], itemsize
    for size in reversed(shape):
        strides.append(step)
        step *= max(size or 1, 1)
    return tuple(reversed(strides))


class Inspector(QWidget):
    """One line that says shape, dtype and bytes; seven lines when it is unfolded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(tr("Inspector"))
        self._name = ElidedLabel()
        self._name.setProperty("kind", "caption")
        self._more = QPushButton()
        self._more.setObjectName("inspectorMore")
        self._more.setCheckable(True)
        self._more.setProperty("kind", "quiet")
        self._more.toggled.connect(self._on_more)
        self._line = ElidedLabel()
        self._line.setObjectName("inspectorLine")
        self._line.setProperty("kind", "soft")
        self._line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._shown: Subject | None = None
        head = QHBoxLayout()
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._more)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 0, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._line)
        self._name_more(unfolded=False)
        self._dress()

    @cached_property
    def _table(self) -> AttributeTable:
        """Made when it is first unfolded: the first window needn't wait for it."""
        table = AttributeTable(self)
        self._column.addWidget(table)
        return table

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the chosen entry's attributes."""
        subject = subject_of(snapshot)
        if subject is not None and subject == self._shown:
            return
        self._shown = subject
        self._name.setText(snapshot.selected or "")
        if self._more.isChecked():
            self._table.show_subject(subject)
        if subject is None:
            self._line.setText(tr("no value yet") if snapshot.selected else tr("no entry"))
            self.setAccessibleDescription(self._line.text())
            return
        shape = subject.signature.shape
        line = f"{shape_text(shape)} · {subject.signature.dtype} · {bytes_text(subject.signature.nbytes or 0)}"
        self._line.setText(line if subject.current else tr("last good: {shape}", shape=shape_text(shape)))
        self.setAccessibleDescription(f"{subject.name}: {line}")

    def changeEvent(self, event: QEvent) -> None:
        """Sizes may have changed."""
        if event.type() == QEvent.Type.FontChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self._line.setFont(theme.sans(12))

    def _on_more(self, unfolded: bool) -> None:
        self._table.show_subject(self._shown)
        self._table.setVisible(unfolded)
        self._line.setVisible(not unfolded)
        self._name_more(unfolded=unfolded)

    def _name_more(self, *, unfolded: bool) -> None:
        self._more.setText(tr("Less ▾") if unfolded else tr("More ▸"))
        self._more.setAccessibleName(tr("Fewer attributes") if unfolded else tr("All attributes of the array"))


class AttributeTable(QWidget):
    """An array's attributes and their values, one under the other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._values = {attribute: ElidedLabel() for attribute in _ATTRIBUTES}
        grid = QGridLayout(self)
        grid.setContentsMargins(6, 0, 0, 0)
        grid.setVerticalSpacing(3)
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 1)
        for row, (attribute, label) in enumerate(self._values.items()):
            label.setObjectName(f"inspector_{attribute}")
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            caption = QLabel(attribute)
            caption.setProperty("kind", "soft")
            grid.addWidget(caption, row, 0)
            grid.addWidget(label, row, 1)
        self._dress()

    def show_subject(self, subject: Subject | None) -> None:
        """Show its attributes; dashes where there is none."""
        texts = dict.fromkeys(_ATTRIBUTES, "—") if subject is None else _attribute_texts(subject)
        for attribute, text in texts.items():
            self._values[attribute].setText(text)
            self._values[attribute].setAccessibleName(f"{attribute}: {text}")

    def changeEvent(self, event: QEvent) -> None:
        """Sizes may have changed."""
        if event.type() == QEvent.Type.FontChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        for label in self._values.values():
            label.setFont(theme.mono(12))


def _attribute_texts(subject: Subject) -> dict[str, str]:
    shape, dtype = subject.signature.shape, subject.signature.dtype
    return {
        "ndim": str(len(shape)),
        "shape": shape_text(shape, subject.signature.axis_names),
        "size": f"{subject.signature.size or 0:,}".replace(",", " "),
        "dtype": str(dtype),
        "itemsize": str(dtype.itemsize),
        "nbytes": f"{subject.signature.nbytes or 0:,}".replace(",", " "),
        "strides": shape_text(subject.strides),
    }
