"""What is known of a formula that uses shapes without numbers: what it would give, and what would compute it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.language.rules.flops import flops_text
from playground.language.signature import Signature, shape_text
from playground.translation import tr
from playground.workspace.memory import bytes_text
from playground.workspace.workspace import FormulaEntry, ShapeEntry, operands_of

if TYPE_CHECKING:
    from playground.session.snapshot import Snapshot
    from playground.workspace.workspace import Workspace


def missing_numbers(workspace: Workspace, name: str) -> tuple[str, ...]:
    """Shapes that the entry ``name`` is or uses, directly or through other formulas, in the order of the list."""
    found, pending = set(), [name]
    seen = {name}
    while pending:
        entry = workspace.get(pending.pop())
        if isinstance(entry, ShapeEntry):
            found.add(entry.name)
        elif isinstance(entry, FormulaEntry):
            fresh = [used for used in operands_of(entry.source) if used not in seen]
            seen.update(fresh)
            pending += fresh
    return tuple(entry for entry in workspace.names if entry in found)


def would_be(snapshot: Snapshot, name: str) -> str:
    """Say in a sentence what an entry without numbers would be; empty where it has numbers or a problem.

    ``C would be (32, 10) float16: 640 B, 502 kFLOP. Fill x to compute it.``
    """
    signature = snapshot.analysis.signatures.get(name)
    if name not in snapshot.analysis.shapes_only or signature is None:
        return ""
    meaning = snapshot.analysis.meanings.get(name)
    costs = _costs(signature, None if meaning is None else meaning.inference.flops)
    shape = f"{shape_text(signature.shape, signature.axis_names)} {signature.dtype}"
    if meaning is None:
        sentence = tr("{name} is a shape without numbers: {shape}, {costs}.", name=name, shape=shape, costs=costs)
        return f"{sentence} " + tr("Fill it, or use it in a formula.")
    missing = missing_numbers(snapshot.workspace, name)
    sentence = tr("{name} would be {shape}: {costs}.", name=name, shape=shape, costs=costs)
    if not missing:
        return f"{sentence} " + tr("Give the shapes in it names and numbers to compute it.")
    if len(missing) == 1:
        return f"{sentence} " + tr("Fill {missing} to compute it.", missing=missing[0])
    names = tr("{first} and {last}", first=", ".join(missing[:-1]), last=missing[-1])
    return f"{sentence} " + tr("Fill {missing} to compute it.", missing=names)


def _costs(signature: Signature, flops: int | None) -> str:
    parts = [] if signature.nbytes is None else [bytes_text(signature.nbytes)]
    return ", ".join([*parts, *([flops_text(flops)] if flops else [])]) or tr("its size is decided by the numbers")
