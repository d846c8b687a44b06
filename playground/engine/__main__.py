"""``python -m playground.engine``: makes the standard streams private to the protocol, then serves."""

from __future__ import annotations

import faulthandler
import gc
import io
import os
import signal
import sys


def main() -> None:
    """Serve on what were standard input and output.

    Both are moved away first: nothing that a library prints may reach the protocol, nor may it wait for input.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the window, which ends this itself
    if sys.stdin.isatty():
        sys.exit("The engine is started by the window; there is nothing to type here.")
    incoming, outgoing = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    gc.disable()  # what is imported stays, so looking through it meanwhile would find nothing
    faulthandler.enable()  # where it crashed goes to the client with the rest of standard error

    from playground.engine.server import Server  # only now can an import print what it likes

    gc.freeze()  # nor later: that would cost milliseconds now and then
    gc.enable()
    Server(io.BufferedReader(io.FileIO(incoming), 1 << 16), io.FileIO(outgoing, "w")).run()


if __name__ == "__main__":
    main()
