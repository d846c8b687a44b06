"""The strip above a grid of more than two axes: the slice as text, and a control for every axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from playground.translation import tr
from playground.views import theme
from playground.views.grid.axis_control import AxisSlider, PlayButton, RoleButton
from playground.workspace.slice_text import SliceRefusal, parse_slice
from playground.workspace.slicing import Role

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QColor, QResizeEvent

    from playground.views.grid.grid import Grid
    from playground.workspace.slicing import Slicing

PLAY_MS = 500
"""How long each slice is looked at while it plays."""
_LINE, _GAP, _LONGEST = 24, 4, 160
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ALT = Qt.KeyboardModifier.AltModifier
_NO_BUTTON = Qt.MouseButton.NoButton
_DELETE_ON_CLOSE = Qt.WidgetAttribute.WA_DeleteOnClose
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


class SliceStrip(QWidget):
    """Shows a `Slicing` and wishes for others; in the grid Alt+Page Up and Page Down step the axis used last.

    Signals
    -------
    sliceWanted
        A ``Slicing``. The owner answers with ``show_slicing``.
    refused
        One sentence: why a text is no slice.
    """

    sliceWanted = Signal(object)
    refused = Signal(str)

    def __init__(self, grid: Grid, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sliceStrip")
        self._grid = grid
        self._slicing: Slicing | None = None
        self._shown: object = None
        self._used: int | None = None
        self._field = QLineEdit(self)
        self._field.setObjectName("sliceField")
        self._field.setFont(theme.mono(12))
        self._field.setProperty("kind", "slice")
        self._field.returnPressed.connect(self._read)
        self._field.installEventFilter(self)
        self._roles: list[RoleButton] = []
        self._sliders: list[AxisSlider] = []
        self._plays: list[PlayButton] = []
        self._timer = QTimer(self)
        self._timer.setInterval(PLAY_MS)
        self._timer.timeout.connect(self._step)
        grid.installEventFilter(self)

    # -- what is shown -------------------------------------------------------------------------------------------

    @property
    def stops(self) -> list[QWidget]:
        """What Tab goes through."""
        pairs = zip(self._roles, self._sliders, strict=True)
        return [self._field, *(widget for pair in pairs for widget in pair)]

    def show_slicing(self, slicing: Slicing, colours: tuple[QColor, ...], names: tuple[str | None, ...] = ()) -> None:
        """Show ``slicing``; ``colours`` and ``names`` are those of the axes, one without a name has its number."""
        if (slicing, colours, names) == self._shown:
            return
        self._shown = slicing, colours, names
        known, self._slicing = len(self._roles), slicing
        for axis in range(known, len(slicing.shape)):
            self._make(axis)
        for axis in range(len(slicing.shape), known):
            for widget in (self._roles[axis], self._sliders[axis], self._plays[axis]):
                widget.deleteLater()
        count = len(slicing.shape)
        del self._roles[count:], self._sliders[count:], self._plays[count:]
        self._write()
        for axis, (role, slider, play) in enumerate(zip(self._roles, self._sliders, self._plays, strict=True)):
            colour = colours[axis] if axis < len(colours) else theme.current().soft
            named = names[axis] if axis < len(names) else None
            role.show_axis(slicing, named or str(axis), colour)
            slider.blockSignals(True)
            slider.setRange(0, max(0, slicing.shape[axis] - 1))
            slider.setPageStep(max(1, slicing.shape[axis] // 10))
            slider.setValue(slicing.index[axis])
            slider.blockSignals(False)
            slider.update()
            slides = slicing.role(axis) is Role.SLIDER
            slider.setVisible(slides)
            play.setVisible(slides)
            if not slides:
                play.setChecked(False)
        self._arrange()

    def _make(self, axis: int) -> None:
        role, slider, play = RoleButton(axis, self), AxisSlider(axis, self), PlayButton(axis, self)
        slider.setAccessibleName(tr("Place on axis {axis}", axis=axis))
        slider.setToolTip(tr("Place on axis {axis}. Space plays; in the grid Alt+Page Down goes on.", axis=axis))
        play.setAccessibleName(tr("Step through axis {axis}", axis=axis))
        play.setToolTip(play.accessibleName())
        role.clicked.connect(lambda: self._open_menu(role))
        slider.valueChanged.connect(lambda value: self._stand(axis, value))
        slider.playWanted.connect(play.toggle)
        play.toggled.connect(lambda on: self._play(axis, on=on))
        role.show()
        self._roles.append(role)
        self._sliders.append(slider)
        self._plays.append(play)

    def _write(self) -> None:
        assert self._slicing is not None
        name = self._grid.name
        self._field.setText(self._slicing.text(name if name.isidentifier() else ""))
        self._field.setCursorPosition(0)
        self._field.setAccessibleName(tr("Slice of {name}", name=name))
        self._field.setToolTip(tr("What is shown, as NumPy text. Enter shows another slice."))

    # -- wishes --------------------------------------------------------------------------------------------------

    def _wish(self, slicing: Slicing) -> None:
        if slicing != self._slicing:
            if not self._grid.end_edit():
                self._grid.cancel()
            self.sliceWanted.emit(slicing)

    def _read(self) -> None:
        if self._slicing is None:
            return
        name = self._grid.name
        read = parse_slice(self._field.text(), self._slicing, name)
        if isinstance(read, SliceRefusal):
            self._field.setAccessibleDescription(read.message)
            self.refused.emit(read.message)
            return
        self._field.setAccessibleDescription("")
        self._wish(read)
        self._write()

    def _stand(self, axis: int, value: int) -> None:
        self._used = axis
        if self._slicing is not None:
            self._wish(self._slicing.standing(axis, value))

    def _open_menu(self, button: RoleButton) -> None:
        slicing, axis = self._slicing, button.axis
        if slicing is None:
            return
        menu = QMenu(self)
        menu.setObjectName("axisMenu")
        menu.setAttribute(_DELETE_ON_CLOSE)
        at = self._at_cell(slicing)
        for role, text in ((Role.ROWS, tr("Rows")), (Role.COLUMNS, tr("Columns")), (Role.SLIDER, tr("Slider"))):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(slicing.role(axis) is role)
            action.triggered.connect(lambda _on=False, role=role: self._wish(at.with_role(axis, role)))
        if slicing.role(axis) is not Role.SLIDER:
            menu.addSeparator()
            action = menu.addAction(tr("From the end (::-1)"))
            action.setCheckable(True)
            action.setChecked(axis in slicing.backwards)
            action.triggered.connect(lambda: self._wish(slicing.turned(axis)))
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _at_cell(self, slicing: Slicing) -> Slicing:
        """The same picture, its axes standing at the chosen cell: where they stay when they aren't shown any more."""
        index = slicing.index_of(self._grid.selection.row, self._grid.selection.column)
        for axis, at in enumerate(index):
            slicing = slicing.standing(axis, at)
        return slicing

    # -- playing -------------------------------------------------------------------------------------------------

    def _play(self, axis: int, *, on: bool) -> None:
        if on:
            self._used = axis
            for other in self._plays:
                other.setChecked(other.axis == axis)
            self._timer.start()
        elif not any(play.isChecked() for play in self._plays):
            self._timer.stop()

    def _step(self) -> None:
        playing = next((play for play in self._plays if play.isChecked()), None)
        layout = self._grid.layout_now()
        if playing is None or self._slicing is None or not self.isVisible() or self._is_held():
            for play in self._plays:
                play.setChecked(False)
        elif layout.empty or self._grid.source.block(*layout.visible) is not None:  # else its cells are on their way
            self._wish(self._slicing.stepped(playing.axis, 1))

    def _is_held(self) -> bool:
        """Whether a cell is typed into or something is dragged: nothing may slide away under the hands."""
        editor = self._grid.findChild(QLineEdit, "cellEditor")
        return (editor is not None and editor.isVisible()) or QGuiApplication.mouseButtons() != _NO_BUTTON

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step with Alt+Page keys of the grid; Esc in the field takes its text back."""
        if event.type() in _KEYS and isinstance(event, QKeyEvent):
            step = _PAGES.get(Qt.Key(event.key())) if event.modifiers() & _ALT else None
            is_grid = watched is self._grid
            if is_grid and step is not None and self._slicing is not None and (sliders := self._slicing.sliders):
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    axis = self._used if self._used in sliders else sliders[0]
                    self._wish(self._slicing.stepped(axis, step))
                return True
            if not is_grid and event.key() == Qt.Key.Key_Escape and self._slicing is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self._write()
                    self._grid.setFocus()
                return True
        return super().eventFilter(watched, event)

    # -- where it stands -----------------------------------------------------------------------------------------

    def least_width(self) -> int:
        """Pixels below which a control would be cut, or the two axes that are shown stand on two lines."""
        widths = self._widths()
        pair = sum(sum(some) + theme.px(_GAP) for some in widths[1:] if len(some) == 1)
        return max(pair, max((sum(some) for some in widths), default=0))

    def height_at(self, width: int) -> int:
        """Pixels that the lines need in ``width``."""
        return len(self._lines(width)) * theme.px(_LINE) + theme.px(2)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(self.least_width(), self.height_at(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._arrange()

    def _groups(self) -> list[list[QWidget]]:
        if self._slicing is None:
            return []
        sliders = self._slicing.sliders
        axes = zip(self._roles, self._sliders, self._plays, strict=True)
        groups: list[list[QWidget]] = [[self._field]]
        for role, slider, play in axes:
            groups.append([role, slider, play] if role.axis in sliders else [role])
        return groups

    def _widths(self) -> list[list[int]]:
        text = QFontMetrics(self._field.font()).horizontalAdvance(self._field.text()) + theme.px(18)
        return [
            [text if widget is self._field else widget.sizeHint().width() for widget in group]
            for group in self._groups()
        ]

    def _lines(self, width: int) -> list[list[int]]:
        lines: list[list[int]] = []
        used = 0
        for place, widths in enumerate(self._widths()):
            needed = sum(widths) + theme.px(_GAP)
            if lines and used + needed <= width:
                lines[-1].append(place)
                used += needed
            else:
                lines.append([place])
                used = needed
        return lines

    def _arrange(self) -> None:
        groups, widths, y = self._groups(), self._widths(), 0
        for line in self._lines(self.width()):
            sliding = [place for place in line if len(groups[place]) > 1]
            free = self.width() - sum(sum(widths[place]) + theme.px(_GAP) for place in line)
            more = min(max(0, free) // len(sliding), theme.px(_LONGEST)) if sliding else 0
            x = 0
            for place in line:
                for widget, width in zip(groups[place], widths[place], strict=True):
                    width += more if isinstance(widget, AxisSlider) else 0
                    widget.setGeometry(QRect(x, y, width, theme.px(_LINE - 2)))
                    x += width
                x += theme.px(_GAP)
            y += theme.px(_LINE)
