"""``python -m playground.engine.sweeping``: measures a sweep in a process of its own and tells each point as a line.

It reads one line, what is asked, and writes lines of JSON, each an object with the keyword ``said``: ``mistake``,
``missing`` (a device), ``point``, ``skipped``, and at the end ``done``. It ends when its standard input closes, so that
it outlives nobody; who owns it ends it to cancel, whatever it is in the middle of.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import traceback
from typing import TYPE_CHECKING, Any

from playground.compute.cpu.device import NumpyBackend
from playground.compute.cpu.threads import ThreadControl
from playground.compute.device_names import CPU
from playground.compute.measuring.sweep import Mistaken, Point, Skipped, Sweep, measure, prepare, remaining_s
from playground.compute.measuring.sweep_shapes import growing_shape
from playground.compute.measuring.sweep_table import point_fields, skipped_fields
from playground.compute.outcome import Failure
from playground.engine.gpus import open_gpu
from playground.engine.watchdog import Watchdog
from playground.workspace.memory import SHARE, budget_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from playground.compute.backend import Backend

COMMAND = (sys.executable, "-P", "-m", "playground.engine.sweeping")
"""``-P``: a file named ``random.py`` in the current folder must not become the library of that name."""


def question(sweep: Sweep, devices: Sequence[str], threads: int = 0, memory_share: float = SHARE) -> str:
    """Write what is asked as the line that `main` reads; ``threads`` is 0 for as many as there are."""
    shapes = {name: str(shape) for name, shape in sweep.shapes.items()}
    return json.dumps(
        {
            "expression": sweep.expression,
            "shapes": shapes,
            "sizes": sweep.sizes,
            "dtype": sweep.dtype,
            "devices": list(devices),
            "threads": threads,
            "memory_share": memory_share,
        }
    )


def asked(line: str) -> tuple[Sweep, tuple[str, ...], int, float]:
    """Read what `question` wrote. Raises ValueError or KeyError for anything else."""
    said = json.loads(line)
    shapes = {name: growing_shape(text) for name, text in said["shapes"].items()}
    sweep = Sweep(said["expression"], shapes, tuple(said["sizes"]), said["dtype"])
    return sweep, tuple(said["devices"]), int(said["threads"]), float(said["memory_share"])


def answer(
    sweep: Sweep,
    devices: Sequence[str],
    say: Callable[[str, Mapping[str, Any]], None],
    threads: int = 0,
    memory_limit: int | None = None,
) -> None:
    """Measure ``sweep`` in so many bytes, and ``say`` all that comes of it."""
    loads = prepare(sweep)
    if isinstance(loads, Mistaken):
        problem = loads.problem
        said = {"message": problem.message, "hint": problem.hint, "start": problem.span.start, "end": problem.span.end}
        say("mistake", said)
        return
    backends: list[Backend] = []
    for device in devices:
        found = _cpu(threads) if device == CPU else open_gpu(device)
        if isinstance(found, Failure):
            say("missing", {"device": device, "message": found.message, "hint": found.hint})
        else:
            backends.append(found)
    names, done = [backend.name for backend in backends], list[Point | Skipped]()
    for item in measure(loads, backends, memory_limit=memory_limit):
        done.append(item)
        told = point_fields(item) if isinstance(item, Point) else skipped_fields(item)
        say("point" if isinstance(item, Point) else "skipped", told | {"remaining_s": remaining_s(loads, names, done)})
    say("done", {})


def _cpu(threads: int) -> Backend:
    backend = NumpyBackend()
    if threads:
        ThreadControl(backend).set(threads)
    return backend


def main() -> None:
    """Answer the one line of standard input on what was standard output.

    That is moved away first: nothing that a library prints may come between the lines.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the window, which ends this itself
    outgoing = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sweep, devices, threads, memory_share = asked(sys.stdin.readline())
    threading.Thread(target=_end_with_owner, name="sweep-owner", daemon=True).start()
    limit = budget_bytes(memory_share)
    Watchdog(lambda: limit).start()

    def say(keyword: str, said: Mapping[str, Any]) -> None:
        print(json.dumps({"said": keyword, **said}), file=outgoing, flush=True)

    code = 0
    try:
        answer(sweep, devices, say, threads, limit)
    except Exception:  # a bug: told on standard error, and by the exit code
        traceback.print_exc()
        code = 1
    sys.stderr.flush()
    os._exit(code)  # the thread that reads would keep the interpreter from ending in order


def _end_with_owner() -> None:
    while sys.stdin.read(1 << 10):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
