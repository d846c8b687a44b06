"""``matrix-playground bench``: the time of an expression over sizes, as a table while it is measured, and as a file."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playground import display, exits, printing, sources
from playground.answers import ComputationError
from playground.api import shown_problem
from playground.compute.cpu.device import NumpyBackend
from playground.compute.cpu.threads import ThreadControl
from playground.compute.device_names import CPU, GPU, gpu_index
from playground.compute.measuring.crossover import crossover, pairs, sentence
from playground.compute.measuring.recorded import recording_of
from playground.compute.measuring.sweep import Mistaken, Point, Skipped, Sweep, measure, prepare
from playground.compute.measuring.sweep_shapes import default_sizes, growing_shape, sizes_in, with_squares
from playground.compute.measuring.sweep_table import csv_text, point_fields, skipped_fields
from playground.compute.outcome import Failure
from playground.engine.gpus import open_gpu
from playground.language.vocabulary import DTYPES
from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from playground.compute.backend import Backend
    from playground.compute.measuring.sweep import Load

_WRITTEN = (".csv", ".json", ".png")
_NOTHING = "–"
_UNITS = ((1.0, "s"), (1e3, "ms"), (1e6, "µs"))
_NEXT_UNIT = 0.9995
"""What would be rounded to 1000 is 1 of the next unit."""


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    options = _options(arguments)
    asked = _asked(options)
    if isinstance(asked, int):
        return asked
    loads = prepare(asked)
    if isinstance(loads, Mistaken):
        place = tr("This is so for n = {size} with {operands}.", size=loads.size, operands=_operands_text(asked))
        return exits.refuse_problem(options, shown_problem(loads.problem), place=place)
    backends, missing = _backends(options.devices)
    if missing is not None and options.devices is not None:
        return _refuse_device(options, missing)
    stopped = _no_place_for(options)
    if stopped:
        return stopped
    report = _Report(asked, loads, backends, missing, quiet=options.json)
    interrupted = report.take(measure(loads, backends))
    code = _ended(options, report)
    return exits.INTERRUPTED if interrupted and code == exits.DONE else code


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = exits.parser(
        "bench",
        tr("Measure an expression over sizes, on one device or several."),
        "A shape has n where it grows; a name without a shape is n×n:\n"
        '  matrix-playground bench "A @ B" --sizes 64,256,1024\n'
        '  matrix-playground bench "relu(x @ W + b)" x=nx784 W=784x10 b=10 --dtype float32 -o times.png\n\n'
        "The table gives the median of the runs after the first, and between which times half of them lie.\n"
        "Ctrl+C ends it with what is done so far.",
    )
    parser.add_argument("expression", metavar="EXPR", help=tr("NumPy syntax, in quotes"))
    parser.add_argument("operands", nargs="*", metavar="NAME=nx64", help=tr("a shape with n in it (nx64:int64)"))
    parser.add_argument("--sizes", type=_sizes, metavar="64,128,256", help=tr("values of n; by default some that suit"))
    parser.add_argument(
        "--devices", type=_devices, metavar="cpu,gpu", help=tr("by default the CPU, and the GPU where there is one")
    )
    parser.add_argument("--dtype", choices=tuple(DTYPES), default="float64", metavar="float32",
                        help=tr("of operands that have none of their own"))  # fmt: skip
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object"))
    parser.add_argument(
        "-o", dest="out", type=_file, metavar="FILE", help=tr("save as .csv or .json, or as a plot: .png")
    )
    return parser.parse_intermixed_args(arguments)


def _sizes(text: str) -> tuple[int, ...]:
    try:
        return sizes_in(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _devices(text: str) -> tuple[str, ...]:
    devices = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",")))
    try:
        for device in devices:
            gpu_index(device)
    except ValueError:
        raise argparse.ArgumentTypeError(tr("choose from cpu, gpu, gpu:1 for the second GPU")) from None
    return devices


def _file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in _WRITTEN:
        raise argparse.ArgumentTypeError(tr("choose a name that ends in .csv, .json or .png"))
    return path


def _asked(options: argparse.Namespace) -> Sweep | int:
    """What is to be measured, or the exit code where a shape can't be read."""
    given = {}
    try:
        for argument in options.operands:
            name, shape = sources.split(argument)
            given[name] = growing_shape(shape)
    except ValueError as error:  # SourceError is one
        return exits.refuse_file(options, "operand", error)
    shapes = with_squares(options.expression, given)
    sizes = options.sizes or default_sizes(options.expression, shapes, options.dtype)
    return Sweep(options.expression, shapes, sizes, options.dtype)


def _backends(devices: Sequence[str] | None) -> tuple[list[Backend], Failure | None]:
    """Open the devices; a GPU that isn't there is a failure."""
    backends: list[Backend] = []
    missing = None
    for device in devices or (CPU, GPU):
        found = NumpyBackend() if device == CPU else open_gpu(device)
        if isinstance(found, Failure):
            missing = found
        else:
            backends.append(found)
    return backends, missing


def _refuse_device(options: argparse.Namespace, failure: Failure) -> int:
    error = ComputationError(failure)
    report = printing.failure_json(error) if options.json else None
    return exits.refuse(printing.failure(options.expression, error), exits.NO_DEVICE, report)


def _no_place_for(options: argparse.Namespace) -> int:
    """Refuse a file that can't be written before minutes are spent on it."""
    if options.out is None:
        return exits.DONE
    problem = ""
    if not options.out.parent.is_dir() or options.out.is_dir():
        problem = tr("{file} can't be written: there is no such folder.", file=options.out)
    elif options.out.suffix.lower() == ".png":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        problem = display.problem() or ""
    return exits.refuse_file(options, "file", OSError(problem)) if problem else exits.DONE


