"""Pasted code: statements of NumPy become entries, and what can't become one is answered line by line.

Nothing of the code is run. Each assignment becomes an entry of its name; a result that is only shown gets a name of its
own. An entry has one value, so that a name that is assigned again goes on under another.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from playground.language.foreign.read import numpy_text, numpy_words
from playground.language.infer import infer
from playground.language.names import names_in
from playground.language.pasted import snippet_refusals as refusals
from playground.language.pasted.snippet_functions import Functions, NotReadError, obstacle
from playground.language.pasted.snippet_lines import MOST_CHARACTERS, Statement, is_print, printed, statements
from playground.language.pasted.snippet_memory import SharedCells, changed_cells, changed_in
from playground.language.pasted.snippet_names import free, imported, label_name, result_name, usable
from playground.language.pasted.snippet_python import changed_by, gradient_in
from playground.language.pasted.snippet_random import Seeds, seeds_beside
from playground.language.pasted.snippet_remarks import Remark, Snippet
from playground.language.pasted.snippet_text import Names, entry_of, expression_text, is_generator
from playground.language.signature import Signature, TupleSignature
from playground.record import replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from playground.language.infer import Inference, Operand
    from playground.language.pasted.snippet_text import SnippetEntry

_MOST_STATEMENTS: Final = 500
_TORCH: Final = re.compile(r"\btorch\s*\.|\b(?:import|from)\s+torch\b|\bF\s*\.\s*[a-z]\w*\(")
_HARMLESS: Final = re.compile(r"@\s*(?:[\w.]*\b(?:n?jit|no_grad|inference_mode|cache|function|compile)\b)")
"""Decorators under which a function gives the same numbers."""
_NO_ENTRY: Final = frozenset(
    {"unknown-function", "unknown-attribute", "not-a-function", "no-value", "not-called", "not-read"}
)
"""Kinds of problems that no other entry can mend."""


def read_snippet(
    text: str, operands: Mapping[str, Operand] | None = None, formulas: Mapping[str, str] | None = None
) -> Snippet:
    """Read pasted code. Never raises, and runs nothing.

    Parameters
    ----------
    text
        The code, also with prompts and outputs, between fences, or indented.
    operands
        Signature of each entry that is there already. A name of theirs that is assigned is meant to be replaced.
    formulas
        Texts of the formulas that are there already: code that is pasted again makes no others of the same text, and
        other code draws other random numbers than they do.
    """
    names = Names(operands or {}, is_torch=_TORCH.search(text) is not None)
    reader = _Reader(dict(operands or {}), formulas or {}, names, seeds_beside(text, formulas or {}))
    if len(text) > MOST_CHARACTERS:
        reader.say(1, "", tr("This is too long to paste: at most {limit} characters.", limit=MOST_CHARACTERS))
        return reader.snippet()
    for count, statement in enumerate(statements(text)):
        if count == _MOST_STATEMENTS:
            reader.say(
                statement.line, statement.text,
                tr("At most {limit} lines are read at once; paste the rest by itself.", limit=_MOST_STATEMENTS),
            )  # fmt: skip
            break
        reader.read(statement)
    return reader.snippet()


class _Reader:
    """Reads one statement after the other and keeps what they leave behind."""

    def __init__(
        self, operands: dict[str, Operand], formulas: Mapping[str, str], names: Names, taken: frozenset[int]
    ) -> None:
        self._known = operands
        self._there = frozenset(operands) | frozenset(formulas)
        self._formulas = formulas
        self._names = names
        self._seeds = Seeds(names, taken)
        self._functions = Functions(names, self._seeds)
        self._is_read = False  # the function that the lines which follow stand inside
        self._is_decorated = False
        self._first_line = ""
        self._entries: dict[str, SnippetEntry] = {}
        self._remarks: list[Remark] = []
        self._lost: dict[str, int] = {}
        self._shared = SharedCells()
        self._statement = Statement(0, "", "code")

    def snippet(self) -> Snippet:
        """All that was read."""
        return Snippet(tuple(self._entries.values()), tuple(sorted(self._remarks, key=lambda remark: remark.line)))

    def say(self, line: int, text: str, sentence: str, *, is_entry: bool = False) -> None:
        """Answer one line."""
        self._remarks.append(Remark(line, text, sentence, is_entry))

    def read(self, statement: Statement) -> None:
        """Read one statement."""
        self._statement, self._first_line = statement, statement.text.split("\n")[0]
        if statement.kind == "function" and statement.tree is not None:
            self._define(statement.tree.body[0])
        elif statement.tree is None:
            if statement.text.startswith("@"):
                if _HARMLESS.match(statement.text):
                    return
                self._is_decorated = True
            if statement.kind != "inside" or not self._is_read:
                self._refuse(refusals.sentence_of(statement), *map(ast.Name, changed_in(statement.block)))
        else:
            self._read_code(statement, statement.tree)

    def _define(self, node: ast.stmt) -> None:
        name = getattr(node, "name", "")
        defined = ast.Pass() if self._is_decorated else node
        self._is_read, self._is_decorated = self._functions.define(name, defined, self._statement.line), False
        if self._is_read:
            self._remark(tr("{name} is written out where it is used.", name=name))
        else:
            sentence = refusals.sentence_of(self._statement)
            self._refuse(f"{sentence} {refusals.because_of(obstacle(node), self._statement.line)}".strip())

    def _read_code(self, statement: Statement, tree: ast.Module) -> None:
        for node in tree.body:  # each sees what the one before it defines
            shared = self._shared.others(changed_cells(node, self._lists()))
            try:
                alone = replace(statement, tree=ast.Module([node], []))
                self._statement = self._functions.written_out(alone, self._lists())
            except NotReadError as error:
                self._refuse(str(error), *getattr(node, "targets", [getattr(node, "target", ast.Pass())]))
                continue
            for part in self._statement.tree.body if self._statement.tree is not None else ():
                self._read_one(part)
            arrays = [other for other in shared if self._names.current(other) not in self._names.numbers]
            self._lost |= dict.fromkeys(arrays, statement.line)
            self._shared.note(node)
        is_refused = any(remark.line == statement.line and not remark.is_entry for remark in self._remarks)
        for sentence in (self._functions.sentence(), self._seeds.sentence()):
            if sentence is not None and not is_refused:
                self._remark(sentence)

    def _lists(self) -> frozenset[str]:
        """Names that the code gives to lists."""
        written = {name for name, entry in self._entries.items() if entry.source.startswith("[")}
        named = (old for old, new in self._names.renamed.items() if new in written)
        return frozenset((*named, *self._shared.lists))

    def _refuse(self, sentence: str, *targets: ast.AST) -> None:
        for name in (name for target in targets for name in self._shared.touched(target)):
            self._lost[name] = self._statement.line
            self._functions.assigned(name, self._statement.line)
        self.say(self._statement.line, self._first_line, sentence)

    def _remark(self, sentence: str) -> None:
        self.say(self._statement.line, self._first_line, sentence, is_entry=True)

    def _read_one(self, node: ast.stmt) -> None:
        match node:
            case ast.Import() | ast.ImportFrom():
                self._import(node)
            case ast.Pass() | ast.Expr(value=ast.Constant(value=str())):
                pass
            case ast.Expr(value=value):
                self._expression(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if self._functions.define(
                name, value, self._statement.line
            ):
                self._remark(tr("{name} is written out where it is used.", name=name))
            case ast.Assign(targets=targets, value=value):
                self._assign(targets, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign([target], value)
            case ast.AugAssign(target=ast.Name(id=name)):
                self._bind(name, self._text(node.value, before=(node.op, node.target)))
            case _:
                self._refuse(
                    refusals.refusal_of(node), *getattr(node, "targets", [getattr(node, "target", ast.Pass())])
                )

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        found = imported(node)
        self._names.modules |= found
        strangers = [name for name, known in found.items() if known is None]
        if strangers:
            self._refuse(tr("{names} isn't known here; lines that use it are passed over.", names=", ".join(strangers)))

    def _expression(self, value: ast.expr) -> None:
        """A line that is one expression: it sets a seed, shows something, or changes what it can't change here."""
        seed = self._seeds.set_by(value) if isinstance(value, ast.Call) else None
        changed = changed_by(value, self._lists())
        if seed is not None:
            self._remark(seed)
        elif isinstance(value, ast.Call) and is_print(value):
            for part, label in printed(value):
                self._shown(part, label)
        elif changed is not None:
            self._refuse(changed[1], *([ast.Attribute(ast.Name(changed[0]), "")] if changed[0] else []))
        else:
            self._shown(value)

    def _shown(self, value: ast.expr, label: str = "") -> None:
        """A result that is only looked at becomes an entry of its own; the name of one is one already."""
        if isinstance(value, ast.Name) and self._is_there(value.id):
            self._tell_stale([self._names.current(value.id)])
            return
        if isinstance(value, ast.Constant):
            return
        text = self._text(value)
        if text is None:
            return
        source = numpy_text(text, is_torch=self._names.is_torch)
        is_name = source.removesuffix(".reshape(())").isidentifier()  # loss.item() is the number that loss is
        if is_name or any(entry.source == source for entry in self._entries.values()):
            return
        taken = self._taken(source)
        wanted = label_name(label)
        name = free(wanted, taken) if wanted is not None else result_name(value, taken)
        self._add(name, text, is_assigned=False)

    def _taken(self, source: str) -> set[str]:
        """Names that a new entry can't have; one that is this very formula already can."""
        same = {name for name, formula in self._formulas.items() if formula == source and name not in self._entries}
        return {*self._there, *self._entries} - same

    def _is_there(self, name: str) -> bool:
        return self._names.current(name) in self._known or name in self._names.constants

    def _assign(self, targets: list[ast.expr], value: ast.expr) -> None:
        pairs = [pair for target in targets for pair in self._pairs(target, value)]
        for target, _ in pairs:
            if not isinstance(target, ast.Name):
                self._refuse(refusals.refusal_of(target), target)
        for target, text in pairs:  # all texts are there: a, b = b, a means the old ones
            if isinstance(target, ast.Name):
                self._bind(target.id, text)
        for target in targets:
            for name in self._shared.touched(target):
                self._shared.bind(name, value if isinstance(target, ast.Name) else ast.Pass())

    def _pairs(self, target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, str | None]]:
        """Each name of an assignment and the text of its value."""
        if not isinstance(target, (ast.Tuple, ast.List)):
            yield target, self._text(value) if isinstance(target, ast.Name) else None
            return
        if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
            for part, part_value in zip(target.elts, value.elts, strict=True):
                yield from self._pairs(part, part_value)
            return
        text = self._text(value)
        inference = None if text is None else infer(text, self._known)
        fields = getattr(inference.signature, "names", ()) if inference is not None else ()
        whole = text if text is None or isinstance(value, (ast.Call, ast.Name, ast.Attribute)) else f"({text})"
        for place, part in enumerate(target.elts):
            last = f".{fields[place]}" if place < len(fields) else f"[{place}]"
            yield part, None if whole is None else whole + last

    def _text(self, value: ast.expr, before: tuple[ast.operator, ast.expr] | None = None) -> str | None:
        """Write an expression as a formula; None, with a remark, where it uses what can't be here."""
        strangers, gradient = self._names.strangers(value), gradient_in(value)
        if gradient is not None:
            self._refuse(gradient)
            return None
        if strangers:
            self._refuse(tr("{names} isn't known here.", names=", ".join(strangers)))
            return None
        return expression_text(self._statement, value, self._names, before)

    def _bind(self, name: str, text: str | None) -> None:
        """Give ``name`` its value from here on."""
        self._functions.assigned(name, self._statement.line)
        if text is None:
            self._lost[name] = self._statement.line
            return
        if name == "_":
            return  # by custom what nobody wants
        before = self._names.current(name)
        wanted = usable(name)
        if wanted != name:
            self._remark(tr("{name} is a word of NumPy's: here it is called {new}.", name=name, new=wanted))
        if before in self._entries or (before in self._there and before in self._names.used_in(text)):
            if before in self._entries and self._entries[before].source == text:
                return
            new = free(wanted, {*self._taken(text), before})
            self._remark(tr("{name} has a value already: from here on it is called {new}.", name=name, new=new))
            wanted = new
        if self._add(wanted, text, is_assigned=True):
            self._lost.pop(name, None)
            self._names.renamed[name] = wanted
        else:
            self._lost[name] = self._statement.line

    def _add(self, name: str, text: str, *, is_assigned: bool) -> bool:
        """Add an entry; False, with a remark, where the text can't be one."""
        if is_assigned and self._names.keep_constant(name, text):
            if is_generator(text):
                self._seeds.start(name)
            self._remark(refusals.no_array(name, is_generator=is_generator(text)))
            return True
        source, found = self._names.inferred(text, self._known)
        foreign = numpy_words(text, is_torch=self._names.is_torch)
        if found.problems and not self._answer(found, source):
            return False
        if is_assigned and isinstance(found.signature, TupleSignature):
            self._names.constants[name] = source
            self._remark(tr("{name} is several arrays: it stands where they are used.", name=name))
            return True
        if foreign is not None:
            self._remark(foreign.sentence)
            refused = [problem.message for problem in infer(text, self._known).problems if problem.kind == "ndim"]
            if refused and not found.problems:
                self._remark(refused[0])
        if not found.problems:
            self._tell_stale(names_in(found.tree))
        entry = entry_of(name, source, self._statement.line, found, is_assigned=is_assigned)
        self._entries[name] = entry
        if isinstance(found.signature, Signature):
            self._known[name] = found.signature
            self._names.note(name, found.signature)
        else:
            self._known.pop(name, None)
        return True

    def _answer(self, found: Inference, source: str) -> bool:
        """Say what is wrong with a formula; False where it can't be an entry."""
        problem = found.problems[0]
        stranger = None if found.tree is None else refusals.unknown_function(found.tree)
        if found.tree is None or stranger is not None or problem.kind in _NO_ENTRY:
            told = None if problem.kind == "not-read" else stranger
            self._refuse(told or refusals.sentence_of(self._statement, problem, source, self._known))
            return False
        culprit = source[problem.span.start : problem.span.end]
        if problem.kind != "unknown-name":
            self._remark(" ".join(filter(None, (problem.message, problem.hint))))
        else:
            self._remark(refusals.missing_name(culprit, self._lost.get(culprit), is_entry=culprit in self._entries))
        return True

    def _tell_stale(self, names: Iterable[str]) -> None:
        """Say which names have an older value than the code would have given them."""
        for name in names:
            line = next((line for lost, line in self._lost.items() if self._names.current(lost) == name), None)
            if line is not None:
                self._remark(tr("This is {name} without line {line}.", name=name, line=line))
