"""What the program remembers between two starts: one frozen value, one row per field, one JSON file."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playground import paths
from playground.record import Record
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION = 1
"""Raised when an older program could no longer read the file."""


class Rule(Record):
    """What a field may hold: ``accepts(value)``, and the sentence that a person reads about it."""

    accepts: Callable[[object], bool]
    sentence: str


def _one_of(default: str, *values: str, sentence: str) -> Any:  # noqa: ANN401 - dataclasses.field is typed so too
    return _row(default, lambda value: value in values, sentence)


def _between(default: float, low: float, high: float, sentence: str) -> Any:  # noqa: ANN401
    def accepts(value: object) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high

    return _row(default, accepts, sentence)


def _text(sentence: str) -> Any:  # noqa: ANN401
    return _row("", lambda value: isinstance(value, str), sentence)


def _row(default: object, accepts: Callable[[object], bool], sentence: str) -> Any:  # noqa: ANN401
    return dataclasses.field(default=default, metadata={"rule": Rule(accepts, sentence)})


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """All settings. Change one with ``dataclasses.replace``; the row tells default, range and meaning."""

    theme: str = _one_of("system", "system", "light", "dark", sentence="Colours: as the system has them, light or dark")
    projector: bool = _row(False, lambda value: isinstance(value, bool), "Everything bigger, for a projector")
    projector_scale: float = _between(1.6, 1.0, 3.0, "How much bigger everything is on a projector")
    device: str = _one_of("cpu", "cpu", "gpu", sentence="Where formulas are computed")
    memory_fraction: float = _between(0.7, 0.05, 0.95, "How much of the free memory a computation may take")
    window_geometry: str = _text("Where the window stood, as Qt wrote it (base64)")
    window_state: str = _text("How its panels were laid out, as Qt wrote it (base64)")


def rule(name: str) -> Rule:
    """Return what the field ``name`` may hold."""
    fields = {field.name: field for field in dataclasses.fields(Settings)}
    found: Rule = fields[name].metadata["rule"]
    return found


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
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["version"] > VERSION:
            raise ValueError(tr("The settings were written by a newer version"))
        values = dict(document["settings"])
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        _set_aside(path)
        return Settings()
    known = {field.name for field in dataclasses.fields(Settings)}
    return Settings(**{name: value for name, value in values.items() if name in known and rule(name).accepts(value)})


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings beside the old file and then in its place, so that a crash leaves one or the other.

    Raises
    ------
    OSError
        The folder can't be made or written to. The old file is still there.
    """
    path = path or settings_file()
    import tempfile  # here, so that the first window needn't wait for it

    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"version": VERSION, "settings": dataclasses.asdict(settings)}, indent=2)
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
