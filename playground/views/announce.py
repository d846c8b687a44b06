"""Says a sentence to assistive tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Speak ``text`` on behalf of ``widget``; nothing where it is empty."""
    if text:
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # slow to import; the first words can wait

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
