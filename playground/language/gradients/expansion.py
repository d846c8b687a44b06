"""Gradients of functions by way of the formulas that they stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playground.language.gradients.reading import Reader
from playground.language.infer import infer
from playground.language.nodes import Name, walk
from playground.language.parse import parse
from playground.language.rewriting import replaced
from playground.language.signature import Signature

if TYPE_CHECKING:
    from collections.abc import Collection

    from playground.language.gradients.operation import Operation
    from playground.language.gradients.text import Part
    from playground.language.gradients.walk import Walk
    from playground.language.infer import Inference


def expanded(
    plain: str,
    operation: Operation,
    signatures: dict[str, Signature],
    wanted: Collection[str],
    walk_of: type[Walk],
) -> dict[str, Part]:
    """Give the gradients of the wanted parameters of a function that stands for a formula.

    Parameters
    ----------
    plain
        What the function stands for: a formula, perhaps after lines that name parts of it.
    signatures
        Of the arguments that are arrays, by parameter.
    walk_of
        Differentiates one formula.
    """
    plainly = {name for name, value in operation.constants.items() if name not in wanted and _is_plain(name, value)}
    known = {name: signature for name, signature in signatures.items() if name not in plainly}
    entries = {name: parts[0] for name, parts in operation.values.items() if name not in plainly}
    lines: list[Inference] = []
    if max((len(signature.shape) for signature in signatures.values()), default=0) == 1:
        plain = re.sub(r", axis=axis(, keepdims=True)?", "", plain)  # a single row has one axis only
    for text in plain.splitlines():
        found = infer(_with_constants(text, operation, entries), known)
        if not found.ok or found.tree is None or not isinstance(found.signature, Signature):
            raise operation.refused()
        lines.append(found)
        if found.target:
            known[found.target] = found.signature
            entries[found.target] = Reader(found, entries).read(found.tree)
    targets = {line.target for line in lines if line.target}
    gradients: dict[str | None, Part] = {None: operation.dh}
    for line in reversed(lines):
        dh = gradients.pop(line.target, None)
        if dh is None:
            continue
        for name, gradient in walk_of(line, entries, {*wanted, *targets}).run(dh).items():
            gradients[name] = gradients[name] + gradient if name in gradients else gradient
    return {name: gradient for name, gradient in gradients.items() if name in wanted and name is not None}


def _is_plain(name: str, value: object) -> bool:
    """Tell whether an argument is written as the number that it is, and not as an array."""
    return name == "axis" or isinstance(value, (bool, int, float))


def _with_constants(line: str, operation: Operation, entries: dict[str, Part]) -> str:
    """Write what isn't an array (``axis``, ``keepdims``) as it was given; a factor or summand that is None goes."""
    missing = [name for name, value in operation.constants.items() if value is None and name != "axis"]
    for name in missing:
        line = re.sub(rf" [*+] {name}\b", "", line)
    tree = parse(line).tree
    if tree is None:
        raise operation.refused()
    edits = []
    for node in walk(tree):
        if isinstance(node, Name) and node.name in operation.constants and node.name not in entries:
            edits.append((node.span, repr(operation.constants[node.name])))
    return replaced(line, *edits)
