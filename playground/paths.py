"""Where the program's own resources lie, and where it may keep a person's files."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_APPLICATION = "matrix-playground"


def resource(name: str) -> Path:
    """Path of a bundled resource such as ``"icons/app.svg"``.

    An installed package carries the resources inside itself; a checkout has them beside it.
    """
    inside = _PACKAGE / "resources" / name
    return inside if inside.exists() else _PACKAGE.parent / "resources" / name


def config_dir() -> Path:
    """Folder of the settings file (not created here)."""
    return Path(platformdirs.user_config_dir(_APPLICATION))


def log_dir() -> Path:
    """Folder of the bug log (not created here)."""
    return Path(platformdirs.user_log_dir(_APPLICATION))
