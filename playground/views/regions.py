"""The regions of the window: F6 goes round them, F1 says what each is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWhatsThis, QWidget

from playground.translation import tr
from playground.views.expression.boxes import GridBox

if TYPE_CHECKING:
    from playground.views.main_window import MainWindow


class Regions(QObject):
    """Knows the regions in the order of reading."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def move(self, step: int) -> None:
        """Give the focus to the region ``step`` places on."""
        targets = self._targets()
        focus = self._window.focusWidget()
        holding = [
            k
            for k, (region, _) in enumerate(targets)
            if (focus is not None and region.isAncestorOf(focus)) or region is focus
        ]
        # The last one: the result is a region inside the equation's.
        here = holding[-1] if holding else (-1 if step > 0 else 0)
        # As Tab would: the canvas then chooses its first vector, ready for the arrow keys.
        targets[(here + step) % len(targets)][1].setFocus(Qt.FocusReason.TabFocusReason)

    def explain(self) -> None:
        """Show a sentence about the part with the focus, beside it."""
        focus = QApplication.focusWidget() or self._window
        for region, text in self._explanations():
            if region is focus or region.isAncestorOf(focus):
                QWhatsThis.showText(focus.mapToGlobal(QPoint(20, 20)), text, focus)
                return
        QWhatsThis.showText(
            self._window.mapToGlobal(QPoint(200, 100)),
            tr("Press F6 to go through the parts of the window, Ctrl+Shift+P for all commands."),
        )

    def _targets(self) -> list[tuple[QWidget, QWidget]]:
        """Every region that can take the focus now, and the part of it that takes it."""
        window = self._window
        boxes = [box for box in window.equation.findChildren(GridBox) if box.target.isVisible()]
        operands = [box for box in boxes if box.grid.objectName() == "operandGrid"]
        results = [box for box in boxes if box.grid.objectName() == "resultGrid"]
        repairs = [button for button in window.problem_bar.repair_buttons if button.isVisible()]
        reports = [found for found in window.findChildren(QWidget, "pasteReportList") if found.isVisible()]
        canvas = window.canvas_panel
        return [
            (window.side, window.side.entries),
            (window.formula_bar, window.formula_bar.edit),
            (window.ribbon, window.ribbon),
            *((window.problem_bar, button) for button in repairs[:1]),
            *((report, report) for report in reports),
            *((window.equation, box.target) for box in operands[:1]),
            *((box, box.target) for box in results),
            *([(canvas, canvas.target())] if canvas.isVisible() else []),
            (window.timing, window.timing.details),
            (window.cell_line, window.cell_line),
            (window.tool_row, window.tool_row.new_button),
        ]

    def _explanations(self) -> list[tuple[QWidget, str]]:
        window = self._window
        return [
            *_of_formula(window),
            (
                window.canvas_panel,
                tr("Two vectors of the chosen cell. Drag a tip, or choose one with Tab and use the arrow keys."),
            ),
            (
                window.cell_line,
                tr("The active cell with all its digits. It can be selected and copied, and screen readers read it."),
            ),
            (
                window.timing,
                tr(
                    "How long the last evaluation took, split into moving data and computing. "
                    "Details has every figure, the evaluations before, and the race of the devices."
                ),
            ),
            (window.tool_row, tr("Undo, redo, new entries, examples, and the device that computes.")),
        ]


def _of_formula(window: MainWindow) -> list[tuple[QWidget, str]]:
    """What there is to say of the text, its shapes and its numbers."""
    return [
        (window.side, tr("Your arrays and formulas. F2 renames, Delete removes, Ctrl+N makes a new matrix.")),
        (
            window.formula_bar,
            tr(
                "The chosen entry as NumPy text. Enter commits, Esc takes back. D = A.T makes a new entry, "
                "x: (32, 784) float16 a shape without numbers."
            ),
        ),
        (window.problem_bar, tr("What keeps the formula from being computed. Alt+1 to Alt+3 apply the repairs.")),
        *(
            (report, tr("What became of the pasted lines. A cross marks those that are no entry. Esc closes."))
            for report in window.findChildren(QWidget, "pasteReport")
        ),
        (window.ribbon, tr("The shape of every step. Point at a step to find it, click it to see its result.")),
        *(
            (overview, tr("All cells, and a frame around those in sight. Click, drag or use the arrow keys to go."))
            for overview in window.equation.findChildren(QWidget, "overviewMap")
        ),
        *(
            (box, tr("What the formula gives. Choose a cell to see what it is made of; Ctrl+C copies, Ctrl+F finds."))
            for box in window.equation.findChildren(GridBox)
            if box.grid.objectName() == "resultGrid"
        ),
        (
            window.equation,
            tr(
                "The formula with its numbers. Type into a cell, drag ↔ to change it, the corner or an edge to resize. "
                "Alt and arrows move rows and columns; a chain links sizes. "
                "Ctrl and the wheel zoom, out to a picture of all cells. "
                "Ctrl+F finds a value, Ctrl+G goes to cells; Ctrl and the mouse select several ranges."
            ),
        ),
    ]
