"""Steps of the arrow keys."""

from __future__ import annotations

import pytest

from playground.views.canvas.snapping import stepped


def test_a_step_leaves_the_other_coordinate_as_it_is() -> None:
    x, y = stepped((4.92, 0.53), 1, 0, "free", 0.1)
    assert x == pytest.approx(5.0)
    assert y == 0.53
    assert stepped((0.123456789, 2.0), 0, -1, "free", 0.1)[0] == 0.123456789
