"""The command line: opens the window, or answers without one. Each command imports only what it needs."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playground import exits
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_EXAMPLES = """examples:
  matrix-playground
  matrix-playground numbers.npy --formula "A @ A.T"
  matrix-playground shape "relu(x @ W + b)" x=32x784 W=784x128 b=128
  matrix-playground eval "A @ B" "A=[[1, 2], [3, 4]]" B=numbers.npy -o product.npy

commands (each has its own --help):
  shape       the shape of every sub-expression, without computing
  eval        the value of an expression
  grad        the gradient of an expression, as NumPy text
  bench       the time of an expression over sizes, on one device or several
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
        return exits.DONE
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    return code


# --- the window


def _window(arguments: list[str]) -> int:
    parser = exits.parser("", tr("Touch a matrix: open the window, or answer on the command line."), _EXAMPLES)
    parser.add_argument("files", nargs="*", metavar="FILE", help=tr("arrays or workspaces to open"))
    parser.add_argument("--formula", metavar="TEXT", help=tr("a formula to show"))
    parser.add_argument("--example", metavar="NAME", help=tr("a workspace to begin with"))
    parser.add_argument("--projector", action="store_true", help=tr("everything bigger"))
    options = parser.parse_args(arguments)
    for file in options.files:
        if not Path(file).exists():
            return exits.refuse(tr("There is no file '{file}', and no command of that name.", file=file))
    stopped = _no_such_example(options.example)
    if stopped:
        return stopped
    from playground import app

    return app.main([Path(file) for file in options.files], options.formula, options.example, options.projector)


def _screenshot(arguments: list[str]) -> int:
    parser = exits.parser("screenshot", tr("Save a picture of the window; no screen is needed."))
    parser.add_argument("out", metavar="OUT.png")
    parser.add_argument("workspace", metavar="WORKSPACE", nargs="?", help=tr("a workspace or a file of arrays"))
    parser.add_argument("--example", metavar="NAME")
    parser.add_argument("--size", type=_size, default=(1600, 1000), metavar="1600x1000")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    options = parser.parse_args(arguments)
    if options.workspace and options.example:
        parser.error(tr("give a workspace or an example, not both"))
    if options.workspace and not Path(options.workspace).exists():
        return exits.refuse(tr("There is no file '{file}'.", file=options.workspace))
    stopped = _no_such_example(options.example)
    if stopped:
        return stopped
    from playground import app, display

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    problem = display.problem()
    if problem is not None:
        return exits.refuse(problem)

    workspace = Path(options.workspace) if options.workspace else None
    return app.screenshot(Path(options.out), workspace, options.example, options.size, options.theme)


def _device(text: str) -> str:
    from playground.compute.device_names import gpu_index

    name = text.strip().lower()
    try:
        gpu_index("gpu" if name == "auto" else name)
    except ValueError:
        raise argparse.ArgumentTypeError(tr("choose from cpu, gpu, gpu:1 for the second GPU, auto")) from None
    return name


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([1-9]\d{2,4})[x×]([1-9]\d{2,4})", text)
    if found is None:
        raise argparse.ArgumentTypeError(tr("write it as 1600x1000"))
    return int(found[1]), int(found[2])


def _no_such_example(name: str | None) -> int:
    if name is None:
        return exits.DONE
    from playground.workspace.examples import EXAMPLES

    if name in EXAMPLES:
        return exits.DONE
    return exits.refuse(
        tr("There is no example '{name}'. Choose one of: {names}.", name=name, names=", ".join(EXAMPLES))
    )


# --- answers without a window