def cpu_text() -> str:
    """What computes on the CPU, and with how many threads: times mean nothing without."""
    return ThreadControl(NumpyBackend()).threads().sentence


class _Report:
    """Collects what is measured, and prints it as it comes unless ``quiet``.

    A recording stands in for a GPU that is ``missing``, where there is one.
    """

    def __init__(
        self, asked: Sweep, loads: Sequence[Load], backends: Sequence[Backend], missing: Failure | None, *, quiet: bool
    ) -> None:
        self.asked = asked
        self.devices = {backend.name: backend.label for backend in backends}
        self.missing = missing
        self.recording = None if missing is None else recording_of(asked)
        self.points: list[Point] = []
        self.skipped: list[Skipped] = []
        self._quiet = quiet
        self._width = max(len(str(load.size)) for load in loads) + 2
        self._say(f"{asked.expression}    {_operands_text(asked)}\n{cpu_text()}\n")
        self._say(self._line("n", tr("device"), tr("median"), tr("half of the runs"), tr("GFLOP/s"), tr("transfers")))

    def take(self, items: Iterable[Point | Skipped]) -> bool:
        """Measure; gives whether Ctrl+C ended it early."""
        try:
            for item in items:
                if isinstance(item, Point):
                    self.points.append(item)
                    self._say(self._line(*_cells(item)))
                else:
                    self.skipped.append(item)
                    why = tr("skipped: {why}", why=item.failure.message)
                    self._say(f"{item.size:>{self._width}}  {item.device.upper():<6}  {why}")
        except KeyboardInterrupt:
            self._say(tr("Stopped."))
            return True
        return False

    def say_findings(self) -> None:
        """Print what came of it, and below it what is recorded."""
        if sentence(self.points):
            self._say(f"\n{sentence(self.points)}")
        elif self.missing is not None:
            self._say("\n" + _why_no_gpu(self.missing))
        if self.recording is not None:
            rows = [self._line(*_cells(point)) for point in self.recording.points]
            self._say("\n" + "\n".join([self.recording.sentence, *rows]))

    def _say(self, line: str) -> None:
        if not self._quiet:
            print(line, flush=True)

    def _line(self, size: object, device: str, median: str, spread: str, rate: str, transfers: str) -> str:
        return f"{size:>{self._width}}  {device:<6}  {median:>10}  {spread:>22}  {rate:>8}  {transfers:>10}"


def _cells(point: Point) -> tuple[int, str, str, str, str, str]:
    spread = f"{_time(point.low_s)} – {_time(point.high_s)}" if point.runs > 1 else _NOTHING
    rate = f"{point.gflops:.3g}" if point.gflops is not None else _NOTHING
    moved = point.upload_s + point.download_s
    transfers = _time(moved) if moved else _NOTHING
    return point.size, point.device.upper(), _time(point.median_s), spread, rate, transfers


def _time(seconds: float) -> str:
    """Three digits in the unit that reads best: ``8.71 µs``."""
    factor, unit = next((pair for pair in _UNITS if seconds * pair[0] >= _NEXT_UNIT), _UNITS[-1])
    return f"{seconds * factor:.3g} {unit}"


def _operands_text(asked: Sweep) -> str:
    return ", ".join([*(f"{name} {shape}" for name, shape in asked.shapes.items()), asked.dtype])


def _ended(options: argparse.Namespace, report: _Report) -> int:
    """Say what came of it, and save it."""
    if not report.points and report.skipped:
        failure = report.skipped[-1].failure
        error = ComputationError(failure)
        said = printing.failure_json(error) if options.json else None
        return exits.refuse(printing.failure(options.expression, error), exits.FAILED, said)
    if options.json:
        print(printing.dumps(_document(report)))
    report.say_findings()
    if options.out is None or not report.points:
        return exits.DONE
    try:
        _save(options.out, report)
    except OSError as error:
        return exits.refuse(str(error))
    return exits.DONE


def _why_no_gpu(missing: Failure) -> str:
    return " ".join(filter(None, (tr("No times of a GPU: {why}", why=missing.message), missing.hint)))


def _document(report: _Report) -> dict[str, Any]:
    """All of it for programs; where a GPU measured, this is a recording of it."""
    asked, missing, recording = report.asked, report.missing, report.recording
    return {
        "ok": True,
        "expression": asked.expression,
        "operands": {name: str(shape) for name, shape in asked.shapes.items()},
        "dtype": asked.dtype,
        "cpu": cpu_text(),
        "devices": report.devices,
        "points": [point_fields(point) for point in report.points],
        "skipped": [skipped_fields(skipped) for skipped in report.skipped],
        "crossovers": [
            {
                "devices": [first, second],
                "without_transfers": _crossing(report.points, first, second, transfers=False),
                "with_transfers": _crossing(report.points, first, second, transfers=True),
            }
            for first, second in pairs(report.points)
        ],
        "recorded": recording
        and {
            "device": recording.device,
            "points": [point_fields(point) for point in recording.points],
        },
        "sentence": sentence(report.points) or (_why_no_gpu(missing) if missing is not None else ""),
    }


def _crossing(points: Sequence[Point], first: str, second: str, *, transfers: bool) -> dict[str, Any] | None:
    found = crossover(points, first, second, transfers=transfers)
    return None if found is None else {"faster": found.faster, "sizes": list(found.sizes)}


def _save(path: Path, report: _Report) -> None:
    if path.suffix.lower() == ".csv":
        path.write_text(csv_text(report.points, report.recording), encoding="utf-8")
        return
    if path.suffix.lower() == ".json":
        path.write_text(printing.dumps(_document(report)) + "\n", encoding="utf-8")
        return
    from playground.views.timing.sweep_picture import save_picture  # brings Qt

    save_picture(path, report.points, report.asked.expression, _operands_text(report.asked), report.recording)
