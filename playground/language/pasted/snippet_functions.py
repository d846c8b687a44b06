"""Functions that pasted code defines: each call is written out, since an entry has no functions of its own.

Read are ``def`` with assignments and one ``return``, ``lambda``, other names for NumPy's functions, and modules of
``torch.nn`` without weights. A call of anything else that the code gives a name to is refused: a function of the same
name in the table would give other numbers.
"""

from __future__ import annotations

import ast
from copy import deepcopy
from typing import TYPE_CHECKING, Final, NamedTuple

from playground.language.dotted import dotted
from playground.language.foreign.table import MODULES
from playground.language.functions import FUNCTIONS
from playground.language.pasted.snippet_lists import grown, is_of_lists
from playground.language.pasted.snippet_lists import in_numpy as with_lists
from playground.language.pasted.snippet_python import in_place, is_python, numpy_call
from playground.language.python_syntax import SYNTAX_ERRORS
from playground.record import Record, replace
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playground.language.pasted.snippet_lines import Statement
    from playground.language.pasted.snippet_random import Seeds
    from playground.language.pasted.snippet_text import Names

_LARGEST: Final = 2000
"""Parts of the tree that the calls of one statement may be written out to."""
_SHOWN: Final = 60
"""Characters of a text that a sentence shows."""
_OWN_NAMES: Final = (
    ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.NamedExpr, ast.Await, ast.Yield,
    ast.YieldFrom, ast.Starred,
)  # fmt: skip
"""What has names of its own, or does more than give a value."""


class NotReadError(Exception):
    """A statement calls what can't be written out; the text says what."""


class _Line(NamedTuple):
    """A line of a function: the name that it gives a value, and the questions that decide whether it runs."""

    name: str
    value: ast.expr
    asked: tuple[tuple[ast.expr, bool], ...] = ()


class _Function(Record, eq=False):
    """A function: its parameters, the values of those that may be left out, its lines, and what it gives."""

    parameters: tuple[str, ...]
    defaults: Mapping[str, ast.expr]
    lines: tuple[_Line, ...]
    result: ast.expr


