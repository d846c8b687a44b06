"""The main window: puts the regions in their places and passes every snapshot on to them. Nothing else."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMainWindow, QSplitter, QVBoxLayout, QWidget

from playground.translation import tr
from playground.views import theme
from playground.views.busy import Busy
from playground.views.canvas_panel import CanvasPanel
from playground.views.expression.equation import EquationView
from playground.views.expression.formula_bar import FormulaBar
from playground.views.expression.problem_bar import ProblemBar
from playground.views.expression.ribbon import ShapeRibbon
from playground.views.formula_desk import FormulaDesk
from playground.views.hands import Hands
from playground.views.menus import Menus
from playground.views.regions import Regions
from playground.views.side_panel import SidePanel
from playground.views.timing.panel import TimingPanel
from playground.views.tool_row import ToolRow
from playground.views.voice import Voice
from playground.views.why_strip import WhyStrip, why_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent

    from playground.session.estimates import Estimates, Expected
    from playground.session.gpu_search import GpuSearch
    from playground.session.session import Session
    from playground.session.snapshot import Snapshot
    from playground.views.cell_line import CellLine
    from playground.views.dialogs import Dialogs
    from playground.views.palette import CommandPalette
    from playground.views.precision_choice import ComparedLine
    from playground.views.statistics_line import StatisticsLine
    from playground.views.timing.history import Evaluated

_DESIGN_WIDTH, _SIDE_WIDTH, _CANVAS_WIDTH = 1280, 204, 336
_STRETCH = (0, 3, 1)
"""How the list, the middle and the canvas share what a larger window has more."""
_WORTH_LEARNING_S = 0.3
_PICTURE_MS = 500
"""After so long the first result is painted, and there is time to make what is not in the first picture."""


class MainWindow(QMainWindow):
    """The window.

    Signals
    -------
    lookChanged
        Theme and projector, when a person chose another look.
    settingChosen
        Name and value of any other setting that a person chose.
    closed
        Once, at the end.
    """

    lookChanged = Signal(str, bool)
    settingChosen = Signal(str, object)
    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(tr("Matrix Playground"))
        self.setAcceptDrops(True)
        self.session = session
        self._look = ("system", False)
        self._projector_scale = 1.6
        self._started = False
        self._make_parts()
        self._lay_out()
        self._desk = FormulaDesk(session, self.formula_bar, self.ribbon, self.problem_bar, self.equation)
        self._hands = Hands(self)
        self._regions = Regions(self)
        self._voice = Voice(self)
        self._shows = self._table_of_shows()
        session.snapshotChanged.connect(self._on_snapshot_changed)
        self._desk.show_all(session.snapshot)
        self._show(None, session.snapshot)

    def _make_parts(self) -> None:
        self.formula_bar = FormulaBar()
        self.ribbon = ShapeRibbon()
        self.problem_bar = ProblemBar()
        self.equation = EquationView(self.session)
        self.why_strip = WhyStrip()
        # Each is made in its place: a splitter that is given one with its contents measures them all, every time.
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self.side = SidePanel(self._splitter)
        self._middle = QWidget(self._splitter)
        self.canvas_panel = CanvasPanel(self._splitter)
        self.equation.before, self.equation.behind = (self.ribbon,), (self.canvas_panel.canvas,)
        self.timing = TimingPanel()
        self.busy = Busy()
        self.menus = Menus(self)
        self.tool_row = ToolRow(self.menus, self.session)

    def _table_of_shows(self) -> list[tuple[tuple[str, ...], Callable[[Snapshot], None]]]:
        """Which fields of a snapshot each part shows."""
        equation = ("workspace", "analysis", "results", "shown", "cell", "why", "unfolded", "intermediate")
        commands = ("selected", "shown", "draft", "analysis")
        return [
            (("workspace", "analysis", "results", "selected", "shown"), self.side.entries.show_snapshot),
            (("workspace", "results", "selected", "computing"), self.side.inspector.show_snapshot),
            ((*equation, "slices", "formats", "colourings", "links", "moving"), self.equation.show_snapshot),
            (("computing",), self.equation.watch),
            (("analysis", "results", "shown", "why"), self._show_why),
            (("workspace", "analysis", "results", "arrows", "shown", "selected"), self.canvas_panel.show_snapshot),
            (("device", "gpu", "looking_for_gpu", "precision"), self.tool_row.show_snapshot),
            (("precision", "compared", "results", "shown", "computing"), self._show_compared),
            ((*commands, "device", "gpu", "computing", "undo_label", "redo_label"), self.menus.show_snapshot),
            (("results", "shown", "device", "measured"), self.timing.show_snapshot),
            (("computing", "progress"), self._show_busy),
            (("measured",), self._learn),
        ]

    # -- what is shown -------------------------------------------------------------------------------------------

    def _on_snapshot_changed(self, old: Snapshot, new: Snapshot) -> None:
        self._voice.show_snapshot(old, new)
        self._show(old, new)
        self._desk.show_snapshot(old, new)  # last: it may bring back a draft, which is a snapshot of its own

    def _show(self, old: Snapshot | None, new: Snapshot) -> None:
        """Pass ``new`` on to the parts that show a field that differs from ``old``."""
        for fields, show in self._shows:
            if old is None or any(getattr(old, field) is not getattr(new, field) for field in fields):
                show(new)

    def _show_compared(self, snapshot: Snapshot) -> None:
        if snapshot.precision or "compared" in vars(self):
            self.compared.show_snapshot(snapshot)

    @cached_property
    def compared(self) -> ComparedLine:
        """What computing with fewer digits changes; made when a person first does."""
        from playground.views.precision_choice import ComparedLine

        line = ComparedLine()
        line.comparisonRequested.connect(lambda: self.session.request("comparison"))
        self.timing.insert_widget(line)
        return line

    def _show_why(self, snapshot: Snapshot) -> None:
        why, hint, stale = why_of(snapshot)
        self.why_strip.show_why(why, hint, stale=stale)

    def _show_busy(self, snapshot: Snapshot) -> None:
        if not snapshot.computing and self.busy.elapsed_s > _WORTH_LEARNING_S:
            self._estimates.learn(snapshot)
        self.busy.show_busy(snapshot.computing, self._expected)
        self.busy.show_progress(snapshot.progress if snapshot.computing else None)

    def _learn(self, snapshot: Snapshot) -> None:
        if snapshot.measured is not None:
            self._estimates.learn(snapshot)

    def _expected(self) -> Expected | None:
        return self._estimates.expected(self.session.snapshot)

    @cached_property
    def _estimates(self) -> Estimates:
        """How long things take here; asked for by long waits only."""
        from playground.session.estimates import Estimates

        return Estimates()

    @cached_property
    def gpu_search(self) -> GpuSearch:
        """Looks for a GPU; made when a person first asks for one."""
        from playground.session.gpu_search import GpuSearch

        return GpuSearch(self.session)

    @cached_property
    def dialogs(self) -> Dialogs:
        """Opens and saves files; made when a person first does."""
        from playground.views.dialogs import Dialogs

        return Dialogs(self, self.session)

    @cached_property
    def command_palette(self) -> CommandPalette:
        """Finds commands by their names; made after the first picture, or when a person first asks for it."""
        from playground.views.palette import CommandPalette

        return CommandPalette(list(self.menus.actions.values()), self)

    @cached_property
    def cell_line(self) -> CellLine:
        """The active cell with all its digits; made after the first picture."""
        from playground.views.cell_line import CellLine

        line = CellLine(self.session, self.equation)
        self.timing.insert_widget(line)
        return line

    @cached_property
    def statistics_line(self) -> StatisticsLine:
        """What is selected, in numbers; made after the first picture."""
        from playground.views.statistics_line import StatisticsLine

        line = StatisticsLine()
        self.timing.insert_widget(line)
        return line

    def complete(self) -> None:
        """Make the parts that the first picture doesn't need."""
        from playground.views.expression.chains import Chains

        self.menus.fill()
        _ = self.command_palette
        Chains.on(self.equation, self.session)
        self.tool_row.precision.show_snapshot(self.session.snapshot)
        self.statistics_line.follow(self.cell_line)

    # -- what commands ask of the window -------------------------------------------------------------------------

    def take_look(self, choice: str, projector: bool, projector_scale: float) -> None:
        """Know how the program was dressed before the window was made, and how much bigger it is on a projector."""
        self._look = (choice, projector)
        self._projector_scale = projector_scale

    def set_look(self, choice: str | None = None, projector: bool | None = None) -> None:
        """Dress the program in ``"light"``, ``"dark"`` or ``"system"`` colours, bigger for a projector."""
        self._look = (choice or self._look[0], self._look[1] if projector is None else projector)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, self._look[0], self._projector_scale if self._look[1] else 1.0)  # type: ignore[arg-type]
        self._size_panels()
        self.lookChanged.emit(*self._look)

    def toggle_projector(self) -> None:
        """Everything bigger, or as it was."""
        self.set_look(projector=not self._look[1])

    def toggle_canvas(self) -> None:
        """Fold the right side away, or bring it back."""
        self.canvas_panel.setVisible(not self.canvas_panel.isVisible())

    def next_region(self, step: int) -> None:
        """Move the focus to the next part of the window."""
        self._regions.move(step)

    def explain_focus(self) -> None:
        """Say what the part with the focus is for."""
        self._regions.explain()

    def copy_code(self) -> None:
        """Copy the chosen entry as a line of NumPy."""
        self._hands.copy_code()

    def _bring_back(self, evaluated: Evaluated) -> None:
        from playground.views.timing.history import bring_back

        bring_back(self, evaluated)

    # -- events --------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """The first time the window shows, computing begins."""
        super().showEvent(event)
        if not self._started:
            self._started = True
            self.session.start()
            QTimer.singleShot(_PICTURE_MS, self, self.complete)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the engine and the thread that speaks to it."""
        super().closeEvent(event)
        if event.isAccepted():
            for part in ("gpu_search", "dialogs"):
                if part in vars(self):
                    getattr(self, part).stop()
            self.equation.filling.stop()
            self.session.stop()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing inside had a use for ends the computation."""
        if event.key() == Qt.Key.Key_Escape and self.session.snapshot.computing:
            self.session.cancel()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and lines of code may be dropped anywhere."""
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped; make entries of dropped code."""
        if not event.mimeData().hasUrls():
            from playground.views.paste_report import paste_text  # code is seldom dropped

            paste_text(self, event.mimeData().text())
            return
        self.dialogs.open_paths([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    # -- places --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.formula_bar)
        column.addWidget(self.ribbon)
        column.addWidget(self.problem_bar)
        column.addWidget(self.equation, 1)
        column.addWidget(self.why_strip)
        for place, stretch in enumerate(_STRETCH):
            self._splitter.setStretchFactor(place, stretch)
        bottom = QFrame()
        bottom.setProperty("kind", "bottom")
        bottom_row = QHBoxLayout(bottom)
        bottom_row.setContentsMargins(0, 0, 0, 0)
        bottom_row.addWidget(self.timing)
        self.timing.insert_widget(self.busy)
        self.timing.evaluationChosen.connect(self._bring_back)
        self.timing.raceRequested.connect(lambda: self.menus.action("race").trigger())
        self.timing.sweepRequested.connect(lambda: self.menus.action("sweep").trigger())
        central = QWidget()
        rows = QVBoxLayout(central)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.tool_row)
        rows.addWidget(self._splitter, 1)
        rows.addWidget(bottom)
        self.setCentralWidget(central)
        self.resize(1280, 800)
        self._size_panels()
        self.formula_bar.edit.setFocus()

    def _size_panels(self) -> None:
        """The widths of the design; a larger window's canvas has its share of what is more, a projector's is narrow."""
        room = self.width()
        side, canvas = min(theme.px(_SIDE_WIDTH), room // 5), min(theme.px(_CANVAS_WIDTH), room * 27 // 100)
        canvas += max(0, room - theme.px(_DESIGN_WIDTH)) * _STRETCH[2] // sum(_STRETCH)
        self._splitter.setSizes([side, max(200, room - side - canvas), canvas])