def _shape(arguments: list[str]) -> int:
    parser = exits.parser(
        "shape",
        tr("Show the shape of every sub-expression, without computing anything."),
        'example:\n  matrix-playground shape "relu(x @ W + b)" x=32x784 W=784x128:float32 b=128',
    )
    parser.add_argument("expression", metavar="EXPR", help=tr("NumPy syntax, in quotes"))
    parser.add_argument("operands", nargs="*", metavar="NAME=2x3", help=tr("a shape (2x3:float32), literal or file"))
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object"))
    options = parser.parse_intermixed_args(arguments)
    from playground import api, printing, sources
    from playground.language.foreign.clue import numpy_words

    operands = _operands(options, sources.shape_of)
    if isinstance(operands, int):
        return operands
    foreign = None if options.json else numpy_words(options.expression)
    if foreign is not None:
        options.expression = foreign.numpy
        print(foreign.sentence, file=sys.stderr)
    inference = api.infer(options.expression, operands)
    drawn = "" if options.json or not inference.steps else _ribbon(options.expression, operands)
    if not inference.ok:
        return exits.refuse_problem(options, inference.problems[0], drawn)
    print(printing.dumps(printing.inference_json(inference)) if options.json else drawn)
    for warning in () if options.json else inference.warnings:
        print(printing.mistake(options.expression, warning), file=sys.stderr)
    return exits.DONE


def _ribbon(expression: str, operands: dict[str, object]) -> str:
    """Draw the shapes for whoever reads standard output: coloured on a terminal that wants colours."""
    from shutil import get_terminal_size

    from playground import api, printing

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return printing.shapes(api.inferred(expression, operands), get_terminal_size().columns, colour=colour)


def _eval(arguments: list[str]) -> int:
    parser = exits.parser(
        "eval",
        tr("Compute an expression."),
        "A SOURCE is a literal, a file, or one array of a file:\n"
        '  matrix-playground eval "A @ x" "A=[[1, 2], [3, 4]]" x=model.npz:weights\n'
        'In JSON, what has no number there is text: "nan", "inf", "1+2j".',
    )
    parser.add_argument("expression", metavar="EXPR", help=tr("NumPy syntax, in quotes"))
    parser.add_argument("operands", nargs="*", metavar="NAME=SOURCE", help=tr("a literal, FILE or FILE:KEY"))
    parser.add_argument("--device", type=_device, default="cpu", help=tr("cpu, gpu, gpu:1 for the second GPU, or auto"))
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
        return exits.refuse_problem(options, error.problems[0])
    except ComputationError as error:
        code = exits.NO_DEVICE if isinstance(error, DeviceUnavailable) else exits.FAILED
        report = printing.failure_json(error) if options.json else None
        return exits.refuse(printing.failure(options.expression, error), code, report)
    if options.out:
        stopped = _save(options, outcome.value)
        if stopped:
            return stopped
    if options.json or not options.out:
        print(printing.dumps(printing.outcome_json(outcome)) if options.json else printing.outcome(outcome))
    return exits.DONE


def _grad(arguments: list[str]) -> int:
    parser = exits.parser(
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
        return exits.refuse_problem(options, error.problems[0])
    except ComputationError as error:
        report = printing.failure_json(error) if options.json else None
        return exits.refuse(printing.failure(options.expression, error), exits.FAILED, report)
    print(printing.dumps(printing.gradient_json(found)) if options.json else printing.gradient(found))
    return exits.DONE


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
        return exits.refuse_file(options, "operand", error)
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
        return exits.refuse_file(options, "file", error)
    return exits.DONE


def _doctor(arguments: list[str]) -> int:
    parser = exits.parser("doctor", tr("Show versions, the window, the devices, and what is missing."))
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object"))
    options = parser.parse_args(arguments)
    from playground import doctor, printing

    report = doctor.examine()
    print(printing.dumps(report) if options.json else doctor.as_text(report))
    return exits.DONE


def _bench(arguments: list[str]) -> int:
    from playground import bench

    return bench.main(arguments)


_COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "shape": _shape,
    "eval": _eval,
    "grad": _grad,
    "bench": _bench,
    "doctor": _doctor,
    "screenshot": _screenshot,
}
