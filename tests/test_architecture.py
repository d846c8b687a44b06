"""The house keeps its order: one-way imports, Qt in its place, short files, a clean top level."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import FILE_LINES, LAZY, ORDER, PACKAGE, QT_STAGES, RULES, stage_of

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / PACKAGE).rglob("*.py"))
TOP_LEVEL = {"playground", "resources", "tests", "pyproject.toml", "README.md", "LICENSE"}
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:work|farm|root|tmp|home|Users)/")


def module_name(path: Path) -> str:
    """``playground.language.parse`` for its file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("rule", RULES)
def test_the_package_keeps(rule: str) -> None:
    faults = [
        f"{path.relative_to(ROOT)} {fault}"
        for path in SOURCES
        for fault in RULES[rule](stage_of(module_name(path)), ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("rule", "stage", "source"),
    [
        ("imports go down only", "session", "from playground.views import theme"),
        ("imports go down only", "language", "def f():\n    from playground import compute"),
        ("imports go down only", "compute", "if TYPE_CHECKING:\n    from playground.engine.core import EngineCore"),
        ("imports go down only", "compute", "from playground import infer"),
        ("imports go down only", "compute", "import playground"),
        ("Qt only where it belongs", "session", "from PySide6.QtWidgets import QLabel"),
        ("Qt only where it belongs", "session", "from PySide6 import QtGui"),
        ("Qt only where it belongs", "engine", "def f():\n    import PySide6.QtCore"),
        ("Qt only where it belongs", "compute", "import cupy as cp"),
        ("Qt only where it belongs", "views", "from pyqtgraph import PlotWidget"),
        ("nothing runs what a person typed", "language", "eval('1')"),
        ("nothing runs what a person typed", "files", "import pickle"),
        ("nothing runs what a person typed", "files", "np.load(path, allow_pickle=True)"),
        ("every file says what it owns", "files", "import json\n'late'"),
        ("functions stay short", "files", "def f():\n" + "    x = 1\n" * 41),
    ],
)
def test_a_planted_fault_is_found(rule: str, stage: str, source: str) -> None:
    assert list(RULES[rule](stage, ast.parse(source)))


@pytest.mark.parametrize(
    ("rule", "stage", "source"),
    [
        ("imports go down only", "views", "from playground.session import session\nfrom playground import paths"),
        ("Qt only where it belongs", "session", "from PySide6.QtCore import QObject\nfrom PySide6 import QtCore"),
        ("Qt only where it belongs", "compute", "def f():\n    import cupy"),
        ("nothing runs what a person typed", "files", "np.load(path, allow_pickle=False)\nre.compile('a')"),
        ("functions stay short", "files", "def f():\n    '''a\n" + "a\n" * 60 + "'''\n    return 1"),
    ],
)
def test_what_is_allowed_is_no_fault(rule: str, stage: str, source: str) -> None:
    assert not list(RULES[rule](stage, ast.parse(source)))


def test_files_stay_short() -> None:
    files = [*SOURCES, *ROOT.glob("tests/**/*.py")]
    counts = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert not [f"{path.relative_to(ROOT)}: {count} lines" for path, count in counts.items() if count > FILE_LINES]


def test_every_stage_is_in_the_order() -> None:
    stages = {stage_of(module_name(path)) for path in SOURCES}
    assert stages - {""} <= set(ORDER)


def test_the_top_level_is_exactly_what_the_readme_says() -> None:
    names = {path.parts[0] for path in _tracked()}
    assert {name for name in names if not name.startswith(".")} == TOP_LEVEL


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    faults = []
    for path in _tracked():
        if path.suffix in {".py", ".toml", ".md", ".json", ""} and path.name != Path(__file__).name:
            text = (ROOT / path).read_text(encoding="utf-8")
            faults += [f"{path}: {found.group()}" for found in MACHINE_PATH.finditer(text)]
    assert not faults, "\n".join(faults)


def test_the_stages_below_the_session_need_no_qt_and_no_cupy() -> None:
    below = [n for n in map(module_name, SOURCES) if stage_of(n) not in QT_STAGES and not n.endswith("__main__")]
    blocked = ("PySide6", "shiboken6", *LAZY)
    program = (
        "import importlib, sys\n"
        f"sys.modules.update(dict.fromkeys({blocked!r}))\n"
        f"for name in {below!r}:\n    importlib.import_module(name)\n"
    )
    child = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert child.returncode == 0, child.stderr


def _tracked() -> list[Path]:
    """The files of the project, relative to its root: git's where this is a checkout."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, so there is no list of the project's own files")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "ls-files", "-z"]
    listing = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout.decode()
    return [Path(name) for name in listing.split("\0") if name and (ROOT / name).exists()]
