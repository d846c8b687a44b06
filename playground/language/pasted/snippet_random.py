"""Random numbers in pasted code: each call has a seed of its own; no formula goes on where another stopped."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from playground.language.dotted import dotted
from playground.language.foreign import table
from playground.language.functions import FUNCTIONS
from playground.language.vocabulary import GENERATOR
from playground.translation import tr

if TYPE_CHECKING:
    from playground.language.pasted.snippet_text import Names

_SETTING: Final = frozenset({"random.seed", "torch.manual_seed", "torch.random.manual_seed", "tf.random.set_seed",
                             "torch.cuda.manual_seed", "torch.cuda.manual_seed_all"})  # fmt: skip
_GENERATOR: Final = re.compile(r"(?:np\.)?random\.default_rng\((?:seed=)?(\d+)\)")
_LARGEST: Final = 2**32 - 1
_TORCHS: Final = frozenset(f"torch.{name}" for name, row in table.TORCH.items() if "seed=None" in row.parameters)
_TENSORFLOWS: Final = frozenset(f"tf.{name}" for name, row in table.TENSORFLOW.items() if "seed=None" in row.parameters)
_DRAWING: Final = (
    _TORCHS | _TENSORFLOWS
    | {name for name in FUNCTIONS if name.startswith("random.") and not name.startswith(GENERATOR)}
)  # fmt: skip


class Seeds:
    """Counts the seeds up, from 0 or from what the code sets; of each generator from its own."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._next = 0
        self._drawn: dict[str, int] = {}
        self.said: list[int] = []

    def set_by(self, call: ast.Call) -> str | None:
        """Take the seed that ``call`` sets, and say what becomes of it; None where it sets none."""
        seed = getattr(call.args[0], "value", None) if len(call.args) == 1 and not call.keywords else None
        if self._path(call.func) not in _SETTING or type(seed) is not int or not 0 <= seed <= _LARGEST:
            return None
        self._next = seed
        return tr(
            "The next random array has the seed {seed}, each one behind it the next seed: an entry can't go on where "
            "another stopped.",
            seed=seed,
        )

    def start(self, name: str) -> None:
        """A generator of that name begins anew."""
        self._drawn.pop(name, None)

    def draws(self, node: ast.Call) -> bool:
        """Tell whether a call draws random numbers."""
        return self._path(node.func) in _DRAWING or self._generator(node) is not None

    def seeded(self, node: ast.Call) -> ast.Call:
        """Give a call that draws random numbers the next seed; every other one is left as it is."""
        found = self._generator(node)
        if found is not None:
            name, seed = found
            seed += self._drawn.get(name, 0)
            self._drawn[name] = self._drawn.get(name, 0) + 1
            made = ast.parse(f"np.random.default_rng({seed})", mode="eval").body
            self._say(seed, self._drawn[name] > 1)
            return ast.Call(ast.Attribute(made, node.func.attr, ast.Load()), node.args, node.keywords)  # type: ignore[attr-defined]
        if self._path(node.func) not in _DRAWING or any(keyword.arg in ("seed", None) for keyword in node.keywords):
            return node
        seed, self._next = self._next, min(self._next + 1, _LARGEST)
        self._say(seed, seed > 0)
        if seed == 0:
            return node
        return ast.Call(node.func, node.args, [*node.keywords, ast.keyword("seed", ast.Constant(seed))])

    def sentence(self) -> str | None:
        """Say which seeds have been given since this was asked last; None for none that need be told."""
        seeds, self.said = self.said, []
        if not seeds:
            return None
        return tr("Each random array has a seed of its own, here {seeds}.", seeds=", ".join(map(str, seeds)))

    def _say(self, seed: int, is_new: bool) -> None:
        if is_new:
            self.said.append(seed)

    def _path(self, func: ast.expr) -> str:
        path = dotted(func)
        if not path:
            return ""
        whole = ".".join((self._names.modules.get(path[0]) or path[0], *path[1:]))
        return re.sub(r"^(?:np|numpy|cp|cupy)\.", "", whole)

    def _generator(self, node: ast.Call) -> tuple[str, int] | None:
        """Name and seed of the generator that a call takes numbers from."""
        if not (isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)):
            return None
        name = node.func.value.id
        found = _GENERATOR.fullmatch(self._names.constants.get(name, ""))
        return None if found is None else (name, int(found[1]))
