"""What the first mistake needs is read beforehand, all of it."""

from __future__ import annotations

import subprocess
import sys

READS = """
import sys
import numpy as np
from playground.language import ready
from playground.language.infer import infer
from playground.language.signature import Signature

operands = {"x": Signature((32, 784), np.dtype(float)), "V": Signature((100, 10), np.dtype(float))}
for _ in ready.steps():
    pass
before = set(sys.modules)
texts = ("x @ V", "sotfmax(x)", "x @ Vq", "x +", "relu(x)", "x.sum(axis=5)", "F.relux(x)", "x.view(3)", "x.foo", "x:",
         "x V", "[1, 2", "x[:, 9999]", "x × V", "inv(x)", "x: (3", "ValueError: shapes", "einsum('ij', x, V)")
for text in texts:
    infer(text, operands)
names = "gradients.gradient", "pasted.snippet", "pasted.traceback_text"
gradients, pasted, told = (sys.modules[f"playground.language.{name}"] for name in names)
gradients.gradient("relu(x @ (2 * V[:, :1] + ones((784, 1))))", operands, "x")
pasted.read_snippet("import numpy as np\\nx = np.ones(3)\\nfor i in x:\\n    x += 1\\ny = x * [1] * 3")
told.retold("ValueError: operands could not be broadcast together with shapes (3,) (4,)")
print(*sorted(name for name in set(sys.modules) - before if name.startswith("playground")))
"""


def test_no_mistake_reads_another_file() -> None:
    found = subprocess.run([sys.executable, "-c", READS], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
