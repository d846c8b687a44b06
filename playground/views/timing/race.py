"""The race: the shown formula on every device, side by side, and one sentence that says which to use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from playground.compute.measuring.race_words import verdict
from playground.compute.outcome import Failure
from playground.translation import tr
from playground.views import theme
from playground.views.announce import announce
from playground.views.timing.race_lanes import RaceLanes

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from playground.compute.outcome import Race
    from playground.session.job import Raced
    from playground.session.snapshot import Snapshot
    from playground.views.main_window import MainWindow

_STEPS = 1000
_READABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


def open_race(window: MainWindow) -> None:
    """Open the dialog, or bring the one that is open to the front, and race."""
    dialog = window.findChild(RaceDialog) or RaceDialog(window)
    dialog.show()
    dialog.activateWindow()
    dialog.start()


class RaceDialog(QDialog):
    """Races when it opens and when it is asked again; the window stays usable meanwhile. Esc cancels, then closes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("raceDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Race"))
        self._session = window.session
        self._racing = False
        self._sentence = QLabel()
        self._sentence.setObjectName("raceVerdict")
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(_READABLE)
        self._sentence.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._missing = QLabel()
        self._missing.setObjectName("raceMissing")
        self._missing.setProperty("kind", "soft")
        self._missing.setWordWrap(True)
        self._missing.setTextInteractionFlags(_READABLE)
        self._missing.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lanes = RaceLanes()
        self._bar = QProgressBar()
        self._bar.setObjectName("raceBar")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(theme.px(8))
        self._bar.setRange(0, _STEPS)
        self._bar.setAccessibleName(tr("The race"))
        self._button = QPushButton()
        self._button.setObjectName("raceStartButton")
        self._button.clicked.connect(self._on_pressed)
        close = QPushButton(tr("Close"))
        close.setObjectName("raceCloseButton")
        close.clicked.connect(self.close)
        self._lay_out(close)
        self._session.raced.connect(self._on_raced)
        self._session.snapshotChanged.connect(self._on_snapshot_changed)

    def start(self) -> None:
        """Race the formula that is shown now."""
        if self._racing:
            return
        snapshot = self._session.snapshot
        name = snapshot.shown or ""
        self.setWindowTitle(tr("Race: {formula}", formula=f"{name} = {snapshot.workspace.formulas.get(name, '')}"))
        self._lanes.show_race(None)
        self._show_missing("")
        self._say(tr("Each device runs it once to get ready, and then up to seven times. One after the other."))
        self._set_racing(True)
        self._bar.setValue(0)
        self._button.setFocus()
        self._session.request("race")

    def reject(self) -> None:
        """Esc: end the race, or close where there is none."""
        if self._racing:
            self._session.cancel_race()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A race that nobody looks at ends."""
        if self._racing:
            self._session.cancel_race()
        super().closeEvent(event)

    def _lay_out(self, close: QPushButton) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._bar, 1)
        buttons.addSpacing(theme.px(14))
        buttons.addStretch(0)
        buttons.addWidget(self._button)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        margin = theme.px(20)
        column.setContentsMargins(margin, margin, margin, theme.px(16))
        column.setSpacing(theme.px(16))
        column.addWidget(self._sentence)
        column.addWidget(self._lanes, 1)
        column.addWidget(self._missing)
        column.addLayout(buttons)
        self._sentence.setFont(theme.sans(15))
        self.setMinimumWidth(theme.px(760))

    def _on_pressed(self) -> None:
        if self._racing:
            self._session.cancel_race()
        else:
            self.start()

    def _on_snapshot_changed(self, _old: Snapshot, new: Snapshot) -> None:
        if self._racing and new.progress is not None:
            self._bar.setValue(round(new.progress * _STEPS))

    def _on_raced(self, raced: Raced) -> None:
        if not self._racing:
            return
        self._set_racing(False)
        if isinstance(raced.outcome, Failure):
            self._say(_ended(raced.outcome), speak=True)
            return
        self._show(raced.outcome)

    def _show(self, race: Race) -> None:
        self._lanes.show_race(race)
        self._show_missing(race.missing)
        self._say(verdict(race), speak=True)
        self._fit()

    def _fit(self) -> None:
        """Be as high as what is shown."""
        column = self.layout()
        assert column is not None
        column.activate()
        self.resize(self.width(), column.totalHeightForWidth(self.width()))

    def _show_missing(self, text: str) -> None:
        self._missing.setText(text)
        self._missing.setAccessibleName(text)
        self._missing.setVisible(bool(text))

    def _say(self, text: str, *, speak: bool = False) -> None:
        self._sentence.setText(text)
        self._sentence.setAccessibleName(text)
        if speak:
            announce(self, " ".join(filter(None, (text, self._lanes.accessibleDescription(), self._missing.text()))))

    def _set_racing(self, racing: bool) -> None:
        self._racing = racing
        policy = self._bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(policy)
        self._bar.setVisible(racing)
        self._button.setText(tr("Cancel") if racing else tr("Race again"))
        self._button.setAccessibleName(tr("Cancel the race") if racing else tr("Race again"))


def _ended(failure: Failure) -> str:
    if failure.kind == "cancelled":
        return tr("The race was ended: by you, or by a change in the window.")
    return f"{failure.message} {failure.hint}".strip()
