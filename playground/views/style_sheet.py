"""The Qt style sheet of the application, written from a palette.

A control asks for a look by the dynamic property ``kind``: ``quiet`` (no frame until pointed at), ``primary``,
``chip``, ``segment`` (one of a row of choices), ``panel`` and ``card`` (surfaces), ``rule`` (a hairline), ``caption``
and ``soft`` (labels).
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.views.theme import Palette

_NAMES = ("background", "panel", "raised", "line", "ink", "soft", "faint", "accent", "accent_soft", "bad", "bad_soft")

_SHEET = Template("""
QToolTip { color: $ink; background: $panel; border: 1px solid $line; padding: ${p4}px ${p6}px; }
QMenuBar { background: $panel; color: $soft; border-bottom: 1px solid $line; padding: 0 ${p6}px; }
QMenuBar::item { background: transparent; padding: ${p6}px ${p10}px; border-radius: ${p6}px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $accent_soft; color: $ink; }
QMenu { background: $panel; color: $ink; border: 1px solid $line; padding: ${p4}px; }
QMenu::item { padding: ${p6}px ${p28}px ${p6}px ${p14}px; border-radius: ${p6}px; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px ${p6}px; }

QPushButton, QToolButton, QComboBox {
  background: $raised; color: $ink; border: 1px solid $line; border-radius: ${p7}px;
  padding: 0 ${p11}px; min-height: ${p26}px; }
QToolButton { min-width: ${p20}px; padding: 0 ${p6}px; }
QToolButton#timingDetails { min-width: ${p58}px; }
QToolButton[kind="axis"] { background: transparent; border: 0; padding: 0; min-height: ${p20}px; }
QPushButton:hover, QToolButton:hover, QComboBox:hover { border-color: $faint; }
QPushButton:pressed, QToolButton:pressed { background: $accent_soft; }
QPushButton:checked, QToolButton:checked { background: $accent_soft; color: $accent; }
QPushButton:focus, QToolButton:focus, QComboBox:focus { border: 1px solid $accent; }
QPushButton:disabled, QToolButton:disabled, QComboBox:disabled { color: $faint; background: transparent; }
QComboBox::drop-down { border: 0; width: ${p20}px; }
QPushButton::menu-indicator, QToolButton::menu-indicator { width: 0; image: none; }
QPushButton[kind="quiet"], QToolButton[kind="quiet"] {
  background: transparent; border-color: transparent; color: $soft; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: $raised; color: $ink; }
QPushButton[kind="quiet"]:checked, QToolButton[kind="quiet"]:checked { background: $accent_soft; color: $accent; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border-color: $accent; }
QPushButton[kind="quiet"]:disabled, QToolButton[kind="quiet"]:disabled { color: $handle; }
QPushButton[kind="primary"] { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; }
QPushButton[kind="segment"], QToolButton[kind="segment"] { border-radius: ${p7}px; color: $soft; padding: 0 ${p10}px; }
QPushButton[kind="segment"]:checked, QToolButton[kind="segment"]:checked {
  background: $accent_soft; color: $accent; font-weight: 600; }
QPushButton[kind="segment"]:disabled { color: $faint; background: transparent; font-weight: 400; }
QRadioButton { border: 1px solid transparent; border-radius: ${p6}px; padding: ${p4}px ${p6}px; spacing: ${p8}px; }
QRadioButton:focus { border-color: $accent; }
QRadioButton::indicator { width: ${p10}px; height: ${p10}px; border: 1px solid $soft; border-radius: ${p6}px; }
QRadioButton::indicator:checked { background: $accent; border-color: $accent; }
QLabel[kind="chip"] { color: $soft; border: 1px solid $line; border-radius: ${p9}px; padding: 0 ${p8}px;
  min-height: ${p20}px; }
QLabel[kind="caption"] { color: $faint; }
QLabel[kind="soft"] { color: $soft; }
QLabel[kind="bad"] { color: $bad; font-weight: 600; }
QLabel[kind="refusal"] { color: $bad; }

