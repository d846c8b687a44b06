"""All checks with one command, ``python -m tests``: lint, types, tests, the real window, the benchmarks.

Output is shown as it comes; the exit code is 0 only if every step passed. The last line sums up the tests.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_QT = ["language", "workspace", "files", "compute", "explain", "engine"]
ALONE = ["gui", "benchmarks"]
COUNT = re.compile(r"(\d+) (passed|failed|skipped|error)")


def main() -> int:
    """Run every step, whatever became of the one before; return 1 if any failed."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    stages = [f"tests/{name}" for name in WITHOUT_QT]
    apart = [f"--ignore=tests/{name}" for name in [*WITHOUT_QT, *ALONE]]
    benchmarks = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "benchmarks").glob("bench_*.py"))
    no_qt = ["-p", "no:pytest-qt", "-p", "tests.without_qt"]
    steps = {
        "lint": [sys.executable, "-m", "ruff", "check", "."],
        "types": [sys.executable, "-m", "mypy"],
        "the stages below the session, with no Qt": [*pytest, "-n", "2", *no_qt, *stages],
        "the session, the views and the doors": [*pytest, "-n", "2", *apart, "tests"],
        "the real window": [*pytest, "tests/gui"],
        "benchmarks": [*pytest, "-s", *benchmarks],
    }
    counts = dict.fromkeys(("passed", "failed", "skipped", "error"), 0)
    failed = [name for name, command in steps.items() if not _run(name, command, counts)]
    print(f"\nfailed steps: {', '.join(failed)}" if failed else "\nevery step passed")
    total_failed = counts["failed"] + counts["error"]
    print(f"{counts['passed']} passed, {total_failed} failed, {counts['skipped']} skipped", flush=True)
    return 1 if failed else 0


def _run(name: str, command: list[str], counts: dict[str, int]) -> bool:
    """Run one step with its output passed on; add what pytest's closing line says to ``counts``."""
    print(f"\n--- {name}", flush=True)
    began, closing = time.monotonic(), ""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as step:
        for line in step.stdout or ():
            print(line, end="", flush=True)
            closing = line.strip() or closing
    if "pytest" in command:
        for number, outcome in COUNT.findall(closing):
            counts[outcome] += int(number)
    verdict = "passed" if step.returncode == 0 else "FAILED"
    print(f"--- {name}: {verdict} in {time.monotonic() - began:.0f} s", flush=True)
    return step.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
