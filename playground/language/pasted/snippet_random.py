"""Random numbers in pasted code: each call has a seed of its own; no formula goes on where another stopped."""

from __future__ import annotations

import ast
import re
from itertools import count
from typing import TYPE_CHECKING, Final

from playground.language.dotted import dotted
from playground.language.foreign import table
from playground.language.foreign.read import numpy_text
from playground.language.functions import FUNCTIONS
from playground.language.nodes import Call, walk
from playground.language.parse import parse
from playground.language.pasted.snippet_lines import MOST_CHARACTERS, statements
from playground.language.pasted.snippet_names import usable
from playground.language.vocabulary import GENERATOR
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playground.language.pasted.snippet_text import Names

_SETTING: Final = frozenset({"random.seed", "torch.manual_seed", "torch.random.manual_seed", "tf.random.set_seed",
                             "torch.cuda.manual_seed", "torch.cuda.manual_seed_all"})  # fmt: skip
_GENERATOR: Final = re.compile(r"(?:np\.)?random\.default_rng\((?:seed=)?(\d+)\)")
_LARGEST: Final = 2**32 - 1
_TORCHS: Final = frozenset(f"torch.{name}" for name, row in table.TORCH.items() if "seed=None" in row.parameters)
_TENSORFLOWS: Final = frozenset(f"tf.{name}" for name, row in table.TENSORFLOW.items() if "seed=None" in row.parameters)
_JAX: Final = frozenset(f"jax.{name}" for name, row in table.JAX.items() if "seed=None" in row.parameters)
_KEYS: Final = frozenset({"jax.random.PRNGKey", "jax.random.key"})
_DRAWING: Final = (
    _TORCHS | _TENSORFLOWS
    | {name for name in FUNCTIONS if name.startswith("random.") and not name.startswith(GENERATOR)}
)  # fmt: skip


def seeds_beside(text: str, formulas: Mapping[str, str]) -> frozenset[int]:
    """Give the seeds of the random arrays that are there already and that the code of ``text`` doesn't replace.

    One that isn't written is 0. So code that is pasted again gives the same numbers, and other code gives others.
    """
    drawing = {name: formula for name, formula in formulas.items() if "rand" in formula}
    if not drawing or len(text) > MOST_CHARACTERS:
        return frozenset()
    trees = [statement.tree for statement in statements(text) if statement.tree is not None]
    named = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)]
    replaced = {usable(node.id) for node in named if isinstance(node.ctx, ast.Store)}
    found = [seed for name, formula in drawing.items() if name not in replaced for seed in _seeds_of(formula)]
    return frozenset(found)


def _seeds_of(formula: str) -> Iterator[int]:
    tree = parse(numpy_text(formula)).tree
    for node in () if tree is None else walk(tree):
        if isinstance(node, Call) and node.function in _DRAWING:
            seed = dict(node.keywords).get("seed")
            value = 0 if seed is None else getattr(seed, "value", None)
            if isinstance(value, int):
                yield value


