"""The active cell as a line of text: its name, place and whole value, for eyes and for assistive tools.

A grid paints itself, and so has nothing that a screen reader could read cell by cell. This is a real text field, which
says that its text has changed; it shows what the grid's sentence says, with all digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from playground.translation import tr
from playground.views import theme
from playground.views.grid.grid import Grid

if TYPE_CHECKING:
    from playground.session.session import Session

_WIDTH, _LEAST, _STEP, _MARGIN = 340, 120, 40, 14
_RIGHT = Qt.AlignmentFlag.AlignRight


class CellLine(QLineEdit):
    """Follows the grid that had the keyboard last; before, and when that grid is gone, the result's.

    Signals
    -------
    gridChanged
        The ``Grid`` that it follows from now on, or None.
    """

    gridChanged = Signal(object)

    def __init__(self, session: Session, equation: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cellLine")
        self.setProperty("kind", "slice")
        self.setAccessibleName(tr("Active cell"))
        self.setReadOnly(True)
        self.setAlignment(_RIGHT)
        self._equation = equation
        self._grid: Grid | None = None
        self._is_chosen = False  # by a person, who went there
        self._steps = 0  # of width beyond the usual
        session.snapshotChanged.connect(self._find)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)
        self._dress()
        self._find()

    @property
    def grid(self) -> Grid | None:
        """Whose active cell is shown."""
        return self._grid

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, Grid) and new.window() is self.window():
            self._is_chosen = True
            self._follow(new)

    def _find(self) -> None:
        """Keep the grid while it stands in the equation; else take the result's."""
        if self._is_chosen and self._grid is not None and self._grid.isVisible():
            return
        self._is_chosen = False
        grids = [grid for grid in self._equation.findChildren(Grid) if grid.isVisible()]
        results = [grid for grid in grids if grid.objectName() == "resultGrid"]
        self._follow(next(iter([*results, *grids]), None))

    def _follow(self, grid: Grid | None) -> None:
        if grid is not self._grid:
            if self._grid is not None:
                self._grid.activeChanged.disconnect(self._show)
                self._grid.destroyed.disconnect(self._lose)
            self._grid = grid
            if grid is not None:
                grid.activeChanged.connect(self._show)
                grid.destroyed.connect(self._lose)
            self.gridChanged.emit(grid)
        self._show()

    def _lose(self) -> None:
        self._grid = None
        self.gridChanged.emit(None)
        self._show()

    def _show(self) -> None:
        grid = self._grid
        text = "" if grid is None else grid.active_text()
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
            self._widen()
        why = tr("Type into its grid to change it.") if grid is not None else ""
        if grid is not None and not grid.editable:
            why = grid.read_only_reason
        if why != self.accessibleDescription():
            self.setAccessibleDescription(why)
        self.setToolTip("\n".join(filter(None, (text, why))))  # the line may be too short for its text

    def _widen(self) -> None:
        """Ask for more room where the text is longer; in steps, so that not every cell lays the line out anew."""
        step = theme.px(_STEP)
        needed = self.fontMetrics().horizontalAdvance(self.text()) + theme.px(_MARGIN)
        steps = -(-max(0, needed - theme.px(_WIDTH)) // step)
        if steps != self._steps:
            self._steps = steps
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for a place and a number with all its digits, for more where that is said."""
        return QSize(theme.px(_WIDTH) + self._steps * theme.px(_STEP), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A little, where there is much else to say."""
        return QSize(theme.px(_LEAST), super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Sizes may have changed."""
        if event.type() == QEvent.Type.FontChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        font = theme.mono(13)
        if font != self.font():
            self.setFont(font)