class Functions:
    """The functions that the code has defined so far."""

    def __init__(self, names: Names, seeds: Seeds) -> None:
        self._names = names
        self._seeds = seeds
        self._functions: dict[str, _Function | ast.expr] = {}
        self._others: dict[str, int] = {}
        self._read_as: list[str] = []
        self._lists: frozenset[str] = frozenset()

    def define(self, name: str, node: ast.expr | ast.stmt, line: int) -> bool:
        """Take ``node`` as the function ``name``; False where it is none that can be read."""
        found: _Function | ast.expr | None = None
        if isinstance(node, ast.expr) and self._seeds.start_state(name, node):
            return True
        if isinstance(node, ast.FunctionDef):
            found = _defined(node)
        elif isinstance(node, ast.Lambda):
            found = _function(node.args, (), node.body)
        elif isinstance(node, ast.expr):
            found = self._alias(node)
        if found is None:
            self.assigned(name, line)
            return False
        self._functions[name] = found
        self._others.pop(name, None)
        return True

    def assigned(self, name: str, line: int) -> None:
        """From this line on ``name`` is something else than a function."""
        self._functions.pop(name, None)
        self._others[name] = line

    def written_out(self, statement: Statement, lists: frozenset[str] = frozenset()) -> Statement:
        """Write out the calls of these functions, read Python's words, and give random numbers their seeds.

        ``lists`` are the names of lists.

        Raises ``NotReadError`` where one is called that can't be read.
        """
        if statement.tree is None:
            return statement
        body = [in_place(node, lists) or grown(node, lists) or node for node in statement.tree.body]
        is_changed, self._lists = body != statement.tree.body, lists
        if not is_changed and not any(map(self._matters, ast.walk(statement.tree))):
            return statement
        try:
            tree = _Writer(self, {}).visit(deepcopy(ast.Module(body, [])))
            text = ast.unparse(ast.fix_missing_locations(tree))
            if is_changed:
                self._read_as.append(tr("{theirs} as {numpy}", theirs=ast.unparse(statement.tree), numpy=text))
            return replace(statement, text=text, tree=ast.parse(text))
        except SYNTAX_ERRORS:
            raise NotReadError(tr("Written out, this would be too long for a formula.")) from None

    def sentence(self) -> str | None:
        """Say what of Python's was read as NumPy's since this was asked last; None for nothing."""
        said, self._read_as = list(dict.fromkeys(self._read_as)), []
        return tr("Read in NumPy's words: {changes}.", changes=", ".join(said)) if said else None

    def _matters(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Name):
            return node.id in self._functions or node.id in self._names.constants
        if not isinstance(node, ast.Call):
            return is_of_lists(node, self._lists)
        is_other = isinstance(node.func, ast.Name) and node.func.id in self._others
        return is_python(node) or self._sum_of_rows(node) is not None or is_other or self._seeds.draws(node)

    def _alias(self, node: ast.expr) -> _Function | ast.expr | None:
        """Another name for a function: ``norm = np.linalg.norm``, ``f = softmax``, ``act = nn.ReLU()``."""
        if isinstance(node, ast.Name) and node.id in self._functions:
            return self._functions[node.id]
        if isinstance(node, ast.Call):
            path = dotted(node.func)
            return node if path[:-1] in (("nn",), ("torch", "nn")) and path[-1] in MODULES else None
        path = dotted(node)
        if len(path) < 2:
            return None
        whole = ".".join((self._names.modules.get(path[0]) or path[0], *path[1:])).removeprefix("np.")
        return node if whole in FUNCTIONS else None

    def called(self, name: str) -> _Function | ast.expr | None:
        """The function of that name; None for one that isn't the code's own."""
        if name in self._others:
            line = self._others[name]
            raise NotReadError(
                tr("{name} is what line {line} makes of it; no formula can call that.", name=name, line=line)
            )
        return self._functions.get(name)

    def has(self, name: str) -> bool:
        """Tell whether the code has defined a function of that name."""
        return name in self._functions

    def in_numpy(self, node: ast.Call) -> ast.expr:
        """Write a function of Python's as NumPy has it; give a call that draws random numbers the next seed."""
        is_numpys = self._names.modules.get(getattr(node.func, "id", ""))
        found = None if is_numpys else numpy_call(node) or self._sum_of_rows(node)
        return self._seeds.seeded(node) if found is None else self._told(node, found)

    def _sum_of_rows(self, node: ast.Call) -> ast.expr | None:
        """Python's ``sum`` of a table adds up its rows, where NumPy's adds up all cells."""
        match node:
            case ast.Call(func=ast.Name(id="sum"), args=[value], keywords=[]) if self._is_table(value):
                axis = ast.keyword("axis", ast.Constant(0))
                return ast.Call(ast.Attribute(ast.Name("np", ast.Load()), "sum", ast.Load()), [value], [axis])
        return None

    def _is_table(self, node: ast.expr) -> bool:
        """Tell whether ``node`` is a table, or is computed of one cell by cell."""
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.MatMult):
            return self._is_table(node.left) or self._is_table(node.right)
        if isinstance(node, ast.UnaryOp):
            return self._is_table(node.operand)
        return isinstance(node, ast.Name) and self._names.current(node.id) in self._names.tables

    def decided(self, test: ast.expr, inside: Mapping[str, ast.expr]) -> bool:
        """Answer ``mask is not None`` where a function is called; raises ``NotReadError`` where only numbers tell."""
        match test:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return not self.decided(operand, inside)
            case ast.Compare(left=left, ops=[ast.Is() | ast.IsNot() as sign], comparators=[ast.Constant(value=None)]):
                is_none = self._constant(left, inside) is None
                return is_none is isinstance(sign, ast.Is)
            case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq() as sign], comparators=[ast.Constant(value=value)]):
                found = self._constant(left, inside)
                if found is not ...:
                    return (found == value) is isinstance(sign, ast.Eq)
            case ast.Name() if (found := self._constant(test, inside)) is not ...:
                return bool(found)
        raise NotReadError(tr("Only numbers decide {question}: write where(condition, a, b).",
                              question=ast.unparse(test)))  # fmt: skip

    def _constant(self, node: ast.expr, inside: Mapping[str, ast.expr]) -> object:
        """The text, number or None that a name of a function stands for; ``...`` for anything else."""
        found = inside.get(node.id) if isinstance(node, ast.Name) else None
        if isinstance(found, ast.Name):
            text = self._names.constants.get(found.id, "")
            found = ast.parse(text, mode="eval").body if text else found
        return found.value if isinstance(found, ast.Constant) else ...

    def of_lists(self, node: ast.BinOp) -> ast.expr:
        """Join and repeat lists, as Python does."""
        try:
            found = with_lists(node, self._lists, self._names)
        except ValueError as error:
            raise NotReadError(str(error)) from None
        return node if found is None else self._told(node, found)

    def _told(self, node: ast.expr, found: ast.expr) -> ast.expr:
        numpy = ast.unparse(found)
        shown = numpy if len(numpy) <= _SHOWN else f"{numpy[:_SHOWN]}…"
        self._read_as.append(tr("{theirs} as {numpy}", theirs=ast.unparse(node), numpy=shown))
        return found


