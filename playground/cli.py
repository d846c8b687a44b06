"""The command line: opens the window, or answers without one. Each command imports only what it needs."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playground.answers import Problem

DONE, MISTAKE, USAGE, NO_DEVICE, FAILED = range(5)
"""Exit codes: 2 is argparse's own."""

PROGRAM = "matrix-playground"

_EXAMPLES = """examples:
  matrix-playground
  matrix-playground numbers.npy --formula "A @ A.T"
  matrix-playground shape "relu(x @ W + b)" x=32x784 W=784x128 b=128
  matrix-playground eval "A @ B" "A=[[1, 2], [3, 4]]" B=numbers.npy -o product.npy

commands (each has its own --help):
  shape       the shape of every sub-expression, without computing
  eval        the value of an expression
  grad        the gradient of an expression, as NumPy text
  doctor      versions, the window, the devices, and what is missing
  screenshot  a picture of the window

exit codes: 0 done, 1 a mistake in what was asked, 2 wrong usage, 3 the device isn't there, 4 the computation failed"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console without Unicode shows '?' and isn't an error
    command = _COMMANDS.get(arguments[0]) if arguments else None
    try:
        code = command(arguments[1:]) if command else _window(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, 'head' for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return 130
    return code


def _parser(name: str, description: str, epilog: str = "") -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog=f"{PROGRAM} {name}".strip(),
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


# --- the window


def _window(arguments: list[str]) -> int:
    parser = _parser("", tr("Touch a matrix: open the window, or answer on the command line."), _EXAMPLES)
    parser.add_argument("files", nargs="*", metavar="FILE", help=tr("arrays or workspaces to open"))
    parser.add_argument("--formula", metavar="TEXT", help=tr("a formula to show"))
    parser.add_argument("--example", metavar="NAME", help=tr("a workspace to begin with"))
    parser.add_argument("--projector", action="store_true", help=tr("everything bigger"))
    options = parser.parse_args(arguments)
    for file in options.files:
        if not Path(file).exists():
            return _refuse(tr("There is no file '{file}', and no command of that name.", file=file))
    stopped = _no_such_example(options.example)
    if stopped:
        return stopped
    from playground import app

    return app.main([Path(file) for file in options.files], options.formula, options.example, options.projector)


def _screenshot(arguments: list[str]) -> int:
    parser = _parser("screenshot", tr("Save a picture of the window; no screen is needed."))
    parser.add_argument("out", metavar="OUT.png")
    parser.add_argument("workspace", metavar="WORKSPACE", nargs="?", help=tr("a workspace or a file of arrays"))
    parser.add_argument("--example", metavar="NAME")
    parser.add_argument("--size", type=_size, default=(1600, 1000), metavar="1600x1000")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    options = parser.parse_args(arguments)
    if options.workspace and options.example:
        parser.error(tr("give a workspace or an example, not both"))
    if options.workspace and not Path(options.workspace).exists():
        return _refuse(tr("There is no file '{file}'.", file=options.workspace))
    stopped = _no_such_example(options.example)
    if stopped:
        return stopped
    from playground import app, display

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    problem = display.problem()
    if problem is not None:
        return _refuse(problem)

    workspace = Path(options.workspace) if options.workspace else None
    return app.screenshot(Path(options.out), workspace, options.example, options.size, options.theme)


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([1-9]\d{2,4})[x×]([1-9]\d{2,4})", text)
    if found is None:
        raise argparse.ArgumentTypeError(tr("write it as 1600x1000"))
    return int(found[1]), int(found[2])


def _no_such_example(name: str | None) -> int:
    if name is None:
        return DONE
    from playground.workspace.examples import EXAMPLES

    if name in EXAMPLES:
        return DONE
    return _refuse(tr("There is no example '{name}'. Choose one of: {names}.", name=name, names=", ".join(EXAMPLES)))


# --- answers without a window


def _shape(arguments: list[str]) -> int:
    parser = _parser(
        "shape",
        tr("Show the shape of every sub-expression, without computing anything."),
        'example:\n  matrix-playground shape "relu(x @ W + b)" x=32x784 W=784x128:float32 b=128',
    )
    parser.add_argument("expression", metavar="EXPR", help=tr("NumPy syntax, in quotes"))
    parser.add_argument("operands", nargs="*", metavar="NAME=2x3", help=tr("a shape (2x3:float32), literal or file"))
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object"))
    options = parser.parse_intermixed_args(arguments)
    from playground import api, printing, sources
    from playground.language.bare_shapes import with_names
    from playground.language.foreign.clue import numpy_words

    operands = _operands(options, sources.shape_of)
    if isinstance(operands, int):
        return operands
    bare = with_names(options.expression)
    if bare is not None:
        options.expression, shapes = bare
        operands |= {name: (found.shape, found.dtype) for name, found in shapes.items()}
    foreign = None if options.json else numpy_words(options.expression)
    if foreign is not None:
        options.expression = foreign.numpy
        print(foreign.sentence, file=sys.stderr)
    inference = api.infer(options.expression, operands)
    drawn = "" if options.json or not inference.steps else _ribbon(options.expression, operands)
    if not inference.ok:
        return _refuse_problem(options, inference.problems[0], drawn)
    print(printing.dumps(printing.inference_json(inference)) if options.json else drawn)
    for warning in () if options.json else inference.warnings:
        print(printing.mistake(options.expression, warning), file=sys.stderr)
    return DONE


def _ribbon(expression: str, operands: dict[str, object]) -> str:
    """Draw the shapes for whoever reads standard output: coloured on a terminal that wants colours."""
    from shutil import get_terminal_size

    from playground import api, printing

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return printing.shapes(api.inferred(expression, operands), get_terminal_size().columns, colour=colour)


def _eval(arguments: list[str]) -> int:
    parser = _parser(
        "eval",
        tr("Compute an expression."),
        "A SOURCE is a literal, a file, or one array of a file:\n"
        '  matrix-playground eval "A @ x" "A=[[1, 2], [3, 4]]" x=model.npz:weights\n'
        'In JSON, what has no number there is text: "nan", "inf", "1+2j".',
    )
    parser.add_argument("expression", metavar="EXPR", help=tr("NumPy syntax, in quotes"))
    parser.add_argument("operands", nargs="*", metavar="NAME=SOURCE", help=tr("a literal, FILE or FILE:KEY"))
    parser.add_argument("--device", choices=("cpu", "gpu", "auto"), default="cpu", help=tr("where to compute"))
    parser.add_argument("--repeat", type=_count, default=1, metavar="N", help=tr("runs to take the median time of"))
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object"))
    parser.add_argument("-o", dest="out", metavar="FILE", help=tr("save the value: .npy .npz .csv .tsv .json .mplay"))
    options = parser.parse_intermixed_args(arguments)
    from playground import api, printing, sources
    from playground.answers import ComputationError, DeviceUnavailable, ExpressionError

    operands = _operands(options, sources.array_of)
    if isinstance(operands, int):
        return operands
    try:
        outcome = api.evaluate(options.expression, operands, device=options.device, repeat=options.repeat)
    except ExpressionError as error:
        return _refuse_problem(options, error.problems[0])
    except ComputationError as error:
        code = NO_DEVICE if isinstance(error, DeviceUnavailable) else FAILED
        report = printing.failure_json(error) if options.json else None
        return _refuse(printing.failure(options.expression, error), code, report)
    if options.out:
        stopped = _save(options, outcome.value)
        if stopped:
            return stopped
    if options.json or not options.out:
        print(printing.dumps(printing.outcome_json(outcome)) if options.json else printing.outcome(outcome))
    return DONE


def _grad(arguments: list[str]) -> int:
    parser = _parser(
        "grad",
        tr("Show the gradient of an expression as NumPy text, its shape and, where there are numbers, its value."),
        "What flows in is called dh; an operand of that name holds it, else it is ones:\n"
        '  matrix-playground grad "x @ W + b" x=32x784 W=784x10 b=10 --wrt W\n'
        '  matrix-playground grad "sum((A @ x)**2)" "A=[[1.0, 2], [3, 4]]" "x=[1, 1]" --wrt x',
    )
    parser.add_argument("expression", metavar="EXPR", help=tr("NumPy syntax, in quotes"))
    parser.add_argument("operands", nargs="*", metavar="NAME=SOURCE", help=tr("a literal, FILE, or a shape (2x3)"))
    parser.add_argument("--wrt", required=True, metavar="NAME", help=tr("the operand with respect to which"))
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object"))
    options = parser.parse_intermixed_args(arguments)
    from playground import gradients, printing, sources
    from playground.answers import ComputationError, ExpressionError

    operands = _operands(options, sources.shape_of)
    if isinstance(operands, int):
        return operands
    try:
        found = gradients.gradient(options.expression, operands, options.wrt)
    except ExpressionError as error:
        return _refuse_problem(options, error.problems[0])
    except ComputationError as error:
        report = printing.failure_json(error) if options.json else None
        return _refuse(printing.failure(options.expression, error), FAILED, report)
    print(printing.dumps(printing.gradient_json(found)) if options.json else printing.gradient(found))
    return DONE


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(tr("a whole number of at least 1"))
    return int(text)


def _operands(options: argparse.Namespace, read: Callable[[str], object]) -> dict[str, object] | int:
    """Read all ``NAME=SOURCE``, or say what is wrong with one and return the exit code."""
    from playground import sources

    operands: dict[str, object] = {}
    try:
        for argument in options.operands:
            name, source = sources.split(argument)
            operands[name] = read(source)
    except (sources.SourceError, OSError) as error:  # FileError is an OSError
        return _refuse_file(options, "operand", error)
    return operands


def _save(options: argparse.Namespace, value: Any) -> int:  # noqa: ANN401 - what evaluate gives
    """Save under the name before ``=``, or ``result``; several results have their own names (``U``, ``S``, ``Vh``)."""
    from playground.files.save import save
    from playground.language.parse import parse

    name = parse(options.expression).target or "result"
    arrays = {name: value}
    if isinstance(value, tuple):
        fields = getattr(value, "_fields", [f"{name}{index}" for index in range(len(value))])
        arrays = dict(zip(fields, value, strict=True))
    try:
        save(Path(options.out), arrays=arrays)
    except (OSError, ValueError) as error:
        return _refuse_file(options, "file", error)
    return DONE


def _doctor(arguments: list[str]) -> int:
    parser = _parser("doctor", tr("Show versions, the window, the devices, and what is missing."))
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object"))
    options = parser.parse_args(arguments)
    from playground import doctor, printing

    report = doctor.examine()
    print(printing.dumps(report) if options.json else doctor.as_text(report))
    return DONE


# --- mistakes


def _refuse_problem(options: argparse.Namespace, problem: Problem, steps: str = "") -> int:
    """Say a problem with its place; what could be read before it comes first, on standard output."""
    from playground import printing

    if steps and not options.json:
        print(steps, flush=True)
    text = printing.mistake(options.expression, problem)
    return _refuse(text, MISTAKE, printing.problem_json(problem) if options.json else None)


def _refuse_file(options: argparse.Namespace, kind: str, error: Exception) -> int:
    """Say what is wrong with an operand or a file."""
    from playground import printing

    hint = getattr(error, "hint", "")
    text = "\n".join(filter(None, (str(error), hint)))
    return _refuse(text, MISTAKE, printing.plain_json(kind, str(error), hint) if options.json else None)


def _refuse(text: str, code: int = MISTAKE, report: dict[str, object] | None = None) -> int:
    """Say why not on standard error, for programs also as an object on standard output; return ``code``."""
    if report is not None:
        from playground import printing

        print(printing.dumps({"ok": False, "error": report}), flush=True)
    print(text, file=sys.stderr)
    return code


_COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "shape": _shape,
    "eval": _eval,
    "grad": _grad,
    "doctor": _doctor,
    "screenshot": _screenshot,
}
