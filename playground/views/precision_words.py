"""What "compute as" changes, put into words: the difference from float64 beside the time that it saves. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.compute.outcome import Failure
from playground.language.rules.flops import digits
from playground.translation import tr
from playground.views.timing.texts import seconds_text

if TYPE_CHECKING:
    from playground.compute.precision import Comparison
    from playground.session.job import Compared
    from playground.session.snapshot import Snapshot

_SAME_SPEED = 1.05
_LEAST_S = 50e-6


def compared_texts(snapshot: Snapshot) -> tuple[str, str]:
    """One short line on the shown result and the whole sentence; both are empty where there is nothing to say."""
    state, compared = snapshot.results.get(snapshot.shown or ""), snapshot.compared
    if not snapshot.precision or compared is None or state is None or state.result is None or not state.current:
        return "", ""
    return _texts(compared) if compared.key == state.result.key else ("", "")


def precision_name(precision: str) -> str:
    """How a precision is called.

    >>> precision_name("tf32"), precision_name("float16")
    ('TF32', 'float16')
    """
    return {"": tr("as written"), "tf32": "TF32"}.get(precision, precision)


def _texts(compared: Compared) -> tuple[str, str]:
    found = compared.outcome
    if isinstance(found, Failure):
        return (found.message, found.message) if found.kind in ("long", "shape") else ("", "")
    return " · ".join(filter(None, (_difference(found), _speed(found)))), _sentence(found)


def _difference(found: Comparison) -> str:
    if found.lost:
        return tr("too large for {name}: {count} cells", name=precision_name(found.precision), count=found.lost)
    if not found.largest:
        return tr("same values as float64")
    return tr("at most {difference} from float64", difference=_short(found.largest))


def _speed(found: Comparison) -> str:
    """How much is saved; nothing where it is the call that takes the time."""
    slower, faster = max(found.seconds, found.float64_s), min(found.seconds, found.float64_s)
    if slower < _LEAST_S or not faster or slower / faster < _SAME_SPEED:
        return tr("as fast") if slower >= _LEAST_S else ""
    ratio, saved = digits(slower / faster, 2), seconds_text(slower - faster)
    if found.seconds < found.float64_s:
        return tr("{ratio}× faster, saves {time}", ratio=ratio, time=saved)
    return tr("{ratio}× slower, costs {time}", ratio=ratio, time=saved)


def _sentence(found: Comparison) -> str:
    name = precision_name(found.precision)
    said = [
        tr(
            "Computed as {name} it differs from float64 by at most {difference}, where the largest value is {scale}.",
            name=name, difference=_short(found.largest), scale=_short(found.scale),
        ),
        tr("It takes {seconds} instead of {float64}.", seconds=seconds_text(found.seconds),
           float64=seconds_text(found.float64_s)),
    ]  # fmt: skip
    if found.lost:
        said.append(
            tr("{count} cells are infinite or NaN that are finite in float64: too large for it.", count=found.lost)
        )
    return " ".join(said)


def _short(value: float) -> str:
    """Two digits: nobody needs more of a difference."""
    return f"{value:.2g}".replace("e-0", "e-").replace("e+0", "e").replace("e+", "e").replace("-", "−")
