"""The two palettes, the fonts and the scale of everything seen, and the one switch between them.

Views read ``current()`` while they paint and repaint on ``QEvent.PaletteChange``, which they are all sent when
``apply`` switches. Sizes written in a view are pixels at scale 1: ``px`` turns them into pixels of now.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QFont, QPalette

from playground.record import Record, replace
from playground.views.style_sheet import style_sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

Choice = Literal["light", "dark", "system"]

_DARK_SCHEME = Qt.ColorScheme.Dark
_SANS = ("Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans", "sans-serif")
_MONO = ("JetBrains Mono", "Cascadia Mono", "SF Mono", "Menlo", "Consolas", "DejaVu Sans Mono", "monospace")


class Palette(Record):
    """Every colour by what it is for. Text colours keep 4.5:1 on ``background``, ``panel`` and ``raised``.

    ``axes`` are the colours of shape axes in order of their class number; after the last, letters tell axes apart.
    ``vectors`` are the arrows' colours, ``vector_u`` and ``vector_v`` first; the two sets share no hue.
    ``positive`` and ``negative`` are the full-strength heat colours behind numbers, safe for colour-blind eyes;
    ``plus_infinite`` and ``minus_infinite`` those of what is larger than any number.
    """

    dark: bool
    background: QColor
    panel: QColor
    raised: QColor
    line: QColor
    ink: QColor
    soft: QColor
    faint: QColor
    accent: QColor
    accent_soft: QColor
    bad: QColor
    bad_soft: QColor
    good: QColor
    cell: QColor
    result: QColor
    positive: QColor
    negative: QColor
    plus_infinite: QColor
    minus_infinite: QColor
    axes: tuple[QColor, ...]
    vectors: tuple[QColor, ...]

    @property
    def vector_u(self) -> QColor:
        """The colour of the first arrow and of the row it stands for."""
        return self.vectors[0]

    @property
    def vector_v(self) -> QColor:
        """The colour of the second arrow and of the column it stands for."""
        return self.vectors[1]

    @property
    def lit(self) -> Palette:
        """The same on the ground of what is pointed at elsewhere."""
        return replace(self, background=self.accent_soft)

    def axis(self, number: int | None) -> QColor:
        """Colour of the axis class ``number``; ``soft`` for None and for classes beyond the palette."""
        return self.axes[number] if number is not None and 0 <= number < len(self.axes) else self.soft


def _colours(*names: str) -> tuple[QColor, ...]:
    return tuple(QColor(name) for name in names)


LIGHT = Palette(
    dark=False,
    background=QColor("#f4f4f2"),
    panel=QColor("#ffffff"),
    raised=QColor("#f8f8f6"),
    line=QColor("#deddd7"),
    ink=QColor("#1b1f24"),
    soft=QColor("#59616b"),
    faint=QColor("#666e79"),
    accent=QColor("#3f57d0"),
    accent_soft=QColor("#e8ebfb"),
    bad=QColor("#b3261e"),
    bad_soft=QColor("#fdf0ee"),
    good=QColor("#187746"),
    cell=QColor("#ffffff"),
    result=QColor("#f1f2f4"),
    positive=QColor(11, 102, 173),
    negative=QColor(217, 72, 15),
    plus_infinite=QColor("#6741d9"),
    minus_infinite=QColor("#a61e63"),
    axes=_colours("#0b66ad", "#86379f", "#865400", "#596200", "#ad1a6c", "#3f5f73"),
    vectors=_colours("#c9400a", "#0b7285", "#6741d9", "#846000", "#a61e63", "#44546a"),
)

DARK = Palette(
    dark=True,
    background=QColor("#131519"),
    panel=QColor("#1b1e23"),
    raised=QColor("#22262c"),
    line=QColor("#343a43"),
    ink=QColor("#eceef0"),
    soft=QColor("#aab2bc"),
    faint=QColor("#939ca8"),
    accent=QColor("#93a4ff"),
    accent_soft=QColor("#2a3050"),
    bad=QColor("#ff9a90"),
    bad_soft=QColor("#33201f"),
    good=QColor("#5fd39a"),
    cell=QColor("#1b1e23"),
    result=QColor("#22262c"),
    positive=QColor(108, 192, 255),
    negative=QColor(255, 154, 92),
    plus_infinite=QColor("#b197fc"),
    minus_infinite=QColor("#f783ac"),
    axes=_colours("#6cc0ff", "#d59bea", "#e7b65c", "#c3cc6a", "#ff8fc3", "#9fb8c8"),
    vectors=_colours("#ff9a5c", "#5cd0e0", "#b197fc", "#e3c65a", "#f783ac", "#a9b8cc"),
)


class _Theme:
    """What ``apply`` chose last; one for the process, as there is one QApplication."""

    def __init__(self) -> None:
        self.palette = LIGHT
        self.choice: Choice = "light"
        self.scale = 1.0
        self.follows_system = False


_theme = _Theme()


def current() -> Palette:
    """Return the palette in use; the light one before ``apply``."""
    return _theme.palette


def scale() -> float:
    """Return the factor of all sizes: 1 at a desk, more before a projector."""
    return _theme.scale


def px(size: float) -> int:
    """Pixels of now for ``size`` pixels at scale 1, at least 1."""
    return max(1, round(size * _theme.scale))


def sans(size: float = 13, *, bold: bool = False) -> QFont:
    """Return the font of labels, ``size`` pixels high at scale 1."""
    return QFont(_font(_SANS, px(size), bold, QFont.StyleHint.SansSerif))


def mono(size: float = 13, *, bold: bool = False) -> QFont:
    """Return the font of numbers, shapes and code: every digit as wide as every other."""
    return QFont(_font(_MONO, px(size), bold, QFont.StyleHint.Monospace))


@cache
def _font(families: tuple[str, ...], pixels: int, bold: bool, hint: QFont.StyleHint) -> QFont:
    font = QFont(list(families))
    font.setStyleHint(hint)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def choose(app: QApplication, choice: Choice = "system", scale: float = 1.0) -> None:
    """Choose the colours, the font and the scale of widgets that are yet to be made; ``dress`` has to follow.

    ``"system"`` follows the desktop's own choice, also when it changes later; where the desktop tells none
    (plain X11) it is light. ``scale`` multiplies all sizes that go through ``px``, ``sans`` and ``mono``.
    """
    hints = app.styleHints()
    if not _theme.follows_system:
        hints.colorSchemeChanged.connect(lambda: _follow(app))
        _theme.follows_system = True
    _theme.choice, _theme.scale = choice, scale
    dark = choice == "dark" or (choice == "system" and hints.colorScheme() == _DARK_SCHEME)
    _theme.palette = DARK if dark else LIGHT
    app.setFont(sans())
    app.setPalette(_qt_palette(_theme.palette))


def dress(app: QApplication) -> None:
    """Give the widgets that have been made the style sheet.

    A first window is dressed when it is built: under a style sheet each part is dressed again whenever it, or what
    it stands in, is put into something.
    """
    app.setStyleSheet(style_sheet(_theme.palette, _theme.scale))


def apply(app: QApplication, choice: Choice = "system", scale: float = 1.0) -> None:
    """Dress the whole application; every widget then gets ``QEvent.PaletteChange``. The arguments are `choose`'s."""
    resized = scale != _theme.scale
    choose(app, choice, scale)
    dress(app)
    # A new sheet gives every widget back the font that it had under the old one, and Qt's own events came before.
    for widget in app.allWidgets():
        for kind in (QEvent.Type.PaletteChange, *((QEvent.Type.FontChange,) if resized else ())):
            app.sendEvent(widget, QEvent(kind))


def polish(widget: QWidget) -> None:
    """Let the style sheet look at a property that has changed, where only colours hang on it."""
    # What QStyle.polish does, without bringing QStyle and its hundreds of enum members into Python.
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.Polish))


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose ``kind`` has changed."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it will look for the first time when the widget is first shown
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    # Frames heed a new width of border and padding only at this event.
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


def _follow(app: QApplication) -> None:
    if _theme.choice == "system":
        apply(app, "system", _theme.scale)


def _qt_palette(colours: Palette) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for colour, roles in (
        (colours.background, (role.Window,)),
        (colours.panel, (role.Base, role.ToolTipBase)),
        (colours.raised, (role.AlternateBase, role.Button, role.Midlight)),
        (colours.line, (role.Mid, role.Dark)),
        (colours.ink, (role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText)),
        (colours.faint, (role.PlaceholderText,)),
        (colours.accent, (role.Highlight, role.Link, role.LinkVisited, role.Accent)),
        (colours.panel if not colours.dark else colours.background, (role.HighlightedText,)),
    ):
        for one in roles:
            palette.setColor(one, colour)
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, colours.faint)
    return palette
