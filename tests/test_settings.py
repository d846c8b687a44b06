"""Settings: what is saved is loaded, and no file, however broken, keeps the program from starting."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import settings
from playground.record import fields, replace
from playground.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

CHANGED = Settings("dark", projector=True, projector_scale=2, device="gpu", memory_fraction=0.5, window_state="AAA=")


def as_dict(values: Settings) -> dict[str, Any]:
    return {name: getattr(values, name) for name in fields(Settings)}


def test_what_is_saved_is_loaded(own_folders: Path) -> None:
    assert settings.load() == Settings()
    settings.save(CHANGED)
    assert settings.load() == CHANGED
    assert settings.settings_file().is_relative_to(own_folders)


def test_every_default_keeps_its_own_rule_and_has_a_sentence() -> None:
    assert settings.RULES.keys() == as_dict(Settings()).keys()
    for name, value in as_dict(Settings()).items():
        assert settings.RULES[name].accepts(value)
        assert settings.RULES[name].sentence


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"version": 1}',
        b'{"version": "1", "settings": {}}',
        b'{"version": 1, "settings": 3}',
        b'{"version": 99, "settings": {"theme": "dark"}}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_a_broken_file_is_set_aside_and_not_lost(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert settings.load(path) == Settings()
    assert not path.exists()
    assert (tmp_path / "settings.json.unread").read_bytes() == content


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("theme", None),
        ("theme", ["dark"]),
        ("projector", 1),
        ("projector_scale", 0),
        ("projector_scale", float("nan")),
        ("projector_scale", True),
        ("memory_fraction", "0.5"),
        ("memory_fraction", 10**400),
        ("window_geometry", 3),
    ],
)
def test_one_value_out_of_range_costs_only_itself(tmp_path: Path, name: str, value: Any) -> None:
    path = tmp_path / "settings.json"
    document = {"version": 1, "settings": {**as_dict(CHANGED), name: value, "from a later program": 1}}
    path.write_text(json.dumps(document))
    assert settings.load(path) == replace(CHANGED, **{name: getattr(Settings(), name)})


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
NAMES = st.sampled_from(fields(Settings))


@given(VALUES | st.lists(VALUES) | st.dictionaries(NAMES, VALUES | st.lists(VALUES)))
def test_no_document_raises(tmp_path_factory: pytest.TempPathFactory, document: Any) -> None:
    path = tmp_path_factory.mktemp("any") / "settings.json"
    path.write_text(json.dumps({"version": 1, "settings": document}))
    loaded = settings.load(path)
    assert all(settings.RULES[name].accepts(value) for name, value in as_dict(loaded).items())


def test_a_folder_in_the_place_of_the_file_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    assert settings.load(path) == Settings()


def test_a_save_that_fails_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    settings.save(CHANGED, path)

    def full_disk(descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="no space left"):
        settings.save(Settings(), path)
    assert settings.load(path) == CHANGED
    assert list(tmp_path.iterdir()) == [path]
