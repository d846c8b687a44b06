"""The functions that the language knows, by canonical name."""

from __future__ import annotations

from typing import Final

FUNCTIONS: Final[dict[str, object]] = {}
