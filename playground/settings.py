"""What the program remembers between two starts: one frozen value, one row per field, one JSON file."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from playground import paths
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

VERSION = 1
"""Raised when an older program could no longer read the file."""


class Rule(Record):
    """What a field may hold: ``accepts(value)``, and the sentence that a person reads about it."""

    accepts: Callable[[object], bool]
    sentence: str


class Settings(Record):
    """All settings with their defaults. Change one with ``record.replace``."""

    theme: str = "system"
    projector: bool = False
    projector_scale: float = 1.6
    device: str = "cpu"
    memory_fraction: float = 0.7
    threads: int = 0
    overview: bool = True
    window_geometry: str = ""
    window_state: str = ""


def _one_of(*values: str) -> Callable[[object], bool]:
    return lambda value: value in values


def _like(pattern: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _between(low: float, high: float) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _whole(low: int, high: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _is(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


RULES: Final[Mapping[str, Rule]] = MappingProxyType({
    "theme": Rule(_one_of("system", "light", "dark"), "Colours: as the system has them, light or dark"),
    "projector": Rule(_is(bool), "Everything bigger, for a projector"),
    "projector_scale": Rule(_between(1.0, 3.0), "How much bigger everything is on a projector"),
    "device": Rule(_like(r"cpu|gpu(:\d{1,3})?"), "Where formulas are computed"),
    "memory_fraction": Rule(_between(0.05, 0.95), "How much of the free memory a computation may take"),
    "threads": Rule(_whole(0, 4096), "How many threads the CPU computes with; 0 for as many as there are"),
    "overview": Rule(_is(bool), "A small map beside large matrices"),
    "window_geometry": Rule(_is(str), "Where the window stood, as Qt wrote it (base64)"),
    "window_state": Rule(_is(str), "How its panels were laid out, as Qt wrote it (base64)"),
})  # fmt: skip
"""What each field may hold."""


def settings_file() -> Path:
    """Where the settings are kept on this system."""
    return paths.config_dir() / "settings.json"


def load(path: Path | None = None) -> Settings:
    """Read the settings; never raises.

    No file gives the defaults. A file that can't be read or was written by a newer version is set aside as
    ``settings.json.unread``, and the defaults are used. A single value out of its range is left at its default.
    """
    path = path or settings_file()
    try:
        text = path.read_text(encoding="utf-8")
        import json  # here, so that a first start needn't wait for it

        document = json.loads(text)
        if document["version"] > VERSION:
            raise ValueError(tr("The settings were written by a newer version"))
        values = dict(document["settings"])
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        _set_aside(path)
        return Settings()
    return Settings(**{name: value for name, value in values.items() if name in RULES and RULES[name].accepts(value)})


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings beside the old file and then in its place, so that a crash leaves one or the other.

    Raises
    ------
    OSError
        The folder can't be made or written to. The old file is still there.
    """
    path = path or settings_file()
    import json
    import tempfile  # here, so that the first window needn't wait for them

    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"version": VERSION, "settings": {name: getattr(settings, name) for name in RULES}}, indent=2)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=path.name, suffix=".new", delete=False
    ) as file:
        try:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
            file.close()  # Windows replaces no file that is still open
            Path(file.name).replace(path)
        except BaseException:
            file.close()
            Path(file.name).unlink(missing_ok=True)
            raise


def _set_aside(path: Path) -> None:
    with contextlib.suppress(OSError):  # a folder that can't be written to: the defaults serve all the same
        path.replace(path.with_name(path.name + ".unread"))
