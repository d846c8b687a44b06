"""A hand and an eye for a program in a process of its own: real X events go in, what the window holds is read back."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 20.0
BETWEEN_LOOKS_S = 0.02
NEEDED = ("Xvfb", "xdotool")


def missing_programs() -> list[str]:
    """What a real window test needs and this machine lacks."""
    return [name for name in NEEDED if shutil.which(name) is None]


class Screen:
    """An X server of our own on a free display; ``close`` ends it."""

    def __init__(self, width: int, height: int) -> None:
        reader, writer = os.pipe()
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
        self._server = subprocess.Popen([*command, "-noreset"], pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as answer:
            number = answer.readline().strip() if select.select([answer], [], [], PATIENCE_S)[0] else ""
        if not number:
            self.close()
            raise RuntimeError("Xvfb did not start")
        self.display = f":{number}"

    def close(self) -> None:
        """End the server."""
        self._server.terminate()
        self._server.wait(PATIENCE_S)

    def environment(self) -> dict[str, str]:
        """Environment for a program that shows itself on this screen."""
        dropped = ("WAYLAND_DISPLAY", "PYTHONDONTWRITEBYTECODE")  # the latter would compile all of it at every start
        kept = {name: value for name, value in os.environ.items() if name not in dropped}
        return {**kept, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}


class Program:
    """The program with its window open. All coordinates are the screen's."""

    def __init__(self, screen: Screen, module: str, arguments: list[str]) -> None:
        self._environment = screen.environment()
        command = [sys.executable, "-m", "tests.gui.reporter", module, *arguments]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    @property
    def pid(self) -> int:
        """Process id of the program."""
        return self._process.pid

    def appear(self) -> None:
        """Wait for the window and give it the keyboard, as a window manager would; again after another had it."""
        self.wait_until(lambda: self.ask("window") is not None, "the window to appear")
        self._xdotool("windowfocus", str(self.ask("window")))
        self.wait_until(lambda: self.ask("is_active"), "the window to have the keyboard")

    # --- the eye

    def ask(self, what: str, **details: Any) -> Any:
        """Ask ``reporter.py`` one question and give its answer."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps({"what": what, **details}) + "\n")
        stdin.flush()
        line = stdout.readline()
        if not line:
            raise RuntimeError(f"the program ended with exit code {self._process.wait(PATIENCE_S)}")
        answer = json.loads(line)
        if "error" in answer:
            raise LookupError(answer["error"])
        return answer["answer"]

    def read(self, widget: str, attribute: str, **properties: Any) -> Any:
        """Value of an attribute, method without arguments or Qt property of the widget with this object name."""
        return self.ask("read", widget=widget, attribute=attribute, properties=properties)

    def is_shown(self, widget: str, **properties: Any) -> bool:
        """Whether a widget with this object name is visible."""
        return bool(self.ask("is_shown", widget=widget, properties=properties))

    def centre(self, widget: str, **properties: Any) -> tuple[int, int]:
        """Middle of a widget; ``properties`` choose among several of one name (``entryName="A"``)."""
        x, y = self.ask("centre", widget=widget, properties=properties)
        return x, y

    def point(self, widget: str, method: str, *arguments: Any, **properties: Any) -> tuple[int, int]:
        """The point that ``widget.method(*arguments)`` names in the widget's coordinates."""
        x, y = self.ask("point", widget=widget, method=method, arguments=arguments, properties=properties)
        return x, y

    def cells(self, widget: str, **properties: Any) -> list[list[float]] | None:
        """Numbers of a whole grid, None while they are on their way."""
        found: list[list[float]] | None = self.ask("cells", widget=widget, properties=properties)
        return found

    def lines(self, widget: str, **properties: Any) -> list[str]:
        """What the rows of a list read."""
        found: list[str] = self.ask("lines", widget=widget, properties=properties)
        return found

    def picture(self, path: Path) -> Path:
        """Save what the screen shows."""
        self.ask("picture", path=str(path))
        return path

    def wait_until(self, holds: Callable[[], object], what: str) -> None:
        """Look again and again until ``holds()`` is true; fail after 20 s."""
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited in vain for {what}")
            threading.Event().wait(BETWEEN_LOOKS_S)

    # --- the hand

    def click(self, at: tuple[int, int], *, times: int = 1) -> None:
        """Click the left button."""
        self._xdotool("mousemove", *map(str, at), "click", "--repeat", str(times), "--delay", "40", "1")

    def move(self, at: tuple[int, int]) -> None:
        """Move the pointer there, pressing nothing."""
        self._xdotool("mousemove", *map(str, at))

    def choose(self, *titles: str) -> None:
        """Click through menus: each opens the next, as soon as it is there."""
        for title in titles:
            places: list[tuple[int, int]] = []

            def is_there(title: str = title, places: list[tuple[int, int]] = places) -> bool:
                with contextlib.suppress(LookupError):
                    places.append(tuple(self.ask("choice", title=title)))
                return bool(places)

            self.wait_until(is_there, f"{title} in a menu")
            self.click(places[0])

    def drag(self, start: tuple[int, int], end: tuple[int, int], *, moves: int = 12, release: bool = True) -> None:
        """Press at ``start``, move on a straight line, let go at ``end``."""
        steps = [
            tuple(round(a + (b - a) * step / moves) for a, b in zip(start, end, strict=True))
            for step in range(1, moves + 1)
        ]
        words = ["mousemove", *map(str, start), "mousedown", "1"]
        for step in steps:
            words += ["mousemove", *map(str, step)]
        self._xdotool(*words, *(["mouseup", "1"] if release else []))

    def type(self, text: str) -> None:
        """Type ``text`` into what has the focus."""
        self._xdotool("type", "--delay", "2", "--", text)

    def keys(self, *names: str) -> None:
        """Press keys one after another, as xdotool calls them: ``"ctrl+z"``, ``"Return"``."""
        self._xdotool("key", "--delay", "10", *names)

    def close(self) -> int:
        """Close the window as its close button does; give the exit code. Ends the process if it doesn't end itself."""
        if self._process.poll() is None:
            with contextlib.suppress(RuntimeError, BrokenPipeError):
                self.ask("close")
        try:
            return self._process.wait(PATIENCE_S)
        finally:
            self._process.kill()
            self._process.wait(PATIENCE_S)
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()

    def _xdotool(self, *words: str) -> None:
        environment: Mapping[str, str] = self._environment
        subprocess.run(["xdotool", *words], env=environment, check=True, timeout=PATIENCE_S, capture_output=True)