class _Writer(ast.NodeTransformer):
    """Writes out the calls in one statement; ``inside`` are the names of the function that is being written out."""

    def __init__(self, functions: Functions, inside: Mapping[str, ast.expr], depth: int = 0) -> None:
        self._functions = functions
        self.inside = inside
        self._depth = depth
        self.left = _LARGEST

    def visit_Lambda(self, node: ast.Lambda) -> ast.Lambda:
        """What is in a function is written out where that is called."""
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A parameter gives way to its argument; a function that isn't called has no value."""
        if not isinstance(node.ctx, ast.Load):
            return node
        if node.id in self.inside:
            return self._counted(deepcopy(self.inside[node.id]))
        if self._functions.has(node.id):
            raise NotReadError(tr("{name} is a function; only its calls can be written out.", name=node.id))
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A call gives way to what its function gives."""
        own = None
        if isinstance(node.func, ast.Name):
            if node.func.id in self.inside:
                raise NotReadError(tr("{name} is a parameter, which can't be called here.", name=node.func.id))
            own = self._functions.called(node.func.id)
        else:
            node.func = self.visit(node.func)
        node.args = [self.visit(argument) for argument in node.args]
        node.keywords = [self.visit(keyword) for keyword in node.keywords]
        if own is None:
            return self._functions.in_numpy(node)
        if isinstance(own, ast.expr):
            return self._functions.in_numpy(ast.Call(self._counted(deepcopy(own)), node.args, node.keywords))
        return self._inlined(own, node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """``+`` and ``*`` of lists mean something else in Python."""
        node.left, node.right = self.visit(node.left), self.visit(node.right)
        return self._functions.of_lists(node)

    def _inlined(self, function: _Function, call: ast.Call) -> ast.expr:
        if self._depth >= 8:
            raise NotReadError(tr("A function that calls itself can't be written out."))
        given = dict(function.defaults) | dict(zip(function.parameters, call.args, strict=False))
        given |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg is not None}
        fits = len(call.args) <= len(function.parameters) and all(keyword.arg for keyword in call.keywords)
        if not fits or set(given) != set(function.parameters):
            raise NotReadError(tr("These aren't the arguments that the function has."))
        inner = _Writer(self._functions, given, self._depth + 1)
        inner.left = self.left
        answers: dict[ast.expr, bool] = {}  # a question is asked once, before the lines under it change anything
        for line in function.lines:
            if self._runs(line, inner.inside, answers):
                inner.inside = {**inner.inside, line.name: inner.visit(deepcopy(line.value))}
        result: ast.expr = inner.visit(deepcopy(function.result))
        self.left = inner.left
        return result

    def _runs(self, line: _Line, inside: Mapping[str, ast.expr], answers: dict[ast.expr, bool]) -> bool:
        for test, wanted in line.asked:
            if test not in answers:
                answers[test] = self._functions.decided(test, inside)
            if answers[test] is not wanted:
                return False
        return True

    def _counted(self, node: ast.expr) -> ast.expr:
        self.left -= sum(1 for _ in ast.walk(node))
        if self.left < 0:
            raise NotReadError(tr("Written out, this would be too long for a formula."))
        return node


def obstacle(node: ast.stmt) -> ast.stmt | None:
    """The statement for which a function can't be read; None where it isn't one statement."""
    if not isinstance(node, ast.FunctionDef):
        return None
    readable = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return, ast.Expr)
    return next((line for line in node.body if not isinstance(line, readable) and _lines([line], ()) is None), None)


def _defined(node: ast.FunctionDef) -> _Function | None:
    """A function of assignments to names and one return."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    *before, last = body or [ast.Pass()]
    lines = _lines(before, ())
    is_read = isinstance(last, ast.Return) and last.value is not None and not node.decorator_list
    return _function(node.args, lines, last.value) if is_read and lines is not None else None  # type: ignore[attr-defined]


def _lines(body: Sequence[ast.stmt], asked: tuple[tuple[ast.expr, bool], ...]) -> tuple[_Line, ...] | None:
    """The lines of a function, each with the questions around it; None where one is no assignment to a name."""
    lines: list[_Line] = []
    for line in body:
        match line:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                lines.append(_Line(name, value, asked))
            case ast.AugAssign(target=ast.Name(id=name), op=op, value=value):
                lines.append(_Line(name, ast.BinOp(ast.Name(name, ast.Load()), op, value), asked))
            case ast.If(test=test, body=then, orelse=other):
                first, second = _lines(then, (*asked, (test, True))), _lines(other, (*asked, (test, False)))
                if first is None or second is None:
                    return None
                lines += [*first, *second]
            case _:
                return None
    return tuple(lines)


def _function(given: ast.arguments, lines: tuple[_Line, ...], result: ast.expr) -> _Function | None:
    by_place, by_name = [*given.posonlyargs, *given.args], given.kwonlyargs
    parts = [part for value in (*(line.value for line in lines), result) for part in ast.walk(value)]
    if given.vararg or given.kwarg or len(parts) > _LARGEST or any(isinstance(part, _OWN_NAMES) for part in parts):
        return None
    count = len(by_place) - len(given.defaults)
    pairs = [*zip(by_place[count:], given.defaults, strict=True), *zip(by_name, given.kw_defaults, strict=True)]
    defaults = {parameter.arg: value for parameter, value in pairs if value is not None}
    return _Function(tuple(parameter.arg for parameter in (*by_place, *by_name)), defaults, lines, result)