QFrame[kind="toolrow"] { background: $panel; border-bottom: 1px solid $line; }
QFrame[kind="bottom"] { background: $panel; border-top: 1px solid $line; }
QFrame[kind="formulabar"] { background: $panel; border: 1px solid $line; border-radius: ${p8}px; }
QFrame[kind="formulabar"][focused="true"] { border: 2px solid $accent; }
QFrame[kind="formulabar"] QLabel { color: $soft; }
QLineEdit[kind="bare"], QLineEdit[kind="bare"]:focus { background: transparent; border: 0; padding: 0; }
QLineEdit[kind="slice"] { background: transparent; border-color: transparent; padding: 0 ${p4}px; }
QLineEdit[kind="slice"]:hover { border-color: $line; }
QLineEdit[kind="slice"]:focus { background: $panel; border-color: $accent; }
QListWidget[kind="popup"] { background: $panel; border: 1px solid $line; border-radius: ${p6}px; padding: ${p2}px; }
QLabel[kind="heading"] { color: $accent; font-weight: 600; }
QToolButton[kind="heading"] { background: transparent; border-color: transparent; color: $accent; font-weight: 600; }
QToolButton[kind="heading"]:hover { background: $raised; }
QToolButton[kind="heading"]:focus { border-color: $accent; }
QWidget#equationSheet, QScrollArea#equation, QScrollArea#equation > QWidget > QWidget { background: transparent; }
QWidget[lit="true"] { background: $accent_soft; border-radius: ${p6}px; }
QPushButton[end="left"] { border-top-right-radius: 0; border-bottom-right-radius: 0; border-right: 0; }
QPushButton[end="right"] { border-top-left-radius: 0; border-bottom-left-radius: 0; }
QProgressBar { background: $line; border: 0; border-radius: ${p4}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p4}px; }

QFrame[kind="panel"] { background: $panel; }
QFrame[kind="rule"] { background: $line; }
QFrame[kind="card"] { background: $panel; border: 1px solid $line; border-radius: ${p9}px; }
QFrame[kind="bar"] { background: $panel; border: 1px solid $accent; border-radius: ${p8}px; }
QFrame[kind="problem"] { background: $bad_soft; border: 1px solid $bad; border-radius: ${p9}px; }

QLineEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox {
  background: $panel; color: $ink; border: 1px solid $line; border-radius: ${p7}px; padding: ${p2}px ${p7}px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus { border: 1px solid $accent; }
QLineEdit:disabled { color: $faint; background: transparent; }
QLineEdit[kind="formula"] { border-radius: ${p8}px; padding: ${p6}px ${p13}px; }
QLineEdit[kind="cell"] { border: 2px solid $accent; border-radius: 0; padding: 0 ${p9}px; }
QLineEdit[kind="cell"][refused="true"] { border-color: $bad; }
QLabel[kind="note"] { background: $bad_soft; color: $bad; border: 1px solid $bad; border-radius: ${p6}px;
  padding: ${p4}px ${p8}px; }

QTabBar::tab { background: transparent; color: $soft; padding: ${p4}px ${p10}px; border-radius: ${p7}px;
  margin: ${p6}px ${p2}px; border: 1px solid transparent; }
QTabBar::tab:selected { background: $accent_soft; color: $accent; font-weight: 600; }
QTabBar::tab:hover:!selected { color: $ink; }
QTabBar:focus::tab:selected { border: 1px solid $accent; }
QTabWidget::pane { border: 0; }

QListView, QTreeView { background: $panel; border: 0; outline: 0; }
QListView::item:selected, QTreeView::item:selected { background: $accent_soft; color: $ink; border-radius: ${p8}px; }
QSplitter::handle { background: $line; }
QStatusBar { background: $panel; color: $soft; border-top: 1px solid $line; }

QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: ${p11}px; }
QScrollBar:horizontal { height: ${p11}px; }
QScrollBar::handle { background: $handle; border-radius: ${p4}px; margin: ${p2}px; }
QScrollBar::handle:vertical { min-height: ${p28}px; }
QScrollBar::handle:horizontal { min-width: ${p28}px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def style_sheet(palette: Palette, scale: float) -> str:
    """Return the sheet for ``palette`` with every length multiplied by ``scale``."""
    values = {name: getattr(palette, name).name() for name in _NAMES}
    values["on_accent"] = (palette.background if palette.dark else palette.panel).name()
    values["handle"] = palette.line.darker(118).name() if not palette.dark else palette.line.lighter(140).name()
    lengths = {
        f"p{length}": str(round(length * scale)) for length in (2, 4, 6, 7, 8, 9, 10, 11, 13, 14, 20, 26, 28, 58)
    }
    return _SHEET.substitute(values | lengths)
