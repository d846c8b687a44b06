"""The one way a text reaches a person: looked up in a catalogue, then filled in.

The standard library's gettext serves every stage, the engine and the command line included, so that no
stage needs Qt to speak. The English text is the key.
"""

from __future__ import annotations

import gettext
from functools import cache

from playground import paths


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation("playground", str(paths.resource("translations")), fallback=True)


def tr(message: str, /, **values: object) -> str:
    """Translate ``message`` and fill its ``{placeholders}`` with ``values``.

    >>> tr("{name} has {rows} rows", name="A", rows=3)
    'A has 3 rows'
    """
    text = _catalogue().gettext(message)
    return text.format(**values) if values else text
