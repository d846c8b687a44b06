"""Where the program's own resources lie, and where it may keep a person's files."""

from __future__ import annotations

from pathlib import Path

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
    import platformdirs  # here, so that the engine and the command line needn't wait for it

    return Path(platformdirs.user_config_dir(_APPLICATION))


def log_dir() -> Path:
    """Folder of the bug log (not created here)."""
    import platformdirs

    return Path(platformdirs.user_log_dir(_APPLICATION))
