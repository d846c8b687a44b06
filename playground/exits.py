"""How a command of the command line ends: exit codes, and why it stops, said on standard error."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.answers import Problem

DONE, MISTAKE, USAGE, NO_DEVICE, FAILED = range(5)
"""Exit codes: 2 is argparse's own."""

INTERRUPTED = 130
"""What a shell expects of a program that Ctrl+C ended."""

PROGRAM = "matrix-playground"


def parser(name: str, description: str, epilog: str = "") -> argparse.ArgumentParser:
    """Make the parser of the command ``name``, of the program itself where it is empty."""
    return argparse.ArgumentParser(
        prog=f"{PROGRAM} {name}".strip(),
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def refuse(text: str, code: int = MISTAKE, report: dict[str, object] | None = None) -> int:
    """Say why not on standard error, for programs also as an object on standard output; return ``code``."""
    if report is not None:
        from playground import printing

        print(printing.dumps({"ok": False, "error": report}), flush=True)
    print(text, file=sys.stderr)
    return code


def refuse_problem(options: argparse.Namespace, problem: Problem, steps: str = "", place: str = "") -> int:
    """Say a problem with its place in ``options.expression``.

    What could be read before it, ``steps``, comes first, on standard output; for which operands it is so, ``place``,
    last.
    """
    from playground import printing

    if steps and not options.json:
        print(steps, flush=True)
    text = "\n".join(filter(None, (printing.mistake(options.expression, problem), place)))
    return refuse(text, MISTAKE, printing.problem_json(problem) if options.json else None)


def refuse_file(options: argparse.Namespace, kind: str, error: Exception) -> int:
    """Say what is wrong with an operand or a file."""
    from playground import printing

    hint = getattr(error, "hint", "")
    text = "\n".join(filter(None, (str(error), hint)))
    return refuse(text, MISTAKE, printing.plain_json(kind, str(error), hint) if options.json else None)
