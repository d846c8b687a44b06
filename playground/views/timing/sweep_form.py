"""What a sweep is asked for: formula, shapes with n, values of n, devices and dtype, as fields to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from playground.compute.device_names import CPU, GPU
from playground.compute.measuring.sweep import Mistaken, Sweep, prepare
from playground.compute.measuring.sweep_shapes import default_shapes, default_sizes, shapes_in, sizes_in, with_squares
from playground.translation import tr
from playground.views import theme
from playground.views.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.compute.measuring.sweep_shapes import GrowingShape
    from playground.language.signature import Signature

_DTYPES = ("float64", "float32", "float16", "int64", "complex128")


class SweepForm(QWidget):
    """The fields, and the button that runs what they say; ``enterPressed`` is emitted for Enter in a field.

    ``gpu_name`` is what the doors call the GPU that is measured.
    """

    enterPressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._entries: Mapping[str, Signature] = {}
        self._offered = ""
        self._own_sizes = False
        self.gpu_name = GPU
        self.formula = _field("sweepFormula", tr("Formula"), tr("NumPy syntax, as in the formula bar."))
        self.shapes = _field("sweepShapes", tr("Shapes"), tr("Write n where a shape grows: A=n×n  b=n  W=n×64:float32"))
        self.sizes = _field("sweepSizes", tr("Values of n"), tr("Whole numbers with commas: 64, 128, 256"))
        self.cpu, self.gpu = _switch("CPU", "left"), _switch("GPU", "right")
        self.dtype = Choice()
        self.dtype.setObjectName("sweepDtype")
        self.dtype.setAccessibleName(tr("dtype of the operands"))
        self.dtype.addItems(_DTYPES)
        self.run = QPushButton(tr("Run"))
        self.run.setObjectName("sweepRun")
        self.run.setProperty("kind", "primary")
        self.formula.editingFinished.connect(self._on_formula)
        self.sizes.textEdited.connect(self._on_sizes)
        for field in (self.formula, self.shapes, self.sizes):
            field.returnPressed.connect(self.enterPressed)
        self._lay_out()
        self._dress()

    def offer(self, expression: str, entries: Mapping[str, Signature]) -> None:
        """Fill the fields in for a formula over these entries, unless they were for just that already."""
        self._entries = entries
        if expression != self._offered:
            self._offered = expression
            self._own_sizes = False
            self.formula.setText(expression)
            self._propose({})

    def asked(self) -> tuple[Sweep, tuple[str, ...]]:
        """What the fields say, and the devices; raises ValueError with a sentence where they don't make sense."""
        self._on_formula()
        expression, dtype = self.formula.text(), self.dtype.currentText()
        shapes = with_squares(expression, shapes_in(self.shapes.text()))
        sweep = Sweep(expression, shapes, sizes_in(self.sizes.text()), dtype)
        devices = tuple(name for name, button in ((CPU, self.cpu), (self.gpu_name, self.gpu)) if button.isChecked())
        if not devices:
            raise ValueError(tr("Choose the CPU, the GPU, or both."))
        found = prepare(sweep)
        if isinstance(found, Mistaken):
            problem = found.problem
            self.formula.setFocus()
            self.formula.setSelection(problem.span.start, problem.span.end - problem.span.start)
            where = tr("(n = {size})", size=found.size)
            raise ValueError(" ".join(filter(None, (problem.message, problem.hint, where))))
        return sweep, devices

    def set_enabled(self, enabled: bool) -> None:
        """Let the fields be changed, or not while they are being measured."""
        for field in (self.formula, self.shapes, self.sizes, self.cpu, self.gpu, self.dtype):
            field.setEnabled(enabled)

    def changeEvent(self, event: QEvent) -> None:
        """Sizes may have changed."""
        if event.type() == QEvent.Type.FontChange:
            self._dress()
        super().changeEvent(event)

    def _on_formula(self) -> None:
        """Give new names shapes, and keep those that a person wrote."""
        expression = self.formula.text()
        if expression == self._offered:
            return
        self._offered = expression
        try:
            given = shapes_in(self.shapes.text())
        except ValueError:
            return
        self._propose(given)

    def _on_sizes(self, _text: str) -> None:
        self._own_sizes = True

    def _propose(self, given: Mapping[str, GrowingShape]) -> None:
        proposed = default_shapes(self._offered, self._entries)
        shapes = {name: given.get(name, shape) for name, shape in proposed.items()}
        self.shapes.setText("  ".join(f"{name}={shape}" for name, shape in shapes.items()))
        if not self._own_sizes:
            self.sizes.setText(", ".join(map(str, default_sizes(self._offered, shapes))))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, field in enumerate((self.formula, self.shapes, self.sizes)):
            label = QLabel(field.accessibleName())
            label.setProperty("kind", "soft")
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        devices = QLabel(tr("Measure"))
        devices.setProperty("kind", "soft")
        grid.addWidget(devices, 3, 0)
        row_of_choices = QHBoxLayout()
        row_of_choices.setSpacing(0)
        row_of_choices.addWidget(self.cpu)
        row_of_choices.addWidget(self.gpu)
        row_of_choices.addSpacing(14)
        row_of_choices.addWidget(self.dtype)
        row_of_choices.addStretch(1)
        row_of_choices.addWidget(self.run)
        grid.addLayout(row_of_choices, 3, 1)

    def _dress(self) -> None:
        for field in (self.formula, self.shapes, self.sizes):
            field.setFont(theme.mono(13))
            field.setMinimumHeight(theme.px(28))
        self.run.setMinimumWidth(theme.px(92))


def _field(name: str, title: str, help_text: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleName(title)
    field.setAccessibleDescription(help_text)
    field.setToolTip(help_text)
    return field


def _switch(title: str, end: str) -> QPushButton:
    button = QPushButton(title)
    button.setObjectName(f"sweep{title.title()}")
    button.setCheckable(True)
    button.setChecked(True)
    button.setProperty("kind", "segment")
    button.setProperty("end", end)
    button.setAutoDefault(False)
    button.setAccessibleName(tr("Measure the {device}", device=title))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