class Seeds:
    """Counts the seeds up, from 0 or from what the code sets; of each generator from its own.

    Parameters
    ----------
    names
        What the names of the code stand for.
    taken
        Seeds of random arrays that are there already: what isn't given a seed has another one than these.
    """

    def __init__(self, names: Names, taken: frozenset[int] = frozenset()) -> None:
        self._names = names
        self._taken = taken
        self._next = 0
        self._drawn: dict[str, int] = {}
        self._states: dict[str, int] = {}
        self._keys: dict[str, int] = {}
        self.said: list[int] = []

    def set_by(self, call: ast.Call) -> str | None:
        """Take the seed that ``call`` sets, and say what becomes of it; None where it sets none."""
        if self._path(call.func) not in _SETTING or len(call.args) != 1 or call.keywords:
            return None
        seed = self._names.whole_number(call.args[0])
        if seed is None or seed > _LARGEST:
            return None
        self._next, self._taken = seed, frozenset()
        return tr(
            "The next random array has the seed {seed}, each one behind it the next seed: an entry can't go on where "
            "another stopped.",
            seed=seed,
        )

    def start(self, name: str) -> None:
        """A generator of that name begins anew."""
        self._drawn.pop(name, None)

    def start_state(self, name: str, node: ast.expr) -> bool:
        """Take ``np.random.RandomState(3)`` as the generator ``name``, or JAX's key; False for anything else."""
        self._states.pop(name, None)
        if not isinstance(node, ast.Call) or len(node.args) != 1:
            return False
        path, seed = self._path(node.func), self._names.whole_number(node.args[0])
        kept = self._states if path == "random.RandomState" else self._keys if path in _KEYS else None
        if seed is None or kept is None:
            return False
        kept[name] = seed
        return True

    def draws(self, node: ast.Call) -> bool:
        """Tell whether a call draws random numbers."""
        is_known = self._path(node.func) in _DRAWING | _JAX
        return is_known or self._state(node) is not None or self._generator(node) is not None

    def seeded(self, node: ast.Call) -> ast.Call:
        """Give a call that draws random numbers the next seed; every other one is left as it is."""
        state, found, path = self._state(node), self._generator(node), self._path(node.func)
        if state is not None:
            name, method = state
            seed, self._states[name] = self._states[name], self._states[name] + 1
            self._say(seed, is_new=True)
            return _with_seed(ast.parse(f"np.random.{method}", mode="eval").body, node, seed)
        if found is not None:
            name, method, first = found
            drawn = self._drawn[name] = self._drawn.get(name, -1) + 1
            self._say(first + drawn, is_new=drawn > 0)
            made = ast.parse(f"np.random.default_rng({first + drawn}).{method}", mode="eval").body
            return ast.Call(made, node.args, node.keywords)
        if path in _JAX and node.args:
            key = ast.unparse(node.args[0])
            seed = self._keys[key] = self._keys[key] if key in self._keys else self._free()
            self._say(seed, is_new=seed > 0)
            return _with_seed(node.func, node, seed)
        if path not in _DRAWING or any(keyword.arg in ("seed", None) for keyword in node.keywords):
            return node
        seed = self._free()
        self._say(seed, is_new=seed > 0)
        return _with_seed(node.func, node, seed) if seed > 0 else node

    def sentence(self) -> str | None:
        """Say which seeds have been given since this was asked last; None for none that need be told."""
        seeds, self.said = self.said, []
        if not seeds:
            return None
        return tr("Each random array has a seed of its own, here {seeds}.", seeds=", ".join(map(str, seeds)))

    def _free(self) -> int:
        """Take the next seed that nothing has."""
        seed = next(seed for seed in count(self._next) if seed not in self._taken)
        self._next = min(seed + 1, _LARGEST)
        return seed

    def _say(self, seed: int, *, is_new: bool) -> None:
        if is_new:
            self.said.append(seed)

    def _path(self, func: ast.expr) -> str:
        path = dotted(func)
        if not path or self._names.modules.get(path[0], "") is None:
            return ""
        whole = ".".join((self._names.modules.get(path[0]) or path[0], *path[1:]))
        return re.sub(r"^(?:np|numpy|cp|cupy)\.", "", whole)

    def _state(self, node: ast.Call) -> tuple[str, str] | None:
        """Name of the ``RandomState`` that a call takes numbers from, and its method."""
        match node.func:
            case ast.Attribute(value=ast.Name(id=name), attr=method) if name in self._states:
                return name, method
        return None

    def _generator(self, node: ast.Call) -> tuple[str, str, int] | None:
        """Name of the generator that a call takes numbers from, its method, and its seed."""
        match node.func:
            case ast.Attribute(value=ast.Name(id=name), attr=method):
                found = _GENERATOR.fullmatch(self._names.constants.get(name, ""))
                return None if found is None else (name, method, int(found[1]))
        return None


def _with_seed(func: ast.expr, node: ast.Call, seed: int) -> ast.Call:
    return ast.Call(func, node.args, [*node.keywords, ast.keyword("seed", ast.Constant(seed))])
