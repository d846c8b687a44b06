"""The legend: there where colours say more than numbers, true after every edit, said in words too."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest

from playground.views import theme
from playground.views.grid.legend import Legend
from playground.workspace.colourings import Colouring
from playground.workspace.number_formats import NumberFormat
from tests.person import KEY, Person, workspace

if TYPE_CHECKING:
    from PySide6.QtGui import QColor
    from pytestqt.qtbot import QtBot

    from playground.views.grid.grid import Grid

SIGNED = np.linspace(-3, 12, 120).reshape(12, 10)


def sit(qtbot: QtBot, values: object, colouring: Colouring | None = None, look: str = "light") -> Person:
    person = Person(qtbot, workspace(A=values), look=look)
    person.window.complete()
    if colouring is not None:
        person.window.session.update(colourings={"A": colouring})
        person.settle()
    return person


def legend(person: Person) -> Legend:
    found = [one for one in person.shown("heatLegend") if isinstance(one, Legend)]
    assert len(found) == 1
    return found[0]


def sentence(person: Person) -> str:
    person.settle()
    return legend(person).accessibleDescription()


def test_small_matrices_have_none_until_it_is_wished_for(qtbot: QtBot) -> None:
    person = Person(qtbot)
    person.window.complete()
    assert person.shown("heatLegend") == []
    person.click_cell(person.operand("A"), 0, 0)
    person.window.menus.action("colours-legend").trigger()
    person.settle()
    assert sentence(person) == "Colours from −1 to 3, centred on 0."
    assert legend(person).accessibleName() == "Colours of A"
    person.window.menus.action("colours-legend").trigger()
    person.settle()
    assert person.shown("heatLegend") == []


def test_many_numbers_have_one_that_can_be_put_away(qtbot: QtBot) -> None:
    person = sit(qtbot, SIGNED)
    assert sentence(person) == "Colours from −3 to 12, centred on 0."
    person.click_cell(person.operand("A"), 0, 0)
    person.window.menus.action("colours-legend").trigger()
    person.settle()
    assert person.shown("heatLegend") == []
    assert person.snapshot.colourings == {"A": Colouring(legend=False)}


def test_it_follows_edits_the_scheme_and_the_active_row(qtbot: QtBot) -> None:
    person = sit(qtbot, SIGNED)
    grid = person.operand("A")
    person.click_cell(grid, 0, 0)
    person.type("-30")
    person.key(KEY.Key_Return)
    assert sentence(person) == "Colours from −30 to 12, centred on 0."
    person.window.menus.action("colours-sequential").trigger()
    assert sentence(person) == "Colours from −30 to 12."
    person.window.menus.action("colours-diverging").trigger()
    person.window.menus.action("colours-row").trigger()
    person.click_cell(grid, 1, 2)
    low, high = SIGNED[1, 0], SIGNED[1, -1]
    assert sentence(person) == (
        f"Colours from {low:.4g} to {high:.4g}, centred on 0 in row 1, each row for itself.".replace("-", "−")
    )
    person.key(KEY.Key_Up)
    assert sentence(person).startswith("Colours from −30 to ")
    person.window.menus.action("colours-column").trigger()
    assert sentence(person).endswith("centred on 0 in column 2, each column for itself.")
    person.window.menus.action("colours-off").trigger()
    assert person.shown("heatLegend") == []


def test_it_names_the_marks_that_there_are(qtbot: QtBot) -> None:
    values = SIGNED.copy()
    values[3, 3] = np.nan
    person = sit(qtbot, values)
    assert sentence(person) == "Colours from −3 to 12, centred on 0. NaN is hatched."
    narrow = legend(person).least_width()
    person.click_cell(person.operand("A"), 0, 1)
    person.type("-inf")
    person.key(KEY.Key_Return)
    assert sentence(person).endswith("NaN is hatched; −∞ has a bar below.")
    assert [kind for kind, _ in legend(person).words.marks] == ["nan", "minus"]
    assert legend(person).least_width() > narrow
    assert legend(person).width() >= legend(person).least_width()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.full((10, 10), 5.0), "A: all 5."),
        (np.full((10, 10), np.nan), "A: no finite numbers. NaN is hatched."),
        (2**60 + np.eye(10, dtype=np.int64), "A: all about 1.153e18."),
        (np.eye(10) > 0, "Colours from False to True."),
        (np.eye(10) * (3 + 4j), "Colours from magnitude 0 to 5."),
        (-np.eye(10), "Colours from −1 to 0."),
        (np.array([[-1e308, 1e308]] * 50), "Colours from −1e308 to 1e308, centred on 0."),
        (np.array([[-(2**63), 2**63 - 1]] * 50), "Colours from −9.223e18 to 9.223e18, centred on 0."),
    ],
)
def test_what_it_says_of_any_array(qtbot: QtBot, values: np.ndarray, said: str) -> None:
    person = sit(qtbot, values, Colouring(legend=True))
    assert sentence(person) == said
    assert not legend(person).grab().isNull()


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("values", [SIGNED, np.abs(SIGNED), -np.abs(SIGNED), SIGNED > 0])
def test_the_ends_of_its_bar_have_the_colours_of_the_cells_with_these_numbers(
    qtbot: QtBot, values: np.ndarray, look: str
) -> None:
    person = sit(qtbot, values, look=look)
    grid, shown = person.operand("A"), legend(person)
    bar = bar_of(shown)
    for place, end in ((np.argmin(values), bar[1]), (np.argmax(values), bar[-2])):
        row, column = divmod(int(place), values.shape[1])
        grid.scroll_to_cell(row, column)
        ground = ground_of(grid, row, column)
        assert max(abs(a - b) for a, b in zip(end.getRgb(), ground.getRgb(), strict=True)) <= 2


def bar_of(shown: Legend) -> list[QColor]:
    """Colours inside the bar's frame, below the middle."""
    image = shown.grab().toImage()
    line = [image.pixelColor(x, shown.height() // 2 + 4) for x in range(image.width())]
    frame = [x for x, colour in enumerate(line) if colour == theme.current().faint]
    left = next(x for x, after in itertools.pairwise(frame) if after > x + 1)
    return line[left + 1 : frame[-1]]


def ground_of(grid: Grid, row: int, column: int) -> QColor:
    x, y, *_ = grid.layout_now().box(row, row + 1, column, column + 1)
    return grid.viewport().grab().toImage().pixelColor(x + 4, y + 6)


def test_it_gives_way_where_there_is_room_for_a_few_rows_only(qtbot: QtBot) -> None:
    person = sit(qtbot, np.arange(1500.0).reshape(50, 30))
    assert legend(person).height() > 0
    person.window.set_look("light", projector=True)
    person.settle()
    equation = person.window.equation
    assert equation.verticalScrollBar().maximum() == 0
    assert person.shown("heatLegend") == []
    person.window.set_look("light", projector=False)
    person.settle()
    assert legend(person).isVisible()


def test_from_afar_it_has_the_stronger_colours_of_cells_without_numbers(qtbot: QtBot) -> None:
    values = np.linspace(0, 1, 3600).reshape(60, 60)
    person = sit(qtbot, values)
    close = bar_of(legend(person))[-2]
    grid = person.operand("A")
    grid.set_zoom(0)
    person.settle()
    assert grid.is_far
    far = bar_of(legend(person))[-2]
    assert far != close
    x, y, width, height = grid.layout_now().box(59, 60, 59, 60)
    ground = grid.viewport().grab().toImage().pixelColor(x + width // 2, y + height // 2)
    assert max(abs(a - b) for a, b in zip(far.getRgb(), ground.getRgb(), strict=True)) <= 2


@pytest.mark.parametrize(
    ("values", "number", "said"),
    [
        (SIGNED / 12, NumberFormat("percent", 0), "Colours from −25% to 100%, centred on 0."),
        (SIGNED, NumberFormat("fixed", 2), "Colours from −3.00 to 12.00, centred on 0."),
        (SIGNED, NumberFormat("bits", 0), "Colours from −3 to 12, centred on 0."),
        (np.arange(200).reshape(20, 10), NumberFormat("hexadecimal", 0), "Colours from 0x00 to 0xc7."),
    ],
)
def test_it_writes_limits_as_the_cells_are_written(
    qtbot: QtBot, values: np.ndarray, number: NumberFormat, said: str
) -> None:
    person = sit(qtbot, values)
    person.window.session.update(formats={"A": number})
    assert sentence(person) == said
