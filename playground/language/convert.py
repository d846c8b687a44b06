"""From the standard library's syntax tree to ours: an allow-list, so what isn't named here is refused."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from playground.language import vocabulary as words
from playground.language.brackets import builder_name, built
from playground.language.dotted import dotted, function_path, generator_seed
from playground.language.mistake import Mistake
from playground.language.nodes import (
    Attribute,
    Binary,
    Call,
    Choice,
    Index,
    Literal,
    Name,
    Node,
    Sequence,
    Slice,
    Starred,
    Truth,
    Unary,
)  # fmt: skip
from playground.language.problems import Span
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence as SequenceOf

OPERATORS: Final[dict[type[ast.AST], str]] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.UAdd: "+", ast.USub: "-", ast.Invert: "~",
}  # fmt: skip

_REFUSED: Final[dict[type[ast.AST], tuple[str, str]]] = {
    ast.Lambda: ("A formula can't define functions.", "Write the expression itself."),
    ast.ListComp: ("A formula has no loops.", "Functions such as sum, stack and arange work on all cells at once."),
    ast.JoinedStr: ("Formatted text has no place in a formula.", ""),
    ast.NamedExpr: (":= has no place in a formula.", "Make another entry for the part you want to name."),
    ast.Starred: ("* before an argument has no place in a formula.", "Write the arguments one by one."),
    ast.Set: ("Braces make a set, and a set has no order.", "Write a list with square brackets."),
    ast.Dict: ("A dictionary has no place in a formula.", "Write a list with square brackets."),
}

_OF_MODULES: Final = frozenset({*words.CONSTANTS, *words.SOFT_CONSTANTS, *words.SUBMODULES, "tau", "special"})

_PYTHON_TYPES: Final = frozenset({"bool", "int", "float", "complex"})
"""Dtype names that Python calls on single values; ``np.bool`` and ``float32`` convert arrays as well."""


class Converter:
    """Turns one ``ast`` expression into nodes, counting as it goes.

    Parameters
    ----------
    source
        The text that the person wrote; spans index its characters.
    columns
        ``columns[byte]`` is the character at which that byte of the parsed line stands.
    """

    def __init__(self, source: str, columns: SequenceOf[int]) -> None:
        self._source = source
        self._columns = columns
        self._nodes = 0
        self._numbers = 0

    def convert(self, node: ast.AST, depth: int = 0) -> Node:
        """Convert ``node``; raises ``Mistake`` with the place of whatever has no place in a formula."""
        handler = _HANDLERS.get(type(node))
        if handler is None:
            raise self._refusal(node)
        self._count(node)
        if depth > words.MAX_DEPTH:
            raise Mistake(
                "too-deep",
                tr("This formula nests more than {limit} levels deep.", limit=words.MAX_DEPTH),
                tr("Give an inner part an entry of its own."),
                span=self.span(node),
            )
        return handler(self, node, depth + 1)

    def span(self, node: ast.AST) -> Span:
        """Give the place of ``node`` in characters of the source."""
        start = self._columns[getattr(node, "col_offset", 0)]
        end = self._columns[getattr(node, "end_col_offset", 0) or 0]
        return Span(start, max(start, end))

    def _count(self, node: ast.AST) -> None:
        if isinstance(node, (ast.Constant, ast.List, ast.Tuple, ast.UnaryOp)):
            self._numbers += 1
            if self._numbers > words.MAX_NUMBERS:
                raise Mistake(
                    "too-long",
                    tr("A formula holds at most {limit} numbers.", limit=words.MAX_NUMBERS),
                    tr("Paste them into an array instead."),
                    span=self.span(node),
                )
            return
        self._nodes += 1
        if self._nodes > words.MAX_NODES:
            raise Mistake(
                "too-long",
                tr("A formula has at most {limit} parts.", limit=words.MAX_NODES),
                tr("Give some of them an entry of their own."),
                span=self.span(node),
            )

    def _refusal(self, node: ast.AST) -> Mistake:
        kind = type(node)
        if kind in (ast.SetComp, ast.DictComp, ast.GeneratorExp):
            kind = ast.ListComp
        message, hint = _REFUSED.get(kind, ("This has no place in a formula.", ""))
        return Mistake("not-allowed", tr(message), tr(hint) if hint else "", span=self.span(node))

    def _constant(self, node: ast.Constant, depth: int) -> Node:
        value, span = node.value, self.span(node)
        if isinstance(value, bytes):
            raise Mistake("not-allowed", tr("Bytes have no place in a formula."), span=span)
        if isinstance(value, int) and value.bit_length() > words.MAX_BITS:
            raise Mistake(
                "integer-size",
                tr("This is too large a whole number."),
                tr("Write it with a point, as a float."),
                span=span,
            )
        return Literal(span, value)

    def _name(self, node: ast.Name, depth: int) -> Node:
        span = self.span(node)
        return self._word(node.id, span) or Name(span, node.id)

    def _word(self, word: str, span: Span) -> Literal | None:
        """Give the literal that a reserved word stands for, or None where it isn't one."""
        if word in words.CONSTANTS:
            return Literal(span, words.CONSTANTS[word])
        if word in words.DTYPES:
            return Literal(span, words.DTYPES[word])
        if word.startswith("__"):
            raise Mistake("not-allowed", tr("Names that start with two underscores are Python's own."), span=span)
        return None

    def _attribute(self, node: ast.Attribute, depth: int) -> Node:
        span = self.span(node)
        path = dotted(node)
        if path and path[0] in words.MODULE_PREFIXES:
            return self._module_word(".".join(path[1:]), span)
        if node.attr not in words.ATTRIBUTES:
            from playground.language import refusals  # only a mistake needs it

            self._check_module(path, span)
            raise refusals.no_attribute(node.attr, Span(span.end - len(node.attr), span.end))
        return Attribute(span, self.convert(node.value, depth), node.attr)

    def _check_module(self, path: tuple[str, ...], span: Span) -> None:
        """Raise ``Mistake`` for ``math.pi`` and ``scipy.linalg.inv``: a module, and no entry's attribute."""
        from playground.language import refusals  # only a mistake needs it

        if len(path) > 1 and path[0] in refusals.MODULES and (path[1] in _OF_MODULES or len(path) > 2):
            raise refusals.other_module(path[0], Span(span.start, span.start + len(path[0])))

    def _module_word(self, word: str, span: Span) -> Node:
        literal = self._word(word, span)
        if literal is None and word in words.SOFT_CONSTANTS:
            literal = Literal(span, words.SOFT_CONSTANTS[word])
        if literal is None:
            from playground.language import refusals  # only a mistake needs it

            raise refusals.no_word(word, span)
        return literal

    def _binary(self, node: ast.BinOp, depth: int) -> Node:
        # A + B + C + ... leans to the left as deep as it is long: walk it in a loop.
        chain = [node]
        while isinstance(node.left, ast.BinOp):
            node = node.left
            chain.append(node)
            self._count(node)
        if len(chain) > words.MAX_CHAIN:
            raise self._too_many(node)
        left = self.convert(node.left, depth)
        for part in reversed(chain):
            right = self.convert(part.right, depth)
            sign = OPERATORS[type(part.op)]
            place = self._operator_span(left, sign)
            left = Binary(self.span(part), sign, left, right, place)
        return left

    def _too_many(self, node: ast.AST) -> Mistake:
        return Mistake(
            "too-long",
            tr("A formula has at most {limit} operators in a row.", limit=words.MAX_CHAIN),
            tr("Give some of them an entry of their own."),
            span=self.span(node),
        )

    def _operator_span(self, left: Node, sign: str) -> Span:
        # Between the two operands stand only blanks, parentheses and the sign itself.
        start = self._source.find(sign, left.span.end)
        return Span(start, start + len(sign))

    def _unary(self, node: ast.UnaryOp, depth: int) -> Node:
        if isinstance(node.op, ast.Not):
            return Truth(self.span(node), "not", (self.convert(node.operand, depth),))
        return Unary(self.span(node), OPERATORS[type(node.op)], self.convert(node.operand, depth))

    def _starred(self, node: ast.Starred, depth: int) -> Node:
        return Starred(self.span(node), self.convert(node.value, depth))

    def _truth(self, node: ast.BoolOp, depth: int) -> Node:
        word = "and" if isinstance(node.op, ast.And) else "or"
        return Truth(self.span(node), word, tuple(self.convert(value, depth) for value in node.values))

    def _choice(self, node: ast.IfExp, depth: int) -> Node:
        return Choice(self.span(node), *(self.convert(part, depth) for part in (node.test, node.body, node.orelse)))

    def _compare(self, node: ast.Compare, depth: int) -> Node:
        """``a < b < c`` is ``a < b and b < c``, as Python has it; ``and`` asks for one truth."""
        whole, chain, left_ast = self.span(node), None, node.left
        if len(node.ops) > words.MAX_CHAIN:
            raise self._too_many(node)
        left = self.convert(left_ast, depth)
        for op, right_ast in zip(node.ops, node.comparators, strict=True):
            sign = OPERATORS.get(type(op))
            if sign is None:
                raise Mistake(
                    "not-allowed",
                    tr("in and is have no place in a formula."),
                    tr("Compare cell by cell with == and combine with any or all."),
                    span=whole,
                )
            right = self.convert(right_ast, depth)
            span = Span(self.span(left_ast).start, self.span(right_ast).end)
            place = self._operator_span(left, sign)
            link = Binary(whole if len(node.ops) == 1 else span, sign, left, right, place)
            chain = link if chain is None else Binary(whole, "and", chain, link, place)
            left, left_ast = right, right_ast
        assert chain is not None
        return chain

    def _sequence(self, node: ast.List | ast.Tuple, depth: int) -> Node:
        items = tuple(self.convert(item, depth) for item in node.elts)
        return Sequence(self.span(node), items, isinstance(node, ast.Tuple))

    def _slice(self, node: ast.Slice, depth: int) -> Node:
        start, stop, step = (
            None if part is None else self.convert(part, depth) for part in (node.lower, node.upper, node.step)
        )
        return Slice(self.span(node), start, stop, step)

    def _index(self, node: ast.Subscript, depth: int) -> Node:
        builder = builder_name(node.value)
        if builder is not None:
            return built(node, builder, lambda part: self.convert(part, depth), self.span)
        value = self.convert(node.value, depth)
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        items = [self.convert(part, depth) for part in parts]
        if isinstance(node.slice, ast.Tuple) and len(items) == 1 and isinstance(items[0], (Name, Attribute, Call)):
            # A[B.shape,] is one index array, A[B.shape] several indices: the same as A[B.shape, ...].
            items.append(Literal(items[0].span, ...))
        return Index(self.span(node), value, tuple(items))

    def _call(self, node: ast.Call, depth: int) -> Node:
        keywords = []
        for keyword in node.keywords:
            if keyword.arg is None:
                message, hint = _REFUSED[ast.Starred]
                raise Mistake("not-allowed", tr(message), tr(hint), span=self.span(keyword))
            keywords.append((keyword.arg, self.convert(keyword.value, depth)))
        arguments = tuple(self.convert(argument, depth) for argument in node.args)
        span, called = self.span(node), self.span(node.func)
        seed = generator_seed(node.func, self.span)
        if seed is not None and isinstance(node.func, ast.Attribute):
            keywords.insert(0, ("seed", self.convert(seed, depth)))
            place = Span(called.end - len(node.func.attr), called.end)
            return Call(span, f"random.Generator.{node.func.attr}", arguments, tuple(keywords), place)
        written, path = dotted(node.func), function_path(node.func, called)
        if path:
            if any(part.startswith("__") for part in path):
                self._word("__", called)
            name = ".".join(path)
            if name in words.DTYPES and (name not in _PYTHON_TYPES or path != written):
                keywords.append(("dtype", Literal(called, words.DTYPES[name])))
                return Call(span, "array", arguments, tuple(keywords), called)
            if name == "einsum":
                from playground.language.einsum_lists import lettered  # most formulas have none

                arguments = lettered(arguments)
            return Call(span, words.ALIASES.get(name, name), arguments, tuple(keywords), called)
        if not isinstance(node.func, ast.Attribute):
            raise Mistake(
                "not-a-function",
                tr("Only functions can be called, and this isn't the name of one."),
                tr("If you mean a product, write * or @ before the parenthesis."),
                span=called,
            )
        return self._method(node.func, arguments, tuple(keywords), span, depth)

    def _method(
        self,
        func: ast.Attribute,
        arguments: tuple[Node, ...],
        keywords: tuple[tuple[str, Node], ...],
        span: Span,
        depth: int,
    ) -> Node:
        name, end = func.attr, self.span(func).end
        name_span = Span(end - len(name), end)
        if name.startswith("__"):
            self._word("__", name_span)
        value = self.convert(func.value, depth)
        if name == "tolist" and not arguments and not keywords:
            return self._as_list(value, name_span, depth)
        starred = any(isinstance(argument, Starred) for argument in arguments)
        if name in words.VARIADIC_METHODS and (starred or len(arguments) > 1):
            place = Span(arguments[0].span.start, arguments[-1].span.end)
            arguments = (Sequence(place, arguments, is_tuple=True),)
        if name == "clip" and len(arguments) == 1:  # the method's first limit may stand alone, the function's may not
            keywords, arguments = (("min", arguments[0]), *keywords), ()
        function = words.METHOD_ALIASES.get(name, name)
        return Call(span, function, (value, *arguments), keywords, name_span, is_method=True)

    def _as_list(self, value: Node, name_span: Span, depth: int) -> Node:
        """Read ``A.tolist()`` as ``A`` where it is the whole formula; inside, + would join lists and * repeat them."""
        if depth > 1:
            message = tr("tolist makes a list of Python's, which other operations don't count with.")
            raise Mistake("not-allowed", message, tr("Leave .tolist() out."), span=name_span)
        return value


_HANDLERS: Final[dict[type[ast.AST], Callable[[Converter, Any, int], Node]]] = {
    ast.Constant: Converter._constant, ast.Name: Converter._name, ast.Attribute: Converter._attribute,
    ast.BinOp: Converter._binary, ast.UnaryOp: Converter._unary, ast.Compare: Converter._compare,
    ast.Call: Converter._call, ast.Subscript: Converter._index, ast.Slice: Converter._slice,
    ast.Starred: Converter._starred, ast.BoolOp: Converter._truth, ast.IfExp: Converter._choice,
    ast.List: Converter._sequence, ast.Tuple: Converter._sequence,
}  # fmt: skip
"""What converts which node. Not bound to one converter: what refers to itself waits for the garbage collection."""
