"""Records: frozen, slotted, equal by their fields; checked against dataclasses, which they stand in for."""

from __future__ import annotations

import dataclasses
from typing import Any, Generic, TypeVar

import pytest

from playground import record
from playground.record import Record, field, fields, replace

T = TypeVar("T")


class Point(Record):
    """Two numbers, and what is said of them."""

    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list)


class Named(Point):
    """Inherits its fields."""

    name: str = ""


class Handle(Record, eq=False):
    """Compared by identity."""

    key: str


class Box(Record, Generic[T]):
    """Holds anything."""

    content: T


@dataclasses.dataclass(frozen=True, slots=True)
class Twin:
    """What `Point` would be as a dataclass."""

    x: int
    y: int = 2
    tags: list[str] = dataclasses.field(default_factory=list)


@pytest.mark.parametrize(
    ("arguments", "keywords"),
    [((1,), {}), ((1, 3), {}), ((), {"x": 1, "tags": ["a"]}), ((1, 2, ["b"]), {})],
)
def test_it_is_made_and_shown_as_a_dataclass_is(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
    twin = Twin(*arguments, **keywords)
    for _ in range(2 * record._COMPILE_AT):  # the first are made otherwise than the later ones
        point = Point(*arguments, **keywords)
        assert (point.x, point.y, point.tags) == (twin.x, twin.y, twin.tags)
        assert repr(point) == repr(twin).replace("Twin", "Point")


@pytest.mark.parametrize("before", [0, 2 * record._COMPILE_AT])
def test_it_is_told_that_it_is_made(before: int) -> None:
    class Sum(Record):
        x: int
        y: int

        def __post_init__(self) -> None:
            seen.append(self.x + self.y)

    seen: list[int] = []
    for _ in range(before + 1):
        Sum(1, y=2)
    assert seen == [3] * (before + 1)


@pytest.mark.parametrize(("arguments", "keywords"), [((), {}), ((1, 2, [], 4), {}), ((1,), {"z": 3}), ((1,), {"x": 3})])
def test_wrong_arguments_are_a_type_error(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
    for made in (Point, Twin):
        with pytest.raises(TypeError):
            made(*arguments, **keywords)


def test_each_has_defaults_of_its_own() -> None:
    assert Point(1).tags is not Point(1).tags


def test_it_is_frozen_and_has_no_room_for_more() -> None:
    point = Point(1)
    for name in ("x", "new"):
        with pytest.raises(AttributeError, match="frozen"):
            setattr(point, name, 3)
    with pytest.raises(AttributeError, match="frozen"):
        del point.x
    assert not hasattr(point, "__dict__")
    assert point.x == 1


def test_equality_and_hash_go_by_class_and_fields() -> None:
    assert Box(1) == Box(1)
    assert hash(Box(1)) == hash(Box(1))
    assert Box(1) != Box(2)
    assert Point(1) != Named(1)
    assert Box((1,)) != ((1,),)
    assert Handle("a") != Handle("a")
    assert len({Handle("a"), Handle("a")}) == 2


def test_fields_are_inherited_in_order_and_matched_by_place() -> None:
    assert fields(Named) == ("x", "y", "tags", "name")
    match Named(1, 5, [], "n"):
        case Named(x, y, _, name):
            assert (x, y, name) == (1, 5, "n")


def test_replace_changes_a_copy() -> None:
    first = Named(1, name="a")
    second = replace(first, name="b")
    assert (first.name, second.name, second.x) == ("a", "b", 1)
    assert second.tags is first.tags
    with pytest.raises(TypeError):
        replace(first, z=1)
