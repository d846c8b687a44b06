"""Text in the formula bar that says shapes: ``x: (32, 784) float16``, and ``(764, 100) @ (764, 200)``. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playground.language.bare_shapes import is_typed_shape, named_apart
from playground.language.declaration import declared
from playground.language.infer import Inference, infer
from playground.language.names import free_name
from playground.language.parse import parse
from playground.language.problems import Problem, Span
from playground.language.signature import shape_text
from playground.session.analysis import Meaning
from playground.session.snapshot import Draft
from playground.translation import tr
from playground.workspace.edits import AddFormula, SetFormula, ToFormula
from playground.workspace.memory import bytes_text
from playground.workspace.shape_edits import AddShape, SetShape
from playground.workspace.together import Together
from playground.workspace.workspace import FormulaEntry, ShapeEntry

if TYPE_CHECKING:
    from playground.language.declaration import Declaration
    from playground.language.signature import Signature
    from playground.session.snapshot import Snapshot
    from playground.workspace.workspace import Workspace

_LIKE_A_SHAPE = re.compile(r"\s*\([\w\s=:,]*\)?[\s,]*[\w.]*\s*")


def declaration_in(snapshot: Snapshot, text: str) -> Declaration | None:
    """Read ``text`` as a declaration, None where it is a formula.

    A shape without a name before it is the chosen entry's where that is a shape itself, a new one's where it has a
    dtype behind it.
    """
    workspace = snapshot.workspace
    chosen = workspace.get(snapshot.selected or "")
    new = free_name(workspace.names) if is_typed_shape(text) else ""
    found = declared(text, _known_sizes(workspace), name=chosen.name if isinstance(chosen, ShapeEntry) else new)
    if found is None or found.signature is not None or not text.lstrip().startswith("("):
        return found
    is_formula = parse(text).tree is not None or _LIKE_A_SHAPE.fullmatch(text) is None
    return None if is_formula else found


def declaration_draft(declaration: Declaration) -> Draft:
    """What the bar says while a declaration is typed."""
    signature, text = declaration.signature, declaration.source
    remark = () if signature is None else (_remark(declaration.name, signature, text),)
    problems = () if declaration.problem is None else (declaration.problem,)
    inference = Inference(text, declaration.name, None, signature, problems=problems, warnings=remark)
    return Draft(text, declaration.name, Meaning(inference, declaration.problem))


def declaration_edit(workspace: Workspace, declaration: Declaration) -> AddShape | SetShape | None:
    """The edit that entering a declaration means; None where the text must be mended first."""
    if declaration.signature is None:
        return None
    known = workspace.get(declaration.name) is not None
    return (SetShape if known else AddShape)(declaration.name, declaration.signature)


def shapes_edit(snapshot: Snapshot, text: str) -> tuple[Together, str] | None:
    """Entries for the shapes in ``text`` and a formula on them, and its name; None where there are none.

    The formula takes the place of the chosen one, or of the entry that it names; numbers aren't given up unasked.
    """
    workspace, target = snapshot.workspace, parse(text).target
    name = target or snapshot.selected or ""
    old = workspace.get(name)
    replaces = old is not None and (target is not None or isinstance(old, FormulaEntry))
    apart = named_apart(text, (*workspace.names, name) if replaces or target else workspace.names)
    if apart is None or (
        replaces and not isinstance(old, FormulaEntry) and infer(text, snapshot.analysis.signatures).problems
    ):
        return None
    source, shapes = apart
    if not replaces and target is None:
        name = free_name((*workspace.names, *shapes))
    if target is not None:
        source = source.split("=", 1)[1]
    place = workspace.position(name) if replaces else len(workspace.entries)
    added = [AddShape(shape_name, signature, place + k) for k, (shape_name, signature) in enumerate(shapes.items())]
    edit = AddFormula if not replaces else SetFormula if isinstance(old, FormulaEntry) else ToFormula
    formula = edit(name, source.strip())
    return Together((*added, formula), formula.label), name


def _known_sizes(workspace: Workspace) -> dict[str, int]:
    """Size of every axis that has a name, the first in the list where several have it."""
    sizes: dict[str, int] = {}
    for signature in workspace.signatures.values():
        for axis, size in zip(signature.axis_names, signature.shape, strict=False):
            if axis is not None and size is not None:
                sizes.setdefault(axis, size)
    return sizes


def _remark(name: str, signature: Signature, text: str) -> Problem:
    message = tr(
        "{name} will be a shape without numbers: {shape} {dtype}, {bytes}.",
        name=name, shape=shape_text(signature.shape, signature.axis_names), dtype=signature.dtype,
        bytes=bytes_text(signature.nbytes or 0),
    )  # fmt: skip
    return Problem("declares", message, Span(0, len(text)), tr("Enter makes it."))
