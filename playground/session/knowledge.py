"""What is known of every formula in its present version, so that only what an edit has changed is computed. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.compute.outcome import Failure
from playground.engine.messages import Result
from playground.record import Record

if TYPE_CHECKING:
    from playground.explain.why import Why
    from playground.session.job import Job


class Version:
    """One formula over one version of everything that it uses. Which object it is says which version."""

    __slots__ = ("_manner", "_operands", "_source")

    def __init__(self, source: str, operands: tuple[object, ...], manner: tuple[object, ...]) -> None:
        self._source = source
        self._operands = operands
        self._manner = manner

    def is_of(self, source: str, operands: tuple[object, ...], manner: tuple[object, ...]) -> bool:
        """Whether nothing has changed."""
        return (
            source == self._source
            and manner == self._manner
            and len(operands) == len(self._operands)
            and all(mine is other for mine, other in zip(self._operands, operands, strict=True))
        )


class Known(Record, eq=False):
    """What came of a version; ``why`` explains ``cell``, the last that was asked about."""

    version: Version
    outcome: Result | Failure
    cell: tuple[int, ...] | None = None
    why: Why | None = None


class Knowledge:
    """Outcomes by formula, and the last good result of each, which is looked at while the formula is mended."""

    def __init__(self) -> None:
        self._versions: dict[str, Version] = {}
        self._known: dict[str, Known] = {}
        self._good: dict[str, tuple[Version, Result]] = {}
        self._retries = 0

    def take(self, job: Job) -> list[str]:
        """Give every formula of ``job`` its version and forget what is gone; the keys of results that went."""
        names = {formula.name for formula in job.formulas} | job.kept
        for name in [name for name in self._versions if name not in names]:
            del self._versions[name]
            self._known.pop(name, None)
        for formula in job.formulas:
            operands = tuple(job.arrays.get(name) or self._versions.get(name) for name in formula.operands)
            old = self._versions.get(formula.name)
            if old is None or not old.is_of(formula.source, operands, job.manner):
                self._versions[formula.name] = Version(formula.source, operands, job.manner)
        return [self._good.pop(name)[1].key for name in [name for name in self._good if name not in names]]

    def of(self, name: str) -> Known | None:
        """What is known of a formula as it is now."""
        known = self._known.get(name)
        return known if known is not None and known.version is self._versions.get(name) else None

    def result_of(self, name: str) -> Result | None:
        """The present result of a formula, None where there is none."""
        known = self.of(name)
        return known.outcome if known is not None and isinstance(known.outcome, Result) else None

    def learn(
        self, name: str, outcome: Result | Failure, cell: tuple[int, ...] | None = None, why: Why | None = None
    ) -> None:
        """Know the outcome of a formula as it is now."""
        version = self._versions[name]
        self._known[name] = Known(version, outcome, cell, why)
        if isinstance(outcome, Result):
            self._good[name] = (version, outcome)

    def last_good_key(self, name: str) -> str | None:
        """Key of the last good result, of whatever version."""
        good = self._good.get(name)
        return good[1].key if good is not None else None

    def owner_of(self, key: str) -> str | None:
        """Name of the formula whose present result has ``key``."""
        found = next((name for name, (_, result) in self._good.items() if result.key == key), None)
        return found if found is not None and self._good[found][0] is self._versions.get(found) else None

    def forget(self, name: str, *kinds: str) -> None:
        """Forget the failure of a formula where it is one of ``kinds``."""
        known = self._known.get(name)
        if known is not None and isinstance(known.outcome, Failure) and known.outcome.kind in kinds:
            del self._known[name]

    def forget_failures(self) -> None:
        """Forget all that went wrong: it is to be tried again."""
        self._known = {name: known for name, known in self._known.items() if isinstance(known.outcome, Result)}

    def forget_lack_of_memory(self) -> None:
        """There is more room now: what didn't fit may."""
        for name in tuple(self._known):
            self.forget(name, "memory")
